// Philox is integers only, so the vectorized kernels and the plain one give the same words; which
// of them runs is chosen by what the processor can do. The plain one is Random123's own code.
#include "runtime/chance/draw.h"

#include <Random123/philox.h>
#include <assert.h>
#include <math.h>

#ifdef __x86_64__
#include <immintrin.h>
#endif

#include "runtime/chance/draw_kernels.h"

uint64_t draw_word(DrawKey key, uint64_t trial) {
  philox4x32_ctr_t counter = {{(uint32_t)trial, (uint32_t)(trial >> 32), key.place, key.visit}};
  philox4x32_key_t seed = {{(uint32_t)key.seed, (uint32_t)(key.seed >> 32)}};
  philox4x32_ctr_t words = philox4x32(counter, seed);
  return (uint64_t)words.v[1] << 32 | words.v[0];
}

static void words_plain(DrawKey key, const uint64_t *trials, uint32_t n, uint64_t *out) {
  for (uint32_t i = 0; i < n; i++) out[i] = draw_word(key, trials[i]);
}

#ifdef __x86_64__

// A lane of 64 bits holds one 32-bit word of one trial's counter in its low half; what stands in
// the high half is never read by the multiplication. Four registers a word go through the rounds
// side by side, because each round waits for its multiplication. WIDE(op) names the instruction of
// the width.
#define PHILOX_LANES(V, WIDE, LOAD, STORE, OR, AND, XOR)                               \
  V m0 = WIDE(set1_epi64x)(PHILOX_M4x32_0), m1 = WIDE(set1_epi64x)(PHILOX_M4x32_1);    \
  V low = WIDE(set1_epi64x)(UINT32_MAX), c0[4], c1[4], c2[4], c3[4];                   \
  uint32_t lanes = sizeof(V) / sizeof(uint64_t), i = 0;                                \
  for (; i + 4 * lanes <= n; i += 4 * lanes) {                                         \
    uint32_t k0 = (uint32_t)key.seed, k1 = (uint32_t)(key.seed >> 32);                 \
    for (int g = 0; g < 4; g++) {                                                      \
      c0[g] = LOAD((const void *)(trials + i + g * lanes));                            \
      c1[g] = WIDE(srli_epi64)(c0[g], 32);                                             \
      c2[g] = WIDE(set1_epi64x)(key.place);                                            \
      c3[g] = WIDE(set1_epi64x)(key.visit);                                            \
    }                                                                                  \
    for (int round = 0; round < 10; round++, k0 += PHILOX_W32_0, k1 += PHILOX_W32_1) { \
      for (int g = 0; g < 4; g++) {                                                    \
        V p0 = WIDE(mul_epu32)(c0[g], m0), p1 = WIDE(mul_epu32)(c2[g], m1);            \
        c0[g] = XOR(XOR(WIDE(srli_epi64)(p1, 32), c1[g]), WIDE(set1_epi64x)(k0));      \
        c2[g] = XOR(XOR(WIDE(srli_epi64)(p0, 32), c3[g]), WIDE(set1_epi64x)(k1));      \
        c1[g] = p1;                                                                    \
        c3[g] = p0;                                                                    \
      }                                                                                \
    }                                                                                  \
    for (int g = 0; g < 4; g++) {                                                      \
      V word = OR(WIDE(slli_epi64)(c1[g], 32), AND(c0[g], low));                       \
      STORE((void *)(out + i + g * lanes), word);                                      \
    }                                                                                  \
  }                                                                                    \
  words_plain(key, trials + i, n - i, out + i)

#define WIDE_256(op) _mm256_##op
#define WIDE_512(op) _mm512_##op
#define _mm512_set1_epi64x _mm512_set1_epi64

__attribute__((target("avx2"))) static void words_avx2(DrawKey key, const uint64_t *trials,
                                                       uint32_t n, uint64_t *out) {
  PHILOX_LANES(__m256i, WIDE_256, _mm256_loadu_si256, _mm256_storeu_si256, _mm256_or_si256,
               _mm256_and_si256, _mm256_xor_si256);
}

__attribute__((target("avx512f"))) static void words_avx512(DrawKey key, const uint64_t *trials,
                                                            uint32_t n, uint64_t *out) {
  PHILOX_LANES(__m512i, WIDE_512, _mm512_loadu_si512, _mm512_storeu_si512, _mm512_or_si512,
               _mm512_and_si512, _mm512_xor_si512);
}

#endif

uint32_t draw_kernels(DrawKernel *kernel[DRAW_KERNELS]) {
  uint32_t n = 0;
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx512f")) kernel[n++] = words_avx512;
  if (__builtin_cpu_supports("avx2")) kernel[n++] = words_avx2;
#endif
  kernel[n++] = words_plain;
  return n;
}

void draw_words(DrawKey key, const uint64_t *trials, uint32_t n, uint64_t *out) {
  DrawKernel *kernel[DRAW_KERNELS];
  draw_kernels(kernel);
  kernel[0](key, trials, n, out);
}

uint64_t draw_threshold(double p) {
  assert(p >= 0 && p <= 1);
  if (p >= 1) return UINT64_MAX;
  return (uint64_t)ceil(p * 0x1p64);
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

double draw_unit(uint64_t word) {
  return ((double)(word >> 12) + 0.5) * 0x1p-52;
}
