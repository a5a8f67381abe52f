// The sampling walks of a case: batches of trials, dealt to threads. Neither changes a digit: every sum is of whole numbers.
#include <omp.h>

#include "runtime/answer/run.h"

#define MAX_PASSES 20000u

static WalkOptions sampling(const Run *run) {
  return (WalkOptions){.seed = run->options->seed,
                       .budget = UINT32_MAX,
                       .passes = MAX_PASSES,
                       .kernels = kernels_named(run->options->kernels)};
}

static void sample_part(Run *run, Tally *sum, uint64_t *failed_batch) {
  uint64_t batch = run->options->batch ? run->options->batch : 1;
  uint64_t n_batches = (run->options->trials + batch - 1) / batch;
  Arena *arena = arena_new();
  Diagnostics *quiet = diagnostics_new(arena);
  Walk walk;
  Tally part;
  walk_open(&walk, run->plan, sampling(run), quiet);
  tally_open(&part, run->plan, false);
#pragma omp for schedule(static, 1)
  for (uint64_t b = 0; b < n_batches; b++) {
    uint64_t first = b * batch, left = run->options->trials - first, limit;
#pragma omp atomic read
    limit = *failed_batch;
    if (walk.has_error || b > limit) continue;
    walk_batch(&walk, first, (uint32_t)(left < batch ? left : batch));
    tally_worlds(&part, &walk);
#pragma omp critical
    if (walk.has_error && b < *failed_batch) *failed_batch = b;
  }
#pragma omp critical
  {
    tally_flows(&part, &walk);
    tally_add(sum, &part);
  }
  walk_close(&walk);
  tally_close(&part);
  arena_free(arena);
}

// The trials of the first batch in which a world goes wrong are walked one by one, to tell of the first of them: the same
// world whatever the threads and the batch.
static void tell_error(Run *run, uint64_t failed_batch) {
  uint64_t trial = failed_batch * run->options->batch;
  Walk walk;
  Tally lost;
  walk_open(&walk, run->plan, sampling(run), run->diagnostics);
  tally_open(&lost, run->plan, false);
  for (; trial < run->options->trials && !walk.has_error; trial++) {
    walk_batch(&walk, trial, 1);
    tally_worlds(&lost, &walk);
  }
  tally_close(&lost);
  walk_close(&walk);
}

bool run_sample(Run *run) {
  PlanOptions options = {.scenario = run->scenario, .is_exact = false};
  run->plan = plan_new(run->program, run->inputs, options, run->arena, run->diagnostics);
  if (!run->plan) return false;
  tally_open(&run->tally, run->plan, false);
  uint64_t failed_batch = UINT64_MAX;
#pragma omp parallel num_threads((int)run->options->threads)
  sample_part(run, &run->tally, &failed_batch);
  run->worlds = run->options->batch;
  run->error = 0;
  if (failed_batch == UINT64_MAX) return true;
  tell_error(run, failed_batch);
  run_close(run);
  return false;
}
