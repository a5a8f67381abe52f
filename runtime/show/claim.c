// Two sides of a claim are shown with as many decimals as tell them apart, so that a claim that
// fails by a hair does not seem to hold.
#include "runtime/show/claim.h"

#include <math.h>
#include <stdlib.h>

#include "runtime/show/number.h"

#define DECIMALS_MOST 10

static bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static Text trimmed(Text text) {
  while (text.n && is_space(text.at[0])) text.at++, text.n--;
  while (text.n && is_space(text.at[text.n - 1])) text.n--;
  return text;
}

Text show_query_text(const Program *program, const Query *query) {
  const Node *node = query->node;
  const Title *title = &node->query.title;
  uint32_t word = node->kind == NODE_ASK ? 3 : 6;  // "ask", "expect"
  Span span = {node->span.from + word, node->span.to};
  if ((title->has_text || title->has_source) && title->span.from > span.from)
    span.to = title->span.from;
  return trimmed(source_slice(program->tree->sources, span));
}

Text show_change(const Program *program, const Change *change) {
  const uint32_t word = 6;  // "assume"
  Span span = {change->span.from + word, change->value->span.to};
  return trimmed(source_slice(program->tree->sources, span));
}

Text show_query(const Program *program, const Query *query) {
  const Title *title = &query->node->query.title;
  return title->has_text && title->text.n ? title->text : show_query_text(program, query);
}

// "68.4 % ± 0.1", "2025-05-02 ± 3 days"
static Text with_error(Arena *arena, Text shown, Value value, bool is_share, double error) {
  if (value.type == VALUE_DATE && error >= 0.5 && isfinite(error))
    return text_format(arena, "%.*s ± %.0f day%s", TEXT_ARG(shown), ceil(error),
                       error > 1 ? "s" : "");
  if (value.type != VALUE_NUMBER || !is_share || !(error > 0)) return shown;
  if (isinf(error)) return text_format(arena, "%.*s ± ?", TEXT_ARG(shown));
  return text_format(arena, "%.*s ± %.1f", TEXT_ARG(shown), ceil(error * 1000) / 10);
}

// ", where it happens (71.0 %)": the cases that the dates before it are of; nothing where it always
// does.
static Text where_it_happens(Arena *arena, const Answer *answer, const AskAnswer *ask) {
  Text happens = show_chance(arena, ask->happens, answer->method, 0);
  if (text_equal(happens, TEXT("100.0 %"))) return TEXT("");
  return text_format(arena, ", where it happens (%.*s)", TEXT_ARG(happens));
}

static Text spread_text(Arena *arena, const Answer *answer, const AskAnswer *ask) {
  if (!ask->dates.is_some) return TEXT("never happens");
  Text where = where_it_happens(arena, answer, ask), half = show_date(arena, ask->dates.p50);
  if (ask->dates.earliest == ask->dates.latest)
    return text_format(arena, "on %.*s%.*s", TEXT_ARG(half), TEXT_ARG(where));
  Text days = show_days(arena, &ask->dates);
  return text_format(arena, "half by %.*s, 5 %% to 95 %%: %.*s%.*s", TEXT_ARG(half), TEXT_ARG(days),
                     TEXT_ARG(where));
}

static Text date_text(Arena *arena, const Answer *answer, const AskAnswer *ask) {
  if (ask->value.type != VALUE_DATE || ask->value.date == DATE_NONE) return TEXT("never happens");
  Text day = show_date(arena, ask->value.date), where = where_it_happens(arena, answer, ask);
  if (answer->method == METHOD_SAMPLE) day = with_error(arena, day, ask->value, false, ask->error);
  return text_format(arena, "%.*s%.*s", TEXT_ARG(day), TEXT_ARG(where));
}

static Text number_text(Arena *arena, const Answer *answer, const AskAnswer *ask, bool is_share) {
  if (ask->query->node->query.claim->kind == NODE_CHANCE_OF)
    return show_chance(arena, ask->value.number, answer->method, ask->error);
  Text value = show_value(arena, ask->value, is_share, 1);
  if (answer->method != METHOD_SAMPLE || !(ask->error > 0)) return value;
  if (is_share) return show_chance(arena, ask->value.number, answer->method, ask->error);
  return text_format(arena, "%.*s ± %.2g", TEXT_ARG(value), ask->error);
}

Text show_ask_answer(Arena *arena, const Answer *answer, const AskAnswer *ask) {
  const Node *claim = ask->query->node->query.claim;
  if (ask->is_spread) return spread_text(arena, answer, ask);
  if (claim->kind == NODE_DATE_OF) return date_text(arena, answer, ask);
  if (ask->value.type == VALUE_NONE) return TEXT("no value: what is given never happens");
  bool is_share = show_is_share(answer->program, claim);
  if (ask->value.type != VALUE_NUMBER) return show_value(arena, ask->value, is_share, 1);
  Text number = number_text(arena, answer, ask, is_share);
  Text range = show_range(arena, &ask->range, is_share);
  if (!range.n) return number;
  return text_format(arena, "%.*s  (%.*s over the uncertain beliefs)", TEXT_ARG(number),
                     TEXT_ARG(range));
}

