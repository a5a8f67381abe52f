// How surprising a sampled number is where the exact one is known: the chance that so many trials give
// it or one farther away on its side. Shared by the tests that hold sampling to the exact answer.
// A number lies within five standard errors where that chance is at least that of a normal number
// beyond five. Chances are judged by the binomial distribution itself, which says the same where
// there are many and stays right where there are few; its variance is that of the exact value.
#pragma once
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "runtime/answer/answer.h"

// LEGIS_SAMPLED: the number of trials of the tests in which it matters only to what is seen.
static inline uint64_t number_of_trials(uint64_t without) {
  const char *text = getenv("LEGIS_SAMPLED");
  return text ? strtoull(text, NULL, 10) : without;
}

#define FIVE_ERRORS 2.866515718791939e-7  // P(Z > 5)

// Of k or more among n trials that each come up with this chance; 1 for none or more.
static inline double tail_above(double k, double n, double chance) {
  if (k <= 0) return 1;
  if (chance <= 0 || k > n) return 0;
  return chance >= 1 ? 1 : gsl_cdf_binomial_Q((unsigned)k - 1, chance, (unsigned)n);
}

static inline double tail_below(double k, double n, double chance) {
  return tail_above(n - k, n, 1 - chance);
}

static inline double tail_of_chance(double k, double n, double chance) {
  return fmin(tail_above(k, n, chance), tail_below(k, n, chance));
}

// Trials come upon days by these chances, which add up to the share of trials that come upon one at
// all; n of them do. Whether the one that is rank-th by its day can come on that day.
static inline double tail_of_rank(const DaySpan *exact, double rank, double n, Date day) {
  double total = 0, before = 0, until = 0;
  for (uint32_t d = 0; d < exact->n; d++) {
    total += exact->chance[d];
    if (exact->first + (Date)d < day) before += exact->chance[d];
    if (exact->first + (Date)d <= day) until += exact->chance[d];
  }
  return fmin(tail_above(rank, n, until / total), tail_below(rank - 1, n, before / total));
}

typedef struct MeanDay {
  double n, mean, deviation;  // n: the sum of the chances
} MeanDay;

static inline MeanDay mean_of_days(const DaySpan *days) {
  MeanDay m = {0};
  double squares = 0;
  for (uint32_t d = 0; d < days->n; d++) {
    m.n += days->chance[d];
    m.mean += days->chance[d] * d;
  }
  m.mean /= m.n;
  for (uint32_t d = 0; d < days->n; d++) squares += days->chance[d] * (d - m.mean) * (d - m.mean);
  m.deviation = sqrt(squares / m.n);
  m.mean += days->first;
  return m;
}

// --- Chi-square ---

#define LEAST_EXPECTED 5  // of a cell; those of fewer are thrown together

typedef struct Cells {
  double square, n, few, few_seen;
} Cells;

static inline void cells_add(Cells *c, double expected, double seen) {
  if (expected < LEAST_EXPECTED) {
    c->few += expected;
    c->few_seen += seen;
    return;
  }
  c->square += (seen - expected) * (seen - expected) / expected;
  c->n++;
}

// Of trials dealt to cells by chance. Where even all the rare cells together are too few for a cell
// they are judged alone.
static inline double tail_of_cells(Cells c, double trials) {
  double few = c.few, few_seen = c.few_seen, rare = 1;
  c.few = c.few_seen = 0;
  if (few >= LEAST_EXPECTED) cells_add(&c, few, few_seen);
  else rare = tail_of_chance(few_seen, trials, few / trials);
  return fmin(rare, c.n > 1 ? gsl_cdf_chisq_Q(c.square, c.n - 1) : 1);
}

// The cells are outcome and month.
static inline double tail_of_months(const Answer *exact, const Answer *sampled) {
  double trials = (double)sampled->trials;
  Cells cells = {0};
  for (uint32_t o = 0; o < exact->n_outcomes; o++) {
    const DaySpan *days = &exact->outcomes[o].days;
    double expected = 0, seen = 0;
    for (uint32_t d = 0; d < days->n; d++) {
      expected += trials * days->chance[d];
      seen += nearbyint(trials * sampled->outcomes[o].days.chance[d]);
      bool is_last = d + 1 == days->n || date_civil(days->first + (Date)d + 1).day == 1;
      if (!is_last) continue;
      cells_add(&cells, expected, seen);
      expected = seen = 0;
    }
  }
  return tail_of_cells(cells, trials);
}
