// Random words against the vectors published with Random123, and what is drawn with them.
#include "runtime/chance/draw.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>

#include "runtime/chance/draw_kernels.h"

// The first two words of the philox4x32-10 lines of kat_vectors: counter 0..3, key 0..1.
static void test_published_vectors(void **state) {
  (void)state;
  DrawKey zeros = {0, 0, 0};
  assert_int_equal(draw_word(zeros, 0), 0xe169c58d6627e8d5);
  DrawKey ones = {UINT64_MAX, UINT32_MAX, UINT32_MAX};
  assert_int_equal(draw_word(ones, UINT64_MAX), 0x41c83b0e408f276d);
  DrawKey pi = {0x299f31d0a4093822, 0x13198a2e, 0x03707344};
  assert_int_equal(draw_word(pi, 0x85a308d3243f6a88), 0x94fdccebd16cfe09);
}

static void test_every_kernel_gives_the_same_words(void **state) {
  (void)state;
  DrawKernel *kernel[DRAW_KERNELS];
  uint32_t n_kernels = draw_kernels(kernel);
  for (uint32_t k = 0; k < n_kernels; k++) {
    DrawKey key = {0x0123456789abcdef, 77, UINT32_MAX - k};
    uint64_t trials[133], words[133];
    for (uint32_t n = 0; n <= 133; n += 7) {
      for (uint32_t i = 0; i < n; i++) trials[i] = 3 * (uint64_t)i + (UINT64_C(1) << 32) - 40;
      kernel[k](key, trials, n, words);
      for (uint32_t i = 0; i < n; i++) assert_int_equal(words[i], draw_word(key, trials[i]));
      kernel[k](key, trials, n, trials);
      assert_memory_equal(trials, words, n * sizeof *words);
    }
  }
  uint64_t trial = 5, word = 0;
  draw_words((DrawKey){1, 2, 3}, &trial, 1, &word);
  assert_int_equal(word, draw_word((DrawKey){1, 2, 3}, 5));
}

// Each of the 64 bits is set in half of a million words, within 5 deviations.
static void test_bits_are_even(void **state) {
  (void)state;
  uint32_t n_set[64] = {0};
  DrawKey key = {1, 2, 3};
  for (uint64_t trial = 0; trial < 1000000; trial++) {
    uint64_t word = draw_word(key, trial);
    for (int bit = 0; bit < 64; bit++) n_set[bit] += word >> bit & 1;
  }
  for (int bit = 0; bit < 64; bit++) assert_true(fabs(n_set[bit] - 5e5) < 5 * 500);
}

static void test_thresholds(void **state) {
  (void)state;
  assert_true(draw_hits(0, draw_threshold(1)));
  assert_true(draw_hits(UINT64_MAX, draw_threshold(1)));
  assert_false(draw_hits(0, draw_threshold(0)));
  assert_false(draw_hits(UINT64_MAX, draw_threshold(0)));
  uint64_t rare = draw_threshold(1e-12);
  assert_true(draw_hits(0, rare));
  assert_true(fabs(ldexp((double)rare, -64) / 1e-12 - 1) < 1e-6);
  assert_false(draw_hits(rare, rare));
  assert_true(draw_hits(0, draw_threshold(1e-300)));
  uint64_t nearly = draw_threshold(1 - 0x1p-53);
  assert_true(draw_hits(nearly - 1, nearly));
  assert_false(draw_hits(UINT64_MAX, nearly));
  assert_int_equal(draw_threshold(0.5), UINT64_C(1) << 63);
}

static void test_thresholds_hit_as_often_as_they_say(void **state) {
  (void)state;
  const double p[] = {0.001, 0.3, 0.5, 0.97};
  for (uint32_t k = 0; k < 4; k++) {
    uint64_t threshold = draw_threshold(p[k]);
    DrawKey key = {99, k, 0};
    uint32_t n_hits = 0, n = 1000000;
    for (uint32_t i = 0; i < n; i++) n_hits += draw_hits(draw_word(key, i), threshold);
    assert_true(fabs(n_hits - n * p[k]) < 5 * sqrt(n * p[k] * (1 - p[k])));
  }
}

static void test_pick(void **state) {
  (void)state;
  const double p[] = {0, 0.25, 0, 0.5, 0.25, 0};
  assert_int_equal(draw_pick(0, p, 6), 1);
  assert_int_equal(draw_pick(UINT64_MAX, p, 6), 4);
  assert_int_equal(draw_pick(UINT64_C(1) << 62, p, 6), 3);
  assert_int_equal(draw_pick((UINT64_C(1) << 62) - 4096, p, 6), 1);
  assert_int_equal(draw_pick(UINT64_C(3) << 62, p, 6), 4);
  const double tenths[] = {0.1, 0.2, 0.3, 0.4};
  uint32_t count[4] = {0};
  for (uint32_t i = 0; i < 1000000; i++)
    count[draw_pick(draw_word((DrawKey){5, 6, 7}, i), tenths, 4)]++;
  for (uint32_t i = 0; i < 4; i++) {
    double mean = 1e6 * tenths[i];
    assert_true(fabs(count[i] - mean) < 5 * sqrt(mean * (1 - tenths[i])));
  }
}

static void test_unit_is_strictly_inside(void **state) {
  (void)state;
  assert_true(draw_unit(0) > 0);
  assert_true(draw_unit(UINT64_MAX) < 1);
  assert_true(draw_unit(UINT64_C(1) << 63) > 0.5);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_published_vectors),
      cmocka_unit_test(test_every_kernel_gives_the_same_words),
      cmocka_unit_test(test_bits_are_even),
      cmocka_unit_test(test_thresholds),
      cmocka_unit_test(test_thresholds_hit_as_often_as_they_say),
      cmocka_unit_test(test_pick),
      cmocka_unit_test(test_unit_is_strictly_inside),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
