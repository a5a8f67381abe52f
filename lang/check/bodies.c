// Bodies: what stands in the case, in each procedure and motion, numbered in the order of the text.
#include "lang/check/checker.h"

typedef struct Count { const Node *choice, *vote; uint32_t n_choices, n_votes; } Count;

// Choices and votes directly in a stage: inside limits, branches, loops and options, but not in another stage, track or call.
static void count_direct(const Node *node, Count *count) {
  if (!node) return;
  switch ((int)node->kind) {
    case NODE_BLOCK:
      for (uint32_t i = 0; i < node->block.statements.n; i++) count_direct(node->block.statements.items[i], count);
      return;
    case NODE_WITHIN: case NODE_UNTIL:
      count_direct(node->limit.block, count);
      count_direct(node->limit.expired, count);
      count_direct(node->limit.otherwise, count);
      return;
    case NODE_VOTE:
      count->n_votes++;
      count->vote = node;
      count_direct(node->vote.otherwise, count);
      return;
    case NODE_DECIDE: case NODE_RULING:
      count->n_choices++;
      count->choice = node;
      for (uint32_t i = 0; i < node->choice.n; i++) count_direct(node->choice.options[i].block, count);
      return;
    case NODE_DO: case NODE_MOVE: count_direct(node->invoke.otherwise, count); return;
    case NODE_STAGE: count_direct(node->stage.otherwise, count); return;
    case NODE_REQUIRE: count_direct(node->require.otherwise, count); return;
    case NODE_ATTEMPT:
      count_direct(node->attempt.block, count);
      count_direct(node->attempt.otherwise, count);
      return;
    case NODE_REPEAT: case NODE_WHILE: count_direct(node->loop.block, count); return;
    case NODE_FOR: count_direct(node->each.block, count); return;
    case NODE_IF_TRIAL: count_direct(node->branch.condition, count);  // fall through
    case NODE_IF:
      count_direct(node->branch.then, count);
      count_direct(node->branch.otherwise, count);
      return;
    default: return;
  }
}

static void add_step(Checker *c, Body *body, Name name, const Node *node) {
  StepInfo step = {.name = name, .node = node};
  for (uint32_t i = 0; i < body->steps.n; i++) {
    if (body->steps.items[i].name.id != name.id) continue;
    Diagnostic *d = diagnostic_add(c->diagnostics, E_TWICE, name.span, "two steps here are called \"%.*s\"", TEXT_ARG(names_text(c->tree->names, name.id)));
    diagnostic_also(c->diagnostics, d, body->steps.items[i].name.span, "first here");
    break;
  }
  if (node->kind == NODE_STAGE) {
    Count count = {0};
    count_direct(node->stage.block, &count);
    if (count.n_choices == 1) step.choice = count.choice;
    if (count.n_choices == 0 && count.n_votes == 1) step.vote = count.vote;
  }
  c->program->local[node->id] = body->steps.n;
  vec_push(c->arena, &body->steps, step);
}

static void visit_statement(Checker *c, const Node *node, void *context) {
  Body *body = context;
  if (node->kind == NODE_STAGE) {
    add_step(c, body, node->stage.name, node);
  } else if (node->kind == NODE_DO || node->kind == NODE_MOVE) {
    c->program->site[node->id] = body->sites.n;
    vec_push(c->arena, &body->sites, node);
    if (node->invoke.as.id) add_step(c, body, node->invoke.as, node);
  } else if (node->kind == NODE_LET) {
    VariableInfo variable = {node->assign.name, VALUE_NUMBER, node};
    c->program->local[node->id] = body->variables.n;
    vec_push(c->arena, &body->variables, variable);
  }
}

static void add_params(Checker *c, Body *body, const Param *params, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    ParamInfo info = {.name = params[i].name, .is_entity = true, .kind = ENTITY_BILL, .type = VALUE_NUMBER};
    switch (params[i].type) {
      case PARAM_BILL: break;
      case PARAM_MATTER: info.kind = ENTITY_MATTER; break;
      case PARAM_ORGANIZATION: info.kind = ENTITY_ORGANIZATION; break;
      case PARAM_CHAMBER: info.kind = ENTITY_CHAMBER; break;
      case PARAM_OFFICE: info.kind = ENTITY_OFFICE; break;
      case PARAM_COURT: info.kind = ENTITY_COURT; break;
      case PARAM_REGISTER: info.kind = ENTITY_REGISTER; break;
      case PARAM_DATE: info.is_entity = false; info.type = VALUE_DATE; break;
      case PARAM_NAMED: {
        Text type = names_text(c->tree->names, params[i].type_name.id);
        info.is_entity = false;
        if (text_equal(type, TEXT("boolean"))) info.type = VALUE_TRUTH;
        if (text_equal(type, TEXT("duration"))) info.type = VALUE_DURATION;
        break;
      }
    }
    for (uint32_t k = 0; k < body->params.n; k++) {
      if (body->params.items[k].name.id != info.name.id) continue;
      diagnostic_add(c->diagnostics, E_TWICE, info.name.span, "two parameters have the same name");
    }
    vec_push(c->arena, &body->params, info);
  }
}

static void add_body(Checker *c, EntityId entity, const Node *node) {
  Body body = {.node = node, .entity = entity};
  if (node->kind == NODE_CASE) {
    body.block = node->case_item.block;
  } else if (node->kind == NODE_PROCEDURE) {
    body.block = node->procedure.block;
    add_params(c, &body, node->procedure.params, node->procedure.n_params);
  } else {
    body.block = node->motion.block;
    add_params(c, &body, node->motion.params, node->motion.n_params);
  }
  check_walk(c, body.block, visit_statement, &body);
  if (entity != NO_INDEX) c->program->entities.items[entity].index = c->program->bodies.n;
  vec_push(c->arena, &c->program->bodies, body);
}

void check_bodies(Checker *c) {
  if (c->program->the_case) {
    add_body(c, NO_INDEX, c->program->the_case);
  } else {
    Body none = {.entity = NO_INDEX};
    vec_push(c->arena, &c->program->bodies, none);
  }
  for (uint32_t i = 0; i < c->program->entities.n; i++) {
    const Entity *entity = &c->program->entities.items[i];
    if (entity->kind == ENTITY_PROCEDURE || entity->kind == ENTITY_MOTION) add_body(c, i, entity->node);
  }
}
