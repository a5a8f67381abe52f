// The models of the bench, each run as a script and as C written by hand, give the same answers: exactly to 1e-12, sampled
// within five standard errors, for each outcome by each day.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
// cmocka needs the three above
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#include "tests/bench/models.h"

enum { TRIALS = 40000, HAND_TRIALS = 400000 };
#define ERRORS_MOST 5.0
#define EXACT_MOST 1e-12

static void answer_with(Script *script, const HandModel *model, Method method, HandChances *out) {
  Options options = {.run = run_options_default()};
  options.run.method = method;
  options.run.trials = TRIALS;
  assert_int_equal(script->diagnostics->n_errors, 0);
  const Answer *answer = script_run(script, NO_INDEX, &options);
  assert_non_null(answer);
  assert_int_equal(answer->method, method);
  assert_true(models_of_answer(model, answer, out));
}

static void assert_sampled(const char *what, const HandChances *truth, const HandChances *sampled,
                           uint64_t trials) {
  double apart = models_errors_apart(truth, sampled, trials);
  if (!(apart < ERRORS_MOST)) print_error("%s: %g standard errors apart\n", what, apart);
  assert_true(apart < ERRORS_MOST);
}

static void the_scripts_answer_what_the_hand_does(void **state) {
  HandChances *truth = calloc(2, sizeof *truth), *other = truth + 1;
  HandTally *tally = calloc(1, sizeof *tally);
  (void)state;
  for (uint32_t i = 0; i < HAND_MODELS; i++) {
    const HandModel *model = models_at(i);
    Script script = models_open(model);
    *truth = (HandChances){0};
    *tally = (HandTally){0};
    model->exact(truth);
    answer_with(&script, model, METHOD_EXACT, other);
    double apart = models_apart(truth, other);
    if (!(apart < EXACT_MOST)) print_error("%s: %g apart\n", model->script, apart);
    assert_true(apart < EXACT_MOST);
    answer_with(&script, model, METHOD_SAMPLE, other);
    assert_sampled(model->script, truth, other, TRIALS);
    model->sample(HAND_TRIALS, 1, tally);
    models_of_tally(tally, HAND_TRIALS, other);
    assert_sampled(model->script, truth, other, HAND_TRIALS);
    script_close(&script);
  }
  free(truth);
  free(tally);
}

// A difference of a hundredth is found, so that agreement means something.
static void a_wrong_answer_is_found(void **state) {
  HandChances *truth = calloc(2, sizeof *truth), *wrong = truth + 1;
  (void)state;
  truth->p[0][5] = 0.5;
  truth->p[1][6] = 0.5;
  *wrong = *truth;
  assert_true(models_apart(truth, wrong) == 0);
  wrong->p[0][5] = 0.49;
  wrong->p[0][6] = 0.01;
  assert_true(models_apart(truth, wrong) > 0.0099);
  assert_true(models_errors_apart(truth, wrong, 1000000) > 19);
  assert_true(models_errors_apart(truth, wrong, 100) < 1);
  wrong->p[3][0] = 1e-6;
  assert_true(isinf(models_errors_apart(truth, wrong, 100)));
  free(truth);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_scripts_answer_what_the_hand_does),
      cmocka_unit_test(a_wrong_answer_is_found),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
