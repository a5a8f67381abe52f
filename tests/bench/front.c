// From text to a checked program: scripts of 100,000 lines that are made in memory. Laws, each with its own chamber, beliefs
// and procedure, meet every kind of declaration, name and check thousands of times; the other scripts have very many of
// one thing in one place, where a search through all of them for each would show.
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "lang/check/check.h"
#include "lang/syntax/parse.h"
#include "tests/bench/sections.h"

enum { LINES = 100000 };  // about

// One law; each @ stands for its number.
static const char law[] =
    "# ---- Law @: as its sponsors see it ----\n"
    "bill law_@ \"The law number @\"\n"
    "assume veto_@ = 2% \"The head of state returns it (guess)\"\n"
    "assume support_@ ~ beta(9, 1) \"The governing bloc holds\"\n"
    "fact urgent_@ 30% \"It is treated as urgent\"\n"
    "chamber house_@ \"House @\" {\n"
    "  seats 120\n"
    "  bloc government_@ { seats 70  line support_@  loyalty 98%  turnout 95% }\n"
    "  bloc opposition_@ { seats 40  line { yes: 20%  no: otherwise }  loyalty 90% }\n"
    "  bloc others_@     { seats 8   free 50%  turnout 85% }\n"
    "}\n"
    "procedure passage_@(b: bill) \"Passage of law @\" source \"Constitution, art. @\" {\n"
    "  stage reading_@ \"Reading\" {\n"
    "    within 60 days {\n"
    "      wait if urgent_@ then 3 days else 10 days\n"
    "      wait 7..21 days \"Committee\"\n"
    "      vote house_@ on b needs majority of seats\n"
    "    } expired { fail \"the session ends\" }\n"
    "  }\n"
    "  stage signature_@ {\n"
    "    wait 1..14 days\n"
    "    decide head on b {\n"
    "      sign: otherwise\n"
    "      veto: veto_@ { wait 10..40 days  vote house_@ on b needs 2/3 of seats }\n"
    "    }\n"
    "  }\n"
    "  if today < 2025-03-01 and not urgent_@ { note \"early\" } else { require 2 + 2 = 4 }\n"
    "  enact b in force after 10 days\n"
    "}\n"
    "ask chance of law_@ is enacted by 2025-06-30 \"Law @ by the summer?\"\n"
    "\n";

// A script of one kind of line, written again and again; where a line needs a declaration, that one too.
typedef struct Shape {
  const char *name;
  const char *head, *again, *behind,
      *declared;  // before; each @ a number; after; again for each number
} Shape;

#define CASE "office head\ncase \"Laws\" from 2025-01-01 until 2034-12-31 {\n"

static const Shape shapes[] = {
    {"laws", CASE, "  do passage_@(law_@) else note \"it is dropped\"\n", "}\n", law},
    {"stages", CASE, "  stage s@ { wait 1..20 days  decide { a: 60%  b: otherwise } }\n", "}\n",
     ""},
    {"stages asked for", CASE, "  stage s@ { wait 1 day }\n  require s@ is passed\n", "}\n", ""},
    {"variables", CASE "  let x0 = 1\n", "  let x@ = x0 + 1\n", "}\n", ""},
    {"facts", CASE, "  if f@ { note \"x\" }\n", "}\n", "fact f@ 40% \"a guess\"\n"},
    {"blocs", CASE "vote house on act needs majority of seats\n}\nbill act\nchamber house {\n",
     "  bloc b@ { seats 3  line 60%  loyalty 95% }\n", "}\n", ""},
    {"lines by bill", CASE "}\nchamber house { bloc left { line 50%\n", "line on b@ 40%\n", "} }\n",
     "bill b@\n"},
    {"questions", CASE "}\n", "ask chance of completion by 2025-06-30 \"By the summer?\"\n", "",
     ""},
};
enum { SHAPES = sizeof shapes / sizeof *shapes };

static uint32_t lines_in(const char *text) {
  uint32_t n = 0;
  for (; *text; text++) n += *text == '\n';
  return n;
}

static void add_numbered(TextBuilder *out, const char *text, uint32_t number) {
  for (; *text; text++) {
    if (*text == '@') text_addf(out, "%" PRIu32, number);
    else text_add_char(out, *text);
  }
}

static void add_script(TextBuilder *out, const Shape *shape) {
  uint32_t n = LINES / (lines_in(shape->again) + lines_in(shape->declared));
  text_add(out, shape->head);
  for (uint32_t i = 1; i <= n; i++) add_numbered(out, shape->again, i);
  text_add(out, shape->behind);
  for (uint32_t i = 1; i <= n; i++) add_numbered(out, shape->declared, i);
}

typedef struct Front {
  Text text;
  double parsing;  // seconds of the last run
} Front;

static bool read_and_check(void *what) {
  Front *front = what;
  Arena *arena = arena_new();
  Diagnostics *diagnostics = diagnostics_new(arena);
  ParseInput input = {.path = "large.leg", .text = &front->text};
  double start = measure_now(CLOCK_OF_THREAD);
  Tree *tree = parse_script(arena, &input, diagnostics);
  front->parsing = measure_now(CLOCK_OF_THREAD) - start;
  CheckOptions options = {.needs_case = true, .n_script_files = parse_n_script_files(tree, &input)};
  check_program(tree, options, diagnostics);
  bool is_good = !diagnostics->n_errors && !diagnostics->n_warnings;
  arena_free(arena);
  return is_good;
}

// The seconds for LINES lines; infinitely many where something is wrong.
static double bench_shape(const Shape *shape) {
  TextBuilder script = {0};
  add_script(&script, shape);
  Front front = {.text = {script.at, (uint32_t)script.n}};
  Contender lane = {.run = read_and_check, .what = &front};
  double for_all = INFINITY;
  if (measure_in_turn(&lane, 1, CLOCK_OF_THREAD, 0)) {
    double seconds = measure_of(&lane), n_lines = lines_in(script.at);
    for_all = seconds / n_lines * LINES;
    printf("| %s | %.0f | %.1f | %.3f s | %.3f s | %.2f million | %.1f |\n", shape->name, n_lines,
           (double)script.n / 1e6, seconds, front.parsing, n_lines / seconds / 1e6,
           (double)script.n / seconds / 1e6);
    fflush(stdout);
  }
  text_builder_free(&script);
  return for_all;
}

void section_front(Report *report) {
  double most = 0;
  printf("\n### Reading and checking scripts made in memory\n\n");
  printf("| script of | lines | megabytes | time | of it parsing | lines/s | MB/s |\n");
  printf("| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
  for (uint32_t i = 0; i < SHAPES; i++) most = fmax(most, bench_shape(&shapes[i]));
  report->is_wrong |= isinf(most);
  report_promise(report, (Promise){.what = "100,000 lines read and checked, slowest script",
                                   .unit = " s",
                                   .figure = most,
                                   .bound = 0.5});
}
