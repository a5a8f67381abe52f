// Philox and dealing with 256 and 512 bits.
//
// A lane of 64 bits holds one 32-bit word of a counter in its low half; what stands in the high half is never read by the
// multiplication. Four registers a word go through the rounds side by side, because each round waits for its
// multiplication. Two trials share a counter:
//
//   lanes of c0, c1, c2, c3 after the rounds     k         k+1       k+2      …
//   even trials   c1 << 32 | c0                 2k        2k+2      2k+4
//   odd trials    c3 << 32 | c2                 2k+1      2k+3      2k+5
#include "runtime/chance/kernels_wide.h"

#ifdef __x86_64__
#include <Random123/philox.h>
#include <immintrin.h>
#include <string.h>

#define AVX2 __attribute__((target("avx2,bmi2,popcnt")))
#define AVX512 __attribute__((target("avx512f,popcnt")))

enum { SIDE_BY_SIDE = 4 };

typedef struct Wide256 {
  __m256i c[4][SIDE_BY_SIDE];
} Wide256;
typedef struct Wide512 {
  __m512i c[4][SIDE_BY_SIDE];
} Wide512;

#define MIXED_256(hi, c, k) _mm256_xor_si256(_mm256_xor_si256(_mm256_shuffle_epi32(hi, 0xF5), c), k)
#define MIXED_512(hi, c, k) \
  _mm512_ternarylogic_epi64(_mm512_shuffle_epi32(hi, (_MM_PERM_ENUM)0xF5), c, k, 0x96)

// c[0] holds counters of 64 bits at the beginning.
#define PHILOX_ROUNDS(V, op, set1, MIXED, x)                                         \
  V m0 = set1(PHILOX_M4x32_0), m1 = set1(PHILOX_M4x32_1);                            \
  for (int g = 0; g < SIDE_BY_SIDE; g++) {                                           \
    x->c[1][g] = op(srli_epi64)(x->c[0][g], 32);                                     \
    x->c[2][g] = set1(key.place);                                                    \
    x->c[3][g] = set1(key.visit);                                                    \
  }                                                                                  \
  uint32_t k0 = (uint32_t)key.seed, k1 = (uint32_t)(key.seed >> 32);                 \
  for (int round = 0; round < 10; round++, k0 += PHILOX_W32_0, k1 += PHILOX_W32_1) { \
    for (int g = 0; g < SIDE_BY_SIDE; g++) {                                         \
      V p0 = op(mul_epu32)(x->c[0][g], m0), p1 = op(mul_epu32)(x->c[2][g], m1);      \
      x->c[0][g] = MIXED(p1, x->c[1][g], set1(k0));                                  \
      x->c[2][g] = MIXED(p0, x->c[3][g], set1(k1));                                  \
      x->c[1][g] = p1;                                                               \
      x->c[3][g] = p0;                                                               \
    }                                                                                \
  }

#define OP_256(name) _mm256_##name
#define OP_512(name) _mm512_##name

AVX2 static inline void rounds_256(DrawKey key, Wide256 *x){
    PHILOX_ROUNDS(__m256i, OP_256, _mm256_set1_epi64x, MIXED_256, x)}

AVX512 static inline void rounds_512(DrawKey key, Wide512 *x){
    PHILOX_ROUNDS(__m512i, OP_512, _mm512_set1_epi64, MIXED_512, x)}

AVX2 static inline __m256i joined_256(__m256i low, __m256i high) {
  return _mm256_blend_epi32(low, _mm256_slli_epi64(high, 32), 0xAA);
}

AVX512 static inline __m512i joined_512(__m512i low, __m512i high) {
  return _mm512_mask_shuffle_epi32(low, 0xAAAA, high, (_MM_PERM_ENUM)0xA0);
}

// --- Words of a range: `first` is even, a block is 8 lanes or 4, times four, times two trials ---

