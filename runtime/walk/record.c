// Records of steps, and the flows through places. A record that somebody reads with its date takes a world apart by days;
// one whose date nobody reads only says that it happened.
#include "runtime/walk/walk.h"

void walk_merge(Walk *w, Selection *s, const uint64_t *live) {
  if (w->options.never_merges || w->has_error) return;
  world_merge(&w->world, s, w->options.keeps_dead ? NULL : live);
}

void walk_mark(Walk *w, uint32_t column, bool is_dated, Selection *s, uint32_t from) {
  if (column == NO_COLUMN) return;
  if (is_dated) world_split_days(&w->world, s, from);
  for (uint32_t i = from; i < s->n; i++) {
    uint32_t row = s->rows[i];
    world_words(&w->world, column)[row] = is_dated ? world_first_day(&w->world, row) : 0;
  }
}

static void tally_days(Walk *w, double *days, uint32_t row) {
  const Density *d = &w->world.densities[w->world.density[row]];
  for (uint32_t i = 0; i < d->n; i++) {
    days[d->first - w->program->first_day + (Date)i] += w->world.weight[row] * d->mass[i];
  }
}

// A trial counts as one: nothing but its day needs a look at it.
static void tally_trials(Walk *w, uint32_t step, Event event, const Selection *s, uint32_t from) {
  PlaceTally *place = &w->places[step];
  place->ever[event] += s->n - from;
  if (event != EVENT_PASSED) return;
  for (uint32_t i = from; i < s->n; i++)
    place->days[event][w->world.day[s->rows[i]] - w->program->first_day] += 1;
}

static void tally(Walk *w, uint32_t step, Event event, const Selection *s, uint32_t from) {
  PlaceTally *place = &w->places[step];
  uint32_t ever = w->plan->records[step].ever[event];
  if (!w->options.is_exact && ever == NO_COLUMN) {
    tally_trials(w, step, event, s, from);
    return;
  }
  for (uint32_t i = from; i < s->n; i++) {
    uint32_t row = s->rows[i];
    if (ever != NO_COLUMN) {
      if (world_words(&w->world, ever)[row]) continue;
      world_words(&w->world, ever)[row] = 1;
    }
    place->ever[event] += world_mass(&w->world, row);
    if (w->options.is_exact) tally_days(w, place->days[event], row);
    else if (event == EVENT_PASSED)
      place->days[event][w->world.day[row] - w->program->first_day] += 1;
  }
}

void walk_record(Walk *w, uint32_t step, Event event, Selection *s, uint32_t from) {
  if (step == NO_INDEX || w->has_error) return;
  const RecordPlan *record = &w->plan->records[step];
  uint32_t column = event == EVENT_REACHED  ? record->reached
                    : event == EVENT_PASSED ? record->passed
                                            : record->failed;
  walk_mark(w, column, record->is_dated, s, from);
  if (w->world.is_over_budget) walk_over_budget(w);
  else tally(w, step, event, s, from);
}

void walk_fail(Walk *w, uint32_t reason, Selection *s) {
  int32_t *reasons = world_words(&w->world, w->plan->reason_column);
  for (uint32_t i = 0; i < s->n; i++) reasons[s->rows[i]] = (int32_t)reason;
  selection_append(w->failed, s);
}
