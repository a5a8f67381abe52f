// Names are followed by lists of what is still to be read, never by recursion, so that a long chain of
// assumptions needs no stack. The values are those in force: a change brings its own title and source,
// which --set has none of.
#include "lang/check/grounds.h"

#include <ctype.h>
#include <strings.h>

#include "lang/syntax/children.h"

typedef struct Named {  // what has been met by name, each once: the first `n_read` have been read
  bool *is_met;
  VEC(uint32_t) items;
  uint32_t n_read;
} Named;

typedef struct Gathering {
  const Inputs *inputs;
  const Program *program;
  Arena *arena;
  Grounds grounds;
  Named assumes, facts, lets, chambers;
} Gathering;

static Named named_new(Arena *arena, uint32_t n) {
  return (Named){.is_met = ARENA_ARRAY(arena, bool, n + 1)};
}

static Gathering gathering_new(const Inputs *inputs, Arena *arena) {
  const Program *p = inputs->program;
  return (Gathering){.inputs = inputs,
                     .program = p,
                     .arena = arena,
                     .assumes = named_new(arena, p->assumes.n),
                     .facts = named_new(arena, p->facts.n),
                     .lets = named_new(arena, p->lets.n),
                     .chambers = named_new(arena, p->chambers.n)};
}

static void meet(Gathering *g, Named *named, uint32_t index) {
  if (named->is_met[index]) return;
  named->is_met[index] = true;
  vec_push(g->arena, &named->items, index);
}

// --- Numbers ---

static void find_number(const Node *node, void *context) {
  bool *has_number = context;
  if (node->kind == NODE_NUMBER || node->kind == NODE_DATE) *has_number = true;
  if (node->kind == NODE_IF_VALUE) {  // what is compared in the condition is no value of its own
    find_number(node->if_value.then, context);
    if (node->if_value.otherwise) find_number(node->if_value.otherwise, context);
  } else {
    tree_children(node, find_number, context);
  }
}

static bool calls_itself_guess(Text title) {
  static const char WORD[] = "guess";
  const uint32_t n = sizeof WORD - 1;
  for (uint32_t i = 0; i + n <= title.n; i++) {
    bool is_start = i == 0 || !isalpha((unsigned char)title.at[i - 1]);
    if (is_start && strncasecmp(title.at + i, WORD, n) == 0) return true;
  }
  return false;
}

static void add_ground(Gathering *g, const Node *value, Title title, uint32_t input) {
  bool has_number = false, is_guess = !title.source.n || calls_itself_guess(title.text);
  find_number(value, &has_number);
  if (!has_number) return;
  Text path = input == NO_INDEX ? (Text){0} : g->program->inputs.items[input].path;
  Ground ground = {path, value, title, is_guess};
  g->grounds.n_guesses += is_guess;
  vec_push(g->arena, &g->grounds.items, ground);
}

static const Change *change_of(const Gathering *g, uint32_t input) {
  return input == NO_INDEX ? NULL : g->inputs->of[input];
}

static void record(Gathering *g, const Node *written, Title title) {
  if (!written) return;
  uint32_t input = g->program->input_of[written->id];
  const Change *change = change_of(g, input);
  add_ground(g, change ? change->value : written, change ? change->title : title, input);
}

// --- What is read ---

static void read_path(Gathering *g, const Node *node) {
  const Ref *ref = &g->program->refs[node->id];
  if (ref->kind == REF_ASSUME) meet(g, &g->assumes, ref->index);
  if (ref->kind == REF_FACT) meet(g, &g->facts, ref->index);
  if (ref->kind == REF_LET) meet(g, &g->lets, ref->index);
  if (ref->kind == REF_LINE) meet(g, &g->chambers, g->program->blocs.items[ref->index].chamber);
  if (ref->kind != REF_ENTITY) return;
  EntityKind kind = program_entity(g->program, ref->index)->kind;
  if (kind == ENTITY_CHAMBER || kind == ENTITY_COURT)
    meet(g, &g->chambers, program_chamber(g->program, ref->index));
}

