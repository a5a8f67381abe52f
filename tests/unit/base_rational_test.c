// Fractions: lowest terms, exact arithmetic, no silent overflow, and the texts they are read from
// and written as.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka needs the four above
#include <cmocka.h>
#include <math.h>

#include "lang/base/rational.h"

static void check(Rational r, int64_t num, int64_t den) {
  assert_true(r.num == num && r.den == den);
}

static void check_none(Rational r) {
  assert_false(rational_is_some(r));
}

static void terms_are_lowest(void **state) {
  (void)state;
  check(rational_of(6, 8), 3, 4);
  check(rational_of(6, -8), -3, 4);
  check(rational_of(0, -5), 0, 1);
  check(rational_of(INT64_MIN, 2), INT64_MIN / 2, 1);
  check(rational_of(INT64_MIN, INT64_MIN), 1, 1);
  check(rational_of(INT64_MIN, 1), INT64_MIN, 1);
  check_none(rational_of(1, 0));
  check_none(rational_of(1, INT64_MIN));
  check_none(rational_of(INT64_MIN, -1));
}

static void arithmetic_is_exact(void **state) {
  (void)state;
  Rational third = rational_of(1, 3), sixth = rational_of(1, 6);
  check(rational_add(third, sixth), 1, 2);
  check(rational_sub(sixth, third), -1, 6);
  check(rational_mul(rational_of(2, 3), rational_of(450, 1)), 300, 1);
  check(rational_div(third, rational_of(-2, 5)), -5, 6);
  check_none(rational_div(third, rational_of(0, 1)));
  assert_true(rational_compare(third, sixth) > 0);
  assert_true(rational_compare(rational_of(-1, 2), sixth) < 0);
  assert_int_equal(rational_compare(rational_of(2, 6), third), 0);
  // Differs in the 36th digit, where doubles see none.
  Rational a = {INT64_MAX - 1, INT64_MAX}, b = {INT64_MAX - 2, INT64_MAX - 1};
  assert_true(rational_compare(a, b) > 0);
}

static void what_does_not_fit_is_none_and_spreads(void **state) {
  (void)state;
  Rational most = rational_of(INT64_MAX, 1), fine = rational_of(1, INT64_MAX);
  check_none(rational_add(most, rational_of(1, 1)));
  check_none(rational_sub(rational_of(INT64_MIN, 1), rational_of(1, 1)));
  check_none(rational_mul(most, most));
  check_none(rational_div(most, fine));
  check_none(rational_mul(fine, rational_of(1, 2)));
  check(rational_mul(most, fine), 1, 1);
  check_none(rational_add(RATIONAL_NONE, most));
  check_none(rational_mul(most, RATIONAL_NONE));
  assert_true(isnan(rational_double(RATIONAL_NONE)));
}

static void doubles_are_the_nearest(void **state) {
  (void)state;
  assert_true(rational_double(rational_of(1, 3)) == 1.0 / 3.0);
  assert_true(rational_double(rational_of(-97, 100)) == -0.97);
  assert_true(rational_double(rational_of(INT64_MAX, 1)) == 9223372036854775807.0);
  assert_true(rational_double(rational_of(INT64_MIN, 1)) == -9223372036854775808.0);
  assert_true(rational_double(rational_of(1, INT64_MAX)) == 0x1p-63);
  // 2^53 + 1 lies between two doubles and goes to the even one; a little more goes up.
  assert_true(rational_double(rational_of(((int64_t)1 << 53) + 1, 1)) == 0x1p53);
  int64_t odd = ((int64_t)1 << 54) + 3;
  assert_true(rational_double(rational_of(odd, 1)) == 0x1p54 + 4);
  assert_true(rational_double((Rational){((int64_t)1 << 62) + 257, 256}) == 0x1p54 + 0);
  assert_true(rational_double((Rational){((int64_t)1 << 62) + 513, 256}) == 0x1p54 + 4);
}

static void texts_are_read_exactly(void **state) {
  (void)state;
  check(rational_parse(TEXT("1_000"), false), 1000, 1);
  check(rational_parse(TEXT("0.25"), false), 1, 4);
  check(rational_parse(TEXT("97"), true), 97, 100);
  check(rational_parse(TEXT("0.1"), true), 1, 1000);
  check(rational_parse(TEXT("2.50000000000000000000000000000000000000000000"), false), 5, 2);
  check(rational_parse(TEXT("000000000000000000000000000000000000000000007"), false), 7, 1);
  check(rational_parse(TEXT("10.01"), false), 1001, 100);
  check(rational_parse(TEXT("0"), true), 0, 1);
  check(rational_parse(TEXT("9223372036854775807"), false), INT64_MAX, 1);
  check_none(rational_parse(TEXT("9223372036854775808"), false));
  check_none(rational_parse(TEXT("1e5"), false));
  check_none(rational_parse(TEXT("1.2.3"), false));
  check_none(rational_parse(TEXT("."), false));
  check_none(rational_parse(TEXT(""), false));
  check_none(rational_parse(TEXT("0.00000000000000000000000000000000000000000000000001"), false));
  check_none(rational_parse(TEXT("99999999999999999999999999999999999999999999999999"), false));
  assert_true(decimal_parse(TEXT("97"), true) == 0.97);
  assert_true(decimal_parse(TEXT("1_000.5"), false) == 1000.5);
  assert_true(decimal_parse(TEXT("0.00000000000000000000000000000000000000000000001"), false) ==
              1e-47);
}

static void check_text(Rational r, bool percent, const char *expected) {
  TextBuilder b = {0};
  rational_add_text(&b, r, percent);
  assert_string_equal(b.at, expected);
  text_builder_free(&b);
}

static void texts_are_shortest(void **state) {
  (void)state;
  check_text(rational_of(5, 2), false, "2.5");
  check_text(rational_of(1, 3), false, "1/3");
  check_text(rational_of(-1, 8), false, "-0.125");
  check_text(rational_of(97, 100), true, "97%");
  check_text(rational_of(33696, 100000), true, "33.696%");
  check_text(rational_of(1, 3), true, "1/3");
  check_text(rational_of(0, 1), true, "0%");
  check_text(rational_of(INT64_MIN, 1), false, "-9223372036854775808");
  check_text(rational_of(INT64_MAX, 1), true, "9223372036854775807/1");
  check_text(rational_of(1, (int64_t)1 << 40), false, "1/1099511627776");
  check_text(RATIONAL_NONE, false, "?");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(terms_are_lowest),
      cmocka_unit_test(arithmetic_is_exact),
      cmocka_unit_test(what_does_not_fit_is_none_and_spreads),
      cmocka_unit_test(doubles_are_the_nearest),
      cmocka_unit_test(texts_are_read_exactly),
      cmocka_unit_test(texts_are_shortest),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
