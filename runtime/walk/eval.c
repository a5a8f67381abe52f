// Expressions over rows, in two steps. Resolving makes every draw that an expression needs, lazily from left to right as it
// would be evaluated, and takes rows apart by day where it reads today; after that evaluating is pure.
#include <math.h>
#include <stdlib.h>

#include "runtime/walk/draw.h"

static void take(Selection *all, Selection *part) {
  selection_append(all, part);
}

static void split_yes_or_no(Walk *w, const Term *chance, Selection *s, uint32_t place,
                            Selection *sides) {
  bool is_shared;
  double *p = walk_yes_or_no(w, chance, s, &is_shared);
  if (p) walk_choose(w, s, p, is_shared, 2, place, sides);
  free(p);
}

static void split_fact(Walk *w, const FactPlan *fact, Selection *s) {
  Selection drawn = {0}, fresh = {0}, sides[2] = {{0}, {0}};
  for (uint32_t i = 0; i < s->n; i++) {
    selection_push(world_words(&w->world, fact->column)[s->rows[i]] ? &drawn : &fresh, s->rows[i]);
  }
  s->n = 0;
  if (fresh.n) {
    walk_resolve(w, fact->chance, &fresh);
    split_yes_or_no(w, fact->chance, &fresh, fact->place, sides);
  }
  for (int side = 0; side < 2; side++) {
    for (uint32_t i = 0; i < sides[side].n; i++)
      world_words(&w->world, fact->column)[sides[side].rows[i]] = 1 + side;
    take(&drawn, &sides[side]);
  }
  selection_free(&fresh);
  take(s, &drawn);
}

static void split_belief(Walk *w, const BeliefPlan *belief, Selection *s) {
  Selection drawn = {0}, fresh = {0};
  for (uint32_t i = 0; i < s->n; i++) {
    selection_push(isnan(world_numbers(&w->world, belief->column)[s->rows[i]]) ? &fresh : &drawn,
                   s->rows[i]);
  }
  s->n = 0;
  Selection *sides = memory_alloc(belief->n_nodes, sizeof *sides);
  walk_choose(w, &fresh, belief->weight, true, belief->n_nodes, belief->place, sides);
  for (uint32_t k = 0; k < belief->n_nodes; k++) {
    for (uint32_t i = 0; i < sides[k].n; i++)
      world_numbers(&w->world, belief->column)[sides[k].rows[i]] = belief->node[k];
    take(&drawn, &sides[k]);
  }
  free(sides);
  selection_free(&fresh);
  take(s, &drawn);
}

static void split_chance(Walk *w, const Term *term, Selection *s) {
  Selection sides[2] = {{0}, {0}};
  split_yes_or_no(w, term->a, s, term->place, sides);
  s->n = 0;
  for (int side = 0; side < 2; side++) {
    for (uint32_t i = 0; i < sides[side].n; i++)
      world_words(&w->world, term->column)[sides[side].rows[i]] = !side;
    take(s, &sides[side]);
  }
}

static void resolve_fact(Walk *w, const Term *term, Selection *s) {
  const FactPlan *fact = &w->plan->facts[term->index];
  if (w->options.is_exact) split_fact(w, fact, s);
  else walk_draw_fact(w, fact, s);
}

static void resolve_belief(Walk *w, const Term *term, Selection *s) {
  const BeliefPlan *belief = &w->plan->beliefs[term->index];
  if (w->options.is_exact) split_belief(w, belief, s);
  else walk_draw_belief(w, belief, s);
}

static void resolve_chance(Walk *w, const Term *term, Selection *s) {
  walk_resolve(w, term->a, s);
  if (w->options.is_exact) split_chance(w, term, s);
  else walk_draw_chance(w, term, s);
}

// Splits rows so that a comparison of today with a date comes out alike on all days of a row.
static void resolve_today_against(Walk *w, const Term *other, Selection *s) {
  uint32_t n = s->n;
  for (uint32_t i = 0; w->options.is_exact && i < n && !w->has_error; i++) {
    Value date;
    if (!walk_value(w, other, s->rows[i], &date)) return;
    if (date.date == DATE_NONE) continue;
    uint32_t from = world_split_at(&w->world, s->rows[i], date.date);
    uint32_t behind = world_split_at(&w->world, from == NO_ROW ? s->rows[i] : from, date.date + 1);
    if (from != NO_ROW) selection_push(s, from);
    if (behind != NO_ROW) selection_push(s, behind);
  }
}

