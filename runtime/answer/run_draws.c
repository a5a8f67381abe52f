// The draws of an exact range (run_range.c), walked beside each other with their beliefs set from the
// start, in parts of a few draws that share the threads. A draw's worlds never meet another's, so that
// neither parts nor threads change a sum.
//
// Most chances are polynomials of low degree in each belief. Then fewer walks do: those of a grid of
// Chebyshev's nodes along each belief, between which every draw is interpolated in Lagrange's form.
//
//   belief q |  o . o    .   o      o  node: walked
//            |  .    .  .  .        .  draw: interpolated, but for the first CHECKS, which are walked
//            |  o   .o  .    o
//            +---------------- belief p
//
// How few nodes are enough is tried out: they are where no chance misses a draw that was walked by more
// than MISS of how far it varies, which is a hundredth of what POINTS draws leave unknown of a quantile.
#include <math.h>

#include "runtime/answer/run.h"

#define MAX_STATEMENTS 1000000u
#define WORK_PER_WORLD 16u  // a second or two for all parts, with the default budget
#define MISS 1e-4
#define ROUNDING 1e-13
#define POINT 1e-12  // a belief narrower than this is one point

// Of a part: its draws, and the share of the budget that it may fill.
enum { DRAWS_OF_PART = 4, PARTS = POINTS / DRAWS_OF_PART, BUDGET_SHARE = 8 };
enum { CHECKS = 8, MOST_NODES = POINTS / 2 - CHECKS };

static const uint32_t nodes_at_most[] = {2, 3, 5, 9, 17, 33};
enum { TRIES = sizeof nodes_at_most / sizeof *nodes_at_most };

// --- Walking ---

typedef struct Part {
  Arena *arena;
  Diagnostics *told;
  bool is_done;
} Part;

static bool goes_on(void *context, uint64_t n_worlds) {
  bool is_wanted;
  RunProgress progress = {.worlds = n_worlds};
#pragma omp critical(legis_batch)
  is_wanted = run_goes_on(context, &progress);
  return is_wanted;
}

static void draw_part(Run *run, const Draws *draws, uint32_t first, uint32_t end, Tally *tally,
                      Part *out) {
  WalkOptions walking = {.is_exact = true,
                         .keeps_dead = run->options->keeps_dead,
                         .never_merges = run->options->never_merges,
                         .seed = run->options->seed,
                         .budget = run->options->budget / BUDGET_SHARE,
                         .statements = MAX_STATEMENTS,
                         .work = run_work(run->options, WORK_PER_WORLD) / PARTS,
                         .goes_on = goes_on,
                         .context = run};
  Walk walk;
  out->arena = arena_new();
  out->told = diagnostics_new(out->arena);
  walk_open(&walk, run->plan, walking, out->told);
  walk_draws(&walk, draws, first, end - first < DRAWS_OF_PART ? end - first : DRAWS_OF_PART);
  tally_worlds(tally, &walk);
  out->is_done = !walk.has_error;
  walk_close(&walk);
}

static void tell(Run *run, const Part *part) {
  for (uint32_t i = 0; i < part->told->items.n; i++) {
    const Diagnostic *d = part->told->items.items[i];
    diagnostic_add(run->diagnostics, d->code, d->primary.span, "%.*s", TEXT_ARG(d->title));
  }
}

// Parts before one that fails are walked to their end, so that the same one is told of every time.
static bool draw_all(Run *run, const Draws *draws, uint32_t first, uint32_t end, Tally *tally) {
  Part parts[PARTS] = {{0}};
  uint32_t n = (end - first + DRAWS_OF_PART - 1) / DRAWS_OF_PART, failed = n;
#pragma omp parallel for schedule(static, 1) num_threads((int)run->options->threads)
  for (uint32_t part = 0; part < n; part++) {
    uint32_t limit;
#pragma omp atomic read
    limit = failed;
    if (part > limit) continue;
    draw_part(run, draws, first + part * DRAWS_OF_PART, end, tally, &parts[part]);
#pragma omp critical
    if (!parts[part].is_done && part < failed) failed = part;
  }
  if (failed < n) tell(run, &parts[failed]);
  for (uint32_t part = 0; part < n; part++) arena_free(parts[part].arena);
  return failed == n;
}

