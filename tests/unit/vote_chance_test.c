// A vote's chance against an enumeration of every member's vote, published values, and values made
// by hand.
#include "runtime/vote/vote.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "runtime/chance/draw.h"

#define MOST_MEMBERS 6

static void assert_near(double got, double want, double tolerance) {
  if (!(fabs(got - want) <= tolerance)) {
    print_error("got %.17g, want %.17g\n", got, want);
    fail();
  }
}

static VoteNeed share_of(VoteNeedKind kind, int64_t num, int64_t den, VoteBase base) {
  return (VoteNeed){.kind = kind, .share = {num, den}, .base = base};
}

static VoteNeed majority_of(VoteBase base) {
  return share_of(NEED_MORE, 1, 2, base);
}

static VoteNeed at_least(uint32_t count) {
  return (VoteNeed){.kind = NEED_YES_COUNT, .count = count};
}

static VoteBloc free_bloc(uint32_t seats, double yes, double turnout, double abstain) {
  return (VoteBloc){seats, true, {0}, yes, turnout, 1, abstain};
}

static VoteBloc line_bloc(uint32_t seats, double yes, double no, double abstain, double turnout,
                          double loyalty) {
  return (VoteBloc){seats,   false, {yes, no, abstain, 1 - yes - no - abstain}, 0, turnout,
                    loyalty, 0};
}

static VoteChance chance_of(const Vote *vote) {
  VoteChance out;
  vote_chance(vote, NULL, &out);
  assert_near(out.passed + out.failed + out.inquorate, 1, 1e-13);
  assert_true(out.passed >= 0 && out.failed >= 0 && out.inquorate >= 0);
  return out;
}

// --- The enumeration: the rules of members and of needs written a second time -----------

typedef struct Tally {
  double p[MOST_MEMBERS + 1][MOST_MEMBERS + 1][MOST_MEMBERS + 1];  // yes, no, abstain
} Tally;

static void member_votes(const VoteBloc *b, uint32_t line, double v[4]) {
  double t = b->turnout, l = b->loyalty, a = b->abstain, s = 1 - l;
  const double free_member[] = {t * (1 - a) * b->free_yes, t * (1 - a) * (1 - b->free_yes), t * a,
                                1 - t};
  const double rows[4][4] = {{t * l, t * s * (1 - a), t * s * a, 1 - t},
                             {t * s * (1 - a), t * l, t * s * a, 1 - t},
                             {t * s / 2, t * s / 2, t * l, 1 - t},
                             {s / 2, s / 2, 0, l}};
  memcpy(v, b->is_free ? free_member : rows[line], 4 * sizeof(double));
}

// `lines` holds two bits for each bloc.
static void one_by_one(const Vote *vote, uint32_t lines, uint32_t bloc, uint32_t member, int yes,
                       int no, int abstain, double weight, Tally *tally) {
  if (weight == 0) return;
  if (bloc == vote->n_blocs) {
    tally->p[yes][no][abstain] += weight;
    return;
  }
  const VoteBloc *b = &vote->blocs[bloc];
  if (member == b->seats) {
    one_by_one(vote, lines, bloc + 1, 0, yes, no, abstain, weight, tally);
    return;
  }
  double v[4];
  member_votes(b, lines >> 2 * bloc & 3, v);
  member++;
  one_by_one(vote, lines, bloc, member, yes + 1, no, abstain, weight * v[0], tally);
  one_by_one(vote, lines, bloc, member, yes, no + 1, abstain, weight * v[1], tally);
  one_by_one(vote, lines, bloc, member, yes, no, abstain + 1, weight * v[2], tally);
  one_by_one(vote, lines, bloc, member, yes, no, abstain, weight * v[3], tally);
}