static void record_options(Gathering *g, const Option *options, uint32_t n, Title title) {
  for (uint32_t i = 0; i < n; i++) {
    if (options[i].kind == OPTION_CHANCE) record(g, options[i].value, title);
  }
}

static void record_drawn(Gathering *g, const AssignNode *node) {
  if (node->value && g->program->types[node->value->id].kind == TYPE_DAYS_SPREAD)
    record(g, node->value, node->title);
}

// Everything below a node: numbers that are believed, and names.
static void read_node(const Node *written, void *context) {
  Gathering *g = context;
  const Node *node = inputs_value(g->inputs, written);
  switch ((int)node->kind) {
    case NODE_PATH: read_path(g, node); return;
    case NODE_WAIT:
    case NODE_WAIT_UNTIL: record(g, node->wait.time, node->wait.title); break;
    case NODE_DECIDE:
    case NODE_RULING:
      record_options(g, node->choice.options, node->choice.n, node->choice.title);
      break;
    case NODE_LET:
    case NODE_SET: record_drawn(g, &node->assign); break;
    case NODE_ATTEMPT: record(g, node->attempt.pausing, (Title){0}); break;
    case NODE_AMEND: record(g, node->amend.chance, (Title){0}); break;
    case NODE_CHANCE: record(g, node->chance.chance, (Title){0}); break;
  }
  tree_children(node, read_node, g);
}

static void read_value(Gathering *g, const Node *written, Title title) {
  if (!written) return;
  record(g, written, title);
  read_node(written, g);
}

static void read_rule(Gathering *g, const Rule *rule, Title title) {
  const Change *change = change_of(g, rule->input);
  if (rule->share) {
    read_value(g, rule->share, title);
  } else if (change) {
    add_ground(g, change->value, change->title, rule->input);
    read_node(change->value, g);
  } else {
    for (uint32_t i = 0; i < rule->n_options; i++) {
      if (rule->options[i].kind == OPTION_CHANCE) read_value(g, rule->options[i].value, title);
    }
  }
}

static void read_chamber(Gathering *g, uint32_t index) {
  const ChamberInfo *chamber = &g->program->chambers.items[index];
  for (uint32_t i = 0; i < chamber->n_blocs; i++) {
    const BlocInfo *bloc = &g->program->blocs.items[chamber->first_bloc + i];
    if (bloc->has_rule) read_rule(g, &bloc->rule, bloc->title);
    for (uint32_t k = 0; k < bloc->on.n; k++) read_rule(g, &bloc->on.items[k].rule, bloc->title);
    read_value(g, bloc->loyalty, bloc->title);
    read_value(g, bloc->turnout, bloc->title);
    read_value(g, bloc->abstain, bloc->title);
  }
}

static bool next_of(Named *named, uint32_t *index) {
  if (named->n_read == named->items.n) return false;
  *index = named->items.items[named->n_read++];
  return true;
}

// Reads what has been met by name, and what is met by that.
static void read_names(Gathering *g) {
  const Program *p = g->program;
  uint32_t i;
  for (bool has_more = true; has_more;) {
    has_more = false;
    for (; next_of(&g->assumes, &i); has_more = true)
      read_value(g, p->assumes.items[i].value,
                 program_entity(p, p->assumes.items[i].entity)->title);
    for (; next_of(&g->facts, &i); has_more = true)
      read_value(g, p->facts.items[i].chance, program_entity(p, p->facts.items[i].entity)->title);
    for (; next_of(&g->lets, &i); has_more = true) {
      const LetInfo *let = &p->lets.items[i];
      record_drawn(g, &program_entity(p, let->entity)->node->assign);
      if (let->value) read_node(let->value, g);
    }
    for (; next_of(&g->chambers, &i); has_more = true) read_chamber(g, i);
  }
}

