// The table of inputs: every expression that a what-if may change, under a path of its own. What
// stands in a stage is named by the nearest one around it, else by the procedure; `filing.wait2` is
// the second wait there. A stage whose name means something else as well is named with its
// procedure. What stands in the case outside of stages has no path.
#include "lang/check/resolver.h"

typedef struct Used {
  NameId word;
  uint32_t n;
} Used;

typedef struct Holder {  // a named stage or procedure
  Text path;             // empty: the case
  VEC(Used) used;
  uint32_t body;
} Holder;

static uint32_t add_input(Checker *c, InputKind kind, const Node *value, Title title, Span span,
                          Text path) {
  Input input = {path, kind, value, title, span};
  uint32_t index = c->program->inputs.n;
  if (value) c->program->input_of[value->id] = index;
  vec_push(c->arena, &c->program->inputs, input);
  return index;
}

static void add_property(Checker *c, InputKind kind, const Node *value, Title title, Text holder,
                         const char *word) {
  if (value)
    add_input(c, kind, value, title, value->span,
              text_format(c->arena, "%.*s.%s", TEXT_ARG(holder), word));
}

static uint32_t add_rule(Checker *c, const Rule *rule, Title title, Text path, PathList *rest) {
  uint32_t index = add_input(c, INPUT_RULE, rule->share, title, rule->span, path);
  for (uint32_t i = 0; i < rule->n_options; i++) {
    const Option *option = &rule->options[i];
    Text label =
        text_format(c->arena, "%.*s.%.*s", TEXT_ARG(path), TEXT_ARG(name_of(c, option->label.id)));
    if (option->kind == OPTION_CHANCE && option->value) {
      add_input(c, INPUT_LINE_OPTION, option->value, title, option->span, label);
    } else {
      vec_push(c->arena, rest, label);
    }
  }
  return index;
}

static void add_rules(Checker *c, BlocInfo *bloc, Text path, PathList *rest) {
  if (bloc->has_rule) {
    Text rule =
        text_format(c->arena, "%.*s.%s", TEXT_ARG(path), bloc->rule.is_free ? "free" : "line");
    bloc->rule.input = add_rule(c, &bloc->rule, bloc->title, rule, rest);
  }
  for (uint32_t i = 0; i < bloc->on.n; i++) {
    RuleOn *on = &bloc->on.items[i];
    if (on->thing == NO_INDEX) continue;
    Text rule =
        text_format(c->arena, "%.*s.%s.%.*s", TEXT_ARG(path), on->rule.is_free ? "free" : "line",
                    TEXT_ARG(program_name(c->program, on->thing)));
    on->rule.input = add_rule(c, &on->rule, bloc->title, rule, rest);
  }
}

static void add_chambers(Checker *c, PathList *rest) {
  Program *p = c->program;
  for (uint32_t i = 0; i < p->chambers.n; i++) {
    const ChamberInfo *chamber = &p->chambers.items[i];
    const Entity *entity = program_entity(p, chamber->entity);
    Text name = program_name(p, chamber->entity);
    add_property(c, INPUT_SEATS, chamber->seats, entity->title, name, "seats");
    add_property(c, INPUT_THRESHOLD, chamber->quorum, entity->title, name, "quorum");
    add_property(c, INPUT_THRESHOLD, chamber->passes, entity->title, name, "passes");
    for (uint32_t k = 0; k < chamber->n_blocs; k++) {
      BlocInfo *bloc = &p->blocs.items[chamber->first_bloc + k];
      Text path =
          text_format(c->arena, "%.*s.%.*s", TEXT_ARG(name), TEXT_ARG(name_of(c, bloc->name.id)));
      add_rules(c, bloc, path, rest);
      add_property(c, INPUT_SEATS, bloc->seats, bloc->title, path, "seats");
      add_property(c, INPUT_SHARE, bloc->loyalty, bloc->title, path, "loyalty");
      add_property(c, INPUT_SHARE, bloc->turnout, bloc->title, path, "turnout");
      add_property(c, INPUT_SHARE, bloc->abstain, bloc->title, path, "abstain");
    }
  }
}

// "filing.wait", the next time "filing.wait2".
static Text next_path(Checker *c, Holder *holder, NameId word) {
  Text text = name_of(c, word);
  for (uint32_t i = 0; i < holder->used.n; i++) {
    if (holder->used.items[i].word != word) continue;
    return text_format(c->arena, "%.*s.%.*s%u", TEXT_ARG(holder->path), TEXT_ARG(text),
                       ++holder->used.items[i].n);
  }
  vec_push(c->arena, &holder->used, ((Used){word, 1}));
  return text_format(c->arena, "%.*s.%.*s", TEXT_ARG(holder->path), TEXT_ARG(text));
}

static void add_step(Checker *c, InputKind kind, const Node *value, Title title, Holder *holder,
                     const char *word) {
  if (!value || !holder->path.n) return;
  add_input(c, kind, value, title, value->span,
            next_path(c, holder, names_intern(c->tree->names, text_of(word))));
}

