// Diagnostics as text for a person or as JSON for a program.
#pragma once
#include "lang/source/diagnostic.h"

// `color`: ANSI colours, which carry no meaning of their own. Ends with a line that counts what was
// left out, if any.
void render_text(TextBuilder *out, const Diagnostics *list, const SourceSet *sources, bool color);
void render_json(TextBuilder *out, const Diagnostics *list, const SourceSet *sources);
