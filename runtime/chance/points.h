// Points that fill a cube evenly, for what is to be known at every place of several beliefs at once.
#pragma once
#include <stdint.h>

enum { POINTS = 256 };

// out[dimension * POINTS + point]: along every dimension the numbers (k + 1/2) / POINTS, each once; in
// the first dimensions in the order of Sobol's points, in the others in a random one, always the same.
void points_make(uint32_t n_dimensions, double *out);
