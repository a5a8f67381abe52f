// The work is bounded, since a script may have many scenarios and many places: what is beyond the
// bound is found when it runs.
#include "lang/check/under.h"

enum { MAX_STEPS_UNDER = 5000000 };

static bool may_go_on(const Checker *c) {
  return c->n_steps_under < MAX_STEPS_UNDER;
}

static Inputs open_inputs(Checker *c, Arena *arena, uint32_t scenario) {
  c->n_steps_under += c->program->inputs.n;
  return inputs_new(c->program, arena, scenario);
}

static bool is_wrong(Checker *c, const UnderRule *rule, uint32_t place, const Inputs *inputs) {
  c->n_steps_under++;
  return rule->is_wrong(c, place, inputs, rule->context);
}

static void check_scenario(Checker *c, const UnderRule *rule, uint32_t scenario) {
  Arena *arena = arena_new();
  Inputs inputs = open_inputs(c, arena, scenario);
  for (uint32_t i = 0; i < rule->n && may_go_on(c); i++) {
    if (is_wrong(c, rule, i, &inputs)) rule->tell(c, i, &(Under){&inputs, scenario}, rule->context);
  }
  arena_free(arena);
}

// Takes away from the list of places those that are right in the scenario.
static void keep_wrong(Checker *c, const UnderRule *rule, uint32_t scenario, bool *is_kept) {
  Arena *arena = arena_new();
  Inputs inputs = open_inputs(c, arena, scenario);
  for (uint32_t i = 0; i < rule->n; i++)
    is_kept[i] = is_kept[i] && may_go_on(c) && is_wrong(c, rule, i, &inputs);
  arena_free(arena);
}

static void check_sets(Checker *c, const UnderRule *rule) {
  Arena *arena = arena_new();
  Inputs inputs = open_inputs(c, arena, NO_INDEX);
  bool *is_kept = ARENA_ARRAY(arena, bool, rule->n + 1);
  for (uint32_t i = 0; i < rule->n; i++) is_kept[i] = true;
  keep_wrong(c, rule, NO_INDEX, is_kept);
  for (uint32_t s = 0; s < c->program->scenarios.n; s++) keep_wrong(c, rule, s, is_kept);
  for (uint32_t i = 0; i < rule->n; i++) {
    if (is_kept[i]) rule->tell(c, i, &(Under){&inputs, NO_INDEX}, rule->context);
  }
  arena_free(arena);
}

void check_under(Checker *c, const UnderRule *rule) {
  if (c->program->sets.n) {
    check_sets(c, rule);
    return;
  }
  for (uint32_t i = 0; i < c->program->scenarios.n && may_go_on(c); i++) check_scenario(c, rule, i);
}

void check_note_under(Checker *c, Diagnostic *d, const Under *under) {
  if (under->scenario == NO_INDEX) return;
  EntityId scenario = c->program->scenarios.items[under->scenario].entity;
  diagnostic_note(c->diagnostics, d, "This is so in the scenario \"%.*s\".",
                  TEXT_ARG(program_name(c->program, scenario)));
}
