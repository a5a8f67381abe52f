// What an answer rests on, counted by hand: which numbers are believed, which of them are guesses, and
// which decide a failure.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
// cmocka needs the three above
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "lang/check/check.h"
#include "lang/check/grounds.h"
#include "lang/source/render.h"
#include "lang/syntax/parse.h"

#define CASE "case \"C\" from 2025-01-01 until 2025-12-31 "
#define BILL " bill b "
#define HOUSE BILL "chamber house { bloc a { seats 3 line 60% loyalty 90% } } "

typedef struct Loaded {
  Arena *arena;
  Program *program;
  Inputs inputs;
} Loaded;

static Loaded load(const char *script, const char *set, uint32_t scenario) {
  Loaded l = {.arena = arena_new()};
  Diagnostics *found = diagnostics_new(l.arena);
  Text text = text_of(script);
  ChangeText change = {"<--set>", text_of(set ? set : "")};
  ParseInput input = {"script.leg", &text, &change, set ? 1 : 0};
  Tree *tree = parse_script(l.arena, &input, found);
  CheckOptions options = {.needs_case = true, .n_script_files = parse_n_script_files(tree, &input)};
  l.program = check_program(tree, options, found);
  if (found->n_errors) {
    TextBuilder b = {0};
    render_text(&b, found, tree->sources, false);
    print_error("%s\n%s\n", script, b.at);
    text_builder_free(&b);
  }
  assert_int_equal(found->n_errors, 0);
  l.inputs = inputs_new(l.program, l.arena, scenario);
  return l;
}

// "?0..4 days; 20%": the values in their order, guesses with a mark.
static void check(const Loaded *l, const char *script, const Grounds *grounds,
                  const char *expected) {
  TextBuilder b = {0};
  uint32_t n_guesses = 0;
  text_add(&b, "");
  for (uint32_t i = 0; i < grounds->items.n; i++) {
    const Ground *ground = &grounds->items.items[i];
    n_guesses += ground->is_guess;
    text_addf(&b, "%s%s%.*s", i ? "; " : "", ground->is_guess ? "?" : "",
              TEXT_ARG(source_slice(l->program->tree->sources, ground->value->span)));
  }
  if (strcmp(b.at, expected) != 0) fail_msg("%s:\n%s\nand not\n%s", script, b.at, expected);
  assert_int_equal(n_guesses, grounds->n_guesses);
  text_builder_free(&b);
}

typedef struct Case {
  const char *script, *set, *grounds;
  uint32_t scenario;
} Case;

static const Case cases[] = {
    {CASE "{ wait 3 days \"the term\" source \"the law\" wait 1..2 days }", NULL,
     "3 days; ?1..2 days", NO_INDEX},
    {CASE "{ wait 3 days \"a Guess\" source \"s\" wait 4 days \"unguessed\" source \"s\" }", NULL,
     "?3 days; 4 days", NO_INDEX},
    {CASE "{ wait 3 days source \"\" }", NULL, "?3 days", NO_INDEX},
    {CASE "{ within 9 days { decide { y: 1/2 n: p } } } assume p = q * 1/1 assume q = 50%", NULL,
     "?1/2; ?q * 1/1; ?50%", NO_INDEX},
    {CASE "{ decide { y: p n: otherwise } } assume p = q assume q = r assume r = 5% source \"s\" "
          "assume unread = 7%",
     NULL, "5%", NO_INDEX},
    {CASE "{ decide { y: if today < 2025-05-01 then p else 20% n: otherwise } } assume p = q "
          "assume q ~ beta(2, 1)",
     NULL, "?if today < 2025-05-01 then p else 20%; ?beta(2, 1)", NO_INDEX},
    {CASE "{ decide { y: if today < 2025-05-01 then p else p n: otherwise } } assume p = 1/3", NULL,
     "?1/3", NO_INDEX},
    {CASE "{ do used() } procedure used() { wait 1 day } procedure unused() { wait 2 days }", NULL,
     "?1 day", NO_INDEX},
    {CASE "{ vote house on b needs majority of seats }" HOUSE
          "chamber idle { bloc z { seats 3 line 1% } }",
     NULL, "?60%; ?90%", NO_INDEX},
    {CASE "{ do reading(house) } procedure reading(c: chamber) { vote c on b needs majority of "
          "seats }" HOUSE,
     NULL, "?60%; ?90%", NO_INDEX},
    {CASE
     "{ vote house on b needs majority of seats }" BILL
     "chamber house { bloc a source \"roll calls\" { seats 3 line { yes: 60% no: 1/10 abstain: "
     "otherwise } line on b 5% turnout 95% abstain 2% } }",
     NULL, "60%; 1/10; 5%; 95%; 2%", NO_INDEX},
    {CASE "{ vote house on b needs majority of seats }" BILL
          "chamber house { bloc a source \"s\" { seats 3 line { yes: 60% no: otherwise } } }",
     "assume house.a.line = 30%", "?30%", NO_INDEX},
    {CASE "{ if chance 30% { let d = 1..5 days wait d } else { let n = 7 } }", NULL,
     "?30%; ?1..5 days", NO_INDEX},
    {CASE "{ attempt up to 3 times pausing 2 days { wait 1 day source \"s\" } }", NULL,
     "?2 days; 1 day", NO_INDEX},
    {CASE "{ wait 1 day source \"s\" } fact f 20% ask chance of f", NULL, "1 day; ?20%", NO_INDEX},
    {CASE "{ decide { y: p n: otherwise } } assume p = 5% source \"s\"", "assume p = 6%", "?6%",
     NO_INDEX},
    {CASE "{ decide { y: p n: otherwise } } assume p = 5% assume q = 1% source \"s\"",
     "assume p = q", "1%", NO_INDEX},
    {CASE "{ decide { y: p n: otherwise } } assume p = 5% scenario s { assume p = 7% source \"s\" "
          "ask chance of g } fact g 1/9",
     NULL, "7%; ?1/9", 0},
    {CASE "{ decide { y: p n: otherwise } } assume p = 5% scenario s { assume p = 7% source \"s\" "
          "ask chance of g } fact g 1/9",
     NULL, "?5%", NO_INDEX},
    {CASE "{ move m() by o } motion m() { by o requires f \"no\" wait 1 day } office o fact f 20%",
     NULL, "?1 day; ?20%", NO_INDEX},
};

