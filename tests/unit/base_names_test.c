// Names: one number for each spelling, two spellings of one character being one name.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka needs the four above
#include <cmocka.h>
#include <stdio.h>

#include "lang/base/names.h"

static void each_name_has_one_number(void **state) {
  (void)state;
  Arena *arena = arena_new();
  Names *names = names_new(arena);
  char text[32];
  for (uint32_t i = 1; i <= 20000; i++) {
    snprintf(text, sizeof text, "name_%u", i);
    assert_int_equal(names_find(names, text_of(text)), 0);
    assert_int_equal(names_intern(names, text_of(text)), i);
  }
  for (uint32_t i = 1; i <= 20000; i++) {
    snprintf(text, sizeof text, "name_%u", i);
    assert_int_equal(names_intern(names, text_of(text)), i);
    assert_int_equal(names_find(names, text_of(text)), i);
    assert_string_equal(names_text(names, i).at, text);
  }
  assert_int_equal(names_count(names), 20000);
  arena_free(arena);
}

static void normal_forms_are_one_name(void **state) {
  (void)state;
  Arena *arena = arena_new();
  Names *names = names_new(arena);
  NameId composed = names_intern(names, TEXT("caf\u00e9"));
  assert_int_equal(names_find(names, TEXT("cafe\u0301")), composed);
  assert_int_equal(names_intern(names, TEXT("cafe\u0301")), composed);
  assert_string_equal(names_text(names, composed).at, "caf\u00e9");
  NameId decomposed_first = names_intern(names, TEXT("A\u030angstro\u0308m"));
  assert_string_equal(names_text(names, decomposed_first).at, "\u00c5ngstr\u00f6m");
  assert_int_not_equal(names_intern(names, TEXT("cafe")), composed);
  arena_free(arena);
}

static void odd_texts_are_names_too(void **state) {
  (void)state;
  Arena *arena = arena_new();
  Names *names = names_new(arena);
  NameId empty = names_intern(names, (Text){NULL, 0});
  NameId broken = names_intern(names, TEXT("a\xFF"));
  assert_int_not_equal(empty, 0);
  assert_int_equal(names_find(names, TEXT("")), empty);
  assert_int_equal(names_find(names, TEXT("a\xFF")), broken);
  assert_int_equal(names_text(names, 0).n, 0);
  assert_int_equal(names_text(names, 99).n, 0);
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_name_has_one_number),
      cmocka_unit_test(normal_forms_are_one_name),
      cmocka_unit_test(odd_texts_are_names_too),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
