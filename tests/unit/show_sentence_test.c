// The sentence under the title, for scripts whose chances and days are plain: who leads, who is level
// with whom, from when on, and what a title can do to it.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
// cmocka needs the three above
#include <cmocka.h>

#include "runtime/show/sentence.h"
#include "tests/unit/answer_scripts.h"

typedef struct Said {
  const char *what, *script, *sentence;
} Said;

static const Said exact[] = {
    {"a certain end on one day", CASE "{ wait 31 days }",
     "In every case: completion. All the cases end on 1 February 2025."},
    {"half on the fifth day of ten, nine tenths on the ninth", CASE "{ wait 1..10 days }",
     "In every case: completion. Half of the cases end by 6 January 2025, nine in ten by 10 "
     "January "
     "2025."},
    {"nine in ten on the first day already",
     CASE "{ decide { now: 95% later: otherwise { wait 1 day } } }",
     "In every case: completion. Nine in ten of the cases end by 1 January 2025."},
    {"days are those of the cases that end so",
     CASE "{ wait 1..10 days decide { yes: 60% no: otherwise { wait 100 days end lost } } } "
          "outcome lost",
     "Most likely (60.0 %): completion. Half of such cases end by 6 January 2025, nine in ten by "
     "10 "
     "January 2025."},
    {"a title stands for its name and keeps its own stop",
     CASE
     "{ decide { yes: 60% no: otherwise { end lost } } end won } outcome won \"The bill is law!\" "
     "outcome lost",
     "Most likely (60.0 %): The bill is law! All such cases end on 1 January 2025."},
    {"still open on the last day", CASE "{ decide { yes: 60% { wait 1000 days } no: otherwise } }",
     "Most likely (60.0 %): undecided. It is still open on the last day, 31 December 2025."},
    {"two that are equal", CASE "{ decide { yes: 1/2 no: otherwise { end lost } } } outcome lost",
     "Equally likely: lost (50.0 %) and completion (50.0 %)."},
    {"two that look equal",
     CASE "{ decide { yes: 50.01% no: otherwise { end lost } } } outcome lost",
     "About equally likely: completion (50.0 %) and lost (50.0 %)."},
    {"two that look apart by a hair",
     CASE "{ decide { yes: 50.06% no: otherwise { end lost } } } outcome lost",
     "Most likely (50.1 %): completion. All such cases end on 1 January 2025."},
    {"four that are equal",
     CASE "{ decide { a: 1/4 { end p } b: 1/4 { end q } c: 1/4 { end r } d: 1/4 { end s } } } "
          "outcome p outcome q outcome r outcome s",
     "Equally likely: p (25.0 %), q (25.0 %) and 2 others."},
    {"the reason that most cases fail for",
     CASE "{ decide { a: 60% b: 30% { fail \"no money\" } c: 10% { fail \"no time\" } } }",
     "Most likely (60.0 %): completion. All such cases end on 1 January 2025. Main reason for "
     "failing "
     "(30.0 %): no money."},
    {"two reasons alike",
     CASE "{ decide { a: 60% b: 20% { fail \"no money\" } c: 20% { fail \"no time.\" } } }",
     "Most likely (60.0 %): completion. All such cases end on 1 January 2025. Main reasons for "
     "failing: "
     "no money (20.0 %) and no time. (20.0 %)."},
    {"a reason too rare to be named",
     CASE "{ decide { a: otherwise b: 0.01% { fail \"no money\" } } }",
     "Most likely (>99.9 %): completion. All such cases end on 1 January 2025."},
    {"a title of two lines", CASE "{ end won } outcome won \"Won\\n  at last\"",
     "In every case: Won at last. All the cases end on 1 January 2025."},
};

static void check(const Said *said, const Loaded *loaded, const Answer *answered) {
  Page page = {.arena = loaded->arena, .width = 100};
  Text sentence = show_sentence(&page, answered);
  if (!text_equal(sentence, text_of(said->sentence)))
    fail_msg("%s:\n%.*s\nand not\n%s", said->what, TEXT_ARG(sentence), said->sentence);
}

static void what_is_certain_of_exact_answers(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof exact / sizeof *exact; i++) {
    Loaded loaded = load(exact[i].script);
    check(&exact[i], &loaded, answer_exact(&loaded));
    arena_free(loaded.arena);
  }
}

// The range stands behind the chance of what leads.
static void what_beliefs_leave_open(void **state) {
  (void)state;
  Loaded loaded = load(CASE
                       "{ decide { a: p b: otherwise { end lost } } } outcome lost assume p ~ "
                       "60%..90%");
  Answer *a = answer_exact(&loaded);
  for (uint32_t i = 0; i < a->n_outcomes; i++)
    a->outcomes[i].range = (Range){.is_some = true, .low = 0.6149, .high = 0.8851};
  check(&(Said){"a uniform belief", NULL,
                "Most likely (75.0 %; 61 to 89 % over the uncertain beliefs): completion. All such "
                "cases end on 1 January 2025."},
        &loaded, a);
  arena_free(loaded.arena);
}

// The numbers are set by hand: what is tested is what is said of them.
static void sampled(const char *what, double won, double error, const char *sentence) {
  Loaded loaded =
      load(CASE
           "{ decide { a: 1/2 { end won } b: otherwise { fail } } } outcome won \"It is "
           "done\"");
  Answer *a = answer_exact(&loaded);
  a->method = METHOD_SAMPLE;
  a->trials = 10000;
  for (uint32_t i = 0; i < a->n_outcomes; i++) {
    bool is_won = a->outcomes[i].outcome == 0, is_lost = a->outcomes[i].outcome == 2;
    a->outcomes[i].chance = is_won ? won : is_lost ? 1 - won : 0;
    a->outcomes[i].error = error;
  }
  a->reasons[0].chance = 1 - won;
  check(&(Said){what, NULL, sentence}, &loaded, a);
  arena_free(loaded.arena);
}

static void what_sampling_can_tell(void **state) {
  (void)state;
  sampled("apart by more than both intervals", 0.55, 0.04,
          "Most likely (55.0 % ± 4.0): It is done. All such cases end on 1 January 2025. Main "
          "reason for "
          "failing (45.0 %): it fails.");
  sampled(
      "apart by less", 0.55, 0.06,
      "Too close to tell: It is done (55.0 % ± 6.0) and failure (45.0 % ± 6.0). Main reason for "
      "failing (45.0 %): it fails.");
  sampled("all trials, which does not make it certain", 1, 0.0003,
          "Most likely (100.0 % ± 0.1): It is done. All such cases end on 1 January 2025.");
  sampled("as many trials as tell nothing", 1, INFINITY,
          "Most likely (100.0 % ± ?): It is done. All such cases end on 1 January 2025.");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_certain_of_exact_answers),
      cmocka_unit_test(what_beliefs_leave_open),
      cmocka_unit_test(what_sampling_can_tell),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
