// All calls of a case, found before it is run, and the steps in them with the names by which they can be asked for.
#include "lang/check/resolver.h"

enum { MAX_CALLS = 100000 };

typedef struct Stack { uint32_t body; const Node *site; const struct Stack *below; } Stack;

static Text body_name(const Checker *c, uint32_t body) {
  const Body *b = &c->program->bodies.items[body];
  return b->entity == NO_INDEX ? TEXT("the case") : name_of(c, c->program->entities.items[b->entity].name.id);
}

static void tell_circle(Checker *c, const Stack *stack, uint32_t body, const Node *site) {
  TextBuilder circle = {0};
  const Stack *at = stack;
  Diagnostic *d = diagnostic_add(c->diagnostics, E_RECURSION, site->span, "\"%.*s\" would call itself", TEXT_ARG(body_name(c, body)));
  for (; at && at->body != body; at = at->below) {
    if (at->site) diagnostic_also(c->diagnostics, d, at->site->span, "which calls \"%.*s\"", TEXT_ARG(body_name(c, at->body)));
  }
  uint32_t n = 0;
  uint32_t chain[64];
  for (const Stack *s = stack; s && n < 63; s = s->below) {
    chain[n++] = s->body;
    if (s->body == body) break;
  }
  while (n-- > 0) text_addf(&circle, "%.*s -> ", TEXT_ARG(body_name(c, chain[n])));
  text_addf(&circle, "%.*s", TEXT_ARG(body_name(c, body)));
  diagnostic_note(c->diagnostics, d, "%s", circle.at);
  diagnostic_hint(c->diagnostics, d, "Procedures do not call themselves; use \"attempt\" or \"repeat\" to do something again.");
  text_builder_free(&circle);
}

static bool has_circle(Checker *c, uint32_t body, const Stack *stack, char *state) {
  if (state[body] == 2) return false;
  state[body] = 1;
  const Body *b = &c->program->bodies.items[body];
  bool found = false;
  for (uint32_t i = 0; i < b->sites.n; i++) {
    const Node *site = b->sites.items[i];
    const Ref *ref = &c->program->refs[site->invoke.what->id];
    if (ref->kind != REF_ENTITY) continue;
    uint32_t callee = c->program->entities.items[ref->index].index;
    Stack here = {body, NULL, stack};
    if (state[callee] == 1) {
      tell_circle(c, &here, callee, site);
      found = true;
    } else {
      here.site = site;
      found |= has_circle(c, callee, &here, state);
    }
  }
  state[body] = 2;
  return found;
}

static bool check_arguments(Checker *c, const Node *site, const Body *callee) {
  if (site->invoke.args.n == callee->params.n) return true;
  Diagnostic *d = diagnostic_add(c->diagnostics, E_ARGUMENTS, site->span, "\"%.*s\" takes %u argument%s, not %u",
                                 TEXT_ARG(name_of(c, c->program->entities.items[callee->entity].name.id)), callee->params.n,
                                 callee->params.n == 1 ? "" : "s", site->invoke.args.n);
  diagnostic_also(c->diagnostics, d, c->program->entities.items[callee->entity].name.span, "declared here");
  return false;
}

static void check_argument_kind(Checker *c, const Node *arg, const ParamInfo *param, const Body *caller) {
  const Ref *ref = arg->kind == NODE_PATH ? &c->program->refs[arg->id] : NULL;
  EntityKind kind = ENTITY_KINDS;
  if (ref && ref->kind == REF_ENTITY && ref->field == FIELD_NONE) kind = c->program->entities.items[ref->index].kind;
  if (ref && ref->kind == REF_PARAM && ref->field == FIELD_NONE && caller->params.items[ref->index].is_entity) kind = caller->params.items[ref->index].kind;
  if (arg->kind == NODE_PATH && ref->kind == REF_NONE) return;
  bool fits = param->is_entity ? kind == param->kind || (param->kind == ENTITY_MATTER && kind == ENTITY_BILL) : kind == ENTITY_KINDS;
  if (fits) return;
  Diagnostic *d = diagnostic_add(c->diagnostics, E_ARGUMENTS, arg->span, "\"%.*s\" must be %s", TEXT_ARG(name_of(c, param->name.id)),
                                 param->is_entity ? kind_text(param->kind) : value_type_name(param->type));
  if (kind != ENTITY_KINDS) diagnostic_label(c->diagnostics, d, "this is %s", kind_text(kind));
}

