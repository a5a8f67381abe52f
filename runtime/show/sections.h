// The sections of the text page, shared by the files that make them. Each is left out where it has
// nothing to show.
#pragma once
#include "runtime/answer/answer.h"
#include "runtime/show/page.h"

#define SECTION_LABEL_LEAST 8  // columns of a label on the narrowest page

void section_outcomes(Page *page, const Answer *answer);
void section_places(Page *page, const Answer *answer);
void section_claims(Page *page, const Answer *answer);                 // what is expected
void section_claim(Page *page, const Answer *answer, uint32_t index);  // one of them, as a line
