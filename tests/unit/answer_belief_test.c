// Answers under uncertain beliefs. Where a belief is a chance, against the moments of its density
// in closed form. Where it is inside a vote, against an average over 4,096 nodes written here: two
// Gauss points in each of 2,048 cells, a beta by x = sin² t, which leaves no singularity at an end;
// the vote itself counts its members one by one.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
// cmocka needs the three above
#include <cmocka.h>

#include "tests/unit/answer_scripts.h"

enum { CELLS = 2048, MOST_SEATS = 8, TRIALS = 20000 };

// --- Beliefs ---

typedef struct Belief {
  const char *text;
  bool is_beta;
  double a, b, c;  // beta(a, b); else from a to c, with its mode at b where b is not 0
} Belief;

static const Belief beliefs[] = {
    {"beta(2, 2)", true, 2, 2, 0},
    {"beta(9, 1)", true, 9, 1, 0},
    {"beta(0.5, 3)", true, 0.5, 3, 0},
    {"rate(2, 3)", true, 2.5, 1.5, 0},
    {"60%..90%", false, 0.6, 0, 0.9},
    {"0%..100%", false, 0, 0, 1},
    {"60%..75%..90%", false, 0.6, 0.75, 0.9},
    {"5%..10%..80%", false, 0.05, 0.1, 0.8},
};
enum { N_BELIEFS = sizeof beliefs / sizeof *beliefs };

typedef double Chance(double x);

// The average of f over a density on low..high, which need not be normed.
static double average_on(const Belief *belief, double low, double high, int cells, Chance *f,
                         double *mass) {
  double sum = 0, width = (high - low) / cells;
  for (int i = 0; i < cells; i++) {
    for (int side = -1; side <= 1; side += 2) {
      double t = low + width * (i + 0.5 + side / sqrt(12)), x = t, density = 1;
      if (belief->is_beta) {
        x = sin(t) * sin(t);
        density = pow(sin(t), 2 * belief->a - 1) * pow(cos(t), 2 * belief->b - 1);
      } else if (belief->b > 0) {
        density = x < belief->b ? (x - belief->a) / (belief->b - belief->a)
                                : (belief->c - x) / (belief->c - belief->b);
      }
      sum += width * density * f(x);
      *mass += width * density;
    }
  }
  return sum;
}

static double average(const Belief *belief, Chance *f) {
  double mass = 0, sum;
  if (belief->is_beta) {
    sum = average_on(belief, 0, asin(1), CELLS, f, &mass);
  } else if (belief->b > 0) {
    sum = average_on(belief, belief->a, belief->b, CELLS / 2, f, &mass);
    sum += average_on(belief, belief->b, belief->c, CELLS / 2, f, &mass);
  } else {
    sum = average_on(belief, belief->a, belief->c, CELLS, f, &mass);
  }
  return sum / mass;
}

// The mean of x^k: a product for a beta; for the others a divided difference of x^(k + 2) or x^(k +
// 1).
static double moment(const Belief *belief, int k) {
  double a = belief->a, b = belief->b, c = belief->c, product = 1;
  if (belief->is_beta) {
    for (int i = 0; i < k; i++) product *= (a + i) / (a + b + i);
    return product;
  }
  if (b > 0) {
    return 2.0 / ((k + 1) * (k + 2)) *
           (pow(a, k + 2) / ((a - b) * (a - c)) + pow(b, k + 2) / ((b - a) * (b - c)) +
            pow(c, k + 2) / ((c - a) * (c - b)));
  }
  return (pow(c, k + 1) - pow(a, k + 1)) / ((k + 1) * (c - a));
}

// --- Votes counted by hand ---

typedef struct Count {
  double at[MOST_SEATS + 1][MOST_SEATS + 1][MOST_SEATS + 1];  // yes, no, abstain
} Count;

typedef struct Member {
  double yes, no, abstain;  // the rest is absent
} Member;

typedef bool Passes(int yes, int no, int abstain);

static Member with_yes_line(double turnout, double loyalty, double abstain) {
  double off = turnout * (1 - loyalty);
  return (Member){turnout * loyalty, off * (1 - abstain), off * abstain};
}

static Member with_no_line(double turnout, double loyalty, double abstain) {
  double off = turnout * (1 - loyalty);
  return (Member){off * (1 - abstain), turnout * loyalty, off * abstain};
}

