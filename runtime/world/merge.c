// Equal worlds become one. Rows are grouped by a hash over the live columns, each group keeps its first row, and the
// densities of a group are added up once, over the range of days that they cover together.
#include <stdlib.h>

#include "runtime/world/world.h"

typedef struct Merge {
  World *w;
  uint32_t *columns;  // the live ones
  uint32_t n_columns;
  uint32_t *slots;  // open addressing: index of a group + 1
  uint32_t mask;
  uint32_t *group_row;  // first row of each group
  uint64_t *group_hash;
  uint32_t *next;  // index in the selection -> the next of its group + 1
  uint32_t *group_head, *group_tail;
  uint32_t n_groups;
} Merge;

static uint64_t hash_row(const Merge *m, uint32_t row) {
  uint64_t hash = 0x9E3779B97F4A7C15u;
  for (uint32_t i = 0; i < m->n_columns; i++) {
    uint32_t c = m->columns[i];
    const World *w = m->w;
    uint64_t cell = 0;
    if (w->shapes[c].is_wide) {
      memcpy(&cell, &world_numbers(w, c)[row], sizeof cell);
    } else {
      cell = (uint32_t)world_words(w, c)[row];
    }
    hash = (hash ^ cell) * 0xD6E8FEB86659FD93u;
    hash ^= hash >> 32;
  }
  return hash;
}

static bool rows_equal(const Merge *m, uint32_t a, uint32_t b) {
  for (uint32_t i = 0; i < m->n_columns; i++) {
    uint32_t c = m->columns[i];
    const World *w = m->w;
    if (w->shapes[c].is_wide) {
      const double *cells = world_numbers(w, c);
      if (memcmp(&cells[a], &cells[b], sizeof *cells) != 0) return false;
    } else if (world_words(w, c)[a] != world_words(w, c)[b]) {
      return false;
    }
  }
  return true;
}

static void group_add(Merge *m, uint32_t index, uint32_t row) {
  uint64_t hash = hash_row(m, row);
  uint32_t slot = (uint32_t)hash & m->mask;
  while (m->slots[slot]) {
    uint32_t g = m->slots[slot] - 1;
    if (m->group_hash[g] == hash && rows_equal(m, m->group_row[g], row)) {
      m->next[m->group_tail[g]] = index + 1;
      m->group_tail[g] = index;
      return;
    }
    slot = (slot + 1) & m->mask;
  }
  uint32_t g = m->n_groups++;
  m->slots[slot] = g + 1;
  m->group_row[g] = row;
  m->group_hash[g] = hash;
  m->group_head[g] = m->group_tail[g] = index;
}

// False where the worlds are so unlikely that nothing of their weight is left in a floating-point number.
static bool group_mix(World *w, const uint32_t *rows, const uint32_t *next, uint32_t head) {
  uint32_t row = rows[head];
  bool is_one = true;
  Date first = world_first_day(w, row), last = world_last_day(w, row);
  for (uint32_t i = next[head]; i; i = next[i - 1]) {
    uint32_t other = rows[i - 1];
    if (w->density[other] != w->density[row]) is_one = false;
    if (world_first_day(w, other) < first) first = world_first_day(w, other);
    if (world_last_day(w, other) > last) last = world_last_day(w, other);
  }
  if (is_one) {
    for (uint32_t i = next[head]; i; i = next[i - 1]) w->weight[row] += w->weight[rows[i - 1]];
  } else {
    uint32_t n = (uint32_t)(last - first + 1);
    double *mass = memory_alloc(n, sizeof *mass);
    for (uint32_t i = head + 1; i; i = next[i - 1]) {
      const Density *d = &w->densities[w->density[rows[i - 1]]];
      double weight = w->weight[rows[i - 1]];
      double *to = mass + (d->first - first);
      for (uint32_t k = 0; k < d->n; k++) to[k] += weight * d->mass[k];
    }
    world_set_density(w, row, density_new(w, first, n, mass));
    w->weight[row] = 1;
  }
  for (uint32_t i = next[head]; i; i = next[i - 1]) world_drop_row(w, rows[i - 1]);
  if (w->density[row] != NO_DENSITY) return true;
  world_drop_row(w, row);
  return false;
}

static void reset_dead(World *w, const Selection *s, const uint64_t *live) {
  for (uint32_t c = 0; c < w->n_columns; c++) {
    if (live[c / 64] >> (c % 64) & 1) continue;
    for (uint32_t i = 0; i < s->n; i++) world_reset_cell(w, c, s->rows[i]);
  }
}

void world_merge(World *w, Selection *s, const uint64_t *live) {
  if (!w->is_exact || s->n == 0 || w->is_over_budget) return;
  if (live) reset_dead(w, s, live);
  if (s->n == 1) return;
  Merge m = {.w = w, .mask = 15};
  while (m.mask < 2 * s->n) m.mask = 2 * m.mask + 1;
  m.columns = memory_alloc(w->n_columns + 1, sizeof *m.columns);
  m.slots = memory_alloc(m.mask + 1, sizeof *m.slots);
  m.group_row = memory_alloc(4 * (size_t)s->n, sizeof *m.group_row);
  m.group_head = m.group_row + s->n;
  m.group_tail = m.group_head + s->n;
  m.next = m.group_tail + s->n;
  m.group_hash = memory_alloc(s->n, sizeof *m.group_hash);
  for (uint32_t c = 0; c < w->n_columns; c++) {
    if (!live || (live[c / 64] >> (c % 64) & 1)) m.columns[m.n_columns++] = c;
  }
  for (uint32_t i = 0; i < s->n; i++) group_add(&m, i, s->rows[i]);
  if (m.n_groups < s->n) {
    uint32_t n = 0;
    for (uint32_t g = 0; g < m.n_groups; g++) {
      uint32_t head = m.group_head[g];
      if (!m.next[head] || group_mix(w, s->rows, m.next, head)) m.group_row[n++] = m.group_row[g];
    }
    memcpy(s->rows, m.group_row, n * sizeof *s->rows);
    s->n = n;
  }
  free(m.columns);
  free(m.slots);
  free(m.group_row);
  free(m.group_hash);
}
