// A script with mistakes of syntax is checked as far as it was understood, and what would only
// follow from what was not understood is not told. The rule:
//
// - A name that stands anywhere in text that was passed over may be declared there. A message that
//   quotes such a name, or that points at nothing but names of which one is such, is taken back if
//   it says that a name is unknown or does not fit.
// - Where the name of a declaration is missing, so may be any name of that kind.
// - Where a file was not read to its end, every name may be declared in what is left.
// - A change (of a scenario, of --set) of what holds something that was not understood may fit
//   that.
// - What directly precedes a mistake in its line, or holds one, may be cut short; so may be what a
//   line says before the rest of it was given up, but for its names.
// - Properties of which some were not understood are not missed, and the others may have got into
//   the wrong place by a brace (PropList.is_partial); shares of options are not added up where one
//   was not understood.
// - A name used twice beside a mistake in one item may have got out of a block.
// - Steps behind a heading that was not understood form a procedure without a name: they are
//   checked, and asking for one of them is no mistake.
// - Warnings wait until all is understood.
//
// It errs on the quiet side: what it keeps back comes out in the next round.
#include "lang/check/resolver.h"

static bool is_word_byte(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         (unsigned char)c >= 0x80;
}

// The next word of the text from *at on; empty at its end.
static Text next_word(Text text, uint32_t *at) {
  while (*at < text.n && !is_word_byte(text.at[*at])) ++*at;
  uint32_t from = *at;
  while (*at < text.n && is_word_byte(text.at[*at])) ++*at;
  return (Text){text.at + from, *at - from};
}

static void lose_name(Checker *c, NameId id) {
  if (id && id <= c->n_names) c->is_lost[id] = true;
}

static bool is_lost(const Checker *c, Text name) {
  NameId id = names_find(c->tree->names, name);
  return id && id <= c->n_names && c->is_lost[id];
}

void check_lose_names(Checker *c) {
  const Lost *lost = &c->tree->lost;
  c->n_names = names_count(c->tree->names);
  c->is_lost = ARENA_ARRAY(c->arena, bool, c->n_names + 1);
  for (uint32_t i = 0; i < lost->spans.n; i++) {
    Text text = source_slice(c->tree->sources, lost->spans.items[i]);
    Text word;
    for (uint32_t at = 0; (word = next_word(text, &at)).n;)
      lose_name(c, names_find(c->tree->names, word));
  }
}

static bool is_nameless(const Body *body) {
  return body->node && body->node->kind == NODE_PROCEDURE && !body->node->procedure.name.id;
}

static void find_labels(Checker *c, const Node *node, void *context) {
  bool *is_label = context;
  if (node->kind != NODE_DECIDE && node->kind != NODE_RULING) return;
  for (uint32_t i = 0; i < node->choice.n; i++) {
    NameId label = node->choice.options[i].label.id;
    if (label <= c->n_names) is_label[label] = true;
  }
}

// A choice may have got out of its stage by a brace, so that the stage seems to make none.
static bool is_option_elsewhere(Checker *c, Text name) {
  bool *is_label = ARENA_ARRAY(c->arena, bool, c->n_names + 1);
  check_walk_all(c, find_labels, is_label);
  NameId id = names_find(c->tree->names, name);
  return id && id <= c->n_names && is_label[id];
}

// Such steps may belong to a body that seems to end before them, and see its names.
void check_lose_steps(Checker *c) {
  bool any = false;
  for (uint32_t b = 0; b < c->program->bodies.n; b++) {
    const Body *body = &c->program->bodies.items[b];
    if (!is_nameless(body)) continue;
    any = true;
    for (uint32_t i = 0; i < body->steps.n; i++) lose_name(c, body->steps.items[i].name.id);
  }
  for (uint32_t b = 0; any && b < c->program->bodies.n; b++) {
    const Body *body = &c->program->bodies.items[b];
    for (uint32_t i = 0; i < body->params.n; i++) lose_name(c, body->params.items[i].name.id);
    for (uint32_t i = 0; i < body->variables.n; i++) lose_name(c, body->variables.items[i].name.id);
  }
}

bool check_lacks_case(const Checker *c) {
  return c->tree->lost.is_unread || is_lost(c, TEXT("case"));
}

