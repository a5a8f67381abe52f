// Models written by hand in C, for legis to be measured against: each is the model of a script beside this folder, once
// as a loop over trials and once as an exact program, written as one would who needs nothing but this model's answers.
// They know nothing of legis, so that they also hold its answers.
//
// Both answer with the chance of each outcome on each day, days counted from the case's first.
#pragma once
#include <stdint.h>

enum { HAND_OUTCOMES = 8, HAND_DAYS = 1461, HAND_MODELS = 4 };

typedef struct HandTally {
  uint32_t n[HAND_OUTCOMES][HAND_DAYS];
} HandTally;

typedef struct HandChances {
  double p[HAND_OUTCOMES][HAND_DAYS];
} HandChances;

typedef struct HandModel {
  const char *script;                   // beside this folder
  const char *outcomes[HAND_OUTCOMES];  // in the order of both answers; the rest are NULL
  // Both add to what the answer already holds; fewer than 2^32 trials at a time.
  void (*sample)(uint64_t trials, uint64_t seed, HandTally *tally);
  void (*exact)(HandChances *chances);
} HandModel;

extern const HandModel hand_linear, hand_five_blocs, hand_twelve_blocs, hand_ten_waits;
