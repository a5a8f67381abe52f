#include "runtime/cli/watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LINE_WIDTH = 58 };  // fits on any terminal
#define SECONDS_BETWEEN 0.25

// The program's only global: a signal reaches nothing else.
static volatile sig_atomic_t is_interrupted;

static void interrupt(int signal_number) {
  (void)signal_number;
  is_interrupted = 1;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void show_line(Watch *watch, const RunProgress *progress) {
  char line[LINE_WIDTH + 1];
  if (progress->trials_of)
    snprintf(line, sizeof line, "%llu of %llu trials, %.0f %%",
             (unsigned long long)progress->trials, (unsigned long long)progress->trials_of,
             100 * (double)progress->trials / (double)progress->trials_of);
  else snprintf(line, sizeof line, "%llu worlds", (unsigned long long)progress->worlds);
  fprintf(stderr, "\r%-*s", LINE_WIDTH, line);
  fflush(stderr);
  watch->has_line = true;
}

static bool goes_on(void *context, const RunProgress *progress) {
  Watch *watch = context;
  if (watch->is_shown && now() >= watch->next) {
    show_line(watch, progress);
    watch->next = now() + SECONDS_BETWEEN;
  }
  return !is_interrupted;
}

RunWatch watch_open(Watch *watch) {
  struct sigaction action = {.sa_handler = interrupt, .sa_flags = (int)SA_RESETHAND | SA_RESTART};
  *watch = (Watch){.is_shown = isatty(STDERR_FILENO), .next = now() + SECONDS_BETWEEN};
  is_interrupted = 0;
  sigaction(SIGINT, NULL, &watch->before);
  if (watch->before.sa_handler != SIG_IGN) sigaction(SIGINT, &action, NULL);
  return (RunWatch){goes_on, watch};
}

void watch_close(Watch *watch) {
  sigaction(SIGINT, &watch->before, NULL);
  if (watch->has_line) fprintf(stderr, "\r%*s\r", LINE_WIDTH, "");
}
