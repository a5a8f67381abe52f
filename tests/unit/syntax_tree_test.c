// Every production of the grammar stands in a text that parses, and its tree is what is written
// beside it.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
// Above are what cmocka.h needs.
#include <cmocka.h>

#include "lang/syntax/parse.h"
#include "tests/unit/syntax_dump.h"

typedef struct Pair {
  const char *text, *tree;
} Pair;

static const Pair items[] = {
    {"threshold qmv = (at least 15 yes and 65% of population) or at most 3 no "
     "\"Qualified\" source \"TEU 16\"",
     "(THRESHOLD_ITEM qmv (THRESHOLD_OR (THRESHOLD_AND (THRESHOLD_COUNT at_least 15 yes) "
     "(THRESHOLD_SHARE 13/20 population)) (THRESHOLD_COUNT at_most 3 no)) \"Qualified\" "
     "(source \"TEU 16\"))"},
    {"case \"C\" from 2024-01-01 until 2024-02-30 { }",
     "(CASE \"C\" (DATE 2024-01-01) (DATE none) (BLOCK))"},
    {"matter m \"M\"", "(DECLARE matter m \"M\")"},
    {"outcome o source \"s\"", "(DECLARE outcome o (source \"s\"))"},
    {"organization a \"A\" source \"s\"", "(DECLARE organization a \"A\" (source \"s\"))"},
    {"register r { lists a since 2003-02-14 }",
     "(DECLARE register r { [lists (PATH a) (DATE 2003-02-14)] })"},
    {"bill b", "(DECLARE bill b)"},
    {"office president { }", "(DECLARE office president { })"},
    {"court c { seats 3 }", "(DECLARE court c { [seats (NUMBER 3)] })"},
    {"calendar k { weekdays tue wed except 2025-08-01..2025-09-08 also 2025-09-06 every 6 "
     "months from 2025-03-15 }",
     "(DECLARE calendar k { [weekdays tue wed] [except (RANGE (DATE 2025-08-01) - (DATE "
     "2025-09-08))] [also (DATE 2025-09-06)] [every (UNIT (NUMBER 6) months) (DATE "
     "2025-03-15)] })"},
    {"procedure p { }", "(PROCEDURE p (BLOCK))"},
    {"procedure p() \"T\" { }", "(PROCEDURE p \"T\" (BLOCK))"},
    {"procedure p(a: bill, b: matter, c: organization, d: chamber, e: office, f: court, "
     "g: register, h: date, i: number) { }",
     "(PROCEDURE p (param a bill) (param b matter) (param c organization) (param d "
     "chamber) (param e office) (param f court) (param g register) (param h date) (param "
     "i number) (BLOCK))"},
    {"motion m(o: organization) \"T\" { by a, b before c, d requires o is listed on r "
     "\"why\" requires true wait 1 days }",
     "(MOTION m (param o organization) \"T\" (by (PATH a) (PATH b)) (before (PATH c) "
     "(PATH d)) (requires (IS (PATH o) listed (PATH r)) \"why\") (requires (TRUTH true)) "
     "(BLOCK (WAIT (UNIT (NUMBER 1) days))))"},
    {"motion m { }", "(MOTION m (BLOCK))"},
    {"scenario s \"T\" { assume a = 1 \"t\" assume b ~ 2 observe c on 2024-01-01 ask d "
     "expect e }",
     "(SCENARIO s \"T\" (ASSUME (PATH a) = (NUMBER 1) \"t\") (ASSUME (PATH b) ~ (NUMBER "
     "2)) (OBSERVE (PATH c) (DATE 2024-01-01) -) (ASK (PATH d)) (EXPECT (PATH e)))"},
    {"fact week month", "(FACT week (PATH month) -)"},
    {"procedure year(day: number) { decide { day: 1 month: day week : 2 day year: 3 { } } }",
     "(PROCEDURE year (param day number) (BLOCK (DECIDE - - (option day (NUMBER 1)) "
     "(option month (PATH day)) (option week (UNIT (NUMBER 2) days)) (option year (NUMBER 3) "
     "(BLOCK)))))"},
    {"chamber month { bloc day { line on week year weight week day } }",
     "(DECLARE chamber month { [bloc day [line (PATH week) (PATH year)] [weight (PATH week) "
     "(PATH day)]] })"},
    {"assume a.b.c = 1 source \"x\"", "(ASSUME (PATH a b c) = (NUMBER 1) (source \"x\"))"},
    {"assume a is passed", "(ASSUME (PATH a) is passed)"},
    {"assume a is amend", "(ASSUME (PATH a) is = amend)"},
    {"assume a needs 3/5 of seats \"t\"",
     "(ASSUME (PATH a) needs (THRESHOLD_SHARE 3/5 seats) \"t\")"},
    {"fact f 75% \"t\"", "(FACT f (NUMBER 0.75%) - \"t\")"},
    {"fact f 20% from exponential(700) \"t\"",
     "(FACT f (NUMBER 0.2%) (CALL exponential (NUMBER 700)) \"t\")"},
    {"observe a is passed on 2024-01-02 \"t\"",
     "(OBSERVE (IS (PATH a) passed) (DATE 2024-01-02) - \"t\")"},
    {"observe a odds 3", "(OBSERVE (PATH a) - (NUMBER 3))"},
    {"observe a on 2024-01-02 odds 3 source \"s\"",
     "(OBSERVE (PATH a) (DATE 2024-01-02) (NUMBER 3) (source \"s\"))"},
    {"observe until 2024-01-02 \"t\"", "(OBSERVE_UNTIL (DATE 2024-01-02) - - \"t\")"},
    {"ask a \"t\"", "(ASK (PATH a) \"t\")"},
    {"expect a \"t\"", "(EXPECT (PATH a) \"t\")"},
    {"expect never a", "(EXPECT_NEVER (PATH a))"},
    {"expect always a", "(EXPECT_ALWAYS (PATH a))"},
    {"let x = 3 \"t\"", "(LET_ITEM x (NUMBER 3) \"t\")"},
};

