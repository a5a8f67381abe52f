// Every number of every script, sampled, lies within five standard errors of the exact one, with
// three seeds; so do the months in which the cases end, by a chi-square. The scripts are all that
// stand in the examples, the golden tests and the bench, and, with a tenth of the trials, some made
// by chance; each without a scenario and with each of its own. Five errors are passed by chance once
// in 1.7 million numbers, and here are fewer than a hundred thousand: when it happens, something is
// wrong. LEGIS_SAMPLED is the number of trials; the last test says what so many see.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
// cmocka needs the three first
#include <cmocka.h>

#include "tests/oracle/generate.h"
#include "tests/unit/answer_files.h"
#include "tests/unit/answer_scripts.h"
#include "tests/unit/answer_tails.h"

enum { TRIALS = 1000000, SEEDS = 3, MADE = 100, FEWER = 10 };
#define MONTHS 1e-6     // the least p of a chi-square
#define EXACTLY 1e-9    // an answer with a larger error is none to compare with
#define HALF_A_DAY 0.5  // a mean date is rounded to the day

typedef struct Check {
  const char *path;
  const Answer *exact, *sampled;
  double trials;
  uint32_t n_numbers, n_months, n_wrong;
  double least;  // chance of the most surprising number
  bool is_quiet;
} Check;

typedef struct Count {
  uint32_t scripts, valid, answers, skipped;
  Check check;
} Count;

// --- Numbers ---

static void judge(Check *c, double tail, double limit, Text what, double exact, double sampled) {
  c->n_numbers++;
  c->least = fmin(c->least, tail);
  if (tail >= limit) return;
  if (c->n_wrong++ < 20 && !c->is_quiet)
    print_error("%s, scenario %d, seed %d, %.*s: exactly %.12g, sampled %.12g (p = %.3g)\n",
                c->path, (int)c->exact->scenario, (int)c->sampled->seed, TEXT_ARG(what), exact,
                sampled, tail);
}

// Both are chances among n trials.
static void check_chance(Check *c, double n, Text what, double exact, double sampled) {
  double tail = tail_of_chance(nearbyint(n * sampled), n, exact);
  judge(c, tail, FIVE_ERRORS, what, exact, sampled);
}

// Means: where they are of few trials, Bernstein's inequality adds a part of the whole range.
static void check_mean(Check *c, Text what, const DaySpan *exact, const DaySpan *sampled,
                       Date shown) {
  MeanDay a = mean_of_days(exact), b = mean_of_days(sampled);
  double n = nearbyint(b.n * c->trials), allowed = 5 * a.deviation / sqrt(n) + 10 * exact->n / n;
  double tail = gsl_cdf_ugaussian_Q(5 * fabs(a.mean - b.mean) / allowed);
  judge(c, tail, FIVE_ERRORS, what, a.mean, b.mean);
  judge(c, fabs(shown - a.mean) <= HALF_A_DAY + allowed + VALUE_NUMBER_TOLERANCE, 1, what, a.mean,
        shown);
}

static void check_dates(Check *c, Text what, const DaySpan *exact, const DaySpan *sampled,
                        const DateSpread *shown) {
  double n = 0;
  for (uint32_t d = 0; d < sampled->n; d++) n += nearbyint(sampled->chance[d] * c->trials);
  if (n == 0) return;
  struct {
    double rank;
    Date day;
  } ranks[] = {{1, shown->earliest},
               {ceil(n * 0.05), shown->p05},
               {ceil(n * 0.5), shown->p50},
               {ceil(n * 0.95), shown->p95},
               {n, shown->latest}};
  for (int i = 0; i < 5; i++) {
    double tail = tail_of_rank(exact, ranks[i].rank, n, ranks[i].day);
    judge(c, tail, FIVE_ERRORS, what, ranks[i].rank / n, ranks[i].day);
  }
  check_mean(c, what, exact, sampled, shown->mean);
}

// --- Answers ---

static void check_outcomes(Check *c) {
  for (uint32_t i = 0; i < c->exact->n_outcomes; i++) {
    const OutcomeAnswer *a = &c->exact->outcomes[i], *b = &c->sampled->outcomes[i];
    const Program *program = c->exact->program;
    Text name = program_name(program, program->outcomes.items[a->outcome]);
    check_chance(c, c->trials, name, a->chance, b->chance);
    check_dates(c, name, &a->days, &b->days, &b->dates);
  }
}

