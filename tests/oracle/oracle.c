// The enumeration: the case is run once for each combination of choices, and each world's weight is
// added where it belongs.
#include "tests/oracle/oracle.h"

#include <math.h>

#include "tests/oracle/world.h"

uint32_t world_choose(WorldNow *w, const double *p, uint32_t n) {
  uint32_t chosen = 0;
  while (chosen + 1 < n && !(p[chosen] > 0)) chosen++;
  if (w->n_chosen < w->choices.n) chosen = w->choices.items[w->n_chosen].chosen;
  uint32_t next = chosen + 1;
  while (next < n && !(p[next] > 0)) next++;
  Choice choice = {chosen, next < n ? next : NO_INDEX};
  if (w->n_chosen < w->choices.n) w->choices.items[w->n_chosen] = choice;
  else vec_push(w->arena, &w->choices, choice);
  w->n_chosen++;
  w->weight *= p[chosen];
  return chosen;
}

Value world_error(WorldNow *w) {
  w->has_error = true;
  return (Value){.type = VALUE_NONE};
}

// Turns the choices to the next combination. False when there is none.
static bool turn(WorldNow *w) {
  while (w->choices.n && w->choices.items[w->choices.n - 1].next == NO_INDEX) w->choices.n--;
  if (!w->choices.n) return false;
  Choice *last = &w->choices.items[w->choices.n - 1];
  last->chosen = last->next;
  return true;
}

static void make_room(WorldNow *w) {
  const Program *p = w->program;
  uint32_t n = p->entities.n;
  w->records = ARENA_ARRAY(w->arena, Record, p->steps.n + 1);
  w->facts = ARENA_ARRAY(w->arena, uint8_t, p->facts.n + 1);
  w->beliefs = ARENA_ARRAY(w->arena, double, p->assumes.n + 1);
  w->nodes = ARENA_ARRAY(w->arena, Nodes, p->assumes.n + 1);
  w->lines = ARENA_ARRAY(w->arena, uint8_t, p->blocs.n * n + 1);
  w->lets = ARENA_ARRAY(w->arena, Value, p->lets.n + 1);
  w->params = ARENA_ARRAY(w->arena, Value *, p->calls.n);
  w->variables = ARENA_ARRAY(w->arena, Value *, p->calls.n);
  for (uint32_t i = 0; i < p->calls.n; i++) {
    const Body *body = &p->bodies.items[p->calls.items[i].body];
    w->params[i] = ARENA_ARRAY(w->arena, Value, body->params.n + 1);
    w->variables[i] = ARENA_ARRAY(w->arena, Value, body->variables.n + 1);
  }
  w->enacted = ARENA_ARRAY(w->arena, Date, n + 1);
  w->in_force = ARENA_ARRAY(w->arena, Date, n + 1);
  w->listed = ARENA_ARRAY(w->arena, Date, p->registers.n * n + 1);
}

static void begin(WorldNow *w) {
  const Program *p = w->program;
  const Record none = {DATE_NONE, DATE_NONE, DATE_NONE, DATE_NONE, DATE_NONE,
                       NO_INDEX,  DATE_NONE, 0,         0,         0};
  uint32_t n = p->entities.n;
  w->n_chosen = w->limits.n = w->around.n = 0;
  w->weight = 1;
  w->today = p->first_day;
  w->is_at_end = false;
  vec_push(w->arena, &w->limits, p->last_day);
  for (uint32_t i = 0; i < p->steps.n; i++) w->records[i] = none;
  for (uint32_t i = 0; i < p->facts.n; i++) w->facts[i] = 0;
  for (uint32_t i = 0; i < p->assumes.n; i++) w->beliefs[i] = NAN;
  for (uint32_t i = 0; i < p->blocs.n * n; i++) w->lines[i] = 0;
  for (uint32_t i = 0; i < n; i++) w->enacted[i] = w->in_force[i] = DATE_NONE;
  for (uint32_t i = 0; i < p->registers.n * n; i++) w->listed[i] = DATE_NONE;
  for (uint32_t r = 0; r < p->registers.n; r++) {
    const RegisterInfo *reg = &p->registers.items[r];
    for (uint32_t i = 0; i < reg->listings.n; i++) {
      w->listed[r * n + reg->listings.items[i].organization] = reg->listings.items[i].since;
    }
  }
  for (uint32_t i = 0; i < p->lets.n && !w->has_error; i++) {
    const Node *value = inputs_value(w->inputs, p->lets.items[i].value);
    w->lets[i] = value->kind == NODE_RANGE ? value_duration(0, (int32_t)spread_days(w, 0, value))
                                           : eval(w, 0, value);
  }
}

