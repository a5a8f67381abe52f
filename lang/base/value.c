// One meaning of every operator, by a table over operator and types. What a refusal says is the
// caller's business.
#include "lang/base/value.h"

#include <math.h>

Value value_number(double number) {
  return (Value){.type = VALUE_NUMBER, .number = number};
}

Value value_truth(bool truth) {
  return (Value){.type = VALUE_TRUTH, .truth = truth};
}

Value value_date(Date date) {
  return (Value){.type = VALUE_DATE, .date = date};
}

Value value_duration(int32_t months, int32_t days) {
  return (Value){.type = VALUE_DURATION, .duration = {months, days}};
}

static bool op_is_comparison(ValueOp op) {
  return op >= OP_EQ && op <= OP_GE;
}

static ValueType comparison_type(ValueOp op, ValueType a, ValueType b) {
  if (a != b || a == VALUE_NONE) return VALUE_NONE;
  bool ordered = a != VALUE_TRUTH;
  return ordered || op == OP_EQ || op == OP_NE ? VALUE_TRUTH : VALUE_NONE;
}

typedef struct Rule {
  ValueOp op;
  ValueType a, b, result;
} Rule;

static const Rule rules[] = {
    {OP_ADD, VALUE_NUMBER, VALUE_NUMBER, VALUE_NUMBER},
    {OP_ADD, VALUE_DATE, VALUE_DURATION, VALUE_DATE},
    {OP_ADD, VALUE_DURATION, VALUE_DATE, VALUE_DATE},
    {OP_ADD, VALUE_DURATION, VALUE_DURATION, VALUE_DURATION},
    {OP_SUB, VALUE_NUMBER, VALUE_NUMBER, VALUE_NUMBER},
    {OP_SUB, VALUE_DATE, VALUE_DURATION, VALUE_DATE},
    {OP_SUB, VALUE_DATE, VALUE_DATE, VALUE_DURATION},
    {OP_SUB, VALUE_DURATION, VALUE_DURATION, VALUE_DURATION},
    {OP_MUL, VALUE_NUMBER, VALUE_NUMBER, VALUE_NUMBER},
    {OP_MUL, VALUE_DURATION, VALUE_NUMBER, VALUE_DURATION},
    {OP_MUL, VALUE_NUMBER, VALUE_DURATION, VALUE_DURATION},
    {OP_DIV, VALUE_NUMBER, VALUE_NUMBER, VALUE_NUMBER},
    {OP_DIV, VALUE_DURATION, VALUE_NUMBER, VALUE_DURATION},
    {OP_AND, VALUE_TRUTH, VALUE_TRUTH, VALUE_TRUTH},
    {OP_OR, VALUE_TRUTH, VALUE_TRUTH, VALUE_TRUTH},
};

ValueType value_binary_type(ValueOp op, ValueType a, ValueType b) {
  if (op_is_comparison(op)) return comparison_type(op, a, b);
  for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
    if (rules[i].op == op && rules[i].a == a && rules[i].b == b) return rules[i].result;
  return VALUE_NONE;
}

static int sign_of(int64_t difference) {
  return (difference > 0) - (difference < 0);
}

static ValueStatus compare_durations(ValueOp op, Duration a, Duration b, Value *out) {
  int months = sign_of((int64_t)a.months - b.months), days = sign_of((int64_t)a.days - b.days);
  if (months * days < 0) return VALUE_UNCOMPARABLE;  // a month has no fixed number of days
  *out = value_truth(value_order_holds(op, months ? months : days));
  return VALUE_OK;
}

static ValueStatus value_compare(ValueOp op, Value a, Value b, Value *out) {
  int sign = 0;
  switch (a.type) {
    case VALUE_NUMBER: {
      if (isnan(a.number) || isnan(b.number)) return VALUE_NOT_FINITE;
      bool equal = a.number == b.number || fabs(a.number - b.number) <= VALUE_NUMBER_TOLERANCE;
      sign = equal ? 0 : a.number < b.number ? -1 : 1;
      break;
    }
    case VALUE_TRUTH: sign = a.truth - b.truth; break;
    case VALUE_DATE:
      if (a.date == DATE_NONE || b.date == DATE_NONE) {
        *out = value_truth(false);
        return VALUE_OK;
      }
      sign = sign_of((int64_t)a.date - b.date);
      break;
    case VALUE_DURATION: return compare_durations(op, a.duration, b.duration, out);
    case VALUE_NONE: return VALUE_MIXED;
  }
  *out = value_truth(value_order_holds(op, sign));
  return VALUE_OK;
}

static ValueStatus value_arithmetic(ValueOp op, double a, double b, Value *out) {
  double result = NAN;
  switch (op) {
    case OP_ADD: result = a + b; break;
    case OP_SUB: result = a - b; break;
    case OP_MUL: result = a * b; break;
    case OP_DIV:
      if (b == 0) return VALUE_BY_ZERO;
      result = a / b;
      break;
    case OP_EQ:
    case OP_NE:
    case OP_LT:
    case OP_LE:
    case OP_GT:
    case OP_GE:
    case OP_AND:
    case OP_OR:
    case OP_IN: return VALUE_MIXED;
  }
  if (!isfinite(result)) return VALUE_NOT_FINITE;
  *out = value_number(result);
  return VALUE_OK;
}

