// The checker: tree to program. Names with suggestions, units and types, standing, chances, thresholds, calls and steps,
// inputs and changes. The tree may hold mistakes of syntax: what follows from them is not told.
// Every independent mistake is reported; a program is made even so, and must not be run with errors.
#pragma once
#include "lang/check/program.h"

typedef struct CheckOptions {
  bool needs_case;         // a script that is run has exactly one case
  uint32_t n_script_files; // tree files from here on are changes (--set)
} CheckOptions;

Program *check_program(const Tree *tree, CheckOptions options, Diagnostics *diagnostics);
