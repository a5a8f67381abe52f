// Mistakes: each told once, at its place, with what was expected; independent ones all told;
// nothing that a stranger's script holds ends in more than messages.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka needs the four above
#include <cmocka.h>
#include <string.h>

#include "lang/syntax/parse.h"

typedef struct Mistakes {
  const char *text;
  const char *told;  // "line:column title | label; …" for each message, one a line
} Mistakes;

static void add_message(TextBuilder *out, const Tree *tree, const Diagnostic *d) {
  Place place = source_place(tree->sources, d->primary.span.from);
  text_addf(out, "%u:%u %.*s", place.line, place.column, TEXT_ARG(d->title));
  if (d->primary.text.n) text_addf(out, " | %.*s", TEXT_ARG(d->primary.text));
  for (uint32_t i = 0; i < d->more.n; i++) {
    Place other = source_place(tree->sources, d->more.items[i].span.from);
    text_addf(out, " | %u:%u %.*s", other.line, other.column, TEXT_ARG(d->more.items[i].text));
  }
  text_add_char(out, '\n');
}

static void check(const Mistakes *mistakes) {
  Arena *arena = arena_new();
  Diagnostics *diagnostics = diagnostics_new(arena);
  Text text = text_of(mistakes->text);
  ParseInput input = {.path = "test.leg", .text = &text};
  const Tree *tree = parse_script(arena, &input, diagnostics);
  TextBuilder out = {0};
  for (uint32_t i = 0; i < diagnostics->items.n; i++)
    add_message(&out, tree, diagnostics->items.items[i]);
  assert_string_equal(out.at ? out.at : "", mistakes->told);
  text_builder_free(&out);
  arena_free(arena);
}

#define CHECK_ALL(table) \
  for (size_t i = 0; i < sizeof(table) / sizeof *(table); i++) check(&(table)[i])

#define CASE "case \"C\" from 2024-01-01 until 2024-12-31 {\n"

static void a_misspelt_word_is_taken_for_the_nearest_that_fits(void **state) {
  (void)state;
  static const Mistakes table[] = {
      {CASE "stage s { } elss fail }",
       "2:13 \"elss\" cannot stand here | did you mean \"else\"?\n"},
      {"procedur p(b: bill) { wait 3 dayz\n wait 3 days }\nbil b",
       "1:1 \"procedur\" cannot stand here | did you mean \"procedure\"?\n"
       "1:30 \"dayz\" cannot stand here | did you mean \"days\"?\n"
       "3:1 \"bil\" cannot stand here | did you mean \"bill\"?\n"},
      {"chamber c {\n seats 3\n lin 60%\n}",
       "3:2 \"lin\" cannot stand here | did you mean \"line\"?\n"},
      {"procedure p { vote c on b need 1 yes }",
       "1:27 \"need\" cannot stand here | did you mean \"needs\"?\n"},
  };
  CHECK_ALL(table);
}

static void a_word_of_the_language_is_no_name(void **state) {
  (void)state;
  static const Mistakes table[] = {
      {"outcome list\nask list",
       "1:9 \"list\" is a word of the language and no name | a name is expected here\n"
       "2:5 \"list\" cannot stand here | expected a value\n"},
      {"procedure court { stage end { } }\nbill `list`",
       "1:11 \"court\" is a word of the language and no name | a name is expected here\n"
       "1:25 \"end\" is a word of the language and no name | a name is expected here\n"},
      {"procedure p { decide on x { a: 1 } }",
       "1:22 \"on\" cannot stand here | expected \"{\", a name or a title\n"},
  };
  CHECK_ALL(table);
}

