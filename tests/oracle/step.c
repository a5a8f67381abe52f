// Steps, one after the other.
#include "tests/oracle/world.h"

static uint32_t step_of(const WorldNow *w, uint32_t call, const Node *node) {
  uint32_t local = w->program->local[node->id];
  return local == NO_INDEX ? NO_INDEX : w->program->calls.items[call].first_step + local;
}

static const Body *body_of(const WorldNow *w, uint32_t call) {
  return &w->program->bodies.items[w->program->calls.items[call].body];
}

// --- Records ---

static void enter(WorldNow *w, uint32_t step) {
  if (step == NO_INDEX) return;
  w->records[step].reached = w->today;
  w->records[step].was_reached = true;
  vec_push(w->arena, &w->around, step);
}

static void leave(WorldNow *w, uint32_t step, Flow flow) {
  if (step == NO_INDEX) return;
  Record *record = &w->records[step];
  w->around.n--;
  if (flow == FLOW_ON || flow == FLOW_SUCCEED) {
    record->passed = w->today;
    record->was_passed = true;
  } else if (flow == FLOW_FAILED || (flow == FLOW_CUT && w->cut > 0)) {
    record->failed = w->today;
    record->was_failed = true;
  }
}

static void forget(WorldNow *w, uint32_t step) {
  Record *r = &w->records[step];
  r->reached = r->passed = r->failed = r->expired = r->inquorate = r->option_day = DATE_NONE;
  r->option = NO_INDEX;
}

static bool is_inside(const Node *node, const Node *block) {
  return node->span.from >= block->span.from && node->span.to <= block->span.to;
}

// Forgets what a block of a call holds, or with NULL the whole call.
static void forget_block(WorldNow *w, uint32_t call, const Node *block) {
  const Body *body = body_of(w, call);
  const Call *c = &w->program->calls.items[call];
  for (uint32_t i = 0; i < body->steps.n; i++) {
    if (!block || is_inside(body->steps.items[i].node, block)) forget(w, c->first_step + i);
  }
  for (uint32_t i = 0; i < body->sites.n; i++) {
    if (!block || is_inside(body->sites.items[i], block)) forget_block(w, c->children[i], NULL);
  }
}

// --- Time ---

static Flow wait_to(WorldNow *w, Date day) {
  uint32_t first = 0;  // to come; of two on one day the inner one
  for (uint32_t i = 1; i < w->limits.n; i++) {
    if (w->limits.items[i] <= w->limits.items[first]) first = i;
  }
  if (day == w->today || day <= w->limits.items[first]) {
    w->today = day;
    return FLOW_ON;
  }
  w->today = w->limits.items[first];
  w->cut = first;
  return FLOW_CUT;
}

static Flow wait_for(WorldNow *w, uint32_t call, const Node *written) {
  const Node *time = inputs_value(w->inputs, written);
  Date day = DATE_NONE;
  if (time->kind == NODE_RANGE) {
    day = date_add_days(w->today, spread_days(w, call, time));
  } else {
    Value value = eval(w, call, time);
    if (value.type == VALUE_DURATION) value_date_after(w->today, value.duration, &day);
  }
  if (day == DATE_NONE || day < w->today) world_error(w);
  return w->has_error ? FLOW_ENDED : wait_to(w, day);
}

static Flow wait_until(WorldNow *w, uint32_t call, const Node *date) {
  Value value = eval(w, call, date);
  if (value.type != VALUE_DATE || value.date == DATE_NONE) world_error(w);
  if (w->has_error) return FLOW_ENDED;
  return wait_to(w, value.date > w->today ? value.date : w->today);
}

static Flow run_else(WorldNow *w, uint32_t call, Flow flow, const Node *otherwise) {
  return flow == FLOW_FAILED && otherwise ? step_run(w, call, otherwise) : flow;
}

static Flow run_limit(WorldNow *w, uint32_t call, const Node *node) {
  Value limit = eval(w, call, node->limit.limit);
  Date last = DATE_NONE;
  if (node->kind == NODE_WITHIN && limit.type == VALUE_DURATION)
    value_date_after(w->today, limit.duration, &last);
  if (node->kind == NODE_UNTIL && limit.type == VALUE_DATE) last = limit.date;
  if (last == DATE_NONE) world_error(w);
  if (w->has_error) return FLOW_ENDED;
  uint32_t self = w->limits.n;
  vec_push(w->arena, &w->limits, last < w->today ? w->today : last);
  Flow flow = step_run(w, call, node->limit.block);
  w->limits.n--;
  if (flow == FLOW_CUT && w->cut == self) {
    if (w->around.n) w->records[w->around.items[w->around.n - 1]].expired = w->today;
    flow = node->limit.expired ? step_run(w, call, node->limit.expired) : FLOW_FAILED;
  }
  return run_else(w, call, flow, node->limit.otherwise);
}

// --- Stages, calls ---

