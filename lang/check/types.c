// Types of expressions: what goes together and what stands where it cannot.
#include "lang/check/types.h"

Type type_value(ValueType type) {
  return (Type){.kind = type == VALUE_NONE ? TYPE_UNKNOWN : TYPE_VALUE, .value = type};
}

static const Type UNKNOWN = {.kind = TYPE_UNKNOWN};

bool type_is(Type t, ValueType type) {
  return t.kind == TYPE_VALUE && t.value == type;
}

const char *type_text(Type t) {
  switch (t.kind) {
    case TYPE_VALUE: return t.value == VALUE_TRUTH ? "a condition" : value_type_name(t.value);
    case TYPE_ENTITY: return kind_text(t.entity);
    case TYPE_DAYS_SPREAD: return "a spread of days";
    case TYPE_SHARE_SPREAD: return "a spread of shares";
    case TYPE_TEXT: return "a text";
    case TYPE_STEP: return "a step";
    case TYPE_LINE: return "a line";
    case TYPE_UNKNOWN: break;
  }
  return "unknown";
}

static bool is_plain_number(const Node *node) {
  return node->kind == NODE_NUMBER && !node->number.is_percent;
}

// What was meant, where that is plain.
static void hint_mixed(Checker *c, Diagnostic *d, const Node *node, Type a, Type b, Where where) {
  const Node *left = node->binary.left, *right = node->binary.right;
  ValueOp op = node->binary.op;
  Text before = source_slice(c->tree->sources, left->span),
       behind = source_slice(c->tree->sources, right->span);
  bool is_compared = op >= OP_EQ && op <= OP_GE;
  bool lacks_unit = type_is(a, VALUE_DURATION) || (type_is(a, VALUE_DATE) && !is_compared);
  bool is_event = (where.sight == SIGHT_EVENT || where.sight == SIGHT_CLAIM) && is_compared &&
                  (left->kind == NODE_PATH || left->kind == NODE_IS || left->kind == NODE_BY);
  bool is_range = op == OP_SUB && type_is(a, VALUE_NUMBER) && type_is(b, VALUE_DURATION);
  if (lacks_unit && type_is(b, VALUE_NUMBER) && is_plain_number(right)) {
    diagnostic_hint(c->diagnostics, d, "Write the unit: %.*s days.", TEXT_ARG(behind));
  } else if (op == OP_ADD && type_is(a, VALUE_DATE) && type_is(b, VALUE_DATE)) {
    diagnostic_hint(c->diagnostics, d, "A length of time can be added to a date: %.*s + 10 days.",
                    TEXT_ARG(before));
  } else if (is_range && is_plain_number(left) && right->kind == NODE_UNIT) {
    diagnostic_hint(c->diagnostics, d, "A range is written with two dots: %.*s..%.*s",
                    TEXT_ARG(before), TEXT_ARG(behind));
  } else if (is_compared && type_is(a, VALUE_DATE) && type_is(b, VALUE_NUMBER)) {
    diagnostic_hint(c->diagnostics, d, "Write year-month-day, as in 2025-02-28.");
  } else if (is_event && type_is(a, VALUE_TRUTH) && type_is(b, VALUE_NUMBER)) {
    diagnostic_hint(c->diagnostics, d, "Write: chance of %.*s",
                    TEXT_ARG(source_slice(c->tree->sources, node->span)));
  }
}

static Type mixed(Checker *c, const Node *node, Type a, Type b, Where where) {
  Diagnostic *d = diagnostic_add(c->diagnostics, E_TYPES, node->binary.op_span,
                                 "\"%s\" does not go between %s and %s",
                                 value_op_text(node->binary.op), type_text(a), type_text(b));
  diagnostic_also(c->diagnostics, d, node->binary.left->span, "%s", type_text(a));
  diagnostic_also(c->diagnostics, d, node->binary.right->span, "%s", type_text(b));
  hint_mixed(c, d, node, a, b, where);
  return UNKNOWN;
}

