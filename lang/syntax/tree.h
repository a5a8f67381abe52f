// The tree that the parser builds: one tagged union with a common head. It is immutable once parsed; what checking
// finds out lives in arrays indexed by node id. Nodes, lists and texts belong to the program's arena. A node takes only the
// memory that its kind's members need, so it is never copied whole.
//
// Every use of a name that refers to something declared is a NODE_PATH of its own, also where the grammar says only
// `name` (the chamber of a vote, the office of a decision), so that it has a span and an id.
#pragma once
#include "lang/base/names.h"
#include "lang/base/rational.h"
#include "lang/base/value.h"
#include "lang/base/vec.h"
#include "lang/source/source.h"

typedef uint32_t NodeId;  // from 1; 0 is "no node"
typedef struct Node Node;

typedef enum NodeKind {
#define KIND(constant, member) constant,
#include "lang/syntax/kinds.def"
#undef KIND
  NODE_KINDS
} NodeKind;

typedef struct NodeList {
  Node **items;
  uint32_t n;
} NodeList;

typedef struct Name {
  NameId id;  // 0: not given
  Span span;
} Name;

typedef struct NameList {
  Name *items;
  uint32_t n;
} NameList;

typedef struct Title {
  Text text, source;  // without quotes, escapes resolved; n == 0 where absent
  bool has_text, has_source;
  Span span;
} Title;

typedef enum Unit { UNIT_DAYS, UNIT_WEEKS, UNIT_MONTHS, UNIT_YEARS, UNIT_WORKING_DAYS, UNIT_CALENDAR_DAYS, UNIT_SITTING_DAYS } Unit;
typedef enum Stat { STAT_NONE, STAT_MEDIAN, STAT_MEAN, STAT_EARLIEST, STAT_LATEST } Stat;
typedef enum PredKind { PRED_PASSED, PRED_FAILED, PRED_REACHED, PRED_ENACTED, PRED_IN_FORCE, PRED_LISTED, PRED_NAME } PredKind;

typedef struct Pred {
  PredKind kind;
  Name name;       // PRED_NAME: an option, yes, no, abstain, absent, expired, inquorate
  Node *reg;       // PRED_LISTED: path of the register
  Span span;
} Pred;

typedef struct NumberNode { Rational exact; double number; bool is_percent; } NumberNode;  // exact may be none
typedef struct DateNode { Date day; } DateNode;  // DATE_NONE: a date that does not exist (reported by the checker)
typedef struct TextNode { Text text; } TextNode;
typedef struct TruthNode { bool truth; } TruthNode;
typedef struct TodayNode { char none; } TodayNode;
typedef struct PathNode { Name *parts; uint32_t n; } PathNode;              // name FIELD*; in a THRESHOLD_NAME one part
typedef struct IsNode { Node *path; Pred pred; bool negated; } IsNode;
typedef struct ByNode { Node *event, *when; } ByNode;                       // E by D
typedef struct CallNode { Name function; NodeList args; } CallNode;         // beta(9, 1)
typedef struct NegationNode { Node *operand; } NegationNode;                // NOT and unary minus
typedef struct BinaryNode { ValueOp op; Node *left, *right; Span op_span; } BinaryNode;
typedef struct RangeNode { Node *low, *mode, *high; } RangeNode;            // mode NULL: uniform
typedef struct UnitNode { Node *operand; Unit unit; Node *calendar; } UnitNode;  // calendar (or chamber): path or NULL
typedef struct IfValueNode { Node *condition, *then, *otherwise; } IfValueNode;
typedef struct ChanceNode { Node *chance; } ChanceNode;
typedef struct QuestionNode { Stat stat; Node *event, *given; } QuestionNode;  // STAT_OF: event is a path

typedef enum BaseKind { TREE_BASE_SEATS, TREE_BASE_PRESENT, TREE_BASE_VOTES, TREE_BASE_NAME } BaseKind;  // NAME: members or a weight
typedef enum CountKind { COUNT_YES, COUNT_NO, COUNT_ABSTAIN, COUNT_PRESENT, COUNT_ABSENT } CountKind;
typedef enum CountSense { COUNT_PLAIN, COUNT_AT_LEAST, COUNT_AT_MOST } CountSense;
typedef enum ThresholdWord { WORD_UNANIMITY, WORD_NO_OBJECTION, WORD_NO_VETO } ThresholdWord;