static const Pair props[] = {
    {"seats 450", "[seats (NUMBER 450)]"},
    {"bloc b \"B\" source \"s\" { seats 57 line 60% }",
     "[bloc b \"B\" (source \"s\") [seats (NUMBER 57)] [line (NUMBER 0.6%)]]"},
    {"bloc b", "[bloc b]"},
    {"line { yes: 60% no: 10% abstain: 5% absent: otherwise }",
     "[line (option yes (NUMBER 0.6%)) (option no (NUMBER 0.1%)) (option abstain (NUMBER "
     "0.05%)) (otherwise absent)]"},
    {"line on bill_x 10%", "[line (PATH bill_x) (NUMBER 0.1%)]"},
    {"line on bill_x { yes: 1% no: otherwise }",
     "[line (PATH bill_x) (option yes (NUMBER 0.01%)) (otherwise no)]"},
    {"free 50% free on x 40%", "[free (NUMBER 0.5%)] [free (PATH x) (NUMBER 0.4%)]"},
    {"loyalty 95% turnout 90% abstain 5%",
     "[loyalty (NUMBER 0.95%)] [turnout (NUMBER 0.9%)] [abstain (NUMBER 0.05%)]"},
    {"weight population 83_445_000", "[weight (PATH population) (NUMBER 83445000)]"},
    {"veto firm", "[veto] [firm]"},
    {"follows commons.government 95%", "[follows (PATH commons government) (NUMBER 0.95%)]"},
    {"quorum majority of seats", "[quorum (THRESHOLD_SHARE majority more_than 1/2 seats)]"},
    {"passes by 226 yes", "[passes (THRESHOLD_COUNT 226 yes)]"},
    {"tiebreak 60%", "[tiebreak (NUMBER 0.6%)]"},
    {"sits k", "[sits (PATH k)]"},
};

static const Pair thresholds[] = {
    {"qmv", "(THRESHOLD_NAME qmv)"},
    {"majority of seats", "(THRESHOLD_SHARE majority more_than 1/2 seats)"},
    {"majority of present against", "(THRESHOLD_SHARE majority more_than 1/2 present against)"},
    {"all of votes", "(THRESHOLD_SHARE all 1/1 votes)"},
    {"2/3 of members", "(THRESHOLD_SHARE 2/3 members)"},
    {"60% of population against", "(THRESHOLD_SHARE 3/5 population against)"},
    {"more than 2/3 of seats", "(THRESHOLD_SHARE more_than 2/3 seats)"},
    {"more than 50% of votes against", "(THRESHOLD_SHARE more_than 1/2 votes against)"},
    {"226 yes", "(THRESHOLD_COUNT 226 yes)"},
    {"226 abstain", "(THRESHOLD_COUNT 226 abstain)"},
    {"100 present", "(THRESHOLD_COUNT 100 present)"},
    {"at least 5 absent", "(THRESHOLD_COUNT at_least 5 absent)"},
    {"at most 3 no", "(THRESHOLD_COUNT at_most 3 no)"},
    {"no veto", "(THRESHOLD_WORD no_veto)"},
    {"no objection", "(THRESHOLD_WORD no_objection)"},
    {"unanimity", "(THRESHOLD_WORD unanimity)"},
    {"a or b and c or (d or e) and f",
     "(THRESHOLD_OR (THRESHOLD_OR (THRESHOLD_NAME a) (THRESHOLD_AND (THRESHOLD_NAME b) "
     "(THRESHOLD_NAME c))) (THRESHOLD_AND (THRESHOLD_OR (THRESHOLD_NAME d) "
     "(THRESHOLD_NAME e)) (THRESHOLD_NAME f)))"},
};

