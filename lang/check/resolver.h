// Shared by the passes that resolve names.
#pragma once
#include "lang/check/checker.h"

#define KIND(kind) (1u << (kind))
#define KINDS_THING (KIND(ENTITY_BILL) | KIND(ENTITY_MATTER) | KIND(ENTITY_ORGANIZATION))
#define KINDS_VOTER (KIND(ENTITY_CHAMBER) | KIND(ENTITY_COURT))

// What may stand at a place: entities of some kinds, how the message calls them ("a chamber") and
// the code for another.
typedef struct Want {
  uint32_t kinds;
  const char *text;
  DiagnosticCode wrong;
} Want;

typedef struct Visible {
  NameId name;
  uint32_t variable;  // of the body; NO_INDEX: a loop's name, which stands for `entity`
  EntityId entity;
  uint32_t first;   // the variable that was the first with this name in the block
  uint32_t hidden;  // 1 + the variable of this name around it, 0: none
} Visible;

typedef struct Scope {
  uint32_t body;           // NO_INDEX: outside of every body, where only the file's names are seen
  VEC(Visible) variables;  // in sight, innermost last; Checker.innermost finds them by name
  uint32_t block;          // the first of the innermost block
} Scope;

// lookup.c
const char *kind_text(EntityKind kind);  // "a chamber"
Text name_of(const Checker *c, NameId id);
Text path_text(const Checker *c, const Node *path, uint32_t n_parts);  // "a.b.c"
EntityId lookup_entity(const Checker *c, NameId id);                   // NO_INDEX: none
FirstNames first_names_new(const Checker *c);
void first_names_start(FirstNames *names);  // a group
// NO_INDEX: it is the first with its name in the group, or has no name. Else what was the first.
uint32_t first_names_add(const Checker *c, FirstNames *names, NameId id, uint32_t index);
uint32_t first_names_find(const Checker *c, const FirstNames *names, NameId id);  // NO_INDEX: none
// Whether so many errors have been found that one more is only counted: then nothing is looked up for its message.
bool is_only_counted(const Checker *c);
Candidates *candidates_start(Checker *c);  // empty; the one before is gone
void candidates_add(Checker *c, Candidates *known, Name name);
void candidates_add_entities(Checker *c, Candidates *known, uint32_t kinds);
void candidates_add_steps(Checker *c, Candidates *known);
// "no chamber is called …" with the nearest of the known names.
Diagnostic *report_unknown(Checker *c, Span span, Text written, const char *wanted,
                           const Candidates *known);
// A name that is nothing of the wanted kinds: it is known as something else, or not at all.
Diagnostic *report_unfit(Checker *c, Name name, const Want *want, Candidates *known);

// resolve_path.c
bool resolve_entity(Checker *c, const Scope *scope, const Node *path,
                    const Want *want);  // sets the ref
void resolve_path(Checker *c, const Scope *scope, const Node *path);
void resolve_is(Checker *c, const Scope *scope, const Node *node);
const ParamInfo *find_param(const Checker *c, uint32_t body, NameId name, uint32_t *index);

// resolve_step.c
void resolve_step(Checker *c, uint32_t body, const Node *path, uint32_t n_parts, Field field,
                  const Node *is);
void resolve_late(Checker *c);

// resolve_call.c: a call and its arguments; what is beside the call's own names is resolved by
// `expression`.
typedef void ResolveExpression(Checker *c, Scope *scope, const Node *node);
void resolve_invoke(Checker *c, Scope *scope, const Node *node, ResolveExpression *expression);
void resolve_motion(Checker *c, const Body *body);  // its movers and courts
void check_rulings(Checker *c, const Body *body);   // of a motion, once all its names are resolved

// bodies.c: how many choices stand directly in a stage: not in a stage, track or called procedure
// within it
uint32_t count_choices(Checker *c, const Node *stage);

// step_names.c
void name_steps(Checker *c);
// How many steps a path means, at most `max` of which are listed. One whose whole way is spelled
// out wins over the rest.
uint32_t find_steps(const Checker *c, const Name *parts, uint32_t n, uint32_t *found, uint32_t max);

// changes.c: the changes of scenarios and of --set against the table of inputs. `rest`: paths of
// options that take what the others leave, and so are no inputs.
typedef VEC(Text) PathList;
void check_changes(Checker *c, const PathList *rest);

// circles.c
void check_circles(
    Checker *c);  // of assumptions, facts and variables of the file, with every scenario's changes
