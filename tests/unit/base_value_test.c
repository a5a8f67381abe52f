// Values: every pair of types under every operator, against a table of what each gives.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka needs the four above
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "lang/base/value.h"

// Rows: the left type; columns: the right one; none number truth date duration. A letter is the
// result's type, '.' refused.
typedef struct OpTable {
  ValueOp op;
  const char *rows[5];
} OpTable;

#define EQUALITY \
  { ".....", ".t...", "..t..", "...t.", "....t" }
#define ORDER \
  { ".....", ".t...", ".....", "...t.", "....t" }
#define LOGIC \
  { ".....", ".....", "..t..", ".....", "....." }
static const OpTable op_tables[] = {
    {OP_ADD, {".....", ".n...", ".....", "....d", "...dp"}},
    {OP_SUB, {".....", ".n...", ".....", "...pd", "....p"}},
    {OP_MUL, {".....", ".n..p", ".....", ".....", ".p..."}},
    {OP_DIV, {".....", ".n...", ".....", ".....", ".p..."}},
    {OP_EQ, EQUALITY},
    {OP_NE, EQUALITY},
    {OP_LT, ORDER},
    {OP_LE, ORDER},
    {OP_GT, ORDER},
    {OP_GE, ORDER},
    {OP_AND, LOGIC},
    {OP_OR, LOGIC},
    {OP_IN, {".....", ".....", ".....", ".....", "....."}},
};

static Value sample(int type) {
  switch (type) {
    case 1: return value_number(2);
    case 2: return value_truth(true);
    case 3: return value_date(100);
    case 4: return value_duration(0, 10);
    default: return (Value){.type = VALUE_NONE};
  }
}

static ValueType type_of_letter(char letter) {
  const char *letters = ".ntdp";
  return (ValueType)(strchr(letters, letter) - letters);
}

static void every_pair_gives_its_type(void **state) {
  (void)state;
  assert_int_equal(sizeof op_tables / sizeof *op_tables, OP_IN + 1);
  for (size_t i = 0; i < sizeof op_tables / sizeof *op_tables; i++) {
    for (int a = 0; a < 5; a++) {
      for (int b = 0; b < 5; b++) {
        ValueOp op = op_tables[i].op;
        ValueType expected = type_of_letter(op_tables[i].rows[a][b]);
        Value out = {0};
        assert_int_equal(value_binary_type(op, (ValueType)a, (ValueType)b), expected);
        ValueStatus status = value_binary(op, sample(a), sample(b), &out);
        assert_int_equal(status, expected ? VALUE_OK : VALUE_MIXED);
        if (expected) assert_int_equal(out.type, expected);
      }
    }
  }
}

typedef struct Sum {
  ValueOp op;
  Value a, b;
  ValueStatus status;
  Value out;
} Sum;

#define NUMBER(x) \
  { .type = VALUE_NUMBER, .number = (x) }
#define TRUTH(x) \
  { .type = VALUE_TRUTH, .truth = (x) }
#define DATE(x) \
  { .type = VALUE_DATE, .date = (x) }
#define SPAN(m, d)                                  \
  {                                                 \
    .type = VALUE_DURATION, .duration = {(m), (d) } \
  }
#define NOTHING \
  { .type = VALUE_NONE }

static void check_equal(Value a, Value b) {
  assert_int_equal(a.type, b.type);
  switch (a.type) {
    case VALUE_NUMBER: assert_true(a.number == b.number); break;
    case VALUE_TRUTH: assert_int_equal(a.truth, b.truth); break;
    case VALUE_DATE: assert_int_equal(a.date, b.date); break;
    case VALUE_DURATION:
      assert_int_equal(a.duration.months, b.duration.months);
      assert_int_equal(a.duration.days, b.duration.days);
      break;
    case VALUE_NONE: break;
  }
}

static void check_sums(const Sum *sums, size_t n) {
  for (size_t i = 0; i < n; i++) {
    Value out = {0};
    assert_int_equal(value_binary(sums[i].op, sums[i].a, sums[i].b, &out), sums[i].status);
    if (sums[i].status == VALUE_OK) check_equal(out, sums[i].out);
  }
}
#define CHECK_SUMS(sums) check_sums((sums), sizeof(sums) / sizeof *(sums))

