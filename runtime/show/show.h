// Answers as pages: text for a person, JSON for a program. What is shown depends on the answer and
// the style alone. Texts of the script may come from a stranger and are shown with what would steer
// a terminal written as \u{…}.
#pragma once
#include "runtime/answer/answer.h"

#define SHOW_WIDTH_LEAST 60
#define SHOW_WIDTH_MOST 200
#define SHOW_WIDTH 100  // of a page that goes to no terminal

typedef struct ShowStyle {
  uint32_t width;  // columns; brought between the bounds above
  bool color;      // ANSI colours, which carry no meaning of their own
} ShowStyle;

void show_text(TextBuilder *out, const Answer *answer, ShowStyle style);
// One expectation as a line of its own kind: verdict, claim and both values, indented by two.
void show_expectation(TextBuilder *out, const Answer *answer, uint32_t expect, ShowStyle style);
// One object, indented by two, numbers with 17 significant digits, ended by a line end. What has no
// value is null.
void show_json(TextBuilder *out, const Answer *answer);
