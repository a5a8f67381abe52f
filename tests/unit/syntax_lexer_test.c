// Words, numbers, texts: every spelling gives its own token, with its place; near misses give what
// was meant and one message.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka needs the four above
#include <cmocka.h>
#include <string.h>

#include "lang/syntax/characters.h"
#include "lang/syntax/lexer.h"

typedef struct Fixture {
  Arena *arena;
  Names *names;
  SourceSet *sources;
  Diagnostics *diagnostics;
  const SourceFile *file;
  Lexer lexer;
} Fixture;

static Fixture read_bytes(const char *text, size_t n) {
  Fixture f = {.arena = arena_new()};
  f.names = names_new(f.arena);
  f.sources = source_set_new(f.arena);
  f.diagnostics = diagnostics_new(f.arena);
  f.file = source_add(f.sources, TEXT("test.leg"), (Text){text, (uint32_t)n});
  lexer_intern_words(f.names);
  lexer_start(&f.lexer, f.arena, f.names, f.diagnostics, f.file);
  return f;
}

static Fixture read_text(const char *text) {
  return read_bytes(text, strlen(text));
}

static Token next(Fixture *f) {
  return lexer_next(&f->lexer);
}

static void assert_spelt(const Fixture *f, Span span, const char *expected) {
  Text text = source_slice(f->sources, span);
  assert_int_equal(text.n, strlen(expected));
  assert_memory_equal(text.at, expected, text.n);
}

static void assert_text(Text text, const char *expected) {
  assert_int_equal(text.n, strlen(expected));
  assert_memory_equal(text.at, expected, text.n);
}

static void assert_name(const Fixture *f, const Token *token, const char *expected) {
  assert_text(names_text(f->names, token->value.T_IDENT.id), expected);
}

static void each_word_is_its_own_token(void **state) {
  (void)state;
  for (int kind = PARSER_FIRST_WORD; kind <= PARSER_LAST_WORD; kind++) {
    const char *spelling = parser_token_text(kind);
    for (const char *p = spelling; *p; p++) assert_in_range(*p, 'a', 'z');
    Fixture f = read_text(spelling);
    Token token = next(&f);
    assert_int_equal(token.kind, kind);
    assert_name(&f, &token, spelling);
    assert_spelt(&f, token.span, spelling);
    assert_int_equal(next(&f).kind, T_END_OF_FILE);
    arena_free(f.arena);
  }
}

static void a_word_is_a_name_in_backquotes_behind_a_dot_and_with_a_letter_more(void **state) {
  (void)state;
  for (int kind = PARSER_FIRST_WORD; kind <= PARSER_LAST_WORD; kind++) {
    const char *word = parser_token_text(kind);
    Arena *arena = arena_new();
    Fixture f =
        read_text(text_format(arena, "`%s` .%s .`%s` %s_ X%s", word, word, word, word, word).at);
    Token quoted = next(&f), field = next(&f), quoted_field = next(&f);
    assert_int_equal(quoted.kind, T_IDENT);
    assert_name(&f, &quoted, word);
    assert_int_equal(field.kind, T_FIELD);
    assert_name(&f, &field, word);
    assert_spelt(&f, field.value.T_FIELD.span, word);
    assert_int_equal(quoted_field.kind, T_FIELD);
    assert_spelt(&f, quoted_field.value.T_FIELD.span, word);
    assert_int_equal(next(&f).kind, T_IDENT);
    assert_int_equal(next(&f).kind, T_IDENT);
    assert_int_equal(f.diagnostics->n_errors, 0);
    arena_free(f.arena);
    arena_free(arena);
  }
}

static void signs_are_their_own_tokens(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int kind;
  } signs[] = {{"+", '+'}, {"-", '-'}, {"*", '*'},       {"/", '/'},   {"<", '<'},   {">", '>'},
               {"=", '='}, {"~", '~'}, {"(", '('},       {")", ')'},   {"{", '{'},   {"}", '}'},
               {",", ','}, {":", ':'}, {"..", T_DOTDOT}, {"!=", T_NE}, {"<=", T_LE}, {">=", T_GE}};
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
    Fixture f = read_text(signs[i].text);
    assert_int_equal(next(&f).kind, signs[i].kind);
    assert_int_equal(next(&f).kind, T_END_OF_FILE);
    assert_int_equal(f.diagnostics->n_errors, 0);
    arena_free(f.arena);
  }
}