static void what_is_missing_is_told_where_it_is_missing(void **state) {
  (void)state;
  static const Mistakes table[] = {
      {"ask\nask b\noutcome\nbill x\n",
       "1:4 something is missing here | expected a value\n"
       "3:8 something is missing here | expected a name\n"},
      {"procedure p\n wait 3 days\n}\noutcome o",
       "1:12 \"{\" is missing here | the block begins with \"{\"\n"},
      {"procedure p { wait (3 days\n wait (2 days }\noutcome o",
       "1:27 \")\" is missing here | 1:20 opened here\n"
       "2:14 \")\" is missing here | 2:7 opened here\n"},
      {CASE "wait 3 days",
       "1:43 this block is not closed | 2:12 the text ends without a \"}\"\n"},
      {"ask chance of", "1:14 the text ends too early | expected \"(\", \"not\" or a name\n"},
      {"procedure p { wait 3 }\noutcome", "2:8 the text ends too early | expected a name\n"},
  };
  CHECK_ALL(table);
}

static void a_forgotten_brace_is_looked_for_by_its_line(void **state) {
  (void)state;
  static const Mistakes table[] = {
      {"procedure p {\n  stage a {\n    wait 3 days\n  stage b { }\n}\n\nprocedure q { }",
       "2:11 this block is not closed | 7:1 a \"}\" is missing before this\n"},
      {"procedure p {\n  stage a { }\n\noutcome o\nchamber c {\n  seats 3\n\nask a",
       "1:13 this block is not closed | 4:1 a \"}\" is missing before this\n"
       "5:11 this block is not closed | 8:1 a \"}\" is missing before this\n"},
      {"scenario s {\n  assume a = 1\n  ask b\n\nbill c\nask d",
       "1:12 this block is not closed | 5:1 a \"}\" is missing before this\n"},
      {"procedure p { }\n}\nwait 3 days\noutcome o\n}\n",
       "2:1 this \"}\" closes nothing\n5:1 this \"}\" closes nothing\n"},
  };
  CHECK_ALL(table);
}

static void one_brace_more_or_less_gives_one_message(void **state) {
  (void)state;
  static const Mistakes table[] = {
      // A block that the line below does not belong to.
      {"procedure p {\n  together {\n    track a { wait 1 days\n    track b { }\n  }\n  fail\n}\n",
       "3:13 this block is not closed | 4:5 a \"}\" is missing before this line\n"},
      {"procedure p {\n  decide { a: 1 b: otherwise { fail }\n  vote c on b\n}\noutcome o\n",
       "2:10 this block is not closed | 3:3 a \"}\" is missing before this line\n"},
      // Steps without the brace before them.
      {"procedure p {\n  stage s wait 1 days }\n  decide { a: 1 if c { } } }\n}\nbill b",
       "2:10 \"{\" is missing here | the block begins with \"{\"\n"
       "3:16 \"{\" is missing here | the block begins with \"{\"\n"},
      // What stands outside because a block ended too early.
      {"procedure p {\n  stage s { } }\n  stage t { }\n  enact b\n}\nbill b",
       "3:3 \"stage\" cannot stand here | expected a declaration\n"},
  };
  CHECK_ALL(table);
}

