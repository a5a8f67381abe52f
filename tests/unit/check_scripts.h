// Shared by the tests of the checker: tables of scripts that hold one mistake each and get exactly
// one diagnostic, at its line; or none, where they are right. Included behind cmocka.h.
#pragma once
#include <stdio.h>
#include <string.h>

#include "lang/check/check.h"
#include "lang/source/render.h"
#include "lang/syntax/parse.h"

// Declarations on line 1, the steps of the case on line 3, further items on line 5.
static const char *const DECLARED =
    "outcome done outcome over organization ngo register reg { lists ngo since 2020-01-01 } bill "
    "act bill law "
    "office chief court high chamber house { seats 10 passes by majority of votes bloc left { "
    "seats 6 line 60% } "
    "bloc right { seats 3 free 40% } } chamber bare { bloc all_of_it { seats 5 line 60% } } assume "
    "p = 30% "
    "assume when = 2025-03-01 assume span = 5 days assume q ~ beta(2, 2) fact f 50% let many = 3 "
    "procedure take(n: number, d: date, t: duration, b: boolean) { wait 1 days } "
    "procedure hold(c: chamber, x: bill) { vote c on x } let few = 2 procedure closing { end over }\n";
enum { STEPS_LINE = 3, ITEMS_LINE = 5 };

#define RIGHT DIAGNOSTIC_CODES  // no diagnostic

typedef struct Script {
  const char *text;
  DiagnosticCode code;
} Script;

typedef struct Checked {
  Arena *arena;
  Diagnostics *diagnostics;
  Tree *tree;
  Program *program;
} Checked;

static Checked check_script(const char *script, const char *set) {
  Checked r = {.arena = arena_new()};
  Text text = text_of(script);
  ChangeText change = {"<--set>", text_of(set ? set : "")};
  ParseInput input = {"test.leg", &text, &change, set ? 1 : 0};
  r.diagnostics = diagnostics_new(r.arena);
  r.tree = parse_script(r.arena, &input, r.diagnostics);
  r.program = check_program(r.tree, (CheckOptions){true, parse_n_script_files(r.tree, &input)},
                            r.diagnostics);
  return r;
}

static void show(const Checked *r, const char *what) {
  TextBuilder b = {0};
  render_text(&b, r->diagnostics, r->tree->sources, false);
  fprintf(stderr, "%s\n%s\n", what, b.at ? b.at : "no diagnostic");
  text_builder_free(&b);
}

static bool is_as_expected(const Checked *r, DiagnosticCode code, uint32_t line) {
  if (code == RIGHT) return r->diagnostics->items.n == 0;
  if (r->diagnostics->items.n != 1) return false;
  const Diagnostic *d = r->diagnostics->items.items[0];
  return d->code == code && source_place(r->tree->sources, d->primary.span.from).line == line;
}

static void check_all(const Script *scripts, size_t n, const char *before, const char *after,
                      uint32_t line) {
  int n_wrong = 0;
  for (size_t i = 0; i < n; i++) {
    TextBuilder b = {0};
    text_addf(&b, "%scase \"T\" from 2025-01-01 until 2025-12-31 {\n%s%s%s\n", DECLARED, before,
              scripts[i].text, after);
    Checked r = check_script(b.at, NULL);
    if (!is_as_expected(&r, scripts[i].code, line)) {
      n_wrong++;
      show(&r, scripts[i].text);
    }
    text_builder_free(&b);
    arena_free(r.arena);
  }
  assert_int_equal(n_wrong, 0);
}

#define STEPS(scripts) \
  check_all(scripts, sizeof scripts / sizeof *scripts, "", "\nend done }", STEPS_LINE)
#define ITEMS(scripts) \
  check_all(scripts, sizeof scripts / sizeof *scripts, "wait 1 days\nend done }\n", "", ITEMS_LINE)
