// The program on what nobody means to give it: each ends with its exit code and a message that a
// terminal can show, and never by a signal, a hang or (under the sanitizers) a leak. Time limits
// are only against hangs.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka needs the four above
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lang/base/text.h"

#define SECONDS 60
#define MOST_ARGUMENTS 8
#define NOBODY 65534

#define CASE "outcome done\ncase \"T\" from 2025-01-01 until 2025-12-31 {\n"
#define GOOD CASE "end done }\n"

// --- Files in a folder of their own ---

static int make_folder(void **state) {
  static char folder[] = "/tmp/legis-bad-input-XXXXXX";
  if (!mkdtemp(folder) || chmod(folder, 0755) != 0 || chdir(folder) != 0) return -1;
  FILE *nothing = fopen("nothing", "wb");
  *state = folder;
  return nothing && fclose(nothing) == 0 ? 0 : -1;
}

static int remove_folder(void **state) {
  char command[64];
  snprintf(command, sizeof command, "rm -rf '%s'", (const char *)*state);
  return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

static void write_file(const char *path, const char *bytes, size_t n) {
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, n, file), n);
  assert_int_equal(fclose(file), 0);
}

static void write_text(const char *path, const char *text) {
  write_file(path, text, strlen(text));
}

static void write_repeated(const char *path, const char *before, const char *again, uint32_t n,
                           const char *behind) {
  TextBuilder b = {0};
  text_add(&b, before);
  for (uint32_t i = 0; i < n; i++) text_add(&b, again);
  text_add(&b, behind);
  write_file(path, b.at, b.n);
  text_builder_free(&b);
}

// --- Running the program ---

typedef struct Run {
  const char *arguments[MOST_ARGUMENTS];  // ended by NULL
  const char *input;                      // the file that is standard input; NULL for an empty one
  bool is_input_closed;
  bool as_nobody;
} Run;

typedef struct Seen {
  int code;  // its exit code, or minus the signal that ended it
  char said[1 << 18];
} Seen;

// Never returns. The program is opened first, because somebody else may not reach its folder.
static void become_program(const Run *run) {
  char *argv[MOST_ARGUMENTS + 2] = {(char *)LEGIS_PROGRAM};
  for (int i = 0; i < MOST_ARGUMENTS && run->arguments[i]; i++)
    argv[i + 1] = (char *)run->arguments[i];
  int program = open(LEGIS_PROGRAM, O_RDONLY);
  int in = open(run->input ? run->input : "nothing", O_RDONLY);
  int out = open("said", O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (program < 0 || in < 0 || out < 0) _exit(126);
  if (dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(out, 2) < 0) _exit(126);
  if (run->is_input_closed) close(0);
  if (run->as_nobody && (setgroups(0, NULL) || setgid(NOBODY) || setuid(NOBODY))) _exit(126);
  alarm(SECONDS);
  extern char **environ;
  fexecve(program, argv, environ);
  _exit(127);
}

static Seen run_program(const Run *run) {
  static Seen seen;
  int status;
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) become_program(run);
  while (waitpid(child, &status, 0) < 0) assert_int_equal(errno, EINTR);
  seen.code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  FILE *file = fopen("said", "rb");
  assert_non_null(file);
  size_t n = fread(seen.said, 1, sizeof seen.said - 1, file);
  fclose(file);
  seen.said[n] = '\0';
  assert_int_equal(strlen(seen.said), n);  // no zero byte was printed
  return seen;
}

// Bytes of one character that a terminal may be given, 0 for none: no control characters, no
// overrides of the direction, nothing but UTF-8.
static size_t shown_bytes(const unsigned char *at) {
  if (at[0] == '\n' || (at[0] >= 0x20 && at[0] < 0x7f)) return 1;
  if (at[0] < 0xc2) return 0;
  size_t n = at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : at[0] < 0xf5 ? 4 : 0;
  for (size_t i = 1; i < n; i++)
    if ((at[i] & 0xc0) != 0x80) return 0;
  bool is_control = at[0] == 0xc2 && at[1] < 0xa0;
  bool is_override = at[0] == 0xe2 && ((at[1] == 0x80 && at[2] >= 0xaa && at[2] <= 0xae) ||
                                       (at[1] == 0x81 && at[2] >= 0xa6 && at[2] <= 0xa9));
  return is_control || is_override ? 0 : n;
}

static bool can_be_shown(const char *said) {
  for (const unsigned char *at = (const unsigned char *)said; *at;) {
    size_t n = shown_bytes(at);
    if (n == 0) return false;
    at += n;
  }
  return true;
}

