// A bloc's members multiply the grid by (gone + Z h)^n, where Z moves one row up and h, the steps
// of one who is there, moves along the row. Written as a binomial in Z this is the sum over b of
// Bin(n, b) (Z h)^b, and Horner's scheme sums it from the largest b down to the smallest at the
// price of one h a row and step:
//
//   R = c[high];  R = Z h R + c[b] for b = high - 1 .. low;
//   then (Z h)^low as one convolution of each row.
//
// Only sums and products of positive numbers: small chances stay accurate and impossible ones 0.
#include "runtime/vote/grid.h"

#include <stdlib.h>
#include <string.h>

#include "lang/base/arena.h"

static Grid grid_zero(uint32_t low_there, uint32_t n_there, int64_t low, uint32_t n_scores) {
  return (Grid){.low_there = low_there,
                .n_there = n_there,
                .low = low,
                .n_scores = n_scores,
                .cell = memory_alloc((size_t)n_there * n_scores, sizeof(double)),
                .empty = memory_alloc(n_there, sizeof(double))};
}

void grid_free(Grid *grid) {
  free(grid->cell);
  free(grid->empty);
  *grid = (Grid){0};
}

Grid grid_start(bool is_split) {
  Grid grid = grid_zero(0, 1, 0, 1);
  *(is_split ? grid.empty : grid.cell) = 1;
  return grid;
}

static double *grid_row(const Grid *grid, uint32_t row) {
  return grid->cell + (size_t)row * grid->n_scores;
}

// to += by * from, whose box lies within that of `to`.
static void grid_add(Grid *to, const Grid *from, double by) {
  size_t shift = (size_t)(from->low - to->low);
  for (uint32_t r = 0; r < from->n_there; r++) {
    uint32_t row = from->low_there + r - to->low_there;
    double *restrict at = grid_row(to, row) + shift;
    const double *restrict p = grid_row(from, r);
    for (uint32_t i = 0; i < from->n_scores; i++) at[i] += by * p[i];
    to->empty[row] += by * from->empty[r];
  }
}

// Row `to` becomes h times row `from`; both span the whole width, and nothing can leave it at the
// edges.
static void grid_step_row(Grid *grid, uint32_t from, uint32_t to, const Step *h) {
  const double *restrict p = grid_row(grid, from);
  double *restrict at = grid_row(grid, to);
  int64_t n = grid->n_scores;
  for (int64_t i = 0; i < n; i++) at[i] = h->stay * p[i];
  if (h->up > 0) {
    for (int64_t i = h->rise; i < n; i++) at[i] += h->up * p[i - h->rise];
  }
  if (h->down > 0) {
    for (int64_t i = 0; i < n - h->fall; i++) at[i] += h->down * p[i + h->fall];
  }
  double empty = grid->empty[from];
  if (empty > 0) {
    if (h->up > 0) at[h->rise - grid->low] += h->up * empty;
    if (h->down > 0) at[-h->fall - grid->low] += h->down * empty;
  }
  grid->empty[to] = h->stay * empty;
}

// The scores that c[low] .. c[high] with h's steps can reach, from those that are there.
static Grid horner_box(const Grid *grid, Range range, const Step *h, bool is_split) {
  int64_t steps = range.high - range.low;
  int64_t low = grid->low, high = low + grid->n_scores - 1;
  if (is_split) {
    low = low < 0 ? low : 0;
    high = high > 0 ? high : 0;
  }
  if (h->down > 0) low -= steps * h->fall;
  if (h->up > 0) high += steps * h->rise;
  return grid_zero(grid->low_there, grid->n_there + (uint32_t)steps, low,
                   (uint32_t)(high - low) + 1);
}

static Grid horner_sum(const Grid *grid, Range range, const double *c, const Step *h,
                       bool is_split) {
  Grid sum = horner_box(grid, range, h, is_split);
  grid_add(&sum, grid, c[range.high]);
  uint32_t n_rows = grid->n_there;
  for (uint32_t b = range.high; b-- > range.low; n_rows++) {
    for (uint32_t row = n_rows; row-- > 0;) grid_step_row(&sum, row, row + 1, h);
    memset(grid_row(&sum, 0), 0, sum.n_scores * sizeof(double));
    sum.empty[0] = 0;
    grid_add(&sum, grid, c[b]);
  }
  return sum;
}

