// Philox is integers only, so the vectorized kernels and the plain one give the same words; which
// of them runs is chosen by what the processor can do. The plain one is Random123's own code.
#include "runtime/chance/draw.h"

#include <Random123/philox.h>
#include <assert.h>
#include <math.h>

uint64_t draw_word(DrawKey key, uint64_t trial) {
  philox4x32_ctr_t counter = {{(uint32_t)trial, (uint32_t)(trial >> 32), key.place, key.visit}};
  philox4x32_key_t seed = {{(uint32_t)key.seed, (uint32_t)(key.seed >> 32)}};
  philox4x32_ctr_t words = philox4x32(counter, seed);
  return (uint64_t)words.v[1] << 32 | words.v[0];
}

void draw_words(DrawKey key, const uint64_t *trials, uint32_t n, uint64_t *out) {
  for (uint32_t i = 0; i < n; i++) out[i] = draw_word(key, trials[i]);
}

uint64_t draw_threshold(double p) {
  assert(p >= 0 && p <= 1);
  if (p >= 1) return UINT64_MAX;
  return (uint64_t)ceil(ldexp(p, 64));
}

uint32_t draw_pick(uint64_t word, const double *p, uint32_t n) {
  double at = ldexp((double)word, -64);
  double upto = 0;
  uint32_t last = 0;
  for (uint32_t i = 0; i < n; i++) {
    if (!(p[i] > 0)) continue;
    last = i;
    upto += p[i];
    if (at < upto) return i;
  }
  return last;
}

double draw_unit(uint64_t word) {
  return ldexp((double)(word >> 12) + 0.5, -52);
}