static void expect_run(const Run *run, int code, const char *says) {
  Seen seen = run_program(run);
  bool is_right = seen.code == code && strstr(seen.said, says) && can_be_shown(seen.said);
  if (!is_right) {
    print_error("legis");
    for (int i = 0; i < MOST_ARGUMENTS && run->arguments[i]; i++)
      print_error(" %s", run->arguments[i]);
    print_error("\nended with %d, not %d with \"%s\":\n%.2000s\n", seen.code, code, says,
                seen.said);
  }
  assert_true(is_right);
}

static void expect_file(const char *path, int code, const char *says) {
  expect_run(&(Run){.arguments = {"simulate", path}}, code, says);
  expect_run(&(Run){.arguments = {"check", path}}, code, says);
}

// --- Bytes ---

typedef struct Script {
  const char *before, *again;
  uint32_t n;
  const char *behind;
  int code;
  const char *says;
} Script;

static void what_is_no_script_is_told(void **state) {
  (void)state;
  static const Script scripts[] = {
      {"", "a", 100000000, "", 2, "E0007"},  // a line of 100 MB
      {"", "a", 40000000, "", 2, "E0005"},   // and one that is read
      {CASE "note \"", "a", 40000000, "\" end dome }\n", 2, "E0101"},
      {GOOD, " ", 40000000, "", 0, ""},
      {CASE "wait ", "(", 100000, "1 days", 2, "E0006"},  // 100,000 nested brackets
      {CASE, "{ ", 100000, "end done", 2, "E0006"},       // and braces
      {CASE "if ", "not ", 100000, "true { } }", 2, "E0006"},
      {CASE "wait 1", "+1", 200000, " days end done }\n", 2, "E0006"},
      {"", ") ] } ", 100000, "", 2, "more errors are not shown"},
      {"", "outcome ", 100000, "", 2, "E0005"},
      {CASE "note \"\xff\xfe\" end done }\n", "", 0, "", 2, "E0002"},
      {CASE "note \"\xe2\x80", "", 0, "", 2, "E0002"},  // cut inside of a character
      {CASE "note \"\xed\xa0\x80\" end done }\n", "", 0, "", 2, "E0002"},  // half of a pair
      {"outcome done \"\x1b[31mred\x07\"\n", "", 0, "", 2, "\\u{1b}[31mred\\u{7}"},
      {CASE "end d\x1bone }\n", "", 0, "", 2, "end d\\u{1b}one"},
      {"outcome done \"\xc2\x9b"
       "31m\"\n",
       "", 0, "", 2, "\\u{9b}31m"},
      {"# \xe2\x80\xae\n" GOOD, "", 0, "", 2, "# \\u{202e}"},  // overrides, in a comment too
      {"outcome done \"\xe2\x81\xa6 a \xe2\x81\xa9\"\n", "", 0, "", 2, "\\u{2066} a \\u{2069}"},
  };
  for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
    const Script *s = &scripts[i];
    write_repeated("script.leg", s->before, s->again, s->n, s->behind);
    expect_run(&(Run){.arguments = {"check", "script.leg"}}, s->code, s->says);
  }
  unlink("script.leg");
}

static void bytes_of_every_kind_are_told(void **state) {
  (void)state;
  char bytes[256 * 64];
  for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (char)(i * 7 + i / 256);
  write_file("binary.leg", bytes, sizeof bytes);
  expect_file("binary.leg", 2, "E0002");
  static const char between[] = CASE "note \"a\" \0 end done }\n",
                    inside[] = CASE "note \"a\0b\" }";
  write_file("nul.leg", between, sizeof between - 1);
  expect_file("nul.leg", 2, "note \"a\" \\u{0}");
  write_file("nul.leg", inside, sizeof inside - 1);
  expect_file("nul.leg", 2, "a\\u{0}b");
  write_text("empty.leg", "");
  expect_run(&(Run){.arguments = {"simulate", "empty.leg"}}, 2, "E0106");
  expect_run(&(Run){.arguments = {"check", "empty.leg"}}, 0, "");
}

// --- Files ---

static void what_is_no_file_is_told(void **state) {
  (void)state;
  assert_int_equal(mkdir("folder.leg", 0755), 0);
  assert_int_equal(mkfifo("fifo.leg", 0644), 0);
  assert_int_equal(symlink("circle.leg", "circle.leg"), 0);
  expect_file("folder.leg", 2, "it is a directory");
  expect_file("fifo.leg", 2, "it is not a regular file");
  expect_file("/dev/zero", 2, "it is not a regular file");
  expect_file("missing.leg", 2, "there is no such file");
  expect_file("circle.leg", 2, "E0001");
  expect_file("missing/\x1b[31m.leg", 2, "\\u{1b}[31m.leg");
  expect_file("", 2, "E0001");
}

