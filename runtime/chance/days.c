// Chances of days from distribution functions. A difference F(k + 1/2) - F(k - 1/2) is taken of the
// lower tails left of the median and of the upper tails right of it, where both are small and
// nothing cancels; where a closed form of the difference exists it is used instead.
#include "runtime/chance/days.h"

#include <assert.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "lang/base/arena.h"

// A tail of this chance is cut; in a normal distribution it begins TAIL_SIGMAS deviations from the
// mean.
#define TAIL 1e-18
#define TAIL_SIGMAS 8.7573

static void days_allocate(int32_t first, uint32_t n, DaySpread *out) {
  *out = (DaySpread){.first = first, .n = n, .p = memory_alloc(n, sizeof(double))};
}

void days_free(DaySpread *spread) {
  free(spread->p);
  free(spread->upto);
  free(spread->cells);
  *spread = (DaySpread){0};
}

static double days_sum(const double *p, uint32_t n) {
  double sum = 0, lost = 0;
  for (uint32_t i = 0; i < n; i++) {
    double next = sum + p[i];
    lost += fabs(sum) >= fabs(p[i]) ? (sum - next) + p[i] : (p[i] - next) + sum;
    sum = next;
  }
  return sum + lost;
}

// The thresholds are cumulated in integers, so that they never decrease; what rounding leaves over
// is carried to the next day, so that millions of them do not drift. The last one takes every word
// that is left.
static void days_make_thresholds(DaySpread *spread) {
  spread->upto = memory_alloc(spread->n, sizeof(uint64_t));
  uint64_t upto = 0;
  double carried = 0;
  for (uint32_t i = 0; i + 1 < spread->n; i++) {
    double words = ldexp(spread->p[i], 64) + carried;
    double whole = fmax(0, rint(words));
    carried = words - whole;
    uint64_t share = whole < 0x1p64 ? (uint64_t)whole : UINT64_MAX;
    upto = share > UINT64_MAX - upto ? UINT64_MAX : upto + share;
    spread->upto[i] = upto;
  }
  spread->upto[spread->n - 1] = UINT64_MAX;
}

// The first word that `draw_scale` makes more than i.
static void days_make_even_thresholds(DaySpread *spread) {
  spread->upto = memory_alloc(spread->n, sizeof(uint64_t));
  for (uint32_t i = 0; i + 1 < spread->n; i++) {
    unsigned __int128 words = (unsigned __int128)(i + 1) << 64;
    spread->upto[i] = (uint64_t)((words + spread->n - 1) / spread->n);
  }
  spread->upto[spread->n - 1] = UINT64_MAX;
}

// A guide table (Chen and Asau, 1974) with four cells a day or more, so that hardly any has two steps.
static void days_make_cells(DaySpread *spread) {
  enum { MOST_BITS = 12 };
  uint32_t bits = 1;
  while (bits < MOST_BITS && UINT32_C(1) << bits < 4 * (uint64_t)spread->n) bits++;
  uint32_t n_cells = UINT32_C(1) << bits, day = 0;
  spread->cell_bits = bits;
  spread->cells = memory_alloc(n_cells, sizeof *spread->cells);
  for (uint32_t k = 0; k < n_cells; k++) {
    uint64_t first_word = (uint64_t)k << (64 - bits), last_word = first_word | UINT64_MAX >> bits;
    while (day + 1 < spread->n && first_word >= spread->upto[day]) day++;
    bool is_last = day + 1 == spread->n;
    spread->cells[k] =
        (DayCell){is_last ? UINT64_MAX : spread->upto[day], spread->first + (int32_t)day,
                  !is_last && last_word >= spread->upto[day + 1]};
  }
}

// Drops what has no chance at either end, scales the rest to 1 and makes the thresholds.
static bool days_finish(DaySpread *spread) {
  uint32_t from = 0, to = spread->n;
  while (from < to && !(spread->p[from] > 0)) from++;
  while (to > from && !(spread->p[to - 1] > 0)) to--;
  double sum = days_sum(spread->p + from, to - from);
  if (from == to || !isfinite(sum)) {
    days_free(spread);
    return false;
  }
  for (uint32_t i = from; i < to; i++) spread->p[i - from] = spread->p[i] / sum;
  spread->first += (int32_t)from;
  spread->n = to - from;
  if (spread->is_even) days_make_even_thresholds(spread);
  else days_make_thresholds(spread);
  days_make_cells(spread);
  return true;
}

