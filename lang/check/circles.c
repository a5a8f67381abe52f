// Circles of what the files assume: an assumption, a fact's chance or a variable whose value needs
// itself. A scenario may close a circle that the file does not have, so each is searched too, from
// what it changes. The search is depth-first over lists of its own, since a chain may be longer
// than the machine's stack; one that is too long to be computed is refused.
#include "lang/check/resolver.h"

enum { MAX_CHAIN = 500 };

// Nodes: assumptions, then facts, then variables.
typedef struct Search {
  const Program *program;
  Arena *arena;
  Inputs inputs;
  uint32_t n, n_assumes, n_facts;
  char *state;       // by node: unseen, open, done
  uint32_t *height;  // by node: the longest chain below
  uint32_t
      *latest;  // by node: 1 + the last variable that the value reads, itself or through others
} Search;

typedef struct Frame {
  uint32_t node;
  uint32_t first, next;  // in the list of needs, up to where the next frame's begin
} Frame;

typedef struct Needs {
  const Search *search;
  VEC(uint32_t) list;
} Needs;

static EntityId entity_of(const Search *s, uint32_t node) {
  if (node < s->n_assumes) return s->program->assumes.items[node].entity;
  node -= s->n_assumes;
  return node < s->n_facts ? s->program->facts.items[node].entity
                           : s->program->lets.items[node - s->n_facts].entity;
}

static const Node *value_of(const Search *s, uint32_t node) {
  bool is_belief;
  if (node < s->n_assumes) return inputs_assume(&s->inputs, node, &is_belief);
  node -= s->n_assumes;
  const Node *written = node < s->n_facts ? s->program->facts.items[node].chance
                                          : s->program->lets.items[node - s->n_facts].value;
  return written ? inputs_value(&s->inputs, written) : NULL;
}

static void visit_need(Checker *c, const Node *node, void *context) {
  Needs *needs = context;
  const Search *s = needs->search;
  if (node->kind != NODE_PATH) return;
  const Ref *ref = &c->program->refs[node->id];
  if (ref->kind == REF_ASSUME) list_push(&needs->list, ref->index);
  if (ref->kind == REF_FACT) list_push(&needs->list, s->n_assumes + ref->index);
  if (ref->kind == REF_LET) list_push(&needs->list, s->n_assumes + s->n_facts + ref->index);
}

typedef VEC(Frame) Frames;

static void report_circle(Checker *c, const Search *s, const Frames *frames, uint32_t node,
                          Span span) {
  enum { MAX_SHOWN = 12 };
  TextBuilder b = {0};
  uint32_t from = frames->n;
  while (frames->items[--from].node != node) {}
  for (uint32_t i = from; i < frames->n && i - from < MAX_SHOWN; i++) {
    text_addf(&b, "%.*s -> ",
              TEXT_ARG(program_name(c->program, entity_of(s, frames->items[i].node))));
  }
  if (frames->n - from > MAX_SHOWN) text_add(&b, "… -> ");
  text_add_text(&b, program_name(c->program, entity_of(s, node)));
  if (!span.from) span = program_entity(c->program, entity_of(s, node))->name.span;
  Diagnostic *d =
      diagnostic_add(c->diagnostics, E_ASSUME_CIRCLE, span, "the value needs itself: %s", b.at);
  for (uint32_t i = from; i < frames->n && i - from < MAX_SHOWN; i++) {
    const Entity *entity = program_entity(c->program, entity_of(s, frames->items[i].node));
    if (entity->name.span.from != span.from)
      diagnostic_also(c->diagnostics, d, entity->name.span, "on the way");
  }
  diagnostic_hint(c->diagnostics, d, "Give one of them a value that does not need the others.");
  text_builder_free(&b);
}

static void open_frame(Checker *c, Search *s, Frames *frames, Needs *needs, uint32_t node) {
  enum { OPEN = 1 };
  Frame frame = {node, needs->list.n, needs->list.n};
  s->state[node] = OPEN;
  check_walk(c, value_of(s, node), visit_need, needs);
  list_push(frames, frame);
}

