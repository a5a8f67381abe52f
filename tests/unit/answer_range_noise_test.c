// Sampled ranges say nothing rather than something wrong: a spread between the draws that the trials' own noise could make is
// no range. The draws are the same 256 for every seed; the trials are not, so that each seed is another attempt to be fooled.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
// cmocka needs the three above
#include <cmocka.h>

#include "tests/unit/answer_scripts.h"

enum { SEEDS = 20 };

static Answer *run(const Loaded *l, uint64_t trials, uint64_t seed) {
  RunOptions options = run_options_default();
  options.method = METHOD_SAMPLE;
  options.trials = trials;
  options.seed = seed;
  options.has_ranges = true;
  return answer(l, options);
}

static void assert_none(const char *script, uint64_t trials) {
  Loaded l = load(script);
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    const Answer *a = run(&l, trials, seed);
    for (uint32_t i = 0; i < a->n_outcomes; i++) assert_false(a->outcomes[i].range.is_some);
    for (uint32_t i = 0; i < a->n_asks; i++) assert_false(a->asks[i].range.is_some);
    assert_true(a->no_range.n > 0);
  }
  arena_free(l.arena);
}

// 391 trials a draw: their noise alone is 2.3 points, the beliefs' spread 0.6 and none at all.
static void test_less_than_the_noise_is_no_range(void **state) {
  (void)state;
  assert_none(CASE "{ decide { yes: p  no: otherwise { fail } } } assume p ~ 29%..31%", 100000);
  assert_none(CASE
              "{ if p > 50% {} decide { yes: 30%  no: otherwise { fail } } } "
              "assume p ~ beta(2, 2)",
              100000);
}

// Fewer than two trials a draw tell nothing of what the draws differ in.
static void test_one_trial_a_draw_is_no_range(void **state) {
  (void)state;
  const char *script = CASE "{ decide { yes: p  no: otherwise { fail } } } assume p ~ beta(2, 5)";
  assert_none(script, 100);
  assert_none(script, 256);
  assert_none(script, 300);
}

// What is given happens in less than one trial of a draw.
static void test_a_rare_condition_is_no_range(void **state) {
  (void)state;
  Loaded l = load(CASE
                  "{ stage a { decide { yes: 2%  no: otherwise { fail } } } else {} "
                  "stage b { decide { yes: p  no: otherwise { fail } } } else {} } "
                  "assume p ~ beta(2, 2) ask chance of b is passed given a is passed");
  for (uint64_t seed = 1; seed <= SEEDS; seed++)
    assert_false(run(&l, 10000, seed)->asks[0].range.is_some);
  arena_free(l.arena);
}

// The chance that beta(2, 5) is at most x: that of two or more heads in six throws of x.
static double below(double x) {
  return 1 - pow(1 - x, 6) - 6 * x * pow(1 - x, 5);
}

static void test_more_than_the_noise_is_the_beliefs_range(void **state) {
  (void)state;
  Loaded l = load(CASE
                  "{ decide { yes: p  no: otherwise { fail } } } assume p ~ beta(2, 5) "
                  "ask chance of completion");
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    const Answer *a = run(&l, 100000, seed);
    assert_true(a->asks[0].range.is_some);
    assert_true(fabs(below(a->asks[0].range.low) - 0.05) < 0.02);
    assert_true(fabs(below(a->asks[0].range.high) - 0.95) < 0.02);
    assert_int_equal(a->no_range.n, 0);
  }
  arena_free(l.arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_less_than_the_noise_is_no_range),
      cmocka_unit_test(test_one_trial_a_draw_is_no_range),
      cmocka_unit_test(test_a_rare_condition_is_no_range),
      cmocka_unit_test(test_more_than_the_noise_is_the_beliefs_range),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
