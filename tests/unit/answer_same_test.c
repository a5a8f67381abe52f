// Every golden script and example gives the same answer by other ways: exactly, with nothing
// forgotten before the end and with equal worlds never made one, to 1e-12; with its declarations in
// the opposite order, to 1e-12 exactly and to the last digit sampled; by the oracle, which
// enumerates its worlds; and sampled, the same page with other threads, batches and kernels.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
// cmocka needs the three first
#include <cmocka.h>

#include "runtime/chance/kernels.h"
#include "runtime/show/show.h"
#include "tests/oracle/oracle.h"
#include "tests/unit/answer_files.h"
#include "tests/unit/answer_scripts.h"

enum { TRIALS = 299, MOST_WORLDS = 100000, MOST_BRANCHES = 200000 };
#define NEAR 1e-12

typedef struct Count {
  int scripts, exact, enumerated, ways, errors, differences;
} Count;

typedef struct Compared {
  const char *path, *way;
  const Answer *a, *b;
  double allowed;
  int n;  // differences
} Compared;

static void compare(Compared *c, const char *what, double a, double b) {
  if (fabs(a - b) <= c->allowed || (isnan(a) && isnan(b)) || (isinf(a) && isinf(b))) return;
  if (c->n++ < 4) print_error("%s, %s: %s: %.15g, %.15g\n", c->path, c->way, what, a, b);
}

static double as_number(Value value) {
  switch (value.type) {
    case VALUE_NUMBER: return value.number;
    case VALUE_DATE: return value.date;
    case VALUE_DURATION: return value.duration.days;
    case VALUE_TRUTH: return value.truth;
    case VALUE_NONE: break;
  }
  return NAN;
}

static void compare_dates(Compared *c, const DateSpread *a, const DateSpread *b) {
  compare(c, "whether there is a date", a->is_some, b->is_some);
  compare(c, "a 5% date", a->p05, b->p05);
  compare(c, "a median date", a->p50, b->p50);
  compare(c, "a 95% date", a->p95, b->p95);
  compare(c, "a mean date", a->mean, b->mean);
  compare(c, "an earliest date", a->earliest, b->earliest);
  compare(c, "a latest date", a->latest, b->latest);
}

static const OutcomeAnswer *outcome_named(const Answer *a, Text name) {
  for (uint32_t i = 0; i < a->n_outcomes; i++) {
    EntityId id = a->program->outcomes.items[a->outcomes[i].outcome];
    if (text_equal(program_name(a->program, id), name)) return &a->outcomes[i];
  }
  return NULL;
}

static void compare_outcomes(Compared *c) {
  compare(c, "outcomes", c->a->n_outcomes, c->b->n_outcomes);
  for (uint32_t i = 0; i < c->a->n_outcomes; i++) {
    const OutcomeAnswer *x = &c->a->outcomes[i];
    Text name = program_name(c->a->program, c->a->program->outcomes.items[x->outcome]);
    const OutcomeAnswer *y = outcome_named(c->b, name);
    assert_non_null(y);
    assert_int_equal(x->days.n, y->days.n);
    compare(c, name.at, x->chance, y->chance);
    for (uint32_t day = 0; day < x->days.n; day++)
      compare(c, name.at, x->days.chance[day], y->days.chance[day]);
  }
}

static const PlaceAnswer *place_named(const Answer *a, Text name) {
  for (uint32_t i = 0; i < a->n_places; i++) {
    if (text_equal(a->program->steps.items[a->places[i].step].full_name, name))
      return &a->places[i];
  }
  return NULL;
}

static void compare_places(Compared *c) {
  compare(c, "places", c->a->n_places, c->b->n_places);
  for (uint32_t i = 0; i < c->a->n_places; i++) {
    const PlaceAnswer *x = &c->a->places[i];
    const PlaceAnswer *y = place_named(c->b, c->a->program->steps.items[x->step].full_name);
    assert_non_null(y);
    compare(c, "a stage reached", x->reached, y->reached);
    compare(c, "a stage passed", x->passed, y->passed);
    compare(c, "a stage failed", x->failed, y->failed);
  }
}

static void compare_questions(Compared *c) {
  compare(c, "questions", c->a->n_asks, c->b->n_asks);
  compare(c, "expectations", c->a->n_expects, c->b->n_expects);
  for (uint32_t i = 0; i < c->a->n_asks; i++) {
    const AskAnswer *x = &c->a->asks[i], *y = &c->b->asks[i];
    compare(c, "a question", as_number(x->value), as_number(y->value));
    compare(c, "the chance of a date", x->happens, y->happens);
    if (x->is_spread) compare_dates(c, &x->dates, &y->dates);
  }
  for (uint32_t i = 0; i < c->a->n_expects; i++) {
    const ExpectAnswer *x = &c->a->expects[i], *y = &c->b->expects[i];
    compare(c, "a verdict", x->verdict, y->verdict);
    compare(c, "the left side", as_number(x->left), as_number(y->left));
    compare(c, "the right side", as_number(x->right), as_number(y->right));
  }
}