static Member with_abstain_line(double turnout, double loyalty) {
  double off = turnout * (1 - loyalty);
  return (Member){off / 2, off / 2, turnout * loyalty};
}

static Member with_absent_line(double loyalty) {
  return (Member){(1 - loyalty) / 2, (1 - loyalty) / 2, 0};
}

static Member freely(double yes, double turnout, double abstain) {
  double votes = turnout * (1 - abstain);
  return (Member){votes * yes, votes * (1 - yes), turnout * abstain};
}

static double chance_of(Passes *passes, Member x, int n_x, Member y, int n_y) {
  Count count = {{{{0}}}};
  count.at[0][0][0] = 1;
  for (int i = 0; i < n_x + n_y; i++) {
    const Member *m = i < n_x ? &x : &y;
    double absent = 1 - m->yes - m->no - m->abstain;
    for (int yes = i + 1; yes >= 0; yes--) {
      for (int no = i + 1 - yes; no >= 0; no--) {
        for (int abs = i + 1 - yes - no; abs >= 0; abs--) {
          double sum = count.at[yes][no][abs] * absent;
          if (yes) sum += count.at[yes - 1][no][abs] * m->yes;
          if (no) sum += count.at[yes][no - 1][abs] * m->no;
          if (abs) sum += count.at[yes][no][abs - 1] * m->abstain;
          count.at[yes][no][abs] = sum;
        }
      }
    }
  }
  double sum = 0;
  for (int yes = 0; yes <= n_x + n_y; yes++) {
    for (int no = 0; yes + no <= n_x + n_y; no++) {
      for (int abs = 0; yes + no + abs <= n_x + n_y; abs++)
        if (passes(yes, no, abs)) sum += count.at[yes][no][abs];
    }
  }
  return sum;
}

static bool most_votes(int yes, int no, int abstain) {
  (void)abstain;
  return yes > no;
}

static bool most_present(int yes, int no, int abstain) {
  return yes > no + abstain;
}

static bool four_yes(int yes, int no, int abstain) {
  (void)no;
  (void)abstain;
  return yes >= 4;
}

static bool two_thirds_of_most(int yes, int no, int abstain) {
  int present = yes + no + abstain;
  return present >= 4 && 3 * yes >= 2 * present;
}

// --- What is averaged: a script, and the chance that it completes where p has the value x ---

static double line_of_x(double x) {
  Member y = freely(0.45, 0.8, 0.1);
  return x * chance_of(most_votes, with_yes_line(0.9, 0.8, 0.3), 3, y, 4) +
         (1 - x) * chance_of(most_votes, with_no_line(0.9, 0.8, 0.3), 3, y, 4);
}

static double turnout_of_both(double x) {
  Member y = freely(0.55, x, 0);
  return 0.6 * chance_of(two_thirds_of_most, with_yes_line(x, 0.9, 0.2), 4, y, 3) +
         0.4 * chance_of(two_thirds_of_most, with_no_line(x, 0.9, 0.2), 4, y, 3);
}

static double loyalty_of_x(double x) {
  Member y = freely(0.3, 0.9, 0);
  return 0.7 * chance_of(most_present, with_yes_line(0.95, x, 0.25), 4, y, 3) +
         0.3 * chance_of(most_present, with_no_line(0.95, x, 0.25), 4, y, 3);
}

static double free_of_x(double x) {
  return chance_of(four_yes, freely(x, 0.9, 0.1), 7, freely(0, 0, 0), 0);
}

static double abstain_of_x(double x) {
  return chance_of(most_present, freely(0.6, 0.9, x), 7, freely(0, 0, 0), 0);
}

static double four_lines_of_x(double x) {
  Member y = freely(0.5, 1, 0);
  return 0.5 * x * chance_of(most_present, with_yes_line(0.95, 0.9, 0), 3, y, 2) +
         0.3 * x * chance_of(most_present, with_no_line(0.95, 0.9, 0), 3, y, 2) +
         0.1 * chance_of(most_present, with_abstain_line(0.95, 0.9), 3, y, 2) +
         (0.9 - 0.8 * x) * chance_of(most_present, with_absent_line(0.9), 3, y, 2);
}

static double everywhere_in_two_votes(double x) {
  Member y = freely(x, x, x);
  double yes = chance_of(most_votes, with_yes_line(x, x, x), 3, y, 2);
  double no = chance_of(most_votes, with_no_line(x, x, x), 3, y, 2);
  return x * yes * yes + (1 - x) * no * no;
}

