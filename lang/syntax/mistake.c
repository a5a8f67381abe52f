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

static Text slice(const Feed *feed, Span span) {
  return source_slice(feed->builder.tree->sources, span);
}

static Text token_slice(const Feed *feed) {
  return slice(feed, feed->token.span);
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

static bool is_space(Text text) {
  uint32_t at = 0;
  while (at < text.n && strchr(" \t\r\n", text.at[at])) at++;
  return at == text.n;
}

// Whether a mistake was told next to the brace, or behind it in its line: then the brace was hardly
// meant, or is where that mistake has its cause.
static bool is_told_at(const Feed *feed, const Open *open) {
  const Diagnostics *list = feed->builder.diagnostics;
  for (uint32_t i = 0; i < list->items.n; i++) {
    uint32_t told = list->items.items[i]->primary.span.from;
    if (told > feed->token.span.from) continue;
    bool is_behind = told >= open->span.to;
    Text between =
        slice(feed, is_behind ? (Span){open->span.to, told} : (Span){told, open->span.from});
    if (told < feed->builder.file->base) continue;
    if (is_space(between) || (is_behind && !memchr(between.at, '\n', between.n))) return true;
  }
  return false;
}

// Shown where the block begins: that is where one looks whether it should end.
static void tell_unclosed(Feed *feed, const Open *open, Span missing, const char *what) {
  Builder *b = &feed->builder;
  vec_push(b->arena, &b->tree->lost.spans, ((Span){open->span.from, open->span.from}));
  if (feed->n_stray || is_told_at(feed, open)) return;
  Diagnostics *list = feed->builder.diagnostics;
  Diagnostic *d = diagnostic_add(list, E_SYNTAX, open->span, "this block is not closed");
  diagnostic_also(list, d, missing, "%s", what);
  feed->told_in_item = true;
}

// --- Repairs ---

// A name that is missing behind a word that declares something.
static void note_unnamed(Feed *feed, const Expected *expected) {
  if (!expects(expected, T_IDENT) || expects(expected, T_NUMBER)) return;
  Builder *b = &feed->builder;
  Text word = slice(feed, feed->before);
  bool is_word = word.n && word.at[0] >= 'a' && word.at[0] <= 'z';
  if (is_word) vec_push(b->arena, &b->tree->lost.unnamed, feed->before);
}

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
  note_unnamed(feed, expected);
  Diagnostics *list = feed->builder.diagnostics;
  Diagnostic *d = diagnostic_add(list, E_SYNTAX, feed->token.span,
                                 "\"%.*s\" is a word of the language and no name", TEXT_ARG(word));
  diagnostic_label(list, d, "a name is expected here");
  diagnostic_hint(list, d, "Take another name, or write `%.*s` in backquotes.", TEXT_ARG(word));
  vec_push(feed->builder.arena, &feed->builder.tree->lost.spans, feed->token.span);
  feed->token.kind = T_IDENT;
  feed->repaired_to = feed->token.span.to;
  return true;
}

static void tell_missing_brace(Feed *feed) {
  Diagnostics *list = feed->builder.diagnostics;
  Diagnostic *d = diagnostic_add(list, E_SYNTAX, missing_span(feed), "\"{\" is missing here");
  diagnostic_label(list, d, "the block begins with \"{\"");
}

// Where a block can come and its steps come without the brace.
static bool repair_missing_brace(Feed *feed, const Expected *expected) {
  bool may_block = expects(expected, '{') && !expects(expected, T_STAGE) &&
                   !expects(expected, T_OUTCOME) && !expects(expected, T_BLOC);
  if (!may_block || feed->token.kind == T_END_OF_FILE) return false;
  bool begins_line = feed->token.starts_line && !expects(expected, T_WAIT);
  if (!begins_line && !expected_begins_step(&feed->builder, feed->token.kind)) return false;
  tell_missing_brace(feed);
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
  tell_unclosed(feed, &feed->open.items[around], feed->line_first.span,
                "a \"}\" is missing before this line");
  feed_close(feed, around);
  return true;
}

// "else" where a brace too few stands before it: a deeper block has taken the one that was meant,
// or the block goes on though the line stands farther out.
static bool repair_before_else(Feed *feed) {
  bool is_next = feed->token.kind == T_ELSE || feed->token.kind == T_EXPIRED;
  if (!is_next || feed->open.n == 0) return false;
  const Open *open = &feed->open.items[feed->open.n - 1];
  if (feed->suspect.mark) open = &feed->suspect;
  else if (open->is_skipped || feed->indent >= open->inside) open = NULL;
  if (!open) return false;
  tell_unclosed(feed, open, feed->token.span, "a \"}\" is missing before this");
  feed_close(feed, feed->open.n - 1);
  return true;
}

static bool ends_brackets(const Token *token) {
  return token->starts_line || token->kind == '{' || token->kind == '}' || token->kind == T_ELSE ||
         token->kind == T_END_OF_FILE;
}

static bool is_one_of(int kind, const int *kinds) {
  while (*kinds && *kinds != kind) kinds++;
  return *kinds != 0;
}

