// Scripts of several files: what is read, in which order, and what is refused at the `use` that
// asks for it.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka needs the four above
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lang/syntax/parse.h"

#define PATH_SIZE 256

// A folder of its own for each test, with a folder "sub" in it.
typedef struct Folder {
  char path[PATH_SIZE / 2];
  Arena *arena;
  Diagnostics *diagnostics;
} Folder;

static int make_folder(void **state) {
  Folder *folder = calloc(1, sizeof *folder);
  strcpy(folder->path, "/tmp/legis_files_XXXXXX");
  if (!folder || !mkdtemp(folder->path)) return -1;
  char sub[PATH_SIZE];
  snprintf(sub, sizeof sub, "%s/sub", folder->path);
  folder->arena = arena_new();
  folder->diagnostics = diagnostics_new(folder->arena);
  *state = folder;
  return mkdir(sub, 0700);
}

static int remove_folder(void **state) {
  Folder *folder = *state;
  char command[PATH_SIZE];
  snprintf(command, sizeof command, "rm -r '%s'", folder->path);
  int status = system(command);
  arena_free(folder->arena);
  free(folder);
  return status;
}

static const char *path_in(const Folder *folder, const char *name) {
  return text_format(folder->arena, "%s/%s", folder->path, name).at;
}

static void put(const Folder *folder, const char *name, const char *text) {
  FILE *file = fopen(path_in(folder, name), "w");
  assert_non_null(file);
  fputs(text, file);
  assert_int_equal(fclose(file), 0);
}

static const Tree *parse(Folder *folder, const char *name) {
  ParseInput input = {.path = path_in(folder, name)};
  return parse_script(folder->arena, &input, folder->diagnostics);
}

static void assert_text(Text text, const char *expected) {
  assert_int_equal(text.n, strlen(expected));
  assert_memory_equal(text.at, expected, text.n);
}

// The title and the label of the only message.
static void assert_told(const Folder *folder, DiagnosticCode code, const char *title,
                        const char *label) {
  assert_int_equal(folder->diagnostics->n_errors, 1);
  const Diagnostic *d = folder->diagnostics->items.items[0];
  assert_int_equal(d->code, code);
  assert_text(d->title, title);
  assert_text(d->primary.text, label);
}

static void files_come_once_in_the_order_of_their_use(void **state) {
  Folder *folder = *state;
  put(folder, "main.leg", "use \"a.leg\"\nuse \"sub/b.leg\"\nuse \"./a.leg\"\noutcome m");
  put(folder, "a.leg", "use \"main.leg\"\nuse \"a.leg\"\noutcome a");
  put(folder, "sub/b.leg", "use \"../a.leg\"\nuse \"c.leg\"\noutcome b");
  put(folder, "sub/c.leg", "use \"b.leg\"\noutcome c");
  const Tree *tree = parse(folder, "main.leg");
  assert_int_equal(folder->diagnostics->n_errors, 0);
  assert_int_equal(tree->n_files, 4);
  static const char *const names[] = {"main.leg", "a.leg", "sub/b.leg", "sub/c.leg"};
  static const uint32_t n_items[] = {4, 3, 3, 2};
  for (uint32_t i = 0; i < 4; i++) {
    assert_text(tree->files[i].file->path, path_in(folder, names[i]));
    assert_int_equal(tree->files[i].items.n, n_items[i]);
  }
}

static void a_link_is_the_file_that_it_leads_to(void **state) {
  Folder *folder = *state;
  put(folder, "main.leg", "use \"a.leg\"\nuse \"link.leg\"");
  put(folder, "a.leg", "outcome a");
  assert_int_equal(symlink("a.leg", path_in(folder, "link.leg")), 0);
  assert_int_equal(parse(folder, "main.leg")->n_files, 2);
  assert_int_equal(folder->diagnostics->n_errors, 0);
}

static void refuse(Folder *folder, const char *used, const char *label) {
  folder->diagnostics = diagnostics_new(folder->arena);
  put(folder, "sub/main.leg", text_format(folder->arena, "outcome a\nuse \"%s\"", used).at);
  const Tree *tree = parse(folder, "sub/main.leg");
  const char *title = text_format(folder->arena, "\"%s\" cannot be used", used).at;
  assert_told(folder, E_USE, title, label);
  Span span = folder->diagnostics->items.items[0]->primary.span;
  assert_int_equal(source_place(tree->sources, span.from).line, 2);
  assert_int_equal(span.to - span.from, strlen(used) + 2);
  assert_int_equal(tree->n_files, 1);
}

static void what_cannot_be_used_is_told_at_the_use(void **state) {
  Folder *folder = *state;
  put(folder, "outside.leg", "outcome x");
  assert_int_equal(symlink("../outside.leg", path_in(folder, "sub/out.leg")), 0);
  assert_int_equal(symlink("ring.leg", path_in(folder, "sub/ring.leg")), 0);
  assert_int_equal(mkdir(path_in(folder, "sub/folder"), 0700), 0);
  assert_int_equal(mkfifo(path_in(folder, "sub/fifo"), 0600), 0);
  refuse(folder, "missing.leg", "there is no such file");
  refuse(folder, "main.leg/x", "there is no such file");
  refuse(folder, "", "a file's path is expected");
  refuse(folder, "-", "there is no such file");
  refuse(folder, "folder", "it is a directory");
  refuse(folder, "fifo", "it is not a regular file");
  refuse(folder, "ring.leg", "its links lead in a circle");
  refuse(folder, "../outside.leg", "it lies outside the main script's folder");
  refuse(folder, "out.leg", "it lies outside the main script's folder");
  refuse(folder, "/etc/passwd", "it lies outside the main script's folder");
}

