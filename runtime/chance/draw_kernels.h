// The kernels behind `draw_words`, so that a test can hold them against each other.
#pragma once
#include "runtime/chance/draw.h"

typedef void DrawKernel(DrawKey key, const uint64_t *trials, uint32_t n, uint64_t *out);

#define DRAW_KERNELS 3

// Those that this processor can run, the fastest first; the plain one is always the last. Returns
// how many.
uint32_t draw_kernels(DrawKernel *kernel[DRAW_KERNELS]);
