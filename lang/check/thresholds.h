// Shared by the passes over thresholds and over the properties of those who vote.
#pragma once
#include "lang/check/resolver.h"

// refuse.c: whether a chamber or bloc declares a weight of this name.
bool check_is_weight(const Checker *c, NameId name);

// properties.c: part of check_thresholds. Held and all seats of a chamber, where both are constant.
void check_properties(Checker *c);
bool check_seats(Checker *c, const ChamberInfo *chamber, int64_t *held, int64_t *seats);
