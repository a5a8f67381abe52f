// The checked program: the tree, what its names mean, what can be called and asked for, and what a what-if may change.
// Everything belongs to the arena of the tree and is constant after checking. What was found about a node stands in
// arrays indexed by node id, never in the tree.
//
// A procedure that is called twice has one body and two calls. Names in a body are resolved once, relative to the call
// that is running: a parameter, a variable and an own step are ordinals of the body. Since procedures never call
// themselves, all calls are known before the run; they and the steps in them are listed in the program.
#pragma once
#include "lang/source/diagnostic.h"
#include "lang/syntax/tree.h"

#define NO_INDEX UINT32_MAX

typedef uint32_t EntityId;  // index into Program.entities

typedef enum EntityKind {
  ENTITY_OUTCOME, ENTITY_ORGANIZATION, ENTITY_REGISTER, ENTITY_BILL, ENTITY_MATTER, ENTITY_OFFICE, ENTITY_COURT,
  ENTITY_CHAMBER, ENTITY_PROCEDURE, ENTITY_MOTION, ENTITY_ASSUME, ENTITY_FACT, ENTITY_LET, ENTITY_SCENARIO,
  ENTITY_KINDS,
} EntityKind;

typedef struct Entity {
  EntityKind kind;
  Name name;
  Title title;
  const Node *node;  // NULL: the built-in outcomes
  uint32_t index;    // within the program's table of its kind (below); organizations, bills, matters, offices: a running number
} Entity;

// What a vote can be on: a bill, a matter or an organization, by its entity id.

typedef struct Listing { EntityId organization; Date since; Span span; } Listing;
typedef struct RegisterInfo { EntityId entity; VEC(Listing) listings; } RegisterInfo;

// How a bloc makes up its mind on a thing: a line for the bloc, or each member freely.
typedef struct Rule {
  bool is_free;
  const Node *share;       // chance of yes (line 60%) or of each member's yes (free 50%); NULL with options
  const Option *options;   // line { yes: … no: … abstain: … absent: … }, in the order of the text
  uint32_t n_options;
  Span span;
  uint32_t input;          // the input that stands for the whole rule
} Rule;

typedef struct RuleOn { EntityId thing; Rule rule; } RuleOn;

typedef struct BlocInfo {
  Name name;
  Title title;
  uint32_t chamber;
  const Node *seats;                          // NULL: one seat
  const Node *loyalty, *turnout, *abstain;    // NULL: 1, 1, 0
  bool has_rule;                              // false only where every vote is on a thing of `on`
  Rule rule;
  VEC(RuleOn) on;
} BlocInfo;

typedef struct ChamberInfo {  // chambers, and courts (which may have no blocs)
  EntityId entity;
  const Node *seats;            // NULL: the sum of the blocs
  const Node *quorum, *passes;  // thresholds or NULL
  uint32_t first_bloc, n_blocs; // in Program.blocs
  bool is_partial;              // some of its or its blocs' properties were not understood
} ChamberInfo;

typedef struct AssumeInfo { EntityId entity; const Node *value; bool is_belief; uint32_t input; ValueType type; } AssumeInfo;
typedef struct FactInfo { EntityId entity; const Node *chance; uint32_t input; } FactInfo;
typedef struct LetInfo { EntityId entity; const Node *value; ValueType type; } LetInfo;  // variables of the whole file

typedef struct ParamInfo {
  Name name;
  bool is_entity;
  EntityKind kind;   // of an entity
  ValueType type;    // of a value; VALUE_NONE: of no known kind, which is told
} ParamInfo;

typedef struct VariableInfo { Name name; ValueType type; const Node *let; } VariableInfo;

typedef struct StepInfo {  // a stage, or a call named with `as`
  Name name;
  const Node *node;     // NODE_STAGE, NODE_DO, NODE_MOVE
  const Node *choice;   // the one decide or ruling directly in the stage, or NULL
  const Node *vote;     // without a choice: the one vote directly in it, or NULL
} StepInfo;

typedef struct Body {  // of the case (index 0), a procedure or a motion
  const Node *node;
  EntityId entity;               // NO_INDEX for the case
  const Node *block;
  VEC(ParamInfo) params;
  VEC(VariableInfo) variables;   // of every `let` in the body
  VEC(StepInfo) steps;
  VEC(const Node *) sites;       // NODE_DO and NODE_MOVE in the body, also those inside `if`
} Body;

typedef struct Arg { bool is_entity; EntityId entity; const Node *value; } Arg;  // a value is evaluated by the caller

typedef struct Call {
  uint32_t body;
  uint32_t parent;        // the calling call; NO_INDEX for the case (call 0)
  const Node *site;       // NODE_DO or NODE_MOVE, NULL for the case
  Arg *args;              // one per parameter; entity arguments that are parameters of the caller are already replaced
  uint32_t *children;     // the call made at each site of the body
  uint32_t first_step;    // index in Program.steps of the body's first step; they follow in order
} Call;

typedef struct Step {
  uint32_t call;
  uint32_t own;           // ordinal within the body of the call
  Text full_name;         // "reading2.filing"; the shortest name that means only this step
} Step;

// What a name (NODE_PATH) means.
typedef enum RefKind {
  REF_NONE,
  REF_ENTITY,         // index: entity id (outcome, organization, register, bill, matter, office, court, chamber, procedure, motion)
  REF_PARAM,          // index: parameter of the own body
  REF_VARIABLE,       // index: variable of the own body
  REF_LET,            // index: Program.lets
  REF_ASSUME,         // index: Program.assumes
  REF_FACT,           // index: Program.facts
  REF_STEP,           // index: Program.steps
  REF_OWN_STEP,       // index: step of the own body
  REF_LINE,           // index: Program.blocs; thing in `thing_kind`, `thing`
} RefKind;