typedef struct ThresholdShareNode {
  Rational share;   // majority: 1/2 and more_than; all: 1/1
  bool more_than, is_majority, is_all, against;
  BaseKind base;
  Name base_name;   // of TREE_BASE_NAME; id 0 with TREE_BASE_NAME: no base was written ("2/3" alone), reported by the parser
} ThresholdShareNode;
typedef struct ThresholdCountNode { CountSense sense; Rational count; CountKind kind; } ThresholdCountNode;
typedef struct ThresholdWordNode { ThresholdWord word; } ThresholdWordNode;
typedef struct PairNode { Node *left, *right; } PairNode;

typedef struct BlockNode { NodeList statements; } BlockNode;
typedef struct StageNode { Name name; Title title; Node *block, *otherwise; } StageNode;            // otherwise: the else's statement
typedef struct LimitNode { Node *limit; Title title; Node *block, *expired, *otherwise; } LimitNode; // expired: a block or NULL
typedef struct WaitNode { Node *time; Title title; } WaitNode;               // duration, date, or (SITTING) the chamber's path
typedef struct VoteNode { Node *chamber, *on, *needs, *quorum; Title title; Node *otherwise; } VoteNode;  // otherwise NULL inside a trial

typedef enum OptionKind { OPTION_CHANCE, OPTION_OTHERWISE, OPTION_NEEDS } OptionKind;
typedef struct Option { Name label; OptionKind kind; Node *value; Node *block; Span span; } Option;  // value: chance or threshold; block may be NULL
typedef struct ChoiceNode { Node *who, *on; Title title; Option *options; uint32_t n; } ChoiceNode;   // who: office, chamber, court or NULL
typedef struct InvokeNode { Node *what; NodeList args; Node *by; Name as; Node *otherwise; } InvokeNode;  // DO, MOVE
typedef struct RequireNode { Node *condition; Title title; Node *otherwise; } RequireNode;
typedef struct FailNode { Title title; } FailNode;
typedef struct EmptyNode { char none; } EmptyNode;
typedef struct EndNode { Node *outcome; } EndNode;
typedef struct AttemptNode { Node *times, *pausing, *during, *block, *otherwise; } AttemptNode;  // during: the while condition
typedef struct LoopNode { Node *control, *block; } LoopNode;                  // REPEAT: times; WHILE: condition
typedef struct EachNode { Name name; NodeList over; Node *block; } EachNode;
typedef struct BranchNode {
  Node *condition;   // NODE_IF: an expression; NODE_IF_TRIAL: a VOTE, DO or MOVE without `otherwise`
  bool negated;      // `if not vote …`
  Node *then;        // a block
  Node *otherwise;   // NULL, a block, or another branch node
} BranchNode;
typedef struct AssignNode { Node *target; Name name; Node *value; Title title; } AssignNode;  // LET, LET_ITEM: name; SET: target path
typedef struct EnactNode { Node *bill, *after, *on; } EnactNode;
typedef struct AmendNode { Node *thing, *chance; } AmendNode;
typedef struct ListingNode { Node *organization, *reg; } ListingNode;
typedef struct RepealNode { Node *bill; } RepealNode;
typedef struct NoteNode { Text text; } NoteNode;
typedef struct Track { Name name; Title title; Node *block; } Track;
typedef struct TracksNode { Track *tracks; uint32_t n; Node *otherwise; } TracksNode;

typedef struct CaseItemNode { Text title; Node *from, *until, *block; } CaseItemNode;
typedef struct UseNode { Text path; Span path_span; } UseNode;

typedef enum DeclareKind { DECLARE_MATTER, DECLARE_OUTCOME, DECLARE_ORGANIZATION, DECLARE_REGISTER, DECLARE_BILL, DECLARE_CHAMBER, DECLARE_OFFICE, DECLARE_COURT, DECLARE_CALENDAR } DeclareKind;

typedef enum PropKind {
  PROP_LISTS,     // name: organization (path), value: since
  PROP_SEATS, PROP_BLOC, PROP_LINE, PROP_FREE, PROP_LOYALTY, PROP_TURNOUT, PROP_ABSTAIN, PROP_WEIGHT, PROP_VETO, PROP_FIRM,
  PROP_FOLLOWS, PROP_QUORUM, PROP_PASSES, PROP_TIEBREAK, PROP_SITS, PROP_WEEKDAYS, PROP_EXCEPT, PROP_ALSO, PROP_EVERY,
} PropKind;

typedef struct Prop {
  PropKind kind;
  Span span;           // of the whole property
  Node *name;          // a path: LISTS' organization, LINE/FREE's `on` thing (or NULL), FOLLOWS' path, SITS' calendar; WEIGHT's name as a path
  Node *value;         // expression or threshold
  Option *options;     // LINE { yes: … }
  uint32_t n_options;
  NameList days;       // WEEKDAYS
  Node *from;          // EVERY
  struct Bloc *bloc;   // BLOC
} Prop;

