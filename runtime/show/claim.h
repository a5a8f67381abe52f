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
// What a claim came to: both sides as they stand to each other and by how much it holds or fails
// ("99.8 % >= 99.0 %, by 0.8 points", "45.0 %, not >= 50.0 %: 5.0 points short"), or how often what
// shall never be is. Empty for a claim that is no comparison.
Text show_expect_values(Arena *arena, const Answer *answer, const ExpectAnswer *expect);
