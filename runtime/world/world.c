// Rows and columns of the table of worlds. Growth is the only thing that moves a column; a stress build grows by a few rows
// at a time and overwrites what it leaves behind, so that a kept pointer shows itself.
#include "runtime/world/world.h"

#include <assert.h>
#include <stdlib.h>

#ifdef LEGIS_STRESS
enum { GROWTH_ROWS = 3 };
#endif

void world_open(World *w, bool is_exact, const ColumnShape *shapes, uint32_t n_columns,
                Date first_day, Date last_day, uint64_t budget) {
  *w = (World){.is_exact = is_exact,
               .shapes = shapes,
               .n_columns = n_columns,
               .first_day = first_day,
               .budget = budget};
  w->columns = memory_alloc(n_columns + 1, sizeof *w->columns);
  if (is_exact) {
    w->n_points = (uint32_t)(last_day - first_day + 1);
    w->points = memory_alloc(w->n_points, sizeof *w->points);
    for (uint32_t i = 0; i < w->n_points; i++) w->points[i] = NO_DENSITY;
  }
}

void world_close(World *w) {
  for (uint32_t c = 0; c < w->n_columns; c++) free(w->columns[c]);
  for (uint32_t i = 0; i < w->n_densities; i++) free(w->densities[i].mass);
  free(w->columns);
  free(w->weight);
  free(w->density);
  free(w->day);
  free(w->passes);
  free(w->densities);
  free(w->points);
  selection_free(&w->unused);
  selection_free(&w->unused_densities);
  *w = (World){0};
}

void world_clear(World *w) {
  assert(!w->is_exact);
  w->n_rows = w->n_live = 0;
  w->unused.n = 0;
}

static void *column_grow(void *old, uint32_t n_old, uint32_t n_new, size_t size) {
#ifdef LEGIS_STRESS
  unsigned char *moved = memory_alloc(n_new, size);
  if (old) {
    memcpy(moved, old, n_old * size);
    memset(old, 0xA5, n_old * size);
  }
  free(old);
  return moved;
#else
  (void)n_old;
  return memory_grow(old, n_new, size);
#endif
}

static void world_grow(World *w) {
#ifdef LEGIS_STRESS
  uint32_t cap = w->cap + GROWTH_ROWS;
#else
  uint32_t cap = w->cap ? 2 * w->cap : 64;
#endif
  for (uint32_t c = 0; c < w->n_columns; c++) {
    w->columns[c] = column_grow(w->columns[c], w->cap, cap,
                                w->shapes[c].is_wide ? sizeof(double) : sizeof(int32_t));
  }
  if (w->is_exact) {
    w->weight = column_grow(w->weight, w->cap, cap, sizeof *w->weight);
    w->density = column_grow(w->density, w->cap, cap, sizeof *w->density);
  } else {
    w->day = column_grow(w->day, w->cap, cap, sizeof *w->day);
    w->passes = column_grow(w->passes, w->cap, cap, sizeof *w->passes);
  }
  w->cap = cap;
}

static uint32_t take_row(World *w) {
  if (w->is_exact && w->n_live >= w->budget) w->is_over_budget = true;
  if (w->is_over_budget) return NO_ROW;
  w->n_live++;
  if (w->n_live > w->n_most) w->n_most = w->n_live;
  if (w->unused.n) return w->unused.rows[--w->unused.n];
  if (w->n_rows == w->cap) world_grow(w);
  return w->n_rows++;
}

void world_reset_cell(World *w, uint32_t column, uint32_t row) {
  const ColumnShape *shape = &w->shapes[column];
  if (shape->is_wide) {
    world_durations(w, column)[row] = shape->initial.duration;
  } else {
    world_words(w, column)[row] = shape->initial.word;
  }
}

uint32_t world_new_row(World *w) {
  uint32_t row = take_row(w);
  if (row == NO_ROW) return row;
  for (uint32_t c = 0; c < w->n_columns; c++) world_reset_cell(w, c, row);
  if (w->is_exact) {
    w->weight[row] = 0;
    w->density[row] = NO_DENSITY;
  }
  return row;
}

static void reset_column(World *w, uint32_t column, uint32_t n) {
  const ColumnShape *shape = &w->shapes[column];
  if (shape->is_wide) {
    for (uint32_t i = 0; i < n; i++) world_durations(w, column)[i] = shape->initial.duration;
  } else {
    for (uint32_t i = 0; i < n; i++) world_words(w, column)[i] = shape->initial.word;
  }
}

void world_new_trials(World *w, uint64_t first, uint32_t n) {
  assert(!w->is_exact && w->n_rows == 0);
  while (w->cap < n) world_grow(w);
  w->n_rows = w->n_live = n;
  if (n > w->n_most) w->n_most = n;
  w->first_trial = first;
  for (uint32_t c = 0; c < w->n_columns; c++) reset_column(w, c, n);
  for (uint32_t i = 0; i < n; i++) w->day[i] = w->first_day;
  memset(w->passes, 0, n * sizeof *w->passes);
}

uint32_t world_copy_row(World *w, uint32_t row) {
  assert(w->is_exact);
  uint32_t copy = take_row(w);
  if (copy == NO_ROW) return copy;
  for (uint32_t c = 0; c < w->n_columns; c++) {
    if (w->shapes[c].is_wide) {
      world_durations(w, c)[copy] = world_durations(w, c)[row];
    } else {
      world_words(w, c)[copy] = world_words(w, c)[row];
    }
  }
  w->weight[copy] = w->weight[row];
  w->density[copy] = w->density[row];
  density_use(w, w->density[copy]);
  return copy;
}

void world_drop_row(World *w, uint32_t row) {
  if (w->is_exact) {
    density_release(w, w->density[row]);
    w->density[row] = NO_DENSITY;
  }
  w->n_live--;
  selection_push(&w->unused, row);
}

double world_mass(const World *w, uint32_t row) {
  return w->is_exact ? w->weight[row] * density_total(w, w->density[row]) : 1;
}

Date world_first_day(const World *w, uint32_t row) {
  return w->is_exact ? w->densities[w->density[row]].first : w->day[row];
}

Date world_last_day(const World *w, uint32_t row) {
  return w->is_exact ? density_last(&w->densities[w->density[row]]) : w->day[row];
}
