// Rounding is done half up on a value nudged by a billionth of a point, so that two ways of adding
// up the same chance, which differ in their last bits, show the same digits.
#include "runtime/show/number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define NUDGE 1e-9
#define NOTHING 1e-15  // a chance up to this is what rounding leaves of 0
#define ALMOST_ONE 1e-12
#define QUANTILE_TOLERANCE 1e-12

static Text percent(Arena *arena, double share, int decimals) {
  double points = share * 100;
  double shown = points + (points < 0 ? -NUDGE : NUDGE);
  double least = 0.5 * pow(10, -decimals);
  if (fabs(shown) < least) shown = 0;  // no "-0.0"
  return text_format(arena, "%.*f %%", decimals, shown);
}

// A chance that is neither 0 nor 1 and would be shown as if it were. Sums of exact chances leave a
// little of 0 and 1; what trials have seen has happened, however rarely.
static bool is_all_but(Method method, double chance, double *points) {
  bool is_exact = method == METHOD_EXACT;
  *points = chance * 100 + NUDGE;
  return (chance > (is_exact ? NOTHING : 0) && *points < 0.05) ||
         (1 - chance > (is_exact ? ALMOST_ONE : 0) && *points >= 99.95);
}

Text show_chance(Arena *arena, double chance, Method method, double error) {
  double points;
  if (isnan(chance)) return TEXT("no value");
  if (method == METHOD_SAMPLE && error > 0) {
    Text value = percent(arena, chance, 1);
    if (isinf(error)) return text_format(arena, "%.*s ± ?", TEXT_ARG(value));
    return text_format(arena, "%.*s ± %.1f", TEXT_ARG(value), ceil(error * 1000 - NUDGE) / 10);
  }
  if (is_all_but(method, chance, &points)) return points < 50 ? TEXT("<0.1 %") : TEXT(">99.9 %");
  return percent(arena, chance, 1);
}

static bool is_coarse(const Range *range) {
  return range->low >= 0.01 && range->high <= 0.99 && range->high - range->low >= 0.05;
}

static Text range_end(Arena *arena, const Range *range, double end, bool is_share) {
  if (!is_share) return text_format(arena, "%.3g", end);
  return is_coarse(range) ? percent(arena, end, 0) : show_chance(arena, end, METHOD_EXACT, 0);
}

Text show_range(Arena *arena, const Range *range, bool is_share) {
  if (!range->is_some) return TEXT("");
  Text low = range_end(arena, range, range->low, is_share);
  Text high = range_end(arena, range, range->high, is_share);
  if (text_equal(low, high)) return TEXT("");
  if (is_share) low.n -= (uint32_t)strlen(" %");
  return text_format(arena, "%.*s to %.*s", TEXT_ARG(low), TEXT_ARG(high));
}

Text show_count(Arena *arena, uint64_t count) {
  char digits[24];
  int n = snprintf(digits, sizeof digits, "%llu", (unsigned long long)count);
  TextBuilder b = {0};
  for (int i = 0; i < n; i++) {
    if (i && (n - i) % 3 == 0) text_add_char(&b, ',');
    text_add_char(&b, digits[i]);
  }
  return text_builder_take(&b, arena);
}

Text show_date(Arena *arena, Date date) {
  if (date == DATE_NONE) return TEXT("never");
  char shown[11];
  date_format(date, shown);
  return text_copy(arena, text_of(shown));
}

Text show_date_words(Arena *arena, Date date) {
  static const char *const MONTHS[] = {"January",   "February", "March",    "April",
                                       "May",       "June",     "July",     "August",
                                       "September", "October",  "November", "December"};
  if (date == DATE_NONE) return TEXT("never");
  Civil civil = date_civil(date);
  return text_format(arena, "%d %s %d", civil.day, MONTHS[civil.month - 1], civil.year);
}

Date show_day_by(const OutcomeAnswer *outcome, double share) {
  double sum = 0;
  for (uint32_t i = 0; i < outcome->days.n; i++) {
    sum += outcome->days.chance[i];
    if (sum > 0 && sum >= share * outcome->chance - QUANTILE_TOLERANCE)
      return outcome->days.first + (Date)i;
  }
  return outcome->dates.latest;
}

Text show_days(Arena *arena, const DateSpread *dates) {
  Text low = show_date(arena, dates->p05), high = show_date(arena, dates->p95);
  if (dates->p05 == dates->p95) return low;
  return text_format(arena, "%.*s .. %.*s", TEXT_ARG(low), TEXT_ARG(high));
}

static bool path_is_share(const Program *program, const Node *path) {
  Ref ref = program->refs[path->id];
  if (ref.kind == REF_FACT) return true;
  if (ref.kind != REF_ASSUME) return false;
  const Node *value = program->assumes.items[ref.index].value;
  if (!value) return false;
  return program->types[value->id].kind == TYPE_SHARE_SPREAD || show_is_share(program, value);
}

static bool binary_is_share(const Program *program, const BinaryNode *binary) {
  bool left = show_is_share(program, binary->left), right = show_is_share(program, binary->right);
  switch (binary->op) {
    case OP_ADD:
    case OP_SUB:
    case OP_MUL: return left || right;
    case OP_DIV: return left && !right;
    case OP_EQ:
    case OP_NE:
    case OP_LT:
    case OP_LE:
    case OP_GT:
    case OP_GE:
    case OP_AND:
    case OP_OR:
    case OP_IN: return false;
  }
  return false;
}

bool show_is_share(const Program *program, const Node *expression) {
  if (!expression) return false;
  if (expression->kind == NODE_CHANCE_OF) return true;
  if (expression->kind == NODE_NUMBER) return expression->number.is_percent;
  if (expression->kind == NODE_STAT_OF) return show_is_share(program, expression->question.event);
  if (expression->kind == NODE_PATH) return path_is_share(program, expression);
  if (expression->kind == NODE_NEGATE) return show_is_share(program, expression->negation.operand);
  if (expression->kind == NODE_BINARY) return binary_is_share(program, &expression->binary);
  if (expression->kind == NODE_IF_VALUE)
    return show_is_share(program, expression->if_value.then) ||
           show_is_share(program, expression->if_value.otherwise);
  return false;
}

static Text duration_text(Arena *arena, Duration duration) {
  TextBuilder b = {0};
  int32_t months = duration.months, days = duration.days;
  if (months) text_addf(&b, "%d month%s", months, months == 1 ? "" : "s");
  if (months && days) text_add(&b, days < 0 ? " - " : " + ");
  if (months && days < 0) days = -days;
  if (days || !months) text_addf(&b, "%d day%s", days, days == 1 ? "" : "s");
  return text_builder_take(&b, arena);
}

Text show_value(Arena *arena, Value value, bool is_share, int decimals) {
  switch (value.type) {
    case VALUE_NONE: return TEXT("no value");
    case VALUE_NUMBER:
      if (isnan(value.number)) return TEXT("no value");
      if (is_share) return percent(arena, value.number, decimals);
      return text_format(arena, "%.*g", decimals + 5, value.number);
    case VALUE_TRUTH: return value.truth ? TEXT("yes") : TEXT("no");
    case VALUE_DATE: return show_date(arena, value.date);
    case VALUE_DURATION: return duration_text(arena, value.duration);
  }
  return TEXT("");
}
