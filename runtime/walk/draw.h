// Draws of sampled worlds, at their first reading.
#pragma once
#include "runtime/walk/walk.h"

enum { WORDS_AT_ONCE = 512 };

// Parts a mask by the words of its rows, below a threshold each or `one` where there are none: all cells of both sides are
// written. Returns how many are `yes`.
uint32_t walk_part_below(const Walk *w, DrawKey key, const Selection *in,
                         const uint64_t *thresholds, uint64_t one, Lane *yes, Lane *no);
void walk_draw_fact(Walk *w, const FactPlan *fact, const Selection *s);
void walk_draw_belief(Walk *w, const BeliefPlan *belief, const Selection *s);
void walk_draw_chance(Walk *w, const Term *term, Selection *s);  // its chance is resolved
void walk_draw_line_cells(Walk *w, uint32_t line, const Selection *s);
