// The page that `simulate` prints: the outcomes with bars, where the case goes, why it fails, what
// was asked and what was expected. A section without content is left out.
#include <math.h>
#include <string.h>

#include "runtime/show/claim.h"
#include "runtime/show/number.h"
#include "runtime/show/page.h"
#include "runtime/show/show.h"

#define REASONS_MOST 5
#define LABEL_LEAST 8
#define BAR_LEAST 12
#define BAR_MOST 24
#define DATES_WIDTH 45  // "half by 2025-05-02, nine in ten by 2025-08-20"
#define QUANTILE_TOLERANCE 1e-12

static uint32_t larger(uint32_t a, uint32_t b) {
  return a > b ? a : b;
}

static uint32_t chance_width(const Answer *answer) {
  return answer->method == METHOD_SAMPLE ? 13 : 7;  // "100.0 % ± 0.1", "100.0 %"
}

static Text chance_cell(const Page *page, const Answer *answer, double chance, double error) {
  Text shown = show_chance(page->arena, chance, answer->method, error);
  if (answer->method != METHOD_SAMPLE) return page_padded(page, shown, chance_width(answer), true);
  Text whole = show_chance(page->arena, chance, answer->method, 0);
  uint32_t before = text_width(whole) < 7 ? 7 - text_width(whole) : 0;
  Text moved = page_padded(page, shown, text_width(shown) + before, true);
  return page_padded(page, moved, chance_width(answer), false);
}

// --- Title and method ---

static void show_head(Page *page, const Answer *answer) {
  const Program *program = answer->program;
  Text title = page_shown(page, program->the_case->case_item.title);
  Text from = show_date(page->arena, program->first_day),
       until = show_date(page->arena, program->last_day);
  Text dates = text_format(page->arena, "%.*s to %.*s", TEXT_ARG(from), TEXT_ARG(until));
  Columns columns =
      page_columns(page, 0, larger(text_width(title), page->width - text_width(dates) - 2),
                   text_width(dates), LABEL_LEAST);
  columns.color = PAGE_BOLD;
  page_row(page, columns, title.n ? title : TEXT(" "), dates);
}

// The next power of ten, so that the last bits of a sum do not show.
static Text error_text(Arena *arena, double error) {
  if (!(error > 1e-15)) return TEXT("1e-15");
  return text_format(arena, "1e%.0f", ceil(log10(error) - 1e-9));
}

