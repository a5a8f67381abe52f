// Values of the language, their arithmetic and their refusals: one meaning for the checker, the
// walk and the answers.
#pragma once
#include "lang/base/date.h"
#include "lang/base/text.h"

typedef enum ValueType {
  VALUE_NONE,    // no value: an event that never happened, a question without an answer
  VALUE_NUMBER,  // numbers and shares
  VALUE_TRUTH,
  VALUE_DATE,  // may be DATE_NONE
  VALUE_DURATION,
} ValueType;

typedef struct Duration {
  int32_t months, days;  // months are added first, each cut to the month's last day, then days
} Duration;

typedef struct Value {
  ValueType type;
  union {
    double number;
    bool truth;
    Date date;
    Duration duration;
  };
} Value;

typedef enum ValueOp {
  OP_ADD,
  OP_SUB,
  OP_MUL,
  OP_DIV,
  OP_EQ,
  OP_NE,
  OP_LT,
  OP_LE,
  OP_GT,
  OP_GE,
  OP_AND,
  OP_OR,
  OP_IN,
} ValueOp;

typedef enum ValueStatus {
  VALUE_OK,
  VALUE_MIXED,  // these two types do not go together under this operator
  VALUE_BY_ZERO,
  VALUE_NOT_FINITE,
  VALUE_OUT_OF_DATES,    // a date before the year 1 or after 9999
  VALUE_NOT_WHOLE_DAYS,  // a duration that is not a whole number of days or months
  VALUE_UNCOMPARABLE,    // months against days
} ValueStatus;

// Numbers within this of each other are equal, so that neither is less.
#define VALUE_NUMBER_TOLERANCE 1e-9

Value value_number(double number);
Value value_truth(bool truth);
Value value_date(Date date);
Value value_duration(int32_t months, int32_t days);

// Whether an order that came out as `sign` (-1, 0, 1) satisfies a comparison.
static inline bool value_order_holds(ValueOp op, int sign) {
  switch (op) {
    case OP_EQ: return sign == 0;
    case OP_NE: return sign != 0;
    case OP_LT: return sign < 0;
    case OP_LE: return sign <= 0;
    case OP_GT: return sign > 0;
    case OP_GE: return sign >= 0;
    case OP_ADD:
    case OP_SUB:
    case OP_MUL:
    case OP_DIV:
    case OP_AND:
    case OP_OR:
    case OP_IN: break;
  }
  return false;
}

// date + duration, duration + date, date - duration, date - date (days), duration ± duration,
// number op number, duration * number, number * duration, duration / number; comparisons of equal
// types (=, != of truths too); and/or of truths. A comparison with DATE_NONE is false, whatever the
// operator. OP_IN is not a value operation and is VALUE_MIXED.
ValueStatus value_binary(ValueOp op, Value a, Value b, Value *out);
ValueStatus value_negate(Value a, Value *out);
// The type of `a op b`, VALUE_NONE where it is refused.
ValueType value_binary_type(ValueOp op, ValueType a, ValueType b);
ValueStatus value_date_after(Date from, Duration duration, Date *out);
const char *value_type_name(ValueType type);  // "a number", "a date", …: as in a message
const char *value_op_text(ValueOp op);        // "+", "<=", "and", …
