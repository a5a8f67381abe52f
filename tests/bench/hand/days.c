#include "days.h"

// The window sum slides: what comes in is added, what falls out is taken away.
double days_wait(const double *from, double *to, uint32_t last, uint32_t low, uint32_t high) {
  double in_window = 0, before = 0, after = 0, each = 1.0 / (high - low + 1);
  for (uint32_t d = 0; d <= last; d++) {
    if (d >= low) in_window += from[d - low];
    if (d > high) in_window -= from[d - high - 1];
    to[d] = in_window * each;
    before += from[d];
    after += to[d];
  }
  return before > after ? before - after : 0;
}

void days_add(double *to, const double *from, uint32_t last, double scale) {
  for (uint32_t d = 0; d <= last; d++) to[d] += scale * from[d];
}
