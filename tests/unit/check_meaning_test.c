// Meaning: what this version refuses, types, and questions.
// clang-format off
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on
#include "tests/unit/check_scripts.h"

static void refused_steps(void **state) {
  (void)state;
  static const Script scripts[] = {
      {"wait until next sitting of house", E_NOT_RUN},
      {"wait 5 working days", E_NOT_RUN},
      {"wait 5 sitting days of house", E_NOT_RUN},
      {"wait poisson(3)", E_NOT_RUN},
      {"wait normal(3, 1)", E_NOT_RUN},
      {"wait lognormal(3, 1)", E_NOT_RUN},
      {"wait exponential(3)", E_NOT_RUN},
      {"while chance 50% { wait 1 days }", E_NOT_RUN},
      {"for each x in act, law { vote house on x }", E_NOT_RUN},
      {"together { track a { wait 1 days } track b { wait 2 days } }", E_NOT_RUN},
      {"race { track a { wait 1 days } track b { wait 2 days } }", E_NOT_RUN},
      {"repeal act", E_NOT_RUN},
      {"decide house on act { strong: needs 2/3 of seats plain: otherwise }", E_NOT_RUN},
      {"vote house on act needs at most 3 no", E_NOT_RUN},
      {"vote house on act needs 3 no", E_NOT_RUN},
      {"vote house on act needs 3 abstain", E_NOT_RUN},
      {"vote house on act needs 3 absent", E_NOT_RUN},
      {"vote house on act needs unanimity", E_NOT_RUN},
      {"vote house on act needs no objection", E_NOT_RUN},
      {"vote house on act needs no veto", E_NOT_RUN},
      {"vote house on act needs majority of votes against", E_NOT_RUN},
      {"vote house on act needs 2/3 of votes against", E_NOT_RUN},
      {"vote house on act needs majority of votes and 3 yes", E_NOT_RUN},
      {"vote house on act needs majority of votes or (3 yes and 4 yes)", E_NOT_RUN},
      {"let x = 20%..30%", E_NOT_RUN},
      {"let x = beta(2, 2)", E_NOT_RUN},
      {"let x = 1 set x = 20%..30%", E_NOT_RUN},
  };
  STEPS(scripts);
}

static void refused_items(void **state) {
  (void)state;
  static const Script scripts[] = {
      {"calendar work { weekdays mon tue }", E_NOT_RUN},
      {"chamber c { bloc b { seats 3 line 50% veto } }", E_NOT_RUN},
      {"chamber c { bloc b { seats 3 line 50% weight people 40 } }", E_NOT_RUN},
      {"chamber c { bloc b { seats 3 free 50% firm } }", E_NOT_RUN},
      {"chamber c { bloc b { seats 3 follows house.left 90% } }", E_NOT_RUN},
      {"chamber c { tiebreak 60% bloc b { seats 3 line 50% } }", E_NOT_RUN},
      {"chamber c { bloc b { seats 3 line 50% turnout 80%..90% } }", E_NOT_RUN},
      {"chamber c { bloc b { seats 3 line 50% loyalty beta(9, 1) } }", E_NOT_RUN},
      {"chamber c { bloc b { seats 3 free 40%..60% } }", E_NOT_RUN},
      {"chamber c { bloc b { seats 3 line 50% abstain 1%..2%..3% } }", E_NOT_RUN},
      {"fact g 40% from 2025-02-01", E_NOT_RUN},
      {"let x = 20%..30%", E_NOT_RUN},
      {"threshold super = 2/3 of seats and 5 yes", E_NOT_RUN},
      {"observe done on 2025-02-01", E_NOT_RUN},
      {"observe until 2025-02-01", E_NOT_RUN},
      {"scenario s { observe done }", E_NOT_RUN},
      {"scenario s { assume f is no }", E_NOT_RUN},
      {"scenario s { assume f needs 3/5 of seats }", E_NOT_RUN},
      {"assume house.left.line = 40%", E_NOT_RUN},
      {"ask mean of p", E_NOT_RUN},
      {"ask median of q", E_NOT_RUN},
  };
  ITEMS(scripts);
}

static void a_weight_is_refused_where_it_stands_and_where_it_counts(void **state) {
  (void)state;
  Checked r = check_script(
      "case \"T\" from 2025-01-01 until 2025-12-31 {\nvote c on b needs 2/3 of people }\nbill b\n"
      "chamber c { bloc a { line 50% weight people 4 } }",
      NULL);
  assert_int_equal(r.diagnostics->items.n, 2);
  for (uint32_t i = 0; i < 2; i++) assert_int_equal(r.diagnostics->items.items[i]->code, E_NOT_RUN);
  arena_free(r.arena);
}

