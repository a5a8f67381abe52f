// Ranges over uncertain beliefs: against quantiles in closed form, against a million plain draws made
// here.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
// cmocka needs the three first
#include <cmocka.h>

#include "tests/unit/answer_scripts.h"

#define NEAR 5e-4  // of what POINTS points tell of a quantile along one dimension
enum { DRAWS = 1000000 };

#define ONCE CASE "{ decide { yes: p  no: otherwise { fail } } }\n"
#define TWICE                                                                         \
  CASE "{ stage one { decide { yes: p  no: otherwise { fail } } } else wait 0 days\n" \
       "  stage two { decide { yes: p  no: otherwise { fail } } } else wait 0 days }\n"

static RunOptions ranged(Method method) {
  RunOptions options = run_options_default();
  options.method = method;
  options.has_ranges = true;
  return options;
}

static const OutcomeAnswer *outcome_of(const Answer *a, const char *name) {
  for (uint32_t i = 0; i < a->n_outcomes; i++) {
    EntityId id = a->program->outcomes.items[a->outcomes[i].outcome];
    if (text_equal(program_name(a->program, id), text_of(name))) return &a->outcomes[i];
  }
  fail_msg("no outcome %s", name);
  return NULL;
}

static void assert_range(Range range, double low, double high, double near) {
  if (!range.is_some || fabs(range.low - low) > near || fabs(range.high - high) > near)
    fail_msg("%d: %.6f to %.6f, not %.6f to %.6f", range.is_some, range.low, range.high, low, high);
}

static void assert_none(const Answer *a) {
  for (uint32_t i = 0; i < a->n_outcomes; i++) assert_false(a->outcomes[i].range.is_some);
  for (uint32_t i = 0; i < a->n_asks; i++) assert_false(a->asks[i].range.is_some);
}

// --- One belief: its own quantiles ---

static void of_a_chance_it_is_that_of_the_belief(void **state) {
  (void)state;
  const struct {
    const char *spread;
    double low, high;
  } of[] = {
      {"beta(4, 1)", pow(0.05, 0.25), pow(0.95, 0.25)},
      {"beta(1, 9)", 1 - pow(0.95, 1 / 9.0), 1 - pow(0.05, 1 / 9.0)},
      {"beta(0.5, 0.5)", pow(sin(0.025 * M_PI), 2), pow(sin(0.475 * M_PI), 2)},
      {"20%..60%", 0.22, 0.58},
      {"0%..50%..100%", sqrt(0.05 / 2), 1 - sqrt(0.05 / 2)},
  };
  for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
    char script[300];
    snprintf(script, sizeof script, ONCE "assume p ~ %s\nask chance of failure\n", of[i].spread);
    Loaded l = load(script);
    Answer *a = answer(&l, ranged(METHOD_EXACT));
    assert_range(outcome_of(a, "completion")->range, of[i].low, of[i].high, NEAR);
    assert_range(a->asks[0].range, 1 - of[i].high, 1 - of[i].low, NEAR);
    arena_free(l.arena);
  }
}

// Nine members, each for it with p: the chance of five grows with p, so its quantiles are those of p.
static double majority_of_nine(double p) {
  double sum = 0, ways[] = {126, 84, 36, 9, 1};
  for (int yes = 5; yes <= 9; yes++) sum += ways[yes - 5] * pow(p, yes) * pow(1 - p, 9 - yes);
  return sum;
}

static void of_a_vote_it_is_the_vote_of_the_belief(void **state) {
  (void)state;
  Loaded l = load(CASE
                  "{ vote house on law needs majority of seats }\n"
                  "bill law  chamber house { bloc all { seats 9 free p } }\n"
                  "assume p ~ 40%..80%\n");
  Answer *a = answer(&l, ranged(METHOD_EXACT));
  assert_range(outcome_of(a, "completion")->range, majority_of_nine(0.42), majority_of_nine(0.78),
               NEAR);
  arena_free(l.arena);
}

// --- Given something: the belief after it has been seen ---

static void given_a_success_it_is_that_of_what_is_left_to_believe(void **state) {
  (void)state;
  Loaded l = load(TWICE
                  "assume p ~ beta(1, 1)\n"
                  "ask chance of two is passed given one is passed\n"
                  "ask chance of two is passed given one is failed\n"
                  "ask chance of two is passed\n");
  Answer *a = answer(&l, ranged(METHOD_EXACT));
  assert_range(a->asks[0].range, sqrt(0.05), sqrt(0.95), NEAR);
  assert_range(a->asks[1].range, 1 - sqrt(0.95), 1 - sqrt(0.05), NEAR);
  assert_range(a->asks[2].range, 0.05, 0.95, NEAR);
  arena_free(l.arena);
}

