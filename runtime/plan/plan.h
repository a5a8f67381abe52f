// What one walk needs: the program with its inputs as a tree of acts. Every call stands in it on its own, so that names
// have become columns of the table of worlds, arguments have become entities, and each place has its own random numbers.
// The plan also knows which columns are still read after each act (`live_out`): the walk makes equal worlds one by it.
// A plan is made anew for each walk, is constant while it is walked, and belongs to its arena.
#pragma once
#include "lang/check/program.h"
#include "runtime/chance/days.h"
#include "runtime/chance/points.h"
#include "runtime/chance/share_table.h"
#include "runtime/vote/vote.h"
#include "runtime/world/world.h"

#define NO_COLUMN UINT32_MAX

typedef struct Term Term;
typedef struct Act Act;

// --- Expressions ---
typedef enum TermKind {
  TERM_CONSTANT,  // value
  TERM_CELL,      // a column, of `type`
  TERM_EQUALS,    // column = word: a truth
  TERM_HAPPENED,  // the date in the column is one: a truth
  TERM_HELD,      // … and is not later than today
  TERM_FACT,      // index: plan facts
  TERM_BELIEF,    // index: plan beliefs
  TERM_LINE,      // index: plan lines; word: the Line; false while it is not drawn
  TERM_TODAY,
  TERM_NOT,
  TERM_NEGATE,
  TERM_BINARY,  // op
  TERM_IF,      // a ? b : c
  TERM_CHANCE,  // true with chance a, drawn into the column at each reading
  TERM_UNIT,    // a (a number) of unit: a duration
  TERM_EARLIER,
  TERM_LATER,  // of two moments a and b; DATE_NONE is "never"
} TermKind;

struct Term {
  TermKind kind;
  ValueType type;
  bool draws;        // evaluation may split a world: facts, beliefs, chance, today
  const Node *node;  // for messages
  Value value;
  uint32_t column, index, place;
  int32_t word;
  ValueOp op;
  Unit unit;
  Term *a, *b, *c;
  uint32_t size;    // nodes, counted as often as they are evaluated
  uint64_t *reads;  // columns, made by live.c
};

// A number of units as a duration; it must be whole.
ValueStatus term_unit(double number, Unit unit, Value *out);

// --- What a column holds: enough to show a world in a message ---
typedef enum ColumnKind {
  COLUMN_FACT,
  COLUMN_BELIEF,
  COLUMN_LINE,
  COLUMN_AMENDED,
  COLUMN_VARIABLE,
  COLUMN_PARAM,
  COLUMN_LET,
  COLUMN_RECORD,
  COLUMN_EVER,
  COLUMN_BILL,
  COLUMN_LISTED,
  COLUMN_LIMIT,
  COLUMN_TIMES,
  COLUMN_CHANCE,
  COLUMN_REASON,
  COLUMN_OUTCOME,
  COLUMN_DRAW,
} ColumnKind;

typedef struct Column {
  ColumnKind kind;
  ValueType type;  // of variables, parameters, lets
  Text
      name;  // "ceased", "duma.communists on mechanism"; empty where it is of no interest to a reader
} Column;

typedef struct FactPlan {
  uint32_t column, place;
  Term *chance;
} FactPlan;  // column: 0 not drawn, 1 true, 2 false

#define NO_DEGREE UINT32_MAX

typedef struct Draws {  // of all beliefs together
  uint32_t n;
  double **value;  // [assume][draw]; NULL: of no belief that is read
} Draws;

typedef struct BeliefPlan {  // column: NaN while not drawn
  uint32_t column, place, assume;
  ShareSpread spread;
  uint32_t n_nodes;
  double *node, *weight;  // the Gauss rule
  ShareTable table;       // for sampling
  bool is_exact_rule;     // the rule is exact for every way in which the belief is used
  double jump_error;      // by how much it may be wrong where answers jump at a value of the belief
  uint32_t
      degree;  // by draw: of the chances as polynomials in the belief; NO_DEGREE: none is known
} BeliefPlan;

