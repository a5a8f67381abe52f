// What names mean. Statements are walked with the variables in sight; a name that can only be a step elsewhere waits until
// all calls are known.
#include "lang/check/resolver.h"

#define KIND(kind) (1u << (kind))
#define THINGS (KIND(ENTITY_BILL) | KIND(ENTITY_MATTER) | KIND(ENTITY_ORGANIZATION))

Text name_of(const Checker *c, NameId id) { return names_text(c->tree->names, id); }

const char *kind_text(EntityKind kind) {
  static const char *const texts[ENTITY_KINDS] = {
      "an outcome", "an organization", "a register", "a bill", "a matter", "an office", "a court", "a chamber",
      "a procedure", "a motion", "an assumption", "a fact", "a variable", "a scenario"};
  return texts[kind];
}

static const char *kind_word(EntityKind kind) { return strchr(kind_text(kind), ' ') + 1; }

void suggest_name(Checker *c, Diagnostic *d, Text word, uint32_t kinds) {
  uint32_t n = c->program->entities.n, n_words = 0;
  Text *words = ARENA_ARRAY(c->arena, Text, n + 1);
  EntityId *ids = ARENA_ARRAY(c->arena, EntityId, n + 1);
  for (uint32_t i = 0; i < n; i++) {
    const Entity *entity = &c->program->entities.items[i];
    if (kinds && !(kinds & KIND(entity->kind))) continue;
    ids[n_words] = i;
    words[n_words++] = name_of(c, entity->name.id);
  }
  Suggestion near = suggest_nearest(word, words, n_words);
  if (!near.word.n) return;
  const Entity *entity = &c->program->entities.items[ids[near.index]];
  if (!entity->node) diagnostic_label(c->diagnostics, d, "did you mean \"%.*s\"?", TEXT_ARG(near.word));
  else diagnostic_label(c->diagnostics, d, "did you mean \"%.*s\" (line %u)?", TEXT_ARG(near.word),
                        source_place(c->tree->sources, entity->name.span.from).line);
}

static EntityKind first_kind(uint32_t kinds) {
  EntityKind kind = ENTITY_OUTCOME;
  while (!(kinds & KIND(kind))) kind++;
  return kind;
}

static void wrong_kind(Checker *c, const Node *path, EntityKind is, uint32_t kinds, EntityId entity) {
  Text word = name_of(c, path->path.parts[0].id);
  Diagnostic *d = diagnostic_add(c->diagnostics, E_WRONG_KIND, path->span, "\"%.*s\" is %s, not %s", TEXT_ARG(word),
                                 kind_text(is), kind_text(first_kind(kinds)));
  if (entity != NO_INDEX && c->program->entities.items[entity].node) {
    diagnostic_also(c->diagnostics, d, c->program->entities.items[entity].name.span, "declared here");
  }
}

static void unknown_bloc_or_name(Checker *c, const Node *path, uint32_t kinds) {
  Text word = name_of(c, path->path.parts[0].id);
  for (uint32_t i = 0; i < c->program->blocs.n; i++) {
    const BlocInfo *bloc = &c->program->blocs.items[i];
    if (bloc->name.id != path->path.parts[0].id) continue;
    const Entity *chamber = &c->program->entities.items[c->program->chambers.items[bloc->chamber].entity];
    Diagnostic *d = diagnostic_add(c->diagnostics, E_WRONG_KIND, path->span, "\"%.*s\" is a bloc of \"%.*s\", not %s", TEXT_ARG(word),
                                   TEXT_ARG(name_of(c, chamber->name.id)), kind_text(kinds ? first_kind(kinds) : ENTITY_CHAMBER));
    diagnostic_also(c->diagnostics, d, bloc->name.span, "the bloc");
    return;
  }
  Diagnostic *d = kinds
      ? diagnostic_add(c->diagnostics, E_UNKNOWN_NAME, path->span, "no %s is called \"%.*s\"", kind_word(first_kind(kinds)), TEXT_ARG(word))
      : diagnostic_add(c->diagnostics, E_UNKNOWN_NAME, path->span, "nothing is called \"%.*s\"", TEXT_ARG(word));
  suggest_name(c, d, word, kinds);
}