// What hangs on no belief has one value in all draws, even if what is given hangs on one.
static void given_only_what_is_uncertain_it_is_a_point(void **state) {
  (void)state;
  Loaded l = load(CASE
                  "{ stage one { decide { yes: p  no: otherwise { fail } } } else wait 0 days\n"
                  "  stage two { decide { yes: 30%  no: otherwise { fail } } } }\n"
                  "assume p ~ beta(2, 3)\n"
                  "ask chance of two is passed given one is passed\n");
  Answer *a = answer(&l, ranged(METHOD_EXACT));
  assert_range(a->asks[0].range, 0.3, 0.3, 1e-12);
  arena_free(l.arena);
}

// Ten successes of a belief that was even: two draws of 256 have half the weight.
static void given_what_few_draws_explain_there_is_none(void **state) {
  (void)state;
  TextBuilder b = {0};
  text_add(&b, CASE "{ ");
  for (int i = 0; i < 40; i++)
    text_addf(&b, "stage s%d { decide { yes: p  no: otherwise { fail } } }\n", i);
  text_add(&b, "} assume p ~ 0%..100%\nask chance of s39 is passed given s38 is passed\n");
  Loaded l = load(b.at);
  Answer *a = answer(&l, ranged(METHOD_EXACT));
  assert_false(a->asks[0].range.is_some);
  assert_true(outcome_of(a, "completion")->range.is_some);
  arena_free(l.arena);
  text_builder_free(&b);
}

// --- Several beliefs: against plain draws. Of twelve, POINTS points know hardly more than as many plain draws would, whose
// standard error here is 0.013. ---

static uint64_t next(uint64_t *state) {  // SplitMix64
  uint64_t z = *state += 0x9E3779B97F4A7C15u;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
  z = (z ^ z >> 27) * 0x94D049BB133111EBu;
  return z ^ z >> 31;
}

static double uniform(uint64_t *state) {
  return ((double)(next(state) >> 11) + 0.5) / 9007199254740992.0;
}

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

typedef double Draw(uint64_t *state);

static double draw_product(uint64_t *state) {
  return (0.3 + 0.6 * uniform(state)) * pow(uniform(state), 0.25);
}

static double draw_twelve(uint64_t *state) {
  double product = 1;
  for (int i = 0; i < 12; i++) product *= pow(uniform(state), 1 / 9.0);
  return product;
}

static void assert_like(Range range, Draw *draw, double near) {
  double *drawn = malloc(DRAWS * sizeof *drawn);
  uint64_t state = 20250101;
  for (int i = 0; i < DRAWS; i++) drawn[i] = draw(&state);
  qsort(drawn, DRAWS, sizeof *drawn, by_size);
  assert_range(range, drawn[DRAWS / 20], drawn[DRAWS - DRAWS / 20], near);
  free(drawn);
}

static void of_a_product_it_is_that_of_plain_draws(void **state) {
  (void)state;
  Loaded l = load(CASE
                  "{ decide { yes: p * q  no: otherwise { fail } } }\n"
                  "assume p ~ 30%..90%  assume q ~ beta(4, 1)\n");
  Answer *a = answer(&l, ranged(METHOD_EXACT));
  assert_like(outcome_of(a, "completion")->range, draw_product, 0.012);
  arena_free(l.arena);
}

static void of_twelve_beliefs_it_is_that_of_plain_draws(void **state) {
  (void)state;
  TextBuilder b = {0};
  text_add(&b, CASE "{ ");
  for (int i = 0; i < 12; i++) text_addf(&b, "decide { yes: p%d  no: otherwise { fail } }\n", i);
  text_add(&b, "}\n");
  for (int i = 0; i < 12; i++) text_addf(&b, "assume p%d ~ beta(9, 1)\n", i);
  Loaded l = load(b.at);
  Answer *a = answer(&l, ranged(METHOD_EXACT));
  assert_like(outcome_of(a, "completion")->range, draw_twelve, 0.03);
  arena_free(l.arena);
  text_builder_free(&b);
}

// --- What chances make together ---

