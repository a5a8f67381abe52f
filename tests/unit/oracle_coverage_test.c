// What the scripts made by chance hold: over 2,000 of them every step, property, threshold and kind
// of question at least 50 times, and every pair of a step and the place it stands in at least 5
// times. What is rare is printed.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
// cmocka needs the four above
#include <cmocka.h>

#include "lang/check/check.h"
#include "lang/syntax/parse.h"
#include "tests/oracle/generate.h"

enum { SCRIPTS = 2000, FEW = 50, FEW_PAIRS = 5 };

// Where a step stands: in what, and in which of its parts.
#define PLACES(X)                                                                                  \
  X(IN_CASE)                                                                                       \
  X(IN_PROCEDURE)                                                                                  \
  X(IN_MOTION) X(IN_BLOCK) X(IN_STAGE) X(IN_STAGE_ELSE) X(IN_WITHIN) X(IN_WITHIN_EXPIRED)          \
      X(IN_WITHIN_ELSE) X(IN_UNTIL) X(IN_UNTIL_EXPIRED) X(IN_UNTIL_ELSE) X(IN_VOTE_ELSE)           \
          X(IN_DECIDE) X(IN_RULING) X(IN_DO_ELSE) X(IN_MOVE_ELSE) X(IN_REQUIRE_ELSE) X(IN_ATTEMPT) \
              X(IN_ATTEMPT_ELSE) X(IN_REPEAT) X(IN_IF) X(IN_IF_ELSE) X(IN_TRIAL) X(IN_TRIAL_ELSE)

typedef enum Standing {
#define X(name) name,
  PLACES(X)
#undef X
      N_PLACES
} Standing;

static const char *const place_names[] = {
#define X(name) #name,
    PLACES(X)
#undef X
};

static const NodeKind steps[] = {
    NODE_BLOCK,    NODE_STAGE,   NODE_WITHIN, NODE_UNTIL,   NODE_WAIT,   NODE_WAIT_UNTIL,
    NODE_VOTE,     NODE_DECIDE,  NODE_RULING, NODE_DO,      NODE_MOVE,   NODE_REQUIRE,
    NODE_FAIL,     NODE_SUCCEED, NODE_END,    NODE_ATTEMPT, NODE_REPEAT, NODE_IF,
    NODE_IF_TRIAL, NODE_LET,     NODE_SET,    NODE_ENACT,   NODE_AMEND,  NODE_LIST,
    NODE_DELIST,   NODE_NOTE,
};
enum { N_STEPS = sizeof steps / sizeof *steps };

// Anything else worth counting, by name.
static const char *const wanted[] = {
    "seats of a chamber",
    "seats of a bloc",
    "line",
    "line with options",
    "line on",
    "line on with options",
    "free",
    "free on",
    "loyalty",
    "turnout",
    "abstain",
    "quorum",
    "passes by",
    "lists",
    "needs majority of seats",
    "needs share of seats",
    "needs more of seats",
    "needs all of seats",
    "needs majority of present",
    "needs share of present",
    "needs more of present",
    "needs all of present",
    "needs majority of votes",
    "needs share of votes",
    "needs more of votes",
    "needs all of votes",
    "needs majority of members",
    "needs share of members",
    "needs more of members",
    "needs all of members",
    "needs N yes",
    "needs at least N yes",
    "quorum of seats",
    "quorum of members",
    "quorum N present",
    "quorum at least N present",
    "beta",
    "rate",
    "range of shares",
    "triangle of shares",
    "assume formula",
    "fact",
    "let",
    "fixed wait",
    "wait of a range",
    "wait of a triangle",
    "drawn let",
    "drawn set",
    "pausing",
    "while",
    "attempt with a range as pause",
    "vote quorum",
    "vote needs",
    "decide by events",
    "decide on",
    "option of 100%",
    "named do",
    "named move",
    "move by",
    "requires",
    "by",
    "expired",
    "empty expired",
    "in force after",
    "in force on",
    "amend by",
    "if not vote",
    "if not do",
    "if not move",
    "if vote",
    "if do",
    "if move",
    "else if",
    "chance p",
    "today",
    "is passed",
    "is failed",
    "is reached",
    "is expired",
    "is inquorate",
    "is option",
    "is enacted",
    "is in force",
    "is listed",
    "is line",
    "is not",
    "date of a step",
    "date of a bill",
    "if then else",
    "and",
    "or",
    "not",
    "days",
    "weeks",
    "months",
    "years",
    "chance of",
    "chance of by",
    "chance given",
    "date of",
    "median date",
    "mean date",
    "earliest date",
    "latest date",
    "date given",
    "(E or F)",
    "(E and F) by",
    "never",
    "always",
    "expect chance",
    "undecided",
};
enum { N_WANTED = sizeof wanted / sizeof *wanted };

