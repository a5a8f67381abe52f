// The chance of a vote. Three ways, the cheapest that is exact:
//
//   - a need for so many yes: the number of yes, one bloc after the other;
//   - a share of those present or voting: each member's integer score (2/3 of votes: yes +1,
//     no -2), met from 0 on; a share with a large denominator makes scores wide, and is counted as
//     yes by base in a grid instead;
//   - a quorum that may matter: the same together with the number present, in a grid.
//
// Tails are trimmed where they cannot be seen in the sum; a result so small that it could is
// computed again untrimmed.
#include "runtime/vote/vote.h"

#include <assert.h>
#include <stddef.h>

#include "runtime/vote/grid.h"
#include "runtime/vote/member.h"
#include "runtime/vote/possible.h"
#include "runtime/vote/rule.h"
#include "runtime/vote/score.h"
#include "runtime/vote/sums.h"

// A result below this is computed again without trimming, in a grid only up to so many members.
#define RARE 1e-10
#define GRID_TRIM 1e-19
#define GRID_RARE 1e-6
#define GRID_UNTRIMMED_MEMBERS 128
// A quorum missed, or reached, with less than this chance is left out of the joint distribution.
#define NEGLIGIBLE 1e-15
// A score is used up to this denominator, a grid above.
#define SCORE_DENOMINATOR 24
// A grid takes the time of so many products for each pair of members.
#define GRID_WORK 4
// What a possible result is given that was too small to keep.
#define LEAST_CHANCE 1e-30

// What is counted of the members.
typedef enum Count {
  COUNT_PRESENT,       // those present
  COUNT_YES,           // yes; the others present stay where they are
  COUNT_YES_OF_VOTES,  // yes; who abstains counts as gone
  COUNT_SCORE          // the score of a share of those present or voting
} Count;

typedef struct Sides {
  double met, missed;
} Sides;

static Step score_step(const VoteNeed *need, const double chance[LINE_KINDS]) {
  Step step = {.rise = need->share.den - need->share.num,
               .fall = need->share.num,
               .up = chance[LINE_YES],
               .down = chance[LINE_NO],
               .gone = chance[LINE_ABSENT]};
  *(need->base == BASE_PRESENT ? &step.down : &step.stay) += chance[LINE_ABSTAIN];
  return step;
}

static Step count_step(Count count, const VoteNeed *need, const double chance[LINE_KINDS]) {
  double yes = chance[LINE_YES], no = chance[LINE_NO];
  double abstain = chance[LINE_ABSTAIN], absent = chance[LINE_ABSENT];
  switch (count) {
    case COUNT_PRESENT: return (Step){.rise = 1, .up = yes + no + abstain, .gone = absent};
    case COUNT_YES: return (Step){.rise = 1, .up = yes, .stay = no + abstain, .gone = absent};
    case COUNT_YES_OF_VOTES:
      return (Step){.rise = 1, .up = yes, .stay = no, .gone = abstain + absent};
    case COUNT_SCORE: return score_step(need, chance);
  }
  return (Step){0};
}

static Score bloc_score(const VoteBloc *bloc, Count count, const VoteNeed *need, double trim) {
  bool is_split = count == COUNT_SCORE;
  int64_t rise = is_split ? need->share.den - need->share.num : 1;
  int64_t fall = is_split ? need->share.num : 0;
  Score score = score_zero(-fall * bloc->seats, rise * bloc->seats);
  for (uint32_t line = 0; line < BLOC_CASES; line++) {
    double chance[LINE_KINDS];
    double weight = bloc_case(bloc, line, chance);
    if (!(weight > 0)) continue;
    Step step = count_step(count, need, chance);
    score_add_members(&score, weight, bloc->seats, &step, is_split, trim);
  }
  score_shrink(&score);
  return score;
}

static const Score *known_score(SumChain *chain, const VoteBloc *bloc, Count count,
                                const VoteNeed *need, double trim) {
  const Score *known = sums_score(chain, bloc);
  return known ? known : sums_keep_score(chain, bloc, bloc_score(bloc, count, need, trim));
}

