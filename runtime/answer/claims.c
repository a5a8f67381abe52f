// A claim is evaluated over the whole tally and, when sampled, over the tally without each of its groups in turn: the
// spread of those (the jackknife) gives the interval of any expression of answers.
#include "runtime/answer/claims.h"

#include <math.h>

#define HALF_WIDTHS 1.998  // of a 95% interval: Student's t with 63 degrees of freedom
#define QUANTILE_TOLERANCE 1e-12
#define MEAN_TOLERANCE 1e-9  // half a day is rounded up, whatever the sums lost below it

typedef struct Claim {
  const Tally *tally;
  Arena *arena;
  uint32_t without;
} Claim;

static Date quantile(const DaySpan *days, double total, double q) {
  double sum = 0;
  for (uint32_t i = 0; i < days->n; i++) {
    sum += days->chance[i];
    if (sum >= (q - QUANTILE_TOLERANCE) * total && sum > 0) return days->first + (Date)i;
  }
  return days->first + (Date)days->n - 1;
}

DateSpread spread_of_days(DaySpan days) {
  DateSpread spread = {0};
  double total = 0, sum = 0;
  for (uint32_t i = 0; i < days.n; i++) {
    if (days.chance[i] <= 0) continue;
    if (total == 0) spread.earliest = days.first + (Date)i;
    spread.latest = days.first + (Date)i;
    total += days.chance[i];
    sum += days.chance[i] * i;
  }
  spread.is_some = total > 0;
  if (!spread.is_some) return spread;
  spread.p05 = quantile(&days, total, 0.05);
  spread.p50 = quantile(&days, total, 0.50);
  spread.p95 = quantile(&days, total, 0.95);
  spread.mean = days.first + (Date)floor(sum / total + 0.5 + MEAN_TOLERANCE);
  return spread;
}

static const QuestionPlan *question_of(const Claim *c, const Node *node) {
  for (uint32_t i = 0; i < c->tally->plan->questions.n; i++) {
    if (c->tally->plan->questions.items[i].node == node) return &c->tally->plan->questions.items[i];
  }
  return NULL;
}

static double given_total(const Claim *c, const QuestionPlan *q) {
  return q->given == NO_INDEX ? tally_total(c->tally, c->without)
                              : tally_measure(c->tally, q->given, c->without);
}

static Value chance_value(const Claim *c, const Node *node) {
  const QuestionPlan *q = question_of(c, node);
  double given = given_total(c, q);
  if (!(given > 0)) return (Value){.type = VALUE_NONE};
  double chance = tally_measure(c->tally, q->event, c->without) / given;
  return value_number(chance > 1 ? 1 : chance);
}

static Value date_value(const Claim *c, const Node *node) {
  DateSpread spread =
      spread_of_days(tally_days(c->tally, question_of(c, node)->event, c->without, c->arena));
  if (!spread.is_some) return (Value){.type = VALUE_NONE};
  switch (node->question.stat) {
    case STAT_MEAN: return value_date(spread.mean);
    case STAT_EARLIEST: return value_date(spread.earliest);
    case STAT_LATEST: return value_date(spread.latest);
    case STAT_NONE:
    case STAT_MEDIAN: break;
  }
  return value_date(spread.p50);
}

static Value claim_value(const Claim *c, const Node *node);

static Value pair_value(const Claim *c, ValueOp op, const Node *left, const Node *right) {
  Value a = claim_value(c, left), b = claim_value(c, right), out;
  if (a.type == VALUE_NONE || b.type == VALUE_NONE || value_binary(op, a, b, &out) != VALUE_OK)
    return (Value){.type = VALUE_NONE};
  return out;
}

static Value named_value(const Claim *c, const Node *node) {
  const Ref *ref = &c->tally->plan->program->refs[node->id];
  bool is_belief = true;
  const Node *value = ref->kind == REF_ASSUME
                          ? inputs_assume(c->tally->plan->inputs, ref->index, &is_belief)
                          : NULL;
  return is_belief ? (Value){.type = VALUE_NONE} : claim_value(c, value);
}

static Value unit_value(const Claim *c, const Node *node) {
  Value number = claim_value(c, node->unit.operand), out;
  if (number.type != VALUE_NUMBER || term_unit(number.number, node->unit.unit, &out) != VALUE_OK)
    return (Value){.type = VALUE_NONE};
  return out;
}