static void every_number_that_is_believed(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Loaded l = load(cases[i].script, cases[i].set, cases[i].scenario);
    Grounds grounds = grounds_of_case(&l.inputs, cases[i].scenario, l.arena);
    check(&l, cases[i].script, &grounds, cases[i].grounds);
    arena_free(l.arena);
  }
}

typedef struct Failure {
  const char *script, *place, *grounds;
} Failure;

static const Failure failures[] = {
    {CASE "{ wait 9 days decide { y: 60% n: p { fail \"no\" } m: otherwise } } assume p = 1/10",
     "fail \"no\"", "?60%; ?1/10"},
    {CASE "{ decide { y: 60% { if f { fail \"no\" } } n: otherwise } } fact f 20%", "fail \"no\"",
     "?20%"},
    {CASE "{ wait 9 days vote house on b needs majority of seats }" HOUSE,
     "vote house on b needs majority of seats", "?60%; ?90%"},
    {CASE "{ vote house on b needs majority of seats else fail \"no\" }" HOUSE, "fail \"no\"",
     "?60%; ?90%"},
    {CASE "{ do r(house) } procedure r(c: chamber) { vote c on b needs 2 yes }" HOUSE,
     "vote c on b needs 2 yes", "?60%; ?90%"},
    {CASE "{ within 9 days { wait 1..20 days } }", "within 9 days { wait 1..20 days }",
     "?1..20 days"},
    {CASE "{ within 9 days { wait 1..20 days decide { y: 1/2 n: otherwise { fail } } } }", "fail",
     "?1/2"},
    {CASE "{ wait 9 days require f \"no\" } fact f 20%", "require f \"no\"", "?20%"},
    {CASE "{ move m() by o } motion m() { by o requires f \"no\" wait 1 day } office o fact f 20%",
     "f \"no\"", ""},
    {CASE "{ do p() else fail \"no\" } procedure p() { decide { y: 1/2 n: otherwise { fail } } }",
     "fail \"no\"", ""},
    {CASE "{ stage s { decide { y: 1/2 n: otherwise { fail } } } else fail \"no\" }", "fail \"no\"",
     ""},
    {CASE "{ wait 9 days fail \"no\" }", "fail \"no\"", ""},
};

static void those_that_decide_a_failure(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof failures / sizeof *failures; i++) {
    const Failure *failure = &failures[i];
    Loaded l = load(failure->script, NULL, NO_INDEX);
    const SourceFile *file = l.program->tree->files[0].file;
    const char *at = strstr(file->text.at, failure->place);
    assert_non_null(at);
    uint32_t from = file->base + (uint32_t)(at - file->text.at);
    Span span = {from, from + (uint32_t)strlen(failure->place)};
    Grounds grounds = grounds_of_failure(&l.inputs, span, l.arena);
    check(&l, failure->script, &grounds, failure->grounds);
    arena_free(l.arena);
  }
}

// The span of what a motion requires is that of its condition.
static void what_a_motion_requires(void **state) {
  (void)state;
  const char *script = CASE
      "{ move m() by o } motion m() { by o requires not f \"no\" wait 1 day } office o fact f 20%";
  Loaded l = load(script, NULL, NO_INDEX);
  const Body *body = &l.program->bodies.items[1];
  assert_int_equal(body->node->kind, NODE_MOTION);
  Span span = body->node->motion.requires[0].condition->span;
  Grounds grounds = grounds_of_failure(&l.inputs, span, l.arena);
  check(&l, script, &grounds, "?20%");
  arena_free(l.arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_number_that_is_believed),
      cmocka_unit_test(those_that_decide_a_failure),
      cmocka_unit_test(what_a_motion_requires),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
