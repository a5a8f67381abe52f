// Expressions of the generator.
#include "tests/oracle/maker.h"

static const Variable *pick_variable(Maker *m, Kind kind) {
  const Variable *found = NULL;
  uint32_t n = 0;
  for (int i = 0; i < m->n_variables; i++) {
    if (m->variables[i].kind == kind && pick(m, ++n) == 0) found = &m->variables[i];
  }
  return found;
}

static bool reads(Maker *m, bool *is_read, double bits) {
  if (!*is_read && !pay(m, bits)) return false;
  return *is_read = true;
}

static void make_constant_share(Maker *m) {
  static const char *const shares[] = {"25%", "50%", "70%", "0.4", "1/3", "90%", "100%", "0%"};
  add(m, "%s", shares[pick(m, hits(m, 15) ? 8 : 6)]);
}

void make_share(Maker *m) {
  const Variable *variable = m->body >= 0 ? pick_variable(m, KIND_SHARE) : NULL;
  uint32_t belief = pick(m, 2);
  switch (pick(m, 8)) {
    case 0: add(m, "q1"); return;
    case 1:
      if (!reads(m, &m->reads_fact[0], 1)) break;
      add(m, "q2");
      return;
    case 2:
    case 3:
      if (m->is_plain || !reads(m, &m->reads_belief[belief], 3)) break;
      add(m, hits(m, 80) ? "x%u" : "(1 - x%u)", 1 + belief);
      return;
    case 4:
      if (variable) add(m, "%s", variable->name);
      else make_constant_share(m);
      return;
    case 5:
      add(m, "(if ");
      make_condition(m, 2);
      add(m, " then ");
      make_constant_share(m);
      add(m, " else ");
      make_constant_share(m);
      add(m, ")");
      return;
    case 6:
      make_constant_share(m);
      add(m, " * q1");
      return;
    default: break;
  }
  make_constant_share(m);
}

// A small whole number.
void make_number(Maker *m) {
  const Variable *variable = pick_variable(m, KIND_NUMBER);
  switch (pick(m, 5)) {
    case 0:
      if (!variable) break;
      add(m, "%s", variable->name);
      return;
    case 1:
      if (!variable) break;
      add(m, "%s + 1", variable->name);
      return;
    case 2:
      add(m, "(if ");
      make_condition(m, 2);
      add(m, " then 1 else %u)", pick(m, 3));
      return;
    default: break;
  }
  add(m, "%u", pick(m, 3));
}

static void make_literal_date(Maker *m) {
  char text[11];
  date_format(m->first + (Date)pick(m, (uint32_t)(m->last - m->first + 1)), text);
  add(m, "%s", text);
}

void make_date(Maker *m) {
  const Variable *variable = pick_variable(m, KIND_DATE);
  switch (pick(m, 5)) {
    case 0:
      if (m->body < 0) break;
      add(m, "(today + %u days)", pick(m, 4));
      return;
    case 1:
      if (!variable) break;
      add(m, "%s", variable->name);
      return;
    default: break;
  }
  make_literal_date(m);
}

void make_duration(Maker *m) {
  const Variable *variable = pick_variable(m, KIND_DURATION);
  switch (pick(m, 9)) {
    case 0:
      if (!variable) break;
      add(m, "%s", variable->name);
      return;
    case 1:
      if (!variable) break;
      add(m, "(%s + 1 days)", variable->name);
      return;
    case 2: add(m, "1 weeks"); return;
    case 3:
      if (!hits(m, 50)) break;
      add(m, hits(m, 70) ? "1 months" : "1 years");
      return;
    case 4:
      add(m, "(if ");
      make_condition(m, 2);
      add(m, " then 1 days else %u days)", pick(m, 4));
      return;
    case 5: add(m, "2 * %u days", pick(m, 3)); return;
    default: break;
  }
  add(m, "%u days", pick(m, 6));
}

bool make_span(Maker *m) {
  switch (pick(m, 12)) {
    case 0:
    case 1:
      if (!pay(m, 1.6)) break;
      add(m, "0..2 days");
      return true;
    case 2:
      if (!pay(m, 1)) break;
      add(m, "1..2 days");
      return true;
    case 3:
    case 4:
      if (!pay(m, 2)) break;
      add(m, hits(m, 50) ? "0..1..3 days" : "1..1..4 days");
      return true;
    case 5:
      if (!pay(m, 2)) break;
      add(m, "1..4 days");
      return true;
    case 6:
      if (!pay(m, 3)) break;
      add(m, "0..1 weeks");
      return true;
    case 7:
      if (!hits(m, 30) || !pay(m, 5)) break;
      add(m, hits(m, 50) ? "0..1 months" : "0..1..1 months");
      return true;
    default: break;
  }
  make_duration(m);
  return false;
}

static void make_today(Maker *m) {
  static const char *const compares[] = {"<", "<=", ">", ">=", "=", "!="};
  add(m, "today %s ", compares[pick(m, 6)]);
  make_literal_date(m);
}