typedef struct Count {
  const Program *program;
  uint32_t pairs[N_PLACES][NODE_KINDS], kinds[NODE_KINDS];
  uint32_t things[N_WANTED];
} Count;

static void see(Count *c, const char *name) {
  for (uint32_t i = 0; i < N_WANTED; i++) {
    if (strcmp(wanted[i], name) != 0) continue;
    c->things[i]++;
    return;
  }
  fail_msg("nobody counts \"%s\"", name);
}

static void see_if(Count *c, bool holds, const char *name) {
  if (holds) see(c, name);
}

// --- Expressions ---

static void count_value(Count *c, const Node *node);

static void count_is(Count *c, const Node *node) {
  static const char *const names[] = {
      [IS_PASSED] = "is passed",   [IS_FAILED] = "is failed",       [IS_REACHED] = "is reached",
      [IS_EXPIRED] = "is expired", [IS_INQUORATE] = "is inquorate", [IS_OPTION] = "is option",
      [IS_ENACTED] = "is enacted", [IS_IN_FORCE] = "is in force",   [IS_LISTED] = "is listed",
      [IS_LINE] = "is line",
  };
  see(c, names[c->program->tests[node->id].kind]);
  see_if(c, node->is.negated, "is not");
}

static void count_path(Count *c, const Node *node) {
  const Ref *ref = &c->program->refs[node->id];
  see_if(c, ref->field == FIELD_ENACTED || ref->field == FIELD_IN_FORCE, "date of a bill");
  see_if(c, ref->field >= FIELD_PASSED && ref->field <= FIELD_REACHED, "date of a step");
  see_if(c,
         ref->kind == REF_ENTITY &&
             c->program->entities.items[ref->index].index == c->program->outcome_undecided &&
             c->program->entities.items[ref->index].kind == ENTITY_OUTCOME,
         "undecided");
}

static void count_question(Count *c, const Node *node) {
  static const char *const stats[] = {"date of", "median date", "mean date", "earliest date",
                                      "latest date"};
  const Node *event = node->question.event;
  if (node->kind == NODE_CHANCE_OF) {
    see(c, "chance of");
    see_if(c, event->kind == NODE_BY, "chance of by");
    see_if(c, node->question.given, "chance given");
  } else {
    see(c, stats[node->question.stat]);
    see_if(c, node->question.given, "date given");
  }
  see_if(c, event->kind == NODE_BINARY && event->binary.op == OP_OR, "(E or F)");
  see_if(c,
         event->kind == NODE_BY && event->by.event->kind == NODE_BINARY &&
             event->by.event->binary.op == OP_AND,
         "(E and F) by");
  count_value(c, event);
  count_value(c, node->question.given);
}

static void count_value(Count *c, const Node *node) {
  static const char *const units[] = {[UNIT_DAYS] = "days",
                                      [UNIT_WEEKS] = "weeks",
                                      [UNIT_MONTHS] = "months",
                                      [UNIT_YEARS] = "years"};
  if (!node) return;
  switch ((int)node->kind) {
    case NODE_TODAY: see(c, "today"); return;
    case NODE_PATH: count_path(c, node); return;
    case NODE_IS: count_is(c, node); return;
    case NODE_BY: count_value(c, node->by.event); return;
    case NODE_NOT:
      see(c, "not");
      count_value(c, node->negation.operand);
      return;
    case NODE_BINARY:
      see_if(c, node->binary.op == OP_AND, "and");
      see_if(c, node->binary.op == OP_OR, "or");
      count_value(c, node->binary.left);
      count_value(c, node->binary.right);
      return;
    case NODE_RANGE: count_value(c, node->range.high); return;
    case NODE_UNIT: see(c, units[node->unit.unit]); return;
    case NODE_IF_VALUE:
      see(c, "if then else");
      count_value(c, node->if_value.condition);
      return;
    case NODE_CHANCE: see(c, "chance p"); return;
    case NODE_CHANCE_OF:
    case NODE_DATE_OF: count_question(c, node); return;
    default: return;
  }
}

