// The scripts that stand in folders, for tests that run every one. Included behind cmocka.h.
#pragma once
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 1 << 20 };

typedef void ScriptVisit(const char *path, const char *text, void *context);

static inline char *read_text(const char *path) {
  FILE *file = fopen(path, "r");
  assert_non_null(file);
  char *text = calloc(1, MOST_BYTES);
  assert_true(fread(text, 1, MOST_BYTES - 1, file) < MOST_BYTES - 1);
  fclose(file);
  return text;
}

// Every file NAME.leg in these folders (a list that ends with NULL) and below them.
static inline void visit_scripts(char *const folders[], ScriptVisit *visit, void *context) {
  FTS *tree = fts_open(folders, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
  assert_non_null(tree);
  for (FTSENT *entry; (entry = fts_read(tree));) {
    size_t n = strlen(entry->fts_path);
    if (entry->fts_info != FTS_F || n <= 4 || strcmp(entry->fts_path + n - 4, ".leg") != 0)
      continue;
    char *text = read_text(entry->fts_path);
    visit(entry->fts_path, text, context);
    free(text);
  }
  fts_close(tree);
}