// --- A grid of nodes ---

typedef struct Axis {  // of a belief
  const double *drawn;
  uint32_t n, assume;
  double node[MOST_NODES];
} Axis;

typedef struct Grid {
  Axis *axes;
  uint32_t n_axes;
  Draws nodes;
} Grid;

static void ends_of(const double *drawn, double *low, double *high) {
  *low = *high = drawn[0];
  for (uint32_t i = 1; i < POINTS; i++) {
    *low = fmin(*low, drawn[i]);
    *high = fmax(*high, drawn[i]);
  }
}

static void make_axis(const Plan *plan, uint32_t assume, uint32_t most, Axis *out) {
  const BeliefPlan *belief = &plan->beliefs[assume];
  double low, high;
  *out = (Axis){.drawn = plan->draws.value[assume], .assume = assume};
  ends_of(out->drawn, &low, &high);
  out->n = high - low < POINT ? 1 : belief->degree < most ? belief->degree + 1 : most;
  for (uint32_t k = 0; k < out->n; k++)
    out->node[k] = (low + high) / 2 - (high - low) / 2 * cos(M_PI * (2 * k + 1) / (2.0 * out->n));
}

// False where a belief enters in a way that is no polynomial, or where there are too many nodes.
static bool make_axes(const Run *run, uint32_t most, Grid *grid) {
  uint32_t n_assumes = run->program->assumes.n;
  *grid = (Grid){.axes = ARENA_ARRAY(run->arena, Axis, n_assumes + 1), .nodes = {.n = 1}};
  for (uint32_t i = 0; i < n_assumes; i++) {
    if (!run->plan->draws.value[i]) continue;
    if (run->plan->beliefs[i].degree == NO_DEGREE) return false;
    Axis *axis = &grid->axes[grid->n_axes++];
    make_axis(run->plan, i, most, axis);
    grid->nodes.n *= axis->n;
    if (grid->nodes.n > MOST_NODES) return false;
  }
  return true;
}

static bool make_grid(const Run *run, uint32_t most, Grid *grid) {
  if (!make_axes(run, most, grid)) return false;
  grid->nodes.value = ARENA_ARRAY(run->arena, double *, run->program->assumes.n + 1);
  uint32_t stride = 1;
  for (uint32_t k = 0; k < grid->n_axes; k++) {
    const Axis *axis = &grid->axes[k];
    double *value = ARENA_ARRAY(run->arena, double, grid->nodes.n);
    for (uint32_t i = 0; i < grid->nodes.n; i++) value[i] = axis->node[i / stride % axis->n];
    grid->nodes.value[axis->assume] = value;
    stride *= axis->n;
  }
  return true;
}

// What each node counts for in a draw.
static void weigh_nodes(const Grid *grid, uint32_t draw, double *weight) {
  uint32_t stride = 1;
  for (uint32_t i = 0; i < grid->nodes.n; i++) weight[i] = 1;
  for (uint32_t a = 0; a < grid->n_axes; a++) {
    const Axis *axis = &grid->axes[a];
    double basis[MOST_NODES], x = axis->drawn[draw];
    for (uint32_t k = 0; k < axis->n; k++) {
      basis[k] = 1;
      for (uint32_t j = 0; j < axis->n; j++) {
        if (j != k) basis[k] *= (x - axis->node[j]) / (axis->node[k] - axis->node[j]);
      }
    }
    for (uint32_t i = 0; i < grid->nodes.n; i++) weight[i] *= basis[i / stride % axis->n];
    stride *= axis->n;
  }
}

// --- Interpolating: `nodes` and `draws` have n sums for each node and each draw ---

