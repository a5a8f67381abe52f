// Runs a case by the method that was asked for and puts the answer together.
#include "runtime/answer/answer.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <time.h>

#include "runtime/answer/claims.h"
#include "runtime/answer/run.h"
#include "runtime/chance/init.h"

#define DEFAULT_TRIALS 1000000u

#ifdef LEGIS_STRESS
enum { DEFAULT_BATCH = 2 };
#else
enum { DEFAULT_BATCH = 2048 };
#endif

RunOptions run_options_default(void) {
  return (RunOptions){.method = METHOD_AUTO,
                      .trials = DEFAULT_TRIALS,
                      .seed = 1,
                      .threads = (uint32_t)omp_get_num_procs(),
                      .budget = RUN_BUDGET,
                      .batch = DEFAULT_BATCH};
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

void run_close(Run *run) {
  if (!run->plan) return;
  tally_close(&run->tally);
  plan_free(run->plan);
  run->plan = NULL;
}

bool run_goes_on(Run *run, const RunProgress *progress) {
  const RunWatch *watch = &run->options->watch;
  if (watch->goes_on && !watch->goes_on(watch->context, progress)) run->is_interrupted = true;
  return !run->is_interrupted;
}

// --- Putting together ---

static void answer_outcomes(const Run *run, Answer *a) {
  const Tally *t = &run->tally;
  double total = tally_total(t, TALLY_GROUPS);
  a->n_outcomes = t->n_outcomes;
  a->outcomes = ARENA_ARRAY(run->arena, OutcomeAnswer, t->n_outcomes + 1);
  for (uint32_t o = 0; o < t->n_outcomes; o++) {
    OutcomeAnswer *out = &a->outcomes[o];
    *out = (OutcomeAnswer){
        .outcome = o,
        .days = {t->first_day, t->n_days, ARENA_ARRAY(run->arena, double, t->n_days)}};
    for (uint32_t d = 0; d < t->n_days; d++) {
      double mass = t->ends[(size_t)o * t->n_days + d];
      out->days.chance[d] = t->n_groups > 1 ? mass / total : mass;
    }
    out->chance = claim_outcome(t, o);
    out->dates = spread_of_days(out->days);
    out->error = t->n_groups == 1 ? run->error : claim_outcome_error(t, o);
  }
}

static void answer_places(const Run *run, Answer *a) {
  const Tally *t = &run->tally;
  double total = t->n_groups == 1 ? 1 : tally_total(t, TALLY_GROUPS);
  a->places = ARENA_ARRAY(run->arena, PlaceAnswer, run->program->steps.n + 1);
  for (uint32_t k = 0; k < run->plan->stages.n; k++) {
    uint32_t step = run->plan->stages.items[k];
    const double *place = t->places[step];
    DaySpan days = {t->first_day, t->n_days, ARENA_ARRAY(run->arena, double, t->n_days)};
    for (uint32_t d = 0; d < t->n_days; d++) days.chance[d] = place[3 + d] / total;
    a->places[a->n_places++] = (PlaceAnswer){
        step, place[0] / total, place[1] / total, place[2] / total, days, spread_of_days(days)};
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

static Answer *answer_of(Run *run, Method method, double start) {
  Answer *a = ARENA_NEW(run->arena, Answer);
  *a = (Answer){.program = run->program,
                .scenario = run->scenario,
                .method = method,
                .why = run->why,
                .why_limit = run->why_limit,
                .trials = run->trials,
                .is_interrupted = run->is_interrupted,
                .precision = method == METHOD_SAMPLE ? run->options->precision : 0,
                .is_precise = run->is_precise,
                .seed = run->options->seed,
                .worlds = run->worlds,
                .error = run->error};
  answer_outcomes(run, a);
  answer_places(run, a);
  answer_reasons(run, a);
  answer_queries(run, a);
  run_close(run);
  if (run->options->has_ranges && !run->is_interrupted) run_range(run, a);
  a->engine_seconds = now() - start;
  return a;
}

static void tell_why(Run *run) {
  static const Why OF[] = {[EXCESS_NONE] = WHY_BELIEF,
                           [EXCESS_WORLDS] = WHY_WORLDS,
                           [EXCESS_DAYS] = WHY_DAYS,
                           [EXCESS_WORK] = WHY_WORK};
  const RunOptions *options = run->options;
  run->why = OF[run->excess];
  run->why_limit = run->excess == EXCESS_DAYS   ? WORLD_DAYS_PER_ROW * options->budget
                   : run->excess == EXCESS_WORK ? run->work + run->work_left
                                                : options->budget;
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
  chance_init();
  if (options->method != METHOD_SAMPLE) {
    Diagnostics *own = diagnostics_new(arena);
    bool is_done = run_exact(&run, own);
    bool is_exact = is_done && run.error < EXACT_BELOW;
    if (is_done && (is_exact || options->method == METHOD_EXACT))
      return answer_of(&run, METHOD_EXACT, start);
    if (is_done) run_close(&run);
    if (run.is_interrupted) return NULL;
    if (options->method == METHOD_EXACT || (!is_done && run.excess == EXCESS_NONE)) {
      diagnostics_append(diagnostics, own);
      return NULL;
    }
    tell_why(&run);
  }
  return run_sample(&run) ? answer_of(&run, METHOD_SAMPLE, start) : NULL;
}
