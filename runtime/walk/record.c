// Records of steps, and the flows through places. A record that somebody reads with its date takes a world apart by days;
// one whose date nobody reads only says that it happened.
#include "runtime/walk/walk.h"

void walk_merge(Walk *w, Selection *s, const uint64_t *live) {
  if (w->options.never_merges || w->has_error) return;
  world_merge(&w->world, s, w->options.keeps_dead ? NULL : live);
}

void walk_fill(Walk *w, uint32_t column, const Selection *s, int32_t word) {
  int32_t *cells = world_words(&w->world, column);
  EACH_ENTRY(s, i, row, is_in, { cells[row] = lane_pick(is_in, word, cells[row]); });
}

static void fill_with_day(Walk *w, uint32_t column, const Selection *s) {
  int32_t *cells = world_words(&w->world, column);
  const Date *day = w->world.day;
  const Lane *mask = s->mask;
  const uint32_t n = s->cap;
  for (uint32_t row = 0; row < n; row++) cells[row] = lane_pick(mask[row], day[row], cells[row]);
}

static void split_at_borders(Walk *w, const DayNeed *need, Selection *s, uint32_t from) {
  for (uint32_t k = 0; k < need->borders.n; k++) {
    uint32_t n = s->n;
    for (uint32_t i = from; i < n; i++) {
      uint32_t later = world_split_at(&w->world, s->rows[i], need->borders.items[k] + 1);
      if (later != NO_ROW) selection_push(s, later);
    }
  }
}

static Date first_border(const DayNeed *need, Date day) {
  Date first = DATE_LAST;
  for (uint32_t k = 0; k < need->borders.n; k++) {
    if (need->borders.items[k] >= day && need->borders.items[k] < first)
      first = need->borders.items[k];
  }
  return first;
}

static Date kept_day(const DayNeed *need, Date day) {
  if (need->is_dated) return day;
  return need->borders.n ? first_border(need, day) : 0;
}

void walk_mark(Walk *w, uint32_t column, const DayNeed *need, Selection *s, uint32_t from) {
  if (column == NO_COLUMN) return;
  if (need->is_dated) world_split_days(&w->world, s, from);
  else split_at_borders(w, need, s, from);
  if (s->mask && need->is_dated) {
    fill_with_day(w, column, s);
  } else if (s->mask) {
    walk_fill(w, column, s, 0);
  } else {
    for (uint32_t i = from; i < s->n; i++) {
      Date day = world_first_day(&w->world, s->rows[i]);
      world_words(&w->world, column)[s->rows[i]] = kept_day(need, day);
    }
  }
}

static void tally_days(Walk *w, double *days, uint32_t row) {
  const Density *d = &w->world.densities[w->world.density[row]];
  for (uint32_t i = 0; i < d->n; i++) {
    days[d->first - w->program->first_day + (Date)i] += w->world.weight[row] * d->mass[i];
  }
}

static void tally_worlds(Walk *w, uint32_t step, Event event, const Selection *s, uint32_t from) {
  PlaceTally *place = &w->places[step];
  uint32_t ever = w->plan->records[step].ever[event];
  for (uint32_t i = from; i < s->n; i++) {
    uint32_t row = s->rows[i];
    if (ever != NO_COLUMN) {
      if (world_words(&w->world, ever)[row]) continue;
      world_words(&w->world, ever)[row] = 1;
    }
    place->ever[event] += world_mass(&w->world, row);
    tally_days(w, place->days[event], row);
  }
}

static Selection first_of_mask(int32_t *cells, const Selection *s) {
  Selection first = selection_unset(s->cap);
  const Lane *mask = s->mask;
  Lane *first_mask = first.mask;
  uint32_t n_first = 0;
  const uint32_t n = s->cap;
  for (uint32_t row = 0; row < n; row++) {
    Lane is_first = mask[row] & lane_of(cells[row] == 0);
    first_mask[row] = is_first;
    cells[row] |= mask[row] & 1;
    n_first -= (uint32_t)is_first;
  }
  first.n = n_first;
  return first;
}

// The rows that have not been here before, from now on marked as having been.
static Selection first_time(Walk *w, uint32_t ever, const Selection *s, uint32_t from) {
  int32_t *cells = world_words(&w->world, ever);
  if (s->mask) return first_of_mask(cells, s);
  Selection first = {0};
  selection_reserve(&first, s->n - from + 1);
  for (uint32_t i = from; i < s->n; i++) {
    first.rows[first.n] = s->rows[i];
    first.n += cells[s->rows[i]] == 0;
    cells[s->rows[i]] = 1;
  }
  return first;
}

// A trial counts as one: nothing but its day needs a look at it.
static void tally_trials(Walk *w, uint32_t step, Event event, const Selection *s, uint32_t from) {
  PlaceTally *place = &w->places[step];
  place->ever[event] += s->n - from;
  if (event != EVENT_PASSED) return;
  uint64_t *passed = place->trials_passed;
  const Date *day = w->world.day, first_day = w->program->first_day;
  const Lane *mask = s->mask;
  const uint32_t n = selection_entries(s);
  if (mask) {
    for (uint32_t row = 0; row < n; row++)
      passed[day[row] - first_day] += (uint64_t)(mask[row] & 1);
  } else {
    for (uint32_t i = from; i < n; i++) passed[day[s->rows[i]] - first_day]++;
  }
}

static void tally(Walk *w, uint32_t step, Event event, const Selection *s, uint32_t from) {
  uint32_t ever = w->plan->records[step].ever[event];
  if (w->options.is_exact) {
    tally_worlds(w, step, event, s, from);
  } else if (ever == NO_COLUMN) {
    tally_trials(w, step, event, s, from);
  } else {
    Selection first = first_time(w, ever, s, from);
    tally_trials(w, step, event, &first, 0);
    selection_free(&first);
  }
}

void walk_record(Walk *w, uint32_t step, Event event, Selection *s, uint32_t from) {
  if (step == NO_INDEX || w->has_error) return;
  const RecordPlan *record = &w->plan->records[step];
  uint32_t column = event == EVENT_REACHED  ? record->reached
                    : event == EVENT_PASSED ? record->passed
                                            : record->failed;
  walk_mark(w, column, &record->days, s, from);
  if (w->world.is_over_budget) walk_over_budget(w);
  else if (!w->plan->is_by_draw) tally(w, step, event, s, from);
}

void walk_fail(Walk *w, uint32_t reason, Selection *s) {
  walk_fill(w, w->plan->reason_column, s, (int32_t)reason);
  selection_append(w->failed, s);
}
