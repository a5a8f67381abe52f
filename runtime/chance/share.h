// Spreads of shares: the uncertain beliefs. Their distribution functions, and the Gauss rule of
// each one's own density, by which an average over the belief of any polynomial of moderate degree
// is exact.
#pragma once
#include <stdbool.h>
#include <stdint.h>

typedef enum ShareKind {
  SHARE_BETA,      // a and b, both above 0
  SHARE_UNIFORM,   // on a..b
  SHARE_TRIANGLE,  // on a..c with its mode at b
} ShareKind;

typedef struct ShareSpread {
  ShareKind kind;
  double a, b, c;
} ShareSpread;

// What k seen in n leave to believe (Jeffreys): beta(k + 1/2, n - k + 1/2).
ShareSpread share_rate(double k, double n);
// Whether the parameters make a spread: positive and finite for a beta, in order and within 0..1
// for the others.
bool share_is_valid(const ShareSpread *spread);

double share_mean(const ShareSpread *spread);
double share_cdf(const ShareSpread *spread, double x);
// The x at which the cumulated chance is u, for u in 0..1; a spread of one point gives that point.
double share_quantile(const ShareSpread *spread, double u);

// The most nodes that `share_rule` writes for n asked.
#define SHARE_RULE_NODES(n) (2 * (n))

// The Gauss rule with n >= 1 nodes, exact for polynomials of degree up to 2n - 1. `node` and
// `weight` hold SHARE_RULE_NODES(n) numbers; *n_out of them are written, nodes ascending, weights
// adding up to 1: n for a beta and a uniform spread, n on each side of its mode for a triangle, a
// single one where the spread is one point. False where the parameters make no spread or the rule
// does not come out.
bool share_rule(const ShareSpread *spread, uint32_t n, double *node, double *weight,
                uint32_t *n_out);
