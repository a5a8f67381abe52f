// Values that depend on nothing: literals, their arithmetic, and assumptions that are constant
// themselves. Assumptions may use each other many times over, so the work is bounded: what takes
// longer counts as not constant, and is checked when the script runs.
#include "lang/check/checker.h"

typedef struct Effort {
  const Program *program;
  const Inputs *inputs;  // the changes in force, or NULL: as written
  uint32_t depth, steps;
} Effort;

enum { MAX_DEPTH = 2000, MAX_STEPS = 20000 };

static bool may_go_on(Effort *e) {
  return e->depth < MAX_DEPTH && ++e->steps < MAX_STEPS;
}

static bool constant(Effort *e, const Node *node, Value *out);

static bool constant_unit(Effort *e, const Node *node, Value *out) {
  Value number;
  if (!constant(e, node->unit.operand, &number) || number.type != VALUE_NUMBER) return false;
  if (!(number.number > -1e7 && number.number < 1e7)) return false;
  int32_t n = (int32_t)number.number;
  if (n != number.number) return false;
  switch (node->unit.unit) {
    case UNIT_DAYS: *out = value_duration(0, n); return true;
    case UNIT_WEEKS: *out = value_duration(0, 7 * n); return true;
    case UNIT_MONTHS: *out = value_duration(n, 0); return true;
    case UNIT_YEARS: *out = value_duration(12 * n, 0); return true;
    case UNIT_WORKING_DAYS:
    case UNIT_CALENDAR_DAYS:
    case UNIT_SITTING_DAYS: break;
  }
  return false;
}

// The value behind a name, or NULL where it is no assumption or an uncertain one.
static const Node *assumed(const Effort *e, const Node *path) {
  const Ref *ref = &e->program->refs[path->id];
  if (ref->kind != REF_ASSUME) return NULL;
  const AssumeInfo *info = &e->program->assumes.items[ref->index];
  bool is_belief = info->is_belief;
  const Node *value = e->inputs ? inputs_assume(e->inputs, ref->index, &is_belief) : info->value;
  return is_belief ? NULL : value;
}

static bool constant_pair(Effort *e, const Node *node, Value *out) {
  Value a, b;
  return constant(e, node->binary.left, &a) && constant(e, node->binary.right, &b) &&
         value_binary(node->binary.op, a, b, out) == VALUE_OK;
}

static bool find_constant(Effort *e, const Node *node, Value *out) {
  Value a;
  switch ((int)node->kind) {
    case NODE_NUMBER: *out = value_number(node->number.number); return true;
    case NODE_DATE: *out = value_date(node->date.day); return node->date.day != DATE_NONE;
    case NODE_TRUTH: *out = value_truth(node->truth.truth); return true;
    case NODE_PATH: return constant(e, assumed(e, node), out);
    case NODE_UNIT: return constant_unit(e, node, out);
    case NODE_NEGATE:
      return constant(e, node->negation.operand, &a) && value_negate(a, out) == VALUE_OK;
    case NODE_BINARY: return constant_pair(e, node, out);
    case NODE_IF_VALUE:
      return constant(e, node->if_value.condition, &a) && a.type == VALUE_TRUTH &&
             constant(e, a.truth ? node->if_value.then : node->if_value.otherwise, out);
    default: return false;
  }
}

static bool constant(Effort *e, const Node *node, Value *out) {
  if (!node || !may_go_on(e)) return false;
  e->depth++;
  bool is_constant = find_constant(e, node, out);
  e->depth--;
  return is_constant;
}

bool check_constant(const Program *program, const Node *expression, Value *out) {
  return constant(&(Effort){.program = program}, expression, out);
}

static Rational exact(Effort *e, const Node *node);

static Rational exact_pair(Effort *e, const Node *node) {
  Rational a = exact(e, node->binary.left);
  Rational b = rational_is_some(a) ? exact(e, node->binary.right) : RATIONAL_NONE;
  if (!rational_is_some(b)) return RATIONAL_NONE;
  switch ((int)node->binary.op) {
    case OP_ADD: return rational_add(a, b);
    case OP_SUB: return rational_sub(a, b);
    case OP_MUL: return rational_mul(a, b);
    case OP_DIV: return b.num ? rational_div(a, b) : RATIONAL_NONE;
    default: return RATIONAL_NONE;
  }
}

static Rational find_exact(Effort *e, const Node *node) {
  switch ((int)node->kind) {
    case NODE_NUMBER: return node->number.exact;
    case NODE_NEGATE: return rational_sub(rational_of(0, 1), exact(e, node->negation.operand));
    case NODE_PATH: return exact(e, assumed(e, node));
    case NODE_BINARY: return exact_pair(e, node);
    default: return RATIONAL_NONE;
  }
}

static Rational exact(Effort *e, const Node *node) {
  if (!node || !may_go_on(e)) return RATIONAL_NONE;
  e->depth++;
  Rational value = find_exact(e, node);
  e->depth--;
  return value;
}

bool check_constant_under(const Inputs *inputs, const Node *expression, Value *out,
                          uint32_t *steps) {
  Effort e = {.program = inputs->program, .inputs = inputs};
  bool is_constant = constant(&e, expression, out);
  *steps += e.steps;
  return is_constant;
}

bool check_constant_exact(const Program *program, const Node *expression, Rational *out) {
  *out = exact(&(Effort){.program = program}, expression);
  return rational_is_some(*out);
}

bool check_constant_exact_under(const Inputs *inputs, const Node *expression, Rational *out,
                                uint32_t *steps) {
  Effort e = {.program = inputs->program, .inputs = inputs};
  *out = exact(&e, expression);
  *steps += e.steps;
  return rational_is_some(*out);
}
