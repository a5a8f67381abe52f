// Files side by side in one space of offsets. Each takes its length and one more, so that the place
// behind its last byte is its own as well; bases grow, so that a file is found by bisection.
//
//   0        1 ............... n+1  n+2 .......
//   nowhere  first file, its end    second file
#include "lang/source/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lang/base/vec.h"

struct SourceSet {
  Arena *arena;
  VEC(SourceFile *) files;
  uint32_t next_base;
};

SourceSet *source_set_new(Arena *arena) {
  SourceSet *set = ARENA_NEW(arena, SourceSet);
  set->arena = arena;
  set->next_base = 1;
  return set;
}

static void find_lines(Arena *arena, SourceFile *file) {
  const char *at = file->text.at, *end = at + file->text.n;
  file->n_lines = 1;
  for (const char *p = at; (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++) file->n_lines++;
  file->line_starts = ARENA_ARRAY(arena, uint32_t, file->n_lines);
  uint32_t line = 1;
  for (const char *p = at; (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
    file->line_starts[line++] = (uint32_t)(p + 1 - at);
}

static bool set_has_room(const SourceSet *set, size_t n) {
  return n < UINT32_MAX - set->next_base;
}

const SourceFile *source_add(SourceSet *set, Text path, Text text) {
  if (!set_has_room(set, text.n)) memory_exhausted();
  SourceFile *file = ARENA_NEW(set->arena, SourceFile);
  file->path = text_copy(set->arena, path);
  file->text = text_copy(set->arena, text);
  file->base = set->next_base;
  set->next_base += text.n + 1;
  find_lines(set->arena, file);
  vec_push(set->arena, &set->files, file);
  return file;
}

static SourceStatus status_of_errno(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR: return SOURCE_MISSING;
    case EACCES:
    case EPERM: return SOURCE_NO_PERMISSION;
    case EISDIR: return SOURCE_IS_DIRECTORY;
    case ENXIO:  // a socket
      return SOURCE_NOT_REGULAR;
    default: return SOURCE_UNREADABLE;
  }
}

// Opens without waiting: a FIFO without a writer would otherwise hold the program for ever.
static SourceStatus open_regular(const char *path, int *fd) {
  *fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (*fd < 0) return status_of_errno(errno);
  struct stat about;
  SourceStatus status = SOURCE_OK;
  if (fstat(*fd, &about) != 0) status = SOURCE_UNREADABLE;
  else if (S_ISDIR(about.st_mode)) status = SOURCE_IS_DIRECTORY;
  else if (!S_ISREG(about.st_mode)) status = SOURCE_NOT_REGULAR;
  else if (about.st_size > (off_t)SOURCE_MAX_BYTES) status = SOURCE_TOO_LARGE;
  if (status != SOURCE_OK) close(*fd);
  return status;
}

// Reads to the end, or one byte beyond the limit.
static SourceStatus read_all(int fd, TextBuilder *b) {
  char buffer[1 << 16];
  for (;;) {
    ssize_t n = read(fd, buffer, sizeof buffer);
    if (n == 0) return SOURCE_OK;
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return status_of_errno(errno);
    text_add_bytes(b, buffer, (size_t)n);
    if (b->n > SOURCE_MAX_BYTES) return SOURCE_TOO_LARGE;
  }
}

SourceStatus source_read(SourceSet *set, const char *path, const SourceFile **file) {
  bool is_input = strcmp(path, "-") == 0;
  int fd = STDIN_FILENO;
  if (!is_input) {
    SourceStatus status = open_regular(path, &fd);
    if (status != SOURCE_OK) return status;
  }
  TextBuilder b = {0};
  SourceStatus status = read_all(fd, &b);
  if (!is_input) close(fd);
  if (status == SOURCE_OK && !set_has_room(set, b.n)) status = SOURCE_TOO_LARGE;
  if (status == SOURCE_OK) *file = source_add(set, text_of(path), (Text){b.at, (uint32_t)b.n});
  text_builder_free(&b);
  return status;
}

const char *source_status_text(SourceStatus status) {
  switch (status) {
    case SOURCE_OK: return "it was read";
    case SOURCE_MISSING: return "there is no such file";
    case SOURCE_NO_PERMISSION: return "it may not be read";
    case SOURCE_IS_DIRECTORY: return "it is a directory";
    case SOURCE_NOT_REGULAR: return "it is not a regular file";
    case SOURCE_TOO_LARGE: return "it is larger than 64 MiB";
    case SOURCE_UNREADABLE: return "it cannot be read";
  }
  return "it cannot be read";
}

const SourceFile *source_file_at(const SourceSet *set, uint32_t offset) {
  if (offset == 0 || offset >= set->next_base) return NULL;
  uint32_t low = 0, high = set->files.n;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (set->files.items[middle]->base <= offset) low = middle;
    else high = middle;
  }
  return set->files.items[low];
}

// The line, from 0, that holds an offset of the file.
static uint32_t line_at(const SourceFile *file, uint32_t offset) {
  uint32_t low = 0, high = file->n_lines;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (file->line_starts[middle] <= offset) low = middle;
    else high = middle;
  }
  return low;
}

Place source_place(const SourceSet *set, uint32_t offset) {
  const SourceFile *file = source_file_at(set, offset);
  if (!file) return (Place){NULL, 0, 0};
  uint32_t at = offset - file->base, line = line_at(file, at), column = 1;
  for (uint32_t i = file->line_starts[line]; i < at; i++)
    column += ((unsigned char)file->text.at[i] & 0xC0) != 0x80;
  return (Place){file, line + 1, column};
}

Text source_line(const SourceFile *file, uint32_t line) {
  if (line < 1 || line > file->n_lines) return TEXT("");
  uint32_t from = file->line_starts[line - 1];
  uint32_t to = line < file->n_lines ? file->line_starts[line] - 1 : file->text.n;
  if (line < file->n_lines && to > from && file->text.at[to - 1] == '\r') to--;
  return (Text){file->text.at + from, to - from};
}

Text source_slice(const SourceSet *set, Span span) {
  const SourceFile *file = source_file_at(set, span.from);
  if (!file || span.to <= span.from) return TEXT("");
  uint32_t end = file->base + file->text.n;
  uint32_t to = span.to < end ? span.to : end;
  if (to <= span.from) return TEXT("");
  return (Text){file->text.at + (span.from - file->base), to - span.from};
}

uint32_t source_count(const SourceSet *set) {
  return set->files.n;
}

const SourceFile *source_get(const SourceSet *set, uint32_t index) {
  return index < set->files.n ? set->files.items[index] : NULL;
}
