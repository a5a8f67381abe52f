// Steps of the generator.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tests/oracle/maker.h"

enum { DEEPEST = 4 };

static void make_else(Maker *m) {
  if (!hits(m, m->depth == 1 && m->body == 0 ? 75 : 40)) return;
  int n_variables = m->n_variables;
  add(m, " else ");
  if (hits(m, 30)) make_block(m, 2);
  else make_statement(m);
  m->n_variables = n_variables;
}

static void make_terminal(Maker *m) {
  switch (pick(m, 4)) {
    case 0: add(m, "succeed\n"); return;
    case 1: add(m, "end w%u\n", 1 + pick(m, 2)); return;
    default: add(m, hits(m, 50) ? "fail\n" : "fail \"a reason\"\n");
  }
}

void make_steps(Maker *m, int most) {
  int n_variables = m->n_variables;
  m->depth++;
  for (uint32_t i = 1 + pick(m, (uint32_t)most); i-- > 0;) make_statement(m);
  if (hits(m, m->depth > 1 ? 18 : 8)) make_terminal(m);
  m->depth--;
  m->n_variables = n_variables;
}

void make_block(Maker *m, int most) {
  add(m, "{\n");
  make_steps(m, most);
  add(m, "}");
}

// A block that runs up to n times.
static void make_passes(Maker *m, uint32_t n) {
  double before = m->bits, share = before / (n ? n : 1);
  m->bits = share;
  make_block(m, 2);
  m->bits = fmax(0, before - (n ? n : 1) * (share - m->bits));
}

static const char *pick_bill(Maker *m) {
  if (m->bodies[m->body].has_bill && hits(m, 60)) return "b";
  return hits(m, 60) ? "b1" : "b2";
}

static const char *pick_thing(Maker *m, uint32_t *thing) {
  *thing = MAKER_THINGS;
  if (m->bodies[m->body].has_bill && hits(m, 40)) return "b";
  if (m->bodies[m->body].has_organization && hits(m, 30)) return "o";
  *thing = hits(m, 50) ? 0 : pick(m, MAKER_THINGS);
  return maker_things[*thing];
}

static const char *pick_organization(Maker *m) {
  if (m->bodies[m->body].has_organization && hits(m, 60)) return "o";
  return hits(m, 60) ? "o1" : "o2";
}

static const char *pick_office(Maker *m) {
  if (m->bodies[m->body].has_office && hits(m, 60)) return "a";
  return hits(m, 50) ? "a1" : "a2";
}

static MadeStep *add_step(Maker *m, bool is_stage) {
  MadeStep *step = &m->steps[m->n_steps++];
  *step = (MadeStep){"", m->body, 0, is_stage};
  snprintf(step->name, sizeof step->name, "%s%d", is_stage ? "s" : "y", ++m->n_names);
  return step;
}

static bool make_vote(Maker *m) {
  uint32_t thing;
  const char *on = pick_thing(m, &thing);
  MadeChamber *chamber = &m->chambers[pick(m, MAKER_CHAMBERS)];
  bool is_param = m->bodies[m->body].has_chamber && hits(m, 50);
  bool is_new = is_param || thing == MAKER_THINGS || !chamber->has_voted[thing];
  if (!pay(m, 0.8 + (is_new ? 0.8 * chamber->n_blocs : 0))) return false;
  if (thing < MAKER_THINGS && !is_param) chamber->has_voted[thing] = true;
  add(m, "vote %s on %s", is_param ? "c" : chamber->name, on);
  if (is_param || !chamber->passes || hits(m, 60)) {
    add(m, " needs ");
    make_threshold(m, is_param ? NULL : chamber);
  }
  if (hits(m, 25)) {
    add(m, " quorum ");
    make_quorum(m, is_param ? NULL : chamber);
  }
  return true;
}

static void make_option(Maker *m, const char *label) {
  add(m, "  %s: ", label);
}

static void end_option(Maker *m) {
  if (hits(m, 60)) {
    add(m, " ");
    make_block(m, 2);
  }
  add(m, "\n");
}

static void make_options(Maker *m, uint32_t n) {
  bool is_plain = hits(m, 20);
  m->n_direct++;
  m->direct_options = (int)n;
  add(m, " {\n");
  make_option(m, "sign");
  if (is_plain) add(m, n == 2 ? "35%%" : "25%%");
  else if (n == 3) add(m, "q1 * 50%%");
  else make_share(m);
  end_option(m);
  make_option(m, "veto");
  if (is_plain) add(m, n == 2 ? "65%%" : "35%%");
  else if (n == 3) add(m, "50%% * q1");
  else add(m, "otherwise");
  end_option(m);
  if (n == 3) {
    make_option(m, "amend");
    add(m, is_plain ? "40%%" : "otherwise");
    end_option(m);
  }
  add(m, "}");
}

