// Expressions and events of one world, and what is drawn by itself.
#include <gsl/gsl_integration.h>
#include <math.h>

#include "tests/oracle/world.h"

// --- Draws ---

// The day that lies an end of a range away from today. `high` names the unit.
static Date range_day(World *w, const Node *end, const Node *high) {
  if (end->kind == NODE_UNIT) return eval_day(w, eval(w, end));
  Node unit = {.kind = high->kind, .id = high->id, .span = high->span, .unit = high->unit};
  unit.unit.operand = (Node *)end;
  return eval_day(w, eval(w, &unit));
}

// The chance of less than x in the triangle on -1/2, mode, n - 1/2.
static double triangle_below(double n, double mode, double x) {
  if (x <= mode) return (x + 0.5) * (x + 0.5) / (n * (mode + 0.5));
  return 1 - (n - 0.5 - x) * (n - 0.5 - x) / (n * (n - 0.5 - mode));
}

// A number of days from today.
static int32_t draw_days(World *w, const Node *range) {
  const Node *high = range->range.high, *top = range->range.mode;
  Date first = range_day(w, range->range.low, high), last = range_day(w, high, high);
  Date mode = top ? range_day(w, top, high) : first;
  if (first < w->today || mode < first || last < mode) return world_error(w).duration.days;
  int32_t n = last - first + 1, at = mode - first;
  double *p = memory_alloc((size_t)n, sizeof *p);
  for (int32_t i = 0; i < n; i++)
    p[i] = top ? triangle_below(n, at, i + 0.5) - triangle_below(n, at, i - 0.5) : 1.0 / n;
  int32_t day = (int32_t)world_choose(w, p, (uint32_t)n);
  free(p);
  return first - w->today + day;
}

// Adds Gauss's rule for the density (x - low)^(a-1) (high - x)^(b-1), weighing `share` in all.
static void add_rule(Nodes *out, double a, double b, double low, double high, double share) {
  if (share <= 0) return;
  gsl_integration_fixed_workspace *rule =
      gsl_integration_fixed_alloc(gsl_integration_fixed_jacobi, NODES, low, high, b - 1, a - 1);
  double total = 0;
  for (uint32_t i = 0; i < NODES; i++) total += gsl_integration_fixed_weights(rule)[i];
  for (uint32_t i = 0; i < NODES; i++) {
    out->at[out->n] = gsl_integration_fixed_nodes(rule)[i];
    out->weight[out->n++] = gsl_integration_fixed_weights(rule)[i] * share / total;
  }
  gsl_integration_fixed_free(rule);
}

static void add_rules(World *w, const Node *belief, Nodes *out) {
  bool is_range = belief->kind == NODE_RANGE;
  double a = eval(w, is_range ? belief->range.low : belief->call.args.items[0]).number;
  double b = eval(w, is_range ? belief->range.high : belief->call.args.items[1]).number;
  if (!is_range) {
    Text name = names_text(w->program->tree->names, belief->call.function.id);
    bool is_rate = text_equal(name, TEXT("rate"));
    add_rule(out, is_rate ? a + 0.5 : a, is_rate ? b - a + 0.5 : b, 0, 1, 1);
  } else if (belief->range.mode) {
    double mode = eval(w, belief->range.mode).number;
    add_rule(out, 2, 1, a, mode, (mode - a) / (b - a));
    add_rule(out, 1, 2, mode, b, (b - mode) / (b - a));
  } else {
    add_rule(out, 1, 1, a, b, 1);
  }
}

// `otherwise` is given what the other options leave.
uint32_t eval_option(World *w, const Option *options, uint32_t n) {
  double *p = memory_alloc(n, sizeof *p), sum = 0;
  uint32_t otherwise = NO_INDEX;
  for (uint32_t i = 0; i < n; i++) {
    if (options[i].kind == OPTION_OTHERWISE) otherwise = i;
    else sum += p[i] = eval_chance(w, options[i].value);
  }
  if (sum > 1 + 1e-9 || (otherwise == NO_INDEX && sum < 1 - 1e-9)) world_error(w);
  if (otherwise != NO_INDEX && sum < 1) p[otherwise] = 1 - sum;
  uint32_t option = world_choose(w, p, n);
  free(p);
  return option;
}

