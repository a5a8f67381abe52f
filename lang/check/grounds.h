// What an answer rests on besides the rules: every number that somebody believes and that the case or
// a question reads, from the bodies that are called down through the names in them. Thresholds, seats
// and limits are rules; a name alone is no number, what it stands for is.
#pragma once
#include "lang/check/program.h"

typedef struct Ground {
  Text path;          // of its input; empty where a what-if cannot reach it
  const Node *value;  // in force
  Title title;
  bool is_guess;  // it has no source, or its title calls it a guess
} Ground;

typedef struct Grounds {  // in the order in which they are come to
  VEC(Ground) items;
  uint32_t n_guesses;
} Grounds;

Grounds grounds_of_case(const Inputs *inputs, uint32_t scenario, Arena *arena);
// Only those that decide whether what fails at this place of the script does so: the choice around a
// `fail`, the blocs of a vote, the waits within a limit. None where that cannot be said.
Grounds grounds_of_failure(const Inputs *inputs, Span failure, Arena *arena);
