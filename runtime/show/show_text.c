// The page of one answer: the answer in a sentence, how it was found and under what, how it ends, where
// it goes and why it fails, what was asked and what was expected. A section without content is left
// out.
#include "runtime/show/claim.h"
#include "runtime/show/method.h"
#include "runtime/show/number.h"
#include "runtime/show/sections.h"
#include "runtime/show/sentence.h"
#include "runtime/show/show.h"

#define REASONS_MOST 5
#define REASON_CHANCE 7  // columns of "100.0 %"

// --- Title, answer and method ---

static void show_head(Page *page, const Answer *answer) {
  const Program *program = answer->program;
  Text title = page_shown(page, program->the_case->case_item.title);
  Text from = show_date(page->arena, program->first_day),
       until = show_date(page->arena, program->last_day);
  Text dates = text_format(page->arena, "%.*s to %.*s", TEXT_ARG(from), TEXT_ARG(until));
  uint32_t line = page->width < PAGE_LINE ? page->width : PAGE_LINE;
  Columns columns =
      page_columns(page, 0, page_wider(text_width(title), line - text_width(dates) - 2),
                   text_width(dates), SECTION_LABEL_LEAST);
  columns.color = PAGE_BOLD;
  page_row(page, columns, title.n ? title : TEXT(" "), dates);
}

static void show_answer(Page *page, const Answer *answer) {
  text_add_char(page->out, '\n');
  page_paragraph(page, show_sentence(page, answer));
  text_add_char(page->out, '\n');
}

static bool has_ranges(const Answer *answer) {
  bool has_range = false;
  for (uint32_t i = 0; i < answer->n_outcomes; i++) has_range |= answer->outcomes[i].range.is_some;
  for (uint32_t i = 0; i < answer->n_asks; i++) has_range |= answer->asks[i].range.is_some;
  return has_range;
}

static void show_ranges(Page *page, const Answer *answer) {
  if (answer->no_range.n) page_paragraph(page, page_shown(page, answer->no_range));
  else if (has_ranges(answer))
    page_paragraph(page,
                   TEXT("over the uncertain beliefs: what a chance would be if they were known, "
                        "in nine of ten draws of them"));
}

// What makes this answer another than the script's own.
static void show_changes(Page *page, const Answer *answer) {
  const Program *program = answer->program;
  if (answer->scenario != NO_INDEX) {
    EntityId id = program->scenarios.items[answer->scenario].entity;
    const Title *title = &program_entity(program, id)->title;
    Text name = program_name(program, id);
    Text shown = title->has_text ? page_shown(page, title->text) : TEXT("");
    page_paragraph(page, shown.n ? text_format(page->arena, "scenario %.*s: %.*s", TEXT_ARG(name),
                                               TEXT_ARG(shown))
                                 : text_format(page->arena, "scenario %.*s", TEXT_ARG(name)));
  }
  for (uint32_t i = 0; i < program->sets.n; i++) {
    Text change = page_shown(page, show_change(program, &program->sets.items[i]));
    page_paragraph(page, text_format(page->arena, "changed: %.*s", TEXT_ARG(change)));
  }
}

// --- Reasons and questions ---

static Text reason_label(const Page *page, const Answer *answer, double chance, Text text) {
  Text shown = show_chance(page->arena, chance, answer->method, 0);
  return text_format(page->arena, "%.*s  %.*s",
                     TEXT_ARG(page_padded(page, shown, REASON_CHANCE, true)), TEXT_ARG(text));
}

// Those that are too many to be listed, as one.
static void show_rest(Page *page, const Answer *answer, Columns columns) {
  double chance = 0;
  uint32_t n = answer->n_reasons - REASONS_MOST;
  for (uint32_t i = REASONS_MOST; i < answer->n_reasons; i++) chance += answer->reasons[i].chance;
  Text text = text_format(page->arena, "%u other%s", n, n == 1 ? "" : "s");
  page_row(page, columns, reason_label(page, answer, chance, text), (Text){0});
}

static void show_reasons(Page *page, const Answer *answer) {
  uint32_t n = answer->n_reasons < REASONS_MOST ? answer->n_reasons : REASONS_MOST, widest = 0,
           widest_place = 0;
  if (!n) return;
  Text labels[REASONS_MOST], places[REASONS_MOST];
  for (uint32_t i = 0; i < n; i++) {
    const ReasonAnswer *reason = &answer->reasons[i];
    labels[i] = reason_label(page, answer, reason->chance, page_shown(page, reason->text));
    places[i] = section_line(page, answer, reason->span);
    widest = page_wider(widest, text_width(labels[i]));
    widest_place = page_wider(widest_place, text_width(places[i]));
  }
  page_heading(page, "Main reasons for failing");
  Columns columns = page_columns(page, 2, widest, widest_place, page->width * 2 / 5);
  columns.hang = REASON_CHANCE + 2;  // the text stays right of its chance
  for (uint32_t i = 0; i < n; i++) page_row(page, columns, labels[i], places[i]);
  if (answer->n_reasons > REASONS_MOST) show_rest(page, answer, columns);
}

static void show_asks(Page *page, const Answer *answer) {
  uint32_t widest = 0, widest_value = 0;
  if (!answer->n_asks) return;
  page_heading(page, "Asked");
  for (uint32_t i = 0; i < answer->n_asks; i++) {
    widest = page_wider(
        widest, text_width(page_shown(page, show_query(answer->program, answer->asks[i].query))));
    widest_value = page_wider(widest_value,
                              text_width(show_ask_answer(page->arena, answer, &answer->asks[i])));
  }
  Columns columns = page_columns(page, 2, widest, widest_value, page->width * 2 / 5);
  for (uint32_t i = 0; i < answer->n_asks; i++)
    page_row(page, columns, page_shown(page, show_query(answer->program, answer->asks[i].query)),
             show_ask_answer(page->arena, answer, &answer->asks[i]));
}

Text section_line(const Page *page, const Answer *answer, Span span) {
  Place place = source_place(answer->program->tree->sources, span.from);
  if (!place.file) return (Text){0};
  if (place.file == answer->program->tree->files[0].file)
    return text_format(page->arena, "line %u", place.line);
  Text path = page_shown(page, place.file->path);
  return text_format(page->arena, "%.*s:%u", TEXT_ARG(path), place.line);
}

static Page page_open(TextBuilder *out, ShowStyle style) {
  uint32_t width = style.width < SHOW_WIDTH_LEAST ? SHOW_WIDTH_LEAST : style.width;
  if (width > SHOW_WIDTH_MOST) width = SHOW_WIDTH_MOST;
  return (Page){out, arena_new(), width, style.color};
}

void show_expectation(TextBuilder *out, const Answer *answer, uint32_t expect, ShowStyle style) {
  Page page = page_open(out, style);
  section_claim(&page, answer, expect);
  arena_free(page.arena);
}

void show_text(TextBuilder *out, const Answer *answer, ShowStyle style) {
  Page page = page_open(out, style);
  show_head(&page, answer);
  show_answer(&page, answer);
  page_paragraph(&page, show_method(page.arena, answer));
  page_paragraph(&page, show_method_note(page.arena, answer));
  show_ranges(&page, answer);
  section_rests(&page, answer);
  show_changes(&page, answer);
  section_outcomes(&page, answer);
  section_places(&page, answer);
  show_reasons(&page, answer);
  section_guesses(&page, answer);
  show_asks(&page, answer);
  section_claims(&page, answer);
  arena_free(page.arena);
}
