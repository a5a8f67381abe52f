// Expressions and events of one world.
#include <math.h>

#include "tests/oracle/world.h"

static Value truth_of(bool truth) {
  return value_truth(truth);
}

static bool happened(Date day) {
  return day != DATE_NONE;
}

static uint32_t listing_at(WorldNow *w, uint32_t call, const Node *is) {
  EntityId reg = program_entity_at(w->program, call, is->is.pred.reg);
  EntityId organization = program_entity_at(w->program, call, is->is.path);
  return w->program->entities.items[reg].index * w->program->entities.n + organization;
}

static EntityId bill_of(WorldNow *w, uint32_t call, const Node *path) {
  const Ref *ref = &w->program->refs[path->id];
  return ref->kind == REF_PARAM ? w->program->calls.items[call].args[ref->index].entity
                                : ref->index;
}

static bool line_is(WorldNow *w, uint32_t call, const Node *path, uint32_t line) {
  const Ref *ref = &w->program->refs[path->id];
  EntityId thing = ref->thing_kind == REF_PARAM
                       ? w->program->calls.items[call].args[ref->thing].entity
                       : ref->thing;
  uint8_t *drawn = &w->lines[ref->index * w->program->entities.n + thing];
  Rule rule;
  if (!*drawn && w->is_at_end && inputs_rule(w->inputs, ref->index, thing, &rule) &&
      !rule.is_free) {
    *drawn = (uint8_t)(1 + spread_line(w, &rule));
  }
  return *drawn == 1 + line;
}

// The day on which what `is` says came about, but for lines.
static Date moment_of_is(WorldNow *w, uint32_t call, const Node *node) {
  const IsTest *test = &w->program->tests[node->id];
  const Record *record = NULL;
  if (test->kind >= IS_PASSED && test->kind <= IS_OPTION) {
    record = &w->records[program_step_at(w->program, call, node->is.path)];
  }
  switch (test->kind) {
    case IS_PASSED: return record->passed;
    case IS_FAILED: return record->failed;
    case IS_REACHED: return record->reached;
    case IS_EXPIRED: return record->expired;
    case IS_INQUORATE: return record->inquorate;
    case IS_OPTION: return record->option == test->index ? record->option_day : DATE_NONE;
    case IS_ENACTED: return w->enacted[bill_of(w, call, node->is.path)];
    case IS_IN_FORCE: return w->in_force[bill_of(w, call, node->is.path)];
    case IS_LISTED: return w->listed[listing_at(w, call, node)];
    case IS_LINE:
    case IS_NONE: break;
  }
  return DATE_NONE;
}

static bool is_holds(WorldNow *w, uint32_t call, const Node *node) {
  const IsTest *test = &w->program->tests[node->id];
  if (test->kind == IS_LINE) return line_is(w, call, node->is.path, test->index);
  Date moment = moment_of_is(w, call, node);
  return happened(moment) && moment <= w->today;
}

static bool read_fact(WorldNow *w, uint32_t fact) {
  if (!w->facts[fact]) {
    double p = eval_chance(w, 0, w->program->facts.items[fact].chance);
    double both[2] = {p, 1 - p};
    w->facts[fact] = (uint8_t)(1 + world_choose(w, both, 2));
  }
  return w->facts[fact] == 1;
}

static Value read_assume(WorldNow *w, uint32_t assume) {
  bool is_belief = false;
  const Node *value = inputs_assume(w->inputs, assume, &is_belief);
  if (!is_belief) return eval(w, 0, value);
  if (isnan(w->beliefs[assume])) {
    Nodes *nodes = &w->nodes[assume];
    if (!nodes->n) spread_belief(w, value, nodes);
    w->beliefs[assume] = nodes->at[world_choose(w, nodes->weight, nodes->n)];
  }
  return value_number(w->beliefs[assume]);
}

static Date read_date(WorldNow *w, uint32_t call, const Node *path) {
  switch (w->program->refs[path->id].field) {
    case FIELD_PASSED: return w->records[program_step_at(w->program, call, path)].passed;
    case FIELD_FAILED: return w->records[program_step_at(w->program, call, path)].failed;
    case FIELD_REACHED: return w->records[program_step_at(w->program, call, path)].reached;
    case FIELD_ENACTED: return w->enacted[bill_of(w, call, path)];
    case FIELD_IN_FORCE: return w->in_force[bill_of(w, call, path)];
    case FIELD_REPEALED:
    case FIELD_NONE: break;
  }
  return DATE_NONE;
}

static Value read_path(WorldNow *w, uint32_t call, const Node *path) {
  const Ref *ref = &w->program->refs[path->id];
  if (ref->field != FIELD_NONE) return value_date(read_date(w, call, path));
  switch (ref->kind) {
    case REF_PARAM: return w->params[call][ref->index];
    case REF_VARIABLE: return w->variables[call][ref->index];
    case REF_LET: return w->lets[ref->index];
    case REF_ASSUME: return read_assume(w, ref->index);
    case REF_FACT: return truth_of(read_fact(w, ref->index));
    case REF_ENTITY:
      return truth_of(w->is_at_end && w->program->entities.items[ref->index].index == w->outcome);
    case REF_STEP:
    case REF_OWN_STEP:
    case REF_LINE:
    case REF_NONE: break;
  }
  return world_error(w);
}