static Type binary_type(Checker *c, const Node *node, Where where) {
  if (type_lacks_brackets(c, node)) return UNKNOWN;
  Type a = type_of(c, node->binary.left, where), b = type_of(c, node->binary.right, where);
  if (a.kind == TYPE_UNKNOWN || b.kind == TYPE_UNKNOWN || node->binary.op == OP_IN) return UNKNOWN;
  bool are_values = a.kind == TYPE_VALUE && b.kind == TYPE_VALUE;
  ValueType type = are_values ? value_binary_type(node->binary.op, a.value, b.value) : VALUE_NONE;
  return type == VALUE_NONE ? mixed(c, node, a, b, where) : type_value(type);
}

static Type entity_type(Checker *c, const Node *node, EntityKind kind, Where where) {
  if (kind != ENTITY_OUTCOME) return (Type){.kind = TYPE_ENTITY, .entity = kind};
  if (where.sight == SIGHT_EVENT) return type_value(VALUE_TRUTH);
  Diagnostic *d = diagnostic_add(c->diagnostics, E_PLACE, node->span,
                                 "an outcome is known only at the end of the case");
  diagnostic_hint(c->diagnostics, d, "Ask for a stage (\"S is passed\") here.");
  return UNKNOWN;
}

static Type path_type(Checker *c, const Node *node, Where where) {
  const Program *p = c->program;
  const Ref *ref = &p->refs[node->id];
  if (ref->kind == REF_NONE) return UNKNOWN;
  if (where.sight == SIGHT_CLAIM) return type_claim_path(c, node);
  if (ref->field != FIELD_NONE) return type_value(VALUE_DATE);
  switch (ref->kind) {
    case REF_VARIABLE:
      return where.body ? type_value(where.body->variables.items[ref->index].type) : UNKNOWN;
    case REF_LET: return type_value(p->lets.items[ref->index].type);
    case REF_ASSUME: return type_value(p->assumes.items[ref->index].type);
    case REF_FACT: return type_value(VALUE_TRUTH);
    case REF_PARAM: {
      if (!where.body) return UNKNOWN;
      const ParamInfo *param = &where.body->params.items[ref->index];
      return param->is_entity ? entity_type(c, node, param->kind, where) : type_value(param->type);
    }
    case REF_ENTITY: return entity_type(c, node, p->entities.items[ref->index].kind, where);
    case REF_STEP:
    case REF_OWN_STEP: return (Type){.kind = TYPE_STEP};
    case REF_LINE: return (Type){.kind = TYPE_LINE};
    case REF_NONE: break;
  }
  return UNKNOWN;
}

static Type unit_type(Checker *c, const Node *node, Where where) {
  Type t = type_of(c, node->unit.operand, where);
  if (t.kind == TYPE_UNKNOWN) return t;
  if (type_is(t, VALUE_NUMBER)) return type_value(VALUE_DURATION);
  diagnostic_add(c->diagnostics, E_TYPES, node->unit.operand->span,
                 "a number was expected before the unit, not %s", type_text(t));
  return UNKNOWN;
}

// An end of a spread of days: a plain number, which takes the unit of the high end, or one in that
// unit.
static bool end_fits(const Node *end, Type t, Unit unit) {
  if (!end || type_is(t, VALUE_NUMBER)) return true;
  return type_is(t, VALUE_DURATION) && end->kind == NODE_UNIT && end->unit.unit == unit;
}

static Type days_range(Checker *c, const Node *node, Type low, Type mode) {
  const Node *high = node->range.high;
  bool fits = high->kind == NODE_UNIT && end_fits(node->range.low, low, high->unit.unit) &&
              end_fits(node->range.mode, mode, high->unit.unit);
  if (fits) return (Type){.kind = TYPE_DAYS_SPREAD};
  Diagnostic *d = diagnostic_add(c->diagnostics, E_TYPES, node->span,
                                 "the ends of a range of days have one unit");
  diagnostic_hint(c->diagnostics, d, "Write it once, behind the high end: 7..21 days.");
  return UNKNOWN;
}

