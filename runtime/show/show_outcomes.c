// How it ends: each outcome with its chance, a bar and its dates. On a page that is too narrow for
// the dates beside the bar they stand below it.
#include <math.h>
#include <string.h>

#include "runtime/show/number.h"
#include "runtime/show/sections.h"

#define BAR_LEAST 12
#define BAR_MOST 24
#define DATES_WIDTH 45  // "half by 2025-05-02, nine in ten by 2025-08-20"

static uint32_t chance_width(const Answer *answer) {
  return answer->method == METHOD_SAMPLE ? 13 : 7;  // "100.0 % ± 0.1", "100.0 %"
}

// Sampled chances are aligned at their percent signs, whatever stands behind them.
static Text chance_cell(const Page *page, const Answer *answer, double chance, double error) {
  Text shown = show_chance(page->arena, chance, answer->method, error), whole = shown;
  if (answer->method != METHOD_SAMPLE) return page_padded(page, shown, chance_width(answer), true);
  while (whole.n && whole.at[whole.n - 1] != '%') whole.n--;
  uint32_t before = text_width(whole) < 7 ? 7 - text_width(whole) : 0;
  Text moved = page_padded(page, shown, text_width(shown) + before, true);
  return page_padded(page, moved, chance_width(answer), false);
}

static Text outcome_dates(const Page *page, const OutcomeAnswer *outcome) {
  if (!outcome->dates.is_some) return (Text){0};
  Text half = show_date(page->arena, show_day_by(outcome, 0.5)),
       most = show_date(page->arena, show_day_by(outcome, 0.9));
  if (outcome->dates.earliest == outcome->dates.latest)
    return text_format(page->arena, "on %.*s", TEXT_ARG(half));
  if (text_equal(half, most))
    return text_format(page->arena, "nine in ten by %.*s", TEXT_ARG(most));
  return text_format(page->arena, "half by %.*s, nine in ten by %.*s", TEXT_ARG(half),
                     TEXT_ARG(most));
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
  uint32_t below_at = columns.column + chance_width(answer) + 2;
  bool is_wide = page->width >= below_at + BAR_LEAST + 2 + DATES_WIDTH;
  Text chance = chance_cell(page, answer, outcome->chance, outcome->error);
  Text dates = outcome_dates(page, outcome), blocks = bar_text(page, outcome->chance, bar);
  if (is_wide && dates.n) blocks = page_padded(page, blocks, bar, false);
  Text first = text_format(page->arena, "%.*s%s%.*s%s%.*s", TEXT_ARG(chance), blocks.n ? "  " : "",
                           TEXT_ARG(blocks), is_wide && dates.n ? "  " : "",
                           TEXT_ARG((is_wide ? dates : (Text){"", 0})));
  page_row(page, columns, outcome_name(page, program, outcome->outcome), first);
  Columns below = {.indent = columns.indent, .label = columns.label, .column = below_at};
  if (!is_wide) show_dates_below(page, below, dates);
  if (entity->title.has_text)
    page_row(page, below, (Text){0}, page_shown(page, entity->title.text));
  Text range = show_range(page->arena, &outcome->range, true);
  if (range.n)
    page_row(page, below, (Text){0},
             text_format(page->arena, "%.*s over the uncertain beliefs", TEXT_ARG(range)));
}

void section_outcomes(Page *page, const Answer *answer) {
  uint32_t widest = 0, cell = chance_width(answer);
  for (uint32_t i = 0; i < answer->n_outcomes; i++) {
    const OutcomeAnswer *outcome = &answer->outcomes[i];
    if (outcome_is_shown(answer, outcome))
      widest =
          page_wider(widest, text_width(outcome_name(page, answer->program, outcome->outcome)));
  }
  Columns columns = page_columns(page, 2, widest, cell + 2 + 2 * BAR_LEAST, SECTION_LABEL_LEAST);
  uint32_t room = page->width - columns.column - cell - 2;
  if (room >= BAR_LEAST + 2 + DATES_WIDTH) room -= 2 + DATES_WIDTH;
  uint32_t bar = room < BAR_MOST ? room : BAR_MOST;
  text_add_char(page->out, '\n');
  for (uint32_t i = 0; i < answer->n_outcomes; i++) {
    if (outcome_is_shown(answer, &answer->outcomes[i]))
      show_outcome(page, answer, &answer->outcomes[i], columns, bar);
  }
}
