// Sums of scores over the blocs of a vote, kept from one vote to the next: votes that differ in their last blocs only, as
// those do that are told apart by lines, share the sums over the blocs before.
//
//   bloc     a     b     c             the next vote has other members in c:
//   sum      a, a + b, a + b + c       a + b is taken as it is
//
// A sum is made by the same additions in the same order as without anything kept.
#pragma once
#include "runtime/vote/score.h"
#include "runtime/vote/vote.h"

enum { SUM_CHAINS = 8, SUM_SCORES = 64 };

typedef struct SumChain {  // of one way to count
  uint32_t way;            // what is counted, and how far tails are trimmed
  VoteNeed need;
  uint32_t n_blocs, cap;
  VoteBloc *blocs;
  Score *sum;  // [bloc], up to and with it
  uint32_t n_scores, next_score;
  VoteBloc scored[SUM_SCORES];  // the blocs met last, each with its own score
  Score score[SUM_SCORES];
} SumChain;

struct VoteSums {
  SumChain *chains[SUM_CHAINS];
  uint32_t next;        // to be given up when one more way is counted
  uint64_t n_products;  // of numbers, so far
};

// The chain of a way to count with this need, shortened to what it has in common with these blocs.
SumChain *sums_chain(VoteSums *sums, uint32_t way, const VoteNeed *need, const Vote *vote);
// A bloc's own score, if it is known; NULL otherwise.
const Score *sums_score(const SumChain *chain, const VoteBloc *bloc);
// Keeps it; the chain owns the score from then on.
const Score *sums_keep_score(SumChain *chain, const VoteBloc *bloc, Score score);
void sums_push(SumChain *chain, const VoteBloc *bloc, Score sum);
