// One line of a source as it is shown, with marks under it. Positions are columns of the terminal.
#pragma once
#include "lang/base/text.h"

typedef struct Mark {
  uint32_t from, to;  // bytes of the line; an empty mark is one column wide
  Text text;          // may be empty
} Mark;

// Adds the line behind a gutter, then its marks and their texts. `number` is the line's; at least
// one mark. A line that is too wide is cut around the first mark. `color` is the marks' ANSI
// sequence, empty for none. The marks are sorted.
void excerpt_add(TextBuilder *out, Text line, uint32_t number, Mark *marks, uint32_t n, Text color);
