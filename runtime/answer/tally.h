// What the worlds at their ends add up to: for each measure of the plan a sum, and a sum by day where it has a moment.
// Exact sums are chances; sampled ones are whole numbers of trials, kept in 64 groups by trial number, so that neither
// threads nor batches change them and the groups' spread tells how far an answer may be off. By draw (plan.h), each of the
// POINTS draws is a group, exact or sampled, and nothing is kept of days, places and reasons.
#pragma once
#include "runtime/answer/answer.h"
#include "runtime/walk/walk.h"

enum { TALLY_GROUPS = 64 };  // as POINTS a power of two

typedef struct Tally {
  const Plan *plan;
  uint32_t n_groups, n_days, n_outcomes, n_measures;
  bool is_exact;
  Date first_day;
  double *total;     // [group]
  double *measures;  // [group][measure]
  double *days;      // [group][measure][day]; only measures with a moment are filled
  double *outcomes;  // [group][outcome]
  double *ends;      // [outcome][day]
  double **places;   // [step]: reached, passed, failed, then passed by day
  double *reasons;
} Tally;

void tally_open(Tally *t, const Plan *plan, bool is_exact);
void tally_close(Tally *t);
void tally_worlds(
    Tally *t, Walk *w);  // adds the ended worlds of a walk; it may draw what questions still read
void tally_flows(Tally *t,
                 const Walk *w);  // adds its places and reasons, once at the end of a walk
void tally_add(Tally *t, const Tally *other);
double tally_measure(const Tally *t, uint32_t measure,
                     uint32_t without);  // without: a group left out, or TALLY_GROUPS
double tally_total(const Tally *t, uint32_t without);
DaySpan tally_days(const Tally *t, uint32_t measure, uint32_t without, Arena *arena);
