// Questions and claims: arithmetic over what was tallied.
#pragma once
#include "runtime/answer/answer.h"
#include "runtime/answer/tally.h"

DateSpread spread_of_days(DaySpan days);
void claim_ask(const Tally *tally, const Query *query, Arena *arena, AskAnswer *out);
void claim_expect(const Tally *tally, const Query *query, Arena *arena, double bound,
                  ExpectAnswer *out);
