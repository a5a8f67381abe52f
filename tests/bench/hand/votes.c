// The sums are made from bloc to bloc, so that vectors with the same beginning share it, and the last bloc is not added
// but met: the rest's chance of at least what is missing is looked up for each of its counts.
#include "votes.h"

#include <string.h>

#define NEGLIGIBLE 1e-20  // a count less likely is left out at the ends

typedef struct Count {  // p[i] is the chance of first + i
  uint32_t first, n;
  double p[VOTE_SEATS + 1];
} Count;

typedef struct Table {
  const HandBloc *blocs;
  uint32_t n_blocs;
  const uint32_t *needs;
  VoteRow *next;
  Count counts[VOTE_BLOCS][VOTE_LINES];  // of each bloc under each of its lines
} Table;

static void count_trim(Count *count) {
  uint32_t low = 0, high = count->n;
  while (low + 1 < high && count->p[low] < NEGLIGIBLE) low++;
  while (low + 1 < high && count->p[high - 1] < NEGLIGIBLE) high--;
  memmove(count->p, count->p + low, (high - low) * sizeof *count->p);
  count->first += low;
  count->n = high - low;
}

// From the mode outwards, by the ratio of neighbours; then scaled to add up to 1.
static void count_binomial(Count *out, uint32_t n, double yes) {
  uint32_t mode = (uint32_t)((n + 1) * yes);
  double odds = yes / (1 - yes), sum = 1;
  *out = (Count){.first = 0, .n = n + 1};
  out->p[mode] = 1;
  for (uint32_t k = mode; k < n; k++) sum += out->p[k + 1] = out->p[k] * odds * (n - k) / (k + 1);
  for (uint32_t k = mode; k > 0; k--) sum += out->p[k - 1] = out->p[k] / odds * k / (n - k + 1);
  for (uint32_t k = 0; k <= n; k++) out->p[k] /= sum;
  count_trim(out);
}

static void count_sum(Count *out, const Count *a, const Count *b) {
  out->first = a->first + b->first;
  out->n = a->n + b->n - 1;
  memset(out->p, 0, out->n * sizeof *out->p);
  for (uint32_t j = 0; j < b->n; j++) {
    for (uint32_t i = 0; i < a->n; i++) out->p[i + j] += a->p[i] * b->p[j];
  }
  count_trim(out);
}

// least[i]: the chance of at least first + i.
static void count_least(const Count *count, double least[VOTE_SEATS + 2]) {
  least[count->n] = 0;
  for (uint32_t i = count->n; i > 0; i--) least[i - 1] = least[i] + count->p[i - 1];
}

static double pass_chance(const Count *rest, const double *least, const Count *last,
                          uint32_t need) {
  double sum = 0;
  for (uint32_t j = 0; j < last->n; j++) {
    uint32_t have = last->first + j + rest->first;
    if (have >= need) sum += last->p[j] * least[0];
    else if (need - have <= rest->n) sum += last->p[j] * least[need - have];
  }
  return sum;
}

static void meet_last(Table *table, const Count *rest, double weight) {
  const HandBloc *bloc = &table->blocs[table->n_blocs - 1];
  double least[VOTE_SEATS + 2];
  count_least(rest, least);
  for (uint32_t line = 0; line < bloc->n_lines; line++) {
    const Count *last = &table->counts[table->n_blocs - 1][line];
    table->next->weight = weight * bloc->line[line];
    for (uint32_t i = 0; i < VOTE_NEEDS; i++)
      table->next->pass[i] = pass_chance(rest, least, last, table->needs[i]);
    table->next++;
  }
}

static void add_bloc(Table *table, uint32_t i, const Count *before, double weight) {
  const HandBloc *bloc = &table->blocs[i];
  if (i + 1 == table->n_blocs) {
    meet_last(table, before, weight);
    return;
  }
  for (uint32_t line = 0; line < bloc->n_lines; line++) {
    Count sum;
    count_sum(&sum, before, &table->counts[i][line]);
    add_bloc(table, i + 1, &sum, weight * bloc->line[line]);
  }
}

void votes_table(const HandBloc *blocs, uint32_t n_blocs, const uint32_t needs[VOTE_NEEDS],
                 VoteRow *rows) {
  Table table = {.blocs = blocs, .n_blocs = n_blocs, .needs = needs, .next = rows};
  for (uint32_t i = 0; i < n_blocs; i++) {
    for (uint32_t line = 0; line < blocs[i].n_lines; line++)
      count_binomial(&table.counts[i][line], blocs[i].seats, blocs[i].yes[line]);
  }
  Count nobody = {.first = 0, .n = 1, .p = {1}};
  add_bloc(&table, 0, &nobody, 1);
}