static void resolve_held(Walk *w, const Term *term, Selection *s) {
  uint32_t n = s->n;
  for (uint32_t i = 0; w->options.is_exact && i < n; i++) {
    Date date = world_words(&w->world, term->column)[s->rows[i]];
    if (date == DATE_NONE) continue;
    uint32_t later = world_split_at(&w->world, s->rows[i], date);
    if (later != NO_ROW) selection_push(s, later);
  }
}

static bool is_comparison(ValueOp op) {
  return op >= OP_EQ && op <= OP_GE;
}

static void resolve_binary(Walk *w, const Term *term, Selection *s) {
  if (term->op == OP_AND || term->op == OP_OR) {
    Selection yes = {0}, no = {0};
    walk_resolve(w, term->a, s);
    if (!term->b->draws) return;
    walk_part(w, term->a, s, &yes, &no);
    walk_resolve(w, term->b, term->op == OP_AND ? &yes : &no);
    take(s, &yes);
    take(s, &no);
    return;
  }
  if (is_comparison(term->op) && term->a->kind == TERM_TODAY && term->b->kind != TERM_TODAY) {
    walk_resolve(w, term->b, s);
    resolve_today_against(w, term->b, s);
  } else if (is_comparison(term->op) && term->b->kind == TERM_TODAY &&
             term->a->kind != TERM_TODAY) {
    walk_resolve(w, term->a, s);
    resolve_today_against(w, term->a, s);
  } else {
    walk_resolve(w, term->a, s);
    walk_resolve(w, term->b, s);
  }
}

static void resolve_if(Walk *w, const Term *term, Selection *s) {
  Selection yes = {0}, no = {0};
  walk_resolve(w, term->a, s);
  if (!term->b->draws && !term->c->draws) return;
  walk_part(w, term->a, s, &yes, &no);
  walk_resolve(w, term->b, &yes);
  walk_resolve(w, term->c, &no);
  take(s, &yes);
  take(s, &no);
}

void walk_resolve(Walk *w, const Term *term, Selection *s) {
  if (!term || !term->draws || s->n == 0 || w->has_error) return;
  switch (term->kind) {
    case TERM_FACT: resolve_fact(w, term, s); break;
    case TERM_BELIEF: resolve_belief(w, term, s); break;
    case TERM_LINE: walk_draw_line(w, term->index, s); break;
    case TERM_TODAY: world_split_days(&w->world, s, 0); break;
    case TERM_HELD: resolve_held(w, term, s); break;
    case TERM_CHANCE: resolve_chance(w, term, s); break;
    case TERM_BINARY: resolve_binary(w, term, s); break;
    case TERM_IF: resolve_if(w, term, s); break;
    case TERM_NOT:
    case TERM_NEGATE:
    case TERM_UNIT: walk_resolve(w, term->a, s); break;
    case TERM_EARLIER:
    case TERM_LATER:
      walk_resolve(w, term->a, s);
      walk_resolve(w, term->b, s);
      break;
    case TERM_CONSTANT:
    case TERM_CELL:
    case TERM_EQUALS:
    case TERM_HAPPENED: break;
  }
  if (w->world.is_over_budget) walk_over_budget(w);
}

static bool value_error(Walk *w, const Term *term, uint32_t row, ValueStatus status) {
  switch (status) {
    case VALUE_BY_ZERO:
      walk_error(w, E_RUN_VALUE, term->node->span, row, "a division by zero");
      break;
    case VALUE_NOT_FINITE:
      walk_error(w, E_RUN_VALUE, term->node->span, row, "a number too large to compute with");
      break;
    case VALUE_OUT_OF_DATES:
      walk_error(w, E_RUN_VALUE, term->node->span, row, "a date outside the years 1 to 9999");
      break;
    case VALUE_NOT_WHOLE_DAYS:
      walk_error(w, E_RUN_VALUE, term->node->span, row, "a length of time that is not whole");
      break;
    case VALUE_UNCOMPARABLE:
      walk_error(w, E_RUN_VALUE, term->node->span, row, "months and days cannot be compared");
      break;
    case VALUE_MIXED:
    case VALUE_OK:
      walk_error(w, E_RUN_VALUE, term->node->span, row, "values that do not go together");
      break;
  }
  return false;
}