// --- Thresholds, properties ---

static void count_threshold(Count *c, const Node *t, bool is_quorum) {
  static const char *const bases[] = {"seats", "present", "votes", "members"};
  if (!t) return;
  char name[64];
  if (t->kind == NODE_THRESHOLD_COUNT) {
    snprintf(name, sizeof name, "%s %sN %s", is_quorum ? "quorum" : "needs",
             t->threshold_count.sense == COUNT_AT_LEAST ? "at least " : "",
             is_quorum ? "present" : "yes");
  } else if (is_quorum) {
    snprintf(name, sizeof name, "quorum of %s", bases[t->threshold_share.base]);
  } else {
    const ThresholdShareNode *share = &t->threshold_share;
    snprintf(name, sizeof name, "needs %s of %s",
             share->is_majority ? "majority"
             : share->is_all    ? "all"
             : share->more_than ? "more"
                                : "share",
             bases[share->base]);
  }
  see(c, name);
}

static void count_rule(Count *c, const Prop *prop) {
  bool is_on = prop->name, has_options = prop->n_options > 0;
  if (prop->kind == PROP_FREE) see(c, is_on ? "free on" : "free");
  else if (is_on) see(c, has_options ? "line on with options" : "line on");
  else see(c, has_options ? "line with options" : "line");
}

static void count_props(Count *c, const PropList *props, bool is_bloc) {
  for (uint32_t i = 0; i < props->n; i++) {
    const Prop *prop = &props->items[i];
    count_value(c, prop->kind == PROP_QUORUM || prop->kind == PROP_PASSES ? NULL : prop->value);
    switch ((int)prop->kind) {
      case PROP_LISTS: see(c, "lists"); break;
      case PROP_SEATS: see(c, is_bloc ? "seats of a bloc" : "seats of a chamber"); break;
      case PROP_BLOC: count_props(c, &prop->bloc->props, true); break;
      case PROP_LINE:
      case PROP_FREE: count_rule(c, prop); break;
      case PROP_LOYALTY: see(c, "loyalty"); break;
      case PROP_TURNOUT: see(c, "turnout"); break;
      case PROP_ABSTAIN: see(c, "abstain"); break;
      case PROP_QUORUM:
        see(c, "quorum");
        count_threshold(c, prop->value, true);
        break;
      case PROP_PASSES:
        see(c, "passes by");
        count_threshold(c, prop->value, false);
        break;
      default: break;
    }
  }
}

// --- Steps ---

static void count_step(Count *c, const Node *node, Standing place);

static void count_block(Count *c, const Node *block, Standing place) {
  for (uint32_t i = 0; block && i < block->block.statements.n; i++)
    count_step(c, block->block.statements.items[i], place);
}

// An else: a step or a block.
static void count_else(Count *c, const Node *otherwise, Standing place) {
  if (!otherwise) return;
  if (otherwise->kind == NODE_BLOCK) count_block(c, otherwise, place);
  else count_step(c, otherwise, place);
}

static void count_limit(Count *c, const Node *node) {
  bool is_within = node->kind == NODE_WITHIN;
  const Node *expired = node->limit.expired;
  count_value(c, node->limit.limit);
  see_if(c, expired, "expired");
  see_if(c, expired && expired->block.statements.n == 0, "empty expired");
  count_block(c, node->limit.block, is_within ? IN_WITHIN : IN_UNTIL);
  count_block(c, expired, is_within ? IN_WITHIN_EXPIRED : IN_UNTIL_EXPIRED);
  count_else(c, node->limit.otherwise, is_within ? IN_WITHIN_ELSE : IN_UNTIL_ELSE);
}

static void count_choice(Count *c, const Node *node) {
  bool is_ruling = node->kind == NODE_RULING, has_otherwise = false;
  see_if(c, !node->choice.who, "decide by events");
  see_if(c, !is_ruling && node->choice.on, "decide on");
  for (uint32_t i = 0; i < node->choice.n; i++) {
    count_value(c, node->choice.options[i].value);
    has_otherwise |= node->choice.options[i].kind == OPTION_OTHERWISE;
    count_block(c, node->choice.options[i].block, is_ruling ? IN_RULING : IN_DECIDE);
  }
  see_if(c, !has_otherwise, "option of 100%");
}

