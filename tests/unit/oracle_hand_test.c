// The oracle alone, against numbers worked out by hand.
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
// cmocka needs the four above
#include <cmocka.h>

#include "lang/check/check.h"
#include "lang/syntax/parse.h"
#include "tests/oracle/oracle.h"

enum { MOST_ANSWERS = 6, MOST_BRANCHES = 4000000 };

typedef struct Hand {
  const char *name, *script;
  uint32_t n;
  double expected[MOST_ANSWERS];  // of its questions in order
} Hand;

static OracleAnswer *run(const char *name, const char *script, Arena *arena) {
  Diagnostics *diagnostics = diagnostics_new(arena);
  Text text = text_of(script);
  ParseInput input = {.path = name, .text = &text};
  const Tree *tree = parse_script(arena, &input, diagnostics);
  CheckOptions options = {true, parse_n_script_files(tree, &input)};
  const Program *program = check_program(tree, options, diagnostics);
  for (uint32_t i = 0; i < diagnostics->items.n; i++) {
    print_message("%s: %.*s\n", name, TEXT_ARG(diagnostics->items.items[i]->title));
  }
  if (diagnostics->n_errors) fail_msg("%s is no valid script", name);
  Inputs inputs = inputs_new(program, arena, NO_INDEX);
  OracleAnswer *answer = oracle_run(program, &inputs, arena, MOST_BRANCHES);
  if (!answer->is_done) fail_msg("%s is not done", name);
  return answer;
}

#define CHAMBER(blocs) "chamber c { " blocs " } bill b outcome yes outcome no "
#define DAYS(from_until, steps) "case \"c\" " from_until " { " steps " } "
#define CASE(steps) DAYS("from 2025-01-01 until 2025-03-01", steps)
#define ONE_VOTE(needs) CASE("vote c on b needs " needs " else end no end yes") " ask chance of yes"

