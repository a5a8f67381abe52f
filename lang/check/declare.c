// What the files declare: entities and their tables. All files of a script share one space of
// names; the names of a first declaration stand, and a second one is reported and still checked.
#include "lang/check/resolver.h"

static const char *const builtins[] = {"completion", "failure", "undecided"};
enum { N_BUILTINS = 3 };

static void report_twice(Checker *c, Name name, Span first, const char *kind) {
  Text word = name_of(c, name.id);
  Diagnostic *d = diagnostic_add(c->diagnostics, E_TWICE, name.span,
                                 "the name \"%.*s\" is used twice", TEXT_ARG(word));
  if (first.from) {
    diagnostic_also(c->diagnostics, d, first, "first here, for %s", kind);
    diagnostic_hint(c->diagnostics, d, "Give one of them another name.");
  } else {
    diagnostic_note(c->diagnostics, d,
                    "\"%.*s\" is an outcome that every case has; it is not declared.",
                    TEXT_ARG(word));
  }
}

static bool is_taken(Checker *c, Name name) {
  EntityId id = lookup_entity(c, name.id);
  const Node *other = name.id && name.id <= c->n_names ? c->by_name_other[name.id] : NULL;
  if (id != NO_INDEX) {
    const Entity *first = program_entity(c->program, id);
    report_twice(c, name, first->name.span, kind_text(first->kind));
  } else if (other) {
    bool is_threshold = other->kind == NODE_THRESHOLD_ITEM;
    report_twice(c, name, is_threshold ? other->threshold_item.name.span : other->declare.name.span,
                 is_threshold ? "a threshold" : "a calendar");
  }
  return id != NO_INDEX || other;
}

static EntityId add_entity(Checker *c, EntityKind kind, Name name, Title title, const Node *node,
                           uint32_t index) {
  Entity entity = {kind, name, title, node, index};
  EntityId id = c->program->entities.n;
  if (name.id && name.id <= c->n_names && !is_taken(c, name)) c->by_name[name.id] = id;
  vec_push(c->arena, &c->program->entities, entity);
  return id;
}

// Calendars and thresholds are no entities, but their names are taken.
static void add_other(Checker *c, Name name, const Node *node) {
  if (name.id && name.id <= c->n_names && !is_taken(c, name)) c->by_name_other[name.id] = node;
}

static void add_rule(Checker *c, BlocInfo *bloc, const Prop *prop) {
  Rule rule = {prop->kind == PROP_FREE, prop->value, prop->options,
               prop->n_options,         prop->span,  NO_INDEX};
  if (prop->name) {
    RuleOn on = {NO_INDEX, rule};
    vec_push(c->arena, &bloc->on, on);
  } else if (!bloc->has_rule) {
    bloc->rule = rule;
    bloc->has_rule = true;
  }
}

static void read_bloc_prop(Checker *c, BlocInfo *bloc, const Prop *prop) {
  switch (prop->kind) {
    case PROP_SEATS: bloc->seats = prop->value; break;
    case PROP_LOYALTY: bloc->loyalty = prop->value; break;
    case PROP_TURNOUT: bloc->turnout = prop->value; break;
    case PROP_ABSTAIN: bloc->abstain = prop->value; break;
    case PROP_LINE:
    case PROP_FREE: add_rule(c, bloc, prop); break;
    case PROP_LISTS:
    case PROP_BLOC:
    case PROP_WEIGHT:
    case PROP_VETO:
    case PROP_FIRM:
    case PROP_FOLLOWS:
    case PROP_QUORUM:
    case PROP_PASSES:
    case PROP_TIEBREAK:
    case PROP_SITS:
    case PROP_WEEKDAYS:
    case PROP_EXCEPT:
    case PROP_ALSO:
    case PROP_EVERY: break;
  }
}

static void add_bloc(Checker *c, ChamberInfo *chamber, const Bloc *bloc) {
  BlocInfo info = {.name = bloc->name, .title = bloc->title, .chamber = c->program->chambers.n};
  info.rule.input = NO_INDEX;
  for (uint32_t i = 0; i < bloc->props.n; i++) read_bloc_prop(c, &info, &bloc->props.items[i]);
  uint32_t first = first_names_add(c, &c->firsts, bloc->name.id, c->program->blocs.n);
  if (first != NO_INDEX) {
    Text word = name_of(c, bloc->name.id);
    Diagnostic *d = diagnostic_add(c->diagnostics, E_TWICE, bloc->name.span,
                                   "two blocs here are called \"%.*s\"", TEXT_ARG(word));
    diagnostic_also(c->diagnostics, d, c->program->blocs.items[first].name.span, "first here");
  }
  chamber->n_blocs++;
  vec_push(c->arena, &c->program->blocs, info);
}