// `date + 0..10 days`: the range reaches from the whole sum to its high end, which is never meant.
static bool tell_shifted(Checker *c, const Node *node, Where where) {
  const Node *low = node->range.low, *high = node->range.high;
  if (low->kind != NODE_BINARY || high->kind != NODE_UNIT) return false;
  if (low->binary.op != OP_ADD && low->binary.op != OP_SUB) return false;
  if (!type_is(type_of(c, low->binary.left, where), VALUE_DATE)) return false;
  Span range = {low->binary.right->span.from, high->span.to};
  Diagnostic *d = diagnostic_add(c->diagnostics, E_TYPES, range,
                                 "a date and a spread of days do not go together");
  diagnostic_also(c->diagnostics, d, low->binary.left->span, "a date");
  Text text = source_slice(c->tree->sources, range);
  diagnostic_hint(c->diagnostics, d,
                  "Draw it first: \"let days_more = %.*s\". Then write \"%s days_more\" here.",
                  TEXT_ARG(text), value_op_text(low->binary.op));
  return true;
}

static Type range_type(Checker *c, const Node *node, Where where) {
  if (tell_shifted(c, node, where)) return UNKNOWN;
  Type high = type_of(c, node->range.high, where), low = type_of(c, node->range.low, where);
  Type mode = node->range.mode ? type_of(c, node->range.mode, where) : low;
  if (high.kind == TYPE_UNKNOWN || low.kind == TYPE_UNKNOWN || mode.kind == TYPE_UNKNOWN)
    return UNKNOWN;
  bool are_numbers = type_is(low, VALUE_NUMBER) && type_is(mode, VALUE_NUMBER);
  bool are_lengths = (type_is(low, VALUE_NUMBER) || type_is(low, VALUE_DURATION)) &&
                     (type_is(mode, VALUE_NUMBER) || type_is(mode, VALUE_DURATION));
  if (type_is(high, VALUE_DURATION) && are_lengths) return days_range(c, node, low, mode);
  if (type_is(high, VALUE_NUMBER) && are_numbers) return (Type){.kind = TYPE_SHARE_SPREAD};
  Diagnostic *d =
      diagnostic_add(c->diagnostics, E_TYPES, node->span, "a range does not go from %s to %s",
                     type_text(low), type_text(high));
  diagnostic_also(c->diagnostics, d, node->range.low->span, "%s", type_text(low));
  diagnostic_also(c->diagnostics, d, node->range.high->span, "%s", type_text(high));
  return UNKNOWN;
}

static Type call_type(Checker *c, const Node *node, Where where) {
  static const char *const refused[] = {"poisson", "normal", "lognormal", "exponential"};
  Text name = name_of(c, node->call.function.id);
  for (int i = 0; i < 4; i++) {
    if (text_equal(name, text_of(refused[i]))) return UNKNOWN;
  }
  if (!text_equal(name, TEXT("beta")) && !text_equal(name, TEXT("rate"))) {
    Candidates *known = candidates_start(c);
    vec_push(c->arena, &known->words, TEXT("beta"));
    vec_push(c->arena, &known->spans, ((Span){0, 0}));
    vec_push(c->arena, &known->words, TEXT("rate"));
    vec_push(c->arena, &known->spans, ((Span){0, 0}));
    report_unknown(c, node->call.function.span, name, "a spread", known);
    return UNKNOWN;
  }
  bool are_right = true;
  for (uint32_t i = 0; i < node->call.args.n; i++) {
    are_right &=
        type_want(c, node->call.args.items[i], where, VALUE_NUMBER, "a number").kind == TYPE_VALUE;
  }
  if (node->call.args.n != 2) {
    Diagnostic *d =
        diagnostic_add(c->diagnostics, E_ARGUMENTS, node->span, "\"%.*s\" takes 2 numbers, not %u",
                       TEXT_ARG(name), node->call.args.n);
    diagnostic_hint(
        c->diagnostics, d,
        text_equal(name, TEXT("rate"))
            ? "Write how many of how many were seen: rate(2, 3)."
            : "Write for instance beta(9, 1), whose mean is 90%%, or a range: 80%%..95%%.");
    return UNKNOWN;
  }
  return are_right ? (Type){.kind = TYPE_SHARE_SPREAD} : UNKNOWN;
}

