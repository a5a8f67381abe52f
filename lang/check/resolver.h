// Shared by the passes that resolve names.
#pragma once
#include "lang/check/checker.h"
#include "lang/source/suggest.h"

typedef struct Visible { NameId name; uint32_t variable; } Visible;

typedef struct Scope {
  uint32_t body;             // NO_INDEX: outside of every body, where only the file's names are seen
  VEC(Visible) variables;    // in sight, innermost last
} Scope;

const char *kind_text(EntityKind kind);  // "a chamber"
Text name_of(const Checker *c, NameId id);
// "did you mean …" among the file's names of some kinds (a bit for each), or any with 0.
void suggest_name(Checker *c, Diagnostic *d, Text word, uint32_t kinds);
bool resolve_step_path(Checker *c, const Node *path, uint32_t body, uint32_t n_parts, Ref *out);  // calls.c; says what is wrong
void resolve_is(Checker *c, const Node *node, uint32_t body);   // the test, once its path is resolved
void resolve_late(Checker *c);                                  // resolve.c: what waited for the calls
