// Thresholds, seats and the properties of those who vote.
#include "lang/check/checker.h"

static bool seats_of(const Checker *c, const Node *node, int64_t *out) {
  Value value;
  if (!node) return *out = 1, true;
  if (!check_constant(c->program, node, &value) || value.type != VALUE_NUMBER) return false;
  *out = (int64_t)value.number;
  return true;
}

static bool seats_are_whole(Checker *c, const Node *node) {
  Value value;
  if (!node || !check_constant(c->program, node, &value) || value.type != VALUE_NUMBER) return true;
  if (value.number >= 0 && value.number <= 20000 && value.number == (double)(int64_t)value.number) return true;
  diagnostic_add(c->diagnostics, E_SEATS, node->span, "seats are a whole number from 0 to 20000");
  return false;
}

static void check_bloc_props(Checker *c, const Bloc *bloc) {
  uint32_t n_lines = 0, n_free = 0, seen = 0, n_on = 0;
  for (uint32_t i = 0; i < bloc->props.n; i++) {
    const Prop *prop = &bloc->props.items[i];
    switch (prop->kind) {
      case PROP_LINE: case PROP_FREE:
        if (prop->name) n_on++;
        else if (prop->kind == PROP_LINE) n_lines++;
        else n_free++;
        break;
      case PROP_SEATS: case PROP_LOYALTY: case PROP_TURNOUT: case PROP_ABSTAIN:
        if (seen >> prop->kind & 1) diagnostic_add(c->diagnostics, E_TWICE, prop->span, "this property is given twice");
        seen |= 1u << prop->kind;
        break;
      case PROP_WEIGHT: case PROP_VETO: case PROP_FIRM: case PROP_FOLLOWS: break;
      case PROP_LISTS: case PROP_BLOC: case PROP_QUORUM: case PROP_PASSES: case PROP_TIEBREAK: case PROP_SITS: case PROP_WEEKDAYS:
      case PROP_EXCEPT: case PROP_ALSO: case PROP_EVERY:
        diagnostic_add(c->diagnostics, E_PROPERTY, prop->span, "a bloc has no such property");
        break;
    }
    if (prop->kind == PROP_FOLLOWS) n_lines++;
  }
  const char *name = names_text(c->tree->names, bloc->name.id).at;
  if (n_lines + n_free > 1) {
    diagnostic_add(c->diagnostics, E_PROPERTY, bloc->name.span, n_lines && n_free ? "the bloc \"%s\" has a line and is free: it is one or the other" : "the bloc \"%s\" has two lines", name);
  } else if (n_lines + n_free + n_on == 0) {
    Diagnostic *d = diagnostic_add(c->diagnostics, E_PROPERTY, bloc->name.span, "how does the bloc \"%s\" vote?", name);
    diagnostic_hint(c->diagnostics, d, "Give it a line (line 60%%) or let its members be free (free 50%%).");
  }
}

static void check_declared(Checker *c, const Entity *entity) {
  const PropList *props = &entity->node->declare.props;
  uint32_t seen = 0;
  bool votes = entity->kind == ENTITY_CHAMBER || entity->kind == ENTITY_COURT;
  for (uint32_t i = 0; i < props->n; i++) {
    const Prop *prop = &props->items[i];
    bool fits = entity->kind == ENTITY_REGISTER ? prop->kind == PROP_LISTS
        : votes && (prop->kind == PROP_SEATS || prop->kind == PROP_QUORUM || prop->kind == PROP_PASSES || prop->kind == PROP_TIEBREAK ||
                    prop->kind == PROP_SITS || prop->kind == PROP_BLOC);
    if (!fits) diagnostic_add(c->diagnostics, E_PROPERTY, prop->span, "this property does not fit here");
    if (fits && prop->kind != PROP_LISTS && prop->kind != PROP_BLOC) {
      if (seen >> prop->kind & 1) diagnostic_add(c->diagnostics, E_TWICE, prop->span, "this property is given twice");
      seen |= 1u << prop->kind;
    }
    if (prop->kind == PROP_BLOC && votes) check_bloc_props(c, prop->bloc);
  }
}

// Held seats and all seats, where both are constant.
static bool chamber_seats(const Checker *c, const ChamberInfo *chamber, int64_t *held, int64_t *seats) {
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
  bool is_whole = seats_are_whole(c, chamber->seats);
  for (uint32_t i = 0; i < chamber->n_blocs; i++) is_whole &= seats_are_whole(c, c->program->blocs.items[chamber->first_bloc + i].seats);
  int64_t held, seats;
  if (!is_whole || !chamber_seats(c, chamber, &held, &seats) || held <= seats) return;
  const Entity *entity = &c->program->entities.items[chamber->entity];
  Diagnostic *d = diagnostic_add(c->diagnostics, E_SEATS, entity->name.span, "the blocs hold %lld seats, the chamber has %lld", (long long)held, (long long)seats);
  diagnostic_also(c->diagnostics, d, chamber->seats->span, "its seats");
}

