// What names mean, over the whole script: statements are walked with the variables in sight. Which
// names of a construct this version does not run are left alone where they mean nothing without it
// (calendars, weights).
#include "lang/check/resolver.h"

static const Want wanted_bill = {KIND(ENTITY_BILL), "a bill", E_WRONG_KIND};
static const Want wanted_thing = {KINDS_THING, "a bill, matter or organization", E_WRONG_KIND};
static const Want wanted_organization = {KIND(ENTITY_ORGANIZATION), "an organization",
                                         E_WRONG_KIND};
static const Want wanted_register = {KIND(ENTITY_REGISTER), "a register", E_WRONG_KIND};
static const Want wanted_voter = {KINDS_VOTER, "a chamber", E_WRONG_KIND};
static const Want wanted_court = {KIND(ENTITY_COURT), "a court", E_WRONG_KIND};
static const Want wanted_decider = {KIND(ENTITY_OFFICE) | KINDS_VOTER, "an office", E_WRONG_KIND};
static const Want wanted_outcome = {KIND(ENTITY_OUTCOME), "an outcome", E_WRONG_KIND};

static void resolve_expression(Checker *c, Scope *scope, const Node *node);

static void resolve_list(Checker *c, Scope *scope, const NodeList *list) {
  for (uint32_t i = 0; i < list->n; i++) resolve_expression(c, scope, list->items[i]);
}

static void resolve_expression(Checker *c, Scope *scope, const Node *node) {
  if (!node) return;
  switch ((int)node->kind) {
    case NODE_PATH: resolve_path(c, scope, node); return;
    case NODE_IS: resolve_is(c, scope, node); return;
    case NODE_BY:
      resolve_expression(c, scope, node->by.event);
      resolve_expression(c, scope, node->by.when);
      return;
    case NODE_CALL: resolve_list(c, scope, &node->call.args); return;
    case NODE_NOT:
    case NODE_NEGATE: resolve_expression(c, scope, node->negation.operand); return;
    case NODE_BINARY:
      resolve_expression(c, scope, node->binary.left);
      resolve_expression(c, scope, node->binary.right);
      return;
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
    case NODE_CHANCE_OF:
    case NODE_DATE_OF:
    case NODE_STAT_OF:
      resolve_expression(c, scope, node->question.event);
      resolve_expression(c, scope, node->question.given);
      return;
    default: return;
  }
}

static void resolve_statement(Checker *c, Scope *scope, const Node *node);

static void show_variable(Checker *c, Scope *scope, Visible visible) {
  bool has_name = visible.name && visible.name <= c->n_names;
  visible.hidden = has_name ? c->innermost[visible.name] : 0;
  vec_push(c->arena, &scope->variables, visible);
  if (has_name) c->innermost[visible.name] = scope->variables.n;
}

// All but the first n.
static void hide_variables(Checker *c, Scope *scope, uint32_t n) {
  while (scope->variables.n > n) {
    Visible *last = &scope->variables.items[--scope->variables.n];
    if (last->name && last->name <= c->n_names) c->innermost[last->name] = last->hidden;
  }
}

// A statement that is no statement of the block around it: a variable that it lets is seen by
// nothing else.
static void resolve_nested(Checker *c, Scope *scope, const Node *node) {
  uint32_t n = scope->variables.n, block = scope->block;
  scope->block = n;
  resolve_statement(c, scope, node);
  hide_variables(c, scope, n);
  scope->block = block;
}

static void resolve_options(Checker *c, Scope *scope, const Option *options, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    if (options[i].kind == OPTION_CHANCE) resolve_expression(c, scope, options[i].value);
    resolve_nested(c, scope, options[i].block);
  }
}

static void resolve_block(Checker *c, Scope *scope, const Node *node) {
  uint32_t n = scope->variables.n, block = scope->block;
  scope->block = n;
  for (uint32_t i = 0; i < node->block.statements.n; i++)
    resolve_statement(c, scope, node->block.statements.items[i]);
  hide_variables(c, scope, n);
  scope->block = block;
}

static void resolve_limit(Checker *c, Scope *scope, const LimitNode *limit) {
  resolve_expression(c, scope, limit->limit);
  resolve_nested(c, scope, limit->block);
  resolve_nested(c, scope, limit->expired);
  resolve_nested(c, scope, limit->otherwise);
}

static void resolve_branch(Checker *c, Scope *scope, const Node *node) {
  if (node->kind == NODE_IF) {
    resolve_expression(c, scope, node->branch.condition);
  } else {
    resolve_nested(c, scope, node->branch.condition);
  }
  resolve_nested(c, scope, node->branch.then);
  resolve_nested(c, scope, node->branch.otherwise);
}

