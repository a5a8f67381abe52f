// What is right as it is written may be wrong with changes in force: those of a scenario, or those beside the script
// (which come on top of whatever scenario is chosen). Each kind of thing that is looked at so has a list of its places.
#pragma once
#include "lang/check/resolver.h"

// The changes under which a place is looked at.
typedef struct Under {
  const Inputs *inputs;
  uint32_t scenario;  // NO_INDEX: those beside the script
} Under;

typedef struct UnderRule {
  uint32_t n;  // places, each wrong by itself or not
  bool (*is_wrong)(Checker *c, uint32_t place, const Inputs *inputs, void *context);
  void (*tell)(Checker *c, uint32_t place, const Under *under, void *context);
  void *context;
} UnderRule;

// Tells each place that is wrong in a scenario. With changes beside the script the scenario that will run is not known
// here: only what is wrong in all of them is told, the rest when it runs.
void check_under(Checker *c, const UnderRule *rule);
// Adds to a diagnostic which changes it speaks of.
void check_note_under(Checker *c, Diagnostic *d, const Under *under);
