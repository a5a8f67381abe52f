// Two sides of a claim are shown with as many decimals as tell them apart, so that a claim that
// fails by a hair does not seem to hold.
#include "runtime/show/claim.h"

#include <math.h>

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

static Text spread_text(Arena *arena, const Answer *answer, const AskAnswer *ask) {
  if (!ask->dates.is_some) return TEXT("never happens");
  Text happens = show_chance(arena, ask->happens, answer->method, 0);
  if (ask->dates.earliest == ask->dates.latest) {
    Text day = show_date(arena, ask->dates.earliest);
    return text_format(arena, "%.*s (happens in %.*s)", TEXT_ARG(day), TEXT_ARG(happens));
  }
  Text low = show_date(arena, ask->dates.p05), high = show_date(arena, ask->dates.p95);
  Text mean = show_date(arena, ask->dates.mean);
  return text_format(arena, "%.*s .. %.*s, mean %.*s (happens in %.*s)", TEXT_ARG(low),
                     TEXT_ARG(high), TEXT_ARG(mean), TEXT_ARG(happens));
}

static Text date_text(Arena *arena, const Answer *answer, const AskAnswer *ask) {
  if (ask->value.type != VALUE_DATE || ask->value.date == DATE_NONE) return TEXT("never happens");
  Text day = show_date(arena, ask->value.date);
  Text happens = show_chance(arena, ask->happens, answer->method, 0);
  if (answer->method != METHOD_SAMPLE || !(ask->error >= 0.5) || isinf(ask->error))
    return text_format(arena, "%.*s (happens in %.*s)", TEXT_ARG(day), TEXT_ARG(happens));
  double days = ceil(ask->error);
  return text_format(arena, "%.*s ± %.0f day%s (happens in %.*s)", TEXT_ARG(day), days,
                     days == 1 ? "" : "s", TEXT_ARG(happens));
}

Text show_ask_answer(Arena *arena, const Answer *answer, const AskAnswer *ask) {
  const Node *claim = ask->query->node->query.claim;
  if (ask->is_spread) return spread_text(arena, answer, ask);
  if (claim->kind == NODE_DATE_OF) return date_text(arena, answer, ask);
  if (ask->value.type == VALUE_NONE) return TEXT("no value: what is given never happens");
  bool is_share = show_is_share(answer->program, claim);
  if (ask->value.type != VALUE_NUMBER) return show_value(arena, ask->value, is_share, 1);
  if (claim->kind == NODE_CHANCE_OF)
    return show_chance(arena, ask->value.number, answer->method, ask->error);
  Text value = show_value(arena, ask->value, is_share, 1);
  if (answer->method != METHOD_SAMPLE || !(ask->error > 0)) return value;
  if (is_share) return show_chance(arena, ask->value.number, answer->method, ask->error);
  return text_format(arena, "%.*s ± %.2g", TEXT_ARG(value), ask->error);
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
  if (expect->verdict == VERDICT_UNKNOWN) {
    Text trials = show_count(arena, answer->trials);
    return text_format(arena, "none %s in %.*s trials: at most %.2g %%",
                       is_never ? "seen" : "that breaks it seen", TEXT_ARG(trials),
                       300.0 / (double)answer->trials);
  }
  Text chance = show_chance(arena, broken, answer->method, 0);
  if (expect->verdict == VERDICT_FAILS && answer->method == METHOD_SAMPLE && broken < 0.0005)
    chance = TEXT("<0.1 %");
  if (expect->verdict == VERDICT_HOLDS) return (Text){0};
  return text_format(arena, "%s in %.*s", is_never ? "happens" : "broken", TEXT_ARG(chance));
}

static bool values_differ(Value a, Value b) {
  return a.type == VALUE_NUMBER && b.type == VALUE_NUMBER &&
         fabs(a.number - b.number) > VALUE_NUMBER_TOLERANCE;
}

Text show_expect_values(Arena *arena, const Answer *answer, const ExpectAnswer *expect) {
  const Node *node = expect->query->node, *claim = node->query.claim;
  if (node->kind != NODE_EXPECT) return always_text(arena, answer, expect);
  if (claim->kind != NODE_BINARY || claim->binary.op < OP_EQ || claim->binary.op > OP_GE)
    return (Text){0};
  bool is_share = show_is_share(answer->program, claim->binary.left) ||
                  show_is_share(answer->program, claim->binary.right);
  bool has_error =
      answer->method == METHOD_SAMPLE && expect->left.type == VALUE_NUMBER && expect->error > 0;
  for (int decimals = 1;; decimals++) {
    Text left = show_value(arena, expect->left, is_share, decimals);
    Text right = show_value(arena, expect->right, is_share, decimals);
    if (answer->method == METHOD_EXACT && text_equal(left, right) &&
        values_differ(expect->left, expect->right) && decimals < DECIMALS_MOST)
      continue;
    if (has_error && is_share)
      return text_format(arena, "%.*s ± %.1f against %.*s", TEXT_ARG(left),
                         ceil(expect->error * 1000) / 10, TEXT_ARG(right));
    return text_format(arena, "%.*s against %.*s", TEXT_ARG(left), TEXT_ARG(right));
  }
}
