// Damerau's distance in its restricted form (optimal string alignment): insert, delete, replace, or
// swap two neighbours. Case does not count, so that "DUMA" finds "duma". Words beyond a length
// nobody mistypes are not compared at all, which bounds the work a hostile script can ask for.
#include "lang/source/suggest.h"

#include <utf8proc.h>

#define LONGEST 64

typedef struct Word {
  int32_t at[LONGEST];
  uint32_t n;
} Word;

static bool word_read(Text text, Word *word) {
  word->n = 0;
  for (uint32_t i = 0; i < text.n;) {
    utf8proc_int32_t c;
    utf8proc_ssize_t taken =
        utf8proc_iterate((const utf8proc_uint8_t *)text.at + i, (utf8proc_ssize_t)(text.n - i), &c);
    if (taken <= 0 || word->n == LONGEST) return false;
    word->at[word->n++] = utf8proc_tolower(c);
    i += (uint32_t)taken;
  }
  return word->n > 0;
}

static uint32_t smaller(uint32_t a, uint32_t b) {
  return a < b ? a : b;
}

static uint32_t word_distance(const Word *a, const Word *b) {
  uint32_t rows[3][LONGEST + 1];  // row i is kept at i % 3
  for (uint32_t j = 0; j <= b->n; j++) rows[0][j] = j;
  for (uint32_t i = 1; i <= a->n; i++) {
    uint32_t *row = rows[i % 3], *above = rows[(i - 1) % 3], *two_above = rows[(i + 1) % 3];
    row[0] = i;
    for (uint32_t j = 1; j <= b->n; j++) {
      bool same = a->at[i - 1] == b->at[j - 1];
      uint32_t best = smaller(smaller(above[j], row[j - 1]) + 1, above[j - 1] + !same);
      bool swapped = i > 1 && j > 1 && a->at[i - 1] == b->at[j - 2] && a->at[i - 2] == b->at[j - 1];
      row[j] = swapped ? smaller(best, two_above[j - 2] + 1) : best;
    }
  }
  return rows[a->n % 3][b->n];
}

Suggestion suggest_nearest(Text word, const Text *candidates, uint32_t n) {
  Suggestion found = {0};
  Word wrong, candidate;
  if (!word_read(word, &wrong)) return found;
  uint32_t best = wrong.n / 3 + 1;  // what is found must lie below it
  for (uint32_t i = 0; i < n; i++) {
    if (!word_read(candidates[i], &candidate)) continue;
    uint32_t distance = word_distance(&wrong, &candidate);
    if (distance >= best) continue;
    best = distance;
    found = (Suggestion){candidates[i], i};
  }
  return found;
}
