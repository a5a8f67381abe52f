// The table of inputs: every expression that a what-if may change, under a path of its own; and the changes themselves.
#include <stdio.h>

#include "lang/check/resolver.h"

typedef struct Holder { Text path; uint32_t counts[NODE_KINDS]; } Holder;   // a named stage or procedure

static uint32_t add_input(Checker *c, InputKind kind, const Node *value, Title title, Span span, const char *format, ...) {
  TextBuilder path = {0};
  va_list args;
  va_start(args, format);
  text_addv(&path, format, args);
  va_end(args);
  Input input = {text_builder_take(&path, c->arena), kind, value, title, span};
  if (value) c->program->input_of[value->id] = c->program->inputs.n;
  vec_push(c->arena, &c->program->inputs, input);
  return c->program->inputs.n - 1;
}

static void add_value(Checker *c, InputKind kind, const Node *value, const char *prefix, const char *name) {
  if (value) add_input(c, kind, value, (Title){0}, value->span, "%s.%s", prefix, name);
}

static uint32_t add_rule(Checker *c, const Rule *rule, const char *prefix, const char *on) {
  const char *word = rule->is_free ? "free" : "line";
  uint32_t index = add_input(c, INPUT_RULE, rule->share, (Title){0}, rule->span, "%s.%s%s%s", prefix, word, *on ? "." : "", on);
  for (uint32_t i = 0; i < rule->n_options; i++) {
    const Option *option = &rule->options[i];
    if (option->kind != OPTION_CHANCE) continue;
    add_input(c, INPUT_LINE_OPTION, option->value, (Title){0}, option->span, "%s.%s%s%s.%s", prefix, word, *on ? "." : "", on,
              name_of(c, option->label.id).at);
  }
  return index;
}

static void add_chambers(Checker *c) {
  Program *p = c->program;
  for (uint32_t i = 0; i < p->chambers.n; i++) {
    const ChamberInfo *chamber = &p->chambers.items[i];
    const char *name = program_name(p, chamber->entity).at;
    add_value(c, INPUT_SEATS, chamber->seats, name, "seats");
    for (uint32_t k = 0; k < chamber->n_blocs; k++) {
      BlocInfo *bloc = &p->blocs.items[chamber->first_bloc + k];
      const char *path = text_format(c->arena, "%s.%s", name, name_of(c, bloc->name.id).at).at;
      if (bloc->has_rule) bloc->rule.input = add_rule(c, &bloc->rule, path, "");
      for (uint32_t j = 0; j < bloc->on.n; j++) {
        if (bloc->on.items[j].thing >= p->entities.n) continue;
        bloc->on.items[j].rule.input = add_rule(c, &bloc->on.items[j].rule, path, program_name(p, bloc->on.items[j].thing).at);
      }
      add_value(c, INPUT_SEATS, bloc->seats, path, "seats");
      add_value(c, INPUT_SHARE, bloc->loyalty, path, "loyalty");
      add_value(c, INPUT_SHARE, bloc->turnout, path, "turnout");
      add_value(c, INPUT_SHARE, bloc->abstain, path, "abstain");
    }
  }
}

static void number_word(Holder *holder, NodeKind kind, char out[16]) {
  uint32_t n = ++holder->counts[kind];
  if (n > 1) snprintf(out, 16, "%u", n);
  else *out = 0;
}

static void add_statement(Checker *c, const Node *node, Holder *holder);

static void add_block(Checker *c, const Node *block, Holder *holder) {
  for (uint32_t i = 0; block && i < block->block.statements.n; i++) add_statement(c, block->block.statements.items[i], holder);
}

static void add_numbered(Checker *c, InputKind kind, const Node *node, const Node *value, const char *word, Holder *holder, Title title) {
  char number[16];
  if (!value || !holder->path.n) return;
  number_word(holder, node->kind, number);
  add_input(c, kind, value, title, value->span, "%s.%s%s", holder->path.at, word, number);
}

