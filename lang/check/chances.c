// Chances that are known before the run: each in 0 % to 100 %, and the options of a choice adding
// up to exactly 100 %, as exact decimals. What depends on a world is checked in every world when it
// runs.
#include "lang/check/resolver.h"

static void range_error(Checker *c, const Node *node, double number, const char *what) {
  Text text = source_slice(c->tree->sources, node->span);
  Diagnostic *d =
      diagnostic_add(c->diagnostics, E_CHANCE_RANGE, node->span,
                     "%s lies between 0%% and 100%%, and %.*s does not", what, TEXT_ARG(text));
  const Ref *ref = node->kind == NODE_PATH ? &c->program->refs[node->id] : NULL;
  if (ref && ref->kind == REF_ASSUME) {
    const AssumeInfo *assume = &c->program->assumes.items[ref->index];
    diagnostic_also(c->diagnostics, d, assume->value->span, "its value");
    node = assume->value;
    text = source_slice(c->tree->sources, node->span);
  }
  if (node->kind == NODE_NUMBER && !node->number.is_percent && number > 1 && number <= 100) {
    diagnostic_hint(c->diagnostics, d, "Write %.*s%%, if that is meant.", TEXT_ARG(text));
  }
}

static bool number_of(const Checker *c, const Node *node, double *out) {
  Value value;
  if (!check_constant(c->program, node, &value) || value.type != VALUE_NUMBER) return false;
  *out = value.number;
  return true;
}

static bool share_is_right(Checker *c, const Node *node, const char *what) {
  double number;
  if (!node || !number_of(c, node, &number)) return true;
  if (number >= 0 && number <= 1) return true;
  range_error(c, node, number, what);
  return false;
}

// The options of one choice, with the changes of a scenario or without.
typedef struct Choice {
  const Option *options;
  uint32_t n;
  const Inputs *inputs;  // NULL: as written
} Choice;

static const Node *value_of(const Choice *choice, uint32_t i) {
  const Node *written = choice->options[i].value;
  return choice->inputs && written ? inputs_value(choice->inputs, written) : written;
}

static void find_path(Checker *c, const Node *node, void *context) {
  (void)c;
  *(bool *)context |= node->kind == NODE_PATH;
}

// A change may come with one of the assumption that another option names, so with changes only
// literals are added up.
static bool share_of(Checker *c, const Choice *choice, uint32_t i, Rational *out) {
  bool has_path = false;
  if (choice->inputs) check_walk(c, value_of(choice, i), find_path, &has_path);
  return !has_path && check_constant_exact(c->program, value_of(choice, i), out);
}

