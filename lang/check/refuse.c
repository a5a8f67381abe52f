// What the language has and this version does not run is told at its place, once, and never
// ignored. Inside of what is refused as a whole nothing more is told; the steps inside of a refused
// loop or track are looked at.
#include "lang/check/thresholds.h"

static void refuse(Checker *c, Span span, const char *what, const char *hint) {
  Diagnostic *d =
      diagnostic_add(c->diagnostics, E_NOT_RUN, span, "this version does not run %s", what);
  if (hint) diagnostic_hint(c->diagnostics, d, "%s", hint);
}

static bool has_weight(const PropList *props, NameId name) {
  for (uint32_t i = 0; i < props->n; i++) {
    const Prop *prop = &props->items[i];
    if (prop->kind == PROP_WEIGHT && prop->name && prop->name->path.parts[0].id == name)
      return true;
    if (prop->kind == PROP_BLOC && has_weight(&prop->bloc->props, name)) return true;
  }
  return false;
}

bool check_is_weight(const Checker *c, NameId name) {
  for (uint32_t i = 0; i < c->program->entities.n; i++) {
    const Node *node = c->program->entities.items[i].node;
    if (node && node->kind == NODE_DECLARE && has_weight(&node->declare.props, name)) return true;
  }
  return false;
}

static void refuse_share_threshold(Checker *c, const Node *node) {
  const ThresholdShareNode *share = &node->threshold_share;
  if (share->against) {
    refuse(c, node->span, "thresholds with \"against\"", "Count those who vote yes.");
  } else if (share->base == TREE_BASE_NAME && check_is_weight(c, share->base_name.id)) {
    refuse(c, share->base_name.span, "weights as the base of a share",
           "A share is of seats, members, present or votes.");
  }
}

static void refuse_count_threshold(Checker *c, const Node *node) {
  const ThresholdCountNode *count = &node->threshold_count;
  if (count->sense == COUNT_AT_MOST) {
    refuse(c, node->span, "\"at most\" in a threshold", "Write how many must vote yes.");
  } else if (count->kind != COUNT_YES && count->kind != COUNT_PRESENT) {
    refuse(c, node->span, "counts of no, abstain and absent", "Count those who vote yes.");
  }
}

static const char *const ANEW = "Declare it as an assumption with \"~\" and use its name here.";

