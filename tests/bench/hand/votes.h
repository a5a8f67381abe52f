// How likely a vote passes, for every vector of lines: the members of a bloc that say yes are binomial given its line, and
// those of the house are their sum.
#pragma once
#include <stdint.h>

enum { VOTE_BLOCS = 12, VOTE_LINES = 3, VOTE_SEATS = 600, VOTE_NEEDS = 2 };

typedef struct HandBloc {
  uint32_t seats, n_lines;  // one "line" where members are free
  double line[VOTE_LINES];  // the chance of each line
  double yes[VOTE_LINES];   // of a member's yes given it, between 0 and 1
} HandBloc;

typedef struct VoteRow {
  double weight;            // of this vector of lines
  double pass[VOTE_NEEDS];  // that at least needs[i] say yes
} VoteRow;

// Writes a row for each vector of lines. The number of a vector has the first bloc's line as its highest digit.
void votes_table(const HandBloc *blocs, uint32_t n_blocs, const uint32_t needs[VOTE_NEEDS],
                 VoteRow *rows);