// The sum over all blocs; it belongs to the chain, whose beginning it may find done.
static const Score *vote_score(const Vote *vote, VoteSums *sums, Count count, const VoteNeed *need,
                               double trim) {
  uint32_t way = 2 * (uint32_t)count + (trim > 0);
  VoteNeed unread = {0};  // only a score depends on the need
  SumChain *chain = sums_chain(sums, way, count == COUNT_SCORE ? need : &unread, vote);
  for (uint32_t i = chain->n_blocs; i < vote->n_blocs; i++) {
    const VoteBloc *bloc = &vote->blocs[i];
    const Score *score = known_score(chain, bloc, count, need, trim);
    Score start = score_start(count == COUNT_SCORE);
    if (i) sums->n_products += (uint64_t)chain->sum[i - 1].n * score->n;
    sums_push(chain, bloc, score_sum(i ? &chain->sum[i - 1] : &start, score));
    score_free(&start);
  }
  return &chain->sum[vote->n_blocs - 1];
}

// The chances below `least` and from it on; that nobody counted is a need missed.
static Sides score_sides(const Score *score, int64_t least) {
  Sides sides = {0, score->empty};
  for (uint32_t i = 0; i < score->n; i++) {
    *(score->low + i >= least ? &sides.met : &sides.missed) += score->p[i];
  }
  return sides;
}

static Sides vote_score_sides(const Vote *vote, VoteSums *sums, Count count, const VoteNeed *need,
                              int64_t least) {
  Sides sides = {0, 1};
  if (vote->n_blocs == 0) return least > 0 || count == COUNT_SCORE ? sides : (Sides){1, 0};
  sides.missed = 0;
  const double trims[] = {SCORE_TRIM, 0};
  for (int i = 0; i < 2 && (sides.met < RARE || sides.missed < RARE); i++) {
    sides = score_sides(vote_score(vote, sums, count, need, trims[i]), least);
  }
  return sides;
}

static Grid vote_grid(const Vote *vote, Count count, const VoteNeed *need, double trim) {
  bool is_split = count == COUNT_SCORE;
  Grid grid = grid_start(is_split);
  for (uint32_t i = 0; i < vote->n_blocs; i++) {
    GridCase cases[BLOC_CASES];
    uint32_t n_cases = 0;
    for (uint32_t line = 0; line < BLOC_CASES; line++) {
      double chance[LINE_KINDS];
      double weight = bloc_case(&vote->blocs[i], line, chance);
      if (!(weight > 0)) continue;
      cases[n_cases++] = (GridCase){weight, count_step(count, need, chance)};
    }
    grid_add_bloc(&grid, vote->blocs[i].seats, cases, n_cases, is_split, trim);
  }
  return grid;
}

static bool grid_cell_meets(const Vote *vote, Count count, const VoteNeed *need, int64_t score,
                            uint32_t there) {
  if (count == COUNT_SCORE) return need->kind == NEED_MORE ? score > 0 : score >= 0;
  if (need_counts_those_there(need)) return need_is_met(need, (uint32_t)score, there);
  return (uint64_t)score >= need_least(need, vote->seats, vote_members(vote));
}

// The chances of those rows in which at least `quorum` are there.
static Sides grid_sides(const Vote *vote, const Grid *grid, Count count, const VoteNeed *need,
                        uint64_t quorum) {
  Sides sides = {0};
  for (uint32_t row = 0; row < grid->n_there; row++) {
    uint32_t there = grid->low_there + row;
    if (there < quorum) continue;
    sides.missed += grid->empty[row];
    const double *p = grid->cell + (size_t)row * grid->n_scores;
    for (uint32_t i = 0; i < grid->n_scores; i++) {
      bool is_met = grid_cell_meets(vote, count, need, grid->low + i, there);
      *(is_met ? &sides.met : &sides.missed) += p[i];
    }
  }
  return sides;
}

static Sides vote_grid_sides(const Vote *vote, VoteSums *sums, Count count, const VoteNeed *need,
                             uint64_t quorum) {
  uint32_t members = vote_members(vote);
  const double trims[] = {GRID_TRIM, 0};
  Sides sides = {0};
  for (int i = 0; i < 2 && (sides.met < GRID_RARE || sides.missed < GRID_RARE); i++) {
    if (i == 1 && members > GRID_UNTRIMMED_MEMBERS) break;
    Grid grid = vote_grid(vote, count, need, trims[i]);
    sides = grid_sides(vote, &grid, count, need, quorum);
    grid_free(&grid);
    sums->n_products += (uint64_t)GRID_WORK * members * members;
  }
  return sides;
}

