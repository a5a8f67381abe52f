// What was asked and what was claimed, in the script's words, and the answers beside them.
#pragma once
#include "runtime/answer/answer.h"

// The text of a question or claim as it stands in the script, behind "ask" or "expect".
// A change of `program->sets` as it was typed: "veto_chance = 20%".
Text show_change(const Program *program, const Change *change);
Text show_query_text(const Program *program, const Query *query);
// Its title; without one the text.
Text show_query(const Program *program, const Query *query);
Text show_ask_answer(Arena *arena, const Answer *answer, const AskAnswer *ask);
const char *show_verdict(Verdict verdict);  // "holds", "fails", "unknown"
// Both values of a claim, or the chance of what shall never or always be; may be empty.
Text show_expect_values(Arena *arena, const Answer *answer, const ExpectAnswer *expect);