static void numbers(void **state) {
  (void)state;
  const Sum sums[] = {
      {OP_ADD, NUMBER(1), NUMBER(2), VALUE_OK, NUMBER(3)},
      {OP_SUB, NUMBER(1), NUMBER(2), VALUE_OK, NUMBER(-1)},
      {OP_MUL, NUMBER(3), NUMBER(2), VALUE_OK, NUMBER(6)},
      {OP_DIV, NUMBER(3), NUMBER(2), VALUE_OK, NUMBER(1.5)},
      {OP_DIV, NUMBER(3), NUMBER(0), VALUE_BY_ZERO, NOTHING},
      {OP_DIV, NUMBER(0), NUMBER(-0.0), VALUE_BY_ZERO, NOTHING},
      {OP_MUL, NUMBER(1e300), NUMBER(1e300), VALUE_NOT_FINITE, NOTHING},
      {OP_ADD, NUMBER(INFINITY), NUMBER(-INFINITY), VALUE_NOT_FINITE, NOTHING},
      {OP_EQ, NUMBER(0.1 + 0.2), NUMBER(0.3), VALUE_OK, TRUTH(true)},
      {OP_LT, NUMBER(0.3), NUMBER(0.1 + 0.2), VALUE_OK, TRUTH(false)},
      {OP_GE, NUMBER(1), NUMBER(1 + 5e-10), VALUE_OK, TRUTH(true)},
      {OP_GT, NUMBER(1 + 2e-9), NUMBER(1), VALUE_OK, TRUTH(true)},
      {OP_NE, NUMBER(1), NUMBER(2), VALUE_OK, TRUTH(true)},
      {OP_EQ, NUMBER(NAN), NUMBER(1), VALUE_NOT_FINITE, NOTHING},
      {OP_LT, NUMBER(1), NUMBER(INFINITY), VALUE_OK, TRUTH(true)},
      {OP_EQ, NUMBER(INFINITY), NUMBER(INFINITY), VALUE_OK, TRUTH(true)},
  };
  CHECK_SUMS(sums);
}

static void dates_and_durations(void **state) {
  (void)state;
  Date january = date_of(2024, 1, 31), march = date_of(2024, 3, 1);
  const Sum sums[] = {
      {OP_ADD, DATE(january), SPAN(1, 1), VALUE_OK, DATE(march)},
      {OP_ADD, SPAN(1, 1), DATE(january), VALUE_OK, DATE(march)},
      {OP_SUB, DATE(march), SPAN(0, 30), VALUE_OK, DATE(january)},
      {OP_SUB, DATE(march), SPAN(1, 1), VALUE_OK, DATE(january)},
      {OP_SUB, DATE(march), DATE(january), VALUE_OK, SPAN(0, 30)},
      {OP_SUB, DATE(january), DATE(march), VALUE_OK, SPAN(0, -30)},
      {OP_ADD, DATE(DATE_LAST), SPAN(0, 1), VALUE_OUT_OF_DATES, NOTHING},
      {OP_SUB, DATE(DATE_FIRST), SPAN(INT32_MIN, INT32_MIN), VALUE_OUT_OF_DATES, NOTHING},
      {OP_ADD, DATE(DATE_NONE), SPAN(0, 1), VALUE_OK, DATE(DATE_NONE)},
      {OP_SUB, DATE(DATE_NONE), DATE(0), VALUE_OK, NOTHING},
      {OP_ADD, SPAN(1, 2), SPAN(3, 4), VALUE_OK, SPAN(4, 6)},
      {OP_SUB, SPAN(1, 2), SPAN(3, 4), VALUE_OK, SPAN(-2, -2)},
      {OP_ADD, SPAN(INT32_MAX, 0), SPAN(1, 0), VALUE_OUT_OF_DATES, NOTHING},
      {OP_MUL, SPAN(1, 10), NUMBER(3), VALUE_OK, SPAN(3, 30)},
      {OP_MUL, NUMBER(0.1), SPAN(0, 30), VALUE_OK, SPAN(0, 3)},
      {OP_MUL, SPAN(1, 0), NUMBER(0.5), VALUE_NOT_WHOLE_DAYS, NOTHING},
      {OP_MUL, SPAN(0, 1), NUMBER(1e12), VALUE_OUT_OF_DATES, NOTHING},
      {OP_MUL, SPAN(0, 1), NUMBER(NAN), VALUE_NOT_FINITE, NOTHING},
      {OP_DIV, SPAN(2, 10), NUMBER(2), VALUE_OK, SPAN(1, 5)},
      {OP_DIV, SPAN(0, 10), NUMBER(3), VALUE_NOT_WHOLE_DAYS, NOTHING},
      {OP_DIV, SPAN(0, 10), NUMBER(0), VALUE_BY_ZERO, NOTHING},
  };
  CHECK_SUMS(sums);
}

