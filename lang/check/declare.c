// What the files declare: entities and their tables. One space of names for all files of a script.
#include "lang/check/checker.h"

static Text name_text(const Checker *c, NameId id) { return names_text(c->tree->names, id); }

static EntityId entity_add(Checker *c, EntityKind kind, Name name, Title title, const Node *node, uint32_t index) {
  Entity entity = {kind, name, title, node, index};
  EntityId id = c->program->entities.n;
  EntityId *slot = &c->by_name[name.id];
  if (*slot != NO_INDEX) {
    const Entity *first = &c->program->entities.items[*slot];
    Diagnostic *d = diagnostic_add(c->diagnostics, E_TWICE, name.span, "the name \"%.*s\" is used twice", TEXT_ARG(name_text(c, name.id)));
    if (first->node) diagnostic_also(c->diagnostics, d, first->name.span, "first here");
    else diagnostic_note(c->diagnostics, d, "\"%.*s\" is an outcome that every case has.", TEXT_ARG(name_text(c, name.id)));
    diagnostic_hint(c->diagnostics, d, "Give one of them another name.");
  } else {
    *slot = id;
  }
  vec_push(c->arena, &c->program->entities, entity);
  return id;
}

static void add_bloc(Checker *c, ChamberInfo *chamber, const Bloc *bloc) {
  BlocInfo info = {.name = bloc->name, .title = bloc->title, .chamber = c->program->chambers.n};
  info.rule.input = NO_INDEX;
  for (uint32_t i = 0; i < bloc->props.n; i++) {
    const Prop *prop = &bloc->props.items[i];
    switch (prop->kind) {
      case PROP_SEATS: info.seats = prop->value; break;
      case PROP_LOYALTY: info.loyalty = prop->value; break;
      case PROP_TURNOUT: info.turnout = prop->value; break;
      case PROP_ABSTAIN: info.abstain = prop->value; break;
      case PROP_LINE: case PROP_FREE: {
        Rule rule = {prop->kind == PROP_FREE, prop->value, prop->options, prop->n_options, prop->span, NO_INDEX};
        if (prop->name) {
          RuleOn on = {NO_INDEX, rule};
          vec_push(c->arena, &info.on, on);
        } else {
          info.rule = rule;
          info.has_rule = true;
        }
        break;
      }
      case PROP_LISTS: case PROP_BLOC: case PROP_WEIGHT: case PROP_VETO: case PROP_FIRM: case PROP_FOLLOWS: case PROP_QUORUM:
      case PROP_PASSES: case PROP_TIEBREAK: case PROP_SITS: case PROP_WEEKDAYS: case PROP_EXCEPT: case PROP_ALSO: case PROP_EVERY:
        break;
    }
  }
  chamber->n_blocs++;
  vec_push(c->arena, &c->program->blocs, info);
}

static void add_chamber(Checker *c, EntityId entity, const DeclareNode *node) {
  ChamberInfo info = {.entity = entity, .first_bloc = c->program->blocs.n};
  for (uint32_t i = 0; i < node->props.n; i++) {
    const Prop *prop = &node->props.items[i];
    if (prop->kind == PROP_SEATS) info.seats = prop->value;
    if (prop->kind == PROP_QUORUM) info.quorum = prop->value;
    if (prop->kind == PROP_PASSES) info.passes = prop->value;
    if (prop->kind == PROP_BLOC) add_bloc(c, &info, prop->bloc);
  }
  for (uint32_t i = 0; i < info.n_blocs; i++) {
    for (uint32_t k = 0; k < i; k++) {
      const BlocInfo *a = &c->program->blocs.items[info.first_bloc + k], *b = &c->program->blocs.items[info.first_bloc + i];
      if (a->name.id != b->name.id) continue;
      Diagnostic *d = diagnostic_add(c->diagnostics, E_TWICE, b->name.span, "two blocs of one chamber are called \"%.*s\"", TEXT_ARG(name_text(c, b->name.id)));
      diagnostic_also(c->diagnostics, d, a->name.span, "first here");
      break;
    }
  }
  vec_push(c->arena, &c->program->chambers, info);
}

