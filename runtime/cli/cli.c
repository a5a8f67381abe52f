// Finding the command, the help and the version.
#include <errno.h>
#include <gnu/libc-version.h>
#include <gsl/gsl_version.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>
#include <xxhash.h>

#include "lang/source/suggest.h"
#include "runtime/cli/command.h"

static const Command COMMANDS[] = {
    {"simulate", "the main job: outcomes, dates, where it goes and fails, questions, expectations",
     cmd_simulate},
    {"check", "errors and warnings of scripts", cmd_check},
    {"test", "whether what scripts expect holds", cmd_test},
};
#define N_COMMANDS (sizeof COMMANDS / sizeof *COMMANDS)

void cli_warn(const char *format, ...) {
  va_list args;
  fflush(stdout);
  fputs("legis: ", stderr);
  va_start(args, format);
  vfprintf(stderr, format, args);
  va_end(args);
  fputc('\n', stderr);
}

bool cli_print(TextBuilder *out) {
  bool is_written =
      (!out->n || fwrite(out->at, 1, out->n, stdout) == out->n) && fflush(stdout) == 0;
  int reason = errno;
  text_builder_free(out);
  if (!is_written) cli_warn("standard output cannot be written: %s", strerror(reason));
  return is_written;
}

CliStatus cli_worse(CliStatus a, CliStatus b) {
  static const int WEIGHT[] = {[CLI_OK] = 0,  [CLI_UNKNOWN] = 1, [CLI_FAILS] = 2,
                               [CLI_BAD] = 3, [CLI_APART] = 4,   [CLI_INTERRUPTED] = 5};
  return WEIGHT[a] >= WEIGHT[b] ? a : b;
}

int cli_exit_code(CliStatus status) {
  switch (status) {
    case CLI_OK: return 0;
    case CLI_FAILS: return 1;
    case CLI_BAD: return 2;
    case CLI_UNKNOWN: return 3;
    case CLI_APART: return 4;
    case CLI_INTERRUPTED: return 130;
  }
  return 2;
}

static void add_help(TextBuilder *out) {
  text_add(out,
           "legis: how likely each outcome of a legal procedure is, when it comes, and where it "
           "fails\n\n");
  text_add(out, "  legis COMMAND ARGUMENTS [OPTIONS]\n\nCommands\n");
  for (size_t i = 0; i < N_COMMANDS; i++)
    text_addf(out, "  %-10s %s\n", COMMANDS[i].name, COMMANDS[i].summary);
  text_add(out,
           "\nlegis COMMAND --help says more and has an example; legis --version names the "
           "libraries.\n");
  text_add(out,
           "Ends with 0 where all expectations hold, 1 where one fails, 2 for a bad script, "
           "command line or file,\n"
           "3 where so many trials cannot tell, 4 where --self-check finds the methods apart,\n"
           "130 where Ctrl-C ended it (with the estimate so far).\n");
}

static CliStatus print_version(void) {
  TextBuilder out = {0};
  unsigned xxhash = XXH_versionNumber();
  text_addf(&out, "legis %s\n", LEGIS_VERSION);
  text_addf(&out, "GSL %s, jansson %s, utf8proc %s, xxHash %u.%u.%u, glibc %s\n", gsl_version,
            jansson_version_str(), utf8proc_version(), xxhash / 10000, xxhash / 100 % 100,
            xxhash % 100, gnu_get_libc_version());
  text_add(&out, "GPL-3.0-or-later; there is no warranty\n");
  return cli_print(&out) ? CLI_OK : CLI_BAD;
}

static CliStatus print_help(void) {
  TextBuilder out = {0};
  add_help(&out);
  return cli_print(&out) ? CLI_OK : CLI_BAD;
}

static CliStatus unknown_command(const char *word) {
  Text names[N_COMMANDS];
  for (size_t i = 0; i < N_COMMANDS; i++) names[i] = text_of(COMMANDS[i].name);
  Suggestion near = suggest_nearest(text_of(word), names, N_COMMANDS);
  TextBuilder shown = {0};
  text_add(&shown, "");
  text_add_shown(&shown, text_of(word));
  if (near.word.n)
    cli_warn("there is no command \"%s\"; did you mean \"%.*s\"?", shown.at, TEXT_ARG(near.word));
  else cli_warn("there is no command \"%s\"; legis --help lists them", shown.at);
  text_builder_free(&shown);
  return CLI_BAD;
}

CliStatus cli_run(int argc, char **argv) {
  if (argc < 2) {
    TextBuilder out = {0};
    add_help(&out);
    fwrite(out.at, 1, out.n, stderr);
    text_builder_free(&out);
    return CLI_BAD;
  }
  if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) return print_help();
  if (strcmp(argv[1], "--version") == 0) return print_version();
  for (size_t i = 0; i < N_COMMANDS; i++) {
    if (strcmp(argv[1], COMMANDS[i].name) == 0) return COMMANDS[i].run(argc - 1, argv + 1);
  }
  return unknown_command(argv[1]);
}
