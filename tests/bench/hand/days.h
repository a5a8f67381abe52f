// Densities over days, for the exact programs: p[d] is the chance to be there on day d.
#pragma once
#include <stdint.h>

// from -> to: a wait of low to high days, each as likely. Days run from 0 to last; returns the chance
// that it goes on beyond the last day.
double days_wait(const double *from, double *to, uint32_t last, uint32_t low, uint32_t high);
// to += scale * from
void days_add(double *to, const double *from, uint32_t last, double scale);