static const ParamInfo *find_param(const Checker *c, const Scope *scope, NameId name, uint32_t *index) {
  if (scope->body == NO_INDEX) return NULL;
  const Body *body = &c->program->bodies.items[scope->body];
  for (uint32_t i = 0; i < body->params.n; i++) {
    if (body->params.items[i].name.id != name) continue;
    *index = i;
    return &body->params.items[i];
  }
  return NULL;
}

static bool fits(EntityKind kind, uint32_t kinds) { return (kinds & KIND(kind)) != 0; }

// A name that must be an entity of one of some kinds.
static void resolve_entity(Checker *c, Scope *scope, const Node *path, uint32_t kinds) {
  if (!path || path->kind != NODE_PATH) return;
  Ref *ref = &c->program->refs[path->id];
  uint32_t index;
  const ParamInfo *param = find_param(c, scope, path->path.parts[0].id, &index);
  if (param) {
    if (param->is_entity && fits(param->kind, kinds)) *ref = (Ref){.kind = REF_PARAM, .index = index};
    else if (param->is_entity) wrong_kind(c, path, param->kind, kinds, NO_INDEX);
    else diagnostic_add(c->diagnostics, E_WRONG_KIND, path->span, "\"%.*s\" is a value, not %s", TEXT_ARG(name_of(c, param->name.id)), kind_text(first_kind(kinds)));
    return;
  }
  EntityId id = c->by_name[path->path.parts[0].id];
  if (id == NO_INDEX) {
    unknown_bloc_or_name(c, path, kinds);
  } else if (!fits(c->program->entities.items[id].kind, kinds)) {
    wrong_kind(c, path, c->program->entities.items[id].kind, kinds, id);
  } else if (path->path.n > 1) {
    diagnostic_add(c->diagnostics, E_UNKNOWN_NAME, path->span, "%s has no part that could stand here", kind_text(c->program->entities.items[id].kind));
  } else {
    *ref = (Ref){.kind = REF_ENTITY, .index = id};
  }
}

static Field field_of(const Checker *c, NameId id) {
  static const char *const words[] = {"", "passed", "failed", "reached", "enacted", "in_force", "repealed"};
  Text text = name_of(c, id);
  for (int i = 1; i < 7; i++) {
    if (text_equal(text, text_of(words[i]))) return (Field)i;
  }
  return FIELD_NONE;
}

static bool resolve_line(Checker *c, Scope *scope, const Node *path, EntityId chamber) {
  if (path->path.n != 3) return false;
  const ChamberInfo *info = &c->program->chambers.items[c->program->entities.items[chamber].index];
  for (uint32_t i = 0; i < info->n_blocs; i++) {
    if (c->program->blocs.items[info->first_bloc + i].name.id != path->path.parts[1].id) continue;
    Ref *ref = &c->program->refs[path->id];
    uint32_t index;
    const ParamInfo *param = find_param(c, scope, path->path.parts[2].id, &index);
    EntityId thing = c->by_name[path->path.parts[2].id];
    if (param && param->is_entity) *ref = (Ref){REF_LINE, FIELD_NONE, info->first_bloc + i, REF_PARAM, index};
    else if (thing != NO_INDEX && fits(c->program->entities.items[thing].kind, THINGS)) *ref = (Ref){REF_LINE, FIELD_NONE, info->first_bloc + i, REF_ENTITY, thing};
    return ref->kind != REF_NONE;
  }
  return false;
}

