// Chances that are known before the run: each in 0 % to 100 %, and the options of a choice adding up to exactly 100 %, as
// exact decimals. What depends on a world is checked in every world when it runs.
#include "lang/check/checker.h"

static void range_error(Checker *c, const Node *node, const char *what) {
  Text text = source_slice(c->tree->sources, node->span);
  Diagnostic *d = diagnostic_add(c->diagnostics, E_CHANCE_RANGE, node->span, "%s lies between 0%% and 100%%, and %.*s does not", what, TEXT_ARG(text));
  Value value;
  if (node->kind == NODE_NUMBER && !node->number.is_percent && check_constant(c->program, node, &value) && value.number <= 100) {
    diagnostic_hint(c->diagnostics, d, "Did you mean %.*s%%?", TEXT_ARG(text));
  }
}

static bool share_is_right(Checker *c, const Node *node, const char *what) {
  Value value;
  if (!node || !check_constant(c->program, node, &value) || value.type != VALUE_NUMBER) return true;
  if (value.number >= 0 && value.number <= 1) return true;
  range_error(c, node, what);
  return false;
}

typedef struct Sum { Rational exact; double rough; uint32_t n, n_otherwise; bool is_whole, is_right; } Sum;

static Sum sum_of(Checker *c, const Option *options, uint32_t n) {
  Sum sum = {.exact = rational_of(0, 1), .is_whole = true, .is_right = true};
  for (uint32_t i = 0; i < n; i++) {
    if (options[i].kind == OPTION_OTHERWISE) sum.n_otherwise++;
    if (options[i].kind != OPTION_CHANCE) continue;
    Rational share;
    sum.n++;
    sum.is_right &= share_is_right(c, options[i].value, "a chance");
    if (check_constant_exact(c->program, options[i].value, &share)) sum.exact = rational_add(sum.exact, share);
    else sum.is_whole = false;
  }
  sum.is_whole &= rational_is_some(sum.exact);
  return sum;
}

static void tell_sum(Checker *c, const Option *options, uint32_t n, const Sum *sum) {
  TextBuilder shown = {0}, terms = {0};
  rational_add_text(&shown, sum->exact, true);
  const Node *last = NULL;
  for (uint32_t i = 0; i < n; i++) {
    Rational share;
    if (options[i].kind != OPTION_CHANCE || !check_constant_exact(c->program, options[i].value, &share)) continue;
    if (terms.n) text_add(&terms, " + ");
    rational_add_text(&terms, share, true);
    last = options[i].value;
  }
  Diagnostic *d = diagnostic_add(c->diagnostics, E_SUM, last->span, "these chances add up to %s, not 100%%", shown.at);
  diagnostic_label(c->diagnostics, d, "%s = %s", terms.at, shown.at);
  for (uint32_t i = 0; i < n; i++) {
    if (options[i].kind == OPTION_CHANCE && options[i].value != last) diagnostic_also(c->diagnostics, d, options[i].value->span, "%s", "");
  }
  if (sum->n_otherwise == 0) diagnostic_hint(c->diagnostics, d, "Write \"otherwise\" for one of them and it takes what is left.");
  text_builder_free(&shown);
  text_builder_free(&terms);
}

static void check_twice(Checker *c, const Option *options, uint32_t n) {
  const Option *otherwise = NULL;
  for (uint32_t i = 0; i < n; i++) {
    for (uint32_t k = 0; k < i; k++) {
      if (options[k].label.id != options[i].label.id) continue;
      Diagnostic *d = diagnostic_add(c->diagnostics, E_TWICE, options[i].label.span, "two options are called \"%.*s\"", TEXT_ARG(names_text(c->tree->names, options[i].label.id)));
      diagnostic_also(c->diagnostics, d, options[k].label.span, "first here");
    }
    if (options[i].kind != OPTION_OTHERWISE) continue;
    if (otherwise) {
      Diagnostic *d = diagnostic_add(c->diagnostics, E_OTHERWISE, options[i].span, "only one option can take what is left");
      diagnostic_also(c->diagnostics, d, otherwise->span, "this one does");
    }
    otherwise = &options[i];
  }
}

