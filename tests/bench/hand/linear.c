// The model of linear.leg. No way through it is longer than 154 days, so nothing is undecided.
#include "days.h"
#include "hand.h"
#include "random.h"

enum { LAW, BURIED, REJECTED, REFUSED, VETOED };
enum { STAGES = 6, LAST = 364 };

typedef struct Stage {
  uint32_t low, high;
  double passes;
  uint32_t otherwise;
} Stage;

static const Stage stages[STAGES] = {
    {10, 40, 0.90, BURIED},  {7, 21, 0.85, REJECTED}, {14, 45, 0.92, REJECTED},
    {3, 14, 0.97, REJECTED}, {5, 20, 0.94, REFUSED},  {1, 14, 0.99, VETOED},
};

static void linear_sample(uint64_t trials, uint64_t seed, HandTally *tally) {
  Xoshiro random = xoshiro_new(seed);
  uint64_t passes[STAGES];
  for (uint32_t i = 0; i < STAGES; i++) passes[i] = threshold_of(stages[i].passes);
  for (uint64_t t = 0; t < trials; t++) {
    uint32_t day = 0, outcome = LAW;
    for (uint32_t i = 0; i < STAGES; i++) {
      day += random_days(&random, stages[i].low, stages[i].high);
      if (random_hits(&random, passes[i])) continue;
      outcome = stages[i].otherwise;
      break;
    }
    tally->n[outcome][day]++;
  }
}

static void linear_exact(HandChances *chances) {
  double at[LAST + 1] = {1}, then[LAST + 1];
  for (uint32_t i = 0; i < STAGES; i++) {
    days_wait(at, then, LAST, stages[i].low, stages[i].high);
    for (uint32_t d = 0; d <= LAST; d++) {
      chances->p[stages[i].otherwise][d] += then[d] * (1 - stages[i].passes);
      at[d] = then[d] * stages[i].passes;
    }
  }
  days_add(chances->p[LAW], at, LAST, 1);
}

const HandModel hand_linear = {
    .script = "linear.leg",
    .outcomes = {"law", "buried", "rejected", "refused", "vetoed"},
    .sample = linear_sample,
    .exact = linear_exact,
};
