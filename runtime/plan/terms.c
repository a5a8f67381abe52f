// Expressions of the tree to terms: names become columns, what depends on nothing becomes a constant.
#include <math.h>

#include "runtime/plan/planner.h"

enum { MAX_TERM_SIZE = 1000000 };

Term *term_new(Planner *p, TermKind kind, ValueType type, const Node *node) {
  Term *term = ARENA_NEW(p->arena, Term);
  term->kind = kind;
  term->type = type;
  term->node = node;
  term->column = NO_COLUMN;
  term->size = 1;
  return term;
}

Term *term_constant(Planner *p, const Node *node, Value value) {
  Term *term = term_new(p, TERM_CONSTANT, value.type, node);
  term->value = value;
  return term;
}

static Term *term_cell(Planner *p, uint32_t column, const Node *node) {
  Term *term = term_new(p, TERM_CELL, p->plan->columns.items[column].type, node);
  term->column = column;
  return term;
}

static Term *term_over(Planner *p, TermKind kind, uint32_t column, const Node *node) {
  Term *term = term_new(p, kind, VALUE_TRUTH, node);
  term->column = column;
  return term;
}

static void term_adopt(Planner *p, Term *term, Term *child) {
  if (!child) return;
  term->draws |= child->draws;
  term->size += child->size;
  if (term->size > MAX_TERM_SIZE) {
    term->size = MAX_TERM_SIZE;
    p->is_too_large = true;
  }
}

bool term_is(const Term *term, bool truth) {
  return term->kind == TERM_CONSTANT && term->type == VALUE_TRUTH && term->value.truth == truth;
}

Term *term_pair(Planner *p, ValueOp op, Term *a, Term *b, const Node *node) {
  Value value;
  if (a->kind == TERM_CONSTANT && b->kind == TERM_CONSTANT &&
      value_binary(op, a->value, b->value, &value) == VALUE_OK) {
    return term_constant(p, node, value);
  }
  if (op == OP_AND && (term_is(a, true) || term_is(b, false))) return b;
  if (op == OP_AND && (term_is(b, true) || term_is(a, false))) return a;
  if (op == OP_OR && term_is(a, false)) return b;
  if (op == OP_OR && (term_is(b, false) || term_is(a, true))) return a;
  Term *term = term_new(p, TERM_BINARY, value_binary_type(op, a->type, b->type), node);
  term->op = op;
  term->a = a;
  term->b = b;
  term_adopt(p, term, a);
  term_adopt(p, term, b);
  return term;
}

static Term *term_single(Planner *p, TermKind kind, Term *a, const Node *node) {
  if (a->kind == TERM_CONSTANT) {
    Value value;
    if (kind == TERM_NOT) return term_constant(p, node, value_truth(!a->value.truth));
    if (kind == TERM_NEGATE && value_negate(a->value, &value) == VALUE_OK)
      return term_constant(p, node, value);
  }
  Term *term = term_new(p, kind, a->type, node);
  term->a = a;
  term_adopt(p, term, a);
  return term;
}

Term *term_not(Planner *p, Term *a, const Node *node) {
  return term_single(p, TERM_NOT, a, node);
}

ValueStatus term_unit(double number, Unit unit, Value *out) {
  double whole = floor(number + 0.5);
  if (fabs(number - whole) > VALUE_NUMBER_TOLERANCE) return VALUE_NOT_WHOLE_DAYS;
  if (!(fabs(whole) < 1e7)) return VALUE_OUT_OF_DATES;
  int32_t n = (int32_t)whole;
  switch (unit) {
    case UNIT_WEEKS: *out = value_duration(0, 7 * n); return VALUE_OK;
    case UNIT_MONTHS: *out = value_duration(n, 0); return VALUE_OK;
    case UNIT_YEARS: *out = value_duration(12 * n, 0); return VALUE_OK;
    case UNIT_DAYS:
    case UNIT_WORKING_DAYS:
    case UNIT_CALENDAR_DAYS:
    case UNIT_SITTING_DAYS: *out = value_duration(0, n); return VALUE_OK;
  }
  return VALUE_MIXED;
}

static Term *unit_term(Planner *p, uint32_t call, const Node *node) {
  Term *a = term_of(p, call, node->unit.operand);
  Value value;
  if (a->kind == TERM_CONSTANT && term_unit(a->value.number, node->unit.unit, &value) == VALUE_OK) {
    return term_constant(p, node, value);
  }
  Term *term = term_new(p, TERM_UNIT, VALUE_DURATION, node);
  term->unit = node->unit.unit;
  term->a = a;
  term_adopt(p, term, a);
  return term;
}

