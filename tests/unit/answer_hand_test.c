// Answers against numbers worked out by hand, each run exactly as it is meant, with liveness off,
// with merging off, and sampled with several threads and batches.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
// cmocka needs the three above
#include <cmocka.h>

#include "tests/unit/answer_scripts.h"

enum { MAX_SHOWN = 40, TRIALS = 20000 };

typedef struct Hand {
  const char *what, *script;
  double asks[6];
  uint32_t n_asks;
} Hand;

static const Hand hands[] = {
    {"three free members at 50%",
     CASE "{ vote c on b needs majority of seats } bill b chamber c { bloc a { seats 3 free 50% } "
          "} ask chance of completion",
     {0.5},
     1},
    {"five free members at 60% of whom four must say yes",
     CASE "{ vote c on b needs 4 yes } bill b chamber c { bloc a { seats 5 free 60% } } ask chance "
          "of completion",
     {0.33696},
     1},
    {"a line is kept for the second vote",
     CASE "{ vote c on b needs majority of seats vote c on b needs majority of seats } bill b "
          "chamber c { bloc a { seats 3 line 60% } } ask chance of completion",
     {0.6},
     1},
    {"an amendment draws the line anew",
     CASE "{ vote c on b needs majority of seats amend b vote c on b needs majority of seats } "
          "bill b chamber c { bloc a { seats 3 line 60% } } ask chance of completion",
     {0.36},
     1},
    {"an amendment that redraws a line with chance 50%",
     CASE "{ vote c on b needs majority of seats amend b by 50% vote c on b needs majority of "
          "seats } bill b chamber c { bloc a { seats 3 line 60% } } ask chance of completion",
     {0.48},
     1},
    {"a limit cuts a wait",
     CASE "{ within 5 days { wait 1..10 days } } ask chance of completion",
     {0.5},
     1},
    {"a limit that begins on many days",
     CASE "{ wait 1..10 days within 5 days { wait 1..10 days } else end late end done } outcome "
          "late outcome done "
          "ask chance of done ask chance of done by 2025-01-04 ask chance of late by 2025-01-08 "
          "ask chance of (done by 2025-01-07)",
     {0.5, 0.03, 0.10, 0.15},
     4},  // day 3: 1 + 2 of 100; late on days 6 and 7; up to day 6: 1 + 2 + 3 + 4 + 5
    {"three attempts within limits",
     CASE "{ wait 1..3 days attempt up to 3 times pausing 2..3 days { within 4 days { wait 1..6 "
          "days } } } ask chance of completion",
     {26.0 / 27},
     1},
    {"three attempts at 1/2",
     CASE "{ attempt up to 3 times { decide { yes: 50% no: otherwise { fail } } } } ask chance of "
          "completion",
     {0.875},
     1},
    {"a fact and a ruling that depends on it",
     CASE "{ ruling s on o { grant: if f then 95% else 10% deny: otherwise { fail } } } court s "
          "organization o fact f 75% "
          "ask chance of completion ask chance of f given completion ask chance of f",
     {0.7375, 0.7125 / 0.7375, 0.75},
     3},
    {"a belief for two decisions",
     CASE "{ decide { a: p b: otherwise { fail } } decide { a: p b: otherwise { fail } } } assume "
          "p ~ beta(2, 2) ask chance of completion",
     {0.3},
     1},
    {"a belief for one decision",
     CASE
     "{ decide { a: p b: otherwise { fail } } } assume p ~ beta(9, 1) ask chance of completion",
     {0.9},
     1},
    {"four beliefs at once",
     CASE "{ decide { a: p * q b: otherwise { fail } } decide { a: r * s b: otherwise { fail } } } "
          "assume p ~ beta(9, 1) assume q ~ 60%..90% assume r ~ 60%..75%..90% assume s ~ rate(2, "
          "3) ask chance of completion",
     {0.9 * 0.75 * 0.75 * 0.625},
     1},
    {"a belief as a line: both blocs follow one number",
     CASE "{ vote c on b needs 2 yes } bill b chamber c { bloc x { line p } bloc y { line p } } "
          "assume p ~ beta(2, 2) ask chance of completion",
     {0.3},
     1},
    {"a belief behind a fact and a line that only the question reads",
     CASE "{ wait 1 day } bill b chamber c { bloc a { line p } } assume p ~ beta(1, 1) fact f p "
          "ask chance of c.a.b is yes given f",
     {2.0 / 3},
     1},
    {"a free bloc's loyalty is not read: the fact behind it is drawn at the end",
     CASE "{ vote c on b needs 1 yes else end x wait 1 day } outcome x bill b chamber c { bloc a { "
          "free 100% loyalty (if f then 50% else 90%) } } "
          "fact f if today = 2025-01-01 then 30% else 60% ask chance of f",
     {0.6},
     1},
    {"a quorum missed in a procedure makes the stage that calls it inquorate",
     CASE "{ stage s { do p } } procedure p { vote c on b needs majority of votes quorum 2 present "
          "} bill b "
          "chamber c { bloc a { seats 2 free 100% turnout 50% } } ask chance of s is inquorate ask "
          "chance of s is failed",
     {0.75, 0.75},
     2},
    {"half of two waits of a die",
     CASE "{ wait 1..6 days wait 1..6 days } ask chance of completion by 2025-01-03 ask chance of "
          "completion by 2025-01-08",
     {1.0 / 36, 21.0 / 36},
     2},
    {"chance in a condition is drawn anew each time",
     CASE "{ repeat 3 times { if chance 50% { fail } } } ask chance of failure",
     {0.875},
     1},
    {"short circuit draws lazily",
     CASE "{ if f and chance 50% { end x } else if f or chance 20% { end y } } fact f 40% outcome "
          "x outcome y ask chance of x ask chance of y",
     {0.2, 0.2 + 0.6 * 0.2},
     2},
    {"a record speaks of the last pass",
     CASE "{ repeat 2 times { stage s { decide { a: 30% b: otherwise } } } } ask chance of s is a "
          "ask chance of s is passed",
     {0.3, 1},
     2},
    {"an expired limit passes by silence",
     CASE "{ stage s { within 3 days { wait 1..6 days } expired {} } } ask chance of s is expired "
          "ask chance of s is passed",
     {0.5, 1},
     2},
    {"a bill is in force after its day",
     CASE "{ wait 1..4 days enact b in force after 2 days wait until 2025-01-05 if b is in force { "
          "end x } } bill b outcome x "
          "ask chance of x ask chance of b is enacted by 2025-01-03",
     {0.5, 0.5},
     2},
    {"a motion that is out of order",
     CASE "{ move m(o) else { delist o from r  list o on r  end x } } organization o office p "
          "register r { lists o since 2003-01-01 } outcome x "
          "motion m(q: organization) { by p requires q is not listed on r \"listed\" wait 1 day } "
          "ask chance of x ask chance of o is listed on r",
     {1, 1},
     2},
    {"today splits a world on its day",
     CASE "{ wait 1..10 days if today <= 2025-01-04 { end x } } outcome x ask chance of x",
     {0.3},
     1},
    {"a variable of each world",
     CASE "{ let n = 1 repeat 3 times { if chance 50% { set n = n + 1 } } if n = 3 { end x } } "
          "outcome x ask chance of x",
     {0.375},
     1},
    {"a drawn length is one number",
     CASE "{ let d = 1..4 days wait d wait d } ask chance of completion by 2025-01-05",
     {0.5},
     1},
    {"a quorum that is missed",
     CASE "{ stage s { vote c on b needs majority of votes quorum 2 present } } bill b chamber c { "
          "bloc a { seats 2 free 100% turnout 50% } } "
          "ask chance of s is passed ask chance of s is inquorate",
     {0.25, 0.75},
     2},
    {"succeed leaves the procedure as done",
     CASE "{ do p if s is passed { end x } } procedure p { stage s { succeed } fail } outcome x "
          "ask chance of x",
     {1},
     1},
    {"an else sees the failure of a trial",
     CASE "{ if not vote c on b needs 1 yes { end x } else { end y } } bill b chamber c { bloc a { "
          "line 30% } } outcome x outcome y ask chance of x",
     {0.7},
     1},
};

