// Tokens into the parser, one file at a time: what is open, what is wrong, and how to go on. Only
// this room's files.
#pragma once
#include "lang/syntax/lexer.h"

// A bracket or brace that is not closed yet.
typedef struct Open {
  char mark;            // '(' or '{'
  Span span;            // empty where it was missing and has been supplied
  uint32_t indent;      // of its line
  uint32_t inside;      // indent of the first line that begins inside; 0 for none yet
  bool is_skipped;      // passed over: the parser does not know of it
  bool is_of_bloc;      // properties of a bloc
  bool is_of_mistaken;  // the block of a statement whose beginning was not understood
} Open;

typedef struct Feed {
  Builder builder;
  Lexer lexer;
  parser_pstate *parser;
  Token token;       // the next one, not pushed yet
  Span last_read;    // the token before it, pushed or passed over
  Span before;       // the last token that was pushed
  Token line_first;  // the first token of its line
  uint32_t indent;   // of that line
  VEC(Open) open;
  Open suspect;  // a brace that seems to have been closed for another's sake; mark 0 for none
  bool in_scenario;
  bool after_bloc;      // the heading of a bloc is being read
  uint32_t n_stray;     // braces that were told as mistakes and still count as open
  bool told_in_item;    // a mistake was told since the last declaration began
  bool after_expired;   // of such a statement: "expired" was passed over, its block comes
  bool after_mistaken;  // the block of a statement that was not understood has just been closed
  uint32_t
      brace_told;  // where the line begins in which a "}" was a mistake; 0 for none in this item
  uint32_t repaired_to;  // the end of the last token that was taken for another
  bool is_over;
} Feed;

// Parses the file and puts what was understood into the tree file; reports every independent
// mistake.
TreeFile feed_file(Tree *tree, Diagnostics *diagnostics, const SourceFile *file);

void feed_advance(Feed *feed);
void feed_push(Feed *feed, int kind, Span span);  // a token that the text does not hold
void feed_supply_open(Feed *feed);                // pushes a '{' that is missing
void feed_close(Feed *feed, uint32_t n);          // closes what is open until n are left

// Tells what is wrong with the next token, which the parser does not accept, and repairs it where
// it is clear what was meant; answers whether the parser accepts the next token now. mistake.c.
bool mistake_repair(Feed *feed);
// The same for a token that the parser would accept, though as something else than was meant: the
// brace around a bloc's properties is missing, or "of" before the base of a share.
bool mistake_repair_accepted(Feed *feed);
// Tells that a block was not closed before the next token.
void mistake_tell_unclosed(Feed *feed, const Open *open);

// "expected a name or \"{\"": what the parser would have accepted, in a few words; may be empty.
// expected.c.
Text expected_words(Builder *b, const int *tokens, int n);
bool expected_begins_step(Builder *b, int kind);  // whether a step begins with the token
