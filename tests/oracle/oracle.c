// The enumeration: the case is run once for each combination of choices, and each world's weight is
// added where it belongs.
#include "tests/oracle/oracle.h"

#include "tests/oracle/world.h"

uint32_t world_choose(World *w, const double *p, uint32_t n) {
  if (w->n_chosen == w->choices.n) list_push(&w->choices, (Choice){0});
  Choice *choice = &w->choices.items[w->n_chosen++];
  while (choice->option + 1 < n && !(p[choice->option] > 0)) choice->option++;
  choice->has_next = false;
  for (uint32_t i = choice->option + 1; i < n; i++) choice->has_next |= p[i] > 0;
  w->weight *= p[choice->option];
  return choice->option;
}

bool world_happens(World *w, double p) {
  return world_choose(w, (double[]){p, 1 - p}, 2) == 0;
}

void world_note(World *w, uint32_t kind, uint32_t of, uint32_t by, Value value) {
  Note note = {kind, of, by, value};
  list_push(&w->notes, note);
}

Value world_recall(const World *w, uint32_t kind, uint32_t of, uint32_t by) {
  for (uint32_t i = w->notes.n; i-- > 0;) {
    const Note *note = &w->notes.items[i];
    if (note->kind == kind && note->of == of && note->by == by) return note->value;
  }
  return (Value){.type = VALUE_NONE};
}

Value world_error(World *w) {
  w->has_error = true;
  return (Value){.type = VALUE_NONE};
}

// Turns the choices to the next combination. False when there is none.
static bool turn(World *w) {
  while (w->choices.n && !w->choices.items[w->choices.n - 1].has_next) w->choices.n--;
  if (w->choices.n) w->choices.items[w->choices.n - 1].option++;
  return w->choices.n > 0;
}

static void run_case(World *w) {
  const Program *p = w->program;
  const Limit whole = {p->last_day, NULL};
  w->n_chosen = w->notes.n = 0;
  w->weight = 1;
  w->is_at_end = false;
  w->today = p->first_day;
  w->frame = (Frame){0, NO_INDEX, NO_INDEX, &whole};
  for (uint32_t r = 0; r < p->registers.n; r++) {
    const RegisterInfo *info = &p->registers.items[r];
    for (const Listing *l = info->listings.items; l < info->listings.items + info->listings.n; l++)
      world_note(w, IS_LISTED, l->organization, info->entity, value_date(l->since));
  }
  for (uint32_t i = 0; i < p->lets.n; i++)
    world_note(w, NAME + REF_LET, i, 0, eval(w, p->lets.items[i].value));
  Flow flow = step_run(w, p->bodies.items[0].block);
  if (flow == FLOW_ON || flow == FLOW_SUCCEED) w->outcome = p->outcome_completion;
  if (flow == FLOW_FAILED) w->outcome = p->outcome_failure;
  if (flow == FLOW_CUT) w->outcome = p->outcome_undecided;
  w->is_at_end = true;
}

static const Node *question_of(const Node *query) {
  const Node *claim = query->query.claim;
  bool is_compared = query->kind == NODE_EXPECT && claim->kind == NODE_BINARY;
  return is_compared ? claim->binary.left : claim;
}

static void ask(World *w, const Node *query, double weight, OracleQuery *out) {
  const Node *claim = question_of(query), *event = claim;
  bool is_date = claim->kind == NODE_DATE_OF, is_asked = is_date || claim->kind == NODE_CHANCE_OF;
  out->is_single =
      is_asked || query->kind == NODE_EXPECT_NEVER || query->kind == NODE_EXPECT_ALWAYS;
  if (!out->is_single) return;
  if (is_asked) event = claim->question.event;
  if (is_asked && claim->question.given && !eval(w, claim->question.given).truth) return;
  out->given += weight;
  Date first = w->program->first_day, moment = is_date ? eval_moment(w, event) : NEVER;
  if (is_date ? moment == NEVER : !eval(w, event).truth) return;
  out->event += weight;
  if (is_date) out->date_days[moment < first ? 0 : moment - first] += weight;
}

static void add_world(World *w, OracleAnswer *answer) {
  uint32_t day = (uint32_t)(w->today - w->program->first_day);
  answer->outcome_days[w->outcome * answer->n_days + day] += w->weight;
  for (uint32_t i = 0; i < w->program->steps.n; i++) {
    OracleStep *step = &answer->steps[i];
    if (world_recall(w, EVER + IS_REACHED, i, 0).type != VALUE_NONE) step->reached += w->weight;
    if (world_recall(w, EVER + IS_PASSED, i, 0).type != VALUE_NONE) step->passed += w->weight;
    if (world_recall(w, EVER + IS_FAILED, i, 0).type != VALUE_NONE) step->failed += w->weight;
  }
  answer->n_branches++;
}

OracleAnswer *oracle_run(const Program *program, const Inputs *inputs, Arena *arena,
                         uint64_t max_branches) {
  World world = {.program = program, .inputs = inputs}, *w = &world;
  OracleAnswer *answer = ARENA_NEW(arena, OracleAnswer);
  uint32_t n_queries = answer->n_queries = program->queries.n;
  w->nodes = ARENA_ARRAY(arena, Nodes, program->assumes.n + 1);
  answer->n_days = (uint32_t)(program->last_day - program->first_day + 1);
  answer->outcome_days = ARENA_ARRAY(arena, double, program->outcomes.n * answer->n_days);
  answer->steps = ARENA_ARRAY(arena, OracleStep, program->steps.n + 1);
  answer->queries = ARENA_ARRAY(arena, OracleQuery, n_queries + 1);
  for (uint32_t i = 0; i < n_queries; i++) {
    bool is_date = question_of(program->queries.items[i].node)->kind == NODE_DATE_OF;
    if (is_date) answer->queries[i].date_days = ARENA_ARRAY(arena, double, answer->n_days);
  }
  while (!answer->is_done && answer->n_branches < max_branches) {
    run_case(w);
    // the first round only draws what the questions read; then the weight is known
    for (uint32_t i = 0; i < 2 * n_queries; i++)
      ask(w, program->queries.items[i % n_queries].node, i < n_queries ? 0 : w->weight,
          &answer->queries[i % n_queries]);
    if (w->has_error) break;
    add_world(w, answer);
    answer->is_done = !turn(w);
  }
  answer->has_error = w->has_error;
  list_free(&w->choices);
  list_free(&w->notes);
  return answer;
}