static void check_months(Check *c) {
  c->n_months++;
  judge(c, tail_of_months(c->exact, c->sampled), MONTHS, TEXT("outcomes by month"), 0, 0);
}

static void check_places(Check *c) {
  assert_int_equal(c->exact->n_places, c->sampled->n_places);
  for (uint32_t i = 0; i < c->exact->n_places; i++) {
    const PlaceAnswer *a = &c->exact->places[i], *b = &c->sampled->places[i];
    Text name = c->exact->program->steps.items[a->step].full_name;
    assert_int_equal(a->step, b->step);
    check_chance(c, c->trials, name, a->reached, b->reached);
    check_chance(c, c->trials, name, a->passed, b->passed);
    check_chance(c, c->trials, name, a->failed, b->failed);
    check_dates(c, name, &a->days, &b->days, &b->dates);
  }
}

static double chance_of_reason(const Answer *a, const ReasonAnswer *reason) {
  for (uint32_t i = 0; i < a->n_reasons; i++) {
    const ReasonAnswer *r = &a->reasons[i];
    if (r->span.from == reason->span.from && text_equal(r->text, reason->text)) return r->chance;
  }
  return 0;
}

static void check_reasons(Check *c) {
  for (uint32_t i = 0; i < c->exact->n_reasons; i++) {
    const ReasonAnswer *a = &c->exact->reasons[i];
    check_chance(c, c->trials, a->text, a->chance, chance_of_reason(c->sampled, a));
  }
  for (uint32_t i = 0; i < c->sampled->n_reasons; i++) {
    const ReasonAnswer *b = &c->sampled->reasons[i];
    if (chance_of_reason(c->exact, b) == 0) check_chance(c, c->trials, b->text, 0, b->chance);
  }
}

static Text slice(const Answer *a, const Node *node) {
  return source_slice(a->program->tree->sources, node->span);
}

// The trials in which what is given holds: every `given` is asked for by a question of its own.
static double trials_given(const Check *c, const Node *given) {
  const Answer *a = c->sampled;
  if (!given) return c->trials;
  for (uint32_t i = 0; i < a->n_asks; i++) {
    const Node *claim = a->asks[i].query->node->query.claim;
    if (claim->kind == NODE_CHANCE_OF && !claim->question.given &&
        text_equal(slice(a, claim->question.event), slice(a, given)))
      return nearbyint(c->trials * a->asks[i].value.number);
  }
  fail_msg("%s: what is given is not asked for", c->path);
  return 0;
}

// Of an expression of answers only its interval tells how far it may be off.
static void check_expression(Check *c, Text what, const AskAnswer *a, const AskAnswer *b) {
  if (a->value.type != VALUE_NUMBER) return;
  double off = fabs(a->value.number - b->value.number) / (b->error / gsl_cdf_tdist_Qinv(0.025, 63));
  judge(c, gsl_cdf_tdist_Q(off, 63), FIVE_ERRORS, what, a->value.number, b->value.number);
}

static Date stat_of(Stat stat, const DateSpread *dates) {
  switch (stat) {
    case STAT_MEAN: return dates->mean;
    case STAT_EARLIEST: return dates->earliest;
    case STAT_LATEST: return dates->latest;
    case STAT_NONE:
    case STAT_MEDIAN: break;
  }
  return dates->p50;
}

static void check_date_question(Check *c, const Node *claim, const AskAnswer *a,
                                const AskAnswer *b) {
  Text what = slice(c->exact, claim);
  double n = trials_given(c, claim->question.given);
  check_chance(c, n, what, a->happens, b->happens);
  check_dates(c, what, &a->days, &b->days, &b->dates);
  if (b->value.type != VALUE_DATE) return;
  assert_int_equal(b->value.date, stat_of(claim->question.stat, &b->dates));
}

static void check_ask(Check *c, const AskAnswer *a, const AskAnswer *b) {
  const Node *claim = a->query->node->query.claim;
  Text what = slice(c->exact, claim);
  if (claim->kind == NODE_DATE_OF) {
    check_date_question(c, claim, a, b);
  } else if (claim->kind != NODE_CHANCE_OF) {
    check_expression(c, what, a, b);
  } else if (a->value.type == VALUE_NONE) {
    judge(c, b->value.type == VALUE_NONE, 1, what, NAN, b->value.number);
  } else {
    double n = trials_given(c, claim->question.given);
    if (n > 0) check_chance(c, n, what, a->value.number, b->value.number);
  }
}