static const Hand hands[] = {
    {"three free members",
     CHAMBER("bloc a { seats 3 free 50% }") ONE_VOTE("majority of seats"),
     1,
     {0.5}},
    {"five free members", CHAMBER("bloc a { seats 5 free 60% }") ONE_VOTE("4 yes"), 1, {0.33696}},
    {"members of a vacant house",
     CHAMBER("seats 9 bloc a { seats 3 free 50% }") ONE_VOTE("all of members"),
     1,
     {0.125}},
    {"votes and present",
     CHAMBER("bloc a { seats 2 free 50% turnout 50% }") ONE_VOTE("all of votes"),
     1,
     {5.0 / 16}},
    {"an abstention counts as present",
     CHAMBER("bloc a { seats 1 free 100% abstain 25% } bloc d { seats 1 free 100% }")
         ONE_VOTE("more than 1/2 of present"),
     1,
     {0.75}},
    {"a disloyal member",
     CHAMBER("bloc a { seats 1 line 100% loyalty 90% abstain 50% turnout 80% }") ONE_VOTE("1 yes"),
     1,
     {0.72}},
    {"a line to abstain",
     CHAMBER("bloc a { seats 1 line { abstain: 100% } loyalty 60% }") ONE_VOTE("1 yes"),
     1,
     {0.2}},
    {"a line of absence",
     CHAMBER("bloc a { seats 1 line { absent: 50% yes: otherwise } loyalty 80% }")
         ONE_VOTE("1 yes"),
     1,
     {0.45}},
    {"a quorum",
     CHAMBER("quorum 2 present bloc a { seats 3 free 50% turnout 50% }") CASE(
         "stage s { vote c on b needs majority of votes } else end no end yes") "ask chance of s "
                                                                                "is inquorate ask "
                                                                                "chance of yes ask "
                                                                                "chance of (s is "
                                                                                "failed and not s "
                                                                                "is inquorate)",
     3,
     {0.5, 3.0 / 8 * 0.25 + 1.0 / 8 * 0.5, 3.0 / 8 * 0.75 + 1.0 / 8 * 0.5}},
    {"a line is kept",
     CHAMBER("bloc a { seats 3 line 60% }")
         CASE("vote c on b needs majority of seats else end no vote c on b needs majority of seats "
              "else end no end yes") "ask chance of yes ask chance of c.a.b is yes",
     2,
     {0.6, 0.6}},
    {"a line is drawn anew",
     CHAMBER("bloc a { seats 3 line 60% }")
         CASE("vote c on b needs majority of seats else end no amend b vote c on b needs majority "
              "of seats else end no end yes") "ask chance of yes",
     1,
     {0.36}},
    {"half of the lines are drawn anew",
     CHAMBER("bloc a { seats 3 line 60% }")
         CASE("vote c on b needs majority of seats else end no amend b by 50% vote c on b needs "
              "majority of seats else end no end yes") "ask chance of yes",
     1,
     {0.48}},
    {"a deadline",
     CASE("within 5 days { wait 1..10 days } end yes") "outcome yes ask chance of yes ask chance "
                                                       "of failure",
     2,
     {0.5, 0.5}},
    {"cut at the tenth day",
     DAYS("from 2025-01-01 until 2025-01-11",
          "wait 1..10 days within 5 days { stage s { wait 2 days } wait 1..10 days } else end late "
          "end done") "outcome late outcome done ask chance of done ask chance of late ask chance "
                      "of undecided ask chance of s is passed",
     4,
     {0.18, 0.35, 0.47, 0.8}},
    {"attempts with pauses",
     CASE("wait 1..3 days attempt up to 3 times pausing 2..3 days { within 4 days { wait 1..6 days "
          "} } end yes") "outcome yes ask chance of yes",
     1,
     {26.0 / 27}},
    {"three attempts",
     CASE(
         "attempt up to 3 times { decide { a: 50% b: otherwise { fail } } } end yes") "outcome yes "
                                                                                      "ask chance "
                                                                                      "of yes",
     1,
     {0.875}},
    {"an attempt is given up",
     CASE("attempt up to 3 times while chance 50% { decide { a: 50% b: otherwise { fail } } } end "
          "yes") "outcome yes ask chance of yes",
     1,
     {0.5 + 0.125 + 1.0 / 32}},
    {"a fact behind a ruling",
     "court k fact f 75% outcome yes bill b " CASE("ruling k on b { grant: if f then 95% else 10% "
                                                   "deny: otherwise { fail } } end yes") "ask "
                                                                                         "chance "
                                                                                         "of yes "
                                                                                         "ask "
                                                                                         "chance "
                                                                                         "of f "
                                                                                         "given "
                                                                                         "yes ask "
                                                                                         "chance "
                                                                                         "of f",
     3,
     {0.7375, 0.7125 / 0.7375, 0.75}},
    {"a belief twice",
     "assume p ~ beta(2, 2) outcome yes " CASE("decide { a: p d: otherwise { fail } } decide { a: "
                                               "p d: otherwise { fail } } end yes") "ask chance of "
                                                                                    "yes",
     1,
     {0.3}},
    {"a belief once",
     "assume p ~ beta(9, 1) outcome yes " CASE(
         "decide { a: p d: otherwise { fail } } end yes") "ask chance of yes",
     1,
     {0.9}},
    {"a rate",
     "assume p ~ rate(2, 3) outcome yes " CASE(
         "decide { a: p d: otherwise { fail } } end yes") "ask chance of yes",
     1,
     {0.625}},
    {"a triangle of shares, squared",
     "assume p ~ 0%..50%..100% outcome yes " CASE(
         "decide { a: p * p d: otherwise { fail } } end yes") "ask chance of yes",
     1,
     {0.25 + 1.0 / 24}},
    {"four beliefs",
     "assume p ~ beta(1, 1) assume q ~ 60%..80% assume r ~ 0%..30%..60% assume s ~ beta(3, 1) "
     "outcome yes " CASE(
         "decide { a: p * q * r * s d: otherwise { fail } } end yes") "ask chance of yes",
     1,
     {0.5 * 0.7 * 0.3 * 0.75}},
    {"a belief in a line",
     "assume p ~ beta(2, 2) " CHAMBER("bloc a { seats 1 line p } bloc d { seats 1 line p }")
         ONE_VOTE("2 yes"),
     1,
     {0.3}},
    {"a belief in a turnout",
     "assume t ~ beta(2, 2) " CHAMBER("bloc a { seats 3 free 100% turnout t }") ONE_VOTE("3 yes"),
     1,
     {0.2}},
    {"a triangle of days",
     CASE("wait 0..1..2 days") "ask chance of completion by 2025-01-01 ask chance of completion by "
                               "2025-01-02",
     2,
     {2.0 / 9, 7.0 / 9}},
    {"months",
     DAYS("from 2025-01-31 until 2025-12-31",
          "wait 1..2 months") "ask chance of completion by 2025-02-28",
     1,
     {1.0 / 32}},
    {"the inner of two limits on one day",
     CASE("stage o { within 2 days { stage i { within 2 days { wait 3 days } expired { end yes } } "
          "} } end no") "outcome yes outcome no ask chance of yes ask chance of i is expired ask "
                        "chance of o is expired",
     3,
     {1, 1, 0}},
    {"an outer limit cuts past the inner else",
     CASE("stage o { within 1 days { stage i { within 2 days { wait 3 days } else end yes } else "
          "end yes } } else end no") "outcome yes outcome no ask chance of no ask chance of i is "
                                     "failed ask chance of o is expired",
     3,
     {1, 1, 1}},
    {"a record is forgotten with its pass",
     CASE("repeat 2 times { if chance 50% { stage s { wait 1 days } } } ") "ask chance of s is "
                                                                           "passed",
     1,
     {0.5}},
    {"the last choice of a stage counts",
     CASE(
         "stage s { attempt up to 2 times { decide { a: 50% { fail } d: otherwise } } }") "ask "
                                                                                          "chance "
                                                                                          "of s is "
                                                                                          "a ask "
                                                                                          "chance "
                                                                                          "of s is "
                                                                                          "d ask "
                                                                                          "chance "
                                                                                          "of s is "
                                                                                          "failed",
     3,
     {0.25, 0.75, 0.25}},
    {"a choice in a call is not the stage's own",
     "procedure p { decide { a: 25% d: otherwise } } " CASE(
         "stage s { decide { d: 40% a: otherwise } do p }") "ask chance of s is a ask chance of s "
                                                            "is d",
     2,
     {0.6, 0.4}},
    {"what a stage around a loop came to is kept",
     CASE("stage s { repeat 2 times { if today = 2025-01-01 { within 1 days { wait 2 days } "
          "expired { } } stage t { note \"t\" } } }") "ask chance of s is expired ask chance of t "
                                                      "is "
                                                      "passed",
     2,
     {1, 1}},
    {"what has not happened compares as false",
     CASE("if b.enacted < today { end no } if not b.enacted < today { enact b in force after 2 "
          "days } wait until b.in_force end yes") "bill b outcome yes outcome no ask chance of yes "
                                                  "by 2025-01-03 ask chance of b is in force",
     2,
     {1, 1}},
    {"nothing happens after the end",
     CASE("enact b in force after 2 days wait 1 days end yes") "bill b outcome yes ask chance of b "
                                                               "is in force ask chance of b is "
                                                               "enacted",
     2,
     {0, 1}},
    {"succeed leaves the procedure",
     "procedure p { stage s { decide { a: 25% { succeed } d: otherwise } } fail } outcome "
     "yes " CASE("do p as q else end yes") "ask chance of completion ask chance of q is passed ask "
                                           "chance of s is passed",
     3,
     {0.25, 0.25, 1}},
    {"a motion out of order",
     "office o motion m { by o requires today > 2025-01-01 \"r\" stage s { wait 1 days } } outcome "
     "yes " CASE(
         "move m by o as first else wait 1 days move m by o as second end yes") "ask chance of "
                                                                                "first is failed "
                                                                                "ask chance of "
                                                                                "second is passed "
                                                                                "by 2025-01-03 ask "
                                                                                "chance of yes",
     3,
     {1, 1, 1}},
    {"both, and either, by a day",
     CASE("wait 1..4 days stage s { note \"s\" } wait 1..4 days stage t { note \"t\" }") "ask "
                                                                                         "chance "
                                                                                         "of (s is "
                                                                                         "passed "
                                                                                         "and t is "
                                                                                         "passed) "
                                                                                         "by "
                                                                                         "2025-01-"
                                                                                         "04 ask "
                                                                                         "chance "
                                                                                         "of (s is "
                                                                                         "passed "
                                                                                         "or t is "
                                                                                         "passed) "
                                                                                         "by "
                                                                                         "2025-01-"
                                                                                         "04",
     2,
     {3.0 / 16, 0.75}},
};

