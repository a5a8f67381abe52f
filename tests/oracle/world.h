// Shared by the files of the oracle. There is one world at a time. The whole case is run for it
// from the first day, and whatever chance does is asked of a script of choices: `world_choose`
// gives the option that the script names, or lengthens it by the first possible option. After each
// run the script is turned to the next combination not yet seen. So steps are plain sequential
// code, and no world ever has to be copied.
#pragma once
#include "tests/oracle/oracle.h"

typedef struct Record {  // of a step in its current pass; DATE_NONE: it has not happened
  Date reached, passed, failed, expired, inquorate;
  uint32_t option;  // NO_INDEX: none
  Date option_day;
  bool was_reached, was_passed, was_failed;  // in any pass
} Record;

enum { NODES = 8 };     // exact to the 15th power
typedef struct Nodes {  // of a belief: the points that stand for its density
  uint32_t n;
  double at[2 * NODES], weight[2 * NODES];
} Nodes;

typedef struct Choice {
  uint32_t chosen, next;
} Choice;  // next: the next possible option, NO_INDEX for none

typedef struct WorldNow {
  const Program *program;
  const Inputs *inputs;
  Arena *arena;

  VEC(Choice) choices;
  uint32_t n_chosen;  // of this run
  double weight;
  bool has_error;

  Date today;
  VEC(Date) limits;      // those that are running; the first is the case's last day
  uint32_t cut;          // after FLOW_CUT: which of them
  VEC(uint32_t) around;  // the stages and named calls that are running, by index in Program.steps
  Record *records;       // by step
  uint8_t *facts;        // 0 not drawn, 1 true, 2 false
  double *beliefs;       // by assume; NaN while not drawn
  Nodes *nodes;          // by assume; made at the first reading of all worlds
  uint8_t *lines;        // [bloc * entities + thing]: 0 not drawn, else 1 + LineKind
  Value *lets;
  Value **params, **variables;  // by call
  Date *enacted, *in_force;     // by entity
  Date *listed;                 // [register * entities + organization]
  bool is_at_end;
  uint32_t outcome;
} WorldNow;

typedef enum Flow { FLOW_ON, FLOW_FAILED, FLOW_CUT, FLOW_SUCCEED, FLOW_ENDED } Flow;

uint32_t world_choose(WorldNow *w, const double *p, uint32_t n);
Value world_error(WorldNow *w);

// eval.c: expressions, evaluated from left to right and no further than needed.
Value eval(WorldNow *w, uint32_t call, const Node *node);
bool eval_truth(WorldNow *w, uint32_t call, const Node *node);
double eval_chance(WorldNow *w, uint32_t call, const Node *node);
uint32_t eval_count(WorldNow *w, uint32_t call, const Node *node);
Date eval_moment(WorldNow *w, const Node *event);  // of an event at the world's end

// spread.c: what is drawn by itself.
uint32_t spread_days(WorldNow *w, uint32_t call, const Node *range);  // a number of days from today
void spread_belief(WorldNow *w, const Node *spread, Nodes *out);
LineKind spread_line(WorldNow *w, const Rule *rule);
// The chances of all options, `otherwise` given what is left.
void spread_options(WorldNow *w, uint32_t call, const Option *options, uint32_t n, double *p);

// vote.c
typedef enum VoteResult { VOTE_PASSED, VOTE_FAILED, VOTE_INQUORATE } VoteResult;
VoteResult vote_hold(WorldNow *w, uint32_t call, const Node *vote);

// step.c
Flow step_run(WorldNow *w, uint32_t call, const Node *node);
