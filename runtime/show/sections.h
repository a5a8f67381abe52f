// The sections of the text page, shared by the files that make them. Each is left out where it has
// nothing to show.
#pragma once
#include "runtime/answer/answer.h"
#include "runtime/show/page.h"

#define SECTION_LABEL_LEAST 8  // columns of a label on the narrowest page

// "line 12"; in a file that the script uses: "shared/chamber.leg:12".
Text section_line(const Page *page, const Answer *answer, Span span);

void section_rests(Page *page, const Answer *answer);    // how many assumptions, how many guesses
void section_guesses(Page *page, const Answer *answer);  // those that decide the main failure
void section_outcomes(Page *page, const Answer *answer);
void section_places(Page *page, const Answer *answer);
void section_claims(Page *page, const Answer *answer);                 // what is expected
void section_claim(Page *page, const Answer *answer, uint32_t index);  // one of them, as a line
