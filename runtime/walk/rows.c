// Terms over many rows at once: the common kinds column by column, the others row by row. What is written here gives the
// same values and stops at the same row as `walk_value` on one row after the other.
#include <stdlib.h>

#include "runtime/walk/walk.h"

static bool truths_by_row(Walk *w, const Term *term, const Selection *s, bool *out) {
  for (uint32_t i = 0; i < s->n; i++) {
    Value value;
    if (!walk_value(w, term, s->rows[i], &value)) return false;
    out[i] = value.truth;
  }
  return true;
}

static bool truths_held(const Walk *w, const Term *term, const Selection *s, bool *out) {
  const int32_t *dates = world_words(&w->world, term->column);
  for (uint32_t i = 0; i < s->n; i++) {
    Date date = dates[s->rows[i]];
    out[i] = date != DATE_NONE && date <= world_first_day(&w->world, s->rows[i]);
  }
  return true;
}

bool walk_truths(Walk *w, const Term *term, const Selection *s, bool *out) {
  const int32_t *words = term->column == NO_COLUMN ? NULL : world_words(&w->world, term->column);
  switch (term->kind) {
    case TERM_CONSTANT:
      for (uint32_t i = 0; i < s->n; i++) out[i] = term->value.truth;
      return true;
    case TERM_FACT:
      for (uint32_t i = 0; i < s->n; i++) out[i] = words[s->rows[i]] == 1;
      return true;
    case TERM_EQUALS:
    case TERM_LINE:
      for (uint32_t i = 0; i < s->n; i++) out[i] = words[s->rows[i]] == term->word;
      return true;
    case TERM_HAPPENED:
      for (uint32_t i = 0; i < s->n; i++) out[i] = words[s->rows[i]] != DATE_NONE;
      return true;
    case TERM_CELL:
    case TERM_CHANCE:
      for (uint32_t i = 0; i < s->n; i++) out[i] = words[s->rows[i]] != 0;
      return true;
    case TERM_HELD: return truths_held(w, term, s, out);
    case TERM_NOT:
      if (!walk_truths(w, term->a, s, out)) return false;
      for (uint32_t i = 0; i < s->n; i++) out[i] = !out[i];
      return true;
    case TERM_BELIEF:
    case TERM_TODAY:
    case TERM_NEGATE:
    case TERM_BINARY:
    case TERM_IF:
    case TERM_UNIT:
    case TERM_EARLIER:
    case TERM_LATER: break;
  }
  return truths_by_row(w, term, s, out);
}

void walk_part(Walk *w, const Term *term, Selection *s, Selection *yes, Selection *no) {
  bool *truths = memory_alloc(s->n + 1, sizeof *truths);
  if (!w->has_error && walk_truths(w, term, s, truths)) {
    selection_reserve(yes, s->n + KERNEL_SLACK);
    selection_reserve(no, s->n + KERNEL_SLACK);
    uint32_t n_yes = w->options.kernels->deal_truths(s->rows, truths, s->n, yes->rows + yes->n,
                                                     no->rows + no->n);
    yes->n += n_yes;
    no->n += s->n - n_yes;
  }
  free(truths);
  s->n = 0;
}

// One of two constants, as in `if ceased then 95% else 10%`.
static bool chances_of_if(Walk *w, const Term *term, const Selection *s, uint32_t stride,
                          double *out) {
  bool *truths = memory_alloc(s->n + 1, sizeof *truths);
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
  Selection asked = *s;
  if (*is_shared && asked.n) asked.n = 1;
  double *p = memory_alloc(2 * (size_t)asked.n + 2, sizeof *p);
  if (!walk_chances(w, term, &asked, 2, p)) {
    free(p);
    return NULL;
  }
  for (uint32_t i = 0; i < asked.n; i++) p[2 * i + 1] = 1 - p[2 * i];
  return p;
}