static const Answer *answer_or_not(const Loaded *l, RunOptions options, Diagnostics **told) {
  Inputs inputs = inputs_new(l->program, l->arena, NO_INDEX);
  *told = diagnostics_new(l->arena);
  options.budget = MOST_WORLDS;
  return answer_run(l->program, &inputs, NO_INDEX, &options, l->arena, *told);
}

static bool is_too_much(const Diagnostics *told) {
  DiagnosticCode code = told->items.items[0]->code;
  return code == E_RUN_BUDGET || code == E_RUN_LOOP;
}

// An error of a world is one by any way.
static void compare_errors(Compared *c, const Diagnostics *a, const Diagnostics *b) {
  if (is_too_much(a) || is_too_much(b)) return;
  compare(c, "the code of an error", a->items.items[0]->code, b->items.items[0]->code);
}

static void compare_answers(const Loaded *l, const Loaded *m, Compared c, const RunOptions *one,
                            const RunOptions *other, Count *count) {
  Diagnostics *told[2];
  c.a = answer_or_not(l, *one, &told[0]);
  c.b = answer_or_not(m, *other, &told[1]);
  if (c.a && c.b) {
    compare_outcomes(&c);
    compare_places(&c);
    compare_questions(&c);
    count->ways++;
  } else if (!c.a && !c.b) {
    compare_errors(&c, told[0], told[1]);
    count->errors++;
  } else if (!is_too_much(told[c.a != NULL])) {
    compare(&c, "whether a world goes wrong", !c.a, !c.b);
  }
  count->differences += c.n;
}

// --- Other ways ---

static void compare_exact(const Loaded *l, const char *path, Count *count) {
  static const char *const ways[] = {"liveness off", "merging off", "liveness and merging off"};
  RunOptions plain = run_options_default();
  Diagnostics *told;
  plain.method = METHOD_EXACT;
  if (!answer_or_not(l, plain, &told) && is_too_much(told)) return;
  count->exact++;
  for (int i = 0; i < 3; i++) {
    RunOptions other = plain;
    other.keeps_dead = i != 1;
    other.never_merges = i != 0;
    compare_answers(l, l, (Compared){path, ways[i], NULL, NULL, NEAR, 0}, &plain, &other, count);
  }
}

static void compare_query(Compared *c, const AskAnswer *ask, const OracleQuery *q) {
  bool is_date = ask->query->node->query.claim->kind == NODE_DATE_OF;
  bool is_chance = ask->query->node->query.claim->kind == NODE_CHANCE_OF;
  double chance = q->given > 0 ? q->event / q->given : NAN;
  if (q->is_single && is_chance) compare(c, "a question", chance, as_number(ask->value));
  if (q->is_single && is_date && q->given > 0)
    compare(c, "the chance of a date", chance, ask->happens);
}

static bool has_belief(const Program *program) {
  for (uint32_t i = 0; i < program->assumes.n; i++)
    if (program->assumes.items[i].is_belief) return true;
  return false;
}

// The oracle enumerates one world after the other. It says nothing where they are too many, and
// replaces a belief by five values, which is not exact for every use of one.
static void compare_oracle(const Loaded *l, const char *path, Count *count) {
  RunOptions options = run_options_default();
  Compared c = {path, "by the oracle", NULL, NULL, NEAR, 0};
  Diagnostics *told;
  Inputs inputs = inputs_new(l->program, l->arena, NO_INDEX);
  options.method = METHOD_EXACT;
  c.a = answer_or_not(l, options, &told);
  OracleAnswer *oracle = oracle_run(l->program, &inputs, l->arena, MOST_BRANCHES);
  if (!c.a || !oracle->is_done || has_belief(l->program)) return;
  count->enumerated++;
  for (uint32_t i = 0; i < c.a->n_outcomes; i++) {
    const OutcomeAnswer *x = &c.a->outcomes[i];
    for (uint32_t day = 0; day < x->days.n; day++)
      compare(&c, "a day of an outcome", oracle->outcome_days[x->outcome * oracle->n_days + day],
              x->days.chance[day]);
  }
  for (uint32_t i = 0; i < c.a->n_places; i++) {
    const PlaceAnswer *x = &c.a->places[i];
    compare(&c, "a stage reached", oracle->steps[x->step].reached, x->reached);
    compare(&c, "a stage passed", oracle->steps[x->step].passed, x->passed);
    compare(&c, "a stage failed", oracle->steps[x->step].failed, x->failed);
  }
  for (uint32_t i = 0; i < c.a->n_asks; i++) {
    ptrdiff_t at = c.a->asks[i].query - l->program->queries.items;
    compare_query(&c, &c.a->asks[i], &oracle->queries[at]);
  }
  count->differences += c.n;
}

