// The answer in a few words that can be quoted.
#pragma once
#include "runtime/answer/answer.h"
#include "runtime/show/page.h"

// "Most likely (70.6 %; 57 to 79 % over the uncertain beliefs): Off the list. Half of such cases end by 18 June 2025, nine in ten by
// 10 August 2025. Main reason for failing (26.3 %): no claim is filed."
// Titles as they may be shown on a page; no line ends.
Text show_sentence(const Page *page, const Answer *answer);
