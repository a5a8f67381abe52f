// A chain is as long as the blocs of the last vote; what differs is cut off its end.
#include "runtime/vote/sums.h"

#include <stdlib.h>

#include "lang/base/arena.h"

VoteSums *vote_sums_new(void) {
  return memory_alloc(1, sizeof(VoteSums));
}

uint64_t vote_sums_work(const VoteSums *sums) {
  return sums->n_products;
}

static void chain_cut(SumChain *chain, uint32_t n_blocs) {
  while (chain->n_blocs > n_blocs) score_free(&chain->sum[--chain->n_blocs]);
}

static void chain_free(SumChain *chain) {
  if (!chain) return;
  chain_cut(chain, 0);
  for (uint32_t i = 0; i < chain->n_scores; i++) score_free(&chain->score[i]);
  free(chain->blocs);
  free(chain->sum);
  free(chain);
}

void vote_sums_free(VoteSums *sums) {
  for (uint32_t i = 0; sums && i < SUM_CHAINS; i++) chain_free(sums->chains[i]);
  free(sums);
}

static bool blocs_equal(const VoteBloc *a, const VoteBloc *b) {
  bool same = a->seats == b->seats && a->is_free == b->is_free && a->free_yes == b->free_yes &&
              a->turnout == b->turnout && a->loyalty == b->loyalty && a->abstain == b->abstain;
  for (uint32_t line = 0; line < LINE_KINDS; line++) same = same && a->line[line] == b->line[line];
  return same;
}

static bool needs_equal(const VoteNeed *a, const VoteNeed *b) {
  return a->kind == b->kind && a->share.num == b->share.num && a->share.den == b->share.den &&
         a->base == b->base && a->count == b->count;
}

static SumChain *chain_find(VoteSums *sums, uint32_t way, const VoteNeed *need) {
  for (uint32_t i = 0; i < SUM_CHAINS; i++) {
    SumChain *chain = sums->chains[i];
    if (chain && chain->way == way && needs_equal(&chain->need, need)) return chain;
  }
  SumChain **slot = &sums->chains[sums->next++ % SUM_CHAINS];
  chain_free(*slot);
  *slot = memory_alloc(1, sizeof **slot);
  (*slot)->way = way;
  (*slot)->need = *need;
  return *slot;
}

SumChain *sums_chain(VoteSums *sums, uint32_t way, const VoteNeed *need, const Vote *vote) {
  SumChain *chain = chain_find(sums, way, need);
  uint32_t same = 0;
  while (same < chain->n_blocs && same < vote->n_blocs &&
         blocs_equal(&chain->blocs[same], &vote->blocs[same]))
    same++;
  chain_cut(chain, same);
  return chain;
}

const Score *sums_score(const SumChain *chain, const VoteBloc *bloc) {
  for (uint32_t i = 0; i < chain->n_scores; i++) {
    if (blocs_equal(&chain->scored[i], bloc)) return &chain->score[i];
  }
  return NULL;
}

const Score *sums_keep_score(SumChain *chain, const VoteBloc *bloc, Score score) {
  uint32_t slot = chain->next_score++ % SUM_SCORES;
  if (slot < chain->n_scores) score_free(&chain->score[slot]);
  else chain->n_scores++;
  chain->scored[slot] = *bloc;
  chain->score[slot] = score;
  return &chain->score[slot];
}

void sums_push(SumChain *chain, const VoteBloc *bloc, Score sum) {
  if (chain->n_blocs == chain->cap) {
    chain->cap = chain->cap ? 2 * chain->cap : 16;
    chain->blocs = memory_grow(chain->blocs, chain->cap, sizeof *chain->blocs);
    chain->sum = memory_grow(chain->sum, chain->cap, sizeof *chain->sum);
  }
  chain->blocs[chain->n_blocs] = *bloc;
  chain->sum[chain->n_blocs++] = sum;
}
