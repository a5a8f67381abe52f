// Calls: what is called, its arguments against the parameters, and who may do it.
#include "lang/check/resolver.h"

static const Body *body_called(const Checker *c, const Node *invoke) {
  const Ref *ref = &c->program->refs[invoke->invoke.what->id];
  return ref->kind == REF_ENTITY
             ? &c->program->bodies.items[program_entity(c->program, ref->index)->index]
             : NULL;
}

// `do` of a motion or `move` of a procedure: the other word is meant.
static bool report_other_word(Checker *c, const Node *node) {
  const Node *what = node->invoke.what;
  if (what->kind != NODE_PATH || what->path.n != 1) return false;
  EntityId id = lookup_entity(c, what->path.parts[0].id);
  EntityKind other = node->kind == NODE_DO ? ENTITY_MOTION : ENTITY_PROCEDURE;
  if (id == NO_INDEX || program_entity(c->program, id)->kind != other) return false;
  Text name = name_of(c, what->path.parts[0].id);
  Diagnostic *d = diagnostic_add(c->diagnostics, E_WRONG_KIND, what->span, "\"%.*s\" is %s",
                                 TEXT_ARG(name), kind_text(other));
  diagnostic_also(c->diagnostics, d, program_entity(c->program, id)->name.span, "declared here");
  diagnostic_hint(c->diagnostics, d,
                  other == ENTITY_MOTION ? "A motion is moved: \"move %.*s\"."
                                         : "A procedure is done: \"do %.*s\".",
                  TEXT_ARG(name));
  return true;
}

static Want want_of(const ParamInfo *param) {
  uint32_t kinds = KIND(param->kind);
  if (param->kind == ENTITY_MATTER) kinds |= KIND(ENTITY_BILL);
  return (Want){kinds, kind_text(param->kind), E_ARGUMENTS};
}

static void resolve_argument(Checker *c, Scope *scope, const Node *arg, const ParamInfo *param,
                             ResolveExpression *expression) {
  if (!param->is_entity) {
    expression(c, scope, arg);
    return;
  }
  Want want = want_of(param);
  resolve_entity(c, scope, arg, &want);
}

static void report_count(Checker *c, const Node *node, const Body *called) {
  Text name = program_name(c->program, called->entity);
  uint32_t n = called->params.n;
  Diagnostic *d = diagnostic_add(c->diagnostics, E_ARGUMENTS, node->span,
                                 "\"%.*s\" takes %u argument%s, not %u", TEXT_ARG(name), n,
                                 n == 1 ? "" : "s", node->invoke.args.n);
  diagnostic_also(c->diagnostics, d, program_entity(c->program, called->entity)->name.span,
                  "declared here");
}

static void resolve_arguments(Checker *c, Scope *scope, const Node *node, const Body *called,
                              ResolveExpression *expression) {
  // with too many or too few it is not known which parameter each is meant for
  bool are_as_many = called && called->params.n == node->invoke.args.n;
  for (uint32_t i = 0; i < node->invoke.args.n; i++) {
    const Node *arg = node->invoke.args.items[i];
    if (are_as_many) {
      resolve_argument(c, scope, arg, &called->params.items[i], expression);
    } else {
      expression(c, scope, arg);
    }
  }
  if (called && !are_as_many) report_count(c, node, called);
}

static void check_mover(Checker *c, const Node *node, const Body *called) {
  if (node->kind != NODE_MOVE || node->invoke.by || called->node->motion.by.n < 2) return;
  Diagnostic *d = diagnostic_add(c->diagnostics, E_STANDING, node->span,
                                 "several may make this motion: say who does");
  diagnostic_also(c->diagnostics, d, called->node->motion.by.items[0]->span, "who may");
  diagnostic_hint(c->diagnostics, d, "Write \"by\" and the mover's name behind the motion.");
}

void resolve_invoke(Checker *c, Scope *scope, const Node *node, ResolveExpression *expression) {
  static const Want procedure = {KIND(ENTITY_PROCEDURE), "a procedure", E_WRONG_KIND};
  static const Want motion = {KIND(ENTITY_MOTION), "a motion", E_WRONG_KIND};
  static const Want office = {KIND(ENTITY_OFFICE), "an office", E_WRONG_KIND};
  Scope file = {.body =
                    NO_INDEX};  // procedures have no other names, whatever a parameter is called
  if (!report_other_word(c, node))
    resolve_entity(c, &file, node->invoke.what, node->kind == NODE_DO ? &procedure : &motion);
  const Body *called = body_called(c, node);
  resolve_arguments(c, scope, node, called, expression);
  if (node->invoke.by) resolve_entity(c, scope, node->invoke.by, &office);
  if (called) check_mover(c, node, called);
}

static bool is_named(const Checker *c, const NodeList *names, const Ref *ref) {
  for (uint32_t i = 0; i < names->n; i++) {
    const Ref *named = &c->program->refs[names->items[i]->id];
    // one that is unknown has been reported and may have meant anything
    if (named->kind == REF_NONE || (named->kind == ref->kind && named->index == ref->index))
      return true;
  }
  return false;
}

static void visit_ruling(Checker *c, const Node *node, void *context) {
  const MotionNode *motion = context;
  if (node->kind != NODE_RULING || !node->choice.who) return;
  const Ref *ref = &c->program->refs[node->choice.who->id];
  if (ref->kind == REF_NONE || is_named(c, &motion->before, ref)) return;
  Text court = path_text(c, node->choice.who, 1), name = name_of(c, motion->name.id);
  Diagnostic *d =
      diagnostic_add(c->diagnostics, E_STANDING, node->choice.who->span,
                     "the motion \"%.*s\" is not before \"%.*s\"", TEXT_ARG(name), TEXT_ARG(court));
  diagnostic_also(c->diagnostics, d,
                  motion->before.n ? motion->before.items[0]->span : motion->name.span,
                  motion->before.n ? "the court it is before" : "it names no court");
  diagnostic_hint(c->diagnostics, d, "Name the court in the motion: \"before %.*s\".",
                  TEXT_ARG(court));
}

void resolve_motion(Checker *c, const Body *body) {
  static const Want mover = {KIND(ENTITY_OFFICE), "an office", E_WRONG_KIND};
  static const Want court = {KIND(ENTITY_COURT), "a court", E_WRONG_KIND};
  const MotionNode *motion = &body->node->motion;
  Scope file = {.body = NO_INDEX};
  for (uint32_t i = 0; i < motion->by.n; i++) resolve_entity(c, &file, motion->by.items[i], &mover);
  for (uint32_t i = 0; i < motion->before.n; i++)
    resolve_entity(c, &file, motion->before.items[i], &court);
}

void check_rulings(Checker *c, const Body *body) {
  check_walk(c, body->block, visit_ruling, (void *)&body->node->motion);
}