bool check_lacks_calls(const Checker *c) {
  if (c->tree->lost.is_unread) return true;
  for (uint32_t i = 0; i < c->program->entities.n; i++) {
    const Entity *entity = &c->program->entities.items[i];
    bool is_called = entity->kind == ENTITY_PROCEDURE || entity->kind == ENTITY_MOTION;
    if (is_called && is_lost(c, name_of(c, entity->name.id))) return true;
  }
  return false;
}

static bool holds_lost(const Checker *c, Text text) {
  Text word;
  for (uint32_t at = 0; (word = next_word(text, &at)).n;)
    if (is_lost(c, word)) return true;
  return false;
}

// What stands between quotation marks is a name or a path.
static bool quotes_lost(const Checker *c, Text title) {
  const char *at = title.at, *end = title.at + title.n;
  while (at < end && (at = memchr(at, '"', (size_t)(end - at)))) {
    const char *close = memchr(at + 1, '"', (size_t)(end - at - 1));
    if (!close) return false;
    if (holds_lost(c, (Text){at + 1, (uint32_t)(close - at - 1)})) return true;
    at = close + 1;
  }
  return false;
}

static bool is_path(Text text) {
  for (uint32_t i = 0; i < text.n; i++)
    if (!is_word_byte(text.at[i]) && text.at[i] != '.') return false;
  return true;
}

static bool contains(Text text, Text part) {
  for (uint32_t i = 0; i + part.n <= text.n; i++)
    if (memcmp(text.at + i, part.at, part.n) == 0) return true;
  return false;
}

static const char *const kinds[] = {"matter",    "outcome", "organization", "register",
                                    "bill",      "chamber", "office",       "court",
                                    "procedure", "motion",  "stage",        "step"};
enum { N_KINDS = sizeof kinds / sizeof *kinds };

// A declaration without its name may have been what is missed. What kind of name is missed stands
// in the title, unless any would do; values and steps are declared in many ways.
static bool misses_unnamed(const Checker *c, Text title) {
  const char *quote = title.n ? memchr(title.at, '"', title.n) : NULL;
  if (quote) title.n = (uint32_t)(quote - title.at);
  bool has_kind = false;
  for (int k = 0; k < N_KINDS; k++) has_kind |= contains(title, text_of(kinds[k]));
  for (uint32_t i = 0; i < c->tree->lost.unnamed.n; i++) {
    Text word = source_slice(c->tree->sources, c->tree->lost.unnamed.items[i]);
    bool is_step = text_equal(word, TEXT("stage")) || text_equal(word, TEXT("track")) ||
                   text_equal(word, TEXT("as"));
    if (is_step && (contains(title, TEXT("stage")) || contains(title, TEXT("step")))) return true;
    if (!has_kind || contains(title, word)) return true;
  }
  return false;
}

static bool is_damaged(const Checker *c, Span span) {
  for (uint32_t i = 0; i < c->tree->lost.spans.n; i++) {
    Span lost = c->tree->lost.spans.items[i];
    if (lost.from >= span.from && lost.from < span.to) return true;
  }
  return false;
}

// A change of what holds something that was not understood: its inputs are not all known.
static bool changes_damaged(const Checker *c, Text path) {
  uint32_t at = 0;
  NameId first = names_find(c->tree->names, next_word(path, &at));
  EntityId id = lookup_entity(c, first);
  if (id != NO_INDEX && program_entity(c->program, id)->node &&
      is_damaged(c, program_entity(c->program, id)->node->span))
    return true;
  for (uint32_t b = 0; b < c->program->bodies.n; b++) {
    const Body *body = &c->program->bodies.items[b];
    for (uint32_t i = 0; i < body->steps.n; i++) {
      const StepInfo *step = &body->steps.items[i];
      if (step->name.id == first && is_damaged(c, step->node->span)) return true;
    }
  }
  return false;
}

// Whether a mistake of syntax was told inside of the span, or right behind it in its line.
static bool is_cut_short(const Checker *c, Span span) {
  for (uint32_t i = 0; i < c->n_told; i++) {
    uint32_t told = c->diagnostics->items.items[i]->primary.span.from;
    if (told < span.from) continue;
    if (told <= span.to) return true;
    Text between = source_slice(c->tree->sources, (Span){span.to, told});
    uint32_t at = 0;
    while (at < between.n && strchr(" \t{}()", between.at[at])) at++;
    if (at == between.n) return true;
  }
  return false;
}

