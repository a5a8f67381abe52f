// What a walk may take: worlds and their days at one time, the work of an exact walk, the passes of a loop. All of it is
// counted and none of it is time, so that a script takes the same road on every machine; and where a walk knows how many
// worlds it is about to make, it gives up before.
#include "runtime/walk/walk.h"

// An exact walk asks whether it is to go on after each so many units of work: some milliseconds.
enum { WORK_BETWEEN_LOOKS = 1 << 16 };

static void tell_endless(Walk *w, const Act *act, const char *what, uint64_t most) {
  if (w->has_error) return;
  w->has_error = true;
  Diagnostic *d =
      diagnostic_add(w->diagnostics, E_RUN_LOOP, act->node->span,
                     "this is still running after %llu %s", (unsigned long long)most, what);
  diagnostic_hint(
      w->diagnostics, d,
      "A loop that is this one or around it has too many passes: lower its number of times.");
}

static void tell_excess(Walk *w, Excess excess) {
  static const char *const OF[] = {[EXCESS_WORLDS] = "more worlds at one time",
                                   [EXCESS_DAYS] = "more days of worlds at one time",
                                   [EXCESS_WORK] = "more work"};
  if (w->has_error) return;
  w->has_error = true;
  w->excess = excess;
  Diagnostic *d = diagnostic_add(w->diagnostics, E_RUN_BUDGET, w->program->the_case->span,
                                 "%s than the budget of %llu allows", OF[excess],
                                 (unsigned long long)w->options.budget);
  diagnostic_hint(w->diagnostics, d, "Use --method sample, or raise the limit with --budget.");
}

void walk_over_budget(Walk *w) {
  bool has_too_many_days = w->world.n_cells / WORLD_DAYS_PER_ROW > w->options.budget;
  tell_excess(w, has_too_many_days ? EXCESS_DAYS : EXCESS_WORLDS);
}

bool walk_has_room(Walk *w, uint64_t n_rows) {
  if (!w->has_error && w->world.n_live + n_rows > w->options.budget) walk_over_budget(w);
  return !w->has_error;
}

// Work that sampling would do as well is no reason against the exact answer.
bool walk_spend(Walk *w, uint64_t work, double share_of_sampling) {
  if (w->has_error || !w->options.is_exact) return !w->has_error;
  uint64_t before = w->n_work / WORK_BETWEEN_LOOKS;
  w->n_work += work;
  w->work_instead += (double)work * share_of_sampling;
  if ((double)w->n_work > (double)w->options.work + w->work_instead) tell_excess(w, EXCESS_WORK);
  bool looks_up = w->n_work / WORK_BETWEEN_LOOKS > before && w->options.goes_on;
  if (!w->has_error && looks_up && !w->options.goes_on(w->options.context, w->world.n_live))
    w->has_error = w->is_stopped = true;
  return !w->has_error;
}

bool walk_is_spent(Walk *w, const Act *act, uint32_t n_rows) {
  if (!w->options.is_exact) return false;
  if (++w->n_statements > w->options.statements)
    tell_endless(w, act, "steps", w->options.statements);
  return !walk_spend(w, 1 + (uint64_t)n_rows, 0);
}

void walk_count_pass(Walk *w, const Act *act, const Selection *s) {
  if (w->options.is_exact) return;
  uint32_t most = 0;
  for (uint32_t i = 0; i < s->n; i++) {
    uint32_t passes = ++w->world.passes[s->rows[i]];
    if (passes > most) most = passes;
  }
  if (most > w->options.passes)
    tell_endless(w, act, "passes of loops in one trial", w->options.passes);
}