static void check_exact(const Hand *hand, const Answer *a, const char *how) {
  double total = 0;
  for (uint32_t i = 0; i < a->n_outcomes; i++) total += a->outcomes[i].chance;
  assert_true(fabs(total - 1) < 1e-12);
  assert_int_equal(a->n_asks, hand->n_asks);
  for (uint32_t i = 0; i < a->n_asks; i++) {
    double got = a->asks[i].value.number;
    if (a->asks[i].value.type == VALUE_NUMBER && fabs(got - hand->asks[i]) < 1e-12) continue;
    fail_msg("%s (%s), question %u: %.15f, by hand %.15f", hand->what, how, i + 1, got,
             hand->asks[i]);
  }
}

static void test_exact(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof hands / sizeof *hands; i++) {
    Loaded l = load(hands[i].script);
    RunOptions options = run_options_default();
    options.method = METHOD_EXACT;
    check_exact(&hands[i], answer(&l, options), "exact");
    options.keeps_dead = true;
    check_exact(&hands[i], answer(&l, options), "liveness off");
    options.never_merges = true;
    check_exact(&hands[i], answer(&l, options), "liveness and merging off");
    options.keeps_dead = false;
    check_exact(&hands[i], answer(&l, options), "merging off");
    arena_free(l.arena);
  }
}