static void check_options(Checker *c, const Option *options, uint32_t n) {
  check_twice(c, options, n);
  Sum sum = sum_of(c, options, n);
  if (!sum.is_whole || !sum.is_right || sum.n == 0) return;
  int against_all = rational_compare(sum.exact, rational_of(1, 1));
  if (against_all > 0 || (against_all < 0 && sum.n_otherwise == 0)) tell_sum(c, options, n, &sum);
}

static void check_line_labels(Checker *c, const Rule *rule) {
  static const char *const words[] = {"yes", "no", "abstain", "absent"};
  for (uint32_t i = 0; i < rule->n_options; i++) {
    bool is_known = false;
    for (int k = 0; k < 4; k++) is_known |= text_equal(names_text(c->tree->names, rule->options[i].label.id), text_of(words[k]));
    if (!is_known) {
      diagnostic_add(c->diagnostics, E_UNKNOWN_NAME, rule->options[i].label.span, "a line is yes, no, abstain or absent");
    }
  }
}

static void check_rule(Checker *c, const Rule *rule) {
  share_is_right(c, rule->share, rule->is_free ? "a member's chance of yes" : "the chance of a line");
  if (!rule->n_options) return;
  check_line_labels(c, rule);
  check_options(c, rule->options, rule->n_options);
}

static void check_spread(Checker *c, const Node *node) {
  if (node->kind == NODE_RANGE) {
    Value low, mode, high;
    bool is_right = share_is_right(c, node->range.low, "a share") && share_is_right(c, node->range.high, "a share");
    if (!is_right || !check_constant(c->program, node->range.low, &low) || !check_constant(c->program, node->range.high, &high)) return;
    mode = low;
    if (node->range.mode && !check_constant(c->program, node->range.mode, &mode)) return;
    if (low.number <= mode.number && mode.number <= high.number && low.number < high.number) return;
    diagnostic_add(c->diagnostics, E_CHANCE_RANGE, node->span, "a range goes upward, from its low end to its high end");
    return;
  }
  if (node->kind != NODE_CALL) return;
  bool is_rate = text_equal(names_text(c->tree->names, node->call.function.id), TEXT("rate"));
  Value a, b;
  if (node->call.args.n != 2 || !check_constant(c->program, node->call.args.items[0], &a) || !check_constant(c->program, node->call.args.items[1], &b)) {
    if (node->call.args.n == 2) diagnostic_add(c->diagnostics, E_CHANCE_RANGE, node->span, "the numbers of a spread are constant");
    return;
  }
  if (is_rate ? a.number >= 0 && a.number <= b.number : a.number > 0 && b.number > 0) return;
  diagnostic_add(c->diagnostics, E_CHANCE_RANGE, node->span, is_rate ? "a rate has seen no more than it has looked at" : "the numbers of a beta are above 0");
}

static void visit(Checker *c, const Node *node, void *context) {
  (void)context;
  if (node->kind == NODE_DECIDE || node->kind == NODE_RULING) check_options(c, node->choice.options, node->choice.n);
  if (node->kind == NODE_CHANCE) share_is_right(c, node->chance.chance, "a chance");
  if (node->kind == NODE_AMEND) share_is_right(c, node->amend.chance, "a chance");
  if (node->kind == NODE_ASSUME && node->assume.kind == ASSUME_SPREAD) check_spread(c, node->assume.value);
}

static void check_changes(Checker *c, const Change *changes, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    if (changes[i].input == NO_INDEX || changes[i].form == CHANGE_SPREAD) continue;
    InputKind kind = c->program->inputs.items[changes[i].input].kind;
    bool is_share = kind == INPUT_FACT || kind == INPUT_RULE || kind == INPUT_LINE_OPTION || kind == INPUT_SHARE || kind == INPUT_OPTION;
    if (is_share) share_is_right(c, changes[i].value, "a chance");
  }
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
  for (uint32_t i = 0; i < p->scenarios.n; i++) check_changes(c, p->scenarios.items[i].changes.items, p->scenarios.items[i].changes.n);
  check_changes(c, p->sets.items, p->sets.n);
}
