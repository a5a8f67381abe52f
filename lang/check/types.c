// Types of expressions, and what each place wants. A node whose type is unknown has been reported, or holds one that has.
#include "lang/check/checker.h"

static Type value_type(ValueType type) { return (Type){.kind = type == VALUE_NONE ? TYPE_UNKNOWN : TYPE_VALUE, .value = type}; }

static bool is_value(Type t, ValueType type) { return t.kind == TYPE_VALUE && t.value == type; }

static const char *type_text(Type t) {
  switch (t.kind) {
    case TYPE_VALUE: return value_type_name(t.value);
    case TYPE_ENTITY: return "a name";
    case TYPE_DAYS_SPREAD: return "a spread of days";
    case TYPE_SHARE_SPREAD: return "a spread of shares";
    case TYPE_TEXT: return "a text";
    case TYPE_STEP: return "a step";
    case TYPE_LINE: return "a line";
    case TYPE_UNKNOWN: break;
  }
  return "unknown";
}

static Type type_of(Checker *c, const Node *node, const Body *body, bool is_question);

static Type mixed(Checker *c, const Node *node, Type a, Type b) {
  if (a.kind == TYPE_UNKNOWN || b.kind == TYPE_UNKNOWN) return value_type(VALUE_NONE);
  Diagnostic *d = diagnostic_add(c->diagnostics, E_TYPES, node->binary.op_span, "\"%s\" does not go between %s and %s",
                                 value_op_text(node->binary.op), type_text(a), type_text(b));
  diagnostic_also(c->diagnostics, d, node->binary.left->span, "%s", type_text(a));
  diagnostic_also(c->diagnostics, d, node->binary.right->span, "%s", type_text(b));
  return value_type(VALUE_NONE);
}

static Type binary_type(Checker *c, const Node *node, const Body *body, bool is_question) {
  const Node *left = node->binary.left;
  if (is_question && (node->binary.op == OP_AND || node->binary.op == OP_OR) && left->kind == NODE_CHANCE_OF) {
    Diagnostic *d = diagnostic_add(c->diagnostics, E_EVENT, node->span, "the chance of what is asked here?");
    Text event = source_slice(c->tree->sources, left->question.event->span), rest = source_slice(c->tree->sources, node->binary.right->span);
    diagnostic_hint(c->diagnostics, d, "Write: chance of (%.*s %s %.*s)", TEXT_ARG(event), value_op_text(node->binary.op), TEXT_ARG(rest));
    return value_type(VALUE_NONE);
  }
  Type a = type_of(c, left, body, is_question), b = type_of(c, node->binary.right, body, is_question);
  if (a.kind == TYPE_UNKNOWN || b.kind == TYPE_UNKNOWN || node->binary.op == OP_IN) return value_type(VALUE_NONE);
  ValueType type = a.kind == TYPE_VALUE && b.kind == TYPE_VALUE ? value_binary_type(node->binary.op, a.value, b.value) : VALUE_NONE;
  return type == VALUE_NONE ? mixed(c, node, a, b) : value_type(type);
}

static Type path_type(Checker *c, const Node *node, const Body *body, bool is_question) {
  const Program *p = c->program;
  const Ref *ref = &p->refs[node->id];
  if (ref->field != FIELD_NONE) return value_type(VALUE_DATE);
  switch (ref->kind) {
    case REF_VARIABLE: return value_type(body->variables.items[ref->index].type);
    case REF_LET: return value_type(p->lets.items[ref->index].type);
    case REF_ASSUME: return value_type(p->assumes.items[ref->index].type);
    case REF_FACT: return value_type(VALUE_TRUTH);
    case REF_PARAM: {
      const ParamInfo *param = &body->params.items[ref->index];
      return param->is_entity ? (Type){.kind = TYPE_ENTITY, .entity = param->kind} : value_type(param->type);
    }
    case REF_ENTITY: {
      EntityKind kind = p->entities.items[ref->index].kind;
      if (kind != ENTITY_OUTCOME) return (Type){.kind = TYPE_ENTITY, .entity = kind};
      if (!is_question) {
        Diagnostic *d = diagnostic_add(c->diagnostics, E_PLACE, node->span, "the outcome is known only at the end of the case");
        diagnostic_hint(c->diagnostics, d, "Ask for a stage (\"S is passed\") here.");
        return value_type(VALUE_NONE);
      }
      return value_type(VALUE_TRUTH);
    }
    case REF_STEP: case REF_OWN_STEP: return (Type){.kind = TYPE_STEP};
    case REF_LINE: return (Type){.kind = TYPE_LINE};
    case REF_NONE: break;
  }
  return value_type(VALUE_NONE);
}

