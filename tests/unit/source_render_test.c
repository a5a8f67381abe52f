// Diagnostics and their rendering, text for text.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka needs the four above
#include <cmocka.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lang/source/render.h"

// One program's sources and messages, made for each test.
typedef struct Fixture {
  Arena *arena;
  SourceSet *sources;
  Diagnostics *list;
} Fixture;

static int set_up(void **state) {
  Fixture *f = calloc(1, sizeof *f);
  f->arena = arena_new();
  f->sources = source_set_new(f->arena);
  f->list = diagnostics_new(f->arena);
  *state = f;
  return 0;
}

static int tear_down(void **state) {
  Fixture *f = *state;
  arena_free(f->arena);
  free(f);
  return 0;
}

static const SourceFile *add_source(Fixture *f, const char *path, const char *text) {
  return source_add(f->sources, text_of(path), text_of(text));
}

// The n-th place (from 0) where the word stands in the file.
static Span find(const SourceFile *file, const char *word, int n) {
  const char *at = strstr(file->text.at, word);
  while (at && n--) at = strstr(at + 1, word);
  assert_non_null(at);
  uint32_t from = file->base + (uint32_t)(at - file->text.at);
  return (Span){from, from + (uint32_t)strlen(word)};
}

static void check_text(Fixture *f, const char *expected) {
  TextBuilder b = {0};
  text_add(&b, "");
  render_text(&b, f->list, f->sources, false);
  assert_string_equal(b.at, expected);
  text_builder_free(&b);
}

static void a_label_stands_under_its_word(void **state) {
  Fixture *f = *state;
  const SourceFile *file = add_source(
      f, "taliban.leg", "\n\n\n\n\n\n\n\n\n\n\n\n\n  vote dumma on b needs majority of seats\n");
  Diagnostic *d = diagnostic_add(f->list, E_WRONG_KIND, find(file, "dumma", 0),
                                 "no chamber is called \"%s\"", "dumma");
  diagnostic_label(f->list, d, "did you mean \"%s\" (line %d)?", "duma", 31);
  check_text(f,
             "taliban.leg:14:8: error[E0102]: no chamber is called \"dumma\"\n"
             "   14 |   vote dumma on b needs majority of seats\n"
             "      |        ^^^^^ did you mean \"duma\" (line 31)?\n");
}

static void labels_of_one_line_share_their_row(void **state) {
  Fixture *f = *state;
  const SourceFile *file = add_source(f, "case.leg", "    sign: 97%   veto: 6%\n");
  Diagnostic *d = diagnostic_add(f->list, E_SUM, find(file, "97%", 0),
                                 "these chances add up to 103%%, not 100%%");
  diagnostic_also(f->list, d, find(file, "6%", 0), "97%% + 6%% = 103%%");
  diagnostic_hint(f->list, d, "Write \"otherwise\" for one of them and it takes what is left.");
  check_text(f,
             "case.leg:1:11: error[E0201]: these chances add up to 103%, not 100%\n"
             "    1 |     sign: 97%   veto: 6%\n"
             "      |           ^^^         ^^ 97% + 6% = 103%\n"
             "   Write \"otherwise\" for one of them and it takes what is left.\n");
}

static void texts_that_do_not_fit_go_below(void **state) {
  Fixture *f = *state;
  const SourceFile *file = add_source(f, "case.leg", "let a = b + c\n");
  Diagnostic *d = diagnostic_add(f->list, E_TYPES, find(file, "b", 0), "mixed");
  diagnostic_label(f->list, d, "a date");
  diagnostic_also(f->list, d, find(file, "c", 0), "a share");
  diagnostic_also(f->list, d, find(file, "a", 0), "no number");
  check_text(f,
             "case.leg:1:9: error[E0203]: mixed\n"
             "    1 | let a = b + c\n"
             "      |     ^   ^   ^ a share\n"
             "      |     |   a date\n"
             "      |     no number\n");
}

static void nested_and_equal_labels_keep_their_texts(void **state) {
  Fixture *f = *state;
  const SourceFile *file = add_source(f, "case.leg", "needs 2/3 of it\n");
  Diagnostic *d = diagnostic_add(f->list, E_THRESHOLD, find(file, "2/3 of it", 0), "what?");
  diagnostic_label(f->list, d, "outer");
  diagnostic_also(f->list, d, find(file, "2/3", 0), "inner");
  diagnostic_also(f->list, d, find(file, "3", 0), "three");
  check_text(f,
             "case.leg:1:7: error[E0208]: what?\n"
             "    1 | needs 2/3 of it\n"
             "      |       ^^^^^^^^^\n"
             "      |       | three\n"
             "      |       outer\n"
             "      |       inner\n");
}

