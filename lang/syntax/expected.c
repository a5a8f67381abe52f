// What the parser would have accepted, in a few words. The grammar itself says what makes a group:
// the tokens that may follow a beginning (after "ask" a value), so that there is no second list to
// keep. A group whose tokens are all expected is named by its words and taken out; what is left is
// named by its spelling.
#include "lang/syntax/feed.h"

#define N_TOKENS 512  // above every token's number
#define WORDS_MAX 4   // phrases in a message

typedef struct TokenSet {
  bool has[N_TOKENS];
} TokenSet;

typedef struct Group {
  int beginning[6];  // ended by 0
  const char *words;
} Group;

// From the larger to the smaller: a name is a value as well.
static const Group groups[] = {
    {{0}, "a declaration"},
    {{T_PROCEDURE, T_IDENT, '{', 0}, "a step"},
    {{T_CHAMBER, T_IDENT, '{', 0}, "a property"},
    {{T_ASK, 0}, "a value"},
    {{T_THRESHOLD, T_IDENT, '=', 0}, "a threshold"},
    {{T_ASSUME, T_IDENT, T_IS, 0}, "a result"},
    {{T_CHAMBER, T_IDENT, '{', T_LINE, '{', 0}, "an option"},
    {{T_OUTCOME, 0}, "a name"},
    {{T_OUTCOME, T_IDENT, 0}, "a title"},
};
enum { GROUP_STEPS = 1, N_GROUPS = sizeof groups / sizeof *groups };

static void set_of_beginning(Builder *b, const int *beginning, TokenSet *set) {
  Tree tree = {.arena = b->arena};
  Builder scratch = {
      .arena = b->arena, .tree = &tree, .diagnostics = b->diagnostics, .file = b->file};
  parser_pstate *parser = parser_pstate_new();
  if (!parser) memory_exhausted();
  for (const int *token = beginning; *token; token++) {
    PARSER_STYPE none = {0};
    Span nowhere = {0, 0};
    parser_push_parse(parser, *token, &none, &nowhere, &scratch);
  }
  int tokens[N_TOKENS];
  int n = parser_expected(parser, tokens, N_TOKENS);
  for (int i = 0; i < n; i++) set->has[tokens[i]] = true;
  parser_pstate_delete(parser);
  set->has['}'] = set->has[T_END_OF_FILE] = false;
}

bool expected_begins_step(Builder *b, int kind) {
  TokenSet steps = {{false}};
  set_of_beginning(b, groups[GROUP_STEPS].beginning, &steps);
  return kind != '{' && steps.has[kind];
}

// Titles stand before much else; of what may follow a name only the title itself counts.
static void keep_title(const Group *group, TokenSet *set) {
  if (group != &groups[N_GROUPS - 1]) return;
  *set = (TokenSet){{false}};
  set->has[T_STRING] = set->has[T_SOURCE] = true;
}

static bool take_group(TokenSet *from, const TokenSet *group) {
  for (int i = 0; i < N_TOKENS; i++)
    if (group->has[i] && !from->has[i]) return false;
  for (int i = 0; i < N_TOKENS; i++) from->has[i] &= !group->has[i];
  return true;
}

static bool take_any(TokenSet *from, const int *tokens) {
  bool any = false;
  for (; *tokens; tokens++) {
    any |= from->has[*tokens];
    from->has[*tokens] = false;
  }
  return any;
}

typedef struct Phrases {
  Text items[WORDS_MAX];
  int n;
} Phrases;

static void add_phrase(Phrases *phrases, Text text) {
  if (phrases->n < WORDS_MAX) phrases->items[phrases->n++] = text;
}

static void add_spellings(Builder *b, Phrases *phrases, const TokenSet *set) {
  for (int token = 0; token < N_TOKENS; token++) {
    if (!set->has[token]) continue;
    const char *text = parser_token_text(token);
    bool is_described = token == T_END_OF_FILE || (token >= T_STRING && token <= T_FIELD);
    if (is_described) add_phrase(phrases, text_of(text));
    else if (token < 256) add_phrase(phrases, text_format(b->arena, "\"%c\"", token));
    else add_phrase(phrases, text_format(b->arena, "\"%s\"", text));
  }
}

static Text join_phrases(Builder *b, const Phrases *phrases) {
  TextBuilder out = {0};
  for (int i = 0; i < phrases->n; i++) {
    text_add(&out, i == 0 ? "expected " : i + 1 < phrases->n ? ", " : " or ");
    text_add_text(&out, phrases->items[i]);
  }
  return text_builder_take(&out, b->arena);
}

Text expected_words(Builder *b, const int *tokens, int n) {
  static const int units[] = {T_DAYS, T_WEEKS, T_MONTHS, T_YEARS, T_WORKING, T_SITTING, 0};
  static const int operators[] = {'+',  '-',      '*',  '/',   '=',  '<',  '>',  T_NE, T_LE,
                                  T_GE, T_DOTDOT, T_IN, T_AND, T_OR, T_IS, T_BY, '(',  0};
  TokenSet left = {{false}};
  for (int i = 0; i < n; i++) left.has[tokens[i]] = true;
  Phrases phrases = {.n = 0}, groups_found = {.n = 0};
  for (int i = 0; i < N_GROUPS; i++) {
    TokenSet set = {{false}};
    set_of_beginning(b, groups[i].beginning, &set);
    keep_title(&groups[i], &set);
    if (take_group(&left, &set)) add_phrase(&groups_found, text_of(groups[i].words));
  }
  left.has[T_FIELD] = false;
  if (n > 1) left.has[T_END_OF_FILE] = false;
  bool has_units = take_any(&left, units);
  bool after_value = left.has['+'] && left.has['*'];
  if (after_value) take_any(&left, operators);
  if (groups_found.n) left.has['}'] = false;
  add_spellings(b, &phrases, &left);
  for (int i = 0; i < groups_found.n; i++) add_phrase(&phrases, groups_found.items[i]);
  if (has_units && phrases.n < 2) add_phrase(&phrases, TEXT("a unit of time"));
  if (after_value && phrases.n < 2) add_phrase(&phrases, TEXT("an operator"));
  return join_phrases(b, &phrases);
}
