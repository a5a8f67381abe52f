// Diagnostics as values in a list: what is wrong, where, why, and what to write instead. No room
// prints one; render.h turns them into text or JSON. Codes stand once, in codes.def.
#pragma once
#include "lang/base/vec.h"
#include "lang/source/source.h"

typedef enum Severity { SEVERITY_ERROR, SEVERITY_WARNING } Severity;

typedef enum DiagnosticCode {
#define CODE(id, number, severity, meaning) id,
#include "lang/source/codes.def"
#undef CODE
  DIAGNOSTIC_CODES
} DiagnosticCode;

typedef struct Label {
  Span span;
  Text text;  // may be empty
} Label;

typedef struct Diagnostic {
  DiagnosticCode code;
  Severity severity;
  Text title;
  Label primary;    // span 0..0: the message has no place
  VEC(Label) more;  // further labelled places
  VEC(Text) notes;  // why, an example world: lines shown under the source
  Text hint;        // the fix, a sentence; may be empty
} Diagnostic;

#define DIAGNOSTICS_MAX 20     // errors shown, the first ones by place; as many warnings
#define DIAGNOSTICS_FOUND 200  // errors kept until they are sorted; those beyond are only counted

typedef struct Diagnostics {
  Arena *arena;
  VEC(Diagnostic *) items;  // in the order in which they were found, until they are sorted
  uint32_t n_errors, n_warnings, n_dropped;
} Diagnostics;

Diagnostics *diagnostics_new(Arena *arena);
// Starts a diagnostic with a formatted title and adds it to the list. Never NULL: beyond the limit
// the diagnostic is made but not listed. The parts below are added to what it returns.
Diagnostic *diagnostic_add(Diagnostics *list, DiagnosticCode code, Span span, const char *format,
                           ...) __attribute__((format(printf, 4, 5)));
void diagnostic_label(Diagnostics *list, Diagnostic *d, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void diagnostic_also(Diagnostics *list, Diagnostic *d, Span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void diagnostic_note(Diagnostics *list, Diagnostic *d, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void diagnostic_hint(Diagnostics *list, Diagnostic *d, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
// Adds those of another list, which must live as long.
void diagnostics_append(Diagnostics *to, const Diagnostics *from);
// Takes back the diagnostics from the n-th on for which it is asked.
void diagnostics_take_back(Diagnostics *list, uint32_t n,
                           bool (*is_taken)(const Diagnostic *d, void *context), void *context);
// Sorted by place (those without one first), errors at one place before warnings; stable. Of errors
// and of warnings the first DIAGNOSTICS_MAX stay.
void diagnostics_sort(Diagnostics *list);
const char *diagnostic_code_text(DiagnosticCode code);     // "E0102"
const char *diagnostic_code_meaning(DiagnosticCode code);  // one line
