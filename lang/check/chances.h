// Shared by the passes over chances.
#pragma once
#include "lang/check/under.h"

// sums.c: the options of a choice or a line as they are written, and all of them with each scenario's changes and with
// those beside the script.
void check_sum(Checker *c, const Option *options, uint32_t n);
void check_changed_sums(Checker *c);