const char *show_verdict(Verdict verdict) {
  switch (verdict) {
    case VERDICT_HOLDS: return "holds";
    case VERDICT_FAILS: return "fails";
    case VERDICT_UNKNOWN: return "unknown";
  }
  return "";
}

// never, always: how often it happened, and what not having seen it is worth.
static Text always_text(Arena *arena, const Answer *answer, const ExpectAnswer *expect) {
  bool is_never = expect->query->node->kind == NODE_EXPECT_NEVER;
  double broken = is_never ? expect->left.number : 1 - expect->left.number;
  if (expect->verdict == VERDICT_HOLDS)
    return is_never ? TEXT("in no case") : TEXT("in every case");
  if (expect->verdict == VERDICT_UNKNOWN) {
    Text trials = show_count(arena, answer->trials);
    return text_format(arena, "none %s in %.*s trials: at most %.2g %%",
                       is_never ? "seen" : "that breaks it seen", TEXT_ARG(trials),
                       300.0 / (double)answer->trials);
  }
  Text chance = show_chance(arena, broken, answer->method, 0);
  return text_format(arena, "%s in %.*s", is_never ? "happens" : "broken", TEXT_ARG(chance));
}

// How far apart the two sides are: "0.8 points", "9 days". Empty where that is no number, or where
// they count as equal.
static Text margin_text(Arena *arena, Value a, Value b, bool is_share, int decimals) {
  if (a.type == VALUE_DATE && b.type == VALUE_DATE && a.date != DATE_NONE && b.date != DATE_NONE) {
    int days = abs(a.date - b.date);
    return days ? text_format(arena, "%d day%s", days, days == 1 ? "" : "s") : (Text){0};
  }
  if (a.type != VALUE_NUMBER || b.type != VALUE_NUMBER) return (Text){0};
  double apart = fabs(a.number - b.number);
  if (!(apart > VALUE_NUMBER_TOLERANCE)) return (Text){0};
  if (!is_share) return text_format(arena, "%.3g", apart);
  return text_format(arena, "%.*f points", decimals, apart * 100);
}

typedef struct Sides {  // of a comparison, with as many decimals as tell them apart
  Text left, right, margin;
} Sides;

static Sides sides_of(Arena *arena, const Answer *answer, const ExpectAnswer *expect) {
  const BinaryNode *claim = &expect->decides->binary;
  bool is_share =
      show_is_share(answer->program, claim->left) || show_is_share(answer->program, claim->right);
  Sides sides;
  for (int decimals = 1; decimals <= DECIMALS_MOST; decimals++) {
    sides.left = show_value(arena, expect->left, is_share, decimals);
    sides.right = show_value(arena, expect->right, is_share, decimals);
    sides.margin = margin_text(arena, expect->left, expect->right, is_share, decimals);
    bool is_clear = !text_equal(sides.left, sides.right) &&
                    !(is_share && strtod(sides.margin.n ? sides.margin.at : "1", NULL) == 0);
    if (is_clear || !sides.margin.n || expect->verdict == VERDICT_UNKNOWN) break;
  }
  if (answer->method == METHOD_SAMPLE)
    sides.left = with_error(arena, sides.left, expect->left, is_share, expect->error);
  return sides;
}

// What a claim that fails misses by.
static const char *missed_word(ValueOp op) {
  return op == OP_GE || op == OP_GT ? "short" : op == OP_LE || op == OP_LT ? "over" : "off";
}

static Text comparison_text(Arena *arena, const Answer *answer, const ExpectAnswer *expect) {
  ValueOp op = expect->decides->binary.op;
  Sides s = sides_of(arena, answer, expect);
  const char *sign = value_op_text(op);
  if (expect->verdict == VERDICT_UNKNOWN)
    return text_format(arena, "%.*s, too close to tell if %s %.*s", TEXT_ARG(s.left), sign,
                       TEXT_ARG(s.right));
  bool holds = expect->verdict == VERDICT_HOLDS;
  Text both = text_format(arena, "%.*s%s%s %.*s", TEXT_ARG(s.left), holds ? " " : ", not ", sign,
                          TEXT_ARG(s.right));
  if (!s.margin.n || (holds && op == OP_EQ)) return both;
  if (holds) return text_format(arena, "%.*s, by %.*s", TEXT_ARG(both), TEXT_ARG(s.margin));
  return text_format(arena, "%.*s: %.*s %s", TEXT_ARG(both), TEXT_ARG(s.margin), missed_word(op));
}

Text show_expect_values(Arena *arena, const Answer *answer, const ExpectAnswer *expect) {
  const Node *node = expect->query->node;
  if (node->kind != NODE_EXPECT) return always_text(arena, answer, expect);
  if (!expect->decides) return (Text){0};
  Text values = comparison_text(arena, answer, expect);
  if (expect->decides == node->query.claim) return values;
  Text part = source_slice(answer->program->tree->sources, expect->decides->span);
  return text_format(arena, "%.*s: %.*s", TEXT_ARG(part), TEXT_ARG(values));
}
