// Shared by the tests of answers: a script in a text runs through everything from parsing to the
// answer. Included behind cmocka.h.
#pragma once
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lang/check/check.h"
#include "lang/source/render.h"
#include "lang/syntax/parse.h"
#include "runtime/answer/answer.h"

#define CASE "case \"C\" from 2025-01-01 until 2025-12-31 "

typedef struct Loaded {
  Arena *arena;
  Diagnostics *diagnostics;
  Program *program;
} Loaded;

// Parses and checks; what is wrong is in the diagnostics. `set`: changes as --set has them, or
// NULL.
static inline Loaded load_any(const char *path, const char *script, const char *set) {
  Loaded l = {.arena = arena_new()};
  l.diagnostics = diagnostics_new(l.arena);
  Text text = text_of(script);
  ChangeText change = {"<--set>", text_of(set ? set : "")};
  ParseInput input = {path, &text, &change, set ? 1 : 0};
  Tree *tree = parse_script(l.arena, &input, l.diagnostics);
  CheckOptions options = {.needs_case = true, .n_script_files = parse_n_script_files(tree, &input)};
  l.program = check_program(tree, options, l.diagnostics);
  return l;
}

static inline void show_diagnostics(const Loaded *l, const Diagnostics *list) {
  TextBuilder b = {0};
  render_text(&b, list, l->program->tree->sources, false);
  print_error("%s\n", b.at ? b.at : "no diagnostic");
  text_builder_free(&b);
}

// A script that must be right.
static inline Loaded load_with(const char *script, const char *set) {
  Loaded l = load_any("script.leg", script, set);
  if (l.diagnostics->n_errors) {
    print_error("%s\n", script);
    show_diagnostics(&l, l.diagnostics);
  }
  assert_int_equal(l.diagnostics->n_errors, 0);
  return l;
}

static inline Loaded load(const char *script) {
  return load_with(script, NULL);
}

static inline Answer *answer(const Loaded *l, RunOptions options) {
  Inputs inputs = inputs_new(l->program, l->arena, NO_INDEX);
  Answer *a = answer_run(l->program, &inputs, NO_INDEX, &options, l->arena, l->diagnostics);
  if (!a) show_diagnostics(l, l->diagnostics);
  assert_non_null(a);
  return a;
}

static inline Answer *answer_exact(const Loaded *l) {
  RunOptions options = run_options_default();
  options.method = METHOD_EXACT;
  return answer(l, options);
}

static inline Answer *answer_sampled(const Loaded *l, uint64_t trials, uint32_t batch,
                                     uint32_t threads) {
  RunOptions options = run_options_default();
  options.method = METHOD_SAMPLE;
  options.trials = trials;
  options.batch = batch;
  options.threads = threads;
  return answer(l, options);
}
