// The walk: one pass over the acts of a plan with a whole table of worlds. Each act takes a selection of rows and gives
// back those that went on. The others have been put where they belong: failed rows where the enclosing handler waits for
// them, cut rows with the limit that cut them, ended rows aside. What chance does is a policy: an exact walk splits a row
// by the chances, a sampling walk draws for each trial. The tree of acts is constant; nothing here prints.
#pragma once
#include "lang/source/diagnostic.h"
#include "runtime/chance/kernels.h"
#include "runtime/plan/plan.h"
#include "runtime/world/world.h"

typedef struct WalkOptions {
  bool is_exact;
  bool keeps_dead, never_merges;
  uint64_t seed;
  uint64_t budget;      // exact: worlds at one time
  uint64_t statements;  // exact: at most so many acts are walked
  uint64_t work;  // exact: at most so much work: a row in an act is one, a vote or a wait many
  uint64_t
      trials_instead;  // exact: of the sampling run that is made where the walk gives up; 0: none
  uint32_t passes;     // sampling: at most so many passes of loops in one trial
  const Kernels *kernels;  // NULL: the fastest that the processor has
  bool (*goes_on)(void *context,
                  uint64_t n_worlds);  // exact: false stops the walk; NULL: it goes on
  void *context;
} WalkOptions;

typedef enum Excess { EXCESS_NONE, EXCESS_WORLDS, EXCESS_DAYS, EXCESS_WORK } Excess;

typedef struct Limit {  // a deadline that is running
  uint32_t column;      // of each row's limit; NO_COLUMN: `last` for all
  Date last;
  Date earliest;  // no row's limit is before it
  Selection cut;
} Limit;

typedef struct PlaceTally {  // of a step
  double ever[3];            // reached, passed, failed: chance (exact) or number of trials
  double *days[3];           // exact: the same by day of the case
  uint64_t *trials_passed;   // sampling: of those that passed, by day of the case
} PlaceTally;

typedef struct VoteCache VoteCache;
typedef struct SpanCache SpanCache;

typedef struct Walk {
  const Plan *plan;
  const Program *program;
  WalkOptions options;
  Diagnostics *diagnostics;
  World world;
  Selection *failed, *succeeded;  // where they go at the moment
  Selection ended;
  VEC(Limit) limits;  // a list; the case's last day first
  uint64_t visit;     // pass numbers of the loops around, in mixed radix
  uint64_t n_statements, n_work;
  double work_instead;  // that a sampling run would do as well
  double vote_share;    // of the votes at hand: what share of their work that is
  uint32_t n_ended_merged;
  uint32_t n_elses;    // being run, one inside the other
  bool has_error;      // a world, the budget or a stop: everything returns empty
  Excess excess;       // of the budget
  bool is_stopped;     // `goes_on` said no; there is no message
  PlaceTally *places;  // by step
  double *reasons;     // by plan reason
  VoteCache *votes;
  SpanCache *spans;
  uint64_t *words, *all_words;  // scratch of draws: of a selection, of all rows
  uint32_t words_cap;
} Walk;

void walk_open(Walk *w, const Plan *plan, WalkOptions options, Diagnostics *diagnostics);
void walk_close(Walk *w);
// Exact: one walk from the first day. Afterwards `ended` holds every world, its outcome in the plan's outcome column.
void walk_exact(Walk *w);
// Exact, by draw: the draws first .. first + n - 1, each a case of weight 1.
void walk_draws(Walk *w, const Draws *draws, uint32_t first, uint32_t n);
// Sampling: the trials first .. first + n - 1; `ended` holds them until the next batch.
void walk_batch(Walk *w, uint64_t first, uint32_t n);

// --- Expressions over rows ---
// Splits or draws until the term can be evaluated on each row; new rows join the selection.
void walk_resolve(Walk *w, const Term *term, Selection *s);
// The value on a row whose draws are made. False after an error, which has been reported with the row as example.
bool walk_value(Walk *w, const Term *term, uint32_t row, Value *out);

// --- Resolved terms over all entries of a selection (rows.c); false after an error ---
bool walk_truths(Walk *w, const Term *term, const Selection *s, Lane *out);
// Deals the rows of a selection by a truth for each entry to two sides, which are empty.
void walk_deal(const Walk *w, const Selection *s, const Lane *truths, Selection *yes,
               Selection *no);
