// Terms over many rows at once: the common kinds column by column, the others row by row. What is written here gives the
// same values and stops at the same row as `walk_value` on one row after the other.
#include <stdlib.h>

#include "runtime/walk/walk.h"

static bool truths_by_row(Walk *w, const Term *term, const Selection *s, Lane *out) {
  uint32_t n = selection_entries(s);
  for (uint32_t i = 0; i < n; i++) {
    uint32_t row = s->mask ? i : s->rows[i];
    Value value = {0};
    if (selection_has(s, row) && !walk_value(w, term, row, &value)) return false;
    out[i] = lane_of(value.truth);
  }
  return true;
}

static bool is_total(const Term *term);

static bool is_total_binary(const Term *term) {
  bool compares = term->op >= OP_EQ && term->op <= OP_GE;
  bool is_ordered = term->a->type == VALUE_NUMBER || term->a->type == VALUE_DATE;
  if (!(compares && is_ordered) && term->op != OP_AND && term->op != OP_OR) return false;
  return is_total(term->a) && is_total(term->b);
}

// Whether evaluating a term can go wrong on no row, not even on one where what it reads has not been drawn.
static bool is_total(const Term *term) {
  switch (term->kind) {
    case TERM_CONSTANT:
    case TERM_CELL:
    case TERM_EQUALS:
    case TERM_HAPPENED:
    case TERM_HELD:
    case TERM_FACT:
    case TERM_BELIEF:
    case TERM_LINE:
    case TERM_TODAY:
    case TERM_CHANCE: return true;
    case TERM_NOT: return is_total(term->a);
    case TERM_BINARY: return is_total_binary(term);
    case TERM_NEGATE:
    case TERM_IF:
    case TERM_UNIT:
    case TERM_EARLIER:
    case TERM_LATER: break;
  }
  return false;
}

// --- Dates and numbers ---

static void dates_of(const Walk *w, const Term *term, const Selection *s, Date *out) {
  if (term->kind == TERM_CONSTANT) {
    for (uint32_t i = 0; i < selection_entries(s); i++) out[i] = term->value.date;
  } else if (term->kind == TERM_TODAY) {
    EACH_ENTRY(s, i, row, is_in, { out[i] = world_first_day(&w->world, row); });
  } else {
    const int32_t *dates = world_words(&w->world, term->column);
    EACH_ENTRY(s, i, row, is_in, { out[i] = dates[row]; });
  }
}

static void numbers_of(const Walk *w, const Term *term, const Selection *s, double *out) {
  if (term->kind == TERM_CONSTANT) {
    for (uint32_t i = 0; i < selection_entries(s); i++) out[i] = term->value.number;
  } else {
    const double *numbers = world_numbers(&w->world, term->column);
    EACH_ENTRY(s, i, row, is_in, { out[i] = numbers[row]; });
  }
}

// --- Truths ---

static void truths_held(const Walk *w, const Term *term, const Selection *s, Lane *out) {
  const int32_t *dates = world_words(&w->world, term->column);
  EACH_ENTRY(s, i, row, is_in, {
    Date date = dates[row];
    out[i] = lane_of((date != DATE_NONE) & (date <= world_first_day(&w->world, row)));
  });
}

// A date that is none satisfies no comparison.
static void compare_dates(const Walk *w, const Term *term, const Selection *s, Lane *out) {
  uint32_t n = selection_entries(s);
  Date *a = memory_alloc(2 * (size_t)n + 1, sizeof *a), *b = a + n;
  dates_of(w, term->a, s, a);
  dates_of(w, term->b, s, b);
  for (uint32_t i = 0; i < n; i++) {
    bool is_some = (a[i] != DATE_NONE) & (b[i] != DATE_NONE);
    int sign = (a[i] > b[i]) - (a[i] < b[i]);
    out[i] = lane_of(is_some & value_order_holds(term->op, sign));
  }
  free(a);
}

static void compare_numbers(const Walk *w, const Term *term, const Selection *s, Lane *out) {
  uint32_t n = selection_entries(s);
  double *a = memory_alloc(2 * (size_t)n + 1, sizeof *a), *b = a + n;
  numbers_of(w, term->a, s, a);
  numbers_of(w, term->b, s, b);
  for (uint32_t i = 0; i < n; i++) {
    double more = a[i] - b[i];
    int sign = (more > VALUE_NUMBER_TOLERANCE) - (more < -VALUE_NUMBER_TOLERANCE);
    out[i] = lane_of(value_order_holds(term->op, sign));
  }
  free(a);
}

// Both sides everywhere: an undrawn cell on a row that the other side decides does no harm.
static bool truths_of_both(Walk *w, const Term *term, const Selection *s, Lane *out) {
  uint32_t n = selection_entries(s);
  Lane *b = memory_alloc(n + 1, sizeof *b);
  bool is_done = walk_truths(w, term->a, s, out) && walk_truths(w, term->b, s, b);
  if (term->op == OP_AND) {
    for (uint32_t i = 0; i < n && is_done; i++) out[i] &= b[i];
  } else {
    for (uint32_t i = 0; i < n && is_done; i++) out[i] |= b[i];
  }
  free(b);
  return is_done;
}

static bool truths_of_binary(Walk *w, const Term *term, const Selection *s, Lane *out) {
  if (!is_total(term)) return truths_by_row(w, term, s, out);
  if (term->op == OP_AND || term->op == OP_OR) return truths_of_both(w, term, s, out);
  if (term->a->type == VALUE_DATE) compare_dates(w, term, s, out);
  else compare_numbers(w, term, s, out);
  return true;
}