static void labels_of_several_lines_and_files(void **state) {
  Fixture *f = *state;
  const SourceFile *file = add_source(f, "a.leg", "one x\ntwo x\nthree\nfour x\n");
  const SourceFile *used = add_source(f, "b.leg", "\nother x\n");
  Diagnostic *d = diagnostic_add(f->list, E_TWICE, find(file, "x", 2), "\"x\" is declared twice");
  diagnostic_label(f->list, d, "again here");
  diagnostic_also(f->list, d, find(used, "x", 0), "and here");
  diagnostic_also(f->list, d, find(file, "x", 1), "here");
  diagnostic_also(f->list, d, find(file, "x", 0), "first here");
  check_text(f,
             "a.leg:4:6: error[E0103]: \"x\" is declared twice\n"
             "    1 | one x\n"
             "      |     ^ first here\n"
             "    2 | two x\n"
             "      |     ^ here\n"
             "    …\n"
             "    4 | four x\n"
             "      |      ^ again here\n"
             "   b.leg:2:7:\n"
             "    2 | other x\n"
             "      |       ^ and here\n");
}

static void marks_follow_the_width_of_what_is_shown(void **state) {
  Fixture *f = *state;
  const SourceFile *file = add_source(f, "w.leg", "\t日本e\u0301\x1b x\u202e y\n");
  diagnostic_add(f->list, E_SYNTAX, find(file, "x", 0), "wide");
  diagnostic_add(f->list, E_SYNTAX, find(file, "日本", 0), "itself");
  diagnostic_add(f->list, E_CHARACTER, find(file, "\u202e", 0), "turned");
  check_text(f,
             "w.leg:1:8: error[E0005]: wide\n"
             "    1 |  日本e\u0301\\u{1b} x\\u{202e} y\n"
             "      |              ^\n"
             "\n"
             "w.leg:1:2: error[E0005]: itself\n"
             "    1 |  日本e\u0301\\u{1b} x\\u{202e} y\n"
             "      |  ^^^^\n"
             "\n"
             "w.leg:1:9: error[E0003]: turned\n"
             "    1 |  日本e\u0301\\u{1b} x\\u{202e} y\n"
             "      |               ^^^^^^^^\n");
}

static void messages_and_paths_are_made_harmless(void **state) {
  Fixture *f = *state;
  const SourceFile *file = add_source(f, "e\x1b.leg", "x\n");
  Diagnostic *d = diagnostic_add(f->list, E_SYNTAX, find(file, "x", 0), "title \x1b[2J");
  diagnostic_label(f->list, d, "label \r");
  diagnostic_note(f->list, d, "note \u202e");
  diagnostic_hint(f->list, d, "hint \n");
  check_text(f,
             "e\\u{1b}.leg:1:1: error[E0005]: title \\u{1b}[2J\n"
             "    1 | x\n"
             "      | ^ label \\u{d}\n"
             "   note \\u{202e}\n"
             "   hint \\u{a}\n");
}

static void places_at_ends_and_across_lines(void **state) {
  Fixture *f = *state;
  const SourceFile *file = add_source(f, "e.leg", "case {\n  x\n}");
  const SourceFile *empty = add_source(f, "empty.leg", "");
  uint32_t end = file->base + file->text.n;
  diagnostic_add(f->list, E_SYNTAX, (Span){end, end}, "the end");
  diagnostic_add(f->list, E_PLACE, (Span){file->base + 5, end}, "a block");
  diagnostic_add(f->list, E_SYNTAX, (Span){file->base + 6, file->base + 7}, "a line's end");
  diagnostic_add(f->list, E_CASES, (Span){empty->base, empty->base}, "nothing");
  check_text(f,
             "e.leg:3:2: error[E0005]: the end\n"
             "    3 | }\n"
             "      |  ^\n"
             "\n"
             "e.leg:1:6: error[E0211]: a block\n"
             "    1 | case {\n"
             "      |      ^\n"
             "\n"
             "e.leg:1:7: error[E0005]: a line's end\n"
             "    1 | case {\n"
             "      |       ^\n"
             "\n"
             "empty.leg:1:1: error[E0106]: nothing\n"
             "    1 | \n"
             "      | ^\n");
}

static void messages_without_a_place(void **state) {
  Fixture *f = *state;
  Diagnostic *d = diagnostic_add(f->list, E_RUN_BUDGET, (Span){0, 0}, "too many worlds");
  diagnostic_note(f->list, d, "first");
  diagnostic_note(f->list, d, "second");
  check_text(f, "error[E0404]: too many worlds\n   first\n   second\n");
}

// A line of n columns with `word` at a column.
static const SourceFile *add_long_line(Fixture *f, uint32_t n, uint32_t at, const char *word) {
  char *line = calloc(n + 1, 1);
  for (uint32_t i = 0; i < n; i++) line[i] = (char)('0' + i % 10);
  memcpy(line + at, word, strlen(word));
  const SourceFile *file = add_source(f, "long.leg", line);
  free(line);
  return file;
}