static void count_vote(Count *c, const Node *node) {
  see_if(c, node->vote.quorum, "vote quorum");
  see_if(c, node->vote.needs, "vote needs");
  count_threshold(c, node->vote.needs, false);
  count_threshold(c, node->vote.quorum, true);
  count_else(c, node->vote.otherwise, IN_VOTE_ELSE);
}

static void count_invoke(Count *c, const Node *node) {
  bool is_move = node->kind == NODE_MOVE;
  see_if(c, node->invoke.as.id, is_move ? "named move" : "named do");
  see_if(c, node->invoke.by, "move by");
  for (uint32_t i = 0; i < node->invoke.args.n; i++) count_value(c, node->invoke.args.items[i]);
  count_else(c, node->invoke.otherwise, is_move ? IN_MOVE_ELSE : IN_DO_ELSE);
}

static void count_attempt(Count *c, const Node *node) {
  const Node *pausing = node->attempt.pausing;
  see_if(c, pausing, "pausing");
  see_if(c, pausing && pausing->kind == NODE_RANGE, "attempt with a range as pause");
  see_if(c, node->attempt.during, "while");
  count_value(c, pausing);
  count_value(c, node->attempt.during);
  count_block(c, node->attempt.block, IN_ATTEMPT);
  count_else(c, node->attempt.otherwise, IN_ATTEMPT_ELSE);
}

static void count_branch(Count *c, const Node *node) {
  const BranchNode *branch = &node->branch;
  bool is_trial = node->kind == NODE_IF_TRIAL;
  if (is_trial) {
    NodeKind kind = branch->condition->kind;
    const char *what = kind == NODE_VOTE ? "vote" : kind == NODE_DO ? "do" : "move";
    char name[32];
    snprintf(name, sizeof name, "if %s%s", branch->negated ? "not " : "", what);
    see(c, name);
    count_step(c, branch->condition, IN_TRIAL);
  } else {
    count_value(c, branch->condition);
  }
  count_block(c, branch->then, is_trial ? IN_TRIAL : IN_IF);
  see_if(c, branch->otherwise && branch->otherwise->kind != NODE_BLOCK, "else if");
  count_else(c, branch->otherwise, is_trial ? IN_TRIAL_ELSE : IN_IF_ELSE);
}

static void count_wait(Count *c, const Node *node) {
  const Node *time = node->wait.time;
  count_value(c, time);
  if (node->kind != NODE_WAIT) return;
  see(c, time->kind != NODE_RANGE ? "fixed wait"
         : time->range.mode       ? "wait of a triangle"
                                  : "wait of a range");
}

static void count_step(Count *c, const Node *node, Standing place) {
  c->pairs[place][node->kind]++;
  c->kinds[node->kind]++;
  switch ((int)node->kind) {
    case NODE_BLOCK: count_block(c, node, IN_BLOCK); return;
    case NODE_STAGE:
      count_block(c, node->stage.block, IN_STAGE);
      count_else(c, node->stage.otherwise, IN_STAGE_ELSE);
      return;
    case NODE_WITHIN:
    case NODE_UNTIL: count_limit(c, node); return;
    case NODE_WAIT:
    case NODE_WAIT_UNTIL: count_wait(c, node); return;
    case NODE_VOTE: count_vote(c, node); return;
    case NODE_DECIDE:
    case NODE_RULING: count_choice(c, node); return;
    case NODE_DO:
    case NODE_MOVE: count_invoke(c, node); return;
    case NODE_REQUIRE:
      count_value(c, node->require.condition);
      count_else(c, node->require.otherwise, IN_REQUIRE_ELSE);
      return;
    case NODE_ATTEMPT: count_attempt(c, node); return;
    case NODE_REPEAT: count_block(c, node->loop.block, IN_REPEAT); return;
    case NODE_IF:
    case NODE_IF_TRIAL: count_branch(c, node); return;
    case NODE_LET:
    case NODE_SET:
      see_if(c, node->assign.value->kind == NODE_RANGE,
             node->kind == NODE_LET ? "drawn let" : "drawn set");
      count_value(c, node->assign.value);
      return;
    case NODE_ENACT:
      see_if(c, node->enact.after, "in force after");
      see_if(c, node->enact.on, "in force on");
      return;
    case NODE_AMEND: see_if(c, node->amend.chance, "amend by"); return;
    default: return;
  }
}

