// Draws of sampled worlds, at their first reading.
#pragma once
#include "runtime/walk/walk.h"

void walk_draw_fact(Walk *w, const FactPlan *fact, const Selection *s);
void walk_draw_belief(Walk *w, const BeliefPlan *belief, const Selection *s);
void walk_draw_chance(Walk *w, const Term *term, Selection *s);  // its chance is resolved
void walk_draw_line_cells(Walk *w, uint32_t line, const Selection *s);