static void resolve_attempt(Checker *c, Scope *scope, const AttemptNode *attempt) {
  resolve_expression(c, scope, attempt->times);
  resolve_expression(c, scope, attempt->pausing);
  resolve_expression(c, scope, attempt->during);
  resolve_nested(c, scope, attempt->block);
  resolve_nested(c, scope, attempt->otherwise);
}

static void resolve_vote(Checker *c, Scope *scope, const VoteNode *vote) {
  resolve_entity(c, scope, vote->chamber, &wanted_voter);
  resolve_entity(c, scope, vote->on, &wanted_thing);
  resolve_nested(c, scope, vote->otherwise);
}

static void resolve_choice(Checker *c, Scope *scope, const Node *node) {
  const ChoiceNode *choice = &node->choice;
  if (choice->who)
    resolve_entity(c, scope, choice->who,
                   node->kind == NODE_RULING ? &wanted_court : &wanted_decider);
  if (choice->on) resolve_entity(c, scope, choice->on, &wanted_thing);
  resolve_options(c, scope, choice->options, choice->n);
}

// The variable of this name that the innermost block has, or NULL.
static const Visible *in_block(const Checker *c, const Scope *scope, NameId name) {
  uint32_t at = name && name <= c->n_names ? c->innermost[name] : 0;
  const Visible *found = at > scope->block ? &scope->variables.items[at - 1] : NULL;
  return found && found->variable != NO_INDEX ? found : NULL;
}

static void resolve_let(Checker *c, Scope *scope, const Node *node) {
  Name name = node->assign.name;
  resolve_expression(c, scope, node->assign.value);
  Visible visible = {.name = name.id, .variable = c->program->local[node->id], .entity = NO_INDEX};
  const Visible *other = in_block(c, scope, name.id);
  visible.first = other ? other->first : visible.variable;
  if (other) {
    Text word = name_of(c, name.id);
    Diagnostic *d = diagnostic_add(c->diagnostics, E_TWICE, name.span,
                                   "there is a variable \"%.*s\" in this block", TEXT_ARG(word));
    diagnostic_also(c->diagnostics, d,
                    c->program->bodies.items[scope->body].variables.items[other->first].name.span,
                    "first here");
    diagnostic_hint(c->diagnostics, d, "To change it, write \"set %.*s = …\".", TEXT_ARG(word));
  }
  show_variable(c, scope, visible);
}

static void resolve_set(Checker *c, Scope *scope, const Node *node) {
  const Node *target = node->assign.target;
  resolve_expression(c, scope, node->assign.value);
  if (target->kind != NODE_PATH) return;
  resolve_path(c, scope, target);
  Ref *ref = &c->program->refs[target->id];
  bool is_value = ref->kind == REF_VARIABLE || ref->kind == REF_LET ||
                  (ref->kind == REF_PARAM &&
                   !c->program->bodies.items[scope->body].params.items[ref->index].is_entity);
  if (ref->kind == REF_NONE || (is_value && ref->field == FIELD_NONE)) return;
  Text text = path_text(c, target, target->path.n);
  Diagnostic *d = diagnostic_add(c->diagnostics, E_WRONG_KIND, target->span,
                                 "\"%.*s\" is not a variable", TEXT_ARG(text));
  diagnostic_hint(c->diagnostics, d,
                  ref->kind == REF_ASSUME || ref->kind == REF_FACT
                      ? "What is assumed is changed by a scenario or by --set, never by a step."
                      : "\"set\" changes a variable that \"let\" made, or a parameter.");
  *ref = (Ref){0};
}

static void resolve_for(Checker *c, Scope *scope, const Node *node) {
  const EachNode *each = &node->each;
  static const Want any = {(1u << ENTITY_KINDS) - 1, "a name", E_WRONG_KIND};
  Visible visible = {.name = each->name.id, .variable = NO_INDEX, .entity = NO_INDEX};
  for (uint32_t i = 0; i < each->over.n; i++) {
    if (!resolve_entity(c, scope, each->over.items[i], &any)) continue;
    const Ref *ref = &c->program->refs[each->over.items[i]->id];
    if (ref->kind == REF_ENTITY) visible.entity = ref->index;
  }
  uint32_t n = scope->variables.n;
  show_variable(c, scope, visible);
  resolve_nested(c, scope, each->block);
  hide_variables(c, scope, n);
}

static void resolve_tracks(Checker *c, Scope *scope, const TracksNode *tracks) {
  for (uint32_t i = 0; i < tracks->n; i++) resolve_nested(c, scope, tracks->tracks[i].block);
  resolve_nested(c, scope, tracks->otherwise);
}

