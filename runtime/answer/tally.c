// Sums over ended worlds, in a fixed order.
#include "runtime/answer/tally.h"

#include <stdlib.h>
#include <string.h>

// Cells of days[group][measure][day].
static size_t n_dated(const Tally *t) {
  return t->plan->is_by_draw ? 0 : (size_t)t->n_groups * t->n_measures * t->n_days;
}

void tally_open(Tally *t, const Plan *plan, bool is_exact) {
  const Program *program = plan->program;
  *t = (Tally){.plan = plan,
               .n_groups = plan->is_by_draw ? POINTS : is_exact ? 1 : TALLY_GROUPS,
               .is_exact = is_exact,
               .n_outcomes = program->outcomes.n,
               .n_measures = plan->measures.n,
               .first_day = program->first_day};
  t->n_days = (uint32_t)(program->last_day - program->first_day + 1);
  t->total = memory_alloc(t->n_groups, sizeof *t->total);
  t->measures = memory_alloc((size_t)t->n_groups * t->n_measures + 1, sizeof *t->measures);
  t->days = memory_alloc(n_dated(t) + 1, sizeof *t->days);
  t->outcomes = memory_alloc((size_t)t->n_groups * t->n_outcomes, sizeof *t->outcomes);
  t->ends = memory_alloc((size_t)t->n_outcomes * t->n_days, sizeof *t->ends);
  t->places = memory_alloc(program->steps.n + 1, sizeof *t->places);
  for (uint32_t i = 0; i < program->steps.n; i++)
    t->places[i] = memory_alloc(3 + (size_t)t->n_days, sizeof **t->places);
  t->reasons = memory_alloc(plan->reasons.n + 1, sizeof *t->reasons);
}

void tally_close(Tally *t) {
  for (uint32_t i = 0; i < t->plan->program->steps.n; i++) free(t->places[i]);
  free(t->places);
  free(t->total);
  free(t->measures);
  free(t->days);
  free(t->outcomes);
  free(t->ends);
  free(t->reasons);
}

static uint32_t group_of(const Tally *t, const Walk *w, uint32_t row) {
  if (!t->is_exact) return (uint32_t)(w->world.first_trial + row) & (t->n_groups - 1);
  if (!t->plan->is_by_draw) return 0;
  return (uint32_t)world_words(&w->world, t->plan->draw_column)[row];
}

static void add_days(const Tally *t, const Walk *w, uint32_t row, double *days) {
  if (!w->options.is_exact) {
    days[w->world.day[row] - t->first_day] += 1;
    return;
  }
  const Density *d = &w->world.densities[w->world.density[row]];
  for (uint32_t i = 0; i < d->n; i++)
    days[d->first - t->first_day + (Date)i] += w->world.weight[row] * d->mass[i];
}

static void add_outcomes(Tally *t, const Walk *w) {
  const int32_t *outcome = world_words(&w->world, t->plan->outcome_column);
  for (uint32_t i = 0; i < w->ended.n; i++) {
    uint32_t row = w->ended.rows[i], o = (uint32_t)(outcome[row] - 1), group = group_of(t, w, row);
    double mass = world_mass(&w->world, row);
    t->total[group] += mass;
    t->outcomes[(size_t)group * t->n_outcomes + o] += mass;
    if (!t->plan->is_by_draw) add_days(t, w, row, t->ends + (size_t)o * t->n_days);
  }
}

// Every trial of a batch has ended.
static void count_outcomes(Tally *t, const Walk *w) {
  const World *world = &w->world;
  const int32_t *outcome = world_words(world, t->plan->outcome_column);
  uint32_t *count = memory_alloc((size_t)t->n_outcomes * t->n_groups, sizeof *count);
  for (uint32_t row = 0; row < world->n_rows; row++) {
    uint32_t o = (uint32_t)(outcome[row] - 1), group = group_of(t, w, row);
    count[o * t->n_groups + group]++;
    t->ends[(size_t)o * t->n_days + (uint32_t)(world->day[row] - t->first_day)] += 1;
  }
  for (uint32_t o = 0; o < t->n_outcomes; o++) {
    for (uint32_t g = 0; g < t->n_groups; g++) {
      t->total[g] += count[o * t->n_groups + g];
      t->outcomes[(size_t)g * t->n_outcomes + o] += count[o * t->n_groups + g];
    }
  }
  free(count);
}

// A moment that is the world's last day needs no world for each day: its whole density is the answer.
static bool is_last_day(const Term *moment) {
  return moment->kind == TERM_TODAY || (moment->kind == TERM_IF && moment->b->kind == TERM_TODAY);
}

static void add_moment(Tally *t, Walk *w, const Term *moment, uint32_t row, size_t at) {
  double *days = t->days + at * t->n_days;
  if (is_last_day(moment)) {
    add_days(t, w, row, days);
    return;
  }
  Value value;
  if (!walk_value(w, moment, row, &value) || value.date == DATE_NONE) return;
  if (value.date >= t->first_day && value.date < t->first_day + (Date)t->n_days) {
    days[value.date - t->first_day] += world_mass(&w->world, row);
  }
}

