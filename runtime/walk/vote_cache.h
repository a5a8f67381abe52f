// Chances of votes already computed: by the act and everything that the chance depends on, bit for bit; and, where the lines
// alone tell, by a number for them.
#pragma once
#include "runtime/plan/plan.h"

typedef struct VoteCache VoteCache;

VoteCache *vote_cache_new(void);
void vote_cache_free(VoteCache *cache);
void vote_cache_chance(VoteCache *cache, const Act *act, const Vote *vote, VoteChance *out);
uint64_t vote_cache_work(
    const VoteCache *cache);  // about how many products of numbers it has taken so far

typedef enum Drawn { DRAWN_ON_ALL, DRAWN_ON_SOME, DRAWN_ON_NONE, DRAWN_KINDS } Drawn;

typedef struct VoteTable {
  const Act *act;
  uint64_t shape;  // what the codes stand for: which lines are drawn
  uint32_t n_codes, n_known;
  bool *is_known;  // [code]
  VoteChance *chance;
  uint64_t *threshold;  // of passing
} VoteTable;

// Belongs to the cache; good until the next call.
VoteTable *vote_cache_table(VoteCache *cache, const Act *act, uint64_t shape, uint32_t n_codes);
