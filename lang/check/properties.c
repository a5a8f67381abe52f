// The properties of what is declared: those that fit, each once; seats; and how each bloc makes up
// its mind.
#include "lang/check/thresholds.h"

enum { MAX_SEATS = 20000 };

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
  diagnostic_add(c->diagnostics, E_PROPERTY, span, "%s has no \"%s\"", holder,
                 prop_text(prop->kind));
}

static NameId thing_of(const Prop *prop) {  // of `line on X`, of `weight NAME`
  return prop->name && prop->name->kind == NODE_PATH ? prop->name->path.parts[0].id : 0;
}

static void check_once(Checker *c, const PropList *props, uint32_t i) {
  const Prop *prop = &props->items[i];
  bool is_general_rule = (prop->kind == PROP_LINE || prop->kind == PROP_FREE) && !prop->name;
  if (prop->kind == PROP_LISTS || prop->kind == PROP_BLOC || is_general_rule) return;
  for (uint32_t k = 0; k < i; k++) {
    const Prop *other = &props->items[k];
    bool are_rules = prop->name && (prop->kind == PROP_LINE || prop->kind == PROP_FREE) &&
                     (other->kind == PROP_LINE || other->kind == PROP_FREE);
    if (other->kind != prop->kind && !are_rules) continue;
    if (thing_of(other) != thing_of(prop)) continue;
    Diagnostic *d = diagnostic_add(c->diagnostics, E_TWICE, prop->span, "\"%s\" stands here twice",
                                   prop_text(prop->kind));
    diagnostic_also(c->diagnostics, d, other->span, "first here");
    return;
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
    if (fits_bloc(bloc->props.items[i].kind)) check_once(c, &bloc->props, i);
    else tell_unfit(c, &bloc->props.items[i], "a bloc");
  }
  check_rules(c, bloc);
}

static void check_declared(Checker *c, const Entity *entity) {
  const PropList *props = &entity->node->declare.props;
  bool votes = entity->kind == ENTITY_CHAMBER || entity->kind == ENTITY_COURT;
  for (uint32_t i = 0; i < props->n; i++) {
    const Prop *prop = &props->items[i];
    bool fits = votes ? fits_voter(prop->kind)
                      : entity->kind == ENTITY_REGISTER && prop->kind == PROP_LISTS;
    if (!fits) {
      tell_unfit(c, prop, kind_text(entity->kind));
      continue;
    }
    check_once(c, props, i);
    if (prop->kind == PROP_BLOC) check_bloc(c, prop->bloc);
  }
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

static bool seats_of(const Checker *c, const Node *node, int64_t *out) {
  Value value;
  *out = 1;
  if (!node) return true;
  if (!check_constant(c->program, node, &value) || value.type != VALUE_NUMBER) return false;
  if (!(value.number >= 0 && value.number <= MAX_SEATS)) return false;
  *out = (int64_t)value.number;
  return true;
}

bool check_seats(const Checker *c, const ChamberInfo *chamber, int64_t *held, int64_t *seats) {
  *held = 0;
  for (uint32_t i = 0; i < chamber->n_blocs; i++) {
    int64_t n;
    if (!seats_of(c, c->program->blocs.items[chamber->first_bloc + i].seats, &n)) return false;
    *held += n;
  }
  *seats = *held;
  return !chamber->seats || seats_of(c, chamber->seats, seats);
}

static void check_chamber(Checker *c, const ChamberInfo *chamber) {
  const BlocInfo *blocs = c->program->blocs.items + chamber->first_bloc;
  bool are_whole = seats_are_whole(c, chamber->seats);
  for (uint32_t i = 0; i < chamber->n_blocs; i++) are_whole &= seats_are_whole(c, blocs[i].seats);
  int64_t held, seats;
  if (!are_whole || !check_seats(c, chamber, &held, &seats) || held <= seats) return;
  Diagnostic *d = diagnostic_add(c->diagnostics, E_SEATS, chamber->seats->span,
                                 "the blocs hold %lld seats, the chamber has %lld", (long long)held,
                                 (long long)seats);
  for (uint32_t i = 0; i < chamber->n_blocs; i++) {
    Span span = blocs[i].seats ? blocs[i].seats->span : blocs[i].name.span;
    diagnostic_also(c->diagnostics, d, span, "%s", "");
  }
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
}
