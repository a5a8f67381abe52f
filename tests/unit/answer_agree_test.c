// The comparison of --self-check: no disagreement where there is none, over all scripts that stand, and each kind of number
// found apart where the answers are those of two scripts that differ in it alone.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
// cmocka needs the three above
#include <cmocka.h>

#include "runtime/answer/agree.h"
#include "tests/unit/answer_files.h"
#include "tests/unit/answer_scripts.h"

enum { TRIALS = 20000, SEEDS = 4 };
#define EXACTLY 1e-9  // an answer with a larger error is none to compare with

// NULL where there is no exact answer.
static const Answer *exact_or_none(const Loaded *l) {
  Inputs *inputs = ARENA_NEW(l->arena, Inputs);
  *inputs = inputs_new(l->program, l->arena, NO_INDEX);
  RunOptions options = run_options_default();
  options.method = METHOD_EXACT;
  const Answer *a = answer_run(l->program, inputs, NO_INDEX, &options, l->arena, l->diagnostics);
  return a && a->error < EXACTLY ? a : NULL;
}

static const Answer *sample(const Loaded *l, uint64_t seed) {
  RunOptions options = run_options_default();
  options.method = METHOD_SAMPLE;
  options.trials = TRIALS;
  options.seed = seed;
  return answer(l, options);
}

typedef struct Seen {
  uint32_t n_answers, n_numbers, n_apart;
} Seen;

static void count_apart(const Agreement *found, const char *path, Seen *seen) {
  seen->n_answers++;
  seen->n_numbers += found->n_numbers;
  seen->n_apart += found->apart.n;
  for (uint32_t i = 0; i < found->apart.n; i++) {
    const Disagreement *apart = &found->apart.items[i];
    print_error("%s: %.*s: exactly %.12g, sampled %.12g, %g allowed\n", path, TEXT_ARG(apart->what),
                apart->exact, apart->sampled, apart->allowed);
  }
}

static void compare_script(const char *path, const char *text, void *context) {
  Loaded l = load_any(path, text, NULL);
  const Answer *exact = l.diagnostics->n_errors ? NULL : exact_or_none(&l);
  for (uint64_t seed = 1; exact && seed <= SEEDS; seed++) {
    Agreement found = answer_agree(exact, sample(&l, seed), l.arena);
    count_apart(&found, path, context);
  }
  arena_free(l.arena);
}

static void methods_agree_over_all_scripts(void **state) {
  (void)state;
  char *folders[] = {LEGIS_SOURCE_DIR "/examples", LEGIS_SOURCE_DIR "/tests/golden",
                     LEGIS_SOURCE_DIR "/tests/bench", NULL};
  Seen seen = {0};
  visit_scripts(folders, compare_script, &seen);
  assert_int_equal(seen.n_apart, 0);
  assert_true(seen.n_answers >= 100 * SEEDS);
  assert_true(seen.n_numbers >= 10 * seen.n_answers);
}

typedef struct Pair {  // of scripts that differ in some numbers, of which one is named
  const char *exact, *sampled, *what;
} Pair;

#define DECIDE(chance) CASE "{ decide { a: " chance " { end done } b: otherwise } } outcome done "
#define WAIT(days) CASE "{ wait " days " days end done } outcome done "
#define STAGE(then)                                                                   \
  CASE "{ stage s { decide { a: 50% b: otherwise { fail } } } else wait 0 days " then \
       " } "                                                                          \
       "outcome done "
#define GIVEN(chance, seldom)                                \
  CASE "{ if seldom { decide { a: " chance                   \
       " { end done } b: otherwise } } } outcome done fact " \
       "seldom " seldom " "

