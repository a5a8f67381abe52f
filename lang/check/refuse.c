// What the language has and this version does not run is told at its place, once, and never ignored.
#include "lang/check/checker.h"

static void refuse(Checker *c, Span span, const char *what, const char *hint) {
  Diagnostic *d = diagnostic_add(c->diagnostics, E_NOT_RUN, span, "this version does not run %s", what);
  if (hint) diagnostic_hint(c->diagnostics, d, "%s", hint);
}

static void refuse_share_threshold(Checker *c, const Node *node) {
  const ThresholdShareNode *share = &node->threshold_share;
  if (share->against) refuse(c, node->span, "thresholds with \"against\"", NULL);
  else if (share->base == TREE_BASE_NAME && share->base_name.id &&
           !text_equal(names_text(c->tree->names, share->base_name.id), TEXT("members"))) {
    refuse(c, share->base_name.span, "weights as the base of a share", "A share is of seats, members, present or votes.");
  }
}

static void refuse_count_threshold(Checker *c, const Node *node) {
  const ThresholdCountNode *count = &node->threshold_count;
  if (count->sense == COUNT_AT_MOST) refuse(c, node->span, "\"at most\" in a threshold", NULL);
  else if (count->kind != COUNT_YES && count->kind != COUNT_PRESENT) refuse(c, node->span, "counts of no, abstain and absent", "Count those who vote yes.");
}

static void refuse_options(Checker *c, const Node *node) {
  for (uint32_t i = 0; i < node->choice.n; i++) {
    if (node->choice.options[i].kind != OPTION_NEEDS) continue;
    refuse(c, node->choice.options[i].span, "grades of one vote", "Hold a vote for each threshold.");
    return;
  }
}

static void refuse_prop(Checker *c, const Prop *prop) {
  switch (prop->kind) {
    case PROP_WEIGHT: refuse(c, prop->span, "weights", NULL); return;
    case PROP_VETO: refuse(c, prop->span, "\"veto\"", NULL); return;
    case PROP_FIRM: refuse(c, prop->span, "\"firm\"", NULL); return;
    case PROP_FOLLOWS: refuse(c, prop->span, "\"follows\"", "Give the bloc a line of its own."); return;
    case PROP_TIEBREAK: refuse(c, prop->span, "\"tiebreak\"", NULL); return;
    case PROP_SITS: refuse(c, prop->span, "sitting days", NULL); return;
    case PROP_BLOC:
      for (uint32_t i = 0; i < prop->bloc->props.n; i++) refuse_prop(c, &prop->bloc->props.items[i]);
      return;
    case PROP_FREE: case PROP_LOYALTY: case PROP_TURNOUT: case PROP_ABSTAIN: case PROP_LINE:
      if (prop->value && (prop->value->kind == NODE_RANGE || prop->value->kind == NODE_CALL)) {
        refuse(c, prop->value->span, "a spread that is drawn anew in each vote", "Declare it as an assumption with \"~\" and use its name here.");
      }
      return;
    case PROP_LISTS: case PROP_SEATS: case PROP_QUORUM: case PROP_PASSES: case PROP_WEEKDAYS: case PROP_EXCEPT: case PROP_ALSO: case PROP_EVERY:
      return;
  }
}

static bool is_days_call(Text name) {
  static const char *const words[] = {"poisson", "normal", "lognormal", "exponential"};
  for (int i = 0; i < 4; i++) {
    if (text_equal(name, text_of(words[i]))) return true;
  }
  return false;
}

static void refuse_assume(Checker *c, const Node *node, bool is_change) {
  const AssumeNode *assume = &node->assume;
  if (assume->kind == ASSUME_IS) refuse(c, node->span, "a result that is set by hand", NULL);
  else if (assume->kind == ASSUME_NEEDS) refuse(c, node->span, "a threshold in a scenario", NULL);
  else if (!is_change && assume->path->path.n > 1) refuse(c, node->span, "changes of inputs outside a scenario", "Put it into a scenario, or change the value where it stands.");
}

