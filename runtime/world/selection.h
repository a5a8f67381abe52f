// Rows of the table of worlds that go on together, each at most once; owned by whoever holds it. A list of rows or, when
// sampling, a mask over all rows of the table: a list where they are few, a mask where they are many, because what is done
// to all rows in their order is done in wide registers.
//
//   list   rows  2 3 7                 n = 3
//   mask   mask  0 0 -1 -1 0 0 0 -1    n = 3, cap = 8 rows
#pragma once
#include <stdbool.h>
#include <stdint.h>

// A truth as wide as a column's cell, so that it selects without a branch: all bits set, or none.
typedef int32_t Lane;

static inline Lane lane_of(bool truth) {
  return -(Lane)truth;
}
static inline int32_t lane_pick(Lane lane, int32_t yes, int32_t no) {
  return (yes & lane) | (no & ~lane);
}

typedef struct Selection {
  uint32_t *rows;   // of a list
  uint32_t n, cap;  // cap: room of a list, the table's rows of a mask
  Lane *mask;       // NULL: it is a list
} Selection;

void selection_push(Selection *s, uint32_t row);
void selection_reserve(Selection *s, uint32_t more);  // of a list: room for so many more rows
// Moves all rows; `from` is left empty and freed. A list stays in its order with the new rows behind it, unless they come as
// a mask.
void selection_append(Selection *to, Selection *from);
void selection_free(Selection *s);
// Makes it a list, in the order of the table where it was a mask.
void selection_list(Selection *s);
// Makes it a mask over n rows.
void selection_mask(Selection *s, uint32_t n);

// A mask over so many rows, none of them in it; and one of which every lane is still to be written.
Selection selection_none(uint32_t cap);
Selection selection_unset(uint32_t cap);

static inline bool selection_has(const Selection *s, uint32_t row) {
  return !s->mask || s->mask[row];
}
// How many entries a selection has: the rows of a list, or all rows of the table behind a mask.
static inline uint32_t selection_entries(const Selection *s) {
  return s->mask ? s->cap : s->n;
}

// A loop over the entries: `row` is the row of one, and the lane `is_in` whether it is selected, as all of a list are.
#define EACH_ENTRY(s, entry, row, is_in, ...)                                                     \
  do {                                                                                            \
    const Lane *each_mask = (s)->mask;                                                            \
    const uint32_t *each_row = (s)->rows;                                                         \
    const uint32_t each_n = selection_entries(s);                                                 \
    if (each_mask) EACH_ENTRY_OF(each_n, entry, row, entry, is_in, each_mask[entry], __VA_ARGS__) \
    else EACH_ENTRY_OF(each_n, entry, row, each_row[entry], is_in, -1, __VA_ARGS__)               \
  } while (0)
#define EACH_ENTRY_OF(count, entry, row, row_value, is_in, lane, ...) \
  for (uint32_t entry = 0; entry < (count); entry++) {                \
    const uint32_t row = (row_value);                                 \
    const Lane is_in = (lane);                                        \
    (void)row, (void)is_in;                                           \
    __VA_ARGS__                                                       \
  }
