// Questions and claims. A claim is arithmetic and comparison of questions and constants; a question
// holds an event, which is a condition at the end of a world. `chance of` binds tighter than `and`,
// so a forgotten bracket is told as such.
#include "lang/check/types.h"

static const Type UNKNOWN = {.kind = TYPE_UNKNOWN};
static const Where EVENT = {NULL, SIGHT_EVENT}, CLAIM = {NULL, SIGHT_CLAIM};

static void find_question(Checker *c, const Node *node, void *context) {
  (void)c;
  *(bool *)context |=
      node->kind == NODE_CHANCE_OF || node->kind == NODE_DATE_OF || node->kind == NODE_STAT_OF;
}

static bool has_question(Checker *c, const Node *node) {
  bool is_found = false;
  check_walk(c, node, find_question, &is_found);
  return is_found;
}

static bool is_joined(const Node *node) {
  return node->kind == NODE_BINARY && (node->binary.op == OP_AND || node->binary.op == OP_OR);
}

static bool is_comparison(const Node *node) {
  return node->kind == NODE_BINARY && node->binary.op >= OP_EQ && node->binary.op <= OP_GE;
}

bool type_lacks_brackets(Checker *c, const Node *node) {
  if (!is_joined(node) || has_question(c, node->binary.right)) return false;
  const Node *first = node->binary.left;
  while (is_joined(first) && !has_question(c, first->binary.right)) first = first->binary.left;
  if (first->kind != NODE_CHANCE_OF && first->kind != NODE_DATE_OF) return false;
  const Node *last =
      is_comparison(node->binary.right) ? node->binary.right->binary.left : node->binary.right;
  const Node *inner = first->question.given ? first->question.given : first->question.event;
  const SourceSet *sources = c->tree->sources;
  Text before = source_slice(sources, (Span){first->span.from, inner->span.from});
  Text joined = source_slice(sources, (Span){inner->span.from, last->span.to});
  Text after = source_slice(sources, (Span){last->span.to, node->span.to});
  Diagnostic *d =
      diagnostic_add(c->diagnostics, E_EVENT, node->span, "\"%s\" joins a question and an event",
                     value_op_text(node->binary.op));
  diagnostic_hint(c->diagnostics, d, "Write: %.*s(%.*s)%.*s", TEXT_ARG(before), TEXT_ARG(joined),
                  TEXT_ARG(after));
  return true;
}

// Whether it happens at a moment: not what holds all along, and not that something does not happen.
static bool has_moment(const Checker *c, const Node *event) {
  if (is_joined(event))
    return has_moment(c, event->binary.left) && has_moment(c, event->binary.right);
  if (event->kind == NODE_BY) return has_moment(c, event->by.event);
  if (event->kind == NODE_IS) {
    IsKind kind = c->program->tests[event->id].kind;
    return kind == IS_NONE || (kind != IS_LINE && !event->is.negated);
  }
  const Ref *ref = event->kind == NODE_PATH ? &c->program->refs[event->id] : NULL;
  return ref && (ref->kind == REF_NONE || ref->kind == REF_ENTITY) && ref->field == FIELD_NONE;
}

static void check_moment(Checker *c, const Node *event, bool is_by) {
  // `S is not passed by D` is `not (S is passed by D)`
  if (is_by && event->kind == NODE_IS && c->program->tests[event->id].kind != IS_LINE) return;
  if (has_moment(c, event)) return;
  Diagnostic *d = diagnostic_add(c->diagnostics, E_EVENT, event->span, "this happens at no moment");
  const Ref *ref = event->kind == NODE_PATH ? &c->program->refs[event->id] : NULL;
  if (ref && ref->kind == REF_FACT)
    diagnostic_label(c->diagnostics, d, "a fact is so from the beginning, or never");
  diagnostic_hint(
      c->diagnostics, d,
      "Outcomes, steps, enactments, listings, and these joined with \"and\" or \"or\", have one.");
}

