// Time. A wait moves each world forward by a length with its chances: an exact walk convolves densities (each distinct
// density once), a sampling walk adds a drawn number of days. A wait that would go past a limit is cut there: the world's
// day becomes the limit's day, and the row goes to where that limit keeps its cut worlds.
#include <math.h>
#include <stdlib.h>

#include "runtime/walk/wait.h"

Limit *walk_binding_limit(Walk *w, uint32_t row, Date *day) {
  Limit *found = &w->limits.items[0];
  *day = found->last;
  for (uint32_t i = 1; i < w->limits.n; i++) {
    Limit *limit = &w->limits.items[i];
    Date last =
        limit->column == NO_COLUMN ? limit->last : world_words(&w->world, limit->column)[row];
    if (last <= *day) {
      *day = last;
      found = limit;
    }
  }
  return found;
}

static bool bound_days(Walk *w, const Act *act, const Term *term, uint32_t row, Unit unit,
                       int32_t *days) {
  Value number, length;
  if (!walk_value(w, term, row, &number)) return false;
  if (term_unit(number.number, unit, &length) != VALUE_OK) {
    walk_error(w, E_RUN_TIME, term->node->span, row,
               "a wait of %g, which is no whole number of days", number.number);
    return false;
  }
  Date today = world_first_day(&w->world, row), then;
  if (value_date_after(today, length.duration, &then) != VALUE_OK) {
    walk_error(w, E_RUN_TIME, act->node->span, row, "a wait that goes beyond the year 9999");
    return false;
  }
  *days = then - today;
  return true;
}

static bool is_ahead(Walk *w, const Act *act, uint32_t row, int32_t days) {
  if (days < 0)
    walk_error(w, E_RUN_TIME, act->node->span, row, "a wait of %d days, which is less than nothing",
               days);
  return days >= 0;
}

bool walk_fixed_days(Walk *w, const Act *act, uint32_t row, int32_t *days) {
  Value value;
  Date today = world_first_day(&w->world, row), then;
  if (!walk_value(w, act->span.low, row, &value)) return false;
  if (value.type == VALUE_DATE) {
    if (value.date == DATE_NONE) {
      walk_error(w, E_RUN_TIME, act->node->span, row,
                 "waiting for something that has not happened");
      return false;
    }
    *days = value.date > today ? value.date - today : 0;
    return true;
  }
  if (value_date_after(today, value.duration, &then) != VALUE_OK) {
    walk_error(w, E_RUN_TIME, act->node->span, row, "a wait that goes beyond the year 9999");
    return false;
  }
  *days = then - today;
  return is_ahead(w, act, row, *days);
}

bool walk_span_of(Walk *w, const Act *act, uint32_t row, DaySpread *made) {
  const SpanPlan *span = &act->span;
  int32_t low, mode = 0, high = 0;
  if (!span->high) {
    if (!walk_fixed_days(w, act, row, &low)) return false;
  } else {
    if (!bound_days(w, act, span->low, row, span->unit, &low)) return false;
    if (!bound_days(w, act, span->high, row, span->unit, &high)) return false;
    if (span->mode && !bound_days(w, act, span->mode, row, span->unit, &mode)) return false;
    if (!is_ahead(w, act, row, low)) return false;
  }
  bool is_made = !span->high  ? days_fixed(low, made)
                 : span->mode ? days_triangle(low, mode, high, made)
                              : days_uniform(low, high, made);
  if (!is_made)
    walk_error(w, E_RUN_TIME, act->node->span, row,
               "a wait whose shortest length (%d days) is longer than its longest (%d days)", low,
               high);
  return is_made;
}

static void resolve_span(Walk *w, const SpanPlan *span, Selection *s) {
  walk_resolve(w, span->low, s);
  walk_resolve(w, span->mode, s);
  walk_resolve(w, span->high, s);
}

// --- Exact ---

typedef struct Moved {  // what a density became under a spread and a limit
  uint32_t density;
  const DaySpread *spread;
  Date limit;
  uint32_t kept;  // density; NO_DENSITY where nothing is in time
  double cut;     // mass beyond the limit
} Moved;

typedef VEC(Moved) MovedList;

