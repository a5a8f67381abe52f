// A vote's exact chance. Pure mathematics: blocs with the chances of their lines and of their
// members in, three chances out.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "lang/base/rational.h"

typedef enum Line { LINE_YES, LINE_NO, LINE_ABSTAIN, LINE_ABSENT, LINE_KINDS } Line;

// A bloc either follows a line, drawn for the whole bloc before its members decide, or is free:
// each of its members decides alone. Members are independent given the line. Every chance lies in
// 0..1.
typedef struct VoteBloc {
  uint32_t seats;
  bool is_free;
  // The chances of the lines, adding up to 1: a single 1 where the line is known, a mixture
  // otherwise; unread where free.
  double line[LINE_KINDS];
  // A free member's chance of yes where he votes yes or no; unread where there is a line.
  double free_yes;
  double turnout;           // unread under an absent line
  double loyalty, abstain;  // abstain: a free member's chance to, or a disloyal one's
} VoteBloc;

// What a share is taken of: seats of the chamber, vacant ones too; those who vote yes, no or
// abstain; those who vote yes or no; seats held by a bloc.
typedef enum VoteBase { BASE_SEATS, BASE_PRESENT, BASE_VOTES, BASE_MEMBERS } VoteBase;

typedef enum VoteNeedKind {
  NEED_NONE,       // always met
  NEED_SHARE,      // yes >= share * base
  NEED_MORE,       // yes > share * base; a majority is more than 1/2
  NEED_YES_COUNT,  // at least `count` yes
} VoteNeedKind;

typedef struct VoteNeed {
  VoteNeedKind kind;
  Rational share;  // not below 0
  VoteBase base;
  uint32_t count;
} VoteNeed;

typedef struct Vote {
  const VoteBloc *blocs;
  uint32_t n_blocs;
  uint32_t seats;  // of the chamber
  VoteNeed need;
  // The same phrases count those present: a share of seats or members, or NEED_YES_COUNT for at
  // least `count` present.
  VoteNeed quorum;
} Vote;

typedef struct VoteChance {
  double passed;
  double failed;     // quorate, but the need is not met
  double inquorate;  // fewer present than the quorum
} VoteChance;

// The three add up to 1 within 1e-13 and each is right to 1e-15; without a quorum that matters also
// relatively, down to 1e-290. A chance is 0 only where the result is impossible; one too small to
// keep is given as 1e-30. A share of those present or voting is never reached where nobody is
// present or votes.
//
// `sums` keeps what the next vote may have in common with this one, and never changes a chance; it may be NULL.
typedef struct VoteSums VoteSums;
VoteSums *vote_sums_new(void);
void vote_sums_free(VoteSums *sums);
uint64_t vote_sums_work(
    const VoteSums *sums);  // about how many products of numbers the votes have taken so far
void vote_chance(const Vote *vote, VoteSums *sums, VoteChance *out);

// Whether need and quorum are met where every held seat votes yes: a law that fails this can never
// pass anything.
bool vote_can_pass(const Vote *vote);