// --- Scripts ---

static void count_assume(Count *c, const Node *node) {
  const Node *value = node->assume.value;
  if (node->assume.kind == ASSUME_VALUE) {
    see(c, "assume formula");
  } else if (value->kind == NODE_RANGE) {
    see(c, value->range.mode ? "triangle of shares" : "range of shares");
  } else {
    see(c, text_equal(names_text(c->program->tree->names, value->call.function.id), TEXT("rate"))
               ? "rate"
               : "beta");
  }
}

static void count_item(Count *c, const Node *node) {
  switch ((int)node->kind) {
    case NODE_CASE: count_block(c, node->case_item.block, IN_CASE); return;
    case NODE_PROCEDURE: count_block(c, node->procedure.block, IN_PROCEDURE); return;
    case NODE_MOTION:
      see_if(c, node->motion.by.n, "by");
      see_if(c, node->motion.n_requires, "requires");
      for (uint32_t i = 0; i < node->motion.n_requires; i++)
        count_value(c, node->motion.requires[i].condition);
      count_block(c, node->motion.block, IN_MOTION);
      return;
    case NODE_DECLARE: count_props(c, &node->declare.props, false); return;
    case NODE_ASSUME: count_assume(c, node); return;
    case NODE_FACT:
      see(c, "fact");
      count_value(c, node->fact.chance);
      return;
    case NODE_LET_ITEM: see(c, "let"); return;
    case NODE_EXPECT:
      see(c, "expect chance");
      count_value(c, node->query.claim->binary.left);
      return;
    case NODE_ASK: count_value(c, node->query.claim); return;
    case NODE_EXPECT_NEVER:
    case NODE_EXPECT_ALWAYS:
      see(c, node->kind == NODE_EXPECT_NEVER ? "never" : "always");
      count_value(c, node->query.claim);
      return;
    default: return;
  }
}

static void count_script(Count *c, uint64_t seed) {
  Arena *arena = arena_new();
  Text text = generate_script(arena, seed);
  Diagnostics *diagnostics = diagnostics_new(arena);
  ParseInput input = {.path = "script", .text = &text};
  const Tree *tree = parse_script(arena, &input, diagnostics);
  CheckOptions options = {true, parse_n_script_files(tree, &input)};
  c->program = check_program(tree, options, diagnostics);
  if (diagnostics->n_errors)
    fail_msg("seed %llu: %.*s", (unsigned long long)seed,
             TEXT_ARG(diagnostics->items.items[0]->title));
  for (uint32_t i = 0; i < tree->files[0].items.n; i++)
    count_item(c, tree->files[0].items.items[i]);
  arena_free(arena);
}

static void everything_occurs(void **state) {
  (void)state;
  static Count count;
  uint32_t n_rare = 0, fewest = UINT32_MAX;
  for (uint64_t seed = 1; seed <= SCRIPTS; seed++) count_script(&count, seed);
  for (uint32_t i = 0; i < N_STEPS; i++) {
    if (count.kinds[steps[i]] >= FEW) continue;
    printf("%s: %u times\n", node_kind_text(steps[i]), count.kinds[steps[i]]);
    n_rare++;
  }
  for (uint32_t i = 0; i < N_WANTED; i++) {
    if (count.things[i] >= FEW) continue;
    printf("%s: %u times\n", wanted[i], count.things[i]);
    n_rare++;
  }
  for (uint32_t place = 0; place < N_PLACES; place++) {
    for (uint32_t i = 0; i < N_STEPS; i++) {
      uint32_t n = count.pairs[place][steps[i]];
      if (n < fewest) fewest = n;
      if (n >= FEW_PAIRS) continue;
      printf("%s %s: %u times\n", node_kind_text(steps[i]), place_names[place], n);
      n_rare++;
    }
  }
  printf("the rarest pair occurs %u times\n", fewest);
  assert_int_equal(n_rare, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(everything_occurs)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
