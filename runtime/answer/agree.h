// Whether an exact and a sampled answer to the same case agree: every number of the one within five standard errors of the
// other. Both are told of as they are; what disagrees is a defect of this program, never of a script.
#pragma once
#include "runtime/answer/answer.h"

typedef struct Disagreement {
  Text what;  // "outcome done", "stage signature, failed", "earliest: date of done"
  double exact, sampled, allowed;  // days since the start of the calendar where it is a date
} Disagreement;

typedef struct Agreement {
  uint32_t n_numbers;  // that were compared
  VEC(Disagreement) apart;
} Agreement;

Agreement answer_agree(const Answer *exact, const Answer *sampled, Arena *arena);