// --- Names ---

EntityId eval_entity(const World *w, const Node *path) {
  return program_entity_at(w->program, w->frame.call, path);
}

// The day on which something passed, was enacted and so on, or comes into force.
static Value day_when(const World *w, IsKind kind, const Node *path, uint32_t by) {
  bool is_step = kind != IS_ENACTED && kind != IS_IN_FORCE && kind != IS_LISTED;
  uint32_t of = is_step ? program_step_at(w->program, w->frame.call, path) : eval_entity(w, path);
  return world_recall(w, kind, of, by);
}

static bool line_is(World *w, const Node *path, uint32_t line) {
  const Ref *ref = &w->program->refs[path->id];
  const Arg *args = w->program->calls.items[w->frame.call].args;
  EntityId thing = ref->thing_kind == REF_PARAM ? args[ref->thing].entity : ref->thing;
  Value drawn = w->is_at_end ? vote_line(w, ref->index, thing)
                             : world_recall(w, NAME + REF_LINE, ref->index, thing);
  return drawn.type == VALUE_NUMBER && drawn.number == line;
}

static Value read_assume(World *w, uint32_t assume) {
  bool is_belief = false;
  const Node *written = inputs_assume(w->inputs, assume, &is_belief);
  Nodes *nodes = &w->nodes[assume];
  Value value = world_recall(w, NAME + REF_ASSUME, assume, 0);
  if (!is_belief) return eval(w, written);
  if (value.type != VALUE_NONE) return value;
  if (!nodes->n) add_rules(w, written, nodes);
  value = value_number(nodes->at[world_choose(w, nodes->weight, nodes->n)]);
  world_note(w, NAME + REF_ASSUME, assume, 0, value);
  return value;
}

static Value read_path(World *w, const Node *path) {
  static const IsKind kinds[] = {IS_NONE,    IS_PASSED,  IS_FAILED,
                                 IS_REACHED, IS_ENACTED, IS_IN_FORCE};  // by Field
  const Ref *ref = &w->program->refs[path->id];
  bool is_own = ref->kind == REF_PARAM || ref->kind == REF_VARIABLE;
  if (ref->field != FIELD_NONE) return day_when(w, kinds[ref->field], path, 0);
  if (ref->kind == REF_ASSUME) return read_assume(w, ref->index);
  if (ref->kind == REF_ENTITY)
    return value_truth(w->is_at_end && w->program->entities.items[ref->index].index == w->outcome);
  Value value = world_recall(w, NAME + ref->kind, ref->index, is_own ? w->frame.call : 0);
  if (ref->kind != REF_FACT || value.type != VALUE_NONE) return value;
  double p = eval_chance(w, w->program->facts.items[ref->index].chance);
  value = value_truth(world_happens(w, p));
  world_note(w, NAME + REF_FACT, ref->index, 0, value);
  return value;
}

// --- Expressions ---

static Value eval_binary(World *w, const Node *node) {
  const Node *left = node->binary.left, *right = node->binary.right;
  ValueOp op = node->binary.op;
  if (op == OP_AND) return value_truth(eval(w, left).truth && eval(w, right).truth);
  if (op == OP_OR) return value_truth(eval(w, left).truth || eval(w, right).truth);
  Value a = eval(w, left), b = eval(w, right), out;
  // what has not happened has no value, and every comparison with it is false
  if (a.type == VALUE_NONE || b.type == VALUE_NONE)
    return op >= OP_EQ && op <= OP_GE ? value_truth(false) : (Value){.type = VALUE_NONE};
  return value_binary(op, a, b, &out) == VALUE_OK ? out : world_error(w);
}

