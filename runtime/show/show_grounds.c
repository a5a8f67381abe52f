// What the answer rests on: how many numbers are believed and how many of them nobody has a source for,
// and the guesses that decide whether the likeliest failure comes about, each with the path under which
// --set changes it.
#include "lang/check/grounds.h"
#include "runtime/show/sections.h"

#define GUESSES_MOST 5
#define VALUE_MOST 24  // a longer one does not widen the column of values
#define HEAD_PATH "to change with --set"
#define WORTH_NAMING 0.0005  // a smaller chance of failing is none on the page

// "29 of them guesses", "all of them guesses", "a guess"
static Text guesses_text(const Page *page, uint32_t guesses, uint32_t n) {
  if (n == 1) return TEXT("a guess");
  if (guesses == n) return TEXT("all of them guesses");
  return text_format(page->arena, "%u of them %s", guesses, guesses == 1 ? "a guess" : "guesses");
}

void section_rests(Page *page, const Answer *answer) {
  Inputs inputs = inputs_new(answer->program, page->arena, answer->scenario);
  Grounds grounds = grounds_of_case(&inputs, answer->scenario, page->arena);
  uint32_t n = grounds.items.n;
  if (!n) return;
  Text rests = text_format(page->arena, "rests on %u assumption%s", n, n == 1 ? "" : "s");
  Text guesses = guesses_text(page, grounds.n_guesses, n);
  page_paragraph(page, grounds.n_guesses
                           ? text_format(page->arena, "%.*s, %.*s (no source, or called a guess)",
                                         TEXT_ARG(rests), TEXT_ARG(guesses))
                           : text_format(page->arena, "%.*s, each with a source", TEXT_ARG(rests)));
}

static Text ground_value(const Page *page, const Answer *answer, const Ground *ground) {
  return page_shown(page, source_slice(answer->program->tree->sources, ground->value->span));
}

// The guesses among the first grounds, at most GUESSES_MOST.
static uint32_t list_guesses(const Grounds *grounds, const Ground **list) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < grounds->items.n && n < GUESSES_MOST; i++) {
    if (grounds->items.items[i].is_guess) list[n++] = &grounds->items.items[i];
  }
  return n;
}

static Text ground_label(const Page *page, const Answer *answer, const Ground *ground,
                         uint32_t width) {
  Text value = ground_value(page, answer, ground), title = page_shown(page, ground->title.text);
  if (!title.n) return value;
  return text_format(page->arena, "%.*s  %.*s", TEXT_ARG(page_padded(page, value, width, false)),
                     TEXT_ARG(title));
}

// Its path; where a what-if cannot reach it, where it stands.
static Text ground_path(const Page *page, const Answer *answer, const Ground *ground) {
  return ground->path.n ? page_shown(page, ground->path)
                        : section_line(page, answer, ground->value->span);
}

static void show_guesses(Page *page, const Answer *answer, const Ground *const *list, uint32_t n) {
  Text head =
      n == 1 ? TEXT("Guess behind the main reason") : TEXT("Guesses behind the main reason");
  uint32_t values = 0, labels = text_width(head) - 2, paths = text_width(TEXT(HEAD_PATH));
  for (uint32_t i = 0; i < n; i++) {
    uint32_t width = text_width(ground_value(page, answer, list[i]));
    if (width <= VALUE_MOST) values = page_wider(values, width);
  }
  for (uint32_t i = 0; i < n; i++) {
    labels = page_wider(labels, text_width(ground_label(page, answer, list[i], values)));
    paths = page_wider(paths, text_width(ground_path(page, answer, list[i])));
  }
  Columns columns = page_columns(page, 2, labels, paths, page->width / 2);
  Columns top = {.label = columns.label + 2, .column = columns.column, .color = PAGE_BOLD};
  columns.hang = values + 2 < columns.label / 2 ? values + 2 : 0;
  text_add_char(page->out, '\n');
  page_row(page, top, head, TEXT(HEAD_PATH));
  for (uint32_t i = 0; i < n; i++)
    page_row(page, columns, ground_label(page, answer, list[i], values),
             ground_path(page, answer, list[i]));
}

void section_guesses(Page *page, const Answer *answer) {
  if (!answer->n_reasons || answer->reasons[0].chance < WORTH_NAMING) return;
  Inputs inputs = inputs_new(answer->program, page->arena, answer->scenario);
  Grounds grounds = grounds_of_failure(&inputs, answer->reasons[0].span, page->arena);
  const Ground *list[GUESSES_MOST];
  uint32_t n = list_guesses(&grounds, list), more = grounds.n_guesses - n;
  if (n) show_guesses(page, answer, list, n);
  if (more) page_note(page, text_format(page->arena, "and %u more", more));
}
