// Steps by name. A step of the own body is meant relative to the call that runs; any other is
// looked for among all steps of the program, so it waits until all calls are known.
#include "lang/check/resolver.h"

static const Want wanted_step = {0, "a stage or named call", E_WRONG_KIND};

static void report_no_option(Checker *c, const Node *is, const StepInfo *step) {
  Text word = name_of(c, is->is.pred.name.id), name = name_of(c, step->name.id);
  if (step->choice) {
    Candidates *known = candidates_start(c);
    for (uint32_t i = 0; i < step->choice->choice.n; i++) {
      if (!step->choice->choice.options[i].label.id) return;  // not understood: it may be this one
      candidates_add(c, known, step->choice->choice.options[i].label);
    }
    Text wanted = text_format(c->arena, "an option of %.*s", TEXT_ARG(name));
    report_unknown(c, is->is.pred.span, word, wanted.at, known);
    return;
  }
  bool is_stage = step->node->kind == NODE_STAGE;
  uint32_t n = is_stage ? count_choices(c, step->node) : 0;
  Diagnostic *d =
      n ? diagnostic_add(c->diagnostics, E_PLACE, is->is.pred.span,
                         "\"%.*s\" makes %u choices, so it is not clear which one is asked for",
                         TEXT_ARG(name), n)
        : diagnostic_add(c->diagnostics, E_PLACE, is->is.pred.span, "\"%.*s\" makes no choice",
                         TEXT_ARG(name));
  diagnostic_also(c->diagnostics, d, step->name.span, is_stage ? "the stage" : "the call");
  if (n) {
    diagnostic_hint(c->diagnostics, d, "Give each choice a stage of its own.");
  } else {
    diagnostic_hint(c->diagnostics, d,
                    "Only a stage with one choice directly in it has options. Ask for instance "
                    "whether \"%.*s is passed\".",
                    TEXT_ARG(name));
  }
}

static uint32_t option_of(const StepInfo *step, NameId name) {
  for (uint32_t i = 0; step->choice && i < step->choice->choice.n; i++) {
    if (step->choice->choice.options[i].label.id == name) return i;
  }
  return NO_INDEX;
}

static void test_step(Checker *c, const Node *is, const StepInfo *step) {
  IsTest *test = &c->program->tests[is->id];
  Text word = name_of(c, is->is.pred.name.id);
  uint32_t option = option_of(step, is->is.pred.name.id);
  switch (is->is.pred.kind) {
    case PRED_PASSED: test->kind = IS_PASSED; return;
    case PRED_FAILED: test->kind = IS_FAILED; return;
    case PRED_REACHED: test->kind = IS_REACHED; return;
    case PRED_ENACTED:
    case PRED_IN_FORCE:
    case PRED_LISTED: return;  // asked of bills and organizations
    case PRED_NAME: break;
  }
  if (option != NO_INDEX) {
    *test = (IsTest){IS_OPTION, option};
  } else if (text_equal(word, TEXT("expired"))) {
    test->kind = IS_EXPIRED;
  } else if (text_equal(word, TEXT("inquorate"))) {
    test->kind = IS_INQUORATE;
  } else {
    report_no_option(c, is, step);
  }
}

static void report_no_step(Checker *c, uint32_t body, const Node *path, uint32_t n_parts,
                           const Node *is) {
  Name name = path->path.parts[n_parts - 1];
  EntityId id = n_parts == 1 ? lookup_entity(c, name.id) : NO_INDEX;
  uint32_t index = 0;
  const ParamInfo *param = n_parts == 1 ? find_param(c, body, name.id, &index) : NULL;
  if (param && !param->is_entity && param->type == VALUE_NONE) return;  // told
  EntityKind kind = param && param->is_entity ? param->kind
                    : id != NO_INDEX          ? program_entity(c->program, id)->kind
                                              : ENTITY_KINDS;
  Candidates *known = candidates_start(c);
  Diagnostic *d;
  candidates_add_steps(c, known);
  if (param) {
    d = diagnostic_add(c->diagnostics, E_WRONG_KIND, name.span, "\"%.*s\" is %s, not %s",
                       TEXT_ARG(name_of(c, name.id)),
                       param->is_entity ? kind_text(param->kind) : "a value", wanted_step.text);
  } else {
    d = report_unfit(c, name, &wanted_step, known);
  }
  Text text = name_of(c, name.id);
  if (!is && kind == ENTITY_BILL) {
    diagnostic_hint(c->diagnostics, d,
                    "A bill has the dates enacted and in_force: \"%.*s.enacted\".", TEXT_ARG(text));
  }
  if (is && kind == ENTITY_BILL) {
    diagnostic_hint(c->diagnostics, d, "A bill can be enacted or in force: \"%.*s is enacted\".",
                    TEXT_ARG(text));
  }
}

static bool resolve_own_step(Checker *c, uint32_t body, const Node *path, Field field,
                             const Node *is) {
  uint32_t own = first_names_find(c, &c->own_steps, path->path.parts[0].id);
  if (own == NO_INDEX) return false;
  c->program->refs[path->id] = (Ref){.kind = REF_OWN_STEP, .field = field, .index = own};
  if (is) test_step(c, is, &c->program->bodies.items[body].steps.items[own]);
  return true;
}

void resolve_step(Checker *c, uint32_t body, const Node *path, uint32_t n_parts, Field field,
                  const Node *is) {
  NameId name = path->path.parts[n_parts - 1].id;
  if (n_parts == 1 && body != NO_INDEX && resolve_own_step(c, body, path, field, is)) return;
  if (!name || name > c->n_names || !c->n_steps[name]) {
    report_no_step(c, body, path, n_parts, is);
    return;
  }
  Late late = {path, is, n_parts, field};
  vec_push(c->arena, &c->late, late);
}