static Value claim_value(const Claim *c, const Node *node) {
  Value a, out;
  switch ((int)node->kind) {
    case NODE_CHANCE_OF: return chance_value(c, node);
    case NODE_DATE_OF: return date_value(c, node);
    case NODE_NUMBER: return value_number(node->number.number);
    case NODE_DATE: return value_date(node->date.day);
    case NODE_TRUTH: return value_truth(node->truth.truth);
    case NODE_PATH: return named_value(c, node);
    case NODE_UNIT: return unit_value(c, node);
    case NODE_BINARY: return pair_value(c, node->binary.op, node->binary.left, node->binary.right);
    case NODE_NOT:
      a = claim_value(c, node->negation.operand);
      return a.type == VALUE_TRUTH ? value_truth(!a.truth) : (Value){.type = VALUE_NONE};
    case NODE_NEGATE:
      a = claim_value(c, node->negation.operand);
      return value_negate(a, &out) == VALUE_OK ? out : (Value){.type = VALUE_NONE};
    default: return (Value){.type = VALUE_NONE};
  }
}

static double as_number(Value value) {
  switch (value.type) {
    case VALUE_NUMBER: return value.number;
    case VALUE_DATE: return value.date;
    case VALUE_DURATION: return value.duration.days;
    case VALUE_TRUTH: return value.truth;
    case VALUE_NONE: break;
  }
  return NAN;
}

// How many trials a chance is a share of.
static double given_to(const Claim *whole, const Node *node) {
  if (!node || node->kind != NODE_CHANCE_OF) return tally_total(whole->tally, TALLY_GROUPS);
  return given_total(whole, question_of(whole, node));
}

// Half the 95% interval of left minus right (right may be NULL). A chance that no trial has seen, or that every trial has,
// still has the bound that so many trials can give.
static double interval(const Claim *whole, const Node *left, const Node *right) {
  double values[TALLY_GROUPS], mean = 0, spread = 0, n = 0;
  if (whole->tally->n_groups == 1) return 0;
  for (uint32_t g = 0; g < TALLY_GROUPS; g++) {
    Claim c = {whole->tally, whole->arena, g};
    values[g] = as_number(claim_value(&c, left)) - (right ? as_number(claim_value(&c, right)) : 0);
    if (!isnan(values[g])) mean += values[g], n++;
  }
  if (n < 2) return INFINITY;
  mean /= n;
  for (uint32_t g = 0; g < TALLY_GROUPS; g++) {
    if (!isnan(values[g])) spread += (values[g] - mean) * (values[g] - mean);
  }
  if (spread == 0) return 3 / fmin(given_to(whole, left), given_to(whole, right));
  return HALF_WIDTHS * sqrt(spread * (n - 1) / n);
}

double claim_outcome(const Tally *t, uint32_t outcome) {
  const double *days = t->ends + (size_t)outcome * t->n_days;
  double total = t->n_groups > 1 ? tally_total(t, TALLY_GROUPS) : 1, chance = 0;
  for (uint32_t d = 0; d < t->n_days; d++) chance += days[d] / total;
  return chance;
}

double claim_outcome_error(const Tally *t, uint32_t outcome) {
  double chance = claim_outcome(t, outcome), spread = 0;
  for (uint32_t g = 0; g < t->n_groups; g++) {
    double mass = t->outcomes[(size_t)g * t->n_outcomes + outcome];
    double share = t->total[g] > 0 ? mass / t->total[g] - chance : 0;
    spread += share * share;
  }
  return spread > 0 ? HALF_WIDTHS * sqrt(spread / 63 / 64) : 3 / tally_total(t, TALLY_GROUPS);
}

void claim_ask(const Tally *tally, const Query *query, Arena *arena, AskAnswer *out) {
  Claim c = {tally, arena, TALLY_GROUPS};
  const Node *node = query->node->query.claim;
  *out = (AskAnswer){.query = query, .value = claim_value(&c, node), .given = 1};
  if (out->value.type != VALUE_NONE) out->error = interval(&c, node, NULL);
  if (node->kind != NODE_DATE_OF && node->kind != NODE_CHANCE_OF) return;
  const QuestionPlan *q = question_of(&c, node);
  double sum = 0, given = given_total(&c, q), total = tally_total(tally, TALLY_GROUPS);
  out->given = given / total;
  if (node->kind == NODE_CHANCE_OF) return;
  DaySpan days = tally_days(tally, q->event, TALLY_GROUPS, arena);
  for (uint32_t i = 0; i < days.n; i++) sum += days.chance[i];
  out->happens = given > 0 ? sum / given : 0;
  out->dates = spread_of_days(days);
  for (uint32_t i = 0; i < days.n; i++) days.chance[i] /= total;
  out->days = days;
  out->is_spread = node->question.stat == STAT_NONE;
}