static void numbers_percentages_and_dates_keep_their_digits(void **state) {
  (void)state;
  Fixture f = read_text("450 1_000_000 0.25 97% 1.5% 2024-12-18 1..5 7-3 a-b");
  static const struct {
    int kind;
    const char *text;
  } expected[] = {{T_NUMBER, "450"},  {T_NUMBER, "1_000_000"},
                  {T_NUMBER, "0.25"}, {T_PERCENT, "97"},
                  {T_PERCENT, "1.5"}, {T_DATE, "2024-12-18"},
                  {T_NUMBER, "1"},    {T_DOTDOT, NULL},
                  {T_NUMBER, "5"},    {T_NUMBER, "7"},
                  {'-', NULL},        {T_NUMBER, "3"},
                  {T_IDENT, NULL},    {'-', NULL},
                  {T_IDENT, NULL}};
  for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
    Token token = next(&f);
    assert_int_equal(token.kind, expected[i].kind);
    if (expected[i].text) assert_text(token.value.T_NUMBER, expected[i].text);
  }
  assert_int_equal(f.diagnostics->n_errors, 0);
  arena_free(f.arena);
}

static void texts_resolve_their_escapes(void **state) {
  (void)state;
  Fixture f = read_text("\"plain\" \"\" \"a \\\"b\\\" \\\\ \\n\"");
  assert_text(next(&f).value.T_STRING, "plain");
  assert_text(next(&f).value.T_STRING, "");
  assert_text(next(&f).value.T_STRING, "a \"b\" \\ \n");
  assert_int_equal(next(&f).kind, T_END_OF_FILE);
  assert_int_equal(f.diagnostics->n_errors, 0);
  arena_free(f.arena);
}

static void names_are_of_any_script_and_in_one_form(void **state) {
  (void)state;
  Fixture f = read_text(
      "\u0434\u0443\u043c\u0430 caf\u00e9 cafe\u0301 \u4e0b\u9662 _x9 \u0915\u094d\u0937");
  Token duma = next(&f), composed = next(&f), decomposed = next(&f);
  assert_int_equal(duma.kind, T_IDENT);
  assert_int_equal(composed.value.T_IDENT.id, decomposed.value.T_IDENT.id);
  assert_spelt(&f, decomposed.span, "cafe\u0301");
  for (int i = 0; i < 3; i++) assert_int_equal(next(&f).kind, T_IDENT);
  assert_int_equal(next(&f).kind, T_END_OF_FILE);
  assert_int_equal(f.diagnostics->n_errors, 0);
  arena_free(f.arena);
}

static void singular_units_are_names_that_mean_units(void **state) {
  (void)state;
  Fixture f = read_text("day week month year `day` days fortnight");
  static const int units[] = {T_DAYS, T_WEEKS, T_MONTHS, T_YEARS, 0, 0, 0};
  for (int i = 0; i < 7; i++) {
    Token token = next(&f);
    assert_int_equal(token.kind, i == 5 ? T_DAYS : T_IDENT);
    assert_int_equal(lexer_unit_of(&token), units[i]);
  }
  arena_free(f.arena);
}

static void comments_and_blank_lines_are_kept(void **state) {
  (void)state;
  Fixture f = read_text("\xEF\xBB\xBF# one\r\na # two\n\n \n  # three\nb");
  Token a = next(&f), b = next(&f);
  assert_true(a.starts_line);
  assert_true(b.starts_line);
  assert_int_equal(next(&f).kind, T_END_OF_FILE);
  assert_int_equal(f.lexer.comments.n, 3);
  static const char *const texts[] = {"# one", "# two", "# three"};
  static const bool alone[] = {true, false, true};
  for (uint32_t i = 0; i < 3; i++) {
    assert_spelt(&f, f.lexer.comments.items[i].span, texts[i]);
    assert_int_equal(f.lexer.comments.items[i].alone, alone[i]);
  }
  assert_int_equal(f.lexer.blanks.n, 1);
  assert_spelt(&f, f.lexer.blanks.items[0], "\n\n \n");
  arena_free(f.arena);
}

