// argp lists the options, finds their unique prefixes and prints the help; its own messages and
// exits are off, because they would name no near word and end the process.
#include "runtime/cli/options.h"

#include <argp.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lang/source/suggest.h"
#include "runtime/cli/command.h"
#include "runtime/show/show.h"

enum {
  KEY_SET = 256,
  KEY_SCENARIO,
  KEY_METHOD,
  KEY_TRIALS,
  KEY_PRECISION,
  KEY_SEED,
  KEY_THREADS,
  KEY_BUDGET,
  KEY_SELF_CHECK,
  KEY_COLOR,
  KEY_WIDTH,
  KEY_FORMAT,
  KEY_STRICT,
  KEY_HELP
};

#define TRIALS_MOST 1000000000000u
#define PRECISION_TRIALS_MOST 1000000000u
#define PERCENT_LEAST 0.00001
#define PERCENT_MOST 50
#define THREADS_MOST 1024u

static const struct argp_option INPUT_OPTIONS[] = {
    {"set", KEY_SET, "PATH=EXPR", 0,
     "Change an input: --set 'veto_chance = 20%', --set 'signature.veto = 5%'. May be given again",
     1},
    {"scenario", KEY_SCENARIO, "NAME", 0, "Run under this scenario of the script", 1},
    {0},
};
static const struct argp_option METHOD_OPTIONS[] = {
    {"method", KEY_METHOD, "METHOD", 0,
     "exact, sample, or auto (the default): exact where that fits in the budget", 2},
    {"trials", KEY_TRIALS, "N", 0, "Worlds to sample (1_000_000; 1e6 is understood)", 2},
    {"precision", KEY_PRECISION, "P%", 0,
     "Instead of --trials: so many that every outcome and asked chance is within ± P% (0.1%), 95 "
     "times in 100; 1_000_000_000 at most",
     2},
    {"seed", KEY_SEED, "S", 0, "Of the random numbers (1); the same seed gives the same answer", 2},
    {"threads", KEY_THREADS, "N", 0,
     "Threads to sample with (one for each core); they do not change the answer", 2},
    {"budget", KEY_BUDGET, "N", 0,
     "Worlds that an exact answer may hold at one time (2_000_000); its work is bounded too", 2},
    {"self-check", KEY_SELF_CHECK, NULL, 0,
     "Answer by both methods and compare every number: ends with 4 where they disagree by more "
     "than "
     "five standard errors, with 3 where there is no exact answer",
     2},
    {0},
};
static const struct argp_option PAGE_OPTIONS[] = {
    {"width", KEY_WIDTH, "N", 0,
     "Columns of the page, 60 to 200 (as many as the terminal has; 100 where it goes elsewhere)",
     3},
    {0},
};
static const struct argp_option REPORT_OPTIONS[] = {
    {"format", KEY_FORMAT, "FORMAT", 0, "text (the default) or json", 3},
    {"color", KEY_COLOR, "WHEN", 0,
     "auto (the default: on a terminal, unless NO_COLOR is set), always, never", 3},
    {"strict", KEY_STRICT, NULL, 0, "Warnings are errors", 3},
    {"help", KEY_HELP, NULL, 0, "Print this", 4},
    {0},
};

#define OPTIONS_MOST 24

typedef struct Parsing {
  const CommandLine *command;
  Options *out;
  struct argp_option all[OPTIONS_MOST];
  bool wants_help, has_told, has_trials;
} Parsing;

bool options_count(const char *text, uint64_t least, uint64_t most, uint64_t *out) {
  uint64_t value = 0;
  if (*text < '0' || *text > '9') return false;
  for (; *text && *text != 'e'; text++) {
    if (*text == '_' && text[1] >= '0' && text[1] <= '9') continue;
    if (*text < '0' || *text > '9') return false;
    if (__builtin_mul_overflow(value, 10, &value) ||
        __builtin_add_overflow(value, (uint64_t)(*text - '0'), &value))
      return false;
  }
  if (*text == 'e') {
    if (text[1] < '0' || text[1] > '9' || (text[2] && (text[2] < '0' || text[2] > '9' || text[3])))
      return false;
    for (int zeros = atoi(text + 1); zeros; zeros--) {
      if (__builtin_mul_overflow(value, 10, &value)) return false;
    }
  }
  *out = value;
  return value >= least && value <= most;
}

static error_t tell(Parsing *parsing, const char *option, const char *argument,
                    const char *wanted) {
  TextBuilder shown = {0};
  text_add(&shown, "");
  text_add_shown(&shown, text_of(argument));
  cli_warn("--%s takes %s, not \"%s\"", option, wanted, shown.at);
  text_builder_free(&shown);
  parsing->has_told = true;
  return EINVAL;
}