const char *type_date_field(const Checker *c, const Node *event) {
  if (event->kind != NODE_IS || event->is.negated) return NULL;
  switch (c->program->tests[event->id].kind) {
    case IS_PASSED: return "passed";
    case IS_FAILED: return "failed";
    case IS_REACHED: return "reached";
    case IS_ENACTED: return "enacted";
    case IS_IN_FORCE: return "in_force";
    case IS_EXPIRED:
    case IS_INQUORATE:
    case IS_OPTION:
    case IS_LISTED:
    case IS_LINE:
    case IS_NONE: break;
  }
  return NULL;
}

// What "S is passed by D" is in a step: "S.passed <= D".
static void hint_comparison(Checker *c, Diagnostic *d, const Node *node) {
  const Node *event = node->by.event;
  const char *field = type_date_field(c, event);
  if (!field) {
    diagnostic_hint(c->diagnostics, d, "Compare a date here: S.passed <= 2025-03-01.");
    return;
  }
  diagnostic_hint(c->diagnostics, d, "Compare its date: %.*s.%s <= %.*s",
                  TEXT_ARG(source_slice(c->tree->sources, event->is.path->span)), field,
                  TEXT_ARG(source_slice(c->tree->sources, node->by.when->span)));
}

Type type_by(Checker *c, const Node *node, Where where) {
  if (where.sight == SIGHT_CLAIM) return type_claim_path(c, node);
  if (where.sight != SIGHT_EVENT) {
    Diagnostic *d =
        diagnostic_add(c->diagnostics, E_PLACE, node->span, "\"by\" stands only in questions");
    hint_comparison(c, d, node);
    return UNKNOWN;
  }
  Type t = type_want(c, node->by.event, where, VALUE_TRUTH, "an event");
  type_want(c, node->by.when, where, VALUE_DATE, "a date");
  if (t.kind != TYPE_UNKNOWN) check_moment(c, node->by.event, true);
  return t;
}

// `given` binds tighter than a comparison, too.
static bool given_fits(Checker *c, const Node *given) {
  if (!given) return true;
  Type t = type_of(c, given, EVENT);
  if (!type_is(t, VALUE_NUMBER) && !type_is(t, VALUE_DATE))
    return type_expect(c, given, t, VALUE_TRUTH, "an event").kind != TYPE_UNKNOWN;
  Diagnostic *d = diagnostic_add(c->diagnostics, E_TYPES, given->span,
                                 "an event was expected here, not %s", type_text(t));
  diagnostic_hint(c->diagnostics, d, "A comparison stands in brackets: given (%.*s > …)",
                  TEXT_ARG(source_slice(c->tree->sources, given->span)));
  return false;
}

Type type_question(Checker *c, const Node *node, Where where) {
  const char *word = node->kind == NODE_CHANCE_OF ? "chance" : "date";
  if (where.sight != SIGHT_CLAIM) {
    bool is_event = where.sight == SIGHT_EVENT;
    Diagnostic *d = diagnostic_add(c->diagnostics, E_PLACE, node->span,
                                   is_event ? "\"%s of\" does not stand within an event"
                                            : "\"%s of\" stands only in questions",
                                   word);
    if (!is_event)
      diagnostic_hint(c->diagnostics, d, "A step stands in one world and does not see the others.");
    return UNKNOWN;
  }
  Type t = type_want(c, node->question.event, EVENT, VALUE_TRUTH, "an event");
  if (!given_fits(c, node->question.given)) return UNKNOWN;
  if (node->kind == NODE_CHANCE_OF) return type_value(VALUE_NUMBER);
  if (t.kind != TYPE_UNKNOWN) check_moment(c, node->question.event, false);
  return type_value(VALUE_DATE);
}

