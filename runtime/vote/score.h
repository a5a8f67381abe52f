// Distributions of whole scores: a number of members, or a sum in which each member counts so much.
// A score may set apart the case that nobody counted at all, because a share of nobody is reached
// by nobody.
#pragma once
#include <stdbool.h>
#include <stdint.h>

typedef struct Score {
  int64_t low;
  uint32_t n;
  double *p;     // p[i] is the chance of low + i; owned
  double empty;  // the chance that nobody counted, which is in no p[i]
} Score;

// One member's chances: to add `rise`, to take away `fall`, to stay at the same score, or to be
// gone, which is to stay without having been counted. They add up to 1.
typedef struct Step {
  int64_t rise, fall;
  double up, down, stay, gone;
} Step;

// Where chances below this are dropped, relative to the largest of their bloc; 0 drops nothing.
#define SCORE_TRIM 1e-22

typedef struct Range {
  uint32_t low, high;  // both within
} Range;

// The chances of 0..n hits in n trials, in proportion hit : miss, into p[low] .. p[high] of n + 1
// numbers; the others are left alone. Made from the mode outward, so that nothing overflows and no
// factorial is needed.
Range score_binomial(uint32_t n, double hit, double miss, double trim, double *p);

// Nobody has counted yet: with `is_split` all chance in `empty`, otherwise a score of 0.
Score score_start(bool is_split);
// Adds `weight` times the distribution of n members to `into`, whose range must hold -n * fall .. n
// * rise.
void score_add_members(Score *into, double weight, uint32_t n, const Step *step, bool is_split,
                       double trim);
Score score_zero(int64_t low, int64_t high);
void score_shrink(Score *score);                       // drops zeros at both ends
Score score_sum(const Score *score, const Score *by);  // of two independent scores
void score_free(Score *score);
