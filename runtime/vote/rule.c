// Fractions are law: they are compared in integers of 128 bits, never as doubles.
#include "runtime/vote/rule.h"

#include <assert.h>

__extension__ typedef __int128 Wide;

uint32_t vote_members(const Vote *vote) {
  uint32_t members = 0;
  for (uint32_t i = 0; i < vote->n_blocs; i++) members += vote->blocs[i].seats;
  return members;
}

bool need_is_met(const VoteNeed *need, uint32_t yes, uint32_t base) {
  assert(need->share.den > 0 && need->share.num >= 0);
  if (need_counts_those_there(need) && base == 0) return false;
  Wide left = (Wide)yes * need->share.den, right = (Wide)base * need->share.num;
  return need->kind == NEED_MORE ? left > right : left >= right;
}

uint64_t need_least(const VoteNeed *need, uint32_t seats, uint32_t members) {
  switch (need->kind) {
    case NEED_NONE: return 0;
    case NEED_YES_COUNT: return need->count;
    case NEED_SHARE:
    case NEED_MORE: {
      assert(need->share.den > 0 && need->share.num >= 0 && !need_counts_those_there(need));
      Wide whole = (Wide)(need->base == BASE_SEATS ? seats : members) * need->share.num;
      Wide n = need->kind == NEED_MORE ? whole / need->share.den + 1
                                       : (whole + need->share.den - 1) / need->share.den;
      return n > UINT32_MAX ? (uint64_t)UINT32_MAX + 1 : (uint64_t)n;
    }
  }
  return 0;
}

// The most k with k * cost < distance, within `room`.
static int64_t steps_within(Wide distance, Wide cost, int64_t room) {
  Wide k = (distance - 1) / cost;
  return k < room ? (int64_t)k : room;
}

// Down the Stern-Brocot tree between neighbouring fractions low < share < high, as many steps to
// one side at once as there are. No fraction up to the limit is the share itself, which is in
// lowest terms.
VoteNeed need_within(const VoteNeed *need, uint32_t limit) {
  VoteNeed out = *need;
  Rational share = need->share, low = {0, 1}, high = {1, 1};
  if (limit == 0) limit = 1;
  if (share.den <= limit || share.num >= share.den) return out;
  for (bool has_moved = true; has_moved;) {
    Wide below = (Wide)share.num * low.den - (Wide)low.num * share.den;
    Wide above = (Wide)high.num * share.den - (Wide)share.num * high.den;
    int64_t k = steps_within(below, above, (limit - low.den) / high.den);
    low = (Rational){low.num + k * high.num, low.den + k * high.den};
    int64_t j = steps_within(above, below - k * above, (limit - high.den) / low.den);
    high = (Rational){high.num + j * low.num, high.den + j * low.den};
    has_moved = k > 0 || j > 0;
  }
  out.share = need->kind == NEED_MORE ? low : high;
  return out;
}
