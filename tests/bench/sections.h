// The parts of the bench, one a file. Each prints its table in Markdown and adds what was promised about it.
#pragma once
#include "tests/bench/measure.h"

void section_process(Report *report);  // first, while this process is small: see there
void section_front(Report *report);
void section_exact(Report *report);
void section_cases(Report *report);
void section_sampling(Report *report);
void section_threads(Report *report);