static void resolve_end(Checker *c, Scope *scope, const Node *node) {
  if (!resolve_entity(c, scope, node->end.outcome, &wanted_outcome)) return;
  EntityId id = c->program->refs[node->end.outcome->id].index;
  if (id != c->program->outcomes.items[c->program->outcome_undecided]) return;
  Diagnostic *d =
      diagnostic_add(c->diagnostics, E_PLACE, node->span,
                     "a case is undecided where its last day finds it, it cannot end so");
  diagnostic_hint(c->diagnostics, d, "Declare an outcome for this and end with it.");
}

static void resolve_enact(Checker *c, Scope *scope, const EnactNode *enact) {
  resolve_entity(c, scope, enact->bill, &wanted_bill);
  resolve_expression(c, scope, enact->after);
  resolve_expression(c, scope, enact->on);
}

static void resolve_listing(Checker *c, Scope *scope, const ListingNode *listing) {
  resolve_entity(c, scope, listing->organization, &wanted_organization);
  resolve_entity(c, scope, listing->reg, &wanted_register);
}

static void resolve_call(Checker *c, Scope *scope, const Node *node) {
  resolve_invoke(c, scope, node, resolve_expression);
  resolve_nested(c, scope, node->invoke.otherwise);
}

static void resolve_statement(Checker *c, Scope *scope, const Node *node) {
  if (!node) return;
  switch ((int)node->kind) {
    case NODE_BLOCK: resolve_block(c, scope, node); return;
    case NODE_STAGE:
      resolve_nested(c, scope, node->stage.block);
      resolve_nested(c, scope, node->stage.otherwise);
      return;
    case NODE_WITHIN:
    case NODE_UNTIL: resolve_limit(c, scope, &node->limit); return;
    case NODE_WAIT:
    case NODE_WAIT_UNTIL: resolve_expression(c, scope, node->wait.time); return;
    case NODE_WAIT_SITTING: resolve_entity(c, scope, node->wait.time, &wanted_voter); return;
    case NODE_VOTE: resolve_vote(c, scope, &node->vote); return;
    case NODE_DECIDE:
    case NODE_RULING: resolve_choice(c, scope, node); return;
    case NODE_DO:
    case NODE_MOVE: resolve_call(c, scope, node); return;
    case NODE_REQUIRE:
      resolve_expression(c, scope, node->require.condition);
      resolve_nested(c, scope, node->require.otherwise);
      return;
    case NODE_END: resolve_end(c, scope, node); return;
    case NODE_ATTEMPT: resolve_attempt(c, scope, &node->attempt); return;
    case NODE_REPEAT:
    case NODE_WHILE:
      resolve_expression(c, scope, node->loop.control);
      resolve_nested(c, scope, node->loop.block);
      return;
    case NODE_FOR: resolve_for(c, scope, node); return;
    case NODE_IF:
    case NODE_IF_TRIAL: resolve_branch(c, scope, node); return;
    case NODE_LET: resolve_let(c, scope, node); return;
    case NODE_SET: resolve_set(c, scope, node); return;
    case NODE_ENACT: resolve_enact(c, scope, &node->enact); return;
    case NODE_AMEND:
      resolve_entity(c, scope, node->amend.thing, &wanted_thing);
      resolve_expression(c, scope, node->amend.chance);
      return;
    case NODE_LIST:
    case NODE_DELIST: resolve_listing(c, scope, &node->listing); return;
    case NODE_REPEAL: resolve_entity(c, scope, node->repeal.bill, &wanted_bill); return;
    case NODE_TOGETHER:
    case NODE_RACE: resolve_tracks(c, scope, &node->tracks); return;
  }
}

static void resolve_rule(Checker *c, Scope *scope, const Rule *rule) {
  resolve_expression(c, scope, rule->share);
  resolve_options(c, scope, rule->options, rule->n_options);
}

static void resolve_chambers(Checker *c, Scope *scope) {
  for (uint32_t i = 0; i < c->program->chambers.n; i++)
    resolve_expression(c, scope, c->program->chambers.items[i].seats);
  for (uint32_t i = 0; i < c->program->blocs.n; i++) {
    const BlocInfo *bloc = &c->program->blocs.items[i];
    resolve_expression(c, scope, bloc->seats);
    resolve_expression(c, scope, bloc->loyalty);
    resolve_expression(c, scope, bloc->turnout);
    resolve_expression(c, scope, bloc->abstain);
    if (bloc->has_rule) resolve_rule(c, scope, &bloc->rule);
    for (uint32_t k = 0; k < bloc->on.n; k++) resolve_rule(c, scope, &bloc->on.items[k].rule);
  }
}

