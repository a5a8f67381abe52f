// The answer as one JSON object. The layout is public: a field is added, never renamed, and "legis"
// counts up where that cannot be kept.
#include <jansson.h>
#include <math.h>
#include <stdlib.h>

#include "lang/check/grounds.h"
#include "runtime/show/claim.h"
#include "runtime/show/method.h"
#include "runtime/show/number.h"
#include "runtime/show/sentence.h"
#include "runtime/show/show.h"

#define LAYOUT 1
#define DIGITS 17

static json_t *checked(json_t *json) {
  if (!json) memory_exhausted();
  return json;
}

static void set(json_t *object, const char *key, json_t *value) {
  if (json_object_set_new(object, key, checked(value)) != 0) memory_exhausted();
}

static void append(json_t *array, json_t *value) {
  if (json_array_append_new(array, checked(value)) != 0) memory_exhausted();
}

// Scripts are UTF-8 by the time they run; names of files need not be.
static json_t *text_json(Text text) {
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

static json_t *number_json(double number) {
  return isfinite(number) ? json_real(number) : json_null();
}

static json_t *range_json(const Range *range) {
  if (!range->is_some) return json_null();
  json_t *array = checked(json_array());
  append(array, number_json(range->low));
  append(array, number_json(range->high));
  return array;
}

static json_t *date_json(Date date) {
  char shown[11];
  if (date == DATE_NONE) return json_null();
  date_format(date, shown);
  return json_string(shown);
}

static json_t *spread_json(const DateSpread *dates) {
  if (!dates->is_some) return json_null();
  json_t *object = checked(json_object());
  set(object, "earliest", date_json(dates->earliest));
  set(object, "p05", date_json(dates->p05));
  set(object, "p50", date_json(dates->p50));
  set(object, "p95", date_json(dates->p95));
  set(object, "latest", date_json(dates->latest));
  set(object, "mean", date_json(dates->mean));
  return object;
}

static json_t *value_json(Value value) {
  switch (value.type) {
    case VALUE_NONE: return json_null();
    case VALUE_NUMBER: return number_json(value.number);
    case VALUE_TRUTH: return json_boolean(value.truth);
    case VALUE_DATE: return date_json(value.date);
    case VALUE_DURATION: break;
  }
  json_t *object = checked(json_object());
  set(object, "months", json_integer(value.duration.months));
  set(object, "days", json_integer(value.duration.days));
  return object;
}

static void set_place(json_t *object, const Answer *answer, Span span) {
  Place place = source_place(answer->program->tree->sources, span.from);
  set(object, "file", place.file ? text_json(place.file->path) : json_null());
  set(object, "line", place.file ? json_integer(place.line) : json_null());
}

static json_t *title_json(const Title *title) {
  return title->has_text ? text_json(title->text) : json_null();
}

static json_t *summary_json(const Answer *answer) {
  Page page = {.arena = arena_new(), .width = SHOW_WIDTH};
  json_t *summary = text_json(show_sentence(&page, answer));
  arena_free(page.arena);
  return summary;
}

static json_t *outcomes_json(const Answer *answer) {
  json_t *array = checked(json_array());
  for (uint32_t i = 0; i < answer->n_outcomes; i++) {
    const OutcomeAnswer *outcome = &answer->outcomes[i];
    EntityId id = answer->program->outcomes.items[outcome->outcome];
    json_t *object = checked(json_object());
    set(object, "name", text_json(program_name(answer->program, id)));
    set(object, "title", title_json(&program_entity(answer->program, id)->title));
    set(object, "chance", number_json(outcome->chance));
    set(object, "error", number_json(outcome->error));
    set(object, "range", range_json(&outcome->range));
    json_t *dates = spread_json(&outcome->dates);
    if (outcome->dates.is_some) set(dates, "p90", date_json(show_day_by(outcome, 0.9)));
    set(object, "dates", dates);
    append(array, object);
  }
  return array;
}

static json_t *places_json(const Answer *answer) {
  const Program *program = answer->program;
  json_t *array = checked(json_array());
  for (uint32_t i = 0; i < answer->n_places; i++) {
    const PlaceAnswer *place = &answer->places[i];
    const Step *step = &program->steps.items[place->step];
    const StepInfo *info =
        &program->bodies.items[program->calls.items[step->call].body].steps.items[step->own];
    json_t *object = checked(json_object());
    set(object, "name", text_json(step->full_name));
    set(object, "kind", json_string(info->node->kind == NODE_STAGE ? "stage" : "call"));
    set_place(object, answer, info->node->span);
    set(object, "reached", number_json(place->reached));
    set(object, "passed", number_json(place->passed));
    set(object, "failed", number_json(place->failed));
    set(object, "dates", spread_json(&place->dates));
    append(array, object);
  }
  return array;
}

static json_t *reasons_json(const Answer *answer) {
  json_t *array = checked(json_array());
  for (uint32_t i = 0; i < answer->n_reasons; i++) {
    json_t *object = checked(json_object());
    set(object, "text", text_json(answer->reasons[i].text));
    set_place(object, answer, answer->reasons[i].span);
    set(object, "chance", number_json(answer->reasons[i].chance));
    append(array, object);
  }
  return array;
}

// What the answer rests on: how many numbers, and those that are guesses.
static void set_grounds(json_t *root, const Answer *answer) {
  Arena *arena = arena_new();
  Inputs inputs = inputs_new(answer->program, arena, answer->scenario);
  Grounds grounds = grounds_of_case(&inputs, answer->scenario, arena);
  json_t *array = checked(json_array());
  for (uint32_t i = 0; i < grounds.items.n; i++) {
    const Ground *ground = &grounds.items.items[i];
    if (!ground->is_guess) continue;
    json_t *object = checked(json_object());
    set(object, "path", ground->path.n ? text_json(ground->path) : json_null());
    set(object, "value",
        text_json(source_slice(answer->program->tree->sources, ground->value->span)));
    set(object, "title", title_json(&ground->title));
    set_place(object, answer, ground->value->span);
    append(array, object);
  }
  set(root, "assumptions", json_integer(grounds.items.n));
  set(root, "guesses", array);
  arena_free(arena);
}

static json_t *asks_json(const Answer *answer) {
  json_t *array = checked(json_array());
  for (uint32_t i = 0; i < answer->n_asks; i++) {
    const AskAnswer *ask = &answer->asks[i];
    const Node *node = ask->query->node;
    json_t *object = checked(json_object());
    set(object, "question", text_json(show_query_text(answer->program, ask->query)));
    set(object, "title", title_json(&node->query.title));
    set(object, "value", ask->is_spread ? spread_json(&ask->dates) : value_json(ask->value));
    bool has_error = ask->value.type != VALUE_NONE && !ask->is_spread;
    set(object, "error", has_error ? number_json(ask->error) : json_null());
    set(object, "range", range_json(&ask->range));
    if (node->query.claim->kind == NODE_DATE_OF) set(object, "happens", number_json(ask->happens));
    append(array, object);
  }
  return array;
}

static json_t *holds_json(Verdict verdict) {
  switch (verdict) {
    case VERDICT_HOLDS: return json_true();
    case VERDICT_FAILS: return json_false();
    case VERDICT_UNKNOWN: break;
  }
  return json_null();
}

static json_t *expects_json(const Answer *answer) {
  json_t *array = checked(json_array());
  for (uint32_t i = 0; i < answer->n_expects; i++) {
    const ExpectAnswer *expect = &answer->expects[i];
    json_t *object = checked(json_object());
    set(object, "claim", text_json(show_query_text(answer->program, expect->query)));
    set(object, "title", title_json(&expect->query->node->query.title));
    set(object, "holds", holds_json(expect->verdict));
    bool is_whole = !expect->decides || expect->decides == expect->query->node->query.claim;
    set(object, "value", is_whole ? value_json(expect->left) : json_null());
    set(object, "against", is_whole ? value_json(expect->right) : json_null());
    append(array, object);
  }
  return array;
}

static json_t *why_json(const Answer *answer) {
  Arena *arena = arena_new();
  Text why = show_why(arena, answer);
  json_t *json = why.n ? text_json(why) : json_null();
  arena_free(arena);
  return json;
}

static json_t *precision_json(const Answer *answer) {
  if (!(answer->precision > 0)) return json_null();
  json_t *object = checked(json_object());
  set(object, "asked", number_json(answer->precision));
  set(object, "reached", json_boolean(answer->is_precise));
  return object;
}

static json_t *self_check_json(const Checked *check) {
  if (!check->n_numbers) return json_null();
  json_t *object = checked(json_object());
  set(object, "numbers", json_integer(check->n_numbers));
  set(object, "trials", json_integer((json_int_t)check->trials));
  set(object, "seed", json_integer((json_int_t)check->seed));
  return object;
}

static json_t *scenario_json(const Answer *answer) {
  if (answer->scenario == NO_INDEX) return json_null();
  const Program *program = answer->program;
  return text_json(program_name(program, program->scenarios.items[answer->scenario].entity));
}

static json_t *changes_json(const Program *program) {
  json_t *array = checked(json_array());
  for (uint32_t i = 0; i < program->sets.n; i++)
    append(array, text_json(show_change(program, &program->sets.items[i])));
  return array;
}

void show_json(TextBuilder *out, const Answer *answer) {
  bool is_sampled = answer->method == METHOD_SAMPLE;
  json_t *root = checked(json_object());
  set(root, "legis", json_integer(LAYOUT));
  set(root, "case", text_json(answer->program->the_case->case_item.title));
  set(root, "summary", summary_json(answer));
  set(root, "method", json_string(is_sampled ? "sample" : "exact"));
  set(root, "trials", is_sampled ? json_integer((json_int_t)answer->trials) : json_null());
  set(root, "seed", is_sampled ? json_integer((json_int_t)answer->seed) : json_null());
  set(root, "why", why_json(answer));
  set(root, "precision", precision_json(answer));
  set(root, "self_check", self_check_json(&answer->checked));
  set(root, "interrupted", json_boolean(answer->is_interrupted));
  set(root, "scenario", scenario_json(answer));
  set(root, "changes", changes_json(answer->program));
  set_grounds(root, answer);
  set(root, "no_range", answer->no_range.n ? text_json(answer->no_range) : json_null());
  set(root, "outcomes", outcomes_json(answer));
  set(root, "places", places_json(answer));
  set(root, "reasons", reasons_json(answer));
  set(root, "seen", json_real(1));
  set(root, "asks", asks_json(answer));
  set(root, "expects", expects_json(answer));
  char *dump = json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(DIGITS));
  if (!dump) memory_exhausted();
  text_add(out, dump);
  text_add_char(out, '\n');
  free(dump);
  json_decref(root);
}
