// The properties of what is declared: those that fit, each once; seats; and how each bloc makes up
// its mind.
#include "lang/check/thresholds.h"
#include "lang/check/under.h"

enum { MAX_SEATS = 20000, N_PROPS = PROP_EVERY + 1 };

static const char *prop_text(PropKind kind) {
  switch (kind) {
    case PROP_LISTS: return "lists";
    case PROP_SEATS: return "seats";
    case PROP_BLOC: return "bloc";
    case PROP_LINE: return "line";
    case PROP_FREE: return "free";
    case PROP_LOYALTY: return "loyalty";
    case PROP_TURNOUT: return "turnout";
    case PROP_ABSTAIN: return "abstain";
    case PROP_WEIGHT: return "weight";
    case PROP_VETO: return "veto";
    case PROP_FIRM: return "firm";
    case PROP_FOLLOWS: return "follows";
    case PROP_QUORUM: return "quorum";
    case PROP_PASSES: return "passes by";
    case PROP_TIEBREAK: return "tiebreak";
    case PROP_SITS: return "sits";
    case PROP_WEEKDAYS: return "weekdays";
    case PROP_EXCEPT: return "except";
    case PROP_ALSO: return "also";
    case PROP_EVERY: return "every";
  }
  return "";
}

static bool fits_bloc(PropKind kind) {
  return kind == PROP_SEATS || kind == PROP_LINE || kind == PROP_FREE || kind == PROP_LOYALTY ||
         kind == PROP_TURNOUT || kind == PROP_ABSTAIN || kind == PROP_WEIGHT || kind == PROP_VETO ||
         kind == PROP_FIRM || kind == PROP_FOLLOWS;
}

static bool fits_voter(PropKind kind) {
  return kind == PROP_SEATS || kind == PROP_BLOC || kind == PROP_QUORUM || kind == PROP_PASSES ||
         kind == PROP_TIEBREAK || kind == PROP_SITS;
}

static void tell_unfit(Checker *c, const Prop *prop, const char *holder) {
  Span span = prop->kind == PROP_BLOC ? prop->bloc->name.span : prop->span;
  Diagnostic *d = diagnostic_add(c->diagnostics, E_PROPERTY, span, "%s has no \"%s\"", holder,
                                 prop_text(prop->kind));
  if (prop->kind == PROP_LISTS) {
    diagnostic_hint(c->diagnostics, d, "Who is listed is said by a register.");
  } else if (!strcmp(holder, "a bloc") && fits_voter(prop->kind)) {
    diagnostic_hint(c->diagnostics, d, "Write it in the chamber, outside of its blocs.");
  } else if (fits_bloc(prop->kind) && prop->kind != PROP_SEATS) {
    diagnostic_hint(c->diagnostics, d, "Write it in a bloc: bloc members { … %s … }",
                    prop_text(prop->kind));
  } else if (fits_voter(prop->kind)) {
    diagnostic_hint(c->diagnostics, d, "Only a chamber or a court has it.");
  }
}

static NameId thing_of(const Prop *prop) {  // of `line on X`, of `weight NAME`
  return prop->name && prop->name->kind == NODE_PATH ? prop->name->path.parts[0].id : 0;
}

static PropKind kind_of_rule(const Prop *prop) {
  return prop->kind == PROP_FREE ? PROP_LINE : prop->kind;
}

static void tell_twice(Checker *c, const Prop *prop, const Prop *first) {
  Diagnostic *d = diagnostic_add(c->diagnostics, E_TWICE, prop->span, "\"%s\" stands here twice",
                                 prop_text(prop->kind));
  diagnostic_also(c->diagnostics, d, first->span, "first here");
}

// The properties of one kind that have a name, each name once. What a bloc does on a thing is one kind, by line or freely.
static void check_names_once(Checker *c, const PropList *props, PropKind kind) {
  first_names_start(&c->firsts);
  for (uint32_t i = 0; i < props->n; i++) {
    const Prop *prop = &props->items[i];
    if (!prop->name || kind_of_rule(prop) != kind) continue;
    uint32_t first = first_names_add(c, &c->firsts, thing_of(prop), i);
    if (first != NO_INDEX) tell_twice(c, prop, &props->items[first]);
  }
}

// What fits stands once. General rules are compared by check_rules.
static void check_once(Checker *c, const PropList *props, bool (*fits)(PropKind kind)) {
  const Prop *first[N_PROPS] = {NULL};
  bool has_names[N_PROPS] = {false};
  for (uint32_t i = 0; i < props->n; i++) {
    const Prop *prop = &props->items[i];
    if (!fits(prop->kind) || prop->kind == PROP_BLOC) continue;
    if (prop->name) has_names[kind_of_rule(prop)] = true;
    else if (kind_of_rule(prop) == PROP_LINE) continue;
    else if (first[prop->kind]) tell_twice(c, prop, first[prop->kind]);
    else first[prop->kind] = prop;
  }
  for (uint32_t kind = 0; kind < N_PROPS; kind++) {
    if (has_names[kind]) check_names_once(c, props, (PropKind)kind);
  }
}

