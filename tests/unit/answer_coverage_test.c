// An interval that is called one of 95% holds the exact number in 95 of 100 runs. Three scripts are
// sampled with 400 seeds each; of every number between 1% and 99% the share of intervals that hold
// the exact value lies between 91% and 99%, which is within four standard errors of that share. The
// trials are few and make the test quick: an interval must be right for these as well.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
// cmocka needs the three first
#include <cmocka.h>

#include "tests/unit/answer_scripts.h"

enum { SEEDS = 400, TRIALS = 20000, MOST_NUMBERS = 32 };
#define LEAST_NUMBER 0.01
#define LEAST_HELD 0.91
#define MOST_HELD 0.99

typedef struct Numbers {
  uint32_t n;
  double value[MOST_NUMBERS], error[MOST_NUMBERS];
} Numbers;

static void add_number(Numbers *numbers, double value, double error) {
  assert_true(numbers->n < MOST_NUMBERS);
  numbers->value[numbers->n] = value;
  numbers->error[numbers->n++] = error;
}

// Chances of outcomes, numbers asked for, and by how much the two sides of a claim differ.
static Numbers numbers_of(const Answer *a) {
  Numbers numbers = {0};
  for (uint32_t i = 0; i < a->n_outcomes; i++)
    add_number(&numbers, a->outcomes[i].chance, a->outcomes[i].error);
  for (uint32_t i = 0; i < a->n_asks; i++) {
    assert_int_equal(a->asks[i].value.type, VALUE_NUMBER);
    add_number(&numbers, a->asks[i].value.number, a->asks[i].error);
  }
  for (uint32_t i = 0; i < a->n_expects; i++)
    add_number(&numbers, a->expects[i].left.number - a->expects[i].right.number,
               a->expects[i].error);
  return numbers;
}

static Numbers sampled_numbers(const char *script, uint64_t seed) {
  Loaded l = load(script);
  RunOptions options = run_options_default();
  options.method = METHOD_SAMPLE;
  options.trials = TRIALS;
  options.seed = seed;
  Numbers numbers = numbers_of(answer(&l, options));
  arena_free(l.arena);
  return numbers;
}

static bool is_between(double number) {
  return fabs(number) >= LEAST_NUMBER && fabs(number) <= 1 - LEAST_NUMBER;
}

static void check_coverage(const char *script, uint32_t n_wanted) {
  Loaded l = load(script);
  Numbers exact = numbers_of(answer_exact(&l));
  uint32_t held[MOST_NUMBERS] = {0}, n = 0;
  double least = 1, most = 0;
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    Numbers sampled = sampled_numbers(script, seed);
    assert_int_equal(sampled.n, exact.n);
    for (uint32_t i = 0; i < exact.n; i++)
      held[i] += fabs(sampled.value[i] - exact.value[i]) <= sampled.error[i];
  }
  for (uint32_t i = 0; i < exact.n; i++) {
    if (!is_between(exact.value[i])) continue;
    double share = (double)held[i] / SEEDS;
    if (share < LEAST_HELD || share > MOST_HELD)
      fail_msg("%.4f is held by %.1f%% of its intervals", exact.value[i], 100 * share);
    least = fmin(least, share);
    most = fmax(most, share);
    n++;
  }
  assert_int_equal(n, n_wanted);
  print_message("%u numbers are held by %.1f%% to %.1f%% of their intervals\n", n, 100 * least,
                100 * most);
  arena_free(l.arena);
}

static void test_beliefs_and_what_is_given(void **state) {
  (void)state;
  check_coverage(
      CASE
      "{ stage k { decide { a: p b: otherwise { fail } } } else {} stage m { decide { a: q * (1 - "
      "p) b: p c: otherwise { fail } } } else end lost } outcome lost fact f p fact g 40% assume p "
      "~ beta(4, 2) assume q ~ 5%..25% ask chance of f given k is a ask chance of k is a given m "
      "is passed ask chance of lost given not f ask chance of (f and k is a) ask chance of m is a "
      "ask chance of g given m is a ask chance of f given k is a - chance of f given k is b expect "
      "chance of f given m is b >= chance of k is a",
      10);
}

static void test_votes(void **state) {
  (void)state;
  check_coverage(
      CASE
      "{ stage v { vote c on b } else {} amend b by 40% stage w { vote c on b needs 3/5 of "
      "present } else end lost } bill b outcome lost chamber c { seats 40 passes by majority of "
      "votes quorum majority of seats bloc l { seats 15 line { yes: 50% no: 20% abstain: 10% "
      "absent: otherwise } loyalty 90% turnout 95% } bloc m { seats 9 line 55% } bloc n { seats 12 "
      "free 55% turnout 70% abstain 10% } } ask chance of v is passed ask chance of v is inquorate "
      "ask chance of w is passed given v is passed ask chance of c.l.b is yes given w is passed "
      "ask chance of c.m.b is yes given v is failed ask chance of (v is passed or w is passed) "
      "expect chance of v is passed > chance of w is passed",
      9);
}

static void test_dates(void **state) {
  (void)state;
  check_coverage(
      CASE
      "{ stage a { within 20 days { wait 1..10..40 days } } else { wait 3 days } stage t { attempt "
      "up to 3 times pausing 10..20 days { wait 2..5..20 days require chance 35% } } else end lost "
      "wait until 2025-03-01 if today > 2025-03-01 { wait 0..30 days } } outcome lost ask chance "
      "of "
      "a is passed ask chance of t is passed by 2025-02-01 ask chance of t is passed by 2025-02-01 "
      "given a is passed ask chance of completion by 2025-03-01 ask chance of lost by 2025-03-01 "
      "ask "
      "chance of a is passed given t is passed by 2025-01-31 expect chance of completion by "
      "2025-03-15 <= chance of t is passed",
      9);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_beliefs_and_what_is_given),
      cmocka_unit_test(test_votes),
      cmocka_unit_test(test_dates),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
