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
    else walk_resolve_fresh_line(w, line, s);
  }
}

static bool is_constant(const Term *term) {
  return !term || term->kind == TERM_CONSTANT;
}

// Whether the lines alone tell one row's vote from another's.
static bool depends_on_lines_only(const Walk *w, const VotePlan *plan) {
  bool is_fixed = is_constant(plan->seats);
  for (uint32_t i = 0; i < plan->n_blocs && is_fixed; i++) {
    const BlocPlan *bloc = &plan->blocs[i];
    is_fixed = is_constant(bloc->seats) && is_constant(bloc->free) && is_constant(bloc->turnout) &&
               is_constant(bloc->loyalty) && is_constant(bloc->abstain) &&
               (bloc->line == NO_INDEX || walk_line_is_constant(w, bloc->line));
  }
  return is_fixed;
}

// The lines of each row as one number, in the base of a line's states; their number, or 0 where there are too many.
enum { LINE_STATES = LINE_KINDS + 1, MOST_CODES = 4096 };

static uint32_t code_lines(const Walk *w, const VotePlan *plan, const Selection *s,
                           uint32_t *code) {
  uint32_t n_codes = 1;
  for (uint32_t b = 0; b < plan->n_blocs; b++) {
    if (plan->blocs[b].line == NO_INDEX) continue;
    n_codes *= LINE_STATES;
    if (n_codes > MOST_CODES) return 0;
    const int32_t *line = world_words(&w->world, w->plan->lines.items[plan->blocs[b].line].column);
    for (uint32_t i = 0; i < s->n; i++)
      code[i] = LINE_STATES * code[i] + (uint32_t)line[s->rows[i]];
  }
  return n_codes;
}

static bool chances_by_code(Walk *w, const Act *act, const Selection *s, const uint32_t *code,
                            uint32_t n_codes, VoteBloc *blocs, VoteChance *out) {
  uint32_t *first = memory_alloc(n_codes, sizeof *first);  // the row that showed the code, + 1
  bool is_done = true;
  for (uint32_t i = 0; i < s->n && is_done; i++) {
    if (first[code[i]]) {
      out[i] = out[first[code[i]] - 1];
    } else {
      is_done = chance_on_row(w, act, s->rows[i], blocs, &out[i]);
      first[code[i]] = i + 1;
    }
  }
  free(first);
  return is_done;
}

static bool chances_of_vote(Walk *w, const Act *act, const Selection *s, VoteChance *out) {
  VoteBloc *blocs = memory_alloc(act->vote.plan->n_blocs + 1, sizeof *blocs);
  uint32_t *code = memory_alloc(s->n + 1, sizeof *code), n_codes = 0, i = 0;
  if (depends_on_lines_only(w, act->vote.plan)) n_codes = code_lines(w, act->vote.plan, s, code);
  if (n_codes && chances_by_code(w, act, s, code, n_codes, blocs, out)) i = s->n;
  while (!n_codes && i < s->n && chance_on_row(w, act, s->rows[i], blocs, &out[i])) i++;
  free(blocs);
  free(code);
  return i == s->n;
}

// Deals the rows to passed, failed and, where somebody asks for it, inquorate.
static void deal(Walk *w, const Act *act, Selection *s, Selection *sides) {
  bool splits_quorum = act->step != NO_INDEX && w->plan->records[act->step].inquorate != NO_COLUMN;
  uint32_t n = splits_quorum ? 3 : 2;
  VoteChance *chance = memory_alloc(s->n + 1, sizeof *chance);
  if (chances_of_vote(w, act, s, chance)) {
    double *p = memory_alloc((size_t)n * s->n + 1, sizeof *p);
    for (uint32_t i = 0; i < s->n; i++) {
      p[n * i] = chance[i].passed;
      p[n * i + 1] = splits_quorum ? chance[i].failed : chance[i].failed + chance[i].inquorate;
      if (splits_quorum) p[n * i + 2] = chance[i].inquorate;
    }
    walk_choose(w, s, p, false, n, act->place, sides);
    free(p);
  }
  free(chance);
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
