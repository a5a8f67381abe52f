// Votes. Each member in turn votes yes or no, abstains or stays away, and every way in which all of
// them may do so is counted by itself.
#include "tests/oracle/world.h"

enum { MOST_MEMBERS = 12 };  // of a chamber

typedef struct Member {
  double chance[4];  // by LineKind: of what the member itself does
} Member;

typedef struct Vote {
  const Node *needs, *quorum;  // NULL: always reached
  uint32_t held, seats;
  Member members[MOST_MEMBERS];
  int64_t counts[4];  // by LineKind
  double results[3];  // by VoteResult
} Vote;

Value vote_line(World *w, uint32_t bloc, EntityId thing) {
  static const char *const words[] = {"yes", "no", "abstain", "absent"};  // by LineKind
  Value line = world_recall(w, NAME + REF_LINE, bloc, thing);
  Rule rule;
  bool has_line = inputs_rule(w->inputs, bloc, thing, &rule) && !rule.is_free;
  if (!has_line || line.type != VALUE_NONE) return line;
  uint32_t kind = LINE_IS_YES;
  if (rule.options) {
    uint32_t option = eval_option(w, rule.options, rule.n_options);
    Text label = names_text(w->program->tree->names, rule.options[option].label.id);
    while (!text_equal(label, text_of(words[kind]))) kind++;
  } else if (!world_happens(w, eval_chance(w, rule.share))) {
    kind = LINE_IS_NO;
  }
  world_note(w, NAME + REF_LINE, bloc, thing, value_number(kind));
  return value_number(kind);
}

static double share_or(World *w, const Node *share, double without) {
  return share ? eval_chance(w, share) : without;
}

static Member member_of(World *w, uint32_t bloc, EntityId thing) {
  const BlocInfo *info = &w->program->blocs.items[bloc];
  Rule rule;
  if (!inputs_rule(w->inputs, bloc, thing, &rule)) world_error(w);
  LineKind line = (LineKind)vote_line(w, bloc, thing).number;
  double t = share_or(w, info->turnout, 1), a = share_or(w, info->abstain, 0);
  double l = share_or(w, rule.is_free ? NULL : info->loyalty, 1);
  double p = share_or(w, rule.is_free ? rule.share : NULL, 0);
  if (rule.is_free) return (Member){{t * (1 - a) * p, t * (1 - a) * (1 - p), t * a, 1 - t}};
  switch (line) {
    case LINE_IS_YES: return (Member){{t * l, t * (1 - l) * (1 - a), t * (1 - l) * a, 1 - t}};
    case LINE_IS_NO: return (Member){{t * (1 - l) * (1 - a), t * l, t * (1 - l) * a, 1 - t}};
    case LINE_IS_ABSTAIN: return (Member){{t * (1 - l) / 2, t * (1 - l) / 2, t * l, 1 - t}};
    case LINE_IS_ABSENT: break;
  }
  return (Member){{(1 - l) / 2, (1 - l) / 2, 0, l}};
}

// Whether `count` reaches a threshold; fractions in integers.
static bool is_met(const Vote *vote, const Node *t, int64_t count) {
  if (!t) return true;
  if (t->kind == NODE_THRESHOLD_COUNT)
    return count * t->threshold_count.count.den >= t->threshold_count.count.num;
  const ThresholdShareNode *share = &t->threshold_share;
  int64_t votes = vote->counts[LINE_IS_YES] + vote->counts[LINE_IS_NO];
  int64_t present = votes + vote->counts[LINE_IS_ABSTAIN], base = 0;
  switch (share->base) {
    case TREE_BASE_SEATS: base = vote->seats; break;
    case TREE_BASE_PRESENT: base = present; break;
    case TREE_BASE_VOTES: base = votes; break;
    case TREE_BASE_NAME: base = vote->held; break;
  }
  bool is_of_those_there = share->base == TREE_BASE_PRESENT || share->base == TREE_BASE_VOTES;
  if (is_of_those_there && base == 0) return false;
  int64_t left = count * share->share.den, right = share->share.num * base;
  return share->more_than ? left > right : left >= right;
}

// Lets the members vote from number `next` on; so far the weight is p.
static void count(Vote *vote, uint32_t next, double p) {
  for (uint32_t kind = LINE_IS_YES; next < vote->held && kind <= LINE_IS_ABSENT; kind++) {
    if (!(vote->members[next].chance[kind] > 0)) continue;
    vote->counts[kind]++;
    count(vote, next + 1, p * vote->members[next].chance[kind]);
    vote->counts[kind]--;
  }
  if (next < vote->held) return;
  bool is_quorate = is_met(vote, vote->quorum, vote->held - vote->counts[LINE_IS_ABSENT]);
  bool is_passed = is_met(vote, vote->needs, vote->counts[LINE_IS_YES]);
  vote->results[!is_quorate ? VOTE_INQUORATE : is_passed ? VOTE_PASSED : VOTE_FAILED] += p;
}

VoteResult vote_hold(World *w, const Node *node) {
  uint32_t index = program_chamber(w->program, eval_entity(w, node->vote.chamber));
  const ChamberInfo *chamber = &w->program->chambers.items[index];
  const Node *needs = node->vote.needs ? node->vote.needs : chamber->passes;
  const Node *quorum = node->vote.quorum ? node->vote.quorum : chamber->quorum;
  Vote vote = {.needs = needs ? inputs_value(w->inputs, needs) : NULL,
               .quorum = quorum ? inputs_value(w->inputs, quorum) : NULL};
  for (uint32_t b = chamber->first_bloc; b < chamber->first_bloc + chamber->n_blocs; b++) {
    const Node *seats = w->program->blocs.items[b].seats;
    int32_t n = seats ? eval_whole(w, seats, 0) : 1;
    Member member = member_of(w, b, eval_entity(w, node->vote.on));
    if (n > MOST_MEMBERS - (int32_t)vote.held) world_error(w);
    for (; n > 0 && !w->has_error; n--) vote.members[vote.held++] = member;
  }
  vote.seats = chamber->seats ? (uint32_t)eval_whole(w, chamber->seats, 0) : vote.held;
  if (vote.held > vote.seats) world_error(w);
  count(&vote, 0, 1);
  return (VoteResult)world_choose(w, vote.results, 3);
}