// Root may read everything, so the program runs as somebody else then.
static void a_file_without_permission_is_told(void **state) {
  (void)state;
  write_text("secret.leg", GOOD);
  write_text("user.leg", "use \"secret.leg\"\n");
  assert_int_equal(chmod("secret.leg", 0), 0);
  Run main = {.arguments = {"check", "secret.leg"}, .as_nobody = geteuid() == 0};
  expect_run(&main, 2, "may not be read");
  Run used = {.arguments = {"check", "user.leg"}, .as_nobody = geteuid() == 0};
  expect_run(&used, 2, "E0008");
  unlink("secret.leg");
}

static void standard_input_is_a_script_too(void **state) {
  (void)state;
  write_text("good", GOOD);
  write_text("bad", CASE "end dome }\n");
  write_repeated("large", "", "a", 100000000, "");
  Run run = {.arguments = {"simulate", "-"}};
  expect_run(&run, 2, "E0106");
  run.input = "good";
  expect_run(&run, 0, "done");
  run.input = "bad";
  expect_run(&run, 2, "E0101");
  run.input = "large";
  expect_run(&run, 2, "E0007");
  run.input = ".";
  expect_run(&run, 2, "cannot read standard input");
  run.is_input_closed = true;
  expect_run(&run, 2, "cannot read standard input");
  unlink("large");
}

// --- The case and its worlds ---

static void a_script_that_is_run_has_one_case(void **state) {
  (void)state;
  write_text("none.leg", "outcome done\n");
  expect_run(&(Run){.arguments = {"simulate", "none.leg"}}, 2, "E0106");
  expect_run(&(Run){.arguments = {"test", "none.leg"}}, 2, "E0106");
  write_text("two.leg", GOOD "case \"U\" from 2025-01-01 until 2025-12-31 { end done }\n");
  expect_file("two.leg", 2, "E0106");
}

typedef struct Running {
  const char *steps;
  int code;
  const char *says;
  const char *options[2];
} Running;

static void what_goes_wrong_in_a_world_is_told(void **state) {
  (void)state;
  static const Running runs[] = {
      {"let n = 2 decide { a: n b: otherwise } end done", 2, "E0401", {NULL}},
      {"let n = 1 if chance 50% { set n = 2 } if chance n { } end done", 2, "E0401", {NULL}},
      {"let n = 1 if chance 50% { set n = 0 } if chance (n / n) { } end done", 2, "E0402", {NULL}},
      {"let n = 0 let m = n / n end done", 2, "E0402", {NULL}},
      {"while true { } end done", 2, "while", {NULL}},
      {"while true { wait 0 days } end done", 2, "while", {NULL}},
      {"repeat 1000000000 times { } end done", 2, "E0405", {NULL}},
      {"repeat 1000000000 times { wait 0 days } end done", 2, "E0405", {NULL}},
      {"attempt up to 1000000000 times { fail } end done", 2, "E0405", {NULL}},
      {"let n = 0 - 1 repeat n times { } end done", 2, "E0406", {NULL}},
      {"let n = 0 repeat 20 times { if chance 50% { set n = 2 * n + 1 } else { set n = 2 * n } } "
       "if n > 5 { end done }",
       2,
       "E0404",
       {"--method=exact", "--budget=10"}},
      {"wait 1 days end done", 0, "done", {"--method=exact", "--budget=10"}},
  };
  for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
    write_repeated("run.leg", CASE, runs[i].steps, 1, " }\n");
    Run run = {.arguments = {"simulate", "run.leg", runs[i].options[0], runs[i].options[1]}};
    expect_run(&run, runs[i].code, runs[i].says);
  }
}

static void a_strange_command_line_is_told(void **state) {
  (void)state;
  write_text("good.leg", GOOD);
  expect_run(&(Run){.arguments = {"check", "good.leg", "--set", "a\x1b[31m = 3"}}, 2, "\\u{1b}");
  expect_run(&(Run){.arguments = {"check", "good.leg", "--set", "\xff"}}, 2, "--set");
  expect_run(&(Run){.arguments = {"check", "good.leg", "--set", ""}}, 2, "--set");
  expect_run(&(Run){.arguments = {"check", "good.leg", "--scenario", "\x1b[31m"}}, 2,
             "\\u{1b}[31m");
  expect_run(&(Run){.arguments = {"\x1b[31m"}}, 2, "\\u{1b}[31m");
  expect_run(&(Run){.arguments = {"check", "--\x1b[31m"}}, 2, "\\u{1b}[31m");
  expect_run(&(Run){.arguments = {"check"}}, 2, "needs a script");
}