static bool make_choice(Maker *m, bool is_ruling) {
  uint32_t thing, n = 2 + (hits(m, 30) && m->bits > 3);
  if (!pay(m, n == 2 ? 1 : 1.6)) return false;
  if (is_ruling) {
    add(m, "ruling %s on %s", m->bodies[m->body].is_motion || hits(m, 50) ? "k1" : "k2",
        pick_thing(m, &thing));
  } else if (hits(m, 60)) {
    add(m, "decide %s", pick_office(m));
    if (hits(m, 50)) add(m, " on %s", pick_thing(m, &thing));
  } else {
    add(m, "decide");
  }
  make_options(m, n);
  return true;
}

static void make_arguments(Maker *m, const MadeBody *callee) {
  const MadeBody *own = &m->bodies[m->body];
  const char *separator = "(";
  const char *chamber = own->has_chamber && hits(m, 50) ? "c" : hits(m, 50) ? "c1" : "c2";
  const bool has[] = {callee->has_bill, callee->has_chamber, callee->has_office,
                      callee->has_organization};
  const char *const texts[] = {pick_bill(m), chamber, pick_office(m), pick_organization(m)};
  for (int i = 0; i < 4; i++) {
    if (!has[i]) continue;
    add(m, "%s%s", separator, texts[i]);
    separator = ", ";
  }
  if (callee->has_value) {
    add(m, "%s", separator);
    make_value(m, callee->value);
    separator = ", ";
  }
  if (separator[0] == ',') add(m, ")");
}

static bool make_call(Maker *m, bool is_move, bool has_else) {
  int most = m->body == 0 ? m->n_bodies : m->body, callee = 0;
  uint32_t n = 0;
  for (int i = 1; i < most; i++) {
    if (m->bodies[i].is_motion == is_move && m->bodies[i].bits <= m->bits && pick(m, ++n) == 0)
      callee = i;
  }
  if (!callee || m->n_steps + 4 > MAKER_MOST || m->n_calls + 4 > MAKER_MOST) return false;
  const MadeBody *body = &m->bodies[callee];
  m->bits -= body->bits;
  MadeCall *call = &m->calls[m->n_calls++];
  *call = (MadeCall){"", m->body, callee};
  add(m, "%s %s", is_move ? "move" : "do", body->name);
  make_arguments(m, body);
  if (is_move && body->n_movers && (body->n_movers > 1 || hits(m, 50)))
    add(m, " by a%u", hits(m, 90) ? 1 : 2);
  if (hits(m, 60)) {
    const MadeStep *step = add_step(m, false);
    memcpy(call->name, step->name, sizeof call->name);
    add(m, " as %s", call->name);
  }
  if (has_else) make_else(m);
  return true;
}

static bool make_trial(Maker *m) {
  switch (pick(m, 3)) {
    case 0: return make_vote(m);
    case 1: return make_call(m, false, false) || make_vote(m);
    default: return make_call(m, true, false) || make_vote(m);
  }
}

static bool make_if(Maker *m, bool is_trial) {
  if (is_trial && m->bits < 3.3) return false;
  add(m, is_trial && hits(m, 40) ? "if not " : "if ");
  if (is_trial) make_trial(m);  // which the bits are enough for
  else make_condition(m, 0);
  add(m, " ");
  make_block(m, 2);
  if (!hits(m, 60)) return true;
  add(m, " else ");
  if (hits(m, 25) && make_if(m, is_trial != hits(m, 30))) return true;
  make_block(m, 2);
  return true;
}

static bool make_stage(Maker *m) {
  if (m->n_steps + 4 > MAKER_MOST) return false;
  int n_direct = m->n_direct, direct_options = m->direct_options;
  MadeStep *step = add_step(m, true);
  m->n_direct = 0;
  add(m, "stage %s%s ", step->name, hits(m, 20) ? " \"A stage\" source \"a law\"" : "");
  make_block(m, 3);
  step->n_options = m->n_direct == 1 ? m->direct_options : 0;
  m->n_direct = n_direct;
  m->direct_options = direct_options;
  make_else(m);
  return true;
}

static bool make_limit(Maker *m, bool is_within) {
  add(m, is_within ? "within " : "until ");
  if (!is_within) make_date(m);
  else if (hits(m, 70)) add(m, "%u days", pick(m, 5));
  else make_duration(m);
  add(m, " ");
  make_block(m, 3);
  if (hits(m, 55)) {
    add(m, " expired ");
    if (hits(m, 25)) add(m, "{}");
    else make_block(m, 2);
  }
  make_else(m);
  return true;
}

