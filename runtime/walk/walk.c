// The acts, each over a selection of rows.
#include "runtime/walk/walk.h"

#include <stdlib.h>

#include "runtime/walk/vote_cache.h"

static Selection nothing(Selection *s) {
  selection_free(s);
  return (Selection){0};
}

void walk_handle(Walk *w, const Act *act, Selection *failed, Selection *on) {
  if (!act->otherwise || failed->n == 0) {
    if (act->otherwise) selection_free(failed);
    else selection_append(w->failed, failed);
    return;
  }
  walk_merge(w, failed, act->live_else);
  w->n_elses++;
  Selection went = walk_act(w, act->otherwise, *failed);
  w->n_elses--;
  *failed = (Selection){0};
  selection_append(on, &went);
  walk_merge(w, on, act->live_out);
}

static Selection act_block(Walk *w, const Act *act, Selection in) {
  for (uint32_t i = 0; i < act->block.n && in.n; i++) in = walk_act(w, act->block.acts[i], in);
  return in;
}

static Selection act_limit(Walk *w, const Act *act, Selection in) {
  Selection *outer = w->failed, failed = {0};
  walk_open_limit(w, act, &in);
  w->failed = &failed;
  Selection on = walk_act(w, act->body, in);
  Selection cut = w->limits.items[--w->limits.n].cut;
  if (act->step != NO_INDEX && cut.n) {
    const RecordPlan *record = &w->plan->records[act->step];
    walk_mark(w, record->expired, &record->days, &cut, 0);
  }
  if (act->limit.expired && cut.n) {
    Selection went = walk_act(w, act->limit.expired, cut);
    selection_append(&on, &went);
  } else {
    walk_fail(w, act->reason, &cut);
  }
  w->failed = outer;
  walk_merge(w, &on, act->live_out);
  walk_handle(w, act, &failed, &on);
  return on;
}

static Selection act_vote(Walk *w, const Act *act, Selection in) {
  Selection missed = {0};
  walk_vote(w, act, &in, &missed);
  walk_fill(w, w->plan->reason_column, &missed, (int32_t)act->reason);
  walk_merge(w, &in, act->live_out);
  walk_merge(w, &missed, act->live_else);
  walk_handle(w, act, &missed, &in);
  return in;
}

// The chances of each row's options, with the rest given to `otherwise`.
static bool option_chances(Walk *w, const Act *act, const Selection *s, double *p) {
  uint32_t n = act->choice.n, rest = n;
  for (uint32_t k = 0; k < n; k++) {
    const Term *chance = act->choice.options[k].chance;
    if (!chance) rest = k;
    else if (!walk_chances(w, chance, s, n, p + k)) return false;
  }
  for (uint32_t i = 0; i < s->n; i++, p += n) {
    double sum = 0;
    for (uint32_t k = 0; k < n; k++) sum += k == rest ? 0 : p[k];
    if (sum > 1 + VALUE_NUMBER_TOLERANCE || (rest == n && sum < 1 - VALUE_NUMBER_TOLERANCE)) {
      walk_error(w, E_RUN_CHANCE, act->node->span, s->rows[i],
                 "the chances of these options add up to %.6g %%, not 100 %%", 100 * sum);
      return false;
    }
    if (rest < n) p[rest] = sum < 1 ? 1 - sum : 0;
  }
  return true;
}

static bool chances_are_shared(const Act *act) {
  for (uint32_t k = 0; k < act->choice.n; k++) {
    const Term *chance = act->choice.options[k].chance;
    if (chance && chance->kind != TERM_CONSTANT) return false;
  }
  return true;
}

static void choose_option(Walk *w, const Act *act, Selection *in, Selection *sides) {
  uint32_t n = act->choice.n;
  for (uint32_t k = 0; k < n; k++) walk_resolve(w, act->choice.options[k].chance, in);
  bool is_shared = chances_are_shared(act);
  walk_shape(w, in);
  if (!is_shared) selection_list(in);
  uint32_t any = 0;
  Selection asked = is_shared && in->n ? (Selection){.rows = &any, .n = 1} : *in;
  double *p = memory_alloc((size_t)n * asked.n + 1, sizeof *p);
  if (!w->has_error && option_chances(w, act, &asked, p))
    walk_choose(w, in, p, is_shared, n, act->place, sides);
  free(p);
}

static void record_option(Walk *w, const Act *act, uint32_t option, Selection *s) {
  if (act->step == NO_INDEX) return;
  const RecordPlan *record = &w->plan->records[act->step];
  walk_mark(w, record->option_day, &record->days, s, 0);
  if (record->option == NO_COLUMN) return;
  walk_fill(w, record->option, s, 1 + (int32_t)option);
}

