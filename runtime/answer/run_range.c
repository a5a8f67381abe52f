// How far a chance would move if the uncertain beliefs were known: between the 5% and the 95% quantile
// of the chance given the beliefs, over POINTS draws of all of them together (points.h). A draw weighs
// as much as it makes likely what is given, so that the average over the draws is the chance itself.
// The walk is another than that of the answer, and no number of the answer depends on it.
#include <math.h>
#include <stdlib.h>

#include "runtime/answer/claims.h"
#include "runtime/answer/run.h"

#define LOW 0.05
#define HIGH 0.95
// Of a variance over POINTS draws, whose standard error is 9% of it: where half of it is left, what is
// left is known to 18%, and the width of a range to 9%. With less, only ranges that chance made too
// wide would be told of.
#define LEAST_LEFT 0.5
#define LEAST_DRAWS \
  32  // that must count, by Kish's effective size, for a quantile of 5% to mean something

// Trials of a sampled range: their noise is subtracted, and more of them would not be seen on the page.
#define MOST_TRIALS ((uint64_t)POINTS << 12)

typedef struct Drawn {  // an answer in one draw
  double value, weight;
} Drawn;

static bool is_uncertain(const Run *run) {
  for (uint32_t i = 0; i < run->program->assumes.n; i++) {
    bool is_belief;
    inputs_assume(run->inputs, i, &is_belief);
    if (is_belief) return true;
  }
  return false;
}

static Text why_not(const Run *run) {
  if (run->is_interrupted) return TEXT("no range over the uncertain beliefs: interrupted");
  const Diagnostic *told = run->diagnostics->items.items[0];
  if (told->code == E_RUN_BUDGET)
    return TEXT(
        "no range over the uncertain beliefs: it takes more than the budget allows; "
        "raise it with --budget");
  return text_format(run->arena, "no range over the uncertain beliefs: in one draw of them, %.*s",
                     TEXT_ARG(told->title));
}

// The run is open afterwards if it has a plan.
static bool draw(Run *run, Method method) {
  return (method == METHOD_EXACT ? run_draws(run) : run_sample(run)) && !run->is_interrupted;
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
  if (!draw(&drawn, answer->method)) answer->no_range = why_not(&drawn);
  else if (run_has_beliefs(drawn.plan)) answer->no_range = read_ranges(&drawn, answer);
  answer->is_interrupted = drawn.is_interrupted;
  run_close(&drawn);
}
