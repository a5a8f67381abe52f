// The constructors of the tree. Depth is counted here, from the children up, so that `1+1+1…` is
// refused before anything recurses over it: LR parsing itself needs no stack for a left-recursive
// rule, but everybody who reads the tree does.
#include "lang/syntax/nodes.h"

#include <stddef.h>

static uint32_t depth_max(uint32_t a, uint32_t b) {
  return a > b ? a : b;
}

static uint32_t depth_of_all(Node *const *nodes, uint32_t n) {
  uint32_t deepest = 0;
  for (uint32_t i = 0; i < n; i++)
    if (nodes[i]) deepest = depth_max(deepest, nodes[i]->depth);
  return deepest;
}

#define DEPTH(...) \
  depth_of_all((Node *const[]){__VA_ARGS__}, sizeof((Node *const[]){__VA_ARGS__}) / sizeof(Node *))

static uint32_t depth_of_list(NodeList list) {
  return depth_of_all(list.items, list.n);
}

static uint32_t depth_of_options(const Option *options, uint32_t n) {
  uint32_t deepest = 0;
  for (uint32_t i = 0; i < n; i++)
    deepest = depth_max(deepest, DEPTH(options[i].value, options[i].block));
  return deepest;
}

// A bloc's properties lie one level below the chamber's; the grammar allows blocs in blocs.
static uint32_t depth_of_props(PropList props) {
  uint32_t deepest = 0;
  for (uint32_t i = 0; i < props.n; i++) {
    const Prop *p = &props.items[i];
    deepest = depth_max(deepest, DEPTH(p->name, p->value, p->from));
    deepest = depth_max(deepest, depth_of_options(p->options, p->n_options));
    if (p->bloc) deepest = depth_max(deepest, 1 + depth_of_props(p->bloc->props));
  }
  return deepest;
}

static uint32_t depth_of_motion(const MotionNode *m) {
  uint32_t deepest = DEPTH(m->block);
  deepest = depth_max(deepest, depth_max(depth_of_list(m->by), depth_of_list(m->before)));
  for (uint32_t i = 0; i < m->n_requires; i++)
    deepest = depth_max(deepest, DEPTH(m->requires[i].condition));
  return deepest;
}

static uint32_t depth_of_tracks(const TracksNode *tracks) {
  uint32_t deepest = DEPTH(tracks->otherwise);
  for (uint32_t i = 0; i < tracks->n; i++)
    deepest = depth_max(deepest, DEPTH(tracks->tracks[i].block));
  return deepest;
}

// The deepest of a node's children.
static uint32_t depth_below(const Node *n) {
  switch (n->kind) {
    case NODE_NUMBER:
    case NODE_DATE:
    case NODE_TEXT:
    case NODE_TRUTH:
    case NODE_TODAY:
    case NODE_PATH:
    case NODE_THRESHOLD_SHARE:
    case NODE_THRESHOLD_COUNT:
    case NODE_THRESHOLD_WORD:
    case NODE_THRESHOLD_NAME:
    case NODE_FAIL:
    case NODE_SUCCEED:
    case NODE_NOTE:
    case NODE_USE:
    case NODE_ERROR:
    case NODE_KINDS: return 0;
    case NODE_IS: return DEPTH(n->is.path, n->is.pred.reg);
    case NODE_BY: return DEPTH(n->by.event, n->by.when);
    case NODE_CALL: return depth_of_list(n->call.args);
    case NODE_NOT:
    case NODE_NEGATE: return DEPTH(n->negation.operand);
    case NODE_BINARY: return DEPTH(n->binary.left, n->binary.right);
    case NODE_RANGE: return DEPTH(n->range.low, n->range.mode, n->range.high);
    case NODE_UNIT: return DEPTH(n->unit.operand, n->unit.calendar);
    case NODE_IF_VALUE:
      return DEPTH(n->if_value.condition, n->if_value.then, n->if_value.otherwise);
    case NODE_CHANCE: return DEPTH(n->chance.chance);
    case NODE_CHANCE_OF:
    case NODE_DATE_OF:
    case NODE_STAT_OF: return DEPTH(n->question.event, n->question.given);
    case NODE_THRESHOLD_AND:
    case NODE_THRESHOLD_OR: return DEPTH(n->pair.left, n->pair.right);
    case NODE_BLOCK: return depth_of_list(n->block.statements);
    case NODE_STAGE: return DEPTH(n->stage.block, n->stage.otherwise);
    case NODE_WITHIN:
    case NODE_UNTIL:
      return DEPTH(n->limit.limit, n->limit.block, n->limit.expired, n->limit.otherwise);
    case NODE_WAIT:
    case NODE_WAIT_UNTIL:
    case NODE_WAIT_SITTING: return DEPTH(n->wait.time);
    case NODE_VOTE:
      return DEPTH(n->vote.chamber, n->vote.on, n->vote.needs, n->vote.quorum, n->vote.otherwise);
    case NODE_DECIDE:
    case NODE_RULING:
      return depth_max(DEPTH(n->choice.who, n->choice.on),
                       depth_of_options(n->choice.options, n->choice.n));
    case NODE_DO:
    case NODE_MOVE:
      return depth_max(DEPTH(n->invoke.what, n->invoke.by, n->invoke.otherwise),
                       depth_of_list(n->invoke.args));
    case NODE_REQUIRE: return DEPTH(n->require.condition, n->require.otherwise);
    case NODE_END: return DEPTH(n->end.outcome);
    case NODE_ATTEMPT:
      return DEPTH(n->attempt.times, n->attempt.pausing, n->attempt.during, n->attempt.block,
                   n->attempt.otherwise);
    case NODE_REPEAT:
    case NODE_WHILE: return DEPTH(n->loop.control, n->loop.block);
    case NODE_FOR: return depth_max(DEPTH(n->each.block), depth_of_list(n->each.over));
    case NODE_IF:
    case NODE_IF_TRIAL: return DEPTH(n->branch.condition, n->branch.then, n->branch.otherwise);
    case NODE_LET:
    case NODE_SET:
    case NODE_LET_ITEM: return DEPTH(n->assign.target, n->assign.value);
    case NODE_ENACT: return DEPTH(n->enact.bill, n->enact.after, n->enact.on);
    case NODE_AMEND: return DEPTH(n->amend.thing, n->amend.chance);
    case NODE_LIST:
    case NODE_DELIST: return DEPTH(n->listing.organization, n->listing.reg);
    case NODE_REPEAL: return DEPTH(n->repeal.bill);
    case NODE_TOGETHER:
    case NODE_RACE: return depth_of_tracks(&n->tracks);
    case NODE_CASE: return DEPTH(n->case_item.from, n->case_item.until, n->case_item.block);
    case NODE_DECLARE: return depth_of_props(n->declare.props);
    case NODE_PROCEDURE: return DEPTH(n->procedure.block);
    case NODE_MOTION: return depth_of_motion(&n->motion);
    case NODE_SCENARIO: return depth_of_list(n->scenario.changes);
    case NODE_ASSUME: return DEPTH(n->assume.path, n->assume.value, n->assume.pred.reg);
    case NODE_FACT: return DEPTH(n->fact.chance, n->fact.from);
    case NODE_OBSERVE:
    case NODE_OBSERVE_UNTIL: return DEPTH(n->observe.event, n->observe.on, n->observe.odds);
    case NODE_ASK:
    case NODE_EXPECT:
    case NODE_EXPECT_NEVER:
    case NODE_EXPECT_ALWAYS: return DEPTH(n->query.claim);
    case NODE_THRESHOLD_ITEM: return DEPTH(n->threshold_item.threshold);
  }
  return 0;
}