static Moved convolve(World *world, uint32_t density, const DaySpread *spread, Date limit) {
  const Density *d = &world->densities[density];
  Moved moved = {density, spread, limit, NO_DENSITY, 0};
  Date first = d->first + spread->first;
  uint32_t n = d->n + spread->n - 1;
  uint32_t n_kept = first > limit                       ? 0
                    : (uint32_t)(limit - first) + 1 < n ? (uint32_t)(limit - first) + 1
                                                        : n;
  double *mass = memory_alloc(n_kept + 1, sizeof *mass);
  double cut = 0;
  for (uint32_t i = 0; i < d->n; i++) {
    uint32_t within = i >= n_kept ? 0 : n_kept - i < spread->n ? n_kept - i : spread->n;
    for (uint32_t k = 0; k < within; k++) mass[i + k] += d->mass[i] * spread->p[k];
    double beyond = 0;
    for (uint32_t k = spread->n; k-- > within;) beyond += spread->p[k];
    cut += d->mass[i] * beyond;
  }
  moved.cut = cut;
  if (n_kept) moved.kept = density_new(world, first, n_kept, mass);
  else free(mass);
  density_use(world, moved.kept);
  return moved;
}

static Moved *moved_of(Walk *w, MovedList *list, uint32_t density, const DaySpread *spread,
                       Date limit) {
  for (uint32_t i = list->n; i-- > 0 && list->n - i <= 64;) {
    Moved *m = &list->items[i];
    if (m->density == density && m->limit == limit && m->spread == spread) return m;
  }
  walk_spend(w, (uint64_t)w->world.densities[density].n * spread->n / WORK_PRODUCTS, 0);
  Moved moved = convolve(&w->world, density, spread, limit);
  density_use(&w->world,
              density);  // so that its number is not given to another while it is remembered
  list_push(list, moved);
  return &list->items[list->n - 1];
}

// Returns whether the row goes on.
static bool move_row(Walk *w, uint32_t row, const DaySpread *spread, MovedList *list) {
  World *world = &w->world;
  Date day;
  Limit *limit = walk_binding_limit(w, row, &day);
  if (world_last_day(world, row) + spread->first + (Date)spread->n - 1 <= day) day = DATE_LAST;
  const Moved *moved = moved_of(w, list, world->density[row], spread, day);
  double weight = world->weight[row];
  if (weight * moved->cut > 0) {
    uint32_t cut = moved->kept == NO_DENSITY ? row : world_copy_row(world, row);
    if (cut == NO_ROW) return false;
    world_set_density(world, cut, density_point(world, day));
    world->weight[cut] = weight * moved->cut;
    selection_push(&limit->cut, cut);
    if (cut == row) return false;
  }
  if (moved->kept == NO_DENSITY) {
    world_drop_row(world, row);
    return false;
  }
  world_set_density(world, row, moved->kept);
  return true;
}

static void wait_exact(Walk *w, const Act *act, Selection *s) {
  const SpanPlan *span = &act->span;
  if (!span->is_constant) world_split_days(&w->world, s, 0);
  MovedList list = {0};
  uint32_t n = 0;
  for (uint32_t i = 0; i < s->n && !w->has_error && !w->world.is_over_budget; i++) {
    DaySpread made = {0};
    if (!span->is_constant && !walk_span_of(w, act, s->rows[i], &made)) break;
    bool goes_on = move_row(w, s->rows[i], span->is_constant ? &span->days : &made, &list);
    if (goes_on) s->rows[n++] = s->rows[i];
    if (!span->is_constant) {
      days_free(&made);
      for (uint32_t k = 0; k < list.n; k++) {
        density_release(&w->world, list.items[k].kept);
        density_release(&w->world, list.items[k].density);
      }
      list.n = 0;
    }
  }
  s->n = n;
  for (uint32_t k = 0; k < list.n; k++) {
    density_release(&w->world, list.items[k].kept);
    density_release(&w->world, list.items[k].density);
  }
  list_free(&list);
  if (w->world.is_over_budget) walk_over_budget(w);
}

void walk_wait(Walk *w, const Act *act, Selection *s) {
  if (!act->span.is_constant) resolve_span(w, &act->span, s);
  if (w->options.is_exact) wait_exact(w, act, s);
  else wait_drawn(w, act, s);
}