// `veto_chance = 20%` and `approval needs 3/5 of seats` alike are what an `assume` would say.
static error_t add_change(Parsing *parsing, const char *argument) {
  const char *wanted = "a change like 'veto_chance = 20%'";
  const char *sign = strpbrk(argument, "=~");
  if (sign == argument || (!sign && !strstr(argument, " needs ") && !strstr(argument, " is ")))
    return tell(parsing, "set", argument, wanted);
  Options *out = parsing->out;
  ChangeText change = {"<--set>", text_format(out->arena, "assume %s", argument)};
  vec_push(out->arena, &out->changes, change);
  return 0;
}

static error_t choose(Parsing *parsing, const char *option, const char *argument,
                      const char *const *words, int *chosen) {
  for (int i = 0; words[i]; i++) {
    if (strcmp(words[i], argument) == 0) {
      *chosen = i;
      return 0;
    }
  }
  TextBuilder wanted = {0};
  for (int i = 0; words[i]; i++)
    text_addf(&wanted, "%s%s", i == 0 ? "" : words[i + 1] ? ", " : " or ", words[i]);
  tell(parsing, option, argument, wanted.at);
  text_builder_free(&wanted);
  return EINVAL;
}

static error_t count(Parsing *parsing, const char *option, const char *argument, uint64_t least,
                     uint64_t most, uint64_t *out) {
  if (options_count(argument, least, most, out)) return 0;
  TextBuilder wanted = {0};
  text_addf(&wanted, "a whole number from %llu to %llu", (unsigned long long)least,
            (unsigned long long)most);
  tell(parsing, option, argument, wanted.at);
  text_builder_free(&wanted);
  return EINVAL;
}

static error_t take_choice(Parsing *parsing, int key, const char *argument) {
  static const char *const METHODS[] = {"auto", "exact", "sample", NULL};
  static const char *const COLORS[] = {"auto", "always", "never", NULL};
  static const char *const FORMATS[] = {"text", "json", NULL};
  int chosen = 0;
  error_t error;
  if (key == KEY_METHOD) {
    error = choose(parsing, "method", argument, METHODS, &chosen);
    parsing->out->run.method = (Method[]){METHOD_AUTO, METHOD_EXACT, METHOD_SAMPLE}[chosen];
  } else if (key == KEY_COLOR) {
    error = choose(parsing, "color", argument, COLORS, &chosen);
    parsing->out->color = (ColorChoice[]){COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER}[chosen];
  } else {
    error = choose(parsing, "format", argument, FORMATS, &chosen);
    parsing->out->is_json = chosen == 1;
  }
  return error;
}

static error_t take_precision(Parsing *parsing, const char *argument) {
  static const char LETTERS[] = "0123456789.";
  const char *sign = argument + strspn(argument, LETTERS);
  char *end;
  double percent = strtod(argument, &end);
  bool is_percentage =
      end == sign && strcmp(sign, "%") == 0 && percent >= PERCENT_LEAST && percent <= PERCENT_MOST;
  if (!is_percentage)
    return tell(parsing, "precision", argument, "a percentage from 0.00001% to 50%");
  parsing->out->run.precision = percent / 100;
  return 0;
}

static error_t take_file(Parsing *parsing, const char *path) {
  if (parsing->out->files.n == parsing->command->most_files) {
    cli_warn("%s takes one file", parsing->command->name);
    parsing->has_told = true;
    return EINVAL;
  }
  vec_push(parsing->out->arena, &parsing->out->files, path);
  return 0;
}

static error_t take_option(int key, char *argument, struct argp_state *state) {
  Parsing *parsing = state->input;
  Options *out = parsing->out;
  uint64_t threads = 0, width = 0;
  error_t error;
  switch (key) {
    case KEY_SET: return add_change(parsing, argument);
    case KEY_SCENARIO: out->scenario = argument; return 0;
    case KEY_METHOD:
    case KEY_COLOR:
    case KEY_FORMAT: return take_choice(parsing, key, argument);
    case KEY_TRIALS:
      parsing->has_trials = true;
      return count(parsing, "trials", argument, 1, TRIALS_MOST, &out->run.trials);
    case KEY_PRECISION: return take_precision(parsing, argument);
    case KEY_SEED: return count(parsing, "seed", argument, 0, INT64_MAX, &out->run.seed);
    case KEY_BUDGET: return count(parsing, "budget", argument, 1, UINT32_MAX - 1, &out->run.budget);
    case KEY_THREADS:
      error = count(parsing, "threads", argument, 1, THREADS_MOST, &threads);
      out->run.threads = (uint32_t)threads;
      return error;
    case KEY_WIDTH:
      error = count(parsing, "width", argument, SHOW_WIDTH_LEAST, SHOW_WIDTH_MOST, &width);
      out->width = (uint32_t)width;
      return error;
    case KEY_SELF_CHECK: out->checks_itself = true; return 0;
    case KEY_STRICT: out->is_strict = true; return 0;
    case KEY_HELP: parsing->wants_help = true; return 0;
    case ARGP_KEY_ARG: return take_file(parsing, argument);
    default: return ARGP_ERR_UNKNOWN;
  }
}

