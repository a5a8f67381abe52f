// What a vote can come to at all, whatever its chance.
#pragma once
#include "runtime/vote/vote.h"

typedef struct VotePossible {
  bool passed, failed;  // together with a quorum
} VotePossible;

// `need` in place of the vote's own, `quorum` the least number present.
VotePossible vote_possible(const Vote *vote, const VoteNeed *need, uint64_t quorum);