// What is nearly right: the tokens that were meant, the code, where, and what the label says.
typedef struct NearMiss {
  const char *text;
  int kinds[4];  // ended by END_OF_FILE, which is 0
  DiagnosticCode code;
  const char *place, *label;
} NearMiss;

static const NearMiss near_misses[] = {
    {"2024-12-1", {T_DATE}, E_SPELLING, "2024-12-1", "write \"2024-12-01\""},
    {"18.12.2024", {T_DATE}, E_SPELLING, "18.12.2024", "write \"2024-12-18\""},
    {"14days", {T_NUMBER, T_DAYS}, E_SPELLING, "14days", "write \"14 days\""},
    {"stage 2nd", {T_STAGE, T_IDENT}, E_SPELLING, "2nd", "a name begins with a letter or \"_\""},
    {".5", {T_NUMBER}, E_SPELLING, ".5", "write \"0.5\""},
    {".5%", {T_PERCENT}, E_SPELLING, ".5%", "write \"0.5%\""},
    {"5. x", {T_NUMBER, T_IDENT}, E_SPELLING, "5.", "write \"5\""},
    {"1__0", {T_NUMBER}, E_SPELLING, "1__0", "write \"1_0\""},
    {"97 %", {T_PERCENT}, E_SPELLING, "97 %", "write \"97%\""},
    {"\"open", {T_STRING}, E_SPELLING, "\"open", "a text ends with \" on its own line"},
    {"\"open {", {T_STRING, '{'}, E_SPELLING, "\"open", "a text ends with \" on its own line"},
    {"\"open }\n}",
     {T_STRING, '}', '}'},
     E_SPELLING,
     "\"open",
     "a text ends with \" on its own line"},
    {"\"a\\qb\"", {T_STRING}, E_SPELLING, "\\q", "there are \\\", \\\\ and \\n"},
    {"\u201ccurly\u201d", {T_STRING}, E_SPELLING, "\u201ccurly\u201d", "these are others than \""},
    {"'tick'", {T_STRING}, E_SPELLING, "'tick'", "these are others than \""},
    {"==", {'='}, E_SPELLING, "==", "write \"=\""},
    {":=", {'='}, E_SPELLING, ":=", "write \"=\""},
    {"=>", {T_GE}, E_SPELLING, "=>", "write \">=\""},
    {"=<", {T_LE}, E_SPELLING, "=<", "write \"<=\""},
    {"<>", {T_NE}, E_SPELLING, "<>", "write \"!=\""},
    {"\u2265", {T_GE}, E_SPELLING, "\u2265", "write \">=\""},
    {"&&", {T_AND}, E_SPELLING, "&&", "write \"and\""},
    {"||", {T_OR}, E_SPELLING, "||", "write \"or\""},
    {"!", {T_NOT}, E_SPELLING, "!", "write \"not\""},
    {"...", {T_DOTDOT}, E_SPELLING, "...", "write \"..\""},
    {"1\u20133", {T_NUMBER, '-', T_NUMBER}, E_SPELLING, "\u2013", "write \"-\""},
    {";", {0}, E_SPELLING, ";", "steps stand one after the other without it"},
    {"elif", {T_ELSE, T_IF}, E_SPELLING, "elif", "write \"else if\""},
    {"// note", {0}, E_SPELLING, "//", "write \"#\""},
    {"assume veto-chance", {T_ASSUME, T_IDENT}, E_SPELLING, "veto-chance", "write \"veto_chance\""},
    {"`open", {T_IDENT}, E_SPELLING, "`open", "one word stands between backquotes"},
    {"`a b`", {T_IDENT}, E_SPELLING, "`a b`", "one word stands between backquotes"},
    {"a@", {T_IDENT}, E_CHARACTER, "@", ""},
    {"[", {0}, E_CHARACTER, "[", "brackets are round: ( )"},
    {"\u20ac", {T_IDENT}, E_CHARACTER, "\u20ac", "a name is made of letters, digits and \"_\""},
    {"pri\u20acce",
     {T_IDENT},
     E_CHARACTER,
     "\u20ac",
     "a name is made of letters, digits and \"_\""},
};

