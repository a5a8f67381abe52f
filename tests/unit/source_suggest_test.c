// Suggestions: near words are found, far ones are not.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka needs the four above
#include <cmocka.h>
#include <string.h>

#include "lang/source/suggest.h"

static const Text words[] = {
    {"duma", 4}, {"council", 7}, {"signature", 9}, {"Совет", 10}, {"a", 1}, {"", 0},
};
#define N_WORDS (sizeof words / sizeof *words)

static void check(const char *word, const char *expected) {
  Suggestion found = suggest_nearest(text_of(word), words, N_WORDS);
  assert_true(text_equal(found.word, text_of(expected)));
  if (found.word.n) assert_true(text_equal(found.word, words[found.index]));
}

static void near_words_are_found(void **state) {
  (void)state;
  check("dumma", "duma");
  check("dmua", "duma");  // two neighbours swapped are one mistake
  check("dum", "duma");
  check("DUMA", "duma");
  check("concil", "council");
  check("singature", "signature");
  check("signatrues", "signature");
  check("Савет", "Совет");
}

static void far_words_are_not(void **state) {
  (void)state;
  check("du", "");
  check("dxyz", "");
  check("b", "");
  check("", "");
  check("senate", "");
  check("cnl", "");
  check("a\xFF", "");
}

static void the_first_of_equals_wins(void **state) {
  (void)state;
  const Text pair[] = {TEXT("bill_a"), TEXT("bill_b")};
  assert_int_equal(suggest_nearest(TEXT("bill_c"), pair, 2).index, 0);
  const Text better[] = {TEXT("bill_xx"), TEXT("bill_cc")};
  assert_int_equal(suggest_nearest(TEXT("bill_c"), better, 2).index, 1);
  assert_int_equal(suggest_nearest(TEXT("bill"), NULL, 0).word.n, 0);
}

static void very_long_words_are_left_alone(void **state) {
  (void)state;
  static char longer[100000];
  memset(longer, 'a', sizeof longer);
  Text word = {longer, sizeof longer};
  assert_int_equal(suggest_nearest(word, &word, 1).word.n, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(near_words_are_found),
      cmocka_unit_test(far_words_are_not),
      cmocka_unit_test(the_first_of_equals_wins),
      cmocka_unit_test(very_long_words_are_left_alone),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
