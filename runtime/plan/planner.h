// Shared by the files that make a plan; nobody else includes it.
#pragma once
#include "runtime/plan/plan.h"

typedef struct
    PathLabel {  // where an act stands, for its random numbers: the path of names and ordinals
  const char *path;
  uint32_t counts[NODE_KINDS];
  VEC(NameId) calls;  // made so far, by what they are called
} PathLabel;

typedef struct Planner {
  Plan *plan;
  const Program *program;
  const Inputs *inputs;
  Arena *arena;
  Diagnostics *diagnostics;
  PlanOptions options;
  uint32_t *variables;  // column of each variable: [call_variables[call] + variable]
  uint32_t *call_variables, *call_params;
  uint32_t *params;
  uint32_t *listed;          // column of [register index * entities + organization]
  uint32_t *amended;         // column by entity
  Term **assumes;            // by assume, once made
  VEC(uint32_t) places;      // taken
  VEC(Act *) amends, loops;  // finished when all columns are known
  bool is_end;  // terms are read at a world's end: outcomes are known, today is its last day
  const Date *border;  // moments are only compared with this day; NULL: they are dates
  bool is_too_large, is_bad_belief;
  PathLabel *label;  // where the act being made stands
} Planner;

// columns.c
uint32_t column_add(Planner *p, ColumnKind kind, ValueType type, Cell initial, const char *format,
                    ...) __attribute__((format(printf, 5, 6)));
uint32_t column_record(Planner *p, uint32_t *slot,
                       uint32_t step);  // a date or flag of a record, made at its first reading
uint32_t column_variable(Planner *p, uint32_t call, uint32_t variable);
uint32_t column_param(Planner *p, uint32_t call, uint32_t param);
uint32_t column_let(Planner *p, uint32_t let);
uint32_t column_listed(Planner *p, EntityId reg, EntityId organization);
uint32_t column_amended(Planner *p, EntityId thing);
uint32_t column_fact(Planner *p, uint32_t fact);
uint32_t column_belief(Planner *p, uint32_t assume);
uint32_t line_find(Planner *p, uint32_t bloc,
                   EntityId thing);  // plan lines; NO_INDEX where the bloc is free on it
uint32_t place_take(Planner *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
uint32_t reason_add(Planner *p, Span span, Text text);

// terms.c
Term *term_of(Planner *p, uint32_t call, const Node *node);
Term *term_input(Planner *p, uint32_t call,
                 const Node *node);  // of what stands there now, changes applied; NULL for NULL
Term *term_constant(Planner *p, const Node *node, Value value);
Term *term_new(Planner *p, TermKind kind, ValueType type, const Node *node);
Term *term_pair(Planner *p, ValueOp op, Term *a, Term *b, const Node *node);
Term *term_not(Planner *p, Term *a, const Node *node);
bool term_is(const Term *term, bool truth);

// moments.c
Term *term_event(Planner *p, const Node *event);  // a truth at the end
Term *term_moment(Planner *p,
                  const Node *event);  // its date at the end, DATE_NONE where it did not happen
void plan_questions(Planner *p);

// acts.c
typedef struct Where {
  uint32_t call, step;  // step: the innermost around, for `expired`
  uint32_t stage;       // the innermost stage around, for options and `inquorate`
  PathLabel *label;
  bool is_in_loop;
} Where;
Act *act_of(Planner *p, const Where *where, const Node *node);
Act *act_new(Planner *p, const Where *where, ActKind kind, const Node *node);
Act *act_block(Planner *p, const Where *where, const Node *block);
// acts_vote.c
void act_plan_vote(Planner *p, Act *act, const Where *where, const Node *node);
// acts_call.c
Act *act_call(Planner *p, const Where *where, const Node *node);
void act_plan_span(Planner *p, uint32_t call, SpanPlan *span, const Node *time);

// degree.c: how the beliefs are used decides how many nodes are exact
void plan_beliefs(Planner *p);
// live.c
void plan_live(Planner *p);
