// What a path means at a place. Variables come first, then parameters, the names of the files, and
// steps. A test (`X is …`) looks only for what its predicate can be asked of, so that a stage and a
// bill may share a name.
#include "lang/check/resolver.h"

const ParamInfo *find_param(const Checker *c, uint32_t body, NameId name, uint32_t *index) {
  if (body == NO_INDEX) return NULL;
  const Body *b = &c->program->bodies.items[body];
  for (uint32_t i = 0; i < b->params.n; i++) {
    if (b->params.items[i].name.id != name) continue;
    *index = i;
    return &b->params.items[i];
  }
  return NULL;
}

static const Visible *find_visible(const Checker *c, const Scope *scope, NameId name) {
  bool is_known = scope->variables.n && name && name <= c->n_names && c->innermost[name];
  return is_known ? &scope->variables.items[c->innermost[name] - 1] : NULL;
}

static void report_not_entity(Checker *c, Name name, const Want *want, const char *is) {
  diagnostic_add(c->diagnostics, want->wrong, name.span, "\"%.*s\" is %s, not %s",
                 TEXT_ARG(name_of(c, name.id)), is, want->text);
}

static bool resolve_param_entity(Checker *c, const Node *path, const Want *want,
                                 const ParamInfo *param, uint32_t index) {
  Name name = path->path.parts[0];
  if (param->is_entity && (want->kinds & KIND(param->kind))) {
    c->program->refs[path->id] = (Ref){.kind = REF_PARAM, .index = index};
    return true;
  }
  bool is_told = !param->is_entity && param->type == VALUE_NONE;
  if (!is_told)
    report_not_entity(c, name, want, param->is_entity ? kind_text(param->kind) : "a value");
  return false;
}

static void add_own_entities(Checker *c, const Scope *scope, Candidates *known, uint32_t kinds) {
  if (scope->body == NO_INDEX) return;
  const Body *body = &c->program->bodies.items[scope->body];
  for (uint32_t i = 0; i < body->params.n; i++) {
    const ParamInfo *param = &body->params.items[i];
    if (param->is_entity && (kinds & KIND(param->kind))) candidates_add(c, known, param->name);
  }
}

static bool resolve_name_entity(Checker *c, const Scope *scope, const Node *path,
                                const Want *want) {
  Name name = path->path.parts[0];
  uint32_t index = 0;
  const Visible *visible = find_visible(c, scope, name.id);
  const ParamInfo *param = find_param(c, scope->body, name.id, &index);
  EntityId id = visible ? visible->entity : lookup_entity(c, name.id);
  if (visible && visible->variable != NO_INDEX) {
    report_not_entity(c, name, want, "a variable");
    return false;
  }
  if (!visible && param) return resolve_param_entity(c, path, want, param, index);
  if (id == NO_INDEX && visible) return false;
  if (id != NO_INDEX && (want->kinds & KIND(program_entity(c->program, id)->kind))) {
    c->program->refs[path->id] = (Ref){.kind = REF_ENTITY, .index = id};
    return true;
  }
  Candidates *known = candidates_start(c);
  add_own_entities(c, scope, known, want->kinds);
  report_unfit(c, name, want, known);
  return false;
}

bool resolve_entity(Checker *c, const Scope *scope, const Node *path, const Want *want) {
  if (!path || path->kind == NODE_ERROR) return false;
  if (path->kind == NODE_PATH && path->path.n == 1)
    return resolve_name_entity(c, scope, path, want);
  Diagnostic *d = diagnostic_add(c->diagnostics, want->wrong, path->span,
                                 "this is not the name of %s", want->text);
  diagnostic_label(c->diagnostics, d, "%s is wanted here", want->text);
  return false;
}

static Field field_of(const Checker *c, const Node *path) {
  static const char *const words[] = {
      [FIELD_PASSED] = "passed",   [FIELD_FAILED] = "failed",     [FIELD_REACHED] = "reached",
      [FIELD_ENACTED] = "enacted", [FIELD_IN_FORCE] = "in_force", [FIELD_REPEALED] = "repealed",
  };
  if (path->path.n < 2) return FIELD_NONE;
  Text word = name_of(c, path->path.parts[path->path.n - 1].id);
  for (Field field = FIELD_PASSED; field <= FIELD_REPEALED; field++) {
    if (text_equal(word, text_of(words[field]))) return field;
  }
  return FIELD_NONE;
}

static const ChamberInfo *find_chamber(const Checker *c, const Node *path) {
  EntityId id = lookup_entity(c, path->path.parts[0].id);
  if (id == NO_INDEX || !(KINDS_VOTER & KIND(program_entity(c->program, id)->kind))) return NULL;
  return &c->program->chambers.items[program_chamber(c->program, id)];
}