static const StepInfo *step_info(const Program *p, uint32_t step) {
  const Step *s = &p->steps.items[step];
  return &p->bodies.items[p->calls.items[s->call].body].steps.items[s->own];
}

// A step's full name up to the number that it has where two calls without names lead to it.
static Text writable_name(const Program *p, uint32_t step) {
  Text name = p->steps.items[step].full_name;
  const char *number = memchr(name.at, '#', name.n);
  return number ? (Text){name.at, (uint32_t)(number - 1 - name.at)} : name;
}

static bool has_name_of_its_own(const Program *p, const uint32_t *found, uint32_t n, uint32_t i) {
  for (uint32_t k = 0; k < n; k++) {
    if (k != i && text_equal(writable_name(p, found[k]), writable_name(p, found[i]))) return false;
  }
  return true;
}

// The calls on the way to a step, the outermost first.
static void add_lines(const Checker *c, TextBuilder *b, uint32_t call) {
  const Call *last = &c->program->calls.items[call];
  if (last->parent == NO_INDEX) return;
  add_lines(c, b, last->parent);
  text_addf(b, "%s%u", last->parent == 0 ? "" : ", ",
            source_place(c->tree->sources, last->site->span.from).line);
}

static void list_step(Checker *c, Diagnostic *d, const uint32_t *found, uint32_t n, uint32_t i) {
  const Program *p = c->program;
  Text name = writable_name(p, found[i]);
  if (has_name_of_its_own(p, found, n, i)) {
    diagnostic_note(c->diagnostics, d, "%.*s", TEXT_ARG(name));
    return;
  }
  uint32_t call = p->steps.items[found[i]].call;
  bool is_direct = call == 0 || p->calls.items[call].parent == 0;
  TextBuilder lines = {0};
  text_add(&lines, "");
  add_lines(c, &lines, call);
  diagnostic_note(c->diagnostics, d, "%.*s, by the call%s in line%s %s", TEXT_ARG(name),
                  is_direct ? "" : "s", is_direct ? "" : "s", lines.at);
  text_builder_free(&lines);
}

static void report_ambiguous(Checker *c, const Late *late, const uint32_t *found, uint32_t n,
                             uint32_t n_listed) {
  Text text = path_text(c, late->path, late->n_parts);
  bool have_names = true;
  Diagnostic *d = diagnostic_add(c->diagnostics, E_AMBIGUOUS, late->path->span,
                                 "%u steps are called \"%.*s\"", n, TEXT_ARG(text));
  for (uint32_t i = 0; i < n_listed; i++) {
    list_step(c, d, found, n_listed, i);
    have_names &= has_name_of_its_own(c->program, found, n_listed, i);
  }
  if (n > n_listed) diagnostic_note(c->diagnostics, d, "and %u more", n - n_listed);
  diagnostic_hint(c->diagnostics, d,
                  have_names ? "Write a full name."
                             : "Give each call a name of its own, \"do … as NAME\", and write "
                               "it before the step.");
}

// The body that has such a step, though no call leads to it.
static const Body *body_of_step(const Program *p, NameId name, Span *span) {
  for (uint32_t b = 0; b < p->bodies.n; b++) {
    const Body *body = &p->bodies.items[b];
    for (uint32_t i = 0; i < body->steps.n; i++) {
      if (body->steps.items[i].name.id != name) continue;
      *span = body->steps.items[i].name.span;
      return body;
    }
  }
  return NULL;
}

static void report_uncalled(Checker *c, const Late *late) {
  Name name = late->path->path.parts[late->n_parts - 1];
  Text text = path_text(c, late->path, late->n_parts), word = name_of(c, name.id);
  Span span = {0, 0};
  const Body *body = is_only_counted(c) ? NULL : body_of_step(c->program, name.id, &span);
  uint32_t first = c->first_step[name.id];
  Diagnostic *d;
  if (first == NO_INDEX && body && body->entity != NO_INDEX) {
    Text owner = program_name(c->program, body->entity);
    d = diagnostic_add(c->diagnostics, E_UNKNOWN_NAME, late->path->span,
                       "\"%.*s\" is a step of \"%.*s\", which is never called", TEXT_ARG(word),
                       TEXT_ARG(owner));
    diagnostic_also(c->diagnostics, d, span, "the step");
    return;
  }
  d = diagnostic_add(c->diagnostics, E_UNKNOWN_NAME, late->path->span, "no step is called \"%.*s\"",
                     TEXT_ARG(text));
  for (uint32_t i = 0; first != NO_INDEX && i < 8; i++, first = c->next_step[first]) {
    diagnostic_note(c->diagnostics, d, "there is %.*s", TEXT_ARG(writable_name(c->program, first)));
  }
}

void resolve_late(Checker *c) {
  enum { MAX_FOUND = 8 };
  for (uint32_t i = 0; c->is_expanded && i < c->late.n; i++) {
    const Late *late = &c->late.items[i];
    uint32_t found[MAX_FOUND];
    uint32_t n = find_steps(c, late->path->path.parts, late->n_parts, found, MAX_FOUND);
    if (n == 1) {
      c->program->refs[late->path->id] =
          (Ref){.kind = REF_STEP, .field = late->field, .index = found[0]};
      if (late->is) test_step(c, late->is, step_info(c->program, found[0]));
    } else if (n) {
      report_ambiguous(c, late, found, n, n < MAX_FOUND ? n : MAX_FOUND);
    } else {
      report_uncalled(c, late);
    }
  }
}
