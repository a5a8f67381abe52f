// Where it goes: a row for each stage, with the days on which the middle nine tenths of the cases
// that go on do so. A stage that is come to more than once may fail and then go on, and the case may
// end within it, so that its chances need not add up: where that is so, lines below the table say it.
#include "runtime/show/number.h"
#include "runtime/show/sections.h"

#define HEAD "  reached    goes on      fails"
#define HEAD_DAYS "goes on, 5 % to 95 % of cases"
#define CELLS_WIDTH 31  // of HEAD
#define DAYS_WIDTH 31   // of HEAD_DAYS and the gap before it
#define TITLE_LEAST 17  // a table with days beside it leaves the titles so much
#define APART 0.0015    // more than rounding makes of three chances that add up

static const StageNode *place_stage(const Answer *answer, const PlaceAnswer *place) {
  const Step *step = &answer->program->steps.items[place->step];
  const Body *body = &answer->program->bodies.items[answer->program->calls.items[step->call].body];
  const Node *node = body->steps.items[step->own].node;
  return node->kind == NODE_STAGE ? &node->stage : NULL;
}

static Text place_title(const Answer *answer, const PlaceAnswer *place) {
  const StageNode *stage = place_stage(answer, place);
  return stage && stage->title.has_text ? stage->title.text : (Text){0};
}

// The title where it means this place alone, else the name that does.
static Text place_label(const Page *page, const Answer *answer, uint32_t index) {
  Text title = place_title(answer, &answer->places[index]);
  Text name = answer->program->steps.items[answer->places[index].step].full_name;
  if (!title.n) return page_shown(page, name);
  for (uint32_t i = 0; i < answer->n_places; i++) {
    if (i != index && text_equal(place_title(answer, &answer->places[i]), title))
      return page_shown(page, name);
  }
  return page_shown(page, title);
}

static Text place_cells(const Page *page, const Answer *answer, const PlaceAnswer *place,
                        bool has_dates) {
  double chances[3] = {place->reached, place->passed, place->failed};
  TextBuilder b = {0};
  for (int i = 0; i < 3; i++) {
    if (i) text_add(&b, "  ");
    Text cell = show_chance(page->arena, chances[i], answer->method, 0);
    text_add_text(&b, page_padded(page, cell, 9, true));
  }
  if (has_dates && place->dates.is_some)
    text_addf(&b, "  %.*s", TEXT_ARG(show_days(page->arena, &place->dates)));
  return text_builder_take(&b, page->arena);
}

// On a page that is too narrow for the days beside the chances, they have a line below them.
static void show_place(Page *page, const Answer *answer, uint32_t index, Columns columns,
                       bool is_wide) {
  const PlaceAnswer *place = &answer->places[index];
  page_row(page, columns, place_label(page, answer, index),
           place_cells(page, answer, place, is_wide));
  if (is_wide || !place->dates.is_some) return;
  Text days = show_days(page->arena, &place->dates);
  page_row(page, columns, (Text){0}, page_padded(page, days, CELLS_WIDTH, true));
}

static void show_sums(Page *page, const Answer *answer) {
  bool some_end = false, some_repeat = false;
  for (uint32_t i = 0; i < answer->n_places; i++) {
    const PlaceAnswer *place = &answer->places[i];
    double rest = place->reached - place->passed - place->failed;
    some_end |= rest > APART;
    some_repeat |= rest < -APART;
  }
  if (some_end)
    page_note(page, TEXT("Where neither goes on nor fails, the case ends there or is still there "
                         "on its last day."));
  if (some_repeat) page_note(page, TEXT("A stage that is tried again can fail and still go on."));
}

void section_places(Page *page, const Answer *answer) {
  uint32_t widest = 12;
  if (!answer->n_places) return;
  for (uint32_t i = 0; i < answer->n_places; i++)
    widest = page_wider(widest, text_width(place_label(page, answer, i)));
  bool is_wide = page->width >= 2 + TITLE_LEAST + 2 + CELLS_WIDTH + DAYS_WIDTH;
  Columns columns =
      page_columns(page, 2, widest, CELLS_WIDTH + (is_wide ? DAYS_WIDTH : 0), SECTION_LABEL_LEAST);
  Columns top = {.label = columns.label + 2, .column = columns.column, .color = PAGE_BOLD};
  text_add_char(page->out, '\n');
  page_row(page, top, TEXT("Where it goes"), is_wide ? TEXT(HEAD "  " HEAD_DAYS) : TEXT(HEAD));
  if (!is_wide)
    page_row(page, top, (Text){0}, page_padded(page, TEXT(HEAD_DAYS), CELLS_WIDTH, true));
  for (uint32_t i = 0; i < answer->n_places; i++) show_place(page, answer, i, columns, is_wide);
  show_sums(page, answer);
}
