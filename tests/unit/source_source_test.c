// Sources: places from offsets, lines, several files in one space, and every way in which a path
// cannot be read.
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

#include "lang/source/source.h"

static void check_place(const SourceSet *set, uint32_t offset, uint32_t line, uint32_t column) {
  Place place = source_place(set, offset);
  assert_int_equal(place.line, line);
  assert_int_equal(place.column, column);
}

static void places_are_lines_and_characters(void **state) {
  (void)state;
  Arena *arena = arena_new();
  SourceSet *set = source_set_new(arena);
  const SourceFile *file = source_add(set, TEXT("a.leg"), TEXT("one\r\nZwölf x\n\nend"));
  assert_int_equal(file->n_lines, 4);
  check_place(set, file->base, 1, 1);
  check_place(set, file->base + 3, 1, 4);
  check_place(set, file->base + 5, 2, 1);
  check_place(set, file->base + 12, 2, 7);  // ö takes two bytes and one column
  check_place(set, file->base + 14, 3, 1);
  check_place(set, file->base + file->text.n, 4, 4);
  assert_true(text_equal(source_line(file, 1), TEXT("one")));
  assert_true(text_equal(source_line(file, 2), TEXT("Zwölf x")));
  assert_true(text_equal(source_line(file, 3), TEXT("")));
  assert_true(text_equal(source_line(file, 4), TEXT("end")));
  assert_int_equal(source_line(file, 0).n, 0);
  assert_int_equal(source_line(file, 5).n, 0);
  assert_int_equal(file->text.at[file->text.n], '\0');
  arena_free(arena);
}

static void files_share_one_space(void **state) {
  (void)state;
  Arena *arena = arena_new();
  SourceSet *set = source_set_new(arena);
  assert_null(source_file_at(set, 1));
  const SourceFile *files[50];
  for (int i = 0; i < 50; i++) {
    Text text = {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", (uint32_t)i};
    files[i] = source_add(set, text_format(arena, "%d.leg", i), text);
  }
  assert_int_equal(source_count(set), 50);
  for (uint32_t i = 0; i < 50; i++) {
    assert_ptr_equal(source_get(set, i), files[i]);
    for (uint32_t k = 0; k <= i; k++)
      assert_ptr_equal(source_file_at(set, files[i]->base + k), files[i]);
  }
  assert_null(source_get(set, 50));
  assert_null(source_file_at(set, 0));
  assert_null(source_file_at(set, files[49]->base + 50));
  assert_null(source_place(set, 0).file);
  uint32_t base = files[20]->base;
  assert_int_equal(source_slice(set, (Span){base + 2, base + 5}).n, 3);
  assert_int_equal(source_slice(set, (Span){base + 15, base + 900}).n, 5);
  assert_int_equal(source_slice(set, (Span){base + 5, base + 5}).n, 0);
  assert_int_equal(source_slice(set, (Span){0, 0}).n, 0);
  arena_free(arena);
}

static void write_file(const char *path, const char *bytes, size_t n) {
  FILE *out = fopen(path, "wb");
  assert_non_null(out);
  assert_int_equal(fwrite(bytes, 1, n, out), n);
  assert_int_equal(fclose(out), 0);
}

static void files_are_read_or_refused(void **state) {
  (void)state;
  char folder[] = "/tmp/legis-source-XXXXXX";
  assert_non_null(mkdtemp(folder));
  assert_int_equal(chdir(folder), 0);
  Arena *arena = arena_new();
  SourceSet *set = source_set_new(arena);
  const SourceFile *file = NULL;

  write_file("good.leg", "a\0b", 3);
  assert_int_equal(source_read(set, "good.leg", &file), SOURCE_OK);
  assert_true(text_equal(file->path, TEXT("good.leg")));
  assert_int_equal(file->text.n, 3);
  write_file("empty.leg", "", 0);
  assert_int_equal(source_read(set, "empty.leg", &file), SOURCE_OK);
  assert_int_equal(file->text.n, 0);
  assert_int_equal(file->n_lines, 1);

  assert_int_equal(source_read(set, "missing.leg", &file), SOURCE_MISSING);
  assert_int_equal(source_read(set, "good.leg/x", &file), SOURCE_MISSING);
  assert_int_equal(source_read(set, ".", &file), SOURCE_IS_DIRECTORY);
  assert_int_equal(mkfifo("fifo", 0600), 0);
  assert_int_equal(source_read(set, "fifo", &file), SOURCE_NOT_REGULAR);
  assert_int_equal(source_read(set, "/dev/zero", &file), SOURCE_NOT_REGULAR);
  write_file("huge.leg", "", 0);
  assert_int_equal(truncate("huge.leg", (off_t)SOURCE_MAX_BYTES + 1), 0);
  assert_int_equal(source_read(set, "huge.leg", &file), SOURCE_TOO_LARGE);
  if (geteuid() != 0) {  // root may read everything
    assert_int_equal(chmod("good.leg", 0), 0);
    assert_int_equal(source_read(set, "good.leg", &file), SOURCE_NO_PERMISSION);
  }
  assert_int_equal(source_count(set), 2);

  arena_free(arena);
  unlink("good.leg"), unlink("empty.leg"), unlink("fifo"), unlink("huge.leg");
  assert_int_equal(rmdir(folder), 0);
}

static void a_dash_is_standard_input(void **state) {
  (void)state;
  int ends[2];
  assert_int_equal(pipe(ends), 0);
  assert_int_equal(write(ends[1], "case\n", 5), 5);
  close(ends[1]);
  int saved = dup(STDIN_FILENO);
  dup2(ends[0], STDIN_FILENO);
  Arena *arena = arena_new();
  SourceSet *set = source_set_new(arena);
  const SourceFile *file = NULL;
  assert_int_equal(source_read(set, "-", &file), SOURCE_OK);
  assert_true(text_equal(file->text, TEXT("case\n")));
  int zero = dup2(saved, STDIN_FILENO);
  assert_int_equal(zero, STDIN_FILENO);
  close(saved);
  close(ends[0]);
  arena_free(arena);
}

static void every_status_has_a_text(void **state) {
  (void)state;
  for (int status = SOURCE_OK; status <= SOURCE_UNREADABLE; status++)
    assert_true(strlen(source_status_text((SourceStatus)status)) > 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(places_are_lines_and_characters), cmocka_unit_test(files_share_one_space),
      cmocka_unit_test(files_are_read_or_refused),       cmocka_unit_test(a_dash_is_standard_input),
      cmocka_unit_test(every_status_has_a_text),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
