// Gauss rules against the moments of their densities, and quantiles against their distribution
// functions.
#include "runtime/chance/share.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#include "runtime/chance/draw.h"
#include "runtime/chance/init.h"
#include "runtime/chance/share_table.h"

static void assert_near(double got, double want, double tolerance) {
  if (!(fabs(got - want) <= tolerance)) {
    print_error("got %.17g, want %.17g\n", got, want);
    fail();
  }
}

typedef struct Rule {
  uint32_t n;
  double node[1024], weight[1024];
} Rule;

static void make_rule(ShareSpread spread, uint32_t n, Rule *rule) {
  assert_true(share_rule(&spread, n, rule->node, rule->weight, &rule->n));
  double sum = 0;
  for (uint32_t i = 0; i < rule->n; i++) {
    assert_true(rule->node[i] >= 0 && rule->node[i] <= 1 && rule->weight[i] >= 0);
    assert_true(i == 0 || rule->node[i] >= rule->node[i - 1]);
    sum += rule->weight[i];
  }
  assert_near(sum, 1, 1e-14);
}

static double rule_moment(const Rule *rule, uint32_t k) {
  double sum = 0;
  for (uint32_t i = 0; i < rule->n; i++) sum += rule->weight[i] * pow(rule->node[i], k);
  return sum;
}

static void test_beta_moments(void **state) {
  (void)state;
  const double ab[][2] = {{9, 1},    {2, 2},    {0.5, 0.5},  {0.5, 7},   {33, 1},
                          {188, 20}, {1, 560},  {560, 1},    {2.5, 1.5}, {3000, 4000},
                          {1, 1},    {5000, 2}, {0.7, 9000}, {1.5, 0.5}};
  const uint32_t ns[] = {1, 2, 3, 8, 64, 200, 512};
  Rule *rule = malloc(sizeof *rule);
  for (uint32_t i = 0; i < sizeof ab / sizeof *ab; i++) {
    double a = ab[i][0], b = ab[i][1];
    for (uint32_t j = 0; j < sizeof ns / sizeof *ns; j++) {
      make_rule((ShareSpread){SHARE_BETA, a, b, 0}, ns[j], rule);
      assert_int_equal(rule->n, ns[j]);
      double moment = 1, mirrored = 1;
      for (uint32_t k = 1; k < 2 * ns[j] && k < 60; k++) {
        moment *= (a + k - 1) / (a + b + k - 1);
        mirrored *= (b + k - 1) / (a + b + k - 1);
        assert_near(rule_moment(rule, k), moment, 1e-13);
        double sum = 0;
        for (uint32_t x = 0; x < rule->n; x++) sum += rule->weight[x] * pow(1 - rule->node[x], k);
        assert_near(sum, mirrored, 1e-13);
        if (k <= 3 && ns[j] <= 64) assert_near(rule_moment(rule, k) / moment, 1, 1e-11);
      }
    }
  }
  free(rule);
}

static void test_uniform_moments(void **state) {
  (void)state;
  Rule *rule = malloc(sizeof *rule);
  for (uint32_t n = 1; n <= 512; n *= 2) {
    make_rule((ShareSpread){SHARE_UNIFORM, 0.6, 0.9, 0}, n, rule);
    for (uint32_t k = 1; k < 2 * n && k < 60; k++) {
      double want = (pow(0.9, k + 1) - pow(0.6, k + 1)) / ((k + 1) * 0.3);
      assert_near(rule_moment(rule, k), want, 1e-13);
    }
  }
  make_rule((ShareSpread){SHARE_UNIFORM, 0.6, 0.6, 0}, 8, rule);
  assert_int_equal(rule->n, 1);
  assert_near(rule->node[0], 0.6, 0);
  free(rule);
}

// The k-th moment of a triangle a, b, c: 2 / ((k + 1)(k + 2)) times the second divided difference
// of x^(k + 2).
static double triangle_moment(double a, double b, double c, uint32_t k) {
  double sum = pow(a, k + 2) / ((a - b) * (a - c)) + pow(b, k + 2) / ((b - a) * (b - c)) +
               pow(c, k + 2) / ((c - a) * (c - b));
  return 2 * sum / ((k + 1.0) * (k + 2.0));
}

static void test_triangle_moments(void **state) {
  (void)state;
  Rule *rule = malloc(sizeof *rule);
  for (uint32_t n = 1; n <= 512; n *= 2) {
    make_rule((ShareSpread){SHARE_TRIANGLE, 0.6, 0.75, 0.9}, n, rule);
    assert_int_equal(rule->n, 2 * n);
    for (uint32_t k = 1; k < 2 * n && k < 40; k++) {
      assert_near(rule_moment(rule, k), triangle_moment(0.6, 0.75, 0.9, k), 1e-13);
    }
  }
  make_rule((ShareSpread){SHARE_TRIANGLE, 0, 0, 1}, 4, rule);
  assert_int_equal(rule->n, 4);
  assert_near(rule_moment(rule, 1), 1.0 / 3, 1e-15);
  make_rule((ShareSpread){SHARE_TRIANGLE, 0, 1, 1}, 4, rule);
  assert_near(rule_moment(rule, 1), 2.0 / 3, 1e-15);
  make_rule((ShareSpread){SHARE_TRIANGLE, 0.5, 0.5, 0.5}, 4, rule);
  assert_int_equal(rule->n, 1);
  free(rule);
}

