// What is right as it is written and wrong with changes in force: sums of chances, seats.
// clang-format off
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on
#include "tests/unit/check_scripts.h"

static void sums_in_scenarios(void **state) {
  (void)state;
  static const Script scripts[] = {
      {"procedure u() { decide { a: 70% b: p } } scenario s { assume p = 40% }", E_SUM},
      {"procedure u() { decide { a: 70% b: p } } scenario s { assume p = 30% }", RIGHT},
      {"procedure u() { decide { a: 1 - p b: p } } scenario s { assume p = 40% }", RIGHT},
      {"procedure u() { decide { a: 60% b: p c: otherwise } } scenario s { assume p = 40% }",
       RIGHT},
      {"procedure u() { decide { a: 70% b: p c: otherwise } } scenario s { assume p = 30.001% }",
       E_SUM},
      {"procedure u() { decide { a: 70% b: x } } assume x = p scenario s { assume p = 40% }",
       E_SUM},
      {"procedure u() { decide { a: 60% b: q c: 10% } } scenario s { assume q = 40% }", E_SUM},
      {"procedure u() { decide { a: 60% b: q c: 10% } } scenario s { assume q = 30% }", RIGHT},
      {"procedure u() { decide { a: 70% b: p } } scenario s { assume p ~ 20%..40% }", RIGHT},
      {"procedure u() { decide { a: 70% b: p } } scenario s { assume p = 40% assume u.a = 60% }",
       RIGHT},
      {"chamber c { bloc b { line { yes: 70% no: p } } } scenario s { assume p = 40% }", E_SUM},
      {"chamber c { bloc b { line 10% line on act { yes: 70% no: p } } } "
       "scenario s { assume p = 40% }",
       E_SUM},
  };
  ITEMS(scripts);
}

static void a_sum_that_is_wrong_before_is_told_once(void **state) {
  (void)state;
  static const Script scripts[] = {
      {"procedure u() { decide { a: 80% b: p } } scenario s { assume p = 40% } "
       "scenario t { assume u.a = 90% }",
       E_SUM},
      {"chamber c { seats 5 bloc a { seats 6 line 50% } } scenario s { assume c.a.seats = 7 }",
       E_SEATS},
  };
  ITEMS(scripts);
}

static void seats_in_scenarios(void **state) {
  (void)state;
  static const Script scripts[] = {
      {"scenario s { assume house.left.seats = 7 }", RIGHT},
      {"scenario s { assume house.left.seats = 8 }", E_SEATS},
      {"scenario s { assume house.seats = 8 }", E_SEATS},
      {"scenario s { assume house.seats = 12 assume house.left.seats = 9 }", RIGHT},
      {"scenario s { assume bare.all_of_it.seats = 500 }", RIGHT},
      {"assume n = 2 chamber c { seats 5 bloc a { seats n line 50% } bloc b { seats n line 50% } } "
       "scenario s { assume n = 3 }",
       E_SEATS},
  };
  ITEMS(scripts);
}

#define CASE "case \"T\" from 2025-01-01 until 2025-12-31 { do u do v } "
#define CHOICES "procedure u() { decide { a: 70% b: 30% } } procedure v() { wait 1 days } "

// The scenario that runs with the changes is not known when they are checked.
static void changes_beside_the_script_come_on_top_of_scenarios(void **state) {
  (void)state;
  static const struct {
    const char *script, *set;
    DiagnosticCode code;
  } tests[] = {
      {CASE CHOICES, "assume u.a = 60%", E_SUM},
      {CASE CHOICES "scenario s { assume u.b = 40% }", "assume u.a = 60%", RIGHT},
      {CASE CHOICES "scenario s { assume u.b = 50% }", "assume u.a = 60%", E_SUM},
      {CASE CHOICES "scenario s { assume u.b = 40% assume u.a = 60% }", "assume u.a = 70%", RIGHT},
      {CASE CHOICES "scenario s { assume u.b = 40% }", "assume u.b = 30%", RIGHT},
      {CASE CHOICES "chamber c { seats 5 bloc a { seats 4 line 50% } }", "assume c.a.seats = 6",
       E_SEATS},
      {CASE CHOICES "chamber c { seats 5 bloc a { seats 4 line 50% } } "
                    "scenario s { assume c.seats = 9 }",
       "assume c.a.seats = 6", RIGHT},
  };
  for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
    Checked r = check_script(tests[i].script, tests[i].set);
    bool is_right =
        tests[i].code == RIGHT
            ? r.diagnostics->items.n == 0
            : r.diagnostics->items.n == 1 && r.diagnostics->items.items[0]->code == tests[i].code;
    if (!is_right) show(&r, tests[i].script);
    assert_true(is_right);
    arena_free(r.arena);
  }
}

// Thousands of scenarios and choices over assumptions that use each other twice over.
static void many_scenarios_are_quickly_checked(void **state) {
  (void)state;
  TextBuilder b = {0};
  text_add(&b, "case \"T\" from 2025-01-01 until 2025-12-31 { do u }\nprocedure u() {\n");
  for (int i = 0; i < 3000; i++) text_add(&b, "decide { a: a0 b: otherwise }\n");
  text_add(&b, "}\n");
  for (int i = 0; i < 12; i++) text_addf(&b, "assume a%d = a%d + a%d\n", i, i + 1, i + 1);
  text_add(&b, "assume a12 = 0\n");
  for (int i = 0; i < 3000; i++) text_addf(&b, "scenario s%d { assume a12 = 0.00001 }\n", i);
  Checked r = check_script(b.at, NULL);
  assert_int_equal(r.diagnostics->items.n, 0);
  text_builder_free(&b);
  arena_free(r.arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sums_in_scenarios),
      cmocka_unit_test(a_sum_that_is_wrong_before_is_told_once),
      cmocka_unit_test(seats_in_scenarios),
      cmocka_unit_test(changes_beside_the_script_come_on_top_of_scenarios),
      cmocka_unit_test(many_scenarios_are_quickly_checked),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