static double everywhere_with_amendment(double x) {
  Member y = freely(x, x, x);
  double once = x * chance_of(most_votes, with_yes_line(x, x, x), 3, y, 2) +
                (1 - x) * chance_of(most_votes, with_no_line(x, x, x), 3, y, 2);
  return once * once;
}

static double line_behind_a_fact(double x) {
  double line = x * x * 0.9 + (1 - x * x) * x;
  return line * chance_of(four_yes, with_yes_line(x, 1, 0), 7, freely(0, 0, 0), 0);
}

static double quotient(double x) {
  double line = x / (x + 0.5);
  return line * chance_of(four_yes, with_yes_line(0.9, 0.9, 0), 7, freely(0, 0, 0), 0) +
         (1 - line) * chance_of(four_yes, with_no_line(0.9, 0.9, 0), 7, freely(0, 0, 0), 0);
}

// Twenty-six of fifty-one and more, term after term of the binomial sum.
static double many_free(double x) {
  double sum = 0, ways = 1;
  for (int yes = 0; yes <= 51; yes++) {
    if (yes >= 26) sum += ways * pow(x, yes) * pow(1 - x, 51 - yes);
    ways = ways * (51 - yes) / (yes + 1);
  }
  return sum;
}

typedef struct Average {
  const char *what, *script;
  Chance *chance;
} Average;

static const Average averages[] = {
    {"a line",
     "{ vote c on b needs majority of votes } chamber c { bloc x { seats 3 line p loyalty 80% "
     "turnout 90% abstain 30% } bloc y { seats 4 free 45% turnout 80% abstain 10% } }",
     line_of_x},
    {"turnout",
     "{ vote c on b needs 2/3 of present quorum majority of seats } chamber c { bloc x { seats 4 "
     "line 60% turnout p loyalty 90% abstain 20% } bloc y { seats 3 free 55% turnout p } }",
     turnout_of_both},
    {"loyalty",
     "{ vote c on b needs majority of present } chamber c { bloc x { seats 4 line 70% turnout 95% "
     "loyalty p abstain 25% } bloc y { seats 3 free 30% turnout 90% } }",
     loyalty_of_x},
    {"free members",
     "{ vote c on b needs majority of seats } chamber c { bloc x { seats 7 free p turnout 90% "
     "abstain 10% } }",
     free_of_x},
    {"abstention",
     "{ vote c on b needs majority of present } chamber c { bloc x { seats 7 free 60% turnout 90% "
     "abstain p } }",
     abstain_of_x},
    {"four lines",
     "{ vote c on b needs majority of present } chamber c { bloc x { seats 3 line { yes: p / 2 "
     "no: p * 30% abstain: 10% absent: otherwise } turnout 95% loyalty 90% } bloc y { seats 2 free "
     "50% } }",
     four_lines_of_x},
    {"everywhere, in two votes",
     "{ vote c on b needs majority of votes vote c on b needs majority of votes } chamber c { bloc "
     "x { seats 3 line p turnout p loyalty p abstain p } bloc y { seats 2 free p turnout p abstain "
     "p } }",
     everywhere_in_two_votes},
    {"everywhere, in two votes with an amendment between",
     "{ vote c on b needs majority of votes amend b vote c on b needs majority of votes } chamber "
     "c "
     "{ bloc x { seats 3 line p turnout p loyalty p abstain p } bloc y { seats 2 free p turnout p "
     "abstain p } }",
     everywhere_with_amendment},
    {"a line behind a fact",
     "{ vote c on b needs 4 yes } chamber c { bloc x { seats 7 line if f then 90% else p turnout p "
     "} } fact f p * p",
     line_behind_a_fact},
    {"a quotient as a line",
     "{ vote c on b needs 4 yes } chamber c { bloc x { seats 7 line p / (p + 50%) turnout 90% "
     "loyalty 90% } }",
     quotient},
    {"many free members",
     "{ vote c on b needs majority of seats } chamber c { bloc x { seats 51 free p } }", many_free},
};

static Loaded load_belief(const char *script, const Belief *belief, const char *asks) {
  TextBuilder b = {0};
  text_addf(&b, CASE "%s bill b assume p ~ %s %s", script, belief->text, asks);
  Loaded l = load(b.at);
  text_builder_free(&b);
  return l;
}

