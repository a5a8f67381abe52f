// The generator's frame: chance, budget, bodies.
#include "tests/oracle/generate.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/oracle/maker.h"

const char *const maker_things[MAKER_THINGS] = {"b1", "b2", "m1", "o1"};

static uint64_t splitmix(uint64_t *state) {
  uint64_t z = *state += 0x9e3779b97f4a7c15u;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return z ^ z >> 31;
}

uint32_t pick(Maker *m, uint32_t n) {
  return (uint32_t)(splitmix(&m->state) % n);
}

bool hits(Maker *m, uint32_t percent) {
  return pick(m, 100) < percent;
}

bool pay(Maker *m, double bits) {
  if (m->bits < bits) return false;
  m->bits -= bits;
  return true;
}

static void begin_body(Maker *m, int body) {
  m->body = body;
  m->depth = 0;
  m->n_variables = m->n_globals;
  if (m->bodies[body].has_value) {
    Variable v = {"v", m->bodies[body].value, false};
    m->variables[m->n_variables++] = v;
  }
}

static void make_params(Maker *m, MadeBody *body) {
  static const char *const types[KINDS] = {"number", "share", "boolean", "date", "duration"};
  const char *separator = "(";
  body->has_bill = hits(m, 50);
  body->has_chamber = hits(m, 30);
  body->has_office = hits(m, 30);
  body->has_organization = hits(m, 30);
  body->has_value = hits(m, 60);
  body->value = (Kind)pick(m, KINDS);
  const bool has[] = {body->has_bill, body->has_chamber, body->has_office, body->has_organization};
  static const char *const texts[] = {"b: bill", "c: chamber", "a: office", "o: organization"};
  for (int i = 0; i < 4; i++) {
    if (!has[i]) continue;
    add(m, "%s%s", separator, texts[i]);
    separator = ", ";
  }
  if (body->has_value) {
    add(m, "%sv: %s", separator, types[body->value]);
    separator = ", ";
  }
  if (separator[0] == ',') add(m, ")");
}

static void make_body(Maker *m, bool is_motion) {
  static const double budgets[] = {1, 2.5, 4, 6};
  double before = m->bits, budget = budgets[pick(m, 4)];
  MadeBody *body = &m->bodies[m->n_bodies];
  body->is_motion = is_motion;
  snprintf(body->name, sizeof body->name, "%s%d", is_motion ? "t" : "p", m->n_bodies);
  add(m, "%s %s", is_motion ? "motion" : "procedure", body->name);
  make_params(m, body);
  if (hits(m, 20)) add(m, " \"Title\"");
  add(m, " {\n");
  begin_body(m, m->n_bodies);
  m->bits = budget;
  if (is_motion) {
    body->n_movers = (int)pick(m, 3);
    if (body->n_movers) add(m, "by a1%s\n", body->n_movers == 2 ? ", a2" : "");
    add(m, "before k1\n");
    for (uint32_t i = pick(m, 3); i-- > 0;) {
      add(m, "requires ");
      make_condition(m, 1);
      add(m, "%s\n", hits(m, 50) ? " \"not ripe\"" : "");
    }
  }
  make_steps(m, 4);
  add(m, "}\n");
  body->bits = budget - m->bits;
  m->bits = before;
  m->n_bodies++;
}

static void make_case(Maker *m) {
  char from[11], until[11];
  date_format(m->first, from);
  date_format(m->last, until);
  add(m, "case \"Made by chance\" from %s until %s {\n", from, until);
  begin_body(m, 0);
  make_steps(m, 6);
  if (hits(m, 60)) add(m, "end w%u\n", 1 + pick(m, 2));
  add(m, "}\n");
}

static void count_calls(Maker *m) {
  m->bodies[0].n_calls = 1;
  for (int body = 0, order = 0; order < m->n_bodies; order++, body = m->n_bodies - order) {
    for (int i = 0; i < m->n_calls; i++) {
      if (m->calls[i].caller == body)
        m->bodies[m->calls[i].callee].n_calls += m->bodies[body].n_calls;
    }
  }
}

Text generate_script(Arena *arena, uint64_t seed) {
  Maker *m = memory_alloc(1, sizeof *m);
  m->state = seed * 0x2545f4914f6cdd1du;
  m->bits = 14 + pick(m, 6);
  m->first = date_of(2025, 1, 1) + (Date)pick(m, 60);
  m->last = m->first + 5 + (Date)pick(m, 36);
  m->body = -1;
  m->n_bodies = 1;
  make_declarations(m);
  make_body(m, false);
  for (uint32_t i = pick(m, 4); i-- > 0;) make_body(m, hits(m, 50));
  make_body(m, true);
  make_case(m);
  m->body = -1;
  m->n_variables = m->n_globals;
  count_calls(m);
  make_questions(m);
  Text script = text_copy(arena, (Text){m->out.at, (uint32_t)m->out.n});
  text_builder_free(&m->out);
  free(m);
  return script;
}
