// Source texts and places in them. Every file of a program gets a range of one space of byte
// offsets, so that a place is two offsets and the file is found from them. The set owns the texts
// (in its arena); offset 0 is "nowhere".
#pragma once
#include "lang/base/text.h"

typedef struct Span {
  uint32_t from, to;  // to is behind the last byte
} Span;

typedef struct SourceFile {
  Text path;      // as given, shown in messages
  Text text;      // followed by one zero byte
  uint32_t base;  // offset of its first byte
  uint32_t n_lines;
  uint32_t *line_starts;  // relative to base, n_lines of them; made at loading
} SourceFile;

typedef struct SourceSet SourceSet;

typedef struct Place {
  const SourceFile *file;
  uint32_t line, column;  // from 1; the column counts characters
} Place;

typedef enum SourceStatus {
  SOURCE_OK,
  SOURCE_MISSING,
  SOURCE_NO_PERMISSION,
  SOURCE_IS_DIRECTORY,
  SOURCE_NOT_REGULAR,
  SOURCE_TOO_LARGE,
  SOURCE_UNREADABLE,
} SourceStatus;

#define SOURCE_MAX_BYTES (64u << 20)

SourceSet *source_set_new(Arena *arena);
// Adds a text under a name ("<--set>"). The text is copied.
const SourceFile *source_add(SourceSet *set, Text path, Text text);
// Reads a regular file, or standard input for "-".
SourceStatus source_read(SourceSet *set, const char *path, const SourceFile **file);
const char *source_status_text(SourceStatus status);  // "there is no such file", …
const SourceFile *source_file_at(const SourceSet *set, uint32_t offset);  // NULL for nowhere
Place source_place(const SourceSet *set, uint32_t offset);
Text source_line(const SourceFile *file, uint32_t line);  // without its end of line
Text source_slice(const SourceSet *set, Span span);
uint32_t source_count(const SourceSet *set);
const SourceFile *source_get(const SourceSet *set, uint32_t index);
