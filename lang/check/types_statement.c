// What each place in a step wants, and the types of variables, which their `let` gives them.
#include "lang/check/types.h"

static Where in_steps(Body *body) {
  return (Where){body, SIGHT_STEP};
}

static void want_time(Checker *c, const Node *node, Where where, bool is_wait) {
  Type t = type_of(c, node, where);
  if (t.kind == TYPE_UNKNOWN || t.kind == TYPE_DAYS_SPREAD || type_is(t, VALUE_DURATION)) return;
  Text text = source_slice(c->tree->sources, node->span);
  bool lacks_unit = type_is(t, VALUE_NUMBER) || t.kind == TYPE_SHARE_SPREAD;
  Diagnostic *d =
      lacks_unit ? diagnostic_add(c->diagnostics, E_TYPES, node->span, "%.*s what?", TEXT_ARG(text))
                 : diagnostic_add(c->diagnostics, E_TYPES, node->span,
                                  "a length of time was expected here, not %s", type_text(t));
  if (lacks_unit) diagnostic_hint(c->diagnostics, d, "Write the unit: %.*s days.", TEXT_ARG(text));
  if (is_wait && type_is(t, VALUE_DATE))
    diagnostic_hint(c->diagnostics, d, "Write: wait until %.*s", TEXT_ARG(text));
}

// `instead`: the word that a date stands behind.
static void want_length(Checker *c, const Node *limit, Where where, const char *instead) {
  Type t = type_of(c, limit, where);
  if (!type_is(t, VALUE_DATE)) {
    type_expect(c, limit, t, VALUE_DURATION, "a length of time");
    return;
  }
  Diagnostic *d = diagnostic_add(c->diagnostics, E_TYPES, limit->span,
                                 "a length of time was expected here, not a date");
  diagnostic_hint(c->diagnostics, d, "Write: %s %.*s", instead,
                  TEXT_ARG(source_slice(c->tree->sources, limit->span)));
}

// `instead`: the word that a length of time stands behind.
static void want_date(Checker *c, const Node *date, Where where, const char *instead) {
  Type t = type_of(c, date, where);
  const char *field = type_is(t, VALUE_TRUTH) ? type_date_field(c, date) : NULL;
  if (field) {
    Diagnostic *d = diagnostic_add(c->diagnostics, E_TYPES, date->span,
                                   "a date was expected here, not a condition");
    diagnostic_hint(c->diagnostics, d, "Write its date: %.*s.%s",
                    TEXT_ARG(source_slice(c->tree->sources, date->is.path->span)), field);
    return;
  }
  if (!type_is(t, VALUE_DURATION) && t.kind != TYPE_DAYS_SPREAD) {
    type_expect(c, date, t, VALUE_DATE, "a date");
    return;
  }
  Diagnostic *d = diagnostic_add(c->diagnostics, E_TYPES, date->span,
                                 "a date was expected here, not %s", type_text(t));
  diagnostic_hint(c->diagnostics, d, "Write: %s %.*s", instead,
                  TEXT_ARG(source_slice(c->tree->sources, date->span)));
}

static ValueType held_by_variable(Checker *c, const Node *value, Where where) {
  Type t = type_of(c, value, where);
  if (t.kind == TYPE_VALUE) return t.value;
  if (t.kind == TYPE_DAYS_SPREAD) return VALUE_DURATION;
  if (t.kind == TYPE_SHARE_SPREAD) {
    Diagnostic *d = diagnostic_add(c->diagnostics, E_NOT_RUN, value->span,
                                   "this version does not run a spread of shares in a variable");
    diagnostic_hint(c->diagnostics, d, "Declare an assumption with \"~\" and use its name.");
  } else if (t.kind != TYPE_UNKNOWN) {
    diagnostic_add(c->diagnostics, E_TYPES, value->span,
                   "a variable holds a number, a date, a length of time or a condition, not %s",
                   type_text(t));
  }
  return VALUE_NONE;
}