// (Z h)^n on every row.
static void grid_multiply_rows(Grid *grid, uint32_t n, const Step *h, bool is_split, double trim) {
  if (n == 0) return;
  Score by = score_zero(-h->fall * n, h->rise * n);
  score_add_members(&by, 1, n, h, is_split, trim);
  score_shrink(&by);
  int64_t low = grid->low + by.low, high = low + grid->n_scores + by.n - 2;
  if (is_split) {
    int64_t grid_high = grid->low + grid->n_scores - 1, by_high = by.low + by.n - 1;
    low = low < by.low ? low : by.low;
    low = low < grid->low ? low : grid->low;
    high = high > by_high ? high : by_high;
    high = high > grid_high ? high : grid_high;
  }
  Grid out = grid_zero(grid->low_there + n, grid->n_there, low, (uint32_t)(high - low) + 1);
  for (uint32_t row = 0; row < grid->n_there; row++) {
    Score at = {.low = grid->low, .n = grid->n_scores, .empty = grid->empty[row]};
    at.p = memory_alloc(at.n, sizeof(double));
    memcpy(at.p, grid_row(grid, row), at.n * sizeof(double));
    score_shrink(&at);
    Score sum = score_sum(&at, &by);
    for (uint32_t i = 0; i < sum.n; i++) {
      if (sum.p[i] > 0) grid_row(&out, row)[sum.low + i - low] = sum.p[i];
    }
    out.empty[row] = sum.empty;
    score_free(&at);
    score_free(&sum);
  }
  score_free(&by);
  grid_free(grid);
  *grid = out;
}

// The grid after a bloc that follows one line.
static Grid grid_case(const Grid *grid, uint32_t n, const GridCase *at, bool is_split,
                      double trim) {
  double *c = memory_alloc((size_t)n + 1, sizeof(double));
  double there = at->step.up + at->step.down + at->step.stay;
  Range range = score_binomial(n, there, at->step.gone, trim, c);
  Step h = at->step;
  h.gone = 0;
  if (there > 0) h.up /= there, h.down /= there, h.stay /= there;
  Grid sum = horner_sum(grid, range, c, &h, is_split);
  grid_multiply_rows(&sum, range.low, &h, is_split, trim);
  free(c);
  return sum;
}

// How many of n sums at one end may go.
static uint32_t droppable(const double *sum, uint32_t n, bool from_end, double trim) {
  double weight = 0;
  uint32_t k = 0;
  for (; k + 1 < n; k++) {
    weight += sum[from_end ? n - 1 - k : k];
    if (weight > trim) break;
  }
  return k;
}

static void grid_trim(Grid *grid, double trim) {
  double *rows = memory_alloc((size_t)grid->n_there + grid->n_scores, sizeof(double));
  double *columns = rows + grid->n_there;
  for (uint32_t r = 0; r < grid->n_there; r++) {
    rows[r] = grid->empty[r];
    for (uint32_t i = 0; i < grid->n_scores; i++) {
      rows[r] += grid_row(grid, r)[i];
      columns[i] += grid_row(grid, r)[i];
    }
  }
  uint32_t row = droppable(rows, grid->n_there, false, trim);
  uint32_t n_rows = grid->n_there - row - droppable(rows + row, grid->n_there - row, true, trim);
  uint32_t column = droppable(columns, grid->n_scores, false, trim);
  uint32_t n_columns = grid->n_scores - column;
  n_columns -= droppable(columns + column, n_columns, true, trim);
  Grid out = grid_zero(grid->low_there + row, n_rows, grid->low + column, n_columns);
  for (uint32_t r = 0; r < n_rows; r++) {
    memcpy(grid_row(&out, r), grid_row(grid, row + r) + column, n_columns * sizeof(double));
    out.empty[r] = grid->empty[row + r];
  }
  free(rows);
  grid_free(grid);
  *grid = out;
}

static Grid grid_mix(const Grid *part, const double *weight, uint32_t n) {
  uint32_t low_there = UINT32_MAX, there_end = 0;
  int64_t low = INT64_MAX, end = INT64_MIN;
  for (uint32_t i = 0; i < n; i++) {
    const Grid *g = &part[i];
    if (g->low_there < low_there) low_there = g->low_there;
    if (g->low_there + g->n_there > there_end) there_end = g->low_there + g->n_there;
    if (g->low < low) low = g->low;
    if (g->low + g->n_scores > end) end = g->low + g->n_scores;
  }
  Grid mix = grid_zero(low_there, there_end - low_there, low, (uint32_t)(end - low));
  for (uint32_t i = 0; i < n; i++) grid_add(&mix, &part[i], weight[i]);
  return mix;
}

void grid_add_bloc(Grid *grid, uint32_t n, const GridCase *cases, uint32_t n_cases, bool is_split,
                   double trim) {
  Grid *part = memory_alloc(n_cases, sizeof(Grid));
  double *weight = memory_alloc(n_cases, sizeof(double));
  for (uint32_t i = 0; i < n_cases; i++) {
    part[i] = grid_case(grid, n, &cases[i], is_split, trim);
    weight[i] = cases[i].weight;
    grid_trim(&part[i], trim);
  }
  grid_free(grid);
  *grid = grid_mix(part, weight, n_cases);
  for (uint32_t i = 0; i < n_cases; i++) grid_free(&part[i]);
  free(part);
  free(weight);
}