static void add_chamber(Checker *c, EntityId entity, const DeclareNode *node) {
  ChamberInfo info = {
      .entity = entity, .first_bloc = c->program->blocs.n, .is_partial = node->props.is_partial};
  first_names_start(&c->firsts);
  for (uint32_t i = 0; i < node->props.n; i++) {
    const Prop *prop = &node->props.items[i];
    if (prop->kind == PROP_SEATS) info.seats = prop->value;
    if (prop->kind == PROP_QUORUM) info.quorum = prop->value;
    if (prop->kind == PROP_PASSES) info.passes = prop->value;
    if (prop->kind == PROP_BLOC) add_bloc(c, &info, prop->bloc);
    if (prop->kind == PROP_BLOC) info.is_partial |= prop->bloc->props.is_partial;
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

static uint32_t next_index(const Program *p, EntityKind kind) {
  if (kind == ENTITY_OUTCOME) return p->outcomes.n;
  if (kind == ENTITY_REGISTER) return p->registers.n;
  if (kind == ENTITY_CHAMBER || kind == ENTITY_COURT) return p->chambers.n;
  return p->entities.n;
}

static void declare_thing(Checker *c, const Node *node) {
  const DeclareNode *declare = &node->declare;
  EntityKind kind = kind_of(declare->kind);
  Program *p = c->program;
  if (kind == ENTITY_KINDS) {
    add_other(c, declare->name, node);
    return;
  }
  EntityId id = add_entity(c, kind, declare->name, declare->title, node, next_index(p, kind));
  if (kind == ENTITY_OUTCOME) vec_push(c->arena, &p->outcomes, id);
  if (kind == ENTITY_CHAMBER || kind == ENTITY_COURT) add_chamber(c, id, declare);
  if (kind == ENTITY_REGISTER) {
    RegisterInfo info = {.entity = id};
    vec_push(c->arena, &p->registers, info);
  }
}

static void declare_case(Checker *c, const Node *node, uint32_t file) {
  Span head = {node->span.from, node->span.from + 4};
  if (file > 0) {
    Diagnostic *d =
        diagnostic_add(c->diagnostics, E_CASES, head, "a file that is used holds no case");
    diagnostic_hint(c->diagnostics, d,
                    "Keep the case in the script that is run, and what several scripts share in "
                    "files that they use.");
  } else if (c->program->the_case) {
    Span first = c->program->the_case->span;
    Diagnostic *d = diagnostic_add(c->diagnostics, E_CASES, head,
                                   "a script has one case, and this is a second one");
    diagnostic_also(c->diagnostics, d, (Span){first.from, first.from + 4}, "the first");
  } else {
    c->program->the_case = node;
  }
}

static void declare_assume(Checker *c, const Node *node) {
  const AssumeNode *assume = &node->assume;
  bool is_change =
      assume->kind == ASSUME_IS || assume->kind == ASSUME_NEEDS || assume->path->kind != NODE_PATH;
  if (is_change || assume->path->path.n != 1) return;
  AssumeInfo info = {.value = assume->value,
                     .is_belief = assume->kind == ASSUME_SPREAD,
                     .input = NO_INDEX,
                     .type = VALUE_NUMBER};
  info.entity = add_entity(c, ENTITY_ASSUME, assume->path->path.parts[0], assume->title, node,
                           c->program->assumes.n);
  vec_push(c->arena, &c->program->assumes, info);
}

static void declare_fact(Checker *c, const Node *node) {
  FactInfo info = {.chance = node->fact.chance, .input = NO_INDEX};
  info.entity =
      add_entity(c, ENTITY_FACT, node->fact.name, node->fact.title, node, c->program->facts.n);
  vec_push(c->arena, &c->program->facts, info);
}

static void declare_query(Checker *c, const Node *node, uint32_t scenario) {
  Query query = {node, scenario};
  vec_push(c->arena, &c->program->queries, query);
}

static void declare_scenario(Checker *c, const Node *node) {
  const ScenarioNode *scenario = &node->scenario;
  uint32_t index = c->program->scenarios.n;
  ScenarioInfo info = {
      .entity = add_entity(c, ENTITY_SCENARIO, scenario->name, scenario->title, node, index)};
  for (uint32_t i = 0; i < scenario->changes.n; i++) {
    const Node *change = scenario->changes.items[i];
    bool is_query = change->kind == NODE_ASK || change->kind == NODE_EXPECT ||
                    change->kind == NODE_EXPECT_NEVER || change->kind == NODE_EXPECT_ALWAYS;
    if (is_query) declare_query(c, change, index);
  }
  vec_push(c->arena, &c->program->scenarios, info);
}

static void declare_item(Checker *c, const Node *node, uint32_t file) {
  switch ((int)node->kind) {
    case NODE_CASE: declare_case(c, node, file); break;
    case NODE_DECLARE: declare_thing(c, node); break;
    case NODE_PROCEDURE:
      add_entity(c, ENTITY_PROCEDURE, node->procedure.name, node->procedure.title, node, 0);
      break;
    case NODE_MOTION:
      add_entity(c, ENTITY_MOTION, node->motion.name, node->motion.title, node, 0);
      break;
    case NODE_SCENARIO: declare_scenario(c, node); break;
    case NODE_ASSUME: declare_assume(c, node); break;
    case NODE_FACT: declare_fact(c, node); break;
    case NODE_LET_ITEM:
      add_entity(c, ENTITY_LET, node->assign.name, node->assign.title, node, 0);
      break;
    case NODE_THRESHOLD_ITEM: add_other(c, node->threshold_item.name, node); break;
    case NODE_ASK:
    case NODE_EXPECT:
    case NODE_EXPECT_NEVER:
    case NODE_EXPECT_ALWAYS: declare_query(c, node, NO_INDEX); break;
  }
}

// Variables are set in the order of this table: those of used files first, since the using file
// builds on them.
static void number_lets(Checker *c) {
  Program *p = c->program;
  for (uint32_t f = c->tree->n_files; f-- > 0;) {
    const SourceFile *file = c->tree->files[f].file;
    for (uint32_t i = 0; i < p->entities.n; i++) {
      Entity *entity = &p->entities.items[i];
      if (entity->kind != ENTITY_LET ||
          source_file_at(c->tree->sources, entity->node->span.from) != file)
        continue;
      LetInfo info = {.entity = i, .value = entity->node->assign.value, .type = VALUE_NUMBER};
      entity->index = p->lets.n;
      vec_push(c->arena, &p->lets, info);
    }
  }
}

static void open_names(Checker *c) {
  for (int i = 0; i < N_BUILTINS; i++) names_intern(c->tree->names, text_of(builtins[i]));
  c->n_names = names_count(c->tree->names);
  c->by_name = ARENA_ARRAY(c->arena, EntityId, c->n_names + 1);
  c->by_name_other = ARENA_ARRAY(c->arena, const Node *, c->n_names + 1);
  c->n_steps = ARENA_ARRAY(c->arena, uint32_t, c->n_names + 1);
  c->firsts = first_names_new(c);
  c->own_steps = first_names_new(c);
  c->innermost = ARENA_ARRAY(c->arena, uint32_t, c->n_names + 1);
  for (uint32_t i = 0; i <= c->n_names; i++) c->by_name[i] = NO_INDEX;
  for (int i = 0; i < N_BUILTINS; i++) {
    Name name = {names_find(c->tree->names, text_of(builtins[i])), {0, 0}};
    add_entity(c, ENTITY_OUTCOME, name, (Title){0}, NULL, 0);
  }
}

// They are the first entities and the last outcomes.
static void add_builtins(Program *p, Arena *arena) {
  uint32_t *indexes[N_BUILTINS] = {&p->outcome_completion, &p->outcome_failure,
                                   &p->outcome_undecided};
  for (EntityId i = 0; i < N_BUILTINS; i++) {
    *indexes[i] = p->entities.items[i].index = p->outcomes.n;
    vec_push(arena, &p->outcomes, i);
  }
}

void check_declare(Checker *c) {
  open_names(c);
  for (uint32_t f = 0; f < c->tree->n_files && !check_is_change_file(c, f); f++) {
    const NodeList *items = &c->tree->files[f].items;
    for (uint32_t i = 0; i < items->n; i++) declare_item(c, items->items[i], f);
  }
  add_builtins(c->program, c->arena);
  number_lets(c);
  if (!c->options.needs_case || c->program->the_case || check_lacks_case(c)) return;
  Diagnostic *d = diagnostic_add(c->diagnostics, E_CASES, (Span){0, 0}, "this script has no case");
  diagnostic_hint(
      c->diagnostics, d,
      "A script that is run has: case \"Title\" from 2025-01-01 until 2025-12-31 { … }");
}
