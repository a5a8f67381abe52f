// Chances, thresholds, seats, properties and dates that are known before the run, and what their
// messages say.
// clang-format off
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on
#include "tests/unit/check_scripts.h"

static void chances_in_steps(void **state) {
  (void)state;
  static const Script scripts[] = {
      {"decide { a: 97% b: 6% }", E_SUM},
      {"decide { a: 30% b: 60% }", E_SUM},
      {"decide { a: 0.1 b: 0.2 c: 0.69999999999999 }", E_SUM},
      {"decide { a: 1/3 b: 1/3 c: 33% }", E_SUM},
      {"decide { a: p b: 80% }", E_SUM},
      {"decide { a: 70% b: 60% c: otherwise }", E_SUM},
      {"ruling high on act { grant: 30% deny: 60% }", E_SUM},
      {"decide { a: otherwise b: otherwise }", E_OTHERWISE},
      {"decide { a: 30% a: 70% }", E_TWICE},
      {"decide { a: 97 b: otherwise }", E_CHANCE_RANGE},
      {"decide { a: -5% b: otherwise }", E_CHANCE_RANGE},
      {"decide { a: 120% b: otherwise }", E_CHANCE_RANGE},
      {"if chance 130% { wait 1 days }", E_CHANCE_RANGE},
      {"amend act by 20", E_CHANCE_RANGE},
  };
  STEPS(scripts);
}

static void chances_in_items(void **state) {
  (void)state;
  static const Script scripts[] = {
      {"fact g 97", E_CHANCE_RANGE},
      {"fact g -1%", E_CHANCE_RANGE},
      {"assume x ~ beta(0, 1)", E_CHANCE_RANGE},
      {"assume x ~ rate(4, 3)", E_CHANCE_RANGE},
      {"assume x ~ 40%..20%", E_CHANCE_RANGE},
      {"assume x ~ 20%..50%..40%", E_CHANCE_RANGE},
      {"assume x ~ 20%..140%", E_CHANCE_RANGE},
      {"assume x ~ 20%..q", E_CHANCE_RANGE},
      {"fact g if f then 30 else 40%", E_CHANCE_RANGE},
      {"fact g if f then 30% else if not f then 40 else 0%", E_CHANCE_RANGE},
      {"fact g if f then 30% else 40%", RIGHT},
      {"fact g if false then 30 else 40%", RIGHT},
      {"fact g if f then 130% else 40%", RIGHT},
      {"chamber c { bloc b { seats 3 line 60 } }", E_CHANCE_RANGE},
      {"chamber c { bloc b { seats 3 free 1.5 } }", E_CHANCE_RANGE},
      {"chamber c { bloc b { seats 3 line on act 60 line 50% } }", E_CHANCE_RANGE},
      {"chamber c { bloc b { seats 3 line 60% loyalty 98 } }", E_CHANCE_RANGE},
      {"chamber c { bloc b { seats 3 line 60% turnout 101% } }", E_CHANCE_RANGE},
      {"chamber c { bloc b { seats 3 line 60% abstain -1% } }", E_CHANCE_RANGE},
      {"chamber c { bloc b { seats 3 line { yes: 60% no: 10% } } }", E_SUM},
      {"chamber c { bloc b { seats 3 line { yes: 60% no: 50% absent: otherwise } } }", E_SUM},
      {"chamber c { bloc b { seats 3 line { yes: otherwise no: otherwise } } }", E_OTHERWISE},
      {"chamber c { bloc b { seats 3 line { yes: 50% yes: 50% } } }", E_TWICE},
      {"chamber c { bloc b { seats 3 line { yes: 60% maybe: otherwise } } }", E_UNKNOWN_NAME},
      {"scenario s { assume f = 40 }", E_CHANCE_RANGE},
      {"scenario s { assume house.left.line = 140% }", E_CHANCE_RANGE},
      {"scenario s { assume p ~ beta(-1, 1) }", E_CHANCE_RANGE},
      {"procedure u() { decide { a: 30% b: 70% } } scenario s { assume u.a = 40% }", E_SUM},
      {"procedure u() { decide { a: 30% b: 70% } } scenario s { assume u.a = 40% assume u.b = 60% "
       "}",
       RIGHT},
      {"procedure u() { decide { a: 30% b: 50% c: otherwise } } scenario s { assume u.a = 60% }",
       E_SUM},
      {"procedure u() { decide { a: 30% b: p c: otherwise } } scenario s { assume u.a = 80% assume "
       "p = 10% }",
       RIGHT},
  };
  ITEMS(scripts);
}

