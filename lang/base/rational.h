// Exact fractions of 64-bit integers, in lowest terms, with a denominator above 0. Thresholds and
// constant chances are law and are compared exactly. An operation that does not fit gives
// RATIONAL_NONE (den 0), which spreads.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "lang/base/text.h"

typedef struct Rational {
  int64_t num, den;
} Rational;

#define RATIONAL_NONE ((Rational){0, 0})

Rational rational_of(int64_t num, int64_t den);
bool rational_is_some(Rational r);
Rational rational_add(Rational a, Rational b);
Rational rational_sub(Rational a, Rational b);
Rational rational_mul(Rational a, Rational b);
Rational rational_div(Rational a, Rational b);
int rational_compare(Rational a, Rational b);  // < 0, 0, > 0; both must be some
double rational_double(Rational r);            // nearest; NaN for none
// "1_000", "0.25" exactly (digits, '_' between them, one point); with `percent` a hundredth of it.
Rational rational_parse(Text digits, bool percent);
// The double nearest to the same text (strtod), for what does not fit a rational.
double decimal_parse(Text digits, bool percent);
// Shortest decimal ("2.5", "1/3" where it does not end); as a percentage with `percent` ("97%").
void rational_add_text(TextBuilder *b, Rational r, bool percent);