typedef struct PropList { Prop *items; uint32_t n; bool is_partial; } PropList;  // partial: some were not understood
typedef struct Bloc { Name name; Title title; PropList props; NodeId id; } Bloc;

typedef struct DeclareNode { DeclareKind kind; Name name; Title title; PropList props; bool has_body; } DeclareNode;

typedef enum ParamType { PARAM_BILL, PARAM_MATTER, PARAM_ORGANIZATION, PARAM_CHAMBER, PARAM_OFFICE, PARAM_COURT, PARAM_REGISTER, PARAM_DATE, PARAM_NAMED } ParamType;
typedef struct Param { Name name; ParamType type; Name type_name; } Param;   // NAMED: number, share, boolean, duration, …
typedef struct ProcedureNode { Name name; Param *params; uint32_t n_params; Title title; Node *block; } ProcedureNode;
typedef struct Requirement { Node *condition; Title title; } Requirement;
typedef struct MotionNode {
  Name name; Param *params; uint32_t n_params; Title title;
  NodeList by, before;  // paths
  Requirement *requires; uint32_t n_requires;
  Node *block;          // the statements as a block
} MotionNode;
typedef struct ScenarioNode { Name name; Title title; NodeList changes; } ScenarioNode;  // ASSUME, OBSERVE, ASK, EXPECT nodes

typedef enum AssumeKind { ASSUME_VALUE, ASSUME_SPREAD, ASSUME_IS, ASSUME_NEEDS } AssumeKind;
typedef struct AssumeNode { AssumeKind kind; Node *path, *value; Pred pred; Title title; } AssumeNode;  // value: expression or threshold
typedef struct FactNode { Name name; Node *chance, *from; Title title; } FactNode;
typedef struct ObserveNode { Node *event, *on, *odds; Title title; } ObserveNode;  // OBSERVE_UNTIL: event is the date
typedef struct QueryNode { Node *claim; Title title; } QueryNode;
typedef struct ThresholdItemNode { Name name; Node *threshold; Title title; } ThresholdItemNode;

struct Node {
  NodeKind kind;
  NodeId id;
  uint32_t depth;  // of the tree below, kept so that a tree too deep for the stack is refused
  Span span;
  union {
    NumberNode number; DateNode date; TextNode text; TruthNode truth; TodayNode today; PathNode path; IsNode is; ByNode by;
    CallNode call; NegationNode negation; BinaryNode binary; RangeNode range; UnitNode unit; IfValueNode if_value;
    ChanceNode chance; QuestionNode question;
    ThresholdShareNode threshold_share; ThresholdCountNode threshold_count; ThresholdWordNode threshold_word; PairNode pair;
    BlockNode block; StageNode stage; LimitNode limit; WaitNode wait; VoteNode vote; ChoiceNode choice; InvokeNode invoke;
    RequireNode require; FailNode fail; EmptyNode empty; EndNode end; AttemptNode attempt; LoopNode loop; EachNode each;
    BranchNode branch; AssignNode assign; EnactNode enact; AmendNode amend; ListingNode listing; RepealNode repeal;
    NoteNode note; TracksNode tracks;
    CaseItemNode case_item; UseNode use; DeclareNode declare; ProcedureNode procedure; MotionNode motion;
    ScenarioNode scenario; AssumeNode assume; FactNode fact; ObserveNode observe; QueryNode query;
    ThresholdItemNode threshold_item;
  };
};

typedef struct Comment {
  Span span;       // from '#' to the end of the line
  bool alone;      // nothing but white space before it on its line
} Comment;

// One parsed file. Comments and blank lines (more than one line end in a row) are kept beside the tree, in order.
typedef struct TreeFile {
  const SourceFile *file;
  NodeList items;            // in the order of the text
  Comment *comments; uint32_t n_comments;
  Span *blanks; uint32_t n_blanks;
} TreeFile;

// What of the texts is not in the tree because of mistakes, which have been told.
typedef struct Lost {
  VEC(Span) spans;    // passed over; empty where a block begins that is not closed
  VEC(Span) unnamed;  // words that declare something whose name is missing
  bool is_unread;     // a used file, or the rest of one, was not read at all
} Lost;

// All files of a script: the main one first, each used one once.
typedef struct Tree {
  Arena *arena;
  Names *names;
  SourceSet *sources;
  TreeFile *files;
  uint32_t n_files;
  uint32_t n_nodes;   // ids are 1 .. n_nodes
  Lost lost;
} Tree;

const char *node_kind_text(NodeKind kind);  // "a stage", "a vote": for messages
