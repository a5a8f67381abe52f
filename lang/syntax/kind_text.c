// Kinds of nodes in words, as messages name them.
#include "lang/syntax/tree.h"

const char *node_kind_text(NodeKind kind) {
  switch (kind) {
    case NODE_NUMBER: return "a number";
    case NODE_DATE: return "a date";
    case NODE_TEXT: return "a text";
    case NODE_NOTE: return "a note";
    case NODE_TRUTH: return "true or false";
    case NODE_TODAY: return "today's date";
    case NODE_PATH: return "a name";
    case NODE_IS:
    case NODE_BY: return "an event";
    case NODE_CALL: return "a spread";
    case NODE_NOT:
    case NODE_BINARY:
    case NODE_NEGATE:
    case NODE_IF_VALUE: return "an expression";
    case NODE_RANGE: return "a range";
    case NODE_UNIT: return "a duration";
    case NODE_CHANCE: return "a chance";
    case NODE_CHANCE_OF:
    case NODE_DATE_OF:
    case NODE_STAT_OF: return "a question";
    case NODE_THRESHOLD_SHARE:
    case NODE_THRESHOLD_COUNT:
    case NODE_THRESHOLD_WORD:
    case NODE_THRESHOLD_NAME:
    case NODE_THRESHOLD_AND:
    case NODE_THRESHOLD_OR:
    case NODE_THRESHOLD_ITEM: return "a threshold";
    case NODE_BLOCK: return "a block";
    case NODE_STAGE: return "a stage";
    case NODE_WITHIN:
    case NODE_UNTIL: return "a limit";
    case NODE_WAIT:
    case NODE_WAIT_UNTIL:
    case NODE_WAIT_SITTING: return "a wait";
    case NODE_VOTE: return "a vote";
    case NODE_DECIDE: return "a decision";
    case NODE_RULING: return "a ruling";
    case NODE_DO: return "a call";
    case NODE_MOVE: return "a move";
    case NODE_REQUIRE: return "a requirement";
    case NODE_FAIL: return "a failure";
    case NODE_SUCCEED: return "a success";
    case NODE_END: return "an end";
    case NODE_ATTEMPT: return "an attempt";
    case NODE_REPEAT:
    case NODE_WHILE:
    case NODE_FOR: return "a loop";
    case NODE_IF:
    case NODE_IF_TRIAL: return "an if";
    case NODE_LET:
    case NODE_LET_ITEM: return "a variable";
    case NODE_SET: return "an assignment";
    case NODE_ENACT: return "an enactment";
    case NODE_AMEND: return "an amendment";
    case NODE_LIST: return "a listing";
    case NODE_DELIST: return "a delisting";
    case NODE_REPEAL: return "a repeal";
    case NODE_TOGETHER:
    case NODE_RACE: return "tracks";
    case NODE_CASE: return "a case";
    case NODE_USE: return "a used file";
    case NODE_DECLARE: return "a declaration";
    case NODE_PROCEDURE: return "a procedure";
    case NODE_MOTION: return "a motion";
    case NODE_SCENARIO: return "a scenario";
    case NODE_ASSUME: return "an assumption";
    case NODE_FACT: return "a fact";
    case NODE_OBSERVE:
    case NODE_OBSERVE_UNTIL: return "an observation";
    case NODE_ASK: return "a question";
    case NODE_EXPECT:
    case NODE_EXPECT_NEVER:
    case NODE_EXPECT_ALWAYS: return "a claim";
    case NODE_ERROR:
    case NODE_KINDS: return "something that was not understood";
  }
  return "something that was not understood";
}
