// Changes: `assume PATH = …` of a scenario or of --set, each looked up in the table of inputs. A
// rule answers to both its words: `duma.communists.line` and `.free` are one input, and the word
// that is written says what the rule becomes.
#include "lang/check/resolver.h"

typedef enum EntryKind { ENTRY_INPUT, ENTRY_OTHER_WORD, ENTRY_REST } EntryKind;

typedef struct Entry {
  Text path;
  EntryKind kind;
  uint32_t input;
} Entry;

typedef VEC(Entry) Entries;  // sorted by path

static int compare_texts(Text a, Text b) {
  int order = memcmp(a.at, b.at, a.n < b.n ? a.n : b.n);
  return order ? order : (a.n > b.n) - (a.n < b.n);
}

static int compare_entries(const void *left, const void *right) {
  const Entry *a = left, *b = right;
  int order = compare_texts(a->path, b->path);
  return order ? order : (a->input > b->input) - (a->input < b->input);
}

// The third word of the path is `line` or `free`: the same path with the other.
static Text other_word(Checker *c, Text path, bool is_free) {
  uint32_t dots = 0, at = 0;
  while (at < path.n && dots < 2) dots += path.at[at++] == '.';
  return text_format(c->arena, "%.*s%s%.*s", (int)at, path.at, is_free ? "line" : "free",
                     (int)(path.n - at - 4), path.at + at + 4);
}

static bool is_free_path(Text path) {
  uint32_t dots = 0, at = 0;
  while (at < path.n && dots < 2) dots += path.at[at++] == '.';
  return path.n - at >= 4 && !memcmp(path.at + at, "free", 4);
}

static void add_entry(Entries *entries, Text path, EntryKind kind, uint32_t input) {
  Entry entry = {path, kind, input};
  list_push(entries, entry);
}

static Entries sort_entries(Checker *c, const PathList *rest) {
  Entries entries = {0};
  const Program *p = c->program;
  for (uint32_t i = 0; i < p->inputs.n; i++) {
    Text path = p->inputs.items[i].path;
    add_entry(&entries, path, ENTRY_INPUT, i);
    if (p->inputs.items[i].kind == INPUT_RULE)
      add_entry(&entries, other_word(c, path, is_free_path(path)), ENTRY_OTHER_WORD, i);
  }
  for (uint32_t i = 0; i < rest->n; i++) add_entry(&entries, rest->items[i], ENTRY_REST, NO_INDEX);
  if (entries.n) qsort(entries.items, entries.n, sizeof *entries.items, compare_entries);
  return entries;
}

