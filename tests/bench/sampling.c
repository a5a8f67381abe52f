// Sampling on one thread beside the loop written by hand, with each kind of kernel. Two lengths of run are timed: what the
// longer takes beyond the shorter is the price of a trial. The tables of votes that both sides make do not count in it, but
// in the first million trials, which are shown beside it.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "runtime/chance/kernels.h"
#include "tests/bench/models_run.h"
#include "tests/bench/sections.h"

enum { FEW = 1000000, MANY = 5000000, LENGTHS = 2, LANES = 1 + KERNEL_KINDS };
#define ERRORS_MOST 5.0

typedef struct Lane {  // the first is the loop by hand
  const char *kernels, *title;
  double promised;  // its speed by that of the loop; 0: nothing
} Lane;

static const Lane lanes[LANES] = {
    {NULL, "hand", 0}, {"avx512", "AVX-512", 1.0}, {"avx2", "AVX2", 0.6}, {"plain", "plain", 0}};

typedef struct Race {
  HandRun hand[LENGTHS];
  ScriptRun scripts[LANES][LENGTHS];
  Contender contenders[LANES][LENGTHS];  // the shorter run, the longer
  Contender trial[LANES];                // their difference by trial
} Race;

static bool takes_part(uint32_t lane) {
  return !lane || kernels_named(lanes[lane].kernels);
}

static void race_make(Race *race, Script *script, const HandModel *model) {
  for (uint32_t length = 0; length < LENGTHS; length++) {
    uint64_t trials = length ? MANY : FEW;
    race->hand[length] = (HandRun){.model = model, .trials = trials};
    race->contenders[0][length] = (Contender){.run = run_hand_sample, .what = &race->hand[length]};
    for (uint32_t lane = 1; lane < LANES; lane++) {
      ScriptRun *run = &race->scripts[lane][length];
      *run = (ScriptRun){script, options_sampled(trials, 1, lanes[lane].kernels), NULL};
      race->contenders[lane][length] =
          (Contender){.run = takes_part(lane) ? run_script : NULL, .what = run};
    }
  }
}

static bool race_run(Race *race) {
  if (!measure_in_turn(race->contenders[0], LANES * LENGTHS, CLOCK_OF_THREAD, 0)) return false;
  for (uint32_t lane = 0; lane < LANES; lane++) {
    const Contender *few = &race->contenders[lane][0], *many = &race->contenders[lane][1];
    for (uint32_t i = 0; i < MEASURE_RUNS; i++)
      race->trial[lane].seconds[i] = (many->seconds[i] - few->seconds[i]) / (MANY - FEW);
  }
  return true;
}

// The longer run's answer against the exact one by hand, in standard errors.
static double lane_errors(const Race *race, uint32_t lane, const HandChances *truth) {
  const HandModel *model = race->hand[1].model;
  HandChances *found = calloc(1, sizeof *found);
  double apart = INFINITY;
  if (!lane) models_of_tally(&race->hand[1].tally, MANY, found);
  if (!lane || models_of_answer(model, race->scripts[lane][1].answer, found))
    apart = models_errors_apart(truth, found, MANY);
  free(found);
  return apart;
}

static double most_errors(const Race *race) {
  HandChances *truth = calloc(1, sizeof *truth);
  double most = 0;
  race->hand[1].model->exact(truth);
  for (uint32_t lane = 0; lane < LANES; lane++) {
    if (takes_part(lane)) most = fmax(most, lane_errors(race, lane, truth));
  }
  free(truth);
  return most;
}

static void print_race(const Race *race, double errors) {
  printf("| %s | %.1f ns |", race->hand[0].model->script, 1e9 * measure_of(&race->trial[0]));
  for (uint32_t lane = 1; lane < LANES; lane++) {
    if (!takes_part(lane)) {
      printf(" | |");
      continue;
    }
    printf(" %.1f ns | %.2f |", 1e9 * measure_of(&race->trial[lane]),
           measure_ratio(&race->trial[0], &race->trial[lane]));
  }
  printf(" %.0f, %.0f ms | %.1f |\n", 1e3 * measure_of(&race->contenders[0][0]),
         1e3 * measure_of(&race->contenders[takes_part(1) ? 1 : LANES - 1][0]), errors);
  fflush(stdout);
}

static void bench_model(Report *report, const HandModel *model, double least[LANES]) {
  Race *race = calloc(1, sizeof *race);
  Script script = models_open(model);
  race_make(race, &script, model);
  if (script.diagnostics->n_errors || !race_run(race)) {
    report->is_wrong = true;
  } else {
    double errors = most_errors(race);
    report->is_wrong |= !(errors < ERRORS_MOST);
    for (uint32_t lane = 1; lane < LANES; lane++)
      least[lane] = fmin(least[lane], measure_ratio(&race->trial[0], &race->trial[lane]));
    print_race(race, errors);
  }
  script_close(&script);
  free(race);
}

void section_sampling(Report *report) {
  double least[LANES] = {INFINITY, INFINITY, INFINITY, INFINITY};
  printf(
      "\n### Sampling, one thread: a trial, and its speed by that of the loop by hand\n\n"
      "| model | C by hand |");
  for (uint32_t lane = 1; lane < LANES; lane++) printf(" %s | speed |", lanes[lane].title);
  printf(" first million: hand, legis | standard errors apart |\n| --- | ---: |");
  for (uint32_t lane = 1; lane < LANES; lane++) printf(" ---: | ---: |");
  printf(" ---: | ---: |\n");
  for (uint32_t i = 0; i < HAND_MODELS; i++) bench_model(report, models_at(i), least);
  for (uint32_t lane = 1; lane < LANES; lane++) {
    if (!takes_part(lane) || !lanes[lane].promised) continue;
    Promise promise = {.figure = least[lane], .bound = lanes[lane].promised, .is_least = true};
    promise.what = lane == 1 ? "speed of sampling by the loop by hand, AVX-512, slowest model"
                             : "speed of sampling by the loop by hand, AVX2, slowest model";
    promise.unit = "";
    report_promise(report, promise);
  }
}
