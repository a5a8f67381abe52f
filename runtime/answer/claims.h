// Questions and claims: arithmetic over what was tallied.
#pragma once
#include "runtime/answer/answer.h"
#include "runtime/answer/tally.h"

DateSpread spread_of_days(DaySpan days);
// Of one draw: what a claim with a range (plan_has_range) comes to in the only group of a tally, and how likely what it is
// given is there. False where it has no value.
bool claim_in_draw(const Tally *tally, const Query *query, double *value, double *weight);
double claim_outcome(const Tally *tally, uint32_t outcome);        // its chance
double claim_outcome_error(const Tally *tally, uint32_t outcome);  // sampled: half its 95% interval
void claim_ask(const Tally *tally, const Query *query, Arena *arena, AskAnswer *out);
void claim_expect(const Tally *tally, const Query *query, Arena *arena, double bound,
                  ExpectAnswer *out);
