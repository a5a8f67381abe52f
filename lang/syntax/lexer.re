// The rules of spelling. The whole file is in memory and followed by a zero byte, which is the end
// only where the text ends (re2c's eof rule). Every character beyond ASCII is a letter to the rules
// and is looked at afterwards, because the classes of Unicode would make tens of thousands of
// lines. Near misses are rules of their own.
#include "lang/syntax/lexer.h"

#include <string.h>

#include "lang/syntax/characters.h"
#include "lang/syntax/spelling.h"

#define SKIP (-1)  // no token: white space, a comment, what was told and passed over

// Units in the singular: names, but for a place where a unit can stand.
static const struct {
  Text text;
  int kind;
} singulars[] = {
    {TEXT("day"), T_DAYS},
    {TEXT("week"), T_WEEKS},
    {TEXT("month"), T_MONTHS},
    {TEXT("year"), T_YEARS},
};

enum {
  N_WORDS = PARSER_LAST_WORD - PARSER_FIRST_WORD + 1,
  N_SINGULARS = sizeof singulars / sizeof *singulars
};

void lexer_intern_words(Names *names) {
  for (int kind = PARSER_FIRST_WORD; kind <= PARSER_LAST_WORD; kind++)
    names_intern(names, text_of(parser_token_text(kind)));
  for (int i = 0; i < N_SINGULARS; i++) names_intern(names, singulars[i].text);
}

bool token_is_word(int kind) {
  return kind >= PARSER_FIRST_WORD && kind <= PARSER_LAST_WORD;
}

static int kind_of_name(NameId id) {
  return id <= N_WORDS ? PARSER_FIRST_WORD + (int)id - 1 : T_IDENT;
}

int lexer_unit_of(const Token *token) {
  if (token->kind != T_IDENT) return 0;
  Name name = token->value.T_IDENT;
  bool is_quoted = name.span.from != token->span.from;
  bool is_unit = name.id > N_WORDS && name.id <= N_WORDS + N_SINGULARS && !is_quoted;
  return is_unit ? singulars[name.id - N_WORDS - 1].kind : 0;
}