typedef struct LinePlan {  // a bloc's line on a thing; column: 0 not drawn, else 1 + Line
  uint32_t bloc, column, place;
  EntityId thing;
  uint32_t amended;          // column: times the thing was amended (sampling)
  Term *yes;                 // line 60%; or the chances of the four lines
  Term *chance[LINE_KINDS];  // NULL: chance 0, or
  uint32_t otherwise;        // the line that takes what is left, LINE_KINDS for none
} LinePlan;

// What is kept of the day on which something happened: the day itself; else, by draw, the first of the borders that is not
// before it, or DATE_LAST; else nothing. A border is a fixed day D that is asked as `by D`.
typedef struct DayNeed {
  bool is_dated;
  VEC(Date) borders;
} DayNeed;

typedef struct
    RecordPlan {  // of a step; NO_COLUMN where nobody asks. Dates, or 0 for "it happened"
  uint32_t reached, passed, failed, expired, inquorate, option, option_day;
  DayNeed days;
  bool is_in_loop;   // the step can be visited again
  uint32_t ever[3];  // of a stage in a loop: reached, passed, failed at some time
} RecordPlan;

typedef struct BillPlan {
  uint32_t enacted, in_force;
  DayNeed enacted_days;
} BillPlan;

// --- Statements ---
typedef enum ActKind {
  ACT_BLOCK,
  ACT_STAGE,
  ACT_LIMIT,
  ACT_WAIT,
  ACT_VOTE,
  ACT_CHOICE,
  ACT_CALL,
  ACT_REQUIRE,
  ACT_FAIL,
  ACT_SUCCEED,
  ACT_END,
  ACT_ATTEMPT,
  ACT_REPEAT,
  ACT_IF,
  ACT_TRY,
  ACT_SET,
  ACT_ENACT,
  ACT_AMEND,
  ACT_LISTING,
  ACT_NOTHING,
} ActKind;

typedef struct SpanPlan {  // a length of time: fixed (high NULL), uniform (mode NULL) or a triangle
  Term *low, *mode, *high;  // numbers of `unit`; a fixed one: low is a duration or a date (`until`)
  Unit unit;
  bool is_constant;  // `days` holds it, whatever the world and the day
  DaySpread days;
} SpanPlan;

typedef struct BlocPlan {  // a bloc in one vote
  uint32_t line;           // plan lines; NO_INDEX: free
  Term *free;
  Term *seats, *turnout, *loyalty, *abstain;  // NULL: 1, 1, 1, 0
} BlocPlan;

typedef struct VotePlan {
  BlocPlan *blocs;
  uint32_t n_blocs, chamber;
  EntityId thing;
  Term *seats;  // NULL: the sum of the blocs
  VoteNeed need, quorum;
} VotePlan;

typedef struct OptionPlan {
  Term *chance;
  Act *act;
} OptionPlan;  // chance NULL: otherwise; act NULL: nothing

