// xoshiro256++ 1.0 (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021), seeded by splitmix64
// as its authors advise, and the two things a loop does with a word: compare it with a threshold of 64 bits, or multiply
// and shift it to a whole number. All inline, so that the state stays in registers over the loop.
#pragma once
#include <math.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Xoshiro {
  uint64_t s[4];
} Xoshiro;

static inline uint64_t splitmix_next(uint64_t *x) {
  uint64_t z = (*x += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

static inline Xoshiro xoshiro_new(uint64_t seed) {
  Xoshiro x;
  for (int i = 0; i < 4; i++) x.s[i] = splitmix_next(&seed);
  return x;
}

static inline uint64_t rotate_left(uint64_t x, int k) {
  return (x << k) | (x >> (64 - k));
}

static inline uint64_t xoshiro_next(Xoshiro *x) {
  uint64_t word = rotate_left(x->s[0] + x->s[3], 23) + x->s[0], t = x->s[1] << 17;
  x->s[2] ^= x->s[0];
  x->s[3] ^= x->s[1];
  x->s[1] ^= x->s[2];
  x->s[0] ^= x->s[3];
  x->s[2] ^= t;
  x->s[3] = rotate_left(x->s[3], 45);
  return word;
}

// A word below it comes with chance p. One word in 2^64 is given away where p is 1.
static inline uint64_t threshold_of(double p) {
  return p >= 1 ? UINT64_MAX : (uint64_t)ldexp(p, 64);
}

static inline bool random_hits(Xoshiro *x, uint64_t threshold) {
  return xoshiro_next(x) < threshold;
}

// A whole number from low to high, all as likely as a word of 64 bits allows.
static inline uint32_t random_days(Xoshiro *x, uint32_t low, uint32_t high) {
  unsigned __int128 scaled = (unsigned __int128)xoshiro_next(x) * (high - low + 1);
  return low + (uint32_t)(scaled >> 64);
}