static void test_refused(void **state) {
  (void)state;
  double node[8], weight[8];
  uint32_t n;
  assert_false(share_rule(&(ShareSpread){SHARE_BETA, 0, 1, 0}, 4, node, weight, &n));
  assert_false(share_rule(&(ShareSpread){SHARE_BETA, 1, NAN, 0}, 4, node, weight, &n));
  assert_false(share_rule(&(ShareSpread){SHARE_UNIFORM, 0.9, 0.6, 0}, 4, node, weight, &n));
  assert_false(share_rule(&(ShareSpread){SHARE_TRIANGLE, 0.6, 0.9, 0.7}, 4, node, weight, &n));
  assert_false(share_rule(&(ShareSpread){SHARE_UNIFORM, 0.5, 1.1, 0}, 4, node, weight, &n));
}

static void test_quantiles(void **state) {
  (void)state;
  const ShareSpread spreads[] = {{SHARE_BETA, 9, 1, 0},        {SHARE_BETA, 0.5, 0.5, 0},
                                 {SHARE_BETA, 188, 20, 0},     {SHARE_BETA, 1, 560, 0},
                                 {SHARE_BETA, 3000, 4000, 0},  {SHARE_BETA, 0.5, 5000, 0},
                                 {SHARE_UNIFORM, 0.6, 0.9, 0}, {SHARE_TRIANGLE, 0.6, 0.7, 0.9},
                                 {SHARE_TRIANGLE, 0, 0, 1},    {SHARE_TRIANGLE, 0, 1, 1}};
  const double us[] = {1e-12, 1e-6, 1e-3, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999, 1 - 1e-6, 1 - 1e-12};
  for (uint32_t i = 0; i < sizeof spreads / sizeof *spreads; i++) {
    double before = -1;
    for (uint32_t j = 0; j < sizeof us / sizeof *us; j++) {
      double x = share_quantile(&spreads[i], us[j]);
      assert_true(x >= before);
      before = x;
      // The slope of the distribution function says how far a rounding of x moves it.
      double near =
          share_cdf(&spreads[i], x * (1 + 1e-15)) - share_cdf(&spreads[i], x * (1 - 1e-15));
      assert_near(share_cdf(&spreads[i], x), us[j], 2e-13 + fabs(near));
    }
    assert_near(share_cdf(&spreads[i], 1), 1, 0);
    assert_near(share_cdf(&spreads[i], -0.1), 0, 0);
  }
  for (double u = 0.001; u < 1; u += 0.001) {
    assert_near(share_quantile(&(ShareSpread){SHARE_BETA, 9, 1, 0}, u), pow(u, 1 / 9.0), 1e-14);
  }
}

// The word whose draw_unit is nearest to u.
static uint64_t word_of(double u) {
  return (uint64_t)(u * 0x1p52) << 12;
}

static void test_table_follows_the_quantile(void **state) {
  (void)state;
  const double ab[][2] = {{9, 1},   {1, 560}, {2, 2},      {0.5, 0.5}, {1, 1},
                          {0.5, 7}, {33, 1},  {3000, 400}, {2.5, 1.5}, {1.5, 5000}};
  for (uint32_t i = 0; i < sizeof ab / sizeof *ab; i++) {
    ShareSpread spread = {SHARE_BETA, ab[i][0], ab[i][1], 0};
    ShareTable table;
    share_table_make(&spread, &table);
    double before = 0;
    for (double v = 0x1p-32; v < 1; v += fmin(v, 1 - v) / 77 + 0x1p-50) {
      uint64_t word = word_of(v);
      double drawn, x = share_quantile(&spread, draw_unit(word));
      share_table_draw(&table, &word, 1, &drawn);
      if (v < 1 - 0x1p-32) assert_near(drawn, x, 1e-5 * fmin(x, 1 - x) + 1e-10);
      assert_true(drawn >= before);
      before = drawn;
    }
    share_table_free(&table);
  }
}

// 4,000,000 draws: the mean and the mean square within 5 deviations of a / (a + b) and (a + 1) / (a + b + 1) of it.
static void test_draws_have_the_moments(void **state) {
  (void)state;
  ShareSpread spread = {SHARE_BETA, 9, 1, 0};
  ShareTable table;
  share_table_make(&spread, &table);
  enum { N = 4000000 };
  double sum = 0, squares = 0;
  for (uint32_t i = 0; i < N; i++) {
    uint64_t word = draw_word((DrawKey){3, 1, 4}, i);
    double x;
    share_table_draw(&table, &word, 1, &x);
    sum += x;
    squares += x * x;
  }
  double m1 = 9 / 10.0, m2 = m1 * 10 / 11, m4 = m2 * 11 / 12 * 12 / 13;
  assert_near(sum / N, m1, 5 * sqrt((m2 - m1 * m1) / N));
  assert_near(squares / N, m2, 5 * sqrt((m4 - m2 * m2) / N));
  share_table_free(&table);
}

static void test_means(void **state) {
  (void)state;
  ShareSpread rate = share_rate(2, 3);
  assert_near(rate.a, 2.5, 0);
  assert_near(rate.b, 1.5, 0);
  assert_near(share_mean(&rate), 0.625, 1e-16);
  assert_near(share_mean(&(ShareSpread){SHARE_UNIFORM, 0.6, 0.9, 0}), 0.75, 1e-16);
  assert_near(share_mean(&(ShareSpread){SHARE_TRIANGLE, 0.6, 0.7, 0.8}), 0.7, 1e-15);
}

int main(void) {
  chance_init();
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_beta_moments),     cmocka_unit_test(test_uniform_moments),
      cmocka_unit_test(test_triangle_moments), cmocka_unit_test(test_refused),
      cmocka_unit_test(test_quantiles),        cmocka_unit_test(test_means),
      cmocka_unit_test(test_table_follows_the_quantile),
      cmocka_unit_test(test_draws_have_the_moments),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
