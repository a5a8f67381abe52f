// Random words that depend on nothing but what they are for: Philox4x32-10 (Salmon et al.,
// "Parallel random numbers: as easy as 1, 2, 3", 2011) with the seed as its key. So a draw is the
// same whatever the batch, the thread, or the draws made elsewhere.
//
//   counter (k, place, visit) -> 128 bits |  first 64: trial 2k  |  last 64: trial 2k + 1  |
#pragma once
#include <stdbool.h>
#include <stdint.h>

typedef struct DrawKey {
  uint64_t seed;
  uint32_t place, visit;
} DrawKey;

typedef struct DrawPair {
  uint64_t even, odd;
} DrawPair;

// Both words of the counter (k low, k high, place, visit), in each the first 32 bits low.
DrawPair draw_pair(DrawKey key, uint64_t k);
uint64_t draw_word(DrawKey key, uint64_t trial);

// The threshold under which a word must lie to hit with chance p in 0..1. A chance of 1 always
// hits, one of 0 never, and any chance above 0 at least one word in 2^64.
uint64_t draw_threshold(double p);

static inline bool draw_hits(uint64_t word, uint64_t threshold) {
  return word < threshold || threshold == UINT64_MAX;
}

// A whole number 0 .. width - 1, each as likely: word * width / 2^64.
static inline int32_t draw_scale(uint64_t word, uint32_t width) {
  return (int32_t)(((word >> 32) * width + ((word & UINT32_MAX) * width >> 32)) >> 32);
}

// One of n options with chances p that add up to 1, n above 0 and one of them above 0; never an
// option with chance 0.
uint32_t draw_pick(uint64_t word, const double *p, uint32_t n);

// The same for few options, without a branch: a word takes the option whose number is that of the steps at or below it.
enum { DRAW_STEPS = 4 };
typedef struct DrawSteps {
  uint64_t at[DRAW_STEPS - 1];
} DrawSteps;
DrawSteps draw_steps(const double *p, uint32_t n);  // n at most DRAW_STEPS

static inline uint32_t draw_step(const DrawSteps *steps, uint64_t word) {
  uint32_t option = 0;
  for (uint32_t k = 0; k < DRAW_STEPS - 1; k++) option += !draw_hits(word, steps->at[k]);
  return option;
}

// A number strictly between 0 and 1, for quantiles: an odd multiple of 2^-53.
double draw_unit(uint64_t word);
