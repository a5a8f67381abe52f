// Lists grow by doubling; a mask is as long as the table.
#include "runtime/world/selection.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "lang/base/arena.h"

void selection_reserve(Selection *s, uint32_t more) {
  assert(!s->mask);
  if (s->cap - s->n >= more) return;
  uint32_t cap = 2 * s->cap > s->n + more ? 2 * s->cap : s->n + more;
  s->cap = cap < 16 ? 16 : cap;
  s->rows = memory_grow(s->rows, s->cap, sizeof *s->rows);
}

void selection_push(Selection *s, uint32_t row) {
  if (s->mask) {
    assert(row < s->cap && !s->mask[row]);
    s->mask[row] = lane_of(true);
    s->n++;
    return;
  }
  if (s->n == s->cap) selection_reserve(s, 1);
  s->rows[s->n++] = row;
}

static void append_mask(Selection *to, const Selection *from) {
  selection_mask(to, from->cap);
  Lane *mask = to->mask;
  const Lane *more = from->mask;
  const uint32_t n = from->cap;
  for (uint32_t row = 0; row < n; row++) mask[row] |= more[row];
}

void selection_append(Selection *to, Selection *from) {
  if (from->n == 0) {
    selection_free(from);
    return;
  }
  if (to->n == 0) {
    selection_free(to);
    *to = *from;
    *from = (Selection){0};
    return;
  }
  if (from->mask) {
    append_mask(to, from);
  } else if (to->mask) {
    for (uint32_t i = 0; i < from->n; i++) to->mask[from->rows[i]] = lane_of(true);
  } else {
    selection_reserve(to, from->n);
    memcpy(to->rows + to->n, from->rows, from->n * sizeof *from->rows);
  }
  to->n += from->n;
  selection_free(from);
}

void selection_free(Selection *s) {
  free(s->rows);
  free(s->mask);
  *s = (Selection){0};
}

void selection_list(Selection *s) {
  if (!s->mask) return;
  Selection list = {0};
  selection_reserve(&list, s->n + 1);
  for (uint32_t row = 0; row < s->cap; row++) {
    list.rows[list.n] = row;
    list.n -= (uint32_t)s->mask[row];
  }
  assert(list.n == s->n);
  selection_free(s);
  *s = list;
}

Selection selection_none(uint32_t cap) {
  return (Selection){.cap = cap, .mask = memory_alloc((size_t)cap + 1, sizeof(Lane))};
}

Selection selection_unset(uint32_t cap) {
  return (Selection){.cap = cap, .mask = memory_grow(NULL, (size_t)cap + 1, sizeof(Lane))};
}

void selection_mask(Selection *s, uint32_t n) {
  if (s->mask) return;
  Selection mask = selection_none(n);
  for (uint32_t i = 0; i < s->n; i++) mask.mask[s->rows[i]] = lane_of(true);
  mask.n = s->n;
  selection_free(s);
  *s = mask;
}
