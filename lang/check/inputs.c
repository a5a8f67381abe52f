// Looking things up in a program, with the changes in force.
#include "lang/check/program.h"

static void apply(Inputs *inputs, const Change *changes, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    if (changes[i].input != NO_INDEX) inputs->of[changes[i].input] = &changes[i];
  }
}

Inputs inputs_new(const Program *program, Arena *arena, uint32_t scenario) {
  Inputs inputs = {program, ARENA_ARRAY(arena, const Change *, program->inputs.n + 1)};
  if (scenario != NO_INDEX) {
    const ScenarioInfo *info = &program->scenarios.items[scenario];
    apply(&inputs, info->changes.items, info->changes.n);
  }
  apply(&inputs, program->sets.items, program->sets.n);
  return inputs;
}

const Node *inputs_value(const Inputs *inputs, const Node *written) {
  if (written->id == 0 || written->id > inputs->program->tree->n_nodes) return written;
  uint32_t input = inputs->program->input_of[written->id];
  const Change *change = input == NO_INDEX ? NULL : inputs->of[input];
  return change ? change->value : written;
}

const Node *inputs_assume(const Inputs *inputs, uint32_t assume, bool *is_belief) {
  const AssumeInfo *info = &inputs->program->assumes.items[assume];
  const Change *change = info->input == NO_INDEX ? NULL : inputs->of[info->input];
  *is_belief = change ? change->form == CHANGE_SPREAD : info->is_belief;
  return change ? change->value : info->value;
}

bool inputs_rule(const Inputs *inputs, uint32_t bloc, EntityId thing, Rule *out) {
  const BlocInfo *info = &inputs->program->blocs.items[bloc];
  bool is_found = info->has_rule;
  *out = info->rule;
  for (uint32_t i = 0; i < info->on.n; i++) {
    if (info->on.items[i].thing != thing) continue;
    *out = info->on.items[i].rule;
    is_found = true;
  }
  const Change *change = out->input == NO_INDEX ? NULL : inputs->of[out->input];
  if (!is_found || !change) return is_found;
  out->is_free = change->form == CHANGE_FREE;
  out->share = change->value;
  out->options = NULL;
  out->n_options = 0;
  return true;
}

const Entity *program_entity(const Program *program, EntityId id) {
  return &program->entities.items[id];
}

Text program_name(const Program *program, EntityId id) {
  return names_text(program->tree->names, program->entities.items[id].name.id);
}

EntityId program_entity_at(const Program *program, uint32_t call, const Node *path) {
  const Ref *ref = &program->refs[path->id];
  if (path->kind != NODE_PATH) return NO_INDEX;
  if (ref->kind == REF_ENTITY) return ref->index;
  if (ref->kind == REF_PARAM) return program->calls.items[call].args[ref->index].entity;
  return NO_INDEX;
}

uint32_t program_step_at(const Program *program, uint32_t call, const Node *path) {
  const Ref *ref = &program->refs[path->id];
  return ref->kind == REF_OWN_STEP ? program->calls.items[call].first_step + ref->index
                                   : ref->index;
}

uint32_t program_chamber(const Program *program, EntityId id) {
  return program->entities.items[id].index;
}
