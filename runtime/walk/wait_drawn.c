// Waits of sampled worlds: each adds a drawn number of days to its trial's day. Where the latest of the new days is within
// the earliest limit that runs, no row needs a look at its own limits.
#include <stdlib.h>

#include "runtime/walk/draw.h"
#include "runtime/walk/wait.h"

static bool lengths_of_dates(Walk *w, const Act *act, const Selection *s, int32_t *days) {
  for (uint32_t i = 0; i < s->n; i++) {
    if (!walk_fixed_days(w, act, s->rows[i], &days[i])) return false;
  }
  return true;
}

// Until the date in a column.
static bool lengths_until(Walk *w, const Act *act, Selection *s, int32_t *days) {
  const int32_t *date = world_words(&w->world, act->span.low->column);
  Lane is_some = lane_of(true);
  const Date *day = w->world.day;
  EACH_ENTRY(s, i, row, is_in, {
    days[i] = date[row] > day[row] ? date[row] - day[row] : 0;
    is_some &= lane_of(date[row] != DATE_NONE) | ~is_in;
  });
  if (is_some) return true;
  selection_list(s);
  return lengths_of_dates(w, act, s, days);
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

// Words are made for some rows at a time, which stay in the nearest cache until they are lengths.
static void draw_of_spread(Walk *w, const Act *act, const Selection *s, int32_t *days) {
  const DaySpread *spread = &act->span.days;
  DrawKey key = walk_key(w, act->place);
  if (!s->mask) {
    days_draw_all(spread, w->options.kernels, walk_words(w, key, s), s->n, days);
    return;
  }
  uint64_t words[WORDS_AT_ONCE];
  for (uint32_t i = 0; i < s->cap; i += WORDS_AT_ONCE) {
    uint32_t n = s->cap - i < WORDS_AT_ONCE ? s->cap - i : WORDS_AT_ONCE;
    w->options.kernels->words(key, w->world.first_trial + i, n, words);
    days_draw_all(spread, w->options.kernels, words, n, days + i);
  }
}

// The drawn length of each entry's wait; the selection may become a list.
static bool draw_lengths(Walk *w, const Act *act, Selection *s, int32_t *days) {
  const SpanPlan *span = &act->span;
  if (span->is_constant && span->days.n == 1) {
    for (uint32_t i = 0; i < selection_entries(s); i++) days[i] = span->days.first;
    return true;
  }
  if (span->is_constant) {
    draw_of_spread(w, act, s, days);
    return true;
  }
  if (!span->high && span->low->kind == TERM_CELL && span->low->type == VALUE_DATE)
    return lengths_until(w, act, s, days);
  selection_list(s);
  if (span->high) return lengths_of_rows(w, act, s, days);
  return lengths_of_dates(w, act, s, days);
}

static Date earliest_limit(const Walk *w) {
  Date earliest = DATE_LAST;
  for (uint32_t i = 0; i < w->limits.n; i++) {
    if (w->limits.items[i].earliest < earliest) earliest = w->limits.items[i].earliest;
  }
  return earliest;
}

// Each entry's earliest limit.
static void limits_of(const Walk *w, const Selection *s, Date *last) {
  for (uint32_t i = 0; i < selection_entries(s); i++) last[i] = w->limits.items[0].last;
  for (uint32_t k = 1; k < w->limits.n; k++) {
    const int32_t *limit = world_words(&w->world, w->limits.items[k].column);
    EACH_ENTRY(s, i, row, is_in, { last[i] = limit[row] < last[i] ? limit[row] : last[i]; });
  }
}

// Moves each row to its new day or to its limit, whichever comes first, and puts those that were cut where they belong.
static void move_within(Walk *w, Selection *s, const Date *then) {
  uint32_t n = selection_entries(s);
  Selection on = {0}, cut = {0};
  Date *last = memory_grow(NULL, n, sizeof *last), *day = w->world.day, limit_day;
  Lane *is_in_time = memory_grow(NULL, n, sizeof *is_in_time);
  limits_of(w, s, last);
  EACH_ENTRY(s, i, row, is_in, {
    is_in_time[i] = lane_of(then[i] <= last[i]);
    Date moved = then[i] <= last[i] ? then[i] : last[i];
    day[row] = lane_pick(is_in, moved, day[row]);
  });
  walk_deal(w, s, is_in_time, &on, &cut);
  selection_list(&cut);
  for (uint32_t i = 0; i < cut.n; i++)
    selection_push(&walk_binding_limit(w, cut.rows[i], &limit_day)->cut, cut.rows[i]);
  free(last);
  free(is_in_time);
  selection_free(&cut);
  selection_free(s);
  *s = on;
}

// The new day of each entry instead of its length of days; the latest of them.
static Date add_days(const Walk *w, const Selection *s, Date *then) {
  Date latest = w->program->first_day, *day = w->world.day;
  EACH_ENTRY(s, i, row, is_in, {
    then[i] += day[row];
    Date at = lane_pick(is_in, then[i], INT32_MIN);
    latest = at > latest ? at : latest;
  });
  return latest;
}

void wait_drawn(Walk *w, const Act *act, Selection *s) {
  if (s->n == 0) return;
  walk_shape(w, s);
  Date *then = memory_grow(NULL, selection_entries(s), sizeof *then), *day = w->world.day;
  if (!draw_lengths(w, act, s, then)) {
    selection_free(s);
  } else if (add_days(w, s, then) <= earliest_limit(w)) {
    EACH_ENTRY(s, i, row, is_in, { day[row] = lane_pick(is_in, then[i], day[row]); });
  } else {
    move_within(w, s, then);
  }
  free(then);
}
