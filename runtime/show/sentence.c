// What is called most likely leads by more than is shown, or than sampling may be off; where nothing
// leads so, all that may be first are named as equals. Dates are those of the cases that end so, and
// are given only where one outcome leads.
#include "runtime/show/sentence.h"

#include <math.h>
#include <stdlib.h>

#include "runtime/show/number.h"

#define NAMED_MOST 3
#define CERTAIN 1e-12
#define WORTH_NAMING 0.0005  // a smaller chance of failing is none on the page

typedef struct Candidate {
  Text what, shown;
  double chance, error;  // half the 95% interval
} Candidate;

static bool is_sampled(const Answer *answer) {
  return answer->method == METHOD_SAMPLE;
}

static Text chance_text(const Page *page, const Answer *answer, double chance, double error) {
  return show_chance(page->arena, chance, answer->method, error);
}

// How many of the candidates, which come most likely first, may be the most likely one.
static uint32_t count_level(const Answer *answer, const Candidate *candidates, uint32_t n) {
  uint32_t level = n ? 1 : 0;
  for (; level < n; level++) {
    const Candidate *first = &candidates[0], *other = &candidates[level];
    bool is_level = is_sampled(answer)
                        ? first->chance - other->chance <= first->error + other->error
                        : text_equal(first->shown, other->shown);
    if (!is_level) break;
  }
  return level;
}

// "A (33.3 %), B (33.3 %) and C (33.3 %)"
static void add_names(TextBuilder *b, const Candidate *candidates, uint32_t n) {
  uint32_t named = n > NAMED_MOST ? NAMED_MOST - 1 : n;
  for (uint32_t i = 0; i < named; i++) {
    text_add(b, i == 0 ? "" : i + 1 == n ? " and " : ", ");
    text_addf(b, "%.*s (%.*s)", TEXT_ARG(candidates[i].what), TEXT_ARG(candidates[i].shown));
  }
  if (named < n) text_addf(b, " and %u others", n - named);
}

static bool has_stop(Text text) {
  char last = text.n ? text.at[text.n - 1] : 0;
  return last == '.' || last == '!' || last == '?';
}

static void add_words(TextBuilder *b, Text words) {
  text_addf(b, "%.*s%s", TEXT_ARG(words), has_stop(words) ? "" : ".");
}

static int by_chance(const void *a, const void *b) {
  const OutcomeAnswer *left = a, *right = b;
  if (left->chance != right->chance) return left->chance < right->chance ? 1 : -1;
  return left->outcome < right->outcome ? -1 : left->outcome > right->outcome;
}

static Text outcome_words(const Page *page, const Program *program, uint32_t outcome) {
  EntityId id = program->outcomes.items[outcome];
  const Title *title = &program_entity(program, id)->title;
  Text shown = title->has_text ? page_shown(page, title->text) : (Text){0};
  return shown.n ? shown : page_shown(page, program_name(program, id));
}

static bool is_certain(const Answer *answer, double chance) {
  return !is_sampled(answer) && 1 - chance <= CERTAIN;
}

// "Half of such cases end by 18 June 2025, nine in ten by 10 August 2025."
static void add_dates(TextBuilder *b, const Page *page, const Answer *answer,
                      const OutcomeAnswer *outcome) {
  if (!outcome->dates.is_some) return;
  Text half = show_date_words(page->arena, show_day_by(outcome, 0.5)),
       most = show_date_words(page->arena, show_day_by(outcome, 0.9));
  const char *cases = is_certain(answer, outcome->chance) ? "the cases" : "such cases";
  bool is_about = is_sampled(answer);
  if (outcome->outcome == answer->program->outcome_undecided)
    text_addf(b, " It is still open on the last day, %.*s.", TEXT_ARG(most));
  else if (outcome->dates.earliest == outcome->dates.latest)
    text_addf(b, " All %s end on %.*s.", cases, TEXT_ARG(half));
  else if (text_equal(half, most))
    text_addf(b, " %s of %s end by %.*s.", is_about ? "About nine in ten" : "Nine in ten", cases,
              TEXT_ARG(most));
  else
    text_addf(b, " %s of %s end by %.*s, %snine in ten by %.*s.", is_about ? "About half" : "Half",
              cases, TEXT_ARG(half), is_about ? "about " : "", TEXT_ARG(most));
}

