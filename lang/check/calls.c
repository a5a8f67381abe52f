// All calls of a case, found before it is run. A procedure never calls itself, so they are finitely
// many; a circle is shown and then nothing is expanded.
#include "lang/check/resolver.h"

enum { MAX_CALLS = 100000, MAX_STEPS = 1000000, MAX_CALL_DEPTH = 256 };

typedef struct Frame {
  uint32_t body;
  uint32_t next;  // the site to follow next
} Frame;

typedef VEC(Frame) Frames;

static Text body_name(const Checker *c, uint32_t body) {
  EntityId entity = c->program->bodies.items[body].entity;
  return entity == NO_INDEX ? TEXT("the case") : program_name(c->program, entity);
}

static uint32_t callee_of(const Program *p, const Node *site) {
  const Ref *ref = &p->refs[site->invoke.what->id];
  return ref->kind == REF_ENTITY ? program_entity(p, ref->index)->index : NO_INDEX;
}

static const Node *site_of(const Program *p, const Frame *frame) {
  return p->bodies.items[frame->body].sites.items[frame->next - 1];
}

// The circle runs from the frame `from` to the last one, whose site closes it.
static void report_circle(Checker *c, const Frames *frames, uint32_t from) {
  enum { MAX_SHOWN = 12 };
  TextBuilder b = {0};
  uint32_t n = frames->n - from;
  for (uint32_t i = from; i < frames->n; i++) {
    if (i - from < MAX_SHOWN)
      text_addf(&b, "%.*s -> ", TEXT_ARG(body_name(c, frames->items[i].body)));
  }
  if (n > MAX_SHOWN) text_add(&b, "… -> ");
  text_add_text(&b, body_name(c, frames->items[from].body));
  const Node *closing = site_of(c->program, &frames->items[frames->n - 1]);
  Diagnostic *d = diagnostic_add(c->diagnostics, E_RECURSION, closing->span,
                                 "a procedure calls itself: %s", b.at);
  diagnostic_label(c->diagnostics, d, "this calls \"%.*s\" again",
                   TEXT_ARG(body_name(c, frames->items[from].body)));
  for (uint32_t i = from; i + 1 < frames->n && i - from < MAX_SHOWN; i++) {
    diagnostic_also(c->diagnostics, d, site_of(c->program, &frames->items[i])->span,
                    "calls \"%.*s\"", TEXT_ARG(body_name(c, frames->items[i + 1].body)));
  }
  diagnostic_hint(c->diagnostics, d, "To do something again, use \"attempt\" or \"repeat\".");
  text_builder_free(&b);
}

static uint32_t frame_of(const Frames *frames, uint32_t body) {
  uint32_t i = frames->n;
  while (frames->items[--i].body != body) {}
  return i;
}

// Depth-first search; the frames are its stack, since a chain of procedures may be longer than the
// machine's.
static bool search_circles(Checker *c, uint32_t root, char *state) {
  enum { UNSEEN, OPEN, DONE };
  const Program *p = c->program;
  Frames frames = {0};
  bool is_found = false;
  if (state[root] != UNSEEN) return false;
  state[root] = OPEN;
  list_push(&frames, ((Frame){root, 0}));
  while (frames.n) {
    Frame *top = &frames.items[frames.n - 1];
    const Body *body = &p->bodies.items[top->body];
    if (top->next == body->sites.n) {
      state[top->body] = DONE;
      frames.n--;
      continue;
    }
    uint32_t callee = callee_of(p, body->sites.items[top->next++]);
    if (callee == NO_INDEX || state[callee] == DONE) continue;
    if (state[callee] == OPEN) {
      report_circle(c, &frames, frame_of(&frames, callee));
      is_found = true;
    } else {
      state[callee] = OPEN;
      list_push(&frames, ((Frame){callee, 0}));
    }
  }
  list_free(&frames);
  return is_found;
}

static bool has_circles(Checker *c) {
  char *state = ARENA_ARRAY(c->arena, char, c->program->bodies.n + 1);
  bool is_found = false;
  for (uint32_t i = 0; i < c->program->bodies.n; i++) is_found |= search_circles(c, i, state);
  return is_found;
}

