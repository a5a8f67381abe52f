// Draws: days, beliefs, lines, options.
#include <math.h>

#include "tests/oracle/world.h"

enum { MOST_OPTIONS = 16, MOST_DAYS = 4096 };

// The day that lies an end of a range away from today. `high` names the unit.
static Date range_day(WorldNow *w, uint32_t call, const Node *end, const Node *high) {
  Node unit = *high;
  if (end->kind != NODE_UNIT) unit.unit.operand = (Node *)end;
  Value length = eval(w, call, end->kind == NODE_UNIT ? end : &unit);
  Date day = DATE_NONE;
  if (length.type == VALUE_DURATION) value_date_after(w->today, length.duration, &day);
  return day;
}

// The chance of being at most x in the triangle on low..high with its top at mode.
static double triangle_below(double low, double mode, double high, double x) {
  if (x <= mode) return (x - low) * (x - low) / ((high - low) * (mode - low));
  return 1 - (high - x) * (high - x) / ((high - low) * (high - mode));
}

uint32_t spread_days(WorldNow *w, uint32_t call, const Node *range) {
  const Node *high = range->range.high;
  Date first = range_day(w, call, range->range.low, high), last = range_day(w, call, high, high);
  Date mode = range->range.mode ? range_day(w, call, range->range.mode, high) : first;
  double p[MOST_DAYS];
  if (w->has_error || first < w->today || mode < first || last < mode ||
      last - first >= MOST_DAYS) {
    world_error(w);
    return 0;
  }
  uint32_t n = (uint32_t)(last - first + 1);
  for (uint32_t i = 0; i < n; i++) {
    double top = mode - first, x = i;
    p[i] = range->range.mode ? triangle_below(-0.5, top, n - 0.5, x + 0.5) -
                                   triangle_below(-0.5, top, n - 0.5, x - 0.5)
                             : 1.0 / n;
  }
  return (uint32_t)(first - w->today) + world_choose(w, p, n);
}

// Gauss's rule for the density x^(a-1) (1-x)^(b-1) on 0..1, by the recurrence of its orthogonal
// polynomials: a node is where the characteristic polynomial of their symmetric tridiagonal matrix
// changes sign (bisection over the number of eigenvalues below), a weight is 1 over the sum of the
// squares of the orthonormal polynomials there.
typedef struct Rules {
  double diagonal[NODES], square[NODES];
} Rules;  // square[0] is unused

static Rules rules_of(double a, double b) {
  Rules r;
  double s = a + b - 2, d = a - b;
  for (uint32_t k = 0; k < NODES; k++) {
    double t = 2 * k + s;
    r.diagonal[k] = 0.5 * (1 + (k ? d * s / (t * (t + 2)) : d / (s + 2)));
    double general = k * (k + b - 1) * (k + a - 1) * (k + s) / (t * t * (t + 1) * (t - 1));
    r.square[k] = k == 1 ? a * b / ((2 + s) * (2 + s) * (3 + s)) : general;
  }
  return r;
}

static uint32_t nodes_below(const Rules *r, double x) {
  uint32_t n = 0;
  double q = 1;
  for (uint32_t k = 0; k < NODES; k++) {
    q = r->diagonal[k] - x - (k ? r->square[k] / q : 0);
    if (q == 0) q = 1e-300;
    n += q < 0;
  }
  return n;
}

static double node_of(const Rules *r, uint32_t index) {
  double low = 0, high = 1;
  for (uint32_t i = 0; i < 200; i++) {
    double middle = 0.5 * (low + high);
    if (nodes_below(r, middle) > index) high = middle;
    else low = middle;
  }
  return 0.5 * (low + high);
}

static double weight_of(const Rules *r, double x) {
  double before = 0, now = 1, sum = 1;
  for (uint32_t k = 0; k + 1 < NODES; k++) {
    double next = ((x - r->diagonal[k]) * now - (k ? sqrt(r->square[k]) * before : 0)) /
                  sqrt(r->square[k + 1]);
    before = now;
    now = next;
    sum += now * now;
  }
  return 1 / sum;
}

// Adds the rule of beta(a, b), stretched to low..high and weighing `share` in all.
static void add_rule(double a, double b, double low, double high, double share, double *node,
                     double *weight) {
  Rules r = rules_of(a, b);
  double total = 0;
  for (uint32_t i = 0; i < NODES; i++) {
    double x = node_of(&r, i);
    weight[i] = weight_of(&r, x);
    total += weight[i];
    node[i] = low + (high - low) * x;
  }
  for (uint32_t i = 0; i < NODES; i++) weight[i] *= share / total;
}

void spread_belief(WorldNow *w, const Node *spread, Nodes *out) {
  out->n = NODES;
  if (spread->kind == NODE_CALL) {
    double a = eval(w, 0, spread->call.args.items[0]).number;
    double b = eval(w, 0, spread->call.args.items[1]).number;
    Text name = names_text(w->program->tree->names, spread->call.function.id);
    bool is_rate = text_equal(name, TEXT("rate"));
    add_rule(is_rate ? a + 0.5 : a, is_rate ? b - a + 0.5 : b, 0, 1, 1, out->at, out->weight);
    return;
  }
  double low = eval(w, 0, spread->range.low).number, high = eval(w, 0, spread->range.high).number;
  if (!spread->range.mode) {
    add_rule(1, 1, low, high, 1, out->at, out->weight);
    return;
  }
  double mode = eval(w, 0, spread->range.mode).number;
  double left = high > low ? (mode - low) / (high - low) : 1;
  add_rule(2, 1, low, mode, left, out->at, out->weight);
  add_rule(1, 2, mode, high, 1 - left, out->at + NODES, out->weight + NODES);
  out->n = 2 * NODES;
}

void spread_options(WorldNow *w, uint32_t call, const Option *options, uint32_t n, double *p) {
  double sum = 0;
  uint32_t otherwise = NO_INDEX;
  for (uint32_t i = 0; i < n; i++) {
    if (options[i].kind == OPTION_OTHERWISE) otherwise = i;
    else sum += p[i] = eval_chance(w, call, options[i].value);
  }
  if (sum > 1 + 1e-9 || (otherwise == NO_INDEX && sum < 1 - 1e-9)) world_error(w);
  if (otherwise != NO_INDEX) p[otherwise] = sum < 1 ? 1 - sum : 0;
}

LineKind spread_line(WorldNow *w, const Rule *rule) {
  static const LineKind kinds[] = {LINE_IS_YES, LINE_IS_NO, LINE_IS_ABSTAIN, LINE_IS_ABSENT};
  static const char *const words[] = {"yes", "no", "abstain", "absent"};
  if (!rule->options) {
    double p = eval_chance(w, 0, rule->share);
    return world_choose(w, (double[]){p, 1 - p}, 2) == 0 ? LINE_IS_YES : LINE_IS_NO;
  }
  double p[MOST_OPTIONS];
  spread_options(w, 0, rule->options, rule->n_options, p);
  NameId label = rule->options[world_choose(w, p, rule->n_options)].label.id;
  for (uint32_t i = 0; i < 4; i++) {
    if (text_equal(names_text(w->program->tree->names, label), text_of(words[i]))) return kinds[i];
  }
  return LINE_IS_ABSENT;
}
