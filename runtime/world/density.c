// Densities over days, shared by rows and counted, and the two ways to take a row apart by its days.
#include <assert.h>
#include <stdlib.h>

#include "runtime/world/world.h"

uint32_t density_new(World *w, Date first, uint32_t n, double *mass) {
  uint32_t skip = 0;
  while (skip < n && mass[skip] == 0) skip++;
  while (n > skip && mass[n - 1] == 0) n--;
  if (skip == n) {
    free(mass);
    return NO_DENSITY;
  }
  if (skip) memmove(mass, mass + skip, (n - skip) * sizeof *mass);
  uint32_t id;
  if (w->unused_densities.n) {
    id = w->unused_densities.rows[--w->unused_densities.n];
  } else {
    if (w->n_densities == w->densities_cap) {
      w->densities_cap = w->densities_cap ? 2 * w->densities_cap : 64;
      w->densities = memory_grow(w->densities, w->densities_cap, sizeof *w->densities);
    }
    id = w->n_densities++;
  }
  w->densities[id] = (Density){first + (Date)skip, n - skip, mass, 0};
  w->n_cells += n - skip;
  if (w->n_cells / WORLD_DAYS_PER_ROW > w->budget) w->is_over_budget = true;
  return id;
}

// A point is kept for the whole walk (one use is the table's own), so that all rows of a day share it.
uint32_t density_point(World *w, Date day) {
  uint32_t *slot = &w->points[day - w->first_day];
  if (*slot == NO_DENSITY) {
    double *mass = memory_alloc(1, sizeof *mass);
    mass[0] = 1;
    *slot = density_new(w, day, 1, mass);
    density_use(w, *slot);
  }
  return *slot;
}

void density_use(World *w, uint32_t density) {
  if (density != NO_DENSITY) w->densities[density].uses++;
}

void density_release(World *w, uint32_t density) {
  if (density == NO_DENSITY) return;
  Density *d = &w->densities[density];
  assert(d->uses > 0);
  if (--d->uses) return;
  w->n_cells -= d->n;
  free(d->mass);
  *d = (Density){0};
  selection_push(&w->unused_densities, density);
}

void world_set_density(World *w, uint32_t row, uint32_t density) {
  density_use(w, density);
  density_release(w, w->density[row]);
  w->density[row] = density;
}

double density_total(const World *w, uint32_t density) {
  const Density *d = &w->densities[density];
  double total = 0;
  for (uint32_t i = 0; i < d->n; i++) total += d->mass[i];
  return total;
}

void world_split_days(World *w, Selection *s, uint32_t from) {
  if (!w->is_exact) return;
  uint32_t n = s->n;
  for (uint32_t i = from; i < n && !w->is_over_budget; i++) {
    uint32_t row = s->rows[i];
    uint32_t whole = w->density[row];
    if (w->densities[whole].n == 1 && w->densities[whole].mass[0] == 1) continue;
    density_use(w, whole);
    double weight = w->weight[row];
    for (uint32_t k = w->densities[whole].n; k-- > 0;) {
      double mass = w->densities[whole].mass[k];
      if (mass == 0) continue;
      // The first day has mass and comes last: it stays in the row itself.
      uint32_t part = k ? world_copy_row(w, row) : row;
      if (part == NO_ROW) break;
      world_set_density(w, part, density_point(w, w->densities[whole].first + (Date)k));
      w->weight[part] = weight * mass;
      if (k) selection_push(s, part);
    }
    density_release(w, whole);
  }
}

uint32_t world_split_at(World *w, uint32_t row, Date border) {
  if (!w->is_exact) return NO_ROW;
  uint32_t whole = w->density[row];
  const Density *d = &w->densities[whole];
  if (border <= d->first || border > density_last(d)) return NO_ROW;
  uint32_t later = world_copy_row(w, row);
  if (later == NO_ROW) return NO_ROW;
  d = &w->densities[whole];
  uint32_t n_before = (uint32_t)(border - d->first), n_after = d->n - n_before;
  double *before = memory_alloc(n_before, sizeof *before);
  double *after = memory_alloc(n_after, sizeof *after);
  memcpy(before, d->mass, n_before * sizeof *before);
  memcpy(after, d->mass + n_before, n_after * sizeof *after);
  Date first = d->first;
  world_set_density(w, later, density_new(w, border, n_after, after));
  world_set_density(w, row, density_new(w, first, n_before, before));
  return later;
}
