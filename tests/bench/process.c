// The program as it is started: how long until it has ended, by the clock on the wall and by what its
// threads worked, and the most memory it held.
// Linux counts what a process held before it became another program as its own, so this is measured while the bench
// itself holds little.
#include <math.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/bench/sections.h"

extern char **environ;

enum { STARTS = 51, MOST_ARGUMENTS = 6, NOT_ANSWERED = 2 };

typedef struct Command {
  const char *shown;
  const char *arguments[MOST_ARGUMENTS];  // behind the program's name, ended by NULL
} Command;

typedef struct Ended {
  bool is_good;
  double seconds, work, megabytes;  // by the wall; of all its threads
} Ended;

// Standard output goes to nowhere.
static bool spawn_quiet(const Command *command, pid_t *child) {
  posix_spawn_file_actions_t actions;
  char *arguments[MOST_ARGUMENTS + 2] = {(char *)LEGIS_PROGRAM};
  for (uint32_t i = 0; i < MOST_ARGUMENTS && command->arguments[i]; i++)
    arguments[i + 1] = (char *)command->arguments[i];
  if (posix_spawn_file_actions_init(&actions)) return false;
  bool is_started = !posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", 1, 0) &&
                    !posix_spawn(child, LEGIS_PROGRAM, &actions, NULL, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  return is_started;
}

static double seconds_of(struct timeval t) {
  return (double)t.tv_sec + 1e-6 * (double)t.tv_usec;
}

static Ended run_once(const Command *command) {
  pid_t child;
  int status;
  struct rusage used;
  double start = measure_now(CLOCK_OF_WALL);
  if (!spawn_quiet(command, &child) || wait4(child, &status, 0, &used) != child) return (Ended){0};
  return (Ended){.is_good = WIFEXITED(status) && WEXITSTATUS(status) != NOT_ANSWERED,
                 .seconds = measure_now(CLOCK_OF_WALL) - start,
                 .work = seconds_of(used.ru_utime) + seconds_of(used.ru_stime),
                 .megabytes = (double)used.ru_maxrss / 1024};
}

// The median times and the most memory.
static Ended run_often(const Command *command) {
  double seconds[STARTS], work[STARTS];
  Ended all = {.is_good = true};
  for (uint32_t i = 0; i < STARTS; i++) {
    Ended one = run_once(command);
    all.is_good &= one.is_good;
    all.megabytes = fmax(all.megabytes, one.megabytes);
    seconds[i] = one.seconds;
    work[i] = one.work;
  }
  all.seconds = measure_median(seconds, STARTS);
  all.work = measure_median(work, STARTS);
  return all;
}

#define RUSSIA LEGIS_SOURCE_DIR "/examples/russia-taliban.leg"

static const Command commands[] = {
    {"legis --version", {"--version"}},
    {"a case of one step", {"simulate", LEGIS_SOURCE_DIR "/tests/bench/one_step.leg"}},
    {"russia-taliban.leg", {"simulate", RUSSIA}},
    {"russia-taliban.leg, sampled", {"simulate", RUSSIA, "--method", "sample"}},
};
enum { VERSION, ONE_STEP, CASE_AUTO, CASE_SAMPLED, COMMANDS };

void section_process(Report *report) {
  Ended ended[COMMANDS];
  printf("\n### The program, from start to end\n\n");
  printf("| command | time | work | memory |\n| --- | ---: | ---: | ---: |\n");
  for (uint32_t i = 0; i < COMMANDS; i++) {
    ended[i] = run_often(&commands[i]);
    printf("| %s | %.1f ms | %.1f ms | %.1f MB |\n", commands[i].shown, 1e3 * ended[i].seconds,
           1e3 * ended[i].work, ended[i].megabytes);
    fflush(stdout);
    report->is_wrong |= !ended[i].is_good;
  }
  report_promise(report, (Promise){.what = "from start to end, a case of one step",
                                   .unit = " ms",
                                   .figure = 1e3 * ended[ONE_STEP].seconds,
                                   .bound = 10});
  report_promise(report, (Promise){.what = "memory, russia-taliban.leg",
                                   .unit = " MB",
                                   .figure = ended[CASE_AUTO].megabytes,
                                   .bound = 50});
}
