// Votes. Lines that a later vote or question still reads are drawn and kept; a line that nobody reads again only mixes into
// the chance, so that most votes are one choice. The chance of a vote is computed once for each set of lines and numbers
// (`VoteCache`), whatever the number of rows.
#include <stdlib.h>

#include "runtime/walk/vote_cache.h"
#include "runtime/walk/walk.h"

enum { MAX_SEATS = 20000 };

static bool whole_seats(Walk *w, const Term *term, uint32_t row, uint32_t *seats) {
  Value value;
  if (!term) {
    *seats = 1;
    return true;
  }
  if (!walk_value(w, term, row, &value)) return false;
  double n = value.number;
  if (!(n >= 0 && n <= MAX_SEATS && n == (double)(uint32_t)n)) {
    walk_error(w, E_RUN_COUNT, term->node->span, row,
               "%g seats: seats are a whole number from 0 to %d", n, MAX_SEATS);
    return false;
  }
  *seats = (uint32_t)n;
  return true;
}

static bool share_of(Walk *w, const Term *term, uint32_t row, double otherwise, double *out) {
  *out = otherwise;
  return !term || walk_chance(w, term, row, out);
}

static bool bloc_on_row(Walk *w, const BlocPlan *plan, uint32_t row, VoteBloc *bloc) {
  memset(bloc, 0, sizeof *bloc);
  if (!whole_seats(w, plan->seats, row, &bloc->seats)) return false;
  if (!share_of(w, plan->turnout, row, 1, &bloc->turnout) ||
      !share_of(w, plan->loyalty, row, 1, &bloc->loyalty) ||
      !share_of(w, plan->abstain, row, 0, &bloc->abstain)) {
    return false;
  }
  if (plan->line == NO_INDEX) {
    bloc->is_free = true;
    return share_of(w, plan->free, row, 0, &bloc->free_yes);
  }
  int32_t line = world_words(&w->world, w->plan->lines.items[plan->line].column)[row];
  if (!line) return walk_line_chances(w, plan->line, row, bloc->line);
  bloc->line[line - 1] = 1;
  return true;
}

static bool chance_on_row(Walk *w, const Act *act, uint32_t row, VoteBloc *blocs, VoteChance *out) {
  const VotePlan *plan = act->vote.plan;
  uint32_t held = 0, seats;
  for (uint32_t i = 0; i < plan->n_blocs; i++) {
    if (!bloc_on_row(w, &plan->blocs[i], row, &blocs[i])) return false;
    held += blocs[i].seats;
  }
  seats = held;
  if (plan->seats && !whole_seats(w, plan->seats, row, &seats)) return false;
  if (held > seats || held > MAX_SEATS) {
    walk_error(w, E_RUN_COUNT, act->node->span, row, "the blocs hold %u seats of a chamber of %u",
               held, seats < MAX_SEATS ? seats : MAX_SEATS);
    return false;
  }
  Vote vote = {blocs, plan->n_blocs, seats, plan->need, plan->quorum};
  vote_cache_chance(w->votes, act, &vote, out);
  return true;
}

static void resolve_numbers(Walk *w, const VotePlan *plan, Selection *s) {
  walk_resolve(w, plan->seats, s);
  for (uint32_t i = 0; i < plan->n_blocs; i++) {
    walk_resolve(w, plan->blocs[i].seats, s);
    walk_resolve(w, plan->blocs[i].free, s);
    walk_resolve(w, plan->blocs[i].turnout, s);
    walk_resolve(w, plan->blocs[i].loyalty, s);
    walk_resolve(w, plan->blocs[i].abstain, s);
  }
}

static void settle_lines(Walk *w, const Act *act, Selection *s) {
  const VotePlan *plan = act->vote.plan;
  for (uint32_t i = 0; i < plan->n_blocs; i++) {
    uint32_t line = plan->blocs[i].line;
    if (line == NO_INDEX) continue;
    uint32_t column = w->plan->lines.items[line].column;
    bool is_kept = w->options.keeps_dead || live_has(act->live_out, column) ||
                   live_has(act->live_else, column);
    if (is_kept) walk_draw_line(w, line, s);
    else walk_resolve_line(w, line, s);
  }
}

// Deals the rows to passed, failed and inquorate.
static void deal(Walk *w, const Act *act, Selection *s, Selection *sides) {
  const VotePlan *plan = act->vote.plan;
  VoteBloc *blocs = memory_alloc(plan->n_blocs + 1, sizeof *blocs);
  double *p = memory_alloc(3 * (size_t)s->n + 1, sizeof *p);
  bool splits_quorum = act->step != NO_INDEX && w->plan->records[act->step].inquorate != NO_COLUMN;
  for (uint32_t i = 0; i < s->n; i++) {
    VoteChance chance;
    if (!chance_on_row(w, act, s->rows[i], blocs, &chance)) break;
    p[3 * i] = chance.passed;
    p[3 * i + 1] = splits_quorum ? chance.failed : chance.failed + chance.inquorate;
    p[3 * i + 2] = splits_quorum ? chance.inquorate : 0;
  }
  walk_choose(w, s, p, false, 3, act->place, sides);
  free(blocs);
  free(p);
}

void walk_vote(Walk *w, const Act *act, Selection *s, Selection *missed) {
  resolve_numbers(w, act->vote.plan, s);
  settle_lines(w, act, s);
  Selection sides[3] = {{0}, {0}, {0}};
  if (!w->has_error) deal(w, act, s, sides);
  selection_free(s);
  *s = sides[0];
  if (sides[2].n)
    walk_mark(w, w->plan->records[act->step].inquorate, w->plan->records[act->step].is_dated,
              &sides[2], 0);
  selection_append(&sides[1], &sides[2]);
  *missed = sides[1];
}