static Arg argument(const Program *p, uint32_t caller, const ParamInfo *param, const Node *value) {
  Arg arg = {param->is_entity, NO_INDEX, value};
  if (param->is_entity && value && value->kind == NODE_PATH)
    arg.entity = program_entity_at(p, caller, value);
  return arg;
}

static uint32_t add_call(Checker *c, uint32_t body, uint32_t parent, const Node *site) {
  Program *p = c->program;
  const Body *b = &p->bodies.items[body];
  Call call = {.body = body, .parent = parent, .site = site, .first_step = p->steps.n};
  call.args = ARENA_ARRAY(c->arena, Arg, b->params.n + 1);
  call.children = ARENA_ARRAY(c->arena, uint32_t, b->sites.n + 1);
  for (uint32_t i = 0; i < b->params.n; i++) {
    call.args[i] = argument(p, parent, &b->params.items[i],
                            i < site->invoke.args.n ? site->invoke.args.items[i] : NULL);
  }
  for (uint32_t i = 0; i < b->sites.n; i++) call.children[i] = NO_INDEX;
  for (uint32_t i = 0; i < b->steps.n; i++) {
    Step step = {.call = p->calls.n, .own = i};
    vec_push(c->arena, &p->steps, step);
  }
  vec_push(c->arena, &p->calls, call);
  return p->calls.n - 1;
}

// Adds the calls below a call; false once there are too many.
static bool expand(Checker *c, uint32_t call, uint32_t depth) {
  Program *p = c->program;
  const Body *body = &p->bodies.items[p->calls.items[call].body];
  for (uint32_t i = 0; i < body->sites.n; i++) {
    const Node *site = body->sites.items[i];
    uint32_t callee = callee_of(p, site);
    if (callee == NO_INDEX) continue;
    if (depth == MAX_CALL_DEPTH) {
      diagnostic_add(c->diagnostics, E_TOO_DEEP, site->span,
                     "calls stand within each other more than %d deep", MAX_CALL_DEPTH);
      return false;
    }
    if (p->calls.n == MAX_CALLS || p->steps.n > MAX_STEPS) {
      diagnostic_add(c->diagnostics, E_TOO_LARGE, site->span, "the case makes more than %d calls",
                     MAX_CALLS);
      return false;
    }
    uint32_t child = add_call(c, callee, call, site);
    p->calls.items[call].children[i] = child;
    if (!expand(c, child, depth + 1)) return false;
  }
  return true;
}

static const Node *mover_named(const Program *p, const NodeList *by, EntityId mover) {
  for (uint32_t i = 0; i < by->n; i++) {
    const Ref *ref = &p->refs[by->items[i]->id];
    if (ref->kind == REF_NONE || ref->index == mover) return by->items[i];
  }
  return NULL;
}

// A mover without standing puts the motion out of order; each place is told once, though many calls
// may lead there.
static void check_movers(Checker *c) {
  const Program *p = c->program;
  char *is_told = ARENA_ARRAY(c->arena, char, c->tree->n_nodes + 1);
  for (uint32_t i = 1; i < p->calls.n; i++) {
    const Call *call = &p->calls.items[i];
    const Node *site = call->site, *motion = p->bodies.items[call->body].node;
    if (site->kind != NODE_MOVE || !site->invoke.by || !motion->motion.by.n || is_told[site->id])
      continue;
    EntityId mover = program_entity_at(p, call->parent, site->invoke.by);
    if (mover == NO_INDEX || mover_named(p, &motion->motion.by, mover)) continue;
    is_told[site->id] = 1;
    Text name = program_name(p, mover), what = program_name(p, p->bodies.items[call->body].entity);
    Diagnostic *d =
        diagnostic_add(c->diagnostics, W_STANDING, site->invoke.by->span,
                       "\"%.*s\" may not make the motion \"%.*s\"", TEXT_ARG(name), TEXT_ARG(what));
    diagnostic_label(c->diagnostics, d, "it will be out of order");
    diagnostic_also(c->diagnostics, d, motion->motion.by.items[0]->span, "who may");
  }
}

void check_calls(Checker *c) {
  bool is_circular = has_circles(c);
  if (c->program->the_case) {
    uint32_t root = add_call(c, 0, NO_INDEX, NULL);
    c->is_expanded = !is_circular && !check_lacks_calls(c) && expand(c, root, 1);
  }
  check_movers(c);
  name_steps(c);
  resolve_late(c);
}
