#include "tests/bench/models_run.h"

bool run_hand_sample(void *hand_run) {
  HandRun *hand = hand_run;
  hand->tally = (HandTally){0};
  hand->model->sample(hand->trials, 1, &hand->tally);
  return true;
}

bool run_hand_exact(void *hand_run) {
  HandRun *hand = hand_run;
  hand->chances = (HandChances){0};
  hand->model->exact(&hand->chances);
  return true;
}

bool run_script(void *script_run_) {
  ScriptRun *run = script_run_;
  Options options = {.run = run->options};
  run->answer = script_run(run->script, NO_INDEX, &options);
  return run->answer;
}

RunOptions options_sampled(uint64_t trials, uint32_t threads, const char *kernels) {
  RunOptions run = run_options_default();
  run.method = METHOD_SAMPLE;
  run.trials = trials;
  run.threads = threads;
  run.kernels = kernels;
  return run;
}

RunOptions options_exact(void) {
  RunOptions run = run_options_default();
  run.method = METHOD_EXACT;
  run.threads = 1;
  return run;
}