static void of_sums_of_chances_there_is_one_and_of_other_claims_none(void **state) {
  (void)state;
  Loaded l = load(TWICE
                  "assume p ~ 20%..60%\n"
                  "ask chance of one is passed - chance of one is failed\n"
                  "ask chance of one is passed * chance of two is passed\n"
                  "ask median date of two is passed\n"
                  "ask chance of two is passed given one is passed\n"
                  "    - chance of two is passed given one is failed\n"
                  "ask date of two is passed\n");
  Answer *a = answer(&l, ranged(METHOD_EXACT));
  assert_range(a->asks[0].range, 2 * 0.22 - 1, 2 * 0.58 - 1, 2 * NEAR);
  assert_range(a->asks[1].range, 0.22 * 0.22, 0.58 * 0.58, 2 * NEAR);
  for (uint32_t i = 2; i < a->n_asks; i++) assert_false(a->asks[i].range.is_some);
  assert_int_equal(a->n_asks, 5);
  arena_free(l.arena);
}

// --- None ---

static void without_beliefs_there_is_none(void **state) {
  (void)state;
  const char *scripts[] = {
      ONCE "assume p = 40%\nask chance of failure\n",
      CASE "{ decide { yes: 40%  no: otherwise { fail } } }\nassume p ~ 20%..60%\n",
  };
  for (int i = 0; i < 2; i++) {
    Loaded l = load(scripts[i]);
    Answer *a = answer(&l, ranged(i ? METHOD_AUTO : METHOD_SAMPLE));
    assert_none(a);
    assert_int_equal(a->no_range.n, 0);
    arena_free(l.arena);
  }
}

static void a_change_that_fixes_the_belief_leaves_none(void **state) {
  (void)state;
  const char *script = ONCE "assume p ~ 20%..60%\nscenario sure { assume p = 50% }\n";
  Loaded changed = load_with(script, "assume p = 30%"), own = load(script);
  assert_none(answer(&changed, ranged(METHOD_EXACT)));
  Inputs inputs = inputs_new(own.program, own.arena, 0);
  RunOptions options = ranged(METHOD_EXACT);
  Answer *a = answer_run(own.program, &inputs, 0, &options, own.arena, own.diagnostics);
  assert_none(a);
  assert_true(outcome_of(a, "completion")->chance == 0.5);
  Loaded other = load_with(script, "assume p ~ 70%..80%");
  assert_range(outcome_of(answer(&other, ranged(METHOD_EXACT)), "completion")->range, 0.705, 0.795,
               NEAR);
  arena_free(changed.arena);
  arena_free(own.arena);
  arena_free(other.arena);
}

static void beyond_the_budget_there_is_none_and_that_is_said(void **state) {
  (void)state;
  Loaded l = load(TWICE "assume p ~ 20%..60%\nask chance of two is passed\n");
  RunOptions options = ranged(METHOD_EXACT);
  Answer *whole = answer(&l, options);
  options.budget = whole->worlds;
  Answer *a = answer(&l, options);
  assert_none(a);
  assert_non_null(strstr(a->no_range.at, "budget"));
  assert_true(outcome_of(a, "completion")->chance == outcome_of(whole, "completion")->chance);
  arena_free(l.arena);
}

static bool stops(void *context, const RunProgress *progress) {
  uint64_t *rounds = context;
  if (progress->trials_of && progress->trials == 0) ++*rounds;
  return *rounds < 2;
}

static void an_interrupted_range_is_none_and_that_is_said(void **state) {
  (void)state;
  uint64_t rounds = 0;
  Loaded l = load(ONCE "assume p ~ 20%..60%\n");
  RunOptions options = ranged(METHOD_SAMPLE);
  options.trials = 20000;
  options.watch = (RunWatch){stops, &rounds};
  Answer *a = answer(&l, options);
  assert_int_equal(a->trials, 20000);
  assert_none(a);
  assert_non_null(strstr(a->no_range.at, "interrupted"));
  arena_free(l.arena);
}

// --- Sampled ---

static void sampled_it_is_near_the_exact_one(void **state) {
  (void)state;
  Loaded l = load(TWICE
                  "assume p ~ 20%..60%\n"
                  "ask chance of one is passed\n"
                  "ask chance of two is passed given one is passed\n"
                  "ask chance of (one is passed and two is passed)\n"
                  "ask chance of one is passed - chance of one is failed\n");
  Answer *exact = answer(&l, ranged(METHOD_EXACT));
  for (uint64_t seed = 1; seed <= 5; seed++) {
    RunOptions options = ranged(METHOD_SAMPLE);
    options.trials = 100000;
    options.seed = seed;
    Answer *a = answer(&l, options);
    for (uint32_t i = 0; i < 3; i++)
      assert_range(a->asks[i].range, exact->asks[i].range.low, exact->asks[i].range.high, 0.025);
    assert_false(a->asks[3].range.is_some);
  }
  arena_free(l.arena);
}

