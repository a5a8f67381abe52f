// Names of the file space and the messages about them. A suggestion is of a kind that could stand
// at the place.
#include "lang/check/resolver.h"

enum { MAX_LISTED = 6 };
#define MAX_COMPARED 2000000u  // names for the suggestions of a whole script

Text name_of(const Checker *c, NameId id) {
  return id ? names_text(c->tree->names, id) : TEXT("?");
}

const char *kind_text(EntityKind kind) {
  static const char *const texts[ENTITY_KINDS] = {
      [ENTITY_OUTCOME] = "an outcome",    [ENTITY_ORGANIZATION] = "an organization",
      [ENTITY_REGISTER] = "a register",   [ENTITY_BILL] = "a bill",
      [ENTITY_MATTER] = "a matter",       [ENTITY_OFFICE] = "an office",
      [ENTITY_COURT] = "a court",         [ENTITY_CHAMBER] = "a chamber",
      [ENTITY_PROCEDURE] = "a procedure", [ENTITY_MOTION] = "a motion",
      [ENTITY_ASSUME] = "an assumption",  [ENTITY_FACT] = "a fact",
      [ENTITY_LET] = "a variable",        [ENTITY_SCENARIO] = "a scenario",
  };
  return texts[kind];
}

Text path_text(const Checker *c, const Node *path, uint32_t n_parts) {
  TextBuilder b = {0};
  for (uint32_t i = 0; i < n_parts; i++) {
    if (i) text_add_char(&b, '.');
    text_add_text(&b, name_of(c, path->path.parts[i].id));
  }
  return text_builder_take(&b, c->arena);
}

EntityId lookup_entity(const Checker *c, NameId id) {
  return id && id <= c->n_names ? c->by_name[id] : NO_INDEX;
}

FirstNames first_names_new(const Checker *c) {
  return (FirstNames){.group = ARENA_ARRAY(c->arena, uint32_t, c->n_names + 1),
                      .first = ARENA_ARRAY(c->arena, uint32_t, c->n_names + 1)};
}

void first_names_start(FirstNames *names) {
  names->now++;
}

uint32_t first_names_find(const Checker *c, const FirstNames *names, NameId id) {
  bool is_known = id && id <= c->n_names && names->group[id] == names->now;
  return is_known ? names->first[id] : NO_INDEX;
}

uint32_t first_names_add(const Checker *c, FirstNames *names, NameId id, uint32_t index) {
  uint32_t first = first_names_find(c, names, id);
  if (first != NO_INDEX || !id || id > c->n_names) return first;
  names->group[id] = names->now;
  names->first[id] = index;
  return NO_INDEX;
}

bool is_only_counted(const Checker *c) {
  return c->diagnostics->n_errors >= DIAGNOSTICS_FOUND;
}

Candidates *candidates_start(Checker *c) {
  c->known.words.n = c->known.spans.n = 0;
  return &c->known;
}

void candidates_add(Checker *c, Candidates *known, Name name) {
  if (!name.id) return;
  vec_push(c->arena, &known->words, name_of(c, name.id));
  vec_push(c->arena, &known->spans, name.span);
}

void candidates_add_entities(Checker *c, Candidates *known, uint32_t kinds) {
  for (uint32_t i = 0; !is_only_counted(c) && i < c->program->entities.n; i++) {
    const Entity *entity = &c->program->entities.items[i];
    if (kinds & KIND(entity->kind)) candidates_add(c, known, entity->name);
  }
}

void candidates_add_steps(Checker *c, Candidates *known) {
  for (uint32_t b = 0; !is_only_counted(c) && b < c->program->bodies.n; b++) {
    const Body *body = &c->program->bodies.items[b];
    for (uint32_t i = 0; i < body->steps.n; i++)
      candidates_add(c, known, body->steps.items[i].name);
  }
}

static void label_nearest(Checker *c, Diagnostic *d, Span use, Text word, Span declared) {
  Place at = source_place(c->tree->sources, declared.from);
  if (declared.from && at.file == source_file_at(c->tree->sources, use.from)) {
    diagnostic_label(c->diagnostics, d, "did you mean \"%.*s\" (line %u)?", TEXT_ARG(word),
                     at.line);
  } else {
    diagnostic_label(c->diagnostics, d, "did you mean \"%.*s\"?", TEXT_ARG(word));
  }
}

