// The models that stand both as a script and as C written by hand, and how far their answers are apart.
#pragma once
#include "runtime/cli/script.h"
#include "tests/bench/hand/hand.h"

const HandModel *models_at(uint32_t i);  // i below HAND_MODELS

Script models_open(const HandModel *model);  // closed by script_close

// Both make `out` anew. An answer must have no other outcome than those of the model: false where it has.
bool models_of_answer(const HandModel *model, const Answer *answer, HandChances *out);
void models_of_tally(const HandTally *tally, uint64_t trials, HandChances *out);

// The largest difference of a chance: of an outcome by a day, for every day.
double models_apart(const HandChances *a, const HandChances *b);
// The same in standard errors of that many trials, none below one trial. What is certain and not met, or impossible and
// met, is infinitely many.
double models_errors_apart(const HandChances *truth, const HandChances *sampled, uint64_t trials);