static Type unit_type(Checker *c, const Node *node, const Body *body, bool is_question) {
  Type t = type_of(c, node->unit.operand, body, is_question);
  if (t.kind == TYPE_UNKNOWN) return t;
  if (is_value(t, VALUE_NUMBER)) return value_type(VALUE_DURATION);
  diagnostic_add(c->diagnostics, E_TYPES, node->unit.operand->span, "a number of days was expected here, not %s", type_text(t));
  return value_type(VALUE_NONE);
}

static Type range_type(Checker *c, const Node *node, const Body *body, bool is_question) {
  Type high = type_of(c, node->range.high, body, is_question), low = type_of(c, node->range.low, body, is_question);
  Type mode = node->range.mode ? type_of(c, node->range.mode, body, is_question) : low;
  if (high.kind == TYPE_UNKNOWN || low.kind == TYPE_UNKNOWN || mode.kind == TYPE_UNKNOWN) return value_type(VALUE_NONE);
  bool are_numbers = is_value(low, VALUE_NUMBER) && is_value(mode, VALUE_NUMBER);
  bool are_lengths = (is_value(low, VALUE_NUMBER) || is_value(low, VALUE_DURATION)) && (is_value(mode, VALUE_NUMBER) || is_value(mode, VALUE_DURATION));
  if (is_value(high, VALUE_DURATION) && are_lengths) {
    const Node *ends[2] = {node->range.low, node->range.mode};
    for (int i = 0; i < 2; i++) {
      if (!ends[i] || ends[i]->kind != NODE_UNIT || node->range.high->kind != NODE_UNIT || ends[i]->unit.unit == node->range.high->unit.unit) continue;
      diagnostic_add(c->diagnostics, E_TYPES, node->span, "both ends of a range have one unit");
      return value_type(VALUE_NONE);
    }
    if (node->range.high->kind == NODE_UNIT) return (Type){.kind = TYPE_DAYS_SPREAD};
    diagnostic_add(c->diagnostics, E_TYPES, node->range.high->span, "the high end of a range of days is a number and its unit");
    return value_type(VALUE_NONE);
  }
  if (is_value(high, VALUE_NUMBER) && are_numbers) return (Type){.kind = TYPE_SHARE_SPREAD};
  diagnostic_add(c->diagnostics, E_TYPES, node->span, "a range goes from number to number, not from %s to %s", type_text(low), type_text(high));
  return value_type(VALUE_NONE);
}

static Type call_type(Checker *c, const Node *node, const Body *body, bool is_question) {
  Text name = names_text(c->tree->names, node->call.function.id);
  bool is_known = text_equal(name, TEXT("beta")) || text_equal(name, TEXT("rate"));
  for (uint32_t i = 0; i < node->call.args.n; i++) {
    Type t = type_of(c, node->call.args.items[i], body, is_question);
    if (t.kind == TYPE_UNKNOWN || is_value(t, VALUE_NUMBER)) continue;
    diagnostic_add(c->diagnostics, E_TYPES, node->call.args.items[i]->span, "a number was expected here, not %s", type_text(t));
    return value_type(VALUE_NONE);
  }
  static const char *const refused[] = {"poisson", "normal", "lognormal", "exponential"};
  for (int i = 0; i < 4; i++) {
    if (text_equal(name, text_of(refused[i]))) return value_type(VALUE_NONE);
  }
  if (!is_known) {
    diagnostic_add(c->diagnostics, E_UNKNOWN_NAME, node->call.function.span, "no spread is called \"%.*s\"", TEXT_ARG(name));
    return value_type(VALUE_NONE);
  }
  if (node->call.args.n != 2) {
    diagnostic_add(c->diagnostics, E_ARGUMENTS, node->span, "\"%.*s\" takes 2 numbers", TEXT_ARG(name));
    return value_type(VALUE_NONE);
  }
  return (Type){.kind = TYPE_SHARE_SPREAD};
}

