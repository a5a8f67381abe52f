// Sampled answers are the same numbers wherever and however they are made: whatever the threads and
// the trials walked at once, and whatever else stands in the script. What is compared is the whole
// page, text and JSON, byte for byte; of two scripts, the questions that both ask, to the last
// digit.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
// cmocka needs the three above
#include <cmocka.h>

#include "runtime/show/show.h"
#include "tests/unit/answer_scripts.h"

enum { TRIALS = 4999 };  // no multiple of any batch below

// --- Threads and batches ---

static const char *const scripts[] = {
    // an attempt inside of a repeat, a procedure called inside of both and once more behind
    CASE
    "{ repeat 3 times { wait 1..4 days do p(1) attempt up to 4 times pausing 1..3 days { stage "
    "s { within 3 days { wait 1..5 days do p(2) } } decide { yes: 60% no: otherwise { fail } } "
    "} else end lost } do p(3) } procedure p(n: number) { stage t { decide { a: 10% * n b: "
    "20% c: otherwise } wait n..5 days } } outcome lost ask date of completion ask chance of "
    "lost by 2025-03-01",
    // loops without a number of passes that is known before
    CASE
    "{ let n = 1 if chance 50% { set n = 70_000 } attempt up to n * 1000 times pausing 0..2 "
    "days while chance 80% or f { wait 0..1 days require chance 25% } else end lost  repeat n "
    "/ n + 1 times { if chance 30% { end won } } } fact f 60% outcome lost outcome won ask "
    "date of lost ask chance of won given f ask chance of f given lost",
    // limits, silence, and a case that ends first
    "case \"C\" from 2025-01-01 until 2025-01-25 { wait 1..10 days within 9 days { stage a { "
    "within "
    "5 days { wait 1..9 days } expired { decide { a: 30% b: otherwise { fail } } } } stage b { "
    "until 2025-01-12 { wait 0..4 days } expired {} } wait 1..5 days } expired { wait 0..3 days } "
    "else end late  wait 3..8..14 days } outcome late ask chance of a is expired ask chance of b "
    "is "
    "expired given a is passed ask median date of late",
    // beliefs drawn late, behind loops and limits, and one that only a question reads
    CASE
    "{ attempt up to 3 times { wait 1..3 days decide { a: 40% b: otherwise { fail } } } if f { "
    "vote c on b needs majority of votes else end lost } decide { a: p * q b: otherwise { end "
    "lost } } } fact f 50% fact g r assume p ~ beta(9, 1) assume q ~ 60%..75%..90% assume r ~ "
    "rate(2, 3) bill b chamber c { bloc x { seats 11 line p turnout q } bloc y { seats 6 free "
    "p } } outcome lost ask chance of g given completion ask chance of lost given g",
    // votes of lines and free members: kept, drawn anew, drawn anew by chance
    CASE
    "{ stage v { vote c on b } else {} wait 1..3 days amend b by 40% stage w { vote c on b "
    "needs 2/3 of present } else {} amend b stage x { vote c on d quorum 9 present } else end "
    "lost } bill b bill d chamber c { seats 20 passes by majority of votes quorum majority of "
    "seats bloc l { seats 7 line { yes: 50% no: 20% abstain: 10% absent: otherwise } loyalty "
    "90% turnout 95% } bloc m { seats 5 line 55% line on d 80% } bloc n { seats 6 free 45% "
    "turnout 85% abstain 10% } } outcome lost ask chance of w is passed given v is passed ask "
    "chance of w is inquorate ask chance of c.l.b is yes given v is passed ask chance of x is "
    "passed",
    // what is read only at the end
    CASE
    "{ wait 1..30 days decide { a: 30% { end won } b: otherwise } } outcome won bill b chamber "
    "c { bloc l { line if f then 80% else 10% } } fact f if today < 2025-01-15 then 20% else "
    "70% ask chance of f given won ask chance of c.l.b is yes given not f expect chance of f "
    "<= 60% expect never (won and f) expect always (won or completion)",
    // variables, lengths, bills, lists, motions
    CASE
    "{ let d = 2..9 days wait d let n = 0 repeat 4 times { if chance 30% { set n = n + 1 } } "
    "if n > 2 { enact b in force after 4 days } else { wait n..6 days } wait until 2025-01-09 "
    "if b is in force { delist o from r } move m(o, n) by q else { list o on r end lost } } "
    "bill b office q organization o register r { lists o since 2003-01-01 } outcome lost "
    "motion m(o: organization, n: number) { by q before k requires o is listed on r \"not listed\" "
    "stage s { wait n..7 days ruling k on o { a: 25% * n / 4 b: otherwise { fail \"no\" } } } "
    "} court k ask date of b is in force ask chance of s is a given b is enacted",
};