// --- Used files ---

// c0.leg uses c1.leg, and so on to the n-th.
static void write_chain(int n) {
  char path[32], text[64];
  for (int i = 0; i <= n; i++) {
    snprintf(path, sizeof path, "c%d.leg", i);
    snprintf(text, sizeof text, i < n ? "use \"c%d.leg\"\n" : "outcome last\n", i + 1);
    write_text(path, text);
  }
}

static void what_cannot_be_used_is_told_at_the_use(void **state) {
  const char *folder = *state;
  char absolute[128], use_absolute[160];
  assert_int_equal(mkdir("below", 0755), 0);
  write_text("below/inner.leg", "outcome inner\nuse \"../below/other.leg\"\n");
  write_text("below/other.leg", "outcome other\n");
  write_text("above.leg", "outcome above\n");
  assert_int_equal(symlink("../above.leg", "below/out.leg"), 0);
  assert_int_equal(symlink("other.leg", "below/alias.leg"), 0);
  assert_int_equal(symlink("turn.leg", "below/turn.leg"), 0);
  assert_int_equal(mkfifo("below/fifo.leg", 0644), 0);
  snprintf(absolute, sizeof absolute, "%s/above.leg", folder);
  snprintf(use_absolute, sizeof use_absolute, "use \"%s\"\n", absolute);
  const Script scripts[] = {
      {"use \"inner.leg\"\nask chance of (inner or other)\n", "", 0, "", 0, ""},
      {"use \"main.leg\"\nuse \"circle.leg\"\n", "", 0, "", 0, ""},
      {"use \"other.leg\"\nuse \"alias.leg\"\nuse \"./other.leg\"\n", "", 0, "", 0,
       ""},  // one file
      {"use \"missing.leg\"\n", "", 0, "", 2, "there is no such file"},
      {"use \"\"\n", "", 0, "", 2, "a file's path is expected"},
      {"use \"-\"\n", "", 0, "", 2, "there is no such file"},
      {"use \".\"\n", "", 0, "", 2, "E0008"},
      {"use \"fifo.leg\"\n", "", 0, "", 2, "it is not a regular file"},
      {"use \"../above.leg\"\n", "", 0, "", 2, "outside the main script's folder"},
      {use_absolute, "", 0, "", 2, "outside the main script's folder"},
      {"use \"/etc/passwd\"\n", "", 0, "", 2, "outside the main script's folder"},
      {"use \"out.leg\"\n", "", 0, "", 2, "outside the main script's folder"},
      {"use \"turn.leg\"\n", "", 0, "", 2, "circle"},
      {"use \"other.leg/other.leg\"\n", "", 0, "", 2, "there is no such file"},
      {"use \"", "a", 100000, "\"\n", 2, "name is too long"},
      {"use \"other.leg\\n\"\n", "", 0, "", 2, "E0008"},
  };
  write_text("below/circle.leg", "use \"main.leg\"\n");
  for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
    const Script *s = &scripts[i];
    write_repeated("below/main.leg", s->before, s->again, s->n, s->behind);
    expect_run(&(Run){.arguments = {"check", "below/main.leg"}}, s->code, s->says);
  }
}

static void files_use_each_other_at_most_64_deep(void **state) {
  (void)state;
  write_chain(64);
  expect_run(&(Run){.arguments = {"check", "c0.leg"}}, 0, "");
  write_chain(65);
  expect_run(&(Run){.arguments = {"check", "c0.leg"}}, 2, "c64.leg:1:5: error[E0008]");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_no_script_is_told),
      cmocka_unit_test(bytes_of_every_kind_are_told),
      cmocka_unit_test(what_is_no_file_is_told),
      cmocka_unit_test(a_file_without_permission_is_told),
      cmocka_unit_test(standard_input_is_a_script_too),
      cmocka_unit_test(a_script_that_is_run_has_one_case),
      cmocka_unit_test(what_goes_wrong_in_a_world_is_told),
      cmocka_unit_test(a_strange_command_line_is_told),
      cmocka_unit_test(what_cannot_be_used_is_told_at_the_use),
      cmocka_unit_test(files_use_each_other_at_most_64_deep),
  };
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
