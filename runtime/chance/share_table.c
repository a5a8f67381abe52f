// The quantile of a beta in cells that halve towards both ends, where it is steepest:
//
//   distance v from the nearer end   2^-33            1/8      1/4             1/2
//   ------------------------------   |..|.. … ..|..|..|........|................|
//                                    8 cells in each octave
//
// Within a cell it is the cubic through the values and slopes at both ends, with the slopes held to three times the chord's,
// so that it never turns back (Fritsch and Carlson, 1980). A cell is found from the leading bits of the floating-point
// number. The error is below 1e-5 of the share's distance from the nearer end, far below what sampling can tell.
#include "runtime/chance/share_table.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lang/base/arena.h"
#include "runtime/chance/draw.h"

enum {
  OCTAVES = 32,
  CELL_BITS = 3,
  CELLS = OCTAVES << CELL_BITS,
  FIRST_EXPONENT = 1023 - OCTAVES - 1
};

// The cell of a distance in 0..1/2, 0 for all below the first octave.
static uint32_t cell_of(double v) {
  uint64_t bits;
  memcpy(&bits, &v, sizeof bits);
  int64_t cell = (int64_t)(bits >> (52 - CELL_BITS)) - ((int64_t)FIRST_EXPONENT << CELL_BITS);
  return cell <= 0 ? 0 : cell >= CELLS ? CELLS - 1 : (uint32_t)cell;
}

// The near end of a cell; the first reaches down to 0.
static double cell_start(uint32_t cell) {
  if (cell == 0) return 0;
  uint32_t octave = cell >> CELL_BITS, part = cell & ((1 << CELL_BITS) - 1);
  return ldexp(1 + (double)part / (1 << CELL_BITS), (int)octave - OCTAVES - 1);
}

static double value_at(const ShareSpread *s, double v, bool is_upper) {
  return share_quantile(s, is_upper ? 1 - v : v);
}

static double slope_at(const ShareSpread *s, double x, double width, double chord) {
  double slope = width / gsl_ran_beta_pdf(x, s->a, s->b);
  if (!isfinite(slope) || slope > 3 * fabs(chord)) return 3 * chord;
  return chord < 0 ? -slope : slope;
}

static ShareCell cell_make(const ShareSpread *s, uint32_t cell, double x0, double x1) {
  double width = cell_start(cell + 1) - cell_start(cell), chord = x1 - x0;
  ShareCell out = {cell_start(cell), 1 / width, {x0, chord, 0, 0}};
  if (cell == 0) return out;
  double m0 = slope_at(s, x0, width, chord), m1 = slope_at(s, x1, width, chord);
  out.c[1] = m0;
  out.c[2] = 3 * chord - 2 * m0 - m1;
  out.c[3] = m0 + m1 - 2 * chord;
  return out;
}

void share_table_make(const ShareSpread *spread, ShareTable *out) {
  *out = (ShareTable){.spread = *spread};
  if (spread->kind != SHARE_BETA) return;
  out->cells = memory_alloc(2 * CELLS, sizeof *out->cells);
  for (int side = 0; side < 2; side++) {
    double x0 = side;
    for (uint32_t cell = 0; cell < CELLS; cell++) {
      double x1 = value_at(spread, cell_start(cell + 1), side);
      out->cells[side * CELLS + cell] = cell_make(spread, cell, x0, x1);
      x0 = x1;
    }
  }
}

void share_table_free(ShareTable *table) {
  free(table->cells);
  *table = (ShareTable){0};
}

static double draw_beta(const ShareTable *table, double u) {
  bool is_upper = u > 0.5;
  double v = is_upper ? 1 - u : u;
  uint32_t cell = cell_of(v);
  const ShareCell *at = &table->cells[is_upper ? CELLS + cell : cell];
  double t = (v - at->start) * at->per_width;
  const double *c = at->c;
  double x = c[0] + t * (c[1] + t * (c[2] + t * c[3]));
  return x < 0 ? 0 : x > 1 ? 1 : x;
}

void share_table_draw(const ShareTable *table, const uint64_t *words, uint32_t n, double *out) {
  for (uint32_t i = 0; i < n; i++) {
    double u = draw_unit(words[i]);
    out[i] = table->cells ? draw_beta(table, u) : share_quantile(&table->spread, u);
  }
}
