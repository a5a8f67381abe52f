// Spreads of days against tables made by hand and closed forms.
#include "runtime/chance/days.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>

#include "runtime/chance/draw.h"
#include "runtime/chance/init.h"

static void assert_near(double got, double want, double tolerance) {
  if (!(fabs(got - want) <= tolerance)) {
    print_error("got %.17g, want %.17g\n", got, want);
    fail();
  }
}

// A word belongs to the first day whose threshold lies above it; looked for one by one at both sides of each threshold.
static void assert_looked_up(const DaySpread *s) {
  uint32_t day = 0;
  for (uint32_t i = 0; i + 1 < s->n; i++) {
    if (s->upto[i] == (i ? s->upto[i - 1] : 0)) continue;
    for (int side = -1; side <= 0; side++) {
      uint64_t word = s->upto[i] + (uint64_t)side;
      while (day + 1 < s->n && s->upto[day] <= word) day++;
      assert_int_equal(days_draw(s, word), s->first + (int32_t)day);
    }
  }
}

// The invariants of every spread: its chances add up to 1, and so do the words that draw its days.
static void assert_whole(const DaySpread *s) {
  double sum = 0, lost = 0;
  for (uint32_t i = 0; i < s->n; i++) {
    assert_true(s->p[i] >= 0);
    double y = s->p[i] - lost, t = sum + y;
    lost = t - sum - y;
    sum = t;
    double words = ldexp((double)(s->upto[i] - (i ? s->upto[i - 1] : 0)), -64);
    assert_near(words, s->p[i], 1e-15);
  }
  assert_near(sum, 1, 1e-15);
  assert_true(s->p[0] > 0 && s->p[s->n - 1] > 0);
  assert_looked_up(s);
  assert_int_equal(days_draw(s, 0), s->first);
  assert_int_equal(days_draw(s, UINT64_MAX), s->first + (int32_t)s->n - 1);
}

static void assert_table(DaySpread *s, int32_t first, uint32_t n, const double *p) {
  assert_whole(s);
  assert_int_equal(s->first, first);
  assert_int_equal(s->n, n);
  for (uint32_t i = 0; i < n; i++) assert_near(s->p[i], p[i], 1e-16);
  days_free(s);
}

static void test_by_hand(void **state) {
  (void)state;
  DaySpread s;
  assert_true(days_fixed(14, &s));
  assert_table(&s, 14, 1, (double[]){1});
  assert_true(days_uniform(1, 5, &s));
  assert_table(&s, 1, 5, (double[]){0.2, 0.2, 0.2, 0.2, 0.2});
  // On 0.5, 2, 3.5: areas under the two sides.
  assert_true(days_triangle(1, 2, 3, &s));
  assert_table(&s, 1, 3, (double[]){1 / 4.5, 2.5 / 4.5, 1 / 4.5});
  // On 0.5, 1, 4.5: F(1.5) = 1 - 9/14, then 5/14, 3/14, 1/14 of what falls.
  assert_true(days_triangle(1, 1, 4, &s));
  assert_table(&s, 1, 4, (double[]){5 / 14.0, 5 / 14.0, 3 / 14.0, 1 / 14.0});
  assert_true(days_triangle(7, 7, 7, &s));
  assert_table(&s, 7, 1, (double[]){1});
  assert_true(days_of_chances(3, (double[]){0, 1, 0, 3, 0}, 5, &s));
  assert_table(&s, 4, 3, (double[]){0.25, 0, 0.75});
}

static double triangle_cdf(double x, double a, double m, double b) {
  if (x <= a) return 0;
  if (x >= b) return 1;
  if (x <= m) return (x - a) * (x - a) / ((b - a) * (m - a));
  return 1 - (b - x) * (b - x) / ((b - a) * (b - m));
}

static void test_triangle_against_its_distribution(void **state) {
  (void)state;
  for (int32_t a = 0; a < 30; a += 7) {
    for (int32_t m = a; m < a + 40; m += 9) {
      for (int32_t b = m; b < m + 100; b += 13) {
        DaySpread s;
        assert_true(days_triangle(a, m, b, &s));
        assert_whole(&s);
        for (uint32_t i = 0; i < s.n; i++) {
          double k = s.first + (double)i;
          double want = triangle_cdf(k + 0.5, a - 0.5, m, b + 0.5) -
                        triangle_cdf(k - 0.5, a - 0.5, m, b + 0.5);
          assert_near(s.p[i], want, 1e-15);
        }
        days_free(&s);
      }
    }
  }
}

static void test_poisson(void **state) {
  (void)state;
  const double means[] = {1e-3, 0.5, 1, 30, 365.25, 20000};
  for (uint32_t k = 0; k < 6; k++) {
    DaySpread s;
    assert_true(days_poisson(means[k], &s));
    assert_whole(&s);
    assert_near(days_mean(&s), means[k], 1e-12 * (1 + means[k]));
    for (uint32_t i = 0; i < s.n; i++) {
      double day = s.first + (double)i;
      assert_near(s.p[i], exp(day * log(means[k]) - means[k] - lgamma(day + 1)), 1e-12);
    }
    days_free(&s);
  }
}