static void check_average(const Average *average_of, const Belief *belief) {
  Loaded l = load_belief(average_of->script, belief, "ask chance of completion");
  double expected = average(belief, average_of->chance);
  const Answer *a = answer_exact(&l);
  double got = a->asks[0].value.number;
  if (!(fabs(got - expected) < 1e-8) || !(a->error < 1e-9)) {
    fail_msg("%s, p ~ %s: %.12f (error %g), by quadrature %.12f", average_of->what, belief->text,
             got, a->error, expected);
  }
  got = answer_sampled(&l, TRIALS, 2048, 1)->asks[0].value.number;
  if (fabs(got - expected) > 5 * sqrt(expected * (1 - expected) / TRIALS))
    fail_msg("%s, p ~ %s: sampled %.6f, by quadrature %.6f", average_of->what, belief->text, got,
             expected);
  arena_free(l.arena);
}

static void test_inside_votes(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof averages / sizeof *averages; i++) {
    for (size_t k = i % 2; k < N_BELIEFS; k += 2) check_average(&averages[i], &beliefs[k]);
  }
}

static void expect_near(const Belief *belief, const AskAnswer *ask, double expected) {
  if (fabs(ask->value.number - expected) < 1e-12) return;
  fail_msg("p ~ %s: %.15f, by hand %.15f", belief->text, ask->value.number, expected);
}

// Three decisions that know nothing of each other but p, and a fact.
static void test_moments_and_what_is_seen(void **state) {
  (void)state;
  for (int k = 0; k < N_BELIEFS; k++) {
    const Belief *belief = &beliefs[k];
    Loaded l = load_belief(
        "{ stage s { decide { a: p b: otherwise } } stage t { decide { a: p b: otherwise } } stage "
        "u { decide { a: p b: otherwise } } }",
        belief,
        "fact f p ask chance of s is a ask chance of (s is a and t is a) ask chance of (s is a and "
        "t is a and u is a) ask chance of u is a given (s is a and t is a) ask chance of t is a "
        "given s is b ask chance of s is a given (t is a or u is a) ask chance of s is a given f "
        "ask chance of f given (s is b and t is b)");
    double m1 = moment(belief, 1), m2 = moment(belief, 2), m3 = moment(belief, 3);
    double expected[] = {m1,
                         m2,
                         m3,
                         m3 / m2,
                         (m1 - m2) / (1 - m1),
                         (2 * m2 - m3) / (2 * m1 - m2),
                         m2 / m1,
                         (m1 - 2 * m2 + m3) / (1 - 2 * m1 + m2)};
    const Answer *a = answer_exact(&l);
    for (uint32_t i = 0; i < a->n_asks; i++) expect_near(belief, &a->asks[i], expected[i]);
    arena_free(l.arena);
  }
}

// A vote that was seen to pass tells of the turnout in the next one, on something else.
static double turnout_of_seven(double x) {
  return chance_of(four_yes, with_yes_line(x, 1, 0), 7, freely(0, 0, 0), 0);
}

static double turnout_of_seven_twice(double x) {
  return turnout_of_seven(x) * turnout_of_seven(x);
}

static void test_a_vote_seen_to_pass(void **state) {
  (void)state;
  for (int k = 0; k < N_BELIEFS; k++) {
    Loaded l = load_belief(
        "{ stage s { vote c on b needs 4 yes } else {} stage t { vote c on d needs 4 yes } else {} "
        "} bill d chamber c { bloc x { seats 7 line 100% turnout p } }",
        &beliefs[k], "ask chance of t is passed given s is passed");
    double expected =
        average(&beliefs[k], turnout_of_seven_twice) / average(&beliefs[k], turnout_of_seven);
    double got = answer_exact(&l)->asks[0].value.number;
    if (!(fabs(got - expected) < 1e-8))
      fail_msg("p ~ %s: %.12f, by quadrature %.12f", beliefs[k].text, got, expected);
    arena_free(l.arena);
  }
}