static void type_set(Checker *c, const Node *node, Where where, ValueType type) {
  const Node *place = node->assign.target;
  const Ref *ref = &c->program->refs[place->id];
  if (ref->kind == REF_NONE) return;
  bool can_be_set = ref->field == FIELD_NONE &&
                    (ref->kind == REF_VARIABLE || ref->kind == REF_LET ||
                     (ref->kind == REF_PARAM && !where.body->params.items[ref->index].is_entity));
  if (!can_be_set) {
    diagnostic_add(c->diagnostics, E_WRONG_KIND, place->span,
                   "only a variable or a parameter with a value can be set");
    return;
  }
  Type target = type_of(c, place, where);
  if (type == VALUE_NONE || target.kind != TYPE_VALUE || target.value == type) return;
  Diagnostic *d = diagnostic_add(c->diagnostics, E_TYPES, node->assign.value->span,
                                 "this variable holds %s, not %s", value_type_name(target.value),
                                 value_type_name(type));
  diagnostic_also(c->diagnostics, d, place->span, "%s", value_type_name(target.value));
}

void type_options(Checker *c, const Option *options, uint32_t n, Where where) {
  for (uint32_t i = 0; i < n; i++) {
    if (options[i].kind == OPTION_CHANCE)
      type_want(c, options[i].value, where, VALUE_NUMBER, "a chance");
  }
}

static void type_arguments(Checker *c, const Node *node, Where where) {
  const Ref *ref = &c->program->refs[node->invoke.what->id];
  if (ref->kind != REF_ENTITY) return;
  const Entity *entity = program_entity(c->program, ref->index);
  if (entity->kind != ENTITY_PROCEDURE && entity->kind != ENTITY_MOTION) return;
  const Body *callee = &c->program->bodies.items[entity->index];
  if (node->invoke.args.n != callee->params.n) return;
  for (uint32_t i = 0; i < node->invoke.args.n && i < callee->params.n; i++) {
    const ParamInfo *param = &callee->params.items[i];
    const Node *arg = node->invoke.args.items[i];
    if (!param->is_entity && param->type == VALUE_NONE) type_of(c, arg, where);
    else if (!param->is_entity) type_want(c, arg, where, param->type, value_type_name(param->type));
    else c->program->types[arg->id] = (Type){.kind = TYPE_ENTITY, .entity = param->kind};
  }
}

static void visit_statement(Checker *c, const Node *node, void *context) {
  Body *body = context;
  Where where = in_steps(body);
  switch ((int)node->kind) {
    case NODE_WITHIN: want_length(c, node->limit.limit, where, "until"); return;
    case NODE_UNTIL: want_date(c, node->limit.limit, where, "within"); return;
    case NODE_WAIT_UNTIL: want_date(c, node->wait.time, where, "wait"); return;
    case NODE_WAIT: want_time(c, node->wait.time, where, true); return;
    case NODE_DECIDE:
    case NODE_RULING: type_options(c, node->choice.options, node->choice.n, where); return;
    case NODE_DO:
    case NODE_MOVE: type_arguments(c, node, where); return;
    case NODE_REQUIRE:
      type_want(c, node->require.condition, where, VALUE_TRUTH, "a condition");
      return;
    case NODE_ATTEMPT:
      type_want(c, node->attempt.times, where, VALUE_NUMBER, "a number");
      if (node->attempt.pausing) want_time(c, node->attempt.pausing, where, false);
      if (node->attempt.during)
        type_want(c, node->attempt.during, where, VALUE_TRUTH, "a condition");
      return;
    case NODE_REPEAT: type_want(c, node->loop.control, where, VALUE_NUMBER, "a number"); return;
    case NODE_WHILE: type_want(c, node->loop.control, where, VALUE_TRUTH, "a condition"); return;
    case NODE_IF: type_want(c, node->branch.condition, where, VALUE_TRUTH, "a condition"); return;
    case NODE_LET: {
      ValueType type = held_by_variable(c, node->assign.value, where);
      body->variables.items[c->program->local[node->id]].type = type;
      return;
    }
    case NODE_SET: type_set(c, node, where, held_by_variable(c, node->assign.value, where)); return;
    case NODE_ENACT:
      if (node->enact.after) want_length(c, node->enact.after, where, "in force on");
      if (node->enact.on) want_date(c, node->enact.on, where, "in force after");
      return;
    case NODE_AMEND:
      if (node->amend.chance) type_want(c, node->amend.chance, where, VALUE_NUMBER, "a chance");
      return;
    default: return;
  }
}

void type_statements(Checker *c, Body *body) {
  if (body->node && body->node->kind == NODE_MOTION) {
    const MotionNode *motion = &body->node->motion;
    for (uint32_t i = 0; i < motion->n_requires; i++) {
      type_want(c, motion->requires[i].condition, in_steps(body), VALUE_TRUTH, "a condition");
    }
  }
  if (body->block) check_walk(c, body->block, visit_statement, body);
}
