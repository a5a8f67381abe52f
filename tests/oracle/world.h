// Shared by the files of the oracle. There is one world at a time. The whole case is run for it from
// the first day, and whatever chance does is asked of a script of choices: `world_choose` gives the
// option that the script names, or lengthens it by the first possible option. After each run the
// script is turned to the next combination not yet seen. So steps are plain sequential code, and no
// world ever has to be copied. After an error of a world its run goes on with anything harmless.
#pragma once
#include "tests/oracle/oracle.h"

#define NEVER INT32_MAX  // the moment of what has not happened: the latest of all

typedef struct Choice {
  uint32_t option;
  bool has_next;  // another option behind it is possible
} Choice;

// What a world remembers is a list of notes; the last one on a thing counts.
//   kind              of                           by                 the value
//   IsKind            step, bill or organization   option, register   the day on which it came about
//   EVER + IsKind     step                                            the same, never forgotten
//   NAME + RefKind    index; of a line: bloc       call; thing        of a variable, a fact; LineKind
typedef struct Note {
  uint32_t kind, of, by;
  Value value;  // VALUE_NONE: not happened, forgotten, not drawn
} Note;

enum { EVER = IS_LINE + 1, NAME = 2 * EVER, NODES = 8 };

typedef struct Nodes {  // the points that stand for a belief: exact to the power 2 * NODES - 1
  uint32_t n;
  double at[2 * NODES], weight[2 * NODES];
} Nodes;

typedef struct Limit {
  Date last;
  const struct Limit *outer;  // NULL for the whole case
} Limit;

typedef struct Frame {         // what is running
  uint32_t call, step, stage;  // step: the innermost stage or named call; NO_INDEX: none
  const Limit *limit;
} Frame;

typedef struct World {
  const Program *program;
  const Inputs *inputs;
  Nodes *nodes;  // by assume
  VEC(Choice) choices;
  VEC(Note) notes;
  uint32_t n_chosen, outcome;
  double weight;
  bool has_error, is_at_end;
  Date today;
  Frame frame;
  const Limit *cut;  // after FLOW_CUT
} World;

typedef enum Flow { FLOW_ON, FLOW_FAILED, FLOW_CUT, FLOW_SUCCEED, FLOW_ENDED } Flow;
typedef enum VoteResult { VOTE_PASSED, VOTE_FAILED, VOTE_INQUORATE } VoteResult;

uint32_t world_choose(World *w, const double *p, uint32_t n);
bool world_happens(World *w, double p);
void world_note(World *w, uint32_t kind, uint32_t of, uint32_t by, Value value);
Value world_recall(const World *w, uint32_t kind, uint32_t of, uint32_t by);
Value world_error(World *w);

// Expressions are evaluated from left to right and no further than needed; a range is drawn.
Value eval(World *w, const Node *written);
double eval_chance(World *w, const Node *node);
int32_t eval_whole(World *w, const Node *node, int32_t least);
Date eval_day(World *w, Value value);           // a date, or so long from today
Date eval_moment(World *w, const Node *event);  // the day on which it came about
EntityId eval_entity(const World *w, const Node *path);
uint32_t eval_option(World *w, const Option *options, uint32_t n);  // the one chosen

VoteResult vote_hold(World *w, const Node *node);
Value vote_line(World *w, uint32_t bloc, EntityId thing);  // drawn now unless it was
Flow step_run(World *w, const Node *node);
