// Where an exact walk gives up: before it makes the worlds that do not fit, after so much work, and never for votes that
// sampling would have to compute as well.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
// cmocka needs the three above
#include <cmocka.h>

#include "runtime/chance/init.h"
#include "runtime/walk/walk.h"
#include "tests/unit/answer_scripts.h"

#define ROOM 2000000  // worlds

typedef struct Walked {
  Loaded loaded;
  Plan *plan;
  Diagnostics *diagnostics;
  Walk walk;
} Walked;

static Walked walk_script(const char *script, WalkOptions options) {
  Walked w = {.loaded = load(script)};
  Arena *arena = w.loaded.arena;
  Inputs *inputs = ARENA_NEW(arena, Inputs);
  *inputs = inputs_new(w.loaded.program, arena, NO_INDEX);
  w.diagnostics = diagnostics_new(arena);
  PlanOptions planning = {.scenario = NO_INDEX, .nodes = 16, .is_exact = true};
  chance_init();
  w.plan = plan_new(w.loaded.program, inputs, planning, arena, w.diagnostics);
  assert_non_null(w.plan);
  options.is_exact = true;
  options.statements = 1000000;
  walk_open(&w.walk, w.plan, options, w.diagnostics);
  walk_exact(&w.walk);
  return w;
}

static void close_walked(Walked *w) {
  walk_close(&w->walk);
  plan_free(w->plan);
  arena_free(w->loaded.arena);
}

// Two votes with the same lines, which are therefore kept.
static const char *two_votes(Arena *arena, uint32_t n_blocs, const char *bloc) {
  TextBuilder b = {0};
  text_add(&b, CASE
           "{ vote c on b needs majority of seats vote c on b needs majority of seats } "
           "bill b assume p ~ beta(2, 3) chamber c { ");
  for (uint32_t i = 0; i < n_blocs; i++) text_addf(&b, "bloc p%u { seats 20 %s } ", i, bloc);
  text_add(&b, "}");
  return text_builder_take(&b, arena).at;
}

static void too_many_lines_are_not_begun(void **state) {
  (void)state;
  Arena *arena = arena_new();
  const char *script = two_votes(arena, 16, "line { yes: 40% no: 30% abstain: 20% absent: 10% } ");
  Walked w = walk_script(script, (WalkOptions){.budget = ROOM, .work = UINT64_MAX});
  assert_int_equal(w.walk.excess, EXCESS_WORLDS);
  assert_int_equal(w.walk.world.n_most, 1);
  assert_int_equal(w.diagnostics->items.items[0]->code, E_RUN_BUDGET);
  close_walked(&w);
  arena_free(arena);
}

static void lines_that_fit_are_drawn(void **state) {
  (void)state;
  Arena *arena = arena_new();
  const char *script = two_votes(arena, 5, "line { yes: 40% no: 30% abstain: 30% absent: 0% } ");
  Walked w = walk_script(script, (WalkOptions){.budget = 242, .work = UINT64_MAX});
  assert_int_equal(w.walk.excess, EXCESS_WORLDS);
  assert_int_equal(w.walk.world.n_most, 1);
  close_walked(&w);
  w = walk_script(script, (WalkOptions){.budget = 243, .work = UINT64_MAX});
  assert_false(w.walk.has_error);
  assert_int_equal(w.diagnostics->items.n, 0);
  close_walked(&w);
  arena_free(arena);
}

static uint64_t work_of(const char *script) {
  Walked w = walk_script(script, (WalkOptions){.budget = ROOM, .work = UINT64_MAX});
  assert_false(w.walk.has_error);
  uint64_t work = w.walk.n_work;
  close_walked(&w);
  return work;
}

static void expect_excess(const char *script, uint64_t work, uint64_t trials_instead,
                          Excess excess) {
  WalkOptions options = {.budget = ROOM, .work = work, .trials_instead = trials_instead};
  Walked w = walk_script(script, options);
  assert_int_equal(w.walk.excess, excess);
  assert_int_equal(w.walk.has_error, excess != EXCESS_NONE);
  if (!trials_instead) assert_true(w.walk.n_work < work + work / 10);
  close_walked(&w);
}

// 2^10 votes of 200 members, of whom the last bloc has 20: 180 by 20 products at the least.
static void votes_are_work(void **state) {
  (void)state;
  Arena *arena = arena_new();
  const char *script = two_votes(arena, 10, "line 60% turnout 90%");
  uint64_t work = work_of(script);
  assert_true(work > 1024 * (180 * 20 / WORK_PRODUCTS));
  expect_excess(script, work - 1, 0, EXCESS_WORK);
  expect_excess(script, work / 2, 0, EXCESS_WORK);
  expect_excess(script, work, 0, EXCESS_NONE);
  arena_free(arena);
}

static void votes_that_trials_would_need_too_are_free(void **state) {
  (void)state;
  Arena *arena = arena_new();
  const char *script = two_votes(arena, 10, "line 60% turnout 90%");
  uint64_t work = work_of(script);
  expect_excess(script, work / 2, 1000000, EXCESS_NONE);
  expect_excess(script, work / 2, 100, EXCESS_WORK);  // they need a tenth of the votes
  arena_free(arena);
}

// Each trial draws its own belief, and so needs a vote of its own; an exact walk needs one for each node.
static void votes_over_a_belief_cost_a_vote_a_trial(void **state) {
  (void)state;
  Arena *arena = arena_new();
  const char *script = two_votes(arena, 10, "free p turnout 90%");
  uint64_t work = work_of(script);
  expect_excess(script, work / 2, 0, EXCESS_WORK);
  expect_excess(script, work / 2, 100, EXCESS_NONE);
  arena_free(arena);
}

static void days_of_worlds_are_bounded(void **state) {
  (void)state;
  Walked w = walk_script(CASE "{ wait 1..200 days }", (WalkOptions){.budget = 2, .work = 1000});
  assert_int_equal(w.walk.excess, EXCESS_DAYS);
  close_walked(&w);
}

static bool says_no(void *context, uint64_t n_worlds) {
  *(uint64_t *)context = n_worlds;
  return false;
}

static void a_walk_that_is_stopped_says_nothing(void **state) {
  (void)state;
  Arena *arena = arena_new();
  uint64_t n_worlds = 0;
  WalkOptions options = {
      .budget = ROOM, .work = UINT64_MAX, .goes_on = says_no, .context = &n_worlds};
  Walked w = walk_script(two_votes(arena, 12, "line 60% turnout 90%"), options);
  assert_true(w.walk.is_stopped);
  assert_true(w.walk.has_error);
  assert_int_equal(w.diagnostics->items.n, 0);
  assert_int_equal(n_worlds, 4096);
  close_walked(&w);
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(too_many_lines_are_not_begun),
      cmocka_unit_test(lines_that_fit_are_drawn),
      cmocka_unit_test(votes_are_work),
      cmocka_unit_test(votes_that_trials_would_need_too_are_free),
      cmocka_unit_test(votes_over_a_belief_cost_a_vote_a_trial),
      cmocka_unit_test(days_of_worlds_are_bounded),
      cmocka_unit_test(a_walk_that_is_stopped_says_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
