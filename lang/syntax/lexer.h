// Text to tokens, one at a time. What is nearly right is told (E_SPELLING) and read as what was
// meant; what means nothing is told (E_CHARACTER) and passed over. Comments and blank lines are
// kept beside the tokens.
#pragma once
#include "lang/syntax/parser.tab.h"

typedef struct Token {
  int kind;  // of enum parser_tokentype, or a character
  Span span;
  bool starts_line;  // only white space before it on its line
  PARSER_STYPE value;
} Token;

typedef struct Lexer {
  Arena *arena;
  Names *names;
  Diagnostics *diagnostics;
  const SourceFile *file;
  const char *at, *end;  // what is not read yet
  const char *from;      // where the token that is being read begins
  bool starts_line;
  int last;          // the kind of the token before
  Token pending;     // the second token of a word that stands for two; kind 0 for none
  uint32_t told_at;  // where the last mistake told here begins
  uint32_t told_to;  // behind the last mistake told here that may leave others behind
  VEC(Comment) comments;
  VEC(Span) blanks;
} Lexer;

// Interns the words of the language, so that their ids are the first ones and a keyword is known by
// its id. To be called once on fresh names, before any lexer reads.
void lexer_intern_words(Names *names);
// The file's text must have passed `characters_check`.
void lexer_start(Lexer *lexer, Arena *arena, Names *names, Diagnostics *diagnostics,
                 const SourceFile *file);
Token lexer_next(Lexer *lexer);  // T_END_OF_FILE at the end, again and again
// "day", "week", "month", "year": the unit that the name means where a unit can stand; 0 for other
// tokens.
int lexer_unit_of(const Token *token);
bool lexer_colon_follows(const Lexer *lexer);  // whether ":" comes next
// What has been read of the token so far; for those that judge spellings.
Text lexer_read_text(const Lexer *lexer);
Span lexer_read_span(const Lexer *lexer);
bool token_is_word(int kind);  // a word of the language
