// Text: the builder, validity of UTF-8, width on a terminal, and what is made harmless.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka needs the four above
#include <cmocka.h>
#include <string.h>

#include "lang/base/text.h"

static void builder_builds(void **state) {
  (void)state;
  Arena *arena = arena_new();
  TextBuilder b = {0};
  for (int i = 0; i < 1000; i++) text_addf(&b, "%d,", i);
  text_add_text(&b, (Text){NULL, 0});
  text_add(&b, "end");
  text_add_char(&b, '.');
  assert_int_equal(b.n, 3894);
  assert_string_equal(b.at + b.n - 8, "999,end.");
  Text text = text_builder_take(&b, arena);
  assert_null(b.at);
  assert_int_equal(text.n, 3894);
  assert_int_equal(text.at[text.n], '\0');
  assert_true(text_equal(text_format(arena, "%s-%d", "a", 7), TEXT("a-7")));
  assert_true(text_equal((Text){NULL, 0}, TEXT("")));
  assert_false(text_equal(TEXT("ab"), TEXT("ac")));
  assert_true(text_builder_take(&b, arena).n == 0);
  arena_free(arena);
}

static void utf8_is_judged_by_the_standard(void **state) {
  (void)state;
  static const struct {
    Text text;
    int bad;  // -1: well formed
  } cases[] = {
      {TEXT(""), -1},
      {TEXT("plain"), -1},
      {TEXT("é€😀"), -1},
      {TEXT("\x7F"), -1},
      {TEXT("\xED\x9F\xBF"), -1},      // U+D7FF
      {TEXT("\xF4\x8F\xBF\xBF"), -1},  // U+10FFFF
      {TEXT("ab\x80"), 2},             // a continuation alone
      {TEXT("a\xC0\x80"), 1},          // overlong zero
      {TEXT("a\xC1\xBF"), 1},          // overlong
      {TEXT("\xE0\x9F\xBF"), 0},       // overlong
      {TEXT("\xF0\x8F\xBF\xBF"), 0},   // overlong
      {TEXT("\xED\xA0\x80"), 0},       // a surrogate
      {TEXT("\xED\xBF\xBF"), 0},       // a surrogate
      {TEXT("\xF4\x90\x80\x80"), 0},   // beyond U+10FFFF
      {TEXT("\xF5\x80\x80\x80"), 0},
      {TEXT("\xFF"), 0},
      {TEXT("xyz\xE2\x82"), 3},  // cut
      {TEXT("é\xC3("), 2},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    size_t bad = 99;
    assert_int_equal(text_is_utf8(cases[i].text, &bad), cases[i].bad < 0);
    if (cases[i].bad >= 0) assert_int_equal(bad, cases[i].bad);
  }
  assert_false(text_is_utf8(TEXT("\xFF"), NULL));
}

static void width_counts_columns(void **state) {
  (void)state;
  assert_int_equal(text_width(TEXT("duma")), 4);
  assert_int_equal(text_width(TEXT("Дума")), 4);
  assert_int_equal(text_width(TEXT("日本")), 4);
  assert_int_equal(text_width(TEXT("e\u0301")), 1);
  assert_int_equal(text_width(TEXT("\t")), 1);
  assert_int_equal(text_width(TEXT("a\xFF")), 2);
}

static void check_shown(Text text, const char *shown) {
  TextBuilder b = {0};
  text_add(&b, "");
  text_add_shown(&b, text);
  assert_string_equal(b.at, shown);
  text_builder_free(&b);
}

static void harmful_characters_are_written_out(void **state) {
  (void)state;
  check_shown(TEXT(""), "");
  check_shown(TEXT("plain \"text\" é日e\u0301"), "plain \"text\" é日e\u0301");
  check_shown(TEXT("a\tb"), "a b");
  check_shown(TEXT("a\x1b[31m\r\n"), "a\\u{1b}[31m\\u{d}\\u{a}");
  check_shown((Text){"a\0b", 3}, "a\\u{0}b");
  check_shown(TEXT("\x7f\xC2\x85\xC2\x9B"), "\\u{7f}\\u{85}\\u{9b}");
  check_shown(TEXT("x\u202ey\u2066z\u2069"), "x\\u{202e}y\\u{2066}z\\u{2069}");
  check_shown(TEXT("\u2028\u200b\ufeff"), "\\u{2028}\\u{200b}\\u{feff}");
  check_shown(TEXT("a\xFFz"), "a\uFFFDz");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(builder_builds),
      cmocka_unit_test(utf8_is_judged_by_the_standard),
      cmocka_unit_test(width_counts_columns),
      cmocka_unit_test(harmful_characters_are_written_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
