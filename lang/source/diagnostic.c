// The list of diagnostics. Errors and warnings beyond the limit are counted and made, so that the
// caller need not ask, but not listed. More are kept than are shown, because they are found pass by
// pass and shown in the order of the text.
#include "lang/source/diagnostic.h"

#include <stdlib.h>

typedef struct CodeEntry {
  const char *text;
  Severity severity;
  const char *meaning;
} CodeEntry;

static const CodeEntry codes[DIAGNOSTIC_CODES] = {
#define CODE(id, number, severity, meaning) [id] = {number, severity, meaning},
#include "lang/source/codes.def"
#undef CODE
};

Diagnostics *diagnostics_new(Arena *arena) {
  Diagnostics *list = ARENA_NEW(arena, Diagnostics);
  list->arena = arena;
  return list;
}

static Text format_text(Arena *arena, const char *format, va_list args) {
  TextBuilder b = {0};
  text_addv(&b, format, args);
  return text_builder_take(&b, arena);
}

#define FORMATTED(arena, format, out)              \
  do {                                             \
    va_list args_;                                 \
    va_start(args_, format);                       \
    (out) = format_text((arena), (format), args_); \
    va_end(args_);                                 \
  } while (0)

static void list_diagnostic(Diagnostics *list, Diagnostic *d) {
  uint32_t *n = d->severity == SEVERITY_ERROR ? &list->n_errors : &list->n_warnings;
  if (++*n > DIAGNOSTICS_FOUND) {
    list->n_dropped++;
  } else {
    vec_push(list->arena, &list->items, d);
  }
}

Diagnostic *diagnostic_add(Diagnostics *list, DiagnosticCode code, Span span, const char *format,
                           ...) {
  Diagnostic *d = ARENA_NEW(list->arena, Diagnostic);
  d->code = code;
  d->severity = codes[code].severity;
  d->primary.span = span;
  FORMATTED(list->arena, format, d->title);
  list_diagnostic(list, d);
  return d;
}

void diagnostics_append(Diagnostics *to, const Diagnostics *from) {
  for (uint32_t i = 0; i < from->items.n; i++) list_diagnostic(to, from->items.items[i]);
  to->n_dropped += from->n_dropped;
}

void diagnostic_label(Diagnostics *list, Diagnostic *d, const char *format, ...) {
  FORMATTED(list->arena, format, d->primary.text);
}

void diagnostic_also(Diagnostics *list, Diagnostic *d, Span span, const char *format, ...) {
  Label label = {.span = span};
  FORMATTED(list->arena, format, label.text);
  vec_push(list->arena, &d->more, label);
}

void diagnostic_note(Diagnostics *list, Diagnostic *d, const char *format, ...) {
  Text note;
  FORMATTED(list->arena, format, note);
  vec_push(list->arena, &d->notes, note);
}

void diagnostic_hint(Diagnostics *list, Diagnostic *d, const char *format, ...) {
  FORMATTED(list->arena, format, d->hint);
}

void diagnostics_take_back(Diagnostics *list, uint32_t n,
                           bool (*is_taken)(const Diagnostic *d, void *context), void *context) {
  uint32_t n_left = n;
  for (uint32_t i = n; i < list->items.n; i++) {
    Diagnostic *d = list->items.items[i];
    if (!is_taken(d, context)) list->items.items[n_left++] = d;
    else if (d->severity == SEVERITY_ERROR) list->n_errors--;
    else list->n_warnings--;
  }
  list->items.n = n_left;
}

// Of each severity the first ones stay.
static void cut_list(Diagnostics *list) {
  uint32_t n_left = 0, n_of[2] = {0, 0};
  for (uint32_t i = 0; i < list->items.n; i++) {
    Diagnostic *d = list->items.items[i];
    if (++n_of[d->severity] <= DIAGNOSTICS_MAX) list->items.items[n_left++] = d;
  }
  list->n_dropped += list->items.n - n_left;
  list->items.n = n_left;
}

typedef struct Sorted {
  Diagnostic *d;
  uint32_t found;  // keeps the sort stable
} Sorted;

static int sorted_compare(const void *left, const void *right) {
  const Sorted *a = left, *b = right;
  uint32_t from_a = a->d->primary.span.from, from_b = b->d->primary.span.from;
  if (from_a != from_b) return from_a < from_b ? -1 : 1;
  if (a->d->severity != b->d->severity) return a->d->severity == SEVERITY_ERROR ? -1 : 1;
  return (a->found > b->found) - (a->found < b->found);
}

void diagnostics_sort(Diagnostics *list) {
  Sorted *sorted = memory_alloc(list->items.n, sizeof *sorted);
  for (uint32_t i = 0; i < list->items.n; i++) sorted[i] = (Sorted){list->items.items[i], i};
  qsort(sorted, list->items.n, sizeof *sorted, sorted_compare);
  for (uint32_t i = 0; i < list->items.n; i++) list->items.items[i] = sorted[i].d;
  free(sorted);
  cut_list(list);
}

const char *diagnostic_code_text(DiagnosticCode code) {
  return codes[code].text;
}

const char *diagnostic_code_meaning(DiagnosticCode code) {
  return codes[code].meaning;
}
