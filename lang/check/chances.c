// Chances that are known before the run: each in 0 % to 100 %. What depends on a world is checked in
// every world when it runs.
#include "lang/check/chances.h"

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

// Whether a branch is taken depends on the world, so only a forgotten % is told: 95 for 95%.
static bool branches_are_right(Checker *c, const Node *node, const char *what) {
  if (node->kind == NODE_IF_VALUE) {
    return branches_are_right(c, node->if_value.then, what) &
           branches_are_right(c, node->if_value.otherwise, what);
  }
  if (node->kind != NODE_NUMBER || node->number.is_percent || node->number.number <= 1) return true;
  range_error(c, node, node->number.number, what);
  return false;
}

static bool share_is_right(Checker *c, const Node *node, const char *what) {
  double number;
  if (!node) return true;
  if (!number_of(c, node, &number)) return branches_are_right(c, node, what);
  if (number >= 0 && number <= 1) return true;
  range_error(c, node, number, what);
  return false;
}

// The option up to the word, without its block.
static Span span_of_rest(Checker *c, const Option *option) {
  if (!option->block) return option->span;
  Span head = {option->label.span.from, option->block->span.from};
  const char *text = text_copy(c->arena, source_slice(c->tree->sources, head)).at;
  const char *word = strstr(text, "otherwise");
  if (word) head.to = head.from + (uint32_t)(word - text) + (uint32_t)strlen("otherwise");
  return head;
}

static void check_labels(Checker *c, const Option *options, uint32_t n) {
  const Option *otherwise = NULL;
  first_names_start(&c->firsts);
  for (uint32_t i = 0; i < n; i++) {
    uint32_t first = first_names_add(c, &c->firsts, options[i].label.id, i);
    if (first != NO_INDEX) {
      Diagnostic *d = diagnostic_add(c->diagnostics, E_TWICE, options[i].label.span,
                                     "the option \"%.*s\" stands here twice",
                                     TEXT_ARG(name_of(c, options[i].label.id)));
      diagnostic_also(c->diagnostics, d, options[first].label.span, "first here");
    }
    if (options[i].kind != OPTION_OTHERWISE) continue;
    if (otherwise) {
      Diagnostic *d = diagnostic_add(c->diagnostics, E_OTHERWISE, span_of_rest(c, &options[i]),
                                     "only one option takes what is left");
      diagnostic_also(c->diagnostics, d, span_of_rest(c, otherwise), "this one does");
      diagnostic_hint(c->diagnostics, d, "Write a chance for one of them.");
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
  check_sum(c, options, n);
}

static void check_line_labels(Checker *c, const Rule *rule) {
  static const char *const words[] = {"yes", "no", "abstain", "absent"};
  for (uint32_t i = 0; i < rule->n_options; i++) {
    const Option *option = &rule->options[i];
    bool is_known = !option->label.id;  // not understood
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
    Diagnostic *d = diagnostic_add(c->diagnostics, E_CHANCE_RANGE, node->span,
                                   "a range goes upward, from its low end to its high end");
    if (!node->range.mode && high < low)
      diagnostic_label(c->diagnostics, d, "write the low end first");
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

static void check_changed(Checker *c) {
  const Program *p = c->program;
  for (uint32_t i = 0; i < p->scenarios.n; i++) {
    const ScenarioInfo *scenario = &p->scenarios.items[i];
    check_changes_shares(c, scenario->changes.items, scenario->changes.n);
  }
  check_changes_shares(c, p->sets.items, p->sets.n);
  check_changed_sums(c);
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