// 2 to the 40th additions, were each name followed anew each time.
static void assumptions_that_use_each_other_are_quickly_checked(void **state) {
  (void)state;
  TextBuilder b = {0};
  text_add(&b, "case \"T\" from 2025-01-01 until 2025-12-31 { decide { a: a0 b: otherwise } }\n");
  for (int i = 0; i < 40; i++) text_addf(&b, "assume a%d = a%d + a%d\n", i, i + 1, i + 1);
  text_add(&b, "assume a40 = 0\n");
  Checked r = check_script(b.at, NULL);
  assert_int_equal(r.diagnostics->items.n, 0);
  text_builder_free(&b);
  arena_free(r.arena);
}

static void thresholds(void **state) {
  (void)state;
  static const Script scripts[] = {
      {"vote house on act needs 10 yes", E_THRESHOLD},
      {"vote house on act needs at least 10 yes", E_THRESHOLD},
      {"vote house on act needs all of seats", E_THRESHOLD},
      {"vote house on act needs more than 90% of seats", E_THRESHOLD},
      {"vote house on act needs 91% of seats", E_THRESHOLD},
      {"vote house on act needs 90% of seats", RIGHT},
      {"vote house on act needs 4/3 of votes", E_THRESHOLD},
      {"vote house on act needs 140% of votes", E_THRESHOLD},
      {"vote house on act needs 2.5 yes", E_THRESHOLD},
      {"vote house on act needs 3 present", E_THRESHOLD},
      {"vote house on act needs 2/3 of seets", E_THRESHOLD},
      {"vote house on act needs 2/3 of people", E_THRESHOLD},
      {"vote house on act quorum majority of present", E_THRESHOLD},
      {"vote house on act quorum 2/3 of votes", E_THRESHOLD},
      {"vote house on act quorum 3 yes", E_THRESHOLD},
      {"vote house on act quorum 10 present", E_THRESHOLD},
      {"vote bare on act", E_THRESHOLD},
      {"vote high on act needs 1 yes", E_PROPERTY},
  };
  STEPS(scripts);
}

static void properties(void **state) {
  (void)state;
  static const Script scripts[] = {
      {"chamber c { seats 5 bloc a { seats 3 line 50% } bloc b { seats 3 line 50% } }", E_SEATS},
      {"chamber c { seats 0 bloc a { line 50% } }", E_SEATS},
      {"chamber c { seats 2.5 bloc a { line 50% } }", E_SEATS},
      {"chamber c { bloc a { seats -3 line 50% } }", E_SEATS},
      {"chamber c { bloc a { seats 1000000000000000000000000 line 50% } }", E_SEATS},
      {"chamber c { passes by all of seats seats 5 bloc a { seats 3 line 50% } }", E_THRESHOLD},
      {"chamber c { quorum majority of votes bloc a { seats 3 line 50% } }", E_THRESHOLD},
      {"chamber c { bloc a { seats 3 } }", E_PROPERTY},
      {"chamber c { bloc a { seats 3 line 50% free 40% } }", E_PROPERTY},
      {"chamber c { bloc a { seats 3 line 50% line 40% } }", E_TWICE},
      {"chamber c { bloc a { seats 3 seats 4 line 50% } }", E_TWICE},
      {"chamber c { bloc a { seats 3 line 50% turnout 90% turnout 80% } }", E_TWICE},
      {"chamber c { bloc a { seats 3 line on act 50% free on act 40% line 50% } }", E_TWICE},
      {"chamber c { seats 3 seats 3 bloc a { line 50% } }", E_TWICE},
      {"chamber c { lists ngo since 2020-01-01 bloc a { line 50% } }", E_PROPERTY},
      {"chamber c { line 40% bloc a { line 50% } }", E_PROPERTY},
      {"chamber c { bloc a { line 50% quorum 3 present } }", E_PROPERTY},
      {"register r { seats 4 }", E_PROPERTY},
      {"office o { seats 4 }", E_PROPERTY},
      {"outcome o { seats 4 }", E_PROPERTY},
      {"bill o { line 40% }", E_PROPERTY},
      {"scenario s { assume house.left.seats = 2.5 }", E_SEATS},
      {"chamber c { bloc a { line on act 40% } } procedure u() { vote c on law needs 1 yes }",
       E_PROPERTY},
      {"chamber c { bloc a { line on act 40% } } procedure u() { vote c on act needs 1 yes }",
       RIGHT},
  };
  ITEMS(scripts);
}

