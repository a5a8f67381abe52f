// Small valid scripts made by chance, the same for the same seed, which together hold everything
// the language runs. Each is so small that the oracle can enumerate it: waits of a few days,
// chambers of a few seats, a case of 5 to 40 days.
#pragma once
#include "lang/base/text.h"

Text generate_script(Arena *arena, uint64_t seed);
