// Random words against the vectors published with Random123, and what is drawn with them.
#include "runtime/chance/draw.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>

#include "runtime/chance/kernels.h"

// The philox4x32-10 lines of kat_vectors: counter 0..3, key 0..1.
static void test_published_vectors(void **state) {
  (void)state;
  DrawPair zeros = draw_pair((DrawKey){0, 0, 0}, 0);
  assert_int_equal(zeros.even, 0xe169c58d6627e8d5);
  assert_int_equal(zeros.odd, 0x9b00dbd8bc57ac4c);
  DrawPair ones = draw_pair((DrawKey){UINT64_MAX, UINT32_MAX, UINT32_MAX}, UINT64_MAX);
  assert_int_equal(ones.even, 0x41c83b0e408f276d);
  DrawPair pi =
      draw_pair((DrawKey){0x299f31d0a4093822, 0x13198a2e, 0x03707344}, 0x85a308d3243f6a88);
  assert_int_equal(pi.even, 0x94fdccebd16cfe09);
  assert_int_equal(draw_word((DrawKey){0, 0, 0}, 0), zeros.even);
  assert_int_equal(draw_word((DrawKey){0, 0, 0}, 1), zeros.odd);
}

enum { MANY = 133 };

static void hold_words(const Kernels *kernels, DrawKey key, uint64_t first, uint32_t n) {
  uint64_t words[MANY + 1];
  uint32_t rows[MANY + 1];
  words[n] = 42;
  kernels->words(key, first, n, words);
  for (uint32_t i = 0; i < n; i++) assert_int_equal(words[i], draw_word(key, first + i));
  assert_int_equal(words[n], 42);
  for (uint32_t i = 0; i < n; i++) rows[i] = i * 2654435761u;
  kernels->words_of(key, first, rows, n, words);
  for (uint32_t i = 0; i < n; i++) assert_int_equal(words[i], draw_word(key, first + rows[i]));
  assert_int_equal(words[n], 42);
}

static void test_every_kernel_gives_the_same_words(void **state) {
  (void)state;
  const Kernels *kernels[KERNEL_KINDS];
  uint32_t n_kernels = kernels_list(kernels);
  for (uint32_t k = 0; k < n_kernels; k++) {
    for (uint32_t n = 0; n <= MANY; n++) {
      DrawKey key = {0x0123456789abcdef, 77, UINT32_MAX - n};
      hold_words(kernels[k], key, 2 * n, n);
      hold_words(kernels[k], key, (UINT64_C(1) << 33) - 41, n);
    }
  }
}

// What a kernel deals, against one comparison a row.
static void hold_dealt(const uint32_t *rows, const bool *is_yes, uint32_t n, const uint32_t *yes,
                       const uint32_t *no, uint32_t n_yes) {
  uint32_t at_yes = 0, at_no = 0;
  for (uint32_t i = 0; i < n; i++) {
    if (is_yes[i]) assert_int_equal(yes[at_yes++], rows[i]);
    else assert_int_equal(no[at_no++], rows[i]);
  }
  assert_int_equal(at_yes, n_yes);
}

static void hold_dealing(const Kernels *kernels, uint32_t n, uint64_t seed) {
  uint32_t rows[MANY], yes[MANY + KERNEL_SLACK], no[MANY + KERNEL_SLACK];
  uint64_t words[MANY], thresholds[MANY];
  bool is_yes[MANY];
  const uint64_t edges[] = {0, 1, UINT64_C(1) << 63, UINT64_MAX - 1, UINT64_MAX};
  for (uint32_t i = 0; i < n; i++) {
    uint64_t random = draw_word((DrawKey){seed, n, 0}, i);
    rows[i] = (uint32_t)random;
    words[i] = random % 3 ? draw_word((DrawKey){seed, n, 1}, i) : edges[random % 5];
    thresholds[i] = random % 7 ? draw_word((DrawKey){seed, n, 2}, i) : edges[random / 7 % 5];
  }
  for (uint32_t e = 0; e < 6; e++) {
    uint64_t one = e < 5 ? edges[e] : draw_word((DrawKey){seed, n, 3}, 0);
    for (uint32_t i = 0; i < n; i++) is_yes[i] = draw_hits(words[i], one);
    hold_dealt(rows, is_yes, n, yes, no, kernels->deal_one(rows, words, n, one, yes, no));
  }
  for (uint32_t i = 0; i < n; i++) is_yes[i] = draw_hits(words[i], thresholds[i]);
  hold_dealt(rows, is_yes, n, yes, no, kernels->deal_each(rows, words, n, thresholds, yes, no));
  int32_t truths[MANY];
  for (uint32_t i = 0; i < n; i++) truths[i] = -(int32_t)is_yes[i];
  hold_dealt(rows, is_yes, n, yes, no, kernels->deal_truths(rows, truths, n, yes, no));
}

