// How fast legis is: tables in Markdown, with what a C programmer would write by hand beside it, and what is promised at
// the end. Names of sections run those alone. It ends with 1 where an answer was wrong, never because of a time.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/bench/sections.h"

typedef struct Section {
  const char *name;
  void (*run)(Report *report);
} Section;

static const Section sections[] = {
    {"process", section_process},   {"front", section_front},     {"exact", section_exact},
    {"sampling", section_sampling}, {"threads", section_threads}, {"cases", section_cases},
};

static bool is_wanted(const char *name, int argc, char **argv) {
  for (int i = 1; i < argc; i++) {
    if (!strcmp(argv[i], name)) return true;
  }
  return argc < 2;
}

// What else runs on the machine shows in times by the wall, and a little in all others.
static void print_machine(void) {
  double load = 0;
  getloadavg(&load, 1);
  printf("%ld processors, compiled by gcc %s; %.1f processes ran beside the bench when it began.\n",
         sysconf(_SC_NPROCESSORS_ONLN), __VERSION__, load);
}

int main(int argc, char **argv) {
  Report report = {0};
  print_machine();
  for (uint32_t i = 0; i < sizeof sections / sizeof *sections; i++) {
    if (is_wanted(sections[i].name, argc, argv)) sections[i].run(&report);
  }
  if (report.n_promises) report_print(&report);
  if (report.is_wrong) printf("\nAn answer was wrong or could not be had.\n");
  return report.is_wrong;
}