static void put_chain(const Folder *folder, int n) {
  for (int i = 0; i <= n; i++) {
    char name[32], text[32];
    snprintf(name, sizeof name, "c%d.leg", i);
    snprintf(text, sizeof text, "use \"c%d.leg\"", i + 1);
    put(folder, name, i < n ? text : "");
  }
}

static void files_use_each_other_at_most_64_deep(void **state) {
  Folder *folder = *state;
  put_chain(folder, 64);
  assert_int_equal(parse(folder, "c0.leg")->n_files, 65);
  assert_int_equal(folder->diagnostics->n_errors, 0);
  put_chain(folder, 65);
  assert_int_equal(parse(folder, "c0.leg")->n_files, 65);
  assert_told(folder, E_USE, "\"c65.leg\" cannot be used",
              "more than 64 files use each other in a row");
}

static void mistakes_of_all_files_are_told(void **state) {
  Folder *folder = *state;
  put(folder, "main.leg", "use \"a.leg\"\nuse \"b.leg\"\nask");
  put(folder, "a.leg", "outcome 3");
  put(folder, "b.leg", "\xff");
  assert_int_equal(parse(folder, "main.leg")->n_files, 3);
  assert_int_equal(folder->diagnostics->n_errors, 3);
}

static void a_main_file_that_cannot_be_read_has_no_place(void **state) {
  Folder *folder = *state;
  const Tree *tree = parse(folder, "missing.leg");
  const char *title = text_format(folder->arena, "cannot read %s: there is no such file",
                                  path_in(folder, "missing.leg"))
                          .at;
  assert_told(folder, E_READ, title, "");
  assert_int_equal(folder->diagnostics->items.items[0]->primary.span.from, 0);
  assert_int_equal(tree->n_files, 0);
}

static void a_file_of_more_than_64_megabytes_is_too_large(void **state) {
  Folder *folder = *state;
  put(folder, "large.leg", "ask a");
  assert_int_equal(truncate(path_in(folder, "large.leg"), 100 << 20), 0);
  parse(folder, "large.leg");
  assert_int_equal(folder->diagnostics->items.items[0]->code, E_TOO_LARGE);
}

static void changes_stand_behind_the_files(void **state) {
  Folder *folder = *state;
  put(folder, "main.leg", "use \"a.leg\"");
  put(folder, "a.leg", "");
  ChangeText changes[] = {{"<--set>", TEXT("assume x = 20%")},
                          {"<--set 2>", TEXT("assume y needs 3")}};
  ParseInput input = {.path = path_in(folder, "main.leg"), .changes = changes, .n_changes = 2};
  const Tree *tree = parse_script(folder->arena, &input, folder->diagnostics);
  assert_int_equal(tree->n_files, 4);
  assert_int_equal(parse_n_script_files(tree, &input), 2);
  assert_int_equal(tree->files[2].items.items[0]->kind, NODE_ASSUME);
  assert_text(tree->files[2].file->path, "<--set>");
  assert_int_equal(folder->diagnostics->n_errors, 1);
  Span span = folder->diagnostics->items.items[0]->primary.span;
  assert_text(source_place(tree->sources, span.from).file->path, "<--set 2>");
}

static void a_change_uses_no_files(void **state) {
  Folder *folder = *state;
  ChangeText change = {"<--set>", TEXT("use \"a.leg\"")};
  Text text = TEXT("");
  ParseInput input = {.path = "<text>", .text = &text, .changes = &change, .n_changes = 1};
  assert_int_equal(parse_script(folder->arena, &input, folder->diagnostics)->n_files, 2);
  assert_told(folder, E_USE, "\"a.leg\" cannot be used", "a change uses no files");
}

static void comments_and_blank_lines_stand_beside_the_items(void **state) {
  Folder *folder = *state;
  put(folder, "main.leg", "# one\n\noutcome a # two\n\n\n");
  const TreeFile *file = &parse(folder, "main.leg")->files[0];
  assert_int_equal(file->items.n, 1);
  assert_int_equal(file->n_comments, 2);
  assert_int_equal(file->n_blanks, 2);
  assert_true(file->comments[0].alone);
  assert_false(file->comments[1].alone);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, make_folder, remove_folder)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(files_come_once_in_the_order_of_their_use),
      TEST(a_link_is_the_file_that_it_leads_to),
      TEST(what_cannot_be_used_is_told_at_the_use),
      TEST(files_use_each_other_at_most_64_deep),
      TEST(mistakes_of_all_files_are_told),
      TEST(a_main_file_that_cannot_be_read_has_no_place),
      TEST(a_file_of_more_than_64_megabytes_is_too_large),
      TEST(changes_stand_behind_the_files),
      TEST(a_change_uses_no_files),
      TEST(comments_and_blank_lines_stand_beside_the_items),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