AVX2 static inline void block_256(DrawKey key, uint64_t first, uint64_t *out) {
  Wide256 x;
  __m256i k =
      _mm256_add_epi64(_mm256_set1_epi64x((int64_t)(first >> 1)), _mm256_setr_epi64x(0, 1, 2, 3));
  for (int g = 0; g < SIDE_BY_SIDE; g++) x.c[0][g] = _mm256_add_epi64(k, _mm256_set1_epi64x(4 * g));
  rounds_256(key, &x);
  for (int g = 0; g < SIDE_BY_SIDE; g++) {
    __m256i even = joined_256(x.c[0][g], x.c[1][g]), odd = joined_256(x.c[2][g], x.c[3][g]);
    __m256i a = _mm256_unpacklo_epi64(even, odd), b = _mm256_unpackhi_epi64(even, odd);
    _mm256_storeu_si256((void *)(out + 8 * g), _mm256_permute2x128_si256(a, b, 0x20));
    _mm256_storeu_si256((void *)(out + 8 * g + 4), _mm256_permute2x128_si256(a, b, 0x31));
  }
}

AVX512 static inline void block_512(DrawKey key, uint64_t first, uint64_t *out) {
  Wide512 x;
  const __m512i lower = _mm512_setr_epi64(0, 8, 1, 9, 2, 10, 3, 11);
  const __m512i upper = _mm512_setr_epi64(4, 12, 5, 13, 6, 14, 7, 15);
  __m512i k = _mm512_add_epi64(_mm512_set1_epi64((int64_t)(first >> 1)),
                               _mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7));
  for (int g = 0; g < SIDE_BY_SIDE; g++) x.c[0][g] = _mm512_add_epi64(k, _mm512_set1_epi64(8 * g));
  rounds_512(key, &x);
  for (int g = 0; g < SIDE_BY_SIDE; g++) {
    __m512i even = joined_512(x.c[0][g], x.c[1][g]), odd = joined_512(x.c[2][g], x.c[3][g]);
    _mm512_storeu_si512(out + 16 * g, _mm512_permutex2var_epi64(even, lower, odd));
    _mm512_storeu_si512(out + 16 * g + 8, _mm512_permutex2var_epi64(even, upper, odd));
  }
}

// The last block is made beside and copied in part.
#define WORDS(block, size)                                   \
  if (n && (first & 1)) {                                    \
    *out++ = draw_word(key, first++);                        \
    n--;                                                     \
  }                                                          \
  for (; n >= size; n -= size, first += size, out += size) { \
    block(key, first, out);                                  \
  }                                                          \
  if (n == 0) return;                                        \
  uint64_t last[size];                                       \
  block(key, first, last);                                   \
  memcpy(out, last, n * sizeof *out)

AVX2 static void words_avx2(DrawKey key, uint64_t first, uint32_t n, uint64_t *out) {
  WORDS(block_256, 32);
}

AVX512 static void words_avx512(DrawKey key, uint64_t first, uint32_t n, uint64_t *out) {
  WORDS(block_512, 64);
}

// --- Words of single rows: of each counter one half ---

AVX2 static inline void rows_256(DrawKey key, uint64_t first, const uint32_t *rows, uint64_t *out) {
  Wide256 x;
  __m256i odd[SIDE_BY_SIDE];
  for (int g = 0; g < SIDE_BY_SIDE; g++) {
    __m256i row = _mm256_cvtepu32_epi64(_mm_loadu_si128((const void *)(rows + 4 * g)));
    __m256i trial = _mm256_add_epi64(row, _mm256_set1_epi64x((int64_t)first));
    odd[g] = _mm256_slli_epi64(trial, 63);
    x.c[0][g] = _mm256_srli_epi64(trial, 1);
  }
  rounds_256(key, &x);
  for (int g = 0; g < SIDE_BY_SIDE; g++) {
    __m256d even = _mm256_castsi256_pd(joined_256(x.c[0][g], x.c[1][g]));
    __m256d other = _mm256_castsi256_pd(joined_256(x.c[2][g], x.c[3][g]));
    __m256d word = _mm256_blendv_pd(even, other, _mm256_castsi256_pd(odd[g]));
    _mm256_storeu_pd((void *)(out + 4 * g), word);
  }
}

