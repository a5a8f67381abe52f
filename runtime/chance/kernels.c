// The kernels in plain C, which say what the others have to give, and the choice among them.
#include "runtime/chance/kernels.h"

#include <string.h>

#include "runtime/chance/kernels_wide.h"

static void words(DrawKey key, uint64_t first, uint32_t n, uint64_t *out) {
  for (uint32_t i = 0; i < n; i++) out[i] = draw_word(key, first + i);
}

static void words_of(DrawKey key, uint64_t first, const uint32_t *rows, uint32_t n, uint64_t *out) {
  for (uint32_t i = 0; i < n; i++) out[i] = draw_word(key, first + rows[i]);
}

// Every row is written to both sides and counted on one.
static uint32_t deal_one(const uint32_t *rows, const uint64_t *words, uint32_t n,
                         uint64_t threshold, uint32_t *yes, uint32_t *no) {
  uint32_t n_yes = 0;
  for (uint32_t i = 0; i < n; i++) {
    yes[n_yes] = no[i - n_yes] = rows[i];
    n_yes += draw_hits(words[i], threshold);
  }
  return n_yes;
}

static uint32_t deal_each(const uint32_t *rows, const uint64_t *words, uint32_t n,
                          const uint64_t *thresholds, uint32_t *yes, uint32_t *no) {
  uint32_t n_yes = 0;
  for (uint32_t i = 0; i < n; i++) {
    yes[n_yes] = no[i - n_yes] = rows[i];
    n_yes += draw_hits(words[i], thresholds[i]);
  }
  return n_yes;
}

static uint32_t deal_truths(const uint32_t *rows, const int32_t *truths, uint32_t n, uint32_t *yes,
                            uint32_t *no) {
  uint32_t n_yes = 0;
  for (uint32_t i = 0; i < n; i++) {
    yes[n_yes] = no[i - n_yes] = rows[i];
    n_yes -= (uint32_t)truths[i];
  }
  return n_yes;
}

static uint32_t part_one(const int32_t *in, const uint64_t *words, uint32_t n, uint64_t threshold,
                         int32_t *yes, int32_t *no) {
  uint32_t n_yes = 0;
  for (uint32_t i = 0; i < n; i++) {
    int32_t hits = -(int32_t)draw_hits(words[i], threshold);
    yes[i] = in[i] & hits;
    no[i] = in[i] & ~hits;
    n_yes -= (uint32_t)yes[i];
  }
  return n_yes;
}

static uint32_t part_each(const int32_t *in, const uint64_t *words, uint32_t n,
                          const uint64_t *thresholds, int32_t *yes, int32_t *no) {
  uint32_t n_yes = 0;
  for (uint32_t i = 0; i < n; i++) {
    int32_t hits = -(int32_t)draw_hits(words[i], thresholds[i]);
    yes[i] = in[i] & hits;
    no[i] = in[i] & ~hits;
    n_yes -= (uint32_t)yes[i];
  }
  return n_yes;
}

static void scale(const uint64_t *words, uint32_t n, uint32_t width, int32_t first, int32_t *out) {
  for (uint32_t i = 0; i < n; i++) out[i] = first + draw_scale(words[i], width);
}

static const Kernels plain = {"plain",  words,     words_of, deal_one,   deal_each,
                              part_one, part_each, scale,    deal_truths};

uint32_t kernels_list(const Kernels *kernels[KERNEL_KINDS]) {
  uint32_t n = 0;
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx512f")) kernels[n++] = &kernels_avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"))
    kernels[n++] = &kernels_avx2;
#endif
  kernels[n++] = &plain;
  return n;
}

const Kernels *kernels_named(const char *name) {
  const Kernels *kernels[KERNEL_KINDS];
  uint32_t n = kernels_list(kernels);
  for (uint32_t i = 0; i < n; i++) {
    if (!name || !strcmp(kernels[i]->name, name)) return kernels[i];
  }
  return NULL;
}