static const Pair pairs[] = {
    {DECIDE("50%"), DECIDE("52%"), "outcome: done"},
    {DECIDE("0%"), DECIDE("0.1%"), "outcome: done"},
    {DECIDE("100%"), DECIDE("99.9%"), "outcome: done"},
    {WAIT("1..10"), WAIT("2..10"), "5 % by its date: done"},
    {WAIT("2..10"), WAIT("1..10"), "days that cannot be: done"},
    {WAIT("1..9"), WAIT("1..10"), "95 % by its date: done"},
    {WAIT("1..2..30"), WAIT("1..12..30"), "half by its date: done"},
    {STAGE("end done"), STAGE("decide { c: 95% { end done } d: otherwise }"), "outcome: done"},
    {CASE "{ stage s { decide { a: 50% b: otherwise { fail } } } }",
     CASE "{ stage s { decide { a: 53% b: otherwise { fail } } } }", "goes on: s"},
    {CASE "{ stage s { decide { a: 50% b: otherwise { fail } } } }",
     CASE "{ stage s { decide { a: 53% b: otherwise { fail } } } }", "fails: s"},
    {CASE "{ decide { a: 50% b: otherwise { stage s { wait 1 days } } } }",
     CASE "{ decide { a: 47% b: otherwise { stage s { wait 1 days } } } }", "reached: s"},
    {CASE "{ decide { a: 50% b: otherwise { fail \"no\" } } }",
     CASE "{ decide { a: 53% b: otherwise { fail \"no\" } } }", "reason: no"},
    {DECIDE("50%") "ask chance of done", DECIDE("52%") "ask chance of done", "ask chance of done"},
    {GIVEN("50%", "1/8") "ask chance of done given seldom",
     GIVEN("56%", "1/8") "ask chance of done given seldom", "ask chance of done given seldom"},
    {GIVEN("50%", "1/8") "ask chance of done given seldom",
     GIVEN("50%", "1/7") "ask chance of done given seldom",
     "what is given: ask chance of done given seldom"},
    {WAIT("1..10") "ask date of done", WAIT("5..10") "ask date of done",
     "half by its date: ask date of done"},
    {DECIDE("50%") "ask date of done", DECIDE("52%") "ask date of done",
     "whether it happens: ask date of done"},
    {DECIDE("50%") "ask 2 * chance of done", DECIDE("53%") "ask 2 * chance of done",
     "ask 2 * chance of done"},
    {DECIDE("50%") "expect chance of done >= 1/3", DECIDE("53%") "expect chance of done >= 1/3",
     "expect chance of done >= 1/3"},
    {DECIDE("0%") "expect never done", DECIDE("1%") "expect never done", "expect never done"},
};

static bool is_told(const Agreement *found, const char *what) {
  for (uint32_t i = 0; i < found->apart.n; i++) {
    if (text_equal(found->apart.items[i].what, text_of(what))) return true;
  }
  return false;
}

static void each_kind_of_number_is_found_apart(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    Loaded l = load(pairs[i].exact), other = load(pairs[i].sampled);
    const Answer *exact = answer_exact(&l);
    Agreement same = answer_agree(exact, sample(&l, 1), l.arena);
    Agreement found = answer_agree(exact, sample(&other, 1), l.arena);
    assert_int_equal(same.apart.n, 0);
    assert_true(same.n_numbers > 0);
    if (!is_told(&found, pairs[i].what)) {
      for (uint32_t k = 0; k < found.apart.n; k++)
        print_error("apart: \"%.*s\"\n", TEXT_ARG(found.apart.items[k].what));
      fail_msg("pair %d: \"%s\" was not found apart", (int)i, pairs[i].what);
    }
    arena_free(l.arena);
    arena_free(other.arena);
  }
}

// A chance of one in a million that comes up once in so few trials is no disagreement.
static void what_is_rare_may_happen(void **state) {
  (void)state;
  Loaded l = load(DECIDE("1/1000000"));
  const Answer *exact = answer_exact(&l);
  Answer sampled = *sample(&l, 1);
  OutcomeAnswer *outcome = &sampled.outcomes[exact->n_outcomes - 1];
  for (uint32_t o = 0; o < exact->n_outcomes; o++) {
    if (exact->outcomes[o].chance > 0 && exact->outcomes[o].chance < 0.5)
      outcome = &sampled.outcomes[o];
  }
  for (int n = 0; n <= 2; n++) {
    outcome->chance = (double)n / TRIALS;
    assert_int_equal(answer_agree(exact, &sampled, l.arena).apart.n, 0);
  }
  outcome->chance = 8.0 / TRIALS;
  assert_int_equal(answer_agree(exact, &sampled, l.arena).apart.n, 1);
  arena_free(l.arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(methods_agree_over_all_scripts),
      cmocka_unit_test(each_kind_of_number_is_found_apart),
      cmocka_unit_test(what_is_rare_may_happen),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