static void refuse_node(Checker *c, const Node *node, void *context) {
  (void)context;
  switch ((int)node->kind) {
    case NODE_DECLARE:
      if (node->declare.kind == DECLARE_CALENDAR) refuse(c, node->span, "calendars", NULL);
      for (uint32_t i = 0; node->declare.kind != DECLARE_CALENDAR && i < node->declare.props.n; i++) refuse_prop(c, &node->declare.props.items[i]);
      return;
    case NODE_UNIT:
      if (node->unit.unit == UNIT_WORKING_DAYS || node->unit.unit == UNIT_CALENDAR_DAYS || node->unit.unit == UNIT_SITTING_DAYS) refuse(c, node->span, "days of a calendar", "Count plain days.");
      return;
    case NODE_CALL:
      if (is_days_call(names_text(c->tree->names, node->call.function.id))) refuse(c, node->span, "this spread of days", "Use a range such as 20..40 days or 20..30..60 days.");
      return;
    case NODE_BINARY:
      if (node->binary.op == OP_IN) refuse(c, node->binary.op_span, "\"in\"", NULL);
      return;
    case NODE_STAT_OF: refuse(c, node->span, "questions about a belief itself", NULL); return;
    case NODE_THRESHOLD_SHARE: refuse_share_threshold(c, node); return;
    case NODE_THRESHOLD_COUNT: refuse_count_threshold(c, node); return;
    case NODE_THRESHOLD_WORD: refuse(c, node->span, "this threshold", "Write a share or a number of yes votes."); return;
    case NODE_THRESHOLD_NAME: refuse(c, node->span, "thresholds with names", "Write the threshold where the vote is."); return;
    case NODE_THRESHOLD_AND: case NODE_THRESHOLD_OR: refuse(c, node->span, "joined thresholds", NULL); return;
    case NODE_THRESHOLD_ITEM: return;  // what stands in it is told
    case NODE_WAIT_SITTING: refuse(c, node->span, "waiting for a sitting", NULL); return;
    case NODE_DECIDE: refuse_options(c, node); return;
    case NODE_WHILE: refuse(c, node->span, "\"while\" loops", "Use \"attempt up to N times while …\" or \"repeat N times\"."); return;
    case NODE_FOR: refuse(c, node->span, "\"for each\"", "Write the steps once for each."); return;
    case NODE_TOGETHER: refuse(c, node->span, "\"together\"", "Write the tracks one after the other."); return;
    case NODE_RACE: refuse(c, node->span, "\"race\"", NULL); return;
    case NODE_REPEAL: refuse(c, node->span, "\"repeal\"", NULL); return;
    case NODE_FACT:
      if (node->fact.from) refuse(c, node->fact.from->span, "facts that come about on a day", NULL);
      return;
    case NODE_OBSERVE: case NODE_OBSERVE_UNTIL: refuse(c, node->span, "observations", NULL); return;
    default: return;
  }
}

static void refuse_assumptions(Checker *c) {
  for (uint32_t f = 0; f < c->tree->n_files; f++) {
    const NodeList *items = &c->tree->files[f].items;
    for (uint32_t i = 0; i < items->n; i++) {
      const Node *node = items->items[i];
      if (node->kind == NODE_ASSUME) refuse_assume(c, node, check_is_change_file(c, f));
      if (node->kind == NODE_THRESHOLD_ITEM) refuse(c, node->span, "thresholds with names", "Write the threshold where the vote is.");
      for (uint32_t k = 0; node->kind == NODE_SCENARIO && k < node->scenario.changes.n; k++) {
        if (node->scenario.changes.items[k]->kind == NODE_ASSUME) refuse_assume(c, node->scenario.changes.items[k], true);
      }
    }
  }
}

void check_refuse(Checker *c) {
  check_walk_all(c, refuse_node, NULL);
  refuse_assumptions(c);
}
