// How often a world multiplies a belief into its chance: the degree of the answers as polynomials in the belief. A Gauss
// rule with n nodes is exact up to degree 2n - 1, so a belief that is used once needs one node. Where a belief is compared,
// divided by, or turned into days, no rule is known to be exact.
#include "runtime/plan/planner.h"

typedef uint32_t Degree;
#define DEGREE_UNKNOWN 1000000u

static Degree add(Degree a, Degree b) {
  return a + b < DEGREE_UNKNOWN ? a + b : DEGREE_UNKNOWN;
}
static Degree times(Degree a, uint64_t n) {
  return a && a * n >= DEGREE_UNKNOWN ? DEGREE_UNKNOWN : (Degree)(a * n);
}
static Degree most(Degree a, Degree b) {
  return a > b ? a : b;
}
static Degree unknown_if(Degree a) {
  return a ? DEGREE_UNKNOWN : 0;
}

static Degree of_term(const Term *t, uint32_t belief);

static Degree of_binary(const Term *t, uint32_t belief) {
  Degree a = of_term(t->a, belief), b = of_term(t->b, belief);
  switch (t->op) {
    case OP_ADD:
    case OP_SUB: return most(a, b);
    case OP_MUL:
    case OP_AND:
    case OP_OR: return add(a, b);
    case OP_DIV: return b ? DEGREE_UNKNOWN : a;
    case OP_EQ:
    case OP_NE:
    case OP_LT:
    case OP_LE:
    case OP_GT:
    case OP_GE:
    case OP_IN: break;
  }
  return unknown_if(add(a, b));
}

static Degree of_term(const Term *t, uint32_t belief) {
  if (!t) return 0;
  switch (t->kind) {
    case TERM_BELIEF: return t->index == belief;
    case TERM_BINARY: return of_binary(t, belief);
    case TERM_NOT:
    case TERM_NEGATE:
    case TERM_CHANCE: return of_term(t->a, belief);
    case TERM_IF:
      return add(unknown_if(of_term(t->a, belief)),
                 most(of_term(t->b, belief), of_term(t->c, belief)));
    case TERM_UNIT: return unknown_if(of_term(t->a, belief));
    case TERM_EARLIER:
    case TERM_LATER: return unknown_if(add(of_term(t->a, belief), of_term(t->b, belief)));
    case TERM_CONSTANT:
    case TERM_CELL:
    case TERM_EQUALS:
    case TERM_HAPPENED:
    case TERM_HELD:
    case TERM_FACT:
    case TERM_LINE:
    case TERM_TODAY: break;
  }
  return 0;
}

static Degree of_span(const SpanPlan *span, uint32_t belief) {
  return unknown_if(add(of_term(span->low, belief),
                        add(of_term(span->mode, belief), of_term(span->high, belief))));
}

static Degree of_line(const Plan *plan, uint32_t line, uint32_t belief) {
  const LinePlan *l = &plan->lines.items[line];
  Degree degree = of_term(l->yes, belief);
  for (int i = 0; i < LINE_KINDS; i++) degree = most(degree, of_term(l->chance[i], belief));
  return degree;
}

static Degree of_vote(const Plan *plan, const VotePlan *vote, uint32_t belief) {
  Degree degree = unknown_if(of_term(vote->seats, belief));
  for (uint32_t i = 0; i < vote->n_blocs; i++) {
    const BlocPlan *bloc = &vote->blocs[i];
    Degree member = of_term(bloc->free, belief);
    member = add(member, of_term(bloc->turnout, belief));
    member = add(member, add(of_term(bloc->loyalty, belief), of_term(bloc->abstain, belief)));
    degree = add(degree, unknown_if(of_term(bloc->seats, belief)));
    if (bloc->line != NO_INDEX) degree = add(degree, of_line(plan, bloc->line, belief));
    bool is_known = !bloc->seats || bloc->seats->kind == TERM_CONSTANT;
    double seats = bloc->seats && is_known ? bloc->seats->value.number : 1;
    degree = add(degree, is_known && seats >= 0 && seats < 1e6 ? times(member, (uint64_t)seats)
                                                               : unknown_if(member));
  }
  return degree;
}

static Degree of_act(const Plan *plan, const Act *act, uint32_t belief);

static Degree of_loop(const Plan *plan, const Act *act, uint32_t belief) {
  Degree pass = add(of_act(plan, act->body, belief),
                    add(of_term(act->loop.during, belief), of_span(&act->span, belief)));
  Degree degree = unknown_if(of_term(act->term, belief));
  if (!act->loop.radix) return add(degree, unknown_if(pass));
  return add(degree, times(pass, act->loop.radix - 1));
}