static uint32_t find_bloc(Checker *c, const ChamberInfo *chamber, Name name) {
  Candidates *known = candidates_start(c);
  for (uint32_t i = 0; i < chamber->n_blocs; i++) {
    const BlocInfo *bloc = &c->program->blocs.items[chamber->first_bloc + i];
    if (bloc->name.id == name.id) return chamber->first_bloc + i;
    candidates_add(c, known, bloc->name);
  }
  Text wanted =
      text_format(c->arena, "a bloc of %.*s", TEXT_ARG(program_name(c->program, chamber->entity)));
  report_unknown(c, name.span, name_of(c, name.id), wanted.at, known);
  return NO_INDEX;
}

// `CHAMBER.BLOC.THING`: the line that the bloc has drawn on the thing.
static void resolve_line(Checker *c, const Scope *scope, const Node *path,
                         const ChamberInfo *chamber) {
  const Want thing = {KINDS_THING, "a bill, matter or organization", E_WRONG_KIND};
  uint32_t bloc = find_bloc(c, chamber, path->path.parts[1]);
  if (bloc == NO_INDEX) return;
  if (path->path.n != 3) {
    Diagnostic *d =
        diagnostic_add(c->diagnostics, E_WRONG_KIND, path->span, "this is no line of a bloc");
    diagnostic_hint(c->diagnostics, d,
                    "Write CHAMBER.BLOC.THING, the thing being what was voted on.");
    return;
  }
  Node name = {
      .kind = NODE_PATH, .id = path->id, .span = path->span, .path = {&path->path.parts[2], 1}};
  if (!resolve_entity(c, scope, &name, &thing)) return;
  Ref *ref = &c->program->refs[path->id];
  *ref = (Ref){REF_LINE, FIELD_NONE, bloc, ref->kind, ref->index};
}

static void resolve_bill_date(Checker *c, const Scope *scope, const Node *path, Field field) {
  const Want bill = {KIND(ENTITY_BILL), "a bill", E_WRONG_KIND};
  uint32_t n = path->path.n - 1;
  Span span = {path->span.from, path->path.parts[n - 1].span.to};
  Node name = {.kind = NODE_PATH, .id = path->id, .span = span, .path = {path->path.parts, n}};
  if (resolve_entity(c, scope, &name, &bill)) c->program->refs[path->id].field = field;
}

static void resolve_long_path(Checker *c, const Scope *scope, const Node *path) {
  Field field = field_of(c, path);
  const ChamberInfo *chamber = find_chamber(c, path);
  if (chamber) {
    resolve_line(c, scope, path, chamber);
  } else if (field >= FIELD_ENACTED) {
    resolve_bill_date(c, scope, path, field);
  } else {
    resolve_step(c, scope->body, path, path->path.n - (field != FIELD_NONE), field, NULL);
  }
}

static Ref entity_ref(const Checker *c, EntityId id) {
  const Entity *entity = program_entity(c->program, id);
  if (entity->kind == ENTITY_ASSUME) return (Ref){.kind = REF_ASSUME, .index = entity->index};
  if (entity->kind == ENTITY_FACT) return (Ref){.kind = REF_FACT, .index = entity->index};
  if (entity->kind == ENTITY_LET) return (Ref){.kind = REF_LET, .index = entity->index};
  return (Ref){.kind = REF_ENTITY, .index = id};
}

// A variable of the same body that is not seen here.
static void label_unseen(Checker *c, const Scope *scope, Name name, Diagnostic *d) {
  if (scope->body == NO_INDEX) return;
  const Body *body = &c->program->bodies.items[scope->body];
  for (uint32_t i = 0; i < body->variables.n; i++) {
    if (body->variables.items[i].name.id != name.id) continue;
    diagnostic_also(c->diagnostics, d, body->variables.items[i].name.span,
                    "this one is seen only to the end of its block");
    return;
  }
}

static void report_unknown_value(Checker *c, const Scope *scope, const Node *path) {
  const Want value = {(1u << ENTITY_KINDS) - 1 - KIND(ENTITY_SCENARIO), "a thing or value",
                      E_WRONG_KIND};
  Candidates *known = candidates_start(c);
  for (uint32_t i = 0; !is_only_counted(c) && i < scope->variables.n; i++) {
    const Visible *visible = &scope->variables.items[i];
    if (visible->variable == NO_INDEX) continue;
    candidates_add(c, known,
                   c->program->bodies.items[scope->body].variables.items[visible->variable].name);
  }
  if (scope->body != NO_INDEX) {
    const Body *body = &c->program->bodies.items[scope->body];
    for (uint32_t i = 0; i < body->params.n; i++)
      candidates_add(c, known, body->params.items[i].name);
  }
  candidates_add_steps(c, known);
  Diagnostic *d = report_unfit(c, path->path.parts[0], &value, known);
  if (!is_only_counted(c)) label_unseen(c, scope, path->path.parts[0], d);
}