// Each of four is used twice, in an order that draws all of them before one is read for the last
// time.
static void test_four_at_once(void **state) {
  (void)state;
  Loaded l =
      load(CASE
           "{ stage s { decide { a: p * q b: otherwise } } stage t { decide { a: r * w b: "
           "otherwise } } stage u { decide { a: q * r b: otherwise } } stage v { decide { a: "
           "w * p b: otherwise } } } assume p ~ beta(2, 2) assume q ~ rate(2, 3) assume r ~ "
           "60%..90% assume w ~ 5%..10%..80% ask chance of (s is a and t is a and u is a "
           "and v is a) ask chance of v is a given (s is a and u is a) ask chance of s is a");
  const Belief *p = &beliefs[0], *q = &beliefs[3], *r = &beliefs[4], *w = &beliefs[7];
  double p1 = moment(p, 1), q1 = moment(q, 1), r1 = moment(r, 1), w1 = moment(w, 1);
  double p2 = moment(p, 2), q2 = moment(q, 2), r2 = moment(r, 2), w2 = moment(w, 2);
  const Answer *a = answer_exact(&l);
  expect_near(p, &a->asks[0], p2 * q2 * r2 * w2);
  expect_near(p, &a->asks[1], w1 * p2 * q2 * r1 / (p1 * q2 * r1));
  expect_near(p, &a->asks[2], p1 * q1);
  arena_free(l.arena);
}

// --- Jumps ---

typedef struct Jump {
  const char *script;
  double from, to;  // where p lies in the worlds that complete
} Jump;

static const Jump jumps[] = {
    {"{ require p > 60% }", 0.6, 1},
    {"{ if p > 31.7% and p < 33% { end won } fail } outcome won", 0.317, 0.33},
    {"{ decide { a: if p <= 50% then 1 else 0 b: otherwise { fail } } }", 0, 0.5},
    {"{ let n = 1 repeat 2 times { require n > 33% set n = p } require n > 33% }", 0.33, 1},
    {"{ do q(p / 2) } procedure q(n: number) { require n > 49.5% }", 0.99, 1},
    {"{ do q(p) } procedure q(n: number) { let m = n * 2 require m < 2% }", 0, 0.01},
};

// The chance that a belief lies below x, by its integral.
static double below(const Belief *belief, double x) {
  if (belief->is_beta && belief->a == 2) return x * x * (3 - 2 * x);
  if (belief->is_beta) return asin(sqrt(x)) / asin(1);
  return x <= belief->a ? 0 : x >= belief->c ? 1 : (x - belief->a) / (belief->c - belief->a);
}

// A Gauss rule knows nothing of a jump between its nodes: the answer is not called exact, and its
// bound holds.
static void test_jumps(void **state) {
  (void)state;
  static const Belief some[] = {{"beta(2, 2)", true, 2, 2, 0},
                                {"beta(0.5, 0.5)", true, 0.5, 0.5, 0},
                                {"10%..90%", false, 0.1, 0, 0.9}};
  for (size_t i = 0; i < sizeof jumps / sizeof *jumps; i++) {
    for (int k = 0; k < 3; k++) {
      Loaded l = load_belief(jumps[i].script, &some[k], "ask chance of not failure");
      double expected = below(&some[k], jumps[i].to) - below(&some[k], jumps[i].from);
      const Answer *a = answer_exact(&l);
      double got = a->asks[0].value.number;
      if (!(fabs(got - expected) <= a->error && a->error > 1e-9))
        fail_msg("%s, p ~ %s: %.12f within %g, by hand %.12f", jumps[i].script, some[k].text, got,
                 a->error, expected);
      RunOptions options = run_options_default();
      options.trials = TRIALS;
      a = answer(&l, options);
      assert_int_equal(a->method, METHOD_SAMPLE);
      got = a->asks[0].value.number;
      assert_true(fabs(got - expected) <= 5 * sqrt(expected * (1 - expected) / TRIALS) + 1e-12);
      arena_free(l.arena);
    }
  }
}

// What passes through a parameter or a variable without a jump stays exact.
static void test_kept_numbers(void **state) {
  (void)state;
  for (int k = 0; k < N_BELIEFS; k++) {
    Loaded l = load_belief(
        "{ let m = 1 repeat 2 times { set m = m * p } do q(p, m) } procedure q(n: number, m: "
        "number) { decide { a: n b: otherwise { fail } } decide { a: m b: otherwise { fail } } }",
        &beliefs[k], "ask chance of completion");
    const Answer *a = answer_exact(&l);
    expect_near(&beliefs[k], &a->asks[0], moment(&beliefs[k], 3));
    assert_true(a->error < 1e-9);
    arena_free(l.arena);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_inside_votes),
      cmocka_unit_test(test_moments_and_what_is_seen),
      cmocka_unit_test(test_a_vote_seen_to_pass),
      cmocka_unit_test(test_four_at_once),
      cmocka_unit_test(test_jumps),
      cmocka_unit_test(test_kept_numbers),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
