// Types of what a file declares: beliefs, properties of those who vote, variables of the file; and
// of changes to them.
#include "lang/check/types.h"

static const Where FILE_SIGHT = {NULL, SIGHT_FILE}, LET_SIGHT = {NULL, SIGHT_LET};

static void type_rule(Checker *c, const Rule *rule) {
  if (rule->share) type_want(c, rule->share, FILE_SIGHT, VALUE_NUMBER, "a chance");
  type_options(c, rule->options, rule->n_options, FILE_SIGHT);
}

static bool is_refused_spread(
    const Node *node) {  // by check_refuse, where a rule or a share stands
  return node && (node->kind == NODE_RANGE || node->kind == NODE_CALL);
}

static void type_bloc(Checker *c, const BlocInfo *bloc) {
  if (bloc->seats) type_want(c, bloc->seats, FILE_SIGHT, VALUE_NUMBER, "a number of seats");
  const Node *shares[] = {bloc->loyalty, bloc->turnout, bloc->abstain};
  for (int i = 0; i < 3; i++) {
    if (shares[i] && !is_refused_spread(shares[i]))
      type_want(c, shares[i], FILE_SIGHT, VALUE_NUMBER, "a share");
  }
  if (bloc->has_rule && !is_refused_spread(bloc->rule.share)) type_rule(c, &bloc->rule);
  for (uint32_t i = 0; i < bloc->on.n; i++) {
    const Rule *rule = &bloc->on.items[i].rule;
    if (!is_refused_spread(rule->share)) type_rule(c, rule);
  }
}

static void type_listings(Checker *c, const Node *declaration) {
  for (uint32_t i = 0; i < declaration->declare.props.n; i++) {
    const Prop *prop = &declaration->declare.props.items[i];
    Value since;
    if (prop->kind != PROP_LISTS || !prop->value) continue;
    Type t = type_want(c, prop->value, FILE_SIGHT, VALUE_DATE, "a date");
    if (t.kind == TYPE_UNKNOWN || prop->value->kind == NODE_DATE ||
        check_constant(c->program, prop->value, &since)) {
      continue;
    }
    diagnostic_add(c->diagnostics, E_DATE, prop->value->span,
                   "the day since which it is listed is a constant date");
  }
}

static void type_assume(Checker *c, AssumeInfo *info) {
  Type t = type_of(c, info->value, FILE_SIGHT);
  if (info->is_belief) {
    info->type = VALUE_NUMBER;
    if (t.kind == TYPE_SHARE_SPREAD || t.kind == TYPE_UNKNOWN) return;
    Diagnostic *d = diagnostic_add(c->diagnostics, E_TYPES, info->value->span,
                                   "a spread of shares stands behind \"~\", not %s", type_text(t));
    diagnostic_hint(c->diagnostics, d,
                    "Write beta(9, 1), 60%%..90%%, 60%%..75%%..90%% or rate(2, 3), or \"=\" for a "
                    "fixed value.");
    return;
  }
  info->type = t.kind == TYPE_VALUE ? t.value : VALUE_NONE;
  if (t.kind == TYPE_VALUE || t.kind == TYPE_UNKNOWN) return;
  Diagnostic *d = diagnostic_add(c->diagnostics, E_TYPES, info->value->span,
                                 "an assumption is a value, not %s", type_text(t));
  if (t.kind == TYPE_SHARE_SPREAD)
    diagnostic_hint(c->diagnostics, d, "Write \"~\" before a spread.");
  if (t.kind == TYPE_DAYS_SPREAD)
    diagnostic_hint(c->diagnostics, d, "Days are drawn where they are waited for, or by \"let\".");
}

static void type_let(Checker *c, LetInfo *info) {
  Type t = type_of(c, info->value, LET_SIGHT);
  info->type = t.kind == TYPE_DAYS_SPREAD ? VALUE_DURATION
               : t.kind == TYPE_VALUE     ? t.value
                                          : VALUE_NONE;
  if (t.kind == TYPE_SHARE_SPREAD) {
    Diagnostic *d = diagnostic_add(c->diagnostics, E_NOT_RUN, info->value->span,
                                   "this version does not run a spread of shares in a variable");
    diagnostic_hint(c->diagnostics, d, "Declare an assumption with \"~\" and use its name.");
  } else if (info->type == VALUE_NONE && t.kind != TYPE_UNKNOWN) {
    diagnostic_add(c->diagnostics, E_TYPES, info->value->span,
                   "a variable holds a number, a date, a length of time or a condition, not %s",
                   type_text(t));
  }
}

