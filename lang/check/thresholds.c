// Thresholds and quorums, against the chamber that votes: known bases, shares that can be meant,
// numbers within reach, and a rule of each bloc for what is voted on. A chamber or thing that is a
// parameter is looked up in every call.
#include "lang/check/thresholds.h"

enum { MAX_COUNT = 20000 };

static bool share_fits(Checker *c, const Node *threshold) {
  Rational share = threshold->threshold_share.share;
  if (!rational_is_some(share)) return false;
  if (rational_compare(share, rational_of(0, 1)) >= 0 &&
      rational_compare(share, rational_of(1, 1)) <= 0)
    return true;
  diagnostic_add(c->diagnostics, E_THRESHOLD, threshold->span,
                 "a share of votes lies between 0 and 1");
  return false;
}

static bool count_fits(Checker *c, const Node *threshold) {
  Rational count = threshold->threshold_count.count;
  if (rational_is_some(count) && count.den == 1 && count.num >= 0 && count.num <= MAX_COUNT)
    return true;
  diagnostic_add(c->diagnostics, E_THRESHOLD, threshold->span,
                 "a number of votes is whole, from 0 to %d", MAX_COUNT);
  return false;
}

static bool is_members(const Checker *c, const ThresholdShareNode *share) {
  return share->base == TREE_BASE_NAME &&
         text_equal(name_of(c, share->base_name.id), TEXT("members"));
}

// False where the base is told here, was told by the parser (none) or is refused (a weight).
static bool base_fits(Checker *c, const Node *threshold) {
  static const Text bases[] = {{"seats", 5}, {"present", 7}, {"votes", 5}, {"members", 7}};
  const ThresholdShareNode *share = &threshold->threshold_share;
  if (share->base != TREE_BASE_NAME || is_members(c, share)) return true;
  if (!share->base_name.id || check_is_weight(c, share->base_name.id)) return false;
  Text written = name_of(c, share->base_name.id);
  Diagnostic *d = diagnostic_add(c->diagnostics, E_THRESHOLD, share->base_name.span,
                                 "a share of what is \"%.*s\"?", TEXT_ARG(written));
  Suggestion near = suggest_nearest(written, bases, 4);
  if (near.word.n)
    diagnostic_label(c->diagnostics, d, "did you mean \"%.*s\"?", TEXT_ARG(near.word));
  diagnostic_hint(c->diagnostics, d,
                  "A share is of seats, of members, of those present or of votes.");
  return false;
}

// How many of the seats it takes when all held ones are there and agree; 0 where that depends on
// those present.
static int64_t least_of(const Checker *c, const Node *threshold, int64_t held, int64_t seats) {
  if (threshold->kind == NODE_THRESHOLD_COUNT) return threshold->threshold_count.count.num;
  const ThresholdShareNode *t = &threshold->threshold_share;
  bool of_seats = t->base == TREE_BASE_SEATS;
  if (!of_seats && !is_members(c, t)) return 0;
  __int128 product = (__int128)t->share.num * (of_seats ? seats : held);
  int64_t floor = (int64_t)(product / t->share.den);
  return t->more_than || product % t->share.den != 0 ? floor + 1 : floor;
}

static bool kind_fits(Checker *c, const Node *threshold, bool is_quorum) {
  bool is_count = threshold->kind == NODE_THRESHOLD_COUNT;
  BaseKind base = is_count ? TREE_BASE_SEATS : threshold->threshold_share.base;
  bool of_present = is_count && threshold->threshold_count.kind == COUNT_PRESENT;
  bool fits = !is_quorum ? !of_present
              : is_count ? of_present
                         : base == TREE_BASE_SEATS || base == TREE_BASE_NAME;
  if (fits) return true;
  Diagnostic *d =
      diagnostic_add(c->diagnostics, E_THRESHOLD, threshold->span,
                     is_quorum ? "a quorum counts those present, and not their votes"
                               : "a vote needs votes; those present are counted by a quorum");
  diagnostic_hint(c->diagnostics, d,
                  is_quorum ? "Write for instance \"quorum majority of seats\" or \"quorum 50 "
                              "present\"."
                            : "Write how many must vote yes, or \"quorum\" before this.");
  return false;
}

static bool is_refused_count(const Node *threshold) {  // by check_refuse
  if (threshold->kind != NODE_THRESHOLD_COUNT) return false;
  const ThresholdCountNode *count = &threshold->threshold_count;
  return count->sense == COUNT_AT_MOST ||
         (count->kind != COUNT_YES && count->kind != COUNT_PRESENT);
}

static void check_threshold(Checker *c, const Node *threshold, const ChamberInfo *chamber,
                            bool is_quorum) {
  if (!threshold ||
      (threshold->kind != NODE_THRESHOLD_SHARE && threshold->kind != NODE_THRESHOLD_COUNT))
    return;
  bool is_share = threshold->kind == NODE_THRESHOLD_SHARE;
  if (is_refused_count(threshold) || (is_share && threshold->threshold_share.against)) return;
  if (is_share ? !base_fits(c, threshold) || !share_fits(c, threshold) : !count_fits(c, threshold))
    return;
  int64_t held, seats;
  if (!kind_fits(c, threshold, is_quorum) || !chamber || !chamber->n_blocs) return;
  if (!check_seats(c, chamber, &held, &seats) || held > seats) return;
  int64_t least = least_of(c, threshold, held, seats);
  if (least <= held) return;
  Diagnostic *d = diagnostic_add(c->diagnostics, E_THRESHOLD, threshold->span,
                                 "out of reach: it takes %lld, and the blocs hold %lld seats",
                                 (long long)least, (long long)held);
  if (is_share && held < seats) {
    diagnostic_label(c->diagnostics, d, "%lld of the chamber's %lld seats", (long long)least,
                     (long long)seats);
    diagnostic_hint(c->diagnostics, d, "A seat that no bloc holds is vacant and never votes.");
  }
}

