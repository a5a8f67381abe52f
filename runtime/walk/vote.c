// Votes. Lines that a later vote or question still reads are drawn and kept; a line that nobody reads again only mixes into
// the chance, so that most votes are one choice. The chance of a vote is computed once for each set of lines and numbers
// (`VoteCache`), whatever the number of rows.
#include <math.h>
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

static bool vote_on_row(Walk *w, const Act *act, uint32_t row, VoteBloc *blocs, Vote *out) {
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
  *out = (Vote){blocs, plan->n_blocs, seats, plan->need, plan->quorum};
  return true;
}

static bool chance_on_row(Walk *w, const Act *act, uint32_t row, VoteBloc *blocs, VoteChance *out) {
  Vote vote;
  if (!vote_on_row(w, act, row, blocs, &vote)) return false;
  uint64_t before = vote_cache_work(w->votes);
  vote_cache_chance(w->votes, act, &vote, out);
  return walk_spend(w, (vote_cache_work(w->votes) - before) / WORK_PRODUCTS, w->vote_share);
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

// Whether something after the vote still reads a line.
static bool is_kept(const Walk *w, const Act *act, uint32_t line) {
  uint32_t column = w->plan->lines.items[line].column;
  return w->options.keeps_dead || live_has(act->live_out, column) ||
         live_has(act->live_else, column);
}

// How many ways a line that is kept can go, as far as its constant chances tell.
static uint32_t ways_of_line(const Walk *w, const Act *act, uint32_t line) {
  if (line == NO_INDEX || !is_kept(w, act, line) || !walk_line_is_constant(w, line)) return 1;
  uint32_t n = 0;
  for (int k = 0; k < LINE_KINDS; k++)
    n += walk_line_is_possible(&w->plan->lines.items[line], (Line)k);
  return n;
}

// Whether there is room for all rows that drawing the kept lines makes, asked before the first is drawn.
static bool lines_have_room(Walk *w, const Act *act, const Selection *s) {
  const VotePlan *plan = act->vote.plan;
  double n_rows = 0, most = (double)w->options.budget;
  for (uint32_t i = 0; i < s->n && n_rows <= most; i++) {
    double ways = 1;
    for (uint32_t b = 0; b < plan->n_blocs && ways <= most; b++) {
      uint32_t line = plan->blocs[b].line, n = ways_of_line(w, act, line);
      if (n > 1 && !world_words(&w->world, w->plan->lines.items[line].column)[s->rows[i]])
        ways *= n;
    }
    n_rows += ways;
  }
  return walk_has_room(w, n_rows > most ? UINT32_MAX : (uint64_t)n_rows - s->n);
}

static void settle_lines(Walk *w, const Act *act, Selection *s) {
  const VotePlan *plan = act->vote.plan;
  if (w->options.is_exact && !lines_have_room(w, act, s)) return;
  for (uint32_t i = 0; i < plan->n_blocs; i++) {
    uint32_t line = plan->blocs[i].line;
    if (line == NO_INDEX) continue;
    if (is_kept(w, act, line)) walk_draw_line(w, line, s);
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

// The share of the work of these rows' votes that a sampling run would do as well: it computes a vote for each trial that
// comes here, or, where the lines alone tell votes apart, no more votes than there are rows. More than 1 where it would do more.
static double share_of_sampling(const Walk *w, const Act *act, const Selection *s) {
  double n_trials = 0;
  for (uint32_t i = 0; i < s->n; i++) n_trials += world_mass(&w->world, s->rows[i]);
  n_trials *= (double)w->options.trials_instead;
  double share = s->n ? n_trials / s->n : 0;
  return share > 1 && depends_on_lines_only(w, act->vote.plan) ? 1 : share;
}

// --- Votes that the lines alone tell apart: a table by the lines of a row, written as one number ---

enum { LINE_STATES = LINE_KINDS + 1, MOST_CODES = 1 << 16 };

static Drawn where_drawn(const int32_t *cells, const Selection *s) {
  Lane all = lane_of(true), any = lane_of(false);
  EACH_ENTRY(s, i, row, is_in, {
    all &= lane_of(cells[row] != 0) | ~is_in;
    any |= lane_of(cells[row] != 0) & is_in;
  });
  return all ? DRAWN_ON_ALL : any ? DRAWN_ON_SOME : DRAWN_ON_NONE;
}

// Which of its states a line can be in: drawn or not on all rows, so that no number is left unused. `number`: by state.
static uint32_t number_states(const LinePlan *line, Drawn drawn, uint32_t number[LINE_STATES]) {
  uint32_t n = 0;
  for (uint32_t k = 0; k < LINE_STATES; k++) {
    bool is_possible = k ? drawn != DRAWN_ON_NONE && walk_line_is_possible(line, (Line)(k - 1))
                         : drawn != DRAWN_ON_ALL;
    number[k] = is_possible ? n++ : 0;
  }
  return n;
}

// The number of codes, or 0 where there are too many; `shape` tells apart what the same code means. The first bloc counts
// most, so that codes in their order are votes that differ in their last blocs.
static uint32_t code_lines(const Walk *w, const Act *act, const Selection *s, uint32_t *code,
                           uint64_t *shape) {
  const VotePlan *plan = act->vote.plan;
  uint32_t n_codes = 1, number[LINE_STATES];
  *shape = 0;
  for (uint32_t b = plan->n_blocs; b-- > 0;) {
    uint32_t index = plan->blocs[b].line;
    if (index == NO_INDEX) continue;
    const LinePlan *plan_line = &w->plan->lines.items[index];
    const int32_t *line = world_words(&w->world, plan_line->column);
    Drawn drawn = is_kept(w, act, index) ? DRAWN_ON_ALL : where_drawn(line, s);
    uint32_t n_states = number_states(plan_line, drawn, number);
    if (n_states > MOST_CODES / n_codes || *shape > UINT64_MAX / DRAWN_KINDS - DRAWN_KINDS)
      return 0;
    *shape = DRAWN_KINDS * *shape + drawn;
    for (int32_t k = 0; k < LINE_STATES; k++) {
      uint32_t part = n_codes * number[k];
      if (part == 0) continue;
      EACH_ENTRY(s, i, row, is_in, { code[i] += part & (uint32_t)lane_of(line[row] == k); });
    }
    n_codes *= n_states;
  }
  return n_codes;
}

// Code after code, so that each vote shares its first blocs with the one before.
static bool fill_table(Walk *w, const Act *act, const Selection *s, const uint32_t *code,
                       VoteBloc *blocs, VoteTable *table) {
  uint32_t *example = memory_alloc(table->n_codes, sizeof *example);  // an entry's row + 1
  bool is_done = true;
  EACH_ENTRY(s, i, row, is_in, {
    if (is_in && !table->is_known[code[i]]) example[code[i]] = row + 1;
  });
  for (uint32_t c = 0; c < table->n_codes && is_done; c++) {
    if (!example[c]) continue;
    is_done = chance_on_row(w, act, example[c] - 1, blocs, &table->chance[c]);
    table->is_known[c] = is_done;
    table->n_known += is_done;
    table->threshold[c] = is_done ? draw_threshold(fmin(table->chance[c].passed, 1)) : 0;
  }
  free(example);
  return is_done;
}

// Fills in what the codes of these rows need. NULL where the vote depends on more than lines, or after an error.
static VoteTable *table_of(Walk *w, const Act *act, const Selection *s, uint32_t *code,
                           VoteBloc *blocs) {
  uint64_t shape;
  if (!depends_on_lines_only(w, act->vote.plan)) return NULL;
  uint32_t n_codes = code_lines(w, act, s, code, &shape);
  if (!n_codes) return NULL;
  VoteTable *table = vote_cache_table(w->votes, act, shape, n_codes);
  return table->n_known == n_codes || fill_table(w, act, s, code, blocs, table) ? table : NULL;
}

// The chances of each row for `walk_choose` among n sides.
static bool chances_of_rows(Walk *w, const Act *act, const Selection *s, const VoteTable *table,
                            const uint32_t *code, VoteBloc *blocs, uint32_t n, double *p) {
  for (uint32_t i = 0; i < s->n; i++, p += n) {
    VoteChance chance;
    if (table) chance = table->chance[code[i]];
    else if (!chance_on_row(w, act, s->rows[i], blocs, &chance)) return false;
    p[0] = chance.passed;
    p[1] = n == 3 ? chance.failed : chance.failed + chance.inquorate;
    if (n == 3) p[2] = chance.inquorate;
  }
  return true;
}

static void deal_by_table(Walk *w, const Act *act, Selection *s, const VoteTable *table,
                          const uint32_t *code, Selection *sides) {
  uint32_t n = selection_entries(s);
  uint64_t *thresholds = memory_alloc(n + 1, sizeof *thresholds);
  for (uint32_t i = 0; i < n; i++) thresholds[i] = table->threshold[code[i]];
  walk_choose_below(w, s, thresholds, act->place, sides);
  free(thresholds);
}

// Deals the rows to passed, failed and, where somebody asks for it, inquorate.
static void deal(Walk *w, const Act *act, Selection *s, Selection *sides) {
  bool splits_quorum = act->step != NO_INDEX && w->plan->records[act->step].inquorate != NO_COLUMN;
  uint32_t n = splits_quorum ? 3 : 2;
  VoteBloc *blocs = memory_alloc(act->vote.plan->n_blocs + 1, sizeof *blocs);
  if (w->options.trials_instead) w->vote_share = share_of_sampling(w, act, s);
  walk_shape(w, s);
  if (n == 3 || !depends_on_lines_only(w, act->vote.plan)) selection_list(s);
  uint32_t *code = memory_alloc(selection_entries(s) + 1, sizeof *code);
  VoteTable *table = table_of(w, act, s, code, blocs);
  if (table && n == 2 && !w->options.is_exact) {
    deal_by_table(w, act, s, table, code, sides);
  } else if (!w->has_error) {
    selection_list(s);
    double *p = memory_alloc((size_t)n * s->n + 1, sizeof *p);
    if (chances_of_rows(w, act, s, table, code, blocs, n, p))
      walk_choose(w, s, p, false, n, act->place, sides);
    free(p);
  }
  free(blocs);
  free(code);
}

void walk_vote(Walk *w, const Act *act, Selection *s, Selection *missed) {
  resolve_numbers(w, act->vote.plan, s);
  settle_lines(w, act, s);
  Selection sides[3] = {{0}, {0}, {0}};
  if (!w->has_error) deal(w, act, s, sides);
  selection_free(s);
  *s = sides[0];
  if (sides[2].n)
    walk_mark(w, w->plan->records[act->step].inquorate, &w->plan->records[act->step].days,
              &sides[2], 0);
  selection_append(&sides[1], &sides[2]);
  *missed = sides[1];
}