static Text page_of(const Loaded *l, uint32_t batch, uint32_t threads) {
  const Answer *a = answer_sampled(l, TRIALS, batch, threads);
  TextBuilder b = {0};
  show_text(&b, a, (ShowStyle){SHOW_WIDTH, false});
  show_json(&b, a);
  Text page = text_copy(l->arena, (Text){b.at, b.n});
  text_builder_free(&b);
  return page;
}

static void check_one_page(const Loaded *l) {
  static const uint32_t batches[] = {2, 512, 4096};
  Text page = page_of(l, 2048, 1);
  for (uint32_t b = 0; b < 3; b++) {
    for (uint32_t threads = 1; threads <= 2; threads++) {
      Text again = page_of(l, batches[b], threads);
      if (text_equal(page, again)) continue;
      fail_msg("batches of %u, threads: %u\n%.*s\n%.*s", batches[b], threads, TEXT_ARG(page),
               TEXT_ARG(again));
    }
  }
}

static void test_threads_and_batches(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
    Loaded l = load(scripts[i]);
    check_one_page(&l);
    arena_free(l.arena);
  }
}

// --- What goes wrong ---

static const char *const wrong[] = {
    // worlds that go wrong at different places and for different reasons
    CASE
    "{ let n = 1 if chance 3% { set n = 0 } if chance 50% { wait 1..3 days } decide { a: 50% { if "
    "1 / n > 0 { wait 1 days } } b: otherwise { decide { c: 3 * n / 2 d: otherwise } } } }",
    CASE
    "{ wait 0..20 days decide { a: 99% b: otherwise { wait until b.in_force } } repeat 3 times { "
    "if chance 1% { let k = 3 repeat k - 4 times { fail } } } } bill b",
    // only a question comes upon it
    CASE "{ wait 0..9 days } fact f if today < 2025-01-10 then 50% else 150% ask chance of f",
    // loops that do not end
    CASE "{ let n = 1 if chance 2% { set n = 1_000_000 } repeat n * 900 times { let x = 1 } }",
    CASE "{ attempt up to 1_000_000_000 times while not f { fail } } fact f 99.5%",
    CASE
    "{ let n = 1 if chance 2% { repeat 1_000_000_000 times { let x = 1 } } if chance 2% { set n = "
    "0 } if 1 / n > 0 { fail } }",
    CASE "{ repeat 30_000 times { repeat 30_000 times { if f { fail } } } } fact f 99%",
};

static Text told_of(const Loaded *l, Method method, uint32_t batch, uint32_t threads) {
  RunOptions options = run_options_default();
  Inputs inputs = inputs_new(l->program, l->arena, NO_INDEX);
  Diagnostics *told = diagnostics_new(l->arena);
  options.method = method;
  options.trials = TRIALS;
  options.batch = batch;
  options.threads = threads;
  options.budget = 1000;
  TextBuilder b = {0};
  if (answer_run(l->program, &inputs, NO_INDEX, &options, l->arena, told))
    text_addf(&b, "an answer");
  render_text(&b, told, l->program->tree->sources, false);
  Text text = text_copy(l->arena, (Text){b.at, b.n});
  text_builder_free(&b);
  return text;
}

static void test_what_goes_wrong(void **state) {
  (void)state;
  static const uint32_t batches[] = {2, 512, 4096};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    Loaded l = load(wrong[i]);
    for (int m = 0; m < 3; m++) {
      Method method = (Method[]){METHOD_SAMPLE, METHOD_EXACT, METHOD_AUTO}[m];
      Text told = told_of(&l, method, 2048, 1);
      if (text_equal(told, TEXT("an answer"))) fail_msg("%s: nothing goes wrong", wrong[i]);
      for (uint32_t k = 0; k < 6; k++) {
        Text again = told_of(&l, method, batches[k / 2], 1 + k % 2);
        if (text_equal(told, again)) continue;
        fail_msg("batches of %u, threads: %u\n%.*s\n%.*s", batches[k / 2], 1 + k % 2,
                 TEXT_ARG(told), TEXT_ARG(again));
      }
    }
    arena_free(l.arena);
  }
}