static Selection act_choice(Walk *w, const Act *act, Selection in) {
  Selection on = {0}, *sides = memory_alloc(act->choice.n, sizeof *sides);
  choose_option(w, act, &in, sides);
  selection_free(&in);
  for (uint32_t k = 0; k < act->choice.n; k++) {
    record_option(w, act, k, &sides[k]);
    const Act *then = act->choice.options[k].act;
    if (then && sides[k].n) sides[k] = walk_act(w, then, sides[k]);
    selection_append(&on, &sides[k]);
  }
  free(sides);
  walk_merge(w, &on, act->live_out);
  return on;
}

// Rows where the condition is false leave the selection, with the reason set.
static void demand(Walk *w, const Term *condition, uint32_t reason, Selection *s,
                   Selection *failed) {
  Selection met = {0}, missed = {0};
  walk_resolve(w, condition, s);
  walk_part(w, condition, s, &met, &missed);
  walk_fill(w, w->plan->reason_column, &missed, (int32_t)reason);
  selection_append(failed, &missed);
  selection_append(s, &met);
}

static void pass_arguments(Walk *w, const Act *act, Selection *s) {
  uint32_t n = act->invoke.n_args;
  for (uint32_t k = 0; k < n; k++) walk_resolve(w, act->invoke.args[k], s);
  if (n) selection_list(s);
  Value *values = memory_alloc(n + 1, sizeof *values);
  for (uint32_t i = 0; i < s->n && n; i++) {
    uint32_t row = s->rows[i];
    for (uint32_t k = 0; k < n; k++) {
      if (!walk_value(w, act->invoke.args[k], row, &values[k])) s->n = 0;
    }
    for (uint32_t k = 0; k < n && s->n; k++) walk_assign(w, act->invoke.columns[k], row, values[k]);
  }
  free(values);
}

// What is in the way of the call: the mover's standing, the motion's requirements.
static void open_call(Walk *w, const Act *act, Selection *in, Selection *failed) {
  pass_arguments(w, act, in);
  if (act->invoke.standing != NO_INDEX) {
    walk_fill(w, w->plan->reason_column, in, (int32_t)act->invoke.standing);
    selection_append(failed, in);
  }
  for (uint32_t i = 0; i < act->invoke.n_requires; i++) {
    demand(w, act->invoke.requires[i], act -> invoke.reasons[i], in, failed);
  }
}

// The rows that limits around have cut since a stage began are failures of the stage, on the day of the limit. A cut by the
// case's end leaves the stage only reached.
static void fail_cut(Walk *w, uint32_t step, const uint32_t *before, uint32_t n_limits) {
  for (uint32_t i = 1; i < n_limits; i++)
    walk_record(w, step, EVENT_FAILED, &w->limits.items[i].cut, before[i]);
}

// A stage and a named call: a block with a record.
static Selection recorded(Walk *w, const Act *act, Selection in, Selection *failed) {
  Selection *outer = w->failed;
  uint32_t n_limits = w->limits.n;
  uint32_t *before = memory_alloc(n_limits, sizeof *before);
  for (uint32_t i = 0; i < n_limits; i++) before[i] = w->limits.items[i].cut.n;
  uint32_t n_succeeded = w->succeeded->n;
  walk_record(w, act->step, EVENT_REACHED, &in, 0);
  w->failed = failed;
  if (act->kind == ACT_CALL) open_call(w, act, &in, failed);
  Selection on = walk_act(w, act->body, in);
  if (act->kind == ACT_CALL) selection_append(&on, w->succeeded);
  w->failed = outer;
  if (!w->has_error && act->step != NO_INDEX) {
    walk_record(w, act->step, EVENT_PASSED, &on, 0);
    if (act->kind == ACT_STAGE) walk_record(w, act->step, EVENT_PASSED, w->succeeded, n_succeeded);
    walk_record(w, act->step, EVENT_FAILED, failed, 0);
    fail_cut(w, act->step, before, n_limits);
  }
  free(before);
  return on;
}

static Selection act_stage(Walk *w, const Act *act, Selection in) {
  Selection failed = {0};
  Selection on = recorded(w, act, in, &failed);
  walk_merge(w, &on, act->live_out);
  walk_handle(w, act, &failed, &on);
  return on;
}

static Selection act_call(Walk *w, const Act *act, Selection in) {
  Selection failed = {0}, succeeded = {0}, *outer = w->succeeded;
  w->succeeded = &succeeded;
  Selection on = recorded(w, act, in, &failed);
  w->succeeded = outer;
  walk_merge(w, &on, act->live_out);
  walk_handle(w, act, &failed, &on);
  return on;
}

static Selection act_require(Walk *w, const Act *act, Selection in) {
  Selection failed = {0};
  demand(w, act->term, act->reason, &in, &failed);
  walk_merge(w, &in, act->live_out);
  walk_handle(w, act, &failed, &in);
  return in;
}

