// Steps, one after the other.
#include "tests/oracle/world.h"

static Flow run_else(World *w, Flow flow, const Node *otherwise) {
  return flow == FLOW_FAILED && otherwise ? step_run(w, otherwise) : flow;
}

static void happen(World *w, IsKind kind, uint32_t of) {
  if (of == NO_INDEX) return;
  world_note(w, kind, of, 0, value_date(w->today));
  world_note(w, EVER + kind, of, 0, value_date(w->today));
}

// Forgets the records of all steps that were reached since there were n notes.
static void forget(World *w, uint32_t n) {
  for (uint32_t i = n; i < w->notes.n; i++) {
    if (w->notes.items[i].kind != IS_REACHED) continue;
    for (uint32_t k = n; k < w->notes.n; k++) {
      Note *note = &w->notes.items[k];
      if (note->kind <= IS_OPTION && note->of == w->notes.items[i].of) note->value = (Value){0};
    }
  }
}

static Flow run_wait(World *w, const Node *time) {
  Value value = eval(w, time);
  Date day = eval_day(w, value);
  const Limit *first = w->frame.limit;  // to come; of two on one day the inner one
  for (const Limit *limit = first->outer; limit; limit = limit->outer)
    if (limit->last < first->last) first = limit;
  if (day < w->today && value.type == VALUE_DURATION) world_error(w);
  if (day <= w->today) return FLOW_ON;
  w->today = day <= first->last ? day : first->last;
  w->cut = first;
  return day <= first->last ? FLOW_ON : FLOW_CUT;
}

static Flow run_limit(World *w, const Node *node) {
  Date last = eval_day(w, eval(w, node->limit.limit));
  Limit limit = {last < w->today ? w->today : last, w->frame.limit};
  w->frame.limit = &limit;
  Flow flow = step_run(w, node->limit.block);
  w->frame.limit = limit.outer;
  if (flow == FLOW_CUT && w->cut == &limit) {
    happen(w, IS_EXPIRED, w->frame.step);
    flow = node->limit.expired ? step_run(w, node->limit.expired) : FLOW_FAILED;
  }
  return run_else(w, flow, node->limit.otherwise);
}

// The callee is running already.
static bool is_in_order(World *w, const MotionNode *motion, EntityId mover) {
  bool has_standing = !motion->by.n || mover == NO_INDEX;
  for (uint32_t i = 0; i < motion->by.n; i++)
    has_standing |= eval_entity(w, motion->by.items[i]) == mover;
  for (uint32_t i = 0; i < motion->n_requires && has_standing; i++)
    if (!eval(w, motion->requires[i].condition).truth) return false;
  return has_standing;
}

static Flow run_body(World *w, uint32_t callee, const Node *node) {
  const Body *body = &w->program->bodies.items[w->program->calls.items[callee].body];
  EntityId mover = node->invoke.by ? eval_entity(w, node->invoke.by) : NO_INDEX;
  w->frame.call = callee;
  if (node->kind == NODE_MOVE && !is_in_order(w, &body->node->motion, mover)) return FLOW_FAILED;
  return step_run(w, body->block);
}

// A stage or, with a callee, a call, and its record if it has a name.
static Flow run_recorded(World *w, uint32_t callee, const Node *node) {
  uint32_t own = w->program->local[node->id], step = NO_INDEX;
  Frame around = w->frame;
  if (own != NO_INDEX) step = w->frame.step = w->program->calls.items[around.call].first_step + own;
  if (callee == NO_INDEX) w->frame.stage = step;
  happen(w, IS_REACHED, step);
  Flow flow = callee == NO_INDEX ? step_run(w, node->stage.block) : run_body(w, callee, node);
  w->frame = around;
  if (flow == FLOW_ON || flow == FLOW_SUCCEED) happen(w, IS_PASSED, step);
  if (flow == FLOW_FAILED || (flow == FLOW_CUT && w->cut->outer)) happen(w, IS_FAILED, step);
  return flow;
}

static Flow run_call(World *w, const Node *node) {
  const Call *calls = w->program->calls.items;
  uint32_t callee = calls[w->frame.call].children[w->program->site[node->id]];
  const Arg *args = calls[callee].args;
  for (uint32_t i = 0; i < w->program->bodies.items[calls[callee].body].params.n; i++)
    if (!args[i].is_entity) world_note(w, NAME + REF_PARAM, i, callee, eval(w, args[i].value));
  Flow flow = run_recorded(w, callee, node);
  return run_else(w, flow == FLOW_SUCCEED ? FLOW_ON : flow, node->invoke.otherwise);
}

static Flow run_choice(World *w, const Node *node) {
  uint32_t n = node->choice.n, stage = w->frame.stage;
  uint32_t option = eval_option(w, node->choice.options, n);
  bool is_own = stage != NO_INDEX && w->program->steps.items[stage].call == w->frame.call;
  for (uint32_t i = 0; i < n && is_own; i++)
    world_note(w, IS_OPTION, stage, i, i == option ? value_date(w->today) : (Value){0});
  const Node *block = node->choice.options[option].block;
  return block ? step_run(w, block) : FLOW_ON;
}