static void show_method(Page *page, const Answer *answer) {
  Arena *arena = page->arena;
  Text worlds = show_count(arena, answer->worlds), trials = show_count(arena, answer->trials), line;
  if (answer->method == METHOD_SAMPLE) {
    Text why = answer->why.n ? page_shown(page, answer->why) : TEXT("sampled");
    line = text_format(arena, "%.*s: %.*s trial%s, seed %llu", TEXT_ARG(why), TEXT_ARG(trials),
                       answer->trials == 1 ? "" : "s", (unsigned long long)answer->seed);
  } else {
    Text error = error_text(arena, answer->error);
    line = text_format(arena, "exact to %.*s, %.*s world%s at most", TEXT_ARG(error),
                       TEXT_ARG(worlds), answer->worlds == 1 ? "" : "s");
  }
  page_paragraph(page, line);
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

// --- Outcomes ---

static Date day_of_share(const OutcomeAnswer *outcome, double share) {
  double sum = 0;
  for (uint32_t i = 0; i < outcome->days.n; i++) {
    sum += outcome->days.chance[i];
    if (sum > 0 && sum >= share * outcome->chance - QUANTILE_TOLERANCE)
      return outcome->days.first + (Date)i;
  }
  return outcome->dates.latest;
}

static Text outcome_dates(const Page *page, const OutcomeAnswer *outcome) {
  if (!outcome->dates.is_some) return (Text){0};
  Date half = day_of_share(outcome, 0.5), most = day_of_share(outcome, 0.9);
  Text half_text = show_date(page->arena, half), most_text = show_date(page->arena, most);
  if (outcome->dates.earliest == outcome->dates.latest)
    return text_format(page->arena, "on %.*s", TEXT_ARG(half_text));
  return text_format(page->arena, "half by %.*s, nine in ten by %.*s", TEXT_ARG(half_text),
                     TEXT_ARG(most_text));
}

static Text bar_text(const Page *page, double chance, uint32_t width) {
  static const char *const EIGHTHS[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  uint32_t eighths = (uint32_t)floor(chance * width * 8 + 0.5 + 1e-9);
  if (!eighths && chance > 0) eighths = 1;
  if (eighths > width * 8) eighths = width * 8;
  TextBuilder b = {0};
  text_add(&b, "");
  for (uint32_t i = 0; i < eighths / 8; i++) text_add(&b, "█");
  text_add(&b, EIGHTHS[eighths % 8]);
  return text_builder_take(&b, page->arena);
}

static Text outcome_name(const Page *page, const Program *program, uint32_t outcome) {
  return page_shown(page, program_name(program, program->outcomes.items[outcome]));
}

// Those that were declared and those that came about.
static bool outcome_is_shown(const Answer *answer, const OutcomeAnswer *outcome) {
  const Program *program = answer->program;
  return outcome->chance > 0 ||
         program_entity(program, program->outcomes.items[outcome->outcome])->node;
}

// On a page that is too narrow for both dates, each has a line.
static void show_dates_below(Page *page, Columns columns, Text dates) {
  const char *comma = dates.n ? memchr(dates.at, ',', dates.n) : NULL;
  if (comma && page->width < columns.column + DATES_WIDTH) {
    uint32_t n = (uint32_t)(comma - dates.at) + 1;
    page_row(page, columns, (Text){0}, (Text){dates.at, n});
    dates = (Text){dates.at + n + 1, dates.n - n - 1};
  }
  page_row(page, columns, (Text){0}, dates);
}

static void show_outcome(Page *page, const Answer *answer, const OutcomeAnswer *outcome,
                         Columns columns, uint32_t bar) {
  const Program *program = answer->program;
  const Entity *entity = program_entity(program, program->outcomes.items[outcome->outcome]);
  bool is_wide =
      page->width >= columns.column + chance_width(answer) + 2 + BAR_LEAST + 2 + DATES_WIDTH;
  Text chance = chance_cell(page, answer, outcome->chance, outcome->error);
  Text dates = outcome_dates(page, outcome), blocks = bar_text(page, outcome->chance, bar);
  if (is_wide && dates.n) blocks = page_padded(page, blocks, bar, false);
  Text first = text_format(page->arena, "%.*s%s%.*s%s%.*s", TEXT_ARG(chance), blocks.n ? "  " : "",
                           TEXT_ARG(blocks), is_wide && dates.n ? "  " : "",
                           TEXT_ARG((is_wide ? dates : (Text){"", 0})));
  page_row(page, columns, outcome_name(page, program, outcome->outcome), first);
  Columns below = {columns.indent, columns.label, columns.column + chance_width(answer) + 2, NULL,
                   0};
  if (!is_wide) show_dates_below(page, below, dates);
  if (entity->title.has_text)
    page_row(page, below, (Text){0}, page_shown(page, entity->title.text));
}

static void show_outcomes(Page *page, const Answer *answer) {
  uint32_t widest = 0, cell = chance_width(answer);
  for (uint32_t i = 0; i < answer->n_outcomes; i++) {
    if (outcome_is_shown(answer, &answer->outcomes[i]))
      widest = larger(widest,
                      text_width(outcome_name(page, answer->program, answer->outcomes[i].outcome)));
  }
  Columns columns = page_columns(page, 2, widest, cell + 2 + 2 * BAR_LEAST, LABEL_LEAST);
  uint32_t room = page->width - columns.column - cell - 2;
  if (room >= BAR_LEAST + 2 + DATES_WIDTH) room -= 2 + DATES_WIDTH;
  uint32_t bar = room < BAR_MOST ? room : BAR_MOST;
  text_add_char(page->out, '\n');
  for (uint32_t i = 0; i < answer->n_outcomes; i++) {
    if (outcome_is_shown(answer, &answer->outcomes[i]))
      show_outcome(page, answer, &answer->outcomes[i], columns, bar);
  }
}

// --- Where it goes ---

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
  if (has_dates && place->dates.is_some) {
    Text low = show_date(page->arena, place->dates.p05),
         high = show_date(page->arena, place->dates.p95);
    text_addf(&b, "  %.*s", TEXT_ARG(low));
    if (place->dates.p05 != place->dates.p95) text_addf(&b, " .. %.*s", TEXT_ARG(high));
  }
  return text_builder_take(&b, page->arena);
}

static void show_places(Page *page, const Answer *answer) {
  uint32_t widest = 12, cells = 3 * 9 + 2 * 2, dates = 2 + 24;
  if (!answer->n_places) return;
  for (uint32_t i = 0; i < answer->n_places; i++)
    widest = larger(widest, text_width(place_label(page, answer, i)));
  bool has_dates = page->width >= 2 + 17 + 2 + cells + dates;
  Columns columns = page_columns(page, 2, widest, cells + (has_dates ? dates : 0), LABEL_LEAST);
  Text head =
      text_format(page->arena, "  reached    goes on      fails%s", has_dates ? "  usually" : "");
  text_add_char(page->out, '\n');
  Columns top = {0, columns.label + 2, columns.column, PAGE_BOLD, 0};
  page_row(page, top, TEXT("Where it goes"), head);
  for (uint32_t i = 0; i < answer->n_places; i++)
    page_row(page, columns, place_label(page, answer, i),
             place_cells(page, answer, &answer->places[i], has_dates));
}

// --- Reasons, questions, expectations ---

static Text place_text(const Page *page, const Answer *answer, Span span) {
  Place place = source_place(answer->program->tree->sources, span.from);
  if (!place.file) return (Text){0};
  Text path = page_shown(page, place.file->path);
  return text_format(page->arena, "%.*s:%u", TEXT_ARG(path), place.line);
}

static void show_reasons(Page *page, const Answer *answer) {
  uint32_t n = answer->n_reasons < REASONS_MOST ? answer->n_reasons : REASONS_MOST, widest = 0,
           widest_place = 0;
  if (!n) return;
  Text labels[REASONS_MOST], places[REASONS_MOST];
  for (uint32_t i = 0; i < n; i++) {
    Text chance = show_chance(page->arena, answer->reasons[i].chance, answer->method, 0);
    Text padded = page_padded(page, chance, 7, true),
         text = page_shown(page, answer->reasons[i].text);
    labels[i] = text_format(page->arena, "%.*s  %.*s", TEXT_ARG(padded), TEXT_ARG(text));
    places[i] = place_text(page, answer, answer->reasons[i].span);
    widest = larger(widest, text_width(labels[i]));
    widest_place = larger(widest_place, text_width(places[i]));
  }
  page_heading(page, "Main reasons for failing");
  Columns columns = page_columns(page, 2, widest, widest_place, page->width * 2 / 5);
  columns.hang = 9;  // the text stays right of its chance
  for (uint32_t i = 0; i < n; i++) page_row(page, columns, labels[i], places[i]);
}

static void show_asks(Page *page, const Answer *answer) {
  uint32_t widest = 0, widest_value = 0;
  if (!answer->n_asks) return;
  page_heading(page, "Asked");
  for (uint32_t i = 0; i < answer->n_asks; i++) {
    widest = larger(
        widest, text_width(page_shown(page, show_query(answer->program, answer->asks[i].query))));
    widest_value =
        larger(widest_value, text_width(show_ask_answer(page->arena, answer, &answer->asks[i])));
  }
  Columns columns = page_columns(page, 2, widest, widest_value, page->width * 2 / 5);
  for (uint32_t i = 0; i < answer->n_asks; i++)
    page_row(page, columns, page_shown(page, show_query(answer->program, answer->asks[i].query)),
             show_ask_answer(page->arena, answer, &answer->asks[i]));
}

static const char *verdict_color(Verdict verdict) {
  switch (verdict) {
    case VERDICT_HOLDS: return PAGE_GREEN;
    case VERDICT_FAILS: return PAGE_RED;
    case VERDICT_UNKNOWN: return PAGE_YELLOW;
  }
  return NULL;
}

static void add_expectation(Page *page, const Answer *answer, const ExpectAnswer *expect) {
  Columns columns = {2, 7, 11, verdict_color(expect->verdict), 0};
  Text claim = page_shown(page, show_query(answer->program, expect->query));
  Text values = show_expect_values(page->arena, answer, expect);
  Text line =
      values.n ? text_format(page->arena, "%.*s: %.*s", TEXT_ARG(claim), TEXT_ARG(values)) : claim;
  page_row(page, columns, text_of(show_verdict(expect->verdict)), line);
}

static Page page_open(TextBuilder *out, ShowStyle style) {
  uint32_t width = style.width < SHOW_WIDTH_LEAST ? SHOW_WIDTH_LEAST : style.width;
  if (width > SHOW_WIDTH_MOST) width = SHOW_WIDTH_MOST;
  return (Page){out, arena_new(), width, style.color};
}

void show_expectation(TextBuilder *out, const Answer *answer, uint32_t expect, ShowStyle style) {
  Page page = page_open(out, style);
  add_expectation(&page, answer, &answer->expects[expect]);
  arena_free(page.arena);
}

void show_text(TextBuilder *out, const Answer *answer, ShowStyle style) {
  Page page = page_open(out, style);
  show_head(&page, answer);
  show_method(&page, answer);
  show_changes(&page, answer);
  show_outcomes(&page, answer);
  show_places(&page, answer);
  show_reasons(&page, answer);
  show_asks(&page, answer);
  if (answer->n_expects) page_heading(&page, "Expected");
  for (uint32_t i = 0; i < answer->n_expects; i++)
    add_expectation(&page, answer, &answer->expects[i]);
  arena_free(page.arena);
}