struct Act {
  ActKind kind;
  const Node *node;
  uint32_t call, place;
  bool is_in_loop;
  uint64_t *live_out;     // after it has gone on
  uint64_t *live_else;    // where its failures are handled
  Act *body, *otherwise;  // otherwise: the else
  uint32_t
      step;  // STAGE, CALL: its record. VOTE, CHOICE, LIMIT: the step whose record it writes; NO_INDEX
  Term *term;     // condition, chance, times, value, limit, `after` or `on`
  SpanPlan span;  // WAIT, ATTEMPT's pause, SET to a spread
  union {
    struct {
      Act **acts;
      uint32_t n;
    } block;
    struct {
      Act *expired;
      uint32_t column;
      bool is_until;
    } limit;
    struct {
      bool is_until;
    } wait;
    struct {
      VotePlan *plan;
    } vote;
    struct {
      OptionPlan *options;
      uint32_t n;
    } choice;
    struct {
      Term **args;
      uint32_t *columns;
      uint32_t n_args;
      Term **requires;
      uint32_t *reasons;
      uint32_t n_requires;
      uint32_t standing;
    } invoke;  // reasons: plan reasons; standing: NO_INDEX, or the reason why it is out of order
    struct {
      uint32_t outcome;
    } end;
    struct {
      uint32_t column;
      uint32_t *forget;
      uint32_t n_forget;
      Term *during;
      bool pauses;
      uint32_t radix;
      uint64_t *live_back;
    } loop;
    struct {
      Act *trial, *then, *orelse;
      bool negated;
    } branch;
    struct {
      uint32_t column;
      bool draws;
    } set;
    struct {
      BillPlan *bill;
      bool is_on;
    } enact;
    struct {
      EntityId thing;
      uint32_t *lines;
      uint32_t n;
      uint32_t amended;
      uint32_t *places;
    } amend;
    struct {
      uint32_t column;
      bool is_listed;
    } listing;
  };
  uint32_t
      reason;  // VOTE, REQUIRE, FAIL, LIMIT, ATTEMPT: what its own failure is called (plan reasons)
};

typedef struct ReasonPlan {
  Text text;
  Span span;
} ReasonPlan;

typedef enum Event { EVENT_REACHED, EVENT_PASSED, EVENT_FAILED } Event;  // of a step

// --- Questions: sums over the worlds at their ends ---
typedef struct Measure {
  Term *event;   // counted where it is true
  Term *moment;  // not NULL: by its day
  uint32_t
      step;  // not NO_INDEX: by the day on which this step was reached, passed or failed, which
  Event of;  // the walk counts as it goes, so that no world has to keep it
} Measure;

typedef struct QuestionPlan {
  const Node *node;       // NODE_CHANCE_OF, NODE_DATE_OF; the condition of never and always
  uint32_t event, given;  // measures; given NO_INDEX: every world
} QuestionPlan;

typedef struct Plan {
  const Program *program;
  const Inputs *inputs;
  Arena *arena;
  Act *root;
  VEC(Column) columns;
  VEC(ColumnShape) shapes;
  FactPlan *facts;      // by fact; column NO_COLUMN: never read
  BeliefPlan *beliefs;  // by assume
  VEC(LinePlan) lines;
  RecordPlan *records;   // by step
  VEC(uint32_t) stages;  // their steps, in the order in which the case comes to them
  BillPlan *bills;       // by entity
  VEC(ReasonPlan) reasons;
  VEC(Measure) measures;
  VEC(QuestionPlan) questions;
  Term **lets;  // by let: its value on the first day
  uint32_t *let_columns;
  uint32_t reason_column, outcome_column;
  bool is_by_draw;
  Draws draws;           // POINTS of them, evenly spread over the beliefs' quantiles
  uint32_t draw_column;  // exact by draw: the number of the draw
  uint64_t *live_at_end;
  uint32_t n_words;  // 64-bit words of a live set
  uint32_t n_acts;
} Plan;

typedef struct PlanOptions {
  uint32_t scenario;  // whose questions are asked
  uint32_t nodes;     // at most so many nodes for a belief (each side of a triangle)
  bool is_exact;
  bool
      probes_ends;  // beliefs take two values, just inside the ends of their range: a walk that only looks for errors
  // Beliefs are known from the start, in each of POINTS draws of all together, and only the chances that a range is told
  // of are asked: a world keeps nothing for its places, reasons and dates.
  bool is_by_draw;
} PlanOptions;

// Whether a range over the beliefs is told of what is asked: of a chance, or of what numbers and chances without a
// condition make together.
bool plan_has_range(const Node *claim);

// NULL after an error (too large a script), which is in `diagnostics`.
Plan *plan_new(const Program *program, const Inputs *inputs, PlanOptions options, Arena *arena,
               Diagnostics *diagnostics);
void plan_free(Plan *plan);  // what does not lie in the arena

static inline bool live_has(const uint64_t *live, uint32_t column) {
  return live[column / 64] >> (column % 64) & 1;
}
