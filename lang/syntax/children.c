// Every node below a node. The one place that knows where a kind of node keeps its children, so
// that a pass that looks for something needs no switch of its own. The depth of the tree is limited
// by the parser, so this may recurse.
#include "lang/syntax/children.h"

typedef struct Visit {
  TreeVisit *visit;
  void *context;
} Visit;

static void one(const Visit *v, const Node *node) {
  if (node) v->visit(node, v->context);
}

static void two(const Visit *v, const Node *a, const Node *b) {
  one(v, a);
  one(v, b);
}

static void list(const Visit *v, const NodeList *nodes) {
  for (uint32_t i = 0; i < nodes->n; i++) one(v, nodes->items[i]);
}

static void options(const Visit *v, const Option *items, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) two(v, items[i].value, items[i].block);
}

static void props(const Visit *v, const PropList *list_of) {
  for (uint32_t i = 0; i < list_of->n; i++) {
    const Prop *prop = &list_of->items[i];
    two(v, prop->name, prop->value);
    options(v, prop->options, prop->n_options);
    one(v, prop->from);
    if (prop->bloc) props(v, &prop->bloc->props);
  }
}

static void motion(const Visit *v, const MotionNode *node) {
  list(v, &node->by);
  list(v, &node->before);
  for (uint32_t i = 0; i < node->n_requires; i++) one(v, node->requires[i].condition);
  one(v, node->block);
}

static void attempt(const Visit *v, const AttemptNode *node) {
  two(v, node->times, node->pausing);
  two(v, node->during, node->block);
  one(v, node->otherwise);
}

static void vote(const Visit *v, const VoteNode *node) {
  two(v, node->chamber, node->on);
  two(v, node->needs, node->quorum);
  one(v, node->otherwise);
}

static void limit(const Visit *v, const LimitNode *node) {
  two(v, node->limit, node->block);
  two(v, node->expired, node->otherwise);
}

static void invoke(const Visit *v, const InvokeNode *node) {
  one(v, node->what);
  list(v, &node->args);
  two(v, node->by, node->otherwise);
}

static void three(const Visit *v, const Node *a, const Node *b, const Node *d) {
  two(v, a, b);
  one(v, d);
}

static void each(const Visit *v, const EachNode *node) {
  list(v, &node->over);
  one(v, node->block);
}

static void tracks(const Visit *v, const TracksNode *node) {
  for (uint32_t i = 0; i < node->n; i++) one(v, node->tracks[i].block);
  one(v, node->otherwise);
}

static void choice(const Visit *v, const ChoiceNode *node) {
  two(v, node->who, node->on);
  options(v, node->options, node->n);
}

static void below_expression(const Visit *v, const Node *n) {
  switch ((int)n->kind) {
    case NODE_IS: two(v, n->is.path, n->is.pred.reg); break;
    case NODE_BY: two(v, n->by.event, n->by.when); break;
    case NODE_CALL: list(v, &n->call.args); break;
    case NODE_NOT:
    case NODE_NEGATE: one(v, n->negation.operand); break;
    case NODE_BINARY: two(v, n->binary.left, n->binary.right); break;
    case NODE_RANGE: three(v, n->range.low, n->range.mode, n->range.high); break;
    case NODE_UNIT: two(v, n->unit.operand, n->unit.calendar); break;
    case NODE_IF_VALUE:
      three(v, n->if_value.condition, n->if_value.then, n->if_value.otherwise);
      break;
    case NODE_CHANCE: one(v, n->chance.chance); break;
    case NODE_CHANCE_OF:
    case NODE_DATE_OF:
    case NODE_STAT_OF: two(v, n->question.event, n->question.given); break;
    case NODE_THRESHOLD_AND:
    case NODE_THRESHOLD_OR: two(v, n->pair.left, n->pair.right); break;
  }
}

static void below_item(const Visit *v, const Node *n) {
  switch ((int)n->kind) {
    case NODE_CASE: three(v, n->case_item.from, n->case_item.until, n->case_item.block); break;
    case NODE_DECLARE: props(v, &n->declare.props); break;
    case NODE_PROCEDURE: one(v, n->procedure.block); break;
    case NODE_MOTION: motion(v, &n->motion); break;
    case NODE_SCENARIO: list(v, &n->scenario.changes); break;
    case NODE_ASSUME: three(v, n->assume.path, n->assume.pred.reg, n->assume.value); break;
    case NODE_FACT: two(v, n->fact.chance, n->fact.from); break;
    case NODE_OBSERVE:
    case NODE_OBSERVE_UNTIL: three(v, n->observe.event, n->observe.on, n->observe.odds); break;
    case NODE_ASK:
    case NODE_EXPECT:
    case NODE_EXPECT_NEVER:
    case NODE_EXPECT_ALWAYS: one(v, n->query.claim); break;
    case NODE_LET_ITEM: one(v, n->assign.value); break;
    case NODE_THRESHOLD_ITEM: one(v, n->threshold_item.threshold); break;
  }
}

static void below_statement(const Visit *v, const Node *n) {
  switch ((int)n->kind) {
    case NODE_BLOCK: list(v, &n->block.statements); break;
    case NODE_STAGE: two(v, n->stage.block, n->stage.otherwise); break;
    case NODE_WITHIN:
    case NODE_UNTIL: limit(v, &n->limit); break;
    case NODE_WAIT:
    case NODE_WAIT_UNTIL:
    case NODE_WAIT_SITTING: one(v, n->wait.time); break;
    case NODE_VOTE: vote(v, &n->vote); break;
    case NODE_DECIDE:
    case NODE_RULING: choice(v, &n->choice); break;
    case NODE_DO:
    case NODE_MOVE: invoke(v, &n->invoke); break;
    case NODE_REQUIRE: two(v, n->require.condition, n->require.otherwise); break;
    case NODE_END: one(v, n->end.outcome); break;
    case NODE_ATTEMPT: attempt(v, &n->attempt); break;
    case NODE_REPEAT:
    case NODE_WHILE: two(v, n->loop.control, n->loop.block); break;
    case NODE_FOR: each(v, &n->each); break;
    case NODE_IF:
    case NODE_IF_TRIAL: three(v, n->branch.condition, n->branch.then, n->branch.otherwise); break;
    case NODE_LET:
    case NODE_SET: two(v, n->assign.target, n->assign.value); break;
    case NODE_ENACT: three(v, n->enact.bill, n->enact.after, n->enact.on); break;
    case NODE_AMEND: two(v, n->amend.thing, n->amend.chance); break;
    case NODE_LIST:
    case NODE_DELIST: two(v, n->listing.organization, n->listing.reg); break;
    case NODE_REPEAL: one(v, n->repeal.bill); break;
    case NODE_TOGETHER:
    case NODE_RACE: tracks(v, &n->tracks); break;
  }
}

void tree_children(const Node *node, TreeVisit *visit, void *context) {
  Visit v = {visit, context};
  if (node->kind < NODE_BLOCK) {
    below_expression(&v, node);
  } else if (node->kind < NODE_CASE) {
    below_statement(&v, node);
  } else {
    below_item(&v, node);
  }
}