Type type_want(Checker *c, const Node *node, Where where, ValueType type, const char *what) {
  return type_expect(c, node, type_of(c, node, where), type, what);
}

Type type_expect(Checker *c, const Node *node, Type t, ValueType type, const char *what) {
  if (t.kind == TYPE_UNKNOWN || type_is(t, type)) return t;
  Diagnostic *d = diagnostic_add(c->diagnostics, E_TYPES, node->span,
                                 "%s was expected here, not %s", what, type_text(t));
  Text text = source_slice(c->tree->sources, node->span);
  if (type == VALUE_DURATION && type_is(t, VALUE_NUMBER)) {
    diagnostic_hint(c->diagnostics, d, "Write the unit: %.*s days.", TEXT_ARG(text));
  } else if (type == VALUE_TRUTH && t.kind == TYPE_STEP) {
    diagnostic_hint(c->diagnostics, d, "Write: %.*s is passed", TEXT_ARG(text));
  } else if (type == VALUE_NUMBER && t.kind == TYPE_SHARE_SPREAD) {
    diagnostic_hint(c->diagnostics, d, "Declare an assumption with \"~\" and use its name here.");
  } else if (type == VALUE_NUMBER && type_is(t, VALUE_TRUTH) && !strcmp(what, "a chance")) {
    diagnostic_hint(c->diagnostics, d, "Write for instance: if %.*s then 90%% else 20%%",
                    TEXT_ARG(text));
  } else if (type == VALUE_TRUTH && t.kind == TYPE_ENTITY && t.entity == ENTITY_BILL) {
    diagnostic_hint(c->diagnostics, d, "Write for instance: %.*s is enacted", TEXT_ARG(text));
  } else if (type == VALUE_DATE && type_is(t, VALUE_NUMBER)) {
    diagnostic_hint(c->diagnostics, d, "Write year-month-day, as in 2025-02-28.");
  }
  return UNKNOWN;
}

static bool fits_predicate(const Checker *c, const Ref *ref, const Body *body, EntityKind wanted) {
  if (ref->kind == REF_ENTITY) return c->program->entities.items[ref->index].kind == wanted;
  if (ref->kind != REF_PARAM || !body) return false;
  const ParamInfo *param = &body->params.items[ref->index];
  return param->is_entity && param->kind == wanted;
}

static Type is_type(Checker *c, const Node *node, Where where) {
  IsKind kind = c->program->tests[node->id].kind;
  const Ref *ref = &c->program->refs[node->is.path->id];
  if (kind == IS_NONE || ref->kind == REF_NONE) return UNKNOWN;
  EntityKind wanted = kind == IS_LISTED ? ENTITY_ORGANIZATION : ENTITY_BILL;
  bool is_of_entity = kind == IS_ENACTED || kind == IS_IN_FORCE || kind == IS_LISTED;
  if (is_of_entity && !fits_predicate(c, ref, where.body, wanted)) {
    diagnostic_add(c->diagnostics, E_WRONG_KIND, node->is.path->span, "only %s can be %s",
                   kind_text(wanted),
                   kind == IS_LISTED    ? "listed"
                   : kind == IS_ENACTED ? "enacted"
                                        : "in force");
    return UNKNOWN;
  }
  if (where.sight != SIGHT_CLAIM) return type_value(VALUE_TRUTH);
  return type_claim_path(c, node);
}