static bool resolve_value_name(Checker *c, Scope *scope, const Node *path, Ref *ref) {
  NameId name = path->path.parts[0].id;
  uint32_t index;
  for (uint32_t i = scope->variables.n; path->path.n == 1 && i-- > 0;) {
    if (scope->variables.items[i].name != name) continue;
    *ref = (Ref){.kind = REF_VARIABLE, .index = scope->variables.items[i].variable};
    return true;
  }
  const ParamInfo *param = find_param(c, scope, name, &index);
  Field field = path->path.n == 2 ? field_of(c, path->path.parts[1].id) : FIELD_NONE;
  if (param && (path->path.n == 1 || (field >= FIELD_ENACTED && param->is_entity))) {
    *ref = (Ref){.kind = REF_PARAM, .index = index, .field = field};
    return true;
  }
  EntityId id = c->by_name[name];
  if (id == NO_INDEX) return false;
  const Entity *entity = &c->program->entities.items[id];
  if (path->path.n == 2 && field >= FIELD_ENACTED && entity->kind == ENTITY_BILL) {
    *ref = (Ref){.kind = REF_ENTITY, .index = id, .field = field};
    return true;
  }
  if (path->path.n == 3 && (entity->kind == ENTITY_CHAMBER || entity->kind == ENTITY_COURT)) return resolve_line(c, scope, path, id);
  if (path->path.n != 1) return false;
  if (entity->kind == ENTITY_ASSUME) *ref = (Ref){.kind = REF_ASSUME, .index = entity->index};
  else if (entity->kind == ENTITY_FACT) *ref = (Ref){.kind = REF_FACT, .index = entity->index};
  else if (entity->kind == ENTITY_LET) *ref = (Ref){.kind = REF_LET, .index = entity->index};
  else *ref = (Ref){.kind = REF_ENTITY, .index = id};
  return true;
}

static void wait_for_calls(Checker *c, const Node *node, const Scope *scope) {
  Late late = {node, scope->body};
  vec_push(c->arena, &c->late, late);
}

static void resolve_path(Checker *c, Scope *scope, const Node *path) {
  Ref *ref = &c->program->refs[path->id];
  if (!resolve_value_name(c, scope, path, ref)) wait_for_calls(c, path, scope);
}

static void resolve_expression(Checker *c, Scope *scope, const Node *node);

static void resolve_list(Checker *c, Scope *scope, const NodeList *list) {
  for (uint32_t i = 0; i < list->n; i++) resolve_expression(c, scope, list->items[i]);
}

static void resolve_is_node(Checker *c, Scope *scope, const Node *node) {
  if (node->is.pred.reg) resolve_entity(c, scope, node->is.pred.reg, KIND(ENTITY_REGISTER));
  const Node *path = node->is.path;
  Ref *ref = &c->program->refs[path->id];
  bool wants_step = node->is.pred.kind == PRED_PASSED || node->is.pred.kind == PRED_FAILED || node->is.pred.kind == PRED_REACHED;
  if (wants_step || !resolve_value_name(c, scope, path, ref)) wait_for_calls(c, node, scope);
  else if (node->is.pred.kind == PRED_NAME && ref->kind != REF_LINE) wait_for_calls(c, node, scope);
  else resolve_is(c, node, scope->body);
}

static void resolve_expression(Checker *c, Scope *scope, const Node *node) {
  if (!node) return;
  switch ((int)node->kind) {
    case NODE_PATH: resolve_path(c, scope, node); return;
    case NODE_IS: resolve_is_node(c, scope, node); return;
    case NODE_BY: resolve_expression(c, scope, node->by.event); resolve_expression(c, scope, node->by.when); return;
    case NODE_CALL: resolve_list(c, scope, &node->call.args); return;
    case NODE_NOT: case NODE_NEGATE: resolve_expression(c, scope, node->negation.operand); return;
    case NODE_BINARY: resolve_expression(c, scope, node->binary.left); resolve_expression(c, scope, node->binary.right); return;
    case NODE_RANGE:
      resolve_expression(c, scope, node->range.low);
      resolve_expression(c, scope, node->range.mode);
      resolve_expression(c, scope, node->range.high);
      return;
    case NODE_UNIT: resolve_expression(c, scope, node->unit.operand); return;
    case NODE_IF_VALUE:
      resolve_expression(c, scope, node->if_value.condition);
      resolve_expression(c, scope, node->if_value.then);
      resolve_expression(c, scope, node->if_value.otherwise);
      return;
    case NODE_CHANCE: resolve_expression(c, scope, node->chance.chance); return;
    case NODE_CHANCE_OF: case NODE_DATE_OF:
      resolve_expression(c, scope, node->question.event);
      resolve_expression(c, scope, node->question.given);
      return;
    default: return;
  }
}

