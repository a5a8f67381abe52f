// Names of steps over the whole program: `STEP`, `CALL.STEP`, `PROCEDURE.STEP`. The names before
// the step are the last calls on the way to it, or some of them in order; a call is known by the
// name that `as` gives it and by its procedure's. A name that spells the whole way means that step,
// whatever else it could mean: without this a step of the case could not be named beside one of a
// procedure.
#include "lang/check/resolver.h"

enum { MAX_GROUP = 64, MAX_DEPTH = 260 };

typedef enum Match { MATCH_NONE, MATCH_PART, MATCH_WHOLE } Match;

static Name step_name(const Program *p, uint32_t step) {
  const Step *s = &p->steps.items[step];
  return p->bodies.items[p->calls.items[s->call].body].steps.items[s->own].name;
}

static Name procedure_name(const Program *p, const Call *call) {
  return program_entity(p, p->bodies.items[call->body].entity)->name;
}

static Name call_name(const Program *p, const Call *call) {
  return call->site->invoke.as.id ? call->site->invoke.as : procedure_name(p, call);
}

static Match match(const Program *p, uint32_t step, const Name *parts, uint32_t n) {
  uint32_t left = n - 1;
  bool is_whole = true;
  const Call *call = &p->calls.items[p->steps.items[step].call];
  for (; call->parent != NO_INDEX; call = &p->calls.items[call->parent]) {
    NameId name = left ? parts[left - 1].id : 0;
    if (name && (call->site->invoke.as.id == name || procedure_name(p, call).id == name)) {
      left--;
    } else {
      is_whole = false;
    }
  }
  return left ? MATCH_NONE : is_whole ? MATCH_WHOLE : MATCH_PART;
}

uint32_t find_steps(const Checker *c, const Name *parts, uint32_t n, uint32_t *found,
                    uint32_t max) {
  uint32_t n_found = 0, n_whole = 0, whole = 0;
  for (uint32_t s = c->first_step[parts[n - 1].id]; s != NO_INDEX; s = c->next_step[s]) {
    Match how = match(c->program, s, parts, n);
    if (how == MATCH_NONE) continue;
    if (how == MATCH_WHOLE) {
      n_whole++;
      whole = s;
    }
    if (n_found < max) found[n_found] = s;
    n_found++;
  }
  if (n_whole != 1) return n_found;
  found[0] = whole;
  return 1;
}

// The calls on the way to a step, the last one first.
static uint32_t way_to(const Program *p, uint32_t step, Name *names) {
  uint32_t n = 0;
  const Call *call = &p->calls.items[p->steps.items[step].call];
  for (; call->parent != NO_INDEX && n < MAX_DEPTH; call = &p->calls.items[call->parent])
    names[n++] = call_name(p, call);
  return n;
}

static bool is_name_of(const Checker *c, uint32_t step, const Name *parts, uint32_t n) {
  uint32_t found[1];
  return find_steps(c, parts, n, found, 1) == 1 && found[0] == step;
}

static Text join(Checker *c, const Name *parts, uint32_t n) {
  TextBuilder b = {0};
  for (uint32_t i = 0; i < n; i++) {
    if (i) text_add_char(&b, '.');
    text_add_text(&b, name_of(c, parts[i].id));
  }
  return text_builder_take(&b, c->arena);
}

// The last `n` calls and the step, in the order of the way.
static uint32_t take_last(const Name *way, uint32_t n, Name step, Name *parts) {
  for (uint32_t i = 0; i < n; i++) parts[i] = way[n - 1 - i];
  parts[n] = step;
  return n + 1;
}

static Text shortest_name(Checker *c, uint32_t step, const Name *way, uint32_t n_way) {
  Name parts[MAX_DEPTH + 1];
  Name name = step_name(c->program, step);
  if (is_name_of(c, step, &name, 1)) return name_of(c, name.id);
  for (uint32_t i = 0; i < n_way; i++) {
    Name pair[2] = {way[i], name};
    if (is_name_of(c, step, pair, 2)) return join(c, pair, 2);
  }
  for (uint32_t n = 2; n < n_way; n++) {
    uint32_t n_parts = take_last(way, n, name, parts);
    if (is_name_of(c, step, parts, n_parts)) return join(c, parts, n_parts);
  }
  return join(c, parts, take_last(way, n_way, name, parts));
}

// Two unnamed calls of one procedure leave their steps without a name of their own: they are
// numbered.
static void number_equal(Checker *c, uint32_t first) {
  for (uint32_t a = first; a != NO_INDEX; a = c->next_step[a]) {
    Text name = c->program->steps.items[a].full_name;
    uint32_t count = 1;
    for (uint32_t b = c->next_step[a]; b != NO_INDEX; b = c->next_step[b]) {
      if (!text_equal(c->program->steps.items[b].full_name, name)) continue;
      c->program->steps.items[b].full_name =
          text_format(c->arena, "%.*s #%u", TEXT_ARG(name), ++count);
    }
  }
}

static void name_group(Checker *c, uint32_t first) {
  uint32_t n = 0;
  for (uint32_t s = first; s != NO_INDEX; s = c->next_step[s]) n++;
  for (uint32_t s = first; s != NO_INDEX; s = c->next_step[s]) {
    Name way[MAX_DEPTH], parts[MAX_DEPTH + 1];
    uint32_t n_way = way_to(c->program, s, way);
    Text *name = &c->program->steps.items[s].full_name;
    *name = n <= MAX_GROUP ? shortest_name(c, s, way, n_way)
                           : join(c, parts, take_last(way, n_way, step_name(c->program, s), parts));
  }
  if (n <= MAX_GROUP) number_equal(c, first);
}

void name_steps(Checker *c) {
  const Program *p = c->program;
  c->first_step = ARENA_ARRAY(c->arena, uint32_t, c->n_names + 1);
  c->next_step = ARENA_ARRAY(c->arena, uint32_t, p->steps.n + 1);
  for (uint32_t i = 0; i <= c->n_names; i++) c->first_step[i] = NO_INDEX;
  for (uint32_t s = p->steps.n; s-- > 0;) {
    NameId name = step_name(p, s).id;
    c->next_step[s] = c->first_step[name];
    c->first_step[name] = s;
  }
  for (uint32_t i = 1; i <= c->n_names; i++) {
    if (c->first_step[i] != NO_INDEX) name_group(c, c->first_step[i]);
  }
}