static Degree of_parts(const Plan *plan, const Act *act, uint32_t belief) {
  Degree degree = 0;
  switch (act->kind) {
    case ACT_BLOCK:
      for (uint32_t i = 0; i < act->block.n; i++)
        degree = add(degree, of_act(plan, act->block.acts[i], belief));
      return degree;
    case ACT_STAGE: return of_act(plan, act->body, belief);
    case ACT_LIMIT:
      degree = add(unknown_if(of_term(act->term, belief)), of_act(plan, act->body, belief));
      return add(degree, of_act(plan, act->limit.expired, belief));
    case ACT_VOTE: return of_vote(plan, act->vote.plan, belief);
    case ACT_CHOICE: {
      Degree chance = 0;
      for (uint32_t i = 0; i < act->choice.n; i++) {
        chance = most(chance, of_term(act->choice.options[i].chance, belief));
        degree = add(degree, of_act(plan, act->choice.options[i].act, belief));
      }
      return add(degree, chance);
    }
    case ACT_CALL:
      for (uint32_t i = 0; i < act->invoke.n_args; i++)
        degree = add(degree, unknown_if(of_term(act->invoke.args[i], belief)));
      for (uint32_t i = 0; i < act->invoke.n_requires; i++)
        degree = add(degree, of_term(act->invoke.requires[i], belief));
      return add(degree, of_act(plan, act->body, belief));
    case ACT_ATTEMPT:
    case ACT_REPEAT: return of_loop(plan, act, belief);
    case ACT_IF:
    case ACT_TRY:
      degree = add(of_term(act->term, belief), of_act(plan, act->branch.trial, belief));
      return add(degree, add(of_act(plan, act->branch.then, belief),
                             of_act(plan, act->branch.orelse, belief)));
    case ACT_SET: return unknown_if(add(of_term(act->term, belief), of_span(&act->span, belief)));
    case ACT_WAIT: return of_span(&act->span, belief);
    case ACT_AMEND: return times(of_term(act->term, belief), act->amend.n);
    case ACT_REQUIRE: return of_term(act->term, belief);
    case ACT_ENACT: return unknown_if(of_term(act->term, belief));
    case ACT_FAIL:
    case ACT_SUCCEED:
    case ACT_END:
    case ACT_LISTING:
    case ACT_NOTHING: break;
  }
  return 0;
}

static Degree of_act(const Plan *plan, const Act *act, uint32_t belief) {
  return act ? add(of_parts(plan, act, belief), of_act(plan, act->otherwise, belief)) : 0;
}

static Degree of_plan(const Plan *plan, uint32_t belief) {
  Degree degree = of_act(plan, plan->root, belief);
  for (uint32_t i = 0; i < plan->program->facts.n; i++)
    degree = add(degree, of_term(plan->facts[i].chance, belief));
  // A line that only a question reads is drawn at the world's end.
  for (uint32_t i = 0; i < plan->lines.n; i++) degree = add(degree, of_line(plan, i, belief));
  for (uint32_t i = 0; i < plan->measures.n; i++) {
    degree = add(degree, unknown_if(of_term(plan->measures.items[i].event, belief)));
  }
  return degree;
}

static double number_of(Planner *p, const Node *node) {
  const Term *term = term_of(p, 0, node);
  return term->kind == TERM_CONSTANT && term->type == VALUE_NUMBER ? term->value.number : -1;
}

static ShareSpread spread_of(Planner *p, const Node *node) {
  if (node->kind == NODE_RANGE) {
    double low = number_of(p, node->range.low), high = number_of(p, node->range.high);
    if (!node->range.mode) return (ShareSpread){SHARE_UNIFORM, low, high, 0};
    return (ShareSpread){SHARE_TRIANGLE, low, number_of(p, node->range.mode), high};
  }
  double a = number_of(p, node->call.args.items[0]), b = number_of(p, node->call.args.items[1]);
  bool is_rate =
      text_equal(names_text(p->program->tree->names, node->call.function.id), TEXT("rate"));
  return is_rate ? share_rate(a, b) : (ShareSpread){SHARE_BETA, a, b, 0};
}

// Just inside the ends, where a world is still possible: at an end itself a formula may divide by nothing.
static void make_ends(Planner *p, BeliefPlan *belief) {
  const double inside = 1e-6;
  const ShareSpread *s = &belief->spread;
  double low = s->kind == SHARE_BETA ? 0 : s->a;
  double high = s->kind == SHARE_BETA ? 1 : s->kind == SHARE_UNIFORM ? s->b : s->c;
  belief->n_nodes = 2;
  belief->node = ARENA_ARRAY(p->arena, double, 2);
  belief->weight = ARENA_ARRAY(p->arena, double, 2);
  belief->node[0] = low + inside * (high - low);
  belief->node[1] = high - inside * (high - low);
  belief->weight[0] = belief->weight[1] = 0.5;
}

static void make_nodes(Planner *p, BeliefPlan *belief) {
  Degree degree = of_plan(p->plan, belief->assume);
  uint32_t enough = degree / 2 + 1;
  belief->is_exact_rule = degree < DEGREE_UNKNOWN && enough <= p->options.nodes;
  uint32_t n = belief->is_exact_rule ? enough : p->options.nodes;
  belief->node = ARENA_ARRAY(p->arena, double, SHARE_RULE_NODES(n));
  belief->weight = ARENA_ARRAY(p->arena, double, SHARE_RULE_NODES(n));
  if (!share_rule(&belief->spread, n, belief->node, belief->weight, &belief->n_nodes))
    p->is_bad_belief = true;
}

void plan_beliefs(Planner *p) {
  for (uint32_t i = 0; i < p->program->assumes.n; i++) {
    BeliefPlan *belief = &p->plan->beliefs[i];
    bool is_belief;
    const Node *node = inputs_assume(p->inputs, i, &is_belief);
    if (!is_belief || belief->column == NO_COLUMN) continue;
    belief->spread = spread_of(p, node);
    if (!share_is_valid(&belief->spread)) p->is_bad_belief = true;
    else if (p->options.probes_ends) make_ends(p, belief);
    else if (p->options.is_exact) make_nodes(p, belief);
    else share_table_make(&belief->spread, &belief->table);
  }
}
