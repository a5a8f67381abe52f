// The proleptic Gregorian calendar in whole days. A date is a day number (1970-01-01 is 0);
// algorithm: days_from_civil by Howard Hinnant. Dates run from 0001-01-01 to 9999-12-31; arithmetic
// that leaves this range gives DATE_NONE.
#pragma once
#include <stdbool.h>
#include <stdint.h>

typedef int32_t Date;

#define DATE_NONE INT32_MIN  // "has not happened": every comparison with it is false
#define DATE_FIRST (-719162)
#define DATE_LAST 2932896

typedef struct Civil {
  int32_t year, month, day;
} Civil;

bool date_exists(int32_t year, int32_t month, int32_t day);
Date date_of(int32_t year, int32_t month, int32_t day);  // DATE_NONE where it does not exist
Civil date_civil(Date date);
int32_t date_days_in_month(int32_t year, int32_t month);
Date date_add_days(Date date, int64_t days);
Date date_add_months(Date date, int64_t months);  // cut to the month's last day
int date_weekday(Date date);                      // 0 Monday .. 6 Sunday
void date_format(Date date, char out[11]);        // "2024-12-18"
