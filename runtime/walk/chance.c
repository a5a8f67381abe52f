// The policies of chance: an exact walk splits each row by the chances of the options, a sampling walk draws one for each
// trial from the words of the place.
#include <math.h>
#include <stdlib.h>

#include "runtime/walk/draw.h"

DrawKey walk_key(const Walk *w, uint32_t place) {
  uint32_t visit = (uint32_t)(w->visit ^ (w->visit >> 32) * 0x9E3779B1u);
  return (DrawKey){w->options.seed, place, visit};
}

// The words of neighbours are made together, so that those of all rows cost half as much each.
uint64_t *walk_words(Walk *w, DrawKey key, const Selection *s) {
  const World *world = &w->world;
  if (world->n_rows > w->words_cap) {
    w->words_cap = world->n_rows;
    w->words = memory_grow(w->words, w->words_cap, sizeof *w->words);
    w->all_words = memory_grow(w->all_words, w->words_cap, sizeof *w->all_words);
  }
  if (!s->mask && 2 * (uint64_t)s->n < world->n_rows) {
    w->options.kernels->words_of(key, world->first_trial, s->rows, s->n, w->words);
    return w->words;
  }
  w->options.kernels->words(key, world->first_trial, world->n_rows, w->all_words);
  if (s->mask) return w->all_words;
  for (uint32_t i = 0; i < s->n; i++) w->words[i] = w->all_words[s->rows[i]];
  return w->words;
}

void walk_shape(const Walk *w, Selection *s) {
  if (w->options.is_exact) return;
  if (3 * (uint64_t)s->n < w->world.n_rows) selection_list(s);
  else selection_mask(s, w->world.n_rows);
}

// Words are made for some rows at a time, which stay in the nearest cache until they are compared.
uint32_t walk_part_below(const Walk *w, DrawKey key, const Selection *in,
                         const uint64_t *thresholds, uint64_t one, Lane *yes, Lane *no) {
  const Kernels *kernels = w->options.kernels;
  uint64_t words[WORDS_AT_ONCE];
  uint32_t n_yes = 0;
  for (uint32_t i = 0; i < in->cap; i += WORDS_AT_ONCE) {
    uint32_t n = in->cap - i < WORDS_AT_ONCE ? in->cap - i : WORDS_AT_ONCE;
    kernels->words(key, w->world.first_trial + i, n, words);
    n_yes += thresholds
                 ? kernels->part_each(in->mask + i, words, n, thresholds + i, yes + i, no + i)
                 : kernels->part_one(in->mask + i, words, n, one, yes + i, no + i);
  }
  return n_yes;
}

// `thresholds`: one for each entry, or NULL for `one`.
static void choose_below(Walk *w, const Selection *in, const uint64_t *thresholds, uint64_t one,
                         uint32_t place, Selection out[2]) {
  const Kernels *kernels = w->options.kernels;
  DrawKey key = walk_key(w, place);
  if (in->mask) {
    out[0] = selection_unset(in->cap);
    out[1] = selection_unset(in->cap);
    out[0].n = walk_part_below(w, key, in, thresholds, one, out[0].mask, out[1].mask);
  } else {
    const uint64_t *words = walk_words(w, key, in);
    uint32_t *yes, *no;
    selection_reserve(&out[0], in->n + KERNEL_SLACK);
    selection_reserve(&out[1], in->n + KERNEL_SLACK);
    yes = out[0].rows, no = out[1].rows;
    out[0].n = thresholds ? kernels->deal_each(in->rows, words, in->n, thresholds, yes, no)
                          : kernels->deal_one(in->rows, words, in->n, one, yes, no);
  }
  out[1].n = in->n - out[0].n;
}

void walk_choose_below(Walk *w, Selection *in, const uint64_t *thresholds, uint32_t place,
                       Selection out[2]) {
  choose_below(w, in, thresholds, 0, place, out);
  selection_free(in);
}