// The movers and courts that a motion names, where the call is made.
static void check_standing(Checker *c, const Node *site, const Body *callee) {
  if (site->kind != NODE_MOVE || callee->node->kind != NODE_MOTION) return;
  const NodeList *by = &callee->node->motion.by;
  if (!site->invoke.by) {
    if (by->n < 2) return;
    Diagnostic *d = diagnostic_add(c->diagnostics, E_STANDING, site->span, "several may make this motion: say who does");
    diagnostic_hint(c->diagnostics, d, "Write \"by\" and the mover's name behind the call.");
    return;
  }
  const Ref *ref = &c->program->refs[site->invoke.by->id];
  for (uint32_t i = 0; i < by->n; i++) {
    if (c->program->refs[by->items[i]->id].index == ref->index) return;
  }
  if (by->n == 0 || ref->kind != REF_ENTITY) return;
  Diagnostic *d = diagnostic_add(c->diagnostics, W_STANDING, site->invoke.by->span, "this mover may not make the motion, which will be out of order");
  diagnostic_also(c->diagnostics, d, by->items[0]->span, "who may");
}

static void check_sites(Checker *c) {
  for (uint32_t b = 0; b < c->program->bodies.n; b++) {
    const Body *body = &c->program->bodies.items[b];
    for (uint32_t i = 0; i < body->sites.n; i++) {
      const Node *site = body->sites.items[i];
      const Ref *ref = &c->program->refs[site->invoke.what->id];
      if (ref->kind != REF_ENTITY) continue;
      const Body *callee = &c->program->bodies.items[c->program->entities.items[ref->index].index];
      check_standing(c, site, callee);
      if (!check_arguments(c, site, callee)) continue;
      for (uint32_t k = 0; k < callee->params.n; k++) check_argument_kind(c, site->invoke.args.items[k], &callee->params.items[k], body);
    }
  }
}

static void visit_ruling(Checker *c, const Node *node, void *context) {
  const MotionNode *motion = context;
  if (node->kind != NODE_RULING || motion->before.n == 0) return;
  const Ref *ref = &c->program->refs[node->choice.who->id];
  for (uint32_t i = 0; i < motion->before.n; i++) {
    const Ref *named = &c->program->refs[motion->before.items[i]->id];
    if (named->kind == ref->kind && named->index == ref->index) return;
  }
  if (ref->kind == REF_NONE) return;
  Diagnostic *d = diagnostic_add(c->diagnostics, E_STANDING, node->choice.who->span, "this motion is not before this court");
  diagnostic_also(c->diagnostics, d, motion->before.items[0]->span, "the court it is before");
}

static uint32_t expand(Checker *c, uint32_t body, uint32_t parent, const Node *site) {
  Program *p = c->program;
  uint32_t id = p->calls.n;
  if (id >= MAX_CALLS) return NO_INDEX;
  const Body *b = &p->bodies.items[body];
  Call call = {.body = body, .parent = parent, .site = site, .first_step = p->steps.n};
  call.args = ARENA_ARRAY(c->arena, Arg, b->params.n + 1);
  call.children = ARENA_ARRAY(c->arena, uint32_t, b->sites.n + 1);
  for (uint32_t i = 0; site && i < b->params.n && i < site->invoke.args.n; i++) {
    call.args[i].is_entity = b->params.items[i].is_entity;
    call.args[i].value = site->invoke.args.items[i];
    call.args[i].entity = call.args[i].is_entity ? program_entity_at(p, parent, call.args[i].value) : NO_INDEX;
  }
  vec_push(c->arena, &p->calls, call);
  for (uint32_t i = 0; i < b->steps.n; i++) {
    Step step = {.call = id, .own = i};
    vec_push(c->arena, &p->steps, step);
  }
  for (uint32_t i = 0; i < b->sites.n; i++) {
    const Ref *ref = &p->refs[b->sites.items[i]->invoke.what->id];
    call.children[i] = ref->kind == REF_ENTITY ? expand(c, p->entities.items[ref->index].index, id, b->sites.items[i]) : NO_INDEX;
  }
  return id;
}

static NameId step_name(const Program *p, const Step *step) {
  return p->bodies.items[p->calls.items[step->call].body].steps.items[step->own].name.id;
}

static bool call_is_named(const Program *p, const Call *call, NameId name) {
  if (!call->site) return false;
  if (call->site->invoke.as.id == name) return true;
  EntityId entity = p->bodies.items[call->body].entity;
  return entity != NO_INDEX && p->entities.items[entity].name.id == name;
}

// The names before the step are calls on the way to it, in order, some may be left out.
static bool step_matches(const Program *p, const Step *step, const Name *parts, uint32_t n) {
  if (step_name(p, step) != parts[n - 1].id) return false;
  uint32_t left = n - 1;
  for (uint32_t call = step->call; left && call != NO_INDEX; call = p->calls.items[call].parent) {
    if (call_is_named(p, &p->calls.items[call], parts[left - 1].id)) left--;
  }
  return left == 0;
}

