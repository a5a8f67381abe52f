// A sampled chance is a number of trials, whose standard error is that of the exact chance. Where so few are expected that
// they are not normal, five trials more are allowed: the Poisson law then passes the bound as seldom. What cannot happen must
// not, and what must has to.
#include "runtime/answer/agree.h"

#include <math.h>

#define ERRORS 5
#define SLACK_TRIALS 5
#define GROUP_ERRORS 6  // of a standard error that is estimated from 64 groups itself
#define HALF_WIDTHS 1.998
#define ROUNDED 1e-12  // what sums of the exact chances lose

typedef struct Comparing {
  const Answer *exact, *sampled;
  Arena *arena;
  double trials;
  Agreement found;
} Comparing;

static void compare(Comparing *c, Text what, double exact, double sampled, double allowed) {
  c->found.n_numbers++;
  if (fabs(exact - sampled) <= allowed + c->exact->error) return;
  Disagreement apart = {what, exact, sampled, allowed};
  vec_push(c->arena, &c->found.apart, apart);
}

// Of a share of n trials.
static double allowed_of(double chance, double n) {
  if (chance < ROUNDED || chance > 1 - ROUNDED) return ROUNDED;
  return (ERRORS * sqrt(n * chance * (1 - chance)) + SLACK_TRIALS) / n;
}

static void compare_chance(Comparing *c, Text what, double exact, double sampled, double n) {
  if (n > 0) compare(c, what, exact, sampled, allowed_of(exact, n));
}

static Text part_of(const Comparing *c, const char *part, Text what) {
  return text_format(c->arena, "%s: %.*s", part, TEXT_ARG(what));
}

// --- Dates ---

static double sum_of(const DaySpan *days, Date until) {
  double sum = 0;
  for (uint32_t d = 0; d < days->n && days->first + (Date)d <= until; d++) sum += days->chance[d];
  return sum;
}

// The day that a share of the sampled cases reach: before it there may not be more of the exact ones, up to it not fewer.
static void compare_quantile(Comparing *c, Text what, const DaySpan *exact, double n, double share,
                             Date day) {
  double total = sum_of(exact, DATE_LAST), allowed = allowed_of(share, n);
  double before = sum_of(exact, day - 1) / total, until = sum_of(exact, day) / total;
  double nearest = fmin(fmax(share, before), until);
  compare(c, what, nearest, share, allowed + ROUNDED);
}

static void compare_support(Comparing *c, Text what, const DaySpan *exact, const DaySpan *sampled) {
  double impossible = 0;
  for (uint32_t d = 0; d < sampled->n && d < exact->n; d++)
    impossible += exact->chance[d] > 0 ? 0 : sampled->chance[d];
  compare(c, what, 0, impossible, 0);
}

static void compare_dates(Comparing *c, Text what, const DaySpan *exact, const DaySpan *sampled,
                          const DateSpread *shown) {
  double n = c->trials * sum_of(sampled, DATE_LAST);
  if (!shown->is_some || !(sum_of(exact, DATE_LAST) > 0)) return;
  compare_support(c, part_of(c, "days that cannot be", what), exact, sampled);
  compare_quantile(c, part_of(c, "5 % by its date", what), exact, n, 0.05, shown->p05);
  compare_quantile(c, part_of(c, "half by its date", what), exact, n, 0.5, shown->p50);
  compare_quantile(c, part_of(c, "95 % by its date", what), exact, n, 0.95, shown->p95);
}

// --- Outcomes, stages, reasons ---

static void compare_outcomes(Comparing *c) {
  const Program *program = c->exact->program;
  for (uint32_t i = 0; i < c->exact->n_outcomes && i < c->sampled->n_outcomes; i++) {
    const OutcomeAnswer *a = &c->exact->outcomes[i], *b = &c->sampled->outcomes[i];
    Text name = program_name(program, program->outcomes.items[a->outcome]);
    compare_chance(c, part_of(c, "outcome", name), a->chance, b->chance, c->trials);
    compare_dates(c, name, &a->days, &b->days, &b->dates);
  }
}

