// Shared by the passes that type expressions. A node whose type is unknown has been reported, or
// holds one that has: what stands above it keeps quiet.
#pragma once
#include "lang/check/resolver.h"

// Where an expression stands, which decides what may stand in it.
typedef enum Sight {
  SIGHT_STEP,   // in the steps of a body
  SIGHT_LET,    // a variable of the file
  SIGHT_FILE,   // a property or a belief: nothing is drawn anew there
  SIGHT_CLAIM,  // what is asked or expected: arithmetic of questions and constants
  SIGHT_EVENT,  // the event of a question
} Sight;

typedef struct Where {
  Body *body;  // NULL outside of steps
  Sight sight;
} Where;

// types.c
Type type_of(Checker *c, const Node *node, Where where);  // keeps it in program->types
// Reports where the expression is no `type`; `what` is the message's word for it ("a chance").
Type type_want(Checker *c, const Node *node, Where where, ValueType type, const char *what);
// The same for an expression whose type is known.
Type type_expect(Checker *c, const Node *node, Type t, ValueType type, const char *what);
Type type_value(ValueType type);  // unknown for VALUE_NONE
bool type_is(Type t, ValueType type);
const char *type_text(Type t);

// types_query.c
Type type_question(Checker *c, const Node *node, Where where);  // NODE_CHANCE_OF, NODE_DATE_OF
Type type_by(Checker *c, const Node *node, Where where);
Type type_claim_path(Checker *c, const Node *node);
bool type_lacks_brackets(Checker *c, const Node *node);  // `chance of a and b`, which is told
void type_query(Checker *c, const Node *node);
// Of `S is passed`: "passed", the field that holds its date; NULL for what has none.
const char *type_date_field(const Checker *c, const Node *event);

// types_statement.c
void type_statements(Checker *c, Body *body);
void type_options(Checker *c, const Option *options, uint32_t n, Where where);

// types_declared.c
void type_declared(Checker *c);  // assumptions, facts, variables of the file, chambers
void type_changed(Checker *c);   // scenarios and --set