static void comparisons(void **state) {
  (void)state;
  const Sum sums[] = {
      {OP_LT, DATE(1), DATE(2), VALUE_OK, TRUTH(true)},
      {OP_GE, DATE(1), DATE(2), VALUE_OK, TRUTH(false)},
      {OP_EQ, DATE(2), DATE(2), VALUE_OK, TRUTH(true)},
      {OP_EQ, DATE(DATE_NONE), DATE(DATE_NONE), VALUE_OK, TRUTH(false)},
      {OP_NE, DATE(DATE_NONE), DATE(1), VALUE_OK, TRUTH(false)},
      {OP_LT, DATE(DATE_NONE), DATE(1), VALUE_OK, TRUTH(false)},
      {OP_GT, DATE(1), DATE(DATE_NONE), VALUE_OK, TRUTH(false)},
      {OP_LT, SPAN(0, 1), SPAN(0, 2), VALUE_OK, TRUTH(true)},
      {OP_LE, SPAN(2, 5), SPAN(3, 5), VALUE_OK, TRUTH(true)},
      {OP_GT, SPAN(1, 1), SPAN(0, 0), VALUE_OK, TRUTH(true)},
      {OP_EQ, SPAN(1, 0), SPAN(1, 0), VALUE_OK, TRUTH(true)},
      {OP_EQ, SPAN(1, 0), SPAN(0, 30), VALUE_UNCOMPARABLE, NOTHING},
      {OP_LT, SPAN(0, 400), SPAN(1, 0), VALUE_UNCOMPARABLE, NOTHING},
      {OP_EQ, TRUTH(true), TRUTH(false), VALUE_OK, TRUTH(false)},
      {OP_NE, TRUTH(true), TRUTH(false), VALUE_OK, TRUTH(true)},
      {OP_AND, TRUTH(true), TRUTH(false), VALUE_OK, TRUTH(false)},
      {OP_OR, TRUTH(true), TRUTH(false), VALUE_OK, TRUTH(true)},
  };
  CHECK_SUMS(sums);
}

static void negation_and_shifts(void **state) {
  (void)state;
  Value out;
  assert_int_equal(value_negate(value_number(2), &out), VALUE_OK);
  assert_true(out.number == -2);
  assert_int_equal(value_negate(value_duration(1, -3), &out), VALUE_OK);
  check_equal(out, value_duration(-1, 3));
  assert_int_equal(value_negate(value_duration(INT32_MIN, 0), &out), VALUE_OUT_OF_DATES);
  assert_int_equal(value_negate(value_date(1), &out), VALUE_MIXED);
  assert_int_equal(value_negate(value_truth(true), &out), VALUE_MIXED);
  Date date;
  assert_int_equal(value_date_after(0, (Duration){1, 1}, &date), VALUE_OK);
  assert_int_equal(date, 32);
  assert_int_equal(value_date_after(DATE_NONE, (Duration){1, 1}, &date), VALUE_OK);
  assert_int_equal(date, DATE_NONE);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_pair_gives_its_type), cmocka_unit_test(numbers),
      cmocka_unit_test(dates_and_durations),       cmocka_unit_test(comparisons),
      cmocka_unit_test(negation_and_shifts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