static void resolve_statement(Checker *c, Scope *scope, const Node *node);

static void resolve_options(Checker *c, Scope *scope, const Option *options, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    if (options[i].kind == OPTION_CHANCE) resolve_expression(c, scope, options[i].value);
    resolve_statement(c, scope, options[i].block);
  }
}

static void resolve_invoke(Checker *c, Scope *scope, const Node *node) {
  resolve_entity(c, scope, node->invoke.what, KIND(node->kind == NODE_DO ? ENTITY_PROCEDURE : ENTITY_MOTION));
  resolve_list(c, scope, &node->invoke.args);
  if (node->invoke.by) resolve_entity(c, scope, node->invoke.by, KIND(ENTITY_OFFICE) | KIND(ENTITY_CHAMBER) | KIND(ENTITY_COURT) | KIND(ENTITY_ORGANIZATION));
  resolve_statement(c, scope, node->invoke.otherwise);
}

static void resolve_block(Checker *c, Scope *scope, const Node *node) {
  uint32_t mark = scope->variables.n;
  for (uint32_t i = 0; i < node->block.statements.n; i++) resolve_statement(c, scope, node->block.statements.items[i]);
  scope->variables.n = mark;
}

static void resolve_branch(Checker *c, Scope *scope, const Node *node) {
  if (node->kind == NODE_IF) resolve_expression(c, scope, node->branch.condition);
  else resolve_statement(c, scope, node->branch.condition);
  resolve_statement(c, scope, node->branch.then);
  resolve_statement(c, scope, node->branch.otherwise);
}

