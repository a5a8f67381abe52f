// Statements of the tree to acts, one for each call in which they stand.
#include "runtime/plan/planner.h"

enum { MAX_ACTS = 200000 };

Act *act_new(Planner *p, const Where *where, ActKind kind, const Node *node) {
  Act *act = ARENA_NEW(p->arena, Act);
  act->kind = kind;
  act->node = node;
  act->call = where->call;
  act->step = NO_INDEX;
  act->reason = NO_INDEX;
  act->is_in_loop = where->is_in_loop;
  if (++p->plan->n_acts > MAX_ACTS) p->is_too_large = true;
  return act;
}

static uint32_t place_of(Planner *p, const Where *where, const Node *node) {
  return place_take(p, "%s %d %u", where->label->path, (int)node->kind,
                    ++where->label->counts[node->kind]);
}

static Act *otherwise_of(Planner *p, const Where *where, const Node *node) {
  return node ? act_of(p, where, node) : NULL;
}

static PathLabel label_below(Planner *p, const Where *where, Text name) {
  return (PathLabel){.path =
                         text_format(p->arena, "%s/%.*s", where->label->path, TEXT_ARG(name)).at};
}

static Text title_or_name(const Planner *p, const Title *title, NameId name) {
  return title->has_text ? title->text : names_text(p->program->tree->names, name);
}

Act *act_block(Planner *p, const Where *where, const Node *block) {
  Act *act = act_new(p, where, ACT_BLOCK, block);
  act->block.n = block->block.statements.n;
  act->block.acts = ARENA_ARRAY(p->arena, Act *, act->block.n + 1);
  for (uint32_t i = 0; i < act->block.n && !p->is_too_large; i++) {
    act->block.acts[i] = act_of(p, where, block->block.statements.items[i]);
  }
  if (p->is_too_large) act->block.n = 0;
  return act;
}

static Act *act_stage(Planner *p, const Where *where, const Node *node) {
  Act *act = act_new(p, where, ACT_STAGE, node);
  act->step = p->program->calls.items[where->call].first_step + p->program->local[node->id];
  vec_push(p->arena, &p->plan->stages, act->step);
  PathLabel label = label_below(p, where, names_text(p->program->tree->names, node->stage.name.id));
  Where inside = *where;
  inside.step = inside.stage = act->step;
  inside.label = &label;
  act->body = act_block(p, &inside, node->stage.block);
  act->otherwise = otherwise_of(p, where, node->stage.otherwise);
  RecordPlan *record = &p->plan->records[act->step];
  record->is_in_loop = where->is_in_loop;
  for (int i = 0; where->is_in_loop && !p->options.is_by_draw && i < 3; i++) {
    record->ever[i] = column_add(p, COLUMN_EVER, VALUE_TRUTH, (Cell){.word = 0}, "%s", "");
  }
  return act;
}

static Act *act_limit(Planner *p, const Where *where, const Node *node) {
  Act *act = act_new(p, where, ACT_LIMIT, node);
  act->step = where->step;
  act->limit.is_until = node->kind == NODE_UNTIL;
  act->limit.column = column_add(p, COLUMN_LIMIT, VALUE_DATE, (Cell){.word = DATE_LAST}, "%s", "");
  act->term = term_input(p, where->call, node->limit.limit);
  act->body = act_block(p, where, node->limit.block);
  if (node->limit.expired) act->limit.expired = act_block(p, where, node->limit.expired);
  act->otherwise = otherwise_of(p, where, node->limit.otherwise);
  Text stage = TEXT("");
  if (where->stage != NO_INDEX) {
    const Step *step = &p->program->steps.items[where->stage];
    const Body *body = &p->program->bodies.items[p->program->calls.items[step->call].body];
    const Node *around = body->steps.items[step->own].node;
    stage = title_or_name(p, &around->stage.title, around->stage.name.id);
  }
  if (node->limit.title.has_text) stage = node->limit.title.text;
  act->reason =
      reason_add(p, node->span,
                 stage.n ? text_format(p->arena, "the time for %.*s runs out", TEXT_ARG(stage))
                         : TEXT("the time runs out"));
  return act;
}

static bool unit_is_plain(Unit unit) {
  return unit == UNIT_DAYS || unit == UNIT_WEEKS;
}

static void span_make_constant(SpanPlan *span) {
  const Term *bounds[3] = {span->low, span->mode, span->high};
  int32_t days[3] = {0, 0, 0};
  for (int i = 0; i < 3; i++) {
    Value value;
    if (!bounds[i]) continue;
    if (bounds[i]->kind != TERM_CONSTANT) return;
    if (!span->high) {
      if (bounds[i]->type != VALUE_DURATION || bounds[i]->value.duration.months) return;
      days[i] = bounds[i]->value.duration.days;
      continue;
    }
    if (!unit_is_plain(span->unit) ||
        term_unit(bounds[i]->value.number, span->unit, &value) != VALUE_OK)
      return;
    days[i] = value.duration.days;
  }
  if (days[0] < 0) return;
  if (!span->high) span->is_constant = days_fixed(days[0], &span->days);
  else if (!span->mode) span->is_constant = days_uniform(days[0], days[2], &span->days);
  else span->is_constant = days_triangle(days[0], days[1], days[2], &span->days);
}