void builder_too_deep(Builder *b, Span span) {
  if (b->is_refused) return;
  b->is_refused = true;
  Diagnostic *d = diagnostic_add(b->diagnostics, E_TOO_DEEP, span, "this is nested too deeply");
  diagnostic_note(b->diagnostics, d,
                  "At most %d levels of brackets, blocks and operators go into each other.",
                  NODE_MAX_DEPTH);
}

static void too_large(Builder *b, Span span) {
  if (b->is_refused) return;
  b->is_refused = true;
  Diagnostic *d = diagnostic_add(b->diagnostics, E_TOO_LARGE, span, "the script is too large");
  diagnostic_note(b->diagnostics, d, "At most %d names, numbers, steps and so on are read.",
                  NODE_MAX_COUNT);
}

// A node takes no more memory than its kind has members: names and numbers are most of a tree, and small.
static uint32_t node_size(NodeKind kind) {
  static const uint32_t sizes[NODE_KINDS] = {
#define KIND(kind, member) [kind] = offsetof(Node, member) + sizeof((Node){0}.member),
#include "lang/syntax/kinds.def"
#undef KIND
  };
  return sizes[kind];
}

Node *node_make(Builder *b, const Node *like) {
  uint32_t depth = 1 + depth_below(like);
  if (depth > NODE_MAX_DEPTH) {
    builder_too_deep(b, like->span);
    return node_error(b, like->span);
  }
  if (b->tree->n_nodes >= NODE_MAX_COUNT) too_large(b, like->span);
  uint32_t size = node_size(like->kind);
  Node *node = arena_alloc(b->arena, size);
  memcpy(node, like, size);
  node->id = ++b->tree->n_nodes;
  node->depth = depth;
  return node;
}

Node *node_error(Builder *b, Span span) {
  return NODE(span, ERROR, empty, 0);
}

void node_give_up(Builder *b, Span span) {
  b->given_up_from = span.from;
}

Node *node_number(Builder *b, Span span, Text digits, bool is_percent) {
  return NODE(span, NUMBER, number, .exact = rational_parse(digits, is_percent),
              .number = decimal_parse(digits, is_percent), .is_percent = is_percent);
}

// The lexer gives ten characters, "2024-12-18".
Node *node_date(Builder *b, Span span, Text digits) {
  int32_t parts[3] = {0};
  for (uint32_t i = 0, part = 0; i < digits.n && part < 3; i++) {
    if (digits.at[i] == '-') part++;
    else parts[part] = 10 * parts[part] + (digits.at[i] - '0');
  }
  return NODE(span, DATE, date, .day = date_of(parts[0], parts[1], parts[2]));
}