static bool is_question(const Node *item) {
  return item->kind == NODE_ASK || item->kind == NODE_EXPECT || item->kind == NODE_EXPECT_NEVER ||
         item->kind == NODE_EXPECT_ALWAYS;
}

// The items of the main file from the last to the first. Questions keep their order, by which they
// are told apart; and variables theirs, in which they are set.
static Text turned_round(const Loaded *l) {
  const Tree *tree = l->program->tree;
  const NodeList *items = &tree->files[0].items;
  TextBuilder b = {0};
  for (uint32_t round = 0; round < 3; round++) {
    for (uint32_t k = 0; k < items->n; k++) {
      const Node *item = items->items[round ? k : items->n - 1 - k];
      uint32_t its_round = item->kind == NODE_LET_ITEM ? 1 : is_question(item) ? 2 : 0;
      if (its_round == round)
        text_addf(&b, "%.*s\n", TEXT_ARG(source_slice(tree->sources, item->span)));
    }
  }
  Text text = text_copy(l->arena, (Text){b.at, b.n});
  text_builder_free(&b);
  return text;
}

static void compare_order(const Loaded *l, const char *path, Count *count) {
  Loaded m = load_any(path, turned_round(l).at, NULL);
  if (m.diagnostics->n_errors) {
    show_diagnostics(&m, m.diagnostics);
    fail_msg("%s: with its items turned round it is not valid", path);
  }
  RunOptions options = run_options_default();
  options.trials = TRIALS;
  options.method = METHOD_EXACT;
  compare_answers(l, &m, (Compared){path, "other order, exact", NULL, NULL, NEAR, 0}, &options,
                  &options, count);
  options.method = METHOD_SAMPLE;
  compare_answers(l, &m, (Compared){path, "other order, sampled", NULL, NULL, 0, 0}, &options,
                  &options, count);
  arena_free(m.arena);
}

static Text page_of(const Loaded *l, uint32_t batch, uint32_t threads, const char *kernels) {
  RunOptions options = run_options_default();
  TextBuilder b = {0};
  Diagnostics *told;
  options.method = METHOD_SAMPLE;
  options.trials = TRIALS;
  options.batch = batch;
  options.threads = threads;
  options.kernels = kernels;
  const Answer *a = answer_or_not(l, options, &told);
  if (a) {
    show_text(&b, a, (ShowStyle){SHOW_WIDTH, false});
    show_json(&b, a);
  } else {
    render_text(&b, told, l->program->tree->sources, false);
  }
  Text page = text_copy(l->arena, (Text){b.at, b.n});
  text_builder_free(&b);
  return page;
}

static void compare_pages(const Loaded *l, const char *path, Count *count) {
  const Kernels *kernels[KERNEL_KINDS];
  uint32_t n_kernels = kernels_list(kernels);
  Text page = page_of(l, 2048, 1, NULL);
  static const uint32_t batches[] = {2, 16, 1023, 4096};
  for (uint32_t i = 0; i < 4; i++) {
    const char *kernel = kernels[i % n_kernels]->name;
    Text other = page_of(l, batches[i], 1 + i % 2, kernel);
    if (text_equal(page, other)) continue;
    count->differences++;
    print_error("%s, batches of %u, %s:\n%.*s\n%.*s\n", path, batches[i], kernel, TEXT_ARG(page),
                TEXT_ARG(other));
  }
}

static void compare_script(const char *path, const char *text, void *context) {
  Count *count = context;
  Loaded l = load_any(path, text, NULL);
  count->scripts++;
  if (!l.diagnostics->n_errors) {
    compare_exact(&l, path, count);
    compare_oracle(&l, path, count);
    compare_order(&l, path, count);
    compare_pages(&l, path, count);
  }
  arena_free(l.arena);
}

static void test_other_ways(void **state) {
  (void)state;
  char *folders[] = {LEGIS_SOURCE_DIR "/tests/golden", LEGIS_SOURCE_DIR "/examples", NULL};
  Count count = {0};
  visit_scripts(folders, compare_script, &count);
  print_message(
      "%d scripts, %d of them exactly, %d by the oracle, %d answers compared and %d errors\n",
      count.scripts, count.exact, count.enumerated, count.ways, count.errors);
  assert_int_equal(count.differences, 0);
  assert_true(count.exact * 2 >= count.scripts && count.ways >= 4 * count.exact);
  assert_true(count.enumerated * 2 >= count.exact);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_other_ways)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
