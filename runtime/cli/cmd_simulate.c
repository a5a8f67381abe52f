// legis simulate: the main job, one script's answer on one page.
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "runtime/cli/command.h"
#include "runtime/cli/self_check.h"
#include "runtime/show/show.h"

static const CommandLine SIMULATE = {
    .name = "simulate",
    .arguments = "FILE",
    .help =
        "How likely each outcome of the script's case is, when it comes, where it goes and why it "
        "fails; the answers to "
        "what the script asks, and whether what it expects holds. Where beliefs are uncertain, how "
        "far a chance would move if they were known.",
    .example = "  legis simulate examples/russia-taliban.leg --set 'veto_chance = 20%'\n",
    .options = OPTIONS_REPORT | OPTIONS_METHOD | OPTIONS_INPUTS | OPTIONS_PAGE,
    .most_files = 1,
};

// A page that goes elsewhere looks the same wherever it is made.
static uint32_t page_width(const Options *options) {
  struct winsize size;
  if (options->width) return options->width;
  if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || !size.ws_col)
    return SHOW_WIDTH;
  return size.ws_col;
}

static CliStatus verdicts(const Answer *answer) {
  CliStatus status = CLI_OK;
  for (uint32_t i = 0; i < answer->n_expects; i++) {
    if (answer->expects[i].verdict == VERDICT_FAILS) status = cli_worse(status, CLI_FAILS);
    if (answer->expects[i].verdict == VERDICT_UNKNOWN) status = cli_worse(status, CLI_UNKNOWN);
  }
  return status;
}

static CliStatus print_answer(const Answer *answer, const Options *options) {
  TextBuilder out = {0};
  ShowStyle style = {page_width(options), options_has_color(options, STDOUT_FILENO)};
  if (options->is_json) show_json(&out, answer);
  else show_text(&out, answer, style);
  if (!cli_print(&out)) return CLI_BAD;
  if (!options->is_json && isatty(STDERR_FILENO))
    fprintf(stderr, "\n%.1f ms\n", answer->engine_seconds * 1000);
  return answer->is_interrupted ? CLI_INTERRUPTED : verdicts(answer);
}

static CliStatus simulate(Script *script, const Options *options) {
  uint32_t scenario;
  if (!script_is_good(script, options) || !script_scenario(script, options->scenario, &scenario)) {
    script_report(script, options);
    return CLI_BAD;
  }
  Options with_ranges = *options;
  with_ranges.run.has_ranges = true;
  Answer *answer = script_run(script, scenario, &with_ranges);
  script_report(script, options);
  if (!answer && script_is_interrupted(script, answer)) {
    cli_warn("interrupted, with nothing to show");
    return CLI_INTERRUPTED;
  }
  if (!answer || !script_is_good(script, options)) return CLI_BAD;
  CliStatus checked = options->checks_itself && !answer->is_interrupted
                          ? self_check(script, scenario, options, answer)
                          : CLI_OK;
  if (checked == CLI_APART) return checked;
  if (checked == CLI_BAD) script_report(script, options);
  return checked == CLI_BAD ? checked : cli_worse(checked, print_answer(answer, options));
}

CliStatus cmd_simulate(int argc, char **argv) {
  Arena *arena = arena_new();
  Options options;
  OptionsStatus parsed = options_parse(&SIMULATE, argc, argv, arena, &options);
  CliStatus status = parsed == OPTIONS_BAD ? CLI_BAD : CLI_OK;
  if (parsed == OPTIONS_OK) {
    Script script = script_open(options.files.items[0], &options, true);
    status = simulate(&script, &options);
    script_close(&script);
  }
  arena_free(arena);
  return status;
}
