// Numbers as a person reads them. Chances are percentages with one decimal; a chance that is
// neither 0 nor 1 is never shown as if it were, and one that was sampled carries its error.
#pragma once
#include "runtime/answer/answer.h"

// "68.4 %", "<0.1 %", ">99.9 %"; sampled: "68.4 % ± 0.1".
Text show_chance(Arena *arena, double chance, Method method, double error);
// "57 to 79 %", with a decimal where it is narrow or near an end; not a share: "0.57 to 0.79". Empty where there is no range or
// its ends show alike.
Text show_range(Arena *arena, const Range *range, bool is_share);
// "14,212"
Text show_count(Arena *arena, uint64_t count);
Text show_date(Arena *arena, Date date);        // "2025-05-02", "never" for DATE_NONE
Text show_date_words(Arena *arena, Date date);  // "2 May 2025", "never"
// The first day by which this share of the cases that end so has ended.
Date show_day_by(const OutcomeAnswer *outcome, double share);
// From the day by which 5% of the cases have come to it to that of 95%: "2025-05-02 .. 2025-06-11",
// or the one day that both are.
Text show_days(Arena *arena, const DateSpread *dates);

// Whether the number of an expression reads as a percentage: chances, literals with %, what is made
// of them.
bool show_is_share(const Program *program, const Node *expression);
// "31.2 %", "0.25", "2025-05-02", "14 days", "yes", "no value". `decimals`: of a percentage.
Text show_value(Arena *arena, Value value, bool is_share, int decimals);