static EntityKind kind_of(DeclareKind kind) {
  switch (kind) {
    case DECLARE_MATTER: return ENTITY_MATTER;
    case DECLARE_OUTCOME: return ENTITY_OUTCOME;
    case DECLARE_ORGANIZATION: return ENTITY_ORGANIZATION;
    case DECLARE_REGISTER: return ENTITY_REGISTER;
    case DECLARE_BILL: return ENTITY_BILL;
    case DECLARE_CHAMBER: return ENTITY_CHAMBER;
    case DECLARE_OFFICE: return ENTITY_OFFICE;
    case DECLARE_COURT: return ENTITY_COURT;
    case DECLARE_CALENDAR: break;
  }
  return ENTITY_KINDS;
}

static void declare_thing(Checker *c, const Node *node) {
  const DeclareNode *declare = &node->declare;
  EntityKind kind = kind_of(declare->kind);
  if (kind == ENTITY_KINDS) return;  // a calendar, which is refused
  Program *p = c->program;
  uint32_t index = kind == ENTITY_OUTCOME ? p->outcomes.n : kind == ENTITY_REGISTER ? p->registers.n
      : kind == ENTITY_CHAMBER || kind == ENTITY_COURT ? p->chambers.n : p->entities.n;
  EntityId id = entity_add(c, kind, declare->name, declare->title, node, index);
  if (kind == ENTITY_OUTCOME) vec_push(c->arena, &p->outcomes, id);
  if (kind == ENTITY_CHAMBER || kind == ENTITY_COURT) add_chamber(c, id, declare);
  if (kind == ENTITY_REGISTER) {
    RegisterInfo info = {.entity = id};
    vec_push(c->arena, &p->registers, info);
  }
}

static void declare_case(Checker *c, const Node *node) {
  if (c->program->the_case) {
    Diagnostic *d = diagnostic_add(c->diagnostics, E_CASES, node->span, "a script has one case, and this is a second one");
    diagnostic_also(c->diagnostics, d, c->program->the_case->span, "the first");
    return;
  }
  c->program->the_case = node;
}

static void declare_assume(Checker *c, const Node *node) {
  const AssumeNode *assume = &node->assume;
  if (assume->path->path.n != 1 || assume->kind == ASSUME_IS || assume->kind == ASSUME_NEEDS) return;
  AssumeInfo info = {.value = assume->value, .is_belief = assume->kind == ASSUME_SPREAD, .input = NO_INDEX, .type = VALUE_NUMBER};
  info.entity = entity_add(c, ENTITY_ASSUME, assume->path->path.parts[0], assume->title, node, c->program->assumes.n);
  vec_push(c->arena, &c->program->assumes, info);
}

static void declare_query(Checker *c, const Node *node, uint32_t scenario) {
  Query query = {node, scenario};
  vec_push(c->arena, &c->program->queries, query);
}

static void declare_scenario(Checker *c, const Node *node) {
  ScenarioInfo info = {.entity = entity_add(c, ENTITY_SCENARIO, node->scenario.name, node->scenario.title, node, c->program->scenarios.n)};
  for (uint32_t i = 0; i < node->scenario.changes.n; i++) {
    const Node *change = node->scenario.changes.items[i];
    if (change->kind != NODE_ASSUME && change->kind != NODE_OBSERVE && change->kind != NODE_OBSERVE_UNTIL && change->kind != NODE_ERROR) {
      declare_query(c, change, c->program->scenarios.n);
    }
  }
  vec_push(c->arena, &c->program->scenarios, info);
}