static const Pair steps[] = {
    {"{ fail }", "(BLOCK (FAIL))"},
    {"stage s \"T\" source \"x\" { } else { fail \"no\" }",
     "(STAGE s \"T\" (source \"x\") (BLOCK) (BLOCK (FAIL \"no\")))"},
    {"stage line { }", "(STAGE line (BLOCK) -)"},
    {"within 3 days \"t\" { } expired { note \"n\" } else fail",
     "(WITHIN (UNIT (NUMBER 3) days) \"t\" (BLOCK) (BLOCK (NOTE \"n\")) (FAIL))"},
    {"within 3 days { }", "(WITHIN (UNIT (NUMBER 3) days) (BLOCK) - -)"},
    {"until 2024-01-01 { } expired { }", "(UNTIL (DATE 2024-01-01) (BLOCK) (BLOCK) -)"},
    {"until 2024-01-01 \"t\" { } else succeed",
     "(UNTIL (DATE 2024-01-01) \"t\" (BLOCK) - (SUCCEED))"},
    {"wait 3 days \"t\"", "(WAIT (UNIT (NUMBER 3) days) \"t\")"},
    {"wait until 2024-01-01", "(WAIT_UNTIL (DATE 2024-01-01))"},
    {"wait until next sitting of duma", "(WAIT_SITTING (PATH duma))"},
    {"vote duma on b", "(VOTE (PATH duma) (PATH b) - - -)"},
    {"vote duma on b needs qmv quorum 50% of seats \"t\" else end o",
     "(VOTE (PATH duma) (PATH b) (THRESHOLD_NAME qmv) (THRESHOLD_SHARE 1/2 seats) \"t\" "
     "(END (PATH o)))"},
    {"decide { a: 1 b: otherwise }", "(DECIDE - - (option a (NUMBER 1)) (otherwise b))"},
    {"decide \"t\" { a: 1 { fail } amend: otherwise { } list: needs unanimity { } set: "
     "needs 2/3 of votes }",
     "(DECIDE - - \"t\" (option a (NUMBER 1) (BLOCK (FAIL))) (otherwise amend (BLOCK)) "
     "(grade list (THRESHOLD_WORD unanimity) (BLOCK)) (grade set (THRESHOLD_SHARE 2/3 "
     "votes)))"},
    {"decide president { a: 1 }", "(DECIDE (PATH president) - (option a (NUMBER 1)))"},
    {"decide president on b source \"s\" { a: 1 }",
     "(DECIDE (PATH president) (PATH b) (source \"s\") (option a (NUMBER 1)))"},
    {"ruling c on o \"t\" { grant: 90% deny: otherwise }",
     "(RULING (PATH c) (PATH o) \"t\" (option grant (NUMBER 0.9%)) (otherwise deny))"},
    {"do p", "(DO (PATH p) ( ) - -)"},
    {"do p() as x else fail", "(DO (PATH p) ( ) - x (FAIL))"},
    {"do p(1, a, \"t\") as line", "(DO (PATH p) ( (NUMBER 1) (PATH a) (TEXT \"t\") ) - line -)"},
    {"move m(o) by president as x else fail",
     "(MOVE (PATH m) ( (PATH o) ) (PATH president) x (FAIL))"},
    {"move m", "(MOVE (PATH m) ( ) - -)"},
    {"require a \"t\" else fail", "(REQUIRE (PATH a) \"t\" (FAIL))"},
    {"require a", "(REQUIRE (PATH a) -)"},
    {"fail", "(FAIL)"},
    {"fail \"r\" source \"s\"", "(FAIL \"r\" (source \"s\"))"},
    {"succeed", "(SUCCEED)"},
    {"end o", "(END (PATH o))"},
    {"attempt up to 3 times pausing 2..3 days while a { } else fail",
     "(ATTEMPT (NUMBER 3) (RANGE (NUMBER 2) - (UNIT (NUMBER 3) days)) (PATH a) (BLOCK) "
     "(FAIL))"},
    {"attempt up to n times { }", "(ATTEMPT (PATH n) - - (BLOCK) -)"},
    {"repeat 3 times { }", "(REPEAT (NUMBER 3) (BLOCK))"},
    {"while a { }", "(WHILE (PATH a) (BLOCK))"},
    {"for each x in a, b { }", "(FOR x (PATH a) (PATH b) (BLOCK))"},
    {"if a { } else if b { } else if not do p { } else { }",
     "(IF (PATH a) (BLOCK) (IF (PATH b) (BLOCK) (IF_TRIAL not (DO (PATH p) ( ) - -) "
     "(BLOCK) (BLOCK))))"},
    {"if a { }", "(IF (PATH a) (BLOCK) -)"},
    {"if vote d on b needs unanimity quorum all of seats { } else { fail }",
     "(IF_TRIAL (VOTE (PATH d) (PATH b) (THRESHOLD_WORD unanimity) (THRESHOLD_SHARE all "
     "1/1 seats) -) (BLOCK) (BLOCK (FAIL)))"},
    {"if not vote d on b { }", "(IF_TRIAL not (VOTE (PATH d) (PATH b) - - -) (BLOCK) -)"},
    {"if do p(1) as x { }", "(IF_TRIAL (DO (PATH p) ( (NUMBER 1) ) - x -) (BLOCK) -)"},
    {"if not move m(o) by z as x { } else if a { }",
     "(IF_TRIAL not (MOVE (PATH m) ( (PATH o) ) (PATH z) x -) (BLOCK) (IF (PATH a) "
     "(BLOCK) -))"},
    {"let x = 1", "(LET x (NUMBER 1))"},
    {"set x.y = 2", "(SET (PATH x y) (NUMBER 2))"},
    {"enact b", "(ENACT (PATH b) - -)"},
    {"enact b in force after 10 days", "(ENACT (PATH b) (UNIT (NUMBER 10) days) -)"},
    {"enact b.c in force on 2024-01-01", "(ENACT (PATH b c) - (DATE 2024-01-01))"},
    {"amend b", "(AMEND (PATH b) -)"},
    {"amend b.c by 20%", "(AMEND (PATH b c) (NUMBER 0.2%))"},
    {"list o on r", "(LIST (PATH o) (PATH r))"},
    {"delist o from r", "(DELIST (PATH o) (PATH r))"},
    {"note \"a {b} \\\"q\\\" \\\\ n\\\\n\"", "(NOTE \"a {b} \"q\" \\ n\\n\")"},
    {"repeal b", "(REPEAL (PATH b))"},
    {"together { track a \"t\" { } track b { fail } } else fail",
     "(TOGETHER (track a \"t\" (BLOCK)) (track b (BLOCK (FAIL))) (FAIL))"},
    {"race { track a { } }", "(RACE (track a (BLOCK)) -)"},
};

