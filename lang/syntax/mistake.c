// What is wrong with a token that cannot stand where it stands, said once, and repaired where it is
// clear what was meant: a misspelt word, a word of the language for a name, a missing brace or
// bracket, a comma between options.
#include "lang/source/suggest.h"
#include "lang/syntax/feed.h"

#include <string.h>

#define N_TOKENS 512  // above every token's number
#define SHOWN_MAX 40  // bytes of a token that a message quotes

// The tokens that would have been accepted.
typedef struct Expected {
  int tokens[N_TOKENS];
  int n;
} Expected;

static bool expects(const Expected *expected, int kind) {
  for (int i = 0; i < expected->n; i++)
    if (expected->tokens[i] == kind) return true;
  return false;
}

static Text token_slice(const Feed *feed) {
  return source_slice(feed->builder.tree->sources, feed->token.span);
}

static Text token_in_words(const Feed *feed) {
  if (feed->token.kind == T_END_OF_FILE) return TEXT("the end of the text");
  Text text = token_slice(feed);
  if (feed->token.kind == T_STRING || text.n > SHOWN_MAX) return TEXT("this");
  return text_format(feed->builder.arena, "\"%.*s\"", TEXT_ARG(text));
}

static Diagnostic *tell_here(Feed *feed) {
  Text words = token_in_words(feed);
  return diagnostic_add(feed->builder.diagnostics, E_SYNTAX, feed->token.span,
                        "%.*s cannot stand here", TEXT_ARG(words));
}

// Just behind the last token that was understood: where something is missing.
static Span missing_span(const Feed *feed) {
  return (Span){feed->before.to, feed->before.to};
}

// --- Repairs ---

// The nearest of the words that may stand here, first among those that begin alike: END_OF_FILE for
// none.
static int nearest_word(Text written, const Expected *expected, bool begins_alike) {
  Text words[N_TOKENS];
  int kinds[N_TOKENS];
  uint32_t n = 0;
  for (int i = 0; i < expected->n; i++) {
    const char *text = parser_token_text(expected->tokens[i]);
    if (!token_is_word(expected->tokens[i])) continue;
    if (begins_alike && text[0] != written.at[0]) continue;
    kinds[n] = expected->tokens[i];
    words[n++] = text_of(text);
  }
  Suggestion nearest = suggest_nearest(written, words, n);
  return nearest.word.n ? kinds[nearest.index] : T_END_OF_FILE;
}

// "elss" where "else" may stand.
static bool repair_misspelt(Feed *feed, const Expected *expected) {
  if (feed->token.kind != T_IDENT) return false;
  Text written = token_slice(feed);
  int kind = nearest_word(written, expected, true);
  if (kind == T_END_OF_FILE) kind = nearest_word(written, expected, false);
  if (kind == T_END_OF_FILE) return false;
  Diagnostic *d = tell_here(feed);
  diagnostic_label(feed->builder.diagnostics, d, "did you mean \"%s\"?", parser_token_text(kind));
  feed->token.kind = kind;
  feed->repaired_to = feed->token.span.to;
  return true;
}

// Words that join others: nobody would take them for names.
static bool is_joining(int kind) {
  static const int joining[] = {T_ON,   T_BY,    T_OF,        T_IN,  T_IS,   T_TO,    T_UP,
                                T_AS,   T_AND,   T_OR,        T_NOT, T_FROM, T_UNTIL, T_THEN,
                                T_ELSE, T_NEEDS, T_OTHERWISE, T_IF,  T_WHILE};
  for (size_t i = 0; i < sizeof joining / sizeof *joining; i++)
    if (joining[i] == kind) return true;
  return false;
}

// A word of the language where only a name may stand.
static bool repair_reserved(Feed *feed, const Expected *expected) {
  if (!token_is_word(feed->token.kind) || is_joining(feed->token.kind)) return false;
  if (feed->token.starts_line) return false;
  if (!expects(expected, T_IDENT) || expects(expected, T_NUMBER)) return false;
  Text word = token_slice(feed);
  Diagnostics *list = feed->builder.diagnostics;
  Diagnostic *d = diagnostic_add(list, E_SYNTAX, feed->token.span,
                                 "\"%.*s\" is a word of the language and no name", TEXT_ARG(word));
  diagnostic_label(list, d, "a name is expected here");
  diagnostic_hint(list, d, "Take another name, or write `%.*s` in backquotes.", TEXT_ARG(word));
  feed->token.kind = T_IDENT;
  feed->repaired_to = feed->token.span.to;
  return true;
}

// Where a block can come and its steps come without the brace.
static bool repair_missing_brace(Feed *feed, const Expected *expected) {
  bool may_block = expects(expected, '{') && !expects(expected, T_STAGE) &&
                   !expects(expected, T_OUTCOME) && !expects(expected, T_BLOC);
  if (!may_block || feed->token.kind == T_END_OF_FILE) return false;
  bool begins_line = feed->token.starts_line && !expects(expected, T_WAIT);
  if (!begins_line && !expected_begins_step(&feed->builder, feed->token.kind)) return false;
  Diagnostics *list = feed->builder.diagnostics;
  Diagnostic *d = diagnostic_add(list, E_SYNTAX, missing_span(feed), "\"{\" is missing here");
  diagnostic_label(list, d, "the block begins with \"{\"");
  feed_supply_open(feed);
  return true;
}

