// Characters. utf8proc knows their categories; a name is a letter or "_", then letters, marks,
// digits and connecting punctuation (the classes of identifiers of Unicode Standard Annex 31, by
// category).
#include "lang/syntax/characters.h"

#include <utf8proc.h>

// The character at the beginning of the text, and how many bytes it takes. The text is well-formed.
static utf8proc_int32_t character_at(const char *at, size_t n, uint32_t *taken) {
  utf8proc_int32_t c = 0;
  utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)at, (utf8proc_ssize_t)n, &c);
  *taken = size > 0 ? (uint32_t)size : 1;
  return size > 0 ? c : 0xFFFD;
}

static bool is_control(utf8proc_int32_t c) {
  if (c == '\t' || c == '\n' || c == '\r') return false;
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

static bool is_override(utf8proc_int32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static void refuse_hidden(Diagnostics *diagnostics, Span span, utf8proc_int32_t c) {
  Diagnostic *d = diagnostic_add(diagnostics, E_CHARACTER, span,
                                 "the character U+%04X cannot stand in a script", (unsigned)c);
  diagnostic_label(diagnostics, d,
                   is_override(c) ? "it turns the reading direction around unseen"
                                  : "a control character, which is not seen");
}

static void refuse_bytes(Diagnostics *diagnostics, const SourceFile *file, size_t bad) {
  uint32_t at = file->base + (uint32_t)bad;
  Diagnostic *d =
      diagnostic_add(diagnostics, E_UTF8, (Span){at, at + 1}, "this file is not UTF-8 text");
  diagnostic_label(diagnostics, d, "the byte %02X does not belong here",
                   (unsigned)(unsigned char)file->text.at[bad]);
  diagnostic_hint(diagnostics, d, "Save the script as UTF-8.");
}

bool characters_check(Diagnostics *diagnostics, const SourceFile *file) {
  Text text = file->text;
  size_t bad = 0;
  if (!text_is_utf8(text, &bad)) {
    refuse_bytes(diagnostics, file, bad);
    return false;
  }
  for (uint32_t i = 0, taken; i < text.n; i += taken) {
    unsigned char byte = (unsigned char)text.at[i];
    taken = 1;
    if (byte >= 0x20 && byte < 0x7F) continue;
    utf8proc_int32_t c = character_at(text.at + i, text.n - i, &taken);
    if (!is_control(c) && !is_override(c)) continue;
    uint32_t to = i;
    for (utf8proc_int32_t next = c; is_control(next) || is_override(next);) {
      to += taken;
      if (to >= text.n) break;
      next = character_at(text.at + to, text.n - to, &taken);
    }
    refuse_hidden(diagnostics, (Span){file->base + i, file->base + to}, c);
    taken = to - i;
  }
  return true;
}

static bool starts_name(utf8proc_int32_t c) {
  if (c == '_') return true;
  utf8proc_category_t category = utf8proc_category(c);
  return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LL ||
         category == UTF8PROC_CATEGORY_LT || category == UTF8PROC_CATEGORY_LM ||
         category == UTF8PROC_CATEGORY_LO || category == UTF8PROC_CATEGORY_NL;
}

static bool continues_name(utf8proc_int32_t c) {
  utf8proc_category_t category = utf8proc_category(c);
  return starts_name(c) || category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
         category == UTF8PROC_CATEGORY_ND || category == UTF8PROC_CATEGORY_PC;
}

bool characters_check_word(Diagnostics *diagnostics, Text word, Span span) {
  for (uint32_t i = 0, taken; i < word.n; i += taken) {
    utf8proc_int32_t c = character_at(word.at + i, word.n - i, &taken);
    if (i ? continues_name(c) : starts_name(c)) continue;
    Span place = {span.from + i, span.from + i + taken};
    Diagnostic *d = diagnostic_add(diagnostics, E_CHARACTER, place,
                                   "the character U+%04X cannot stand in a name", (unsigned)c);
    diagnostic_label(diagnostics, d, "a name is made of letters, digits and \"_\"%s",
                     i == 0 && continues_name(c) ? " and does not begin with this" : "");
    return false;
  }
  return true;
}

void characters_refuse(Diagnostics *diagnostics, Text character, Span span) {
  Diagnostic *d = diagnostic_add(diagnostics, E_CHARACTER, span, "\"%.*s\" means nothing here",
                                 TEXT_ARG(character));
  if (character.at[0] == '[' || character.at[0] == ']')
    diagnostic_label(diagnostics, d, "brackets are round: ( )");
}