static void check_rules(Checker *c, const Bloc *bloc) {
  const Prop *first = NULL;
  bool has_on = false;
  Text name = name_of(c, bloc->name.id);
  for (uint32_t i = 0; i < bloc->props.n; i++) {
    const Prop *prop = &bloc->props.items[i];
    bool is_rule = prop->kind == PROP_LINE || prop->kind == PROP_FREE || prop->kind == PROP_FOLLOWS;
    has_on |= is_rule && prop->kind != PROP_FOLLOWS && prop->name;
    if (!is_rule || (prop->kind != PROP_FOLLOWS && prop->name)) continue;
    // `follows` says whose line, and `line` beside it what the bloc does on its own
    if (first && first->kind != PROP_FOLLOWS && prop->kind != PROP_FOLLOWS) {
      bool is_same = first->kind == prop->kind;
      Diagnostic *d =
          is_same
              ? diagnostic_add(c->diagnostics, E_TWICE, prop->span, "\"%s\" stands here twice",
                               prop_text(prop->kind))
              : diagnostic_add(c->diagnostics, E_PROPERTY, prop->span,
                               "the bloc \"%.*s\" has a line and is free: it is one or the other",
                               TEXT_ARG(name));
      diagnostic_also(c->diagnostics, d, first->span, "first here");
      return;
    }
    if (!first || first->kind == PROP_FOLLOWS) first = prop;
  }
  if (first || has_on) return;
  Diagnostic *d = diagnostic_add(c->diagnostics, E_PROPERTY, bloc->name.span,
                                 "how does the bloc \"%.*s\" vote?", TEXT_ARG(name));
  diagnostic_hint(c->diagnostics, d,
                  "Give it a line (line 60%%) or let its members be free (free 50%%).");
}

static void check_bloc(Checker *c, const Bloc *bloc) {
  for (uint32_t i = 0; i < bloc->props.n; i++) {
    if (!fits_bloc(bloc->props.items[i].kind)) tell_unfit(c, &bloc->props.items[i], "a bloc");
  }
  check_once(c, &bloc->props, fits_bloc);
  check_rules(c, bloc);
}

// Braces in the wrong place are told already, and what they put into the wrong place is not.
static bool is_partial(const PropList *props) {
  for (uint32_t i = 0; i < props->n; i++)
    if (props->items[i].kind == PROP_BLOC && is_partial(&props->items[i].bloc->props)) return true;
  return props->is_partial;
}

static void check_declared(Checker *c, const Entity *entity) {
  const PropList *props = &entity->node->declare.props;
  if (is_partial(props)) return;
  bool votes = entity->kind == ENTITY_CHAMBER || entity->kind == ENTITY_COURT;
  for (uint32_t i = 0; i < props->n; i++) {
    const Prop *prop = &props->items[i];
    bool fits = votes ? fits_voter(prop->kind)
                      : entity->kind == ENTITY_REGISTER && prop->kind == PROP_LISTS;
    if (!fits) {
      tell_unfit(c, prop, kind_text(entity->kind));
      continue;
    }
    if (prop->kind == PROP_BLOC) check_bloc(c, prop->bloc);
  }
  if (votes) check_once(c, props, fits_voter);
}

static bool seats_are_whole(Checker *c, const Node *node) {
  Value value;
  if (!node || !check_constant(c->program, node, &value) || value.type != VALUE_NUMBER) return true;
  bool is_in_range = value.number >= 0 && value.number <= MAX_SEATS;
  if (is_in_range && value.number == (double)(int64_t)value.number) return true;
  diagnostic_add(c->diagnostics, E_SEATS, node->span, "seats are a whole number from 0 to %d",
                 MAX_SEATS);
  return false;
}

// The value that stands for seats, with changes in force or (NULL) as written.
static const Node *seats_node(const Inputs *inputs, const Node *written) {
  return inputs && written ? inputs_value(inputs, written) : written;
}

static bool seats_of(Checker *c, const Inputs *inputs, const Node *written, int64_t *out) {
  Value value;
  const Node *node = seats_node(inputs, written);
  *out = 1;
  if (!node) return true;
  bool is_known = inputs ? check_constant_under(inputs, node, &value, &c->n_steps_under)
                         : check_constant(c->program, node, &value);
  if (!is_known || value.type != VALUE_NUMBER) return false;
  if (!(value.number >= 0 && value.number <= MAX_SEATS)) return false;
  *out = (int64_t)value.number;
  return *out == value.number;
}