// A bound of a range: `14 days` gives its number, a bare number takes the unit of the high end.
static Term *bound_of(Planner *p, uint32_t call, const Node *node) {
  return term_of(p, call, node->kind == NODE_UNIT ? node->unit.operand : node);
}

void act_plan_span(Planner *p, uint32_t call, SpanPlan *span, const Node *time) {
  const Node *node = inputs_value(p->inputs, time);
  if (node->kind != NODE_RANGE) {
    span->low = term_of(p, call, node);
  } else {
    span->unit = node->range.high->kind == NODE_UNIT ? node->range.high->unit.unit : UNIT_DAYS;
    span->low = bound_of(p, call, node->range.low);
    if (node->range.mode) span->mode = bound_of(p, call, node->range.mode);
    span->high = bound_of(p, call, node->range.high);
  }
  span_make_constant(span);
}

static Act *act_wait(Planner *p, const Where *where, const Node *node) {
  Act *act = act_new(p, where, ACT_WAIT, node);
  act->wait.is_until = node->kind == NODE_WAIT_UNTIL;
  act->place = place_of(p, where, node);
  act_plan_span(p, where->call, &act->span, node->wait.time);
  return act;
}

static Act *act_choice(Planner *p, const Where *where, const Node *node) {
  Act *act = act_new(p, where, ACT_CHOICE, node);
  act->step = where->stage;
  act->place = place_of(p, where, node);
  act->choice.n = node->choice.n;
  act->choice.options = ARENA_ARRAY(p->arena, OptionPlan, node->choice.n);
  if (act->step != NO_INDEX) {
    const Step *step = &p->program->steps.items[act->step];
    const Body *body = &p->program->bodies.items[p->program->calls.items[step->call].body];
    if (step->call != where->call || body->steps.items[step->own].choice != node)
      act->step = NO_INDEX;
  }
  for (uint32_t i = 0; i < node->choice.n; i++) {
    const Option *option = &node->choice.options[i];
    PathLabel label = label_below(p, where, names_text(p->program->tree->names, option->label.id));
    Where inside = *where;
    inside.label = &label;
    OptionPlan *to = &act->choice.options[i];
    if (option->kind == OPTION_CHANCE) to->chance = term_input(p, where->call, option->value);
    if (option->block) to->act = act_block(p, &inside, option->block);
  }
  return act;
}

static Act *act_attempt(Planner *p, const Where *where, const Node *node, bool is_attempt) {
  Act *act = act_new(p, where, is_attempt ? ACT_ATTEMPT : ACT_REPEAT, node);
  act->place = place_of(p, where, node);
  act->term = term_input(p, where->call, is_attempt ? node->attempt.times : node->loop.control);
  act->loop.column = column_add(p, COLUMN_TIMES, VALUE_DATE, (Cell){.word = 0}, "%s", "");
  if (act->term->kind == TERM_CONSTANT && act->term->value.number >= 0 &&
      act->term->value.number < 65536) {
    act->loop.radix = (uint32_t)act->term->value.number + 1;
  }
  Where inside = *where;
  inside.is_in_loop = true;
  if (is_attempt && node->attempt.during)
    act->loop.during = term_of(p, where->call, node->attempt.during);
  if (is_attempt && node->attempt.pausing) {
    act->loop.pauses = true;
    act_plan_span(p, where->call, &act->span, node->attempt.pausing);
  }
  act->body = act_block(p, &inside, is_attempt ? node->attempt.block : node->loop.block);
  if (is_attempt) act->otherwise = otherwise_of(p, where, node->attempt.otherwise);
  vec_push(p->arena, &p->loops, act);
  act->reason = is_attempt ? reason_add(p, node->span, TEXT("no attempt is allowed")) : NO_INDEX;
  return act;
}

static Act *act_if(Planner *p, const Where *where, const Node *node) {
  bool is_trial = node->kind == NODE_IF_TRIAL;
  Act *act = act_new(p, where, is_trial ? ACT_TRY : ACT_IF, node);
  if (is_trial) act->branch.trial = act_of(p, where, node->branch.condition);
  else act->term = term_of(p, where->call, node->branch.condition);
  act->branch.negated = node->branch.negated;
  act->branch.then = act_block(p, where, node->branch.then);
  if (node->branch.otherwise) act->branch.orelse = act_of(p, where, node->branch.otherwise);
  return act;
}

static Act *act_require(Planner *p, const Where *where, const Node *node) {
  Act *act = act_new(p, where, ACT_REQUIRE, node);
  act->term = term_of(p, where->call, node->require.condition);
  Text text =
      node->require.title.has_text
          ? node->require.title.text
          : text_format(
                p->arena, "not %.*s",
                TEXT_ARG(source_slice(p->program->tree->sources, node->require.condition->span)));
  act->reason = reason_add(p, node->span, text);
  act->otherwise = otherwise_of(p, where, node->require.otherwise);
  return act;
}

