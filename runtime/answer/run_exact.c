// The exact walk of a case: once where every belief has a rule that is exact for its use, else with
// more and more nodes.
#include <math.h>

#include "runtime/answer/precision.h"
#include "runtime/answer/run.h"

// How many nodes a belief gets, one after the other, until more change nothing. None is a multiple
// of another: where the answers are steep in a belief, a rule with twice as many nodes is easily
// wrong by as much.
static const uint32_t n_nodes[] = {16, 27, 43, 70, 112, 179, 256};
enum { N_RULES = sizeof n_nodes / sizeof *n_nodes };
#define MAX_STATEMENTS 1000000u
#define WORK_PER_WORLD_AUTO 8u  // a second or two with the default budget
#define WORK_PER_WORLD 1024u    // for who insists on the exact answer and may wait for it
#define NODES_AGREE 1e-11       // where more nodes of a belief change no answer by more

static bool plan_is_exact(const Plan *plan) {
  for (uint32_t i = 0; i < plan->program->assumes.n; i++) {
    if (plan->beliefs[i].column != NO_COLUMN && !plan->beliefs[i].is_exact_rule) return false;
  }
  return true;
}

uint64_t run_work(const RunOptions *options, uint64_t per_world) {
  uint64_t worlds = options->budget > RUN_BUDGET ? options->budget : RUN_BUDGET;
  return worlds * per_world;
}

static uint64_t work_budget(const RunOptions *options) {
  return run_work(options, options->method == METHOD_EXACT ? WORK_PER_WORLD : WORK_PER_WORLD_AUTO);
}

static bool goes_on(void *context, uint64_t n_worlds) {
  RunProgress progress = {.worlds = n_worlds};
  return run_goes_on(context, &progress);
}

static uint64_t trials_instead(const RunOptions *options) {
  return options->precision > 0 ? PRECISION_PILOT : options->trials;
}

static uint64_t work_left(const Walk *walk) {
  double left = (double)walk->options.work + walk->work_instead - (double)walk->n_work;
  return left > 0 ? (uint64_t)left : 0;
}

// `nodes` 0: the walk that only looks for errors at the ends of the beliefs.
static bool exact_once(Run *run, uint32_t nodes, Diagnostics *diagnostics) {
  PlanOptions options = {
      .scenario = run->scenario, .nodes = nodes, .is_exact = true, .probes_ends = nodes == 0};
  run->plan = plan_new(run->program, run->inputs, options, run->arena, diagnostics);
  if (!run->plan) return false;
  bool is_first = run->work == 0 && run->options->method == METHOD_AUTO;
  WalkOptions walking = {.is_exact = true,
                         .keeps_dead = run->options->keeps_dead,
                         .never_merges = run->options->never_merges,
                         .seed = run->options->seed,
                         .budget = run->options->budget,
                         .statements = MAX_STATEMENTS,
                         .work = run->work_left,
                         .trials_instead = is_first ? trials_instead(run->options) : 0,
                         .goes_on = goes_on,
                         .context = run};
  Walk walk;
  walk_open(&walk, run->plan, walking, diagnostics);
  tally_open(&run->tally, run->plan, true);
  walk_exact(&walk);
  tally_worlds(&run->tally, &walk);
  tally_flows(&run->tally, &walk);
  run->worlds = walk.world.n_most;
  run->work += walk.n_work;
  run->work_left = work_left(&walk);
  run->excess = walk.excess;
  bool is_done = !walk.has_error;
  walk_close(&walk);
  if (!is_done) run_close(run);
  return is_done;
}

static double apart(const double *a, const double *b, size_t n) {
  double most = 0;
  for (size_t i = 0; i < n; i++) most = fmax(most, fabs(a[i] - b[i]));
  return most;
}

// What the answers changed by when every belief got more nodes.
static double change_of(const Tally *a, const Tally *b) {
  double most = apart(a->ends, b->ends, (size_t)a->n_outcomes * a->n_days);
  most = fmax(most, apart(a->measures, b->measures, a->n_measures));
  return fmax(most, apart(a->days, b->days, (size_t)a->n_measures * a->n_days));
}

bool run_has_beliefs(const Plan *plan) {
  for (uint32_t i = 0; i < plan->program->assumes.n; i++) {
    if (plan->beliefs[i].column != NO_COLUMN) return true;
  }
  return false;
}

// A Gauss rule has no nodes at the ends of a belief, where a chance may pass 100 %. Such a world is
// possible, and is told. Two values for every belief may be more worlds than the budget allows:
// then nothing is said.
static bool ends_are_right(Run *run, Diagnostics *diagnostics) {
  Run probe = *run;
  Diagnostics *own = diagnostics_new(run->arena);
  bool is_done = exact_once(&probe, 0, own);
  if (is_done) run_close(&probe);
  run->work = probe.work;
  run->work_left = probe.work_left;
  run->is_interrupted = probe.is_interrupted;
  if (is_done || probe.excess != EXCESS_NONE) return true;
  diagnostics_append(diagnostics, own);
  return false;
}

// At a jump a Gauss rule is wrong by up to the weight of the node beside it (Chebyshev, Markov,
// Stieltjes), and by twice that in a window between two jumps, although rules may agree that have
// no node in it.
static double jump_error(const Plan *plan) {
  double sum = 0;
  for (uint32_t i = 0; i < plan->program->assumes.n; i++) {
    if (plan->beliefs[i].column != NO_COLUMN) sum += plan->beliefs[i].jump_error;
  }
  return fmin(sum, 1);
}

// Beliefs for whose use no exact rule is known: more nodes until that changes nothing.
static bool add_nodes(Run *run, Diagnostics *diagnostics) {
  for (uint32_t i = 1; i < N_RULES && !plan_is_exact(run->plan); i++) {
    Run before = *run;
    bool is_done = exact_once(run, n_nodes[i], diagnostics);
    run->error = is_done ? change_of(&before.tally, &run->tally) : INFINITY;
    run_close(&before);
    if (!is_done) return false;
    if (plan_is_exact(run->plan)) run->error = 0;
    if (run->error < NODES_AGREE && jump_error(run->plan) == 0) break;
  }
  return true;
}

bool run_exact(Run *run, Diagnostics *diagnostics) {
  run->work_left = work_budget(run->options);
  if (!exact_once(run, n_nodes[0], diagnostics)) return false;
  run->error = 0;
  if (run_has_beliefs(run->plan) && !ends_are_right(run, diagnostics)) {
    run_close(run);
    return false;
  }
  bool is_sampled_anyway = run->options->method == METHOD_AUTO && jump_error(run->plan) > 0;
  if (!is_sampled_anyway && !add_nodes(run, diagnostics)) return false;
  double mass = tally_total(&run->tally, TALLY_GROUPS);
  run->error = fmax(run->error, fmax(jump_error(run->plan), fabs(mass - 1)));
  return true;
}