AVX512 static inline void rows_512(DrawKey key, uint64_t first, const uint32_t *rows,
                                   uint64_t *out) {
  Wide512 x;
  __mmask8 odd[SIDE_BY_SIDE];
  for (int g = 0; g < SIDE_BY_SIDE; g++) {
    __m512i row = _mm512_cvtepu32_epi64(_mm256_loadu_si256((const void *)(rows + 8 * g)));
    __m512i trial = _mm512_add_epi64(row, _mm512_set1_epi64((int64_t)first));
    odd[g] = _mm512_test_epi64_mask(trial, _mm512_set1_epi64(1));
    x.c[0][g] = _mm512_srli_epi64(trial, 1);
  }
  rounds_512(key, &x);
  for (int g = 0; g < SIDE_BY_SIDE; g++) {
    __m512i even = joined_512(x.c[0][g], x.c[1][g]), other = joined_512(x.c[2][g], x.c[3][g]);
    _mm512_storeu_si512(out + 8 * g, _mm512_mask_blend_epi64(odd[g], even, other));
  }
}

#define WORDS_OF(block, size)                               \
  for (; n >= size; n -= size, rows += size, out += size) { \
    block(key, first, rows, out);                           \
  }                                                         \
  if (n == 0) return;                                       \
  uint32_t last_rows[size] = {0};                           \
  uint64_t last[size];                                      \
  memcpy(last_rows, rows, n * sizeof *rows);                \
  block(key, first, last_rows, last);                       \
  memcpy(out, last, n * sizeof *out)

AVX2 static void words_of_avx2(DrawKey key, uint64_t first, const uint32_t *rows, uint32_t n,
                               uint64_t *out) {
  WORDS_OF(rows_256, 16);
}

AVX512 static void words_of_avx512(DrawKey key, uint64_t first, const uint32_t *rows, uint32_t n,
                                   uint64_t *out) {
  WORDS_OF(rows_512, 32);
}

// --- Dealing ---

typedef struct Sides {
  uint32_t *yes, *no, n_yes, n_no;
} Sides;

AVX512 static inline void put_512(Sides *sides, const uint32_t *rows, __mmask16 yes, __mmask16 in) {
  __m512i row = _mm512_maskz_loadu_epi32(in, rows);
  __mmask16 no = (__mmask16)(in & ~yes);
  yes &= in;
  _mm512_storeu_si512(sides->yes + sides->n_yes, _mm512_maskz_compress_epi32(yes, row));
  _mm512_storeu_si512(sides->no + sides->n_no, _mm512_maskz_compress_epi32(no, row));
  sides->n_yes += (uint32_t)__builtin_popcount(yes);
  sides->n_no += (uint32_t)__builtin_popcount(no);
}

// The lanes that hold one of the n entries that are left.
static inline __mmask16 lanes_of(uint32_t n) {
  return n >= 16 ? 0xFFFF : (__mmask16)((1u << n) - 1);
}

AVX512 static uint32_t deal_one_avx512(const uint32_t *rows, const uint64_t *words, uint32_t n,
                                       uint64_t threshold, uint32_t *yes, uint32_t *no) {
  Sides sides = {yes, no, 0, 0};
  __m512i limit = _mm512_set1_epi64((int64_t)threshold);
  __mmask16 always = threshold == UINT64_MAX ? 0xFFFF : 0;
  for (uint32_t i = 0; i < n; i += 16) {
    __mmask16 in = lanes_of(n - i);
    __m512i a = _mm512_maskz_loadu_epi64((__mmask8)in, words + i);
    __m512i b = _mm512_maskz_loadu_epi64((__mmask8)(in >> 8), words + i + 8);
    unsigned below = _mm512_cmplt_epu64_mask(a, limit) | (unsigned)_mm512_cmplt_epu64_mask(b, limit)
                                                             << 8;
    put_512(&sides, rows + i, (__mmask16)(below | always), in);
  }
  return sides.n_yes;
}

AVX512 static inline unsigned hits_512(const uint64_t *words, const uint64_t *thresholds,
                                       __mmask8 in) {
  __m512i word = _mm512_maskz_loadu_epi64(in, words);
  __m512i limit = _mm512_maskz_loadu_epi64(in, thresholds);
  return _mm512_cmplt_epu64_mask(word, limit) |
         (unsigned)_mm512_cmpeq_epi64_mask(limit, _mm512_set1_epi64(-1));
}

