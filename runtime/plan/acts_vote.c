// A vote's plan: the chamber's blocs with their lines or their freedom, the threshold and the quorum.
#include "runtime/plan/planner.h"

static VoteBase base_of(const Planner *p, const ThresholdShareNode *share) {
  switch (share->base) {
    case TREE_BASE_SEATS: return BASE_SEATS;
    case TREE_BASE_PRESENT: return BASE_PRESENT;
    case TREE_BASE_VOTES: return BASE_VOTES;
    case TREE_BASE_NAME: break;
  }
  (void)p;
  return BASE_MEMBERS;
}

static VoteNeed need_of(const Planner *p, const Node *threshold) {
  VoteNeed need = {.kind = NEED_NONE};
  if (!threshold) return need;
  if (threshold->kind == NODE_THRESHOLD_COUNT) {
    need.kind = NEED_YES_COUNT;
    need.count = (uint32_t)threshold->threshold_count.count.num;
  } else if (threshold->kind == NODE_THRESHOLD_SHARE) {
    need.kind = threshold->threshold_share.more_than ? NEED_MORE : NEED_SHARE;
    need.share = threshold->threshold_share.share;
    need.base = base_of(p, &threshold->threshold_share);
  }
  return need;
}

static BlocPlan bloc_of(Planner *p, uint32_t bloc, EntityId thing) {
  const BlocInfo *info = &p->program->blocs.items[bloc];
  BlocPlan plan = {.line = line_find(p, bloc, thing)};
  Rule rule;
  if (plan.line == NO_INDEX && inputs_rule(p->inputs, bloc, thing, &rule))
    plan.free = term_input(p, 0, rule.share);
  plan.seats = term_input(p, 0, info->seats);
  plan.turnout = term_input(p, 0, info->turnout);
  // A free member has no line to be loyal to: his loyalty is never read, nor what it depends on drawn.
  if (plan.line != NO_INDEX) plan.loyalty = term_input(p, 0, info->loyalty);
  plan.abstain = term_input(p, 0, info->abstain);
  return plan;
}

static Text titled(const Planner *p, EntityId id) {
  const Entity *entity = program_entity(p->program, id);
  return entity->title.has_text ? entity->title.text : program_name(p->program, id);
}

void act_plan_vote(Planner *p, Act *act, const Where *where, const Node *node) {
  VotePlan *plan = ARENA_NEW(p->arena, VotePlan);
  act->vote.plan = plan;
  EntityId chamber = program_entity_at(p->program, where->call, node->vote.chamber);
  plan->thing = program_entity_at(p->program, where->call, node->vote.on);
  plan->chamber = program_chamber(p->program, chamber);
  const ChamberInfo *info = &p->program->chambers.items[plan->chamber];
  const Node *needs = node->vote.needs ? inputs_value(p->inputs, node->vote.needs) : info->passes;
  plan->need = need_of(p, needs);
  plan->quorum = need_of(p, node->vote.quorum ? node->vote.quorum : info->quorum);
  plan->seats = term_input(p, 0, info->seats);
  plan->n_blocs = info->n_blocs;
  plan->blocs = ARENA_ARRAY(p->arena, BlocPlan, info->n_blocs + 1);
  for (uint32_t i = 0; i < info->n_blocs; i++)
    plan->blocs[i] = bloc_of(p, info->first_bloc + i, plan->thing);
  Text body = titled(p, chamber), thing = titled(p, plan->thing);
  act->reason = reason_add(
      p, node->span,
      node->vote.title.has_text
          ? text_format(p->arena, "%.*s: not passed", TEXT_ARG(node->vote.title.text))
          : text_format(p->arena, "%.*s does not pass “%.*s”", TEXT_ARG(body), TEXT_ARG(thing)));
}
