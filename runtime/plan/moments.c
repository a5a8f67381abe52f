// Questions: what an event is at a world's end, and on which day it came about. Each question becomes sums over the ended
// worlds (measures), so that the walk only has to keep what the measures read.
#include "runtime/plan/planner.h"

static Term *never(Planner *p, const Node *node) {
  return term_constant(p, node, value_date(DATE_NONE));
}

static Term *today(Planner *p, const Node *node) {
  Term *term = term_new(p, TERM_TODAY, VALUE_DATE, node);
  term->draws = true;
  return term;
}

static Term *moment_if(Planner *p, Term *condition, Term *moment, const Node *node) {
  if (condition->kind == TERM_CONSTANT) return condition->value.truth ? moment : never(p, node);
  Term *term = term_new(p, TERM_IF, VALUE_DATE, node);
  term->a = condition;
  term->b = moment;
  term->c = never(p, node);
  term->draws = condition->draws || moment->draws;
  return term;
}

static Term *date_cell(Planner *p, uint32_t column, const Node *node) {
  Term *term = term_new(p, TERM_CELL, VALUE_DATE, node);
  term->column = column;
  return term;
}

static void need_day(Planner *p, DayNeed *need) {
  if (p->border) vec_push(p->arena, &need->borders, *p->border);
  else need->is_dated = true;
}

static Term *dated(Planner *p, RecordPlan *record, uint32_t *slot, const Node *node) {
  need_day(p, &record->days);
  return date_cell(p, column_record(p, slot, NO_INDEX), node);
}

static Term *moment_of_step(Planner *p, const Node *node, IsKind kind) {
  RecordPlan *record = &p->plan->records[program_step_at(p->program, 0, node->is.path)];
  if (kind == IS_PASSED) return dated(p, record, &record->passed, node);
  if (kind == IS_FAILED) return dated(p, record, &record->failed, node);
  if (kind == IS_REACHED) return dated(p, record, &record->reached, node);
  if (kind == IS_EXPIRED) return dated(p, record, &record->expired, node);
  if (kind == IS_INQUORATE) return dated(p, record, &record->inquorate, node);
  Term *is_option = term_of(p, 0, node);
  return moment_if(p, is_option, dated(p, record, &record->option_day, node), node);
}

static Term *moment_of_is(Planner *p, const Node *node) {
  const IsTest *test = &p->program->tests[node->id];
  switch (test->kind) {
    case IS_PASSED:
    case IS_FAILED:
    case IS_REACHED:
    case IS_EXPIRED:
    case IS_INQUORATE:
    case IS_OPTION: return moment_of_step(p, node, test->kind);
    case IS_ENACTED: {
      BillPlan *bill = &p->plan->bills[program_entity_at(p->program, 0, node->is.path)];
      need_day(p, &bill->enacted_days);
      return date_cell(p, column_record(p, &bill->enacted, NO_INDEX), node);
    }
    case IS_IN_FORCE: {
      Term *held = term_of(p, 0, node);
      return moment_if(p, held, date_cell(p, held->column, node), node);
    }
    case IS_LISTED: return date_cell(p, term_of(p, 0, node)->column, node);
    case IS_LINE:
    case IS_NONE: break;
  }
  return never(p, node);
}

Term *term_moment(Planner *p, const Node *event) {
  if (event->kind == NODE_PATH) {
    Term *term = term_of(p, 0, event);
    return term->kind == TERM_EQUALS ? moment_if(p, term, today(p, event), event) : never(p, event);
  }
  if (event->kind == NODE_IS && !event->is.negated) return moment_of_is(p, event);
  if (event->kind == NODE_BY)
    return moment_if(p, term_event(p, event), term_moment(p, event->by.event), event);
  if (event->kind == NODE_BINARY && (event->binary.op == OP_AND || event->binary.op == OP_OR)) {
    Term *term =
        term_new(p, event->binary.op == OP_OR ? TERM_EARLIER : TERM_LATER, VALUE_DATE, event);
    term->a = term_moment(p, event->binary.left);
    term->b = term_moment(p, event->binary.right);
    term->draws = term->a->draws || term->b->draws;
    return term;
  }
  return never(p, event);
}

static Term *moment_against(Planner *p, const Node *event, const Term *when) {
  const Date *outer = p->border;
  bool keeps_side = p->options.is_by_draw && p->options.is_exact && when->kind == TERM_CONSTANT;
  p->border = keeps_side ? &when->value.date : NULL;
  Term *moment = term_moment(p, event);
  p->border = outer;
  return moment;
}

static Term *event_by(Planner *p, const Node *event, Term *when, const Node *node) {
  if (event->kind == NODE_BINARY && (event->binary.op == OP_AND || event->binary.op == OP_OR)) {
    return term_pair(p, event->binary.op, event_by(p, event->binary.left, when, node),
                     event_by(p, event->binary.right, when, node), node);
  }
  if (event->kind == NODE_IS && event->is.negated) {
    Node *positive = ARENA_NEW(p->arena, Node);
    *positive =
        (Node){.kind = NODE_IS, .id = event->id, .depth = event->depth, .span = event->span};
    positive->is = event->is;
    positive->is.negated = false;
    return term_not(p, event_by(p, positive, when, node), node);
  }
  Term *moment = moment_against(p, event, when);
  if (moment->kind == TERM_IF) {
    return term_pair(p, OP_AND, moment->a, term_pair(p, OP_LE, moment->b, when, node), node);
  }
  return term_pair(p, OP_LE, moment, when, node);
}

