// Near misses: what was written, what was meant, how to write it.
#include "lang/syntax/spelling.h"

#include <string.h>

static Diagnostic *tell(Lexer *lexer, Span span, Text title) {
  lexer->told_at = span.from;
  return diagnostic_add(lexer->diagnostics, E_SPELLING, span, "%.*s", TEXT_ARG(title));
}

// Tells with a title that quotes what was written, and what to write instead as the label.
static void tell_write(Lexer *lexer, Span span, Text title, Text instead) {
  Diagnostic *d = tell(lexer, span, title);
  diagnostic_label(lexer->diagnostics, d, "write \"%.*s\"", TEXT_ARG(instead));
}

#define FORMAT(lexer, ...) text_format((lexer)->arena, __VA_ARGS__)

bool spelling_takes_name(int kind) {
  static const int before_name[] = {
      T_OUTCOME, T_ORGANIZATION, T_REGISTER, T_BILL,     T_CHAMBER,   T_OFFICE, T_COURT,
      T_MATTER,  T_CALENDAR,     T_BLOC,     T_MOTION,   T_PROCEDURE, T_STAGE,  T_VOTE,
      T_RULING,  T_DECIDE,       T_DO,       T_MOVE,     T_END,       T_TRACK,  T_ASSUME,
      T_FACT,    T_SCENARIO,     T_LET,      T_SET,      T_ENACT,     T_AMEND,  T_EACH,
      T_AS,      T_LISTS,        T_SITS,     T_THRESHOLD};
  for (size_t i = 0; i < sizeof before_name / sizeof *before_name; i++)
    if (before_name[i] == kind) return true;
  return false;
}

void spelling_tell_other(Lexer *lexer, const char *meant) {
  Text written = lexer_read_text(lexer);
  tell_write(lexer, lexer_read_span(lexer),
             FORMAT(lexer, "\"%.*s\" is not a word of this language", TEXT_ARG(written)),
             text_of(meant));
}

void spelling_tell_comment(Lexer *lexer) {
  Span span = lexer_read_span(lexer);
  span.to = span.from + 2;
  tell_write(lexer, span, TEXT("a comment begins with \"#\""), TEXT("#"));
}

void spelling_tell_semicolon(Lexer *lexer) {
  Span span = lexer_read_span(lexer);
  lexer->told_to = span.to;
  Diagnostic *d = tell(lexer, span, TEXT("\";\" is not needed"));
  diagnostic_label(lexer->diagnostics, d, "steps stand one after the other without it");
}

void spelling_tell_digit_name(Lexer *lexer) {
  Text written = lexer_read_text(lexer);
  Diagnostic *d = tell(lexer, lexer_read_span(lexer),
                       FORMAT(lexer, "\"%.*s\" is not a name", TEXT_ARG(written)));
  diagnostic_label(lexer->diagnostics, d, "a name begins with a letter or \"_\"");
}

void spelling_tell_number_word(Lexer *lexer, const char *number_end) {
  Text written = lexer_read_text(lexer);
  uint32_t n = (uint32_t)(number_end - written.at);
  tell_write(lexer, lexer_read_span(lexer), TEXT("a space stands between a number and a word"),
             FORMAT(lexer, "%.*s %.*s", (int)n, written.at, (int)(written.n - n), number_end));
}

void spelling_tell_space(Lexer *lexer, const char *number_end) {
  Text written = lexer_read_text(lexer);
  tell_write(lexer, lexer_read_span(lexer), TEXT("no space stands between a number and \"%\""),
             FORMAT(lexer, "%.*s%%", (int)(number_end - written.at), written.at));
}

void spelling_tell_ill_quoted(Lexer *lexer, bool is_closed) {
  Diagnostic *d =
      tell(lexer, lexer_read_span(lexer),
           is_closed ? TEXT("this is not a name") : TEXT("this backquote is not closed"));
  diagnostic_label(lexer->diagnostics, d, "one word stands between backquotes");
}

