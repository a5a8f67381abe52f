// A run that its watch ends: what is shown of a sampled one is what a run of so many trials shows, whatever the threads and
// the batches; an exact one has nothing to show.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
// cmocka needs the three above
#include <cmocka.h>

#include "runtime/show/show.h"
#include "tests/unit/answer_scripts.h"

static const char script[] = CASE
    "{ stage s { wait 1..20 days vote c on b needs majority of seats } else end out "
    "wait 1..20 days } outcome out bill b assume p ~ beta(2, 3) chamber c { bloc x { seats 5 free "
    "p } } "
    "ask chance of out ask date of s is passed ask chance of completion given (p > 50%)";

typedef struct Patience {
  uint32_t n;        // looks until it ends
  uint64_t trials;   // at the last look
  uint64_t n_exact;  // looks at an exact walk
} Patience;

static bool goes_on(void *context, const RunProgress *progress) {
  Patience *patience = context;
  assert_true(progress->trials >= patience->trials);
  patience->trials = progress->trials;
  patience->n_exact += progress->trials_of == 0;
  return patience->n-- > 1;
}

static Answer *run_watched(const Loaded *l, RunOptions options, Patience *patience) {
  Inputs inputs = inputs_new(l->program, l->arena, NO_INDEX);
  options.watch = (RunWatch){goes_on, patience};
  return answer_run(l->program, &inputs, NO_INDEX, &options, l->arena, l->diagnostics);
}

static char *json_of(const Answer *a) {
  TextBuilder b = {0};
  show_json(&b, a);
  return b.at;
}

static void an_interrupted_run_shows_what_so_many_trials_show(void **state) {
  (void)state;
  static const struct {
    uint32_t looks, threads, batch;
    uint64_t trials;
  } cases[] = {{2, 1, 2048, 2048}, {8, 1, 100, 700},   {8, 2, 100, 700}, {41, 2, 64, 2560},
               {41, 5, 64, 2560},  {4, 3, 1000, 3000}, {9, 8, 2, 16},    {5, 2, 1, 4}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Loaded l = load(script);
    RunOptions options = run_options_default();
    options.method = METHOD_SAMPLE;
    options.threads = cases[i].threads;
    options.batch = cases[i].batch;
    Patience patience = {.n = cases[i].looks};
    Answer *stopped = run_watched(&l, options, &patience);
    assert_non_null(stopped);
    assert_true(stopped->is_interrupted);
    assert_int_equal(stopped->trials, cases[i].trials);
    stopped->is_interrupted = false;
    char *seen = json_of(stopped), *whole = json_of(answer_sampled(&l, cases[i].trials, 2048, 1));
    assert_string_equal(seen, whole);
    free(seen);
    free(whole);
    arena_free(l.arena);
  }
}

static void a_run_that_ends_in_time_is_not_interrupted(void **state) {
  (void)state;
  Loaded l = load(script);
  RunOptions options = run_options_default();
  options.method = METHOD_SAMPLE;
  options.trials = 5000;
  options.batch = 1000;
  Patience patience = {.n = 6};
  Answer *a = run_watched(&l, options, &patience);
  assert_false(a->is_interrupted);
  assert_int_equal(a->trials, 5000);
  assert_int_equal(patience.n, 1);  // five batches were asked for
  arena_free(l.arena);
}

static void nothing_is_shown_before_the_first_batch(void **state) {
  (void)state;
  Loaded l = load(script);
  RunOptions options = run_options_default();
  options.method = METHOD_SAMPLE;
  Patience patience = {.n = 1};
  assert_null(run_watched(&l, options, &patience));
  assert_int_equal(l.diagnostics->items.n, 0);
  arena_free(l.arena);
}

// 2^13 sets of lines and as many votes of 260 members.
static const char *many_votes(Arena *arena) {
  TextBuilder b = {0};
  text_add(&b, CASE
           "{ vote c on b needs majority of seats vote c on b needs majority of seats } "
           "bill b chamber c { ");
  for (uint32_t i = 0; i < 13; i++)
    text_addf(&b, "bloc x%u { seats 20 line 60%% turnout 90%% } ", i);
  text_add(&b, "}");
  return text_builder_take(&b, arena).at;
}

static void an_exact_run_that_is_interrupted_has_no_answer(void **state) {
  (void)state;
  static const Method methods[] = {METHOD_EXACT, METHOD_AUTO};
  for (int i = 0; i < 2; i++) {
    Arena *arena = arena_new();
    Loaded l = load(many_votes(arena));
    RunOptions options = run_options_default();
    options.method = methods[i];
    Patience patience = {.n = 2};
    assert_null(run_watched(&l, options, &patience));
    assert_int_equal(patience.n_exact, 2);
    assert_int_equal(l.diagnostics->items.n, 0);
    arena_free(l.arena);
    arena_free(arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_interrupted_run_shows_what_so_many_trials_show),
      cmocka_unit_test(a_run_that_ends_in_time_is_not_interrupted),
      cmocka_unit_test(nothing_is_shown_before_the_first_batch),
      cmocka_unit_test(an_exact_run_that_is_interrupted_has_no_answer),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
