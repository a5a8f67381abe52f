// What the lexer says about near misses, and the spelling that was meant. Each tells one mistake (E_SPELLING).
#pragma once
#include "lang/syntax/lexer.h"

// Whether nothing but a name can follow the token.
bool spelling_takes_name(int kind);
// A word or sign of other languages: write `meant`.
void spelling_tell_other(Lexer *lexer, Text written, Span span, const char *meant);
void spelling_tell_comment(Lexer *lexer, Span span);
void spelling_tell_semicolon(Lexer *lexer, Span span);
void spelling_tell_digit_name(Lexer *lexer, Text written, Span span);
// "14days"; `number_end` is where the number ends.
void spelling_tell_number_word(Lexer *lexer, Text written, const char *number_end, Span span);
// "97 %"; the number takes the first n bytes.
void spelling_tell_space(Lexer *lexer, Text written, Span span, uint32_t n);
// A text that runs to `end`, the end of its line. Answers where it is to end instead: before a brace that was hardly meant
// to be part of it.
const char *spelling_tell_unclosed(Lexer *lexer, const char *end);

Text spelling_fix_hyphens(Lexer *lexer, Text written, Span span);  // veto-chance -> veto_chance
Text spelling_fix_date(Lexer *lexer, Text written,
                       Span span);  // 2024-12-1, 1.12.2024 -> 2024-12-01
Text spelling_fix_number(Lexer *lexer, Text written, Span span);  // .5, 5., 1__0
Text spelling_fix_quotes(Lexer *lexer, Text written,
                         Span span);  // what stands between other quotation marks
// The inside of a text with \" \\ and \n resolved; tells other escapes. Without any it is the source's own bytes.
Text spelling_unescape(Lexer *lexer, Text inner);