static void check_blocs_rules(Checker *c, const Node *vote, const ChamberInfo *chamber,
                              EntityId thing) {
  for (uint32_t i = 0; i < chamber->n_blocs; i++) {
    const BlocInfo *bloc = &c->program->blocs.items[chamber->first_bloc + i];
    bool has_rule = bloc->has_rule || !bloc->on.n;  // neither: told as a property
    for (uint32_t k = 0; !has_rule && k < bloc->on.n; k++)
      has_rule = bloc->on.items[k].thing == thing;
    if (has_rule) continue;
    Diagnostic *d = diagnostic_add(c->diagnostics, E_PROPERTY, vote->vote.on->span,
                                   "the bloc \"%.*s\" has no line on \"%.*s\"",
                                   TEXT_ARG(name_of(c, bloc->name.id)),
                                   TEXT_ARG(program_name(c->program, thing)));
    diagnostic_also(c->diagnostics, d, bloc->name.span, "it has lines on some things only");
    diagnostic_hint(c->diagnostics, d, "Give it a line for all else: line 60%%");
    return;
  }
}

// A line that stands in the chamber instead of in a bloc, which is told.
static bool has_rules_of_its_own(const Checker *c, const ChamberInfo *chamber) {
  const PropList *props = &program_entity(c->program, chamber->entity)->node->declare.props;
  for (uint32_t i = 0; i < props->n; i++) {
    if (props->items[i].kind == PROP_LINE || props->items[i].kind == PROP_FREE) return true;
  }
  return false;
}

static void check_vote(Checker *c, const Node *vote, const ChamberInfo *chamber, EntityId thing) {
  check_threshold(c, vote->vote.needs, chamber, false);
  check_threshold(c, vote->vote.quorum, chamber, true);
  if (!chamber || chamber->is_partial) return;
  if (!chamber->n_blocs) {
    if (has_rules_of_its_own(c, chamber)) return;
    Diagnostic *d = diagnostic_add(c->diagnostics, E_PROPERTY, vote->vote.chamber->span,
                                   "nobody votes here: it has no blocs");
    diagnostic_hint(c->diagnostics, d, "Write for instance: bloc members { seats 9  free 50%% }");
    return;
  }
  if (thing != NO_INDEX) check_blocs_rules(c, vote, chamber, thing);
  if (vote->vote.needs || chamber->passes) return;
  Diagnostic *d = diagnostic_add(c->diagnostics, E_THRESHOLD, vote->vote.chamber->span,
                                 "what does this vote need?");
  diagnostic_hint(
      c->diagnostics, d,
      "Write for instance \"needs majority of votes\", or \"passes by\" in the chamber.");
}

static const ChamberInfo *chamber_of(const Checker *c, EntityId id) {
  if (id == NO_INDEX) return NULL;
  const Entity *entity = program_entity(c->program, id);
  bool votes = entity->kind == ENTITY_CHAMBER || entity->kind == ENTITY_COURT;
  return votes ? &c->program->chambers.items[entity->index] : NULL;
}

static EntityId named_directly(const Checker *c, const Node *path) {
  const Ref *ref = &c->program->refs[path->id];
  return ref->kind == REF_ENTITY ? ref->index : NO_INDEX;
}

typedef VEC(const Node *) Votes;

static void find_vote(Checker *c, const Node *node, void *context) {
  Votes *votes = context;
  if (node->kind == NODE_VOTE) vec_push(c->arena, votes, node);
}

// Each vote once by what it names itself, and in each call by what the parameters stand for; told
// once.
static void check_votes(Checker *c) {
  const Program *p = c->program;
  Votes *votes = ARENA_ARRAY(c->arena, Votes, p->bodies.n + 1);
  bool *is_done = ARENA_ARRAY(c->arena, bool, c->tree->n_nodes + 1);
  for (uint32_t b = 0; b < p->bodies.n; b++) {
    if (p->bodies.items[b].block) check_walk(c, p->bodies.items[b].block, find_vote, &votes[b]);
    for (uint32_t i = 0; i < votes[b].n; i++) {
      const Node *vote = votes[b].items[i];
      EntityId chamber = named_directly(c, vote->vote.chamber),
               thing = named_directly(c, vote->vote.on);
      uint32_t n_before = c->diagnostics->n_errors;
      check_vote(c, vote, chamber_of(c, chamber), thing);
      bool is_told = c->diagnostics->n_errors != n_before;
      is_done[vote->id] = is_told || (chamber != NO_INDEX && thing != NO_INDEX);
    }
  }
  for (uint32_t k = 0; k < p->calls.n; k++) {
    const Votes *here = &votes[p->calls.items[k].body];
    for (uint32_t i = 0; i < here->n; i++) {
      const Node *vote = here->items[i];
      if (is_done[vote->id]) continue;
      EntityId chamber = program_entity_at(p, k, vote->vote.chamber),
               thing = program_entity_at(p, k, vote->vote.on);
      uint32_t n_before = c->diagnostics->n_errors;
      check_vote(c, vote, chamber_of(c, chamber), thing);
      is_done[vote->id] = c->diagnostics->n_errors != n_before;
    }
  }
}

void check_thresholds(Checker *c) {
  const Program *p = c->program;
  check_properties(c);
  for (uint32_t i = 0; i < p->chambers.n; i++) {
    check_threshold(c, p->chambers.items[i].passes, &p->chambers.items[i], false);
    check_threshold(c, p->chambers.items[i].quorum, &p->chambers.items[i], true);
  }
  check_votes(c);
}