// The integral of the normal density over one day, by Simpson's rule: exact to 1e-15 far out in the
// tail, too.
static double normal_day(double k, double mean, double deviation) {
  double sum = 0;
  const int n = 200;
  for (int i = 0; i <= n; i++) {
    double z = (k - 0.5 + (double)i / n - mean) / deviation;
    sum += (i == 0 || i == n ? 1 : i % 2 ? 4 : 2) * exp(-z * z / 2);
  }
  return sum / (3 * n) / (deviation * sqrt(2 * M_PI));
}

static void test_normal(void **state) {
  (void)state;
  DaySpread s;
  assert_true(days_normal(60.25, 5, &s));
  assert_whole(&s);
  for (uint32_t i = 1; i + 1 < s.n; i++) {
    assert_near(s.p[i] / normal_day(s.first + (double)i, 60.25, 5), 1, 1e-9);
  }
  assert_true(s.p[0] < 1e-16 && s.p[s.n - 1] < 1e-16);
  assert_near(days_mean(&s), 60.25, 1e-13);
  days_free(&s);
  assert_true(days_normal(1, 2, &s));
  assert_whole(&s);
  assert_int_equal(s.first, 0);
  assert_near(s.p[0], 0.5 * erfc(0.25 / sqrt(2)), 1e-15);
  days_free(&s);
  assert_true(days_normal(-1000, 1, &s));
  assert_table(&s, 0, 1, (double[]){1});
  assert_true(days_normal(30, 0, &s));
  assert_table(&s, 30, 1, (double[]){1});
  assert_true(days_normal(30.2, 1e-3, &s));
  assert_table(&s, 30, 1, (double[]){1});
}

static void test_lognormal(void **state) {
  (void)state;
  DaySpread s;
  assert_true(days_lognormal(30, 0.4, &s));
  assert_whole(&s);
  double below = 0;
  for (uint32_t i = 0; i + 1 < s.n; i++) {
    below += s.p[i];
    double z = log((s.first + (double)i + 0.5) / 30) / 0.4;
    assert_near(below, 0.5 * erfc(-z / sqrt(2)), 1e-14);
  }
  days_free(&s);
  assert_true(days_lognormal(0.3, 2, &s));
  assert_whole(&s);
  assert_near(s.p[0], 0.5 * erfc(-log(0.5 / 0.3) / 2 / sqrt(2)), 1e-15);
  days_free(&s);
  assert_true(days_lognormal(30, 3, &s));  // longer than any calendar: cut at its end
  assert_whole(&s);
  assert_int_equal(s.first + (int32_t)s.n, DAYS_MOST);
  days_free(&s);
}

static void test_exponential(void **state) {
  (void)state;
  const double means[] = {0.01, 1, 30, 700};
  for (uint32_t k = 0; k < 4; k++) {
    DaySpread s;
    assert_true(days_exponential(means[k], &s));
    assert_whole(&s);
    assert_int_equal(s.first, 0);
    assert_near(s.p[0], 1 - exp(-0.5 / means[k]), 1e-15);
    double above = 0;
    for (uint32_t i = s.n; i-- > 1;) {
      above += s.p[i];
      assert_near(above / exp((0.5 - i) / means[k]), 1, 1e-13);
    }
    days_free(&s);
  }
}

static void test_no_such_spread(void **state) {
  (void)state;
  DaySpread s;
  assert_false(days_uniform(5, 4, &s));
  assert_false(days_uniform(INT32_MIN, INT32_MAX, &s));
  assert_false(days_triangle(1, 5, 4, &s));
  assert_false(days_triangle(5, 1, 8, &s));
  assert_false(days_poisson(-1, &s));
  assert_false(days_poisson(NAN, &s));
  assert_false(days_normal(30, -1, &s));
  assert_false(days_normal(NAN, 1, &s));
  assert_false(days_lognormal(-1, 1, &s));
  assert_false(days_lognormal(30, INFINITY, &s));
  assert_false(days_exponential(-1, &s));
  assert_false(days_of_chances(0, (double[]){0, 0}, 2, &s));
  assert_null(s.p);
  const double zero_means = 0;
  assert_true(days_poisson(zero_means, &s));
  assert_table(&s, 0, 1, (double[]){1});
  assert_true(days_exponential(zero_means, &s));
  assert_table(&s, 0, 1, (double[]){1});
}

static void test_draws_follow_the_chances(void **state) {
  (void)state;
  DaySpread s;
  assert_true(days_triangle(0, 3, 9, &s));
  uint32_t count[10] = {0}, n = 1000000;
  for (uint32_t i = 0; i < n; i++) count[days_draw(&s, draw_word((DrawKey){1, 1, 1}, i))]++;
  for (uint32_t i = 0; i < 10; i++) {
    assert_near(count[i], n * s.p[i], 5 * sqrt(n * s.p[i] * (1 - s.p[i])));
  }
  days_free(&s);
}

int main(void) {
  chance_init();
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_by_hand),
      cmocka_unit_test(test_triangle_against_its_distribution),
      cmocka_unit_test(test_poisson),
      cmocka_unit_test(test_normal),
      cmocka_unit_test(test_lognormal),
      cmocka_unit_test(test_exponential),
      cmocka_unit_test(test_no_such_spread),
      cmocka_unit_test(test_draws_follow_the_chances),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
