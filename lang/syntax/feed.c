// Feeding the parser. It is asked before every token whether it accepts it, so that a mistake is
// known while the stack is still whole: then a missing or misspelt token is supplied (mistake.c),
// or, where that does not help, the statement is given up and tokens are passed over until the next
// one begins: in a block of the same depth, first on its line, and of a kind that the parser
// accepts there. One mistake gives one message.
#include "lang/syntax/feed.h"

#include <string.h>

#include "lang/syntax/characters.h"

static void find_indent(Feed *feed) {
  const SourceFile *file = feed->builder.file;
  uint32_t at = feed->token.span.from - file->base, from = at;
  while (from > 0 && file->text.at[from - 1] != '\n') from--;
  feed->indent = at - from;
}

static bool accepts(Feed *feed, int kind) {
  return !feed->is_over && parser_accepts(feed->parser, kind);
}

// "1 day": a unit where one can stand, but no label of the next option, and else a name like any
// other. The parser alone knows, and the grammar stays free of the choice.
static void choose_unit(Feed *feed) {
  int unit = lexer_unit_of(&feed->token);
  if (!unit || !accepts(feed, unit)) return;
  if (accepts(feed, T_IDENT) && lexer_colon_follows(&feed->lexer)) return;
  feed->token.kind = unit;
}

void feed_advance(Feed *feed) {
  feed->last_read = feed->token.span;
  feed->token = lexer_next(&feed->lexer);
  choose_unit(feed);
  if (!feed->token.starts_line) return;
  feed->line_first = feed->token;
  find_indent(feed);
}

static void push_value(Feed *feed, int kind, Span span, const PARSER_STYPE *value) {
  if (feed->is_over) return;
  int status = parser_push_parse(feed->parser, kind, value, &span, &feed->builder);
  if (status != YYPUSH_MORE || feed->builder.is_refused) feed->is_over = true;
}

void feed_push(Feed *feed, int kind, Span span) {
  PARSER_STYPE none = {0};
  push_value(feed, kind, span, &none);
}

// --- What is open ---

static void open_push(Feed *feed, Open open) {
  vec_push(feed->builder.arena, &feed->open, open);
  if (feed->open.n <= NODE_MAX_DEPTH) return;
  builder_too_deep(&feed->builder, open.span);
  feed->is_over = true;
}

static Open open_of_token(const Feed *feed) {
  return (Open){.mark = (char)feed->token.kind,
                .span = feed->token.span,
                .indent = feed->indent,
                .is_of_bloc = feed->after_bloc,
                .is_of_mistaken = feed->after_expired};
}

void feed_supply_open(Feed *feed) {
  Span span = {feed->before.to, feed->before.to};
  feed_push(feed, '{', span);
  Open open = {.mark = '{', .span = span, .indent = feed->indent, .is_of_bloc = feed->after_bloc};
  open_push(feed, open);
  feed->after_bloc = false;
  feed->n_stray++;  // if it was not meant there will be one "}" too few
}

static void drop_brackets(Feed *feed) {
  while (feed->open.n && feed->open.items[feed->open.n - 1].mark == '(') feed->open.n--;
}

// A brace that closes an opener of a deeper line was meant for one farther out: then the deeper is
// the forgotten one.
static void open_close_brace(Feed *feed) {
  drop_brackets(feed);
  if (feed->open.n == 0) return;
  Open open = feed->open.items[--feed->open.n];
  bool is_deeper = feed->token.starts_line && feed->token.kind == '}' && feed->indent < open.indent;
  if (is_deeper && !feed->suspect.mark && open.span.to > open.span.from) feed->suspect = open;
  if (feed->open.n == 0) feed->suspect.mark = 0;
  if (feed->open.n == 0) feed->n_stray = 0;
  feed->after_mistaken = open.is_of_mistaken;
}

// The first line inside a block shows how far in its lines stand.
static void note_inside(Feed *feed) {
  if (!feed->token.starts_line || feed->open.n == 0) return;
  Open *open = &feed->open.items[feed->open.n - 1];
  if (open->inside == 0) open->inside = feed->indent;
}

static void track_open(Feed *feed) {
  feed->after_mistaken = false;
  if (feed->token.kind == '{' || feed->token.kind == '(') {
    open_push(feed, open_of_token(feed));
  } else if (feed->token.kind == '}') {
    open_close_brace(feed);
  } else if (feed->token.kind == ')') {
    if (feed->open.n && feed->open.items[feed->open.n - 1].mark == '(') feed->open.n--;
  } else if (feed->open.n == 0 && token_is_word(feed->token.kind)) {
    if (feed->token.starts_line) feed->in_scenario = feed->token.kind == T_SCENARIO;
    bool is_inner = feed->brace_told && feed->indent > 0;
    if (!is_inner) feed->told_in_item = false;
    if (!is_inner) feed->brace_told = 0;
  }
  feed->after_expired = false;
  bool is_heading =
      feed->token.kind == T_IDENT || feed->token.kind == T_STRING || feed->token.kind == T_SOURCE;
  feed->after_bloc = feed->token.kind == T_BLOC || (feed->after_bloc && is_heading);
}