static void all_lines(const Vote *vote, uint32_t lines, uint32_t bloc, double weight,
                      Tally *tally) {
  if (bloc == vote->n_blocs) {
    one_by_one(vote, lines, 0, 0, 0, 0, 0, weight, tally);
    return;
  }
  const VoteBloc *b = &vote->blocs[bloc];
  for (uint32_t line = 0; line < (b->is_free ? 1 : 4); line++) {
    double w = b->is_free ? 1 : b->line[line];
    if (w > 0) all_lines(vote, lines | line << 2 * bloc, bloc + 1, weight * w, tally);
  }
}

static bool meets(const Vote *vote, const VoteNeed *need, int n, int no, int abstain, int members) {
  if (need->kind == NEED_NONE) return true;
  if (need->kind == NEED_YES_COUNT) return n >= (int)need->count;
  const int bases[] = {(int)vote->seats, n + no + abstain, n + no, members};
  int base = bases[need->base];
  if (base == 0 && (need->base == BASE_PRESENT || need->base == BASE_VOTES)) return false;
  int64_t left = n * need->share.den, right = base * need->share.num;
  return need->kind == NEED_MORE ? left > right : left >= right;
}

static VoteChance by_enumeration(const Vote *vote, const Tally *tally) {
  VoteChance out = {0};
  int members = 0;
  for (uint32_t i = 0; i < vote->n_blocs; i++) members += (int)vote->blocs[i].seats;
  for (int yes = 0; yes <= members; yes++) {
    for (int no = 0; yes + no <= members; no++) {
      for (int abstain = 0; yes + no + abstain <= members; abstain++) {
        double p = tally->p[yes][no][abstain];
        if (!meets(vote, &vote->quorum, yes + no + abstain, 0, 0, members)) {
          out.inquorate += p;
        } else if (meets(vote, &vote->need, yes, no, abstain, members)) {
          out.passed += p;
        } else {
          out.failed += p;
        }
      }
    }
  }
  return out;
}

// --- Random chambers --------------------------------------------------------------------

typedef struct Random {
  uint64_t next;
} Random;

static double random_unit(Random *r) {
  return draw_unit(draw_word((DrawKey){2024, 1, 2}, r->next++));
}

static uint32_t random_below(Random *r, uint32_t n) {
  return (uint32_t)(random_unit(r) * n);
}

// Often one of the ends, where terms vanish; sometimes tiny.
static double random_share(Random *r) {
  switch (random_below(r, 6)) {
    case 0: return 0;
    case 1: return 1;
    case 2: return 1e-9 * random_unit(r);
    default: return random_unit(r);
  }
}

static VoteBloc random_bloc(Random *r, uint32_t seats) {
  VoteBloc b = {.seats = seats, .is_free = random_below(r, 3) == 0};
  double sum = 0;
  for (int i = 0; i < 4; i++) sum += b.line[i] = random_below(r, 2) ? random_unit(r) : 0;
  if (sum == 0) sum = b.line[random_below(r, 4)] = 1;
  for (int i = 0; i < 4; i++) b.line[i] /= sum;
  b.free_yes = random_share(r);
  b.turnout = random_share(r);
  b.loyalty = random_share(r);
  b.abstain = random_share(r);
  return b;
}

static void assert_agree(const Vote *vote, const Tally *tally) {
  VoteChance got = chance_of(vote), want = by_enumeration(vote, tally);
  const double pairs[][2] = {
      {got.passed, want.passed}, {got.failed, want.failed}, {got.inquorate, want.inquorate}};
  for (int i = 0; i < 3; i++) {
    assert_near(pairs[i][0], pairs[i][1], 1e-13);
    if (pairs[i][1] == 0) assert_near(pairs[i][0], 0, 0);
    if (pairs[i][1] > 0) assert_true(pairs[i][0] > 0);
    if (vote->quorum.kind == NEED_NONE && pairs[i][1] > 1e-280) {
      assert_near(pairs[i][0] / pairs[i][1], 1, 1e-12);
    }
  }
}

