// Diagnostics as text. Everything that may hold a stranger's words goes through text_add_shown. The
// labelled places of a diagnostic are grouped by line: first those of the primary label's file,
// from the top down, then the other files'.
#include "lang/source/render.h"

#include <stdlib.h>

#include "lang/source/excerpt.h"

#define COLOR_OFF "\x1b[0m"
#define COLOR_BOLD "\x1b[1m"
#define COLOR_ERROR "\x1b[1;31m"
#define COLOR_WARNING "\x1b[1;33m"

static const char *severity_color(Severity severity) {
  return severity == SEVERITY_ERROR ? COLOR_ERROR : COLOR_WARNING;
}

static void add_place(TextBuilder *out, Place place) {
  text_add_shown(out, place.file->path);
  text_addf(out, ":%u:%u", place.line, place.column);
}

static void add_title(TextBuilder *out, const Diagnostic *d, const SourceSet *sources, bool color) {
  Place place = source_place(sources, d->primary.span.from);
  if (color) text_add(out, COLOR_BOLD);
  if (place.file) {
    add_place(out, place);
    text_add(out, ": ");
  }
  if (color) text_add(out, severity_color(d->severity));
  text_addf(out, "%s[%s]:", d->severity == SEVERITY_ERROR ? "error" : "warning",
            diagnostic_code_text(d->code));
  if (color) text_add(out, COLOR_OFF COLOR_BOLD);
  text_add_char(out, ' ');
  text_add_shown(out, d->title);
  if (color) text_add(out, COLOR_OFF);
  text_add_char(out, '\n');
}

// A label with its place; `group` orders files: 0 the primary one, then in order of appearance.
typedef struct Placed {
  const Label *label;
  Place place;
  uint32_t group, order;
} Placed;

static int placed_compare(const void *left, const void *right) {
  const Placed *a = left, *b = right;
  if (a->group != b->group) return a->group < b->group ? -1 : 1;
  if (a->place.line != b->place.line) return a->place.line < b->place.line ? -1 : 1;
  return (a->order > b->order) - (a->order < b->order);
}

// The labels that have a place, sorted.
static uint32_t place_labels(const Diagnostic *d, const SourceSet *sources, Placed *placed) {
  uint32_t n = 0;
  for (uint32_t i = 0; i <= d->more.n; i++) {
    const Label *label = i == 0 ? &d->primary : &d->more.items[i - 1];
    Place place = source_place(sources, label->span.from);
    if (!place.file) continue;
    uint32_t group = n;
    for (uint32_t j = 0; j < n; j++) {
      if (placed[j].place.file != place.file) continue;
      group = placed[j].group;
      break;
    }
    placed[n] = (Placed){label, place, group, n};
    n++;
  }
  qsort(placed, n, sizeof *placed, placed_compare);
  return n;
}

// Where the label lies in its line; what reaches beyond the line's end is cut.
static Mark mark_of(const Placed *placed, Text line) {
  const SourceFile *file = placed->place.file;
  uint32_t start = file->base + file->line_starts[placed->place.line - 1];
  Span span = placed->label->span;
  uint32_t from = span.from - start, to = span.to > span.from ? span.to - start : from;
  if (from > line.n) from = line.n;
  if (to > line.n) to = line.n;
  return (Mark){from, to, placed->label->text};
}

// The labels of one line, in the order in which they were given.
static void add_line(TextBuilder *out, const Placed *placed, uint32_t n, Text color) {
  Mark *marks = memory_alloc(n, sizeof *marks);
  Text line = source_line(placed[0].place.file, placed[0].place.line);
  for (uint32_t i = 0; i < n; i++) marks[i] = mark_of(&placed[i], line);
  excerpt_add(out, line, placed[0].place.line, marks, n, color);
  free(marks);
}

static void add_labels(TextBuilder *out, const Diagnostic *d, const SourceSet *sources,
                       bool color) {
  Text marks_color = color ? text_of(severity_color(d->severity)) : TEXT("");
  Placed *placed = memory_alloc((size_t)d->more.n + 1, sizeof *placed);
  uint32_t n = place_labels(d, sources, placed);
  const SourceFile *file = source_file_at(sources, d->primary.span.from);
  for (uint32_t i = 0, next; i < n; i = next) {
    const Placed *first = &placed[i], *before = i ? &placed[i - 1] : NULL;
    for (next = i + 1; next < n && placed[next].place.file == first->place.file &&
                       placed[next].place.line == first->place.line;)
      next++;
    if (first->place.file != file) {
      file = first->place.file;
      text_add(out, "   ");
      add_place(out, first->place);
      text_add(out, ":\n");
    } else if (before && first->place.line > before->place.line + 1) {
      text_add(out, "    …\n");
    }
    add_line(out, first, next - i, marks_color);
  }
  free(placed);
}

static void add_indented(TextBuilder *out, Text text) {
  text_add(out, "   ");
  text_add_shown(out, text);
  text_add_char(out, '\n');
}

static void add_left_out(TextBuilder *out, uint32_t n, const char *kind) {
  if (n == 0) return;
  text_addf(out, "\n%u more %s%s not shown\n", n, kind, n == 1 ? " is" : "s are");
}

static void count_left_out(TextBuilder *out, const Diagnostics *list) {
  uint32_t n_errors = list->n_errors, n_warnings = list->n_warnings;
  for (uint32_t i = 0; i < list->items.n; i++) {
    bool is_error = list->items.items[i]->severity == SEVERITY_ERROR;
    if (is_error) n_errors--;
    else n_warnings--;
  }
  add_left_out(out, n_errors, "error");
  add_left_out(out, n_warnings, "warning");
}

void render_text(TextBuilder *out, const Diagnostics *list, const SourceSet *sources, bool color) {
  for (uint32_t i = 0; i < list->items.n; i++) {
    const Diagnostic *d = list->items.items[i];
    if (i) text_add_char(out, '\n');
    add_title(out, d, sources, color);
    add_labels(out, d, sources, color);
    for (uint32_t note = 0; note < d->notes.n; note++) add_indented(out, d->notes.items[note]);
    if (d->hint.n) add_indented(out, d->hint);
  }
  if (list->n_dropped) count_left_out(out, list);
}