static void compare_places(Comparing *c) {
  for (uint32_t i = 0; i < c->exact->n_places && i < c->sampled->n_places; i++) {
    const PlaceAnswer *a = &c->exact->places[i], *b = &c->sampled->places[i];
    Text name = c->exact->program->steps.items[a->step].full_name;
    compare_chance(c, part_of(c, "reached", name), a->reached, b->reached, c->trials);
    compare_chance(c, part_of(c, "goes on", name), a->passed, b->passed, c->trials);
    compare_chance(c, part_of(c, "fails", name), a->failed, b->failed, c->trials);
    compare_dates(c, name, &a->days, &b->days, &b->dates);
  }
}

static double chance_of_reason(const Answer *answer, const ReasonAnswer *reason) {
  for (uint32_t i = 0; i < answer->n_reasons; i++) {
    const ReasonAnswer *r = &answer->reasons[i];
    if (r->span.from == reason->span.from && text_equal(r->text, reason->text)) return r->chance;
  }
  return 0;
}

static void compare_reasons(Comparing *c) {
  for (uint32_t i = 0; i < c->exact->n_reasons; i++) {
    const ReasonAnswer *r = &c->exact->reasons[i];
    compare_chance(c, part_of(c, "reason", r->text), r->chance, chance_of_reason(c->sampled, r),
                   c->trials);
  }
  for (uint32_t i = 0; i < c->sampled->n_reasons; i++) {
    const ReasonAnswer *r = &c->sampled->reasons[i];
    if (chance_of_reason(c->exact, r) > 0) continue;
    compare_chance(c, part_of(c, "reason", r->text), 0, r->chance, c->trials);
  }
}

// --- Questions ---

static Text text_of_query(const Comparing *c, const Query *query) {
  return source_slice(c->exact->program->tree->sources, query->node->span);
}

// Only its interval tells how far an expression of answers may be off.
static void compare_numbers(Comparing *c, Text what, Value exact, Value sampled, double error) {
  if (exact.type != VALUE_NUMBER || sampled.type != VALUE_NUMBER || !isfinite(error)) return;
  double allowed = GROUP_ERRORS * error / HALF_WIDTHS + SLACK_TRIALS / c->trials;
  compare(c, what, exact.number, sampled.number, allowed);
}

static void compare_ask(Comparing *c, const AskAnswer *a, const AskAnswer *b) {
  Text what = text_of_query(c, a->query);
  NodeKind kind = a->query->node->query.claim->kind;
  double n = nearbyint(c->trials * b->given);
  compare_chance(c, part_of(c, "what is given", what), a->given, b->given, c->trials);
  if (kind == NODE_DATE_OF) {
    compare_chance(c, part_of(c, "whether it happens", what), a->happens, b->happens, n);
    compare_dates(c, what, &a->days, &b->days, &b->dates);
  } else if (kind != NODE_CHANCE_OF) {
    compare_numbers(c, what, a->value, b->value, b->error);
  } else if (a->value.type == VALUE_NUMBER && b->value.type == VALUE_NUMBER) {
    compare_chance(c, what, a->value.number, b->value.number, n);
  }
}

static void compare_expect(Comparing *c, const ExpectAnswer *a, const ExpectAnswer *b) {
  Text what = text_of_query(c, a->query);
  if (a->query->node->kind != NODE_EXPECT) {
    compare_chance(c, what, a->left.number, b->left.number, c->trials);
    return;
  }
  Value exact, sampled;
  bool is_same = a->decides && b->decides && a->decides->span.from == b->decides->span.from;
  if (is_same && value_binary(OP_SUB, a->left, a->right, &exact) == VALUE_OK &&
      value_binary(OP_SUB, b->left, b->right, &sampled) == VALUE_OK)
    compare_numbers(c, what, exact, sampled, b->error);
}

Agreement answer_agree(const Answer *exact, const Answer *sampled, Arena *arena) {
  Comparing c = {exact, sampled, arena, (double)sampled->trials, {0}};
  compare_outcomes(&c);
  compare_places(&c);
  compare_reasons(&c);
  for (uint32_t i = 0; i < exact->n_asks && i < sampled->n_asks; i++)
    compare_ask(&c, &exact->asks[i], &sampled->asks[i]);
  for (uint32_t i = 0; i < exact->n_expects && i < sampled->n_expects; i++)
    compare_expect(&c, &exact->expects[i], &sampled->expects[i]);
  return c.found;
}