typedef enum Field { FIELD_NONE, FIELD_PASSED, FIELD_FAILED, FIELD_REACHED, FIELD_ENACTED, FIELD_IN_FORCE, FIELD_REPEALED } Field;

typedef struct Ref {
  RefKind kind;
  Field field;          // a date of a step (REF_STEP, REF_OWN_STEP) or of a bill (REF_ENTITY, REF_PARAM)
  uint32_t index;
  RefKind thing_kind;   // REF_LINE: REF_ENTITY or REF_PARAM
  uint32_t thing;
} Ref;

// What `is` asks (NODE_IS); the path beside it says of what.
typedef enum IsKind { IS_NONE, IS_PASSED, IS_FAILED, IS_REACHED, IS_EXPIRED, IS_INQUORATE, IS_OPTION, IS_ENACTED, IS_IN_FORCE, IS_LISTED, IS_LINE } IsKind;
typedef enum LineKind { LINE_IS_YES, LINE_IS_NO, LINE_IS_ABSTAIN, LINE_IS_ABSENT } LineKind;

typedef struct IsTest {
  IsKind kind;
  uint32_t index;       // IS_OPTION: the option of the step's choice; IS_LINE: a LineKind
} IsTest;               // IS_LISTED: the register is the ref of pred.reg

typedef enum TypeKind { TYPE_UNKNOWN, TYPE_VALUE, TYPE_ENTITY, TYPE_DAYS_SPREAD, TYPE_SHARE_SPREAD, TYPE_TEXT, TYPE_STEP, TYPE_LINE } TypeKind;
typedef struct Type { TypeKind kind; ValueType value; EntityKind entity; } Type;

// An input: one expression of the script that a what-if may replace. Paths are unique.
typedef enum InputKind { INPUT_ASSUME, INPUT_FACT, INPUT_RULE, INPUT_LINE_OPTION, INPUT_SHARE, INPUT_SEATS, INPUT_OPTION, INPUT_WAIT, INPUT_LIMIT, INPUT_THRESHOLD } InputKind;
typedef struct Input {
  Text path;            // "veto_chance", "duma.communists.line", "signature.veto", "filing.wait2"
  InputKind kind;
  const Node *value;    // the expression as written; NULL for a rule with options
  Title title;
  Span span;
} Input;

typedef enum ChangeForm { CHANGE_VALUE, CHANGE_SPREAD, CHANGE_LINE, CHANGE_FREE } ChangeForm;  // LINE, FREE: of a rule
typedef struct Change {
  uint32_t input;
  ChangeForm form;
  const Node *value;
  Title title;
  Span span;
} Change;

typedef struct Query {  // an `ask` or `expect`, in the order of the script
  const Node *node;
  uint32_t scenario;    // NO_INDEX: asked always
} Query;

typedef struct ScenarioInfo { EntityId entity; VEC(Change) changes; } ScenarioInfo;

typedef struct Program {
  const Tree *tree;
  Arena *arena;
  const Node *the_case;   // NULL where only checked without a case
  Date first_day, last_day;

  VEC(Entity) entities;
  VEC(EntityId) outcomes;      // the declared ones in order, then completion, failure, undecided
  uint32_t outcome_completion, outcome_failure, outcome_undecided;  // indexes into outcomes
  VEC(RegisterInfo) registers;
  VEC(ChamberInfo) chambers;   // of ENTITY_CHAMBER and ENTITY_COURT alike
  VEC(BlocInfo) blocs;
  VEC(AssumeInfo) assumes;
  VEC(FactInfo) facts;
  VEC(LetInfo) lets;
  VEC(ScenarioInfo) scenarios;
  VEC(Body) bodies;
  VEC(Call) calls;
  VEC(Step) steps;
  VEC(Input) inputs;
  VEC(Query) queries;
  VEC(Change) sets;            // from the change texts beside the script (--set), in order; always in force

  // by node id
  Ref *refs;           // NODE_PATH
  IsTest *tests;       // NODE_IS
  Type *types;         // expressions
  uint32_t *input_of;  // the root of an expression or threshold that is an input: its index, else NO_INDEX
  uint32_t *local;     // NODE_STAGE and named NODE_DO, NODE_MOVE: ordinal among the body's steps (else NO_INDEX); NODE_LET: variable
  uint32_t *site;      // NODE_DO, NODE_MOVE: ordinal among the body's sites
} Program;

// The changes in force: for each input the change or NULL. A copy of the program's table, made by whoever runs it.
typedef struct Inputs {
  const Program *program;
  const Change **of;   // program->inputs.n of them
} Inputs;

Inputs inputs_new(const Program *program, Arena *arena, uint32_t scenario);  // NO_INDEX: none; then the sets
// The expression or threshold that stands at a place of the tree: the written one or the change in force.
const Node *inputs_value(const Inputs *inputs, const Node *written);
// The value of an assumption and whether it is a belief (a spread) now.
const Node *inputs_assume(const Inputs *inputs, uint32_t assume, bool *is_belief);
// The rule of a bloc for a thing, changes applied: `line on X` before the general one. False where the bloc has none for it.
bool inputs_rule(const Inputs *inputs, uint32_t bloc, EntityId thing, Rule *out);

const Entity *program_entity(const Program *program, EntityId id);
Text program_name(const Program *program, EntityId id);
// The entity that a name means in a call: parameters are looked up. NO_INDEX where it is no entity.
EntityId program_entity_at(const Program *program, uint32_t call, const Node *path);
uint32_t program_step_at(const Program *program, uint32_t call, const Node *path);  // REF_STEP, REF_OWN_STEP -> Program.steps
uint32_t program_chamber(const Program *program, EntityId id);  // index in chambers, of a chamber or court