static void long_lines_are_cut_around_the_label(void **state) {
  Fixture *f = *state;
  const SourceFile *file = add_long_line(f, 5000, 2500, "word");
  Diagnostic *d = diagnostic_add(f->list, E_SYNTAX, find(file, "word", 0), "middle");
  diagnostic_label(f->list, d, "here");
  diagnostic_add(f->list, E_SYNTAX, (Span){file->base, file->base + 3}, "start");
  uint32_t end = file->base + 5000;
  diagnostic_add(f->list, E_SYNTAX, (Span){end - 2, end}, "end");
  check_text(
      f,
      "long.leg:1:2501: error[E0005]: middle\n"
      "    1 | "
      "…0123456789012345678901234567890123456789word456789012345678901234567890123456789012345678"
      "90123456789…\n"
      "      |                                          ^^^^ here\n"
      "\n"
      "long.leg:1:1: error[E0005]: start\n"
      "    1 | "
      "012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"
      "0123456789…\n"
      "      | ^^^\n"
      "\n"
      "long.leg:1:4999: error[E0005]: end\n"
      "    1 | …890123456789012345678901234567890123456789\n"
      "      |                                          ^^\n");
}

static void what_lies_outside_the_window_is_cut(void **state) {
  Fixture *f = *state;
  const SourceFile *file = add_long_line(f, 5000, 2500, "word");
  Diagnostic *d = diagnostic_add(f->list, E_SYNTAX, find(file, "word", 0), "middle");
  diagnostic_also(f->list, d, (Span){file->base, file->base + 2}, "before");
  diagnostic_also(f->list, d, (Span){file->base + 4000, file->base + 4002}, "behind");
  TextBuilder b = {0};
  render_text(&b, f->list, f->sources, false);
  assert_non_null(strstr(b.at, "      | ^ "));
  assert_non_null(strstr(b.at, " ^ behind\n      | before\n"));
  text_builder_free(&b);
}

static void a_line_of_many_megabytes_costs_little(void **state) {
  Fixture *f = *state;
  uint32_t n = 20u << 20;
  const SourceFile *file = add_long_line(f, n, n - 200, "word");
  // Combining characters take no columns; 10 million of them stand before the word.
  for (uint32_t i = 0; i + 400 < n; i += 2) memcpy((char *)file->text.at + i, "\xCC\x81", 2);
  diagnostic_add(f->list, E_SYNTAX, (Span){file->base + n - 200, file->base + n - 196}, "far");
  diagnostic_add(f->list, E_SYNTAX, (Span){file->base + 2000, file->base + n - 10}, "wide");
  TextBuilder b = {0};
  render_text(&b, f->list, f->sources, false);
  assert_in_range(b.n, 100, 40000);
  text_builder_free(&b);
}

static void wide_line_numbers_push_everything_along(void **state) {
  Fixture *f = *state;
  uint32_t n = 123456;
  char *text = calloc(n + 2, 1);
  memset(text, '\n', n);
  text[n] = 'x';
  const SourceFile *file = add_source(f, "n.leg", text);
  free(text);
  diagnostic_add(f->list, E_SYNTAX, find(file, "x", 0), "far down");
  check_text(f,
             "n.leg:123457:1: error[E0005]: far down\n"
             "123457 | x\n"
             "       | ^\n");
}

static void colors_are_only_added(void **state) {
  Fixture *f = *state;
  const SourceFile *file = add_source(f, "c.leg", "x\n");
  diagnostic_add(f->list, W_UNREACHABLE, find(file, "x", 0), "never");
  TextBuilder b = {0};
  render_text(&b, f->list, f->sources, true);
  assert_string_equal(b.at,
                      "\x1b[1mc.leg:1:1: \x1b[1;33mwarning[W0301]:\x1b[0m\x1b[1m never\x1b[0m\n"
                      "    1 | x\n"
                      "      | \x1b[1;33m^\x1b[0m\n");
  text_builder_free(&b);
}

static void what_is_left_out_is_counted(void **state) {
  Fixture *f = *state;
  for (int i = 0; i < DIAGNOSTICS_MAX + 1; i++)
    diagnostic_add(f->list, E_SYNTAX, (Span){0, 0}, "%d", i);
  for (int i = 0; i < DIAGNOSTICS_MAX + 3; i++) {
    Diagnostic *d = diagnostic_add(f->list, W_UNREACHABLE, (Span){0, 0}, "%d", i);
    diagnostic_note(f->list, d, "note");
  }
  diagnostics_sort(f->list);
  assert_int_equal(f->list->items.n, 2 * DIAGNOSTICS_MAX);
  assert_int_equal(f->list->n_errors, DIAGNOSTICS_MAX + 1);
  assert_int_equal(f->list->n_warnings, DIAGNOSTICS_MAX + 3);
  assert_int_equal(f->list->n_dropped, 4);
  TextBuilder b = {0};
  render_text(&b, f->list, f->sources, false);
  const char *tail = "\n1 more error is not shown\n\n3 more warnings are not shown\n";
  assert_string_equal(b.at + b.n - strlen(tail), tail);
  text_builder_free(&b);
}

