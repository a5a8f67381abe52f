// How far a chance would move if the uncertain beliefs were known: between the 5% and the 95% quantile
// of the chance given the beliefs, over POINTS draws of all of them together (points.h). The draws
// are walked beside each other, each with its beliefs set from the start. A draw weighs as much as it
// makes likely what is given, so that the average over the draws is the chance itself.
//
// The walk is another than that of the answer, and no number of the answer depends on it. It is cut
// into parts of a few draws each, which share the threads; a draw's worlds never meet another's, so
// that neither parts nor threads change a sum.
#include <math.h>
#include <stdlib.h>

#include "runtime/answer/claims.h"
#include "runtime/answer/run.h"

#define MAX_STATEMENTS 1000000u
#define LOW 0.05
#define HIGH 0.95
// Of a variance over POINTS draws, whose standard error is 9% of it: where half of it is left, what is
// left is known to 18%, and the width of a range to 9%. With less, only ranges that chance made too
// wide would be told of.
#define LEAST_LEFT 0.5
#define LEAST_DRAWS \
  32  // that must count, by Kish's effective size, for a quantile of 5% to mean something

// Parts of an exact walk, and the share of the budget that each may fill.
enum { PARTS = 64, DRAWS_OF_PART = POINTS / PARTS, BUDGET_SHARE = 8 };

// Trials of a sampled range: their noise is subtracted, and more of them would not be seen on the page.
#define MOST_TRIALS ((uint64_t)POINTS << 12)

typedef struct Drawn {  // an answer in one draw
  double value, weight;
} Drawn;

typedef struct Part {
  Arena *arena;
  Diagnostics *told;
  bool is_done;
} Part;

// --- Exact ---

static bool goes_on(void *context, uint64_t n_worlds) {
  bool is_wanted;
  RunProgress progress = {.worlds = n_worlds};
#pragma omp critical(legis_batch)
  is_wanted = run_goes_on(context, &progress);
  return is_wanted;
}

static void draw_part(Run *run, Tally *tally, uint32_t part, Part *out) {
  WalkOptions walking = {.is_exact = true,
                         .keeps_dead = run->options->keeps_dead,
                         .never_merges = run->options->never_merges,
                         .seed = run->options->seed,
                         .budget = run->options->budget / BUDGET_SHARE,
                         .statements = MAX_STATEMENTS,
                         .work = run_work(run->options, RUN_WORK_PER_WORLD) / PARTS,
                         .goes_on = goes_on,
                         .context = run};
  Walk walk;
  out->arena = arena_new();
  out->told = diagnostics_new(out->arena);
  walk_open(&walk, run->plan, walking, out->told);
  walk_draws(&walk, part * DRAWS_OF_PART, DRAWS_OF_PART);
  tally_worlds(tally, &walk);
  out->is_done = !walk.has_error;
  walk_close(&walk);
}

static Text why_not(const Run *run, const Diagnostics *told) {
  if (run->is_interrupted) return TEXT("no range over the uncertain beliefs: interrupted");
  if (told->items.items[0]->code == E_RUN_BUDGET)
    return TEXT(
        "no range over the uncertain beliefs: it takes more than the budget allows; "
        "raise it with --budget");
  return text_format(run->arena, "no range over the uncertain beliefs: in one draw of them, %.*s",
                     TEXT_ARG(told->items.items[0]->title));
}

// Parts before one that fails are walked to their end, so that the same one is told of every time.
static Text draw_parts(Run *run) {
  Part parts[PARTS] = {{0}};
  uint32_t failed = PARTS;
  Text why = TEXT("");
#pragma omp parallel for schedule(static, 1) num_threads((int)run->options->threads)
  for (uint32_t part = 0; part < PARTS; part++) {
    uint32_t limit;
#pragma omp atomic read
    limit = failed;
    if (part > limit) continue;
    draw_part(run, &run->tally, part, &parts[part]);
#pragma omp critical
    if (!parts[part].is_done && part < failed) failed = part;
  }
  if (failed < PARTS) why = why_not(run, parts[failed].told);
  for (uint32_t part = 0; part < PARTS; part++) arena_free(parts[part].arena);
  return why;
}

static bool is_uncertain(const Run *run) {
  for (uint32_t i = 0; i < run->program->assumes.n; i++) {
    bool is_belief;
    inputs_assume(run->inputs, i, &is_belief);
    if (is_belief) return true;
  }
  return false;
}

// Each gives why there are no ranges, or nothing; the run is open afterwards if it has a plan.
static Text draw_exact(Run *run) {
  PlanOptions options = {.scenario = run->scenario, .is_exact = true, .is_by_draw = true};
  run->plan = plan_new(run->program, run->inputs, options, run->arena, run->diagnostics);
  if (!run->plan) return why_not(run, run->diagnostics);
  tally_open(&run->tally, run->plan, true);
  return run_has_beliefs(run->plan) ? draw_parts(run) : TEXT("");
}

static Text draw_sampled(Run *run) {
  bool is_done = run_sample(run) && !run->is_interrupted;
  return is_done ? TEXT("") : why_not(run, run->diagnostics);
}

// --- From draws to a range ---

static int by_value(const void *a, const void *b) {
  double x = ((const Drawn *)a)->value, y = ((const Drawn *)b)->value;
  return (x > y) - (x < y);
}

// Each draw stands in the middle of its weight; between two of them the quantile is a line.
static double quantile(const Drawn *sorted, uint32_t n, double total, double q) {
  double before = 0, last = sorted[0].value, last_at = 0;
  for (uint32_t i = 0; i < n; i++) {
    double at = before + sorted[i].weight / 2;
    if (at >= q * total) {
      if (i == 0) return sorted[0].value;
      return last + (sorted[i].value - last) * (q * total - last_at) / (at - last_at);
    }
    before += sorted[i].weight;
    last = sorted[i].value;
    last_at = at;
  }
  return last;
}