// --- The rest of the script ---

typedef struct Edit {
  const char *what, *before, *after;  // what they both ask comes first in both
} Edit;

static const Edit edits[] = {
    {"a stage before", CASE "{ stage k { decide { a: 30% b: otherwise } } } ask chance of k is a",
     CASE
     "{ stage n { decide { a: 60% b: otherwise } wait 1..9 days } stage k { decide { a: 30% b: "
     "otherwise } } } ask chance of k is a ask chance of n is a"},
    {"a stage behind",
     CASE "{ wait 1..9 days stage k { wait 2..5 days decide { a: 30% b: otherwise } } } ask chance "
          "of k is a ask date of k is a",
     CASE
     "{ wait 1..9 days stage k { wait 2..5 days decide { a: 30% b: otherwise } } stage n { "
     "wait 1..4 days decide { a: 10% b: otherwise } } wait 1..3 days } ask chance of k is a ask "
     "date of k is a"},
    {"a stage in another option",
     CASE "{ decide { x: 50% { stage k { decide { a: 30% b: otherwise } } } y: otherwise } } ask "
          "chance of k is a",
     CASE
     "{ decide { x: 50% { stage k { decide { a: 30% b: otherwise } } } y: otherwise { wait 1..5 "
     "days stage n { decide { a: 20% b: otherwise } } } } } ask chance of k is a"},
    {"a call of another procedure before",
     CASE
     "{ do p } procedure p { decide { a: 30% b: otherwise { fail } } stage k { decide { a: 40% "
     "b: otherwise } } } ask chance of k is a ask chance of completion",
     CASE
     "{ do n do p } procedure p { decide { a: 30% b: otherwise { fail } } stage k { decide { a: "
     "40% b: otherwise } } } procedure n { wait 1..3 days if chance 20% { wait 1 day } } ask "
     "chance of k is a ask chance of completion"},
    {"a motion before",
     CASE
     "{ move m } motion m { by o decide { a: 30% b: otherwise { fail } } } office o ask chance "
     "of completion",
     CASE
     "{ move n move m } motion m { by o decide { a: 30% b: otherwise { fail } } } motion n { by "
     "o wait 1..8 days } office o ask chance of completion"},
    {"a call of the same procedure behind",
     CASE "{ do p as x } procedure p { stage k { decide { a: 40% b: otherwise } } } ask chance of "
          "x.k is a",
     CASE "{ do p as x do p as y } procedure p { stage k { decide { a: 40% b: otherwise } } } ask "
          "chance of x.k is a"},
    {"a named call of the same procedure before",
     CASE "{ do p as x } procedure p { stage k { decide { a: 40% b: otherwise } } } ask chance of "
          "x.k is a",
     CASE "{ do p as y do p as x } procedure p { stage k { decide { a: 40% b: otherwise } } } ask "
          "chance of x.k is a"},
    {"an outcome, an organization, a fact, a belief, a variable",
     CASE
     "{ stage k { decide { a: p b: otherwise } } if f { end x } } outcome x fact f 40% assume p "
     "~ beta(2, 2) ask chance of k is a ask chance of x ask date of x",
     "outcome w organization o fact e 20% assume q ~ beta(3, 2) let v = 1..5 days " CASE
     "{ stage k { decide { a: p b: otherwise } } if f { end x } if e { if chance (40% * q) { end w "
     "} "
     "} } outcome x fact f 40% assume p ~ beta(2, 2) ask chance of k is a ask chance of x ask date "
     "of x ask chance of w"},
    {"an option of another decision",
     CASE
     "{ stage n { decide { a: 20% b: otherwise } } stage k { decide { a: 30% b: otherwise } } } "
     "ask chance of k is a",
     CASE
     "{ stage n { decide { a: 20% c: 30% { wait 1..4 days } b: otherwise } } stage k { decide { "
     "a: 30% b: otherwise } } } ask chance of k is a"},
    {"a bloc of another chamber, and votes there",
     CASE
     "{ stage k { vote c on b needs 4 yes } else {} } bill b chamber c { bloc x { seats 3 line "
     "60% turnout 90% } bloc y { seats 4 free 40% } } ask chance of k is passed",
     CASE
     "{ vote d on b needs 1 yes else {} stage k { vote c on b needs 4 yes } else {} } bill b "
     "chamber d { bloc x { seats 2 line 30% } bloc y { free 40% } } chamber c { bloc x { seats "
     "3 line 60% turnout 90% } bloc y { seats 4 free 40% } } ask chance of k is passed"},
    {"a loop behind and around others",
     CASE "{ repeat 2 times { stage k { wait 1..3 days decide { a: 30% b: otherwise } } } } ask "
          "chance of k is a ask date of k is a",
     CASE
     "{ repeat 2 times { stage k { wait 1..3 days decide { a: 30% b: otherwise } } } repeat 3 "
     "times { attempt up to 2 times { decide { a: 50% b: otherwise { fail } } } else {} } } ask "
     "chance of k is a ask date of k is a"},
    {"a loop inside of the loop",
     CASE "{ repeat 2 times { stage k { wait 1..3 days decide { a: 30% b: otherwise } } } } ask "
          "chance of k is a",
     CASE
     "{ repeat 2 times { stage n { repeat 5 times { wait 0..1 days } } stage k { wait 1..3 days "
     "decide { a: 30% b: otherwise } } } } ask chance of k is a"},
    {"another order, other titles, comments and lines",
     CASE
     "{ do p(b) vote c on b else end lost } bill b \"B\" outcome lost chamber c { passes by "
     "majority of votes bloc x { seats 3 line 60% } bloc y { seats 2 free 40% } } fact f 30% "
     "assume q ~ beta(2, 2) procedure p(b: bill) \"P\" { stage s \"S\" { wait 1..5 days decide "
     "{ a: q b: otherwise } } if f { vote c on b else {} } } ask date of lost ask chance of s "
     "is a given f",
     "# a word before\nprocedure p(b: bill) \"Another\" source \"a law\" { stage s \"Title\" { "
     "wait "
     "1..5 days \"long\"\n decide \"by nature\" { a: q # this one\n b: otherwise } }\n\n if f { "
     "vote "
     "c on b \"again\" else {} } } assume q ~ beta(2, 2) \"a guess\" fact f 30% \"indeed\" chamber "
     "c "
     "\"Chamber\" { bloc x \"X\" { line 60% seats 3 } bloc y { free 40% seats 2 } passes by "
     "majority of votes } outcome lost \"Lost\" bill b \"Bill\" case \"Another\" from 2025-01-01 "
     "until 2025-12-31 { do p(b) vote c on b else end lost } ask date of lost ask chance of s is a "
     "given f"},
    {"a question",
     CASE
     "{ stage k { vote c on b needs 4 yes } else {} } bill b chamber c { bloc x { seats 3 line "
     "60% turnout 90% } bloc y { seats 4 free 40% } } fact f 50% ask chance of k is passed",
     CASE
     "{ stage k { vote c on b needs 4 yes } else {} } bill b chamber c { bloc x { seats 3 line "
     "60% turnout 90% } bloc y { seats 4 free 40% } } fact f 50% ask chance of k is passed ask "
     "chance of f given k is passed ask chance of c.x.b is yes"},
    {"a question of another sort",
     CASE "{ stage k { vote c on b needs majority of votes quorum 3 present } else {} } bill b "
          "chamber c { bloc x { seats 2 line 60% turnout 90% } bloc y { seats 2 free 40% turnout "
          "80% } } ask chance of k is passed",
     CASE "{ stage k { vote c on b needs majority of votes quorum 3 present } else {} } bill b "
          "chamber c { bloc x { seats 2 line 60% turnout 90% } bloc y { seats 2 free 40% turnout "
          "80% } } ask chance of k is passed ask chance of k is inquorate ask date of k is failed "
          "given k is reached"},
    {"a second vote on the same thing",
     CASE
     "{ stage k { vote c on b needs 4 yes } else {} } bill b chamber c { bloc x { seats 3 line "
     "60% turnout 90% } bloc y { seats 4 free 40% } } ask chance of k is passed",
     CASE
     "{ stage k { vote c on b needs 4 yes } else {} stage n { vote c on b needs 5 yes } else {} "
     "} bill b chamber c { bloc x { seats 3 line 60% turnout 90% } bloc y { seats 4 free 40% } "
     "} ask chance of k is passed"},
};

