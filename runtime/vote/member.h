// What one member does: the four chances of a bloc's member under a line, and what they count for.
#pragma once
#include "runtime/vote/vote.h"

// The number of line cases of a bloc: a free bloc has one.
#define BLOC_CASES LINE_KINDS

// The weight of the bloc's case i (a line; only 0 for a free bloc), 0 where it does not occur;
// where it does, `chance` gets a member's chances to vote yes, no, to abstain and to be absent,
// which add up to 1.
double bloc_case(const VoteBloc *bloc, uint32_t i, double chance[LINE_KINDS]);