static Type want(Checker *c, const Node *node, const Body *body, bool is_question, ValueType type, const char *what) {
  Type t = type_of(c, node, body, is_question);
  if (t.kind == TYPE_UNKNOWN || is_value(t, type)) return t;
  Diagnostic *d = diagnostic_add(c->diagnostics, E_TYPES, node->span, "%s was expected here, not %s", what, type_text(t));
  if (type == VALUE_DURATION && is_value(t, VALUE_NUMBER)) {
    diagnostic_hint(c->diagnostics, d, "Write the unit: %.*s days.", TEXT_ARG(source_slice(c->tree->sources, node->span)));
  }
  return value_type(VALUE_NONE);
}

static bool has_moment(const Checker *c, const Node *event) {
  if (event->kind == NODE_BINARY) return (event->binary.op == OP_AND || event->binary.op == OP_OR) && has_moment(c, event->binary.left) && has_moment(c, event->binary.right);
  if (event->kind == NODE_BY) return has_moment(c, event->by.event);
  if (event->kind == NODE_IS) return c->program->tests[event->id].kind != IS_LINE;
  const Ref *ref = event->kind == NODE_PATH ? &c->program->refs[event->id] : NULL;
  return ref && (ref->kind == REF_NONE || (ref->kind == REF_ENTITY && ref->field == FIELD_NONE));
}

static void check_moment(Checker *c, const Node *event) {
  if (has_moment(c, event)) return;
  Diagnostic *d = diagnostic_add(c->diagnostics, E_EVENT, event->span, "this has no moment at which it happens");
  diagnostic_hint(c->diagnostics, d, "A moment have outcomes, steps, enactments, listings, and these joined with \"and\" or \"or\".");
}

static Type by_type(Checker *c, const Node *node, const Body *body, bool is_question) {
  if (!is_question) {
    diagnostic_add(c->diagnostics, E_PLACE, node->span, "\"by\" stands only in questions; compare the date here");
    return value_type(VALUE_NONE);
  }
  Type t = want(c, node->by.event, body, true, VALUE_TRUTH, "an event");
  want(c, node->by.when, body, true, VALUE_DATE, "a date");
  if (t.kind != TYPE_UNKNOWN) check_moment(c, node->by.event);
  return t;
}

static Type question_type(Checker *c, const Node *node, const Body *body, bool is_question) {
  if (node->kind == NODE_STAT_OF) return value_type(VALUE_NONE);
  if (!is_question) {
    diagnostic_add(c->diagnostics, E_PLACE, node->span, "\"%s of\" stands only in questions", node->kind == NODE_CHANCE_OF ? "chance" : "date");
    return value_type(VALUE_NONE);
  }
  Type t = want(c, node->question.event, body, true, VALUE_TRUTH, "an event");
  if (node->question.given) want(c, node->question.given, body, true, VALUE_TRUTH, "an event");
  if (node->kind == NODE_CHANCE_OF) return value_type(VALUE_NUMBER);
  if (t.kind != TYPE_UNKNOWN) check_moment(c, node->question.event);
  return value_type(VALUE_DATE);
}