static Value eval_unit(World *w, const Node *node) {
  static const Duration units[] = {{0, 1}, {0, 7}, {1, 0}, {12, 0}};  // days, weeks, months, years
  int32_t n = eval_whole(w, node->unit.operand, -1000000);
  if (node->unit.unit > UNIT_YEARS) return world_error(w);
  return value_duration(n * units[node->unit.unit].months, n * units[node->unit.unit].days);
}

Value eval(World *w, const Node *written) {
  const Node *node = inputs_value(w->inputs, written), *event = node;
  Value out = {.type = VALUE_NONE};
  switch ((int)node->kind) {
    case NODE_NUMBER: return value_number(node->number.number);
    case NODE_DATE: return value_date(node->date.day);
    case NODE_TRUTH: return value_truth(node->truth.truth);
    case NODE_TODAY: return value_date(w->today);
    case NODE_PATH: return read_path(w, node);
    case NODE_BY: event = node->by.event;  // fall through
    case NODE_IS: {
      bool is_negated = event->kind == NODE_IS && event->is.negated;
      return value_truth((eval_moment(w, node) != NEVER) != is_negated);
    }
    case NODE_NOT: return value_truth(!eval(w, node->negation.operand).truth);
    case NODE_NEGATE:
      if (value_negate(eval(w, node->negation.operand), &out) != VALUE_OK) world_error(w);
      return out;
    case NODE_BINARY: return eval_binary(w, node);
    case NODE_RANGE: return value_duration(0, draw_days(w, node));
    case NODE_UNIT: return eval_unit(w, node);
    case NODE_IF_VALUE:
      if (eval(w, node->if_value.condition).truth) return eval(w, node->if_value.then);
      return eval(w, node->if_value.otherwise);
    case NODE_CHANCE: return value_truth(world_happens(w, eval_chance(w, node->chance.chance)));
    default: return world_error(w);
  }
}

double eval_chance(World *w, const Node *node) {
  Value value = eval(w, node);
  if (value.type == VALUE_NUMBER && value.number >= 0 && value.number <= 1) return value.number;
  return world_error(w).number;
}

int32_t eval_whole(World *w, const Node *node, int32_t least) {
  Value value = eval(w, node);
  double whole = round(value.number);
  bool is_whole = value.type == VALUE_NUMBER && fabs(value.number - whole) <= 1e-9;
  return is_whole && whole >= least && whole < 1e6 ? (int32_t)whole : world_error(w).duration.days;
}

Date eval_day(World *w, Value value) {
  Date day = value.type == VALUE_DATE ? value.date : DATE_NONE;
  if (value.type == VALUE_DURATION) value_date_after(w->today, value.duration, &day);
  if (day == DATE_NONE) world_error(w);
  return day == DATE_NONE ? w->today : day;
}

Date eval_moment(World *w, const Node *event) {
  switch ((int)event->kind) {
    case NODE_PATH: return eval(w, event).truth ? w->today : NEVER;
    case NODE_IS: {
      const IsTest *test = &w->program->tests[event->id];
      bool is_listed = test->kind == IS_LISTED;
      if (test->kind == IS_LINE) return line_is(w, event->is.path, test->index) ? w->today : NEVER;
      uint32_t by = is_listed ? eval_entity(w, event->is.pred.reg) : test->index;
      Value day = day_when(w, test->kind, event->is.path, by);
      return day.type == VALUE_DATE && day.date <= w->today ? day.date : NEVER;
    }
    case NODE_BY: {
      Date day = eval_moment(w, event->by.event);
      return day <= eval(w, event->by.when).date ? day : NEVER;
    }
    case NODE_BINARY: {
      Date a = eval_moment(w, event->binary.left), b = eval_moment(w, event->binary.right);
      return (a < b) == (event->binary.op == OP_OR) ? a : b;
    }
    default: world_error(w); return NEVER;
  }
}