static void independent_mistakes_are_all_told_and_none_twice(void **state) {
  (void)state;
  static const Mistakes table[] = {
      {CASE "  wait wait\n  stage a {\n    vote duma b\n    wait 3 days\n    repeat 3 { wait }\n  "
            "}\n  end\n}\n"
            "ask ]\noutcome 3 x\nchamber c { seats line }\n",
       "2:8 \"wait\" cannot stand here | expected \"until\" or a value\n"
       "4:15 \"b\" cannot stand here | expected \"on\"\n"
       "6:14 \"{\" cannot stand here | expected \"times\" or a unit of time\n"
       "6:21 \"}\" cannot stand here | expected \"until\" or a value\n"
       "8:6 something is missing here | expected a name\n"
       "10:5 \"]\" means nothing here | brackets are round: ( )\n"
       "11:9 \"3\" cannot stand here | expected a name\n"},
      {"procedure p {\n decide { a: 97%, b: 3% }\n decide { a 1 b: 2 }\n attempt up 3 times { wait "
       "}\n}",
       "2:17 \",\" cannot stand here | leave it out\n"
       "3:13 \"1\" cannot stand here | expected \":\"\n"
       "4:13 \"3\" cannot stand here | expected \"to\"\n"
       "4:28 \"}\" cannot stand here | expected \"until\" or a value\n"},
      {"procedure p(a b) {\n wait }\nprocedure q(a: bill, ) { wait 1 days }\n",
       "1:15 \"b\" cannot stand here | expected \":\"\n"
       "2:7 \"}\" cannot stand here | expected \"until\" or a value\n"
       "3:22 \")\" cannot stand here | expected a name\n"},
      {"procedure p {\n within wait { wait 1 days } expired { } else fail\n stage 3 { wait } else "
       "{ fail }\n}\n",
       "2:9 \"wait\" cannot stand here | expected a value\n"
       "3:8 \"3\" cannot stand here | expected a name\n"
       "3:17 \"}\" cannot stand here | expected \"until\" or a value\n"},
      {"motion m {\n bi a\n before b\n requires c\n wait 3 days\n}\nmotion n { by a b wait 1 days "
       "}",
       "2:2 \"bi\" cannot stand here | expected \"by\", \"before\", \"requires\" or a step\n"
       "7:17 \"b\" cannot stand here | expected \",\", \"before\", \"requires\" or a step\n"},
      {"procedure p { together {\n trak a { }\n track b { wait }\n} }\nscenario s {\n assume a 4\n "
       "ask a\n}",
       "2:2 \"trak\" cannot stand here | did you mean \"track\"?\n"
       "3:17 \"}\" cannot stand here | expected \"until\" or a value\n"
       "6:11 \"4\" cannot stand here | expected \"=\", \"~\", \"needs\" or \"is\"\n"},
      {"stage s { wait 3 days }\noutcome o",
       "1:1 \"stage\" cannot stand here | expected a declaration\n"},
      {"chamber c { seats 3 bloc { seats 4 } free 3 }\nchamber d { line { yes 3% } }",
       "1:26 \"{\" cannot stand here | expected a name\n"
       "2:24 \"3%\" cannot stand here | expected \":\"\n"},
  };
  CHECK_ALL(table);
}

static void a_share_needs_a_whole(void **state) {
  (void)state;
  static const Mistakes table[] = {
      {"procedure p { vote c on b needs 2/3\n vote c on b needs majority or 3 yes }",
       "1:33 two thirds of what? | of all seats, of those present or of the votes?\n"
       "2:20 a majority of what? | of all seats, of those present or of the votes?\n"},
      {"threshold t = more than 60%",
       "1:15 more than 60% of what? | of all seats, of those present or of the votes?\n"},
      {"threshold t = 1/0 of seats", "1:15 this is no share of anything\n"},
  };
  CHECK_ALL(table);
}

// --- What a stranger sends ---

static uint32_t count_errors(Text text, DiagnosticCode *first) {
  Arena *arena = arena_new();
  Diagnostics *diagnostics = diagnostics_new(arena);
  ParseInput input = {.path = "test.leg", .text = &text};
  parse_script(arena, &input, diagnostics);
  uint32_t n = diagnostics->n_errors;
  *first = n ? diagnostics->items.items[0]->code : DIAGNOSTIC_CODES;
  arena_free(arena);
  return n;
}

static uint32_t count_repeated(const char *before, const char *again, uint32_t n,
                               const char *behind, DiagnosticCode *first) {
  TextBuilder b = {0};
  text_add(&b, before);
  for (uint32_t i = 0; i < n; i++) text_add(&b, again);
  text_add(&b, behind);
  uint32_t n_errors = count_errors((Text){b.at, (uint32_t)b.n}, first);
  text_builder_free(&b);
  return n_errors;
}

