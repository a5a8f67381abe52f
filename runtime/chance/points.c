// Sobol's sequence as GSL has it, which leaves out the first point, the origin; with it the first
// POINTS = 2^8 points are a net: every dimension's top 8 bits take each value once. Later dimensions of
// so few points lie on patterns with earlier ones (7 with 8, 25 with 34); an order by chance is better.
#include "runtime/chance/points.h"

#include <gsl/gsl_qrng.h>

#include "lang/base/arena.h"
#include "runtime/chance/draw.h"

enum { SOBOL_DIMENSIONS = 8 };

static double middle(uint32_t cell) {
  return (cell + 0.5) / POINTS;
}

static void make_sobol(uint32_t n, double *out) {
  double at[SOBOL_DIMENSIONS] = {0};
  gsl_qrng *sobol = gsl_qrng_alloc(gsl_qrng_sobol, n);
  if (!sobol) memory_exhausted();
  for (uint32_t point = 0; point < POINTS; point++) {
    for (uint32_t k = 0; k < n; k++)
      out[(size_t)k * POINTS + point] = middle((uint32_t)(at[k] * POINTS));
    gsl_qrng_get(sobol, at);
  }
  gsl_qrng_free(sobol);
}

static void make_shuffled(uint32_t dimension, double *out) {
  DrawKey key = {.place = dimension};
  for (uint32_t point = 0; point < POINTS; point++) {
    uint32_t other = (uint32_t)(draw_unit(draw_word(key, point)) * (point + 1));
    out[point] = out[other];
    out[other] = middle(point);
  }
}

void points_make(uint32_t n, double *out) {
  uint32_t n_sobol = n < SOBOL_DIMENSIONS ? n : SOBOL_DIMENSIONS;
  if (n_sobol) make_sobol(n_sobol, out);
  for (uint32_t k = n_sobol; k < n; k++) make_shuffled(k, out + (size_t)k * POINTS);
}