static void test_against_enumeration(void **state) {
  (void)state;
  const VoteNeed quorums[] = {{.kind = NEED_NONE},
                              majority_of(BASE_SEATS),
                              share_of(NEED_SHARE, 2, 3, BASE_MEMBERS),
                              share_of(NEED_SHARE, 1, 1, BASE_SEATS),
                              at_least(2),
                              at_least(7)};
  const int64_t shares[][2] = {{1, 2}, {2, 3},      {3, 5},   {1, 1},
                               {0, 1}, {501, 1000}, {13, 20}, {5, 4}};
  Random r = {0};
  for (int set = 0; set < 300; set++) {
    VoteBloc blocs[3];
    uint32_t n_blocs = 1 + random_below(&r, 3), left = MOST_MEMBERS;
    for (uint32_t i = 0; i < n_blocs; i++) {
      uint32_t seats = random_below(&r, left < 4 ? left + 1 : 5);
      left -= seats;
      blocs[i] = random_bloc(&r, seats);
    }
    Vote vote = {.blocs = blocs, .n_blocs = n_blocs};
    vote.seats = MOST_MEMBERS - left + random_below(&r, 2);
    Tally tally = {0};
    all_lines(&vote, 0, 0, 1, &tally);
    for (uint32_t q = 0; q < sizeof quorums / sizeof *quorums; q++) {
      vote.quorum = quorums[q];
      for (uint32_t k = 0; k < 8; k++) {
        vote.need = k == 7 ? (VoteNeed){.kind = NEED_NONE} : at_least(k);
        assert_agree(&vote, &tally);
      }
      for (uint32_t s = 0; s < sizeof shares / sizeof *shares; s++) {
        for (int base = BASE_SEATS; base <= BASE_MEMBERS; base++) {
          vote.need = share_of(NEED_SHARE, shares[s][0], shares[s][1], (VoteBase)base);
          assert_agree(&vote, &tally);
          vote.need.kind = NEED_MORE;
          assert_agree(&vote, &tally);
        }
      }
    }
  }
}

// --- Published and by hand --------------------------------------------------------------

// The chance of exactly k yes among single free members, from "at least k" and "at least k + 1".
static void assert_poisson_binomial(const double *p, uint32_t n, uint32_t times, uint32_t k,
                                    double want, double tolerance) {
  VoteBloc blocs[16];
  for (uint32_t i = 0; i < n; i++) blocs[i] = free_bloc(times, p[i], 1, 0);
  Vote vote = {.blocs = blocs, .n_blocs = n, .seats = n * times, .need = at_least(k)};
  double least = chance_of(&vote).passed;
  vote.need = at_least(k + 1);
  assert_near(least - chance_of(&vote).passed, want, tolerance);
}

static void test_published_poisson_binomials(void **state) {
  (void)state;
  const double three[] = {.4163448, .3340270, .9689613};
  const double three_pmf[] = {.0120647, .39129134, .46189012, .13475384};
  for (uint32_t k = 0; k < 4; k++) assert_poisson_binomial(three, 3, 1, k, three_pmf[k], 5e-8);
  const double eight[] = {.9955901, .5696224, .8272597, .3818746,
                          .4290036, .8707646, .8858267, .7557183};
  assert_poisson_binomial(eight, 8, 1, 0, 4.17079659e-07, 5e-15);
  assert_poisson_binomial(eight, 8, 1, 2, 2.46250608e-03, 5e-12);
  assert_poisson_binomial(eight, 8, 1, 7, 2.02460933e-01, 5e-10);
  assert_poisson_binomial(eight, 8, 1, 8, 4.48023378e-02, 5e-11);
  const double even[] = {.2, .4, .6}, even_pmf[] = {.192, .464, .296, .048};
  for (uint32_t k = 0; k < 4; k++) assert_poisson_binomial(even, 3, 1, k, even_pmf[k], 1e-15);
  const double pair[] = {.3, .8, .3}, pair_pmf[] = {.098, .476, .354, .072};
  for (uint32_t k = 0; k < 4; k++) assert_poisson_binomial(pair, 3, 1, k, pair_pmf[k], 1e-15);
  const double five[] = {.1, .2, .3, .4, .5};
  const double five_pmf[] = {.02286144, .11231136, .23694372, .28171848, .20829484, .09968032,
                             .03113484, .00623848, .00076372, 5.136e-05, 1.44e-06};
  for (uint32_t k = 0; k < 11; k++) assert_poisson_binomial(five, 5, 2, k, five_pmf[k], 1e-15);
}