// Without a quorum.
static Sides sides_alone(const Vote *vote, VoteSums *sums, const VoteNeed *need) {
  if (!need_counts_those_there(need)) {
    uint64_t least = need_least(need, vote->seats, vote_members(vote));
    if (least == 0) return (Sides){1, 0};
    return vote_score_sides(vote, sums, COUNT_YES, need, (int64_t)least);
  }
  if (need->share.den <= SCORE_DENOMINATOR) {
    return vote_score_sides(vote, sums, COUNT_SCORE, need, need->kind == NEED_MORE ? 1 : 0);
  }
  return vote_grid_sides(vote, sums, need->base == BASE_PRESENT ? COUNT_YES : COUNT_YES_OF_VOTES,
                         need, 0);
}

static bool bloc_can_abstain(const VoteBloc *bloc) {
  for (uint32_t line = 0; line < BLOC_CASES; line++) {
    double chance[LINE_KINDS];
    if (bloc_case(bloc, line, chance) > 0 && chance[LINE_ABSTAIN] > 0) return true;
  }
  return false;
}

// Together with a quorum. Only abstention tells those voting from those present.
static Sides sides_quorate(const Vote *vote, VoteSums *sums, const VoteNeed *need,
                           uint64_t quorum) {
  bool has_abstention = false;
  for (uint32_t i = 0; i < vote->n_blocs; i++) {
    has_abstention = has_abstention || bloc_can_abstain(&vote->blocs[i]);
  }
  bool needs_score = need_counts_those_there(need) && need->base == BASE_VOTES && has_abstention;
  if (!needs_score) return vote_grid_sides(vote, sums, COUNT_YES, need, quorum);
  VoteNeed narrow = need_within(need, vote_members(vote));
  return vote_grid_sides(vote, sums, COUNT_SCORE, &narrow, quorum);
}

// A share above all of those there is out of anybody's reach.
static VoteNeed need_normal(const VoteNeed *need) {
  if (!need_counts_those_there(need)) return *need;
  bool is_out_of_reach = need->share.num > need->share.den ||
                         (need->share.num == need->share.den && need->kind == NEED_MORE);
  return is_out_of_reach ? (VoteNeed){.kind = NEED_YES_COUNT, .count = UINT32_MAX} : *need;
}

// The impossible gets no chance, the possible some. Chances up to `doubtful` may be either.
static void settle(const Vote *vote, const VoteNeed *need, uint64_t quorum, double doubtful,
                   VoteChance *out) {
  if (out->passed > doubtful && out->failed > doubtful) return;
  VotePossible possible = vote_possible(vote, need, quorum);
  if (!possible.passed) out->failed += out->passed, out->passed = 0;
  if (!possible.failed) out->passed += out->failed, out->failed = 0;
  if (possible.passed && out->passed <= 0) out->passed = LEAST_CHANCE;
  if (possible.failed && out->failed <= 0) out->failed = LEAST_CHANCE;
}

static void chance_with(const Vote *vote, VoteSums *sums, VoteChance *out) {
  assert(!need_counts_those_there(&vote->quorum));
  VoteNeed need = need_normal(&vote->need);
  uint32_t members = vote_members(vote);
  uint64_t quorum = need_least(&vote->quorum, vote->seats, members);
  Sides there = {1, 0};
  if (quorum > 0) there = vote_score_sides(vote, sums, COUNT_PRESENT, &need, (int64_t)quorum);
  bool is_joint = there.missed >= NEGLIGIBLE && there.met >= NEGLIGIBLE;
  Sides sides = {0};
  if (there.met > 0) {
    sides = is_joint ? sides_quorate(vote, sums, &need, quorum) : sides_alone(vote, sums, &need);
    double scale = there.met / (sides.met + sides.missed);
    sides.met *= scale;
    sides.missed *= scale;
  }
  double total = sides.met + sides.missed + there.missed;
  *out = (VoteChance){sides.met / total, sides.missed / total, there.missed / total};
  settle(vote, &need, quorum, is_joint || there.missed <= 0 ? 0 : 4 * NEGLIGIBLE, out);
}

void vote_chance(const Vote *vote, VoteSums *sums, VoteChance *out) {
  VoteSums *own = sums ? sums : vote_sums_new();
  chance_with(vote, own, out);
  if (!sums) vote_sums_free(own);
}

bool vote_can_pass(const Vote *vote) {
  VoteNeed need = need_normal(&vote->need);
  uint32_t members = vote_members(vote);
  if (need_least(&vote->quorum, vote->seats, members) > members) return false;
  if (need_counts_those_there(&need)) return need_is_met(&need, members, members);
  return need_least(&need, vote->seats, members) <= members;
}
