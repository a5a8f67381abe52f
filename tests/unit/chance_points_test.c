// Points: every dimension takes each cell once, whatever the dimensions beside it; any two dimensions
// together fill a square evenly.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
// cmocka needs the three above
#include <cmocka.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "runtime/chance/init.h"
#include "runtime/chance/points.h"

enum { DIMENSIONS = 24, SIDE = 4 };

static double points[DIMENSIONS * POINTS];

static void each_dimension_takes_each_cell_once(void **state) {
  (void)state;
  points_make(DIMENSIONS, points);
  for (uint32_t k = 0; k < DIMENSIONS; k++) {
    bool is_taken[POINTS] = {false};
    for (uint32_t i = 0; i < POINTS; i++) {
      double cell = points[k * POINTS + i] * POINTS - 0.5;
      assert_true(cell >= 0 && cell < POINTS && cell == floor(cell));
      assert_false(is_taken[(uint32_t)cell]);
      is_taken[(uint32_t)cell] = true;
    }
  }
}

static void two_dimensions_fill_a_square(void **state) {
  (void)state;
  const int expected = POINTS / (SIDE * SIDE);
  points_make(DIMENSIONS, points);
  for (uint32_t a = 0; a < DIMENSIONS; a++) {
    for (uint32_t b = 0; b < a; b++) {
      int count[SIDE * SIDE] = {0};
      for (uint32_t i = 0; i < POINTS; i++) {
        int x = (int)(points[a * POINTS + i] * SIDE), y = (int)(points[b * POINTS + i] * SIDE);
        count[x * SIDE + y]++;
      }
      // Five deviations of a binomial where the order is random; Sobol's points are far nearer.
      for (int cell = 0; cell < SIDE * SIDE; cell++)
        assert_true(abs(count[cell] - expected) <= 5 * sqrt(expected));
    }
  }
}

static void a_dimension_more_changes_none_before_it(void **state) {
  (void)state;
  double fewer[3 * POINTS];
  points_make(DIMENSIONS, points);
  points_make(3, fewer);
  for (uint32_t i = 0; i < 3 * POINTS; i++) assert_true(points[i] == fewer[i]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_dimension_takes_each_cell_once),
      cmocka_unit_test(two_dimensions_fill_a_square),
      cmocka_unit_test(a_dimension_more_changes_none_before_it),
  };
  chance_init();
  return cmocka_run_group_tests(tests, NULL, NULL);
}
