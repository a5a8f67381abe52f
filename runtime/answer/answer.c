// Runs a case by the method that was asked for and puts the answer together.
#include "runtime/answer/answer.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <time.h>

#include "runtime/answer/claims.h"
#include "runtime/chance/init.h"

enum { FIRST_NODES = 16, MOST_NODES = 256 };
#define DEFAULT_BUDGET 2000000u
#define DEFAULT_TRIALS 1000000u
#define MAX_STATEMENTS 1000000u
#define MAX_PASSES 20000u
#define NODES_AGREE 1e-11  // where doubling the nodes of a belief changes no answer by more
#define EXACT_BELOW 1e-9   // a larger error is not called exact

#ifdef LEGIS_STRESS
enum { DEFAULT_BATCH = 2 };
#else
enum { DEFAULT_BATCH = 2048 };
#endif

typedef struct Run {
  const Program *program;
  const Inputs *inputs;
  uint32_t scenario;
  const RunOptions *options;
  Arena *arena;
  Diagnostics *diagnostics;
  Tally tally;
  Plan *plan;
  uint64_t worlds;
  double error;
} Run;

RunOptions run_options_default(void) {
  return (RunOptions){.method = METHOD_AUTO,
                      .trials = DEFAULT_TRIALS,
                      .seed = 1,
                      .threads = (uint32_t)omp_get_num_procs(),
                      .budget = DEFAULT_BUDGET,
                      .batch = DEFAULT_BATCH};
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void run_close(Run *run) {
  if (!run->plan) return;
  tally_close(&run->tally);
  plan_free(run->plan);
  run->plan = NULL;
}

static bool plan_is_exact(const Plan *plan) {
  for (uint32_t i = 0; i < plan->program->assumes.n; i++) {
    if (plan->beliefs[i].column != NO_COLUMN && !plan->beliefs[i].is_exact_rule) return false;
  }
  return true;
}

// `nodes` 0: the walk that only looks for errors at the ends of the beliefs.
static bool exact_once(Run *run, uint32_t nodes, Diagnostics *diagnostics) {
  PlanOptions options = {
      .scenario = run->scenario, .nodes = nodes, .is_exact = true, .probes_ends = nodes == 0};
  run->plan = plan_new(run->program, run->inputs, options, run->arena, diagnostics);
  if (!run->plan) return false;
  WalkOptions walking = {.is_exact = true,
                         .keeps_dead = run->options->keeps_dead,
                         .never_merges = run->options->never_merges,
                         .seed = run->options->seed,
                         .budget = run->options->budget,
                         .statements = MAX_STATEMENTS};
  Walk walk;
  walk_open(&walk, run->plan, walking, diagnostics);
  tally_open(&run->tally, run->plan, true);
  walk_exact(&walk);
  tally_worlds(&run->tally, &walk);
  tally_flows(&run->tally, &walk);
  run->worlds = walk.world.n_most;
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

// What the answers changed by when every belief got twice the nodes.
static double change_of(const Tally *a, const Tally *b) {
  double most = apart(a->ends, b->ends, (size_t)a->n_outcomes * a->n_days);
  most = fmax(most, apart(a->measures, b->measures, a->n_measures));
  return fmax(most, apart(a->days, b->days, (size_t)a->n_measures * a->n_days));
}

static bool has_beliefs(const Plan *plan) {
  for (uint32_t i = 0; i < plan->program->assumes.n; i++) {
    if (plan->beliefs[i].column != NO_COLUMN) return true;
  }
  return false;
}

static bool is_over_budget(const Diagnostics *list) {
  return list->items.n == 1 && list->items.items[0]->code == E_RUN_BUDGET;
}

static void keep_errors(Diagnostics *to, const Diagnostics *from) {
  for (uint32_t i = 0; i < from->items.n; i++) {
    vec_push(to->arena, &to->items, from->items.items[i]);
    to->n_errors++;
  }
}

// A Gauss rule has no nodes at the ends of a belief, where a chance may pass 100 %. Such a world is possible, and is told.
// Two values for every belief may be more worlds than the budget allows: then nothing is said.
static bool ends_are_right(Run *run, Diagnostics *diagnostics) {
  Run probe = *run;
  Diagnostics *own = diagnostics_new(run->arena);
  if (exact_once(&probe, 0, own)) {
    run_close(&probe);
    return true;
  }
  if (is_over_budget(own)) return true;
  keep_errors(diagnostics, own);
  return false;
}

// Beliefs for whose use no exact rule is known: the nodes are doubled until that changes nothing.
static bool run_exact(Run *run, Diagnostics *diagnostics) {
  if (!exact_once(run, FIRST_NODES, diagnostics)) return false;
  run->error = 0;
  if (has_beliefs(run->plan) && !ends_are_right(run, diagnostics)) {
    run_close(run);
    return false;
  }
  for (uint32_t nodes = 2 * FIRST_NODES; nodes <= MOST_NODES && !plan_is_exact(run->plan);
       nodes *= 2) {
    Run before = *run;
    bool is_done = exact_once(run, nodes, diagnostics);
    run->error = is_done ? change_of(&before.tally, &run->tally) : INFINITY;
    run_close(&before);
    if (!is_done) return false;
    if (plan_is_exact(run->plan)) run->error = 0;
    if (run->error < NODES_AGREE) break;
  }
  double mass = tally_total(&run->tally, TALLY_GROUPS);
  run->error = fmax(run->error, fabs(mass - 1));
  return true;
}

static WalkOptions sampling(const Run *run) {
  return (WalkOptions){.seed = run->options->seed, .budget = UINT32_MAX, .passes = MAX_PASSES};
}

static void sample_part(Run *run, Tally *sum, uint64_t *failed_batch) {
  uint64_t batch = run->options->batch ? run->options->batch : 1;
  uint64_t n_batches = (run->options->trials + batch - 1) / batch;
  Arena *arena = arena_new();
  Diagnostics *quiet = diagnostics_new(arena);
  Walk walk;
  Tally part;
  walk_open(&walk, run->plan, sampling(run), quiet);
  tally_open(&part, run->plan, false);
#pragma omp for schedule(static, 1)
  for (uint64_t b = 0; b < n_batches; b++) {
    uint64_t first = b * batch, left = run->options->trials - first, limit;
#pragma omp atomic read
    limit = *failed_batch;
    if (walk.has_error || b > limit) continue;
    walk_batch(&walk, first, (uint32_t)(left < batch ? left : batch));
    tally_worlds(&part, &walk);
#pragma omp critical
    if (walk.has_error && b < *failed_batch) *failed_batch = b;
  }
#pragma omp critical
  {
    tally_flows(&part, &walk);
    tally_add(sum, &part);
  }
  walk_close(&walk);
  tally_close(&part);
  arena_free(arena);
}

// The trials of the first batch in which a world goes wrong are walked one by one, to tell of the first of them: the same
// world whatever the threads and the batch.
static void tell_error(Run *run, uint64_t failed_batch) {
  uint64_t trial = failed_batch * run->options->batch;
  Walk walk;
  Tally lost;
  walk_open(&walk, run->plan, sampling(run), run->diagnostics);
  tally_open(&lost, run->plan, false);
  for (; trial < run->options->trials && !walk.has_error; trial++) {
    walk_batch(&walk, trial, 1);
    tally_worlds(&lost, &walk);
  }
  tally_close(&lost);
  walk_close(&walk);
}

static bool run_sample(Run *run) {
  PlanOptions options = {.scenario = run->scenario, .nodes = FIRST_NODES, .is_exact = false};
  run->plan = plan_new(run->program, run->inputs, options, run->arena, run->diagnostics);
  if (!run->plan) return false;
  tally_open(&run->tally, run->plan, false);
  uint64_t failed_batch = UINT64_MAX;
#pragma omp parallel num_threads((int)run->options->threads)
  sample_part(run, &run->tally, &failed_batch);
  run->worlds = run->options->batch;
  run->error = 0;
  if (failed_batch == UINT64_MAX) return true;
  tell_error(run, failed_batch);
  run_close(run);
  return false;
}

// --- Putting together ---

static void answer_outcomes(const Run *run, Answer *a) {
  const Tally *t = &run->tally;
  double total = tally_total(t, TALLY_GROUPS);
  a->n_outcomes = t->n_outcomes;
  a->outcomes = ARENA_ARRAY(run->arena, OutcomeAnswer, t->n_outcomes + 1);
  for (uint32_t o = 0; o < t->n_outcomes; o++) {
    OutcomeAnswer *out = &a->outcomes[o];
    double spread = 0;
    *out = (OutcomeAnswer){
        .outcome = o,
        .days = {t->first_day, t->n_days, ARENA_ARRAY(run->arena, double, t->n_days)}};
    for (uint32_t d = 0; d < t->n_days; d++) {
      double mass = t->ends[(size_t)o * t->n_days + d];
      out->days.chance[d] = t->n_groups > 1 ? mass / total : mass;
      out->chance += out->days.chance[d];
    }
    out->dates = spread_of_days(out->days);
    for (uint32_t g = 0; g < t->n_groups; g++) {
      double mass = t->outcomes[(size_t)g * t->n_outcomes + o];
      double share = t->total[g] > 0 ? mass / t->total[g] - out->chance : 0;
      spread += share * share;
    }
    out->error = t->n_groups == 1 ? run->error
                 : spread > 0     ? 1.998 * sqrt(spread / 63 / 64)
                                  : 3 / total;
  }
}

static void answer_places(const Run *run, Answer *a) {
  const Tally *t = &run->tally;
  double total = t->n_groups == 1 ? 1 : tally_total(t, TALLY_GROUPS);
  a->places = ARENA_ARRAY(run->arena, PlaceAnswer, run->program->steps.n + 1);
  for (uint32_t i = 0; i < run->program->steps.n; i++) {
    const Step *step = &run->program->steps.items[i];
    const Body *body = &run->program->bodies.items[run->program->calls.items[step->call].body];
    if (body->steps.items[step->own].node->kind != NODE_STAGE) continue;
    DaySpan days = {t->first_day, t->n_days, t->places[i] + 3};
    a->places[a->n_places++] = (PlaceAnswer){i, t->places[i][0] / total, t->places[i][1] / total,
                                             t->places[i][2] / total, spread_of_days(days)};
  }
}

static int by_chance(const void *a, const void *b) {
  double x = ((const ReasonAnswer *)a)->chance, y = ((const ReasonAnswer *)b)->chance;
  if (x != y) return x < y ? 1 : -1;
  uint32_t from_a = ((const ReasonAnswer *)a)->span.from,
           from_b = ((const ReasonAnswer *)b)->span.from;
  return from_a < from_b ? -1 : from_a > from_b;
}

// Places that stand once in the script and are called twice are one reason.
static void answer_reasons(const Run *run, Answer *a) {
  const Tally *t = &run->tally;
  double total = t->n_groups == 1 ? 1 : tally_total(t, TALLY_GROUPS);
  a->reasons = ARENA_ARRAY(run->arena, ReasonAnswer, run->plan->reasons.n + 1);
  for (uint32_t i = 0; i < run->plan->reasons.n; i++) {
    const ReasonPlan *reason = &run->plan->reasons.items[i];
    if (t->reasons[i] <= 0) continue;
    uint32_t k = 0;
    while (k < a->n_reasons && !(a->reasons[k].span.from == reason->span.from &&
                                 text_equal(a->reasons[k].text, reason->text)))
      k++;
    if (k == a->n_reasons)
      a->reasons[a->n_reasons++] = (ReasonAnswer){reason->text, reason->span, 0};
    a->reasons[k].chance += t->reasons[i] / total;
  }
  qsort(a->reasons, a->n_reasons, sizeof *a->reasons, by_chance);
}

static void answer_queries(const Run *run, Answer *a) {
  uint32_t n = run->program->queries.n;
  a->asks = ARENA_ARRAY(run->arena, AskAnswer, n + 1);
  a->expects = ARENA_ARRAY(run->arena, ExpectAnswer, n + 1);
  for (uint32_t i = 0; i < n; i++) {
    const Query *query = &run->program->queries.items[i];
    if (query->scenario != NO_INDEX && query->scenario != run->scenario) continue;
    if (query->node->kind == NODE_ASK) {
      AskAnswer *ask = &a->asks[a->n_asks++];
      claim_ask(&run->tally, query, run->arena, ask);
      if (a->method == METHOD_EXACT) ask->error = run->error;
    } else {
      claim_expect(&run->tally, query, run->arena, run->error, &a->expects[a->n_expects++]);
    }
  }
}

static Answer *answer_of(Run *run, Method method, Text why, double seconds) {
  Answer *a = ARENA_NEW(run->arena, Answer);
  *a = (Answer){.program = run->program,
                .method = method,
                .why = why,
                .trials = run->options->trials,
                .seed = run->options->seed,
                .worlds = run->worlds,
                .error = run->error,
                .engine_seconds = seconds};
  answer_outcomes(run, a);
  answer_places(run, a);
  answer_reasons(run, a);
  answer_queries(run, a);
  run_close(run);
  return a;
}

Answer *answer_run(const Program *program, const Inputs *inputs, uint32_t scenario,
                   const RunOptions *options, Arena *arena, Diagnostics *diagnostics) {
  Run run = {.program = program,
             .inputs = inputs,
             .scenario = scenario,
             .options = options,
             .arena = arena,
             .diagnostics = diagnostics};
  double start = now();
  Text why = TEXT("");
  chance_init();
  if (options->method != METHOD_SAMPLE) {
    Diagnostics *own = diagnostics_new(arena);
    bool is_done = run_exact(&run, own);
    bool is_exact = is_done && run.error < EXACT_BELOW;
    if (is_done && (is_exact || options->method == METHOD_EXACT))
      return answer_of(&run, METHOD_EXACT, why, now() - start);
    if (is_done) run_close(&run);
    if (options->method == METHOD_EXACT || (!is_done && !is_over_budget(own))) {
      keep_errors(diagnostics, own);
      return NULL;
    }
    why =
        is_done
            ? TEXT(
                  "sampled, because an uncertain belief is used in a way that no exact rule covers")
            : TEXT("sampled, because the exact answer needs more worlds than the budget allows");
  }
  if (!run_sample(&run)) return NULL;
  return answer_of(&run, METHOD_SAMPLE, why, now() - start);
}