const char *spelling_tell_unclosed(Lexer *lexer) {
  const char *brace = NULL, *end = lexer->at;
  for (const char *p = lexer->from + 1; p + 1 < end && !brace; p++)
    if (p[0] == ' ' && p[1] == '{') brace = p + 1;
  while (end > lexer->from + 1 && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r')) end--;
  if (!brace && end > lexer->from + 1 && end[-1] == '}') brace = end - 1;
  if (brace) end = brace;
  while (end > lexer->from + 1 && end[-1] == ' ') end--;
  uint32_t from = lexer->file->base + (uint32_t)(lexer->from - lexer->file->text.at);
  Span span = {from, from + (uint32_t)(end - lexer->from)};
  lexer->told_to = span.to;
  Diagnostic *d = tell(lexer, span, TEXT("this text is not closed"));
  diagnostic_label(lexer->diagnostics, d, "a text ends with \" on its own line");
  return end;
}

Text spelling_fix_hyphens(Lexer *lexer) {
  Text copy = text_copy(lexer->arena, lexer_read_text(lexer));
  char *at = (char *)copy.at;
  for (uint32_t i = 0; i < copy.n; i++)
    if (at[i] == '-') at[i] = '_';
  tell_write(lexer, lexer_read_span(lexer), TEXT("a name holds no \"-\""), copy);
  return copy;
}

Text spelling_fix_date(Lexer *lexer) {
  Text written = lexer_read_text(lexer);
  int parts[3] = {0}, part = 0;
  bool day_first = memchr(written.at, '.', written.n) != NULL;
  for (uint32_t i = 0; i < written.n; i++) {
    char c = written.at[i];
    if (c < '0' || c > '9') part++;
    else parts[part] = 10 * parts[part] + (c - '0');
  }
  Text fixed = day_first ? FORMAT(lexer, "%04d-%02d-%02d", parts[2], parts[1], parts[0])
                         : FORMAT(lexer, "%04d-%02d-%02d", parts[0], parts[1], parts[2]);
  tell_write(lexer, lexer_read_span(lexer), TEXT("a date has four digits, two and two"), fixed);
  return fixed;
}

// Leaves single "_" between digits, and a point only between digits.
Text spelling_fix_number(Lexer *lexer) {
  Text written = lexer_read_text(lexer);
  TextBuilder b = {0};
  if (written.at[0] == '.') text_add_char(&b, '0');
  for (uint32_t i = 0; i < written.n; i++) {
    char c = written.at[i], next = i + 1 < written.n ? written.at[i + 1] : '\0';
    bool between = next >= '0' && next <= '9';
    if ((c != '_' && c != '.') || between) text_add_char(&b, c);
  }
  Text fixed = text_builder_take(&b, lexer->arena);
  bool has_point = memchr(written.at, '.', written.n) != NULL;
  tell_write(lexer, lexer_read_span(lexer),
             has_point ? TEXT("a point stands between two digits")
                       : TEXT("\"_\" stands alone between two digits"),
             fixed);
  return fixed;
}

// Bytes of the character that begins with this one.
static uint32_t length_of(char first) {
  unsigned char c = (unsigned char)first;
  return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

Text spelling_fix_quotes(Lexer *lexer) {
  Text written = lexer_read_text(lexer);
  uint32_t open = length_of(written.at[0]), close = 1;
  while (((unsigned char)written.at[written.n - close] & 0xC0) == 0x80) close++;
  Text inner = {written.at + open, written.n - open - close};
  Diagnostic *d =
      tell(lexer, lexer_read_span(lexer), TEXT("a text stands between straight quotation marks"));
  diagnostic_label(lexer->diagnostics, d, "these are others than \"");
  return inner;
}

static char escaped(char c) {
  return c == 'n' ? '\n' : c == '"' || c == '\\' ? c : '\0';
}

// `at` is its backslash.
static void tell_escape(Lexer *lexer, const char *at) {
  uint32_t from = lexer->file->base + (uint32_t)(at - lexer->file->text.at);
  Span span = {from, from + 1 + length_of(at[1])};
  Diagnostic *d = tell(lexer, span, TEXT("this escape means nothing"));
  diagnostic_label(lexer->diagnostics, d, "there are \\\", \\\\ and \\n");
}

Text spelling_unescape(Lexer *lexer, Text inner) {
  if (inner.n == 0 || !memchr(inner.at, '\\', inner.n)) return inner;
  TextBuilder b = {0};
  for (uint32_t i = 0; i < inner.n; i++) {
    char c = inner.at[i];
    if (c == '\\' && i + 1 < inner.n) {
      c = escaped(inner.at[++i]);
      if (!c) tell_escape(lexer, inner.at + i - 1);
      if (!c) c = inner.at[i];
    }
    text_add_char(&b, c);
  }
  return text_builder_take(&b, lexer->arena);
}
