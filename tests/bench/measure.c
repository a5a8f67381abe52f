#include "tests/bench/measure.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static clockid_t clock_id(Clock clock) {
  switch (clock) {
    case CLOCK_OF_THREAD: return CLOCK_THREAD_CPUTIME_ID;
    case CLOCK_OF_PROCESS: return CLOCK_PROCESS_CPUTIME_ID;
    case CLOCK_OF_WALL: return CLOCK_MONOTONIC;
  }
  return CLOCK_MONOTONIC;
}

double measure_now(Clock clock) {
  struct timespec t;
  clock_gettime(clock_id(clock), &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

double measure_median(double *items, uint32_t n) {
  qsort(items, n, sizeof *items, by_size);
  return items[n / 2];
}

static bool time_once(Contender *contender, Clock clock, double least, double *seconds) {
  double start = measure_now(clock), passed = 0;
  uint32_t n = 0;
  do {
    if (!contender->run(contender->what)) return false;
    n++;
    passed = measure_now(clock) - start;
  } while (passed < least);
  *seconds = passed / n;
  return true;
}

bool measure_in_turn(Contender *contenders, uint32_t n, Clock clock, double least) {
  for (uint32_t turn = 0; turn < MEASURE_RUNS; turn++) {
    for (uint32_t i = 0; i < n; i++) {
      if (contenders[i].run &&
          !time_once(&contenders[i], clock, least, &contenders[i].seconds[turn]))
        return false;
    }
  }
  return true;
}

double measure_of(const Contender *contender) {
  double seconds[MEASURE_RUNS];
  memcpy(seconds, contender->seconds, sizeof seconds);
  return measure_median(seconds, MEASURE_RUNS);
}

double measure_ratio(const Contender *a, const Contender *b) {
  double ratios[MEASURE_RUNS];
  for (uint32_t i = 0; i < MEASURE_RUNS; i++) ratios[i] = a->seconds[i] / b->seconds[i];
  return measure_median(ratios, MEASURE_RUNS);
}

void report_promise(Report *report, Promise promise) {
  assert(report->n_promises < PROMISES);
  report->promises[report->n_promises++] = promise;
}

void report_print(const Report *report) {
  printf("\n| promised | at | measured | |\n| --- | ---: | ---: | --- |\n");
  for (uint32_t i = 0; i < report->n_promises; i++) {
    const Promise *p = &report->promises[i];
    bool is_met = p->is_least ? p->figure >= p->bound : p->figure < p->bound;
    printf("| %s | %s %g%s | %.3g%s | %s |\n", p->what, p->is_least ? "at least" : "below",
           p->bound, p->unit, p->figure, p->unit, is_met ? "met" : "**not met**");
  }
}
