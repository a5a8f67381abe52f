// Whole pages of real scripts at every width: no line is wider than its page, none ends in a space, and
// nothing but what was written leaves with it. The widest titles are those of the golden page test.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
// cmocka needs the three above
#include <cmocka.h>

#include "runtime/show/show.h"
#include "tests/unit/answer_scripts.h"

static char *read_text(const char *path) {
  char name[4096];
  snprintf(name, sizeof name, "%s/%s", LEGIS_SOURCE_DIR, path);
  FILE *file = fopen(name, "rb");
  assert_non_null(file);
  char *text = calloc(1, 1 << 20);
  assert_non_null(text);
  assert_true(fread(text, 1, (1 << 20) - 1, file) > 0);
  fclose(file);
  return text;
}

static void check_lines(const char *path, const char *page, uint32_t width) {
  for (const char *line = page; *line;) {
    const char *end = strchr(line, '\n');
    assert_non_null(end);
    Text text = {line, (uint32_t)(end - line)};
    if (text_width(text) > width) fail_msg("%s at %u columns: %.*s", path, width, TEXT_ARG(text));
    assert_true(!text.n || text.at[text.n - 1] != ' ');
    for (uint32_t i = 0; i < text.n; i++) assert_true((unsigned char)text.at[i] >= ' ');
    line = end + 1;
  }
}

static void check_widths(const char *path, const Answer *answered) {
  for (uint32_t width = SHOW_WIDTH_LEAST; width <= SHOW_WIDTH_MOST; width++) {
    TextBuilder out = {0};
    show_text(&out, answered, (ShowStyle){width, false});
    check_lines(path, out.at, width);
    text_builder_free(&out);
  }
}

static void check_script(const char *path) {
  char *script = read_text(path);
  Loaded loaded = load(script);
  check_widths(path, answer_exact(&loaded));
  check_widths(path, answer_sampled(&loaded, 2000, 2048, 2));
  arena_free(loaded.arena);
  free(script);
}

static void pages_of_all_widths(void **state) {
  (void)state;
  check_script("tests/golden/pages/titles.leg");
  check_script("examples/russia-taliban.leg");
  check_script("examples/kazakhstan-taliban.leg");
  check_script("examples/kyrgyzstan-taliban.leg");
}

// A title of hundreds of kilobytes, most of them marks of no width, is wrapped in a moment and whole.
static void a_title_without_end(void **state) {
  (void)state;
  enum { WORDS = 1 << 15 };
  TextBuilder script = {0};
  text_add(&script, "case \"");
  for (int i = 0; i < WORDS; i++) text_add(&script, "a\xCC\x81\xCC\x80\xCC\x82\xCC\x83 ");
  text_add(&script, "\" from 2025-01-01 until 2025-12-31 { wait 1 day }");
  Loaded loaded = load(script.at);
  TextBuilder out = {0};
  show_text(&out, answer_exact(&loaded), (ShowStyle){60, false});
  check_lines("a long title", out.at, 60);
  uint32_t n_letters = 0;
  for (const char *at = out.at; (at = strstr(at, "a\xCC\x81")); at++) n_letters++;
  assert_int_equal(n_letters, WORDS);
  text_builder_free(&out);
  text_builder_free(&script);
  arena_free(loaded.arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(pages_of_all_widths),
      cmocka_unit_test(a_title_without_end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
