// How an answer was made, in one line: the method, how many worlds or trials, and why this method where it was chosen for
// whoever asked.
#pragma once
#include "runtime/answer/answer.h"

// "exact to 1e-15, nothing sampled (14,212 worlds at most)"; "sampled, 1,000,000 trials, seed 1: the exact answer needs …"
Text show_method(Arena *arena, const Answer *answer);
// What else is to be said of it: that it was interrupted, that the precision asked for is not reached, that it was checked.
// Empty where there is nothing.
Text show_method_note(Arena *arena, const Answer *answer);
Text show_why(Arena *arena, const Answer *answer);  // empty where there is nothing to say