static Selection act_fail(Walk *w, const Act *act, Selection in) {
  walk_fail(w, act->reason, &in);
  return in;
}

// What is no failure is counted behind the last reason.
void walk_count_reasons(Walk *w, const Selection *s) {
  const int32_t *reasons = world_words(&w->world, w->plan->reason_column);
  const int32_t none = (int32_t)w->plan->reasons.n;
  EACH_ENTRY(s, i, row, is_in, {
    int32_t reason = lane_pick(is_in & lane_of(reasons[row] >= 0), reasons[row], none);
    w->reasons[reason] += w->options.is_exact ? world_mass(&w->world, row) : 1;
  });
}

// Where an else ends the case, the last failure is its reason; where the else goes on, it is none.
static void end_rows(Walk *w, uint32_t outcome, Selection *s) {
  if (w->n_elses) walk_count_reasons(w, s);
  walk_fill(w, w->plan->outcome_column, s, 1 + (int32_t)outcome);
  selection_append(&w->ended, s);
  // Ended worlds are made one now and then, so that they never outnumber the running ones by much.
  if (w->options.is_exact && w->ended.n > 4096 && w->ended.n > 2 * w->n_ended_merged) {
    walk_merge(w, &w->ended, w->plan->live_at_end);
    w->n_ended_merged = w->ended.n;
  }
}

static Selection act_if(Walk *w, const Act *act, Selection in) {
  Selection then = {0}, orelse = {0};
  walk_resolve(w, act->term, &in);
  walk_part(w, act->term, &in, &then, &orelse);
  selection_free(&in);
  if (then.n) then = walk_act(w, act->branch.then, then);
  if (act->branch.orelse && orelse.n) orelse = walk_act(w, act->branch.orelse, orelse);
  selection_append(&then, &orelse);
  walk_merge(w, &then, act->live_out);
  return then;
}

static Selection act_try(Walk *w, const Act *act, Selection in) {
  Selection failed = {0}, *outer = w->failed;
  w->failed = &failed;
  Selection on = walk_act(w, act->branch.trial, in);
  w->failed = outer;
  walk_merge(w, &failed, act->live_else);
  if (act->branch.negated) {
    Selection swap = on;
    on = failed;
    failed = swap;
  }
  if (on.n) on = walk_act(w, act->branch.then, on);
  if (act->branch.orelse && failed.n) failed = walk_act(w, act->branch.orelse, failed);
  selection_append(&on, &failed);
  walk_merge(w, &on, act->live_out);
  return on;
}

static Selection act_wait(Walk *w, const Act *act, Selection in) {
  walk_wait(w, act, &in);
  walk_merge(w, &in, act->live_out);
  return in;
}

// A stress build takes the rows in another order at every act: no answer may depend on it.
static void stress_order(Selection *s) {
#ifdef LEGIS_STRESS
  if (s->mask) return;
  uint32_t random = 0x9E3779B9u * s->n + s->rows[0];
  for (uint32_t i = s->n; i-- > 1;) {
    random = random * 1664525u + 1013904223u;
    uint32_t k = (uint32_t)((uint64_t)random * (i + 1) >> 32), row = s->rows[i];
    s->rows[i] = s->rows[k];
    s->rows[k] = row;
  }
#else
  (void)s;
#endif
}

Selection walk_act(Walk *w, const Act *act, Selection in) {
  if (in.n == 0 || w->has_error || walk_is_spent(w, act, in.n)) return nothing(&in);
  stress_order(&in);
  switch (act->kind) {
    case ACT_BLOCK: return act_block(w, act, in);
    case ACT_STAGE: return act_stage(w, act, in);
    case ACT_LIMIT: return act_limit(w, act, in);
    case ACT_WAIT: return act_wait(w, act, in);
    case ACT_VOTE: return act_vote(w, act, in);
    case ACT_CHOICE: return act_choice(w, act, in);
    case ACT_CALL: return act_call(w, act, in);
    case ACT_REQUIRE: return act_require(w, act, in);
    case ACT_FAIL: return act_fail(w, act, in);
    case ACT_SUCCEED:
      selection_list(&in);  // the enclosing stage counts those that join from some index on
      selection_append(w->succeeded, &in);
      return in;
    case ACT_END: end_rows(w, act->end.outcome, &in); return in;
    case ACT_ATTEMPT:
    case ACT_REPEAT: return walk_loop(w, act, in);
    case ACT_IF: return act_if(w, act, in);
    case ACT_TRY: return act_try(w, act, in);
    case ACT_SET:
    case ACT_ENACT:
    case ACT_AMEND:
    case ACT_LISTING: return walk_effect(w, act, in);
    case ACT_NOTHING: return in;
  }
  return in;
}
