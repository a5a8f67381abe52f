// The model of twelve_blocs.leg: a bit for each line, and the chances of the votes in a table of 4,096 vectors. No way
// through it is longer than 180 days, so nothing is undecided.
#include <stdlib.h>

#include "days.h"
#include "hand.h"
#include "random.h"
#include "votes.h"

enum { ADOPTED, REJECTED, SHORT };
enum { LAST = 364, MAJORITY = 301, TWO_THIRDS = 400, BLOCS = 12, VECTORS = 1 << BLOCS };

#define BLOC(seats, line, loyalty, turnout)    \
  {                                            \
    seats, 2, {line, 1 - line}, {              \
      turnout *loyalty, turnout *(1 - loyalty) \
    }                                          \
  }

static const HandBloc blocs[BLOCS] = {
    BLOC(120, 0.90, 0.96, 0.93), BLOC(95, 0.70, 0.95, 0.92), BLOC(80, 0.60, 0.94, 0.91),
    BLOC(70, 0.85, 0.97, 0.90),  BLOC(55, 0.40, 0.93, 0.89), BLOC(45, 0.75, 0.92, 0.88),
    BLOC(40, 0.55, 0.96, 0.94),  BLOC(30, 0.80, 0.95, 0.93), BLOC(25, 0.65, 0.91, 0.92),
    BLOC(20, 0.50, 0.94, 0.90),  BLOC(12, 0.95, 0.98, 0.87), BLOC(8, 0.30, 0.90, 0.95),
};

// The caller frees it. NULL without memory.
static VoteRow *table_make(void) {
  const uint32_t needs[VOTE_NEEDS] = {MAJORITY, TWO_THIRDS};
  VoteRow *rows = malloc(VECTORS * sizeof *rows);
  if (rows) votes_table(blocs, BLOCS, needs, rows);
  return rows;
}

typedef struct Passes {
  uint64_t majority, two_thirds;
} Passes;

static inline uint32_t run_trial(Xoshiro *random, const uint64_t lines[BLOCS], const Passes *passes,
                                 uint32_t *day) {
  *day = random_days(random, 7, 30);
  uint32_t vector = 0;
  for (uint32_t i = 0; i < BLOCS; i++) vector = 2 * vector + (xoshiro_next(random) >= lines[i]);
  const Passes *pass = &passes[vector];
  if (!random_hits(random, pass->majority)) return REJECTED;
  *day += random_days(random, 14, 60);
  if (!random_hits(random, pass->majority)) return REJECTED;
  *day += random_days(random, 30, 90);
  return random_hits(random, pass->two_thirds) ? ADOPTED : SHORT;
}

static void twelve_blocs_sample(uint64_t trials, uint64_t seed, HandTally *tally) {
  Xoshiro random = xoshiro_new(seed);
  uint64_t lines[BLOCS];
  Passes passes[VECTORS];
  VoteRow *rows = table_make();
  if (!rows) return;
  for (uint32_t i = 0; i < BLOCS; i++) lines[i] = threshold_of(blocs[i].line[0]);
  for (uint32_t i = 0; i < VECTORS; i++)
    passes[i] = (Passes){threshold_of(rows[i].pass[0]), threshold_of(rows[i].pass[1])};
  free(rows);
  for (uint64_t t = 0; t < trials; t++) {
    uint32_t day, outcome = run_trial(&random, lines, passes, &day);
    tally->n[outcome][day]++;
  }
}

static void twelve_blocs_exact(HandChances *chances) {
  double start[LAST + 1] = {1}, first[LAST + 1], second[LAST + 1], last[LAST + 1];
  double fails_first = 0, fails_second = 0, adopted = 0, too_few = 0;
  VoteRow *rows = table_make();
  if (!rows) return;
  for (uint32_t i = 0; i < VECTORS; i++) {
    double weight = rows[i].weight, majority = rows[i].pass[0], both = weight * majority * majority;
    fails_first += weight * (1 - majority);
    fails_second += weight * majority * (1 - majority);
    adopted += both * rows[i].pass[1];
    too_few += both * (1 - rows[i].pass[1]);
  }
  free(rows);
  days_wait(start, first, LAST, 7, 30);
  days_wait(first, second, LAST, 14, 60);
  days_wait(second, last, LAST, 30, 90);
  days_add(chances->p[REJECTED], first, LAST, fails_first);
  days_add(chances->p[REJECTED], second, LAST, fails_second);
  days_add(chances->p[ADOPTED], last, LAST, adopted);
  days_add(chances->p[SHORT], last, LAST, too_few);
}

const HandModel hand_twelve_blocs = {
    .script = "twelve_blocs.leg",
    .outcomes = {"adopted", "rejected", "short"},
    .sample = twelve_blocs_sample,
    .exact = twelve_blocs_exact,
};