static bool are_on_one_line(const Checker *c, uint32_t a, uint32_t b) {
  Text between = source_slice(c->tree->sources, a < b ? (Span){a, b} : (Span){b, a});
  return !memchr(between.at, '\n', between.n);
}

// Whether the rest of the line behind the span was given up, or a block of the line is not closed.
// Names are right or wrong all the same.
static bool is_line_cut(const Checker *c, Span span) {
  for (uint32_t i = 0; i < c->tree->lost.spans.n; i++) {
    Span lost = c->tree->lost.spans.items[i];
    bool counts = lost.from >= span.from || lost.to == lost.from;
    if (counts && are_on_one_line(c, span.from, lost.from)) return true;
  }
  return false;
}

// Whether an option behind the chances at the span, of no later choice, was given up: a brace may
// have ended the choice before it.
static bool lacks_option(const Checker *c, Span span) {
  for (uint32_t i = 0; i < c->tree->lost.spans.n; i++) {
    Span lost = c->tree->lost.spans.items[i];
    Text text = source_slice(c->tree->sources, lost);
    uint32_t at = 0;
    Text label = next_word(text, &at);
    while (at < text.n && text.at[at] == ' ') at++;
    if (lost.from < span.from || label.at != text.at || at == text.n || text.at[at] != ':')
      continue;
    Text between = source_slice(c->tree->sources, (Span){span.to, lost.from});
    if (!contains(between, TEXT("decide")) && !contains(between, TEXT("ruling"))) return true;
  }
  return false;
}

// Whether a mistake was told in what belongs to the same item by its layout: a change of a scenario
// that got out of it by a brace would be a second declaration.
static bool is_beside_mistake(const Checker *c, Span span) {
  for (uint32_t i = 0; i < c->n_told; i++) {
    uint32_t told = c->diagnostics->items.items[i]->primary.span.from;
    Span between = told < span.from ? (Span){told, span.from} : (Span){span.from, told};
    Text text = source_slice(c->tree->sources, between);
    bool is_same = true;
    for (uint32_t at = 0; at + 1 < text.n; at++)
      is_same &= text.at[at] != '\n' || strchr(" \t\n\r#}", text.at[at + 1]);
    if (is_same) return true;
  }
  return false;
}

static bool follows(const Diagnostic *d, void *context) {
  Checker *c = context;
  if (d->severity == SEVERITY_WARNING || is_cut_short(c, d->primary.span)) return true;
  for (uint32_t i = 0; i < d->more.n; i++)
    if (is_cut_short(c, d->more.items[i].span)) return true;
  bool is_unknown = d->code == E_UNKNOWN_NAME || d->code == E_AMBIGUOUS || d->code == E_CHANGE;
  bool is_shape = d->code == E_THRESHOLD || d->code == E_PROPERTY || d->code == E_PLACE ||
                  d->code == E_TYPES || d->code == E_SUM || d->code == E_CHANCE_RANGE ||
                  d->code == E_ARGUMENTS;
  if (d->code == E_TWICE && is_beside_mistake(c, d->primary.span)) return true;
  if (d->code == E_SUM && lacks_option(c, d->primary.span)) return true;
  if (is_shape && is_line_cut(c, d->primary.span)) return true;
  bool is_of_name = is_unknown || d->code == E_STANDING;
  if (is_unknown && (c->tree->lost.is_unread || misses_unnamed(c, d->title))) return true;
  if (d->code == E_STANDING && c->tree->lost.unnamed.n) return true;
  if (is_of_name && quotes_lost(c, d->title)) return true;
  Text shown = source_slice(c->tree->sources, d->primary.span);
  if (d->code == E_CHANGE && is_path(shown) && changes_damaged(c, shown)) return true;
  if ((!is_of_name && d->code != E_PLACE) || !is_path(shown)) return false;
  return holds_lost(c, shown) || (d->code == E_PLACE && is_option_elsewhere(c, shown));
}

void check_drop_followers(Checker *c) {
  const Lost *lost = &c->tree->lost;
  if (lost->spans.n || lost->is_unread || c->n_told)
    diagnostics_take_back(c->diagnostics, c->n_told, follows, c);
}