bool days_of_chances(int32_t first, const double *p, uint32_t n, DaySpread *out) {
  *out = (DaySpread){0};
  if (n == 0) return false;
  days_allocate(first, n, out);
  for (uint32_t i = 0; i < n; i++) out->p[i] = p[i];
  return days_finish(out);
}

bool days_fixed(int32_t days, DaySpread *out) {
  return days_uniform(days, days, out);
}

// The length of low..high, 0 where there is none or too many to keep.
static uint32_t days_width(int32_t low, int32_t high) {
  int64_t n = (int64_t)high - low + 1;
  return n < 1 || n > DAYS_MOST ? 0 : (uint32_t)n;
}

bool days_uniform(int32_t low, int32_t high, DaySpread *out) {
  *out = (DaySpread){0};
  uint32_t n = days_width(low, high);
  if (n == 0) return false;
  days_allocate(low, n, out);
  for (uint32_t i = 0; i < n; i++) out->p[i] = 1;
  out->is_even = true;
  return days_finish(out);
}

bool days_triangle(int32_t low, int32_t mode, int32_t high, DaySpread *out) {
  *out = (DaySpread){0};
  uint32_t n = days_width(low, high);
  if (n == 0 || mode < low || mode > high) return false;
  days_allocate(low, n, out);
  double rise = (double)mode - low + 0.5, fall = (double)high - mode + 0.5;
  for (uint32_t i = 0; i < n; i++) {
    double left = i + 0.5, right = (double)n - i - 0.5;
    double day = (double)low + i;
    if (day < mode) {
      out->p[i] = left / rise;
    } else if (day > mode) {
      out->p[i] = right / fall;
    } else {
      out->p[i] = (rise / 2 - 0.125) / rise + (fall / 2 - 0.125) / fall;
    }
  }
  return days_finish(out);
}

bool days_poisson(double mean, DaySpread *out) {
  *out = (DaySpread){0};
  if (!(mean >= 0) || mean > DAYS_MOST / 2) return false;
  double mode = floor(mean);
  double reach = TAIL_SIGMAS * sqrt(mean) + 40;
  double low = fmax(0, floor(mode - reach)), high = ceil(mode + 1.5 * reach);
  days_allocate((int32_t)low, (uint32_t)(high - low) + 1, out);
  uint32_t middle = (uint32_t)(mode - low);
  out->p[middle] = 1;
  for (uint32_t i = middle; i > 0; i--) out->p[i - 1] = out->p[i] * ((low + i) / mean);
  for (uint32_t i = middle + 1; i < out->n; i++) out->p[i] = out->p[i - 1] * (mean / (low + i));
  double sum = days_sum(out->p, out->n);
  // What is cut is added to the last day kept.
  double cut = 0;
  uint32_t i = 0;
  for (; cut + out->p[i] < TAIL * sum; i++) cut += out->p[i], out->p[i] = 0;
  out->p[i] += cut;
  cut = 0;
  for (i = out->n - 1; cut + out->p[i] < TAIL * sum; i--) cut += out->p[i], out->p[i] = 0;
  out->p[i] += cut;
  return days_finish(out);
}

// A distribution over real numbers: below(x) and above(x) are its two tails, each accurate where it
// is small.
typedef struct Tails {
  double (*below)(double x, double middle, double scale);
  double (*above)(double x, double middle, double scale);
  double middle, scale;
} Tails;

static double normal_below(double x, double mean, double deviation) {
  return gsl_cdf_gaussian_P(x - mean, deviation);
}

static double normal_above(double x, double mean, double deviation) {
  return gsl_cdf_gaussian_Q(x - mean, deviation);
}

static double lognormal_below(double x, double median, double sigma) {
  return x > 0 ? gsl_cdf_ugaussian_P(log(x / median) / sigma) : 0;
}

static double lognormal_above(double x, double median, double sigma) {
  return x > 0 ? gsl_cdf_ugaussian_Q(log(x / median) / sigma) : 1;
}