AVX512 static uint32_t deal_each_avx512(const uint32_t *rows, const uint64_t *words, uint32_t n,
                                        const uint64_t *thresholds, uint32_t *yes, uint32_t *no) {
  Sides sides = {yes, no, 0, 0};
  for (uint32_t i = 0; i < n; i += 16) {
    __mmask16 in = lanes_of(n - i);
    unsigned hits = hits_512(words + i, thresholds + i, (__mmask8)in) |
                    hits_512(words + i + 8, thresholds + i + 8, (__mmask8)(in >> 8)) << 8;
    put_512(&sides, rows + i, (__mmask16)hits, in);
  }
  return sides.n_yes;
}

AVX512 static uint32_t deal_truths_avx512(const uint32_t *rows, const int32_t *truths, uint32_t n,
                                          uint32_t *yes, uint32_t *no) {
  Sides sides = {yes, no, 0, 0};
  for (uint32_t i = 0; i < n; i += 16) {
    __mmask16 in = lanes_of(n - i);
    __m512i truth = _mm512_maskz_loadu_epi32(in, truths + i);
    put_512(&sides, rows + i, _mm512_test_epi32_mask(truth, truth), in);
  }
  return sides.n_yes;
}

// The lanes whose bit is set, moved together: their numbers are drawn out of the bytes 0 to 7.
AVX2 static inline __m256i together_256(__m256i row, unsigned bits) {
  uint64_t bytes = _pdep_u64(bits, 0x0101010101010101) * 0xFF;
  uint64_t lanes = _pext_u64(0x0706050403020100, bytes);
  return _mm256_permutevar8x32_epi32(row, _mm256_cvtepu8_epi32(_mm_cvtsi64_si128((int64_t)lanes)));
}

AVX2 static inline void put_256(Sides *sides, const uint32_t *rows, unsigned yes) {
  __m256i row = _mm256_loadu_si256((const void *)rows);
  _mm256_storeu_si256((void *)(sides->yes + sides->n_yes), together_256(row, yes));
  _mm256_storeu_si256((void *)(sides->no + sides->n_no), together_256(row, ~yes & 0xFF));
  sides->n_yes += (uint32_t)__builtin_popcount(yes);
  sides->n_no += 8 - (uint32_t)__builtin_popcount(yes);
}

static inline void put_row(Sides *sides, uint32_t row, bool is_yes) {
  sides->yes[sides->n_yes] = sides->no[sides->n_no] = row;
  sides->n_yes += is_yes;
  sides->n_no += !is_yes;
}

// Whether words are below thresholds, or these are all ones: four lanes as bits. Registers compare as signed numbers.
AVX2 static inline unsigned hits_256(const uint64_t *words, __m256i threshold) {
  __m256i sign = _mm256_set1_epi64x(INT64_MIN);
  __m256i word = _mm256_xor_si256(_mm256_loadu_si256((const void *)words), sign);
  __m256i below = _mm256_cmpgt_epi64(_mm256_xor_si256(threshold, sign), word);
  __m256i always = _mm256_cmpeq_epi64(threshold, _mm256_set1_epi64x(-1));
  return (unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(_mm256_or_si256(below, always)));
}

AVX2 static uint32_t deal_one_avx2(const uint32_t *rows, const uint64_t *words, uint32_t n,
                                   uint64_t threshold, uint32_t *yes, uint32_t *no) {
  Sides sides = {yes, no, 0, 0};
  __m256i limit = _mm256_set1_epi64x((int64_t)threshold);
  uint32_t i = 0;
  for (; i + 8 <= n; i += 8)
    put_256(&sides, rows + i, hits_256(words + i, limit) | hits_256(words + i + 4, limit) << 4);
  for (; i < n; i++) put_row(&sides, rows[i], draw_hits(words[i], threshold));
  return sides.n_yes;
}

