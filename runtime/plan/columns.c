// Columns, made when something first reads them: what nobody reads is never recorded. And places: the stable numbers by
// which each draw finds its random words, a hash of where it stands in the script.
#include <math.h>
#include <stdio.h>
#include <xxhash.h>

#include "runtime/plan/planner.h"

uint32_t column_add(Planner *p, ColumnKind kind, ValueType type, Cell initial, const char *format,
                    ...) {
  TextBuilder name = {0};
  va_list args;
  va_start(args, format);
  text_addv(&name, format, args);
  va_end(args);
  Column column = {kind, type, text_builder_take(&name, p->arena)};
  ColumnShape shape = {type == VALUE_NUMBER || type == VALUE_DURATION, initial};
  vec_push(p->arena, &p->plan->columns, column);
  vec_push(p->arena, &p->plan->shapes, shape);
  return p->plan->columns.n - 1;
}

static const char *name_of(const Planner *p, EntityId id) {
  return program_name(p->program, id).at;
}

uint32_t column_record(Planner *p, uint32_t *slot, uint32_t step) {
  if (*slot == NO_COLUMN) {
    *slot = column_add(p, COLUMN_RECORD, VALUE_DATE, (Cell){.word = DATE_NONE}, "%s", "");
  }
  (void)step;
  return *slot;
}

static Cell initial_cell(ValueType type) {
  if (type == VALUE_NUMBER) return (Cell){.number = 0};
  if (type == VALUE_DURATION) return (Cell){.duration = {0, 0}};
  return (Cell){.word = type == VALUE_DATE ? DATE_NONE : 0};
}

uint32_t column_variable(Planner *p, uint32_t call, uint32_t variable) {
  uint32_t *slot = &p->variables[p->call_variables[call] + variable];
  if (*slot == NO_COLUMN) {
    const Body *body = &p->program->bodies.items[p->program->calls.items[call].body];
    const VariableInfo *info = &body->variables.items[variable];
    *slot = column_add(p, COLUMN_VARIABLE, info->type, initial_cell(info->type), "%s",
                       names_text(p->program->tree->names, info->name.id).at);
  }
  return *slot;
}

uint32_t column_param(Planner *p, uint32_t call, uint32_t param) {
  uint32_t *slot = &p->params[p->call_params[call] + param];
  if (*slot == NO_COLUMN) {
    const Body *body = &p->program->bodies.items[p->program->calls.items[call].body];
    const ParamInfo *info = &body->params.items[param];
    *slot = column_add(p, COLUMN_PARAM, info->type, initial_cell(info->type), "%s",
                       names_text(p->program->tree->names, info->name.id).at);
  }
  return *slot;
}

uint32_t column_let(Planner *p, uint32_t let) {
  uint32_t *slot = &p->plan->let_columns[let];
  if (*slot == NO_COLUMN) {
    const LetInfo *info = &p->program->lets.items[let];
    *slot = column_add(p, COLUMN_LET, info->type, initial_cell(info->type), "%s",
                       name_of(p, info->entity));
  }
  return *slot;
}

uint32_t column_listed(Planner *p, EntityId reg, EntityId organization) {
  uint32_t n = p->program->entities.n;
  uint32_t r = p->program->entities.items[reg].index;
  uint32_t *slot = &p->listed[(size_t)r * n + organization];
  if (*slot == NO_COLUMN) {
    Date since = DATE_NONE;
    const RegisterInfo *info = &p->program->registers.items[r];
    for (uint32_t i = 0; i < info->listings.n; i++) {
      if (info->listings.items[i].organization == organization)
        since = info->listings.items[i].since;
    }
    *slot = column_add(p, COLUMN_LISTED, VALUE_DATE, (Cell){.word = since}, "%s on %s",
                       name_of(p, organization), name_of(p, reg));
  }
  return *slot;
}

uint32_t column_amended(Planner *p, EntityId thing) {
  uint32_t *slot = &p->amended[thing];
  if (*slot == NO_COLUMN) {
    *slot = column_add(p, COLUMN_AMENDED, VALUE_TRUTH, (Cell){.word = 0}, "%s", "");
  }
  return *slot;
}