// --- Giving up and going on ---

// The parser drops what it holds of the innermost statement (an undefined token is a mistake
// everywhere), and is then ready for the next one.
static void give_up_statement(Feed *feed, Span span) {
  Builder *b = &feed->builder;
  b->given_up_from = span.from;
  feed_push(feed, T_PARSER_UNDEF, span);
  feed_push(feed, T_RESUME, (Span){span.from, span.from});
  drop_brackets(feed);
  Span lost = {b->given_up_from, span.from};
  vec_push(b->arena, &b->tree->lost.spans, lost);
}

// Declarations stand outside every block. Those that a scenario may hold as well count only outside
// one.
static bool is_outer(const Feed *feed) {
  switch (feed->token.kind) {
    case T_END_OF_FILE: return true;
    case T_THRESHOLD:
    case T_CASE:
    case T_USE:
    case T_MATTER:
    case T_OUTCOME:
    case T_ORGANIZATION:
    case T_REGISTER:
    case T_BILL:
    case T_CHAMBER:
    case T_OFFICE:
    case T_COURT:
    case T_CALENDAR:
    case T_PROCEDURE:
    case T_MOTION:
    case T_SCENARIO:
    case T_FACT: return feed->token.starts_line;
    case T_ASSUME:
    case T_ASK:
    case T_EXPECT:
    case T_OBSERVE: return feed->token.starts_line && !feed->in_scenario;
    default: return false;
  }
}

void feed_close(Feed *feed, uint32_t n) {
  Span here = {feed->before.to, feed->before.to};
  while (feed->open.n > n) {
    Open open = feed->open.items[--feed->open.n];
    if (open.mark == '(' || open.is_skipped) continue;
    if (!accepts(feed, '}')) give_up_statement(feed, here);
    feed_push(feed, '}', here);
  }
  feed->suspect.mark = 0;
  if (n == 0) feed->n_stray = 0;
}

// Whether everything that is open was passed over, so that the parser stands outside.
static bool is_all_skipped(const Feed *feed) {
  for (uint32_t i = 0; i < feed->open.n; i++)
    if (!feed->open.items[i].is_skipped) return false;
  return true;
}

// The brace that was probably forgotten to close: the innermost where no line speaks for another.
static Open forgotten(const Feed *feed) {
  Open open = feed->suspect;
  for (uint32_t i = feed->open.n; i > 0 && !open.mark; i--)
    if (feed->open.items[i - 1].mark == '{') open = feed->open.items[i - 1];
  return open;
}

// A declaration inside a block: a closing brace was forgotten. What was passed over has been told,
// and so has a brace that was supplied or that should not be there.
static bool close_forgotten(Feed *feed) {
  if (feed->open.n == 0 || !is_outer(feed)) return false;
  bool is_told = is_all_skipped(feed) || feed->n_stray;
  if (!is_told && accepts(feed, feed->token.kind)) return false;
  Open open = forgotten(feed);
  if (!open.mark) return false;
  if (!is_told && open.span.to > open.span.from) mistake_tell_unclosed(feed, &open);
  feed_close(feed, 0);
  return true;
}

// The block of a statement or item that was given up: its steps are parsed all the same, for their
// own mistakes' sake. What holds no steps (options, properties, tracks) is passed over.
static bool enter_steps(Feed *feed) {
  bool is_item = accepts(feed, T_STEPS);
  if (!is_item && !accepts(feed, '{')) return false;
  if (is_item) feed_push(feed, T_STEPS, feed->token.span);
  Open open = open_of_token(feed);
  open.is_of_mistaken = true;
  feed_push(feed, '{', feed->token.span);
  open_push(feed, open);
  feed_advance(feed);
  if (accepts(feed, feed->token.kind)) return true;
  feed_push(feed, '}', feed->token.span);
  feed->open.items[feed->open.n - 1].is_skipped = true;
  if (is_item) feed->in_scenario = true;  // it may have been one: its changes are no declarations
  return false;
}

static void skip_open(Feed *feed) {
  Open open = open_of_token(feed);
  open.is_skipped = true;
  open_push(feed, open);
}

// Passes tokens over until one that the parser can go on with, or one that ends the block.
static void skip_statement(Feed *feed) {
  uint32_t base = feed->open.n;
  while (!feed->is_over && feed->token.kind != T_END_OF_FILE) {
    bool is_level = feed->open.n == base;
    if (feed->open.n && is_outer(feed)) return;
    if (is_level && feed->token.kind == '}' && base > 0) return;
    if (is_level && feed->token.starts_line && accepts(feed, feed->token.kind)) return;
    if (is_level && feed->token.kind == '{') {
      if (enter_steps(feed)) return;
      if (feed->open.n > base) continue;
    }
    if (feed->token.kind == '{') skip_open(feed);
    else if (feed->token.kind == '}') open_close_brace(feed);
    feed_advance(feed);
  }
}

