// How often a world multiplies a belief into its chance: the degree of the answers as polynomials
// in the belief. A Gauss rule with n nodes is exact up to degree 2n - 1, so a belief that is used
// once needs one node. Where a belief is divided by or kept in a variable, no rule is known to be
// exact, but more nodes come nearer and show by how much. Where it is compared or turned into days
// or seats, the answers jump at some value of it, which may lie between the nodes of any rule.
#include <math.h>

#include "runtime/plan/planner.h"

typedef uint32_t Degree;
#define DEGREE_UNKNOWN 1000000u
#define DEGREE_JUMPS 2000000u

typedef struct Use {  // of one belief
  const Plan *plan;
  uint32_t belief;
  bool *holds;  // by column: variables and parameters that got a value made from the belief
  bool has_new;
} Use;

static Degree most(Degree a, Degree b) {
  return a > b ? a : b;
}
static Degree add(Degree a, Degree b) {
  return most(a, b) >= DEGREE_UNKNOWN ? most(a, b)
         : a + b < DEGREE_UNKNOWN     ? a + b
                                      : DEGREE_UNKNOWN;
}
static Degree times(Degree a, uint64_t n) {
  if (a >= DEGREE_UNKNOWN) return n ? a : 0;
  return a * n >= DEGREE_UNKNOWN ? DEGREE_UNKNOWN : (Degree)(a * n);
}
static Degree unknown_if(Degree a) {
  return a ? most(a, DEGREE_UNKNOWN) : 0;
}
static Degree jumps_if(Degree a) {
  return a ? DEGREE_JUMPS : 0;
}

static Degree of_term(const Term *t, Use *use);

static Degree of_binary(const Term *t, Use *use) {
  Degree a = of_term(t->a, use), b = of_term(t->b, use);
  switch (t->op) {
    case OP_ADD:
    case OP_SUB: return most(a, b);
    case OP_MUL:
    case OP_AND:
    case OP_OR: return add(a, b);
    case OP_DIV: return add(a, unknown_if(b));
    case OP_EQ:
    case OP_NE:
    case OP_LT:
    case OP_LE:
    case OP_GT:
    case OP_GE:
    case OP_IN: break;
  }
  return jumps_if(add(a, b));
}

static Degree of_term(const Term *t, Use *use) {
  if (!t) return 0;
  switch (t->kind) {
    case TERM_BELIEF: return t->index == use->belief;
    case TERM_BINARY: return of_binary(t, use);
    case TERM_NOT:
    case TERM_NEGATE:
    case TERM_CHANCE: return of_term(t->a, use);
    case TERM_IF:
      return add(unknown_if(of_term(t->a, use)), most(of_term(t->b, use), of_term(t->c, use)));
    case TERM_UNIT: return jumps_if(of_term(t->a, use));
    case TERM_EARLIER:
    case TERM_LATER: return jumps_if(add(of_term(t->a, use), of_term(t->b, use)));
    case TERM_CELL: return use->holds[t->column] ? DEGREE_UNKNOWN : 0;
    case TERM_CONSTANT:
    case TERM_EQUALS:
    case TERM_HAPPENED:
    case TERM_HELD:
    case TERM_FACT:
    case TERM_LINE:
    case TERM_TODAY: break;
  }
  return 0;
}

static Degree of_span(const SpanPlan *span, Use *use) {
  return jumps_if(
      add(of_term(span->low, use), add(of_term(span->mode, use), of_term(span->high, use))));
}

static Degree of_line(Use *use, uint32_t line) {
  const LinePlan *l = &use->plan->lines.items[line];
  Degree degree = of_term(l->yes, use);
  for (int i = 0; i < LINE_KINDS; i++) degree = most(degree, of_term(l->chance[i], use));
  return degree;
}

static Degree of_vote(Use *use, const VotePlan *vote) {
  Degree degree = jumps_if(of_term(vote->seats, use));
  for (uint32_t i = 0; i < vote->n_blocs; i++) {
    const BlocPlan *bloc = &vote->blocs[i];
    Degree member = of_term(bloc->free, use);
    member = add(member, of_term(bloc->turnout, use));
    member = add(member, add(of_term(bloc->loyalty, use), of_term(bloc->abstain, use)));
    degree = add(degree, jumps_if(of_term(bloc->seats, use)));
    if (bloc->line != NO_INDEX) degree = add(degree, of_line(use, bloc->line));
    bool is_known = !bloc->seats || bloc->seats->kind == TERM_CONSTANT;
    double seats = bloc->seats && is_known ? bloc->seats->value.number : 1;
    degree = add(degree, is_known && seats >= 0 && seats < 1e6 ? times(member, (uint64_t)seats)
                                                               : unknown_if(member));
  }
  return degree;
}

static Degree of_act(Use *use, const Act *act);

static Degree of_loop(Use *use, const Act *act) {
  Degree pass =
      add(of_act(use, act->body), add(of_term(act->loop.during, use), of_span(&act->span, use)));
  Degree degree = jumps_if(of_term(act->term, use));
  if (!act->loop.radix) return add(degree, unknown_if(pass));
  return add(degree, times(pass, act->loop.radix - 1));
}

// A variable or parameter takes a value made from the belief, if it is one.
static Degree keep(Use *use, uint32_t column, Degree degree) {
  if (degree && !use->holds[column]) use->holds[column] = use->has_new = true;
  return unknown_if(degree);
}

