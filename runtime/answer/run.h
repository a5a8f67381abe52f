// Shared by the files that run a case for an answer; nobody else includes it. A run holds a plan and what its worlds added up
// to, from one walk (exact) or many batches (sampled).
#pragma once
#include "runtime/answer/answer.h"
#include "runtime/answer/tally.h"

typedef struct Run {
  const Program *program;
  const Inputs *inputs;
  uint32_t scenario;
  bool is_by_draw;
  const RunOptions *options;
  Arena *arena;
  Diagnostics *diagnostics;
  Tally tally;
  Plan *plan;
  uint64_t worlds, trials;
  bool is_interrupted;
  bool is_precise;  // the precision that was asked for is reached
  double error;
  uint64_t work, work_left;  // of the exact walks so far; that they may still do
  Excess excess;             // of the last of them
  Why why;                   // it is sampled all the same
  uint64_t why_limit;
} Run;

#define RUN_BUDGET 2000000u  // worlds, unless another number is asked for
#define EXACT_BELOW 1e-9     // a larger error is not called exact

// Each gives false after an error, which is in the diagnostics it was given (of a sampling run: those of the run), with the
// run closed; and where the watch ended the run with nothing to show.
bool run_exact(Run *run, Diagnostics *diagnostics);  // run_exact.c
// Work for each world of the budget, which counts for no less than the default one.
uint64_t run_work(const RunOptions *options, uint64_t per_world);
bool run_has_beliefs(const Plan *plan);  // that something reads
bool run_sample(Run *run);               // run_sample.c
// Exact, by draw: the sums of all draws; open afterwards if it has a plan, whether it came to its end or not.
bool run_draws(Run *run);                            // run_draws.c
// Fills in the ranges of an answer, from walks of their own.
void run_range(const Run *run, Answer *answer);  // run_range.c
void run_close(Run *run);
bool run_goes_on(Run *run,
                 const RunProgress *progress);  // false: it is to end, and is marked as interrupted
