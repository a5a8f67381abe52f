// The kernels for wide registers, to be called only where the processor has them.
#pragma once
#include "runtime/chance/kernels.h"

#ifdef __x86_64__
extern const Kernels kernels_avx512, kernels_avx2;
#endif
