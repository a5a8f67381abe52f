// What the engine takes for whole cases: the exact answer, and a million trials on one thread and on all. Medians of several
// runs, as a table in Markdown. On one thread the processor's time is taken, so that other work on the machine does not count.
#include <glob.h>
#include <omp.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "runtime/answer/answer.h"
#include "runtime/cli/options.h"
#include "runtime/cli/script.h"

enum { EXACT_RUNS = 21, SAMPLE_RUNS = 5, TRIALS = 1000000 };

static double now(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(double *times, uint32_t n) {
  qsort(times, n, sizeof *times, by_size);
  return times[n / 2];
}

// The median seconds of a run; negative where the method cannot answer.
static double time_of(Script *script, RunOptions run, uint32_t n_runs) {
  double times[EXACT_RUNS];
  clockid_t clock = run.threads == 1 ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC;
  for (uint32_t i = 0; i < n_runs; i++) {
    Options options = {.run = run};
    double start = now(clock);
    if (!script_run(script, NO_INDEX, &options)) return -1;
    times[i] = now(clock) - start;
  }
  return median(times, n_runs);
}

static void print_seconds(double seconds) {
  if (seconds < 0) printf(" no answer |");
  else if (seconds < 0.1) printf(" %.2f ms |", 1e3 * seconds);
  else printf(" %.3f s |", seconds);
}

static void bench_script(const char *path) {
  Options options = {0};
  double start = now(CLOCK_PROCESS_CPUTIME_ID);
  Script script = script_open(path, &options, true);
  double front = now(CLOCK_PROCESS_CPUTIME_ID) - start;
  const char *name = strrchr(path, '/');
  printf("| %s |", name ? name + 1 : path);
  if (script.diagnostics->n_errors) {
    printf(" errors | | | |\n");
  } else {
    RunOptions run = run_options_default();
    run.trials = TRIALS;
    run.threads = 1;
    print_seconds(front);
    run.method = METHOD_EXACT;
    print_seconds(time_of(&script, run, EXACT_RUNS));
    run.method = METHOD_SAMPLE;
    print_seconds(time_of(&script, run, SAMPLE_RUNS));
    run.threads = (uint32_t)omp_get_num_procs();
    print_seconds(time_of(&script, run, SAMPLE_RUNS));
    printf("\n");
  }
  fflush(stdout);
  script_close(&script);
}

static void bench_folder(const char *pattern) {
  glob_t found;
  if (glob(pattern, 0, NULL, &found)) return;
  for (size_t i = 0; i < found.gl_pathc; i++) bench_script(found.gl_pathv[i]);
  globfree(&found);
}

int main(void) {
  printf("| script | read and check | exact | %d trials, 1 thread | %d threads |\n", TRIALS,
         omp_get_num_procs());
  printf("| --- | ---: | ---: | ---: | ---: |\n");
  bench_folder(LEGIS_SOURCE_DIR "/tests/bench/*.leg");
  bench_folder(LEGIS_SOURCE_DIR "/examples/*.leg");
  return 0;
}
