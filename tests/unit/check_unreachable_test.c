// What can never be reached: told where it is so in every world, and nowhere else.
// clang-format off
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on
#include "tests/unit/check_scripts.h"

static void steps_behind_what_leaves_the_block(void **state) {
  (void)state;
  static const Script scripts[] = {
      {"if f { end over wait 1 days }", W_UNREACHABLE},
      {"if f { fail wait 1 days note \"told once\" }", W_UNREACHABLE},
      {"if f { succeed note \"late\" }", W_UNREACHABLE},
      {"if f { { fail } note \"late\" }", W_UNREACHABLE},
      {"if f { if p > 1/2 { fail } else { end over } note \"late\" }", W_UNREACHABLE},
      {"if f { if vote house on act { fail } else if f { fail } else { end over } note \"late\" }",
       W_UNREACHABLE},
      {"if f { decide { a: 30% { fail } b: otherwise { end over } } note \"late\" }",
       W_UNREACHABLE},
      {"if f { ruling high on act { a: 30% { fail } b: otherwise { fail } } note \"late\" }",
       W_UNREACHABLE},
      {"if f { stage s { fail } note \"late\" }", W_UNREACHABLE},
      {"if f { stage s { fail } else end over note \"late\" }", W_UNREACHABLE},
      {"attempt up to 3 times { fail wait 1 days }", W_UNREACHABLE},
      {"within 5 days { wait 1 days end over wait 1 days }", W_UNREACHABLE},
      {"within 5 days { wait 9 days } expired { fail wait 1 days }", W_UNREACHABLE},
      {"vote house on act else { fail wait 1 days }", W_UNREACHABLE},
  };
  STEPS(scripts);
}

static void steps_that_some_world_may_reach(void **state) {
  (void)state;
  static const Script scripts[] = {
      {"if f { end over }", RIGHT},
      {"if f { fail } else if p > 1/2 { end over }", RIGHT},
      {"if f { wait 1 days } else { end over }", RIGHT},
      {"decide { a: 30% { fail } b: otherwise }", RIGHT},
      {"decide { a: 30% { fail } b: otherwise { wait 1 days } }", RIGHT},
      {"stage s { fail } else wait 1 days", RIGHT},
      {"stage s { if f { fail } }", RIGHT},
      {"attempt up to 3 times { fail } else wait 1 days", RIGHT},
      {"attempt up to 0 times { end over } else wait 1 days", RIGHT},
      {"repeat 0 times { end over }", RIGHT},
      {"within 5 days { wait 1..9 days end over } expired { note \"silence\" }", RIGHT},
      {"within 5 days { wait 9 days } expired { end over }", RIGHT},
      {"do closing else wait 1 days", RIGHT},
      {"require f else end over", RIGHT},
      {"vote house on act else fail", RIGHT},
  };
  STEPS(scripts);
}

static void outcomes(void **state) {
  (void)state;
  static const Script scripts[] = {
      {"outcome gone", W_UNREACHABLE},
      {"outcome gone ask chance of gone", W_UNREACHABLE},
      {"outcome gone procedure elsewhere { end gone }", RIGHT},
      {"outcome gone motion elsewhere { end gone }", RIGHT},
  };
  ITEMS(scripts);
}

static void a_script_with_mistakes_gets_no_warnings(void **state) {
  (void)state;
  static const Script scripts[] = {
      {"outcome gone procedure elsewhere { end gon }", E_UNKNOWN_NAME}};
  ITEMS(scripts);
}

static void a_file_without_a_case_may_leave_its_outcomes_to_others(void **state) {
  (void)state;
  Arena *arena = arena_new();
  Text text = TEXT("outcome gone bill act");
  ParseInput input = {.path = "test.leg", .text = &text};
  Diagnostics *diagnostics = diagnostics_new(arena);
  Tree *tree = parse_script(arena, &input, diagnostics);
  check_program(tree, (CheckOptions){false, 1}, diagnostics);
  assert_int_equal(diagnostics->items.n, 0);
  arena_free(arena);
}

static void the_examples_get_no_diagnostic(void **state) {
  (void)state;
  static const char *const paths[] = {LEGIS_SOURCE_DIR "/examples/russia-taliban.leg"};
  for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
    Arena *arena = arena_new();
    ParseInput input = {.path = paths[i]};
    Diagnostics *diagnostics = diagnostics_new(arena);
    Tree *tree = parse_script(arena, &input, diagnostics);
    check_program(tree, (CheckOptions){true, tree->n_files}, diagnostics);
    assert_int_equal(diagnostics->items.n, 0);
    arena_free(arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(steps_behind_what_leaves_the_block),
      cmocka_unit_test(steps_that_some_world_may_reach),
      cmocka_unit_test(outcomes),
      cmocka_unit_test(a_script_with_mistakes_gets_no_warnings),
      cmocka_unit_test(a_file_without_a_case_may_leave_its_outcomes_to_others),
      cmocka_unit_test(the_examples_get_no_diagnostic),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
