// The oracle: the same script, answered by a plain enumeration that shares no code with runtime/.
// One world at a time, each day and each option a branch, each member's vote counted one by one; no
// merging, no spreads over days.
#pragma once
#include "lang/check/program.h"

typedef struct OracleStep {  // the chances that it ever was reached and so on
  double reached, passed, failed;
} OracleStep;

typedef struct OracleQuery {
  bool is_single;  // one question, or one compared with something; else the rest is 0
  // `chance of E given F`: weight of E and F, of F (1 without given); never, always: of C, 1
  double event, given;
  double *
      date_days;  // `date of E given F`: weight by day, days before the case on its first; else NULL
} OracleQuery;

typedef struct OracleAnswer {
  bool is_done;    // false: more branches than the limit, or an error of a world
  bool has_error;  // a world divides by zero, has a chance outside 0..1, waits for what never came
  uint64_t n_branches;
  uint32_t n_queries, n_days;
  double *outcome_days;  // [outcome * n_days + (day - first_day)]
  OracleStep *steps;     // Program.steps
  OracleQuery *queries;  // Program.queries
} OracleAnswer;

OracleAnswer *oracle_run(const Program *program, const Inputs *inputs, Arena *arena,
                         uint64_t max_branches);