uint32_t column_fact(Planner *p, uint32_t fact) {
  FactPlan *plan = &p->plan->facts[fact];
  if (plan->column == NO_COLUMN) {
    const FactInfo *info = &p->program->facts.items[fact];
    plan->column =
        column_add(p, COLUMN_FACT, VALUE_TRUTH, (Cell){.word = 0}, "%s", name_of(p, info->entity));
    plan->place = place_take(p, "fact %s", name_of(p, info->entity));
    plan->chance = term_input(p, 0, info->chance);
  }
  return plan->column;
}

uint32_t column_belief(Planner *p, uint32_t assume) {
  BeliefPlan *plan = &p->plan->beliefs[assume];
  if (plan->column == NO_COLUMN) {
    const char *name = name_of(p, p->program->assumes.items[assume].entity);
    plan->assume = assume;
    plan->column = column_add(p, COLUMN_BELIEF, VALUE_NUMBER, (Cell){.number = NAN}, "%s", name);
    plan->place = place_take(p, "belief %s", name);
  }
  return plan->column;
}

static Line line_of_label(const char *label) {
  if (!strcmp(label, "yes")) return LINE_YES;
  if (!strcmp(label, "no")) return LINE_NO;
  return strcmp(label, "abstain") ? LINE_ABSENT : LINE_ABSTAIN;
}

uint32_t line_find(Planner *p, uint32_t bloc, EntityId thing) {
  Rule rule;
  if (!inputs_rule(p->inputs, bloc, thing, &rule) || rule.is_free) return NO_INDEX;
  for (uint32_t i = 0; i < p->plan->lines.n; i++) {
    if (p->plan->lines.items[i].bloc == bloc && p->plan->lines.items[i].thing == thing) return i;
  }
  const BlocInfo *info = &p->program->blocs.items[bloc];
  const char *chamber = name_of(p, p->program->chambers.items[info->chamber].entity);
  const char *name = names_text(p->program->tree->names, info->name.id).at;
  LinePlan line = {.bloc = bloc, .thing = thing, .otherwise = LINE_KINDS};
  line.column = column_add(p, COLUMN_LINE, VALUE_TRUTH, (Cell){.word = 0}, "%s.%s on %s", chamber,
                           name, name_of(p, thing));
  line.place = place_take(p, "line %s.%s on %s", chamber, name, name_of(p, thing));
  line.amended = p->options.is_exact ? NO_COLUMN : column_amended(p, thing);
  if (rule.share) line.yes = term_input(p, 0, rule.share);
  for (uint32_t i = 0; !rule.share && i < rule.n_options; i++) {
    Line kind = line_of_label(names_text(p->program->tree->names, rule.options[i].label.id).at);
    if (rule.options[i].kind == OPTION_OTHERWISE) line.otherwise = kind;
    else line.chance[kind] = term_input(p, 0, rule.options[i].value);
  }
  vec_push(p->arena, &p->plan->lines, line);
  return p->plan->lines.n - 1;
}

static bool place_is_taken(const Planner *p, uint32_t place) {
  for (uint32_t i = 0; i < p->places.n; i++) {
    if (p->places.items[i] == place) return true;
  }
  return false;
}

uint32_t place_take(Planner *p, const char *format, ...) {
  TextBuilder label = {0};
  va_list args;
  va_start(args, format);
  text_addv(&label, format, args);
  va_end(args);
  uint32_t place = XXH32(label.at, label.n, 0);
  for (uint32_t again = 1; !p->options.is_exact && place_is_taken(p, place); again++) {
    place = XXH32(label.at, label.n, again);
  }
  text_builder_free(&label);
  if (!p->options.is_exact) vec_push(p->arena, &p->places, place);
  return place;
}

uint32_t reason_add(Planner *p, Span span, Text text) {
  ReasonPlan reason = {text, span};
  vec_push(p->arena, &p->plan->reasons, reason);
  return p->plan->reasons.n - 1;
}