// How many blocks are open around the one that a line which stands no deeper than that block's own
// line, and just where the lines around it stand, does not belong to; all that are open for none.
static uint32_t open_around(const Feed *feed) {
  uint32_t around = feed->open.n;
  for (uint32_t i = feed->open.n; i > 0; i--) {
    const Open *open = &feed->open.items[i - 1];
    if (open->mark == '(') continue;
    bool is_line_inside = feed->line_first.span.from > open->span.from;
    if (is_line_inside && feed->indent <= open->indent) around = i - 1;
    else if (is_line_inside) return feed->indent == open->inside ? around : feed->open.n;
  }
  return feed->open.n;
}

// A mistake in a line that stands where the lines around an open block stand: its brace was
// forgotten. What the line has left behind in the block is given up.
static bool repair_unclosed(Feed *feed) {
  uint32_t around = open_around(feed);
  if (around == feed->open.n || feed->line_first.kind == '}') return false;
  Diagnostics *list = feed->builder.diagnostics;
  Diagnostic *d =
      diagnostic_add(list, E_SYNTAX, feed->line_first.span, "a \"}\" is missing before this line");
  diagnostic_also(list, d, feed->open.items[around].span, "this block is not closed");
  feed_close(feed, around);
  return true;
}

static bool ends_brackets(const Token *token) {
  return token->starts_line || token->kind == '{' || token->kind == '}' || token->kind == T_ELSE ||
         token->kind == T_END_OF_FILE;
}

static bool repair_missing_bracket(Feed *feed, const Expected *expected) {
  uint32_t n = feed->open.n;
  bool is_open = n && feed->open.items[n - 1].mark == '(';
  if (!is_open || !expects(expected, ')') || !ends_brackets(&feed->token)) return false;
  Diagnostics *list = feed->builder.diagnostics;
  Diagnostic *d = diagnostic_add(list, E_SYNTAX, missing_span(feed), "\")\" is missing here");
  diagnostic_also(list, d, feed->open.items[n - 1].span, "opened here");
  while (feed->open.n && feed->open.items[feed->open.n - 1].mark == '(' &&
         parser_accepts(feed->parser, ')')) {
    feed_push(feed, ')', missing_span(feed));
    feed->open.n--;
  }
  return true;
}

static bool repair_comma(Feed *feed) {
  if (feed->token.kind != ',') return false;
  Diagnostics *list = feed->builder.diagnostics;
  Diagnostic *d = tell_here(feed);
  diagnostic_label(list, d, "leave it out");
  diagnostic_note(list, d, "Commas stand only between arguments and between names.");
  feed_advance(feed);
  return true;
}

// --- Telling ---

static void tell_unexpected(Feed *feed, const Expected *expected) {
  Builder *b = &feed->builder;
  Text words = expected_words(b, expected->tokens, expected->n);
  Diagnostic *d;
  if (feed->token.kind == T_END_OF_FILE) {
    d = diagnostic_add(b->diagnostics, E_SYNTAX, missing_span(feed), "the text ends too early");
  } else if (feed->token.kind == '}' && feed->open.n == 0) {
    d = diagnostic_add(b->diagnostics, E_SYNTAX, feed->token.span, "this \"}\" closes nothing");
    words = TEXT("");
  } else if (feed->token.starts_line && !expects(expected, '}') &&
             !expects(expected, T_END_OF_FILE)) {
    d = diagnostic_add(b->diagnostics, E_SYNTAX, missing_span(feed), "something is missing here");
  } else {
    d = tell_here(feed);
  }
  if (words.n) diagnostic_label(b->diagnostics, d, "%.*s", TEXT_ARG(words));
}

// What follows from a mistake that has been told: by the lexer just before, by a repair that did
// not fit after all, or by giving up the statement or declaration that this belonged to.
static bool is_echo(const Feed *feed) {
  const Lexer *lexer = &feed->lexer;
  Span here = feed->token.span;
  if (lexer->told_to > feed->before.from && lexer->told_to <= here.to) return true;
  if (lexer->told_at >= here.from && lexer->told_at < here.to) return true;
  if (feed->repaired_to && feed->before.to == feed->repaired_to) return true;
  bool is_outside = feed->open.n == 0 && !(feed->token.starts_line && feed->indent == 0);
  if (is_outside && feed->told_in_item) return true;
  return feed->after_mistaken && (feed->token.kind == T_ELSE || feed->token.kind == T_EXPIRED);
}

bool mistake_repair(Feed *feed) {
  if (is_echo(feed)) return false;
  feed->told_in_item = true;
  Expected expected;
  expected.n = parser_expected(feed->parser, expected.tokens, N_TOKENS);
  bool is_repaired = repair_unclosed(feed) || repair_misspelt(feed, &expected) ||
                     repair_reserved(feed, &expected) || repair_missing_brace(feed, &expected) ||
                     repair_missing_bracket(feed, &expected) || repair_comma(feed);
  if (!is_repaired) tell_unexpected(feed, &expected);
  return is_repaired && !feed->is_over && parser_accepts(feed->parser, feed->token.kind);
}

void mistake_tell_unclosed(Feed *feed, const Open *open) {
  Diagnostics *list = feed->builder.diagnostics;
  Diagnostic *d;
  if (feed->token.kind == T_END_OF_FILE) {
    Span end = {feed->last_read.to, feed->last_read.to};
    d = diagnostic_add(list, E_SYNTAX, end, "the text ends inside a block");
    diagnostic_label(list, d, "a \"}\" is missing");
  } else {
    Text word = token_slice(feed);
    d = diagnostic_add(list, E_SYNTAX, feed->token.span, "\"%.*s\" stands inside a block",
                       TEXT_ARG(word));
    diagnostic_label(list, d, "a \"}\" is missing before this");
  }
  diagnostic_also(list, d, open->span, "this block is not closed");
}