AVX2 static uint32_t deal_each_avx2(const uint32_t *rows, const uint64_t *words, uint32_t n,
                                    const uint64_t *thresholds, uint32_t *yes, uint32_t *no) {
  Sides sides = {yes, no, 0, 0};
  uint32_t i = 0;
  for (; i + 8 <= n; i += 8) {
    __m256i a = _mm256_loadu_si256((const void *)(thresholds + i));
    __m256i b = _mm256_loadu_si256((const void *)(thresholds + i + 4));
    put_256(&sides, rows + i, hits_256(words + i, a) | hits_256(words + i + 4, b) << 4);
  }
  for (; i < n; i++) put_row(&sides, rows[i], draw_hits(words[i], thresholds[i]));
  return sides.n_yes;
}

AVX2 static uint32_t deal_truths_avx2(const uint32_t *rows, const int32_t *truths, uint32_t n,
                                      uint32_t *yes, uint32_t *no) {
  Sides sides = {yes, no, 0, 0};
  uint32_t i = 0;
  for (; i + 8 <= n; i += 8) {
    __m256i truth = _mm256_loadu_si256((const void *)(truths + i));
    put_256(&sides, rows + i, (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(truth)));
  }
  for (; i < n; i++) put_row(&sides, rows[i], truths[i]);
  return sides.n_yes;
}

// --- Masks: 16 or 8 rows at a time, what is left over in plain code ---

static inline uint32_t part_rest(const int32_t *in, const uint64_t *words, uint32_t i, uint32_t n,
                                 const uint64_t *thresholds, uint64_t one, int32_t *yes,
                                 int32_t *no) {
  uint32_t n_yes = 0;
  for (; i < n; i++) {
    bool hits = draw_hits(words[i], thresholds ? thresholds[i] : one);
    yes[i] = hits ? in[i] : 0;
    no[i] = hits ? 0 : in[i];
    n_yes -= (uint32_t)yes[i];
  }
  return n_yes;
}

AVX512 static inline uint32_t part_512(const int32_t *in, unsigned hits, int32_t *yes,
                                       int32_t *no) {
  __m512i row = _mm512_loadu_si512(in);
  __mmask16 is_in = _mm512_test_epi32_mask(row, row);
  _mm512_storeu_si512(yes, _mm512_maskz_mov_epi32((__mmask16)hits, row));
  _mm512_storeu_si512(no, _mm512_maskz_mov_epi32((__mmask16)~hits, row));
  return (uint32_t)__builtin_popcount(is_in & hits);
}

AVX512 static uint32_t part_one_avx512(const int32_t *in, const uint64_t *words, uint32_t n,
                                       uint64_t threshold, int32_t *yes, int32_t *no) {
  __m512i limit = _mm512_set1_epi64((int64_t)threshold);
  unsigned always = threshold == UINT64_MAX ? 0xFFFF : 0;
  uint32_t n_yes = 0, i = 0;
  for (; i + 16 <= n; i += 16) {
    unsigned a = _mm512_cmplt_epu64_mask(_mm512_loadu_si512(words + i), limit);
    unsigned b = _mm512_cmplt_epu64_mask(_mm512_loadu_si512(words + i + 8), limit);
    n_yes += part_512(in + i, a | b << 8 | always, yes + i, no + i);
  }
  return n_yes + part_rest(in, words, i, n, NULL, threshold, yes, no);
}

AVX512 static uint32_t part_each_avx512(const int32_t *in, const uint64_t *words, uint32_t n,
                                        const uint64_t *thresholds, int32_t *yes, int32_t *no) {
  uint32_t n_yes = 0, i = 0;
  for (; i + 16 <= n; i += 16) {
    unsigned hits = hits_512(words + i, thresholds + i, 0xFF) |
                    hits_512(words + i + 8, thresholds + i + 8, 0xFF) << 8;
    n_yes += part_512(in + i, hits, yes + i, no + i);
  }
  return n_yes + part_rest(in, words, i, n, thresholds, 0, yes, no);
}

AVX2 static inline uint32_t part_256(const int32_t *in, unsigned hits, int32_t *yes, int32_t *no) {
  const __m256i bit = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128);
  __m256i row = _mm256_loadu_si256((const void *)in);
  __m256i hit = _mm256_cmpeq_epi32(_mm256_and_si256(_mm256_set1_epi32((int)hits), bit), bit);
  __m256i both = _mm256_and_si256(row, hit);
  _mm256_storeu_si256((void *)yes, both);
  _mm256_storeu_si256((void *)no, _mm256_andnot_si256(hit, row));
  return (uint32_t)__builtin_popcount((unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(both)));
}

