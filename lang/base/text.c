// Slices, the builder, and what Unicode asks of text that is shown: width, validity, harmlessness.
#include "lang/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

Text text_of(const char *terminated) {
  return (Text){terminated, (uint32_t)strlen(terminated)};
}

bool text_equal(Text a, Text b) {
  return a.n == b.n && (a.n == 0 || memcmp(a.at, b.at, a.n) == 0);
}

Text text_copy(Arena *arena, Text text) {
  char *at = arena_alloc(arena, (size_t)text.n + 1);
  if (text.n) memcpy(at, text.at, text.n);
  return (Text){at, text.n};
}

Text text_format(Arena *arena, const char *format, ...) {
  TextBuilder b = {0};
  va_list args;
  va_start(args, format);
  text_addv(&b, format, args);
  va_end(args);
  return text_builder_take(&b, arena);
}

// Room for n more bytes and the terminating zero.
static void builder_reserve(TextBuilder *b, size_t n) {
  size_t need;
  if (__builtin_add_overflow(b->n, n, &need) || need > SIZE_MAX / 2 - 1) memory_exhausted();
  if (need + 1 <= b->cap) return;
  size_t cap = b->cap ? 2 * b->cap : 64;
  if (cap < need + 1) cap = need + 1;
  b->at = memory_grow(b->at, cap, 1);
  b->cap = cap;
}

void text_add_bytes(TextBuilder *b, const char *at, size_t n) {
  builder_reserve(b, n);
  if (n) memcpy(b->at + b->n, at, n);
  b->n += n;
  b->at[b->n] = '\0';
}

void text_add(TextBuilder *b, const char *terminated) {
  text_add_bytes(b, terminated, strlen(terminated));
}

void text_add_text(TextBuilder *b, Text text) {
  text_add_bytes(b, text.at, text.n);
}

void text_add_char(TextBuilder *b, char c) {
  text_add_bytes(b, &c, 1);
}

void text_addf(TextBuilder *b, const char *format, ...) {
  va_list args;
  va_start(args, format);
  text_addv(b, format, args);
  va_end(args);
}

void text_addv(TextBuilder *b, const char *format, va_list args) {
  va_list again;
  va_copy(again, args);
  int n = vsnprintf(NULL, 0, format, again);
  va_end(again);
  if (n < 0) return;  // only a format that cannot be written; nothing is added then
  builder_reserve(b, (size_t)n);
  vsnprintf(b->at + b->n, (size_t)n + 1, format, args);
  b->n += (size_t)n;
}

void text_builder_free(TextBuilder *b) {
  free(b->at);
  *b = (TextBuilder){0};
}

Text text_builder_take(TextBuilder *b, Arena *arena) {
  if (b->n > UINT32_MAX - 1) memory_exhausted();
  Text text = text_copy(arena, (Text){b->at, (uint32_t)b->n});
  text_builder_free(b);
  return text;
}

// One character at `at`, and how many bytes it takes. A byte that is no UTF-8 is a character of its
// own: -1.
static uint32_t text_char(const char *at, size_t n, int32_t *c) {
  utf8proc_int32_t code;
  utf8proc_ssize_t taken =
      utf8proc_iterate((const utf8proc_uint8_t *)at, (utf8proc_ssize_t)n, &code);
  *c = taken > 0 ? code : -1;
  return taken > 0 ? (uint32_t)taken : 1;
}

uint32_t text_width(Text text) {
  uint32_t width = 0;
  for (uint32_t i = 0; i < text.n;) {
    int32_t c;
    i += text_char(text.at + i, text.n - i, &c);
    width += c < 0 || c == '\t' ? 1 : (uint32_t)utf8proc_charwidth(c);
  }
  return width;
}

bool text_is_utf8(Text text, size_t *bad) {
  for (uint32_t i = 0; i < text.n;) {
    if ((unsigned char)text.at[i] < 0x80) {
      i++;
      continue;
    }
    int32_t c;
    uint32_t taken = text_char(text.at + i, text.n - i, &c);
    if (c < 0) {
      if (bad) *bad = i;
      return false;
    }
    i += taken;
  }
  return true;
}

// What may move the cursor, turn the reading direction around, end the line or stand there unseen.
static bool char_is_harmful(int32_t c) {
  utf8proc_category_t category = utf8proc_category(c);
  bool controls = category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_ZL ||
                  category == UTF8PROC_CATEGORY_ZP;
  bool turns = c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
               (c >= 0x2066 && c <= 0x2069);
  bool hides = c == 0x200B || c == 0x2060 || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE007F);
  return controls || turns || hides;
}

void text_add_shown(TextBuilder *b, Text text) {
  for (uint32_t i = 0; i < text.n;) {
    int32_t c;
    uint32_t taken = text_char(text.at + i, text.n - i, &c);
    if (c < 0) {
      text_add(b, "\xEF\xBF\xBD");  // U+FFFD, the replacement character
    } else if (c == '\t') {
      text_add_char(b, ' ');
    } else if (c >= ' ' && c < 0x7F) {
      text_add_char(b, (char)c);
    } else if (char_is_harmful(c)) {
      text_addf(b, "\\u{%x}", (unsigned)c);
    } else {
      text_add_bytes(b, text.at + i, taken);
    }
    i += taken;
  }
}