static Degree of_parts(Use *use, const Act *act) {
  Degree degree = 0;
  switch (act->kind) {
    case ACT_BLOCK:
      for (uint32_t i = 0; i < act->block.n; i++)
        degree = add(degree, of_act(use, act->block.acts[i]));
      return degree;
    case ACT_STAGE: return of_act(use, act->body);
    case ACT_LIMIT:
      degree = add(jumps_if(of_term(act->term, use)), of_act(use, act->body));
      return add(degree, of_act(use, act->limit.expired));
    case ACT_VOTE: return of_vote(use, act->vote.plan);
    case ACT_CHOICE: {
      Degree chance = 0;
      for (uint32_t i = 0; i < act->choice.n; i++) {
        chance = most(chance, of_term(act->choice.options[i].chance, use));
        degree = add(degree, of_act(use, act->choice.options[i].act));
      }
      return add(degree, chance);
    }
    case ACT_CALL:
      for (uint32_t i = 0; i < act->invoke.n_args; i++)
        degree = add(degree, keep(use, act->invoke.columns[i], of_term(act->invoke.args[i], use)));
      for (uint32_t i = 0; i < act->invoke.n_requires; i++)
        degree = add(degree, of_term(act->invoke.requires[i], use));
      return add(degree, of_act(use, act->body));
    case ACT_ATTEMPT:
    case ACT_REPEAT: return of_loop(use, act);
    case ACT_IF:
    case ACT_TRY:
      degree = add(of_term(act->term, use), of_act(use, act->branch.trial));
      return add(degree, add(of_act(use, act->branch.then), of_act(use, act->branch.orelse)));
    case ACT_SET:
      return keep(use, act->set.column, add(of_term(act->term, use), of_span(&act->span, use)));
    case ACT_WAIT: return of_span(&act->span, use);
    case ACT_AMEND: return times(of_term(act->term, use), act->amend.n);
    case ACT_REQUIRE: return of_term(act->term, use);
    case ACT_ENACT: return jumps_if(of_term(act->term, use));
    case ACT_FAIL:
    case ACT_SUCCEED:
    case ACT_END:
    case ACT_LISTING:
    case ACT_NOTHING: break;
  }
  return 0;
}

static Degree of_act(Use *use, const Act *act) {
  return act ? add(of_parts(use, act), of_act(use, act->otherwise)) : 0;
}

static Degree of_plan_once(Use *use) {
  const Plan *plan = use->plan;
  Degree degree = of_act(use, plan->root);
  for (uint32_t i = 0; i < plan->program->facts.n; i++)
    degree = add(degree, of_term(plan->facts[i].chance, use));
  // A line that only a question reads is drawn at the world's end.
  for (uint32_t i = 0; i < plan->lines.n; i++) degree = add(degree, of_line(use, i));
  for (uint32_t i = 0; i < plan->measures.n; i++) {
    degree = add(degree, unknown_if(of_term(plan->measures.items[i].event, use)));
  }
  return degree;
}

// What a variable holds may be read before it is set, in the next pass of a loop: until nothing new
// is found.
static Degree of_plan(Planner *p, uint32_t belief) {
  Use use = {.plan = p->plan, .belief = belief, .has_new = true};
  use.holds = ARENA_ARRAY(p->arena, bool, p->plan->columns.n + 1);
  Degree degree = 0;
  while (use.has_new) {
    use.has_new = false;
    degree = of_plan_once(&use);
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

// Just inside the ends, where a world is still possible: at an end itself a formula may divide by
// nothing.
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
  Degree degree = of_plan(p, belief->assume);
  uint32_t enough = degree / 2 + 1;
  belief->is_exact_rule = degree < DEGREE_UNKNOWN && enough <= p->options.nodes;
  uint32_t n = belief->is_exact_rule ? enough : p->options.nodes;
  belief->node = ARENA_ARRAY(p->arena, double, SHARE_RULE_NODES(n));
  belief->weight = ARENA_ARRAY(p->arena, double, SHARE_RULE_NODES(n));
  if (!share_rule(&belief->spread, n, belief->node, belief->weight, &belief->n_nodes))
    p->is_bad_belief = true;
  if (degree < DEGREE_JUMPS || belief->n_nodes == 1) return;
  for (uint32_t i = 0; i < belief->n_nodes; i++)
    belief->jump_error = fmax(belief->jump_error, 2 * belief->weight[i]);
}

static void make_draws(Planner *p) {
  uint32_t n = 0, n_assumes = p->program->assumes.n;
  for (uint32_t i = 0; i < n_assumes; i++) n += p->plan->beliefs[i].column != NO_COLUMN;
  double *points = ARENA_ARRAY(p->arena, double, (size_t)n *POINTS + 1);
  p->plan->draws = (Draws){POINTS, ARENA_ARRAY(p->arena, double *, n_assumes + 1)};
  points_make(n, points);
  for (uint32_t i = 0; i < n_assumes; i++) {
    BeliefPlan *belief = &p->plan->beliefs[i];
    if (belief->column == NO_COLUMN) continue;
    Degree degree = of_plan(p, i);
    belief->degree = degree < DEGREE_UNKNOWN ? degree : NO_DEGREE;
    p->plan->draws.value[i] = points;
    for (uint32_t k = 0; k < POINTS; k++) points[k] = share_quantile(&belief->spread, points[k]);
    points += POINTS;
  }
}

void plan_beliefs(Planner *p) {
  for (uint32_t i = 0; i < p->program->assumes.n; i++) {
    BeliefPlan *belief = &p->plan->beliefs[i];
    bool is_belief;
    const Node *node = inputs_assume(p->inputs, i, &is_belief);
    if (!is_belief || belief->column == NO_COLUMN) continue;
    belief->spread = spread_of(p, node);
    if (!share_is_valid(&belief->spread)) p->is_bad_belief = true;
    else if (p->options.is_by_draw) continue;
    else if (p->options.probes_ends) make_ends(p, belief);
    else if (p->options.is_exact) make_nodes(p, belief);
    else share_table_make(&belief->spread, &belief->table);
  }
  if (p->options.is_by_draw && !p->is_bad_belief) make_draws(p);
}