static void count_trials(Tally *t, const Walk *w, uint32_t m, const Selection *s,
                         const Lane *holds) {
  uint32_t count[POINTS] = {0};  // the most groups that there are
  EACH_ENTRY(s, i, row, is_in, {
    count[(w->world.first_trial + row) & (t->n_groups - 1)] -= (uint32_t)(holds[i] & is_in);
  });
  for (uint32_t g = 0; g < t->n_groups; g++)
    t->measures[(size_t)g * t->n_measures + m] += count[g];
}

// The worlds in which an event holds; of a moment that is the last day and only then, those in which it comes.
static bool find_holding(Walk *w, const Measure *measure, Lane *holds, Lane *comes) {
  Selection *ended = &w->ended;
  if (!walk_truths(w, measure->event, ended, holds)) return false;
  const Term *moment = measure->moment;
  memcpy(comes, holds, selection_entries(ended) * sizeof *comes);
  if (!moment || !is_last_day(moment) || moment->kind == TERM_TODAY) return true;
  if (!walk_truths(w, moment->a, ended, comes)) return false;
  for (uint32_t i = 0; i < selection_entries(ended); i++) comes[i] &= holds[i];
  return true;
}

static void add_measure(Tally *t, Walk *w, uint32_t m) {
  const Measure *measure = &t->plan->measures.items[m];
  const Term *moment = measure->moment;
  walk_resolve(w, measure->event, &w->ended);
  if (moment) walk_resolve(w, is_last_day(moment) ? moment->a : moment, &w->ended);
  uint32_t n = selection_entries(&w->ended);
  Lane *holds = memory_alloc(2 * (size_t)n + 1, sizeof *holds), *comes = holds + n;
  bool is_done = !w->has_error && find_holding(w, measure, holds, comes);
  if (is_done && !t->is_exact) count_trials(t, w, m, &w->ended, holds);
  for (uint32_t i = 0; i < n && is_done && (moment || t->is_exact); i++) {
    uint32_t row = w->ended.mask ? i : w->ended.rows[i];
    if (!selection_has(&w->ended, row)) continue;
    size_t at = (size_t)group_of(t, w, row) * t->n_measures + m;
    if (t->is_exact && holds[i]) t->measures[at] += world_mass(&w->world, row);
    if (moment && comes[i]) add_moment(t, w, moment, row, at);
  }
  free(holds);
}

void tally_worlds(Tally *t, Walk *w) {
  if (w->has_error) return;
  if (w->options.is_exact) add_outcomes(t, w);
  else count_outcomes(t, w);
  for (uint32_t m = 0; m < t->n_measures && !w->has_error; m++) add_measure(t, w, m);
}

static void add_all(double *to, const double *from, size_t n) {
  for (size_t i = 0; i < n; i++) to[i] += from[i];
}

void tally_flows(Tally *t, const Walk *w) {
  for (uint32_t i = 0; i < w->program->steps.n; i++) {
    for (int k = 0; k < 3; k++) t->places[i][k] += w->places[i].ever[k];
    for (uint32_t d = 0; d < t->n_days; d++) {
      t->places[i][3 + d] +=
          w->places[i].days[EVENT_PASSED][d] + (double)w->places[i].trials_passed[d];
    }
  }
  for (uint32_t m = 0; m < t->n_measures; m++) {
    const Measure *measure = &t->plan->measures.items[m];
    if (measure->step == NO_INDEX) continue;
    add_all(t->days + (size_t)m * t->n_days, w->places[measure->step].days[measure->of], t->n_days);
  }
  for (uint32_t i = 0; i < t->plan->reasons.n; i++) t->reasons[i] += w->reasons[i];
}

void tally_add(Tally *t, const Tally *o) {
  add_all(t->total, o->total, t->n_groups);
  add_all(t->measures, o->measures, (size_t)t->n_groups * t->n_measures);
  add_all(t->days, o->days, n_dated(t));
  add_all(t->outcomes, o->outcomes, (size_t)t->n_groups * t->n_outcomes);
  add_all(t->ends, o->ends, (size_t)t->n_outcomes * t->n_days);
  for (uint32_t i = 0; i < t->plan->program->steps.n; i++)
    add_all(t->places[i], o->places[i], 3 + (size_t)t->n_days);
  add_all(t->reasons, o->reasons, t->plan->reasons.n);
}

double tally_measure(const Tally *t, uint32_t measure, uint32_t without) {
  double sum = 0;
  for (uint32_t g = 0; g < t->n_groups; g++) {
    if (g != without) sum += t->measures[(size_t)g * t->n_measures + measure];
  }
  return sum;
}

double tally_total(const Tally *t, uint32_t without) {
  double sum = 0;
  for (uint32_t g = 0; g < t->n_groups; g++) {
    if (g != without) sum += t->total[g];
  }
  return sum;
}

DaySpan tally_days(const Tally *t, uint32_t measure, uint32_t without, Arena *arena) {
  DaySpan span = {t->first_day, t->n_days, ARENA_ARRAY(arena, double, t->n_days)};
  for (uint32_t g = 0; g < t->n_groups; g++) {
    if (g != without)
      add_all(span.chance, t->days + ((size_t)g * t->n_measures + measure) * t->n_days, t->n_days);
  }
  return span;
}