static bool limit_on_row(Walk *w, const Act *act, uint32_t row, Date *last) {
  Value value;
  if (!walk_value(w, act->term, row, &value)) return false;
  Date today = world_first_day(&w->world, row);
  *last = today;
  if (act->limit.is_until && value.date == DATE_NONE) {
    walk_error(w, E_RUN_TIME, act->term->node->span, row,
               "a limit at something that has not happened");
  } else if (act->limit.is_until) {
    if (value.date > today) *last = value.date;
  } else if (value_date_after(today, value.duration, last) != VALUE_OK || *last < today) {
    walk_error(w, E_RUN_TIME, act->term->node->span, row, "a time limit of less than nothing");
  }
  return !w->has_error;
}

// A number of days is the same length from every day on.
static bool is_of_days(const Act *act) {
  const Term *term = act->term;
  return !act->limit.is_until && term->kind == TERM_CONSTANT && term->value.duration.months == 0 &&
         term->value.duration.days >= 0 && term->value.duration.days <= DAYS_MOST;
}

static void set_limit(Walk *w, const Act *act, Selection *s, Limit *limit) {
  int32_t *cells = world_words(&w->world, limit->column), days = act->term->value.duration.days;
  Date earliest = DATE_LAST;
  if (is_of_days(act)) {
    EACH_ENTRY(s, i, row, is_in, {
      Date last = world_first_day(&w->world, row) + days;
      cells[row] = lane_pick(is_in, last, cells[row]);
      last = lane_pick(is_in, last, DATE_LAST);
      earliest = last < earliest ? last : earliest;
    });
  } else {
    selection_list(s);
    for (uint32_t i = 0; i < s->n && limit_on_row(w, act, s->rows[i], &cells[s->rows[i]]); i++)
      earliest = cells[s->rows[i]] < earliest ? cells[s->rows[i]] : earliest;
  }
  limit->earliest = earliest;
}

void walk_open_limit(Walk *w, const Act *act, Selection *s) {
  walk_resolve(w, act->term, s);
  Limit limit = {.column = act->limit.column, .earliest = DATE_LAST};
  bool is_shared = act->limit.is_until && act->term->kind == TERM_CONSTANT;
  if (is_shared && w->options.is_exact) {
    bool is_ahead = true;
    for (uint32_t i = 0; i < s->n; i++)
      is_ahead &= world_last_day(&w->world, s->rows[i]) <= act->term->value.date;
    is_shared = is_ahead;
  }
  if (!is_shared) world_split_days(&w->world, s, 0);
  if (!w->has_error) set_limit(w, act, s, &limit);
  list_push(&w->limits, limit);
  if (w->world.is_over_budget) walk_over_budget(w);
}

// `let x = 3..10 days`: the length is drawn there and then.
static void draw_exact(Walk *w, const Act *act, Selection *s) {
  Selection done = {0};
  if (!act->span.is_constant) world_split_days(&w->world, s, 0);
  for (uint32_t i = 0; i < s->n && !w->has_error; i++) {
    DaySpread made = {0};
    if (!act->span.is_constant && !walk_span_of(w, act, s->rows[i], &made)) break;
    const DaySpread *spread = act->span.is_constant ? &act->span.days : &made;
    Selection one = {0}, *sides = memory_alloc(spread->n, sizeof *sides);
    selection_push(&one, s->rows[i]);
    walk_choose(w, &one, spread->p, true, spread->n, act->place, sides);
    for (uint32_t k = 0; k < spread->n; k++) {
      for (uint32_t j = 0; j < sides[k].n; j++) {
        world_durations(&w->world, act->set.column)[sides[k].rows[j]] =
            (Duration){0, spread->first + (int32_t)k};
      }
      selection_append(&done, &sides[k]);
    }
    free(sides);
    selection_free(&one);
    if (!act->span.is_constant) days_free(&made);
  }
  selection_free(s);
  *s = done;
}

void walk_draw_span(Walk *w, const Act *act, Selection *s) {
  resolve_span(w, &act->span, s);
  selection_list(s);
  if (w->options.is_exact) {
    draw_exact(w, act, s);
    return;
  }
  const uint64_t *words = walk_words(w, walk_key(w, act->place), s);
  for (uint32_t i = 0; i < s->n && !w->has_error; i++) {
    DaySpread made = {0};
    if (!act->span.is_constant && !walk_span_of(w, act, s->rows[i], &made)) break;
    int32_t days = days_draw(act->span.is_constant ? &act->span.days : &made, words[i]);
    world_durations(&w->world, act->set.column)[s->rows[i]] = (Duration){0, days};
    if (!act->span.is_constant) days_free(&made);
  }
}