static void numbers_by_hand(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof hands / sizeof *hands; i++) {
    const Hand *hand = &hands[i];
    Arena *arena = arena_new();
    OracleAnswer *answer = run(hand->name, hand->script, arena);
    assert_int_equal(answer->n_queries, hand->n);
    for (uint32_t q = 0; q < hand->n; q++) {
      double value = answer->queries[q].event / answer->queries[q].given;
      if (!(fabs(value - hand->expected[q]) < 1e-12)) {
        fail_msg("%s, question %u: %.15g, not %.15g", hand->name, q + 1, value, hand->expected[q]);
      }
    }
    arena_free(arena);
  }
}

static void the_days_of_two_ends(void **state) {
  (void)state;
  static const double done[] = {0, 0, 1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 4, 3, 2, 1};
  Arena *arena = arena_new();
  OracleAnswer *answer =
      run("two ends",
          "outcome late outcome done " CASE(
              "wait 1..10 days within 5 days { wait 1..10 days } else end late end done"),
          arena);
  for (uint32_t day = 0; day < answer->n_days; day++) {
    double late = day >= 6 && day <= 15 ? 0.05 : 0;
    assert_true(fabs(answer->outcome_days[day] - late) < 1e-12);
    double expected = day < 16 ? done[day] / 100 : 0;
    assert_true(fabs(answer->outcome_days[answer->n_days + day] - expected) < 1e-12);
  }
  arena_free(arena);
}

static void the_date_of_two_waits(void **state) {
  (void)state;
  Arena *arena = arena_new();
  OracleAnswer *answer =
      run("two waits", CASE("wait 1..6 days wait 1..6 days end yes") "outcome yes ask date of yes",
          arena);
  for (int day = 0; day < (int)answer->n_days; day++) {
    double expected = day >= 2 && day <= 12 ? (6 - abs(day - 7)) / 36.0 : 0;
    assert_true(fabs(answer->queries[0].date_days[day] - expected) < 1e-12);
  }
  arena_free(arena);
}

static void what_was_so_before_the_case(void **state) {
  (void)state;
  Arena *arena = arena_new();
  OracleAnswer *answer = run("listed before",
                             "organization o register r { lists o since 2020-01-01 } " CASE(
                                 "wait 2 days") "ask date of o is listed on r",
                             arena);
  for (uint32_t day = 0; day < answer->n_days; day++)
    assert_true(answer->queries[0].date_days[day] == (day == 0));
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(numbers_by_hand),
      cmocka_unit_test(the_days_of_two_ends),
      cmocka_unit_test(the_date_of_two_waits),
      cmocka_unit_test(what_was_so_before_the_case),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
