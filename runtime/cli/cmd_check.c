// legis check: errors and warnings, and silence where there are none.
#include "runtime/cli/command.h"
#include "runtime/cli/script.h"

static const CommandLine CHECK = {
    .name = "check",
    .arguments = "FILE...",
    .help =
        "Errors and warnings of scripts; says nothing where there are none. A script need not hold "
        "a case.",
    .example = "  legis check --strict examples/russia-taliban.leg\n",
    .options = OPTIONS_REPORT | OPTIONS_INPUTS,
    .most_files = UINT32_MAX,
};

CliStatus cmd_check(int argc, char **argv) {
  Arena *arena = arena_new();
  Options options;
  OptionsStatus parsed = options_parse(&CHECK, argc, argv, arena, &options);
  CliStatus status = parsed == OPTIONS_BAD ? CLI_BAD : CLI_OK;
  for (uint32_t i = 0; parsed == OPTIONS_OK && i < options.files.n; i++) {
    Script script = script_open(options.files.items[i], &options, false);
    uint32_t scenario;
    if (script.program && !script.diagnostics->n_errors)
      script_scenario(&script, options.scenario, &scenario);
    if (!script_is_good(&script, &options)) status = CLI_BAD;
    script_report(&script, &options);
    script_close(&script);
  }
  arena_free(arena);
  return status;
}