static uint32_t count_matches(const Program *p, const Name *parts, uint32_t n) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < p->steps.n; i++) count += step_matches(p, &p->steps.items[i], parts, n);
  return count;
}

static void name_step(Checker *c, Step *step) {
  Program *p = c->program;
  Name parts[34];
  uint32_t n = 1, call = step->call;
  parts[33] = (Name){step_name(p, step), {0, 0}};
  while (n < 33 && count_matches(p, &parts[34 - n], n) > 1 && p->calls.items[call].site) {
    const Node *site = p->calls.items[call].site;
    EntityId entity = p->bodies.items[p->calls.items[call].body].entity;
    parts[33 - n] = (Name){site->invoke.as.id ? site->invoke.as.id : p->entities.items[entity].name.id, {0, 0}};
    n++;
    call = p->calls.items[call].parent;
  }
  TextBuilder name = {0};
  for (uint32_t i = 34 - n; i < 34; i++) text_addf(&name, "%s%.*s", i == 34 - n ? "" : ".", TEXT_ARG(name_of(c, parts[i].id)));
  step->full_name = text_builder_take(&name, c->arena);
}

static void unknown_step(Checker *c, const Node *path, uint32_t n_parts) {
  Text word = name_of(c, path->path.parts[n_parts - 1].id);
  Text *words = ARENA_ARRAY(c->arena, Text, c->program->steps.n + 1);
  for (uint32_t i = 0; i < c->program->steps.n; i++) words[i] = name_of(c, step_name(c->program, &c->program->steps.items[i]));
  EntityId known = n_parts == 1 ? c->by_name[path->path.parts[0].id] : NO_INDEX;
  if (known != NO_INDEX) {
    diagnostic_add(c->diagnostics, E_WRONG_KIND, path->span, "\"%.*s\" is %s, not a stage or a named call", TEXT_ARG(word),
                   kind_text(c->program->entities.items[known].kind));
    return;
  }
  Diagnostic *d = diagnostic_add(c->diagnostics, E_UNKNOWN_NAME, path->span, "no stage or named call is called \"%.*s\"", TEXT_ARG(word));
  Suggestion near = suggest_nearest(word, words, c->program->steps.n);
  if (near.word.n) diagnostic_label(c->diagnostics, d, "did you mean \"%.*s\"?", TEXT_ARG(near.word));
}

bool resolve_step_path(Checker *c, const Node *path, uint32_t body, uint32_t n_parts, Ref *out) {
  const Program *p = c->program;
  if (n_parts == 1 && body != NO_INDEX) {
    const Body *b = &p->bodies.items[body];
    for (uint32_t i = 0; i < b->steps.n; i++) {
      if (b->steps.items[i].name.id != path->path.parts[0].id) continue;
      *out = (Ref){.kind = REF_OWN_STEP, .index = i};
      return true;
    }
  }
  uint32_t n = count_matches(p, path->path.parts, n_parts);
  if (n == 0) {
    unknown_step(c, path, n_parts);
    return false;
  }
  Diagnostic *d = n > 1 ? diagnostic_add(c->diagnostics, E_AMBIGUOUS, path->span, "%u steps could be meant here", n) : NULL;
  for (uint32_t i = 0; i < p->steps.n; i++) {
    if (!step_matches(p, &p->steps.items[i], path->path.parts, n_parts)) continue;
    *out = (Ref){.kind = REF_STEP, .index = i};
    if (d) diagnostic_note(c->diagnostics, d, "%.*s", TEXT_ARG(p->steps.items[i].full_name));
  }
  if (d) {
    diagnostic_hint(c->diagnostics, d, "Name the call as well; a call gets a name of its own with \"as\".");
    *out = (Ref){.kind = REF_NONE};
  }
  return n == 1;
}

void check_calls(Checker *c) {
  Program *p = c->program;
  char *state = ARENA_ARRAY(c->arena, char, p->bodies.n + 1);
  bool is_circular = false;
  for (uint32_t i = 0; i < p->bodies.n; i++) is_circular |= has_circle(c, i, NULL, state);
  check_sites(c);
  for (uint32_t i = 0; i < p->bodies.n; i++) {
    const Node *node = p->bodies.items[i].node;
    if (node && node->kind == NODE_MOTION) check_walk(c, node->motion.block, visit_ruling, (void *)&node->motion);
  }
  if (!is_circular && expand(c, 0, NO_INDEX, NULL) == 0 && p->calls.n >= MAX_CALLS) {
    diagnostic_add(c->diagnostics, E_TOO_LARGE, p->the_case->span, "the case makes more than %d calls", MAX_CALLS);
  }
  for (uint32_t i = 0; i < p->steps.n; i++) name_step(c, &p->steps.items[i]);
  resolve_late(c);
}
