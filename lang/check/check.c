// The passes in their order.
#include "lang/check/check.h"

#include "lang/check/checker.h"

static void open_tables(Checker *c) {
  uint32_t n = c->tree->n_nodes + 1;
  Program *p = c->program;
  p->refs = ARENA_ARRAY(c->arena, Ref, n);
  p->tests = ARENA_ARRAY(c->arena, IsTest, n);
  p->types = ARENA_ARRAY(c->arena, Type, n);
  p->input_of = ARENA_ARRAY(c->arena, uint32_t, n);
  p->local = ARENA_ARRAY(c->arena, uint32_t, n);
  p->site = ARENA_ARRAY(c->arena, uint32_t, n);
  for (uint32_t i = 0; i < n; i++) p->input_of[i] = p->local[i] = p->site[i] = NO_INDEX;
}

Program *check_program(const Tree *tree, CheckOptions options, Diagnostics *diagnostics) {
  Checker c = {.program = ARENA_NEW(tree->arena, Program),
               .tree = tree,
               .arena = tree->arena,
               .diagnostics = diagnostics,
               .options = options,
               .n_told = diagnostics->items.n};
  c.program->tree = tree;
  c.program->arena = tree->arena;
  open_tables(&c);
  check_lose_names(&c);
  check_declare(&c);
  check_bodies(&c);
  check_lose_steps(&c);
  check_refuse(&c);
  check_resolve(&c);
  check_calls(&c);
  check_inputs(&c);
  check_types(&c);
  check_chances(&c);
  check_thresholds(&c);
  check_times(&c);
  check_unreachable(&c);
  check_drop_followers(&c);
  diagnostics_sort(diagnostics);
  return c.program;
}
