// Errors of a world: the place in the script and one world in which it happens, its date and what is set in it.
#include <math.h>

#include "runtime/walk/walk.h"

enum { MAX_SHOWN = 8 };

static bool add_cell(const Walk *w, uint32_t c, uint32_t row, TextBuilder *b) {
  static const char *const lines[] = {"", "yes", "no", "abstain", "absent"};
  const Column *column = &w->plan->columns.items[c];
  const World *world = &w->world;
  if (!column->name.n) return false;
  bool is_wide = world->shapes[c].is_wide;
  int32_t word = is_wide ? 0 : world_words(world, c)[row];
  char date[11];
  switch (column->kind) {
    case COLUMN_FACT:
      if (word) text_addf(b, ", %s is %s", column->name.at, word == 1 ? "true" : "false");
      return word != 0;
    case COLUMN_BELIEF:
      if (!isnan(world_numbers(world, c)[row]))
        text_addf(b, ", %s = %.6g", column->name.at, world_numbers(world, c)[row]);
      return !isnan(world_numbers(world, c)[row]);
    case COLUMN_LINE:
      if (word) text_addf(b, ", %s: %s", column->name.at, lines[word]);
      return word != 0;
    case COLUMN_VARIABLE:
    case COLUMN_PARAM:
    case COLUMN_LET:
      if (column->type == VALUE_NUMBER)
        text_addf(b, ", %s = %.6g", column->name.at, world_numbers(world, c)[row]);
      if (column->type == VALUE_TRUTH)
        text_addf(b, ", %s = %s", column->name.at, word ? "true" : "false");
      if (column->type == VALUE_DATE && word != DATE_NONE) {
        date_format(word, date);
        text_addf(b, ", %s = %s", column->name.at, date);
      }
      return true;
    case COLUMN_AMENDED:
    case COLUMN_RECORD:
    case COLUMN_EVER:
    case COLUMN_BILL:
    case COLUMN_LISTED:
    case COLUMN_LIMIT:
    case COLUMN_TIMES:
    case COLUMN_CHANCE:
    case COLUMN_REASON:
    case COLUMN_OUTCOME:
    case COLUMN_DRAW: break;
  }
  return false;
}

void walk_error(Walk *w, DiagnosticCode code, Span span, uint32_t row, const char *format, ...) {
  if (w->has_error) return;
  w->has_error = true;
  TextBuilder title = {0}, world = {0};
  va_list args;
  va_start(args, format);
  text_addv(&title, format, args);
  va_end(args);
  Diagnostic *d = diagnostic_add(w->diagnostics, code, span, "%s", title.at);
  char date[11];
  date_format(world_first_day(&w->world, row), date);
  text_addf(&world, "in a world of %s", date);
  uint32_t shown = 0;
  for (uint32_t c = 0; c < w->plan->columns.n && shown < MAX_SHOWN; c++)
    shown += add_cell(w, c, row, &world);
  diagnostic_note(w->diagnostics, d, "%s", world.at);
  text_builder_free(&title);
  text_builder_free(&world);
}