static Type is_type(Checker *c, const Node *node, const Body *body) {
  const IsTest *test = &c->program->tests[node->id];
  const Ref *ref = &c->program->refs[node->is.path->id];
  if (test->kind == IS_NONE || ref->kind == REF_NONE) return value_type(VALUE_NONE);
  EntityKind wanted = test->kind == IS_LISTED ? ENTITY_ORGANIZATION : ENTITY_BILL;
  if (test->kind == IS_ENACTED || test->kind == IS_IN_FORCE || test->kind == IS_LISTED) {
    EntityKind kind = ENTITY_KINDS;
    if (ref->kind == REF_ENTITY) kind = c->program->entities.items[ref->index].kind;
    if (ref->kind == REF_PARAM && body->params.items[ref->index].is_entity) kind = body->params.items[ref->index].kind;
    if (kind != wanted) {
      diagnostic_add(c->diagnostics, E_WRONG_KIND, node->is.path->span, "only %s can be %s", wanted == ENTITY_BILL ? "a bill" : "an organization",
                     test->kind == IS_LISTED ? "listed" : test->kind == IS_ENACTED ? "enacted" : "in force");
      return value_type(VALUE_NONE);
    }
  }
  return value_type(VALUE_TRUTH);
}

static Type if_type(Checker *c, const Node *node, const Body *body, bool is_question) {
  want(c, node->if_value.condition, body, is_question, VALUE_TRUTH, "a condition");
  Type a = type_of(c, node->if_value.then, body, is_question), b = type_of(c, node->if_value.otherwise, body, is_question);
  if (a.kind == TYPE_UNKNOWN || b.kind == TYPE_UNKNOWN) return value_type(VALUE_NONE);
  if (a.kind == b.kind && a.kind == TYPE_VALUE && a.value == b.value) return a;
  diagnostic_add(c->diagnostics, E_TYPES, node->span, "\"then\" gives %s and \"else\" %s", type_text(a), type_text(b));
  return value_type(VALUE_NONE);
}

static Type find_type(Checker *c, const Node *node, const Body *body, bool is_question) {
  switch ((int)node->kind) {
    case NODE_NUMBER: return value_type(VALUE_NUMBER);
    case NODE_DATE: case NODE_TODAY: return value_type(VALUE_DATE);
    case NODE_TEXT: return (Type){.kind = TYPE_TEXT};
    case NODE_TRUTH: return value_type(VALUE_TRUTH);
    case NODE_PATH: return path_type(c, node, body, is_question);
    case NODE_IS: return is_type(c, node, body);
    case NODE_BY: return by_type(c, node, body, is_question);
    case NODE_CALL: return call_type(c, node, body, is_question);
    case NODE_NOT: return want(c, node->negation.operand, body, is_question, VALUE_TRUTH, "a condition");
    case NODE_NEGATE: {
      Type t = type_of(c, node->negation.operand, body, is_question);
      if (t.kind == TYPE_UNKNOWN || is_value(t, VALUE_NUMBER) || is_value(t, VALUE_DURATION)) return t;
      diagnostic_add(c->diagnostics, E_TYPES, node->span, "%s has no negative", type_text(t));
      return value_type(VALUE_NONE);
    }
    case NODE_BINARY: return binary_type(c, node, body, is_question);
    case NODE_RANGE: return range_type(c, node, body, is_question);
    case NODE_UNIT: return unit_type(c, node, body, is_question);
    case NODE_IF_VALUE: return if_type(c, node, body, is_question);
    case NODE_CHANCE:
      want(c, node->chance.chance, body, is_question, VALUE_NUMBER, "a chance");
      if (body && !is_question) return value_type(VALUE_TRUTH);
      diagnostic_add(c->diagnostics, E_PLACE, node->span, "\"chance\" draws anew each time, and stands only in steps");
      return value_type(VALUE_NONE);
    case NODE_CHANCE_OF: case NODE_DATE_OF: case NODE_STAT_OF: return question_type(c, node, body, is_question);
    default: return value_type(VALUE_NONE);
  }
}

static Type type_of(Checker *c, const Node *node, const Body *body, bool is_question) {
  return c->program->types[node->id] = find_type(c, node, body, is_question);
}

