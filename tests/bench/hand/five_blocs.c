// The model of five_blocs.leg. Votes depend on the lines alone, so their chances are a table by vector of lines; days do
// not, so the exact program keeps one density and the lines' sums apart.
#include "days.h"
#include "hand.h"
#include "random.h"
#include "votes.h"

enum { LAW, REJECTED, VETOED, STRUCK_DOWN, UNDECIDED };
enum { LAST = 364, MAJORITY = 226, TWO_THIRDS = 300, VECTORS = 2 * 3 * 2 * 2, ATTEMPTS = 3 };

#define VETO 0.20
#define UPHOLD 0.45

// Government, partner, centre, opposition and independents. Line yes: turnout * loyalty say yes; line no: turnout *
// (1 - loyalty); line absent: (1 - loyalty) / 2.
static const HandBloc blocs[] = {
    {200, 2, {0.95, 0.05}, {0.95 * 0.97, 0.95 * 0.03}},
    {70, 3, {0.75, 0.10, 0.15}, {0.90 * 0.93, 0.90 * 0.07, 0.07 / 2}},
    {45, 2, {0.50, 0.50}, {0.90 * 0.90, 0.90 * 0.10}},
    {110, 2, {0.15, 0.85}, {0.92 * 0.95, 0.92 * 0.05}},
    {25, 1, {1}, {0.85 * 0.45}},
};

static void table_make(VoteRow rows[VECTORS]) {
  const uint32_t needs[VOTE_NEEDS] = {MAJORITY, TWO_THIRDS};
  votes_table(blocs, sizeof blocs / sizeof *blocs, needs, rows);
}

typedef struct Thresholds {
  uint64_t government, partner_yes, partner_yes_or_no, centre, opposition, veto, uphold;
  uint64_t majority[VECTORS], two_thirds[VECTORS];
} Thresholds;

static Thresholds thresholds_make(void) {
  VoteRow rows[VECTORS];
  Thresholds at = {
      .government = threshold_of(blocs[0].line[0]),
      .partner_yes = threshold_of(blocs[1].line[0]),
      .partner_yes_or_no = threshold_of(blocs[1].line[0] + blocs[1].line[1]),
      .centre = threshold_of(blocs[2].line[0]),
      .opposition = threshold_of(blocs[3].line[0]),
      .veto = threshold_of(VETO),
      .uphold = threshold_of(UPHOLD),
  };
  table_make(rows);
  for (uint32_t i = 0; i < VECTORS; i++) {
    at.majority[i] = threshold_of(rows[i].pass[0]);
    at.two_thirds[i] = threshold_of(rows[i].pass[1]);
  }
  return at;
}

// The number of the vector of lines as votes_table has it: a line's own number is how many thresholds its word reaches.
static inline uint32_t draw_lines(Xoshiro *random, const Thresholds *at) {
  uint32_t vector = xoshiro_next(random) >= at->government;
  uint64_t word = xoshiro_next(random);
  vector = 3 * vector + (word >= at->partner_yes) + (word >= at->partner_yes_or_no);
  vector = 2 * vector + (xoshiro_next(random) >= at->centre);
  return 2 * vector + (xoshiro_next(random) >= at->opposition);
}

static inline uint32_t run_court(Xoshiro *random, const Thresholds *at, uint32_t *day) {
  for (uint32_t i = 0; i < ATTEMPTS; i++) {
    if (i) *day += random_days(random, 20, 60);
    *day += random_days(random, 14, 60);
    if (random_hits(random, at->uphold)) return LAW;
  }
  return STRUCK_DOWN;
}

static inline uint32_t run_trial(Xoshiro *random, const Thresholds *at, uint32_t *day) {
  *day = random_days(random, 5, 20);
  uint32_t vector = draw_lines(random, at);
  if (!random_hits(random, at->majority[vector])) return REJECTED;
  *day += random_days(random, 10, 40);
  if (!random_hits(random, at->majority[vector])) return REJECTED;
  *day += random_days(random, 3, 12);
  if (!random_hits(random, at->majority[vector])) return REJECTED;
  *day += random_days(random, 1, 14);
  if (random_hits(random, at->veto)) {
    *day += random_days(random, 10, 40);
    if (!random_hits(random, at->two_thirds[vector])) return VETOED;
  }
  return run_court(random, at, day);
}

// Days only grow, so one look at the end tells whether the last day came first.
static void five_blocs_sample(uint64_t trials, uint64_t seed, HandTally *tally) {
  Xoshiro random = xoshiro_new(seed);
  Thresholds at = thresholds_make();
  for (uint64_t t = 0; t < trials; t++) {
    uint32_t day, outcome = run_trial(&random, &at, &day);
    if (day > LAST) {
      outcome = UNDECIDED;
      day = LAST;
    }
    tally->n[outcome][day]++;
  }
}

typedef struct Sums {  // over the vectors of lines
  double fails[3];     // each reading, when it comes
  double passes;       // all three
  double overrides;    // and two thirds after them
} Sums;

static Sums sums_make(void) {
  VoteRow rows[VECTORS];
  Sums sums = {0};
  table_make(rows);
  for (uint32_t i = 0; i < VECTORS; i++) {
    double left = rows[i].weight, pass = rows[i].pass[0];
    for (uint32_t reading = 0; reading < 3; reading++) {
      sums.fails[reading] += left * (1 - pass);
      left *= pass;
    }
    sums.passes += left;
    sums.overrides += left * rows[i].pass[1];
  }
  return sums;
}

static void court_exact(double *at, HandChances *chances) {
  double then[LAST + 1];
  for (uint32_t i = 0; i < ATTEMPTS; i++) {
    if (i) {
      chances->p[UNDECIDED][LAST] += days_wait(at, then, LAST, 20, 60);
      for (uint32_t d = 0; d <= LAST; d++) at[d] = then[d];
    }
    chances->p[UNDECIDED][LAST] += days_wait(at, then, LAST, 14, 60);
    days_add(chances->p[LAW], then, LAST, UPHOLD);
    for (uint32_t d = 0; d <= LAST; d++) at[d] = then[d] * (1 - UPHOLD);
  }
  days_add(chances->p[STRUCK_DOWN], at, LAST, 1);
}

// Before the court no way is longer than 126 days.
static void five_blocs_exact(HandChances *chances) {
  double start[LAST + 1] = {1}, first[LAST + 1], second[LAST + 1], third[LAST + 1];
  double signature[LAST + 1], override[LAST + 1], court[LAST + 1] = {0};
  Sums sums = sums_make();
  days_wait(start, first, LAST, 5, 20);
  days_wait(first, second, LAST, 10, 40);
  days_wait(second, third, LAST, 3, 12);
  days_wait(third, signature, LAST, 1, 14);
  days_wait(signature, override, LAST, 10, 40);
  days_add(chances->p[REJECTED], first, LAST, sums.fails[0]);
  days_add(chances->p[REJECTED], second, LAST, sums.fails[1]);
  days_add(chances->p[REJECTED], third, LAST, sums.fails[2]);
  days_add(chances->p[VETOED], override, LAST, VETO * (sums.passes - sums.overrides));
  days_add(court, signature, LAST, (1 - VETO) * sums.passes);
  days_add(court, override, LAST, VETO * sums.overrides);
  court_exact(court, chances);
}

const HandModel hand_five_blocs = {
    .script = "five_blocs.leg",
    .outcomes = {"law", "rejected", "vetoed", "struck_down", "undecided"},
    .sample = five_blocs_sample,
    .exact = five_blocs_exact,
};
