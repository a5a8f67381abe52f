// The calendar, after Howard Hinnant's days_from_civil and civil_from_days: years begin in March,
// so that the leap day is a year's last, and 400 years (146,097 days) are one era.
#include "lang/base/date.h"

#include <stdio.h>
#include <string.h>

#define ERA_DAYS 146097
#define EPOCH 719468  // from 0000-03-01 to 1970-01-01

static bool year_is_leap(int32_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int32_t date_days_in_month(int32_t year, int32_t month) {
  static const int8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return 0;
  return days[month - 1] + (month == 2 && year_is_leap(year));
}

bool date_exists(int32_t year, int32_t month, int32_t day) {
  return year >= 1 && year <= 9999 && day >= 1 && day <= date_days_in_month(year, month);
}

Date date_of(int32_t year, int32_t month, int32_t day) {
  if (!date_exists(year, month, day)) return DATE_NONE;
  int32_t y = month <= 2 ? year - 1 : year;
  int32_t era = y / 400;
  int32_t year_of_era = y - era * 400;
  int32_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * ERA_DAYS + day_of_era - EPOCH;
}

// All zero for DATE_NONE.
Civil date_civil(Date date) {
  if (date < DATE_FIRST || date > DATE_LAST) return (Civil){0, 0, 0};
  int32_t z = date + EPOCH;
  int32_t era = z / ERA_DAYS;
  int32_t day_of_era = z - era * ERA_DAYS;
  int32_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int32_t mp = (5 * day_of_year + 2) / 153;
  int32_t month = mp < 10 ? mp + 3 : mp - 9;
  int32_t year = year_of_era + era * 400 + (month <= 2);
  return (Civil){year, month, day_of_year - (153 * mp + 2) / 5 + 1};
}

Date date_add_days(Date date, int64_t days) {
  int64_t sum;
  if (date == DATE_NONE || __builtin_add_overflow((int64_t)date, days, &sum)) return DATE_NONE;
  return sum < DATE_FIRST || sum > DATE_LAST ? DATE_NONE : (Date)sum;
}

Date date_add_months(Date date, int64_t months) {
  if (date == DATE_NONE || months < -120000 || months > 120000) return DATE_NONE;
  Civil civil = date_civil(date);
  int32_t count = 12 * civil.year + civil.month - 1 + (int32_t)months;
  if (count < 12) return DATE_NONE;  // before the year 1; behind 9999 date_of refuses
  int32_t year = count / 12, month = count % 12 + 1;
  int32_t last = date_days_in_month(year, month);
  return date_of(year, month, civil.day < last ? civil.day : last);
}

int date_weekday(Date date) {
  return (int)(((int64_t)date - DATE_FIRST) % 7 + 7) % 7;  // 0001-01-01 was a Monday
}

// "never" for DATE_NONE.
void date_format(Date date, char out[11]) {
  Civil civil = date_civil(date);
  if (civil.year == 0) {
    memcpy(out, "never", sizeof "never");
    return;
  }
  snprintf(out, 11, "%04u-%02u-%02u", (unsigned)civil.year % 10000u, (unsigned)civil.month % 100u,
           (unsigned)civil.day % 100u);
}
