// The nodes below a node, whatever its kind.
#pragma once
#include "lang/syntax/tree.h"

typedef void TreeVisit(const Node *node, void *context);
// Calls `visit` for each node directly below, in the order of the text.
void tree_children(const Node *node, TreeVisit *visit, void *context);
