// Two threads beside one; both must answer the same to the last digit. By the clock on the wall, which also sees what else
// runs on the machine, and by the processors' time: the gain that there would be if two threads never stood in each
// other's way.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/models_run.h"
#include "tests/bench/sections.h"

enum { TRIALS = 4000000, LANES = 2 };

static bool same_answers(const HandModel *model, const ScriptRun runs[LANES]) {
  HandChances *found = calloc(LANES, sizeof *found);
  bool is_same = models_of_answer(model, runs[0].answer, &found[0]) &&
                 models_of_answer(model, runs[1].answer, &found[1]) &&
                 !memcmp(&found[0], &found[1], sizeof *found);
  free(found);
  return is_same;
}

static bool time_lanes(ScriptRun runs[LANES], Clock clock, Contender lanes[LANES]) {
  for (uint32_t i = 0; i < LANES; i++) lanes[i] = (Contender){.run = run_script, .what = &runs[i]};
  return measure_in_turn(lanes, LANES, clock, 0);
}

// How much faster two threads are; 0 where something is wrong.
static double bench_model(const HandModel *model) {
  Script script = models_open(model);
  ScriptRun runs[LANES];
  Contender wall[LANES], work[LANES];
  double gain = 0;
  for (uint32_t i = 0; i < LANES; i++)
    runs[i] = (ScriptRun){&script, options_sampled(TRIALS, i + 1, NULL), NULL};
  if (!script.diagnostics->n_errors && time_lanes(runs, CLOCK_OF_WALL, wall) &&
      time_lanes(runs, CLOCK_OF_PROCESS, work) && same_answers(model, runs)) {
    gain = measure_ratio(&wall[0], &wall[1]);
    printf("| %s | %.0f ms | %.0f ms | %.2f | %.2f |\n", model->script, 1e3 * measure_of(&wall[0]),
           1e3 * measure_of(&wall[1]), gain, 2 * measure_ratio(&work[0], &work[1]));
    fflush(stdout);
  }
  script_close(&script);
  return gain;
}

void section_threads(Report *report) {
  double least = INFINITY;
  printf("\n### Sampling, %d trials on two threads and on one\n\n", TRIALS);
  printf("| model | one | two | gain | by work |\n| --- | ---: | ---: | ---: | ---: |\n");
  for (uint32_t i = 0; i < HAND_MODELS; i++) least = fmin(least, bench_model(models_at(i)));
  report->is_wrong |= least == 0;
  report_promise(report, (Promise){.what = "gain of two threads over one, least of the models",
                                   .unit = "",
                                   .figure = least,
                                   .bound = 1.8,
                                   .is_least = true});
}