static void choose_of_two(Walk *w, const Selection *in, const double *p, bool is_shared,
                          uint32_t place, Selection *out) {
  if (is_shared) {
    choose_below(w, in, NULL, draw_threshold(p[0]), place, out);
    return;
  }
  uint32_t n = selection_entries(in);
  uint64_t *thresholds = memory_alloc(n, sizeof *thresholds);
  for (uint32_t i = 0; i < n; i++) thresholds[i] = draw_threshold(p[2 * (size_t)i]);
  choose_below(w, in, thresholds, 0, place, out);
  free(thresholds);
}

static void choose_drawn(Walk *w, Selection *in, const double *p, bool is_shared, uint32_t n,
                         uint32_t place, Selection *out) {
  if (in->n == 0) return;
  if (n == 2) {
    choose_of_two(w, in, p, is_shared, place, out);
    return;
  }
  const uint64_t *words = walk_words(w, walk_key(w, place), in);
  for (uint32_t k = 0; k < n; k++) selection_reserve(&out[k], in->n);
  EACH_ENTRY(in, i, row, is_in, {
    if (!is_in) continue;
    Selection *to = &out[draw_pick(words[i], is_shared ? p : p + (size_t)i * n, n)];
    to->rows[to->n++] = row;
  });
}

// The first option that a row can take keeps the row itself.
static void split_row(Walk *w, uint32_t row, const double *chances, uint32_t n, Selection *out) {
  World *world = &w->world;
  double weight = world->weight[row];
  uint32_t first = n;
  for (uint32_t k = n; k-- > 0;) {
    if (weight * chances[k] > 0) first = k;
  }
  if (first == n) {  // the weight has underflowed to nothing
    world_drop_row(world, row);
    return;
  }
  for (uint32_t k = first + 1; k < n; k++) {
    if (!(weight * chances[k] > 0)) continue;
    uint32_t copy = world_copy_row(world, row);
    if (copy == NO_ROW) return;
    world->weight[copy] = weight * chances[k];
    selection_push(&out[k], copy);
  }
  world->weight[row] = weight * chances[first];
  selection_push(&out[first], row);
}

static void split_rows(Walk *w, const Selection *in, const double *p, bool is_shared, uint32_t n,
                       Selection *out) {
  uint32_t n_taken = 0;
  for (uint32_t k = 0; is_shared && k < n; k++) n_taken += p[k] > 0;
  if (n_taken > 1 && !walk_has_room(w, (uint64_t)in->n * (n_taken - 1))) return;
  for (uint32_t i = 0; i < in->n && !w->world.is_over_budget; i++) {
    split_row(w, in->rows[i], is_shared ? p : p + (size_t)i * n, n, out);
  }
  if (w->world.is_over_budget) walk_over_budget(w);
}

void walk_choose(Walk *w, Selection *in, const double *p, bool is_shared, uint32_t n,
                 uint32_t place, Selection *out) {
  if (w->has_error) {
    selection_free(in);
    return;
  }
  if (w->options.is_exact) {
    split_rows(w, in, p, is_shared, n, out);
  } else {
    choose_drawn(w, in, p, is_shared, n, place, out);
  }
  selection_free(in);
}

bool walk_chance(Walk *w, const Term *term, uint32_t row, double *out) {
  Value value;
  if (!walk_value(w, term, row, &value)) return false;
  if (value.number >= 0 && value.number <= 1) {
    *out = value.number;
    return true;
  }
  // Rounding in a formula may leave an ulp beyond the end.
  if (value.number > -1e-12 && value.number < 1 + 1e-12) {
    *out = value.number < 0 ? 0 : 1;
    return true;
  }
  walk_error(w, E_RUN_CHANCE, term->node->span, row,
             "a chance of %.6g %%, which is outside 0 %% to 100 %%", 100 * value.number);
  return false;
}

