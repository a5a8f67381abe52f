// Which characters a script may hold, and which of them make names.
#pragma once
#include "lang/source/diagnostic.h"

// Tells the first byte that is not UTF-8 (and answers false: the text cannot be read then), and
// every run of characters that nobody can see but that change how the text is shown: controls and
// bidirectional overrides.
bool characters_check(Diagnostics *diagnostics, const SourceFile *file);
// Tells the first character of a word that cannot stand in a name, and answers false then. `span`
// is the word's place.
bool characters_check_word(Diagnostics *diagnostics, Text word, Span span);
// Tells a character that means nothing outside texts and comments.
void characters_refuse(Diagnostics *diagnostics, Text character, Span span);
