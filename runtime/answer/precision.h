// How many trials it takes until half the 95% interval of every outcome and of every chance that is asked is as narrow as
// was asked for.
#pragma once
#include "runtime/answer/run.h"

// A first run of so many trials tells about how many there must be, and all runs are whole numbers of it.
#define PRECISION_PILOT 65536u

// Trials, by what has been sampled so far and at most `RunOptions.trials`: no more than there are where that is enough.
uint64_t precision_trials(const Run *run);
bool precision_is_reached(const Run *run);