static void run_case(WorldNow *w) {
  const Program *p = w->program;
  Flow flow = step_run(w, 0, p->bodies.items[0].block);
  if (flow == FLOW_ON || flow == FLOW_SUCCEED) w->outcome = p->outcome_completion;
  if (flow == FLOW_FAILED) w->outcome = p->outcome_failure;
  if (flow == FLOW_CUT) w->outcome = p->outcome_undecided;
  w->is_at_end = true;
}

static bool is_question(const Node *node) {
  return node->kind == NODE_CHANCE_OF || node->kind == NODE_DATE_OF;
}

// The one question in a claim, or the condition of never and always; NULL where there is more.
static const Node *question_of(const Node *query) {
  const Node *claim = query->query.claim;
  if (query->kind == NODE_EXPECT_NEVER || query->kind == NODE_EXPECT_ALWAYS || is_question(claim))
    return claim;
  if (claim->kind != NODE_BINARY || !is_question(claim->binary.left)) return NULL;
  return claim->binary.right->kind == NODE_NUMBER || claim->binary.right->kind == NODE_DATE
             ? claim->binary.left
             : NULL;
}

// Reads what a question reads, so that it is drawn.
static void read(WorldNow *w, const Node *query) {
  const Node *question = question_of(query);
  if (!question) return;
  bool asks = is_question(question);
  if (asks && question->question.given && !eval_truth(w, 0, question->question.given)) return;
  if (question->kind == NODE_DATE_OF) eval_moment(w, question->question.event);
  else eval_truth(w, 0, asks ? question->question.event : question);
}

static void ask(WorldNow *w, const Node *query, OracleQuery *out, uint32_t n_days) {
  const Node *question = question_of(query);
  out->is_single = question != NULL;
  if (!question) return;
  bool asks = is_question(question), is_date = question->kind == NODE_DATE_OF;
  if (is_date && !out->date_days) out->date_days = ARENA_ARRAY(w->arena, double, n_days);
  if (asks && question->question.given && !eval_truth(w, 0, question->question.given)) return;
  out->given += w->weight;
  if (!is_date) {
    if (eval_truth(w, 0, asks ? question->question.event : question)) out->event += w->weight;
    return;
  }
  Date moment = eval_moment(w, question->question.event), first = w->program->first_day;
  if (moment == DATE_NONE) return;
  out->event += w->weight;
  out->date_days[moment < first ? 0 : moment - first] += w->weight;
}

static void add_world(WorldNow *w, OracleAnswer *answer) {
  uint32_t day = (uint32_t)(w->today - w->program->first_day);
  answer->outcome_days[w->outcome * answer->n_days + day] += w->weight;
  for (uint32_t i = 0; i < w->program->steps.n; i++) {
    const Record *record = &w->records[i];
    if (record->was_reached) answer->steps_reached[i] += w->weight;
    if (record->was_passed) answer->steps_passed[i] += w->weight;
    if (record->was_failed) answer->steps_failed[i] += w->weight;
  }
}

OracleAnswer *oracle_run(const Program *program, const Inputs *inputs, Arena *arena,
                         uint64_t max_branches) {
  WorldNow world = {.program = program, .inputs = inputs, .arena = arena}, *w = &world;
  OracleAnswer *answer = ARENA_NEW(arena, OracleAnswer);
  uint32_t n_days = (uint32_t)(program->last_day - program->first_day + 1),
           n_steps = program->steps.n;
  make_room(w);
  answer->n_outcomes = program->outcomes.n;
  answer->n_days = n_days;
  answer->outcome_days = ARENA_ARRAY(arena, double, answer->n_outcomes *n_days);
  answer->steps_reached = ARENA_ARRAY(arena, double, n_steps + 1);
  answer->steps_passed = ARENA_ARRAY(arena, double, n_steps + 1);
  answer->steps_failed = ARENA_ARRAY(arena, double, n_steps + 1);
  answer->n_queries = program->queries.n;
  answer->queries = ARENA_ARRAY(arena, OracleQuery, program->queries.n + 1);
  bool has_next = true;
  while (has_next && answer->n_branches < max_branches) {
    begin(w);
    run_case(w);
    for (uint32_t i = 0; i < program->queries.n; i++) read(w, program->queries.items[i].node);
    for (uint32_t i = 0; i < program->queries.n && !w->has_error; i++) {
      ask(w, program->queries.items[i].node, &answer->queries[i], n_days);
    }
    if (w->has_error) break;
    add_world(w, answer);
    answer->n_branches++;
    has_next = turn(w);
  }
  answer->has_error = w->has_error;
  answer->is_done = !has_next && !w->has_error;
  return answer;
}
