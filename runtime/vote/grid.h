// Joint distributions of a score and of the number of members who are there: one row for each
// number there.
//
//              score: low .. low + n_scores - 1      nobody counted
//   there       +-------------------------------+   +---+
//   n_there - 1 |                               |   |   |
//      ...      |  cell[row * n_scores + i]     |   |   |  empty[row]
//   low_there   |                               |   |   |
//               +-------------------------------+   +---+
#pragma once
#include "runtime/vote/score.h"

typedef struct Grid {
  uint32_t low_there, n_there;
  int64_t low;
  uint32_t n_scores;
  double *cell;   // owned
  double *empty;  // owned; all 0 where nothing is split off
} Grid;

// One line's members: what each does, and the weight of the line.
typedef struct GridCase {
  double weight;
  Step step;
} GridCase;

// Nobody is there yet.
Grid grid_start(bool is_split);
// Adds a bloc of n members, a mixture of its cases. Members who are `gone` are not there; the
// others are. Rows and columns at the edges that together weigh less than `trim` are dropped.
void grid_add_bloc(Grid *grid, uint32_t n, const GridCase *cases, uint32_t n_cases, bool is_split,
                   double trim);
void grid_free(Grid *grid);
