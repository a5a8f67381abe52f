// Distribution functions of shares. The quantile of a beta is found by Newton's method inside a
// bracket that shrinks with every step, on whichever tail is the smaller, so that it always ends
// and is accurate at both ends.
#include "runtime/chance/share.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

ShareSpread share_rate(double k, double n) {
  return (ShareSpread){.kind = SHARE_BETA, .a = k + 0.5, .b = n - k + 0.5};
}

bool share_is_valid(const ShareSpread *s) {
  switch (s->kind) {
    case SHARE_BETA: return s->a > 0 && s->b > 0 && isfinite(s->a) && isfinite(s->b);
    case SHARE_UNIFORM: return s->a >= 0 && s->a <= s->b && s->b <= 1;
    case SHARE_TRIANGLE: return s->a >= 0 && s->a <= s->b && s->b <= s->c && s->c <= 1;
  }
  return false;
}

double share_mean(const ShareSpread *s) {
  switch (s->kind) {
    case SHARE_BETA: return s->a / (s->a + s->b);
    case SHARE_UNIFORM: return (s->a + s->b) / 2;
    case SHARE_TRIANGLE: return (s->a + s->b + s->c) / 3;
  }
  return NAN;
}

static double triangle_cdf(const ShareSpread *s, double x) {
  if (x < s->b) return (x - s->a) * (x - s->a) / ((s->c - s->a) * (s->b - s->a));
  return 1 - (s->c - x) * (s->c - x) / ((s->c - s->a) * (s->c - s->b));
}

double share_cdf(const ShareSpread *s, double x) {
  double low = s->kind == SHARE_BETA ? 0 : s->a;
  double high = s->kind == SHARE_BETA ? 1 : s->kind == SHARE_UNIFORM ? s->b : s->c;
  if (x < low) return 0;
  if (x >= high) return 1;
  switch (s->kind) {
    case SHARE_BETA: return gsl_cdf_beta_P(x, s->a, s->b);
    case SHARE_UNIFORM: return (x - low) / (high - low);
    case SHARE_TRIANGLE: return triangle_cdf(s, x);
  }
  return NAN;
}

static double beta_tail(const ShareSpread *s, double x, bool is_upper) {
  return is_upper ? gsl_cdf_beta_Q(x, s->a, s->b) : gsl_cdf_beta_P(x, s->a, s->b);
}

// Newton on the logarithm of the tail, which is concave and nearly straight far out; a step that
// leaves the bracket, or a derivative that is no number, is replaced by halving it.
static double beta_quantile(const ShareSpread *s, double u) {
  bool is_upper = u > 0.5;
  double target = is_upper ? 1 - u : u;
  double low = 0, high = 1, x = share_mean(s);
  for (int step = 0; step < 200 && high - low > 1e-16 * high; step++) {
    double tail = beta_tail(s, x, is_upper);
    if (tail == target) return x;
    if ((tail < target) != is_upper) {
      low = x;
    } else {
      high = x;
    }
    double slope = gsl_ran_beta_pdf(x, s->a, s->b) * (is_upper ? -1 : 1);
    double next = x - tail / slope * log(tail / target);
    if (!(next > low && next < high)) next = low + (high - low) / 2;
    if (fabs(next - x) <= 1e-16 * x) return next;
    x = next;
  }
  return x;
}

double share_quantile(const ShareSpread *s, double u) {
  switch (s->kind) {
    case SHARE_BETA: return u <= 0 ? 0 : u >= 1 ? 1 : beta_quantile(s, u);
    case SHARE_UNIFORM: return s->a + u * (s->b - s->a);
    case SHARE_TRIANGLE: {
      double width = s->c - s->a;
      if (width <= 0) return s->a;
      if (u * width < s->b - s->a) return s->a + sqrt(u * width * (s->b - s->a));
      return s->c - sqrt((1 - u) * width * (s->c - s->b));
    }
  }
  return NAN;
}
