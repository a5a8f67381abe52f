// The options of a choice add up to exactly 100 %, as exact decimals; so do those of a line. A sum is
// known where all its chances are constant; any other is added up in every world when it runs.
#include "lang/check/chances.h"

// The options of one choice, with changes in force or as written.
typedef struct Choice {
  const Option *options;
  uint32_t n;
  const Inputs *inputs;  // NULL: as written
} Choice;

typedef struct Sum {
  Rational sum;
  bool has_otherwise;
} Sum;

static const Node *value_of(const Choice *choice, uint32_t i) {
  const Node *written = choice->options[i].value;
  return choice->inputs && written ? inputs_value(choice->inputs, written) : written;
}

static bool share_of(Checker *c, const Choice *choice, uint32_t i, Rational *out) {
  const Node *value = value_of(choice, i);
  if (!choice->inputs) return check_constant_exact(c->program, value, out);
  return check_constant_exact_under(choice->inputs, value, out, &c->n_steps_under);
}

static bool is_in_range(Rational share) {
  return rational_compare(share, rational_of(0, 1)) >= 0 &&
         rational_compare(share, rational_of(1, 1)) <= 0;
}

// The sum of the options where all are known and right.
static bool sum_of(Checker *c, const Choice *choice, Sum *out) {
  *out = (Sum){rational_of(0, 1), false};
  uint32_t n_chances = 0;
  for (uint32_t i = 0; i < choice->n; i++) {
    Rational share;
    out->has_otherwise |= choice->options[i].kind == OPTION_OTHERWISE;
    if (choice->options[i].kind != OPTION_CHANCE) continue;
    n_chances++;
    if (!share_of(c, choice, i, &share) || !is_in_range(share)) return false;
    out->sum = rational_add(out->sum, share);
    if (!rational_is_some(out->sum)) return false;
  }
  return n_chances > 0;
}

static bool is_wrong(Checker *c, const Choice *choice, Sum *sum) {
  if (!sum_of(c, choice, sum)) return false;
  int against_all = rational_compare(sum->sum, rational_of(1, 1));
  return against_all > 0 || (against_all < 0 && !sum->has_otherwise);
}

static void add_terms(Checker *c, TextBuilder *out, const Choice *choice) {
  for (uint32_t i = 0; i < choice->n; i++) {
    Rational share;
    if (choice->options[i].kind != OPTION_CHANCE || !share_of(c, choice, i, &share)) continue;
    if (out->n) text_add(out, " + ");
    rational_add_text(out, share, true);
  }
}

// Shown at the last changed option, or the last of all; the others are labelled too.
static const Node *shown_at(const Choice *choice) {
  const Node *last = NULL;
  bool is_changed = false;
  for (uint32_t i = 0; i < choice->n; i++) {
    if (choice->options[i].kind != OPTION_CHANCE) continue;
    bool differs = value_of(choice, i) != choice->options[i].value;
    if (differs || !is_changed) last = value_of(choice, i);
    is_changed |= differs;
  }
  return last;
}

static Diagnostic *tell_sum(Checker *c, const Choice *choice, const Sum *sum) {
  TextBuilder shown = {0}, terms = {0};
  rational_add_text(&shown, sum->sum, true);
  add_terms(c, &terms, choice);
  const Node *last = shown_at(choice);
  Diagnostic *d = diagnostic_add(c->diagnostics, E_SUM, last->span,
                                 "these chances add up to %s, not 100%%", shown.at);
  diagnostic_label(c->diagnostics, d, "%s = %s", terms.at, shown.at);
  for (uint32_t i = 0; i < choice->n; i++) {
    if (choice->options[i].kind != OPTION_CHANCE || value_of(choice, i) == last) continue;
    diagnostic_also(c->diagnostics, d, value_of(choice, i)->span, "%s", "");
  }
  diagnostic_hint(c->diagnostics, d,
                  sum->has_otherwise
                      ? "Nothing is left for the option that is \"otherwise\"."
                      : "Write \"otherwise\" for one of them and it takes what is left.");
  text_builder_free(&shown);
  text_builder_free(&terms);
  return d;
}

void check_sum(Checker *c, const Option *options, uint32_t n) {
  Choice choice = {options, n, NULL};
  Sum sum;
  if (is_wrong(c, &choice, &sum)) tell_sum(c, &choice, &sum);
}

// --- With changes in force ---

typedef VEC(Choice) Choices;

static void add_choice(Checker *c, Choices *choices, const Option *options, uint32_t n) {
  Choice choice = {options, n, NULL};
  if (n) vec_push(c->arena, choices, choice);
}

static void visit_choice(Checker *c, const Node *node, void *context) {
  if (node->kind == NODE_DECIDE || node->kind == NODE_RULING)
    add_choice(c, context, node->choice.options, node->choice.n);
}

static void add_lines(Checker *c, Choices *choices) {
  for (uint32_t i = 0; i < c->program->blocs.n; i++) {
    const BlocInfo *bloc = &c->program->blocs.items[i];
    if (bloc->has_rule) add_choice(c, choices, bloc->rule.options, bloc->rule.n_options);
    for (uint32_t k = 0; k < bloc->on.n; k++)
      add_choice(c, choices, bloc->on.items[k].rule.options, bloc->on.items[k].rule.n_options);
  }
}

// What is wrong as it is written has been told.
static bool became_wrong(Checker *c, uint32_t place, const Inputs *inputs, void *context) {
  const Choices *choices = context;
  Choice written = choices->items[place], changed = written;
  changed.inputs = inputs;
  Sum sum;
  return is_wrong(c, &changed, &sum) && !is_wrong(c, &written, &sum);
}

typedef struct Changed {
  Diagnostic *d;
  const Inputs *inputs;
} Changed;

static void label_change(Checker *c, const Node *node, void *context) {
  const Changed *changed = context;
  const Ref *ref = node->kind == NODE_PATH ? &c->program->refs[node->id] : NULL;
  if (!ref || ref->kind != REF_ASSUME) return;
  uint32_t input = c->program->assumes.items[ref->index].input;
  const Change *change = input == NO_INDEX ? NULL : changed->inputs->of[input];
  if (change) diagnostic_also(c->diagnostics, changed->d, change->value->span, "changed here");
}

static void tell_changed(Checker *c, uint32_t place, const Under *under, void *context) {
  const Choices *choices = context;
  Choice choice = choices->items[place];
  choice.inputs = under->inputs;
  Sum sum;
  if (!is_wrong(c, &choice, &sum)) return;
  Changed changed = {tell_sum(c, &choice, &sum), under->inputs};
  for (uint32_t i = 0; i < choice.n; i++) {
    if (choice.options[i].kind == OPTION_CHANCE)
      check_walk(c, value_of(&choice, i), label_change, &changed);
  }
  check_note_under(c, changed.d, under);
}

void check_changed_sums(Checker *c) {
  const Program *p = c->program;
  Choices choices = {0};
  if (!p->scenarios.n && !p->sets.n) return;
  for (uint32_t i = 0; i < p->bodies.n; i++) {
    if (p->bodies.items[i].block) check_walk(c, p->bodies.items[i].block, visit_choice, &choices);
  }
  add_lines(c, &choices);
  UnderRule rule = {choices.n, became_wrong, tell_changed, &choices};
  check_under(c, &rule);
}