// Masks parted, and numbers scaled, against one comparison or product a row.
static void hold_parting(const Kernels *kernels, uint32_t n, uint64_t seed) {
  int32_t in[MANY], yes[MANY + 1], no[MANY + 1], days[MANY + 1];
  uint64_t words[MANY], thresholds[MANY];
  for (uint32_t i = 0; i < n; i++) {
    words[i] = i % 5 ? draw_word((DrawKey){seed, n, 4}, i) : UINT64_MAX;
    thresholds[i] = i % 7 ? draw_word((DrawKey){seed, n, 5}, i) : i % 2 ? UINT64_MAX : 0;
    in[i] = -(int32_t)(draw_word((DrawKey){seed, n, 6}, i) & 1);
  }
  yes[n] = no[n] = days[n] = 42;
  for (uint32_t k = 0; k < 4; k++) {
    const uint64_t one = (uint64_t[]){0, UINT64_C(3) << 62, UINT64_MAX, 0}[k];
    uint32_t n_yes = 0;
    uint32_t told = k == 3 ? kernels->part_each(in, words, n, thresholds, yes, no)
                           : kernels->part_one(in, words, n, one, yes, no);
    for (uint32_t i = 0; i < n; i++) {
      bool hits = draw_hits(words[i], k == 3 ? thresholds[i] : one);
      assert_int_equal(yes[i], hits ? in[i] : 0);
      assert_int_equal(no[i], hits ? 0 : in[i]);
      n_yes += yes[i] != 0;
    }
    assert_int_equal(told, n_yes);
  }
  kernels->scale(words, n, 151, -7, days);
  for (uint32_t i = 0; i < n; i++)
    assert_int_equal(days[i], -7 + (int32_t)((unsigned __int128)words[i] * 151 >> 64));
  assert_true(yes[n] == 42 && no[n] == 42 && days[n] == 42);
}

static void test_every_kernel_deals_alike(void **state) {
  (void)state;
  const Kernels *kernels[KERNEL_KINDS];
  uint32_t n_kernels = kernels_list(kernels);
  for (uint32_t k = 0; k < n_kernels; k++) {
    for (uint32_t n = 0; n <= MANY; n++) {
      hold_dealing(kernels[k], n, 1 + n);
      hold_parting(kernels[k], n, 1 + n);
    }
  }
}

static void test_kernels_by_name(void **state) {
  (void)state;
  const Kernels *kernels[KERNEL_KINDS];
  assert_ptr_equal(kernels_named(NULL), (kernels_list(kernels), kernels[0]));
  assert_string_equal(kernels_named("plain")->name, "plain");
  assert_null(kernels_named("abacus"));
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

// Steps are the same choice as `draw_pick`; an option of chance 0 is never taken, wherever it stands.
static void test_steps(void **state) {
  (void)state;
  const double rows[][4] = {
      {0.25, 0.5, 0.125, 0.125}, {0, 0.25, 0.75, 0}, {1, 0, 0, 0}, {0, 0, 0, 1},
      {0.5, 0, 0, 0.5},          {0, 1, 0, 0}};
  const uint64_t edges[] = {0,
                            UINT64_C(1) << 62,
                            (UINT64_C(1) << 62) - 4096,
                            UINT64_C(1) << 63,
                            UINT64_C(3) << 62,
                            UINT64_MAX};
  for (uint32_t r = 0; r < 6; r++) {
    DrawSteps steps = draw_steps(rows[r], 4);
    for (uint32_t e = 0; e < 6; e++)
      assert_int_equal(draw_step(&steps, edges[e]), draw_pick(edges[e], rows[r], 4));
    for (uint64_t i = 0; i < 10000; i++) {
      uint64_t word = draw_word((DrawKey){8, r, 0}, i);
      assert_int_equal(draw_step(&steps, word), draw_pick(word, rows[r], 4));
    }
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
      cmocka_unit_test(test_every_kernel_deals_alike),
      cmocka_unit_test(test_kernels_by_name),
      cmocka_unit_test(test_bits_are_even),
      cmocka_unit_test(test_thresholds),
      cmocka_unit_test(test_thresholds_hit_as_often_as_they_say),
      cmocka_unit_test(test_pick),
      cmocka_unit_test(test_steps),
      cmocka_unit_test(test_unit_is_strictly_inside),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