static void test_by_hand(void **state) {
  (void)state;
  VoteBloc three = free_bloc(3, 0.5, 1, 0);
  Vote vote = {.blocs = &three, .n_blocs = 1, .seats = 3, .need = majority_of(BASE_SEATS)};
  assert_near(chance_of(&vote).passed, 0.5, 1e-15);
  VoteBloc five = free_bloc(5, 0.6, 1, 0);
  vote = (Vote){.blocs = &five, .n_blocs = 1, .seats = 5, .need = at_least(4)};
  assert_near(chance_of(&vote).passed, 0.33696, 1e-15);
  // A line for the whole bloc is no average of its members.
  VoteBloc line = line_bloc(300, 0.6, 0.4, 0, 1, 1);
  vote = (Vote){.blocs = &line, .n_blocs = 1, .seats = 450, .need = share_of(NEED_SHARE, 2, 3, 0)};
  assert_near(chance_of(&vote).passed, 0.6, 1e-15);
  vote.need = share_of(NEED_MORE, 2, 3, BASE_SEATS);
  assert_true(chance_of(&vote).passed == 0);
  // Absent as a bloc: nobody votes, so no share of votes is reached, and no quorum.
  VoteBloc away = line_bloc(10, 0.7, 0, 0, 1, 1);
  vote = (Vote){.blocs = &away, .n_blocs = 1, .seats = 10};
  vote.need = share_of(NEED_SHARE, 0, 1, BASE_VOTES);
  assert_near(chance_of(&vote).passed, 0.7, 1e-15);
  vote.quorum = majority_of(BASE_SEATS);
  assert_near(chance_of(&vote).passed, 0.7, 1e-15);
  assert_near(chance_of(&vote).inquorate, 0.3, 1e-15);
  assert_true(chance_of(&vote).failed == 0);
}

// All yes of 150 members: a chance of 0.03^150, about 1e-228.
static void test_small_chances_keep_their_digits(void **state) {
  (void)state;
  VoteBloc bloc = free_bloc(150, 0.03, 1, 0);
  Vote vote = {.blocs = &bloc, .n_blocs = 1, .seats = 150};
  vote.need = share_of(NEED_SHARE, 1, 1, BASE_VOTES);
  assert_near(chance_of(&vote).passed / pow(0.03, 150), 1, 1e-11);
  vote.need = share_of(NEED_SHARE, 1, 1, BASE_SEATS);
  assert_near(chance_of(&vote).passed / pow(0.03, 150), 1, 1e-11);
  VoteBloc big = free_bloc(450, 1e-3, 1, 0);
  vote = (Vote){.blocs = &big, .n_blocs = 1, .seats = 450, .need = at_least(450)};
  assert_true(chance_of(&vote).passed > 0);
}

static void test_can_pass(void **state) {
  (void)state;
  VoteBloc bloc = free_bloc(300, 0, 1, 0);
  Vote vote = {.blocs = &bloc, .n_blocs = 1, .seats = 450};
  vote.need = share_of(NEED_SHARE, 2, 3, BASE_SEATS);
  assert_true(vote_can_pass(&vote));
  vote.need.kind = NEED_MORE;
  assert_false(vote_can_pass(&vote));
  vote.need = at_least(301);
  assert_false(vote_can_pass(&vote));
  vote.need = share_of(NEED_SHARE, 1, 1, BASE_PRESENT);
  assert_true(vote_can_pass(&vote));
  vote.quorum = share_of(NEED_MORE, 2, 3, BASE_SEATS);
  assert_false(vote_can_pass(&vote));
}

// --- Chambers of real size --------------------------------------------------------------