static const Pair exprs[] = {
    {"450", "(NUMBER 450)"},
    {"1_000_000.5", "(NUMBER 1000000.5)"},
    {"97%", "(NUMBER 0.97%)"},
    {"2024-12-18", "(DATE 2024-12-18)"},
    {"\"text\"", "(TEXT \"text\")"},
    {"true = false", "(BINARY = (TRUTH true) (TRUTH false))"},
    {"today", "(TODAY)"},
    {"a.passed.`end`.list", "(PATH a passed end list)"},
    {"`list`", "(PATH list)"},
    {"beta(9, 1)", "(CALL beta (NUMBER 9) (NUMBER 1))"},
    {"(a)", "(PATH a)"},
    {"(a or b) by 2024-01-01", "(BY (BINARY or (PATH a) (PATH b)) (DATE 2024-01-01))"},
    {"chance 30%", "(CHANCE (NUMBER 0.3%))"},
    {"chance (a)", "(CHANCE (PATH a))"},
    {"chance of a", "(CHANCE_OF (PATH a))"},
    {"chance of not a is passed by 2024-01-01 given (b) by today_or.later",
     "(CHANCE_OF (NOT (BY (IS (PATH a) passed) (DATE 2024-01-01))) (BY (PATH b) (PATH "
     "today_or later)))"},
    {"chance of (a and b) given not c",
     "(CHANCE_OF (BINARY and (PATH a) (PATH b)) (NOT (PATH c)))"},
    {"date of a", "(DATE_OF (PATH a))"},
    {"median date of a given b", "(DATE_OF median (PATH a) (PATH b))"},
    {"mean date of a", "(DATE_OF mean (PATH a))"},
    {"earliest date of a", "(DATE_OF earliest (PATH a))"},
    {"latest date of a", "(DATE_OF latest (PATH a))"},
    {"mean of a.b given c", "(STAT_OF mean (PATH a b) (PATH c))"},
    {"median of x", "(STAT_OF median (PATH x))"},
    {"a by (today + 1 days)", "(BY (PATH a) (BINARY + (TODAY) (UNIT (NUMBER 1) days)))"},
    {"a is failed", "(IS (PATH a) failed)"},
    {"a is reached by b", "(BY (IS (PATH a) reached) (PATH b))"},
    {"a is not enacted", "(IS (PATH a) not enacted)"},
    {"a is not in force by 2024-01-01", "(BY (IS (PATH a) not in_force) (DATE 2024-01-01))"},
    {"a is listed on r", "(IS (PATH a) listed (PATH r))"},
    {"a is veto", "(IS (PATH a) = veto)"},
    {"a is end", "(IS (PATH a) = end)"},
    {"if a then 1 else if b then 2 else 3",
     "(IF_VALUE (PATH a) (NUMBER 1) (IF_VALUE (PATH b) (NUMBER 2) (NUMBER 3)))"},
    {"a or b and not c = d",
     "(BINARY or (PATH a) (BINARY and (PATH b) (NOT (BINARY = (PATH c) (PATH d)))))"},
    {"1 + 2 - 3 * 4 / -5",
     "(BINARY - (BINARY + (NUMBER 1) (NUMBER 2)) (BINARY / (BINARY * (NUMBER 3) (NUMBER "
     "4)) (NEGATE (NUMBER 5))))"},
    {"1..2 days", "(RANGE (NUMBER 1) - (UNIT (NUMBER 2) days))"},
    {"1..2..3 weeks", "(RANGE (NUMBER 1) (NUMBER 2) (UNIT (NUMBER 3) weeks))"},
    {"a != b", "(BINARY != (PATH a) (PATH b))"},
    {"a < b", "(BINARY < (PATH a) (PATH b))"},
    {"a <= b", "(BINARY <= (PATH a) (PATH b))"},
    {"a > b", "(BINARY > (PATH a) (PATH b))"},
    {"a >= b", "(BINARY >= (PATH a) (PATH b))"},
    {"today in 2024-01-01..2024-02-01",
     "(BINARY in (TODAY) (RANGE (DATE 2024-01-01) - (DATE 2024-02-01)))"},
    {"3 months + 2 years - 5 working days",
     "(BINARY - (BINARY + (UNIT (NUMBER 3) months) (UNIT (NUMBER 2) years)) (UNIT (NUMBER "
     "5) working))"},
    {"10 days of k", "(UNIT (NUMBER 10) of_calendar (PATH k))"},
    {"3 sitting days of duma", "(UNIT (NUMBER 3) sitting (PATH duma))"},
    {"1 day + 1 week + 1 month + 1 year",
     "(BINARY + (BINARY + (BINARY + (UNIT (NUMBER 1) days) (UNIT (NUMBER 1) weeks)) (UNIT "
     "(NUMBER 1) months)) (UNIT (NUMBER 1) years))"},
    {"1 working day + n week", "(BINARY + (UNIT (NUMBER 1) working) (UNIT (PATH n) weeks))"},
    {"1 sitting day of month", "(UNIT (NUMBER 1) sitting (PATH month))"},
    {"(1) month + 2..3 year",
     "(RANGE (BINARY + (UNIT (NUMBER 1) months) (NUMBER 2)) - (UNIT (NUMBER 3) years))"},
    {"day + day.year - `week` week",
     "(BINARY - (BINARY + (PATH day) (PATH day year)) (UNIT (PATH week) weeks))"},
    {"day is month by year", "(BY (IS (PATH day) = month) (PATH year))"},
    {"yes + no + objection + latest",
     "(BINARY + (BINARY + (BINARY + (PATH yes) (PATH no)) (PATH objection)) (PATH "
     "latest))"},
};

