// The beginning and the end of a walk.
#include <stdlib.h>

#include "runtime/walk/vote_cache.h"
#include "runtime/walk/walk.h"

void walk_open(Walk *w, const Plan *plan, WalkOptions options, Diagnostics *diagnostics) {
  *w = (Walk){
      .plan = plan, .program = plan->program, .options = options, .diagnostics = diagnostics};
  if (!options.kernels) w->options.kernels = kernels_named(NULL);
  world_open(&w->world, options.is_exact, plan->shapes.items, plan->shapes.n, w->program->first_day,
             w->program->last_day, options.budget);
  uint32_t n_days = (uint32_t)(w->program->last_day - w->program->first_day + 1);
  w->places = memory_alloc(w->program->steps.n + 1, sizeof *w->places);
  for (uint32_t i = 0; i < w->program->steps.n; i++) {
    for (int k = 0; k < 3; k++)
      w->places[i].days[k] = memory_alloc(n_days, sizeof *w->places[i].days[k]);
    w->places[i].trials_passed = memory_alloc(n_days, sizeof *w->places[i].trials_passed);
  }
  w->reasons = memory_alloc(plan->reasons.n + 1, sizeof *w->reasons);
  w->votes = vote_cache_new();
}

void walk_close(Walk *w) {
  for (uint32_t i = 0; i < w->program->steps.n; i++) {
    for (int k = 0; k < 3; k++) free(w->places[i].days[k]);
    free(w->places[i].trials_passed);
  }
  free(w->places);
  free(w->reasons);
  vote_cache_free(w->votes);
  for (uint32_t i = 0; i < w->limits.n; i++) selection_free(&w->limits.items[i].cut);
  list_free(&w->limits);
  selection_free(&w->ended);
  free(w->words);
  free(w->all_words);
  world_close(&w->world);
}

static void finish(Walk *w, uint32_t outcome, Selection *s) {
  walk_fill(w, w->plan->outcome_column, s, 1 + (int32_t)outcome);
  selection_append(&w->ended, s);
}

static void run(Walk *w, Selection start) {
  Selection failed = {0}, succeeded = {0};
  Date last_day = w->program->last_day;
  Limit end = {.column = NO_COLUMN, .last = last_day, .earliest = last_day};
  w->limits.n = 0;
  list_push(&w->limits, end);
  w->failed = &failed;
  w->succeeded = &succeeded;
  w->visit = 0;
  Selection on = walk_act(w, w->plan->root, start);
  if (w->has_error) {
    while (w->limits.n) selection_free(&w->limits.items[--w->limits.n].cut);
    selection_free(&on);
    selection_free(&failed);
    selection_free(&succeeded);
    return;
  }
  selection_append(&on, &succeeded);
  walk_count_reasons(w, &failed);
  finish(w, w->program->outcome_completion, &on);
  finish(w, w->program->outcome_failure, &failed);
  Selection undecided = w->limits.items[0].cut;
  w->limits.n = 0;
  finish(w, w->program->outcome_undecided, &undecided);
  walk_merge(w, &w->ended, w->plan->live_at_end);
}

// One more world on the first day; false over the budget.
static bool add_start(Walk *w, Selection *start) {
  uint32_t row = world_new_row(&w->world);
  if (row == NO_ROW) return false;
  world_set_density(&w->world, row, density_point(&w->world, w->program->first_day));
  w->world.weight[row] = 1;
  selection_push(start, row);
  return true;
}

void walk_exact(Walk *w) {
  Selection start = {0};
  if (add_start(w, &start)) run(w, start);
  else walk_over_budget(w);
}

// The beliefs of the first n rows, which know them from the start.
static void set_beliefs(Walk *w, const Draws *draws, uint32_t n, uint64_t first) {
  for (uint32_t i = 0; i < w->program->assumes.n; i++) {
    if (!draws->value[i]) continue;
    double *numbers = world_numbers(&w->world, w->plan->beliefs[i].column);
    for (uint32_t row = 0; row < n; row++) numbers[row] = draws->value[i][(first + row) % draws->n];
  }
}

void walk_draws(Walk *w, const Draws *draws, uint32_t first, uint32_t n) {
  Selection start = {0};
  bool is_open = true;
  for (uint32_t k = 0; k < n && is_open; k++) {
    is_open = add_start(w, &start);  // row k
    if (is_open) world_words(&w->world, w->plan->draw_column)[k] = (int32_t)(first + k);
  }
  if (!is_open) {
    selection_free(&start);
    walk_over_budget(w);
    return;
  }
  set_beliefs(w, draws, n, first);
  run(w, start);
}

void walk_batch(Walk *w, uint64_t first, uint32_t n) {
  Selection start = {0};
  world_clear(&w->world);
  selection_free(&w->ended);
  w->n_statements = 0;
  world_new_trials(&w->world, first, n);
  selection_mask(&start, n);
  memset(start.mask, 0xFF, n * sizeof *start.mask);
  start.n = n;
  if (w->plan->is_by_draw) set_beliefs(w, &w->plan->draws, n, first);
  run(w, start);
}
