// Waits of sampled worlds: each adds a drawn number of days to its trial's day. Where the latest of the new days is within
// the earliest limit that runs, no row needs a look at its own limits.
#include <stdlib.h>

#include "runtime/walk/wait.h"

static bool lengths_of_dates(Walk *w, const Act *act, const Selection *s, int32_t *days) {
  for (uint32_t i = 0; i < s->n; i++) {
    if (!walk_fixed_days(w, act, s->rows[i], &days[i])) return false;
  }
  return true;
}

// Until the date in a column.
static bool lengths_until(Walk *w, const Act *act, const Selection *s, int32_t *days) {
  const int32_t *date = world_words(&w->world, act->span.low->column);
  bool is_some = true;
  for (uint32_t i = 0; i < s->n; i++) {
    int32_t ahead = date[s->rows[i]] - w->world.day[s->rows[i]];
    days[i] = ahead > 0 ? ahead : 0;
    is_some &= date[s->rows[i]] != DATE_NONE;
  }
  return is_some || lengths_of_dates(w, act, s, days);
}

static bool lengths_of_rows(Walk *w, const Act *act, const Selection *s, int32_t *days) {
  const uint64_t *words = walk_words(w, walk_key(w, act->place), s);
  for (uint32_t i = 0; i < s->n; i++) {
    DaySpread made = {0};
    if (!walk_span_of(w, act, s->rows[i], &made)) return false;
    days[i] = days_draw(&made, words[i]);
    days_free(&made);
  }
  return true;
}

// The drawn length of each row's wait.
static bool draw_lengths(Walk *w, const Act *act, const Selection *s, int32_t *days) {
  const SpanPlan *span = &act->span;
  if (span->is_constant && span->days.n == 1) {
    for (uint32_t i = 0; i < s->n; i++) days[i] = span->days.first;
    return true;
  }
  if (span->is_constant) {
    days_draw_all(&span->days, walk_words(w, walk_key(w, act->place), s), s->n, days);
    return true;
  }
  if (span->high) return lengths_of_rows(w, act, s, days);
  if (span->low->kind == TERM_CELL && span->low->type == VALUE_DATE)
    return lengths_until(w, act, s, days);
  return lengths_of_dates(w, act, s, days);
}

static Date earliest_limit(const Walk *w) {
  Date earliest = DATE_LAST;
  for (uint32_t i = 0; i < w->limits.n; i++) {
    if (w->limits.items[i].earliest < earliest) earliest = w->limits.items[i].earliest;
  }
  return earliest;
}

// Each row's earliest limit.
static void limits_of(const Walk *w, const Selection *s, Date *last) {
  for (uint32_t i = 0; i < s->n; i++) last[i] = w->limits.items[0].last;
  for (uint32_t k = 1; k < w->limits.n; k++) {
    const int32_t *limit = world_words(&w->world, w->limits.items[k].column);
    for (uint32_t i = 0; i < s->n; i++)
      last[i] = limit[s->rows[i]] < last[i] ? limit[s->rows[i]] : last[i];
  }
}

// Moves each row to its new day or to its limit, whichever comes first, and puts those that were cut where they belong.
static void move_within(Walk *w, Selection *s, const Date *then) {
  Selection on = {0}, cut = {0};
  Date *last = memory_alloc(s->n, sizeof *last);
  bool *is_in_time = memory_alloc(s->n, sizeof *is_in_time);
  limits_of(w, s, last);
  for (uint32_t i = 0; i < s->n; i++) {
    is_in_time[i] = then[i] <= last[i];
    w->world.day[s->rows[i]] = is_in_time[i] ? then[i] : last[i];
  }
  walk_deal(w, s, is_in_time, &on, &cut);
  for (uint32_t i = 0; i < cut.n; i++) {
    Date day;
    selection_push(&walk_binding_limit(w, cut.rows[i], &day)->cut, cut.rows[i]);
  }
  free(last);
  free(is_in_time);
  selection_free(&cut);
  selection_free(s);
  *s = on;
}

void wait_drawn(Walk *w, const Act *act, Selection *s) {
  if (s->n == 0) return;
  Date *then = memory_alloc(s->n, sizeof *then), latest = w->program->first_day;
  if (draw_lengths(w, act, s, then)) {
    for (uint32_t i = 0; i < s->n; i++) {
      then[i] += w->world.day[s->rows[i]];
      latest = then[i] > latest ? then[i] : latest;
    }
    if (latest <= earliest_limit(w)) {
      for (uint32_t i = 0; i < s->n; i++) w->world.day[s->rows[i]] = then[i];
    } else {
      move_within(w, s, then);
    }
  } else {
    s->n = 0;
  }
  free(then);
}