static void list_options(Parsing *parsing) {
  const struct argp_option *sets[] = {
      parsing->command->options & OPTIONS_INPUTS ? INPUT_OPTIONS : NULL,
      parsing->command->options & OPTIONS_METHOD ? METHOD_OPTIONS : NULL,
      parsing->command->options & OPTIONS_PAGE ? PAGE_OPTIONS : NULL,
      parsing->command->options & OPTIONS_REPORT ? REPORT_OPTIONS : NULL,
  };
  uint32_t n = 0;
  for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
    for (const struct argp_option *o = sets[i]; o && o->name; o++) parsing->all[n++] = *o;
  }
}

// The option that a word means: itself or the only one that begins so. NULL: none or several.
static const struct argp_option *find_option(const Parsing *parsing, Text word) {
  const struct argp_option *found = NULL;
  for (const struct argp_option *o = parsing->all; o->name; o++) {
    if (strncmp(o->name, word.at, word.n) != 0) continue;
    if (strlen(o->name) == word.n) return o;
    if (found) return NULL;
    found = o;
  }
  return found;
}

static void tell_unknown(const Parsing *parsing, const char *argument, Text word) {
  Text names[OPTIONS_MOST];
  uint32_t n = 0;
  for (const struct argp_option *o = parsing->all; o->name; o++) names[n++] = text_of(o->name);
  Suggestion near = word.n ? suggest_nearest(word, names, n) : (Suggestion){0};
  TextBuilder shown = {0};
  text_add(&shown, "");
  text_add_shown(&shown, text_of(argument));
  if (near.word.n)
    cli_warn("there is no option \"%s\"; did you mean --%.*s?", shown.at, TEXT_ARG(near.word));
  else
    cli_warn("there is no option \"%s\"; legis %s --help lists them", shown.at,
             parsing->command->name);
  text_builder_free(&shown);
}

// argp says only that something is wrong; which word it was is found by going over them again.
static void tell_mistake(const Parsing *parsing, int argc, char **argv) {
  for (int i = 1; i < argc; i++) {
    const char *argument = argv[i];
    if (argument[0] != '-' || !argument[1]) continue;
    if (strcmp(argument, "--") == 0) break;
    const char *name = argument + (argument[1] == '-' ? 2 : 1), *sign = strchr(name, '=');
    Text word = {name, (uint32_t)(sign ? (size_t)(sign - name) : strlen(name))};
    const struct argp_option *option = argument[1] == '-' ? find_option(parsing, word) : NULL;
    if (!option) {
      tell_unknown(parsing, argument, word);
      return;
    }
    if (!option->arg && sign) cli_warn("--%s takes no value", option->name);
    if (option->arg && !sign && i + 1 == argc)
      cli_warn("--%s needs a value: --%s %s", option->name, option->name, option->arg);
    if (option->arg && !sign) i++;
  }
}

static void print_help(const Parsing *parsing, const struct argp *argp) {
  char name[64] = "legis ";
  strncat(name, parsing->command->name, sizeof name - strlen(name) - 1);
  argp_help(argp, stdout, ARGP_HELP_USAGE | ARGP_HELP_PRE_DOC | ARGP_HELP_LONG, name);
  printf("\nExample:\n%s", parsing->command->example);
}

// The precision says how many trials there are, so that nothing else can.
static bool settle_precision(const Parsing *parsing) {
  RunOptions *run = &parsing->out->run;
  if (!(run->precision > 0)) return true;
  if (parsing->has_trials) cli_warn("--trials and --precision both say how many trials: give one");
  run->trials = PRECISION_TRIALS_MOST;
  return !parsing->has_trials;
}

OptionsStatus options_parse(const CommandLine *command, int argc, char **argv, Arena *arena,
                            Options *out) {
  Parsing parsing = {.command = command, .out = out};
  *out = (Options){.arena = arena, .run = run_options_default()};
  list_options(&parsing);
  struct argp argp = {parsing.all, take_option, command->arguments, command->help, NULL,
                      NULL,        NULL};
  if (argp_parse(&argp, argc, argv, ARGP_NO_EXIT | ARGP_NO_ERRS | ARGP_NO_HELP, NULL, &parsing) !=
      0) {
    if (!parsing.has_told) tell_mistake(&parsing, argc, argv);
    return OPTIONS_BAD;
  }
  if (parsing.wants_help) {
    print_help(&parsing, &argp);
    return OPTIONS_HELPED;
  }
  if (!settle_precision(&parsing)) return OPTIONS_BAD;
  if (out->files.n) return OPTIONS_OK;
  cli_warn("%s needs a script: legis %s %s (- reads standard input)", command->name, command->name,
           command->arguments);
  return OPTIONS_BAD;
}

bool options_has_color(const Options *options, int descriptor) {
  const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");
  switch (options->color) {
    case COLOR_ALWAYS: return true;
    case COLOR_NEVER: return false;
    case COLOR_AUTO: break;
  }
  if (options->is_json || (no_color && *no_color)) return false;
  return terminal && strcmp(terminal, "dumb") != 0 && isatty(descriptor);
}
