// What the lexer says about near misses, and the spelling that was meant. Each tells one mistake
// (E_SPELLING) about what has been read of the token.
#pragma once
#include "lang/syntax/lexer.h"

// Whether nothing but a name can follow the token.
bool spelling_takes_name(int kind);
// A word or sign of other languages: write `meant`.
void spelling_tell_other(Lexer *lexer, const char *meant);
void spelling_tell_comment(Lexer *lexer);
void spelling_tell_semicolon(Lexer *lexer);
void spelling_tell_digit_name(Lexer *lexer);
// "14days"; `number_end` is where the number ends.
void spelling_tell_number_word(Lexer *lexer, const char *number_end);
// "97 %"; likewise.
void spelling_tell_space(Lexer *lexer, const char *number_end);
// Backquotes that do not hold one name, or that are not closed.
void spelling_tell_ill_quoted(Lexer *lexer, bool is_closed);
// A text that runs to the end of its line. Answers where it is to end instead: before a brace that
// was hardly meant to be part of it.
const char *spelling_tell_unclosed(Lexer *lexer);

Text spelling_fix_hyphens(Lexer *lexer);  // veto-chance -> veto_chance
Text spelling_fix_date(Lexer *lexer);     // 2024-12-1, 1.12.2024 -> 2024-12-01
Text spelling_fix_number(Lexer *lexer);   // .5 -> 0.5, 5. -> 5, 1__0 -> 1_0
Text spelling_fix_quotes(Lexer *lexer);   // what stands between other quotation marks
// The inside of a text with \" \\ and \n resolved; tells other escapes. Without any it is the
// source's own bytes.
Text spelling_unescape(Lexer *lexer, Text inner);
