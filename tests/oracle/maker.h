// Shared by the files of the generator. A script is written from front to back; what has been
// declared is remembered, so that names are only used where they mean something. Every construct
// that branches pays for it in bits (the logarithm of its number of branches); when they are spent,
// only steps without chance are written.
#pragma once
#include <stdbool.h>

#include "lang/base/date.h"
#include "lang/base/text.h"

enum { MAKER_MOST = 64, MAKER_THINGS = 4, MAKER_BODIES = 6, MAKER_BLOCS = 3, MAKER_CHAMBERS = 3 };

typedef enum Kind { KIND_NUMBER, KIND_SHARE, KIND_TRUTH, KIND_DATE, KIND_DURATION, KINDS } Kind;

typedef struct Variable {
  char name[16];
  Kind kind;
  bool is_fixed;
} Variable;  // fixed: it must not be set

typedef struct MadeStep {
  char name[16];
  int body;
  int n_options;  // of the one choice directly in a stage, else 0
  bool is_stage;
} MadeStep;

typedef struct MadeCall {
  char name[16];
  int caller, callee;
} MadeCall;  // name: empty where there is none

typedef struct MadeBody {  // 0: the case; procedures and motions from 1 on
  char name[16];
  bool is_motion, has_bill, has_chamber, has_office, has_organization;
  bool has_value;
  Kind value;    // of its parameter `v`
  int n_movers;  // a1 .. named in `by`
  double bits;
  int n_calls;  // how often it runs
} MadeBody;

typedef struct MadeBloc {
  char name[16];
  int seats;
  bool is_line, is_free_on_b1, is_line_on_b1;
} MadeBloc;

typedef struct MadeChamber {
  char name[16];
  int held, seats, n_blocs;
  bool passes, is_fixed;  // fixed: its seats do not change
  MadeBloc blocs[MAKER_BLOCS];
  bool has_voted[MAKER_THINGS];
} MadeChamber;

typedef struct Maker {
  uint64_t state;
  TextBuilder out;
  double bits;
  int depth;
  Date first, last;
  int body;  // which is being written; -1: outside of bodies
  int n_names;
  MadeBody bodies[MAKER_BODIES];
  int n_bodies;
  MadeStep steps[MAKER_MOST];
  int n_steps;
  MadeCall calls[MAKER_MOST];
  int n_calls;
  Variable variables[MAKER_MOST];  // in scope
  int n_variables, n_globals;
  MadeChamber chambers[MAKER_CHAMBERS];
  bool reads_fact[2], reads_belief[2];
  bool is_plain;  // no beliefs here: the oracle's nodes are exact for low powers only
  int n_direct;   // choices directly in the stage being written
  int direct_options;
} Maker;

uint32_t pick(Maker *m, uint32_t n);  // 0 .. n - 1
bool hits(Maker *m, uint32_t percent);
bool pay(Maker *m, double bits);  // false, and nothing paid, where they are not there
#define add(m, ...) text_addf(&(m)->out, __VA_ARGS__)
extern const char *const maker_things[MAKER_THINGS];

// make_value.c: expressions. Outside of bodies they hold only what the whole file knows.
void make_share(Maker *m);
void make_number(Maker *m);
void make_date(Maker *m);
void make_duration(Maker *m);
void make_value(Maker *m, Kind kind);
void make_condition(Maker *m, int depth);
bool make_span(Maker *m);  // what stands after `wait`

// make_file.c: declarations.
void make_declarations(Maker *m);
void make_threshold(Maker *m, const MadeChamber *chamber);
void make_quorum(Maker *m, const MadeChamber *chamber);

// make_step.c
void make_steps(Maker *m, int most);  // 1 .. most of them
void make_block(Maker *m, int most);
void make_statement(Maker *m);

// make_ask.c
void make_questions(Maker *m);
