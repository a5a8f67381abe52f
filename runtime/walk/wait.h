// What exact and sampled waits have in common.
#pragma once
#include "runtime/walk/walk.h"

void wait_drawn(Walk *w, const Act *act, Selection *s);  // wait_drawn.c

// The limit that binds a row: the earliest; of two on one day the inner one. The case's last day is the outermost.
Limit *walk_binding_limit(Walk *w, uint32_t row, Date *day);
// The length of a fixed wait, not below 0: a duration, or the days until a date (none where it has passed). False after an
// error, as below.
bool walk_fixed_days(Walk *w, const Act *act, uint32_t row, int32_t *days);
// The spread of lengths on a row (whose day is one day unless the spread is constant). The caller frees *made.
bool walk_span_of(Walk *w, const Act *act, uint32_t row, DaySpread *made);