static bool is_same_number(double a, double b) {
  return memcmp(&a, &b, sizeof a) == 0;
}

static bool is_same_dates(const DateSpread *a, const DateSpread *b) {
  return a->is_some == b->is_some && a->earliest == b->earliest && a->p05 == b->p05 &&
         a->p50 == b->p50 && a->p95 == b->p95 && a->latest == b->latest && a->mean == b->mean;
}

static bool is_same_ask(const AskAnswer *a, const AskAnswer *b) {
  if (a->value.type != b->value.type || a->is_spread != b->is_spread) return false;
  if (a->value.type == VALUE_NUMBER && !is_same_number(a->value.number, b->value.number))
    return false;
  if (a->value.type == VALUE_DATE && a->value.date != b->value.date) return false;
  if (a->query->node->query.claim->kind == NODE_DATE_OF && !is_same_dates(&a->dates, &b->dates))
    return false;
  return is_same_number(a->error, b->error) && is_same_number(a->happens, b->happens);
}

// The first n questions of both.
static void check_same_asks(const char *what, const Answer *a, const Answer *b, uint32_t n) {
  assert_true(a->n_asks >= n && b->n_asks >= n);
  for (uint32_t i = 0; i < n; i++) {
    const AskAnswer *x = &a->asks[i], *y = &b->asks[i];
    if (is_same_ask(x, y)) continue;
    fail_msg("%s: question %u: %.17g (error %.17g), then %.17g (error %.17g)", what, i + 1,
             x->value.number, x->error, y->value.number, y->error);
  }
}

