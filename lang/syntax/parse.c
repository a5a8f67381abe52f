// Files into one tree. They stand in the order in which they were first used, the main one first; a
// file is known by its real path, so that circles end and a link is no second file. Using goes only
// downwards from the main script's folder: a script comes from a stranger.
#include "lang/syntax/parse.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lang/syntax/feed.h"

#define USE_MAX_DEPTH 64

typedef struct Used {
  char *real;      // owned; NULL for a text that has no path
  uint32_t depth;  // how many uses lead here from the main file
} Used;

typedef struct Parse {
  Tree *tree;
  Diagnostics *diagnostics;
  char *root;  // real path of the main script's folder, owned
  VEC(TreeFile) files;
  VEC(Used) used;  // of each file
} Parse;

static void add_file(Parse *p, const SourceFile *file, Used used) {
  TreeFile tree_file = feed_file(p->tree, p->diagnostics, file);
  vec_push(p->tree->arena, &p->files, tree_file);
  vec_push(p->tree->arena, &p->used, used);
}

// --- Paths ---

// "a/b/c.leg" -> "a/b", "c.leg" -> ".", "/c.leg" -> "/".
static Text folder_of(Text path) {
  uint32_t n = path.n;
  while (n > 0 && path.at[n - 1] != '/') n--;
  if (n == 0) return TEXT(".");
  return (Text){path.at, n > 1 ? n - 1 : 1};
}

// The used path as seen from where the program was started: never "-", which would be standard
// input.
static Text path_from(Arena *arena, Text user, Text path) {
  Text folder = folder_of(user);
  if (path.n && path.at[0] == '/') return text_copy(arena, path);
  if (text_equal(folder, TEXT("."))) {
    bool is_input = text_equal(path, TEXT("-"));
    return text_format(arena, "%s%.*s", is_input ? "./" : "", TEXT_ARG(path));
  }
  bool is_root = text_equal(folder, TEXT("/"));
  return text_format(arena, "%.*s%s%.*s", TEXT_ARG(folder), is_root ? "" : "/", TEXT_ARG(path));
}

static bool lies_below(const char *root, const char *real) {
  size_t n = strlen(root);
  if (n == 1) return true;  // "/"
  return strncmp(root, real, n) == 0 && real[n] == '/';
}

static bool is_used_already(const Parse *p, const char *real) {
  for (uint32_t i = 0; i < p->used.n; i++)
    if (p->used.items[i].real && strcmp(p->used.items[i].real, real) == 0) return true;
  return false;
}

// --- Use ---

static Diagnostic *refuse_use(Parse *p, const Node *use, const char *why) {
  p->tree->lost.is_unread = true;
  Diagnostic *d = diagnostic_add(p->diagnostics, E_USE, use->use.path_span,
                                 "\"%.*s\" cannot be used", TEXT_ARG(use->use.path));
  diagnostic_label(p->diagnostics, d, "%s", why);
  return d;
}

static void read_used(Parse *p, const Node *use, Text path, char *real, uint32_t depth) {
  const SourceFile *file = NULL;
  SourceStatus status = source_read(p->tree->sources, path.at, &file);
  if (status == SOURCE_OK) {
    add_file(p, file, (Used){real, depth});
    return;
  }
  refuse_use(p, use, source_status_text(status));
  free(real);
}

static const char *real_path_error(int error) {
  switch (error) {
    case EACCES: return source_status_text(SOURCE_NO_PERMISSION);
    case ENOENT:
    case ENOTDIR: return source_status_text(SOURCE_MISSING);
    case ENAMETOOLONG: return "its name is too long";
    case ELOOP: return "its links lead in a circle";
    default: return source_status_text(SOURCE_UNREADABLE);
  }
}

