// What can never be reached, told only where no world could prove it wrong: what stands in a block
// behind a step that always leaves it, and an outcome that no `end` names. A case that has mistakes
// is left alone, since an `end` may be among what was not understood.
#include "lang/check/checker.h"

static bool leaves(const Node *node);

static bool options_leave(const ChoiceNode *choice) {
  for (uint32_t i = 0; i < choice->n; i++) {
    if (!choice->options[i].block || !leaves(choice->options[i].block)) return false;
  }
  return choice->n > 0;
}

// Whether no world gets past the step to the one behind it.
static bool leaves(const Node *node) {
  switch ((int)node->kind) {
    case NODE_FAIL:
    case NODE_SUCCEED:
    case NODE_END: return true;
    case NODE_BLOCK:
      for (uint32_t i = 0; i < node->block.statements.n; i++) {
        if (leaves(node->block.statements.items[i])) return true;
      }
      return false;
    case NODE_STAGE:
      return leaves(node->stage.block) && (!node->stage.otherwise || leaves(node->stage.otherwise));
    case NODE_IF:
    case NODE_IF_TRIAL:
      return leaves(node->branch.then) && node->branch.otherwise && leaves(node->branch.otherwise);
    case NODE_DECIDE:
    case NODE_RULING: return options_leave(&node->choice);
    default: return false;
  }
}

static const char *why(const Node *node) {
  switch ((int)node->kind) {
    case NODE_FAIL: return "the block fails here";
    case NODE_SUCCEED: return "the procedure is left here";
    case NODE_END: return "the case ends here";
    default: return "nothing gets past this";
  }
}

static void check_block(Checker *c, const Node *node) {
  const NodeList *statements = &node->block.statements;
  for (uint32_t i = 0; i + 1 < statements->n; i++) {
    if (!leaves(statements->items[i])) continue;
    Diagnostic *d = diagnostic_add(c->diagnostics, W_UNREACHABLE, statements->items[i + 1]->span,
                                   "this can never be reached");
    diagnostic_also(c->diagnostics, d, statements->items[i]->span, "%s", why(statements->items[i]));
    return;
  }
}

// `context`: by entity, whether it is an outcome that some `end` names.
static void visit(Checker *c, const Node *node, void *context) {
  bool *is_named = context;
  if (node->kind == NODE_BLOCK) check_block(c, node);
  if (node->kind != NODE_END) return;
  const Ref *ref = &c->program->refs[node->end.outcome->id];
  if (ref->kind == REF_ENTITY) is_named[ref->index] = true;
}

// A file that is used may serve other scripts, so its outcomes are not looked at.
static bool is_own(const Checker *c, const Entity *entity) {
  return entity->node &&
         source_file_at(c->tree->sources, entity->name.span.from) == c->tree->files[0].file;
}

static void check_outcomes(Checker *c, const bool *is_named) {
  const Program *p = c->program;
  for (uint32_t i = 0; i < p->outcomes.n; i++) {
    const Entity *entity = program_entity(p, p->outcomes.items[i]);
    if (is_named[p->outcomes.items[i]] || !is_own(c, entity)) continue;
    Text name = program_name(p, p->outcomes.items[i]);
    Diagnostic *d = diagnostic_add(c->diagnostics, W_UNREACHABLE, entity->name.span,
                                   "the outcome \"%.*s\" can never be reached", TEXT_ARG(name));
    diagnostic_label(c->diagnostics, d, "there is no \"end %.*s\"", TEXT_ARG(name));
  }
}

void check_unreachable(Checker *c) {
  if (c->diagnostics->n_errors) return;
  bool *is_named = ARENA_ARRAY(c->arena, bool, c->program->entities.n + 1);
  check_walk_all(c, visit, is_named);
  if (c->program->the_case) check_outcomes(c, is_named);
}
