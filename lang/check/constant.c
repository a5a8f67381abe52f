// Values that depend on nothing: literals, their arithmetic, and assumptions that are constant themselves.
#include "lang/check/checker.h"

enum { MAX_CONSTANT_DEPTH = 64 };  // of assumptions in assumptions; a circle ends here

static bool constant(const Program *p, const Node *node, Value *out, int depth);

static bool constant_unit(const Program *p, const Node *node, Value *out, int depth) {
  Value number;
  if (!constant(p, node->unit.operand, &number, depth) || number.type != VALUE_NUMBER) return false;
  int32_t n = (int32_t)number.number;
  if (n != number.number) return false;
  switch (node->unit.unit) {
    case UNIT_DAYS: *out = value_duration(0, n); return true;
    case UNIT_WEEKS: *out = value_duration(0, 7 * n); return true;
    case UNIT_MONTHS: *out = value_duration(n, 0); return true;
    case UNIT_YEARS: *out = value_duration(12 * n, 0); return true;
    case UNIT_WORKING_DAYS: case UNIT_CALENDAR_DAYS: case UNIT_SITTING_DAYS: break;
  }
  return false;
}

static bool constant_path(const Program *p, const Node *node, Value *out, int depth) {
  const Ref *ref = &p->refs[node->id];
  if (ref->kind != REF_ASSUME || p->assumes.items[ref->index].is_belief) return false;
  return constant(p, p->assumes.items[ref->index].value, out, depth);
}

static bool constant(const Program *p, const Node *node, Value *out, int depth) {
  Value a, b;
  if (!node || depth > MAX_CONSTANT_DEPTH) return false;
  switch ((int)node->kind) {
    case NODE_NUMBER: *out = value_number(node->number.number); return true;
    case NODE_DATE: *out = value_date(node->date.day); return node->date.day != DATE_NONE;
    case NODE_TRUTH: *out = value_truth(node->truth.truth); return true;
    case NODE_PATH: return constant_path(p, node, out, depth + 1);
    case NODE_UNIT: return constant_unit(p, node, out, depth + 1);
    case NODE_NEGATE: return constant(p, node->negation.operand, &a, depth + 1) && value_negate(a, out) == VALUE_OK;
    case NODE_BINARY:
      return constant(p, node->binary.left, &a, depth + 1) && constant(p, node->binary.right, &b, depth + 1) &&
             value_binary(node->binary.op, a, b, out) == VALUE_OK;
    case NODE_IF_VALUE:
      return constant(p, node->if_value.condition, &a, depth + 1) && a.type == VALUE_TRUTH &&
             constant(p, a.truth ? node->if_value.then : node->if_value.otherwise, out, depth + 1);
    default: return false;
  }
}

bool check_constant(const Program *program, const Node *expression, Value *out) { return constant(program, expression, out, 0); }

static Rational exact(const Program *p, const Node *node, int depth) {
  if (depth > MAX_CONSTANT_DEPTH) return RATIONAL_NONE;
  switch ((int)node->kind) {
    case NODE_NUMBER: return node->number.exact;
    case NODE_NEGATE: return rational_sub(rational_of(0, 1), exact(p, node->negation.operand, depth + 1));
    case NODE_PATH: {
      const Ref *ref = &p->refs[node->id];
      if (ref->kind != REF_ASSUME || p->assumes.items[ref->index].is_belief) return RATIONAL_NONE;
      return exact(p, p->assumes.items[ref->index].value, depth + 1);
    }
    case NODE_BINARY: {
      Rational a = exact(p, node->binary.left, depth + 1), b = exact(p, node->binary.right, depth + 1);
      if (!rational_is_some(a) || !rational_is_some(b)) return RATIONAL_NONE;
      if (node->binary.op == OP_ADD) return rational_add(a, b);
      if (node->binary.op == OP_SUB) return rational_sub(a, b);
      if (node->binary.op == OP_MUL) return rational_mul(a, b);
      if (node->binary.op == OP_DIV && b.num) return rational_div(a, b);
      return RATIONAL_NONE;
    }
    default: return RATIONAL_NONE;
  }
}

bool check_constant_exact(const Program *program, const Node *expression, Rational *out) {
  *out = exact(program, expression, 0);
  return rational_is_some(*out);
}