static bool share_fits(Checker *c, const Node *threshold) {
  Rational share = threshold->threshold_share.share;
  if (!rational_is_some(share)) return false;
  if (rational_compare(share, rational_of(0, 1)) >= 0 && rational_compare(share, rational_of(1, 1)) <= 0) return true;
  diagnostic_add(c->diagnostics, E_THRESHOLD, threshold->span, "a share of votes lies between 0 and 1");
  return false;
}

static bool count_fits(Checker *c, const Node *threshold) {
  Rational count = threshold->threshold_count.count;
  if (rational_is_some(count) && count.den == 1 && count.num >= 0 && count.num <= 20000) return true;
  diagnostic_add(c->diagnostics, E_THRESHOLD, threshold->span, "a number of votes is whole, from 0 to 20000");
  return false;
}

static int64_t least_of(const Node *threshold, int64_t held, int64_t seats) {
  if (threshold->kind == NODE_THRESHOLD_COUNT) return threshold->threshold_count.count.num;
  const ThresholdShareNode *t = &threshold->threshold_share;
  bool of_seats = t->base == TREE_BASE_SEATS, of_members = t->base == TREE_BASE_NAME;
  if (!of_seats && !of_members) return 0;
  __int128 product = (__int128)t->share.num * (of_seats ? seats : held);
  int64_t floor = (int64_t)(product / t->share.den);
  bool is_whole = product % t->share.den == 0;
  return t->more_than || !is_whole ? floor + 1 : floor;
}

static void check_threshold(Checker *c, const Node *threshold, const ChamberInfo *chamber, bool is_quorum) {
  if (!threshold || (threshold->kind != NODE_THRESHOLD_SHARE && threshold->kind != NODE_THRESHOLD_COUNT)) return;
  bool is_share = threshold->kind == NODE_THRESHOLD_SHARE;
  if (is_share ? !share_fits(c, threshold) : !count_fits(c, threshold)) return;
  if (is_quorum ? is_share && (threshold->threshold_share.base == TREE_BASE_PRESENT || threshold->threshold_share.base == TREE_BASE_VOTES)
                : !is_share && threshold->threshold_count.kind == COUNT_PRESENT) {
    diagnostic_add(c->diagnostics, E_THRESHOLD, threshold->span, is_quorum ? "a quorum counts those present: of seats, of members or a number" : "a vote needs a number of yes; those present are counted by a quorum");
    return;
  }
  if (is_quorum && !is_share && threshold->threshold_count.kind != COUNT_PRESENT) {
    diagnostic_add(c->diagnostics, E_THRESHOLD, threshold->span, "a quorum counts those present");
    return;
  }
  int64_t held, seats;
  if (!chamber || !chamber_seats(c, chamber, &held, &seats)) return;
  int64_t least = least_of(threshold, held, seats);
  if (least <= held) return;
  diagnostic_add(c->diagnostics, E_THRESHOLD, threshold->span, "out of reach: it takes %lld, and the blocs hold %lld seats", (long long)least, (long long)held);
}

static void check_vote(Checker *c, const Node *node, void *context) {
  (void)context;
  if (node->kind != NODE_VOTE) return;
  const Ref *ref = &c->program->refs[node->vote.chamber->id];
  const ChamberInfo *chamber = ref->kind == REF_ENTITY ? &c->program->chambers.items[c->program->entities.items[ref->index].index] : NULL;
  check_threshold(c, node->vote.needs, chamber, false);
  check_threshold(c, node->vote.quorum, chamber, true);
  if (!chamber) return;
  if (chamber->n_blocs == 0) diagnostic_add(c->diagnostics, E_PROPERTY, node->vote.chamber->span, "nobody votes here: it has no blocs");
  if (node->vote.needs || chamber->passes) return;
  Diagnostic *d = diagnostic_add(c->diagnostics, E_THRESHOLD, node->span, "what does this vote need?");
  diagnostic_hint(c->diagnostics, d, "Write for instance \"needs majority of votes\", or \"passes by\" in the chamber.");
}

void check_thresholds(Checker *c) {
  const Program *p = c->program;
  for (uint32_t i = 0; i < p->entities.n; i++) {
    const Entity *entity = &p->entities.items[i];
    if (entity->node && entity->node->kind == NODE_DECLARE) check_declared(c, entity);
  }
  for (uint32_t i = 0; i < p->chambers.n; i++) {
    check_chamber(c, &p->chambers.items[i]);
    check_threshold(c, p->chambers.items[i].passes, &p->chambers.items[i], false);
    check_threshold(c, p->chambers.items[i].quorum, &p->chambers.items[i], true);
  }
  check_walk_all(c, check_vote, NULL);
}