static void follow_use(Parse *p, uint32_t user, const Node *use) {
  Text path = path_from(p->tree->arena, p->files.items[user].file->path, use->use.path);
  uint32_t depth = p->used.items[user].depth + 1;
  char *real = strlen(path.at) == path.n && use->use.path.n ? realpath(path.at, NULL) : NULL;
  if (!real) {
    refuse_use(p, use, use->use.path.n ? real_path_error(errno) : "a file's path is expected");
  } else if (is_used_already(p, real)) {
    free(real);
  } else if (!p->root || !lies_below(p->root, real)) {
    Diagnostic *d = refuse_use(p, use, "it lies outside the main script's folder");
    diagnostic_note(p->diagnostics, d,
                    "Only files in that folder or in folders within it are read.");
    free(real);
  } else if (depth > USE_MAX_DEPTH) {
    refuse_use(p, use, "more than 64 files use each other in a row");
    free(real);
  } else {
    read_used(p, use, path, real, depth);
  }
}

// Later files are added behind while this goes on.
static void follow_uses(Parse *p) {
  for (uint32_t i = 0; i < p->files.n; i++) {
    NodeList items = p->files.items[i].items;
    for (uint32_t item = 0; item < items.n; item++)
      if (items.items[item]->kind == NODE_USE) follow_use(p, i, items.items[item]);
  }
}

// --- The script ---

static void refuse_main(Parse *p, const char *path, SourceStatus status) {
  DiagnosticCode code = status == SOURCE_TOO_LARGE ? E_TOO_LARGE : E_READ;
  const char *shown = strcmp(path, "-") == 0 ? "standard input" : path;
  diagnostic_add(p->diagnostics, code, (Span){0, 0}, "cannot read %s: %s", shown,
                 source_status_text(status));
}

static const SourceFile *read_main(Parse *p, const ParseInput *input) {
  if (input->text && input->text->n > SOURCE_MAX_BYTES) {
    refuse_main(p, input->path, SOURCE_TOO_LARGE);
    return NULL;
  }
  if (input->text) return source_add(p->tree->sources, text_of(input->path), *input->text);
  const SourceFile *file = NULL;
  SourceStatus status = source_read(p->tree->sources, input->path, &file);
  if (status != SOURCE_OK) refuse_main(p, input->path, status);
  return file;
}

static void parse_main(Parse *p, const ParseInput *input) {
  const SourceFile *file = read_main(p, input);
  if (!file) return;
  Text folder = text_copy(p->tree->arena, folder_of(text_of(input->path)));
  p->root = realpath(folder.at, NULL);
  bool has_path = !input->text && strcmp(input->path, "-") != 0;
  add_file(p, file, (Used){has_path ? realpath(input->path, NULL) : NULL, 0});
  follow_uses(p);
}

static void parse_change(Parse *p, const ChangeText *change) {
  add_file(p, source_add(p->tree->sources, text_of(change->shown_as), change->text),
           (Used){NULL, 0});
  NodeList items = p->files.items[p->files.n - 1].items;
  for (uint32_t i = 0; i < items.n; i++)
    if (items.items[i]->kind == NODE_USE) refuse_use(p, items.items[i], "a change uses no files");
}

Tree *parse_script(Arena *arena, const ParseInput *input, Diagnostics *diagnostics) {
  Tree *tree = ARENA_NEW(arena, Tree);
  *tree = (Tree){.arena = arena, .names = names_new(arena), .sources = source_set_new(arena)};
  lexer_intern_words(tree->names);
  Parse p = {.tree = tree, .diagnostics = diagnostics};
  parse_main(&p, input);
  for (uint32_t i = 0; i < input->n_changes; i++) parse_change(&p, &input->changes[i]);
  for (uint32_t i = 0; i < p.used.n; i++) free(p.used.items[i].real);
  free(p.root);
  tree->files = p.files.items;
  tree->n_files = p.files.n;
  return tree;
}

uint32_t parse_n_script_files(const Tree *tree, const ParseInput *input) {
  return tree->n_files - input->n_changes;
}