static void hint_known(Checker *c, Diagnostic *d, const Candidates *known) {
  TextBuilder b = {0};
  for (uint32_t i = 0; i < known->words.n; i++) {
    if (i) text_add(&b, ", ");
    text_add_text(&b, known->words.items[i]);
  }
  diagnostic_hint(c->diagnostics, d, "What could stand here: %s.", b.at);
  text_builder_free(&b);
}

static const char *without_article(const char *text) {
  const char *space = strchr(text, ' ');
  return space ? space + 1 : text;
}

Diagnostic *report_unknown(Checker *c, Span span, Text written, const char *wanted,
                           const Candidates *known) {
  Diagnostic *d = diagnostic_add(c->diagnostics, E_UNKNOWN_NAME, span, "no %s is called \"%.*s\"",
                                 without_article(wanted), TEXT_ARG(written));
  // nobody reads what is only counted, and in a large script the search would take long
  if (c->diagnostics->n_errors > DIAGNOSTICS_FOUND || c->n_compared > MAX_COMPARED) return d;
  c->n_compared += known->words.n;
  Suggestion near = suggest_nearest(written, known->words.items, known->words.n);
  if (near.word.n) {
    label_nearest(c, d, span, near.word, known->spans.items[near.index]);
  } else if (known->words.n && known->words.n <= MAX_LISTED) {
    hint_known(c, d, known);
  }
  return d;
}

static Diagnostic *report_other(Checker *c, Name name, const Want *want, const char *is,
                                Span declared) {
  Text word = name_of(c, name.id);
  Diagnostic *d = diagnostic_add(c->diagnostics, want->wrong, name.span, "\"%.*s\" is %s, not %s",
                                 TEXT_ARG(word), is, want->text);
  if (declared.from) diagnostic_also(c->diagnostics, d, declared, "declared here");
  return d;
}

static Diagnostic *report_declared(Checker *c, Name name, const Want *want) {
  EntityId id = lookup_entity(c, name.id);
  const Node *other = name.id && name.id <= c->n_names ? c->by_name_other[name.id] : NULL;
  if (id != NO_INDEX) {
    const Entity *entity = program_entity(c->program, id);
    return report_other(c, name, want, kind_text(entity->kind), entity->name.span);
  }
  if (other) {
    bool is_threshold = other->kind == NODE_THRESHOLD_ITEM;
    return report_other(c, name, want, is_threshold ? "a threshold" : "a calendar",
                        is_threshold ? other->threshold_item.name.span : other->declare.name.span);
  }
  return NULL;
}

static Diagnostic *report_bloc(Checker *c, Name name, const Want *want) {
  for (uint32_t i = 0; i < c->program->blocs.n; i++) {
    const BlocInfo *bloc = &c->program->blocs.items[i];
    if (bloc->name.id != name.id) continue;
    Text chamber = program_name(c->program, c->program->chambers.items[bloc->chamber].entity);
    Text is = text_format(c->arena, "a bloc of %.*s", TEXT_ARG(chamber));
    return report_other(c, name, want, is.at, bloc->name.span);
  }
  return NULL;
}

static Diagnostic *report_step(Checker *c, Name name, const Want *want) {
  if (!name.id || name.id > c->n_names || !c->n_steps[name.id]) return NULL;
  for (uint32_t b = 0; b < c->program->bodies.n; b++) {
    const Body *body = &c->program->bodies.items[b];
    for (uint32_t i = 0; i < body->steps.n; i++) {
      const StepInfo *step = &body->steps.items[i];
      if (step->name.id != name.id) continue;
      bool is_call = step->node->kind == NODE_DO || step->node->kind == NODE_MOVE;
      return report_other(c, name, want, is_call ? "a call" : "a stage", step->name.span);
    }
  }
  return NULL;
}

Diagnostic *report_unfit(Checker *c, Name name, const Want *want, Candidates *known) {
  if (is_only_counted(c))
    return report_unknown(c, name.span, name_of(c, name.id), want->text, known);
  Diagnostic *d = report_declared(c, name, want);
  if (!d) d = report_bloc(c, name, want);
  if (!d) d = report_step(c, name, want);
  if (d) return d;
  candidates_add_entities(c, known, want->kinds);
  return report_unknown(c, name.span, name_of(c, name.id), want->text, known);
}
