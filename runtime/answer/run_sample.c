// The sampling walks of a case. Threads take batches of trials one after the other and finish what they took, so that a
// run that is stopped early holds the first so many trials and no other: what is shown of it is what a run of that many
// shows. Neither threads nor batches change a digit: every sum is of whole numbers.
#include <omp.h>
#include <stdlib.h>

#include "runtime/answer/precision.h"
#include "runtime/answer/run.h"

#define MAX_PASSES 20000u
#define NO_TRIAL UINT64_MAX

typedef struct Worker {  // of a thread, for all rounds: its walk keeps the chances of votes
  bool is_open;
  Arena *arena;
  Walk walk;
  Tally tally;
} Worker;

typedef struct Round {
  uint64_t next, end;  // trials
  uint64_t failed;     // the first of the earliest batch in which a world goes wrong, or NO_TRIAL
} Round;

static WalkOptions sampling(const Run *run) {
  return (WalkOptions){.seed = run->options->seed,
                       .budget = UINT32_MAX,
                       .passes = MAX_PASSES,
                       .kernels = kernels_named(run->options->kernels)};
}

static void worker_open(Worker *worker, const Run *run) {
  worker->is_open = true;
  worker->arena = arena_new();
  walk_open(&worker->walk, run->plan, sampling(run), diagnostics_new(worker->arena));
  tally_open(&worker->tally, run->plan, false);
}

static void worker_close(Worker *worker) {
  if (!worker->is_open) return;
  walk_close(&worker->walk);
  tally_close(&worker->tally);
  arena_free(worker->arena);
}

static bool take_batch(Run *run, Round *round, uint64_t *first, uint32_t *n) {
  bool is_taken = false;
#pragma omp critical(legis_batch)
  {
    bool is_over = run->is_interrupted || round->failed != NO_TRIAL || round->next >= round->end;
    RunProgress progress = {.trials = round->next, .trials_of = round->end};
    if (!is_over && run_goes_on(run, &progress)) {
      uint64_t batch = run->options->batch ? run->options->batch : 1, left;
      left = round->end - round->next;
      *first = round->next;
      *n = (uint32_t)(left < batch ? left : batch);
      round->next += *n;
      is_taken = true;
    }
  }
  return is_taken;
}

static void sample_part(Run *run, Round *round, Worker *worker) {
  uint64_t first;
  uint32_t n;
  if (!worker->is_open) worker_open(worker, run);
  while (take_batch(run, round, &first, &n)) {
    walk_batch(&worker->walk, first, n);
    tally_worlds(&worker->tally, &worker->walk);
#pragma omp critical(legis_batch)
    if (worker->walk.has_error && first < round->failed) round->failed = first;
    if (worker->walk.has_error) break;
  }
}

// The trials of the first batch in which a world goes wrong are walked one by one, to tell of the first of them: the same
// world whatever the threads and the batch.
static void tell_error(Run *run, const Round *round) {
  Walk walk;
  Tally lost;
  walk_open(&walk, run->plan, sampling(run), run->diagnostics);
  tally_open(&lost, run->plan, false);
  for (uint64_t trial = round->failed; trial < round->end && !walk.has_error; trial++) {
    walk_batch(&walk, trial, 1);
    tally_worlds(&lost, &walk);
  }
  tally_close(&lost);
  walk_close(&walk);
}

static void add_up(Run *run, const Worker *workers) {
  tally_open(&run->tally, run->plan, false);
  for (uint32_t i = 0; i < run->options->threads; i++) {
    if (!workers[i].is_open) continue;
    tally_flows(&run->tally, &workers[i].walk);
    tally_add(&run->tally, &workers[i].tally);
  }
}

// Goes on from the trials that have been made to so many.
static bool sample_until(Run *run, Worker *workers, uint64_t n_trials) {
  Round round = {run->trials, n_trials, NO_TRIAL};
#pragma omp parallel num_threads((int)run->options->threads)
  sample_part(run, &round, &workers[omp_get_thread_num()]);
  add_up(run, workers);
  run->trials = round.next;
  if (round.failed == NO_TRIAL) return true;
  tell_error(run, &round);
  return false;
}

// All trials at once, or so many after each look as the precision takes.
static bool sample_all(Run *run, Worker *workers) {
  const RunOptions *options = run->options;
  bool is_fixed = !(options->precision > 0) || options->trials < PRECISION_PILOT;
  if (!sample_until(run, workers, is_fixed ? options->trials : PRECISION_PILOT)) return false;
  while (options->precision > 0 && !run->is_interrupted) {
    uint64_t n_trials = precision_trials(run);
    if (n_trials <= run->trials) break;
    tally_close(&run->tally);
    if (!sample_until(run, workers, n_trials)) return false;
  }
  run->is_precise = options->precision > 0 && run->trials > 0 && precision_is_reached(run);
  return run->trials > 0;
}

bool run_sample(Run *run) {
  PlanOptions options = {
      .scenario = run->scenario, .is_exact = false, .is_by_draw = run->is_by_draw};
  run->plan = plan_new(run->program, run->inputs, options, run->arena, run->diagnostics);
  if (!run->plan) return false;
  Worker *workers = memory_alloc(run->options->threads, sizeof *workers);
  bool has_answer = sample_all(run, workers);
  for (uint32_t i = 0; i < run->options->threads; i++) worker_close(&workers[i]);
  free(workers);
  run->worlds = run->options->batch;
  run->error = 0;
  if (!has_answer) run_close(run);
  return has_answer;
}