static void right_steps(void **state) {
  (void)state;
  static const Script scripts[] = {
      {"wait 5 days wait 2 weeks wait 1 months wait 1 years wait 0 days", RIGHT},
      {"wait 7..21 days wait 1..2..3 weeks wait 1..2 months wait 3 days..5 days wait span", RIGHT},
      {"wait until 2025-05-01 wait until when wait until when + 5 days", RIGHT},
      {"within 5 days { wait 1..10 days } expired { note \"silence\" } else end over", RIGHT},
      {"until 2025-05-01 { wait 1..10 days } else end over", RIGHT},
      {"stage s { wait 1 days } if s is passed { wait 1 days } else if today > 2025-02-01 { fail "
       "\"late\" }",
       RIGHT},
      {"stage s { wait 1 days } if s.passed <= 2025-02-01 { wait 1 days }", RIGHT},
      {"vote house on act vote house on act needs 4 yes quorum majority of seats", RIGHT},
      {"vote bare on act needs at least 5 yes quorum 3 present", RIGHT},
      {"vote bare on act needs more than 2/3 of seats vote bare on act needs all of members",
       RIGHT},
      {"decide chief on act { yes: p no: otherwise } decide { a: 1/3 b: 2/3 }", RIGHT},
      {"decide { a: 0.1 b: 0.2 c: 0.7 }", RIGHT},
      {"ruling high on act { grant: if f then 90% else 10% deny: otherwise }", RIGHT},
      {"do take(3, 2025-02-01, 3 days, true) as t1 do hold(house, act)", RIGHT},
      {"attempt up to 3 times pausing 2..3 days while not f { fail \"no\" } else end over", RIGHT},
      {"repeat 2 times { wait 1 days } repeat 0 times { wait 1 days }", RIGHT},
      {"let x = 3 set x = x + 1 let d = today set d = d + 3 days let w = 2..5 days wait w", RIGHT},
      {"let t = chance 30% if t and not f { wait 1 days } set many = 4", RIGHT},
      {"enact act in force after 10 days enact law in force on 2025-06-01 amend act by 20% wait "
       "until act.in_force",
       RIGHT},
      {"list ngo on reg delist ngo from reg require ngo is listed on reg \"it is\"", RIGHT},
      {"if not vote house on act { end over } require today - 2025-01-01 >= 0 days", RIGHT},
      {"if house.left.act is yes { end over } require act is enacted and act is in force", RIGHT},
  };
  STEPS(scripts);
}

static void right_items(void **state) {
  (void)state;
  static const Script scripts[] = {
      {"assume r = many_more assume many_more = 2 assume s ~ 20%..40% assume t ~ 20%..30%..40% "
       "assume u ~ rate(2, 3)",
       RIGHT},
      {"chamber c { seats 9 quorum 2/3 of members bloc b { line { yes: 60% no: 10% absent: "
       "otherwise } } }",
       RIGHT},
      {"chamber c { bloc b { seats 3 line on act 40% free on law 20% } }", RIGHT},
      {"let x = chance 20% let y = 3..5 days let z = y", RIGHT},
      {"scenario s { assume p = 40% assume q = 20% assume f = 0% assume house.left.free = 20% "
       "assume house.seats = 12 }",
       RIGHT},
      {"scenario s { assume p ~ 20%..30% ask chance of done expect chance of done >= 10% }", RIGHT},
      {"ask chance of done by 2025-04-30 given f ask median date of (done or over) ask date of act "
       "is enacted",
       RIGHT},
      {"ask chance of (done and f) - chance of not done ask chance of (done or over) by when",
       RIGHT},
      {"ask chance of act is not enacted by 2025-05-01 ask chance of house.left.act is yes", RIGHT},
      {"expect chance of done >= p and chance of over < 1 expect not chance of done > 1", RIGHT},
      {"expect date of done <= 2025-05-01 + 3 days expect never (done and not f) expect always f "
       "or done",
       RIGHT},
  };
  ITEMS(scripts);
}

