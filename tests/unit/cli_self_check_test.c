// --self-check where the methods disagree. No script makes them, so that the check is given the answer to another script:
// its own, sampled, then differs from that.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka needs the four above
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/cli/self_check.h"

static int make_folder(void **state) {
  static char folder[] = "/tmp/legis-self-check-XXXXXX";
  *state = folder;
  return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int remove_folder(void **state) {
  char command[64];
  snprintf(command, sizeof command, "rm -rf '%s'", (const char *)*state);
  return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

static Script open_script(const char *path, const char *chance, const Options *options) {
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  fprintf(
      file,
      "case \"T\" from 2025-01-01 until 2025-12-31 { decide { a: %s { end done } b: otherwise } } "
      "outcome done\n",
      chance);
  assert_int_equal(fclose(file), 0);
  Script script = script_open(path, options, true);
  assert_true(script_is_good(&script, options));
  return script;
}

static CliStatus check_against(const char *other_chance, Method method, char *said, size_t n) {
  Options options = {.run = run_options_default()};
  options.run.method = method;
  Script script = open_script("a.leg", "50%", &options);
  Script other = open_script("b.leg", other_chance, &options);
  Answer *answer = script_run(&other, NO_INDEX, &options);
  fflush(stderr);
  int before = dup(STDERR_FILENO);
  assert_non_null(freopen("said", "w", stderr));
  CliStatus status = self_check(&script, NO_INDEX, &options, answer);
  fflush(stderr);
  dup2(before, STDERR_FILENO);
  close(before);
  assert_int_equal(answer->checked.n_numbers > 0, status == CLI_OK);
  FILE *file = fopen("said", "r");
  assert_non_null(file);
  said[fread(said, 1, n - 1, file)] = '\0';
  fclose(file);
  script_close(&script);
  script_close(&other);
  return status;
}

static void methods_that_disagree_are_told(void **state) {
  (void)state;
  char said[4096];
  static const Method methods[] = {METHOD_AUTO, METHOD_EXACT, METHOD_SAMPLE};
  for (int i = 0; i < 3; i++) {
    assert_int_equal(check_against("52%", methods[i], said, sizeof said), CLI_APART);
    assert_non_null(strstr(said, "legis: the methods disagree: outcome: done: exactly 0.5"));
    assert_int_equal(check_against("50%", methods[i], said, sizeof said), CLI_OK);
    assert_string_equal(said, "");
  }
}

static void the_exit_code_is_of_its_own_kind(void **state) {
  (void)state;
  assert_int_equal(cli_exit_code(CLI_APART), 4);
  static const CliStatus weaker[] = {CLI_OK, CLI_UNKNOWN, CLI_FAILS, CLI_BAD};
  for (int i = 0; i < 4; i++) {
    assert_int_equal(cli_worse(CLI_APART, weaker[i]), CLI_APART);
    assert_int_equal(cli_worse(weaker[i], CLI_APART), CLI_APART);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(methods_that_disagree_are_told),
      cmocka_unit_test(the_exit_code_is_of_its_own_kind),
  };
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
