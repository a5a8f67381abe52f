// Makes a plan: acts and terms from the tree, then what needs to know all of them: which lines an `amend` draws anew, what a
// loop forgets, the beliefs' nodes, liveness.
#include "runtime/plan/planner.h"

static uint32_t *columns_none(Arena *arena, size_t n) {
  uint32_t *columns = ARENA_ARRAY(arena, uint32_t, n + 1);
  for (size_t i = 0; i < n; i++) columns[i] = NO_COLUMN;
  return columns;
}

static void open_tables(Planner *p) {
  const Program *program = p->program;
  Plan *plan = p->plan;
  uint32_t n_variables = 0, n_params = 0;
  p->call_variables = ARENA_ARRAY(p->arena, uint32_t, program->calls.n + 1);
  p->call_params = ARENA_ARRAY(p->arena, uint32_t, program->calls.n + 1);
  for (uint32_t i = 0; i < program->calls.n; i++) {
    const Body *body = &program->bodies.items[program->calls.items[i].body];
    p->call_variables[i] = n_variables;
    p->call_params[i] = n_params;
    n_variables += body->variables.n;
    n_params += body->params.n;
  }
  p->variables = columns_none(p->arena, n_variables);
  p->params = columns_none(p->arena, n_params);
  p->listed = columns_none(p->arena, (size_t)program->registers.n * program->entities.n);
  p->amended = columns_none(p->arena, program->entities.n);
  p->assumes = ARENA_ARRAY(p->arena, Term *, program->assumes.n + 1);
  plan->facts = ARENA_ARRAY(p->arena, FactPlan, program->facts.n + 1);
  for (uint32_t i = 0; i < program->facts.n; i++) plan->facts[i].column = NO_COLUMN;
  plan->beliefs = ARENA_ARRAY(p->arena, BeliefPlan, program->assumes.n + 1);
  for (uint32_t i = 0; i < program->assumes.n; i++) plan->beliefs[i].column = NO_COLUMN;
  plan->records = ARENA_ARRAY(p->arena, RecordPlan, program->steps.n + 1);
  for (uint32_t i = 0; i < program->steps.n; i++) {
    plan->records[i] = (RecordPlan){NO_COLUMN, NO_COLUMN, NO_COLUMN,
                                    NO_COLUMN, NO_COLUMN, NO_COLUMN,
                                    NO_COLUMN, {0},       false,
                                    {NO_COLUMN, NO_COLUMN, NO_COLUMN}};
  }
  plan->bills = ARENA_ARRAY(p->arena, BillPlan, program->entities.n + 1);
  for (uint32_t i = 0; i < program->entities.n; i++)
    plan->bills[i] = (BillPlan){NO_COLUMN, NO_COLUMN, {0}};
  plan->let_columns = columns_none(p->arena, program->lets.n);
  plan->reason_column = column_add(p, COLUMN_REASON, VALUE_DATE, (Cell){.word = -1}, "%s", "");
  plan->outcome_column = column_add(p, COLUMN_OUTCOME, VALUE_DATE, (Cell){.word = 0}, "%s", "");
  plan->is_by_draw = p->options.is_by_draw;
  plan->draw_column = NO_COLUMN;
  if (p->options.is_by_draw && p->options.is_exact)
    plan->draw_column = column_add(p, COLUMN_DRAW, VALUE_DATE, (Cell){.word = 0}, "%s", "");
}

// The file's variables are set before the case begins.
static Act *plan_root(Planner *p) {
  const Program *program = p->program;
  PathLabel label = {.path = "case"};
  Where where = {.call = 0, .step = NO_INDEX, .stage = NO_INDEX, .label = &label};
  Act *root = act_new(p, &where, ACT_BLOCK, program->the_case);
  root->block.acts = ARENA_ARRAY(p->arena, Act *, program->lets.n + 1);
  for (uint32_t i = 0; i < program->lets.n; i++) {
    Act *set = act_new(p, &where, ACT_SET, program->lets.items[i].value);
    const Node *value = inputs_value(p->inputs, program->lets.items[i].value);
    set->place = place_take(p, "let %s", program_name(program, program->lets.items[i].entity).at);
    set->set.column = column_let(p, i);
    set->set.draws = program->types[value->id].kind == TYPE_DAYS_SPREAD;
    if (set->set.draws) act_plan_span(p, 0, &set->span, value);
    else set->term = term_of(p, 0, value);
    root->block.acts[root->block.n++] = set;
  }
  root->block.acts[root->block.n++] = act_block(p, &where, program->the_case->case_item.block);
  return root;
}

static void finish_amends(Planner *p) {
  for (uint32_t i = 0; i < p->amends.n; i++) {
    Act *act = p->amends.items[i];
    act->amend.lines = ARENA_ARRAY(p->arena, uint32_t, p->plan->lines.n + 1);
    act->amend.places = ARENA_ARRAY(p->arena, uint32_t, p->plan->lines.n + 1);
    act->amend.amended = p->amended[act->amend.thing];
    for (uint32_t k = 0; k < p->plan->lines.n; k++) {
      const LinePlan *line = &p->plan->lines.items[k];
      if (line->thing != act->amend.thing) continue;
      act->amend.places[act->amend.n] = place_take(p, "amend %u %u", act->place, line->place);
      act->amend.lines[act->amend.n++] = k;
    }
  }
}