// The sum of the options where all are known and right.
static bool sum_of(Checker *c, const Choice *choice, Rational *sum, uint32_t *n_otherwise) {
  *sum = rational_of(0, 1);
  *n_otherwise = 0;
  uint32_t n_chances = 0;
  for (uint32_t i = 0; i < choice->n; i++) {
    Rational share;
    double number;
    if (choice->options[i].kind == OPTION_OTHERWISE) ++*n_otherwise;
    if (choice->options[i].kind != OPTION_CHANCE) continue;
    n_chances++;
    bool is_right = number_of(c, value_of(choice, i), &number) && number >= 0 && number <= 1;
    if (!is_right || !share_of(c, choice, i, &share)) return false;
    *sum = rational_add(*sum, share);
    if (!rational_is_some(*sum)) return false;
  }
  return n_chances > 0;
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

static void tell_sum(Checker *c, const Choice *choice, Rational sum, bool has_otherwise) {
  TextBuilder shown = {0}, terms = {0};
  rational_add_text(&shown, sum, true);
  add_terms(c, &terms, choice);
  const Node *last = shown_at(choice);
  Diagnostic *d = diagnostic_add(c->diagnostics, E_SUM, last->span,
                                 "these chances add up to %s, not 100%%", shown.at);
  diagnostic_label(c->diagnostics, d, "%s = %s", terms.at, shown.at);
  for (uint32_t i = 0; i < choice->n; i++) {
    if (choice->options[i].kind != OPTION_CHANCE || value_of(choice, i) == last) continue;
    diagnostic_also(c->diagnostics, d, value_of(choice, i)->span, "%s", "");
  }
  if (has_otherwise) {
    diagnostic_hint(c->diagnostics, d, "Nothing is left for the option that is \"otherwise\".");
  } else {
    diagnostic_hint(c->diagnostics, d,
                    "Write \"otherwise\" for one of them and it takes what is left.");
  }
  text_builder_free(&shown);
  text_builder_free(&terms);
}

static void check_sum(Checker *c, const Choice *choice) {
  Rational sum;
  uint32_t n_otherwise;
  if (!sum_of(c, choice, &sum, &n_otherwise)) return;
  int against_all = rational_compare(sum, rational_of(1, 1));
  if (against_all > 0 || (against_all < 0 && !n_otherwise))
    tell_sum(c, choice, sum, n_otherwise > 0);
}

static void check_labels(Checker *c, const Option *options, uint32_t n) {
  const Option *otherwise = NULL;
  for (uint32_t i = 0; i < n; i++) {
    for (uint32_t k = 0; k < i; k++) {
      if (options[k].label.id != options[i].label.id) continue;
      Diagnostic *d = diagnostic_add(c->diagnostics, E_TWICE, options[i].label.span,
                                     "the option \"%.*s\" stands here twice",
                                     TEXT_ARG(name_of(c, options[i].label.id)));
      diagnostic_also(c->diagnostics, d, options[k].label.span, "first here");
      break;
    }
    if (options[i].kind != OPTION_OTHERWISE) continue;
    if (otherwise) {
      Diagnostic *d = diagnostic_add(c->diagnostics, E_OTHERWISE, options[i].span,
                                     "only one option takes what is left");
      diagnostic_also(c->diagnostics, d, otherwise->span, "this one does");
    } else {
      otherwise = &options[i];
    }
  }
}

static void check_options(Checker *c, const Option *options, uint32_t n) {
  check_labels(c, options, n);
  for (uint32_t i = 0; i < n; i++) {
    if (options[i].kind == OPTION_CHANCE) share_is_right(c, options[i].value, "a chance");
  }
  check_sum(c, &(Choice){options, n, NULL});
}

static void check_line_labels(Checker *c, const Rule *rule) {
  static const char *const words[] = {"yes", "no", "abstain", "absent"};
  for (uint32_t i = 0; i < rule->n_options; i++) {
    const Option *option = &rule->options[i];
    bool is_known = false;
    for (int k = 0; k < 4; k++)
      is_known |= text_equal(name_of(c, option->label.id), text_of(words[k]));
    if (!is_known) {
      diagnostic_add(c->diagnostics, E_UNKNOWN_NAME, option->label.span,
                     "a line is yes, no, abstain or absent");
    } else if (option->kind == OPTION_NEEDS || option->block) {
      diagnostic_add(c->diagnostics, E_PLACE, option->span, "a line has chances only");
    }
  }
}

static void check_rule(Checker *c, const Rule *rule) {
  share_is_right(c, rule->share,
                 rule->is_free ? "a member's chance of yes" : "the chance of a line");
  if (!rule->n_options) return;
  check_line_labels(c, rule);
  check_options(c, rule->options, rule->n_options);
}

static void check_share_range(Checker *c, const Node *node) {
  double low, mode, high;
  bool is_right = share_is_right(c, node->range.low, "a share") &
                  share_is_right(c, node->range.high, "a share");
  if (node->range.mode) is_right &= share_is_right(c, node->range.mode, "a share");
  bool is_known = number_of(c, node->range.low, &low) && number_of(c, node->range.high, &high);
  mode = is_known ? low : 0;
  if (node->range.mode) is_known = is_known && number_of(c, node->range.mode, &mode);
  if (!is_known) {
    diagnostic_add(c->diagnostics, E_CHANCE_RANGE, node->span, "the ends of a spread are constant");
  } else if (is_right && !(low <= mode && mode <= high && low < high)) {
    diagnostic_add(c->diagnostics, E_CHANCE_RANGE, node->span,
                   "a range goes upward, from its low end to its high end");
  }
}

static void check_beta(Checker *c, const Node *node) {
  const NodeList *args = &node->call.args;
  bool is_rate = text_equal(name_of(c, node->call.function.id), TEXT("rate"));
  double a, b;
  if (!number_of(c, args->items[0], &a) || !number_of(c, args->items[1], &b)) {
    diagnostic_add(c->diagnostics, E_CHANCE_RANGE, node->span,
                   "the numbers of a spread are constant");
  } else if (is_rate && !(a >= 0 && a <= b)) {
    diagnostic_add(c->diagnostics, E_CHANCE_RANGE, node->span,
                   "a rate counts from 0 cases to all that were looked at");
  } else if (!is_rate && !(a > 0 && b > 0)) {
    diagnostic_add(c->diagnostics, E_CHANCE_RANGE, node->span, "the numbers of a beta are above 0");
  }
}

static void visit(Checker *c, const Node *node, void *context) {
  (void)context;
  switch ((int)node->kind) {
    case NODE_DECIDE:
    case NODE_RULING: check_options(c, node->choice.options, node->choice.n); return;
    case NODE_CHANCE: share_is_right(c, node->chance.chance, "a chance"); return;
    case NODE_AMEND: share_is_right(c, node->amend.chance, "a chance"); return;
    case NODE_ASSUME: {
      const Node *value = node->assume.value;
      bool is_spread = node->assume.kind == ASSUME_SPREAD &&
                       c->program->types[value->id].kind == TYPE_SHARE_SPREAD;
      if (is_spread && value->kind == NODE_RANGE) check_share_range(c, value);
      if (is_spread && value->kind == NODE_CALL) check_beta(c, value);
      return;
    }
    default: return;
  }
}

static void check_changes_shares(Checker *c, const Change *changes, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    if (changes[i].input == NO_INDEX || changes[i].form == CHANGE_SPREAD) continue;
    switch (c->program->inputs.items[changes[i].input].kind) {
      case INPUT_FACT:
      case INPUT_RULE:
      case INPUT_LINE_OPTION:
      case INPUT_SHARE:
      case INPUT_OPTION: share_is_right(c, changes[i].value, "a chance"); break;
      case INPUT_ASSUME:
      case INPUT_SEATS:
      case INPUT_WAIT:
      case INPUT_LIMIT:
      case INPUT_THRESHOLD: break;
    }
  }
}

