// For each number of members present, the highest and the lowest score that they can reach; a bloc
// under one line adds the best (the worst) of what its members may do as often as it has members
// present. A chance computed as 0 may only have been too small to keep; this tells it from the
// impossible.
#include "runtime/vote/possible.h"

#include <stdlib.h>

#include "lang/base/arena.h"
#include "runtime/vote/member.h"
#include "runtime/vote/rule.h"

#define OUT_OF_REACH INT64_MIN

// A need as a sum: each member counts `of[line]`, and it is met from `least` on.
typedef struct Measure {
  int64_t of[LINE_KINDS];
  int64_t least;
} Measure;

// That nobody votes where nothing is reached is said by the yes votes, which count 1 where all else
// counts in steps larger than there are members.
static Measure measure_of(const Vote *vote, const VoteNeed *need) {
  uint32_t members = vote_members(vote);
  if (!need_counts_those_there(need)) {
    return (Measure){{1, 0, 0, 0}, (int64_t)need_least(need, vote->seats, members)};
  }
  bool counts_abstention = need->base == BASE_PRESENT;
  Rational share = need_within(need, members).share;
  if (need->kind == NEED_SHARE && share.num == 0) {
    return (Measure){{1, 1, counts_abstention, 0}, 1};
  }
  bool is_strict = need->kind == NEED_MORE;
  int64_t step = is_strict ? 1 : (int64_t)members + 1;
  int64_t against = -step * share.num;
  return (Measure){{step * (share.den - share.num) + (is_strict ? 0 : 1), against,
                    counts_abstention ? against : 0, 0},
                   1};
}

// The highest score (sign 1), or the lowest one's negative (sign -1), of one member who is present;
// OUT_OF_REACH where he cannot be.
static int64_t best_present(const double chance[LINE_KINDS], const Measure *measure, int sign) {
  int64_t best = OUT_OF_REACH;
  for (int line = LINE_YES; line <= LINE_ABSTAIN; line++) {
    int64_t score = sign * measure->of[line];
    if (chance[line] > 0 && score > best) best = score;
  }
  return best;
}

// Adds n members under one line: best[p] of those before gives next[p + k] for every k of them that
// may be present.
static void reach_case(const int64_t *best, uint32_t before, uint32_t n, int64_t each,
                       bool can_be_absent, int64_t *next) {
  uint32_t from = can_be_absent ? 0 : n, to = each == OUT_OF_REACH ? 0 : n;
  for (uint32_t p = 0; p <= before; p++) {
    if (best[p] == OUT_OF_REACH) continue;
    for (uint32_t k = from; k <= to; k++) {
      int64_t score = best[p] + (k ? (int64_t)k * each : 0);
      if (score > next[p + k]) next[p + k] = score;
    }
  }
}

// best[p] for all p up to the number of members.
static int64_t *reach_of(const Vote *vote, const Measure *measure, int sign, uint32_t members) {
  int64_t *best = memory_alloc(2 * ((size_t)members + 1), sizeof(int64_t));
  int64_t *next = best + members + 1;
  uint32_t before = 0;
  for (uint32_t i = 0; i < vote->n_blocs; i++) {
    const VoteBloc *bloc = &vote->blocs[i];
    uint32_t after = before + bloc->seats;
    for (uint32_t p = 0; p <= after; p++) next[p] = OUT_OF_REACH;
    for (uint32_t line = 0; line < BLOC_CASES; line++) {
      double chance[LINE_KINDS];
      if (!(bloc_case(bloc, line, chance) > 0)) continue;
      int64_t each = best_present(chance, measure, sign);
      reach_case(best, before, bloc->seats, each, chance[LINE_ABSENT] > 0, next);
    }
    for (uint32_t p = 0; p <= after; p++) best[p] = next[p];
    before = after;
  }
  return best;
}

VotePossible vote_possible(const Vote *vote, const VoteNeed *need, uint64_t quorum) {
  uint32_t members = vote_members(vote);
  Measure measure = measure_of(vote, need);
  int64_t *highest = reach_of(vote, &measure, 1, members);
  int64_t *lowest = reach_of(vote, &measure, -1, members);
  VotePossible possible = {false, false};
  for (uint64_t p = quorum; p <= members; p++) {
    if (highest[p] != OUT_OF_REACH && highest[p] >= measure.least) possible.passed = true;
    if (lowest[p] != OUT_OF_REACH && -lowest[p] < measure.least) possible.failed = true;
  }
  free(highest);
  free(lowest);
  return possible;
}