static Flow run_stage(WorldNow *w, uint32_t call, const Node *node) {
  uint32_t step = step_of(w, call, node);
  enter(w, step);
  Flow flow = step_run(w, call, node->stage.block);
  leave(w, step, flow);
  return run_else(w, call, flow, node->stage.otherwise);
}

static bool has_standing(WorldNow *w, uint32_t call, uint32_t callee, const Node *move,
                         const MotionNode *motion) {
  if (!motion->by.n || !move->invoke.by) return true;
  EntityId mover = program_entity_at(w->program, call, move->invoke.by);
  for (uint32_t i = 0; i < motion->by.n; i++) {
    if (program_entity_at(w->program, callee, motion->by.items[i]) == mover) return true;
  }
  return false;
}

static Flow run_motion(WorldNow *w, uint32_t call, uint32_t callee, const Node *move) {
  const Body *body = body_of(w, callee);
  const MotionNode *motion = &body->node->motion;
  if (!has_standing(w, call, callee, move, motion)) return FLOW_FAILED;
  for (uint32_t i = 0; i < motion->n_requires; i++) {
    if (!eval_truth(w, callee, motion->requires[i].condition)) return FLOW_FAILED;
  }
  return step_run(w, callee, body->block);
}

static Flow run_call(WorldNow *w, uint32_t call, const Node *node) {
  uint32_t callee = w->program->calls.items[call].children[w->program->site[node->id]];
  const Call *c = &w->program->calls.items[callee];
  const Body *body = body_of(w, callee);
  for (uint32_t i = 0; i < body->params.n; i++) {
    if (!c->args[i].is_entity) w->params[callee][i] = eval(w, call, c->args[i].value);
  }
  forget_block(w, callee, NULL);
  uint32_t step = step_of(w, call, node);
  enter(w, step);
  Flow flow = node->kind == NODE_MOVE ? run_motion(w, call, callee, node)
                                      : step_run(w, callee, body->block);
  leave(w, step, flow);
  return run_else(w, call, flow == FLOW_SUCCEED ? FLOW_ON : flow, node->invoke.otherwise);
}

// --- Votes, choices ---

static Flow run_vote(WorldNow *w, uint32_t call, const Node *node) {
  VoteResult result = vote_hold(w, call, node);
  if (result == VOTE_INQUORATE) {
    for (uint32_t i = w->around.n; i-- > 0;) {
      uint32_t step = w->around.items[i];
      const Step *s = &w->program->steps.items[step];
      if (body_of(w, s->call)->steps.items[s->own].node->kind != NODE_STAGE) continue;
      w->records[step].inquorate = w->today;
      break;
    }
  }
  return run_else(w, call, result == VOTE_PASSED ? FLOW_ON : FLOW_FAILED, node->vote.otherwise);
}

static Flow run_choice(WorldNow *w, uint32_t call, const Node *node) {
  double *p = memory_alloc(node->choice.n, sizeof *p);
  spread_options(w, call, node->choice.options, node->choice.n, p);
  uint32_t option = w->has_error ? 0 : world_choose(w, p, node->choice.n);
  free(p);
  if (w->has_error) return FLOW_ENDED;
  const Body *body = body_of(w, call);
  for (uint32_t i = 0; i < body->steps.n; i++) {
    if (body->steps.items[i].choice != node) continue;
    Record *record = &w->records[w->program->calls.items[call].first_step + i];
    record->option = option;
    record->option_day = w->today;
  }
  const Node *block = node->choice.options[option].block;
  return block ? step_run(w, call, block) : FLOW_ON;
}

// --- Loops, branches ---

static Flow run_attempt(WorldNow *w, uint32_t call, const Node *node) {
  const AttemptNode *attempt = &node->attempt;
  uint32_t n = eval_count(w, call, attempt->times);
  Flow flow = FLOW_FAILED;
  for (uint32_t i = 0; i < n && flow == FLOW_FAILED && !w->has_error; i++) {
    if (i && attempt->during && !eval_truth(w, call, attempt->during)) break;
    if (i && attempt->pausing) {
      Flow pause = wait_for(w, call, attempt->pausing);
      if (pause != FLOW_ON) return pause;
    }
    forget_block(w, call, attempt->block);
    flow = step_run(w, call, attempt->block);
  }
  return run_else(w, call, flow, attempt->otherwise);
}

static Flow run_repeat(WorldNow *w, uint32_t call, const Node *node) {
  uint32_t n = eval_count(w, call, node->loop.control);
  Flow flow = FLOW_ON;
  for (uint32_t i = 0; i < n && flow == FLOW_ON && !w->has_error; i++) {
    forget_block(w, call, node->loop.block);
    flow = step_run(w, call, node->loop.block);
  }
  return flow;
}

