// Diagnostics as JSON, for editors and other programs. Texts are given as they are, not as a
// terminal would be shown them; only bytes that are no UTF-8 are replaced.
#include <jansson.h>
#include <stdlib.h>

#include "lang/source/render.h"

static json_t *checked(json_t *json) {
  if (!json) memory_exhausted();
  return json;
}

static json_t *json_text(Text text) {
  TextBuilder b = {0};
  size_t bad;
  text_add(&b, "");
  while (!text_is_utf8(text, &bad)) {
    text_add_bytes(&b, text.at, bad);
    text_add(&b, "\xEF\xBF\xBD");  // U+FFFD, the replacement character
    text = (Text){text.at + bad + 1, text.n - (uint32_t)bad - 1};
  }
  text_add_text(&b, text);
  json_t *json = checked(json_stringn(b.at, b.n));
  text_builder_free(&b);
  return json;
}

// The field is the object's then.
static void set(json_t *object, const char *key, json_t *value) {
  if (json_object_set_new(object, key, checked(value)) != 0) memory_exhausted();
}

static void append(json_t *array, json_t *value) {
  if (json_array_append_new(array, checked(value)) != 0) memory_exhausted();
}

static void set_label(json_t *object, const Label *label, const SourceSet *sources) {
  Place from = source_place(sources, label->span.from);
  if (!from.file) {
    set(object, "file", json_null());
    return;
  }
  Place to =
      source_place(sources, label->span.to > label->span.from ? label->span.to : label->span.from);
  if (to.file != from.file) to = from;
  set(object, "file", json_text(from.file->path));
  set(object, "line", json_integer(from.line));
  set(object, "column", json_integer(from.column));
  set(object, "end_line", json_integer(to.line));
  set(object, "end_column", json_integer(to.column));
  set(object, "label", json_text(label->text));
}

static json_t *json_diagnostic(const Diagnostic *d, const SourceSet *sources) {
  json_t *object = checked(json_object());
  set(object, "code", json_string(diagnostic_code_text(d->code)));
  set(object, "severity", json_string(d->severity == SEVERITY_ERROR ? "error" : "warning"));
  set(object, "title", json_text(d->title));
  set_label(object, &d->primary, sources);
  json_t *more = checked(json_array()), *notes = checked(json_array());
  for (uint32_t i = 0; i < d->more.n; i++) {
    json_t *label = checked(json_object());
    set_label(label, &d->more.items[i], sources);
    append(more, label);
  }
  for (uint32_t i = 0; i < d->notes.n; i++) append(notes, json_text(d->notes.items[i]));
  set(object, "more", more);
  set(object, "notes", notes);
  set(object, "hint", d->hint.n ? json_text(d->hint) : json_null());
  return object;
}

void render_json(TextBuilder *out, const Diagnostics *list, const SourceSet *sources) {
  json_t *root = checked(json_object()), *items = checked(json_array());
  for (uint32_t i = 0; i < list->items.n; i++)
    append(items, json_diagnostic(list->items.items[i], sources));
  set(root, "legis", json_integer(1));
  set(root, "errors", json_integer(list->n_errors));
  set(root, "warnings", json_integer(list->n_warnings));
  set(root, "left_out", json_integer(list->n_dropped));
  set(root, "diagnostics", items);
  char *text = json_dumps(root, JSON_INDENT(2));
  if (!text) memory_exhausted();
  text_add(out, text);
  text_add_char(out, '\n');
  free(text);
  json_decref(root);
}