static Term *fact_term(Planner *p, uint32_t fact, const Node *node) {
  Term *term = term_over(p, TERM_FACT, column_fact(p, fact), node);
  term->index = fact;
  term->draws = true;
  term_adopt(p, term, p->plan->facts[fact].chance);
  return term;
}

static Term *assume_term(Planner *p, uint32_t assume, const Node *node) {
  bool is_belief;
  const Node *value = inputs_assume(p->inputs, assume, &is_belief);
  if (!is_belief) {
    if (!p->assumes[assume]) p->assumes[assume] = term_of(p, 0, value);
    return p->assumes[assume];
  }
  Term *term = term_new(p, TERM_BELIEF, VALUE_NUMBER, node);
  term->column = column_belief(p, assume);
  term->index = assume;
  term->draws = true;
  return term;
}

static Term *bill_date(Planner *p, EntityId bill, Field field, const Node *node) {
  BillPlan *plan = &p->plan->bills[bill];
  if (field == FIELD_IN_FORCE)
    return term_cell(p, column_record(p, &plan->in_force, NO_INDEX), node);
  if (field != FIELD_ENACTED) return term_constant(p, node, value_date(DATE_NONE));
  plan->enacted_days.is_dated = true;
  return term_cell(p, column_record(p, &plan->enacted, NO_INDEX), node);
}

static Term *step_date(Planner *p, uint32_t step, Field field, const Node *node) {
  RecordPlan *record = &p->plan->records[step];
  record->days.is_dated = true;
  uint32_t *slot = field == FIELD_PASSED   ? &record->passed
                   : field == FIELD_FAILED ? &record->failed
                                           : &record->reached;
  return term_cell(p, column_record(p, slot, step), node);
}

static Term *path_term(Planner *p, uint32_t call, const Node *node) {
  const Ref *ref = &p->program->refs[node->id];
  switch (ref->kind) {
    case REF_VARIABLE: return term_cell(p, column_variable(p, call, ref->index), node);
    case REF_LET: return term_cell(p, column_let(p, ref->index), node);
    case REF_ASSUME: return assume_term(p, ref->index, node);
    case REF_FACT: return fact_term(p, ref->index, node);
    case REF_STEP:
    case REF_OWN_STEP:
      return step_date(p, program_step_at(p->program, call, node), ref->field, node);
    case REF_PARAM:
      if (ref->field == FIELD_NONE) return term_cell(p, column_param(p, call, ref->index), node);
      return bill_date(p, program_entity_at(p->program, call, node), ref->field, node);
    case REF_ENTITY:
      if (ref->field != FIELD_NONE) return bill_date(p, ref->index, ref->field, node);
      if (p->program->entities.items[ref->index].kind == ENTITY_OUTCOME && p->is_end) {
        Term *term = term_over(p, TERM_EQUALS, p->plan->outcome_column, node);
        term->word = 1 + (int32_t)p->program->entities.items[ref->index].index;
        return term;
      }
      return term_constant(p, node, value_truth(false));
    case REF_LINE:
    case REF_NONE: break;
  }
  return term_constant(p, node, value_truth(false));
}

static Term *record_term(Planner *p, uint32_t *slot, uint32_t step, const Node *node) {
  return term_over(p, TERM_HAPPENED, column_record(p, slot, step), node);
}

static Term *line_term(Planner *p, uint32_t call, const Node *node) {
  const Ref *ref = &p->program->refs[node->is.path->id];
  EntityId thing = ref->thing_kind == REF_PARAM
                       ? p->program->calls.items[call].args[ref->thing].entity
                       : ref->thing;
  uint32_t line = line_find(p, ref->index, thing);
  if (line == NO_INDEX) return term_constant(p, node, value_truth(false));
  Term *term = term_over(p, TERM_LINE, p->plan->lines.items[line].column, node);
  term->index = line;
  term->word = 1 + (int32_t)p->program->tests[node->id].index;
  term->draws = p->is_end;
  return term;
}