bool walk_truths(Walk *w, const Term *term, const Selection *s, Lane *out) {
  const int32_t *words = term->column == NO_COLUMN ? NULL : world_words(&w->world, term->column);
  uint32_t n = selection_entries(s);
  switch (term->kind) {
    case TERM_CONSTANT:
      for (uint32_t i = 0; i < n; i++) out[i] = lane_of(term->value.truth);
      return true;
    case TERM_FACT:
      EACH_ENTRY(s, i, row, is_in, { out[i] = lane_of(words[row] == 1); });
      return true;
    case TERM_EQUALS:
    case TERM_LINE:
      EACH_ENTRY(s, i, row, is_in, { out[i] = lane_of(words[row] == term->word); });
      return true;
    case TERM_HAPPENED:
      EACH_ENTRY(s, i, row, is_in, { out[i] = lane_of(words[row] != DATE_NONE); });
      return true;
    case TERM_CELL:
    case TERM_CHANCE:
      EACH_ENTRY(s, i, row, is_in, { out[i] = lane_of(words[row] != 0); });
      return true;
    case TERM_HELD: truths_held(w, term, s, out); return true;
    case TERM_NOT:
      if (!walk_truths(w, term->a, s, out)) return false;
      for (uint32_t i = 0; i < n; i++) out[i] = ~out[i];
      return true;
    case TERM_BINARY: return truths_of_binary(w, term, s, out);
    case TERM_BELIEF:
    case TERM_TODAY:
    case TERM_NEGATE:
    case TERM_IF:
    case TERM_UNIT:
    case TERM_EARLIER:
    case TERM_LATER: break;
  }
  return truths_by_row(w, term, s, out);
}

static void part_mask(const Selection *s, const Lane *truths, Selection *yes, Selection *no) {
  *yes = selection_unset(s->cap);
  *no = selection_unset(s->cap);
  Lane *yes_mask = yes->mask, *no_mask = no->mask;
  const Lane *mask = s->mask;
  uint32_t n_yes = 0, n = s->cap;
  for (uint32_t row = 0; row < n; row++) {
    yes_mask[row] = mask[row] & truths[row];
    no_mask[row] = mask[row] & ~truths[row];
    n_yes -= (uint32_t)(mask[row] & truths[row]);
  }
  yes->n = n_yes;
  no->n = s->n - n_yes;
}

void walk_deal(const Walk *w, const Selection *s, const Lane *truths, Selection *yes,
               Selection *no) {
  if (s->mask) {
    part_mask(s, truths, yes, no);
    return;
  }
  selection_reserve(yes, s->n + KERNEL_SLACK);
  selection_reserve(no, s->n + KERNEL_SLACK);
  yes->n = w->options.kernels->deal_truths(s->rows, truths, s->n, yes->rows, no->rows);
  no->n = s->n - yes->n;
}

void walk_part(Walk *w, const Term *term, Selection *s, Selection *yes, Selection *no) {
  Lane *truths = memory_grow(NULL, (size_t)selection_entries(s) + 1, sizeof *truths);
  if (!w->has_error && walk_truths(w, term, s, truths)) walk_deal(w, s, truths, yes, no);
  free(truths);
  selection_free(s);
}

// One of two constants, as in `if ceased then 95% else 10%`.
static bool chances_of_if(Walk *w, const Term *term, const Selection *s, uint32_t stride,
                          double *out) {
  Lane *truths = memory_alloc(s->n + 1, sizeof *truths);
  bool is_done = walk_truths(w, term->a, s, truths);
  for (uint32_t i = 0; i < s->n && is_done; i++) {
    const Term *taken = truths[i] ? term->b : term->c;
    double *to = &out[(size_t)i * stride];
    if (taken->kind == TERM_CONSTANT && taken->value.number >= 0 && taken->value.number <= 1)
      *to = taken->value.number;
    else is_done = walk_chance(w, taken, s->rows[i], to);
  }
  free(truths);
  return is_done;
}

static bool chances_of_belief(const Walk *w, const Term *term, const Selection *s, uint32_t stride,
                              double *out) {
  const double *numbers = world_numbers(&w->world, term->column);
  for (uint32_t i = 0; i < s->n; i++) out[(size_t)i * stride] = numbers[s->rows[i]];
  return true;
}

static bool chances_of_constant(Walk *w, const Term *term, const Selection *s, uint32_t stride,
                                double *out) {
  double p = 0;
  if (s->n && !walk_chance(w, term, s->rows[0], &p)) return false;
  for (uint32_t i = 0; i < s->n; i++) out[(size_t)i * stride] = p;
  return true;
}

bool walk_chances(Walk *w, const Term *term, const Selection *s, uint32_t stride, double *out) {
  if (term->kind == TERM_CONSTANT) return chances_of_constant(w, term, s, stride, out);
  if (term->kind == TERM_BELIEF) return chances_of_belief(w, term, s, stride, out);
  if (term->kind == TERM_IF) return chances_of_if(w, term, s, stride, out);
  for (uint32_t i = 0; i < s->n; i++) {
    if (!walk_chance(w, term, s->rows[i], &out[(size_t)i * stride])) return false;
  }
  return true;
}

double *walk_yes_or_no(Walk *w, const Term *term, const Selection *s, bool *is_shared) {
  *is_shared = term->kind == TERM_CONSTANT;
  const uint32_t any = 0;
  Selection asked = *is_shared && s->n ? (Selection){.rows = (uint32_t *)&any, .n = 1} : *s;
  double *p = memory_alloc(2 * (size_t)asked.n + 2, sizeof *p);
  if (!walk_chances(w, term, &asked, 2, p)) {
    free(p);
    return NULL;
  }
  for (uint32_t i = 0; i < asked.n; i++) p[2 * i + 1] = 1 - p[2 * i];
  return p;
}
