// Times and their medians, and the table of what the project promises. A time is the processor's of this thread, so that
// other work on the machine counts little; only where threads or processes are measured it is that of all threads, or the wall's.
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum { MEASURE_RUNS = 7, PROMISES = 24 };

typedef enum Clock { CLOCK_OF_THREAD, CLOCK_OF_PROCESS, CLOCK_OF_WALL } Clock;

double measure_now(Clock clock);                   // seconds
double measure_median(double *items, uint32_t n);  // sorts them; n at least 1

// Something to be timed: `run` does it once, and gives false where it cannot be done. NULL: it does not take part.
typedef struct Contender {
  bool (*run)(void *what);
  void *what;
  double seconds[MEASURE_RUNS];
} Contender;

// Times all of them in turn, MEASURE_RUNS times, so that what slows the machine for a while slows all. Quick ones are run
// again and again until that takes `least` seconds; their seconds are of one run. False where one of them is.
bool measure_in_turn(Contender *contenders, uint32_t n, Clock clock, double least);
double measure_of(const Contender *contender);  // the median of its seconds
double measure_ratio(const Contender *a,
                     const Contender *b);  // the median of a's seconds by b's of the same turn

typedef struct Promise {
  const char *what, *unit;
  double figure, bound;
  bool is_least;  // the bound is the least; else the figure is to be below it
} Promise;

typedef struct Report {
  Promise promises[PROMISES];
  uint32_t n_promises;
  bool is_wrong;  // an answer was not what it should be, or could not be had
} Report;

void report_promise(Report *report, Promise promise);
void report_print(const Report *report);