static void check(const char *before, const Pair *pair, const char *behind, const char *tree_before,
                  const char *tree_behind) {
  Arena *arena = arena_new();
  Diagnostics *diagnostics = diagnostics_new(arena);
  Text text = text_format(arena, "%s%s%s", before, pair->text, behind);
  ParseInput input = {.path = "test.leg", .text = &text};
  const Tree *tree = parse_script(arena, &input, diagnostics);
  if (diagnostics->n_errors)
    print_error("%s: %s\n", pair->text, diagnostics->items.items[0]->title.at);
  assert_int_equal(diagnostics->n_errors, 0);
  TextBuilder out = {0};
  dump_items(&out, tree);
  Text expected = text_format(arena, "%s%s%s", tree_before, pair->tree, tree_behind);
  assert_string_equal(out.at, expected.at);
  text_builder_free(&out);
  arena_free(arena);
}

#define CHECK_ALL(pairs, ...) \
  for (size_t i = 0; i < sizeof(pairs) / sizeof *(pairs); i++) check(__VA_ARGS__)

static void items_give_their_trees(void **state) {
  (void)state;
  CHECK_ALL(items, "", &items[i], "", "", "");
}

static void properties_give_their_trees(void **state) {
  (void)state;
  CHECK_ALL(props, "chamber z { ", &props[i], " }", "(DECLARE chamber z { ", " })");
}