AVX2 static uint32_t part_one_avx2(const int32_t *in, const uint64_t *words, uint32_t n,
                                   uint64_t threshold, int32_t *yes, int32_t *no) {
  __m256i limit = _mm256_set1_epi64x((int64_t)threshold);
  uint32_t n_yes = 0, i = 0;
  for (; i + 8 <= n; i += 8) {
    unsigned hits = hits_256(words + i, limit) | hits_256(words + i + 4, limit) << 4;
    n_yes += part_256(in + i, hits, yes + i, no + i);
  }
  return n_yes + part_rest(in, words, i, n, NULL, threshold, yes, no);
}

AVX2 static uint32_t part_each_avx2(const int32_t *in, const uint64_t *words, uint32_t n,
                                    const uint64_t *thresholds, int32_t *yes, int32_t *no) {
  uint32_t n_yes = 0, i = 0;
  for (; i + 8 <= n; i += 8) {
    __m256i a = _mm256_loadu_si256((const void *)(thresholds + i));
    __m256i b = _mm256_loadu_si256((const void *)(thresholds + i + 4));
    unsigned hits = hits_256(words + i, a) | hits_256(words + i + 4, b) << 4;
    n_yes += part_256(in + i, hits, yes + i, no + i);
  }
  return n_yes + part_rest(in, words, i, n, thresholds, 0, yes, no);
}

// --- Scaling, by both halves of a word ---

AVX512 static void scale_avx512(const uint64_t *words, uint32_t n, uint32_t width, int32_t first,
                                int32_t *out) {
  __m512i times = _mm512_set1_epi64(width);
  uint32_t i = 0;
  for (; i + 8 <= n; i += 8) {
    __m512i word = _mm512_loadu_si512(words + i);
    __m512i low = _mm512_srli_epi64(_mm512_mul_epu32(word, times), 32);
    __m512i high = _mm512_mul_epu32(_mm512_srli_epi64(word, 32), times);
    __m512i whole = _mm512_srli_epi64(_mm512_add_epi64(low, high), 32);
    __m256i days = _mm256_add_epi32(_mm512_cvtepi64_epi32(whole), _mm256_set1_epi32(first));
    _mm256_storeu_si256((void *)(out + i), days);
  }
  for (; i < n; i++) out[i] = first + draw_scale(words[i], width);
}

AVX2 static void scale_avx2(const uint64_t *words, uint32_t n, uint32_t width, int32_t first,
                            int32_t *out) {
  const __m256i evens = _mm256_setr_epi32(0, 2, 4, 6, 0, 2, 4, 6);
  __m256i times = _mm256_set1_epi64x(width);
  uint32_t i = 0;
  for (; i + 4 <= n; i += 4) {
    __m256i word = _mm256_loadu_si256((const void *)(words + i));
    __m256i low = _mm256_srli_epi64(_mm256_mul_epu32(word, times), 32);
    __m256i high = _mm256_mul_epu32(_mm256_srli_epi64(word, 32), times);
    __m256i whole = _mm256_srli_epi64(_mm256_add_epi64(low, high), 32);
    __m128i days = _mm256_castsi256_si128(_mm256_permutevar8x32_epi32(whole, evens));
    _mm_storeu_si128((void *)(out + i), _mm_add_epi32(days, _mm_set1_epi32(first)));
  }
  for (; i < n; i++) out[i] = first + draw_scale(words[i], width);
}

const Kernels kernels_avx512 = {"avx512",         words_avx512,     words_of_avx512,
                                deal_one_avx512,  deal_each_avx512, part_one_avx512,
                                part_each_avx512, scale_avx512,     deal_truths_avx512};
const Kernels kernels_avx2 = {"avx2",         words_avx2,     words_of_avx2,
                              deal_one_avx2,  deal_each_avx2, part_one_avx2,
                              part_each_avx2, scale_avx2,     deal_truths_avx2};
#endif
