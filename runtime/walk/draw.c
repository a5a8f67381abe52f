// What a sampled world draws when it is first read: a fact, a belief, a line, a chance in an expression. A draw only fills in
// a cell, so the rows stay in their order and nothing is dealt.
#include "runtime/walk/draw.h"

#include <math.h>
#include <stdlib.h>

// The rows whose cell has not been drawn, as a mask or a list like the selection.
static Selection fresh_rows(const Walk *w, uint32_t column, const Selection *s) {
  Selection fresh = {0};
  const int32_t *cells = world_words(&w->world, column);
  if (s->mask) {
    fresh = selection_unset(s->cap);
    const Lane *mask = s->mask;
    Lane *fresh_mask = fresh.mask;
    uint32_t n_fresh = 0;
    const uint32_t n = s->cap;
    for (uint32_t row = 0; row < n; row++) {
      Lane is_fresh = mask[row] & lane_of(cells[row] == 0);
      fresh_mask[row] = is_fresh;
      n_fresh -= (uint32_t)is_fresh;
    }
    fresh.n = n_fresh;
    return fresh;
  }
  selection_reserve(&fresh, s->n + 1);
  for (uint32_t i = 0; i < s->n; i++) {
    fresh.rows[fresh.n] = s->rows[i];
    fresh.n += cells[s->rows[i]] == 0;
  }
  return fresh;
}

// Fills in `hit` where a word is below a threshold and `miss` elsewhere.
static void fill_below(Walk *w, DrawKey key, const Selection *s, uint64_t threshold,
                       uint32_t column, int32_t hit, int32_t miss) {
  int32_t *cells = world_words(&w->world, column);
  if (!s->mask) {
    const uint64_t *words = walk_words(w, key, s);
    for (uint32_t i = 0; i < s->n; i++)
      cells[s->rows[i]] = lane_pick(lane_of(draw_hits(words[i], threshold)), hit, miss);
    return;
  }
  const uint32_t n = s->cap;
  Lane *yes = memory_grow(NULL, 2 * (size_t)n, sizeof *yes), *no = yes + n;
  walk_part_below(w, key, s, NULL, threshold, yes, no);
  for (uint32_t row = 0; row < n; row++)
    cells[row] = lane_pick(yes[row], hit, lane_pick(no[row], miss, cells[row]));
  free(yes);
}

// Fills in `hit` or `miss` by a chance.
static void fill_by_chance(Walk *w, const Term *chance, DrawKey key, Selection *s, uint32_t column,
                           int32_t hit, int32_t miss) {
  bool is_shared = chance->kind == TERM_CONSTANT;
  if (!is_shared) selection_list(s);
  double *p = walk_yes_or_no(w, chance, s, &is_shared);
  if (!p) return;
  if (is_shared) {
    fill_below(w, key, s, draw_threshold(p[0]), column, hit, miss);
  } else {
    const uint64_t *words = walk_words(w, key, s);
    int32_t *cells = world_words(&w->world, column);
    for (uint32_t i = 0; i < s->n; i++)
      cells[s->rows[i]] = draw_hits(words[i], draw_threshold(p[2 * (size_t)i])) ? hit : miss;
  }
  free(p);
}

// Facts and beliefs are drawn once, whatever the pass of the loop in which they are first read.
static DrawKey key_once(const Walk *w, uint32_t place) {
  return (DrawKey){w->options.seed, place, 0};
}

void walk_draw_fact(Walk *w, const FactPlan *fact, const Selection *s) {
  Selection fresh = fresh_rows(w, fact->column, s);
  walk_resolve(w, fact->chance, &fresh);
  if (fresh.n && !w->has_error)
    fill_by_chance(w, fact->chance, key_once(w, fact->place), &fresh, fact->column, 1, 2);
  selection_free(&fresh);
}

void walk_draw_chance(Walk *w, const Term *term, Selection *s) {
  if (s->n && !w->has_error)
    fill_by_chance(w, term->a, walk_key(w, term->place), s, term->column, 1, 0);
}

