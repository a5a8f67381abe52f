// The line on how an answer was made, and what else is said of it.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
// cmocka needs the three above
#include <cmocka.h>

#include "runtime/show/method.h"

static void expect_lines(Answer answer, const char *line, const char *note) {
  Arena *arena = arena_new();
  Text shown = show_method(arena, &answer), noted = show_method_note(arena, &answer);
  assert_string_equal(text_format(arena, "%.*s", TEXT_ARG(shown)).at, line);
  assert_string_equal(text_format(arena, "%.*s", TEXT_ARG(noted)).at, note);
  arena_free(arena);
}

static void an_exact_answer(void **state) {
  (void)state;
  expect_lines((Answer){.method = METHOD_EXACT, .worlds = 14212, .error = 3e-13},
               "exact to 1e-12, nothing sampled (14,212 worlds at most)", "");
  expect_lines((Answer){.method = METHOD_EXACT, .worlds = 1, .is_interrupted = true},
               "exact to 1e-15, nothing sampled (1 world at most)", "");
}

static void a_sampled_answer_says_why(void **state) {
  (void)state;
  static const struct {
    Why why;
    const char *line;
  } whys[] = {
      {WHY_NOTHING, "sampled, 10,000 trials, seed 3 (± is a 95 % interval)"},
      {WHY_WORLDS,
       "sampled, 10,000 trials, seed 3 (± is a 95 % interval): the exact answer needs more than "
       "2,000,000 worlds"},
      {WHY_DAYS,
       "sampled, 10,000 trials, seed 3 (± is a 95 % interval): the exact answer needs more than "
       "2,000,000 days of worlds"},
      {WHY_WORK,
       "sampled, 10,000 trials, seed 3 (± is a 95 % interval): the exact answer needs more than "
       "2,000,000 steps of work"},
      {WHY_BELIEF,
       "sampled, 10,000 trials, seed 3 (± is a 95 % interval): an uncertain belief is used in a "
       "way "
       "that no exact rule covers"},
  };
  for (size_t i = 0; i < sizeof whys / sizeof *whys; i++)
    expect_lines((Answer){.method = METHOD_SAMPLE,
                          .trials = 10000,
                          .seed = 3,
                          .why = whys[i].why,
                          .why_limit = 2000000},
                 whys[i].line, "");
}

static void what_was_not_reached_is_said(void **state) {
  (void)state;
  const char *line = "sampled, 4,096 trials, seed 1 (± is a 95 % interval)";
  Answer answer = {.method = METHOD_SAMPLE, .trials = 4096, .seed = 1, .precision = 0.00025};
  expect_lines(answer, line, "± 0.025 % was asked for and takes more than 4,096 trials");
  answer.is_precise = true;
  expect_lines(answer, line, "");
  answer.is_precise = false;
  answer.is_interrupted = true;
  expect_lines(answer, line, "interrupted: this is the estimate of the trials so far");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_exact_answer),
      cmocka_unit_test(a_sampled_answer_says_why),
      cmocka_unit_test(what_was_not_reached_is_said),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
