// The exact answer beside the exact program written by hand.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/bench/models_run.h"
#include "tests/bench/sections.h"

#define EXACT_MOST 1e-12
#define LEAST_SECONDS 0.01  // of what is timed at once

static double answers_apart(HandRun *hand, const Answer *answer) {
  HandChances *found = calloc(1, sizeof *found);
  double apart =
      models_of_answer(hand->model, answer, found) ? models_apart(&hand->chances, found) : INFINITY;
  free(found);
  return apart;
}

static void bench_model(Report *report, const HandModel *model, double *seconds) {
  Script script = models_open(model);
  HandRun *hand = calloc(1, sizeof *hand);
  ScriptRun run = {&script, options_exact(), NULL};
  Contender lanes[] = {{.run = run_hand_exact, .what = hand}, {.run = run_script, .what = &run}};
  hand->model = model;
  if (script.diagnostics->n_errors || !measure_in_turn(lanes, 2, CLOCK_OF_THREAD, LEAST_SECONDS)) {
    report->is_wrong = true;
  } else {
    double apart = answers_apart(hand, run.answer);
    report->is_wrong |= !(apart < EXACT_MOST);
    *seconds = measure_of(&lanes[1]);
    printf("| %s | %.3f ms | %.3f ms | %.3f | %.0e |\n", model->script, 1e3 * measure_of(&lanes[0]),
           1e3 * *seconds, measure_ratio(&lanes[0], &lanes[1]), apart);
    fflush(stdout);
  }
  free(hand);
  script_close(&script);
}

void section_exact(Report *report) {
  printf("\n### The exact answer\n\n| model | C by hand | legis | speed | apart |\n");
  printf("| --- | ---: | ---: | ---: | ---: |\n");
  for (uint32_t i = 0; i < HAND_MODELS; i++) {
    double seconds = INFINITY;
    bench_model(report, models_at(i), &seconds);
    if (models_at(i) != &hand_twelve_blocs) continue;
    report_promise(
        report,
        (Promise){
            .what = "exact answer, 12 blocs", .unit = " ms", .figure = 1e3 * seconds, .bound = 50});
  }
}