// --- Places ---

static void want_time(Checker *c, const Node *node, const Body *body) {
  Type t = type_of(c, node, body, false);
  if (t.kind == TYPE_UNKNOWN || t.kind == TYPE_DAYS_SPREAD || is_value(t, VALUE_DURATION)) return;
  Diagnostic *d = diagnostic_add(c->diagnostics, E_TYPES, node->span, "a length of time was expected here, not %s", type_text(t));
  Text text = source_slice(c->tree->sources, node->span);
  if (is_value(t, VALUE_NUMBER) || t.kind == TYPE_SHARE_SPREAD) diagnostic_hint(c->diagnostics, d, "Write the unit: %.*s days.", TEXT_ARG(text));
  if (is_value(t, VALUE_DATE)) diagnostic_hint(c->diagnostics, d, "Write: wait until %.*s", TEXT_ARG(text));
}

static void type_assign(Checker *c, const Node *node, Body *body) {
  Type t = type_of(c, node->assign.value, body, false);
  ValueType type = t.kind == TYPE_DAYS_SPREAD ? VALUE_DURATION : t.kind == TYPE_VALUE ? t.value : VALUE_NONE;
  if (t.kind == TYPE_SHARE_SPREAD) {
    diagnostic_add(c->diagnostics, E_NOT_RUN, node->assign.value->span, "this version does not run a spread of shares in a variable");
  } else if (type == VALUE_NONE && t.kind != TYPE_UNKNOWN) {
    diagnostic_add(c->diagnostics, E_TYPES, node->assign.value->span, "a variable holds a number, a date, a length of time or a truth, not %s", type_text(t));
  }
  if (type == VALUE_NONE) return;
  if (node->kind == NODE_LET) {
    body->variables.items[c->program->local[node->id]].type = type;
    return;
  }
  const Ref *ref = &c->program->refs[node->assign.target->id];
  if (ref->kind == REF_NONE) return;
  Type target = type_of(c, node->assign.target, body, false);
  if (ref->kind != REF_VARIABLE && ref->kind != REF_LET && !(ref->kind == REF_PARAM && target.kind == TYPE_VALUE)) {
    diagnostic_add(c->diagnostics, E_WRONG_KIND, node->assign.target->span, "only a variable or a parameter with a value can be set");
  } else if (target.kind == TYPE_VALUE && target.value != type) {
    diagnostic_add(c->diagnostics, E_TYPES, node->assign.value->span, "this variable holds %s, not %s", value_type_name(target.value), value_type_name(type));
  }
}

static void type_options(Checker *c, const Option *options, uint32_t n, const Body *body) {
  for (uint32_t i = 0; i < n; i++) {
    if (options[i].kind == OPTION_CHANCE) want(c, options[i].value, body, false, VALUE_NUMBER, "a chance");
  }
}

static void type_arguments(Checker *c, const Node *node, const Body *body) {
  const Ref *ref = &c->program->refs[node->invoke.what->id];
  if (ref->kind != REF_ENTITY) return;
  const Body *callee = &c->program->bodies.items[c->program->entities.items[ref->index].index];
  for (uint32_t i = 0; i < node->invoke.args.n && i < callee->params.n; i++) {
    const ParamInfo *param = &callee->params.items[i];
    if (param->is_entity) type_of(c, node->invoke.args.items[i], body, false);
    else want(c, node->invoke.args.items[i], body, false, param->type, value_type_name(param->type));
  }
}