bool claim_in_draw(const Tally *tally, const Query *query, double *value, double *weight) {
  Claim c = {tally, NULL, TALLY_GROUPS};
  const Node *node = query->node->query.claim;
  Value out = claim_value(&c, node);
  *value = as_number(out);
  *weight = node->kind == NODE_CHANCE_OF ? given_total(&c, question_of(&c, node))
                                         : tally_total(tally, TALLY_GROUPS);
  return out.type == VALUE_NUMBER;
}

static bool is_comparison(const Node *node) {
  return node->kind == NODE_BINARY && node->binary.op >= OP_EQ && node->binary.op <= OP_GE;
}

static Verdict verdict_of_value(const Claim *c, const Node *node, double bound) {
  Value value = claim_value(c, node);
  if (value.type != VALUE_TRUTH) return VERDICT_FAILS;
  if (is_comparison(node) && (c->tally->n_groups > 1 || bound > VALUE_NUMBER_TOLERANCE)) {
    double apart = as_number(claim_value(c, node->binary.left)) -
                   as_number(claim_value(c, node->binary.right));
    if (fabs(apart) <= fmax(bound, interval(c, node->binary.left, node->binary.right)))
      return VERDICT_UNKNOWN;
  }
  return value.truth ? VERDICT_HOLDS : VERDICT_FAILS;
}

// `decides`: the comparison whose verdict this is; of two that are joined, the first that made it so.
// NULL where it took both to hold, or where what decides is no comparison.
static Verdict verdict_of(const Claim *c, const Node *node, double bound, const Node **decides) {
  *decides = is_comparison(node) ? node : NULL;
  if (node->kind == NODE_BINARY && (node->binary.op == OP_AND || node->binary.op == OP_OR)) {
    const Node *left, *right;
    Verdict a = verdict_of(c, node->binary.left, bound, &left),
            b = verdict_of(c, node->binary.right, bound, &right), whole = a;
    Verdict strong = node->binary.op == OP_AND ? VERDICT_FAILS : VERDICT_HOLDS;
    if (a == strong || b == strong) whole = strong;
    else if (a == VERDICT_UNKNOWN || b == VERDICT_UNKNOWN) whole = VERDICT_UNKNOWN;
    bool takes_both = node->binary.op == OP_AND && whole == VERDICT_HOLDS;
    *decides = takes_both ? NULL : a == whole ? left : right;
    return whole;
  }
  if (node->kind == NODE_NOT) {
    const Node *inner;
    Verdict a = verdict_of(c, node->negation.operand, bound, &inner);
    return a == VERDICT_UNKNOWN ? a : a == VERDICT_HOLDS ? VERDICT_FAILS : VERDICT_HOLDS;
  }
  return verdict_of_value(c, node, bound);
}

static void expect_never(const Claim *c, const Node *node, ExpectAnswer *out) {
  double broken = tally_measure(c->tally, question_of(c, node->query.claim)->event, TALLY_GROUPS);
  double total = tally_total(c->tally, TALLY_GROUPS);
  bool is_sampled = c->tally->n_groups > 1;
  double chance = node->kind == NODE_EXPECT_ALWAYS ? 1 - broken / total : broken / total;
  out->left = value_number(chance);
  out->verdict = broken > 0 ? VERDICT_FAILS : is_sampled ? VERDICT_UNKNOWN : VERDICT_HOLDS;
  if (is_sampled) out->error = 3 / total;
}

void claim_expect(const Tally *tally, const Query *query, Arena *arena, double bound,
                  ExpectAnswer *out) {
  Claim c = {tally, arena, TALLY_GROUPS};
  const Node *node = query->node;
  *out = (ExpectAnswer){.query = query};
  if (node->kind != NODE_EXPECT) {
    expect_never(&c, node, out);
    return;
  }
  const Node *claim = node->query.claim;
  out->verdict = verdict_of(&c, claim, bound, &out->decides);
  if (!out->decides) return;
  const BinaryNode *sides = &out->decides->binary;
  out->left = claim_value(&c, sides->left);
  out->right = claim_value(&c, sides->right);
  out->error = interval(&c, sides->left, sides->right);
}