static void types_in_steps(void **state) {
  (void)state;
  static const Script scripts[] = {
      {"wait 5", E_TYPES},
      {"wait 5..7", E_TYPES},
      {"wait 2025-03-01", E_TYPES},
      {"wait true", E_TYPES},
      {"wait \"long\"", E_TYPES},
      {"wait act", E_TYPES},
      {"wait 5 days..2 weeks", E_TYPES},
      {"wait 3 + 2 days", E_TYPES},
      {"wait 2025-03-01..5 days", E_TYPES},
      {"wait 1..2..true days", E_TYPES},
      {"wait true days", E_TYPES},
      {"wait until 5 days", E_TYPES},
      {"wait until 2025-03-01 + 2025-03-02", E_TYPES},
      {"wait until 2025-03-01 + 5", E_TYPES},
      {"within 5 { wait 1 days }", E_TYPES},
      {"within 5..7 days { wait 1 days }", E_TYPES},
      {"until 5 days { wait 1 days }", E_TYPES},
      {"if p { wait 1 days }", E_TYPES},
      {"if today { wait 1 days }", E_TYPES},
      {"if act { wait 1 days }", E_TYPES},
      {"stage s { wait 1 days } if s { wait 1 days }", E_TYPES},
      {"if act = law { wait 1 days }", E_TYPES},
      {"if today > 5 { wait 1 days }", E_TYPES},
      {"if f > 1 { wait 1 days }", E_TYPES},
      {"if f and 3 { wait 1 days }", E_TYPES},
      {"if not 3 { wait 1 days }", E_TYPES},
      {"if 20% < 5 days { wait 1 days }", E_TYPES},
      {"require when \"so\"", E_TYPES},
      {"attempt up to 3 days times { wait 1 days }", E_TYPES},
      {"attempt up to 2 times pausing 3 { wait 1 days }", E_TYPES},
      {"attempt up to 2 times while 3 { wait 1 days }", E_TYPES},
      {"attempt up to -1 times { wait 1 days }", E_TYPES},
      {"repeat 2.5 times { wait 1 days }", E_TYPES},
      {"repeat f times { wait 1 days }", E_TYPES},
      {"decide { a: f b: otherwise }", E_TYPES},
      {"decide { a: 5% .. 10% b: otherwise }", E_TYPES},
      {"decide { a: 3 days b: otherwise }", E_TYPES},
      {"let x = act", E_TYPES},
      {"let x = \"text\"", E_TYPES},
      {"let x = if f then 3 else 3 days", E_TYPES},
      {"let x = if 3 then 3 else 4", E_TYPES},
      {"let x = -today", E_TYPES},
      {"let x = 3 set x = 3 days", E_TYPES},
      {"set many = f", E_TYPES},
      {"set p = 4", E_WRONG_KIND},
      {"let x = beta(2)", E_ARGUMENTS},
      {"let x = bta(2, 2)", E_UNKNOWN_NAME},
      {"do take(3 days, 2025-02-01, 3 days, true)", E_TYPES},
      {"do take(3, 4, 3 days, true)", E_TYPES},
      {"do take(3, 2025-02-01, 3, true)", E_TYPES},
      {"do take(3, 2025-02-01, 3 days, 1)", E_TYPES},
      {"enact act in force after 10", E_TYPES},
      {"enact act in force on 10 days", E_TYPES},
      {"amend act by 3 days", E_TYPES},
      {"wait -3 days", E_TYPES},
      {"wait -3..5 days", E_TYPES},
      {"wait 9..5 days", E_TYPES},
      {"wait 1..9..5 days", E_TYPES},
      {"wait 2.5 days", E_TYPES},
      {"let d = today wait d", E_TYPES},
      {"if act is listed on reg { wait 1 days }", E_WRONG_KIND},
      {"if ngo is enacted { wait 1 days }", E_WRONG_KIND},
      {"if ngo is in force { wait 1 days }", E_WRONG_KIND},
  };
  STEPS(scripts);
}

static void types_in_items(void **state) {
  (void)state;
  static const Script scripts[] = {
      {"assume x = 3 + 3 days", E_TYPES},
      {"assume x = 20%..30%", E_TYPES},
      {"assume x ~ 30%", E_TYPES},
      {"assume x ~ 3..5 days", E_TYPES},
      {"assume x ~ beta(2, true)", E_TYPES},
      {"let x = act", E_TYPES},
      {"fact g 3 days", E_TYPES},
      {"fact g when", E_TYPES},
      {"register r { lists ngo since 5 }", E_TYPES},
      {"chamber c { seats 3 days bloc b { line 50% } }", E_TYPES},
      {"chamber c { bloc b { seats f line 50% } }", E_TYPES},
      {"chamber c { bloc b { seats 3 line f } }", E_TYPES},
      {"chamber c { bloc b { seats 3 line { yes: true no: otherwise } } }", E_TYPES},
      {"chamber c { bloc b { seats 3 line 50% turnout 3 days } }", E_TYPES},
      {"procedure u(n: number) { wait n }", E_TYPES},
      {"scenario s { assume p = 3 days }", E_CHANGE},
      {"scenario s { assume f = true }", E_NOT_RUN},
      {"scenario s { assume q = 20%..30% }", E_CHANGE},
      {"scenario s { assume house.left.line = 3 days }", E_CHANGE},
      {"scenario s { assume take.wait = 3 }", E_CHANGE},
      {"scenario s { assume take.wait = 2025-03-01 }", E_CHANGE},
      {"scenario s { assume take.wait = -3 days }", E_TYPES},
  };
  ITEMS(scripts);
}

