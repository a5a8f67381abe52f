// The commands of the program: what each is called, what it does and how it ends. A command prints
// its answer to standard output and everything else to standard error; only `main` turns a status
// into an exit code.
#pragma once
#include "lang/base/text.h"

typedef enum CliStatus {
  CLI_OK,           // answered, and every expectation holds
  CLI_FAILS,        // an expectation fails
  CLI_BAD,          // a bad script, command line or file
  CLI_APART,        // the exact and the sampled answer disagree: a defect of the program
  CLI_INTERRUPTED,  // Ctrl-C ended it, with what there was until then
  CLI_UNKNOWN,      // an expectation can neither be proved nor broken by so many trials
} CliStatus;

typedef struct Command {
  const char *name;
  const char *summary;                      // a line of `legis --help`
  CliStatus (*run)(int argc, char **argv);  // argv[0] is the command's name
} Command;

CliStatus cli_run(int argc, char **argv);  // argv[0] is the program's name
int cli_exit_code(CliStatus status);
// The one that counts of two: bad, then fails, then unknown.
CliStatus cli_worse(CliStatus a, CliStatus b);

CliStatus cmd_simulate(int argc, char **argv);
CliStatus cmd_check(int argc, char **argv);
CliStatus cmd_test(int argc, char **argv);

// Writes the text and frees it. False, after a message, where standard output cannot be written.
bool cli_print(TextBuilder *out);
void cli_warn(const char *format, ...)
    __attribute__((format(printf, 1, 2)));  // "legis: …" to standard error