// `line on X` names its thing in the properties of the bloc; the rules stand in the same order.
static void resolve_bloc_things(Checker *c, Scope *scope, const PropList *props, BlocInfo *bloc) {
  uint32_t n_on = 0;
  for (uint32_t i = 0; i < props->n; i++) {
    const Prop *prop = &props->items[i];
    if (!prop->name || (prop->kind != PROP_LINE && prop->kind != PROP_FREE)) continue;
    if (resolve_entity(c, scope, prop->name, &wanted_thing))
      bloc->on.items[n_on].thing = c->program->refs[prop->name->id].index;
    n_on++;
  }
}

static void resolve_listings(Checker *c, Scope *scope, const PropList *props, RegisterInfo *reg) {
  for (uint32_t i = 0; i < props->n; i++) {
    const Prop *prop = &props->items[i];
    if (prop->kind != PROP_LISTS) continue;
    resolve_expression(c, scope, prop->value);
    if (!resolve_entity(c, scope, prop->name, &wanted_organization)) continue;
    Listing listing = {c->program->refs[prop->name->id].index, DATE_NONE, prop->span};
    Value since;
    if (check_constant(c->program, prop->value, &since) && since.type == VALUE_DATE)
      listing.since = since.date;
    vec_push(c->arena, &reg->listings, listing);
  }
}

static void resolve_properties(Checker *c, Scope *scope) {
  for (uint32_t i = 0; i < c->program->entities.n; i++) {
    const Entity *entity = &c->program->entities.items[i];
    if (!entity->node || entity->node->kind != NODE_DECLARE) continue;
    const PropList *props = &entity->node->declare.props;
    if (entity->kind == ENTITY_REGISTER)
      resolve_listings(c, scope, props, &c->program->registers.items[entity->index]);
    if (!(KINDS_VOTER & KIND(entity->kind))) continue;
    uint32_t bloc = c->program->chambers.items[entity->index].first_bloc;
    for (uint32_t k = 0; k < props->n; k++) {
      if (props->items[k].kind != PROP_BLOC) continue;
      resolve_bloc_things(c, scope, &props->items[k].bloc->props, &c->program->blocs.items[bloc++]);
    }
  }
}

static void resolve_items(Checker *c, Scope *scope, const NodeList *items) {
  for (uint32_t i = 0; i < items->n; i++) {
    const Node *node = items->items[i];
    switch ((int)node->kind) {
      case NODE_ASSUME:
        if (node->assume.kind == ASSUME_VALUE || node->assume.kind == ASSUME_SPREAD)
          resolve_expression(c, scope, node->assume.value);
        break;
      case NODE_FACT:
        resolve_expression(c, scope, node->fact.chance);
        resolve_expression(c, scope, node->fact.from);
        break;
      case NODE_LET_ITEM: resolve_expression(c, scope, node->assign.value); break;
      case NODE_OBSERVE:
      case NODE_OBSERVE_UNTIL:
        resolve_expression(c, scope, node->observe.event);
        resolve_expression(c, scope, node->observe.on);
        resolve_expression(c, scope, node->observe.odds);
        break;
      case NODE_ASK:
      case NODE_EXPECT:
      case NODE_EXPECT_NEVER:
      case NODE_EXPECT_ALWAYS: resolve_expression(c, scope, node->query.claim); break;
      case NODE_SCENARIO: resolve_items(c, scope, &node->scenario.changes); break;
    }
  }
}

static void resolve_body(Checker *c, uint32_t index) {
  const Body *body = &c->program->bodies.items[index];
  Scope scope = {.body = index}, file = {.body = NO_INDEX};
  if (!body->node) return;
  if (body->node->kind == NODE_CASE) {
    resolve_expression(c, &file, body->node->case_item.from);
    resolve_expression(c, &file, body->node->case_item.until);
  }
  if (body->node->kind == NODE_MOTION) {
    const MotionNode *motion = &body->node->motion;
    resolve_motion(c, body);
    for (uint32_t i = 0; i < motion->n_requires; i++)
      resolve_expression(c, &scope, motion->requires[i].condition);
  }
  first_names_start(&c->own_steps);
  for (uint32_t i = 0; i < body->steps.n; i++)
    first_names_add(c, &c->own_steps, body->steps.items[i].name.id, i);
  resolve_statement(c, &scope, body->block);
  hide_variables(c, &scope, 0);
  if (body->node->kind == NODE_MOTION) check_rulings(c, body);
}

void check_resolve(Checker *c) {
  Scope file = {.body = NO_INDEX};
  resolve_chambers(c, &file);
  resolve_properties(c, &file);
  for (uint32_t f = 0; f < c->tree->n_files; f++) resolve_items(c, &file, &c->tree->files[f].items);
  for (uint32_t i = 0; i < c->program->bodies.n; i++) resolve_body(c, i);
}
