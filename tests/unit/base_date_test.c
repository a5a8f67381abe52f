// Dates, against a calendar that only counts: every day of the years 1 to 9999 in turn.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka needs the four above
#include <cmocka.h>

#include "lang/base/date.h"

static bool counted_is_leap(int32_t year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int32_t counted_days(int32_t year, int32_t month) {
  if (month == 2) return counted_is_leap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static void every_day_follows_the_one_before(void **state) {
  (void)state;
  Date date = DATE_FIRST;
  for (int32_t year = 1; year <= 9999; year++) {
    for (int32_t month = 1; month <= 12; month++) {
      assert_int_equal(date_days_in_month(year, month), counted_days(year, month));
      for (int32_t day = 1; day <= counted_days(year, month); day++, date++) {
        Civil civil = date_civil(date);
        bool same = date_of(year, month, day) == date && civil.year == year &&
                    civil.month == month && civil.day == day &&
                    date_weekday(date) == (date - DATE_FIRST) % 7;
        if (!same) fail_msg("%d-%d-%d is not day %d", year, month, day, date);
      }
    }
  }
  assert_int_equal(date - 1, DATE_LAST);
}

static void known_days(void **state) {
  (void)state;
  assert_int_equal(date_of(1970, 1, 1), 0);
  assert_int_equal(date_weekday(0), 3);
  assert_int_equal(date_of(2024, 12, 18), 20075);
  assert_int_equal(date_weekday(date_of(2024, 12, 18)), 2);
  assert_false(date_exists(2023, 2, 29));
  assert_false(date_exists(0, 1, 1));
  assert_false(date_exists(10000, 1, 1));
  assert_false(date_exists(2024, 13, 1));
  assert_false(date_exists(2024, 1, 0));
  assert_int_equal(date_of(2023, 2, 29), DATE_NONE);
  assert_int_equal(date_civil(DATE_NONE).year, 0);
}

static void adding_stays_in_range(void **state) {
  (void)state;
  assert_int_equal(date_add_days(0, 365), date_of(1971, 1, 1));
  assert_int_equal(date_add_days(DATE_LAST, 1), DATE_NONE);
  assert_int_equal(date_add_days(DATE_FIRST, -1), DATE_NONE);
  assert_int_equal(date_add_days(0, INT64_MAX), DATE_NONE);
  assert_int_equal(date_add_days(-5, INT64_MIN), DATE_NONE);
  assert_int_equal(date_add_days(DATE_NONE, 1), DATE_NONE);
  assert_int_equal(date_add_months(date_of(2024, 1, 31), 1), date_of(2024, 2, 29));
  assert_int_equal(date_add_months(date_of(2023, 1, 31), 1), date_of(2023, 2, 28));
  assert_int_equal(date_add_months(date_of(2024, 2, 29), 12), date_of(2025, 2, 28));
  assert_int_equal(date_add_months(date_of(2024, 1, 31), -2), date_of(2023, 11, 30));
  assert_int_equal(date_add_months(date_of(1, 1, 31), -1), DATE_NONE);
  assert_int_equal(date_add_months(date_of(9999, 12, 1), 1), DATE_NONE);
  assert_int_equal(date_add_months(0, INT64_MIN), DATE_NONE);
  assert_int_equal(date_add_months(DATE_FIRST, 119987), date_of(9999, 12, 1));
  assert_int_equal(date_add_months(DATE_NONE, 1), DATE_NONE);
}

static void texts_are_iso(void **state) {
  (void)state;
  char text[11];
  date_format(date_of(2024, 12, 18), text);
  assert_string_equal(text, "2024-12-18");
  date_format(DATE_FIRST, text);
  assert_string_equal(text, "0001-01-01");
  date_format(DATE_LAST, text);
  assert_string_equal(text, "9999-12-31");
  date_format(DATE_NONE, text);
  assert_string_equal(text, "never");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_day_follows_the_one_before),
      cmocka_unit_test(known_days),
      cmocka_unit_test(adding_stays_in_range),
      cmocka_unit_test(texts_are_iso),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