static void visit_statement(Checker *c, const Node *node, void *context) {
  Body *body = context;
  switch ((int)node->kind) {
    case NODE_WITHIN: want(c, node->limit.limit, body, false, VALUE_DURATION, "a length of time"); return;
    case NODE_UNTIL: want(c, node->limit.limit, body, false, VALUE_DATE, "a date"); return;
    case NODE_WAIT: want_time(c, node->wait.time, body); return;
    case NODE_WAIT_UNTIL: want(c, node->wait.time, body, false, VALUE_DATE, "a date"); return;
    case NODE_DECIDE: case NODE_RULING: type_options(c, node->choice.options, node->choice.n, body); return;
    case NODE_DO: case NODE_MOVE: type_arguments(c, node, body); return;
    case NODE_REQUIRE: want(c, node->require.condition, body, false, VALUE_TRUTH, "a condition"); return;
    case NODE_ATTEMPT:
      want(c, node->attempt.times, body, false, VALUE_NUMBER, "a number");
      if (node->attempt.pausing) want_time(c, node->attempt.pausing, body);
      if (node->attempt.during) want(c, node->attempt.during, body, false, VALUE_TRUTH, "a condition");
      return;
    case NODE_REPEAT: want(c, node->loop.control, body, false, VALUE_NUMBER, "a number"); return;
    case NODE_IF: want(c, node->branch.condition, body, false, VALUE_TRUTH, "a condition"); return;
    case NODE_LET: case NODE_SET: type_assign(c, node, body); return;
    case NODE_ENACT:
      if (node->enact.after) want(c, node->enact.after, body, false, VALUE_DURATION, "a length of time");
      if (node->enact.on) want(c, node->enact.on, body, false, VALUE_DATE, "a date");
      return;
    case NODE_AMEND:
      if (node->amend.chance) want(c, node->amend.chance, body, false, VALUE_NUMBER, "a chance");
      return;
    default: return;
  }
}

static void type_rule(Checker *c, const Rule *rule) {
  if (rule->share) want(c, rule->share, NULL, false, VALUE_NUMBER, "a chance");
  type_options(c, rule->options, rule->n_options, NULL);
}

static void type_chambers(Checker *c) {
  const Program *p = c->program;
  for (uint32_t i = 0; i < p->chambers.n; i++) {
    if (p->chambers.items[i].seats) want(c, p->chambers.items[i].seats, NULL, false, VALUE_NUMBER, "a number of seats");
  }
  for (uint32_t i = 0; i < p->blocs.n; i++) {
    const BlocInfo *bloc = &p->blocs.items[i];
    if (bloc->seats) want(c, bloc->seats, NULL, false, VALUE_NUMBER, "a number of seats");
    const Node *shares[] = {bloc->loyalty, bloc->turnout, bloc->abstain};
    for (int k = 0; k < 3; k++) {
      if (shares[k] && shares[k]->kind != NODE_RANGE && shares[k]->kind != NODE_CALL) want(c, shares[k], NULL, false, VALUE_NUMBER, "a share");
    }
    if (bloc->has_rule) type_rule(c, &bloc->rule);
    for (uint32_t k = 0; k < bloc->on.n; k++) type_rule(c, &bloc->on.items[k].rule);
  }
}

static void type_assume(Checker *c, const Node *value, bool is_belief, ValueType *type) {
  Type t = type_of(c, value, NULL, false);
  if (is_belief) {
    if (t.kind != TYPE_SHARE_SPREAD && t.kind != TYPE_UNKNOWN) {
      Diagnostic *d = diagnostic_add(c->diagnostics, E_TYPES, value->span, "a spread of shares stands behind \"~\", not %s", type_text(t));
      diagnostic_hint(c->diagnostics, d, "Write beta(9, 1), 60%%..90%%, 60%%..75%%..90%% or rate(2, 3), or \"=\" for a fixed value.");
    }
    *type = VALUE_NUMBER;
  } else if (t.kind == TYPE_VALUE) {
    *type = t.value;
  } else if (t.kind != TYPE_UNKNOWN) {
    diagnostic_add(c->diagnostics, E_TYPES, value->span, "an assumption is a value, not %s; a spread stands behind \"~\"", type_text(t));
  }
}

