// Spreads of whole days: the chances of a wait's lengths. A continuous spread is rounded to the
// nearest whole day, and what lies below 0 counts as 0; a tail below 1e-18 is cut and its chance
// added to the last day kept.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "runtime/chance/kernels.h"

// No day beyond this many is told apart from it: the calendar itself has no more.
#define DAYS_MOST 4000000

// Words below `step` are of the first length of the cell, the others of the next; where the cell has more steps than that
// one, it is only where a search begins.
typedef struct DayCell {
  uint64_t step;
  int32_t days;
  bool has_more;
} DayCell;

typedef struct DaySpread {
  int32_t first;  // the fewest days
  uint32_t n;     // how many lengths there are, one after the other
  bool is_even;   // each as likely
  double
      *p;  // p[i] is the chance of first + i; they add up to 1; the first and the last are above 0
  uint64_t *upto;  // the same, cumulated and in 64 bits: what a word is looked up in
  DayCell *cells;  // where to look: cells[k] is of the words whose top bits are k
  uint32_t cell_bits;
} DaySpread;

// Each makes a spread that its caller owns and frees with `days_free`, or gives false and leaves
// `out` empty where there is no such spread: bounds out of order, a mean or deviation below 0 or
// not finite.
bool days_fixed(int32_t days, DaySpread *out);
bool days_uniform(int32_t low, int32_t high, DaySpread *out);
// The triangle on low - 1/2, mode, high + 1/2.
bool days_triangle(int32_t low, int32_t mode, int32_t high, DaySpread *out);
bool days_poisson(double mean, DaySpread *out);
bool days_normal(double mean, double deviation, DaySpread *out);
bool days_lognormal(double median, double sigma, DaySpread *out);
bool days_exponential(double mean, DaySpread *out);
// n chances of first, first + 1, …, scaled to add up to 1; false where none is above 0. They are
// copied.
bool days_of_chances(int32_t first, const double *p, uint32_t n, DaySpread *out);
void days_free(DaySpread *spread);

int32_t days_draw(const DaySpread *spread, uint64_t word);
void days_draw_all(const DaySpread *spread, const Kernels *kernels, const uint64_t *words,
                   uint32_t n, int32_t *days);
double days_mean(const DaySpread *spread);