static const VoteBloc DUMA[] = {
    {324, false, {0.97, 0.03, 0, 0}, 0, 0.95, 0.98, 0.1},
    {57, false, {0.60, 0.40, 0, 0}, 0, 0.90, 0.95, 0.1},
    {28, false, {0.80, 0.05, 0, 0.15}, 0, 0.90, 0.93, 0},
    {23, false, {0.95, 0.05, 0, 0}, 0, 0.90, 0.95, 0},
    {15, true, {0}, 0.5, 0.85, 1, 0.05},
};

// A quorum that cannot be missed changes nothing, and a share written with a large denominator is
// the same share: both take the way through the grid, which must agree with the direct one.
static void test_ways_agree(void **state) {
  (void)state;
  Vote vote = {.blocs = DUMA, .n_blocs = 5, .seats = 450};
  const VoteNeed needs[] = {share_of(NEED_SHARE, 2, 3, BASE_PRESENT),
                            share_of(NEED_SHARE, 2, 3, BASE_VOTES), majority_of(BASE_VOTES),
                            majority_of(BASE_SEATS)};
  for (int i = 0; i < 4; i++) {
    vote.need = needs[i];
    vote.quorum = (VoteNeed){.kind = NEED_NONE};
    VoteChance direct = chance_of(&vote);
    // Between neighbouring fractions of at most 450 members: 2/3 - 1e-9 and 1/2 + 1e-9 are told
    // from nothing else.
    VoteNeed wide = needs[i];
    int64_t ppb = wide.kind == NEED_MORE ? 500000001 : 666666665;
    wide.share = (Rational){ppb, 1000000000};
    if (needs[i].base != BASE_SEATS) {
      vote.need = wide;
      assert_near(chance_of(&vote).passed, direct.passed, 1e-14);
      vote.need = needs[i];
    }
    // With at least k present, summed over what a quorum leaves: passed falls, and never below
    // direct minus inquorate.
    for (uint32_t k = 390; k <= 430; k += 10) {
      vote.quorum = at_least(k);
      VoteChance joint = chance_of(&vote);
      assert_true(joint.passed <= direct.passed + 1e-15);
      assert_true(joint.passed >= direct.passed - joint.inquorate - 1e-15);
      assert_true(joint.failed <= direct.failed + 1e-15);
    }
  }
}

// One bloc under one line: passed and quorate by a double sum over those present and their votes.
static void test_quorum_against_a_double_sum(void **state) {
  (void)state;
  VoteBloc bloc = free_bloc(170, 0.62, 0.6, 0.2);
  Vote vote = {.blocs = &bloc, .n_blocs = 1, .seats = 170, .quorum = at_least(104)};
  const double yes = 0.6 * 0.8 * 0.62, no = 0.6 * 0.8 * 0.38, abstain = 0.12, absent = 0.4;
  const VoteNeed needs[] = {share_of(NEED_SHARE, 3, 5, BASE_VOTES), majority_of(BASE_PRESENT),
                            at_least(52)};
  for (int k = 0; k < 3; k++) {
    vote.need = needs[k];
    double passed = 0, failed = 0;
    for (int y = 0; y <= 170; y++) {
      for (int n = 0; y + n <= 170; n++) {
        for (int a = 0; y + n + a <= 170; a++) {
          int gone = 170 - y - n - a;
          if (y + n + a < 104) continue;
          double p =
              exp(lgamma(171) - lgamma(y + 1) - lgamma(n + 1) - lgamma(a + 1) - lgamma(gone + 1) +
                  y * log(yes) + n * log(no) + a * log(abstain) + gone * log(absent));
          *(meets(&vote, &vote.need, y, n, a, 170) ? &passed : &failed) += p;
        }
      }
    }
    VoteChance got = chance_of(&vote);
    assert_near(got.passed, passed, 1e-12);
    assert_near(got.failed, failed, 1e-12);
  }
}

