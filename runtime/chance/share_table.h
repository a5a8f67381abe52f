// Draws of shares. The quantile function of a beta is tabulated once; a uniform or a triangular spread has a closed form.
#pragma once
#include "runtime/chance/share.h"

typedef struct ShareCell {
  double start, per_width;
  double c[4];  // of the cubic in t = (v - start) * per_width
} ShareCell;

typedef struct ShareTable {
  ShareSpread spread;
  ShareCell *cells;  // of a beta: the lower half, then the upper; NULL otherwise
} ShareTable;

void share_table_make(const ShareSpread *spread, ShareTable *out);  // freed with share_table_free
void share_table_free(ShareTable *table);
// One share for each word.
void share_table_draw(const ShareTable *table, const uint64_t *words, uint32_t n, double *out);
