// Calls of procedures and motions: the callee's acts stand where it is called, with columns of their own.
#include "runtime/plan/planner.h"

static void plan_arguments(Planner *p, Act *act, uint32_t callee, const Where *where) {
  const Call *call = &p->program->calls.items[callee];
  const Body *body = &p->program->bodies.items[call->body];
  act->invoke.args = ARENA_ARRAY(p->arena, Term *, body->params.n + 1);
  act->invoke.columns = ARENA_ARRAY(p->arena, uint32_t, body->params.n + 1);
  for (uint32_t i = 0; i < body->params.n; i++) {
    if (body->params.items[i].is_entity) continue;
    act->invoke.args[act->invoke.n_args] = term_of(p, where->call, call->args[i].value);
    act->invoke.columns[act->invoke.n_args++] = column_param(p, callee, i);
  }
}

static bool is_named(const Planner *p, const NodeList *list, EntityId id) {
  for (uint32_t i = 0; i < list->n; i++) {
    if (program_entity_at(p->program, 0, list->items[i]) == id) return true;
  }
  return list->n == 0;
}

static void plan_motion(Planner *p, Act *act, uint32_t callee, const Where *where) {
  const Node *site = act->node;
  const MotionNode *motion =
      &p->program->bodies.items[p->program->calls.items[callee].body].node->motion;
  Text name = motion->title.has_text ? motion->title.text
                                     : names_text(p->program->tree->names, motion->name.id);
  if (site->invoke.by &&
      !is_named(p, &motion->by, program_entity_at(p->program, where->call, site->invoke.by))) {
    act->invoke.standing = reason_add(
        p, site->span,
        text_format(p->arena, "%.*s: the mover may not make this motion", TEXT_ARG(name)));
  }
  act->invoke.n_requires = motion->n_requires;
  act->invoke.requires = ARENA_ARRAY(p->arena, Term *, motion->n_requires + 1);
  act->invoke.reasons = ARENA_ARRAY(p->arena, uint32_t, motion->n_requires + 1);
  for (uint32_t i = 0; i < motion->n_requires; i++) {
    const Requirement *r = &motion->requires[i];
    act->invoke.requires[i] = term_of(p, callee, r->condition);
    Text why =
        r->title.has_text
            ? r->title.text
            : text_format(p->arena, "%.*s is out of order: not %.*s", TEXT_ARG(name),
                          TEXT_ARG(source_slice(p->program->tree->sources, r->condition->span)));
    act->invoke.reasons[i] = reason_add(p, r->condition->span, why);
  }
}

// Where the acts of a call stand. Calls are numbered by name, so that calls of something else move no draw.
static PathLabel label_of_call(Planner *p, const Where *where, NameId called) {
  uint32_t ordinal = 1;
  for (uint32_t i = 0; i < where->label->calls.n; i++)
    ordinal += where->label->calls.items[i] == called;
  vec_push(p->arena, &where->label->calls, called);
  Text name = names_text(p->program->tree->names, called);
  return (PathLabel){
      .path = text_format(p->arena, "%s/%.*s %u", where->label->path, TEXT_ARG(name), ordinal).at};
}

Act *act_call(Planner *p, const Where *where, const Node *node) {
  Act *act = act_new(p, where, ACT_CALL, node);
  const Call *caller = &p->program->calls.items[where->call];
  uint32_t callee = caller->children[p->program->site[node->id]];
  const Call *call = &p->program->calls.items[callee];
  const Body *body = &p->program->bodies.items[call->body];
  act->invoke.standing = NO_INDEX;
  if (p->program->local[node->id] != NO_INDEX) {
    act->step = caller->first_step + p->program->local[node->id];
    p->plan->records[act->step].is_in_loop = where->is_in_loop;
  }
  plan_arguments(p, act, callee, where);
  NameId called =
      node->invoke.as.id ? node->invoke.as.id : program_entity(p->program, body->entity)->name.id;
  PathLabel label = label_of_call(p, where, called);
  p->label = &label;
  if (node->kind == NODE_MOVE) plan_motion(p, act, callee, where);
  Where inside = {.call = callee,
                  .step = act->step != NO_INDEX ? act->step : where->step,
                  .stage = where->stage,
                  .label = &label,
                  .is_in_loop = where->is_in_loop};
  act->body = act_block(p, &inside, body->block);
  p->label = where->label;
  act->otherwise = node->invoke.otherwise ? act_of(p, where, node->invoke.otherwise) : NULL;
  return act;
}
