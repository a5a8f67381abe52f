// Text to tree. `parse_script` reads the main file, follows `use` (relative to the using file; each file once; circles are
// harmless; regular files at or below the main file's folder, at most 64 deep) and reports every independent mistake.
// `changes` are texts of further items ("assume veto_chance = 20%"), each parsed as a file of its own named as given
// ("<--set>"), appended behind the script's files; their items are changes as in a scenario.
#pragma once
#include "lang/source/diagnostic.h"
#include "lang/syntax/tree.h"

typedef struct ChangeText {
  const char *shown_as;
  Text text;
} ChangeText;

typedef struct ParseInput {
  const char *path;          // "-": standard input
  const Text *text;          // not NULL: the main file's text, instead of reading `path`
  const ChangeText *changes;
  uint32_t n_changes;
} ParseInput;

// Never NULL; with errors in `diagnostics` the tree holds what could be understood (NODE_ERROR where not).
Tree *parse_script(Arena *arena, const ParseInput *input, Diagnostics *diagnostics);
uint32_t parse_n_script_files(const Tree *tree, const ParseInput *input);  // files before the changes
