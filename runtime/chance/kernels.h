// The inner loops of sampling, once for each kind of processor: random words for many trials, and rows dealt to two sides
// without a branch that chance would mispredict. They are integer arithmetic only, so every kind gives the same result, and
// which of them runs is chosen when a walk begins.
#pragma once
#include "runtime/chance/draw.h"

// So many entries beyond the n-th of a side may be overwritten.
enum { KERNEL_SLACK = 16, KERNEL_KINDS = 3 };

typedef struct Kernels {
  const char *name;  // "avx512", "avx2", "plain"
  // The words of the trials first .. first + n - 1.
  void (*words)(DrawKey key, uint64_t first, uint32_t n, uint64_t *out);
  // The words of the trials first + rows[i].
  void (*words_of)(DrawKey key, uint64_t first, const uint32_t *rows, uint32_t n, uint64_t *out);
  // Deals rows in their order to two sides, each with room for n + KERNEL_SLACK; returns how many are `yes`.
  uint32_t (*deal_one)(const uint32_t *rows, const uint64_t *words, uint32_t n, uint64_t threshold,
                       uint32_t *yes, uint32_t *no);
  uint32_t (*deal_each)(const uint32_t *rows, const uint64_t *words, uint32_t n,
                        const uint64_t *thresholds, uint32_t *yes, uint32_t *no);
  // Parts a mask of n rows (each -1 or 0) in two by the words of all rows; returns how many are `yes`.
  uint32_t (*part_one)(const int32_t *in, const uint64_t *words, uint32_t n, uint64_t threshold,
                       int32_t *yes, int32_t *no);
  uint32_t (*part_each)(const int32_t *in, const uint64_t *words, uint32_t n,
                        const uint64_t *thresholds, int32_t *yes, int32_t *no);
  // Whole numbers 0 .. width - 1, each as likely: word * width / 2^64.
  void (*scale)(const uint64_t *words, uint32_t n, uint32_t width, int32_t first, int32_t *out);
  uint32_t (*deal_truths)(const uint32_t *rows, const int32_t *truths, uint32_t n, uint32_t *yes,
                          uint32_t *no);
} Kernels;

// Those that this processor can run, the fastest first; the last is always the plain one. Returns how many.
uint32_t kernels_list(const Kernels *kernels[KERNEL_KINDS]);
// By name; NULL where this processor lacks them. No name: the fastest.
const Kernels *kernels_named(const char *name);