void walk_draw_belief(Walk *w, const BeliefPlan *belief, const Selection *s) {
  Selection fresh = {0};
  selection_reserve(&fresh, s->n + 1);
  double *numbers = world_numbers(&w->world, belief->column);
  EACH_ENTRY(s, i, row, is_in, {
    fresh.rows[fresh.n] = row;
    fresh.n -= (uint32_t)(is_in & lane_of(isnan(numbers[row])));
  });
  double *shares = memory_alloc(fresh.n + 1, sizeof *shares);
  const uint64_t *words = walk_words(w, key_once(w, belief->place), &fresh);
  share_table_draw(&belief->table, words, fresh.n, shares);
  for (uint32_t i = 0; i < fresh.n; i++) numbers[fresh.rows[i]] = shares[i];
  free(shares);
  selection_free(&fresh);
}

// --- Lines ---

static int32_t amended_once(const int32_t *amended, const Selection *s, bool *is_one) {
  int32_t least = INT32_MAX, most = INT32_MIN;
  EACH_ENTRY(s, i, row, is_in, {
    int32_t low = lane_pick(is_in, amended[row], INT32_MAX);
    int32_t high = lane_pick(is_in, amended[row], INT32_MIN);
    least = low < least ? low : least;
    most = high > most ? high : most;
  });
  *is_one = least == most;
  return least;
}

// Lines are drawn by the number of times their thing was amended, wherever they are first read: the words of a list whose
// rows differ in it.
static const uint64_t *words_by_amended(Walk *w, DrawKey key, const int32_t *amended,
                                        const Selection *s) {
  uint64_t *words = walk_words(w, key, s);
  for (uint32_t i = 0; i < s->n; i++) {
    key.visit = (uint32_t)amended[s->rows[i]];
    words[i] = draw_word(key, w->world.first_trial + s->rows[i]);
  }
  return words;
}

static void fill_lines_of_rows(Walk *w, uint32_t index, const Selection *s, const uint64_t *words) {
  int32_t *cells = world_words(&w->world, w->plan->lines.items[index].column);
  double p[LINE_KINDS];
  for (uint32_t i = 0; i < s->n; i++) {
    if (!walk_line_chances(w, index, s->rows[i], p)) return;
    DrawSteps steps = draw_steps(p, LINE_KINDS);
    cells[s->rows[i]] = 1 + (int32_t)draw_step(&steps, words[i]);
  }
}

static void fill_lines(Walk *w, uint32_t index, Selection *s) {
  const LinePlan *line = &w->plan->lines.items[index];
  int32_t *cells = world_words(&w->world, line->column);
  const int32_t *amended = world_words(&w->world, line->amended);
  bool is_shared = walk_line_is_constant(w, index), is_one;
  DrawKey key = {w->options.seed, line->place, (uint32_t)amended_once(amended, s, &is_one)};
  double p[LINE_KINDS];
  if (is_shared && !walk_line_chances(w, index, 0, p)) return;
  if (is_shared && is_one && line->yes) {
    fill_below(w, key, s, draw_threshold(p[LINE_YES]), line->column, 1 + LINE_YES, 1 + LINE_NO);
    return;
  }
  if (!is_shared || !is_one) selection_list(s);
  const uint64_t *words = is_one ? walk_words(w, key, s) : words_by_amended(w, key, amended, s);
  if (!is_shared) {
    fill_lines_of_rows(w, index, s, words);
    return;
  }
  DrawSteps steps = draw_steps(p, LINE_KINDS);
  EACH_ENTRY(s, i, row, is_in, {
    int32_t drawn = 1 + (int32_t)draw_step(&steps, words[i]);
    cells[row] = lane_pick(is_in, drawn, cells[row]);
  });
}

void walk_draw_line_cells(Walk *w, uint32_t index, const Selection *s) {
  Selection fresh = fresh_rows(w, w->plan->lines.items[index].column, s);
  walk_resolve_line(w, index, &fresh);
  if (fresh.n && !w->has_error) fill_lines(w, index, &fresh);
  selection_free(&fresh);
}
