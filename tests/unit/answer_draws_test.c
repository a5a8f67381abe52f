// The walk by draw against the walk without draws, over scripts made by chance: where every belief is
// all but one point, each draw is the case itself, so that both ends of a range are the chance. What a walk by
// draw leaves out (places, reasons, days that are only asked as `by D`) must change nothing.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
// cmocka needs the four first
#include <cmocka.h>

#include "tests/oracle/generate.h"
#include "tests/unit/answer_scripts.h"

#define NEAR 1e-12

typedef struct Compared {
  int n, differences;
} Compared;

static uint64_t number_of(const char *variable, uint64_t without) {
  const char *text = getenv(variable);
  return text ? strtoull(text, NULL, 10) : without;
}

// The same script, with every spread of a belief replaced by almost a point.
static Text with_points(Arena *arena, Text script) {
  TextBuilder b = {0};
  bool is_spread = false;
  for (uint32_t i = 0; i < script.n; i++) {
    if (is_spread && script.at[i] != '\n') continue;
    is_spread = script.at[i] == '~';
    text_add_bytes(&b, &script.at[i], 1);
    if (is_spread) text_add(&b, " 37%..37.0000000000001%");
  }
  return text_builder_take(&b, arena);
}

static void compare(Compared *c, const char *script, double chance, const Range *range) {
  if (!range->is_some) return;
  c->n++;
  if (fabs(range->low - chance) <= NEAR && fabs(range->high - chance) <= NEAR) return;
  if (c->differences++ < 3)
    print_error("%s\n%.15g, by draw %.15g to %.15g\n", script, chance, range->low, range->high);
}

static void compare_answer(Compared *c, const char *script, const Answer *a) {
  for (uint32_t i = 0; i < a->n_outcomes; i++)
    compare(c, script, a->outcomes[i].chance, &a->outcomes[i].range);
  for (uint32_t i = 0; i < a->n_asks; i++)
    compare(c, script, a->asks[i].value.number, &a->asks[i].range);
}

static void compare_script(Compared *c, const char *script) {
  Loaded l = load_any("script.leg", script, NULL);
  RunOptions options = run_options_default();
  Diagnostics *told = diagnostics_new(l.arena);
  options.method = METHOD_EXACT;
  options.has_ranges = true;
  if (!l.diagnostics->n_errors) {
    Inputs inputs = inputs_new(l.program, l.arena, NO_INDEX);
    const Answer *a = answer_run(l.program, &inputs, NO_INDEX, &options, l.arena, told);
    if (a) compare_answer(c, script, a);
  }
  arena_free(l.arena);
}

static void a_draw_of_points_is_the_case_itself(void **state) {
  (void)state;
  Compared c = {0};
  uint64_t from = number_of("LEGIS_AGREE_FROM", 1), n = number_of("LEGIS_AGREE", 150);
  for (uint64_t seed = from; seed < from + n; seed++) {
    Arena *arena = arena_new();
    compare_script(&c, with_points(arena, generate_script(arena, seed)).at);
    arena_free(arena);
  }
  print_message("%d chances of %llu scripts\n", c.n, (unsigned long long)n);
  assert_true(c.n > (int)n);
  assert_int_equal(c.differences, 0);
}

// Every event that has a day, asked on both sides of it and on it.
static void by_a_fixed_day_a_draw_is_the_case_itself(void **state) {
  (void)state;
  static const char *const events[] = {"hearing is passed",
                                       "hearing is failed",
                                       "hearing is reached",
                                       "filing is in_time",
                                       "filing is expired",
                                       "late_vote is failed",
                                       "law is enacted",
                                       "law is in force",
                                       "hearing is not passed",
                                       "done",
                                       "late_vote is inquorate",
                                       "(hearing is passed and law is enacted)",
                                       "(hearing is failed or filing is expired)",
                                       "(hearing is passed by 2025-01-08 and done)"};
  TextBuilder b = {0};
  text_add(
      &b, CASE
      "{\n"
      "  stage filing { within 6 days { wait 0..9 days  decide { in_time: p  off: otherwise } } }\n"
      "    else wait 1 day\n"
      "  stage hearing { wait 0..8 days  decide { yes: p  no: otherwise { fail } } }\n"
      "    else wait 0..2 days\n"
      "  stage late_vote { vote house on law needs majority of seats quorum 2/3 of seats }\n"
      "    else wait 1 day\n"
      "  enact law in force after 3 days\n"
      "  wait 0..3 days  end done }\n"
      "outcome done  bill law  assume p ~ 37%..37.0000000000001%\n"
      "chamber house { bloc all { seats 5 free p turnout 80% } }\n");
  for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
    for (int day = 1; day <= 28; day += 3)
      text_addf(&b, "ask chance of %s by 2025-01-%02d\n", events[i], day);
  }
  Compared c = {0};
  arena_free(load(b.at).arena);
  compare_script(&c, b.at);
  assert_int_equal(c.n, 4 + 10 * (int)(sizeof events / sizeof *events));
  assert_int_equal(c.differences, 0);
  text_builder_free(&b);
}

// A belief that is compared is no polynomial, so that all draws are walked; without it most are interpolated.
static Range range_of(const char *steps, bool is_walked) {
  char script[800];
  snprintf(script, sizeof script,
           CASE
           "{ %s%s }\n"
           "outcome done  bill law  ask chance of (done or completion) by 2025-01-02\n"
           "chamber house { bloc all { seats 21 free p turnout 80%% } }\n"
           "assume p ~ 40%%..90%%  assume r ~ beta(2, 3)  assume q ~ 30%%..40%%\n",
           is_walked ? "if q < 20% { fail }\n" : "", steps);
  Loaded l = load(script);
  RunOptions options = run_options_default();
  options.method = METHOD_EXACT;
  options.has_ranges = true;
  Range range = answer(&l, options)->asks[0].range;
  arena_free(l.arena);
  return range;
}

static void interpolated_draws_are_those_that_are_walked(void **state) {
  (void)state;
  static const struct {
    const char *steps;
    double near;
  } of[] = {
      {"decide { yes: p * r  no: otherwise { fail } }\n", NEAR},
      {"attempt up to 3 times pausing 1 days { decide { yes: p  no: otherwise { fail } } }\n"
       "decide { yes: r  no: otherwise { wait 3 days  end done } }\n",
       NEAR},
      {"vote house on law needs majority of seats\n", 1e-4},
      {"vote house on law needs 2/3 of present\n"
       "decide { yes: p  no: otherwise { end done } }\n",
       1e-4},
  };
  for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
    Range few = range_of(of[i].steps, false), all = range_of(of[i].steps, true);
    print_message("%.15g to %.15g, walked %.15g to %.15g\n", few.low, few.high, all.low, all.high);
    assert_true(few.is_some && all.is_some && all.high > all.low);
    assert_true(fabs(few.low - all.low) <= of[i].near);
    assert_true(fabs(few.high - all.high) <= of[i].near);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_draw_of_points_is_the_case_itself),
      cmocka_unit_test(by_a_fixed_day_a_draw_is_the_case_itself),
      cmocka_unit_test(interpolated_draws_are_those_that_are_walked),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