// A name in a claim is a constant; an event needs its question.
Type type_claim_path(Checker *c, const Node *node) {
  const Program *p = c->program;
  const Ref *ref = node->kind == NODE_PATH ? &p->refs[node->id] : NULL;
  Value value;
  if (ref && ref->kind == REF_ASSUME && !p->assumes.items[ref->index].is_belief &&
      check_constant(p, node, &value)) {
    return type_value(value.type);
  }
  EntityKind kind =
      ref && ref->kind == REF_ENTITY ? p->entities.items[ref->index].kind : ENTITY_KINDS;
  bool is_event =
      !ref || ref->kind == REF_FACT || (kind == ENTITY_OUTCOME && ref->field == FIELD_NONE);
  Text text = source_slice(c->tree->sources, node->span);
  if (is_event) {
    Diagnostic *d =
        diagnostic_add(c->diagnostics, E_EVENT, node->span, "the chance of this, or its date?");
    diagnostic_hint(c->diagnostics, d, "Write: chance of %.*s", TEXT_ARG(text));
  } else {
    Diagnostic *d =
        diagnostic_add(c->diagnostics, E_PLACE, node->span, "this differs from world to world");
    diagnostic_hint(c->diagnostics, d, "Ask for a chance: chance of (%.*s …)", TEXT_ARG(text));
  }
  return UNKNOWN;
}

static bool is_understood(Checker *c, const Node *claim) {
  return type_of(c, claim, EVENT).kind != TYPE_UNKNOWN;
}

// A claim without any question in it: one message for the whole, once its parts make sense.
static void tell_no_question(Checker *c, const Node *node) {
  const Node *claim = node->query.claim;
  if (!is_understood(c, claim)) return;
  Text text = source_slice(c->tree->sources, claim->span);
  bool is_event = type_is(c->program->types[claim->id], VALUE_TRUTH);
  Diagnostic *d = diagnostic_add(
      c->diagnostics, E_EVENT, claim->span,
      is_event ? "the chance of this, or its date?" : "this asks for no chance and no date");
  if (!is_event) return;
  const char *open = claim->kind == NODE_PATH || claim->kind == NODE_IS ? "" : "(";
  const char *shut = *open ? ")" : "";
  if (node->kind == NODE_ASK) {
    diagnostic_hint(c->diagnostics, d, "Write: ask chance of %s%.*s%s", open, TEXT_ARG(text), shut);
  } else {
    diagnostic_hint(c->diagnostics, d,
                    "Write: expect always %s%.*s%s, or: expect chance of %s%.*s%s >= 50%%", open,
                    TEXT_ARG(text), shut, open, TEXT_ARG(text), shut);
  }
}

void type_query(Checker *c, const Node *node) {
  const Node *claim = node->query.claim;
  if (node->kind == NODE_EXPECT_NEVER || node->kind == NODE_EXPECT_ALWAYS) {
    type_want(c, claim, EVENT, VALUE_TRUTH, "a condition");
    return;
  }
  if (!has_question(c, claim)) {
    tell_no_question(c, node);
    return;
  }
  Type t = type_of(c, claim, CLAIM);
  if (t.kind == TYPE_UNKNOWN) return;
  Text text = source_slice(c->tree->sources, claim->span);
  if (node->kind == NODE_ASK && type_is(t, VALUE_TRUTH)) {
    Diagnostic *d =
        diagnostic_add(c->diagnostics, E_TYPES, claim->span, "a comparison is expected, not asked");
    diagnostic_hint(c->diagnostics, d, "Write: expect %.*s", TEXT_ARG(text));
  } else if (node->kind == NODE_EXPECT && !type_is(t, VALUE_TRUTH)) {
    Diagnostic *d = diagnostic_add(c->diagnostics, E_TYPES, claim->span,
                                   "an expectation is a comparison, not %s", type_text(t));
    bool is_chance = type_is(t, VALUE_NUMBER);
    diagnostic_hint(c->diagnostics, d,
                    is_chance ? "Write: expect %.*s >= 50%%" : "Write: expect %.*s <= 2025-03-01",
                    TEXT_ARG(text));
  }
}
