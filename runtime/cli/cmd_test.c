// legis test: every expectation of every script, those of a scenario under that scenario. A folder
// means the scripts in it that hold a case, in the order of their names.
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/cli/command.h"
#include "runtime/cli/self_check.h"
#include "runtime/show/show.h"

#define FOLDERS_DEEP 32

static const CommandLine TEST = {
    .name = "test",
    .arguments = "FILE|DIR...",
    .help =
        "Whether what scripts expect holds; both values where it does not. A folder means every "
        "script in it that "
        "holds a case.",
    .example = "  legis test examples\n",
    .options = OPTIONS_REPORT | OPTIONS_METHOD,
    .most_files = UINT32_MAX,
};

typedef struct Tally {
  uint32_t n_passed, n_failed, n_unknown, n_bad;
} Tally;

typedef struct Testing {
  const Options *options;
  TextBuilder out;
  Tally all;
  CliStatus checked;    // by --self-check
  bool is_interrupted;  // and over
} Testing;

static bool expects_anything(const Program *program, uint32_t scenario) {
  for (uint32_t i = 0; i < program->queries.n; i++) {
    const Query *query = &program->queries.items[i];
    if (query->scenario == scenario && query->node->kind != NODE_ASK) return true;
  }
  return false;
}

static bool test_scenario(Testing *testing, Script *script, uint32_t scenario, TextBuilder *lines,
                          Tally *tally) {
  if (!expects_anything(script->program, scenario)) return true;
  Answer *answer = script_run(script, scenario, testing->options);
  testing->is_interrupted = script_is_interrupted(script, answer);
  if (!answer || testing->is_interrupted) return false;
  if (testing->options->checks_itself)
    testing->checked =
        cli_worse(testing->checked, self_check(script, scenario, testing->options, answer));
  ShowStyle style = {SHOW_WIDTH, options_has_color(testing->options, STDOUT_FILENO)};
  for (uint32_t i = 0; i < answer->n_expects; i++) {
    const ExpectAnswer *expect = &answer->expects[i];
    if (expect->query->scenario != scenario) continue;
    tally->n_passed += expect->verdict == VERDICT_HOLDS;
    tally->n_failed += expect->verdict == VERDICT_FAILS;
    tally->n_unknown += expect->verdict == VERDICT_UNKNOWN;
    if (expect->verdict != VERDICT_HOLDS) show_expectation(lines, answer, i, style);
  }
  return true;
}

static void add_script_line(Testing *testing, const char *path, const Tally *tally,
                            const TextBuilder *lines) {
  const char *verdict = tally->n_bad       ? "bad"
                        : tally->n_failed  ? "fails"
                        : tally->n_unknown ? "unknown"
                                           : "holds";
  text_addf(&testing->out, "%-7s  ", verdict);
  text_add_shown(&testing->out, text_of(path));
  uint32_t n = tally->n_passed + tally->n_failed + tally->n_unknown;
  if (!tally->n_bad) text_addf(&testing->out, "  %u of %u", tally->n_passed, n);
  text_add_char(&testing->out, '\n');
  text_add_bytes(&testing->out, lines->at, lines->n);
}

static void test_script(Testing *testing, const char *path, bool needs_case) {
  Script script = script_open(path, testing->options, false);
  if (!needs_case && script_is_good(&script, testing->options) && !script_has_case(&script)) {
    script_close(&script);
    return;
  }
  if (script_is_good(&script, testing->options) && !script_has_case(&script)) {
    script_close(&script);
    script = script_open(path, testing->options, true);
  }
  Tally tally = {0};
  TextBuilder lines = {0};
  text_add(&lines, "");
  bool is_good = script_is_good(&script, testing->options) && script_has_case(&script);
  if (is_good) is_good = test_scenario(testing, &script, NO_INDEX, &lines, &tally);
  for (uint32_t i = 0; is_good && i < script.program->scenarios.n; i++)
    is_good = test_scenario(testing, &script, i, &lines, &tally);
  if (!is_good) tally.n_bad = 1;
  script_report(&script, testing->options);
  if (!testing->is_interrupted) add_script_line(testing, path, &tally, &lines);
  testing->all.n_passed += tally.n_passed;
  testing->all.n_failed += tally.n_failed;
  testing->all.n_unknown += tally.n_unknown;
  testing->all.n_bad += tally.n_bad;
  text_builder_free(&lines);
  script_close(&script);
}

static int is_visible(const struct dirent *entry) {
  return entry->d_name[0] != '.';
}

static int by_bytes(const struct dirent **a, const struct dirent **b) {
  return strcmp((*a)->d_name, (*b)->d_name);
}

static bool is_script_name(const char *name) {
  size_t n = strlen(name);
  return n > 4 && strcmp(name + n - 4, ".leg") == 0;
}

static void test_path(Testing *testing, const char *path, int depth) {
  struct stat info;
  struct dirent **entries;
  if (testing->is_interrupted) return;
  if (stat(path, &info) != 0 || !S_ISDIR(info.st_mode)) {
    test_script(testing, path, true);
    return;
  }
  int n = scandir(path, &entries, is_visible, by_bytes);
  if (n < 0) {
    cli_warn("the folder %s cannot be read", path);
    testing->all.n_bad++;
    return;
  }
  for (int i = 0; i < n; i++) {
    Text inner = text_format(testing->options->arena, "%s%s%s", path,
                             path[strlen(path) - 1] == '/' ? "" : "/", entries[i]->d_name);
    // a link to a folder is not followed, so that the way down ends
    if (lstat(inner.at, &info) == 0 && S_ISDIR(info.st_mode) && depth < FOLDERS_DEEP)
      test_path(testing, inner.at, depth + 1);
    else if (is_script_name(entries[i]->d_name) && stat(inner.at, &info) == 0 &&
             S_ISREG(info.st_mode) && !testing->is_interrupted)
      test_script(testing, inner.at, false);
    free(entries[i]);
  }
  free(entries);
}

static CliStatus finish(Testing *testing) {
  Tally all = testing->all;
  if (testing->is_interrupted) {
    if (cli_print(&testing->out)) cli_warn("interrupted");
    return CLI_INTERRUPTED;
  }
  text_addf(&testing->out, "%u passed, %u failed", all.n_passed, all.n_failed);
  if (all.n_unknown) text_addf(&testing->out, ", %u unknown", all.n_unknown);
  if (all.n_bad)
    text_addf(&testing->out, ", %u script%s could not be run", all.n_bad,
              all.n_bad == 1 ? "" : "s");
  text_add_char(&testing->out, '\n');
  if (!cli_print(&testing->out) || all.n_bad) return CLI_BAD;
  CliStatus status = all.n_failed ? CLI_FAILS : all.n_unknown ? CLI_UNKNOWN : CLI_OK;
  return cli_worse(status, testing->checked);
}

CliStatus cmd_test(int argc, char **argv) {
  Arena *arena = arena_new();
  Options options;
  OptionsStatus parsed = options_parse(&TEST, argc, argv, arena, &options);
  CliStatus status = parsed == OPTIONS_BAD ? CLI_BAD : CLI_OK;
  if (parsed == OPTIONS_OK) {
    Testing testing = {.options = &options};
    for (uint32_t i = 0; i < options.files.n; i++) test_path(&testing, options.files.items[i], 1);
    status = finish(&testing);
  }
  arena_free(arena);
  return status;
}
