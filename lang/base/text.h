// Text: a slice of UTF-8 bytes that somebody else owns, and a builder that owns what it has built.
#pragma once
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lang/base/arena.h"

typedef struct Text {
  const char *at;  // not terminated; NULL only where n is 0
  uint32_t n;
} Text;

#define TEXT(literal) ((Text){(literal), sizeof(literal) - 1})
#define TEXT_ARG(text) (int)(text).n, (text).at  // for "%.*s"

Text text_of(const char *terminated);
bool text_equal(Text a, Text b);
Text text_copy(Arena *arena, Text text);  // the copy is terminated as well
Text text_format(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

typedef struct TextBuilder {
  char *at;  // terminated once anything was added; owned, freed by text_builder_free
  size_t n, cap;
} TextBuilder;

void text_add(TextBuilder *b, const char *terminated);
void text_add_text(TextBuilder *b, Text text);
void text_add_bytes(TextBuilder *b, const char *at, size_t n);
void text_add_char(TextBuilder *b, char c);
void text_addf(TextBuilder *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_addv(TextBuilder *b, const char *format, va_list args);
void text_builder_free(TextBuilder *b);
// Copies into the arena and frees the builder.
Text text_builder_take(TextBuilder *b, Arena *arena);

// Columns that the text takes on a terminal (wide characters two, combining ones none, a tab counts
// as one).
uint32_t text_width(Text text);
// Whether the bytes are well-formed UTF-8; where not, *bad is the offset of the first byte that is
// not.
bool text_is_utf8(Text text, size_t *bad);
// Adds the text as it may be shown: control characters, ESC and bidirectional overrides as \u{…}.
void text_add_shown(TextBuilder *b, Text text);