static void check_claims(Check *c) {
  assert_int_equal(c->exact->n_expects, c->sampled->n_expects);
  for (uint32_t i = 0; i < c->exact->n_expects; i++) {
    const ExpectAnswer *a = &c->exact->expects[i], *b = &c->sampled->expects[i];
    if (a->query->node->kind != NODE_EXPECT)
      check_chance(c, c->trials, slice(c->exact, a->query->node), a->left.number, b->left.number);
  }
}

static void check_asks(Check *c) {
  assert_int_equal(c->exact->n_asks, c->sampled->n_asks);
  for (uint32_t i = 0; i < c->exact->n_asks; i++)
    check_ask(c, &c->exact->asks[i], &c->sampled->asks[i]);
}

typedef enum Part {
  PART_OUTCOMES,
  PART_MONTHS,
  PART_PLACES,
  PART_REASONS,
  PART_ASKS,
  PART_CLAIMS,
  PARTS
} Part;

static const struct {
  const char *name;
  void (*check)(Check *);
} parts[PARTS] = {
    [PART_OUTCOMES] = {"outcomes", check_outcomes}, [PART_MONTHS] = {"months", check_months},
    [PART_PLACES] = {"places", check_places},       [PART_REASONS] = {"reasons", check_reasons},
    [PART_ASKS] = {"questions", check_asks},        [PART_CLAIMS] = {"claims", check_claims},
};

// --- Scripts ---

static void add_questions(TextBuilder *b, const Loaded *l, const Node *claim, bool is_whole) {
  const SourceSet *sources = l->program->tree->sources;
  switch ((int)claim->kind) {
    case NODE_CHANCE_OF:
    case NODE_DATE_OF:
      if (!is_whole) text_addf(b, "ask %.*s\n", TEXT_ARG(source_slice(sources, claim->span)));
      if (claim->question.given)
        text_addf(b, "ask chance of (%.*s)\n",
                  TEXT_ARG(source_slice(sources, claim->question.given->span)));
      break;
    case NODE_BINARY:
      add_questions(b, l, claim->binary.left, false);
      add_questions(b, l, claim->binary.right, false);
      break;
    case NODE_NOT:
    case NODE_NEGATE: add_questions(b, l, claim->negation.operand, false); break;
    case NODE_UNIT: add_questions(b, l, claim->unit.operand, false); break;
    default: break;
  }
}

// The script with questions added: each that stands inside of a claim, so that its number is judged
// by itself, and the chance of each `given`.
static Loaded load_with_questions(const char *path, const char *text) {
  Loaded plain = load_any(path, text, NULL);
  if (plain.diagnostics->n_errors) return plain;
  TextBuilder b = {0};
  text_addf(&b, "%s\n", text);
  for (uint32_t i = 0; i < plain.program->queries.n; i++) {
    const Node *query = plain.program->queries.items[i].node;
    if (query->kind == NODE_ASK || query->kind == NODE_EXPECT)
      add_questions(&b, &plain, query->query.claim, query->kind == NODE_ASK);
  }
  Loaded l = load_any(path, b.at, NULL);
  if (l.diagnostics->n_errors) show_diagnostics(&l, l.diagnostics);
  assert_int_equal(l.diagnostics->n_errors, 0);
  text_builder_free(&b);
  arena_free(plain.arena);
  return l;
}

static const Answer *answer_by(const Loaded *l, uint32_t scenario, Method method, double trials,
                               uint64_t seed) {
  Inputs inputs = inputs_new(l->program, l->arena, scenario);
  RunOptions options = run_options_default();
  options.method = method;
  options.trials = (uint64_t)trials;
  options.seed = seed;
  return answer_run(l->program, &inputs, scenario, &options, l->arena, l->diagnostics);
}

static void compare_scenario(const Loaded *l, uint32_t scenario, Count *count) {
  count->check.exact = answer_by(l, scenario, METHOD_EXACT, 1, 1);
  if (!count->check.exact || count->check.exact->error > EXACTLY) {
    count->skipped++;
    return;
  }
  count->answers++;
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    count->check.sampled = answer_by(l, scenario, METHOD_SAMPLE, count->check.trials, seed);
    assert_non_null(count->check.sampled);
    for (int i = 0; i < PARTS; i++) parts[i].check(&count->check);
  }
}

