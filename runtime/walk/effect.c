// Statements without time or chance of their own: variables, bills, lists, and the lines that an amendment draws anew.
#include <stdlib.h>

#include "runtime/walk/walk.h"

void walk_assign(Walk *w, uint32_t column, uint32_t row, Value value) {
  switch (value.type) {
    case VALUE_NUMBER: world_numbers(&w->world, column)[row] = value.number; return;
    case VALUE_DURATION: world_durations(&w->world, column)[row] = value.duration; return;
    case VALUE_DATE: world_words(&w->world, column)[row] = value.date; return;
    case VALUE_TRUTH:
    case VALUE_NONE: world_words(&w->world, column)[row] = value.truth; return;
  }
}

static void set_variable(Walk *w, const Act *act, Selection *s) {
  if (act->set.draws) {
    walk_draw_span(w, act, s);
    return;
  }
  walk_resolve(w, act->term, s);
  selection_list(s);
  for (uint32_t i = 0; i < s->n && !w->has_error; i++) {
    Value value;
    if (walk_value(w, act->term, s->rows[i], &value))
      walk_assign(w, act->set.column, s->rows[i], value);
  }
}

static bool force_date(Walk *w, const Act *act, uint32_t row, Date *date) {
  Value value;
  *date = world_first_day(&w->world, row);
  if (!act->term) return true;
  if (!walk_value(w, act->term, row, &value)) return false;
  if (act->enact.is_on) {
    *date = value.date;
  } else if (value_date_after(*date, value.duration, date) != VALUE_OK) {
    walk_error(w, E_RUN_TIME, act->term->node->span, row,
               "a day of force outside the years 1 to 9999");
    return false;
  }
  return true;
}

// In force a number of days after today, on whole columns.
static bool enact_after_days(Walk *w, const Act *act, const Selection *s) {
  const Term *after = act->term;
  bool is_plain = !after || (!act->enact.is_on && after->kind == TERM_CONSTANT &&
                             after->value.duration.months == 0);
  if (!is_plain || w->options.is_exact) return false;
  int32_t days = after ? after->value.duration.days : 0;
  int32_t *dates = world_words(&w->world, act->enact.bill->in_force);
  const Date *day = w->world.day;
  if (days < 0 || days > DAYS_MOST || w->program->last_day > DATE_LAST - days) return false;
  EACH_ENTRY(s, i, row, is_in, { dates[row] = lane_pick(is_in, day[row] + days, dates[row]); });
  return true;
}

static void enact(Walk *w, const Act *act, Selection *s) {
  const BillPlan *bill = act->enact.bill;
  walk_resolve(w, act->term, s);
  walk_mark(w, bill->enacted, &bill->enacted_days, s, 0);
  if (bill->in_force == NO_COLUMN) return;
  if (!act->enact.is_on) world_split_days(&w->world, s, 0);
  if (w->has_error || enact_after_days(w, act, s)) return;
  selection_list(s);
  for (uint32_t i = 0; i < s->n && !w->has_error; i++) {
    Date date;
    if (force_date(w, act, s->rows[i], &date))
      world_words(&w->world, bill->in_force)[s->rows[i]] = date;
  }
}

static void list(Walk *w, const Act *act, Selection *s) {
  if (act->listing.is_listed) {
    const DayNeed listed = {.is_dated = true};
    walk_mark(w, act->listing.column, &listed, s, 0);
    return;
  }
  walk_fill(w, act->listing.column, s, DATE_NONE);
}

// Each line that was drawn is forgotten with the chance of the amendment; a line not drawn yet has nothing to forget.
static void amend_line(Walk *w, const Act *act, uint32_t k, Selection *s) {
  uint32_t column = w->plan->lines.items[act->amend.lines[k]].column;
  if (!act->term) {
    for (uint32_t i = 0; i < s->n; i++) world_reset_cell(&w->world, column, s->rows[i]);
    return;
  }
  Selection sides[2] = {{0}, {0}}, rest = {0}, drawn = {0};
  for (uint32_t i = 0; i < s->n; i++)
    selection_push(world_words(&w->world, column)[s->rows[i]] ? &drawn : &rest, s->rows[i]);
  s->n = 0;
  bool is_shared;
  double *p = walk_yes_or_no(w, act->term, &drawn, &is_shared);
  if (p) walk_choose(w, &drawn, p, is_shared, 2, act->amend.places[k], sides);
  free(p);
  selection_free(&drawn);
  for (uint32_t i = 0; i < sides[0].n; i++) world_reset_cell(&w->world, column, sides[0].rows[i]);
  selection_append(s, &rest);
  selection_append(s, &sides[0]);
  selection_append(s, &sides[1]);
}

static void amend(Walk *w, const Act *act, Selection *s) {
  walk_resolve(w, act->term, s);
  selection_list(s);
  for (uint32_t i = 0; act->term && i < s->n; i++) {
    double p;
    if (!walk_chance(w, act->term, s->rows[i], &p)) return;
  }
  for (uint32_t k = 0; k < act->amend.n && !w->has_error; k++) amend_line(w, act, k, s);
  if (act->amend.amended == NO_COLUMN) return;
  for (uint32_t i = 0; i < s->n; i++) world_words(&w->world, act->amend.amended)[s->rows[i]]++;
}

Selection walk_effect(Walk *w, const Act *act, Selection in) {
  if (act->kind == ACT_SET) set_variable(w, act, &in);
  if (act->kind == ACT_ENACT) enact(w, act, &in);
  if (act->kind == ACT_LISTING) list(w, act, &in);
  if (act->kind == ACT_AMEND) amend(w, act, &in);
  if (w->world.is_over_budget) walk_over_budget(w);
  walk_merge(w, &in, act->live_out);
  return in;
}