static void near_misses_give_one_message_and_what_was_meant(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof near_misses / sizeof *near_misses; i++) {
    const NearMiss *near = &near_misses[i];
    Fixture f = read_text(near->text);
    for (int token = 0; near->kinds[token]; token++)
      assert_int_equal(next(&f).kind, near->kinds[token]);
    assert_int_equal(next(&f).kind, T_END_OF_FILE);
    assert_int_equal(f.diagnostics->n_errors, 1);
    const Diagnostic *d = f.diagnostics->items.items[0];
    assert_int_equal(d->code, near->code);
    assert_spelt(&f, d->primary.span, near->place);
    assert_text(d->primary.text, near->label);
    arena_free(f.arena);
  }
}

// The first message about the characters of a text: its code and place, or DIAGNOSTIC_CODES for
// none.
static DiagnosticCode check(const char *text, size_t n, uint32_t *from, uint32_t *to) {
  Fixture f = read_bytes(text, n);
  bool readable = characters_check(f.diagnostics, f.file);
  DiagnosticCode code = DIAGNOSTIC_CODES;
  if (f.diagnostics->items.n) {
    const Diagnostic *d = f.diagnostics->items.items[0];
    code = d->code;
    *from = d->primary.span.from - f.file->base;
    *to = d->primary.span.to - f.file->base;
    assert_int_equal(f.diagnostics->n_errors, 1);
  }
  assert_int_equal(readable, code != E_UTF8);
  arena_free(f.arena);
  return code;
}

static void bytes_and_characters_that_a_script_cannot_hold_are_told_once(void **state) {
  (void)state;
  uint32_t from = 0, to = 0;
  assert_int_equal(check("ask a\t\r\n", 8, &from, &to), DIAGNOSTIC_CODES);
  assert_int_equal(check("ask \xff\xfe \xc0", 8, &from, &to), E_UTF8);
  assert_int_equal(from, 4);
  assert_int_equal(check("a\xe2\x82", 3, &from, &to), E_UTF8);
  assert_int_equal(from, 1);
  assert_int_equal(check("a\0\0\x01z", 5, &from, &to), E_CHARACTER);
  assert_int_equal(from, 1);
  assert_int_equal(to, 4);
  assert_int_equal(check("# \u202e!", 6, &from, &to), E_CHARACTER);
  assert_int_equal(from, 2);
  assert_int_equal(to, 5);
  assert_int_equal(check("\u2066\u202a", 6, &from, &to), E_CHARACTER);
  assert_int_equal(to, 6);
}

static void hidden_characters_are_passed_over(void **state) {
  (void)state;
  Fixture f = read_bytes("a\0\0b\x01", 5);
  assert_int_equal(next(&f).kind, T_IDENT);
  assert_int_equal(next(&f).kind, T_IDENT);
  assert_int_equal(next(&f).kind, T_END_OF_FILE);
  assert_int_equal(next(&f).kind, T_END_OF_FILE);
  assert_int_equal(f.diagnostics->n_errors, 0);
  arena_free(f.arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_word_is_its_own_token),
      cmocka_unit_test(a_word_is_a_name_in_backquotes_behind_a_dot_and_with_a_letter_more),
      cmocka_unit_test(signs_are_their_own_tokens),
      cmocka_unit_test(numbers_percentages_and_dates_keep_their_digits),
      cmocka_unit_test(texts_resolve_their_escapes),
      cmocka_unit_test(names_are_of_any_script_and_in_one_form),
      cmocka_unit_test(singular_units_are_names_that_mean_units),
      cmocka_unit_test(comments_and_blank_lines_are_kept),
      cmocka_unit_test(near_misses_give_one_message_and_what_was_meant),
      cmocka_unit_test(bytes_and_characters_that_a_script_cannot_hold_are_told_once),
      cmocka_unit_test(hidden_characters_are_passed_over),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
