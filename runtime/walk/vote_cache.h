// Chances of votes already computed, by the act and everything that the chance depends on, bit for bit.
#pragma once
#include "runtime/plan/plan.h"

typedef struct VoteCache VoteCache;

VoteCache *vote_cache_new(void);
void vote_cache_free(VoteCache *cache);
void vote_cache_chance(VoteCache *cache, const Act *act, const Vote *vote, VoteChance *out);
