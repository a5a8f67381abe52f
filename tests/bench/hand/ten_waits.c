// The model of ten_waits.leg. Days only grow, so one look at the end tells whether the deadline came first; leaving at the
// wait that passes it was tried and is slower, because the branch cannot be foreseen.
#include "days.h"
#include "hand.h"
#include "random.h"

enum { DONE, LATE };
enum { DEADLINE = 800, WAITS = 10, LOW = 1, HIGH = 150 };

static void ten_waits_sample(uint64_t trials, uint64_t seed, HandTally *tally) {
  Xoshiro random = xoshiro_new(seed);
  for (uint64_t t = 0; t < trials; t++) {
    uint32_t day = 0;
    for (uint32_t i = 0; i < WAITS; i++) day += random_days(&random, LOW, HIGH);
    bool is_late = day > DEADLINE;
    tally->n[is_late ? LATE : DONE][is_late ? DEADLINE : day]++;
  }
}

static void ten_waits_exact(HandChances *chances) {
  double days[2][DEADLINE + 1] = {{1}};
  for (uint32_t i = 0; i < WAITS; i++)
    chances->p[LATE][DEADLINE] += days_wait(days[i % 2], days[(i + 1) % 2], DEADLINE, LOW, HIGH);
  days_add(chances->p[DONE], days[WAITS % 2], DEADLINE, 1);
}

const HandModel hand_ten_waits = {
    .script = "ten_waits.leg",
    .outcomes = {"done", "late"},
    .sample = ten_waits_sample,
    .exact = ten_waits_exact,
};
