// What a sampled world draws when it is first read: a fact, a belief, a line, a chance in an expression. A draw only fills in
// a cell, so the rows stay in their order and nothing is dealt.
#include "runtime/walk/draw.h"

#include <math.h>
#include <stdlib.h>

// The rows whose cell has not been drawn.
static Selection fresh_rows(const Walk *w, uint32_t column, const Selection *s) {
  Selection fresh = {0};
  const int32_t *cells = world_words(&w->world, column);
  selection_reserve(&fresh, s->n);
  for (uint32_t i = 0; i < s->n; i++) {
    fresh.rows[fresh.n] = s->rows[i];
    fresh.n += cells[s->rows[i]] == 0;
  }
  return fresh;
}

// Fills in `hit` or `miss` by a chance.
static void fill_by_chance(Walk *w, const Term *chance, DrawKey key, const Selection *s,
                           uint32_t column, int32_t hit, int32_t miss) {
  bool is_shared;
  double *p = walk_yes_or_no(w, chance, s, &is_shared);
  if (!p) return;
  const uint64_t *words = walk_words(w, key, s);
  int32_t *cells = world_words(&w->world, column);
  uint64_t threshold = draw_threshold(p[0]);
  for (uint32_t i = 0; i < s->n; i++) {
    if (!is_shared) threshold = draw_threshold(p[2 * (size_t)i]);
    cells[s->rows[i]] = draw_hits(words[i], threshold) ? hit : miss;
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

void walk_draw_chance(Walk *w, const Term *term, const Selection *s) {
  if (s->n && !w->has_error)
    fill_by_chance(w, term->a, walk_key(w, term->place), s, term->column, 1, 0);
}

void walk_draw_belief(Walk *w, const BeliefPlan *belief, const Selection *s) {
  Selection fresh = {0};
  selection_reserve(&fresh, s->n);
  double *numbers = world_numbers(&w->world, belief->column);
  for (uint32_t i = 0; i < s->n; i++) {
    fresh.rows[fresh.n] = s->rows[i];
    fresh.n += isnan(numbers[s->rows[i]]) != 0;
  }
  double *shares = memory_alloc(fresh.n + 1, sizeof *shares);
  const uint64_t *words = walk_words(w, key_once(w, belief->place), &fresh);
  share_table_draw(&belief->table, words, fresh.n, shares);
  for (uint32_t i = 0; i < fresh.n; i++) numbers[fresh.rows[i]] = shares[i];
  free(shares);
  selection_free(&fresh);
}

// --- Lines ---

// Drawn by the number of times their thing was amended, wherever they are first read.
static const uint64_t *line_words(Walk *w, const LinePlan *line, const Selection *s) {
  const int32_t *amended = world_words(&w->world, line->amended);
  bool is_one = true;
  for (uint32_t i = 0; i < s->n; i++) is_one &= amended[s->rows[i]] == amended[s->rows[0]];
  DrawKey key = {w->options.seed, line->place, (uint32_t)amended[s->rows[0]]};
  uint64_t *words = walk_words(w, key, s);
  for (uint32_t i = 0; i < s->n && !is_one; i++) {
    key.visit = (uint32_t)amended[s->rows[i]];
    words[i] = draw_word(key, w->world.first_trial + s->rows[i]);
  }
  return words;
}

static void fill_lines(Walk *w, uint32_t index, const Selection *s) {
  const LinePlan *line = &w->plan->lines.items[index];
  bool is_shared = walk_line_is_constant(w, index);
  double p[LINE_KINDS];
  DrawSteps steps;
  if (is_shared) {
    if (!walk_line_chances(w, index, s->rows[0], p)) return;
    steps = draw_steps(p, LINE_KINDS);
  }
  const uint64_t *words = line_words(w, line, s);
  int32_t *cells = world_words(&w->world, line->column);
  for (uint32_t i = 0; i < s->n; i++) {
    if (!is_shared) {
      if (!walk_line_chances(w, index, s->rows[i], p)) return;
      steps = draw_steps(p, LINE_KINDS);
    }
    cells[s->rows[i]] = 1 + (int32_t)draw_step(&steps, words[i]);
  }
}

void walk_draw_line_cells(Walk *w, uint32_t index, const Selection *s) {
  Selection fresh = fresh_rows(w, w->plan->lines.items[index].column, s);
  walk_resolve_line(w, index, &fresh);
  if (fresh.n && !w->has_error) fill_lines(w, index, &fresh);
  selection_free(&fresh);
}