static void sorting_is_by_place_and_stable(void **state) {
  Fixture *f = *state;
  const SourceFile *file = add_source(f, "s.leg", "a b c\n");
  Span a = find(file, "a", 0), b = find(file, "b", 0);
  diagnostic_add(f->list, W_UNREACHABLE, b, "3");
  diagnostic_add(f->list, E_SYNTAX, b, "2");
  diagnostic_add(f->list, W_UNREACHABLE, b, "4");
  diagnostic_add(f->list, W_STANDING, a, "1");
  diagnostic_add(f->list, E_SYNTAX, (Span){0, 0}, "0");
  diagnostics_sort(f->list);
  for (uint32_t i = 0; i < 5; i++) assert_int_equal(f->list->items.items[i]->title.at[0], '0' + i);
}

static void codes_are_told_once(void **state) {
  (void)state;
  for (int i = 0; i < DIAGNOSTIC_CODES; i++) {
    const char *text = diagnostic_code_text((DiagnosticCode)i);
    assert_int_equal(strlen(text), 5);
    assert_true(strlen(diagnostic_code_meaning((DiagnosticCode)i)) > 0);
    for (int j = 0; j < i; j++)
      assert_string_not_equal(text, diagnostic_code_text((DiagnosticCode)j));
  }
}

static void json_holds_everything(void **state) {
  Fixture *f = *state;
  const SourceFile *file = add_source(f, "j.leg", "one\ntwo \"x\"\n");
  Diagnostic *d = diagnostic_add(f->list, E_TYPES, find(file, "two", 0), "a \"title\" \x1b \xFF");
  diagnostic_label(f->list, d, "label");
  diagnostic_also(f->list, d, find(file, "one", 0), "also");
  diagnostic_note(f->list, d, "note");
  diagnostic_hint(f->list, d, "hint");
  diagnostic_add(f->list, W_UNREACHABLE, (Span){0, 0}, "no place");
  TextBuilder b = {0};
  render_json(&b, f->list, f->sources);
  json_t *root = json_loads(b.at, JSON_REJECT_DUPLICATES, NULL);
  text_builder_free(&b);
  assert_non_null(root);
  const char *code, *severity, *title, *path, *label, *note, *hint, *also;
  int line, column, end_line, end_column, errors, warnings;
  assert_int_equal(
      json_unpack(root,
                  "{s:i, s:i, s:[{s:s, s:s, s:s, s:s, s:i, s:i, s:i, s:i, s:s, s:[{s:s}], s:[s], "
                  "s:s}, {s:n, s:n}]}",
                  "errors", &errors, "warnings", &warnings, "diagnostics", "code", &code,
                  "severity", &severity, "title", &title, "file", &path, "line", &line, "column",
                  &column, "end_line", &end_line, "end_column", &end_column, "label", &label,
                  "more", "label", &also, "notes", &note, "hint", &hint, "file", "hint"),
      0);
  assert_string_equal(code, "E0203");
  assert_string_equal(severity, "error");
  assert_string_equal(title, "a \"title\" \x1b \uFFFD");
  assert_string_equal(path, "j.leg");
  assert_string_equal(also, "also");
  assert_string_equal(note, "note");
  assert_string_equal(hint, "hint");
  assert_string_equal(label, "label");
  assert_true(line == 2 && column == 1 && end_line == 2 && end_column == 4);
  assert_true(errors == 1 && warnings == 1);
  json_decref(root);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(a_label_stands_under_its_word),
      TEST(labels_of_one_line_share_their_row),
      TEST(texts_that_do_not_fit_go_below),
      TEST(nested_and_equal_labels_keep_their_texts),
      TEST(labels_of_several_lines_and_files),
      TEST(marks_follow_the_width_of_what_is_shown),
      TEST(messages_and_paths_are_made_harmless),
      TEST(places_at_ends_and_across_lines),
      TEST(messages_without_a_place),
      TEST(long_lines_are_cut_around_the_label),
      TEST(what_lies_outside_the_window_is_cut),
      TEST(a_line_of_many_megabytes_costs_little),
      TEST(wide_line_numbers_push_everything_along),
      TEST(colors_are_only_added),
      TEST(what_is_left_out_is_counted),
      TEST(sorting_is_by_place_and_stable),
      TEST(codes_are_told_once),
      TEST(json_holds_everything),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
