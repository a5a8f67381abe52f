// Walks over the tree that carry the checker along.
#include "lang/check/checker.h"
#include "lang/syntax/children.h"

typedef struct Visit {
  Checker *c;
  CheckVisit *visit;
  void *context;
} Visit;

static void one(const Node *node, void *context) {
  const Visit *v = context;
  v->visit(v->c, node, v->context);
}

void check_children(Checker *c, const Node *node, CheckVisit *visit, void *context) {
  Visit v = {c, visit, context};
  tree_children(node, one, &v);
}

static void walk_on(Checker *c, const Node *node, void *context) {
  const Visit *v = context;
  v->visit(c, node, v->context);
  check_children(c, node, walk_on, context);
}

void check_walk(Checker *c, const Node *node, CheckVisit *visit, void *context) {
  Visit v = {c, visit, context};
  if (node) walk_on(c, node, &v);
}

void check_walk_all(Checker *c, CheckVisit *visit, void *context) {
  for (uint32_t f = 0; f < c->tree->n_files; f++) {
    const NodeList *items = &c->tree->files[f].items;
    for (uint32_t i = 0; i < items->n; i++) check_walk(c, items->items[i], visit, context);
  }
}

bool check_is_change_file(const Checker *c, uint32_t file) {
  return c->options.n_script_files != 0 && file >= c->options.n_script_files;
}
