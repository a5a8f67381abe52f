#include "runtime/cli/script.h"

#include <stdio.h>
#include <unistd.h>

#include "lang/source/render.h"
#include "lang/source/suggest.h"
#include "runtime/cli/watch.h"

Script script_open(const char *path, const Options *options, bool needs_case) {
  Script script = {.arena = arena_new()};
  script.diagnostics = diagnostics_new(script.arena);
  ParseInput input = {
      .path = path, .changes = options->changes.items, .n_changes = options->changes.n};
  script.tree = parse_script(script.arena, &input, script.diagnostics);
  if (!parse_n_script_files(script.tree, &input)) return script;  // it could not be read
  CheckOptions checking = {needs_case, parse_n_script_files(script.tree, &input)};
  script.program = check_program(script.tree, checking, script.diagnostics);
  return script;
}

void script_close(Script *script) {
  arena_free(script->arena);
  *script = (Script){0};
}

bool script_has_case(const Script *script) {
  const NodeList *items = script->tree->n_files ? &script->tree->files[0].items : NULL;
  for (uint32_t i = 0; items && i < items->n; i++) {
    if (items->items[i]->kind == NODE_CASE) return true;
  }
  return false;
}

bool script_is_good(const Script *script, const Options *options) {
  return !script->diagnostics->n_errors && !(options->is_strict && script->diagnostics->n_warnings);
}

void script_report(const Script *script, const Options *options) {
  if (!script->diagnostics->items.n && !script->diagnostics->n_dropped) return;
  TextBuilder out = {0};
  text_add(&out, "");
  diagnostics_sort(script->diagnostics);
  if (options->is_json) render_json(&out, script->diagnostics, script->tree->sources);
  else
    render_text(&out, script->diagnostics, script->tree->sources,
                options_has_color(options, STDERR_FILENO));
  fflush(stdout);
  fwrite(out.at, 1, out.n, stderr);
  text_builder_free(&out);
}

bool script_scenario(Script *script, const char *name, uint32_t *scenario) {
  const Program *program = script->program;
  uint32_t n = program->scenarios.n;
  Text *names = ARENA_ARRAY(script->arena, Text, n + 1);
  *scenario = NO_INDEX;
  if (!name) return true;
  for (uint32_t i = 0; i < n; i++) {
    names[i] = program_name(program, program->scenarios.items[i].entity);
    if (text_equal(names[i], text_of(name))) *scenario = i;
  }
  if (*scenario != NO_INDEX) return true;
  Diagnostic *d = diagnostic_add(script->diagnostics, E_UNKNOWN_NAME, (Span){0, 0},
                                 "no scenario is called \"%s\"", name);
  Suggestion near = suggest_nearest(text_of(name), names, n);
  if (near.word.n)
    diagnostic_hint(script->diagnostics, d, "Did you mean \"%.*s\"?", TEXT_ARG(near.word));
  else if (!n) diagnostic_hint(script->diagnostics, d, "The script has no scenarios.");
  return false;
}

Answer *script_run(Script *script, uint32_t scenario, const Options *options) {
  Inputs *inputs = ARENA_NEW(script->arena, Inputs);
  *inputs = inputs_new(script->program, script->arena, scenario);
  Watch watch;
  RunOptions run = options->run;
  run.watch = watch_open(&watch);
  Answer *answer =
      answer_run(script->program, inputs, scenario, &run, script->arena, script->diagnostics);
  watch_close(&watch);
  return answer;
}

bool script_is_interrupted(const Script *script, const Answer *answer) {
  return answer ? answer->is_interrupted : !script->diagnostics->n_errors;
}