static void thresholds_give_their_trees(void **state) {
  (void)state;
  CHECK_ALL(thresholds, "threshold z = ", &thresholds[i], "", "(THRESHOLD_ITEM z ", ")");
}

static void steps_give_their_trees(void **state) {
  (void)state;
  CHECK_ALL(steps, "procedure z { ", &steps[i], " }", "(PROCEDURE z (BLOCK ", "))");
}

static void expressions_give_their_trees(void **state) {
  (void)state;
  CHECK_ALL(exprs, "ask ", &exprs[i], "", "(ASK ", ")");
}

// Layout does not matter: each word on its own line gives the same tree.
static void layout_does_not_matter(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    if (strchr(steps[i].text, '"')) continue;
    Arena *arena = arena_new();
    Text copy = text_copy(arena, text_of(steps[i].text));
    for (char *p = (char *)copy.at; *p; p++)
      if (*p == ' ') *p = '\n';
    check("procedure z {\n", &(Pair){copy.at, steps[i].tree}, "\n}\n", "(PROCEDURE z (BLOCK ",
          "))");
    arena_free(arena);
  }
}

// The node that a test looks at, in the tree of its text.
typedef const Node *Find(const Node *item);

static const Node *find_item(const Node *item) {
  return item;
}

static const Node *find_step(const Node *item) {
  return item->procedure.block->block.statements.items[0];
}

static const Node *find_claim(const Node *item) {
  return item->query.claim;
}

static void check_place(const char *before, const char *text, const char *behind, Find *find) {
  Arena *arena = arena_new();
  Text script = text_format(arena, "\n %s%s%s", before, text, behind);
  ParseInput input = {.path = "test.leg", .text = &script};
  const Tree *tree = parse_script(arena, &input, diagnostics_new(arena));
  const Node *node = find(tree->files[0].items.items[0]);
  Text slice = source_slice(tree->sources, node->span);
  assert_string_equal(text_copy(arena, slice).at, text);
  assert_in_range(node->id, 1, tree->n_nodes);
  arena_free(arena);
}

// Brackets around a whole expression are not part of it.
static void places_are_exact(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof items / sizeof *items; i++)
    check_place("", items[i].text, " # behind\n", find_item);
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
    check_place("procedure z {\n ", steps[i].text, " \n}", find_step);
  for (size_t i = 0; i < sizeof exprs / sizeof *exprs; i++)
    if (strcmp(exprs[i].text, "(a)") != 0) check_place("ask ", exprs[i].text, "\n", find_claim);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(items_give_their_trees),
      cmocka_unit_test(properties_give_their_trees),
      cmocka_unit_test(thresholds_give_their_trees),
      cmocka_unit_test(steps_give_their_trees),
      cmocka_unit_test(expressions_give_their_trees),
      cmocka_unit_test(layout_does_not_matter),
      cmocka_unit_test(places_are_exact),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