static Value eval_binary(WorldNow *w, uint32_t call, const Node *node) {
  ValueOp op = node->binary.op;
  if (op == OP_AND)
    return truth_of(eval_truth(w, call, node->binary.left) &&
                    eval_truth(w, call, node->binary.right));
  if (op == OP_OR)
    return truth_of(eval_truth(w, call, node->binary.left) ||
                    eval_truth(w, call, node->binary.right));
  Value a = eval(w, call, node->binary.left), b = eval(w, call, node->binary.right), out;
  if (a.type == VALUE_NONE ||
      b.type == VALUE_NONE) {  // the days between dates that have not both happened
    return op >= OP_EQ && op <= OP_GE ? truth_of(false) : (Value){.type = VALUE_NONE};
  }
  return value_binary(op, a, b, &out) == VALUE_OK ? out : world_error(w);
}

static Value eval_unit(WorldNow *w, uint32_t call, const Node *node) {
  double number = eval(w, call, node->unit.operand).number, whole = round(number);
  if (!(fabs(number - whole) <= 1e-9) || fabs(whole) > 1e6) return world_error(w);
  int32_t n = (int32_t)whole;
  switch (node->unit.unit) {
    case UNIT_DAYS: return value_duration(0, n);
    case UNIT_WEEKS: return value_duration(0, 7 * n);
    case UNIT_MONTHS: return value_duration(n, 0);
    case UNIT_YEARS: return value_duration(12 * n, 0);
    case UNIT_WORKING_DAYS:
    case UNIT_CALENDAR_DAYS:
    case UNIT_SITTING_DAYS: break;
  }
  return world_error(w);
}

static bool holds_by(WorldNow *w, const Node *node) {
  const Node *event = node->by.event;
  Date moment = eval_moment(w, event), when = eval(w, 0, node->by.when).date;
  bool holds = happened(moment) && happened(when) && moment <= when;
  return event->kind == NODE_IS && event->is.negated ? !holds : holds;
}

Value eval(WorldNow *w, uint32_t call, const Node *written) {
  const Node *node = inputs_value(w->inputs, written);
  if (w->has_error) return (Value){.type = VALUE_NONE};
  switch ((int)node->kind) {
    case NODE_NUMBER: return value_number(node->number.number);
    case NODE_DATE: return value_date(node->date.day);
    case NODE_TRUTH: return truth_of(node->truth.truth);
    case NODE_TODAY: return value_date(w->today);
    case NODE_PATH: return read_path(w, call, node);
    case NODE_IS: return truth_of(is_holds(w, call, node) != node->is.negated);
    case NODE_BY: return truth_of(holds_by(w, node));
    case NODE_NOT: return truth_of(!eval_truth(w, call, node->negation.operand));
    case NODE_NEGATE: {
      Value out;
      return value_negate(eval(w, call, node->negation.operand), &out) == VALUE_OK ? out
                                                                                   : world_error(w);
    }
    case NODE_BINARY: return eval_binary(w, call, node);
    case NODE_UNIT: return eval_unit(w, call, node);
    case NODE_IF_VALUE:
      return eval(w, call,
                  eval_truth(w, call, node->if_value.condition) ? node->if_value.then
                                                                : node->if_value.otherwise);
    case NODE_CHANCE: {
      double p = eval_chance(w, call, node->chance.chance);
      return truth_of(world_choose(w, (double[]){p, 1 - p}, 2) == 0);
    }
    default: return world_error(w);
  }
}

bool eval_truth(WorldNow *w, uint32_t call, const Node *node) {
  Value value = eval(w, call, node);
  return value.type == VALUE_TRUTH && value.truth;
}

double eval_chance(WorldNow *w, uint32_t call, const Node *node) {
  Value value = eval(w, call, node);
  if (value.type == VALUE_NUMBER && value.number >= 0 && value.number <= 1) return value.number;
  world_error(w);
  return 0;
}

uint32_t eval_count(WorldNow *w, uint32_t call, const Node *node) {
  Value value = eval(w, call, node);
  double whole = round(value.number);
  if (value.type == VALUE_NUMBER && whole >= 0 && whole < 1e6 && fabs(value.number - whole) <= 1e-9)
    return (uint32_t)whole;
  world_error(w);
  return 0;
}

static Date earlier(Date a, Date b) {
  return !happened(a) ? b : !happened(b) || a < b ? a : b;
}

static Date later(Date a, Date b) {
  return !happened(a) || !happened(b) ? DATE_NONE : a > b ? a : b;
}

Date eval_moment(WorldNow *w, const Node *event) {
  switch ((int)event->kind) {
    case NODE_PATH: return eval_truth(w, 0, event) ? w->today : DATE_NONE;
    case NODE_IS: {
      Date moment = moment_of_is(w, 0, event);
      return happened(moment) && moment <= w->today ? moment : DATE_NONE;
    }
    case NODE_BY: {
      Date moment = eval_moment(w, event->by.event), when = eval(w, 0, event->by.when).date;
      return happened(moment) && happened(when) && moment <= when ? moment : DATE_NONE;
    }
    case NODE_BINARY: {
      Date a = eval_moment(w, event->binary.left), b = eval_moment(w, event->binary.right);
      return event->binary.op == OP_OR ? earlier(a, b) : later(a, b);
    }
    default: world_error(w); return DATE_NONE;
  }
}