static void resolve_statement(Checker *c, Scope *scope, const Node *node) {
  if (!node) return;
  switch ((int)node->kind) {
    case NODE_BLOCK: resolve_block(c, scope, node); return;
    case NODE_STAGE: resolve_statement(c, scope, node->stage.block); resolve_statement(c, scope, node->stage.otherwise); return;
    case NODE_WITHIN: case NODE_UNTIL:
      resolve_expression(c, scope, node->limit.limit);
      resolve_statement(c, scope, node->limit.block);
      resolve_statement(c, scope, node->limit.expired);
      resolve_statement(c, scope, node->limit.otherwise);
      return;
    case NODE_WAIT: case NODE_WAIT_UNTIL: resolve_expression(c, scope, node->wait.time); return;
    case NODE_VOTE:
      resolve_entity(c, scope, node->vote.chamber, KIND(ENTITY_CHAMBER) | KIND(ENTITY_COURT));
      resolve_entity(c, scope, node->vote.on, THINGS);
      resolve_statement(c, scope, node->vote.otherwise);
      return;
    case NODE_RULING:
      resolve_entity(c, scope, node->choice.who, KIND(ENTITY_COURT));
      resolve_entity(c, scope, node->choice.on, THINGS);
      resolve_options(c, scope, node->choice.options, node->choice.n);
      return;
    case NODE_DECIDE:
      resolve_entity(c, scope, node->choice.who, KIND(ENTITY_OFFICE) | KIND(ENTITY_CHAMBER) | KIND(ENTITY_COURT));
      resolve_entity(c, scope, node->choice.on, THINGS);
      resolve_options(c, scope, node->choice.options, node->choice.n);
      return;
    case NODE_DO: case NODE_MOVE: resolve_invoke(c, scope, node); return;
    case NODE_REQUIRE: resolve_expression(c, scope, node->require.condition); resolve_statement(c, scope, node->require.otherwise); return;
    case NODE_END: resolve_entity(c, scope, node->end.outcome, KIND(ENTITY_OUTCOME)); return;
    case NODE_ATTEMPT:
      resolve_expression(c, scope, node->attempt.times);
      resolve_expression(c, scope, node->attempt.pausing);
      resolve_expression(c, scope, node->attempt.during);
      resolve_statement(c, scope, node->attempt.block);
      resolve_statement(c, scope, node->attempt.otherwise);
      return;
    case NODE_REPEAT: resolve_expression(c, scope, node->loop.control); resolve_statement(c, scope, node->loop.block); return;
    case NODE_IF: case NODE_IF_TRIAL: resolve_branch(c, scope, node); return;
    case NODE_LET: {
      resolve_expression(c, scope, node->assign.value);
      Visible visible = {node->assign.name.id, c->program->local[node->id]};
      vec_push(c->arena, &scope->variables, visible);
      return;
    }
    case NODE_SET: resolve_path(c, scope, node->assign.target); resolve_expression(c, scope, node->assign.value); return;
    case NODE_ENACT:
      resolve_entity(c, scope, node->enact.bill, KIND(ENTITY_BILL));
      resolve_expression(c, scope, node->enact.after);
      resolve_expression(c, scope, node->enact.on);
      return;
    case NODE_AMEND: resolve_entity(c, scope, node->amend.thing, THINGS); resolve_expression(c, scope, node->amend.chance); return;
    case NODE_LIST: case NODE_DELIST:
      resolve_entity(c, scope, node->listing.organization, KIND(ENTITY_ORGANIZATION));
      resolve_entity(c, scope, node->listing.reg, KIND(ENTITY_REGISTER));
      return;
    default: return;  // refused elsewhere
  }
}

static void resolve_motion(Checker *c, Scope *scope, const MotionNode *motion) {
  uint32_t movers = KIND(ENTITY_OFFICE) | KIND(ENTITY_CHAMBER) | KIND(ENTITY_COURT) | KIND(ENTITY_ORGANIZATION);
  for (uint32_t i = 0; i < motion->by.n; i++) resolve_entity(c, scope, motion->by.items[i], movers);
  for (uint32_t i = 0; i < motion->before.n; i++) resolve_entity(c, scope, motion->before.items[i], KIND(ENTITY_COURT) | KIND(ENTITY_CHAMBER));
  for (uint32_t i = 0; i < motion->n_requires; i++) resolve_expression(c, scope, motion->requires[i].condition);
}

static void resolve_rule(Checker *c, Scope *scope, const Rule *rule) {
  resolve_expression(c, scope, rule->share);
  resolve_options(c, scope, rule->options, rule->n_options);
}

static void resolve_chambers(Checker *c, Scope *scope) {
  for (uint32_t i = 0; i < c->program->chambers.n; i++) resolve_expression(c, scope, c->program->chambers.items[i].seats);
  for (uint32_t i = 0; i < c->program->blocs.n; i++) {
    BlocInfo *bloc = &c->program->blocs.items[i];
    resolve_expression(c, scope, bloc->seats);
    resolve_expression(c, scope, bloc->loyalty);
    resolve_expression(c, scope, bloc->turnout);
    resolve_expression(c, scope, bloc->abstain);
    if (bloc->has_rule) resolve_rule(c, scope, &bloc->rule);
    for (uint32_t k = 0; k < bloc->on.n; k++) resolve_rule(c, scope, &bloc->on.items[k].rule);
  }
}