void resolve_path(Checker *c, const Scope *scope, const Node *path) {
  if (path->path.n > 1) {
    resolve_long_path(c, scope, path);
    return;
  }
  NameId name = path->path.parts[0].id;
  Ref *ref = &c->program->refs[path->id];
  uint32_t index = 0;
  const Visible *visible = find_visible(c, scope, name);
  EntityId id = lookup_entity(c, name);
  if (visible && visible->variable != NO_INDEX) {
    *ref = (Ref){.kind = REF_VARIABLE, .index = visible->variable};
  } else if (visible) {
    if (visible->entity != NO_INDEX) *ref = (Ref){.kind = REF_ENTITY, .index = visible->entity};
  } else if (find_param(c, scope->body, name, &index)) {
    *ref = (Ref){.kind = REF_PARAM, .index = index};
  } else if (id != NO_INDEX && program_entity(c->program, id)->kind != ENTITY_SCENARIO) {
    *ref = entity_ref(c, id);
  } else if (id == NO_INDEX && name && name <= c->n_names && c->n_steps[name]) {
    resolve_step(c, scope->body, path, 1, FIELD_NONE, NULL);
  } else {
    report_unknown_value(c, scope, path);
  }
}

static bool is_line_word(Text word) {
  return text_equal(word, TEXT("yes")) || text_equal(word, TEXT("no")) ||
         text_equal(word, TEXT("abstain")) || text_equal(word, TEXT("absent"));
}

static void resolve_line_test(Checker *c, const Scope *scope, const Node *node,
                              const ChamberInfo *chamber) {
  Text word = name_of(c, node->is.pred.name.id);
  resolve_line(c, scope, node->is.path, chamber);
  if (c->program->refs[node->is.path->id].kind != REF_LINE) return;
  if (!is_line_word(word)) {
    Diagnostic *d = diagnostic_add(c->diagnostics, E_UNKNOWN_NAME, node->is.pred.span,
                                   "a bloc's line is never \"%.*s\"", TEXT_ARG(word));
    diagnostic_hint(c->diagnostics, d, "A line is yes, no, abstain or absent.");
    return;
  }
  LineKind line = text_equal(word, TEXT("yes"))       ? LINE_IS_YES
                  : text_equal(word, TEXT("no"))      ? LINE_IS_NO
                  : text_equal(word, TEXT("abstain")) ? LINE_IS_ABSTAIN
                                                      : LINE_IS_ABSENT;
  c->program->tests[node->id] = (IsTest){IS_LINE, line};
}

static void resolve_bill_test(Checker *c, const Scope *scope, const Node *node, IsKind kind) {
  const Want bill = {KIND(ENTITY_BILL), "a bill", E_WRONG_KIND};
  if (resolve_entity(c, scope, node->is.path, &bill)) c->program->tests[node->id].kind = kind;
}

static void resolve_listed_test(Checker *c, const Scope *scope, const Node *node) {
  const Want organization = {KIND(ENTITY_ORGANIZATION), "an organization", E_WRONG_KIND};
  const Want reg = {KIND(ENTITY_REGISTER), "a register", E_WRONG_KIND};
  bool is_known = resolve_entity(c, scope, node->is.path, &organization);
  if (resolve_entity(c, scope, node->is.pred.reg, &reg) && is_known)
    c->program->tests[node->id].kind = IS_LISTED;
}

void resolve_is(Checker *c, const Scope *scope, const Node *node) {
  const Node *path = node->is.path;
  if (path->kind != NODE_PATH) return;
  const ChamberInfo *chamber = path->path.n > 1 ? find_chamber(c, path) : NULL;
  switch (node->is.pred.kind) {
    case PRED_ENACTED: resolve_bill_test(c, scope, node, IS_ENACTED); return;
    case PRED_IN_FORCE: resolve_bill_test(c, scope, node, IS_IN_FORCE); return;
    case PRED_LISTED: resolve_listed_test(c, scope, node); return;
    case PRED_NAME:
      if (chamber) {
        resolve_line_test(c, scope, node, chamber);
        return;
      }
      break;
    case PRED_PASSED:
    case PRED_FAILED:
    case PRED_REACHED: break;
  }
  resolve_step(c, scope->body, path, path->path.n, FIELD_NONE, node);
}