static Flow run_attempt(World *w, const Node *node) {
  const AttemptNode *attempt = &node->attempt;
  uint32_t n_notes = w->notes.n;
  int32_t n = eval_whole(w, attempt->times, 0);
  Flow flow = FLOW_FAILED;
  for (int32_t i = 0; i < n && flow == FLOW_FAILED; i++) {
    if (i && attempt->during && !eval(w, attempt->during).truth) break;
    Flow pause = i && attempt->pausing ? run_wait(w, attempt->pausing) : FLOW_ON;
    if (pause != FLOW_ON) return pause;
    forget(w, n_notes);
    flow = step_run(w, attempt->block);
  }
  return run_else(w, flow, attempt->otherwise);
}

static Flow run_repeat(World *w, const Node *node) {
  uint32_t n_notes = w->notes.n;
  Flow flow = FLOW_ON;
  for (int32_t n = eval_whole(w, node->loop.control, 0); n > 0 && flow == FLOW_ON; n--) {
    forget(w, n_notes);
    flow = step_run(w, node->loop.block);
  }
  return flow;
}

static Flow run_branch(World *w, const Node *node) {
  const BranchNode *branch = &node->branch;
  Flow flow = FLOW_ON;
  if (node->kind == NODE_IF_TRIAL) flow = step_run(w, branch->condition);
  else if (!eval(w, branch->condition).truth) flow = FLOW_FAILED;
  if (flow != FLOW_ON && flow != FLOW_FAILED) return flow;
  const Node *next = (flow == FLOW_ON) != branch->negated ? branch->then : branch->otherwise;
  return next ? step_run(w, next) : FLOW_ON;
}

// --- What changes the world at once ---

static void assign(World *w, const Node *node) {
  Value value = eval(w, node->assign.value);
  Ref ref = {.kind = REF_VARIABLE, .index = w->program->local[node->id]};
  if (node->kind == NODE_SET) ref = w->program->refs[node->assign.target->id];
  world_note(w, NAME + ref.kind, ref.index, ref.kind == REF_LET ? 0 : w->frame.call, value);
}

static void enact(World *w, const Node *node) {
  EntityId bill = eval_entity(w, node->enact.bill);
  const Node *day = node->enact.on ? node->enact.on : node->enact.after;
  Date in_force = day ? eval_day(w, eval(w, day)) : w->today;
  world_note(w, IS_ENACTED, bill, 0, value_date(w->today));
  world_note(w, IS_IN_FORCE, bill, 0, value_date(in_force));
}

static void amend(World *w, const Node *node) {
  EntityId thing = eval_entity(w, node->amend.thing);
  double p = node->amend.chance ? eval_chance(w, node->amend.chance) : 1;
  for (uint32_t bloc = 0; bloc < w->program->blocs.n; bloc++) {
    bool is_drawn = world_recall(w, NAME + REF_LINE, bloc, thing).type != VALUE_NONE;
    if (is_drawn && world_happens(w, p)) world_note(w, NAME + REF_LINE, bloc, thing, (Value){0});
  }
}

Flow step_run(World *w, const Node *node) {
  Flow flow = FLOW_ON;
  switch ((int)node->kind) {
    case NODE_BLOCK:
      for (uint32_t i = 0; i < node->block.statements.n && flow == FLOW_ON; i++)
        flow = step_run(w, node->block.statements.items[i]);
      return flow;
    case NODE_STAGE: return run_else(w, run_recorded(w, NO_INDEX, node), node->stage.otherwise);
    case NODE_WITHIN:
    case NODE_UNTIL: return run_limit(w, node);
    case NODE_WAIT:
    case NODE_WAIT_UNTIL: return run_wait(w, node->wait.time);
    case NODE_VOTE: {
      VoteResult result = vote_hold(w, node);
      if (result == VOTE_INQUORATE) happen(w, IS_INQUORATE, w->frame.stage);
      return result == VOTE_PASSED ? FLOW_ON : run_else(w, FLOW_FAILED, node->vote.otherwise);
    }
    case NODE_DECIDE:
    case NODE_RULING: return run_choice(w, node);
    case NODE_DO:
    case NODE_MOVE: return run_call(w, node);
    case NODE_REQUIRE:
      if (eval(w, node->require.condition).truth) return FLOW_ON;
      return run_else(w, FLOW_FAILED, node->require.otherwise);
    case NODE_FAIL: return FLOW_FAILED;
    case NODE_SUCCEED: return FLOW_SUCCEED;
    case NODE_END:
      w->outcome = w->program->entities.items[eval_entity(w, node->end.outcome)].index;
      return FLOW_ENDED;
    case NODE_ATTEMPT: return run_attempt(w, node);
    case NODE_REPEAT: return run_repeat(w, node);
    case NODE_IF:
    case NODE_IF_TRIAL: return run_branch(w, node);
    case NODE_LET:
    case NODE_SET: assign(w, node); return FLOW_ON;
    case NODE_ENACT: enact(w, node); return FLOW_ON;
    case NODE_AMEND: amend(w, node); return FLOW_ON;
    case NODE_LIST:
    case NODE_DELIST: {
      Value day = node->kind == NODE_LIST ? value_date(w->today) : (Value){0};
      world_note(w, IS_LISTED, eval_entity(w, node->listing.organization),
                 eval_entity(w, node->listing.reg), day);
      return FLOW_ON;
    }
    case NODE_NOTE: return FLOW_ON;
    default: world_error(w); return FLOW_ENDED;
  }
}