static void what_is_too_deep_is_told_once(void **state) {
  (void)state;
  static const struct {
    const char *before, *again, *behind;
  } deep[] = {
      {"ask ", "(", ""},
      {"ask ", "(", ")"},
      {CASE, "{", ""},
      {"ask 1", "+1", "\n"},
      {"ask a", " and b", ""},
      {"ask ", "not ", "a"},
      {"ask ", "-", "1"},
      {"ask ", "if a then b else ", "c"},
      {CASE "if a { }", " else if a { }", "}"},
      {CASE, "stage s { } else ", "fail }"},
      {"threshold t = a", " or a", ""},
      {"chamber c ", "{ bloc b", ""},
      {"ask ", "chance ", "1"},
      {"ask ", "f(", "1"},
  };
  for (size_t i = 0; i < sizeof deep / sizeof *deep; i++) {
    DiagnosticCode code;
    uint32_t n = count_repeated(deep[i].before, deep[i].again, 100000, deep[i].behind, &code);
    assert_int_equal(n, 1);
    assert_int_equal(code, E_TOO_DEEP);
    assert_int_equal(count_repeated(deep[i].before, deep[i].again, 2, "", &code) > 1, 0);
  }
}

static void depth_has_its_limit_at_a_thousand(void **state) {
  (void)state;
  DiagnosticCode code;
  assert_int_equal(count_repeated("ask 1", "+1", 990, "\n", &code), 0);
  assert_int_equal(count_repeated("ask 1", "+1", 1000, "\n", &code), 1);
}

static void long_is_not_deep(void **state) {
  (void)state;
  DiagnosticCode code;
  assert_int_equal(count_repeated(CASE, "wait 1 days ", 20000, "}", &code), 0);
  assert_int_equal(count_repeated("note", "x", 5000000, "", &code), 1);
  assert_int_equal(count_repeated("", "\n", 1000000, "", &code), 0);
  assert_int_equal(count_repeated("", "# c\n", 100000, "", &code), 0);
  assert_int_equal(count_repeated("", "] } ) 3 ", 20000, "", &code), 20000);
  assert_int_equal(count_errors(TEXT(""), &code), 0);
}

static void a_script_of_too_many_parts_is_refused(void **state) {
  (void)state;
  DiagnosticCode code;
  assert_int_equal(count_repeated("", "ask 1\n", 2100000, "", &code), 1);
  assert_int_equal(code, E_TOO_LARGE);
}

// Any prefix of a script, and a script without any one of its bytes, gives messages or none, and
// ends.
static void scripts_cut_anywhere_end(void **state) {
  (void)state;
  static const char script[] = CASE
      " within 5 days { wait 1..10 days } expired { note \"n\" } else end late\n"
      " decide president on b { sign: 97% veto: otherwise { do p(b) as x else fail \"f\" } }\n}\n"
      "chamber c \"C\" { seats 3 bloc d { line { yes: 1% no: otherwise } } quorum 2/3 of seats }\n"
      "motion m(o: bill) { by a before b requires o is enacted \"r\" race { track t { } } }\n"
      "ask median date of late given not (a by 2024-02-02)\n";
  DiagnosticCode code;
  for (uint32_t n = 0; n < sizeof script; n++) count_errors((Text){script, n}, &code);
  char without[sizeof script];
  for (uint32_t skip = 0; skip + 1 < sizeof script; skip++) {
    memcpy(without, script, skip);
    memcpy(without + skip, script + skip + 1, sizeof script - skip - 1);
    assert_true(count_errors((Text){without, sizeof script - 2}, &code) <= 3);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_misspelt_word_is_taken_for_the_nearest_that_fits),
      cmocka_unit_test(a_word_of_the_language_is_no_name),
      cmocka_unit_test(what_is_missing_is_told_where_it_is_missing),
      cmocka_unit_test(a_forgotten_brace_is_looked_for_by_its_line),
      cmocka_unit_test(one_brace_more_or_less_gives_one_message),
      cmocka_unit_test(independent_mistakes_are_all_told_and_none_twice),
      cmocka_unit_test(a_share_needs_a_whole),
      cmocka_unit_test(what_is_too_deep_is_told_once),
      cmocka_unit_test(depth_has_its_limit_at_a_thousand),
      cmocka_unit_test(long_is_not_deep),
      cmocka_unit_test(a_script_of_too_many_parts_is_refused),
      cmocka_unit_test(scripts_cut_anywhere_end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