static void sampled_noise_alone_is_no_range(void **state) {
  (void)state;
  Loaded l = load(CASE
                  "{ stage one { decide { yes: p  no: otherwise { fail } } } else wait 0 days\n"
                  "  stage two { decide { yes: 30%  no: otherwise { fail } } } }\n"
                  "assume p ~ 20%..60%\nask chance of two is passed\n"
                  "ask chance of one is passed\n");
  for (uint64_t seed = 1; seed <= 20; seed++) {
    RunOptions options = ranged(METHOD_SAMPLE);
    options.trials = 20000;
    options.seed = seed;
    Answer *a = answer(&l, options);
    assert_false(a->asks[0].range.is_some);
    assert_true(a->asks[1].range.is_some);
  }
  arena_free(l.arena);
}

// --- What must not matter ---

static void assert_same(const Answer *a, const Answer *b) {
  for (uint32_t i = 0; i < a->n_outcomes; i++) {
    assert_memory_equal(&a->outcomes[i].range.low, &b->outcomes[i].range.low, sizeof(double));
    assert_memory_equal(&a->outcomes[i].range.high, &b->outcomes[i].range.high, sizeof(double));
  }
  for (uint32_t i = 0; i < a->n_asks; i++) {
    assert_memory_equal(&a->asks[i].range.low, &b->asks[i].range.low, sizeof(double));
    assert_memory_equal(&a->asks[i].range.high, &b->asks[i].range.high, sizeof(double));
  }
}

static void neither_threads_nor_batches_matter(void **state) {
  (void)state;
  static const uint32_t threads[] = {1, 2, 5}, batches[] = {2048, 7, 300};
  Loaded l = load(TWICE "assume p ~ 20%..60%\nask chance of two is passed given one is passed\n");
  for (int method = METHOD_EXACT; method <= METHOD_SAMPLE; method++) {
    RunOptions options = ranged((Method)method);
    options.trials = 30011;
    Answer *first = answer(&l, options);
    for (int i = 0; i < 3; i++) {
      options.threads = threads[i];
      options.batch = batches[i];
      assert_same(first, answer(&l, options));
    }
  }
  arena_free(l.arena);
}

static void no_number_of_the_answer_depends_on_them(void **state) {
  (void)state;
  Loaded l = load(TWICE "assume p ~ beta(2, 3)\nask chance of two is passed given one is passed\n");
  for (int method = METHOD_EXACT; method <= METHOD_SAMPLE; method++) {
    RunOptions options = ranged((Method)method);
    options.trials = 10000;
    Answer *with = answer(&l, options);
    options.has_ranges = false;
    Answer *without = answer(&l, options);
    assert_none(without);
    assert_true(with->asks[0].value.number == without->asks[0].value.number);
    assert_true(with->asks[0].error == without->asks[0].error);
    assert_true(with->worlds == without->worlds && with->trials == without->trials);
    for (uint32_t i = 0; i < with->n_outcomes; i++)
      assert_true(with->outcomes[i].chance == without->outcomes[i].chance);
  }
  arena_free(l.arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(of_a_chance_it_is_that_of_the_belief),
      cmocka_unit_test(of_a_vote_it_is_the_vote_of_the_belief),
      cmocka_unit_test(given_a_success_it_is_that_of_what_is_left_to_believe),
      cmocka_unit_test(given_only_what_is_uncertain_it_is_a_point),
      cmocka_unit_test(given_what_few_draws_explain_there_is_none),
      cmocka_unit_test(of_a_product_it_is_that_of_plain_draws),
      cmocka_unit_test(of_twelve_beliefs_it_is_that_of_plain_draws),
      cmocka_unit_test(of_sums_of_chances_there_is_one_and_of_other_claims_none),
      cmocka_unit_test(without_beliefs_there_is_none),
      cmocka_unit_test(a_change_that_fixes_the_belief_leaves_none),
      cmocka_unit_test(beyond_the_budget_there_is_none_and_that_is_said),
      cmocka_unit_test(an_interrupted_range_is_none_and_that_is_said),
      cmocka_unit_test(sampled_it_is_near_the_exact_one),
      cmocka_unit_test(sampled_noise_alone_is_no_range),
      cmocka_unit_test(neither_threads_nor_batches_matter),
      cmocka_unit_test(no_number_of_the_answer_depends_on_them),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