typedef VEC(uint32_t) ColumnList;

static void forget(Planner *p, ColumnList *list, const Act *act);

static void forget_step(Planner *p, ColumnList *list, uint32_t step) {
  const RecordPlan *r = &p->plan->records[step];
  const uint32_t columns[] = {r->reached,   r->passed, r->failed,    r->expired,
                              r->inquorate, r->option, r->option_day};
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
    if (columns[i] != NO_COLUMN) vec_push(p->arena, list, columns[i]);
  }
}

static void forget_parts(Planner *p, ColumnList *list, const Act *act) {
  switch (act->kind) {
    case ACT_BLOCK:
      for (uint32_t i = 0; i < act->block.n; i++) forget(p, list, act->block.acts[i]);
      return;
    case ACT_CHOICE:
      for (uint32_t i = 0; i < act->choice.n; i++) forget(p, list, act->choice.options[i].act);
      return;
    case ACT_STAGE:
    case ACT_CALL:
      if (act->step != NO_INDEX) forget_step(p, list, act->step);
      return;
    case ACT_LIMIT: forget(p, list, act->limit.expired); return;
    case ACT_IF:
    case ACT_TRY:
      forget(p, list, act->branch.trial);
      forget(p, list, act->branch.then);
      forget(p, list, act->branch.orelse);
      return;
    case ACT_ATTEMPT:
    case ACT_REPEAT:
    case ACT_WAIT:
    case ACT_VOTE:
    case ACT_REQUIRE:
    case ACT_FAIL:
    case ACT_SUCCEED:
    case ACT_END:
    case ACT_SET:
    case ACT_ENACT:
    case ACT_AMEND:
    case ACT_LISTING:
    case ACT_NOTHING: return;
  }
}

static void forget(Planner *p, ColumnList *list, const Act *act) {
  if (!act) return;
  forget_parts(p, list, act);
  forget(p, list, act->body);
  forget(p, list, act->otherwise);
}

static void finish_loops(Planner *p) {
  for (uint32_t i = 0; i < p->loops.n; i++) {
    Act *act = p->loops.items[i];
    ColumnList list = {0};
    forget(p, &list, act->body);
    act->loop.forget = list.items;
    act->loop.n_forget = list.n;
  }
}

Plan *plan_new(const Program *program, const Inputs *inputs, PlanOptions options, Arena *arena,
               Diagnostics *diagnostics) {
  Planner p = {.plan = ARENA_NEW(arena, Plan),
               .program = program,
               .inputs = inputs,
               .arena = arena,
               .diagnostics = diagnostics,
               .options = options};
  p.plan->program = program;
  p.plan->inputs = inputs;
  p.plan->arena = arena;
  open_tables(&p);
  p.plan->root = plan_root(&p);
  if (!p.is_too_large) plan_questions(&p);
  if (!p.is_too_large) {
    finish_amends(&p);
    finish_loops(&p);
    plan_beliefs(&p);
    plan_live(&p);
  }
  if (p.is_too_large) {
    Diagnostic *d = diagnostic_add(diagnostics, E_TOO_LARGE, program->the_case->span,
                                   "the case is too large to run");
    diagnostic_note(diagnostics, d,
                    "Every call stands in a run on its own: with all of them the case has more "
                    "than 200,000 steps.");
  }
  if (p.is_bad_belief) {
    diagnostic_add(diagnostics, E_CHANCE_RANGE, program->the_case->span,
                   "an uncertain belief has parameters that make no spread");
  }
  if (!p.is_too_large && !p.is_bad_belief) return p.plan;
  plan_free(p.plan);
  return NULL;
}

static void free_spans(Act *act) {
  if (!act) return;
  if (act->span.is_constant) days_free(&act->span.days);
  free_spans(act->body);
  free_spans(act->otherwise);
  if (act->kind == ACT_BLOCK) {
    for (uint32_t i = 0; i < act->block.n; i++) free_spans(act->block.acts[i]);
  } else if (act->kind == ACT_CHOICE) {
    for (uint32_t i = 0; i < act->choice.n; i++) free_spans(act->choice.options[i].act);
  } else if (act->kind == ACT_LIMIT) {
    free_spans(act->limit.expired);
  } else if (act->kind == ACT_IF || act->kind == ACT_TRY) {
    free_spans(act->branch.trial);
    free_spans(act->branch.then);
    free_spans(act->branch.orelse);
  }
}

void plan_free(Plan *plan) {
  for (uint32_t i = 0; i < plan->program->assumes.n; i++) share_table_free(&plan->beliefs[i].table);
  free_spans(plan->root);
}