static void check_changed_sum(Checker *c, const Option *options, uint32_t n, const Inputs *inputs) {
  Choice choice = {options, n, inputs};
  bool is_changed = false;
  for (uint32_t i = 0; i < n; i++) is_changed |= value_of(&choice, i) != options[i].value;
  if (is_changed) check_sum(c, &choice);
}

static void visit_changed(Checker *c, const Node *node, void *context) {
  if (node->kind != NODE_DECIDE && node->kind != NODE_RULING) return;
  check_changed_sum(c, node->choice.options, node->choice.n, context);
}

static void check_changed_sums(Checker *c, uint32_t scenario) {
  const Program *p = c->program;
  Inputs inputs = inputs_new(p, c->arena, scenario);
  for (uint32_t i = 0; i < p->bodies.n; i++) {
    if (p->bodies.items[i].block) check_walk(c, p->bodies.items[i].block, visit_changed, &inputs);
  }
  for (uint32_t i = 0; i < p->blocs.n; i++) {
    const BlocInfo *bloc = &p->blocs.items[i];
    if (bloc->has_rule) check_changed_sum(c, bloc->rule.options, bloc->rule.n_options, &inputs);
    for (uint32_t k = 0; k < bloc->on.n; k++) {
      check_changed_sum(c, bloc->on.items[k].rule.options, bloc->on.items[k].rule.n_options,
                        &inputs);
    }
  }
}

// A scenario's own changes; where it has none of an option there is nothing to add up again.
static void check_changed(Checker *c) {
  const Program *p = c->program;
  for (uint32_t i = 0; i < p->scenarios.n; i++) {
    const ScenarioInfo *scenario = &p->scenarios.items[i];
    bool has_option = false;
    for (uint32_t k = 0; k < scenario->changes.n; k++) {
      InputKind kind = p->inputs.items[scenario->changes.items[k].input].kind;
      has_option |= kind == INPUT_OPTION || kind == INPUT_LINE_OPTION;
    }
    check_changes_shares(c, scenario->changes.items, scenario->changes.n);
    if (has_option && !p->sets.n) check_changed_sums(c, i);
  }
  check_changes_shares(c, p->sets.items, p->sets.n);
  if (p->sets.n) check_changed_sums(c, NO_INDEX);
}

void check_chances(Checker *c) {
  const Program *p = c->program;
  check_walk_all(c, visit, NULL);
  for (uint32_t i = 0; i < p->facts.n; i++) share_is_right(c, p->facts.items[i].chance, "a chance");
  for (uint32_t i = 0; i < p->blocs.n; i++) {
    const BlocInfo *bloc = &p->blocs.items[i];
    share_is_right(c, bloc->loyalty, "loyalty");
    share_is_right(c, bloc->turnout, "turnout");
    share_is_right(c, bloc->abstain, "the share that abstains");
    if (bloc->has_rule) check_rule(c, &bloc->rule);
    for (uint32_t k = 0; k < bloc->on.n; k++) check_rule(c, &bloc->on.items[k].rule);
  }
  check_changed(c);
}
