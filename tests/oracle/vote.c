// Votes: the members are counted one by one. `at[y][n][a]` is the chance that so many of those
// counted so far vote yes and no and abstain; the rest are absent.
#include "tests/oracle/world.h"

enum { MOST_MEMBERS = 12 };  // of a chamber

typedef struct Counts {
  double at[MOST_MEMBERS + 1][MOST_MEMBERS + 1][MOST_MEMBERS + 1];
} Counts;

typedef struct Member {
  double yes, no, abstain, absent;
} Member;

static double share_or(WorldNow *w, const Node *share, double without) {
  return share ? eval_chance(w, 0, share) : without;
}

static Member member_with_line(LineKind line, double t, double l, double a) {
  switch (line) {
    case LINE_IS_YES: return (Member){t * l, t * (1 - l) * (1 - a), t * (1 - l) * a, 1 - t};
    case LINE_IS_NO: return (Member){t * (1 - l) * (1 - a), t * l, t * (1 - l) * a, 1 - t};
    case LINE_IS_ABSTAIN: return (Member){t * (1 - l) / 2, t * (1 - l) / 2, t * l, 1 - t};
    case LINE_IS_ABSENT: return (Member){(1 - l) / 2, (1 - l) / 2, 0, l};
  }
  return (Member){0, 0, 0, 1};
}

static Member member_of(WorldNow *w, uint32_t bloc, EntityId thing) {
  const BlocInfo *info = &w->program->blocs.items[bloc];
  Rule rule;
  if (!inputs_rule(w->inputs, bloc, thing, &rule)) {
    world_error(w);
    return (Member){0, 0, 0, 1};
  }
  uint8_t *line = &w->lines[bloc * w->program->entities.n + thing];
  if (!rule.is_free && !*line) *line = (uint8_t)(1 + spread_line(w, &rule));
  double t = share_or(w, info->turnout, 1), a = share_or(w, info->abstain, 0);
  if (!rule.is_free)
    return member_with_line((LineKind)(*line - 1), t, share_or(w, info->loyalty, 1), a);
  double p = eval_chance(w, 0, rule.share);
  return (Member){t * (1 - a) * p, t * (1 - a) * (1 - p), t * a, 1 - t};
}

static void count_member(Counts *c, uint32_t before, const Member *m) {
  for (uint32_t y = before + 1; y-- > 0;) {
    for (uint32_t n = before - y + 1; n-- > 0;) {
      for (uint32_t a = before - y - n + 1; a-- > 0;) {
        double p = c->at[y][n][a];
        c->at[y][n][a] = p * m->absent;
        c->at[y][n][a + 1] += p * m->abstain;
        c->at[y][n + 1][a] += p * m->no;
        c->at[y + 1][n][a] += p * m->yes;
      }
    }
  }
}

// Whether `count` reaches a threshold; fractions in integers.
static bool is_met(const Node *t, int64_t count, int64_t seats, int64_t held, int64_t present,
                   int64_t votes) {
  if (!t) return true;
  if (t->kind == NODE_THRESHOLD_COUNT)
    return count * t->threshold_count.count.den >= t->threshold_count.count.num;
  const ThresholdShareNode *share = &t->threshold_share;
  int64_t base = 0;
  switch (share->base) {
    case TREE_BASE_SEATS: base = seats; break;
    case TREE_BASE_PRESENT: base = present; break;
    case TREE_BASE_VOTES: base = votes; break;
    case TREE_BASE_NAME: base = held; break;
  }
  if (base == 0 && (share->base == TREE_BASE_PRESENT || share->base == TREE_BASE_VOTES))
    return false;
  int64_t left = count * share->share.den, right = share->share.num * base;
  return share->more_than ? left > right : left >= right;
}

static void add_up(WorldNow *w, const Node *node, const Counts *c, uint32_t held, uint32_t seats,
                   const ChamberInfo *chamber, double *p) {
  const Node *needs = node->vote.needs ? node->vote.needs : chamber->passes;
  const Node *quorum = node->vote.quorum ? node->vote.quorum : chamber->quorum;
  needs = needs ? inputs_value(w->inputs, needs) : NULL;
  quorum = quorum ? inputs_value(w->inputs, quorum) : NULL;
  for (uint32_t y = 0; y <= held; y++) {
    for (uint32_t n = 0; y + n <= held; n++) {
      for (uint32_t a = 0; y + n + a <= held; a++) {
        uint32_t present = y + n + a;
        bool is_quorate = is_met(quorum, present, seats, held, present, y + n);
        bool is_passed = is_met(needs, y, seats, held, present, y + n);
        p[!is_quorate ? VOTE_INQUORATE : is_passed ? VOTE_PASSED : VOTE_FAILED] += c->at[y][n][a];
      }
    }
  }
}

VoteResult vote_hold(WorldNow *w, uint32_t call, const Node *node) {
  const Program *program = w->program;
  EntityId thing = program_entity_at(program, call, node->vote.on);
  uint32_t index = program_chamber(program, program_entity_at(program, call, node->vote.chamber));
  const ChamberInfo *chamber = &program->chambers.items[index];
  uint32_t held = 0;
  Counts *c = memory_alloc(1, sizeof *c);
  c->at[0][0][0] = 1;
  for (uint32_t b = chamber->first_bloc; b < chamber->first_bloc + chamber->n_blocs; b++) {
    const Node *seats = program->blocs.items[b].seats;
    uint32_t n = seats ? eval_count(w, 0, seats) : 1;
    Member member = member_of(w, b, thing);
    for (uint32_t i = 0; i < n && !w->has_error; i++) {
      if (held == MOST_MEMBERS) world_error(w);
      else count_member(c, held++, &member);
    }
  }
  uint32_t seats = chamber->seats ? eval_count(w, 0, chamber->seats) : held;
  if (held > seats) world_error(w);
  double p[3] = {0};
  if (!w->has_error) add_up(w, node, c, held, seats, chamber, p);
  free(c);
  return w->has_error ? VOTE_FAILED : (VoteResult)world_choose(w, p, 3);
}