static void test_sampled(void **state) {
  (void)state;
  static const uint32_t batches[] = {2, 512, 4096};
  for (size_t i = 0; i < sizeof hands / sizeof *hands; i++) {
    Loaded l = load(hands[i].script);
    RunOptions options = run_options_default();
    options.method = METHOD_SAMPLE;
    options.trials = TRIALS;
    options.threads = 1;
    const Answer *first = answer(&l, options);
    for (uint32_t k = 0; k < first->n_asks; k++) {
      double p = hands[i].asks[k], got = first->asks[k].value.number;
      double error = sqrt(p * (1 - p) / TRIALS) + 1e-12;
      if (fabs(got - p) > 5.5 * error * (strstr(hands[i].script, "given") ? 1.3 : 1))
        fail_msg("%s: sampled %.6f, by hand %.6f", hands[i].what, got, p);
    }
    for (uint32_t b = 0; b < 3; b++) {
      options.batch = batches[b];
      options.threads = 1 + b % 2;
      const Answer *again = answer(&l, options);
      for (uint32_t k = 0; k < first->n_asks; k++)
        assert_memory_equal(&first->asks[k].value.number, &again->asks[k].value.number,
                            sizeof(double));
      for (uint32_t o = 0; o < first->n_outcomes; o++)
        assert_memory_equal(&first->outcomes[o].error, &again->outcomes[o].error, sizeof(double));
    }
    arena_free(l.arena);
  }
}

static void test_days_of_a_limit(void **state) {
  (void)state;
  static const double done[] = {1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 4, 3, 2, 1};
  Loaded l = load(CASE
                  "{ wait 1..10 days within 5 days { wait 1..10 days } else end late end done } "
                  "outcome late outcome done");
  RunOptions options = run_options_default();
  options.method = METHOD_EXACT;
  const Answer *a = answer(&l, options);
  for (uint32_t day = 0; day < MAX_SHOWN; day++) {
    double expected = day >= 2 && day <= 15 ? done[day - 2] / 100 : 0,
           late = day >= 6 && day <= 15 ? 0.05 : 0;
    assert_true(fabs(a->outcomes[1].days.chance[day] - expected) < 1e-12);
    assert_true(fabs(a->outcomes[0].days.chance[day] - late) < 1e-12);
  }
  arena_free(l.arena);
}