static double between(const double *nodes, uint32_t n, uint32_t sum, const double *weight,
                      uint32_t n_nodes) {
  double value = 0;
  for (uint32_t i = 0; i < n_nodes; i++) value += weight[i] * nodes[(size_t)i * n + sum];
  return value;
}

static double allowed_miss(const double *nodes, uint32_t n, uint32_t sum, uint32_t n_nodes) {
  double low = nodes[sum], high = nodes[sum];
  for (uint32_t i = 1; i < n_nodes; i++) {
    low = fmin(low, nodes[(size_t)i * n + sum]);
    high = fmax(high, nodes[(size_t)i * n + sum]);
  }
  return MISS * (high - low) + ROUNDING * high;
}

static bool sums_fit(const Grid *grid, const double *nodes, const double *draws, uint32_t n) {
  double weight[MOST_NODES];
  for (uint32_t draw = 0; draw < CHECKS; draw++) {
    weigh_nodes(grid, draw, weight);
    for (uint32_t sum = 0; sum < n; sum++) {
      double miss = between(nodes, n, sum, weight, grid->nodes.n) - draws[(size_t)draw * n + sum];
      if (!(fabs(miss) <= allowed_miss(nodes, n, sum, grid->nodes.n))) return false;
    }
  }
  return true;
}

static void fill_sums(const Grid *grid, const double *nodes, double *draws, uint32_t n) {
  double weight[MOST_NODES];
  for (uint32_t draw = CHECKS; draw < POINTS; draw++) {
    weigh_nodes(grid, draw, weight);
    for (uint32_t sum = 0; sum < n; sum++)
      draws[(size_t)draw * n + sum] = fmax(between(nodes, n, sum, weight, grid->nodes.n), 0);
  }
}

static bool fill_if_fit(const Grid *grid, const Tally *nodes, Tally *draws) {
  bool fits = sums_fit(grid, nodes->total, draws->total, 1) &&
              sums_fit(grid, nodes->outcomes, draws->outcomes, draws->n_outcomes) &&
              sums_fit(grid, nodes->measures, draws->measures, draws->n_measures);
  if (!fits) return false;
  fill_sums(grid, nodes->total, draws->total, 1);
  fill_sums(grid, nodes->outcomes, draws->outcomes, draws->n_outcomes);
  fill_sums(grid, nodes->measures, draws->measures, draws->n_measures);
  return true;
}

static bool try_grid(Run *run, const Grid *grid) {
  Tally nodes;
  tally_open(&nodes, run->plan, true);
  bool is_filled = draw_all(run, &grid->nodes, 0, grid->nodes.n, &nodes) &&
                   fill_if_fit(grid, &nodes, &run->tally);
  tally_close(&nodes);
  return is_filled;
}

// All tries together walk no more than MOST_NODES nodes. An error at a node that no draw meets is none.
static bool interpolate(Run *run) {
  Grid grid;
  uint32_t n_walked = 0, n_last = 0;
  Diagnostics *own = run->diagnostics;
  run->diagnostics = diagnostics_new(run->arena);
  bool is_filled = false;
  for (uint32_t i = 0; i < TRIES && !is_filled; i++) {
    if (!make_grid(run, nodes_at_most[i], &grid) || grid.nodes.n == n_last) break;
    n_last = grid.nodes.n;
    n_walked += n_last;
    if (n_walked > MOST_NODES) break;
    is_filled = try_grid(run, &grid);
  }
  run->diagnostics = own;
  return is_filled;
}

bool run_draws(Run *run) {
  PlanOptions options = {.scenario = run->scenario, .is_exact = true, .is_by_draw = true};
  run->plan = plan_new(run->program, run->inputs, options, run->arena, run->diagnostics);
  if (!run->plan) return false;
  const Draws *draws = &run->plan->draws;
  tally_open(&run->tally, run->plan, true);
  if (!run_has_beliefs(run->plan)) return true;
  return draw_all(run, draws, 0, CHECKS, &run->tally) &&
         (interpolate(run) || draw_all(run, draws, CHECKS, POINTS, &run->tally));
}