static bool count_seats(Checker *c, const ChamberInfo *chamber, const Inputs *inputs, int64_t *held,
                        int64_t *seats) {
  *held = 0;
  if (chamber->is_partial) return false;
  for (uint32_t i = 0; i < chamber->n_blocs; i++) {
    int64_t n;
    const BlocInfo *bloc = &c->program->blocs.items[chamber->first_bloc + i];
    if (!seats_of(c, inputs, bloc->seats, &n)) return false;
    *held += n;
  }
  *seats = *held;
  return !chamber->seats || seats_of(c, inputs, chamber->seats, seats);
}

bool check_seats(Checker *c, const ChamberInfo *chamber, int64_t *held, int64_t *seats) {
  return count_seats(c, chamber, NULL, held, seats);
}

// Shown at the chamber's number, or at the last one that is changed.
static const Node *shown_at(const Checker *c, const ChamberInfo *chamber, const Inputs *inputs) {
  const Node *shown = seats_node(inputs, chamber->seats);
  for (uint32_t i = 0; i < chamber->n_blocs; i++) {
    const Node *written = c->program->blocs.items[chamber->first_bloc + i].seats;
    const Node *value = seats_node(inputs, written);
    if (value != written) shown = value;
  }
  return shown;
}

static Diagnostic *tell_seats(Checker *c, const ChamberInfo *chamber, const Inputs *inputs,
                              int64_t held, int64_t seats) {
  const Node *shown = shown_at(c, chamber, inputs), *all = seats_node(inputs, chamber->seats);
  Diagnostic *d = diagnostic_add(c->diagnostics, E_SEATS, shown->span,
                                 "the blocs hold %lld seats, the chamber has %lld", (long long)held,
                                 (long long)seats);
  if (shown != all) diagnostic_also(c->diagnostics, d, all->span, "%s", "");
  for (uint32_t i = 0; i < chamber->n_blocs; i++) {
    const BlocInfo *bloc = &c->program->blocs.items[chamber->first_bloc + i];
    const Node *value = seats_node(inputs, bloc->seats);
    if (!value || value != shown)
      diagnostic_also(c->diagnostics, d, value ? value->span : bloc->name.span, "%s", "");
  }
  return d;
}

static void check_chamber(Checker *c, const ChamberInfo *chamber) {
  const BlocInfo *blocs = c->program->blocs.items + chamber->first_bloc;
  bool are_whole = seats_are_whole(c, chamber->seats);
  for (uint32_t i = 0; i < chamber->n_blocs; i++) are_whole &= seats_are_whole(c, blocs[i].seats);
  int64_t held, seats;
  if (!are_whole || !check_seats(c, chamber, &held, &seats) || held <= seats) return;
  tell_seats(c, chamber, NULL, held, seats);
}

// What is too much as it is written has been told.
static bool became_too_many(Checker *c, uint32_t place, const Inputs *inputs, void *context) {
  (void)context;
  const ChamberInfo *chamber = &c->program->chambers.items[place];
  int64_t held, seats, held_before, seats_before;
  if (!count_seats(c, chamber, inputs, &held, &seats) || held <= seats) return false;
  return !check_seats(c, chamber, &held_before, &seats_before) || held_before <= seats_before;
}

static void tell_too_many(Checker *c, uint32_t place, const Under *under, void *context) {
  (void)context;
  const ChamberInfo *chamber = &c->program->chambers.items[place];
  int64_t held, seats;
  if (!count_seats(c, chamber, under->inputs, &held, &seats)) return;
  check_note_under(c, tell_seats(c, chamber, under->inputs, held, seats), under);
}

static void check_changed_seats(Checker *c, const Change *changes, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    if (changes[i].input == NO_INDEX) continue;
    if (c->program->inputs.items[changes[i].input].kind == INPUT_SEATS)
      seats_are_whole(c, changes[i].value);
  }
}

void check_properties(Checker *c) {
  const Program *p = c->program;
  for (uint32_t i = 0; i < p->entities.n; i++) {
    const Entity *entity = &p->entities.items[i];
    if (entity->node && entity->node->kind == NODE_DECLARE) check_declared(c, entity);
  }
  for (uint32_t i = 0; i < p->chambers.n; i++) check_chamber(c, &p->chambers.items[i]);
  for (uint32_t i = 0; i < p->scenarios.n; i++) {
    check_changed_seats(c, p->scenarios.items[i].changes.items, p->scenarios.items[i].changes.n);
  }
  check_changed_seats(c, p->sets.items, p->sets.n);
  UnderRule rule = {p->chambers.n, became_too_many, tell_too_many, NULL};
  check_under(c, &rule);
}