// Assumptions may use each other in any order, and variables too: rounds that report nothing settle
// the types first.
static void settle(Checker *c) {
  Program *p = c->program;
  Diagnostics *loud = c->diagnostics;
  c->diagnostics = diagnostics_new(c->arena);
  bool has_changed = true;
  for (uint32_t i = 0; i < p->assumes.n; i++) p->assumes.items[i].type = VALUE_NONE;
  for (uint32_t i = 0; i < p->lets.n; i++) p->lets.items[i].type = VALUE_NONE;
  for (uint32_t round = 0; has_changed && round < 64; round++) {
    has_changed = false;
    for (uint32_t i = 0; i < p->assumes.n; i++) {
      ValueType before = p->assumes.items[i].type;
      type_assume(c, &p->assumes.items[i]);
      has_changed |= p->assumes.items[i].type != before;
    }
    for (uint32_t i = 0; i < p->lets.n; i++) {
      ValueType before = p->lets.items[i].type;
      type_let(c, &p->lets.items[i]);
      has_changed |= p->lets.items[i].type != before;
    }
  }
  c->diagnostics = loud;
}

void type_declared(Checker *c) {
  Program *p = c->program;
  settle(c);
  for (uint32_t i = 0; i < p->assumes.n; i++) type_assume(c, &p->assumes.items[i]);
  for (uint32_t i = 0; i < p->lets.n; i++) type_let(c, &p->lets.items[i]);
  for (uint32_t i = 0; i < p->facts.n; i++) {
    type_want(c, p->facts.items[i].chance, FILE_SIGHT, VALUE_NUMBER, "a chance");
  }
  for (uint32_t i = 0; i < p->chambers.n; i++) {
    const Node *seats = p->chambers.items[i].seats;
    if (seats) type_want(c, seats, FILE_SIGHT, VALUE_NUMBER, "a number of seats");
  }
  for (uint32_t i = 0; i < p->blocs.n; i++) type_bloc(c, &p->blocs.items[i]);
  for (uint32_t i = 0; i < p->registers.n; i++) {
    type_listings(c, program_entity(p, p->registers.items[i].entity)->node);
  }
}

static bool change_fits(Checker *c, const Change *change, const Input *input, Type t) {
  if (change->form == CHANGE_SPREAD) return t.kind == TYPE_SHARE_SPREAD;
  Type written = input->value ? c->program->types[input->value->id] : (Type){.kind = TYPE_UNKNOWN};
  switch (input->kind) {
    case INPUT_ASSUME:
      if (written.kind == TYPE_SHARE_SPREAD) return type_is(t, VALUE_NUMBER);
      return t.kind == TYPE_VALUE && (written.kind != TYPE_VALUE || written.value == t.value);
    case INPUT_WAIT:
      if (type_is(written, VALUE_DATE)) return type_is(t, VALUE_DATE);
      return t.kind == TYPE_DAYS_SPREAD || type_is(t, VALUE_DURATION);
    case INPUT_LIMIT: return type_is(t, type_is(written, VALUE_DATE) ? VALUE_DATE : VALUE_DURATION);
    case INPUT_THRESHOLD: return true;
    case INPUT_FACT:
    case INPUT_RULE:
    case INPUT_LINE_OPTION:
    case INPUT_SHARE:
    case INPUT_SEATS:
    case INPUT_OPTION: break;
  }
  return type_is(t, VALUE_NUMBER);
}

// What the language has: a fact is set, and its draw replaced.
static bool tell_set_fact(Checker *c, const Change *change, const Input *input, Type t) {
  if (input->kind != INPUT_FACT || !type_is(t, VALUE_TRUTH)) return false;
  Diagnostic *d = diagnostic_add(c->diagnostics, E_NOT_RUN, change->value->span,
                                 "this version does not run a fact that is set by hand");
  diagnostic_hint(c->diagnostics, d, "Change its chance: 100%% for true, 0%% for false.");
  return true;
}

static void type_changes(Checker *c, const Change *changes, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    if (changes[i].input == NO_INDEX) continue;
    Type t = type_of(c, changes[i].value, FILE_SIGHT);
    const Input *input = &c->program->inputs.items[changes[i].input];
    if (t.kind == TYPE_UNKNOWN || change_fits(c, &changes[i], input, t)) continue;
    if (tell_set_fact(c, &changes[i], input, t)) continue;
    Diagnostic *d = diagnostic_add(c->diagnostics, E_CHANGE, changes[i].value->span,
                                   "%.*s cannot be %s", TEXT_ARG(input->path), type_text(t));
    diagnostic_also(c->diagnostics, d, input->value ? input->value->span : input->span,
                    "what would be changed");
    if (t.kind == TYPE_SHARE_SPREAD && input->kind == INPUT_ASSUME) {
      diagnostic_hint(c->diagnostics, d, "Write \"~\" before a spread.");
    } else if (input->kind == INPUT_WAIT || input->kind == INPUT_LIMIT) {
      bool is_date = input->value && type_is(c->program->types[input->value->id], VALUE_DATE);
      diagnostic_hint(c->diagnostics, d, "Give it %s.",
                      is_date ? "a date, as in 2025-02-28" : "a length of time, as in 10 days");
    }
  }
}

void type_changed(Checker *c) {
  Program *p = c->program;
  for (uint32_t i = 0; i < p->scenarios.n; i++) {
    type_changes(c, p->scenarios.items[i].changes.items, p->scenarios.items[i].changes.n);
  }
  type_changes(c, p->sets.items, p->sets.n);
}
