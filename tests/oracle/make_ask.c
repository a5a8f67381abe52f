// Questions of the generator.
#include <stdio.h>

#include "tests/oracle/maker.h"

// The path by which the whole file names a step: bare where its body runs once, else behind a named
// call that runs once.
static bool name_step(const Maker *m, const MadeStep *step, char *out, size_t size) {
  const MadeBody *body = &m->bodies[step->body];
  if (body->n_calls == 1) {
    snprintf(out, size, "%s", step->name);
    return true;
  }
  for (int i = 0; i < m->n_calls; i++) {
    const MadeCall *call = &m->calls[i];
    if (call->callee != step->body || !call->name[0] || m->bodies[call->caller].n_calls != 1)
      continue;
    snprintf(out, size, "%s.%s", call->name, step->name);
    return true;
  }
  return false;
}

static bool pick_step(Maker *m, char *out, size_t size, const MadeStep **found) {
  char name[32];
  uint32_t n = 0;
  for (int i = 0; i < m->n_steps; i++) {
    if (!name_step(m, &m->steps[i], name, sizeof name) || pick(m, ++n) != 0) continue;
    snprintf(out, size, "%s", name);
    *found = &m->steps[i];
  }
  return n > 0;
}

static void make_day(Maker *m) {
  char text[11];
  date_format(m->first + (Date)pick(m, (uint32_t)(m->last - m->first + 1)), text);
  add(m, "%s", text);
}

static void make_outcome(Maker *m) {
  static const char *const outcomes[] = {"w1", "w2", "completion", "failure", "undecided"};
  add(m, "%s", outcomes[pick(m, 5)]);
}

// What happens at a moment.
static void make_moment(Maker *m, int depth) {
  static const char *const states[] = {"passed", "failed", "reached", "expired"};
  static const char *const options[] = {"sign", "veto", "amend"};
  char name[32];
  const MadeStep *step = NULL;
  if (depth < 2 && hits(m, 30)) {
    add(m, "(");
    make_moment(m, depth + 1);
    add(m, hits(m, 50) ? " and " : " or ");
    make_moment(m, depth + 1);
    add(m, ")");
    return;
  }
  switch (pick(m, 7)) {
    case 0: add(m, "b%u is %s", 1 + pick(m, 2), hits(m, 50) ? "enacted" : "in force"); return;
    case 1: add(m, "o2 is listed on r1"); return;
    case 2:
    case 3: make_outcome(m); return;
    default:
      if (!pick_step(m, name, sizeof name, &step)) make_outcome(m);
      else if (step->n_options && hits(m, 60))
        add(m, "%s is %s", name, options[pick(m, (uint32_t)step->n_options)]);
      else if (step->is_stage && hits(m, 15)) add(m, "%s is inquorate", name);
      else add(m, "%s is %s", name, states[pick(m, 4)]);
  }
}

static void make_event(Maker *m) {
  switch (pick(m, 7)) {
    case 0:
      add(m, "(");
      make_condition(m, 1);
      add(m, ")");
      return;
    case 1:
      add(m, "not (");
      make_moment(m, 1);
      add(m, ")");
      return;
    case 2:
    case 3:
      make_moment(m, 0);
      add(m, " by ");
      make_day(m);
      return;
    default: make_moment(m, 0);
  }
}

static void make_given(Maker *m) {
  if (!hits(m, 35)) return;
  add(m, " given ");
  make_event(m);
}

static void make_claim(Maker *m) {
  static const char *const stats[] = {"", "median ", "mean ", "earliest ", "latest "};
  switch (pick(m, 8)) {
    case 0:
    case 1:
      add(m, "ask %sdate of ", stats[pick(m, 5)]);
      make_moment(m, 0);
      make_given(m);
      break;
    case 2:
      add(m, "expect %s (", hits(m, 50) ? "never" : "always");
      make_condition(m, 0);
      add(m, ")");
      break;
    case 3:
      add(m, "expect chance of ");
      make_event(m);
      make_given(m);
      add(m, " >= 50%%");
      break;
    default:
      add(m, "ask chance of ");
      make_event(m);
      make_given(m);
      if (hits(m, 20)) add(m, " \"A question?\"");
  }
  add(m, "\n");
}

static void make_scenario(Maker *m) {
  const MadeBloc *bloc = &m->chambers[0].blocs[0];
  add(m, "scenario sc1%s {\n", hits(m, 30) ? " \"Another course\"" : "");
  if (hits(m, 50)) add(m, hits(m, 50) ? "assume q1 = 70%%\n" : "assume q1 ~ 20%%..40%%\n");
  if (hits(m, 50)) add(m, "assume f1 = 20%%\n");
  if (hits(m, 50)) add(m, hits(m, 50) ? "assume x1 = 35%%\n" : "assume x1 ~ beta(2, 2)\n");
  if (hits(m, 50))
    add(m, "assume c1.g1.%s = 45%%\n", bloc->is_line == hits(m, 80) ? "line" : "free");
  make_claim(m);
  make_claim(m);
  add(m, "}\n");
}

void make_questions(Maker *m) {
  m->bits = m->bits < 1 ? 1 : m->bits;
  for (uint32_t i = 4 + pick(m, 5); i-- > 0;) make_claim(m);
  make_scenario(m);
}