bool lexer_colon_follows(const Lexer *lexer) {
  const char *at = lexer->at;
  while (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n') at++;
  return *at == ':';
}

static Name name_of_word(int kind, Span span) {
  return (Name){(NameId)(kind - PARSER_FIRST_WORD + 1), span};
}

void lexer_start(Lexer *lexer, Arena *arena, Names *names, Diagnostics *diagnostics,
                 const SourceFile *file) {
  *lexer = (Lexer){.arena = arena, .names = names, .diagnostics = diagnostics, .file = file,
                   .at = file->text.at, .end = file->text.at + file->text.n, .starts_line = true};
  static const char mark[] = "\xEF\xBB\xBF";  // of byte order, which some editors put in front
  if (file->text.n >= 3 && memcmp(lexer->at, mark, 3) == 0) lexer->at += 3;
}

static Span span_of(const Lexer *lexer, const char *from, const char *to) {
  uint32_t start = lexer->file->base + (uint32_t)(from - lexer->file->text.at);
  return (Span){start, start + (uint32_t)(to - from)};
}

Text lexer_read_text(const Lexer *lexer) {
  return (Text){lexer->from, (uint32_t)(lexer->at - lexer->from)};
}

Span lexer_read_span(const Lexer *lexer) {
  return span_of(lexer, lexer->from, lexer->at);
}

// What has been read, without the first and last bytes.
static Text inside(const Lexer *lexer, uint32_t n_before, uint32_t n_behind) {
  Text text = lexer_read_text(lexer);
  return (Text){text.at + n_before, text.n - n_before - n_behind};
}

static int take_name(Lexer *lexer, Token *token, Text text, Span span) {
  if (!characters_check_word(lexer->diagnostics, text, span)) lexer->told_to = span.to;
  token->value.T_IDENT = (Name){names_intern(lexer->names, text), span};
  return T_IDENT;
}

static int take_word(Lexer *lexer, Token *token) {
  take_name(lexer, token, lexer_read_text(lexer), lexer_read_span(lexer));
  return kind_of_name(token->value.T_IDENT.id);
}

// `list`: a name whatever the word.
static int take_quoted(Lexer *lexer, Token *token) {
  Span span = span_of(lexer, lexer->from + 1, lexer->at - 1);
  return take_name(lexer, token, inside(lexer, 1, 1), span);
}

// A name that is none and has been told so.
static int name_as_it_is(Lexer *lexer, Token *token, Text text) {
  token->value.T_IDENT = (Name){names_intern(lexer->names, text), lexer_read_span(lexer)};
  return T_IDENT;
}

// Backquotes around what is no name, or only in front of one.
static int take_ill_quoted(Lexer *lexer, Token *token, uint32_t n_behind) {
  Text text = inside(lexer, 1, n_behind);
  spelling_tell_ill_quoted(lexer, n_behind > 0);
  return name_as_it_is(lexer, token, text);
}

// A dot and a word, which may be quoted.
static int take_field(Lexer *lexer, Token *token) {
  bool is_quoted = lexer->from[1] == '`';
  const char *from = lexer->from + 1 + is_quoted, *to = lexer->at - is_quoted;
  take_name(lexer, token, (Text){from, (uint32_t)(to - from)}, span_of(lexer, from, to));
  return T_FIELD;
}

static int take_text(Token *token, int kind, Text text) {
  token->value.T_STRING = text;
  return kind;
}

static int take_string(Lexer *lexer, Token *token) {
  return take_text(token, T_STRING, spelling_unescape(lexer, inside(lexer, 1, 1)));
}

static int take_unclosed(Lexer *lexer, Token *token) {
  lexer->at = spelling_tell_unclosed(lexer);
  return take_text(token, T_STRING, spelling_unescape(lexer, inside(lexer, 1, 0)));
}

static int keep_comment(Lexer *lexer) {
  const char *to = lexer->at;
  if (to > lexer->from && to[-1] == '\r') to--;
  Comment comment = {span_of(lexer, lexer->from, to), lexer->starts_line};
  vec_push(lexer->arena, &lexer->comments, comment);
  return SKIP;
}

static int keep_other_comment(Lexer *lexer) {
  spelling_tell_comment(lexer);
  return keep_comment(lexer);
}

static int end_line(Lexer *lexer, bool is_blank) {
  Span span = lexer_read_span(lexer);
  if (is_blank) vec_push(lexer->arena, &lexer->blanks, span);
  lexer->starts_line = true;
  return SKIP;
}

// Tells that a word is not the language's own and reads it as `kind`.
static int take_other(Lexer *lexer, Token *token, int kind) {
  spelling_tell_other(lexer, parser_token_text(kind));
  if (token_is_word(kind)) token->value.T_IDENT = name_of_word(kind, lexer_read_span(lexer));
  return kind;
}

// "elif" is two words; the second comes next.
static int take_else_if(Lexer *lexer, Token *token) {
  spelling_tell_other(lexer, "else if");
  Span span = lexer_read_span(lexer);
  token->value.T_IDENT = name_of_word(T_ELSE, span);
  lexer->pending = (Token){.kind = T_IF, .span = span};
  lexer->pending.value.T_IDENT = name_of_word(T_IF, span);
  return T_ELSE;
}

// Names with hyphens are told only where nothing but a name can stand; elsewhere this is a
// difference.
static int take_hyphened(Lexer *lexer, Token *token) {
  if (!spelling_takes_name(lexer->last)) {
    lexer->at = lexer->from;
    while (*lexer->at != '-') lexer->at++;
    return take_word(lexer, token);
  }
  Text fixed = spelling_fix_hyphens(lexer);
  return take_name(lexer, token, fixed, lexer_read_span(lexer));
}

// A number and a word run together: in the place of a name it is a name that begins with a digit.
static int take_number_word(Lexer *lexer, Token *token, const char *number_end) {
  if (spelling_takes_name(lexer->last)) {
    spelling_tell_digit_name(lexer);
    return name_as_it_is(lexer, token, lexer_read_text(lexer));
  }
  spelling_tell_number_word(lexer, number_end);
  lexer->at = number_end;
  return take_text(token, T_NUMBER, lexer_read_text(lexer));
}

// "97 %".
static int take_spaced_percent(Lexer *lexer, Token *token, const char *number_end) {
  spelling_tell_space(lexer, number_end);
  return take_text(token, T_PERCENT, inside(lexer, 0, (uint32_t)(lexer->at - number_end)));
}

static int take_bad_percent(Lexer *lexer, Token *token) {
  Text fixed = spelling_fix_number(lexer);
  return take_text(token, T_PERCENT, (Text){fixed.at, fixed.n - 1});
}

static int refuse(Lexer *lexer) {
  characters_refuse(lexer->diagnostics, lexer_read_text(lexer), lexer_read_span(lexer));
  lexer->told_to = lexer_read_span(lexer).to;
  return SKIP;
}

// The longest rule that fits; of equally long ones the first.
static int lexer_scan(Lexer *lexer, Token *token) {
  const char *at = lexer->at, *marker = at, *number_end = at;
  /*!stags:re2c format = 'const char *@@;'; */
#define GIVE(kind) return lexer->at = at, (kind)
  /*!re2c
  re2c:api:style = free-form;
  re2c:define:YYCTYPE = "unsigned char";
  re2c:define:YYPEEK = "(unsigned char)*YYCURSOR";
  re2c:define:YYCURSOR = at;
  re2c:define:YYMARKER = marker;
  re2c:define:YYLIMIT = "lexer->end";
  re2c:yyfill:enable = 0;
  re2c:eof = 0;
  re2c:flags:tags = 1;

  space    = [ \t\r\u00a0\u2000-\u200a\u202f\u205f\u3000];
  hidden   = [\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u0080-\u009f] |
             [\u2028\u2029\u202a-\u202e\u2066-\u2069];
  curly    = [\u201c\u201d\u201e\u00ab\u00bb];
  tick     = [\u2018\u2019\u201a];
  sign     = [\u2264\u2265\u2260\u2212\u2013\u2014\u00d7\u00f7\u2026];
  beyond   = [^\x00-\x7f] \ (space | hidden | curly | tick | sign);
  letter   = [A-Za-z_] | beyond;
  digit    = [0-9];
  word     = letter (letter | digit)*;
  digits   = digit ("_"? digit)*;
  number   = digits ("." digits)?;
  date     = digit{4} "-" digit{2} "-" digit{2};
  near_date = digit{4} "-" digit{1,2} "-" digit{1,2} | digit{1,2} "." digit{1,2} "." digit{4};
  between  = [^\n"'] \ (curly | tick);
  shown    = [^"\\\n] | "\\" [^\n];

  $                               { GIVE(T_END_OF_FILE); }
  space+ | hidden+                { GIVE(SKIP); }
  "\n"                            { GIVE(end_line(lexer, false)); }
  "\n" (space* "\n")+             { GIVE(end_line(lexer, true)); }
  "#" [^\n]*                      { GIVE(keep_comment(lexer)); }
  "//" [^\n]*                     { GIVE(keep_other_comment(lexer)); }

  ["] shown* ["]                  { GIVE(take_string(lexer, token)); }
  ["] shown* "\\"?                { GIVE(take_unclosed(lexer, token)); }
  (curly | tick | "'") between* (curly | tick | ["'])
                                  { GIVE(take_text(token, T_STRING, spelling_fix_quotes(lexer))); }

  date                            { GIVE(take_text(token, T_DATE, lexer_read_text(lexer))); }
  near_date                       { GIVE(take_text(token, T_DATE, spelling_fix_date(lexer))); }
  number                          { GIVE(take_text(token, T_NUMBER, lexer_read_text(lexer))); }
  number "%"                      { GIVE(take_text(token, T_PERCENT, inside(lexer, 0, 1))); }
  number @number_end [ \t]+ "%"   { GIVE(take_spaced_percent(lexer, token, number_end)); }
  number @number_end [A-Za-z] [A-Za-z_0-9]*
                                  { GIVE(take_number_word(lexer, token, number_end)); }
  digit [0-9_]* | "." digits      { GIVE(take_text(token, T_NUMBER, spelling_fix_number(lexer))); }
  digits "." / [^.0-9]            { GIVE(take_text(token, T_NUMBER, spelling_fix_number(lexer))); }
  "." digits "%"                  { GIVE(take_bad_percent(lexer, token)); }

  "elif" | "elsif" | "elseif"     { GIVE(take_else_if(lexer, token)); }
  word                            { GIVE(take_word(lexer, token)); }
  word ("-" word)+                { GIVE(take_hyphened(lexer, token)); }
  "`" word "`"                    { GIVE(take_quoted(lexer, token)); }
  "`" [^`\n]* "`"                 { GIVE(take_ill_quoted(lexer, token, 1)); }
  "`" word                        { GIVE(take_ill_quoted(lexer, token, 0)); }
  "." (word | "`" word "`")       { GIVE(take_field(lexer, token)); }

  ".."                            { GIVE(T_DOTDOT); }
  "!="                            { GIVE(T_NE); }
  "<="                            { GIVE(T_LE); }
  ">="                            { GIVE(T_GE); }
  [-+*/<>=~(){},:]                { GIVE(*lexer->from); }
  "==" | ":="                     { GIVE(take_other(lexer, token, '=')); }
  "=>" | "\u2265"                 { GIVE(take_other(lexer, token, T_GE)); }
  "=<" | "\u2264"                 { GIVE(take_other(lexer, token, T_LE)); }
  "<>" | "\u2260"                 { GIVE(take_other(lexer, token, T_NE)); }
  "&&" | "&"                      { GIVE(take_other(lexer, token, T_AND)); }
  "||" | "|"                      { GIVE(take_other(lexer, token, T_OR)); }
  "!"                             { GIVE(take_other(lexer, token, T_NOT)); }
  "..." | "\u2026"                { GIVE(take_other(lexer, token, T_DOTDOT)); }
  [\u2212\u2013\u2014]            { GIVE(take_other(lexer, token, '-')); }
  "\u00d7"                        { GIVE(take_other(lexer, token, '*')); }
  "\u00f7"                        { GIVE(take_other(lexer, token, '/')); }
  ";"                             { GIVE((spelling_tell_semicolon(lexer), SKIP)); }
  [^]                             { GIVE(refuse(lexer)); }
  *                               { GIVE(refuse(lexer)); }
  */
#undef GIVE
}

Token lexer_next(Lexer *lexer) {
  Token token = lexer->pending;
  if (token.kind) {
    lexer->pending.kind = 0;
  } else {
    do {
      lexer->from = lexer->at;
      token.kind = lexer_scan(lexer, &token);
    } while (token.kind == SKIP);
    token.span = lexer_read_span(lexer);
    token.starts_line = lexer->starts_line;
    lexer->starts_line = false;
  }
  lexer->last = token.kind;
  return token;
}