static void times(void **state) {
  (void)state;
  static const Script scripts[] = {
      {"wait until 2025-02-30", E_DATE},
      {"wait until 2025-13-01", E_DATE},
      {"wait until 2023-02-29", E_DATE},
      {"wait until 2024-02-29", RIGHT},
      {"if today < 2025-04-31 { wait 1 days }", E_DATE},
      {"enact act in force on 2025-06-31", E_DATE},
  };
  STEPS(scripts);
}

typedef struct Whole {
  const char *text;
  DiagnosticCode code;
  uint32_t line;
  const char *title, *label, *hint;  // each held by the message, or NULL
} Whole;

static bool holds(Text text, const char *part) {
  if (!part) return true;
  size_t n = strlen(part);
  for (size_t i = 0; i + n <= text.n; i++) {
    if (!memcmp(text.at + i, part, n)) return true;
  }
  return false;
}

static void whole_scripts(void **state) {
  (void)state;
  static const Whole scripts[] = {
      {"case \"T\" from 2025-02-01 until 2025-01-01 { }", E_CASE_DATES, 1, "ends before", NULL,
       NULL},
      {"case \"T\" from 2025-02-01 until 2225-03-01 { }", E_CASE_DATES, 1, "two hundred years",
       NULL, NULL},
      {"case \"T\" from 5 until 2025-03-01 { }", E_CASE_DATES, 1, "first day", NULL, NULL},
      {"case \"T\" from 2025-01-01 until today { }", E_CASE_DATES, 1, "last day", NULL, NULL},
      {"case \"T\" from 2025-02-30 until 2025-03-01 { }", E_DATE, 1, "no 2025-02-30",
       "February 2025 has 28 days", NULL},
      {"case \"T\" from 2024-02-30 until 2025-03-01 { }", E_DATE, 1, NULL,
       "February 2024 has 29 days", NULL},
      {"case \"T\" from 2025-01-01 until 2025-00-01 { }", E_DATE, 1, NULL, "12 months", NULL},
      {"assume start = 2025-01-01\ncase \"T\" from start until start + 3 months { }", RIGHT, 0,
       NULL, NULL, NULL},
      {"case \"T\" from 2025-01-01 until 2025-12-31 { wait 5 }", E_TYPES, 1, "5 what?", NULL,
       "5 days"},
      {"case \"T\" from 2025-01-01 until 2025-12-31 {\ndecide { a: 97%\nb: 6% } }", E_SUM, 3,
       "103%", "97% + 6% = 103%", "\"otherwise\""},
      {"case \"T\" from 2025-01-01 until 2025-12-31 { }\nfact g 97", E_CHANCE_RANGE, 2, NULL, NULL,
       "97%"},
      {"case \"T\" from 2025-01-01 until 2025-12-31 { }\noutcome a outcome b\nask chance of a "
       "given b and a by 2025-03-01",
       E_EVENT, 3, NULL, NULL, "chance of a given (b and a by 2025-03-01)"},
      {"case \"T\" from 2025-01-01 until 2025-12-31 { }\noutcome a outcome b\nexpect chance of a "
       "and b >= 50%",
       E_EVENT, 3, NULL, NULL, "chance of (a and b) >= 50%"},
      {"case \"T\" from 2025-01-01 until 2025-12-31 { }\noutcome a\nexpect a", E_EVENT, 3, NULL,
       NULL, "expect always a,"},
      {"case \"T\" from 2025-01-01 until 2025-12-31 {\nvote c on b needs 2/3 of seats }\nbill "
       "b\nchamber c { seats 10 bloc a { "
       "seats 6 line 50% } }",
       E_THRESHOLD, 2, "it takes 7, and the blocs hold 6 seats", NULL, NULL},
      {"case \"T\" from 2025-01-01 until 2025-12-31 {\nvote c on b needs 2/3 of sets }\nbill "
       "b\nchamber c { bloc a { line 50% } }",
       E_THRESHOLD, 2, NULL, "did you mean \"seats\"?", NULL},
      {"case \"T\" from 2025-01-01 until 2025-12-31 { do hold(c, b) do hold(d, b) do hold(d, b) }\n"
       "procedure hold(x: chamber, y: bill) {\nvote x on y }\nbill b\n"
       "chamber c { passes by 1 yes bloc a { line 50% } } chamber d { bloc a { line 50% } }",
       E_THRESHOLD, 3, "what does this vote need?", NULL, "passes by"},
      {"case \"T\" from 2025-01-01 until 2025-12-31 { do hold(c, b) }\n"
       "procedure hold(x: chamber, y: bill) {\nvote x on y needs 3 yes }\nbill b\n"
       "chamber c { bloc a { seats 2 line 50% } }",
       E_THRESHOLD, 3, "it takes 3, and the blocs hold 2 seats", NULL, NULL},
      {"case \"T\" from 2025-01-01 until 2025-12-31 { do hold(b) do hold(other) }\n"
       "procedure hold(y: bill) {\nvote c on y needs 1 yes }\nbill b bill other\n"
       "chamber c { bloc a { line on b 50% } }",
       E_PROPERTY, 3, "no line on \"other\"", NULL, "line 60%"},
      {"case \"T\" from 2025-01-01 until 2025-12-31 { do hold(b) }\n"
       "procedure hold(y: bill) {\nvote c on y needs 1 yes }\nbill b\n"
       "chamber c { bloc a { line on b 50% } }",
       RIGHT, 0, NULL, NULL, NULL},
  };
  int n_wrong = 0;
  for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
    const Whole *s = &scripts[i];
    Checked r = check_script(s->text, NULL);
    bool is_right = is_as_expected(&r, s->code, s->line);
    if (is_right && s->code != RIGHT) {
      const Diagnostic *d = r.diagnostics->items.items[0];
      is_right =
          holds(d->title, s->title) && holds(d->primary.text, s->label) && holds(d->hint, s->hint);
    }
    if (!is_right) {
      n_wrong++;
      show(&r, s->text);
    }
    arena_free(r.arena);
  }
  assert_int_equal(n_wrong, 0);
}

static void changes_on_the_command_line_are_checked(void **state) {
  (void)state;
  static const char *const script =
      "case \"T\" from 2025-01-01 until 2025-12-31 { decide { a: p b: otherwise } }\nassume p = "
      "30%";
  static const struct {
    const char *set;
    DiagnosticCode code;
  } sets[] = {{"assume p = 40%", RIGHT},
              {"assume p ~ beta(2, 2)", RIGHT},
              {"assume p = 3 days", E_CHANGE},
              {"assume p ~ beta(-2, 2)", E_CHANCE_RANGE},
              {"assume p ~ 30%", E_CHANGE}};
  for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
    Checked r = check_script(script, sets[i].set);
    if (!is_as_expected(&r, sets[i].code, 1)) {
      show(&r, sets[i].set);
      fail();
    }
    arena_free(r.arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(chances_in_steps),
      cmocka_unit_test(chances_in_items),
      cmocka_unit_test(assumptions_that_use_each_other_are_quickly_checked),
      cmocka_unit_test(thresholds),
      cmocka_unit_test(properties),
      cmocka_unit_test(times),
      cmocka_unit_test(whole_scripts),
      cmocka_unit_test(changes_on_the_command_line_are_checked),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
