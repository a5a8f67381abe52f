// From a path to a checked program and to its answer, with what is wrong told on standard error.
#pragma once
#include "lang/check/check.h"
#include "runtime/cli/options.h"

typedef struct Script {
  Arena *arena;  // of the tree, the program and the answers
  Tree *tree;
  Program *program;
  Diagnostics *diagnostics;
} Script;

// Parses and checks; nothing is printed yet. The script is closed by script_close whatever became
// of it.
Script script_open(const char *path, const Options *options, bool needs_case);
void script_close(Script *script);
bool script_has_case(const Script *script);  // in the main file
// Whether it may be run: no errors, and no warnings where those are errors.
bool script_is_good(const Script *script, const Options *options);
void script_report(const Script *script, const Options *options);  // prints the diagnostics, if any
// The index of the scenario that was asked for (NO_INDEX without one). False, with a diagnostic,
// where there is none.
bool script_scenario(Script *script, const char *name, uint32_t *scenario);
Answer *script_run(Script *script, uint32_t scenario,
                   const Options *options);  // NULL with a diagnostic, or where it was interrupted
bool script_is_interrupted(const Script *script, const Answer *answer);  // by Ctrl-C
