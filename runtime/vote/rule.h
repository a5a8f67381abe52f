// Needs and quorums as integer comparisons.
#pragma once
#include "runtime/vote/vote.h"

// The seats held by blocs.
uint32_t vote_members(const Vote *vote);

static inline bool need_counts_those_there(const VoteNeed *need) {
  return (need->kind == NEED_SHARE || need->kind == NEED_MORE) &&
         (need->base == BASE_PRESENT || need->base == BASE_VOTES);
}

// Whether `yes` of `base` meet a need for a share, compared exactly.
bool need_is_met(const VoteNeed *need, uint32_t yes, uint32_t base);

// The least number that meets a need which does not depend on who is there; it may be more than
// there are.
uint64_t need_least(const VoteNeed *need, uint32_t seats, uint32_t members);

// A need that tells the same counts apart up to `limit`, its share's denominator not above it: the
// fraction next to the share on the side where nothing changes.
VoteNeed need_within(const VoteNeed *need, uint32_t limit);