static Type if_type(Checker *c, const Node *node, Where where) {
  if (where.sight == SIGHT_CLAIM) {
    diagnostic_add(c->diagnostics, E_PLACE, node->span, "\"if\" does not stand in a question");
    return UNKNOWN;
  }
  type_want(c, node->if_value.condition, where, VALUE_TRUTH, "a condition");
  Type a = type_of(c, node->if_value.then, where), b = type_of(c, node->if_value.otherwise, where);
  if (a.kind == TYPE_UNKNOWN || b.kind == TYPE_UNKNOWN) return UNKNOWN;
  if (a.kind == b.kind && a.kind == TYPE_VALUE && a.value == b.value) return a;
  Diagnostic *d = diagnostic_add(c->diagnostics, E_TYPES, node->span,
                                 "\"then\" gives %s and \"else\" %s", type_text(a), type_text(b));
  diagnostic_also(c->diagnostics, d, node->if_value.then->span, "%s", type_text(a));
  diagnostic_also(c->diagnostics, d, node->if_value.otherwise->span, "%s", type_text(b));
  return UNKNOWN;
}

static Type chance_type(Checker *c, const Node *node, Where where) {
  if (where.sight == SIGHT_STEP || where.sight == SIGHT_LET) {
    type_want(c, node->chance.chance, where, VALUE_NUMBER, "a chance");
    return type_value(VALUE_TRUTH);
  }
  Diagnostic *d = diagnostic_add(c->diagnostics, E_PLACE, node->span,
                                 "\"chance\" draws anew each time, and stands only in steps");
  if (where.sight == SIGHT_FILE) {
    Text chance = source_slice(c->tree->sources, node->chance.chance->span);
    diagnostic_hint(c->diagnostics, d,
                    "What is drawn once is a fact: declare \"fact NAME %.*s\" and write NAME here.",
                    TEXT_ARG(chance));
  }
  return UNKNOWN;
}

static Type today_type(Checker *c, const Node *node, Where where) {
  if (where.sight != SIGHT_CLAIM) return type_value(VALUE_DATE);
  Diagnostic *d = diagnostic_add(c->diagnostics, E_PLACE, node->span,
                                 "a question is asked of all days, so it has no \"today\"");
  diagnostic_hint(c->diagnostics, d, "Write the date, as in 2025-02-28.");
  return UNKNOWN;
}

static Type negative_type(Checker *c, const Node *node, Where where) {
  Type t = type_of(c, node->negation.operand, where);
  if (t.kind == TYPE_UNKNOWN || type_is(t, VALUE_NUMBER) || type_is(t, VALUE_DURATION)) return t;
  diagnostic_add(c->diagnostics, E_TYPES, node->span, "%s has no negative", type_text(t));
  return UNKNOWN;
}

static Type find_type(Checker *c, const Node *node, Where where) {
  switch ((int)node->kind) {
    case NODE_NUMBER: return type_value(VALUE_NUMBER);
    case NODE_DATE: return type_value(VALUE_DATE);
    case NODE_TODAY: return today_type(c, node, where);
    case NODE_TEXT: return (Type){.kind = TYPE_TEXT};
    case NODE_TRUTH: return type_value(VALUE_TRUTH);
    case NODE_PATH: return path_type(c, node, where);
    case NODE_IS: return is_type(c, node, where);
    case NODE_BY: return type_by(c, node, where);
    case NODE_CALL: return call_type(c, node, where);
    case NODE_NOT: return type_want(c, node->negation.operand, where, VALUE_TRUTH, "a condition");
    case NODE_NEGATE: return negative_type(c, node, where);
    case NODE_BINARY: return binary_type(c, node, where);
    case NODE_RANGE: return range_type(c, node, where);
    case NODE_UNIT: return unit_type(c, node, where);
    case NODE_IF_VALUE: return if_type(c, node, where);
    case NODE_CHANCE: return chance_type(c, node, where);
    case NODE_CHANCE_OF:
    case NODE_DATE_OF: return type_question(c, node, where);
    default: return UNKNOWN;  // refused, or not understood by the parser
  }
}

Type type_of(Checker *c, const Node *node, Where where) {
  return c->program->types[node->id] = find_type(c, node, where);
}

void check_types(Checker *c) {
  Program *p = c->program;
  type_declared(c);
  for (uint32_t i = 0; i < p->bodies.n; i++) type_statements(c, &p->bodies.items[i]);
  for (uint32_t i = 0; i < p->queries.n; i++) type_query(c, p->queries.items[i].node);
  type_changed(c);
}
