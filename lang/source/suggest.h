// The nearest of some words to a misspelt one: Damerau's distance over characters, at most a third
// of the word's length.
#pragma once
#include "lang/base/text.h"

typedef struct Suggestion {
  Text word;       // empty where nothing is near
  uint32_t index;  // of the candidate
} Suggestion;

Suggestion suggest_nearest(Text word, const Text *candidates, uint32_t n);