static void refuse_prop(Checker *c, const Prop *prop) {
  bool is_spread =
      prop->value && (prop->value->kind == NODE_RANGE || prop->value->kind == NODE_CALL);
  switch (prop->kind) {
    case PROP_WEIGHT: refuse(c, prop->span, "weights", "Give each bloc its seats."); return;
    case PROP_VETO:
      refuse(c, prop->span, "\"veto\"", "Hold a second vote of those who can block.");
      return;
    case PROP_FIRM:
      refuse(c, prop->span, "\"firm\"", "A line is kept until the bill is amended.");
      return;
    case PROP_FOLLOWS:
      refuse(c, prop->span, "\"follows\"", "Give the bloc a line of its own.");
      return;
    case PROP_TIEBREAK:
      refuse(c, prop->span, "\"tiebreak\"", "A tie does not pass a majority; leave it out.");
      return;
    case PROP_SITS:
      refuse(c, prop->span, "sitting days", "A vote is held when it is reached.");
      return;
    case PROP_BLOC:
      for (uint32_t i = 0; i < prop->bloc->props.n; i++)
        refuse_prop(c, &prop->bloc->props.items[i]);
      return;
    case PROP_FREE:
    case PROP_LOYALTY:
    case PROP_TURNOUT:
    case PROP_ABSTAIN:
    case PROP_LINE:
      if (is_spread) refuse(c, prop->value->span, "a spread that is drawn anew in each vote", ANEW);
      return;
    case PROP_LISTS:
    case PROP_SEATS:
    case PROP_QUORUM:
    case PROP_PASSES:
    case PROP_WEEKDAYS:
    case PROP_EXCEPT:
    case PROP_ALSO:
    case PROP_EVERY: return;
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
  if (assume->kind == ASSUME_IS) {
    refuse(c, node->span, "a result that is set by hand", "Change the chance that leads to it.");
  } else if (assume->kind == ASSUME_NEEDS) {
    refuse(c, node->span, "a change of a threshold", "Write the threshold where the vote is.");
  } else if (!is_change && assume->path->kind == NODE_PATH && assume->path->path.n > 1) {
    refuse(c, node->span, "changes outside of a scenario",
           "Put it into a scenario, or change the value where it stands.");
  }
}

// True where all of it is refused, so that nothing in it is told again.
static bool refuse_item(Checker *c, const Node *node, bool is_change) {
  switch ((int)node->kind) {
    case NODE_DECLARE:
      if (node->declare.kind == DECLARE_CALENDAR) {
        refuse(c, node->span, "calendars", "Count plain days.");
        return true;
      }
      for (uint32_t i = 0; i < node->declare.props.n; i++)
        refuse_prop(c, &node->declare.props.items[i]);
      return false;
    case NODE_THRESHOLD_ITEM:
      refuse(c, node->span, "thresholds with names", "Write the threshold where the vote is.");
      return true;
    case NODE_ASSUME: refuse_assume(c, node, is_change); return node->assume.kind == ASSUME_NEEDS;
    case NODE_FACT:
      if (node->fact.from) {
        refuse(c, node->fact.from->span, "facts that come about on a day",
               "Leave out \"from\"; wait until that day.");
      }
      return false;
    case NODE_OBSERVE:
    case NODE_OBSERVE_UNTIL:
      refuse(c, node->span, "observations", "Ask for a chance \"given\" the event.");
      return true;
    default: return false;
  }
}

static bool refuse_step(Checker *c, const Node *node) {
  switch ((int)node->kind) {
    case NODE_WAIT_SITTING:
      refuse(c, node->span, "waiting for a sitting", "Wait a number of days.");
      return true;
    case NODE_DECIDE:
      for (uint32_t i = 0; i < node->choice.n; i++) {
        if (node->choice.options[i].kind != OPTION_NEEDS) continue;
        refuse(c, node->choice.options[i].span, "grades of one vote",
               "Hold a vote for each threshold.");
        break;
      }
      return false;
    case NODE_WHILE:
      refuse(c, node->span, "\"while\" loops",
             "Write \"attempt up to N times while …\" or \"repeat N times\".");
      return false;
    case NODE_FOR:
      refuse(c, node->span, "\"for each\"", "Write the steps once for each.");
      return false;
    case NODE_TOGETHER:
      refuse(c, node->span, "\"together\"", "Write the tracks one after the other.");
      return false;
    case NODE_RACE:
      refuse(c, node->span, "\"race\"", "Write the tracks one after the other.");
      return false;
    case NODE_REPEAL:
      refuse(c, node->span, "\"repeal\"", "Enact a second bill and ask for it.");
      return false;
    default: return false;
  }
}

static bool refuse_expression(Checker *c, const Node *node) {
  switch ((int)node->kind) {
    case NODE_UNIT:
      if (node->unit.unit == UNIT_WORKING_DAYS || node->unit.unit == UNIT_CALENDAR_DAYS ||
          node->unit.unit == UNIT_SITTING_DAYS) {
        refuse(c, node->span, "days of a calendar", "Count plain days.");
      }
      return false;
    case NODE_CALL:
      if (!is_days_call(name_of(c, node->call.function.id))) return false;
      refuse(c, node->span, "this spread of days",
             "Use a range such as 20..40 days or 20..30..60 days.");
      return true;
    case NODE_BINARY:
      if (node->binary.op == OP_IN) {
        refuse(c, node->binary.op_span, "\"in\"",
               "Compare with each of them and join with \"or\".");
      }
      return false;
    case NODE_STAT_OF:
      refuse(c, node->span, "questions about a belief itself",
             "Ask for the chance of what depends on it.");
      return true;
    case NODE_THRESHOLD_SHARE: refuse_share_threshold(c, node); return false;
    case NODE_THRESHOLD_COUNT: refuse_count_threshold(c, node); return false;
    case NODE_THRESHOLD_WORD:
      refuse(c, node->span, "this threshold", "Write a share or a number of yes votes.");
      return true;
    case NODE_THRESHOLD_NAME:
      refuse(c, node->span, "thresholds with names", "Write the threshold where the vote is.");
      return true;
    case NODE_THRESHOLD_AND:
    case NODE_THRESHOLD_OR:
      refuse(c, node->span, "joined thresholds", "Hold a vote for each threshold.");
      return true;
    default: return false;
  }
}

static void refuse_node(Checker *c, const Node *node, void *context) {
  const bool *is_change = context;
  bool is_in_change = *is_change || node->kind == NODE_SCENARIO;
  bool is_whole = node->kind < NODE_BLOCK  ? refuse_expression(c, node)
                  : node->kind < NODE_CASE ? refuse_step(c, node)
                                           : refuse_item(c, node, *is_change);
  if (is_whole) return;
  check_children(c, node, refuse_node, &is_in_change);
}

void check_refuse(Checker *c) {
  for (uint32_t f = 0; f < c->tree->n_files; f++) {
    bool is_change = check_is_change_file(c, f);
    const NodeList *items = &c->tree->files[f].items;
    for (uint32_t i = 0; i < items->n; i++) refuse_node(c, items->items[i], &is_change);
  }
}
