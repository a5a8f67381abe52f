// Philox in Random123's own code, and what is made of a word.
#include "runtime/chance/draw.h"

#include <Random123/philox.h>
#include <assert.h>

DrawPair draw_pair(DrawKey key, uint64_t k) {
  philox4x32_ctr_t counter = {{(uint32_t)k, (uint32_t)(k >> 32), key.place, key.visit}};
  philox4x32_key_t seed = {{(uint32_t)key.seed, (uint32_t)(key.seed >> 32)}};
  philox4x32_ctr_t words = philox4x32(counter, seed);
  return (DrawPair){(uint64_t)words.v[1] << 32 | words.v[0],
                    (uint64_t)words.v[3] << 32 | words.v[2]};
}

uint64_t draw_word(DrawKey key, uint64_t trial) {
  DrawPair pair = draw_pair(key, trial >> 1);
  return trial & 1 ? pair.odd : pair.even;
}

// The upper and the lower 32 bits, each of them exact in floating point; the lower ones rounded up.
uint64_t draw_threshold(double p) {
  assert(p >= 0 && p <= 1);
  if (p >= 1) return UINT64_MAX;
  double scaled = p * 0x1p32;
  int64_t high = (int64_t)scaled;
  double rest = (scaled - (double)high) * 0x1p32;
  int64_t low = (int64_t)rest;
  return ((uint64_t)high << 32) + (uint64_t)(low + ((double)low < rest));
}

uint32_t draw_pick(uint64_t word, const double *p, uint32_t n) {
  double at = (double)word * 0x1p-64;
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

DrawSteps draw_steps(const double *p, uint32_t n) {
  assert(n && n <= DRAW_STEPS);
  DrawSteps steps = {{UINT64_MAX, UINT64_MAX, UINT64_MAX}};
  uint32_t last = n - 1;
  while (last > 0 && !(p[last] > 0)) last--;
  double upto = 0;
  for (uint32_t k = 0; k < last; k++) {
    upto += p[k];
    steps.at[k] = draw_threshold(upto < 1 ? upto : 1);
  }
  return steps;
}

double draw_unit(uint64_t word) {
  return ((double)(word >> 12) + 0.5) * 0x1p-52;
}