static Flow run_branch(WorldNow *w, uint32_t call, const Node *node) {
  bool holds = false;
  if (node->kind == NODE_IF) {
    holds = eval_truth(w, call, node->branch.condition);
  } else {
    Flow flow = step_run(w, call, node->branch.condition);
    if (flow != FLOW_ON && flow != FLOW_FAILED) return flow;
    holds = flow == FLOW_ON;
  }
  const Node *next = holds != node->branch.negated ? node->branch.then : node->branch.otherwise;
  return next ? step_run(w, call, next) : FLOW_ON;
}

// --- What changes the world at once ---

static void assign(WorldNow *w, uint32_t call, const Node *node) {
  const Node *written = inputs_value(w->inputs, node->assign.value);
  Value value = written->kind == NODE_RANGE
                    ? value_duration(0, (int32_t)spread_days(w, call, written))
                    : eval(w, call, written);
  if (node->kind == NODE_LET) {
    w->variables[call][w->program->local[node->id]] = value;
    return;
  }
  const Ref *ref = &w->program->refs[node->assign.target->id];
  Value *target = ref->kind == REF_LET     ? w->lets
                  : ref->kind == REF_PARAM ? w->params[call]
                                           : w->variables[call];
  target[ref->index] = value;
}

static void enact(WorldNow *w, uint32_t call, const Node *node) {
  EntityId bill = program_entity_at(w->program, call, node->enact.bill);
  Date day = w->today;
  if (node->enact.on) day = eval(w, call, node->enact.on).date;
  if (node->enact.after) {
    Value after = eval(w, call, node->enact.after);
    if (after.type != VALUE_DURATION ||
        value_date_after(w->today, after.duration, &day) != VALUE_OK)
      world_error(w);
  }
  if (day == DATE_NONE) world_error(w);
  w->enacted[bill] = w->today;
  w->in_force[bill] = day;
}

static void amend(WorldNow *w, uint32_t call, const Node *node) {
  EntityId thing = program_entity_at(w->program, call, node->amend.thing);
  double p = node->amend.chance ? eval_chance(w, call, node->amend.chance) : 1;
  for (uint32_t bloc = 0; bloc < w->program->blocs.n; bloc++) {
    uint8_t *line = &w->lines[bloc * w->program->entities.n + thing];
    if (*line && world_choose(w, (double[]){p, 1 - p}, 2) == 0) *line = 0;
  }
}

static void list(WorldNow *w, uint32_t call, const Node *node) {
  EntityId reg = program_entity_at(w->program, call, node->listing.reg);
  EntityId organization = program_entity_at(w->program, call, node->listing.organization);
  uint32_t index = w->program->entities.items[reg].index * w->program->entities.n + organization;
  w->listed[index] = node->kind == NODE_LIST ? w->today : DATE_NONE;
}

static Flow end_case(WorldNow *w, const Node *node) {
  w->outcome = w->program->entities.items[w->program->refs[node->end.outcome->id].index].index;
  return FLOW_ENDED;
}

static Flow run_block(WorldNow *w, uint32_t call, const Node *node) {
  Flow flow = FLOW_ON;
  for (uint32_t i = 0; i < node->block.statements.n && flow == FLOW_ON && !w->has_error; i++) {
    flow = step_run(w, call, node->block.statements.items[i]);
  }
  return w->has_error ? FLOW_ENDED : flow;
}

Flow step_run(WorldNow *w, uint32_t call, const Node *node) {
  if (w->has_error) return FLOW_ENDED;
  switch ((int)node->kind) {
    case NODE_BLOCK: return run_block(w, call, node);
    case NODE_STAGE: return run_stage(w, call, node);
    case NODE_WITHIN:
    case NODE_UNTIL: return run_limit(w, call, node);
    case NODE_WAIT: return wait_for(w, call, node->wait.time);
    case NODE_WAIT_UNTIL: return wait_until(w, call, node->wait.time);
    case NODE_VOTE: return run_vote(w, call, node);
    case NODE_DECIDE:
    case NODE_RULING: return run_choice(w, call, node);
    case NODE_DO:
    case NODE_MOVE: return run_call(w, call, node);
    case NODE_REQUIRE:
      return run_else(w, call, eval_truth(w, call, node->require.condition) ? FLOW_ON : FLOW_FAILED,
                      node->require.otherwise);
    case NODE_FAIL: return FLOW_FAILED;
    case NODE_SUCCEED: return FLOW_SUCCEED;
    case NODE_END: return end_case(w, node);
    case NODE_ATTEMPT: return run_attempt(w, call, node);
    case NODE_REPEAT: return run_repeat(w, call, node);
    case NODE_IF:
    case NODE_IF_TRIAL: return run_branch(w, call, node);
    case NODE_LET:
    case NODE_SET: assign(w, call, node); return FLOW_ON;
    case NODE_ENACT: enact(w, call, node); return FLOW_ON;
    case NODE_AMEND: amend(w, call, node); return FLOW_ON;
    case NODE_LIST:
    case NODE_DELIST: list(w, call, node); return FLOW_ON;
    case NODE_NOTE: return FLOW_ON;
    default: world_error(w); return FLOW_ENDED;
  }
}