static Term *is_term(Planner *p, uint32_t call, const Node *node) {
  const IsTest *test = &p->program->tests[node->id];
  const Node *path = node->is.path;
  RecordPlan *record = NULL;
  uint32_t step = NO_INDEX;
  Ref ref = p->program->refs[path->id];
  if (ref.kind == REF_STEP || ref.kind == REF_OWN_STEP) {
    step = program_step_at(p->program, call, path);
    record = &p->plan->records[step];
  }
  switch (test->kind) {
    case IS_PASSED: return record_term(p, &record->passed, step, node);
    case IS_FAILED: return record_term(p, &record->failed, step, node);
    case IS_REACHED: return record_term(p, &record->reached, step, node);
    case IS_EXPIRED: return record_term(p, &record->expired, step, node);
    case IS_INQUORATE: return record_term(p, &record->inquorate, step, node);
    case IS_OPTION: {
      if (record->option == NO_COLUMN) {
        record->option = column_add(p, COLUMN_RECORD, VALUE_TRUTH, (Cell){.word = 0}, "%s", "");
      }
      Term *term = term_over(p, TERM_EQUALS, record->option, node);
      term->word = 1 + (int32_t)test->index;
      return term;
    }
    case IS_ENACTED:
      return record_term(p, &p->plan->bills[program_entity_at(p->program, call, path)].enacted,
                         step, node);
    case IS_IN_FORCE: {
      BillPlan *bill = &p->plan->bills[program_entity_at(p->program, call, path)];
      Term *term = term_over(p, TERM_HELD, column_record(p, &bill->in_force, step), node);
      term->draws = true;
      return term;
    }
    case IS_LISTED:
      return term_over(p, TERM_HAPPENED,
                       column_listed(p, program_entity_at(p->program, call, node->is.pred.reg),
                                     program_entity_at(p->program, call, path)),
                       node);
    case IS_LINE: return line_term(p, call, node);
    case IS_NONE: break;
  }
  return term_constant(p, node, value_truth(false));
}

static Term *if_term(Planner *p, uint32_t call, const Node *node) {
  Term *a = term_of(p, call, node->if_value.condition);
  if (a->kind == TERM_CONSTANT) {
    return term_of(p, call, a->value.truth ? node->if_value.then : node->if_value.otherwise);
  }
  Term *b = term_of(p, call, node->if_value.then), *c = term_of(p, call, node->if_value.otherwise);
  Term *term = term_new(p, TERM_IF, b->type, node);
  term->a = a;
  term->b = b;
  term->c = c;
  term_adopt(p, term, a);
  term_adopt(p, term, b);
  term_adopt(p, term, c);
  return term;
}

static Term *chance_term(Planner *p, uint32_t call, const Node *node) {
  Term *term = term_new(p, TERM_CHANCE, VALUE_TRUTH, node);
  term->a = term_of(p, call, node->chance.chance);
  term->column = column_add(p, COLUMN_CHANCE, VALUE_TRUTH, (Cell){.word = 0}, "%s", "");
  term->place = place_take(p, "%s chance %u", p->label ? p->label->path : "",
                           p->label ? ++p->label->counts[NODE_CHANCE] : 0);
  term->draws = true;
  term_adopt(p, term, term->a);
  return term;
}

Term *term_of(Planner *p, uint32_t call, const Node *node) {
  switch ((int)node->kind) {
    case NODE_NUMBER: return term_constant(p, node, value_number(node->number.number));
    case NODE_DATE: return term_constant(p, node, value_date(node->date.day));
    case NODE_TRUTH: return term_constant(p, node, value_truth(node->truth.truth));
    case NODE_TODAY: {
      Term *term = term_new(p, TERM_TODAY, VALUE_DATE, node);
      term->draws = true;
      return term;
    }
    case NODE_PATH: return path_term(p, call, node);
    case NODE_IS: {
      Term *term = is_term(p, call, node);
      return node->is.negated ? term_single(p, TERM_NOT, term, node) : term;
    }
    case NODE_NOT: return term_single(p, TERM_NOT, term_of(p, call, node->negation.operand), node);
    case NODE_NEGATE:
      return term_single(p, TERM_NEGATE, term_of(p, call, node->negation.operand), node);
    case NODE_BINARY:
      return term_pair(p, node->binary.op, term_of(p, call, node->binary.left),
                       term_of(p, call, node->binary.right), node);
    case NODE_UNIT: return unit_term(p, call, node);
    case NODE_IF_VALUE: return if_term(p, call, node);
    case NODE_CHANCE: return chance_term(p, call, node);
    case NODE_BY:
      return p->is_end ? term_event(p, node) : term_constant(p, node, value_truth(false));
    default: return term_constant(p, node, value_truth(false));
  }
}

Term *term_input(Planner *p, uint32_t call, const Node *node) {
  return node ? term_of(p, call, inputs_value(p->inputs, node)) : NULL;
}