static bool binary_value(Walk *w, const Term *term, uint32_t row, Value *out) {
  Value a, b;
  if (term->op == OP_AND || term->op == OP_OR) {
    if (!walk_value(w, term->a, row, out)) return false;
    return out->truth == (term->op == OP_OR) || walk_value(w, term->b, row, out);
  }
  if (is_comparison(term->op) && (term->a->kind == TERM_TODAY) != (term->b->kind == TERM_TODAY)) {
    // All days of the row compare alike; its first stands for them.
    bool today_first = term->a->kind == TERM_TODAY;
    if (!walk_value(w, today_first ? term->b : term->a, row, &b)) return false;
    a = value_date(world_first_day(&w->world, row));
    return value_binary(term->op, today_first ? a : b, today_first ? b : a, out) == VALUE_OK;
  }
  if (!walk_value(w, term->a, row, &a) || !walk_value(w, term->b, row, &b)) return false;
  ValueStatus status = value_binary(term->op, a, b, out);
  return status == VALUE_OK || value_error(w, term, row, status);
}

static Value cell_value(const World *world, const Term *term, uint32_t row) {
  switch (term->type) {
    case VALUE_NUMBER: return value_number(world_numbers(world, term->column)[row]);
    case VALUE_DURATION:
      return (Value){.type = VALUE_DURATION, .duration = world_durations(world, term->column)[row]};
    case VALUE_DATE: return value_date(world_words(world, term->column)[row]);
    case VALUE_TRUTH:
    case VALUE_NONE: break;
  }
  return value_truth(world_words(world, term->column)[row] != 0);
}

static bool either_value(Walk *w, const Term *term, uint32_t row, Value *out) {
  Value a, b;
  if (!walk_value(w, term->a, row, &a) || !walk_value(w, term->b, row, &b)) return false;
  if (term->kind == TERM_EARLIER) {
    *out = a.date == DATE_NONE || (b.date != DATE_NONE && b.date < a.date) ? b : a;
  } else {
    *out = a.date == DATE_NONE || (b.date != DATE_NONE && b.date < a.date) ? a : b;
  }
  return true;
}

bool walk_value(Walk *w, const Term *term, uint32_t row, Value *out) {
  const World *world = &w->world;
  Value a;
  switch (term->kind) {
    case TERM_CONSTANT: *out = term->value; return true;
    case TERM_CELL: *out = cell_value(world, term, row); return true;
    case TERM_EQUALS:
    case TERM_LINE:
      *out = value_truth(world_words(world, term->column)[row] == term->word);
      return true;
    case TERM_HAPPENED:
      *out = value_truth(world_words(world, term->column)[row] != DATE_NONE);
      return true;
    case TERM_HELD: {
      Date date = world_words(world, term->column)[row];
      *out = value_truth(date != DATE_NONE && date <= world_first_day(world, row));
      return true;
    }
    case TERM_FACT: *out = value_truth(world_words(world, term->column)[row] == 1); return true;
    case TERM_BELIEF: *out = value_number(world_numbers(world, term->column)[row]); return true;
    case TERM_TODAY: *out = value_date(world_first_day(world, row)); return true;
    case TERM_NOT:
      if (!walk_value(w, term->a, row, &a)) return false;
      *out = value_truth(!a.truth);
      return true;
    case TERM_NEGATE:
      return walk_value(w, term->a, row, &a) &&
             (value_negate(a, out) == VALUE_OK || value_error(w, term, row, VALUE_MIXED));
    case TERM_BINARY: return binary_value(w, term, row, out);
    case TERM_IF:
      return walk_value(w, term->a, row, &a) &&
             walk_value(w, a.truth ? term->b : term->c, row, out);
    case TERM_CHANCE: *out = value_truth(world_words(world, term->column)[row] != 0); return true;
    case TERM_UNIT: {
      if (!walk_value(w, term->a, row, &a)) return false;
      ValueStatus status = term_unit(a.number, term->unit, out);
      return status == VALUE_OK || value_error(w, term, row, status);
    }
    case TERM_EARLIER:
    case TERM_LATER: return either_value(w, term, row, out);
  }
  return false;
}