static void declare_item(Checker *c, const Node *node) {
  Program *p = c->program;
  switch ((int)node->kind) {
    case NODE_CASE: declare_case(c, node); break;
    case NODE_DECLARE: declare_thing(c, node); break;
    case NODE_PROCEDURE: entity_add(c, ENTITY_PROCEDURE, node->procedure.name, node->procedure.title, node, 0); break;
    case NODE_MOTION: entity_add(c, ENTITY_MOTION, node->motion.name, node->motion.title, node, 0); break;
    case NODE_SCENARIO: declare_scenario(c, node); break;
    case NODE_ASSUME: declare_assume(c, node); break;
    case NODE_FACT: {
      FactInfo info = {.chance = node->fact.chance, .input = NO_INDEX};
      info.entity = entity_add(c, ENTITY_FACT, node->fact.name, node->fact.title, node, p->facts.n);
      vec_push(c->arena, &p->facts, info);
      break;
    }
    case NODE_LET_ITEM: {
      LetInfo info = {.value = node->assign.value, .type = VALUE_NUMBER};
      info.entity = entity_add(c, ENTITY_LET, node->assign.name, node->assign.title, node, p->lets.n);
      vec_push(c->arena, &p->lets, info);
      break;
    }
    case NODE_ASK: case NODE_EXPECT: case NODE_EXPECT_NEVER: case NODE_EXPECT_ALWAYS: declare_query(c, node, NO_INDEX); break;
    default: break;
  }
}

static uint32_t declare_builtin(Checker *c, const char *name) {
  Name id = {names_intern(c->tree->names, text_of(name)), {0, 0}};
  uint32_t index = c->program->outcomes.n;
  EntityId entity = c->program->entities.n;
  Entity outcome = {.kind = ENTITY_OUTCOME, .name = id, .index = index};
  vec_push(c->arena, &c->program->entities, outcome);
  vec_push(c->arena, &c->program->outcomes, entity);
  return index;
}

// Interned before the table of names is made, so that it has room for them.
static void reserve_builtins(Checker *c, const char *const *names, int n) {
  for (int i = 0; i < n; i++) names_intern(c->tree->names, text_of(names[i]));
}

static void refuse_builtins(Checker *c, const char *const *names, int n) {
  for (int i = 0; i < n; i++) {
    NameId id = names_find(c->tree->names, text_of(names[i]));
    if (c->by_name[id] == NO_INDEX) continue;
    const Entity *entity = &c->program->entities.items[c->by_name[id]];
    Diagnostic *d = diagnostic_add(c->diagnostics, E_TWICE, entity->name.span, "\"%s\" is an outcome that every case has", names[i]);
    diagnostic_hint(c->diagnostics, d, "Choose another name; \"%s\" is there without being declared.", names[i]);
  }
}

void check_declare(Checker *c) {
  static const char *const builtins[] = {"completion", "failure", "undecided"};
  reserve_builtins(c, builtins, 3);
  uint32_t n = names_count(c->tree->names) + 1;
  c->by_name = ARENA_ARRAY(c->arena, EntityId, n);
  for (uint32_t i = 0; i < n; i++) c->by_name[i] = NO_INDEX;
  for (uint32_t f = 0; f < c->tree->n_files && !check_is_change_file(c, f); f++) {
    const NodeList *items = &c->tree->files[f].items;
    for (uint32_t i = 0; i < items->n; i++) declare_item(c, items->items[i]);
  }
  refuse_builtins(c, builtins, 3);
  c->program->outcome_completion = declare_builtin(c, builtins[0]);
  c->program->outcome_failure = declare_builtin(c, builtins[1]);
  c->program->outcome_undecided = declare_builtin(c, builtins[2]);
  for (int i = 0; i < 3; i++) {
    NameId id = names_find(c->tree->names, text_of(builtins[i]));
    c->by_name[id] = c->program->outcomes.items[c->program->outcome_completion + (uint32_t)i];
  }
  if (c->options.needs_case && !c->program->the_case) {
    Diagnostic *d = diagnostic_add(c->diagnostics, E_CASES, (Span){0, 0}, "this script has no case");
    diagnostic_hint(c->diagnostics, d, "Write: case \"Title\" from 2025-01-01 until 2025-12-31 { … }");
  }
}