static void add_choice(Checker *c, const Node *node, Holder *holder) {
  char number[16];
  number_word(holder, NODE_DECIDE, number);
  for (uint32_t i = 0; i < node->choice.n; i++) {
    const Option *option = &node->choice.options[i];
    if (option->kind == OPTION_CHANCE && holder->path.n) {
      add_input(c, INPUT_OPTION, option->value, node->choice.title, option->span, "%s.%s%s", holder->path.at, name_of(c, option->label.id).at, number);
    }
    add_block(c, option->block, holder);
  }
}

static void add_statement(Checker *c, const Node *node, Holder *holder) {
  if (!node) return;
  switch ((int)node->kind) {
    case NODE_BLOCK: add_block(c, node, holder); return;
    case NODE_STAGE: {
      Holder stage = {.path = name_of(c, node->stage.name.id)};
      add_block(c, node->stage.block, &stage);
      add_statement(c, node->stage.otherwise, holder);
      return;
    }
    case NODE_WITHIN: case NODE_UNTIL:
      add_numbered(c, INPUT_LIMIT, node, node->limit.limit, node->kind == NODE_UNTIL ? "until" : "within", holder, node->limit.title);
      add_block(c, node->limit.block, holder);
      add_block(c, node->limit.expired, holder);
      add_statement(c, node->limit.otherwise, holder);
      return;
    case NODE_WAIT: add_numbered(c, INPUT_WAIT, node, node->wait.time, "wait", holder, node->wait.title); return;
    case NODE_VOTE:
      add_numbered(c, INPUT_THRESHOLD, node, node->vote.needs, "needs", holder, node->vote.title);
      add_statement(c, node->vote.otherwise, holder);
      return;
    case NODE_DECIDE: case NODE_RULING: add_choice(c, node, holder); return;
    case NODE_DO: case NODE_MOVE: add_statement(c, node->invoke.otherwise, holder); return;
    case NODE_REQUIRE: add_statement(c, node->require.otherwise, holder); return;
    case NODE_ATTEMPT: add_block(c, node->attempt.block, holder); add_statement(c, node->attempt.otherwise, holder); return;
    case NODE_REPEAT: add_block(c, node->loop.block, holder); return;
    case NODE_IF: case NODE_IF_TRIAL:
      if (node->kind == NODE_IF_TRIAL) add_statement(c, node->branch.condition, holder);
      add_block(c, node->branch.then, holder);
      add_statement(c, node->branch.otherwise, holder);
      return;
    default: return;
  }
}

static Text path_text(const Checker *c, const Node *path) {
  TextBuilder text = {0};
  for (uint32_t i = 0; i < path->path.n; i++) text_addf(&text, "%s%s", i ? "." : "", name_of(c, path->path.parts[i].id).at);
  return text_builder_take(&text, c->arena);
}

// `X.line` and `X.free` name the same rule, whichever the script has.
static uint32_t find_input(const Checker *c, Text path) {
  for (uint32_t i = 0; i < c->program->inputs.n; i++) {
    if (text_equal(c->program->inputs.items[i].path, path)) return i;
  }
  for (uint32_t i = 0; i < c->program->inputs.n; i++) {
    Text own = c->program->inputs.items[i].path;
    if (c->program->inputs.items[i].kind != INPUT_RULE || own.n != path.n) continue;
    TextBuilder swapped = {0};
    const char *at = strstr(own.at, ".line");
    const char *other = at ? ".free" : ".line";
    if (!at) at = strstr(own.at, ".free");
    text_add_bytes(&swapped, own.at, (size_t)(at - own.at));
    text_add(&swapped, other);
    text_add(&swapped, at + 5);
    bool is_equal = swapped.n == path.n && !memcmp(swapped.at, path.at, path.n);
    text_builder_free(&swapped);
    if (is_equal) return i;
  }
  return NO_INDEX;
}

