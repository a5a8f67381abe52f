// Ctrl-C and the line that tells how far a run is. The program's standard error is a terminal (the other end of a pseudo
// terminal); the first byte on it says that the run is on its way, and only then it is interrupted: nothing here depends on
// how fast anything is. The time limit is only against hangs.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka needs the four above
#include <cmocka.h>
#include <errno.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lang/base/text.h"

#define SECONDS 300
#define MOST_ARGUMENTS 12
#define SAMPLED                                                                                 \
  "case \"T\" from 2025-01-01 until 2025-12-31 { wait 1..20 days decide { a: 30% { end done } " \
  "b: otherwise } } outcome done ask chance of done expect chance of done > 10%\n"

static int make_folder(void **state) {
  static char folder[] = "/tmp/legis-interrupt-XXXXXX";
  *state = folder;
  return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int remove_folder(void **state) {
  char command[64];
  snprintf(command, sizeof command, "rm -rf '%s'", (const char *)*state);
  return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

static void write_script(const char *path, const char *text) {
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  assert_true(fputs(text, file) >= 0);
  assert_int_equal(fclose(file), 0);
}

typedef struct Seen {
  int code;
  char said[1 << 16];    // on standard error
  char answer[1 << 18];  // on standard output
} Seen;

typedef struct Started {
  pid_t pid;
  int terminal;  // what it says on standard error
} Started;

static Started start(const char *const *arguments) {
  char *argv[MOST_ARGUMENTS + 2] = {(char *)LEGIS_PROGRAM};
  for (int i = 0; i < MOST_ARGUMENTS && arguments[i]; i++) argv[i + 1] = (char *)arguments[i];
  Started started;
  int slave;
  assert_int_equal(openpty(&started.terminal, &slave, NULL, NULL, NULL), 0);
  started.pid = fork();
  assert_true(started.pid >= 0);
  if (started.pid == 0) {
    if (!freopen("answer", "w", stdout) || dup2(slave, 2) < 0) _exit(126);
    close(slave);
    close(started.terminal);
    alarm(SECONDS);
    execv(LEGIS_PROGRAM, argv);
    _exit(127);
  }
  close(slave);
  return started;
}

static size_t read_some(int terminal, char *to, size_t room) {
  ssize_t n;
  while ((n = read(terminal, to, room)) < 0 && errno == EINTR) continue;
  return n < 0 ? 0 : (size_t)n;  // an error: the other end is closed
}

static Seen *finish(Started started, char *said, size_t n) {
  static Seen seen;
  int status;
  memcpy(seen.said, said, n);
  for (size_t more; (more = read_some(started.terminal, seen.said + n, sizeof seen.said - 1 - n));)
    n += more;
  seen.said[n] = '\0';
  close(started.terminal);
  while (waitpid(started.pid, &status, 0) < 0) assert_int_equal(errno, EINTR);
  seen.code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  FILE *file = fopen("answer", "r");
  assert_non_null(file);
  n = fread(seen.answer, 1, sizeof seen.answer - 1, file);
  fclose(file);
  seen.answer[n] = '\0';
  return &seen;
}

static Seen *run_whole(const char *const *arguments) {
  return finish(start(arguments), "", 0);
}

static Seen *run_interrupted(const char *const *arguments) {
  Started started = start(arguments);
  char first[64];
  size_t n = read_some(started.terminal, first, sizeof first);
  assert_true(n > 0);
  assert_int_equal(kill(started.pid, SIGINT), 0);
  return finish(started, first, n);
}

// The lines but for the one that tells of the interruption.
static char *without_mark(const char *answer) {
  const char *mark = strstr(answer, "interrupted");
  assert_non_null(mark);
  const char *from = mark, *to = strchr(mark, '\n');
  while (from > answer && from[-1] != '\n') from--;
  TextBuilder b = {0};
  text_add_bytes(&b, answer, (uint32_t)(from - answer));
  text_add(&b, to + 1);
  return b.at;
}

static void trials_of(const char *json, char *trials, size_t n) {
  const char *at = strstr(json, "\"trials\": ");
  assert_non_null(at);
  snprintf(trials, n, "%.*s", (int)strspn(at + 10, "0123456789"), at + 10);
}

static void the_trials_so_far_are_shown(void **state) {
  (void)state;
  write_script("long.leg", SAMPLED);
  Seen *seen = run_interrupted((const char *const[]){"simulate", "long.leg", "--method", "sample",
                                                     "--trials", "1e12", "--format", "json", NULL});
  assert_int_equal(seen->code, 130);
  assert_non_null(strstr(seen->answer, "\"interrupted\": true"));
  char trials[32], *shown = without_mark(seen->answer);
  trials_of(shown, trials, sizeof trials);
  seen = run_whole((const char *const[]){"simulate", "long.leg", "--method", "sample", "--trials",
                                         trials, "--format", "json", NULL});
  assert_int_equal(seen->code, 0);
  assert_non_null(strstr(seen->answer, "\"interrupted\": false"));
  char *whole = without_mark(seen->answer);
  assert_string_equal(shown, whole);
  free(shown);
  free(whole);
}

static void a_page_is_marked_and_the_line_is_wiped(void **state) {
  (void)state;
  write_script("long.leg", SAMPLED);
  Seen *seen = run_interrupted((const char *const[]){"simulate", "long.leg", "--method", "sample",
                                                     "--trials", "1e12", NULL});
  assert_int_equal(seen->code, 130);
  assert_non_null(strstr(seen->answer, "\ninterrupted: "));
  assert_non_null(strstr(seen->said, "of 1000000000000 trials"));
  const char *wiped = strrchr(seen->said, '%');  // the line, then spaces over it
  wiped += 1 + strspn(wiped + 1, " ");
  assert_int_equal(*wiped, '\r');
  size_t n = strspn(wiped + 1, " ");
  assert_true(n > strlen("of 1000000000000 trials"));
  assert_int_equal(wiped[1 + n], '\r');
}

// Blocs whose lines are kept: minutes of votes of many members.
static void write_endless(const char *path) {
  TextBuilder b = {0};
  text_add(&b,
           "case \"T\" from 2025-01-01 until 2025-12-31 { vote c on b needs 2/3 of votes vote c on "
           "b needs 2/3 of votes } bill b chamber c { ");
  for (int i = 0; i < 11; i++) text_addf(&b, "bloc x%d { seats 1000 line 60%% turnout 90%% } ", i);
  text_add(&b, "}\nexpect chance of completion > 1%\n");
  write_script(path, b.at);
  text_builder_free(&b);
}

static void an_exact_run_has_nothing_to_show(void **state) {
  (void)state;
  write_endless("votes.leg");
  static const char *const methods[] = {"exact", "auto"};
  for (int i = 0; i < 2; i++) {
    Seen *seen = run_interrupted(
        (const char *const[]){"simulate", "votes.leg", "--method", methods[i], NULL});
    assert_int_equal(seen->code, 130);
    assert_string_equal(seen->answer, "");
    assert_non_null(strstr(seen->said, "legis: interrupted, with nothing to show"));
  }
}

static void a_test_that_is_interrupted_holds_nothing(void **state) {
  (void)state;
  write_script("long.leg", SAMPLED);
  Seen *seen = run_interrupted((const char *const[]){"test", "long.leg", "long.leg", "--method",
                                                     "sample", "--trials", "1e12", NULL});
  assert_int_equal(seen->code, 130);
  assert_string_equal(seen->answer, "");
  assert_non_null(strstr(seen->said, "legis: interrupted"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_trials_so_far_are_shown),
      cmocka_unit_test(a_page_is_marked_and_the_line_is_wiped),
      cmocka_unit_test(an_exact_run_has_nothing_to_show),
      cmocka_unit_test(a_test_that_is_interrupted_holds_nothing),
  };
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
