// The command line of one command: options by argp, numbers read strictly, mistakes told by name.
#pragma once
#include "lang/syntax/parse.h"
#include "runtime/answer/answer.h"

typedef enum ColorChoice { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER } ColorChoice;

typedef struct Options {
  Arena *arena;
  RunOptions run;
  VEC(ChangeText) changes;  // of --set, as they are parsed
  const char *scenario;     // NULL: none
  ColorChoice color;
  uint32_t width;  // of a page; 0: as wide as where it goes
  bool is_json;
  bool checks_itself;  // --self-check
  bool is_strict;      // warnings are errors
  VEC(const char *) files;
} Options;

typedef enum OptionSet {  // which options a command takes
  OPTIONS_REPORT = 1,     // --color, --format, --strict
  OPTIONS_METHOD = 2,  // --method, --trials, --precision, --seed, --threads, --budget, --self-check
  OPTIONS_INPUTS = 4,  // --set, --scenario
  OPTIONS_PAGE = 8,    // --width
} OptionSet;

typedef struct CommandLine {
  const char *name;       // "simulate"
  const char *arguments;  // "FILE"
  const char *help;       // what it does
  const char *example;
  unsigned options;  // of OptionSet
  uint32_t most_files;
} CommandLine;

typedef enum OptionsStatus {
  OPTIONS_OK,
  OPTIONS_HELPED,  // the help has been printed, nothing is left to do
  OPTIONS_BAD,     // a message has been printed
} OptionsStatus;

// Everything the options point to lives in the arena or in argv.
OptionsStatus options_parse(const CommandLine *command, int argc, char **argv, Arena *arena,
                            Options *out);
// Whether what goes to this file descriptor is coloured.
bool options_has_color(const Options *options, int descriptor);
// "1_000_000", "1e6", "250": a whole number from `least` to `most`.
bool options_count(const char *text, uint64_t least, uint64_t most, uint64_t *out);