Term *term_event(Planner *p, const Node *event) {
  if (event->kind != NODE_BY) return term_of(p, 0, event);
  return event_by(p, event->by.event, term_of(p, 0, event->by.when), event);
}

static uint32_t measure_add(Planner *p, Term *event, Term *moment) {
  Measure measure = {event, moment, NO_INDEX, EVENT_REACHED};
  vec_push(p->arena, &p->plan->measures, measure);
  return p->plan->measures.n - 1;
}

// A date asked alone of a step that is visited once needs no column, which would keep a world apart for each day.
static bool is_counted_on_the_way(const Planner *p, const Node *event, Measure *out) {
  if (!p->options.is_exact || event->kind != NODE_IS || event->is.negated) return false;
  IsKind kind = p->program->tests[event->id].kind;
  if (kind != IS_REACHED && kind != IS_PASSED && kind != IS_FAILED) return false;
  out->step = program_step_at(p->program, 0, event->is.path);
  out->of = kind == IS_REACHED ? EVENT_REACHED : kind == IS_PASSED ? EVENT_PASSED : EVENT_FAILED;
  return !p->plan->records[out->step].is_in_loop;
}

static uint32_t measure_date(Planner *p, Term *given, const Node *node) {
  Measure measure = {term_constant(p, node, value_truth(true)), NULL, NO_INDEX, EVENT_REACHED};
  if (given || !is_counted_on_the_way(p, node->question.event, &measure))
    return measure_add(p, given ? given : measure.event, term_moment(p, node->question.event));
  vec_push(p->arena, &p->plan->measures, measure);
  return p->plan->measures.n - 1;
}

static void question_add(Planner *p, const Node *node) {
  Term *given = node->question.given ? term_event(p, node->question.given) : NULL;
  QuestionPlan question = {node, NO_INDEX, given ? measure_add(p, given, NULL) : NO_INDEX};
  if (node->kind == NODE_CHANCE_OF) {
    Term *event = term_event(p, node->question.event);
    question.event = measure_add(p, given ? term_pair(p, OP_AND, event, given, node) : event, NULL);
  } else {
    question.event = measure_date(p, given, node);
  }
  vec_push(p->arena, &p->plan->questions, question);
}

// Everything in a claim that is a question; what stands around it is arithmetic over the answers.
static void find_questions(Planner *p, const Node *node) {
  switch ((int)node->kind) {
    case NODE_CHANCE_OF:
    case NODE_DATE_OF: question_add(p, node); return;
    case NODE_NOT:
    case NODE_NEGATE: find_questions(p, node->negation.operand); return;
    case NODE_BINARY:
      find_questions(p, node->binary.left);
      find_questions(p, node->binary.right);
      return;
    case NODE_IF_VALUE:
      find_questions(p, node->if_value.condition);
      find_questions(p, node->if_value.then);
      find_questions(p, node->if_value.otherwise);
      return;
    case NODE_UNIT: find_questions(p, node->unit.operand); return;
    default: return;
  }
}

static bool is_made_of_chances(const Node *node, bool *has_chance) {
  switch ((int)node->kind) {
    case NODE_CHANCE_OF: *has_chance = true; return !node->question.given;
    case NODE_NUMBER:
    case NODE_PATH: return true;
    case NODE_NEGATE: return is_made_of_chances(node->negation.operand, has_chance);
    case NODE_BINARY:
      return (node->binary.op == OP_ADD || node->binary.op == OP_SUB || node->binary.op == OP_MUL ||
              node->binary.op == OP_DIV) &&
             is_made_of_chances(node->binary.left, has_chance) &&
             is_made_of_chances(node->binary.right, has_chance);
    default: return false;
  }
}

bool plan_has_range(const Node *claim) {
  bool has_chance = false;
  return claim->kind == NODE_CHANCE_OF || (is_made_of_chances(claim, &has_chance) && has_chance);
}

void plan_questions(Planner *p) {
  p->is_end = true;
  for (uint32_t i = 0; i < p->program->queries.n; i++) {
    const Query *query = &p->program->queries.items[i];
    if (query->scenario != NO_INDEX && query->scenario != p->options.scenario) continue;
    const Node *node = query->node;
    if (p->options.is_by_draw && (node->kind != NODE_ASK || !plan_has_range(node->query.claim)))
      continue;
    if (node->kind == NODE_EXPECT_NEVER || node->kind == NODE_EXPECT_ALWAYS) {
      Term *broken = term_event(p, node->query.claim);
      if (node->kind == NODE_EXPECT_ALWAYS) broken = term_not(p, broken, node->query.claim);
      QuestionPlan question = {node->query.claim, measure_add(p, broken, NULL), NO_INDEX};
      vec_push(p->arena, &p->plan->questions, question);
    } else {
      find_questions(p, node->query.claim);
    }
  }
  p->is_end = false;
}
