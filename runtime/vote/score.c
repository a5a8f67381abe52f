// Binomials from the mode outward, trinomials as binomials of binomials, sums by direct
// convolution: at a few hundred members this beats every transform, and it only ever adds and
// multiplies positive numbers, so that small chances keep their digits and impossible ones stay 0.
#include "runtime/vote/score.h"

#include <math.h>
#include <stdlib.h>

#include "lang/base/arena.h"

// Below this an untrimmed tail ends; denormal numbers are slow and have lost their digits.
#define SMALLEST 1e-300

Range score_binomial(uint32_t n, double hit, double miss, double trim, double *p) {
  Range range = {0, 0};
  if (!(hit > 0)) return p[0] = 1, range;
  if (!(miss > 0)) return p[n] = 1, (Range){n, n};
  double at = floor((n + 1.0) * (hit / (hit + miss)));
  uint32_t mode = at < n ? (uint32_t)at : n;
  double smallest = fmax(trim, SMALLEST), sum = 1;
  range = (Range){mode, mode};
  p[mode] = 1;
  for (double up = hit / miss; range.high < n; range.high++) {
    uint32_t k = range.high;
    double next = p[k] * (up * (n - k) / (k + 1));
    if (next < smallest) break;
    sum += p[k + 1] = next;
  }
  for (double down = miss / hit; range.low > 0; range.low--) {
    uint32_t k = range.low;
    double next = p[k] * (down * k / (n - k + 1));
    if (next < smallest) break;
    sum += p[k - 1] = next;
  }
  for (uint32_t k = range.low; k <= range.high; k++) p[k] /= sum;
  return range;
}

Score score_zero(int64_t low, int64_t high) {
  uint32_t n = (uint32_t)(high - low) + 1;
  return (Score){.low = low, .n = n, .p = memory_alloc(n, sizeof(double))};
}

Score score_start(bool is_split) {
  Score score = score_zero(0, 0);
  score.p[0] = is_split ? 0 : 1;
  score.empty = is_split ? 1 : 0;
  return score;
}

void score_free(Score *score) {
  free(score->p);
  *score = (Score){0};
}

void score_shrink(Score *score) {
  uint32_t from = 0, to = score->n;
  while (to > 1 && score->p[to - 1] == 0) to--;
  while (from + 1 < to && score->p[from] == 0) from++;
  for (uint32_t i = from; i < to; i++) score->p[i - from] = score->p[i];
  score->low += from;
  score->n = to - from;
}

// How many of n moved, and of those how many up.
void score_add_members(Score *into, double weight, uint32_t n, const Step *step, bool is_split,
                       double trim) {
  double *moved = memory_alloc(2 * ((size_t)n + 1), sizeof(double)), *up = moved + n + 1;
  double moves = step->up + step->down, rests = step->stay + step->gone;
  Range range = score_binomial(n, moves, rests, trim, moved);
  for (uint32_t m = range.low; m <= range.high; m++) {
    double chance = weight * moved[m];
    if (m == 0) {
      *(is_split ? &into->empty : &into->p[-into->low]) += chance;
      continue;
    }
    Range ups = score_binomial(m, step->up, step->down, trim, up);
    for (uint32_t k = ups.low; k <= ups.high; k++) {
      into->p[step->rise * k - step->fall * (m - k) - into->low] += chance * up[k];
    }
  }
  free(moved);
}

// to[i] += by * from[i], with the scores of both aligned; `to` covers `from` moved by `shift`.
static void add_shifted(Score *to, const Score *from, int64_t shift, double by) {
  double *restrict at = to->p + (from->low + shift - to->low);
  const double *restrict p = from->p;
  for (uint32_t i = 0; i < from->n; i++) at[i] += by * p[i];
}

static int64_t least(int64_t a, int64_t b) {
  return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b) {
  return a > b ? a : b;
}

// Both have counted, or one of them, or neither.
Score score_sum(const Score *score, const Score *by) {
  int64_t high = score->low + score->n - 1, by_high = by->low + by->n - 1;
  int64_t sum_low = score->low + by->low, sum_high = high + by_high;
  if (score->empty > 0) sum_low = least(sum_low, by->low), sum_high = most(sum_high, by_high);
  if (by->empty > 0) sum_low = least(sum_low, score->low), sum_high = most(sum_high, high);
  Score sum = score_zero(sum_low, sum_high);
  const Score *few = score->n < by->n ? score : by, *many = few == score ? by : score;
  for (uint32_t i = 0; i < few->n; i++) {
    if (few->p[i] != 0) add_shifted(&sum, many, few->low + i, few->p[i]);
  }
  if (by->empty > 0) add_shifted(&sum, score, 0, by->empty);
  if (score->empty > 0) add_shifted(&sum, by, 0, score->empty);
  sum.empty = score->empty * by->empty;
  score_shrink(&sum);
  return sum;
}