typedef struct Below {
  Holder *holder;
  PathList *rest;
} Below;

static void add_options(Checker *c, const ChoiceNode *choice, const Below *below) {
  for (uint32_t i = 0; below->holder->path.n && i < choice->n; i++) {
    const Option *option = &choice->options[i];
    Text path = next_path(c, below->holder, option->label.id);
    if (option->kind == OPTION_OTHERWISE || !option->value) {
      vec_push(c->arena, below->rest, path);
    } else {
      add_input(c, option->kind == OPTION_CHANCE ? INPUT_OPTION : INPUT_THRESHOLD, option->value,
                choice->title, option->span, path);
    }
  }
}

static Text stage_path(Checker *c, uint32_t body, NameId name) {
  const uint32_t holders = KINDS_VOTER | KIND(ENTITY_PROCEDURE) | KIND(ENTITY_MOTION);
  EntityId id = lookup_entity(c, name), owner = c->program->bodies.items[body].entity;
  bool is_shared = id != NO_INDEX && (holders & KIND(program_entity(c->program, id)->kind));
  if (name <= c->n_names && c->n_steps[name] > 1) is_shared = true;
  if (!is_shared || owner == NO_INDEX) return name_of(c, name);
  return text_format(c->arena, "%.*s.%.*s", TEXT_ARG(program_name(c->program, owner)),
                     TEXT_ARG(name_of(c, name)));
}

static void visit_statement(Checker *c, const Node *node, void *context);

static void add_named(Checker *c, NameId name, const Node *block, const Below *around) {
  Holder holder = {.path = stage_path(c, around->holder->body, name), .body = around->holder->body};
  Below below = {&holder, around->rest};
  if (block) visit_statement(c, block, &below);
}

static void add_tracks(Checker *c, const TracksNode *tracks, Below *below) {
  for (uint32_t i = 0; i < tracks->n; i++)
    add_named(c, tracks->tracks[i].name.id, tracks->tracks[i].block, below);
  if (tracks->otherwise) visit_statement(c, tracks->otherwise, below);
}

static void visit_statement(Checker *c, const Node *node, void *context) {
  Below *below = context;
  if (node->kind < NODE_BLOCK) return;  // an expression
  switch ((int)node->kind) {
    case NODE_STAGE:
      add_named(c, node->stage.name.id, node->stage.block, below);
      if (node->stage.otherwise) visit_statement(c, node->stage.otherwise, context);
      return;
    case NODE_TOGETHER:
    case NODE_RACE: add_tracks(c, &node->tracks, below); return;
    case NODE_WITHIN:
      add_step(c, INPUT_LIMIT, node->limit.limit, node->limit.title, below->holder, "within");
      break;
    case NODE_UNTIL:
      add_step(c, INPUT_LIMIT, node->limit.limit, node->limit.title, below->holder, "until");
      break;
    case NODE_WAIT:
    case NODE_WAIT_UNTIL:
      add_step(c, INPUT_WAIT, node->wait.time, node->wait.title, below->holder, "wait");
      break;
    case NODE_VOTE:
      add_step(c, INPUT_THRESHOLD, node->vote.needs, node->vote.title, below->holder, "needs");
      add_step(c, INPUT_THRESHOLD, node->vote.quorum, node->vote.title, below->holder, "quorum");
      break;
    case NODE_DECIDE:
    case NODE_RULING: add_options(c, &node->choice, below); break;
  }
  check_children(c, node, visit_statement, context);
}

static void add_bodies(Checker *c, PathList *rest) {
  for (uint32_t i = 0; i < c->program->bodies.n; i++) {
    const Body *body = &c->program->bodies.items[i];
    Holder holder = {
        .path = body->entity == NO_INDEX ? TEXT("") : program_name(c->program, body->entity),
        .body = i};
    Below below = {&holder, rest};
    if (body->block) visit_statement(c, body->block, &below);
  }
}

void check_inputs(Checker *c) {
  Program *p = c->program;
  PathList rest = {0};
  for (uint32_t i = 0; i < p->assumes.n; i++) {
    AssumeInfo *assume = &p->assumes.items[i];
    const Entity *entity = program_entity(p, assume->entity);
    assume->input = add_input(c, INPUT_ASSUME, assume->value, entity->title, entity->name.span,
                              program_name(p, assume->entity));
  }
  for (uint32_t i = 0; i < p->facts.n; i++) {
    FactInfo *fact = &p->facts.items[i];
    const Entity *entity = program_entity(p, fact->entity);
    fact->input = add_input(c, INPUT_FACT, fact->chance, entity->title, entity->name.span,
                            program_name(p, fact->entity));
  }
  add_chambers(c, &rest);
  add_bodies(c, &rest);
  check_changes(c, &rest);
  check_circles(c);
}
