// What the parser's actions call to build the tree: one function for nodes of every kind, and those
// few shapes that take more than filling in a struct. Everything lives in the arena of the tree.
#pragma once
#include "lang/source/diagnostic.h"
#include "lang/syntax/tree.h"

#define NODE_MAX_COUNT 4000000  // of a script; a tree of this size takes about 1 GB
#define NODE_MAX_DEPTH 1000     // trees and brackets; what recurses over a tree may rely on it

typedef VEC(Node *) NodeVec;
typedef VEC(Name) NameVec;
typedef VEC(Option) OptionVec;
typedef struct PropVec {
  Prop *items;
  uint32_t n, cap;
  bool is_partial;
} PropVec;
typedef VEC(Param) ParamVec;
typedef VEC(Requirement) RequirementVec;
typedef VEC(Track) TrackVec;

// The parts of statements that the grammar names apart.
typedef struct BaseRef {
  BaseKind kind;
  Name name;
} BaseRef;
typedef struct WhenForce {
  Node *after, *on;
} WhenForce;
typedef struct Trial {
  Node *step;
  bool negated;
} Trial;
typedef struct Clauses {
  NodeList by, before;
  RequirementVec requires;
} Clauses;
typedef struct UnitRef {
  Unit unit;
  Node *calendar;
} UnitRef;
typedef struct OptionalBody {
  PropVec props;
  bool has_body;
} OptionalBody;

// One file while it is parsed.
typedef struct Builder {
  Arena *arena;
  Tree *tree;
  Diagnostics *diagnostics;
  const SourceFile *file;
  NodeVec items;
  uint32_t given_up_from;  // where what was given up last begins
  bool is_refused;         // too deep or too large, and told: the rest of the file is not read
} Builder;

// Copies the node, gives it its id and its depth. A node that would lie too deep becomes a
// NODE_ERROR.
Node *node_make(Builder *b, const Node *like);
#define NODE(at, kind_, member, ...) \
  node_make(b, &(Node){.kind = NODE_##kind_, .span = (at), .member = {__VA_ARGS__}})

Node *node_error(Builder *b, Span span);
void node_give_up(Builder *b, Span span);  // the parser drops what stands there
PropList node_props(PropVec props);
// The last item seems to have ended too early.
void node_mark_partial(Builder *b);
Node *node_number(Builder *b, Span span, Text digits, bool is_percent);
Node *node_date(Builder *b, Span span, Text digits);
Node *node_ref(Builder *b, Name name);  // a path of one part
// `span` is of all of it; `by` may be NULL.
Node *node_is(Builder *b, Span span, Node *path, Pred pred, bool is_negated, Node *by);
Node *node_motion(Builder *b, Span span, Name name, ParamVec params, Title title, Clauses clauses,
                  Node *block);
Node *node_binary(Builder *b, Span span, ValueOp op, Node *left, Node *right, Span op_span);
Node *node_share(Builder *b, Span span, Rational share, BaseRef base, bool more_than, bool against);
Node *node_majority(Builder *b, Span span, BaseRef base, bool against);
Node *node_all(Builder *b, Span span, BaseRef base);
Node *node_count(Builder *b, Span span, CountSense sense, Text digits, CountKind kind);
Node *node_baseless(Builder *b, Span span, Rational share, bool more_than);  // "2/3" alone: says so

NodeList node_list(NodeVec nodes);
NodeList node_names(Builder *b, NameVec names);
Rational share_of_quotient(Builder *b, Span span, Text num, Text den);  // says so where it is none
Bloc *bloc_make(Builder *b, Name name, Title title, PropVec props);
void builder_too_deep(Builder *b, Span span);