static ValueStatus duration_of(int64_t months, int64_t days, Value *out) {
  if (months != (int32_t)months || days != (int32_t)days) return VALUE_OUT_OF_DATES;
  *out = value_duration((int32_t)months, (int32_t)days);
  return VALUE_OK;
}

static ValueStatus part_scale(int32_t part, double factor, bool divide, int64_t *out) {
  double scaled = divide ? part / factor : part * factor, whole = round(scaled);
  if (!isfinite(scaled)) return VALUE_NOT_FINITE;
  if (fabs(scaled) > INT32_MAX) return VALUE_OUT_OF_DATES;
  if (fabs(scaled - whole) > VALUE_NUMBER_TOLERANCE) return VALUE_NOT_WHOLE_DAYS;
  *out = (int64_t)whole;
  return VALUE_OK;
}

static ValueStatus duration_scale(Duration duration, double factor, bool divide, Value *out) {
  if (divide && factor == 0) return VALUE_BY_ZERO;
  int64_t months = 0, days = 0;
  ValueStatus status = part_scale(duration.months, factor, divide, &months);
  if (status == VALUE_OK) status = part_scale(duration.days, factor, divide, &days);
  return status == VALUE_OK ? duration_of(months, days, out) : status;
}

static ValueStatus date_shift(Date from, int64_t months, int64_t days, Date *out) {
  Date month = months ? date_add_months(from, months) : from;
  *out = date_add_days(month, days);
  return *out == DATE_NONE && from != DATE_NONE ? VALUE_OUT_OF_DATES : VALUE_OK;
}

ValueStatus value_date_after(Date from, Duration duration, Date *out) {
  return date_shift(from, duration.months, duration.days, out);
}

static ValueStatus date_plus(Date date, Duration duration, int sign, Value *out) {
  Date result;
  ValueStatus status =
      date_shift(date, sign * (int64_t)duration.months, sign * (int64_t)duration.days, &result);
  if (status == VALUE_OK) *out = value_date(result);
  return status;
}

static ValueStatus duration_plus(Duration a, Duration b, int sign, Value *out) {
  return duration_of((int64_t)a.months + sign * (int64_t)b.months,
                     (int64_t)a.days + sign * (int64_t)b.days, out);
}

// The days between two dates; no value where one of them has not happened.
static ValueStatus date_minus(Date a, Date b, Value *out) {
  if (a == DATE_NONE || b == DATE_NONE) {
    *out = (Value){.type = VALUE_NONE};
    return VALUE_OK;
  }
  *out = value_duration(0, a - b);
  return VALUE_OK;
}

ValueStatus value_binary(ValueOp op, Value a, Value b, Value *out) {
  if (value_binary_type(op, a.type, b.type) == VALUE_NONE) return VALUE_MIXED;
  if (op_is_comparison(op)) return value_compare(op, a, b, out);
  int sign = op == OP_SUB ? -1 : 1;
  switch (a.type) {
    case VALUE_NUMBER:
      if (b.type == VALUE_DURATION) return duration_scale(b.duration, a.number, false, out);
      return value_arithmetic(op, a.number, b.number, out);
    case VALUE_TRUTH:
      *out = value_truth(op == OP_AND ? a.truth && b.truth : a.truth || b.truth);
      return VALUE_OK;
    case VALUE_DATE:
      if (b.type == VALUE_DATE) return date_minus(a.date, b.date, out);
      return date_plus(a.date, b.duration, sign, out);
    case VALUE_DURATION:
      if (b.type == VALUE_DATE) return date_plus(b.date, a.duration, 1, out);
      if (b.type == VALUE_NUMBER) return duration_scale(a.duration, b.number, op == OP_DIV, out);
      return duration_plus(a.duration, b.duration, sign, out);
    case VALUE_NONE: break;
  }
  return VALUE_MIXED;
}

ValueStatus value_negate(Value a, Value *out) {
  switch (a.type) {
    case VALUE_NUMBER: *out = value_number(-a.number); return VALUE_OK;
    case VALUE_DURATION:
      return duration_of(-(int64_t)a.duration.months, -(int64_t)a.duration.days, out);
    case VALUE_TRUTH:
    case VALUE_DATE:
    case VALUE_NONE: break;
  }
  return VALUE_MIXED;
}

const char *value_type_name(ValueType type) {
  switch (type) {
    case VALUE_NONE: return "no value";
    case VALUE_NUMBER: return "a number";
    case VALUE_TRUTH: return "a truth";
    case VALUE_DATE: return "a date";
    case VALUE_DURATION: return "a duration";
  }
  return "no value";
}

const char *value_op_text(ValueOp op) {
  switch (op) {
    case OP_ADD: return "+";
    case OP_SUB: return "-";
    case OP_MUL: return "*";
    case OP_DIV: return "/";
    case OP_EQ: return "=";
    case OP_NE: return "!=";
    case OP_LT: return "<";
    case OP_LE: return "<=";
    case OP_GT: return ">";
    case OP_GE: return ">=";
    case OP_AND: return "and";
    case OP_OR: return "or";
    case OP_IN: return "in";
  }
  return "?";
}
