// The rooms of the house: every `#include "…"` of lang/ and runtime/ is one that tests/layers.txt
// allows.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka needs the four above
#include <cmocka.h>
#include <fts.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROOMS_MOST 32
#define LINE_MOST 1024

typedef struct Room {
  char name[64];
  char allowed[LINE_MOST];  // names with a space before and after each
} Room;

typedef struct House {
  Room rooms[ROOMS_MOST];
  int n_rooms, n_includes, n_broken;
} House;

static void read_table(House *house) {
  char line[LINE_MOST];
  FILE *file = fopen(LEGIS_SOURCE_DIR "/tests/layers.txt", "r");
  assert_non_null(file);
  while (fgets(line, sizeof line, file)) {
    char *colon = strchr(line, ':');
    if (line[0] == '#' || line[0] == '\n') continue;
    assert_non_null(colon);
    assert_true(house->n_rooms < ROOMS_MOST);
    Room *room = &house->rooms[house->n_rooms++];
    line[strcspn(line, "\n")] = 0;
    *colon = 0;
    snprintf(room->name, sizeof room->name, "%.63s", line);
    snprintf(room->allowed, sizeof room->allowed, "%.1000s ", colon + 1);
  }
  fclose(file);
}

static const Room *find_room(const House *house, const char *name) {
  for (int i = 0; i < house->n_rooms; i++) {
    if (strcmp(house->rooms[i].name, name) == 0) return &house->rooms[i];
  }
  return NULL;
}

// "lang/base/text.h" -> "lang/base"
static bool room_of(const char *path, char out[64]) {
  const char *first = strchr(path, '/'), *second = first ? strchr(first + 1, '/') : NULL;
  if (!second || second - path > 63) return false;
  snprintf(out, 64, "%.*s", (int)(second - path), path);
  return true;
}

static void break_rule(House *house, const char *path, int number, const char *why) {
  print_error("%s:%d: %s\n", path, number, why);
  house->n_broken++;
}

static void check_include(House *house, const char *path, int number, const char *included) {
  char own[64], other[64], word[70];
  house->n_includes++;
  if (!room_of(path, own) || !find_room(house, own)) {
    break_rule(house, path, number, "the file is in no room of tests/layers.txt");
    return;
  }
  if (!room_of(included, other)) {
    break_rule(house, path, number, "an include is written from the root of the repository");
    return;
  }
  snprintf(word, sizeof word, " %s ", other);
  if (strcmp(own, other) != 0 && !strstr(find_room(house, own)->allowed, word))
    break_rule(house, path, number, included);
}

static void check_file(House *house, const char *full) {
  char line[LINE_MOST], included[256];
  const char *path = full + strlen(LEGIS_SOURCE_DIR "/");
  FILE *file = fopen(full, "r");
  assert_non_null(file);
  for (int number = 1; fgets(line, sizeof line, file); number++) {
    if (sscanf(line, " # include \"%255[^\"]\"", included) == 1)
      check_include(house, path, number, included);
  }
  fclose(file);
}

static bool is_source(const char *name) {
  static const char *const ENDS[] = {".c", ".h", ".re", ".y", ".def"};
  const char *dot = strrchr(name, '.');
  for (int i = 0; dot && i < 5; i++) {
    if (strcmp(dot, ENDS[i]) == 0) return true;
  }
  return false;
}

static void every_include_is_of_a_room_above(void **state) {
  (void)state;
  static House house;
  char lang[] = LEGIS_SOURCE_DIR "/lang", runtime[] = LEGIS_SOURCE_DIR "/runtime";
  char *const roots[] = {lang, runtime, NULL};
  read_table(&house);
  FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
  assert_non_null(tree);
  for (FTSENT *entry = fts_read(tree); entry; entry = fts_read(tree)) {
    if (entry->fts_info == FTS_F && is_source(entry->fts_name)) check_file(&house, entry->fts_path);
  }
  fts_close(tree);
  assert_true(house.n_includes > 50);
  assert_int_equal(house.n_broken, 0);
}

static void every_room_is_listed_above_those_that_include_it(void **state) {
  (void)state;
  static House house;
  read_table(&house);
  for (int i = 0; i < house.n_rooms; i++) {
    for (int k = i + 1; k < house.n_rooms; k++) {
      char word[70];
      snprintf(word, sizeof word, " %s ", house.rooms[k].name);
      assert_null(strstr(house.rooms[i].allowed, word));
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_include_is_of_a_room_above),
      cmocka_unit_test(every_room_is_listed_above_those_that_include_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