Node *node_ref(Builder *b, Name name) {
  Name *parts = ARENA_NEW(b->arena, Name);
  *parts = name;
  return NODE(name.span, PATH, path, .parts = parts, .n = 1);
}

Node *node_is(Builder *b, Span span, Node *path, Pred pred, bool is_negated, Node *by) {
  Span test = {span.from, pred.span.to};
  Node *is = NODE(test, IS, is, .path = path, .pred = pred, .negated = is_negated);
  return by ? NODE(span, BY, by, .event = is, .when = by) : is;
}

Node *node_motion(Builder *b, Span span, Name name, ParamVec params, Title title, Clauses clauses,
                  Node *block) {
  return NODE(span, MOTION, motion, .name = name, .params = params.items, .n_params = params.n,
              .title = title, .by = clauses.by, .before = clauses.before,
              .requires = clauses.requires.items, .n_requires = clauses.requires.n, .block = block);
}

Node *node_binary(Builder *b, Span span, ValueOp op, Node *left, Node *right, Span op_span) {
  return NODE(span, BINARY, binary, .op = op, .left = left, .right = right, .op_span = op_span);
}

Node *node_share(Builder *b, Span span, Rational share, BaseRef base, bool more_than,
                 bool against) {
  return NODE(span, THRESHOLD_SHARE, threshold_share, .share = share, .more_than = more_than,
              .against = against, .base = base.kind, .base_name = base.name);
}

Node *node_majority(Builder *b, Span span, BaseRef base, bool against) {
  return NODE(span, THRESHOLD_SHARE, threshold_share, .share = rational_of(1, 2), .more_than = true,
              .is_majority = true, .against = against, .base = base.kind, .base_name = base.name);
}

Node *node_all(Builder *b, Span span, BaseRef base) {
  return NODE(span, THRESHOLD_SHARE, threshold_share, .share = rational_of(1, 1), .is_all = true,
              .base = base.kind, .base_name = base.name);
}

Node *node_count(Builder *b, Span span, CountSense sense, Text digits, CountKind kind) {
  return NODE(span, THRESHOLD_COUNT, threshold_count, .sense = sense,
              .count = rational_parse(digits, false), .kind = kind);
}

// "two thirds" for "2/3", else the words of the script.
static Text share_in_words(Builder *b, Text written, Rational share) {
  static const char *const ones[] = {"", "one", "two", "three", "four"};
  static const char *const parts[] = {"", "", "half", "third", "quarter", "fifth"};
  if (written.n != 3 || written.at[1] != '/') return written;
  if (share.num < 1 || share.num > 4 || share.den < 2 || share.den > 5) return written;
  return text_format(b->arena, "%s %s%s", ones[share.num], parts[share.den],
                     share.num > 1 ? "s" : "");
}

Node *node_baseless(Builder *b, Span span, Rational share, bool more_than) {
  Text written = source_slice(b->tree->sources, span);
  bool is_majority = written.n > 0 && written.at[0] == 'm' && !more_than;
  Text words = is_majority ? TEXT("a majority") : share_in_words(b, written, share);
  Diagnostic *d =
      diagnostic_add(b->diagnostics, E_THRESHOLD, span, "%.*s of what?", TEXT_ARG(words));
  diagnostic_label(b->diagnostics, d, "of all seats, of those present or of the votes?");
  diagnostic_hint(b->diagnostics, d,
                  "Write \"%.*s of seats\", \"%.*s of present\" or \"%.*s of votes\".",
                  TEXT_ARG(written), TEXT_ARG(written), TEXT_ARG(written));
  return NODE(span, THRESHOLD_SHARE, threshold_share, .share = share,
              .more_than = more_than || is_majority, .is_majority = is_majority,
              .base = TREE_BASE_NAME);
}

NodeList node_list(NodeVec nodes) {
  return (NodeList){nodes.items, nodes.n};
}

PropList node_props(PropVec props) {
  return (PropList){props.items, props.n, props.is_partial};
}

void node_mark_partial(Builder *b) {
  Node *last = b->items.n ? b->items.items[b->items.n - 1] : NULL;
  if (last && last->kind == NODE_DECLARE) last->declare.props.is_partial = true;
}

NodeList node_names(Builder *b, NameVec names) {
  NodeVec refs = {0};
  for (uint32_t i = 0; i < names.n; i++) vec_push(b->arena, &refs, node_ref(b, names.items[i]));
  return node_list(refs);
}

Rational share_of_quotient(Builder *b, Span span, Text num, Text den) {
  Rational share = rational_div(rational_parse(num, false), rational_parse(den, false));
  if (!rational_is_some(share))
    diagnostic_add(b->diagnostics, E_THRESHOLD, span, "this is no share of anything");
  return share;
}

Bloc *bloc_make(Builder *b, Name name, Title title, PropVec props) {
  Bloc *bloc = ARENA_NEW(b->arena, Bloc);
  *bloc = (Bloc){name, title, node_props(props), ++b->tree->n_nodes};
  return bloc;
}