static void test_edits_elsewhere(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
    Loaded before = load(edits[i].before), after = load(edits[i].after);
    const Answer *a = answer_sampled(&before, TRIALS, 2048, 2);
    check_same_asks(edits[i].what, a, answer_sampled(&after, TRIALS, 2048, 2), a->n_asks);
    arena_free(before.arena);
    arena_free(after.arena);
  }
}

// --- Changed inputs ---

// What no change below can reach is asked first.
static const char *const CHANGED = CASE
    "{ stage k { decide { a: 30% b: otherwise } } stage v { vote c on b needs 4 yes } else {} "
    "if f { wait 1..4 days } stage n { within 5 days { wait 1..8 days } } else {} stage m { "
    "decide { a: p b: q c: otherwise } vote d on b } else {} stage z { vote e on b needs 2 yes "
    "} else {} } bill b fact f 40% fact g r assume p = 20% assume q ~ 10%..30% assume r ~ "
    "beta(2, 2) chamber c { bloc x { seats 3 line 60% turnout 90% } bloc y { seats 4 free 40% } "
    "} chamber d { passes by 2 yes bloc w { seats 2 line 70% } bloc u { seats 2 free 50% "
    "turnout 80% } } chamber e { bloc x { line r } bloc y { line r } } ask chance of k is a ask "
    "chance of v is passed ask chance of g ask chance of z is passed ask chance of (g and c.x.b "
    "is yes) ask chance of z is passed given g ask chance of m is a ask chance of m is passed "
    "ask chance of n is passed ask chance of f ask date of completion ask chance of m is b";
enum { N_UNREACHED = 6, N_REACHED = 6 };

static const char *const changes[] = {
    "p = 60%",
    "q = 20%",
    "q ~ 1%..50%",
    "f = 90%",
    "d.w.line = 20%",
    "d.w.free = 40%",
    "d.u.free = 10%",
    "d.u.turnout = 1%",
    "n.wait = 2..9 days",
    "n.within = 1 day",
    "p = if f then 10% else 50%",
};

static bool is_all_same(const Answer *a, const Answer *b, uint32_t from, uint32_t n) {
  bool is_same = true;
  for (uint32_t i = from; i < from + n; i++) is_same &= is_same_ask(&a->asks[i], &b->asks[i]);
  return is_same;
}

static void test_changed_inputs(void **state) {
  (void)state;
  Loaded l = load(CHANGED);
  const Answer *a = answer_sampled(&l, TRIALS, 2048, 2);
  for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
    TextBuilder set = {0};
    text_addf(&set, "assume %s", changes[i]);
    Loaded changed = load_with(CHANGED, set.at);
    const Answer *b = answer_sampled(&changed, TRIALS, 2048, 2);
    check_same_asks(changes[i], a, b, N_UNREACHED);
    if (is_all_same(a, b, N_UNREACHED, N_REACHED)) fail_msg("%s changes nothing", changes[i]);
    text_builder_free(&set);
    arena_free(changed.arena);
  }
  arena_free(l.arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_threads_and_batches),
      cmocka_unit_test(test_what_goes_wrong),
      cmocka_unit_test(test_edits_elsewhere),
      cmocka_unit_test(test_changed_inputs),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