static const Entry *find_entry(const Entries *entries, Text path) {
  uint32_t low = 0, high = entries->n;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (compare_texts(entries->items[middle].path, path) < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < entries->n && text_equal(entries->items[low].path, path) ? &entries->items[low]
                                                                        : NULL;
}

// The path up to its last dot, with it: "duma.communists.".
static Text holder_of(Text path) {
  uint32_t n = path.n;
  while (n && path.at[n - 1] != '.') n--;
  return (Text){path.at, n};
}

static bool begins_with(Text text, Text start) {
  return text.n >= start.n && !memcmp(text.at, start.at, start.n);
}

// A property that has its default, and so stands nowhere in the script: there is nothing to change.
static bool hint_default(Checker *c, Diagnostic *d, Text path) {
  static const struct {
    Text word;
    const char *written;
  } defaults[] = {{TEXT("loyalty"), "loyalty 100%"},
                  {TEXT("turnout"), "turnout 100%"},
                  {TEXT("abstain"), "abstain 0%"},
                  {TEXT("seats"), "seats 1"}};
  Text holder = holder_of(path), word = {path.at + holder.n, path.n - holder.n};
  const Program *p = c->program;
  for (size_t k = 0; k < sizeof defaults / sizeof *defaults; k++) {
    if (!text_equal(word, defaults[k].word)) continue;
    for (uint32_t i = 0; holder.n && i < p->inputs.n; i++) {
      if (p->inputs.items[i].kind != INPUT_RULE || !begins_with(p->inputs.items[i].path, holder))
        continue;
      diagnostic_hint(c->diagnostics, d,
                      "The script does not say it: write \"%s\" in the bloc first.",
                      defaults[k].written);
      return true;
    }
  }
  return false;
}

static void hint_inputs(Checker *c, Diagnostic *d) {
  enum { MAX_LISTED = 6 };
  const Program *p = c->program;
  TextBuilder b = {0};
  for (uint32_t i = 0; i < p->inputs.n && i < MAX_LISTED; i++) {
    if (i) text_add(&b, ", ");
    text_add_text(&b, p->inputs.items[i].path);
  }
  if (!p->inputs.n) text_add(&b, "nothing");
  if (p->inputs.n > MAX_LISTED) text_addf(&b, " and %u more", p->inputs.n - MAX_LISTED);
  diagnostic_hint(c->diagnostics, d, "What can be changed: %s.", b.at);
  text_builder_free(&b);
}

static void report_no_input(Checker *c, const Node *node, Text path) {
  Diagnostic *d = diagnostic_add(c->diagnostics, E_CHANGE, node->assume.path->span,
                                 "no input is called \"%.*s\"", TEXT_ARG(path));
  if (c->diagnostics->n_errors > DIAGNOSTICS_FOUND || hint_default(c, d, path)) return;
  const Program *p = c->program;
  Text *paths = ARENA_ARRAY(c->arena, Text, p->inputs.n + 1);
  for (uint32_t i = 0; i < p->inputs.n; i++) paths[i] = p->inputs.items[i].path;
  Suggestion near = suggest_nearest(path, paths, p->inputs.n);
  if (near.word.n) {
    diagnostic_label(c->diagnostics, d, "did you mean \"%.*s\"?", TEXT_ARG(near.word));
  } else {
    hint_inputs(c, d);
  }
}

static bool fits(Checker *c, const Node *node, const Input *input, Text path) {
  if (input->kind == INPUT_THRESHOLD) {
    Diagnostic *d = diagnostic_add(c->diagnostics, E_CHANGE, node->span,
                                   "\"%.*s\" is a threshold, not a value", TEXT_ARG(path));
    diagnostic_also(c->diagnostics, d, input->span, "the threshold");
    diagnostic_hint(c->diagnostics, d, "This version changes no thresholds: write it there.");
    return false;
  }
  if (node->assume.kind != ASSUME_SPREAD || input->kind == INPUT_ASSUME) return true;
  Diagnostic *d =
      diagnostic_add(c->diagnostics, E_CHANGE, node->span,
                     "only an assumption can be uncertain, \"%.*s\" is none", TEXT_ARG(path));
  diagnostic_also(c->diagnostics, d, input->span, "what would be changed");
  diagnostic_hint(c->diagnostics, d, "Declare an assumption with \"~\" and use its name there.");
  return false;
}

// Resolves one change; false where it fits no input, which is told.
static bool read_change(Checker *c, const Entries *entries, const Node *node, Change *change) {
  const Node *target = node->assume.path;
  if (target->kind != NODE_PATH || !node->assume.value) return false;
  Text path = path_text(c, target, target->path.n);
  const Entry *entry = find_entry(entries, path);
  if (!entry) {
    report_no_input(c, node, path);
    return false;
  }
  if (entry->kind == ENTRY_REST) {
    Diagnostic *d = diagnostic_add(c->diagnostics, E_CHANGE, target->span,
                                   "\"%.*s\" takes what the other options leave", TEXT_ARG(path));
    diagnostic_hint(c->diagnostics, d, "Change one of the others.");
    return false;
  }
  const Input *input = &c->program->inputs.items[entry->input];
  if (!fits(c, node, input, path)) return false;
  *change =
      (Change){entry->input, node->assume.kind == ASSUME_SPREAD ? CHANGE_SPREAD : CHANGE_VALUE,
               node->assume.value, node->assume.title, node->span};
  if (input->kind == INPUT_RULE) change->form = is_free_path(path) ? CHANGE_FREE : CHANGE_LINE;
  if (target->path.n == 1) {
    const Entity *entity = program_entity(c->program, lookup_entity(c, target->path.parts[0].id));
    c->program->refs[target->id] =
        (Ref){.kind = entity->kind == ENTITY_FACT ? REF_FACT : REF_ASSUME, .index = entity->index};
  }
  return true;
}

static bool is_change(const Node *node) {
  return node->kind == NODE_ASSUME &&
         (node->assume.kind == ASSUME_VALUE || node->assume.kind == ASSUME_SPREAD);
}

// `last_of` holds for each input the scenario and change that named it last, so that a second one
// is seen at once.
static void change_scenario(Checker *c, const Entries *entries, uint32_t scenario,
                            uint32_t *last_of) {
  ScenarioInfo *info = &c->program->scenarios.items[scenario];
  const NodeList *items = &program_entity(c->program, info->entity)->node->scenario.changes;
  for (uint32_t i = 0; i < items->n; i++) {
    Change change;
    if (!is_change(items->items[i]) || !read_change(c, entries, items->items[i], &change)) continue;
    uint32_t last = last_of[change.input];
    if (last < info->changes.n && info->changes.items[last].input == change.input) {
      Diagnostic *d = diagnostic_add(c->diagnostics, E_TWICE, change.span,
                                     "this scenario changes \"%.*s\" twice",
                                     TEXT_ARG(c->program->inputs.items[change.input].path));
      diagnostic_also(c->diagnostics, d, info->changes.items[last].span, "first here");
      continue;
    }
    last_of[change.input] = info->changes.n;
    vec_push(c->arena, &info->changes, change);
  }
}

static void read_sets(Checker *c, const Entries *entries, const NodeList *items) {
  for (uint32_t i = 0; i < items->n; i++) {
    const Node *node = items->items[i];
    Change change;
    if (node->kind == NODE_ERROR) continue;
    if (node->kind != NODE_ASSUME) {
      Diagnostic *d = diagnostic_add(c->diagnostics, E_CHANGE, node->span, "this is no change");
      diagnostic_hint(c->diagnostics, d,
                      "A change gives an input a value: \"veto_chance = 20%%\".");
    } else if (is_change(node) && read_change(c, entries, node, &change)) {
      vec_push(c->arena, &c->program->sets, change);
    }
  }
}

static bool has_changes(const Checker *c) {
  uint32_t n_script_files =
      c->options.n_script_files ? c->options.n_script_files : c->tree->n_files;
  return c->program->scenarios.n || n_script_files < c->tree->n_files;
}

void check_changes(Checker *c, const PathList *rest) {
  if (!has_changes(c)) return;
  Entries entries = sort_entries(c, rest);
  uint32_t *last_of = ARENA_ARRAY(c->arena, uint32_t, c->program->inputs.n + 1);
  for (uint32_t i = 0; i < c->program->scenarios.n; i++) change_scenario(c, &entries, i, last_of);
  for (uint32_t f = 0; f < c->tree->n_files; f++) {
    if (check_is_change_file(c, f)) read_sets(c, &entries, &c->tree->files[f].items);
  }
  list_free(&entries);
}
