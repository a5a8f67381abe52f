// Whole cases on one thread: reading and checking, the exact answer, the same with the ranges over the uncertain beliefs, and
// a million trials.
#include <glob.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tests/bench/models_run.h"
#include "tests/bench/sections.h"

enum { TRIALS = 1000000 };
#define PROMISED "russia-taliban.leg"

static bool read_and_check(void *path) {
  Options options = {0};
  Script script = script_open(path, &options, true);
  bool is_good = !script.diagnostics->n_errors;
  script_close(&script);
  return is_good;
}

enum { READING, EXACT, RANGE, SAMPLED, LANES };

static void promise(Report *report, const char *what, double seconds, double bound) {
  report_promise(report,
                 (Promise){.what = what, .unit = " ms", .figure = 1e3 * seconds, .bound = bound});
}

static void bench_case(Report *report, char *path) {
  Options options = {0};
  Script script = script_open(path, &options, true);
  ScriptRun exact = {&script, options_exact(), NULL}, range = exact;
  ScriptRun sampled = {&script, options_sampled(TRIALS, 1, NULL), NULL};
  range.options.has_ranges = true;
  Contender lanes[LANES] = {{.run = read_and_check, .what = path},
                            {.run = run_script, .what = &exact},
                            {.run = run_script, .what = &range},
                            {.run = run_script, .what = &sampled}};
  const char *name = strrchr(path, '/') + 1;
  if (script.diagnostics->n_errors || !measure_in_turn(lanes, LANES, CLOCK_OF_THREAD, 0)) {
    report->is_wrong = true;
  } else {
    printf("| %s |", name);
    for (uint32_t i = 0; i < LANES; i++) printf(" %.2f ms |", 1e3 * measure_of(&lanes[i]));
    printf("\n");
    fflush(stdout);
    if (!strcmp(name, PROMISED)) {
      promise(report, "exact answer, " PROMISED, measure_of(&lanes[EXACT]), 20);
      promise(report, "the same with its ranges", measure_of(&lanes[RANGE]), 300);
    }
  }
  script_close(&script);
}

static void bench_folder(Report *report, const char *pattern) {
  glob_t found;
  if (glob(pattern, 0, NULL, &found)) return;
  for (size_t i = 0; i < found.gl_pathc; i++) bench_case(report, found.gl_pathv[i]);
  globfree(&found);
}

void section_cases(Report *report) {
  printf("\n### Whole cases, one thread\n\n");
  printf(
      "| script | read and check | exact | exact, with ranges | a million trials |\n| --- | ---: | "
      "---: | ---: | ---: |\n");
  bench_folder(report, LEGIS_SOURCE_DIR "/tests/bench/*.leg");
  bench_folder(report, LEGIS_SOURCE_DIR "/examples/*.leg");
}