static void print_time(const char *what, const Vote *vote, int n) {
  struct timespec from, to;
  clock_gettime(CLOCK_MONOTONIC, &from);
  VoteChance out = {0};
  for (int i = 0; i < n; i++) vote_chance(vote, NULL, &out);
  clock_gettime(CLOCK_MONOTONIC, &to);
  double us = ((double)(to.tv_sec - from.tv_sec) * 1e9 + (double)(to.tv_nsec - from.tv_nsec)) / 1e3;
  print_message("  450 seats, %-42s %9.1f us   passed %.12f inquorate %.3g\n", what, us / n,
                out.passed, out.inquorate);
}

static void test_times(void **state) {
  (void)state;
  Vote vote = {.blocs = DUMA, .n_blocs = 5, .seats = 450};
  vote.need = majority_of(BASE_SEATS);
  print_time("majority of seats", &vote, 20);
  vote.quorum = majority_of(BASE_SEATS);
  print_time("majority of seats, quorum a majority", &vote, 20);
  vote.need = share_of(NEED_SHARE, 2, 3, BASE_VOTES);
  vote.quorum = (VoteNeed){.kind = NEED_NONE};
  print_time("2/3 of votes", &vote, 20);
  vote.need = share_of(NEED_SHARE, 653, 1000, BASE_VOTES);
  print_time("65.3% of votes", &vote, 2);
  vote.quorum = at_least(410);
  vote.need = majority_of(BASE_PRESENT);
  print_time("majority of present, quorum of 410", &vote, 2);
  vote.need = share_of(NEED_SHARE, 2, 3, BASE_VOTES);
  print_time("2/3 of votes, quorum of 410", &vote, 1);
  vote.need = share_of(NEED_SHARE, 13, 20, BASE_VOTES);
  print_time("65% of votes, quorum of 410", &vote, 1);
}

// Votes by many needs over blocs that change from the first, the last or somewhere between, or not at all: what is kept of
// the votes before changes no digit.
static void test_kept_sums_change_nothing(void **state) {
  (void)state;
  enum { BLOCS = 5, VOTES = 400 };
  const VoteNeed needs[] = {majority_of(BASE_SEATS),
                            share_of(NEED_SHARE, 2, 3, BASE_VOTES),
                            majority_of(BASE_PRESENT),
                            share_of(NEED_MORE, 2, 3, BASE_VOTES),
                            at_least(20),
                            share_of(NEED_SHARE, 3, 5, BASE_PRESENT),
                            majority_of(BASE_MEMBERS)};
  const VoteNeed quorums[] = {{.kind = NEED_NONE}, majority_of(BASE_SEATS), at_least(31)};
  Random r = {77};
  VoteBloc blocs[BLOCS];
  VoteSums *sums = vote_sums_new();
  for (uint32_t b = 0; b < BLOCS; b++) blocs[b] = random_bloc(&r, 5 + random_below(&r, 10));
  for (uint32_t i = 0; i < VOTES; i++) {
    uint32_t from = random_below(&r, BLOCS + 1);
    for (uint32_t b = from; b < BLOCS; b++) blocs[b] = random_bloc(&r, 5 + random_below(&r, 10));
    uint32_t n_blocs = random_below(&r, 4) ? BLOCS : random_below(&r, BLOCS);
    Vote vote = {blocs, n_blocs, 75, needs[random_below(&r, 7)], quorums[random_below(&r, 3)]};
    VoteChance kept, alone;
    vote_chance(&vote, sums, &kept);
    vote_chance(&vote, NULL, &alone);
    assert_memory_equal(&kept, &alone, sizeof kept);
  }
  vote_sums_free(sums);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_against_enumeration),
      cmocka_unit_test(test_published_poisson_binomials),
      cmocka_unit_test(test_by_hand),
      cmocka_unit_test(test_small_chances_keep_their_digits),
      cmocka_unit_test(test_can_pass),
      cmocka_unit_test(test_ways_agree),
      cmocka_unit_test(test_quorum_against_a_double_sum),
      cmocka_unit_test(test_kept_sums_change_nothing),
      cmocka_unit_test(test_times),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