// "Most likely (70.6 %; 57 to 79 % over the uncertain beliefs): "
static void add_lead(TextBuilder *b, const Page *page, const Answer *answer,
                     const Candidate *leader, const OutcomeAnswer *outcome) {
  Text range = show_range(page->arena, &outcome->range, true);
  if (is_certain(answer, leader->chance)) {
    text_add(b, "In every case: ");
    return;
  }
  text_addf(b, "Most likely (%.*s", TEXT_ARG(leader->shown));
  if (range.n) text_addf(b, "; %.*s over the uncertain beliefs", TEXT_ARG(range));
  text_add(b, "): ");
}

static void add_leader(TextBuilder *b, const Page *page, const Answer *answer,
                       const Candidate *leader, const OutcomeAnswer *outcome) {
  add_lead(b, page, answer, leader, outcome);
  add_words(b, leader->what);
  add_dates(b, page, answer, outcome);
}

static void add_equals(TextBuilder *b, const Answer *answer, const Candidate *candidates,
                       uint32_t n) {
  bool is_equal = candidates[0].chance - candidates[n - 1].chance <= VALUE_NUMBER_TOLERANCE;
  text_add(b, is_sampled(answer) ? "Too close to tell: "
              : is_equal         ? "Equally likely: "
                                 : "About equally likely: ");
  add_names(b, candidates, n);
  text_add(b, ".");
}

static void add_outcomes(TextBuilder *b, const Page *page, const Answer *answer) {
  OutcomeAnswer *sorted = ARENA_ARRAY(page->arena, OutcomeAnswer, answer->n_outcomes + 1);
  Candidate *candidates = ARENA_ARRAY(page->arena, Candidate, answer->n_outcomes + 1);
  uint32_t n = 0;
  for (uint32_t i = 0; i < answer->n_outcomes; i++) {
    if (answer->outcomes[i].chance > 0) sorted[n++] = answer->outcomes[i];
  }
  if (n) qsort(sorted, n, sizeof *sorted, by_chance);
  for (uint32_t i = 0; i < n; i++)
    candidates[i] = (Candidate){outcome_words(page, answer->program, sorted[i].outcome),
                                chance_text(page, answer, sorted[i].chance, sorted[i].error),
                                sorted[i].chance, sorted[i].error};
  uint32_t level = count_level(answer, candidates, n);
  if (level == 1) add_leader(b, page, answer, &candidates[0], &sorted[0]);
  if (level > 1) add_equals(b, answer, candidates, level);
}

// Reasons are shares of all trials: half the 95% interval of such a count.
static double reason_error(const Answer *answer, double chance) {
  if (!is_sampled(answer)) return 0;
  return 1.96 * sqrt(chance * (1 - chance) / (double)answer->trials);
}

static void add_reasons(TextBuilder *b, const Page *page, const Answer *answer) {
  Candidate *candidates = ARENA_ARRAY(page->arena, Candidate, answer->n_reasons + 1);
  for (uint32_t i = 0; i < answer->n_reasons; i++) {
    const ReasonAnswer *reason = &answer->reasons[i];
    candidates[i] =
        (Candidate){page_shown(page, reason->text), chance_text(page, answer, reason->chance, 0),
                    reason->chance, reason_error(answer, reason->chance)};
  }
  uint32_t level = count_level(answer, candidates, answer->n_reasons);
  if (!level || candidates[0].chance < WORTH_NAMING) return;
  if (level == 1) {
    text_addf(b, " Main reason for failing (%.*s): ", TEXT_ARG(candidates[0].shown));
    add_words(b, candidates[0].what);
  } else {
    text_add(b, " Main reasons for failing: ");
    add_names(b, candidates, level);
    text_add(b, ".");
  }
}

Text show_sentence(const Page *page, const Answer *answer) {
  TextBuilder b = {0};
  text_add(&b, "");
  add_outcomes(&b, page, answer);
  add_reasons(&b, page, answer);
  return text_builder_take(&b, page->arena);
}