// `line on X` and `lists X since D` name their things in the properties of the declaration.
static void resolve_props(Checker *c, Scope *scope, const PropList *props, BlocInfo *bloc, RegisterInfo *reg) {
  uint32_t n_on = 0;
  for (uint32_t i = 0; i < props->n; i++) {
    const Prop *prop = &props->items[i];
    if (bloc && prop->name && (prop->kind == PROP_LINE || prop->kind == PROP_FREE)) {
      resolve_entity(c, scope, prop->name, THINGS);
      bloc->on.items[n_on++].thing = c->program->refs[prop->name->id].index;
    }
    if (reg && prop->kind == PROP_LISTS) {
      resolve_entity(c, scope, prop->name, KIND(ENTITY_ORGANIZATION));
      resolve_expression(c, scope, prop->value);
      Value since;
      Listing listing = {c->program->refs[prop->name->id].index, DATE_NONE, prop->span};
      if (check_constant(c->program, prop->value, &since) && since.type == VALUE_DATE) listing.since = since.date;
      vec_push(c->arena, &reg->listings, listing);
    }
  }
}

static void resolve_declared_props(Checker *c, Scope *scope) {
  uint32_t bloc = 0;
  for (uint32_t i = 0; i < c->program->entities.n; i++) {
    const Entity *entity = &c->program->entities.items[i];
    if (!entity->node || entity->node->kind != NODE_DECLARE) continue;
    const PropList *props = &entity->node->declare.props;
    if (entity->kind == ENTITY_REGISTER) resolve_props(c, scope, props, NULL, &c->program->registers.items[entity->index]);
    if (entity->kind != ENTITY_CHAMBER && entity->kind != ENTITY_COURT) continue;
    for (uint32_t k = 0; k < props->n; k++) {
      if (props->items[k].kind == PROP_BLOC) resolve_props(c, scope, &props->items[k].bloc->props, &c->program->blocs.items[bloc++], NULL);
    }
  }
}

static void resolve_file_items(Checker *c, Scope *scope, const NodeList *items) {
  for (uint32_t i = 0; i < items->n; i++) {
    const Node *node = items->items[i];
    if (node->kind == NODE_ASSUME) resolve_expression(c, scope, node->assume.kind == ASSUME_NEEDS || node->assume.kind == ASSUME_IS ? NULL : node->assume.value);
    if (node->kind == NODE_FACT) resolve_expression(c, scope, node->fact.chance);
    if (node->kind == NODE_LET_ITEM) resolve_expression(c, scope, node->assign.value);
    if (node->kind == NODE_ASK || node->kind == NODE_EXPECT || node->kind == NODE_EXPECT_NEVER || node->kind == NODE_EXPECT_ALWAYS) {
      resolve_expression(c, scope, node->query.claim);
    }
    if (node->kind == NODE_SCENARIO) resolve_file_items(c, scope, &node->scenario.changes);
  }
}

void check_resolve(Checker *c) {
  Scope file = {.body = NO_INDEX};
  resolve_chambers(c, &file);
  resolve_declared_props(c, &file);
  for (uint32_t f = 0; f < c->tree->n_files; f++) resolve_file_items(c, &file, &c->tree->files[f].items);
  for (uint32_t i = 0; i < c->program->bodies.n; i++) {
    const Body *body = &c->program->bodies.items[i];
    Scope scope = {.body = i};
    if (!body->node) continue;
    if (body->node->kind == NODE_CASE) {
      resolve_expression(c, &file, body->node->case_item.from);
      resolve_expression(c, &file, body->node->case_item.until);
    }
    if (body->node->kind == NODE_MOTION) resolve_motion(c, &scope, &body->node->motion);
    resolve_block(c, &scope, body->block);
  }
}

static uint32_t option_of(const Checker *c, const StepInfo *step, NameId name) {
  if (!step->choice) return NO_INDEX;
  for (uint32_t i = 0; i < step->choice->choice.n; i++) {
    if (step->choice->choice.options[i].label.id == name) return i;
  }
  (void)c;
  return NO_INDEX;
}

static const StepInfo *step_info(const Checker *c, const Ref *ref, uint32_t body) {
  if (ref->kind == REF_OWN_STEP) return &c->program->bodies.items[body].steps.items[ref->index];
  const Step *step = &c->program->steps.items[ref->index];
  return &c->program->bodies.items[c->program->calls.items[step->call].body].steps.items[step->own];
}