Grounds grounds_of_case(const Inputs *inputs, uint32_t scenario, Arena *arena) {
  Gathering g = gathering_new(inputs, arena);
  const Program *p = inputs->program;
  bool *is_called = ARENA_ARRAY(arena, bool, p->bodies.n + 1);
  for (uint32_t i = 0; i < p->calls.n; i++) is_called[p->calls.items[i].body] = true;
  for (uint32_t i = 0; i < p->bodies.n; i++) {
    const Node *node = p->bodies.items[i].node;
    if (is_called[i] && node) tree_children(node, read_node, &g);
  }
  for (uint32_t i = 0; i < p->queries.n; i++) {
    const Query *query = &p->queries.items[i];
    if (query->scenario == NO_INDEX || query->scenario == scenario) read_node(query->node, &g);
  }
  read_names(&g);
  return g.grounds;
}

// --- What decides a failure ---

typedef struct Search {
  Span failure;
  const Node *decides;  // the innermost so far
} Search;

static bool span_holds(Span outer, Span inner) {
  return outer.from <= inner.from && inner.to <= outer.to;
}

static bool lies_in(const Node *node, Span failure) {
  return node && span_holds(node->span, failure);
}

static void search(const Node *node, void *context) {
  Search *s = context;
  if (!span_holds(node->span, s->failure)) return;
  switch ((int)node->kind) {
    case NODE_DECIDE:
    case NODE_RULING:
    case NODE_IF:
    case NODE_IF_TRIAL:
    case NODE_VOTE:
    case NODE_REQUIRE: s->decides = node; break;
    case NODE_WITHIN:
    case NODE_UNTIL:
      if (!lies_in(node->limit.block, s->failure)) s->decides = node;
      break;
    case NODE_STAGE:
      if (!lies_in(node->stage.block, s->failure)) s->decides = NULL;
      break;
    case NODE_DO:
    case NODE_MOVE: s->decides = NULL; break;
    default:  // what a motion requires
      if (node->kind < NODE_BLOCK && span_holds(s->failure, node->span)) s->decides = node;
  }
  tree_children(node, search, s);
}

// The chamber that votes, which may be another in each call of the body.
static void read_voter(Gathering *g, const Node *path, uint32_t body) {
  const Program *p = g->program;
  for (uint32_t i = 0; i < p->calls.n; i++) {
    if (p->calls.items[i].body != body) continue;
    EntityId id = program_entity_at(p, i, path);
    if (id != NO_INDEX) meet(g, &g->chambers, program_chamber(p, id));
  }
}

static void read_decider(Gathering *g, const Node *node, uint32_t body) {
  switch ((int)node->kind) {
    case NODE_DECIDE:
    case NODE_RULING:
      record_options(g, node->choice.options, node->choice.n, node->choice.title);
      for (uint32_t i = 0; i < node->choice.n; i++) {
        if (node->choice.options[i].value) read_node(node->choice.options[i].value, g);
      }
      break;
    case NODE_IF:
    case NODE_IF_TRIAL: read_node(node->branch.condition, g); break;
    case NODE_VOTE: read_voter(g, node->vote.chamber, body); break;
    case NODE_REQUIRE: read_node(node->require.condition, g); break;
    case NODE_WITHIN:
    case NODE_UNTIL: read_node(node->limit.block, g); break;
    default: read_node(node, g);
  }
}

Grounds grounds_of_failure(const Inputs *inputs, Span failure, Arena *arena) {
  Gathering g = gathering_new(inputs, arena);
  const Program *p = inputs->program;
  for (uint32_t i = 0; i < p->bodies.n; i++) {
    const Node *node = p->bodies.items[i].node;
    Search s = {.failure = failure};
    if (!node || !span_holds(node->span, failure)) continue;
    tree_children(node, search, &s);
    if (s.decides) read_decider(&g, s.decides, i);
  }
  read_names(&g);
  return g.grounds;
}