// "majority seats": the base of a share without "of", which would be taken for what comes next.
static bool repair_missing_of(Feed *feed) {
  int kind = feed->token.kind;
  if (kind != T_SEATS && kind != T_PRESENT && kind != T_VOTES) return false;
  if (feed->token.starts_line || !parser_accepts(feed->parser, T_OF)) return false;
  Diagnostics *list = feed->builder.diagnostics;
  Diagnostic *d = diagnostic_add(list, E_SYNTAX, missing_span(feed), "\"of\" is missing here");
  Text word = token_slice(feed);
  diagnostic_label(list, d, "write \"of %.*s\"", TEXT_ARG(word));
  feed_push(feed, T_OF, missing_span(feed));
  return true;
}

static bool repair_bloc(Feed *feed) {
  static const int of_bloc[] = {T_SEATS,  T_LINE, T_FREE, T_LOYALTY, T_TURNOUT, T_ABSTAIN,
                                T_WEIGHT, T_VETO, T_FIRM, T_FOLLOWS, 0};
  static const int of_chamber[] = {T_BLOC, T_QUORUM, T_PASSES, T_TIEBREAK, T_SITS, 0};
  const Open *open = feed->open.n ? &feed->open.items[feed->open.n - 1] : NULL;
  int kind = feed->token.kind;
  if (!open || open->is_skipped || feed->before.from == open->span.from ||
      !parser_accepts(feed->parser, T_BLOC))
    return false;
  bool lacks_begin =
      feed->after_bloc && is_one_of(kind, of_bloc) && (kind != T_SEATS || !feed->token.starts_line);
  if (lacks_begin) {
    tell_missing_brace(feed);
    feed_supply_open(feed);
  } else if (open->is_of_bloc && feed->token.starts_line && is_one_of(kind, of_chamber)) {
    mistake_tell_unclosed(feed, open);
    feed_close(feed, feed->open.n - 1);
  } else {
    return false;
  }
  return true;
}

bool mistake_repair_accepted(Feed *feed) {
  return !feed->is_over && (repair_missing_of(feed) || repair_bloc(feed));
}

static bool repair_missing_bracket(Feed *feed, const Expected *expected) {
  uint32_t n = feed->open.n;
  bool is_open = n && feed->open.items[n - 1].mark == '(';
  if (!is_open || !expects(expected, ')') || !ends_brackets(&feed->token)) return false;
  Diagnostics *list = feed->builder.diagnostics;
  Diagnostic *d = diagnostic_add(list, E_SYNTAX, missing_span(feed), "\")\" is missing here");
  diagnostic_also(list, d, feed->open.items[n - 1].span, "opened here");
  bool is_brace = feed->token.kind == '{' || feed->token.kind == '}';
  if (is_brace && !feed->token.starts_line) feed->brace_told = feed->line_first.span.from;
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
  bool is_only_counted = b->diagnostics->n_errors >= DIAGNOSTICS_FOUND;
  Text words = is_only_counted ? TEXT("") : expected_words(b, expected->tokens, expected->n);
  note_unnamed(feed, expected);
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
  // a brace is missing or too many before it: what is not closed later is told
  if (feed->token.kind == T_ELSE || feed->token.kind == T_EXPIRED) feed->n_stray++;
}

// "majority } of seats": behind a share of which was told that it lacks what it is of.
static bool is_of_baseless(const Feed *feed) {
  const Diagnostics *list = feed->builder.diagnostics;
  if (list->items.n == 0) return false;
  const Diagnostic *last = list->items.items[list->items.n - 1];
  Text between = slice(feed, (Span){last->primary.span.to, feed->token.span.from});
  return last->code == E_THRESHOLD && !memchr(between.at, '\n', between.n);
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
  bool is_late_end = feed->open.n == 0 && feed->token.kind == '}';
  if ((is_outside || is_late_end) && feed->told_in_item) return true;
  if (feed->told_in_item && lexer_colon_follows(lexer)) return true;  // a label without its options
  if (is_of_baseless(feed)) return true;
  return feed->brace_told && feed->brace_told == feed->line_first.span.from;
}

// A "}" that is a mistake, or that one directly follows in its line, may close what it should not.
static bool is_at_brace(const Feed *feed) {
  if (feed->token.kind == '}') return true;
  return !feed->token.starts_line && text_equal(slice(feed, feed->before), TEXT("}"));
}

bool mistake_repair(Feed *feed) {
  bool is_told = is_echo(feed);
  if (is_told && is_at_brace(feed)) feed->brace_told = feed->line_first.span.from;
  if (is_told) return false;
  feed->told_in_item = true;
  Expected expected;
  expected.n = parser_expected(feed->parser, expected.tokens, N_TOKENS);
  bool is_repaired = repair_before_else(feed) || repair_unclosed(feed) ||
                     repair_misspelt(feed, &expected) || repair_reserved(feed, &expected) ||
                     repair_missing_brace(feed, &expected) ||
                     repair_missing_bracket(feed, &expected) || repair_comma(feed);
  if (!is_repaired) tell_unexpected(feed, &expected);
  if (is_at_brace(feed)) feed->brace_told = feed->line_first.span.from;
  return is_repaired && !feed->is_over && parser_accepts(feed->parser, feed->token.kind);
}

void mistake_tell_unclosed(Feed *feed, const Open *open) {
  bool is_end = feed->token.kind == T_END_OF_FILE;
  Span end = {feed->last_read.to, feed->last_read.to};
  tell_unclosed(feed, open, is_end ? end : feed->token.span,
                is_end ? "the text ends without a \"}\"" : "a \"}\" is missing before this");
}
