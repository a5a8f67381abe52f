// Exact fractions. Every product and sum of 64-bit parts fits 128 bits, so an operation computes
// there, reduces, and only then asks whether the result fits.
#include "lang/base/rational.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

typedef __int128 Wide;
typedef unsigned __int128 UWide;

static UWide wide_abs(Wide x) {
  return x < 0 ? -(UWide)x : (UWide)x;
}

static UWide wide_gcd(UWide a, UWide b) {
  while (b) {
    UWide rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

static Rational rational_reduce(Wide num, Wide den) {
  if (den == 0) return RATIONAL_NONE;
  bool negative = (num < 0) != (den < 0) && num != 0;
  UWide n = wide_abs(num), d = wide_abs(den), gcd = wide_gcd(n, d);
  n /= gcd;
  d /= gcd;
  if (d > INT64_MAX || n > (UWide)INT64_MAX + negative) return RATIONAL_NONE;
  return (Rational){(int64_t)(negative ? -(Wide)n : (Wide)n), (int64_t)d};
}

Rational rational_of(int64_t num, int64_t den) {
  return rational_reduce(num, den);
}

bool rational_is_some(Rational r) {
  return r.den > 0;
}

static bool both_are_some(Rational a, Rational b) {
  return rational_is_some(a) && rational_is_some(b);
}

Rational rational_add(Rational a, Rational b) {
  if (!both_are_some(a, b)) return RATIONAL_NONE;
  return rational_reduce((Wide)a.num * b.den + (Wide)b.num * a.den, (Wide)a.den * b.den);
}

Rational rational_sub(Rational a, Rational b) {
  if (!both_are_some(a, b)) return RATIONAL_NONE;
  return rational_reduce((Wide)a.num * b.den - (Wide)b.num * a.den, (Wide)a.den * b.den);
}

Rational rational_mul(Rational a, Rational b) {
  if (!both_are_some(a, b)) return RATIONAL_NONE;
  return rational_reduce((Wide)a.num * b.num, (Wide)a.den * b.den);
}

Rational rational_div(Rational a, Rational b) {
  if (!both_are_some(a, b)) return RATIONAL_NONE;
  return rational_reduce((Wide)a.num * b.den, (Wide)a.den * b.num);
}

int rational_compare(Rational a, Rational b) {
  assert(both_are_some(a, b));
  Wide left = (Wide)a.num * b.den, right = (Wide)b.num * a.den;
  return (left > right) - (left < right);
}

// A quotient of integers below 2^53 is rounded once. Beyond, at least 63 bits of the quotient are
// computed as an integer whose last bit also says whether anything was left; its conversion is then
// the only rounding.
double rational_double(Rational r) {
  if (!rational_is_some(r)) return NAN;
  const int64_t exact = (int64_t)1 << 53;
  if (r.num >= -exact && r.num <= exact && r.den <= exact) return (double)r.num / (double)r.den;
  UWide num = wide_abs(r.num) << 63, den = (UWide)r.den;
  UWide quotient = num / den | (num % den != 0);
  double value = ldexp((double)quotient, -63);
  return r.num < 0 ? -value : value;
}

// The digits' value and how many of them stand behind the point. False where it is no number or too
// long.
static bool digits_read(Text text, Wide *value, uint32_t *n_places) {
  const Wide limit = (Wide)1 << 120;
  bool point = false;
  // Zeros at the end of the places are not multiplied in until another digit comes.
  uint32_t n_digits = 0, n_zeros = 0;
  *value = 0;
  *n_places = 0;
  for (uint32_t i = 0; i < text.n; i++) {
    char c = text.at[i];
    if (c == '_') continue;
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9') return false;
    n_digits++;
    if (point && c == '0') {
      n_zeros++;
      continue;
    }
    for (uint32_t zeros = n_zeros + 1; zeros; zeros--) {
      if (*value > limit) return false;
      *value *= 10;
    }
    *value += c - '0';
    if (point) *n_places += n_zeros + 1;
    n_zeros = 0;
  }
  return n_digits > 0;
}

Rational rational_parse(Text digits, bool percent) {
  Wide num, den = 1;
  uint32_t n_places;
  if (!digits_read(digits, &num, &n_places)) return RATIONAL_NONE;
  if (percent) n_places += 2;
  if (n_places > 36) return RATIONAL_NONE;
  for (uint32_t i = 0; i < n_places; i++) den *= 10;
  return rational_reduce(num, den);
}

// strtod reads a point because the program never leaves the C locale.
double decimal_parse(Text digits, bool percent) {
  TextBuilder b = {0};
  for (uint32_t i = 0; i < digits.n; i++)
    if (digits.at[i] != '_') text_add_char(&b, digits.at[i]);
  text_add(&b, percent ? "e-2" : "");
  double value = strtod(b.at, NULL);
  text_builder_free(&b);
  return value;
}

#define MOST_PLACES 18

// Adds a decimal by long division where it ends within some places.
static bool decimal_add(TextBuilder *b, Rational r) {
  char places[MOST_PLACES];
  int n = 0;
  UWide num = wide_abs(r.num), den = (UWide)r.den;
  for (UWide rest = num % den; rest; rest %= den) {
    if (n == MOST_PLACES) return false;
    rest *= 10;
    places[n++] = (char)('0' + (int)(rest / den));
  }
  text_addf(b, "%s%llu", r.num < 0 ? "-" : "", (unsigned long long)(num / den));
  if (n) text_add_char(b, '.');
  text_add_bytes(b, places, (size_t)n);
  return true;
}

void rational_add_text(TextBuilder *b, Rational r, bool percent) {
  if (!rational_is_some(r)) {
    text_add(b, "?");
    return;
  }
  Rational shown = percent ? rational_mul(r, rational_of(100, 1)) : r;
  if (rational_is_some(shown) && decimal_add(b, shown)) {
    if (percent) text_add_char(b, '%');
    return;
  }
  text_addf(b, "%lld/%lld", (long long)r.num, (long long)r.den);
}
