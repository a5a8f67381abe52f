// Loops run in lockstep: all rows of a loop are in the same pass, so that the number of the visit is one number for all.
#include "runtime/walk/walk.h"

static bool times_on_row(Walk *w, const Act *act, uint32_t row, int32_t *times) {
  Value value;
  if (!walk_value(w, act->term, row, &value)) return false;
  double n = value.number;
  if (!(n >= 0 && n <= 1e9 && n == (double)(int32_t)n)) {
    walk_error(w, E_RUN_COUNT, act->term->node->span, row,
               "%g times: a number of times is whole and not below 0", n);
    return false;
  }
  *times = (int32_t)n;
  return true;
}

static bool read_times(Walk *w, const Act *act, Selection *s) {
  walk_resolve(w, act->term, s);
  selection_list(s);
  int32_t *times = world_words(&w->world, act->loop.column);
  if (act->term->kind == TERM_CONSTANT && s->n) {
    if (!times_on_row(w, act, s->rows[0], &times[s->rows[0]])) return false;
    walk_fill(w, act->loop.column, s, times[s->rows[0]]);
    return true;
  }
  for (uint32_t i = 0; i < s->n; i++) {
    if (!times_on_row(w, act, s->rows[i], &times[s->rows[i]])) return false;
  }
  return !w->has_error;
}

static void begin_pass(Walk *w, const Act *act, const Selection *s, uint64_t outer, uint32_t pass) {
  walk_count_pass(w, act, s);
  w->visit = act->loop.radix ? outer * act->loop.radix + pass
                             : (outer * 0x9E3779B97F4A7C15u + pass) * 0xD6E8FEB86659FD93u + 1;
  for (uint32_t k = 0; k < act->loop.n_forget; k++) {
    uint32_t column = act->loop.forget[k];
    const ColumnShape *shape = &w->plan->shapes.items[column];
    if (!shape->is_wide) walk_fill(w, column, s, shape->initial.word);
    for (uint32_t i = 0; shape->is_wide && i < s->n; i++)
      world_reset_cell(&w->world, column, s->rows[i]);
  }
}

// Takes away the rows that have had their number of passes.
static Selection take_finished(const Walk *w, const Act *act, Selection *s, uint32_t passes) {
  Selection finished = {0};
  uint32_t n = 0;
  const int32_t *times = world_words(&w->world, act->loop.column);
  if (act->term->kind == TERM_CONSTANT) {
    if (s->n && (uint32_t)times[s->rows[0]] <= passes) selection_append(&finished, s);
    return finished;
  }
  for (uint32_t i = 0; i < s->n; i++) {
    if ((uint32_t)times[s->rows[i]] <= passes) selection_push(&finished, s->rows[i]);
    else s->rows[n++] = s->rows[i];
  }
  s->n = n;
  return finished;
}

static Selection repeat(Walk *w, const Act *act, Selection in) {
  Selection done = {0};
  uint64_t outer = w->visit;
  for (uint32_t pass = 0; !w->has_error; pass++) {
    selection_list(&in);
    Selection finished = take_finished(w, act, &in, pass);
    selection_append(&done, &finished);
    if (in.n == 0) break;
    begin_pass(w, act, &in, outer, pass);
    walk_merge(w, &in, act->loop.live_back);
    in = walk_act(w, act->body, in);
  }
  w->visit = outer;
  selection_free(&in);
  walk_merge(w, &done, act->live_out);
  return done;
}

// Of the failed rows, those that may not try again join `given_up`; the others wait out the pause.
static void before_next(Walk *w, const Act *act, Selection *failed, Selection *given_up) {
  if (act->loop.during) {
    walk_resolve(w, act->loop.during, failed);
    Selection again = {0}, ended = {0};
    walk_part(w, act->loop.during, failed, &again, &ended);
    selection_append(failed, &again);
    selection_append(given_up, &ended);
  }
  if (act->loop.pauses) walk_wait(w, act, failed);
  selection_list(failed);
}

static void fail_without_try(Walk *w, const Act *act, Selection *never, Selection *given_up) {
  walk_fill(w, w->plan->reason_column, never, (int32_t)act->reason);
  selection_append(given_up, never);
}

static Selection attempt(Walk *w, const Act *act, Selection in) {
  Selection done = {0}, given_up = {0}, *outer_failed = w->failed;
  uint64_t outer = w->visit;
  for (uint32_t pass = 0; !w->has_error; pass++) {
    selection_list(&in);
    Selection finished = take_finished(w, act, &in, pass);
    if (pass == 0) fail_without_try(w, act, &finished, &given_up);
    else selection_append(&given_up, &finished);
    if (in.n == 0) break;
    if (pass) before_next(w, act, &in, &given_up);
    begin_pass(w, act, &in, outer, pass);
    walk_merge(w, &in, act->loop.live_back);
    Selection failed = {0};
    w->failed = &failed;
    Selection on = walk_act(w, act->body, in);
    w->failed = outer_failed;
    selection_append(&done, &on);
    in = failed;
  }
  w->visit = outer;
  selection_free(&in);
  walk_merge(w, &done, act->live_out);
  walk_merge(w, &given_up, act->live_else);
  walk_handle(w, act, &given_up, &done);
  return done;
}

Selection walk_loop(Walk *w, const Act *act, Selection in) {
  if (!read_times(w, act, &in)) {
    selection_free(&in);
    return (Selection){0};
  }
  return act->kind == ACT_REPEAT ? repeat(w, act, in) : attempt(w, act, in);
}