// Assumptions may use each other in any order; a few rounds settle their types, quietly, before the one that reports.
static void type_assumes(Checker *c) {
  Diagnostics *loud = c->diagnostics, *quiet = diagnostics_new(c->arena);
  for (uint32_t round = 0; round <= c->program->assumes.n && round < 16; round++) {
    c->diagnostics = quiet;
    for (uint32_t i = 0; i < c->program->assumes.n; i++) {
      AssumeInfo *info = &c->program->assumes.items[i];
      type_assume(c, info->value, info->is_belief, &info->type);
    }
  }
  c->diagnostics = loud;
  for (uint32_t i = 0; i < c->program->assumes.n; i++) {
    AssumeInfo *info = &c->program->assumes.items[i];
    type_assume(c, info->value, info->is_belief, &info->type);
  }
}

static void type_changes(Checker *c, const Change *changes, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    if (changes[i].input == NO_INDEX) continue;
    Type t = type_of(c, changes[i].value, NULL, false);
    const Input *input = &c->program->inputs.items[changes[i].input];
    if (t.kind == TYPE_UNKNOWN || input->kind == INPUT_THRESHOLD) continue;
    bool is_time = input->kind == INPUT_WAIT || input->kind == INPUT_LIMIT;
    bool fits = changes[i].form == CHANGE_SPREAD ? t.kind == TYPE_SHARE_SPREAD
        : is_time ? t.kind == TYPE_DAYS_SPREAD || is_value(t, VALUE_DURATION) || is_value(t, VALUE_DATE)
        : input->kind == INPUT_ASSUME ? t.kind == TYPE_VALUE : is_value(t, VALUE_NUMBER);
    if (!fits) diagnostic_add(c->diagnostics, E_CHANGE, changes[i].value->span, "%.*s cannot be %s", TEXT_ARG(input->path), type_text(t));
  }
}

static void type_query(Checker *c, const Node *node) {
  const Node *claim = node->query.claim;
  Type t = type_of(c, claim, NULL, true);
  if (t.kind == TYPE_UNKNOWN) return;
  if (node->kind == NODE_ASK) {
    if (is_value(t, VALUE_TRUTH)) {
      Diagnostic *d = diagnostic_add(c->diagnostics, E_EVENT, claim->span, "the chance of this, or its date?");
      diagnostic_hint(c->diagnostics, d, "Write: ask chance of (%.*s)", TEXT_ARG(source_slice(c->tree->sources, claim->span)));
    }
  } else if (!is_value(t, VALUE_TRUTH)) {
    Diagnostic *d = diagnostic_add(c->diagnostics, E_TYPES, claim->span, "an expectation is a comparison, not %s", type_text(t));
    diagnostic_hint(c->diagnostics, d, "Write for instance: expect chance of E >= 50%%");
  }
}

void check_types(Checker *c) {
  Program *p = c->program;
  type_assumes(c);
  for (uint32_t i = 0; i < p->lets.n; i++) {
    Type t = type_of(c, p->lets.items[i].value, NULL, false);
    if (t.kind == TYPE_VALUE) p->lets.items[i].type = t.value;
    if (t.kind == TYPE_DAYS_SPREAD) p->lets.items[i].type = VALUE_DURATION;
  }
  for (uint32_t i = 0; i < p->facts.n; i++) want(c, p->facts.items[i].chance, NULL, false, VALUE_NUMBER, "a chance");
  type_chambers(c);
  for (uint32_t i = 0; i < p->bodies.n; i++) {
    Body *body = &p->bodies.items[i];
    if (body->node && body->node->kind == NODE_MOTION) {
      const MotionNode *motion = &body->node->motion;
      for (uint32_t k = 0; k < motion->n_requires; k++) want(c, motion->requires[k].condition, body, false, VALUE_TRUTH, "a condition");
    }
    check_walk(c, body->block, visit_statement, body);
  }
  for (uint32_t i = 0; i < p->queries.n; i++) type_query(c, p->queries.items[i].node);
  for (uint32_t i = 0; i < p->scenarios.n; i++) type_changes(c, p->scenarios.items[i].changes.items, p->scenarios.items[i].changes.n);
  type_changes(c, p->sets.items, p->sets.n);
}