// Where giving up has not moved on: the token goes, unless the parser or the end of the blocks
// around takes it. At the end of the text nothing comes after.
static void pass_over(Feed *feed) {
  if (accepts(feed, feed->token.kind) || (feed->open.n && is_outer(feed))) return;
  if (feed->token.kind == T_END_OF_FILE) {
    feed->is_over = true;
    return;
  }
  if (feed->token.kind == '}') open_close_brace(feed);
  feed_advance(feed);
}

static void take_token(Feed *feed) {
  int kind = feed->token.kind;
  note_inside(feed);
  push_value(feed, kind, feed->token.span, &feed->token.value);
  track_open(feed);
  feed->before = feed->token.span;
  if (kind == T_END_OF_FILE) feed->is_over = true;
  else if (!feed->is_over) feed_advance(feed);
}

// A "{" that is a mistake, or that one directly follows in its line or behind a second "{": one too
// many, perhaps.
static bool is_at_open_brace(const Feed *feed) {
  if (feed->token.kind == '{') return true;
  const SourceFile *file = feed->builder.file;
  uint32_t at = feed->before.from - file->base;
  if (feed->before.to == feed->before.from || file->text.at[at] != '{') return false;
  if (!feed->token.starts_line) return true;
  while (at > 0 && file->text.at[at - 1] == ' ') at--;
  return at > 0 && file->text.at[at - 1] == '{';
}

// "else" and "expired" behind a statement that was not understood, or that ended too early: what
// follows them are steps like others.
static bool skip_next_part(Feed *feed) {
  bool is_next = feed->token.kind == T_ELSE || feed->token.kind == T_EXPIRED;
  bool is_told = feed->after_mistaken || feed->told_in_item;
  if (!is_told || !is_next || accepts(feed, feed->token.kind)) return false;
  feed->after_expired = feed->token.kind == T_EXPIRED;
  feed_advance(feed);
  return true;
}

static void feed_tokens(Feed *feed) {
  feed_advance(feed);
  while (!feed->is_over) {
    if (skip_next_part(feed) || close_forgotten(feed) || mistake_repair_accepted(feed)) continue;
    if (accepts(feed, feed->token.kind) || mistake_repair(feed)) {
      take_token(feed);
    } else if (!feed->is_over) {
      Span mistaken = feed->token.span;
      bool begins_item = feed->token.kind != '}' && feed->token.starts_line && feed->indent == 0;
      if (!feed->open.n && !begins_item) node_mark_partial(&feed->builder);
      if (is_at_open_brace(feed)) feed->n_stray++;
      give_up_statement(feed, mistaken);
      skip_statement(feed);
      if (feed->token.span.from == mistaken.from) pass_over(feed);
      Lost *lost = &feed->builder.tree->lost;
      lost->spans.items[lost->spans.n - 1].to = feed->token.span.from;
    }
  }
}

// What was passed over is never passed over in silence.
static void tell_anything(Feed *feed, uint32_t n_errors, uint32_t n_lost) {
  const Lost *lost = &feed->builder.tree->lost;
  Diagnostics *list = feed->builder.diagnostics;
  if (list->n_errors != n_errors || lost->spans.n == n_lost) return;
  diagnostic_add(list, E_SYNTAX, lost->spans.items[n_lost], "this is not understood");
}

TreeFile feed_file(Tree *tree, Diagnostics *diagnostics, const SourceFile *file) {
  TreeFile done = {.file = file};
  if (!characters_check(diagnostics, file)) {
    tree->lost.is_unread = true;
    return done;
  }
  Feed feed = {
      .builder = {.arena = tree->arena, .tree = tree, .diagnostics = diagnostics, .file = file},
      .before = {file->base, file->base}};
  lexer_start(&feed.lexer, tree->arena, tree->names, diagnostics, file);
  feed.parser = parser_pstate_new();
  if (!feed.parser) memory_exhausted();
  uint32_t n_errors = diagnostics->n_errors, n_lost = tree->lost.spans.n;
  feed_tokens(&feed);
  tell_anything(&feed, n_errors, n_lost);
  parser_pstate_delete(feed.parser);
  tree->lost.is_unread |= feed.builder.is_refused;
  done.items = node_list(feed.builder.items);
  done.comments = feed.lexer.comments.items, done.n_comments = feed.lexer.comments.n;
  done.blanks = feed.lexer.blanks.items, done.n_blanks = feed.lexer.blanks.n;
  return done;
}