static void resolve_named_test(Checker *c, const Node *node, uint32_t body, IsTest *test) {
  const Ref *ref = &c->program->refs[node->is.path->id];
  Text word = name_of(c, node->is.pred.name.id);
  static const char *const lines[] = {"yes", "no", "abstain", "absent"};
  if (ref->kind == REF_LINE) {
    for (uint32_t i = 0; i < 4; i++) {
      if (text_equal(word, text_of(lines[i]))) *test = (IsTest){IS_LINE, i};
    }
    if (test->kind == IS_NONE) diagnostic_add(c->diagnostics, E_UNKNOWN_NAME, node->is.pred.span, "a line is yes, no, abstain or absent, not \"%.*s\"", TEXT_ARG(word));
    return;
  }
  if (ref->kind != REF_STEP && ref->kind != REF_OWN_STEP) {
    diagnostic_add(c->diagnostics, E_WRONG_KIND, node->is.path->span, "only a step or a bloc's line can be \"%.*s\"", TEXT_ARG(word));
    return;
  }
  const StepInfo *step = step_info(c, ref, body);
  uint32_t option = option_of(c, step, node->is.pred.name.id);
  if (option != NO_INDEX) *test = (IsTest){IS_OPTION, option};
  else if (text_equal(word, TEXT("expired"))) *test = (IsTest){IS_EXPIRED, 0};
  else if (text_equal(word, TEXT("inquorate"))) *test = (IsTest){IS_INQUORATE, 0};
  else if (step->choice) {
    Diagnostic *d = diagnostic_add(c->diagnostics, E_UNKNOWN_NAME, node->is.pred.span, "the choice in \"%.*s\" has no option \"%.*s\"",
                                   TEXT_ARG(name_of(c, step->name.id)), TEXT_ARG(word));
    diagnostic_also(c->diagnostics, d, step->choice->span, "its options");
  } else {
    diagnostic_add(c->diagnostics, E_PLACE, node->is.pred.span, "\"%.*s\" has no single choice directly in it, so that it is no option",
                   TEXT_ARG(name_of(c, step->name.id)));
  }
}

void resolve_is(Checker *c, const Node *node, uint32_t body) {
  IsTest *test = &c->program->tests[node->id];
  switch (node->is.pred.kind) {
    case PRED_PASSED: *test = (IsTest){IS_PASSED, 0}; return;
    case PRED_FAILED: *test = (IsTest){IS_FAILED, 0}; return;
    case PRED_REACHED: *test = (IsTest){IS_REACHED, 0}; return;
    case PRED_ENACTED: *test = (IsTest){IS_ENACTED, 0}; return;
    case PRED_IN_FORCE: *test = (IsTest){IS_IN_FORCE, 0}; return;
    case PRED_LISTED: *test = (IsTest){IS_LISTED, 0}; return;
    case PRED_NAME: resolve_named_test(c, node, body, test); return;
  }
}

void resolve_late(Checker *c) {
  for (uint32_t i = 0; i < c->late.n; i++) {
    const Node *node = c->late.items[i].node;
    uint32_t body = c->late.items[i].body;
    const Node *path = node->kind == NODE_IS ? node->is.path : node;
    Ref *ref = &c->program->refs[path->id];
    Field field = node->kind == NODE_PATH && path->path.n > 1 ? field_of(c, path->path.parts[path->path.n - 1].id) : FIELD_NONE;
    bool is_date = field >= FIELD_PASSED && field <= FIELD_REACHED;
    if (node->kind == NODE_PATH && !is_date) {
      unknown_bloc_or_name(c, path, 0);
      continue;
    }
    if (!resolve_step_path(c, path, body, path->path.n - (is_date ? 1 : 0), ref)) continue;
    ref->field = field;
    if (node->kind == NODE_IS) resolve_is(c, node, body);
  }
}