static void compare_script(const char *path, const char *text, void *context) {
  Count *count = context;
  Loaded l = load_with_questions(path, text);
  count->scripts++;
  count->check.path = path;
  if (!l.diagnostics->n_errors) {
    count->valid++;
    compare_scenario(&l, NO_INDEX, count);
    for (uint32_t s = 0; s < l.program->scenarios.n; s++) compare_scenario(&l, s, count);
  }
  arena_free(l.arena);
}

static Check check_new(uint64_t trials) {
  return (Check){.trials = (double)trials, .least = 1};
}

static void conclude(const Count *count) {
  print_message(
      "%u scripts, %u valid, %u answers compared, %u not exact: %u numbers, %u of them by month; "
      "the farthest "
      "%.2f standard errors\n",
      count->scripts, count->valid, count->answers, count->skipped, count->check.n_numbers,
      count->check.n_months, gsl_cdf_ugaussian_Qinv(count->check.least));
  assert_int_equal(count->check.n_wrong, 0);
  assert_true(count->skipped * 10 <= count->answers);
}

static void test_scripts_that_stand(void **state) {
  (void)state;
  char *folders[] = {LEGIS_SOURCE_DIR "/examples", LEGIS_SOURCE_DIR "/tests/golden",
                     LEGIS_SOURCE_DIR "/tests/bench", NULL};
  Count count = {.check = check_new(number_of_trials(TRIALS))};
  visit_scripts(folders, compare_script, &count);
  conclude(&count);
  assert_true(count.answers >= 100);
}

static void test_scripts_made_by_chance(void **state) {
  (void)state;
  Count count = {.check = check_new(number_of_trials(TRIALS) / FEWER)};
  for (uint64_t seed = 1; seed <= MADE; seed++) {
    Arena *arena = arena_new();
    compare_script(text_format(arena, "script %d made by chance", (int)seed).at,
                   generate_script(arena, seed).at, &count);
    arena_free(arena);
  }
  conclude(&count);
  assert_true(count.answers >= MADE / 2);
}

// --- What is seen ---

// The last questions depend on q, the second on the wait of s, too; a claim tells how often the case
// is lost.
static const char *const SEEN = CASE
    "{ stage s { wait 1..30 days decide { a: p b: otherwise { fail \"no\" } } } else end lost if f "
    "{ wait 1 day } } outcome lost assume p = 30% assume q = 40% fact f q  ask chance of s is a  "
    "ask "
    "date of s is passed  ask chance of f given s is passed  ask chance of (s is passed)  ask "
    "chance "
    "of f + chance of lost  expect never lost";

typedef struct SeenChange {
  const char *path;
  double share;  // raised by eight standard errors of a chance among a quarter of the trials
  bool is_seen[PARTS];
} SeenChange;

static const SeenChange changes[] = {
    {NULL, 0, {0}},
    {"p", 0.3, {true, true, true, true, true, true}},
    {"q", 0.4, {[PART_ASKS] = true}},
    {"s.wait",
     0,
     {[PART_OUTCOMES] = true, [PART_MONTHS] = true, [PART_PLACES] = true, [PART_ASKS] = true}},
};

static Loaded load_changed(const SeenChange *change, double trials) {
  double error = sqrt(change->share * (1 - change->share) / (trials / 4));
  char set[64];
  if (!change->path) return load(SEEN);
  if (change->share == 0) return load_with(SEEN, "assume s.wait = 1..40 days");
  snprintf(set, sizeof set, "assume %s = %.6f", change->path, change->share + 8 * error);
  return load_with(SEEN, set);
}

static void test_what_is_seen(void **state) {
  (void)state;
  double trials = (double)number_of_trials(TRIALS);
  Loaded plain = load(SEEN);
  for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
    Loaded changed = load_changed(&changes[i], trials);
    for (int part = 0; part < PARTS; part++) {
      Check c = check_new((uint64_t)trials);
      c.is_quiet = true;
      c.exact = answer_by(&plain, NO_INDEX, METHOD_EXACT, 1, 1);
      c.sampled = answer_by(&changed, NO_INDEX, METHOD_SAMPLE, trials, 1);
      parts[part].check(&c);
      if ((c.n_wrong > 0) != changes[i].is_seen[part])
        fail_msg("change %d, %s: %u numbers differ", (int)i, parts[part].name, c.n_wrong);
    }
    arena_free(changed.arena);
  }
  arena_free(plain.arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_scripts_that_stand),
      cmocka_unit_test(test_scripts_made_by_chance),
      cmocka_unit_test(test_what_is_seen),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
