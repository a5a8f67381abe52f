// Bodies: what stands in the case, in each procedure and motion, numbered in the order of the text.
#include "lang/check/resolver.h"

typedef struct Count {
  const Node *choice, *vote;
  uint32_t n_choices, n_votes;
} Count;

static void count_direct(Checker *c, const Node *node, void *context) {
  Count *count = context;
  const Node *otherwise = NULL;
  switch ((int)node->kind) {
    case NODE_STAGE: otherwise = node->stage.otherwise; break;
    case NODE_TOGETHER:
    case NODE_RACE: otherwise = node->tracks.otherwise; break;
    case NODE_DO:
    case NODE_MOVE: otherwise = node->invoke.otherwise; break;
    case NODE_VOTE:
      count->n_votes++;
      count->vote = node;
      otherwise = node->vote.otherwise;
      break;
    case NODE_DECIDE:
    case NODE_RULING:
      count->n_choices++;
      count->choice = node;
      check_children(c, node, count_direct, context);
      return;
    default: check_children(c, node, count_direct, context); return;
  }
  if (otherwise) count_direct(c, otherwise, context);
}

uint32_t count_choices(Checker *c, const Node *stage) {
  Count count = {0};
  check_children(c, stage->stage.block, count_direct, &count);
  return count.n_choices;
}

static void add_step(Checker *c, Body *body, Name name, const Node *node) {
  StepInfo step = {.name = name, .node = node};
  uint32_t first = first_names_add(c, &c->firsts, name.id, body->steps.n);
  if (first != NO_INDEX) {
    Text word = name_of(c, name.id);
    Diagnostic *d = diagnostic_add(c->diagnostics, E_TWICE, name.span,
                                   "two steps here are called \"%.*s\"", TEXT_ARG(word));
    diagnostic_also(c->diagnostics, d, body->steps.items[first].name.span, "first here");
    diagnostic_note(c->diagnostics, d, "Stages, tracks and named calls share one space of names.");
  }
  if (node->kind == NODE_STAGE) {
    Count count = {0};
    check_children(c, node->stage.block, count_direct, &count);
    if (count.n_choices == 1) step.choice = count.choice;
    if (count.n_choices == 0 && count.n_votes == 1) step.vote = count.vote;
  }
  if (name.id && name.id <= c->n_names) c->n_steps[name.id]++;
  vec_push(c->arena, &body->steps, step);
}

static void add_local_step(Checker *c, Body *body, Name name, const Node *node) {
  c->program->local[node->id] = body->steps.n;
  add_step(c, body, name, node);
}

static void visit_statement(Checker *c, const Node *node, void *context) {
  Body *body = context;
  if (node->kind == NODE_STAGE) {
    add_local_step(c, body, node->stage.name, node);
  } else if (node->kind == NODE_DO || node->kind == NODE_MOVE) {
    c->program->site[node->id] = body->sites.n;
    vec_push(c->arena, &body->sites, node);
    if (node->invoke.as.id) add_local_step(c, body, node->invoke.as, node);
  } else if (node->kind == NODE_TOGETHER || node->kind == NODE_RACE) {
    for (uint32_t i = 0; i < node->tracks.n; i++)
      add_step(c, body, node->tracks.tracks[i].name, node);
  } else if (node->kind == NODE_LET) {
    VariableInfo variable = {node->assign.name, VALUE_NUMBER, node};
    c->program->local[node->id] = body->variables.n;
    vec_push(c->arena, &body->variables, variable);
  }
}

static void tell_type(Checker *c, Name name, Text type) {
  static const Text kinds[] = {TEXT("number"), TEXT("share"),        TEXT("boolean"),
                               TEXT("date"),   TEXT("duration"),     TEXT("bill"),
                               TEXT("matter"), TEXT("organization"), TEXT("chamber"),
                               TEXT("office"), TEXT("court"),        TEXT("register")};
  Diagnostic *d = diagnostic_add(c->diagnostics, E_UNKNOWN_NAME, name.span,
                                 "no kind of parameter is called \"%.*s\"", TEXT_ARG(type));
  Suggestion near = suggest_nearest(type, kinds, sizeof kinds / sizeof *kinds);
  if (near.word.n) {
    diagnostic_label(c->diagnostics, d, "did you mean \"%.*s\"?", TEXT_ARG(near.word));
    return;
  }
  diagnostic_hint(c->diagnostics, d,
                  "A parameter is a number, share, boolean, date or duration, or a bill, matter, "
                  "organization, chamber, office, court or register.");
}

static void add_params(Checker *c, Body *body, const Param *params, uint32_t n) {
  first_names_start(&c->firsts);
  for (uint32_t i = 0; i < n; i++) {
    ParamInfo info = {
        .name = params[i].name, .is_entity = true, .kind = ENTITY_BILL, .type = VALUE_NUMBER};
    switch (params[i].type) {
      case PARAM_BILL: break;
      case PARAM_MATTER: info.kind = ENTITY_MATTER; break;
      case PARAM_ORGANIZATION: info.kind = ENTITY_ORGANIZATION; break;
      case PARAM_CHAMBER: info.kind = ENTITY_CHAMBER; break;
      case PARAM_OFFICE: info.kind = ENTITY_OFFICE; break;
      case PARAM_COURT: info.kind = ENTITY_COURT; break;
      case PARAM_REGISTER: info.kind = ENTITY_REGISTER; break;
      case PARAM_DATE:
        info.is_entity = false;
        info.type = VALUE_DATE;
        break;
      case PARAM_NAMED: {
        Text type = names_text(c->tree->names, params[i].type_name.id);
        info.is_entity = false;
        if (text_equal(type, TEXT("boolean"))) info.type = VALUE_TRUTH;
        else if (text_equal(type, TEXT("duration"))) info.type = VALUE_DURATION;
        else if (!text_equal(type, TEXT("number")) && !text_equal(type, TEXT("share"))) {
          info.type = VALUE_NONE;
          tell_type(c, params[i].type_name, type);
        }
        break;
      }
    }
    uint32_t first = first_names_add(c, &c->firsts, info.name.id, body->params.n);
    if (first != NO_INDEX) {
      Text word = name_of(c, info.name.id);
      Diagnostic *d = diagnostic_add(c->diagnostics, E_TWICE, info.name.span,
                                     "two parameters are called \"%.*s\"", TEXT_ARG(word));
      diagnostic_also(c->diagnostics, d, body->params.items[first].name.span, "first here");
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
  first_names_start(&c->firsts);
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
    if (entity->kind == ENTITY_PROCEDURE || entity->kind == ENTITY_MOTION)
      add_body(c, i, entity->node);
  }
}