static void make_line_test(Maker *m) {
  static const char *const lines[] = {"yes", "yes", "no", "abstain", "absent"};
  const MadeChamber *chamber = &m->chambers[pick(m, MAKER_CHAMBERS)];
  const MadeBloc *bloc = &chamber->blocs[pick(m, (uint32_t)chamber->n_blocs)];
  const char *thing = bloc->is_line_on_b1   ? "b1"
                      : bloc->is_free_on_b1 ? "b2"
                                            : maker_things[pick(m, MAKER_THINGS)];
  if (bloc->is_line || bloc->is_line_on_b1)
    add(m, "%s.%s.%s is %s", chamber->name, bloc->name, thing, lines[pick(m, 5)]);
  else make_today(m);
}

static const MadeStep *pick_own_step(Maker *m) {
  const MadeStep *found = NULL;
  uint32_t n = 0;
  for (int i = 0; i < m->n_steps; i++) {
    if (m->steps[i].body == m->body && pick(m, ++n) == 0) found = &m->steps[i];
  }
  return found;
}

static void make_step_test(Maker *m) {
  static const char *const states[] = {"passed",     "failed", "reached",    "expired",
                                       "not passed", "passed", "not reached"};
  static const char *const options[] = {"sign", "veto", "amend"};
  const MadeStep *step = pick_own_step(m);
  if (!step) {
    make_today(m);
  } else if (step->n_options && hits(m, 50)) {
    add(m, "%s is %s", step->name, options[pick(m, (uint32_t)step->n_options)]);
  } else if (step->is_stage && hits(m, 15)) {
    add(m, "%s is inquorate", step->name);
  } else if (hits(m, 20)) {
    static const char *const fields[] = {"passed", "failed", "reached"};
    add(m, "%s.%s %s ", step->name, fields[pick(m, 3)], hits(m, 50) ? "<=" : ">");
    if (hits(m, 50)) add(m, "today - 2 days");
    else make_literal_date(m);
  } else {
    add(m, "%s is %s", step->name, states[pick(m, 7)]);
  }
}

static void make_variable_test(Maker *m) {
  const Variable *variable =
      m->n_variables ? &m->variables[pick(m, (uint32_t)m->n_variables)] : NULL;
  if (!variable) {
    make_today(m);
    return;
  }
  switch (variable->kind) {
    case KIND_NUMBER:
      add(m, "%s %s %u", variable->name, hits(m, 50) ? ">" : "<=", pick(m, 3));
      return;
    case KIND_SHARE: make_today(m); return;  // it may hold a belief, and a step is no polynomial
    case KIND_TRUTH: add(m, "%s", variable->name); return;
    case KIND_DATE: add(m, "today %s %s", hits(m, 50) ? ">" : "<=", variable->name); return;
    case KIND_DURATION: add(m, "%s > %u days", variable->name, pick(m, 3)); return;
    case KINDS: break;
  }
}

static void make_atom(Maker *m) {
  uint32_t fact = pick(m, 2);
  switch (pick(m, m->body >= 0 ? 11 : 6)) {
    case 0:
    case 1:
      if (!reads(m, &m->reads_fact[fact], 1)) break;
      add(m, "f%u", 1 + fact);
      return;
    case 2: add(m, "b%u is %s", 1 + pick(m, 2), hits(m, 50) ? "enacted" : "in force"); return;
    case 3: add(m, "o%u is %slisted on r1", 1 + pick(m, 2), hits(m, 30) ? "not " : ""); return;
    case 4:
      if (m->n_bodies == 1) break;  // lines do not ask for lines
      make_line_test(m);
      return;
    case 6:
    case 7: make_step_test(m); return;
    case 8: make_variable_test(m); return;
    case 9:
      if (!pay(m, 1)) break;
      add(m, "chance 40%%");
      return;
    case 10:
      add(m, "b%u.%s < today - 1 days", 1 + pick(m, 2), hits(m, 50) ? "enacted" : "in_force");
      return;
    default: break;
  }
  make_today(m);
}

void make_condition(Maker *m, int depth) {
  if (depth >= 3 || !hits(m, 35)) {
    make_atom(m);
    return;
  }
  switch (pick(m, 4)) {
    case 0:
      add(m, "not (");
      make_condition(m, depth + 1);
      add(m, ")");
      return;
    case 3:
      add(m, "(if ");
      make_condition(m, depth + 1);
      add(m, " then %s else ", hits(m, 50) ? "true" : "false");
      make_condition(m, depth + 1);
      add(m, ")");
      return;
    default:
      add(m, "(");
      make_condition(m, depth + 1);
      add(m, hits(m, 50) ? " and " : " or ");
      make_condition(m, depth + 1);
      add(m, ")");
  }
}

void make_value(Maker *m, Kind kind) {
  switch (kind) {
    case KIND_NUMBER: make_number(m); return;
    case KIND_SHARE: make_share(m); return;
    case KIND_TRUTH: make_condition(m, 2); return;
    case KIND_DATE: make_date(m); return;
    case KIND_DURATION: make_duration(m); return;
    case KINDS: return;
  }
}