// Deals a selection, which is emptied, by the truth of a term to two sides, which are empty.
void walk_part(Walk *w, const Term *term, Selection *s, Selection *yes, Selection *no);
// Checked chances of a list, out[stride * i].
bool walk_chances(Walk *w, const Term *term, const Selection *s, uint32_t stride, double *out);
// For `walk_choose` between yes and no, of a list unless they are shared: the caller frees it; NULL after an error.
double *walk_yes_or_no(Walk *w, const Term *term, const Selection *s, bool *is_shared);

// --- Chance (chance.c) ---
// Deals the rows of `in` (which is emptied) to n empty options with chances p[i * n + option] for its i-th entry; rows of one
// with shared chances: `is_shared`, p has n entries. Options of chance 0 get nothing.
void walk_choose(Walk *w, Selection *in, const double *p, bool is_shared, uint32_t n,
                 uint32_t place, Selection *out);
// Sampling: the same for two sides, by a threshold for each entry.
void walk_choose_below(Walk *w, Selection *in, const uint64_t *thresholds, uint32_t place,
                       Selection out[2]);
// A checked chance: false and an error of that world where it is no number in 0..1.
bool walk_chance(Walk *w, const Term *term, uint32_t row, double *out);
void walk_draw_line(Walk *w, uint32_t line, Selection *s);
void walk_resolve_line(Walk *w, uint32_t line, Selection *s);
void walk_resolve_fresh_line(Walk *w, uint32_t line, Selection *s);  // only where it is not drawn
bool walk_line_chances(Walk *w, uint32_t line, uint32_t row,
                       double *p);  // of the four lines; false after an error
DrawKey walk_key(const Walk *w, uint32_t place);
// Sampling: makes a selection a mask where it has many rows and a list where it has few.
void walk_shape(const Walk *w, Selection *s);
// One word for each entry, until the next call.
uint64_t *walk_words(Walk *w, DrawKey key, const Selection *s);
bool walk_line_is_constant(const Walk *w, uint32_t line);
bool walk_line_is_possible(const LinePlan *plan, Line line);  // of one that is constant

// --- Time (wait.c) ---
void walk_wait(Walk *w, const Act *act, Selection *s);  // cut rows leave the selection
void walk_open_limit(Walk *w, const Act *act, Selection *s);
void walk_draw_span(Walk *w, const Act *act, Selection *s);  // LET, SET to a spread

// --- Votes (vote.c) ---
void walk_vote(Walk *w, const Act *act, Selection *s,
               Selection *missed);  // those passed stay in the selection

// --- Records (record.c) ---
void walk_record(Walk *w, uint32_t step, Event event, Selection *s, uint32_t from);
// Writes a word into a column for all rows of a selection.
void walk_fill(Walk *w, uint32_t column, const Selection *s, int32_t word);
void walk_mark(Walk *w, uint32_t column, const DayNeed *need, Selection *s, uint32_t from);
void walk_count_reasons(Walk *w, const Selection *s);
void walk_fail(Walk *w, uint32_t reason,
               Selection *s);  // to where failures go; the selection is emptied
void walk_merge(Walk *w, Selection *s, const uint64_t *live);

// --- Errors (error.c) ---
void walk_error(Walk *w, DiagnosticCode code, Span span, uint32_t row, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

// --- Budget (budget.c); false after an error ---
enum { WORK_PRODUCTS = 128 };    // so many products of numbers take as long as a row in an act
void walk_over_budget(Walk *w);  // of worlds or their days
bool walk_has_room(Walk *w, uint64_t n_rows);  // exact: asked before so many more rows are made
bool walk_spend(Walk *w, uint64_t work,
                double share_of_sampling);  // share: that sampling would do too
// Whether a walk is to stop before this act: told of an exact walk by its acts and its work, of a sampling one by the passes
// of each trial, so that the batch makes no difference.
bool walk_is_spent(Walk *w, const Act *act, uint32_t n_rows);
void walk_count_pass(Walk *w, const Act *act, const Selection *s);

Selection walk_act(Walk *w, const Act *act, Selection in);
Selection walk_loop(Walk *w, const Act *act, Selection in);  // loop.c
Selection walk_effect(Walk *w, const Act *act,
                      Selection in);  // effect.c: variables, bills, lists, lines
void walk_assign(Walk *w, uint32_t column, uint32_t row, Value value);
// Runs the else of an act over its failed rows, or passes them outward. What goes on is appended to `on`.
void walk_handle(Walk *w, const Act *act, Selection *failed, Selection *on);