typedef struct Moments {
  double weight, squares, mean, variance, noise;
} Moments;

// `noise`: of shares of so many trials, what their spread owes to the number of trials alone; by the
// analysis of variance, from the spread of trials within draws. It is NAN below two trials a draw.
static Moments moments_of(const Drawn *drawn, uint32_t n) {
  Moments m = {0};
  double within = 0;
  for (uint32_t i = 0; i < n; i++) {
    m.weight += drawn[i].weight;
    m.squares += drawn[i].weight * drawn[i].weight;
    m.mean += drawn[i].weight * drawn[i].value;
    within += drawn[i].weight * drawn[i].value * (1 - drawn[i].value);
  }
  m.mean /= m.weight;
  for (uint32_t i = 0; i < n; i++) {
    double away = drawn[i].value - m.mean;
    m.variance += drawn[i].weight * away * away / m.weight;
  }
  m.noise = m.weight >= 2.0 * n ? within / (m.weight - n) * (n - 1) / m.weight : NAN;
  return m;
}

// The quantiles of what was drawn, moved towards the mean until their spread is that of the chances without the noise of
// the trials. A spread that is no more than the noise could make by itself is none that one can tell.
static Range range_of(Drawn *drawn, uint32_t n, bool is_sampled) {
  const Range none = {false, NAN, NAN};
  uint32_t some = 0;
  for (uint32_t i = 0; i < n; i++) {
    if (drawn[i].weight > 0) drawn[some++] = drawn[i];
  }
  if (!some) return none;
  Moments m = moments_of(drawn, some);
  if (m.weight * m.weight < LEAST_DRAWS * m.squares) return none;
  qsort(drawn, some, sizeof *drawn, by_value);
  double low = quantile(drawn, some, m.weight, LOW), high = quantile(drawn, some, m.weight, HIGH);
  if (!is_sampled) return (Range){true, low, high};
  double left = m.variance - m.noise;
  if (!(left > LEAST_LEFT * m.variance)) return none;
  double narrower = sqrt(left / m.variance);
  return (Range){true, fmax(m.mean + narrower * (low - m.mean), 0),
                 fmin(m.mean + narrower * (high - m.mean), 1)};
}

// One draw alone.
static Tally tally_of_draw(const Tally *all, uint32_t draw) {
  Tally one = *all;
  one.n_groups = 1;
  one.total += draw;
  one.measures += (size_t)draw * all->n_measures;
  one.outcomes += (size_t)draw * all->n_outcomes;
  return one;
}

static Range range_of_outcome(const Tally *tally, uint32_t outcome) {
  Drawn drawn[POINTS];
  for (uint32_t draw = 0; draw < POINTS; draw++) {
    double total = tally->total[draw];
    drawn[draw] =
        (Drawn){tally->outcomes[(size_t)draw * tally->n_outcomes + outcome] / total, total};
  }
  return range_of(drawn, POINTS, !tally->is_exact);
}

static Range range_of_ask(const Tally *tally, const Query *query) {
  Drawn drawn[POINTS];
  for (uint32_t draw = 0; draw < POINTS; draw++) {
    Tally one = tally_of_draw(tally, draw);
    if (!claim_in_draw(&one, query, &drawn[draw].value, &drawn[draw].weight))
      drawn[draw] = (Drawn){0, 0};
  }
  return range_of(drawn, POINTS, !tally->is_exact);
}

// The noise of the trials is known for a share of them, not for what shares make together.
static bool ask_has_range(const Tally *tally, const Node *claim) {
  return plan_has_range(claim) && (tally->is_exact || claim->kind == NODE_CHANCE_OF);
}

static void fill_in(const Tally *tally, Answer *answer) {
  for (uint32_t i = 0; i < answer->n_outcomes; i++)
    answer->outcomes[i].range = range_of_outcome(tally, answer->outcomes[i].outcome);
  for (uint32_t i = 0; i < answer->n_asks; i++) {
    AskAnswer *ask = &answer->asks[i];
    if (ask_has_range(tally, ask->query->node->query.claim))
      ask->range = range_of_ask(tally, ask->query);
  }
}

static bool has_some(const Answer *answer) {
  bool is_some = false;
  for (uint32_t i = 0; i < answer->n_outcomes; i++) is_some |= answer->outcomes[i].range.is_some;
  for (uint32_t i = 0; i < answer->n_asks; i++) is_some |= answer->asks[i].range.is_some;
  return is_some;
}

// Reads the ranges off the draws; gives why there are none, or nothing.
static Text read_ranges(const Run *run, Answer *answer) {
  fill_in(&run->tally, answer);
  if (run->tally.is_exact || has_some(answer)) return TEXT("");
  return TEXT("no range over the uncertain beliefs: none stands out from the noise of the trials");
}

void run_range(const Run *run, Answer *answer) {
  if (!is_uncertain(run)) return;
  RunOptions options = *run->options;
  options.trials = run->trials < MOST_TRIALS ? run->trials : MOST_TRIALS;
  options.precision = 0;
  Run drawn = *run;
  drawn.trials = 0;
  drawn.is_by_draw = true;
  drawn.options = &options;
  drawn.diagnostics = diagnostics_new(run->arena);
  answer->no_range = answer->method == METHOD_EXACT ? draw_exact(&drawn) : draw_sampled(&drawn);
  if (!answer->no_range.n && run_has_beliefs(drawn.plan))
    answer->no_range = read_ranges(&drawn, answer);
  answer->is_interrupted = drawn.is_interrupted;
  run_close(&drawn);
}
