// Every code has a script that shows its message: an expectation below tests/golden/diagnostics in
// which it stands as it is printed. And every script there is used by an expectation.
// clang-format off
#define _GNU_SOURCE  // memmem
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "lang/base/vec.h"
#include "lang/source/diagnostic.h"
#include "lang/source/source.h"

#define FOLDER LEGIS_SOURCE_DIR "/tests/golden/diagnostics"

typedef struct Folder {
  Arena *arena;
  VEC(Text) expected, scripts;  // texts of the expectations, names of the scripts
} Folder;

static bool ends_with(const char *name, const char *end) {
  size_t n = strlen(name), n_end = strlen(end);
  return n > n_end && strcmp(name + n - n_end, end) == 0;
}

static Text read_file(Arena *arena, const char *name) {
  SourceSet *set = source_set_new(arena);
  const SourceFile *file = NULL;
  Text path = text_format(arena, "%s/%s", FOLDER, name);
  assert_int_equal(source_read(set, path.at, &file), SOURCE_OK);
  return file->text;
}

static Folder read_folder(void) {
  Folder folder = {.arena = arena_new()};
  DIR *dir = opendir(FOLDER);
  assert_non_null(dir);
  for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
    const char *name = entry->d_name;
    if (ends_with(name, ".expected"))
      vec_push(folder.arena, &folder.expected, read_file(folder.arena, name));
    if (ends_with(name, ".leg"))
      vec_push(folder.arena, &folder.scripts, text_copy(folder.arena, text_of(name)));
  }
  closedir(dir);
  return folder;
}

static bool holds(Text text, Text part) {
  return memmem(text.at, text.n, part.at, part.n) != NULL;
}

static bool is_in_any(const Folder *folder, Text part) {
  for (uint32_t i = 0; i < folder->expected.n; i++) {
    if (holds(folder->expected.items[i], part)) return true;
  }
  return false;
}

static void every_code_is_shown(void **state) {
  (void)state;
  Folder folder = read_folder();
  uint32_t n_missing = 0;
  for (int code = 0; code < DIAGNOSTIC_CODES; code++) {
    const char *number = diagnostic_code_text(code);
    Text shown =
        text_format(folder.arena, "%s[%s]: ", number[0] == 'W' ? "warning" : "error", number);
    if (is_in_any(&folder, shown)) continue;
    print_error("no golden test shows %s, %s\n", number, diagnostic_code_meaning(code));
    n_missing++;
  }
  assert_int_equal(n_missing, 0);
  arena_free(folder.arena);
}

static void every_script_is_used(void **state) {
  (void)state;
  Folder folder = read_folder();
  uint32_t n_unused = 0;
  for (uint32_t i = 0; i < folder.scripts.n; i++) {
    if (is_in_any(&folder, folder.scripts.items[i])) continue;
    print_error("no golden test uses %.*s\n", TEXT_ARG(folder.scripts.items[i]));
    n_unused++;
  }
  assert_int_equal(n_unused, 0);
  arena_free(folder.arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_code_is_shown),
      cmocka_unit_test(every_script_is_used),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