static void types_are_kept(void **state) {
  (void)state;
  Checked r = check_script(
      "case \"T\" from 2025-01-01 until 2025-12-31 { let w = 7..21 days wait w }\n"
      "assume a = b assume b = 2025-01-01 assume q ~ 20%..30% let y = 3 days let x = y",
      NULL);
  assert_int_equal(r.diagnostics->items.n, 0);
  const Program *p = r.program;
  assert_int_equal(p->bodies.items[0].variables.items[0].type, VALUE_DURATION);
  assert_int_equal(p->types[p->bodies.items[0].variables.items[0].let->assign.value->id].kind,
                   TYPE_DAYS_SPREAD);
  for (uint32_t i = 0; i < p->assumes.n; i++) {
    const AssumeInfo *a = &p->assumes.items[i];
    assert_int_equal(a->type, a->is_belief ? VALUE_NUMBER : VALUE_DATE);
    if (a->is_belief) assert_int_equal(p->types[a->value->id].kind, TYPE_SHARE_SPREAD);
  }
  for (uint32_t i = 0; i < p->lets.n; i++) assert_int_equal(p->lets.items[i].type, VALUE_DURATION);
  assert_int_equal(p->first_day, date_of(2025, 1, 1));
  assert_int_equal(p->last_day, date_of(2025, 12, 31));
  arena_free(r.arena);
}

static void questions(void **state) {
  (void)state;
  static const Script scripts[] = {
      {"ask chance of done and over", E_EVENT},
      {"ask chance of done and over and f", E_EVENT},
      {"ask date of done or over", E_EVENT},
      {"ask chance of done given f and over", E_EVENT},
      {"expect chance of done and over >= 50%", E_EVENT},
      {"ask done", E_EVENT},
      {"ask f", E_EVENT},
      {"ask act is enacted", E_EVENT},
      {"ask 5", E_EVENT},
      {"ask p", E_EVENT},
      {"expect done", E_EVENT},
      {"expect (done or over)", E_EVENT},
      {"ask chance of done + f", E_EVENT},
      {"ask chance of done + many", E_PLACE},
      {"expect chance of done > q", E_PLACE},
      {"expect date of done > today", E_PLACE},
      {"ask chance of done >= 50%", E_TYPES},
      {"expect chance of done", E_TYPES},
      {"expect date of done", E_TYPES},
      {"expect chance of done >= 2025-03-01", E_TYPES},
      {"ask chance of act", E_TYPES},
      {"ask chance of p", E_TYPES},
      {"ask chance of (p + 1)", E_TYPES},
      {"ask chance of done given p", E_TYPES},
      {"ask chance of done by (5 days)", E_TYPES},
      {"ask date of f", E_EVENT},
      {"ask date of not done", E_EVENT},
      {"ask date of (today > 2025-02-01)", E_EVENT},
      {"ask date of act is not enacted", E_EVENT},
      {"ask date of house.left.act is yes", E_EVENT},
      {"ask chance of f by 2025-03-01", E_EVENT},
      {"ask chance of (f or done) by 2025-03-01", E_EVENT},
      {"ask chance of house.left.act is yes by 2025-03-01", E_EVENT},
      {"ask chance of (chance of done > 1)", E_PLACE},
      {"expect never chance of done > 1", E_PLACE},
      {"expect never p", E_TYPES},
      {"ask chance of (chance 30%)", E_PLACE},
      {"ask chance 30%", E_PLACE},
      {"assume x = chance of done", E_PLACE},
      {"assume x = chance 20%", E_PLACE},
      {"fact g if chance 20% then 10% else 20%", E_PLACE},
      {"chamber c { bloc b { seats 3 line if chance 20% then 10% else 20% } }", E_PLACE},
      {"chamber c { bloc b { seats 3 line if done then 10% else 20% } }", E_PLACE},
  };
  ITEMS(scripts);
}

static void questions_in_steps(void **state) {
  (void)state;
  static const Script scripts[] = {
      {"if chance of done > 20% { wait 1 days }", E_PLACE},
      {"wait until median date of done", E_PLACE},
      {"if done { wait 1 days }", E_PLACE},
      {"if f and not done { wait 1 days }", E_PLACE},
      {"if act is enacted by 2025-03-01 { wait 1 days }", E_PLACE},
  };
  STEPS(scripts);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(refused_steps),
      cmocka_unit_test(refused_items),
      cmocka_unit_test(a_weight_is_refused_where_it_stands_and_where_it_counts),
      cmocka_unit_test(right_steps),
      cmocka_unit_test(right_items),
      cmocka_unit_test(types_in_steps),
      cmocka_unit_test(types_in_items),
      cmocka_unit_test(types_are_kept),
      cmocka_unit_test(questions),
      cmocka_unit_test(questions_in_steps),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
