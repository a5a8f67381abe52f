// The table of worlds. A row is one world (when sampling: a trial, with its day) or one discrete state of many worlds
// (when exact: with a weight and a density over days, which rows share).
//
//   row      | weight  density | column 0  column 1  …
//   ---------+-----------------+-----------------------
//   0        |  0.70     ────────> days 3 4 5 …          a density belongs to the table and is counted;
//   1        |  0.30     ──┘   |                         it is never changed once a second row uses it
//
// Columns are 4 bytes (truths, dates, options, lines) or 8 (numbers, durations). A row that is not in use has been given
// back by a merge or at its end and is used again. No pointer into a column survives an operation that may add rows.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "lang/base/value.h"
#include "lang/base/vec.h"
#include "runtime/world/selection.h"

typedef union Cell {
  double number;
  Duration duration;
  int32_t word;  // of a 4-byte column
} Cell;

typedef struct ColumnShape {
  bool is_wide;
  Cell initial;  // "has not happened", "not drawn": also what a dead column holds
} ColumnShape;

typedef struct Density {
  Date first;
  uint32_t n;    // 0: a density that is not in use
  double *mass;  // not scaled: the row's weight times this is the chance
  uint32_t uses;
} Density;

typedef struct World {
  bool is_exact;
  const ColumnShape *shapes;
  uint32_t n_columns;
  void **columns;        // [column][row]
  double *weight;        // exact
  uint32_t *density;     // exact: index into densities
  Date *day;             // sampling
  uint64_t first_trial;  // sampling: row r is the trial first_trial + r
  uint32_t *passes;      // sampling: of loops, so far
  uint32_t n_rows, cap;  // rows below n_rows have been used at some time
  Selection unused;
  uint32_t n_live, n_most;
  Density *densities;
  uint32_t n_densities, densities_cap;
  Selection unused_densities;
  Date
      first_day;  // of the case: points[day - first_day] is the density of that day alone, or NO_DENSITY
  uint32_t n_points;
  uint32_t *points;
  uint64_t budget;  // rows at most; cells of densities at most WORLD_DAYS_PER_ROW times as many
  uint64_t n_cells;
  bool is_over_budget;  // rows asked for since then are not made
} World;

enum { WORLD_DAYS_PER_ROW = 64 };

#define NO_DENSITY UINT32_MAX
#define NO_ROW UINT32_MAX

void world_open(World *w, bool is_exact, const ColumnShape *shapes, uint32_t n_columns,
                Date first_day, Date last_day, uint64_t budget);
void world_close(World *w);
void world_clear(World *w);  // no rows; the memory stays

uint32_t world_new_row(World *w);  // initial cells; NO_ROW over the budget
// Sampling: the rows 0 .. n - 1 of an empty table, for the trials from `first` on.
void world_new_trials(World *w, uint64_t first, uint32_t n);
// Exact: with its density and weight; NO_ROW over the budget.
uint32_t world_copy_row(World *w, uint32_t row);
void world_drop_row(World *w, uint32_t row);

static inline int32_t *world_words(const World *w, uint32_t column) {
  return w->columns[column];
}
static inline double *world_numbers(const World *w, uint32_t column) {
  return w->columns[column];
}
static inline Duration *world_durations(const World *w, uint32_t column) {
  return w->columns[column];
}
void world_reset_cell(World *w, uint32_t column, uint32_t row);

// --- Densities (exact) ---
// Takes over `mass` (malloc) after trimming zeros at both ends; all zero gives NO_DENSITY.
uint32_t density_new(World *w, Date first, uint32_t n, double *mass);
uint32_t density_point(World *w, Date day);
void density_use(World *w, uint32_t density);
void density_release(World *w, uint32_t density);
void world_set_density(World *w, uint32_t row,
                       uint32_t density);  // takes a use of its own, releases the old one
double density_total(const World *w, uint32_t density);
static inline Date density_last(const Density *d) {
  return d->first + (Date)d->n - 1;
}
// The mass of a row: weight times total.
double world_mass(const World *w, uint32_t row);
Date world_first_day(const World *w, uint32_t row);  // of its density, or its day
Date world_last_day(const World *w, uint32_t row);

// Splits every row from index `from` on so that each has one day (its density a point). New rows join the selection.
void world_split_days(World *w, Selection *s, uint32_t from);
// Splits a row so that no density reaches over the border: days before `border` on one side. The row keeps the days
// before it; the new row (returned) has the others. NO_ROW where the row lies on one side.
uint32_t world_split_at(World *w, uint32_t row, Date border);

// Makes rows that are equal in all live columns one, mixing their densities, in first-seen order; columns that are not
// live are reset. `live` has one bit a column; NULL: all are live. Exact only.
void world_merge(World *w, Selection *s, const uint64_t *live);