// The days from low to high, both whole; all that lies below low + 1/2 counts as low and above high
// - 1/2 as high.
static bool days_of_tails(const Tails *tails, double low, double high, DaySpread *out) {
  low = fmin(fmax(low, 0), DAYS_MOST - 1);
  high = fmin(fmax(high, low), DAYS_MOST - 1);
  days_allocate((int32_t)low, (uint32_t)(high - low) + 1, out);
  out->p[0] = 1;
  for (uint32_t i = 0; i < out->n && low < high; i++) {
    double from = low + i - 0.5, to = from + 1;
    if (i == 0) {
      out->p[i] = tails->below(to, tails->middle, tails->scale);
    } else if (i == out->n - 1) {
      out->p[i] = tails->above(from, tails->middle, tails->scale);
    } else if (to <= tails->middle) {
      out->p[i] = tails->below(to, tails->middle, tails->scale) -
                  tails->below(from, tails->middle, tails->scale);
    } else {
      out->p[i] = tails->above(from, tails->middle, tails->scale) -
                  tails->above(to, tails->middle, tails->scale);
    }
  }
  return days_finish(out);
}

bool days_normal(double mean, double deviation, DaySpread *out) {
  *out = (DaySpread){0};
  if (!isfinite(mean) || !isfinite(deviation) || deviation < 0) return false;
  if (deviation == 0) return days_fixed((int32_t)fmin(fmax(round(mean), 0), DAYS_MOST), out);
  Tails tails = {normal_below, normal_above, mean, deviation};
  double reach = TAIL_SIGMAS * deviation;
  return days_of_tails(&tails, floor(mean - reach + 0.5), ceil(mean + reach - 0.5), out);
}

bool days_lognormal(double median, double sigma, DaySpread *out) {
  *out = (DaySpread){0};
  if (!isfinite(median) || !isfinite(sigma) || median < 0 || sigma < 0) return false;
  if (median == 0 || sigma == 0) return days_fixed((int32_t)fmin(round(median), DAYS_MOST), out);
  Tails tails = {lognormal_below, lognormal_above, median, sigma};
  double reach = exp(TAIL_SIGMAS * sigma);
  return days_of_tails(&tails, floor(median / reach + 0.5), ceil(median * reach - 0.5), out);
}

bool days_exponential(double mean, DaySpread *out) {
  *out = (DaySpread){0};
  if (!(mean >= 0) || !isfinite(mean)) return false;
  if (mean == 0) return days_fixed(0, out);
  double last = fmin(ceil(-log(TAIL) * mean - 0.5), DAYS_MOST - 1);
  days_allocate(0, (uint32_t)fmax(last, 0) + 1, out);
  double day = -expm1(-1 / mean);
  for (uint32_t i = 1; i < out->n; i++) out->p[i] = exp((0.5 - i) / mean) * day;
  out->p[0] = -expm1(-0.5 / mean);
  if (out->n > 1) out->p[out->n - 1] = exp((1.5 - out->n) / mean);
  return days_finish(out);
}

static int32_t search(const DaySpread *spread, const DayCell *cell, uint64_t word) {
  bool is_last = cell + 1 == spread->cells + (UINT32_C(1) << spread->cell_bits);
  uint32_t low = (uint32_t)(cell->days - spread->first);
  uint32_t high = is_last ? spread->n - 1 : (uint32_t)(cell[1].days - spread->first);
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (word < spread->upto[middle]) high = middle;
    else low = middle + 1;
  }
  return spread->first + (int32_t)low;
}

static inline int32_t draw(const DaySpread *spread, uint64_t word) {
  if (spread->is_even) return spread->first + draw_scale(word, spread->n);
  const DayCell *cell = spread->cells + (word >> (64 - spread->cell_bits));
  if (cell->has_more) return search(spread, cell, word);
  return cell->days + !draw_hits(word, cell->step);
}

int32_t days_draw(const DaySpread *spread, uint64_t word) {
  return draw(spread, word);
}

void days_draw_all(const DaySpread *spread, const Kernels *kernels, const uint64_t *words,
                   uint32_t n, int32_t *days) {
  if (spread->is_even) kernels->scale(words, n, spread->n, spread->first, days);
  else
    for (uint32_t i = 0; i < n; i++) days[i] = draw(spread, words[i]);
}

double days_mean(const DaySpread *spread) {
  double sum = 0;
  for (uint32_t i = 0; i < spread->n; i++) sum += spread->p[i] * i;
  return spread->first + sum;
}