// Each sum of two dice has its chance, and the dates follow from it: up to 3 days 3/36, up to 10
// days 33/36, up to 11 days 35/36.
static void test_dates_of_two_waits(void **state) {
  (void)state;
  static const double ways[] = {1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1};
  Loaded l = load(CASE
                  "{ wait 1..6 days wait 1..6 days } ask date of completion ask median date of "
                  "completion ask mean date of completion ask earliest date of completion ask "
                  "latest date of completion");
  Date first = l.program->first_day;
  const Answer *a = answer_exact(&l);
  const OutcomeAnswer *done = &a->outcomes[l.program->outcome_completion];
  for (uint32_t day = 0; day < MAX_SHOWN; day++) {
    double expected = day >= 2 && day <= 12 ? ways[day - 2] / 36 : 0;
    assert_true(fabs(done->days.chance[day] - expected) < 1e-12);
  }
  const DateSpread *dates = &a->asks[0].dates;
  assert_true(a->asks[0].is_spread && dates->is_some);
  assert_true(fabs(a->asks[0].happens - 1) < 1e-12);
  assert_int_equal(dates->earliest - first, 2);
  assert_int_equal(dates->p05 - first, 3);
  assert_int_equal(dates->p50 - first, 7);
  assert_int_equal(dates->p95 - first, 11);
  assert_int_equal(dates->latest - first, 12);
  assert_int_equal(dates->mean - first, 7);
  static const Date single[] = {7, 7, 2, 12};
  for (int i = 0; i < 4; i++) assert_int_equal(a->asks[1 + i].value.date - first, single[i]);
  arena_free(l.arena);
}

static void test_case_that_ends_first(void **state) {
  (void)state;
  Loaded l = load(
      "case \"C\" from 2025-01-01 until 2025-01-11 { wait 1..10 days within 5 days { stage s { "
      "wait 2 days } wait 1..10 days } "
      "else end late end done } outcome late outcome done ask chance of s is passed");
  RunOptions options = run_options_default();
  options.method = METHOD_EXACT;
  const Answer *a = answer(&l, options);
  assert_true(fabs(a->outcomes[0].chance - 0.35) < 1e-12);
  assert_true(fabs(a->outcomes[1].chance - 0.18) < 1e-12);
  assert_true(fabs(a->outcomes[l.program->outcome_undecided].chance - 0.47) < 1e-12);
  assert_true(fabs(a->asks[0].value.number - 0.8) < 1e-12);
  arena_free(l.arena);
}

static void expect_error(const char *script, DiagnosticCode code) {
  Loaded l = load(script);
  RunOptions options = run_options_default();
  for (int method = 0; method < 2; method++) {
    options.method = method ? METHOD_SAMPLE : METHOD_EXACT;
    options.trials = 1000;
    Inputs inputs = inputs_new(l.program, l.arena, NO_INDEX);
    Diagnostics *d = diagnostics_new(l.arena);
    assert_null(answer_run(l.program, &inputs, NO_INDEX, &options, l.arena, d));
    assert_int_equal(d->n_errors, 1);
    assert_int_equal(d->items.items[0]->code, code);
  }
  arena_free(l.arena);
}

static void test_errors_of_a_world(void **state) {
  (void)state;
  expect_error(CASE "{ let n = 1 if chance 50% { set n = 2 } decide { a: n b: otherwise } }",
               E_RUN_CHANCE);
  expect_error(CASE "{ let n = 1 if chance 50% { set n = 0 } if 1 / n > 0 { fail } }", E_RUN_VALUE);
  expect_error(CASE "{ repeat 1000000000 times { let x = 1 } }", E_RUN_LOOP);
  expect_error(CASE "{ let n = 2 repeat n - 3 times { fail } }", E_RUN_COUNT);
  expect_error(CASE "{ wait until b.in_force } bill b", E_RUN_TIME);
  // Only the upper end of the belief passes 100 %, where no node of its rule lies.
  expect_error(CASE "{ decide { a: x b: 40% c: otherwise } } assume x ~ beta(2, 3)", E_RUN_CHANCE);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_exact),
                                     cmocka_unit_test(test_sampled),
                                     cmocka_unit_test(test_days_of_a_limit),
                                     cmocka_unit_test(test_dates_of_two_waits),
                                     cmocka_unit_test(test_case_that_ends_first),
                                     cmocka_unit_test(test_errors_of_a_world)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
