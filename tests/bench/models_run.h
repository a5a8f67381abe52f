// The two sides of a model as things to be timed.
#pragma once
#include "tests/bench/measure.h"
#include "tests/bench/models.h"

typedef struct HandRun {
  const HandModel *model;
  uint64_t trials;
  HandTally tally;      // of the last run
  HandChances chances;  // of the last exact run
} HandRun;

typedef struct ScriptRun {
  Script *script;
  RunOptions options;
  const Answer *answer;  // of the last run; NULL where it failed
} ScriptRun;

// For Contender.run.
bool run_hand_sample(void *hand_run);
bool run_hand_exact(void *hand_run);
bool run_script(void *script_run);

RunOptions options_sampled(uint64_t trials, uint32_t threads, const char *kernels);
RunOptions options_exact(void);
