// The promise of a precision: no interval of an outcome or of a chance that is asked is wider, the exact value lies within
// as often as a 95% interval says, no more trials are made than that takes, and the answer is that of so many trials.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
// cmocka needs the three above
#include <cmocka.h>

#include "runtime/show/show.h"
#include "tests/unit/answer_scripts.h"

enum { PILOT = 65536, SEEDS = 12 };

// Chances in the middle, small ones, and one given an event that comes in one case of eight.
static const char *const scripts[] = {
    CASE
    "{ wait 1..20 days decide { a: p { end early } b: otherwise } wait 1..20 days } outcome early "
    "assume p ~ beta(2, 3) ask chance of early ask chance of early by 2025-01-10",
    CASE
    "{ stage s { vote c on b needs majority of votes } else end out } outcome out bill b "
    "chamber c { bloc x { seats 7 line 40% loyalty 80% } bloc y { seats 8 free 50% turnout 70% } } "
    "ask chance of out ask chance of completion",
    CASE
    "{ decide { a: 1/1000 { end rare } b: otherwise } if seldom { decide { c: 30% { end won } "
    "d: otherwise } } } outcome rare outcome won fact seldom 1/8 ask chance of won given "
    "seldom"};
enum { SCRIPTS = sizeof scripts / sizeof *scripts };

static Answer *answer_within(const Loaded *l, double precision, uint64_t seed, uint64_t most) {
  RunOptions options = run_options_default();
  options.method = METHOD_SAMPLE;
  options.precision = precision;
  options.trials = most;
  options.seed = seed;
  return answer(l, options);
}

typedef struct Counted {
  uint32_t n, n_within;  // of sampled chances: all, those within the precision of the exact one
  double most;           // trials that the widest interval takes
} Counted;

// `given`: what share of the trials the chance is of.
static void look_at(Counted *c, double precision, double sampled, double error, double exact,
                    double given) {
  assert_true(error <= precision);
  double apart = fabs(sampled - exact);
  assert_true(apart <= 5 / 1.96 * precision);
  c->n++;
  c->n_within += apart <= precision;
  c->most = fmax(c->most, 1.96 * 1.96 * exact * (1 - exact) / given / (precision * precision));
}

static void look_at_all(Counted *c, double precision, const Answer *sampled, const Answer *exact,
                        double given) {
  for (uint32_t i = 0; i < exact->n_outcomes; i++)
    look_at(c, precision, sampled->outcomes[i].chance, sampled->outcomes[i].error,
            exact->outcomes[i].chance, 1);
  for (uint32_t i = 0; i < exact->n_asks; i++)
    look_at(c, precision, sampled->asks[i].value.number, sampled->asks[i].error,
            exact->asks[i].value.number, given);
}

static void every_interval_is_as_narrow_as_was_asked_for(void **state) {
  (void)state;
  static const double precisions[] = {0.01, 0.003, 0.0015};
  Counted all = {0};
  for (int k = 0; k < SCRIPTS; k++) {
    Loaded l = load(scripts[k]);
    const Answer *exact = answer_exact(&l);
    for (int i = 0; i < 3; i++) {
      for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        Answer *a = answer_within(&l, precisions[i], seed, 1000000000);
        all.most = 0;
        assert_true(a->is_precise);
        look_at_all(&all, precisions[i], a, exact, k == 2 ? 1.0 / 8 : 1);
        // The estimate of an interval is off by a tenth, of its square by a fifth: three times that, and a whole pilot.
        assert_true((double)a->trials <= 1.6 * all.most + PILOT);
        assert_true(a->trials == PILOT || (double)a->trials >= 0.5 * all.most);
      }
    }
    arena_free(l.arena);
  }
  assert_true(all.n_within >= 0.95 * all.n);  // most chances are surer than the least sure one
}

static char *json_of(const Answer *a) {
  TextBuilder b = {0};
  show_json(&b, a);
  return b.at;
}

// As they are shown, but for what was asked for.
static void expect_same_answer(Answer *a, Answer *b) {
  a->precision = b->precision = 0;
  char *shown = json_of(a), *other = json_of(b);
  assert_string_equal(shown, other);
  free(shown);
  free(other);
}

static void the_answer_is_that_of_so_many_trials(void **state) {
  (void)state;
  for (int k = 0; k < SCRIPTS; k++) {
    Loaded l = load(scripts[k]);
    Answer *a = answer_within(&l, 0.003, 5, 1000000000);
    RunOptions options = run_options_default();
    options.method = METHOD_SAMPLE;
    options.trials = a->trials;
    options.seed = 5;
    expect_same_answer(a, answer(&l, options));
    arena_free(l.arena);
  }
}

static void threads_and_batches_do_not_matter(void **state) {
  (void)state;
  for (int k = 0; k < SCRIPTS; k++) {
    Loaded l = load(scripts[k]);
    Answer *a = answer_within(&l, 0.003, 9, 1000000000);
    RunOptions options = run_options_default();
    options.method = METHOD_SAMPLE;
    options.precision = 0.003;
    options.trials = 1000000000;
    options.seed = 9;
    options.threads = 3;
    options.batch = 1000;
    expect_same_answer(a, answer(&l, options));
    arena_free(l.arena);
  }
}

static void what_takes_too_many_trials_is_said(void **state) {
  (void)state;
  Loaded l = load(scripts[0]);
  Answer *a = answer_within(&l, 0.0001, 1, 300000);
  assert_int_equal(a->trials, 300000);
  assert_false(a->is_precise);
  a = answer_within(&l, 0.0001, 1, 1000);  // less than a pilot
  assert_int_equal(a->trials, 1000);
  assert_false(a->is_precise);
  a = answer_within(&l, 0.2, 1, 1000);
  assert_int_equal(a->trials, 1000);
  assert_true(a->is_precise);
  arena_free(l.arena);
}

// All of the few trials in which the condition holds agree: what they leave open is 3 of their number, not of all trials.
static void a_chance_given_something_rare_takes_many_trials(void **state) {
  (void)state;
  Loaded l = load(
      CASE
      "{ if seldom { end won } } outcome won fact seldom 1/1000 ask chance of won given seldom");
  Answer *a = answer_sampled(&l, 100000, 2048, 2);
  double given = 0;
  for (uint32_t i = 0; i < a->n_outcomes; i++) {
    if (a->outcomes[i].chance < 0.5) given += 100000 * a->outcomes[i].chance;
  }
  assert_true(fabs(a->asks[0].value.number - 1) < 1e-12);
  assert_true(fabs(a->asks[0].error - 3 / given) < 1e-9);
  a = answer_within(&l, 0.01, 1, 1000000000);
  assert_true(a->is_precise && a->trials >= 3 * 1000 / 0.01 / 1.2);
  assert_true(a->trials <= 3 * 1000 / 0.01 * 1.2 + PILOT);
  arena_free(l.arena);
}

static void an_exact_answer_is_better(void **state) {
  (void)state;
  Loaded l = load(scripts[1]);
  RunOptions options = run_options_default();
  options.precision = 0.001;
  Answer *a = answer(&l, options);
  assert_int_equal(a->method, METHOD_EXACT);
  expect_same_answer(a, answer_exact(&l));
  arena_free(l.arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_interval_is_as_narrow_as_was_asked_for),
      cmocka_unit_test(the_answer_is_that_of_so_many_trials),
      cmocka_unit_test(threads_and_batches_do_not_matter),
      cmocka_unit_test(what_takes_too_many_trials_is_said),
      cmocka_unit_test(a_chance_given_something_rare_takes_many_trials),
      cmocka_unit_test(an_exact_answer_is_better),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