static bool make_attempt(Maker *m) {
  uint32_t n = hits(m, 80) ? 1 + pick(m, 3) : pick(m, 2);
  bool counts = hits(m, 15);
  double before = m->bits;
  add(m, "attempt up to ");
  if (counts) make_number(m);
  else add(m, "%u", n);
  add(m, " times ");
  m->bits = before / 3;
  if (hits(m, 50)) {
    add(m, "pausing ");
    make_span(m);
    add(m, " ");
  }
  if (hits(m, 35)) {
    add(m, "while ");
    make_condition(m, 1);
    add(m, " ");
  }
  m->bits = fmax(0, before - 3 * (before / 3 - m->bits));
  make_passes(m, counts ? 3 : n);
  make_else(m);
  return true;
}

static bool make_repeat(Maker *m) {
  uint32_t n = pick(m, 4);
  bool counts = hits(m, 20);
  add(m, "repeat ");
  if (counts) make_number(m);
  else add(m, "%u", n);
  add(m, " times ");
  make_passes(m, counts ? 3 : n);
  return true;
}

static bool make_variable(Maker *m) {
  if (m->n_variables + 4 > MAKER_MOST) return false;
  Variable v = {"", (Kind)pick(m, KINDS), false};
  snprintf(v.name, sizeof v.name, "v%d", ++m->n_names);
  add(m, "let %s = ", v.name);
  if (v.kind == KIND_DURATION && hits(m, 40) && pay(m, 1.6)) add(m, "0..2 days");
  else if (v.kind == KIND_DATE && hits(m, 50)) add(m, "today");
  else make_value(m, v.kind);
  m->variables[m->n_variables++] = v;
  return true;
}

static bool make_set(Maker *m) {
  if (!m->n_variables) return false;
  const Variable *v = &m->variables[pick(m, (uint32_t)m->n_variables)];
  add(m, "set %s = ", v->name);
  if (v->kind == KIND_DURATION && hits(m, 40) && pay(m, 1)) add(m, "1..2 days");
  else make_value(m, v->kind);
  return true;
}

static bool make_enact(Maker *m) {
  const char *bill = pick_bill(m);
  bool waits = hits(m, 30);
  add(m, "%senact %s", waits ? "{ " : "", bill);
  if (hits(m, 30)) {
    add(m, " in force after ");
    make_duration(m);
  } else if (hits(m, 30)) {
    add(m, " in force on ");
    make_date(m);
  }
  if (waits) add(m, "\nwait until %s.in_force }", bill);
  return true;
}

static bool make_amend(Maker *m) {
  uint32_t thing;
  bool is_part = hits(m, 50) && pay(m, 1.6);
  if (!is_part && !pay(m, 1)) return false;
  add(m, "amend %s", pick_thing(m, &thing));
  if (is_part) {
    add(m, " by ");
    make_share(m);
  }
  return true;
}

static bool make_require(Maker *m) {
  add(m, "require ");
  make_condition(m, 0);
  if (hits(m, 30)) add(m, " \"a reason\"");
  make_else(m);
  return true;
}

static bool make_wait(Maker *m) {
  add(m, "wait ");
  make_span(m);
  return true;
}

static bool make_wait_until(Maker *m) {
  add(m, "wait until ");
  make_date(m);
  return true;
}

static bool make_kind(Maker *m, uint32_t kind) {
  bool is_shallow = m->depth < DEEPEST;
  switch (kind) {
    case 0: return make_wait(m);
    case 1: return make_wait_until(m);
    case 2:
    case 3:
      if (!make_vote(m)) return false;
      make_else(m);
      return true;
    case 4: return make_choice(m, false);
    case 5: return make_choice(m, true);
    case 6: return make_call(m, false, true);
    case 7: return make_call(m, true, true);
    case 8: return make_require(m);
    case 9: return make_variable(m);
    case 10: return make_set(m);
    case 11: return make_enact(m);
    case 12: return make_amend(m);
    case 13: add(m, "list %s on r1", pick_organization(m)); return true;
    case 14: add(m, "delist %s from r1", pick_organization(m)); return true;
    case 15: add(m, "note \"a note\""); return true;
    case 16:
    case 17: return is_shallow && make_stage(m);
    case 18: return is_shallow && make_limit(m, true);
    case 19:
    case 26: return is_shallow && make_limit(m, false);
    case 20: return is_shallow && make_attempt(m);
    case 21: return is_shallow && make_repeat(m);
    case 22: return is_shallow && make_if(m, false);
    case 23:
    case 27: return is_shallow && make_if(m, true);
    case 24:
      if (!is_shallow) return false;
      make_block(m, 2);
      return true;
    case 25:
      if (m->depth < 2 || !hits(m, 40)) return false;
      make_terminal(m);
      return true;
    default: return false;
  }
}

void make_statement(Maker *m) {
  for (int i = 0; i < 8; i++) {
    if (!make_kind(m, pick(m, 28))) continue;
    add(m, "\n");
    return;
  }
  add(m, "note \"nothing\"\n");
}