static Change change_of(Checker *c, const Node *node) {
  const AssumeNode *assume = &node->assume;
  Text path = path_text(c, assume->path);
  Change change = {find_input(c, path), assume->kind == ASSUME_SPREAD ? CHANGE_SPREAD : CHANGE_VALUE, assume->value, node->span};
  if (change.input == NO_INDEX) {
    Text *paths = ARENA_ARRAY(c->arena, Text, c->program->inputs.n + 1);
    for (uint32_t i = 0; i < c->program->inputs.n; i++) paths[i] = c->program->inputs.items[i].path;
    Diagnostic *d = diagnostic_add(c->diagnostics, E_CHANGE, assume->path->span, "no input is called \"%.*s\"", TEXT_ARG(path));
    Suggestion near = suggest_nearest(path, paths, c->program->inputs.n);
    if (near.word.n) diagnostic_label(c->diagnostics, d, "did you mean \"%.*s\"?", TEXT_ARG(near.word));
    return change;
  }
  const Input *input = &c->program->inputs.items[change.input];
  if (input->kind == INPUT_RULE) change.form = strstr(path.at, ".free") ? CHANGE_FREE : CHANGE_LINE;
  bool is_spread = assume->kind == ASSUME_SPREAD;
  if (is_spread && input->kind != INPUT_ASSUME) {
    Diagnostic *d = diagnostic_add(c->diagnostics, E_CHANGE, assume->value->span, "only an assumption can be uncertain");
    diagnostic_hint(c->diagnostics, d, "Declare an assumption with \"~\" and use its name in the script.");
  }
  return change;
}

static void add_changes(Checker *c) {
  for (uint32_t i = 0; i < c->program->scenarios.n; i++) {
    ScenarioInfo *info = &c->program->scenarios.items[i];
    const NodeList *items = &c->program->entities.items[info->entity].node->scenario.changes;
    for (uint32_t k = 0; k < items->n; k++) {
      const Node *node = items->items[k];
      if (node->kind != NODE_ASSUME || node->assume.kind == ASSUME_IS || node->assume.kind == ASSUME_NEEDS) continue;
      Change change = change_of(c, node);
      vec_push(c->arena, &info->changes, change);
    }
  }
  for (uint32_t f = c->options.n_script_files; f < c->tree->n_files; f++) {
    const NodeList *items = &c->tree->files[f].items;
    for (uint32_t k = 0; k < items->n; k++) {
      const Node *node = items->items[k];
      if (node->kind != NODE_ASSUME) {
        if (node->kind != NODE_ERROR) diagnostic_add(c->diagnostics, E_PLACE, node->span, "a change is a path, \"=\" and a value");
        continue;
      }
      if (node->assume.kind == ASSUME_IS || node->assume.kind == ASSUME_NEEDS) continue;
      Change change = change_of(c, node);
      vec_push(c->arena, &c->program->sets, change);
    }
  }
}

void check_inputs(Checker *c) {
  Program *p = c->program;
  for (uint32_t i = 0; i < p->assumes.n; i++) {
    AssumeInfo *assume = &p->assumes.items[i];
    const Entity *entity = &p->entities.items[assume->entity];
    assume->input = add_input(c, INPUT_ASSUME, assume->value, entity->title, entity->name.span, "%s", program_name(p, assume->entity).at);
  }
  for (uint32_t i = 0; i < p->facts.n; i++) {
    FactInfo *fact = &p->facts.items[i];
    const Entity *entity = &p->entities.items[fact->entity];
    fact->input = add_input(c, INPUT_FACT, fact->chance, entity->title, entity->name.span, "%s", program_name(p, fact->entity).at);
  }
  add_chambers(c);
  for (uint32_t i = 0; i < p->bodies.n; i++) {
    Holder holder = {.path = TEXT("")};
    if (p->bodies.items[i].entity != NO_INDEX) holder.path = program_name(p, p->bodies.items[i].entity);
    add_block(c, p->bodies.items[i].block, &holder);
  }
  add_changes(c);
}
