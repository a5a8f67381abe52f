// Gauss rules by the way of Golub and Welsch ("Calculation of Gauss quadrature rules", 1969): the
// nodes are the eigenvalues of the symmetric tridiagonal matrix of the density's orthogonal
// polynomials, the weights the squares of the first components of its eigenvectors. The matrix is
// written for the density on 0..1 itself, where its diagonal is a sum of positive terms, so that
// nodes near 0 keep their digits; and since the density has mass 1, no constant that could overflow
// (the beta function of large parameters) ever enters.
#include <math.h>
#include <stdlib.h>

#include "lang/base/arena.h"
#include "runtime/chance/share.h"

// The matrix of beta(a, b), the Jacobi polynomials moved to 0..1: diagonal d[k], and e[k] between k
// and k + 1.
static void jacobi_matrix(double a, double b, uint32_t n, double *d, double *e) {
  double sum = a + b;
  d[0] = a / sum;
  e[0] = sqrt(a * b / (sum + 1)) / sum;
  for (uint32_t k = 1; k < n; k++) {
    double s = 2.0 * k + sum - 2;
    d[k] = (2.0 * k * (k + sum - 1) + a * (sum - 2)) / (s * (s + 2));
    double j = k + 1.0, t = 2 * j + sum - 2;
    e[k] = sqrt(j * (j + b - 1) * (j + a - 1) * (j + sum - 2) / ((t - 1) * (t + 1))) / t;
  }
}

typedef struct Rotation {
  double c, s, p, g;
} Rotation;

// One implicit QL sweep with shift from row m up to row l. `first` holds the first components of
// the eigenvectors.
static void ql_sweep(double *d, double *e, double *first, uint32_t l, uint32_t m) {
  double half = (d[l + 1] - d[l]) / (2 * e[l]);
  double r = hypot(half, 1);
  Rotation at = {.c = 1, .s = 1, .g = d[m] - d[l] + e[l] / (half + copysign(r, half))};
  for (uint32_t i = m; i-- > l;) {
    double f = at.s * e[i], b = at.c * e[i];
    r = hypot(f, at.g);
    e[i + 1] = r;
    if (r == 0) {
      d[i + 1] -= at.p;
      e[m] = 0;
      return;
    }
    at.s = f / r;
    at.c = at.g / r;
    at.g = d[i + 1] - at.p;
    r = (d[i] - at.g) * at.s + 2 * at.c * b;
    at.p = at.s * r;
    d[i + 1] = at.g + at.p;
    at.g = at.c * r - b;
    f = first[i + 1];
    first[i + 1] = at.s * first[i] + at.c * f;
    first[i] = at.c * first[i] - at.s * f;
  }
  d[l] -= at.p;
  e[l] = at.g;
  e[m] = 0;
}

// Eigenvalues into d and the first components of the eigenvectors into `first`; e is used up.
static bool ql_solve(double *d, double *e, double *first, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) first[i] = i == 0;
  e[n - 1] = 0;
  for (uint32_t l = 0; l < n; l++) {
    for (int sweep = 0;; sweep++) {
      uint32_t m = l;
      for (; m + 1 < n; m++) {
        double around = fabs(d[m]) + fabs(d[m + 1]);
        if (fabs(e[m]) + around == around) break;
      }
      if (m == l) break;
      if (sweep == 60) return false;
      ql_sweep(d, e, first, l, m);
    }
  }
  return true;
}

typedef struct RuleNode {
  double x, w;
} RuleNode;

static int rule_node_compare(const void *left, const void *right) {
  double a = ((const RuleNode *)left)->x, b = ((const RuleNode *)right)->x;
  return (a > b) - (a < b);
}

static void rule_write(const double *d, const double *first, uint32_t n, double *node,
                       double *weight) {
  RuleNode *nodes = memory_alloc(n, sizeof(RuleNode));
  double sum = 0;
  for (uint32_t i = 0; i < n; i++) {
    nodes[i] = (RuleNode){fmin(fmax(d[i], 0), 1), first[i] * first[i]};
    sum += nodes[i].w;
  }
  qsort(nodes, n, sizeof(RuleNode), rule_node_compare);
  for (uint32_t i = 0; i < n; i++) {
    node[i] = nodes[i].x;
    weight[i] = nodes[i].w / sum;
  }
  free(nodes);
}

// The rule of beta(a, b), stretched over low..high and with its weights scaled to add up to `mass`.
static bool rule_of_beta(double a, double b, double low, double high, double mass, uint32_t n,
                         double *node, double *weight) {
  double *d = memory_alloc(3 * (size_t)n, sizeof(double)), *e = d + n, *first = e + n;
  jacobi_matrix(a, b, n, d, e);
  bool is_found = ql_solve(d, e, first, n);
  if (is_found) {
    rule_write(d, first, n, node, weight);
    for (uint32_t i = 0; i < n; i++) {
      node[i] = low + (high - low) * node[i];
      weight[i] *= mass;
    }
  }
  free(d);
  return is_found;
}

static bool rule_of_point(double x, double *node, double *weight, uint32_t *n_out) {
  node[0] = x;
  weight[0] = 1;
  *n_out = 1;
  return true;
}

// Left of its mode a triangle is a stretched beta(2, 1), right of it a beta(1, 2).
static bool rule_of_triangle(const ShareSpread *s, uint32_t n, double *node, double *weight,
                             uint32_t *n_out) {
  double left = (s->b - s->a) / (s->c - s->a);
  *n_out = 0;
  if (left > 0) {
    if (!rule_of_beta(2, 1, s->a, s->b, left, n, node, weight)) return false;
    *n_out = n;
  }
  if (left < 1) {
    double right = (s->c - s->b) / (s->c - s->a);
    if (!rule_of_beta(1, 2, s->b, s->c, right, n, node + *n_out, weight + *n_out)) return false;
    *n_out += n;
  }
  return true;
}

bool share_rule(const ShareSpread *s, uint32_t n, double *node, double *weight, uint32_t *n_out) {
  *n_out = 0;
  if (n == 0 || !share_is_valid(s)) return false;
  switch (s->kind) {
    case SHARE_BETA: *n_out = n; return rule_of_beta(s->a, s->b, 0, 1, 1, n, node, weight);
    case SHARE_UNIFORM:
      if (s->a == s->b) return rule_of_point(s->a, node, weight, n_out);
      *n_out = n;
      return rule_of_beta(1, 1, s->a, s->b, 1, n, node, weight);
    case SHARE_TRIANGLE:
      if (s->a == s->c) return rule_of_point(s->b, node, weight, n_out);
      return rule_of_triangle(s, n, node, weight, n_out);
  }
  return false;
}
