// Waiting for a run: Ctrl-C ends it with what it has, a second one ends the program; on a terminal a line of standard
// error tells how far it is, and is wiped at the end. Between open and close only; one at a time.
#pragma once
#include <signal.h>

#include "runtime/answer/answer.h"

typedef struct Watch {
  struct sigaction before;  // what Ctrl-C did
  bool is_shown, has_line;  // whether there is a terminal; whether the line is on it
  double next;              // when it is due, in seconds
} Watch;

RunWatch watch_open(Watch *watch);  // lives as long as `watch`
void watch_close(Watch *watch);
