// The checker's own rooms share this; nobody outside lang/check includes it. The passes run in the order of the list, each
// over the whole script, and a later one relies on what the earlier ones have found and keeps quiet about what they reported.
#pragma once
#include "lang/check/check.h"
#include "lang/source/suggest.h"

// A step that is asked for by a name that only the list of all calls can tell.
typedef struct Late {
  const Node *path;
  const Node *is;    // the test around it, or NULL
  uint32_t n_parts;  // of the path, without a field
  Field field;
} Late;

// Which of several things was the first with its name, among those of one group: the steps of a body, the blocs of a
// chamber, the options of a choice. The groups follow one another in the same table, so that a script of many small groups
// and one of a large group take the same time.
typedef struct FirstNames {
  uint32_t *group, *first;  // by name id: the last group that had the name, and what was the first in it
  uint32_t now;             // the group, from 1
} FirstNames;

// Names that could have been meant, gathered when a message needs them.
typedef struct Candidates {
  VEC(Text) words;
  VEC(Span) spans;
} Candidates;

typedef struct Checker {
  Program *program;
  const Tree *tree;
  Arena *arena;
  Diagnostics *diagnostics;
  CheckOptions options;
  uint32_t n_names;
  EntityId *by_name;       // by name id: what the files declare under it, NO_INDEX: nothing
  const Node **by_name_other;  // by name id: a calendar or threshold of this name, or NULL
  uint32_t *n_steps;       // by name id: how many steps of bodies have it
  VEC(Late) late;
  FirstNames firsts;       // of one list after the other
  FirstNames own_steps;    // of the body whose names are being resolved
  uint32_t *innermost;     // by name id: 1 + the innermost variable in sight with this name, 0: none
  Candidates known;        // of one message after the other
  uint64_t n_compared;     // names looked at for suggestions
  uint32_t *first_step;    // by name id: the first of the program's steps with this name, and by step the next one
  uint32_t *next_step;
  bool is_expanded;        // all calls are known
  uint32_t n_steps_under;  // the work done on values with changes in force
  uint32_t n_told;         // diagnostics that were there before the first pass
  bool *is_lost;           // by name id: stands in text that was not understood
} Checker;

// Whether a file of the tree holds changes (--set) and no declarations; the script's own files come first.
bool check_is_change_file(const Checker *c, uint32_t file);

// followers.c: what was not understood has no followers.
void check_lose_names(Checker *c);  // before the first pass
void check_lose_steps(Checker *c);  // once all steps are known
bool check_lacks_case(const Checker *c);   // the case may be in what was not understood
bool check_lacks_calls(const Checker *c);  // so may a call
void check_drop_followers(Checker *c);     // takes them back

void check_declare(Checker *c);     // declare.c: entities, chambers, blocs, registers, the case, queries; names used twice
void check_bodies(Checker *c);      // bodies.c: parameters, variables, steps and call sites of every body
void check_refuse(Checker *c);      // refuse.c: what the language has and this version does not run, at its place
void check_resolve(Checker *c);     // resolve.c: refs and is-tests of every path, with suggestions of the right kind
void check_calls(Checker *c);       // calls.c: circles of procedures, all calls, all steps with their names; then the names of steps that only calls can tell
void check_inputs(Checker *c);      // input_table.c: the table of inputs, the changes of scenarios and of --set
void check_types(Checker *c);       // types.c: types of expressions, operands, arguments, conditions, waits, questions
void check_chances(Checker *c);     // chances.c: constant chances and their sums as exact decimals, otherwise
void check_thresholds(Checker *c);  // thresholds.c: bases, reach, seats of blocs
void check_times(Checker *c);       // times.c: dates that do not exist, the case's days, limits
void check_unreachable(Checker *c); // unreachable.c: what no world comes to, where nothing else is wrong

// constant.c: the value of an expression that depends on nothing (literals and their arithmetic, assumptions that are
// constant themselves); false where it depends on a world or is wrong.
bool check_constant(const Program *program, const Node *expression, Value *out);
// The same for a share or number, exactly; false where it is not constant or does not fit.
bool check_constant_exact(const Program *program, const Node *expression, Rational *out);
// Both with changes in force. `steps` grows by the work that it took, so that a caller who asks for many can stop.
bool check_constant_under(const Inputs *inputs, const Node *expression, Value *out, uint32_t *steps);
bool check_constant_exact_under(const Inputs *inputs, const Node *expression, Rational *out, uint32_t *steps);

// walk.c: calls `visit` for the node and everything below it, parents first.
typedef void CheckVisit(Checker *c, const Node *node, void *context);
void check_walk(Checker *c, const Node *node, CheckVisit *visit, void *context);
void check_walk_all(Checker *c, CheckVisit *visit, void *context);  // every item of every file, properties of declarations too
// Only the nodes directly below it, in the order of the text.
void check_children(Checker *c, const Node *node, CheckVisit *visit, void *context);