static Act *act_fail(Planner *p, const Where *where, const Node *node) {
  Act *act = act_new(p, where, ACT_FAIL, node);
  act->reason = reason_add(p, node->span,
                           node->fail.title.has_text ? node->fail.title.text : TEXT("it fails"));
  return act;
}

static uint32_t assigned_column(Planner *p, uint32_t call, const Node *node) {
  if (node->kind == NODE_LET) return column_variable(p, call, p->program->local[node->id]);
  const Ref *ref = &p->program->refs[node->assign.target->id];
  if (ref->kind == REF_LET) return column_let(p, ref->index);
  if (ref->kind == REF_PARAM) return column_param(p, call, ref->index);
  return column_variable(p, call, ref->index);
}

static Act *act_set(Planner *p, const Where *where, const Node *node) {
  Act *act = act_new(p, where, ACT_SET, node);
  act->place = place_of(p, where, node);
  const Node *value = inputs_value(p->inputs, node->assign.value);
  act->set.draws = p->program->types[value->id].kind == TYPE_DAYS_SPREAD;
  if (act->set.draws) act_plan_span(p, where->call, &act->span, value);
  else act->term = term_of(p, where->call, value);
  act->set.column = assigned_column(p, where->call, node);
  return act;
}

static Act *act_enact(Planner *p, const Where *where, const Node *node) {
  Act *act = act_new(p, where, ACT_ENACT, node);
  act->enact.bill = &p->plan->bills[program_entity_at(p->program, where->call, node->enact.bill)];
  act->enact.is_on = node->enact.on != NULL;
  const Node *when = node->enact.on ? node->enact.on : node->enact.after;
  if (when) act->term = term_input(p, where->call, when);
  return act;
}

// Which lines exist is known only when every vote has been planned; see plan.c.
static Act *act_amend(Planner *p, const Where *where, const Node *node) {
  Act *act = act_new(p, where, ACT_AMEND, node);
  act->place = place_of(p, where, node);
  if (node->amend.chance) act->term = term_input(p, where->call, node->amend.chance);
  act->amend.thing = program_entity_at(p->program, where->call, node->amend.thing);
  vec_push(p->arena, &p->amends, act);
  return act;
}

static Act *act_listing(Planner *p, const Where *where, const Node *node) {
  Act *act = act_new(p, where, ACT_LISTING, node);
  act->listing.is_listed = node->kind == NODE_LIST;
  act->listing.column =
      column_listed(p, program_entity_at(p->program, where->call, node->listing.reg),
                    program_entity_at(p->program, where->call, node->listing.organization));
  return act;
}

static Act *act_vote(Planner *p, const Where *where, const Node *node) {
  Act *act = act_new(p, where, ACT_VOTE, node);
  act->step = where->stage;
  act->place = place_of(p, where, node);
  act_plan_vote(p, act, where, node);
  act->otherwise = otherwise_of(p, where, node->vote.otherwise);
  return act;
}

static Act *act_end(Planner *p, const Where *where, const Node *node) {
  Act *act = act_new(p, where, ACT_END, node);
  act->end.outcome =
      p->program->entities.items[program_entity_at(p->program, where->call, node->end.outcome)]
          .index;
  return act;
}

static Act *act_by_kind(Planner *p, const Where *where, const Node *node) {
  switch ((int)node->kind) {
    case NODE_BLOCK: return act_block(p, where, node);
    case NODE_STAGE: return act_stage(p, where, node);
    case NODE_WITHIN:
    case NODE_UNTIL: return act_limit(p, where, node);
    case NODE_WAIT:
    case NODE_WAIT_UNTIL: return act_wait(p, where, node);
    case NODE_VOTE: return act_vote(p, where, node);
    case NODE_DECIDE:
    case NODE_RULING: return act_choice(p, where, node);
    case NODE_DO:
    case NODE_MOVE: return act_call(p, where, node);
    case NODE_REQUIRE: return act_require(p, where, node);
    case NODE_FAIL: return act_fail(p, where, node);
    case NODE_SUCCEED: return act_new(p, where, ACT_SUCCEED, node);
    case NODE_END: return act_end(p, where, node);
    case NODE_ATTEMPT: return act_attempt(p, where, node, true);
    case NODE_REPEAT: return act_attempt(p, where, node, false);
    case NODE_IF:
    case NODE_IF_TRIAL: return act_if(p, where, node);
    case NODE_LET:
    case NODE_SET: return act_set(p, where, node);
    case NODE_ENACT: return act_enact(p, where, node);
    case NODE_AMEND: return act_amend(p, where, node);
    case NODE_LIST:
    case NODE_DELIST: return act_listing(p, where, node);
    default: return act_new(p, where, ACT_NOTHING, node);
  }
}

Act *act_of(Planner *p, const Where *where, const Node *node) {
  PathLabel *outer = p->label;
  p->label = where->label;
  Act *act = act_by_kind(p, where, node);
  p->label = outer;
  return act;
}