bool walk_line_chances(Walk *w, uint32_t index, uint32_t row, double *p) {
  const LinePlan *line = &w->plan->lines.items[index];
  double sum = 0;
  for (int i = 0; i < LINE_KINDS; i++) p[i] = 0;
  if (line->yes) {
    if (!walk_chance(w, line->yes, row, &p[LINE_YES])) return false;
    p[LINE_NO] = 1 - p[LINE_YES];
    return true;
  }
  for (int i = 0; i < LINE_KINDS; i++) {
    if (line->chance[i] && !walk_chance(w, line->chance[i], row, &p[i])) return false;
    sum += p[i];
  }
  bool has_rest = line->otherwise < LINE_KINDS;
  if (sum > 1 + VALUE_NUMBER_TOLERANCE || (!has_rest && sum < 1 - VALUE_NUMBER_TOLERANCE)) {
    const Span span = w->program->blocs.items[line->bloc].name.span;
    walk_error(w, E_RUN_CHANCE, span, row, "the lines of this bloc add up to %.6g %%, not 100 %%",
               100 * sum);
    return false;
  }
  if (has_rest) p[line->otherwise] += sum < 1 ? 1 - sum : 0;
  return true;
}

void walk_resolve_line(Walk *w, uint32_t index, Selection *s) {
  const LinePlan *line = &w->plan->lines.items[index];
  walk_resolve(w, line->yes, s);
  for (int i = 0; i < LINE_KINDS; i++) walk_resolve(w, line->chance[i], s);
}

static const Term *line_term(const LinePlan *line, uint32_t k) {
  return line->yes && k == LINE_YES ? line->yes : line->chance[k];
}

bool walk_line_is_constant(const Walk *w, uint32_t index) {
  const LinePlan *line = &w->plan->lines.items[index];
  for (uint32_t k = 0; k < LINE_KINDS; k++) {
    const Term *term = line_term(line, k);
    if (term && term->kind != TERM_CONSTANT) return false;
  }
  return true;
}

bool walk_line_is_possible(const LinePlan *plan, Line line) {
  if (plan->yes) {
    double yes = plan->yes->value.number;
    return line == LINE_YES ? yes > 0 : line == LINE_NO && yes < 1;
  }
  return line == plan->otherwise || (plan->chance[line] && plan->chance[line]->value.number > 0);
}

static void split_fresh(Walk *w, uint32_t index, Selection *fresh, Selection *sides) {
  walk_resolve_line(w, index, fresh);
  bool is_shared = walk_line_is_constant(w, index);
  uint32_t n = is_shared ? 1 : fresh->n, i = 0;
  double *p = memory_alloc((size_t)LINE_KINDS * n + 1, sizeof *p);
  while (i < n && walk_line_chances(w, index, fresh->rows[i], p + (size_t)i * LINE_KINDS)) i++;
  if (!w->has_error)
    walk_choose(w, fresh, p, is_shared, LINE_KINDS, w->plan->lines.items[index].place, sides);
  free(p);
}

// What a drawn line once depended on is read no more.
static void part_drawn(Walk *w, uint32_t index, Selection *s, Selection *drawn, Selection *fresh) {
  const int32_t *line = world_words(&w->world, w->plan->lines.items[index].column);
  selection_list(s);
  for (uint32_t i = 0; i < s->n; i++) selection_push(line[s->rows[i]] ? drawn : fresh, s->rows[i]);
  selection_free(s);
}

void walk_resolve_fresh_line(Walk *w, uint32_t index, Selection *s) {
  if (walk_line_is_constant(w, index)) return;
  Selection drawn = {0}, fresh = {0};
  part_drawn(w, index, s, &drawn, &fresh);
  walk_resolve_line(w, index, &fresh);
  selection_append(s, &drawn);
  selection_append(s, &fresh);
}

static void split_line(Walk *w, uint32_t index, Selection *s) {
  const LinePlan *line = &w->plan->lines.items[index];
  Selection drawn = {0}, fresh = {0}, sides[LINE_KINDS] = {{0}, {0}, {0}, {0}};
  part_drawn(w, index, s, &drawn, &fresh);
  if (fresh.n) split_fresh(w, index, &fresh, sides);
  for (int k = 0; k < LINE_KINDS; k++) {
    for (uint32_t i = 0; i < sides[k].n; i++)
      world_words(&w->world, line->column)[sides[k].rows[i]] = 1 + k;
    selection_append(&drawn, &sides[k]);
  }
  selection_free(&fresh);
  selection_append(s, &drawn);
}

void walk_draw_line(Walk *w, uint32_t index, Selection *s) {
  if (w->options.is_exact) split_line(w, index, s);
  else walk_draw_line_cells(w, index, s);
}