// The variables of the files are set in their order, on the first day.
static void check_order(Checker *c, const Search *s, uint32_t node, Span span) {
  uint32_t first_let = s->n_assumes + s->n_facts;
  if (node < first_let || s->latest[node] <= node - first_let + 1) return;
  const Program *p = c->program;
  const Entity *entity = program_entity(p, entity_of(s, node));
  EntityId later = p->lets.items[s->latest[node] - 1].entity;
  Text name = name_of(c, entity->name.id), other = program_name(p, later);
  Diagnostic *d = diagnostic_add(c->diagnostics, E_PLACE, span.from ? span : entity->name.span,
                                 "\"%.*s\" needs \"%.*s\", which is set later", TEXT_ARG(name),
                                 TEXT_ARG(other));
  diagnostic_also(c->diagnostics, d, program_entity(p, later)->name.span, "set here");
  diagnostic_hint(c->diagnostics, d, "Write \"let %.*s\" first.", TEXT_ARG(other));
}

// Closes the last frame; its height counts for the one that needs it.
static void close_frame(Search *s, Frames *frames, Needs *needs) {
  enum { DONE = 2 };
  const Frame *top = &frames->items[--frames->n];
  s->state[top->node] = DONE;
  needs->list.n = top->first;
}

static void rise(Search *s, uint32_t node, uint32_t below) {
  uint32_t first_let = s->n_assumes + s->n_facts;
  uint32_t latest = below < first_let ? s->latest[below] : below - first_let + 1;
  if (s->latest[node] < latest) s->latest[node] = latest;
  if (s->height[node] < s->height[below] + 1) s->height[node] = s->height[below] + 1;
}

static void search_from(Checker *c, Search *s, uint32_t root, Span span) {
  enum { UNSEEN, OPEN };
  Frames frames = {0};
  Needs needs = {.search = s};
  if (s->state[root] == UNSEEN) open_frame(c, s, &frames, &needs, root);
  while (frames.n) {
    Frame *top = &frames.items[frames.n - 1];
    if (top->next == needs.list.n) {
      uint32_t done = top->node;
      close_frame(s, &frames, &needs);
      check_order(c, s, done, span);
      if (frames.n) rise(s, frames.items[frames.n - 1].node, done);
      continue;
    }
    uint32_t need = needs.list.items[top->next++];
    if (s->state[need] == OPEN) {
      report_circle(c, s, &frames, need, span);
    } else if (s->state[need] == UNSEEN) {
      open_frame(c, s, &frames, &needs, need);
    } else {
      rise(s, top->node, need);
    }
  }
  if (s->height[root] == MAX_CHAIN) {
    const Entity *entity = program_entity(c->program, entity_of(s, root));
    diagnostic_add(c->diagnostics, E_TOO_DEEP, span.from ? span : entity->name.span,
                   "values need each other more than %d deep", MAX_CHAIN);
  }
  list_free(&frames);
  list_free(&needs.list);
}

static Search open_search(Checker *c, uint32_t scenario) {
  const Program *p = c->program;
  Search s = {.program = p, .arena = arena_new(), .n_assumes = p->assumes.n, .n_facts = p->facts.n};
  s.inputs = inputs_new(p, s.arena, scenario);
  s.n = s.n_assumes + s.n_facts + p->lets.n;
  s.state = memory_alloc(s.n + 1, sizeof *s.state);
  s.height = memory_alloc(s.n + 1, sizeof *s.height);
  s.latest = memory_alloc(s.n + 1, sizeof *s.latest);
  return s;
}

static void close_search(Search *s) {
  free(s->state);
  free(s->height);
  free(s->latest);
  arena_free(s->arena);
}

static uint32_t node_of_input(const Checker *c, const Search *s, uint32_t input) {
  const Input *of = &c->program->inputs.items[input];
  if (of->kind != INPUT_ASSUME && of->kind != INPUT_FACT) return NO_INDEX;
  // assumptions and facts are the first inputs, in the order of the nodes
  return input < s->n_assumes + s->n_facts ? input : NO_INDEX;
}

static void search_changes(Checker *c, uint32_t scenario) {
  const ScenarioInfo *info = &c->program->scenarios.items[scenario];
  Search s = open_search(c, scenario);
  for (uint32_t i = 0; i < info->changes.n; i++) {
    uint32_t node = node_of_input(c, &s, info->changes.items[i].input);
    if (node != NO_INDEX) search_from(c, &s, node, info->changes.items[i].span);
  }
  close_search(&s);
}

void check_circles(Checker *c) {
  uint32_t before = c->diagnostics->n_errors;
  Search s = open_search(c, NO_INDEX);
  for (uint32_t i = 0; i < s.n; i++) search_from(c, &s, i, (Span){0, 0});
  close_search(&s);
  for (uint32_t i = 0; c->diagnostics->n_errors == before && i < c->program->scenarios.n; i++)
    search_changes(c, i);
}
