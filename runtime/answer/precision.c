// An interval narrows with the root of the trials. Its own estimate, from 64 groups, is off by a tenth: whoever asks looks
// again after the trials that seemed enough.
#include "runtime/answer/precision.h"

#include <math.h>

#include "runtime/answer/claims.h"

#define MARGIN 1.05  // against a second look for want of little

// Where all trials agree, the interval is three of their number, and narrows with the trials themselves.
static double trials_for(const Run *run, double chance, double error) {
  double times = error / run->options->precision;
  bool agree = chance == 0 || chance == 1;
  return times <= 1 ? 0 : MARGIN * (double)run->trials * (agree ? times : times * times);
}

static double trials_for_asked(const Run *run) {
  double most = 0;
  Arena *arena = arena_new();
  for (uint32_t i = 0; i < run->program->queries.n; i++) {
    const Query *query = &run->program->queries.items[i];
    bool is_asked = query->scenario == NO_INDEX || query->scenario == run->scenario;
    if (!is_asked || query->node->kind != NODE_ASK) continue;
    if (query->node->query.claim->kind != NODE_CHANCE_OF) continue;
    AskAnswer ask;
    claim_ask(&run->tally, query, arena, &ask);
    if (ask.value.type == VALUE_NONE) continue;
    most = fmax(most, trials_for(run, ask.value.number, ask.error));
  }
  arena_free(arena);
  return most;
}

static double trials_needed(const Run *run) {
  double most = trials_for_asked(run);
  for (uint32_t o = 0; o < run->tally.n_outcomes; o++) {
    double error = claim_outcome_error(&run->tally, o);
    most = fmax(most, trials_for(run, claim_outcome(&run->tally, o), error));
  }
  return most;
}

bool precision_is_reached(const Run *run) {
  return trials_needed(run) == 0;
}

uint64_t precision_trials(const Run *run) {
  double needed = trials_needed(run), most = (double)run->options->trials;
  if (needed == 0) return run->trials;
  double whole = PRECISION_PILOT * ceil(fmax(needed, (double)run->trials + 1) / PRECISION_PILOT);
  return whole < most ? (uint64_t)whole : run->options->trials;
}
