// Names, steps, calls and changes: scripts and the diagnostics they get, as "code@line" in the
// order of the text; and what is found in programs without a mistake.
// clang-format off
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on
#include <stdio.h>

#include "lang/check/check.h"
#include "lang/syntax/parse.h"

#define DECLARED                                                                              \
  "outcome done outcome over organization ngo register reg { lists ngo since 2020-01-01 } "   \
  "bill act bill law matter topic office chief office deputy court high court low "           \
  "chamber house { seats 10 passes by majority of votes bloc left { seats 6 line 60% "        \
  "line on act 50% } bloc right { seats 4 free 40% } bloc odd { seats 0 line { yes: 20% no: " \
  "otherwise } } } assume p = 30% assume q ~ beta(2, 2) fact f 50% "                          \
  "procedure closing { if f { end done } end over }\n"
#define CASE "case \"T\" from 2025-01-01 until 2025-12-31 {\n"
// Declarations on line 1, the case from line 2, its steps from line 3.
#define STEPS(steps) DECLARED CASE steps "\nend done }\n"

typedef struct Script {
  const char *what, *text, *expected;
} Script;

typedef struct Checked {
  Arena *arena;
  Diagnostics *diagnostics;
  Tree *tree;
  Program *program;
} Checked;

static Checked check_text(const char *script, const char *const *sets, uint32_t n_sets) {
  Checked r = {.arena = arena_new()};
  ChangeText changes[4];
  Text text = text_of(script);
  for (uint32_t i = 0; i < n_sets; i++) changes[i] = (ChangeText){"<--set>", text_of(sets[i])};
  ParseInput input = {"test.leg", &text, changes, n_sets};
  r.diagnostics = diagnostics_new(r.arena);
  r.tree = parse_script(r.arena, &input, r.diagnostics);
  CheckOptions options = {true, parse_n_script_files(r.tree, &input)};
  r.program = check_program(r.tree, options, r.diagnostics);
  return r;
}

static char *found(const Checked *r) {
  TextBuilder b = {0};
  text_add(&b, "");
  for (uint32_t i = 0; i < r->diagnostics->items.n; i++) {
    const Diagnostic *d = r->diagnostics->items.items[i];
    Place place = {0};
    if (d->primary.span.from) place = source_place(r->tree->sources, d->primary.span.from);
    text_addf(&b, "%s%s@%u", i ? " " : "", diagnostic_code_text(d->code), place.line);
  }
  return b.at;
}

static bool holds(const Script *script) {
  Checked r = check_text(script->text, NULL, 0);
  char *got = found(&r);
  bool is_equal = !strcmp(got ? got : "", script->expected);
  if (!is_equal) {
    print_error("%s: expected \"%s\", got \"%s\"\n", script->what, script->expected,
                got ? got : "");
    for (uint32_t i = 0; i < r.diagnostics->items.n; i++) {
      print_error("    %.*s\n", TEXT_ARG(r.diagnostics->items.items[i]->title));
    }
  }
  free(got);
  arena_free(r.arena);
  return is_equal;
}

static void assert_all(const Script *scripts, size_t n) {
  uint32_t n_wrong = 0;
  for (size_t i = 0; i < n; i++) n_wrong += !holds(&scripts[i]);
  assert_int_equal(n_wrong, 0);
}

#define ASSERT_ALL(scripts) assert_all((scripts), sizeof(scripts) / sizeof *(scripts))

static void test_declarations(void **state) {
  (void)state;
  static const Script scripts[] = {
      {"good", STEPS("wait 3 days"), ""},
      {"two kinds, one name", STEPS("") "bill ngo\n", "E0103@5"},
      {"twice the same", STEPS("") "office chief\n", "E0103@5"},
      {"assume and fact", STEPS("") "assume f = 3%\n", "E0103@5"},
      {"let and bill", STEPS("") "let act = 3\n", "E0103@5"},
      {"procedure and motion", STEPS("") "procedure a { }\nmotion a { }\n", "E0103@6"},
      {"scenario and procedure", STEPS("") "procedure a { }\nscenario a { }\n", "E0103@6"},
      {"built in", STEPS("") "outcome failure\n", "E0103@5"},
      {"built in, as a bill", STEPS("") "bill undecided\n", "E0103@5"},
      {"two blocs", STEPS("") "chamber c { bloc a { line 1% }\nbloc a { line 1% } }\n", "E0103@6"},
      {"two parameters", STEPS("") "procedure a(x: bill,\nx: number) { }\n", "E0103@6"},
      {"three variables in a block", STEPS("let x = 1\nlet x = 2\nlet x = 3"), "E0103@4 E0103@5"},
      {"variables in blocks of their own", STEPS("let x = 1\nstage s { let x = 2 }\nset x = 3"), ""},
      {"a variable behind a block of its name", STEPS("stage s { let x = 2 }\nlet x = 3"), ""},
      {"a variable hides one only in its block",
       STEPS("let x = 1\nstage s { let x = true\nset x = false }\nset x = 3\nlet x = 4"),
       "E0103@7"},
      {"two stages", STEPS("stage s { }\nstage s { }"), "E0103@4"},
      {"a stage and a call", STEPS("stage s { }\ndo a as s") "procedure a { }\n", "E0103@4"},
      {"a stage in a stage", STEPS("stage s { stage s { } }"), "E0103@3"},
      {"a track and a stage", STEPS("stage s { }\ntogether { track s { } }"), "E0901@4 E0103@4"},
      {"a stage and a bill",
       STEPS("stage act { }\nrequire act is passed\nrequire not act is enacted"), ""},
      {"one stage in each procedure",
       STEPS("do a\ndo b") "procedure a { stage s { } } procedure b { stage s { } }\n", ""},
      {"no case", DECLARED, "E0106@0"},
      {"two cases", STEPS("") "case \"U\" from 2025-01-01 until 2025-01-02 { }\n", "E0106@5"},
      {"variables twice in a block", STEPS("let x = 1\nlet x = 2"), "E0103@4"},
      {"variables in blocks beside each other", STEPS("{ let x = 1 }\n{ let x = 2 }"), ""},
      {"a variable hides an outer one", STEPS("let x = 1\n{ let x = 2 }"), ""},
      {"a variable hides an assumption", STEPS("let p = 1 day"), ""},
      {"a calendar's name is taken", STEPS("") "calendar act { weekdays mon }\n",
       "E0901@5 E0103@5"},
  };
  ASSERT_ALL(scripts);
}

static void test_names(void **state) {
  (void)state;
  static const Script scripts[] = {
      {"an unknown kind of parameter", "procedure odd(n: foo) {\n}\n" STEPS("wait 1 days"), "E0101@1"},
      {"unknown chamber", STEPS("vote hause on act"), "E0101@3"},
      {"a bloc for a chamber", STEPS("vote left on act"), "E0102@3"},
      {"an office for a chamber", STEPS("vote chief on act"), "E0102@3"},
      {"a stage for a chamber", STEPS("stage s { }\nvote s on act"), "E0102@4"},
      {"unknown bill", STEPS("enact axt"), "E0101@3"},
      {"a matter is no bill", STEPS("enact topic"), "E0102@3"},
      {"vote on a matter", STEPS("vote house on topic"), ""},
      {"vote on an organization", STEPS("vote house on ngo"), ""},
      {"vote on an office", STEPS("vote house on chief"), "E0102@3"},
      {"vote on a sum", STEPS("vote house on 1 + 1"), "E0102@3"},
      {"decide by a bill", STEPS("decide act { a: otherwise }"), "E0102@3"},
      {"decide by a court", STEPS("decide high { a: otherwise }"), ""},
      {"decide by nobody", STEPS("decide { a: otherwise }"), ""},
      {"ruling by an office", STEPS("ruling chief on act { a: otherwise }"), "E0102@3"},
      {"unknown court", STEPS("ruling hihg on act { a: otherwise }"), "E0101@3"},
      {"end of nothing", DECLARED CASE "end dome\n}\n", "E0101@3"},
      {"end of a bill", DECLARED CASE "end act\n}\n", "E0102@3"},
      {"end undecided", DECLARED CASE "end undecided\n}\n", "E0211@3"},
      {"end completion", DECLARED CASE "end completion\n}\n", ""},
      {"list", STEPS("list ngo on reg\ndelist ngo from reg"), ""},
      {"list a bill", STEPS("list act on reg"), "E0102@3"},
      {"list on a chamber", STEPS("list ngo on house"), "E0102@3"},
      {"amend an office", STEPS("amend chief"), "E0102@3"},
      {"line on an unknown thing", STEPS("") "chamber c { bloc a { line 1%\nline on axt 2% } }\n",
       "E0101@6"},
      {"lists an unknown", STEPS("") "register r { lists nog since 2020-01-01 }\n", "E0101@5"},
      {"lists a bill", STEPS("") "register r { lists act since 2020-01-01 }\n", "E0102@5"},
      {"each place is told", STEPS("enact axt\nenact axt"), "E0101@3 E0101@4"},
      {"unknown value", STEPS("require pp > 1%"), "E0101@3"},
      {"a scenario is no value", STEPS("if cold { }") "scenario cold { }\n", "E0102@3"},
      {"names in assumptions", STEPS("") "assume x = pp\n", "E0101@5"},
      {"names in facts", STEPS("") "fact x pp\n", "E0101@5"},
      {"names in blocs", STEPS("") "chamber c { bloc a { line pp } }\n", "E0101@5"},
      {"names in scenarios", STEPS("") "scenario c { assume p = pp }\n", "E0101@5"},
      {"names in questions", STEPS("") "ask chance of dome\nexpect never act is enacted\n",
       "E0101@5"},
      {"three mistakes", STEPS("enact axt\nvote hause on act\nend dome"),
       "E0101@3 E0101@4 E0101@5"},
  };
  ASSERT_ALL(scripts);
}

static void test_variables(void **state) {
  (void)state;
  static const Script scripts[] = {
      {"seen behind its let", STEPS("let x = 1\nwait x * 1 days"), ""},
      {"not seen before its let", STEPS("wait x * 1 days\nlet x = 1"), "E0101@3"},
      {"not seen in its own value", STEPS("let x = x + 1"), "E0101@3"},
      {"not seen behind its block", STEPS("{ let x = 1 }\nwait x * 1 days"), "E0101@4"},
      {"not seen behind else", STEPS("require true else let x = 1\nwait x * 1 days"), "E0101@4"},
      {"seen in inner blocks", STEPS("let x = 1\nstage s { if x > 0 { set x = 2 } }"), ""},
      {"the case's are not seen in procedures",
       STEPS("let x = 1\ndo a") "procedure a { wait x * 1 days }\n", "E0101@6"},
      {"the file's are", STEPS("do a") "let x = 1\nprocedure a { wait x * 1 days set x = 2 }\n",
       ""},
      {"parameters", STEPS("do a(2)") "procedure a(n: number) { set n = 3 wait n * 1 days }\n", ""},
      {"set an assumption", STEPS("set p = 10%"), "E0102@3"},
      {"set a fact", STEPS("set f = true"), "E0102@3"},
      {"set a bill", STEPS("set act = 1"), "E0102@3"},
      {"set a parameter that is a bill", STEPS("do a(act)") "procedure a(b: bill) { set b = 1 }\n",
       "E0102@5"},
      {"set an unknown", STEPS("let total = 1\nset totl = 2"), "E0101@4"},
      {"set a date of a bill", STEPS("set act.enacted = today"), "E0102@3"},
  };
  ASSERT_ALL(scripts);
}

static void test_steps(void **state) {
  (void)state;
#define READING "procedure reading(b: bill) { stage vot { vote house on b } }\n"
  static const Script scripts[] = {
      {"own step", STEPS("stage s { }\nrequire s is passed and s is reached and not s is failed"),
       ""},
      {"a step further down", STEPS("require not s is reached\nstage s { }"), ""},
      {"unknown step", STEPS("stage filing { }\nrequire filling is passed"), "E0101@4"},
      {"a bill is not passed", STEPS("require act is passed"), "E0102@3"},
      {"a parameter is not passed",
       STEPS("do a(act)") "procedure a(b: bill) { require b is passed }\n", "E0102@5"},
      {"a step of a procedure by its bare name",
       STEPS("do reading(act)\nrequire vot is passed") READING, ""},
      {"by its procedure", STEPS("do reading(act)\nrequire reading.vot is passed") READING, ""},
      {"ambiguous",
       STEPS("do reading(act) as one\ndo reading(law) as two\nrequire vot is passed") READING,
       "E0104@5"},
      {"by its call",
       STEPS("do reading(act) as one\ndo reading(law) as two\nrequire two.vot is passed") READING,
       ""},
      {"a step of a named call in a procedure called twice",
       STEPS("do twice as one\ndo twice as two\nrequire first.vot is passed") READING
       "procedure twice { do reading(act) as first do reading(law) as second }\n",
       "E0104@5"},
      {"by the outer call, which makes two",
       STEPS("do twice as one\ndo twice as two\nrequire one.vot is passed") READING
       "procedure twice { do reading(act) as first do reading(law) as second }\n",
       "E0104@5"},
      {"by both calls",
       STEPS("do twice as one\ndo twice as two\nrequire two.first.vot is passed\n"
             "require one.second.vot is passed") READING
       "procedure twice { do reading(act) as first do reading(law) as second }\n",
       ""},
      {"by both calls in the wrong order",
       STEPS("do twice as one\ndo twice as two\nrequire first.two.vot is passed") READING
       "procedure twice { do reading(act) as first do reading(law) as second }\n",
       "E0101@5"},
      {"two unnamed calls",
       STEPS("do reading(act)\ndo reading(law)\nrequire reading.vot is passed") READING, "E0104@5"},
      {"a wrong way", STEPS("do reading(act) as one\nrequire tow.vot is passed") READING,
       "E0101@4"},
      {"never called", STEPS("require vot is passed") READING, "E0101@3"},
      {"a call is a step", STEPS("do reading(act) as one\nrequire one is passed") READING, ""},
      {"a call has no option", STEPS("do reading(act) as one\nrequire one is yes") READING,
       "E0211@4"},
      {"an option", STEPS("stage s { decide { a: 10% b: otherwise } }\nrequire s is b"), ""},
      {"an option inside",
       STEPS(
           "stage s { within 5 days { if f { decide { a: 10% b: otherwise } } } }\nrequire s is b"),
       ""},
      {"an unknown option",
       STEPS("stage s { decide { sign: 10% veto: otherwise } }\nrequire s is vetoo"), "E0101@4"},
      {"no choice", STEPS("stage s { vote house on act }\nrequire s is a"), "E0211@4"},
      {"two choices",
       STEPS("stage s { decide { a: otherwise } decide { b: otherwise } }\nrequire s is a"),
       "E0211@4"},
      {"a choice in an inner stage",
       STEPS("stage s { stage t { decide { a: otherwise } } }\nrequire s is a"), "E0211@4"},
      {"a choice in a called procedure",
       STEPS("stage s { do c }\nrequire s is a") "procedure c { decide { a: otherwise } }\n",
       "E0211@4"},
      {"expired and inquorate",
       STEPS("stage s { vote house on act }\nrequire not s is expired and not s is inquorate"), ""},
      {"dates of a step", STEPS("stage s { }\nrequire s.passed <= today and not s.reached > today"),
       ""},
      {"dates of a step elsewhere",
       STEPS("do reading(act)\nrequire reading.vot.passed <= today") READING, ""},
      {"dates of a bill", STEPS("enact act\nrequire act.enacted = today and act.in_force = today"),
       ""},
      {"a bill has no passed", STEPS("require act.passed = today"), "E0102@3"},
      {"a stage has no enacted", STEPS("stage s { }\nrequire s.enacted = today"), "E0102@4"},
      {"enacted", STEPS("require not act is enacted and not act is in force"), ""},
      {"enacted of an office", STEPS("require chief is enacted"), "E0102@3"},
      {"listed", STEPS("require ngo is listed on reg"), ""},
      {"listed of a bill", STEPS("require act is listed on reg"), "E0102@3"},
      {"listed on an unknown", STEPS("require ngo is listed on regg"), "E0101@3"},
      {"a line", STEPS("") "ask chance of (house.left.act is yes)\n", ""},
      {"a line of an unknown bloc", STEPS("") "ask chance of (house.lefft.act is yes)\n",
       "E0101@5"},
      {"a line on an unknown", STEPS("") "ask chance of (house.left.axt is yes)\n", "E0101@5"},
      {"a line that is maybe", STEPS("") "ask chance of (house.left.act is maybe)\n", "E0101@5"},
      {"a line without a thing", STEPS("") "ask chance of (house.left is yes)\n", "E0102@5"},
      {"the case's own step wins",
       STEPS("do reading(act)\nstage vot { }") READING "ask chance of vot is passed\n", ""},
  };
  ASSERT_ALL(scripts);
}

static void test_calls(void **state) {
  (void)state;
#define MOTION "motion m(o: organization) { by chief before high stage s { } }\n"
  static const Script scripts[] = {
      {"unknown procedure", STEPS("do readng") "procedure reading { }\n", "E0101@3"},
      {"do a motion", STEPS("do m(ngo)") MOTION, "E0102@3"},
      {"move a procedure", STEPS("move a") "procedure a { }\n", "E0102@3"},
      {"do a bill", STEPS("do act"), "E0102@3"},
      {"too few", STEPS("do a") "procedure a(b: bill) { enact b }\n", "E0105@3"},
      {"too many", STEPS("do a(act, law)") "procedure a(b: bill) { enact b }\n", "E0105@3"},
      {"an organization for a bill", STEPS("do a(ngo)") "procedure a(b: bill) { enact b }\n",
       "E0105@3"},
      {"a number for a bill", STEPS("do a(3)") "procedure a(b: bill) { enact b }\n", "E0105@3"},
      {"a bill for a matter", STEPS("do a(act)") "procedure a(b: matter) { vote house on b }\n",
       ""},
      {"a matter for a bill", STEPS("do a(topic)") "procedure a(b: bill) { enact b }\n", "E0105@3"},
      {"an unknown argument", STEPS("do a(axt)") "procedure a(b: bill) { enact b }\n", "E0101@3"},
      {"a parameter passed on",
       STEPS("do a(act)") "procedure a(b: bill) { do c(b) } procedure c(d: bill) { enact d }\n",
       ""},
      {"a parameter of another kind",
       STEPS("do a(act)") "procedure a(b: bill) { do c(b) } procedure c(d: office) { }\n",
       "E0105@5"},
      {"itself", STEPS("do a") "procedure a { do a }\n", "E0209@5"},
      {"a circle",
       STEPS("do a") "procedure a { do b }\nprocedure b { do c }\nprocedure c { do a }\n",
       "E0209@7"},
      {"a circle that nobody calls", STEPS("") "procedure a { do b }\nprocedure b { do a }\n",
       "E0209@6"},
      {"a circle through else",
       STEPS("do a") "procedure a { fail } procedure b { do a else do b }\n", "E0209@5"},
      {"twice is no circle",
       STEPS("do a\ndo a\ndo b") "procedure a { } procedure b { do a do a }\n", ""},
      {"no cascade behind a circle",
       STEPS("do a\nrequire s is passed") "procedure a { stage s { do a } }\n", "E0209@6"},
      {"mover", STEPS("move m(ngo) by chief") MOTION, ""},
      {"one mover need not be said", STEPS("move m(ngo)") MOTION, ""},
      {"no standing", STEPS("move m(ngo) by deputy") MOTION, "W0302@3"},
      {"no standing through a parameter",
       STEPS("do a(deputy)") "procedure a(o: office) { move m(ngo) by o }\n" MOTION, "W0302@5"},
      {"who of two", STEPS("move n") "motion n { by chief, deputy }\n", "E0213@3"},
      {"one of two", STEPS("move n by deputy") "motion n { by chief, deputy }\n", ""},
      {"an unknown mover", STEPS("move m(ngo) by cheif") MOTION, "E0101@3"},
      {"a bill as mover", STEPS("move m(ngo) by act") MOTION, "E0102@3"},
      {"an unknown mover in the motion", STEPS("move n") "motion n { by cheif }\n", "E0101@5"},
      {"an office as court", STEPS("move n") "motion n { before chief }\n", "E0102@5"},
      {"the motion's court",
       STEPS("move n") "motion n { before high ruling high on act { a: otherwise } }\n", ""},
      {"another court",
       STEPS("move n") "motion n { before high\nruling low on act { a: otherwise } }\n", "E0213@6"},
      {"no court", STEPS("move n") "motion n { ruling low on act { a: otherwise } }\n", "E0213@5"},
      {"requirements see parameters",
       STEPS("move n(ngo)") "motion n(o: organization) { requires o is listed on reg }\n", ""},
      {"requirements are resolved", STEPS("move n") "motion n { requires act is enactedd }\n",
       "E0102@5"},
      {"succeed in the case", STEPS("succeed"), "W0301@4"},
  };
  ASSERT_ALL(scripts);
}

static void test_assumptions(void **state) {
  (void)state;
  static const Script scripts[] = {
      {"one on another", STEPS("") "assume x = y\nassume y = p\n", ""},
      {"itself", STEPS("") "assume x = x\n", "E0210@5"},
      {"a circle", STEPS("") "assume x = y\nassume y = z / 2\nassume z = if f then x else 1%\n",
       "E0210@5"},
      {"a circle through a fact", STEPS("") "assume x = if g then 1% else 2%\nfact g x\n",
       "E0210@5"},
      {"a circle of a scenario",
       STEPS("") "assume x = y\nassume y = 1%\nscenario s {\nassume y = x }\n", "E0210@8"},
      {"a variable needs one set later", STEPS("") "let x = y\nlet y = 2\n", "E0211@5"},
      {"through an assumption", STEPS("") "let x = z\nassume z = y\nlet y = 2\n", "E0211@5"},
      {"a variable that needs itself", STEPS("") "let x = x\n", "E0210@5"},
      {"variables in order", STEPS("") "let y = 2\nassume z = y\nlet x = y + z\n", ""},
      {"a scenario may break one off",
       STEPS("") "assume x = y\nassume y = 1%\nscenario s { assume x = 2% assume y = x }\n", ""},
  };
  ASSERT_ALL(scripts);
}

static void test_changes(void **state) {
  (void)state;
#define SCENARIO(changes)                                                                         \
  STEPS(                                                                                          \
      "stage s { wait 3 days decide { a: 10% b: otherwise } vote house on act needs majority of " \
      "votes }")                                                                                  \
  "scenario c {\n" changes "\n}\n"
  static const Script scripts[] = {
      {"values",
       SCENARIO("assume p = 1% assume f = 2% assume house.left.line = 3% assume s.wait = 4 days "
                "assume s.a = 5%"),
       ""},
      {"a rule by its other word",
       SCENARIO("assume house.left.free = 3% assume house.right.line = 4%"), ""},
      {"a rule on a thing", SCENARIO("assume house.left.line.act = 3%"), ""},
      {"an option of a line", SCENARIO("assume house.odd.line.yes = 3%"), ""},
      {"seats", SCENARIO("assume house.left.seats = 5 assume house.seats = 12"), ""},
      {"uncertain", SCENARIO("assume p ~ beta(2, 2)"), ""},
      {"unknown", SCENARIO("assume pq = 1%"), "E0215@6"},
      {"unknown path", SCENARIO("assume house.left.loyalty = 1%"), "E0215@6"},
      {"what is left", SCENARIO("assume s.b = 1%"), "E0215@6"},
      {"what is left of a line", SCENARIO("assume house.odd.line.no = 1%"), "E0215@6"},
      {"a threshold", SCENARIO("assume s.needs = 1%"), "E0215@6"},
      {"an uncertain line", SCENARIO("assume house.left.line ~ beta(2, 2)"), "E0215@6"},
      {"twice", SCENARIO("assume p = 1%\nassume p = 2%"), "E0103@7"},
      {"twice by two words", SCENARIO("assume house.left.line = 1%\nassume house.left.free = 2%"),
       "E0103@7"},
  };
  ASSERT_ALL(scripts);
}

static void assert_step_names(const char *script, const char *const *names, uint32_t n) {
  Checked r = check_text(script, NULL, 0);
  assert_int_equal(r.diagnostics->n_errors, 0);
  assert_int_equal(r.program->steps.n, n);
  for (uint32_t i = 0; i < n; i++) {
    Text name = r.program->steps.items[i].full_name;
    if (!text_equal(name, text_of(names[i])))
      print_error("step %u is \"%.*s\", not \"%s\"\n", i, TEXT_ARG(name), names[i]);
    assert_true(text_equal(name, text_of(names[i])));
  }
  arena_free(r.arena);
}

static void test_step_names(void **state) {
  (void)state;
  static const char *const simple[] = {"s", "vot"};
  assert_step_names(STEPS("stage s { }\ndo reading(act)") READING, simple, 2);
  static const char *const named[] = {"one", "two", "one.vot", "two.vot"};
  assert_step_names(STEPS("do reading(act) as one\ndo reading(law) as two") READING, named, 4);
  static const char *const own[] = {"vot", "reading.vot"};
  assert_step_names(STEPS("stage vot { }\ndo reading(act)") READING, own, 2);
  static const char *const deep[] = {"x", "y", "x.r", "x.vot", "y.r", "y.vot"};
  assert_step_names(STEPS("do law_of(act) as x do law_of(law) as y") "procedure law_of(b: bill) { do reading(b) as r }\n" READING, deep, 6);
  static const char *const equal[] = {"reading.vot", "reading.vot #2"};
  assert_step_names(STEPS("do reading(act) do reading(law)") READING, equal, 2);
}

static void test_calls_are_expanded(void **state) {
  (void)state;
  Checked r = check_text(STEPS("do outer(act)\ndo outer(law)") "procedure outer(b: bill) { do inner(b, 3) }\n"
                         "procedure inner(c: bill, n: number) { stage s { enact c } }\n", NULL, 0);
  const Program *p = r.program;
  assert_int_equal(r.diagnostics->n_errors, 0);
  assert_int_equal(p->calls.n, 5);
  assert_int_equal(p->calls.items[2].parent, 1);
  assert_true(text_equal(program_name(p, p->calls.items[2].args[0].entity), TEXT("act")));
  assert_true(text_equal(program_name(p, p->calls.items[4].args[0].entity), TEXT("law")));
  assert_false(p->calls.items[4].args[1].is_entity);
  assert_int_equal(p->calls.items[0].children[1], 3);
  assert_int_equal(p->steps.items[p->calls.items[4].first_step].call, 4);
  const Node *enact =
      p->bodies.items[3].steps.items[0].node->stage.block->block.statements.items[0];
  assert_true(text_equal(program_name(p, program_entity_at(p, 4, enact->enact.bill)), TEXT("law")));
  arena_free(r.arena);
}

static void assert_inputs(const char *script, const char *const *paths, uint32_t n) {
  Checked r = check_text(script, NULL, 0);
  const Program *p = r.program;
  assert_int_equal(r.diagnostics->n_errors, 0);
  for (uint32_t i = 0; i < n; i++) {
    uint32_t at = 0;
    while (at < p->inputs.n && !text_equal(p->inputs.items[at].path, text_of(paths[i]))) at++;
    if (at == p->inputs.n) print_error("no input %s\n", paths[i]);
    assert_true(at < p->inputs.n);
    const Node *value = p->inputs.items[at].value;
    if (value) assert_int_equal(p->input_of[value->id], at);
    for (uint32_t k = 0; k < at; k++)
      assert_false(text_equal(p->inputs.items[k].path, p->inputs.items[at].path));
  }
  arena_free(r.arena);
}

static void test_inputs(void **state) {
  (void)state;
  static const char *const paths[] = {
      "p",
      "q",
      "f",
      "house.seats",
      "house.left.line",
      "house.left.line.act",
      "house.left.seats",
      "house.right.free",
      "house.odd.line",
      "house.odd.line.yes",
      "s.wait",
      "s.wait2",
      "s.a",
      "s.a2",
      "s.within",
      "s.until",
      "s.needs",
      "filing.wait",
      "filing.filing.wait",
      "other.t.wait",
      "t.wait",
  };
  assert_inputs(STEPS("stage s { wait 1 days within 9 days { wait until 2025-03-01 } until 2025-04-01 { } "
                      "decide { a: 1% b: otherwise } decide { a: 2% c: otherwise } vote house on act needs 3 yes }\n"
                      "stage t { wait 1 days }\ndo filing do other")
                "procedure filing { wait 1 days stage filing { wait 2 days } }\n"
                "procedure other { stage t { wait 2 days } }\n", paths, sizeof paths / sizeof *paths);
}

static void test_changes_in_force(void **state) {
  (void)state;
  static const char *const sets[] = {"assume p = 9%", "assume house.left.free = 8%"};
  Checked r = check_text(
      STEPS("") "scenario c { assume p ~ beta(3, 1) assume house.left.line.act = 7% }\n", sets, 2);
  const Program *p = r.program;
  bool is_belief;
  Rule rule;
  EntityId act = NO_INDEX, law = NO_INDEX;
  for (uint32_t i = 0; i < p->entities.n; i++) {
    if (text_equal(program_name(p, i), TEXT("act"))) act = i;
    if (text_equal(program_name(p, i), TEXT("law"))) law = i;
  }
  assert_int_equal(r.diagnostics->n_errors, 0);
  Inputs none = inputs_new(p, r.arena, NO_INDEX), cold = inputs_new(p, r.arena, 0);
  assert_true(inputs_assume(&none, 0, &is_belief)->number.number == 0.09);
  assert_false(is_belief);
  assert_true(inputs_assume(&cold, 0, &is_belief)->number.number ==
              0.09);  // the command line has the last word
  inputs_assume(&cold, 1, &is_belief);
  assert_true(is_belief);
  assert_true(inputs_rule(&none, 0, law, &rule) && rule.is_free &&
              rule.share->number.number == 0.08);
  assert_true(inputs_rule(&none, 0, act, &rule) && !rule.is_free &&
              rule.share->number.number == 0.5);
  assert_true(inputs_rule(&cold, 0, act, &rule) && !rule.is_free &&
              rule.share->number.number == 0.07);
  assert_true(inputs_rule(&none, 2, law, &rule) && rule.n_options == 2);
  arena_free(r.arena);
}

static void assert_set(const char *set, const char *expected) {
  Checked r = check_text(STEPS("stage s { wait 3 days }"), &set, 1);
  char *got = found(&r);
  assert_string_equal(got, expected);
  free(got);
  arena_free(r.arena);
}

static void test_sets(void **state) {
  (void)state;
  assert_set("assume p = 10%", "");
  assert_set("assume s.wait = 10 days", "");
  assert_set("assume pp = 10%", "E0215@1");
  assert_set("ask chance of done", "E0215@1");
  assert_set("assume p = zz", "E0101@1");
}

// Two calls in each of 20 procedures are a million calls; a chain of 300 is too deep.
static void test_limits(void **state) {
  (void)state;
  TextBuilder b = {0};
  text_add(&b, STEPS("do p0"));
  for (int i = 0; i < 20; i++) text_addf(&b, "procedure p%d { do p%d do p%d }\n", i, i + 1, i + 1);
  text_add(&b, "procedure p20 { stage s { } }\n");
  Checked wide = check_text(b.at, NULL, 0);
  assert_int_equal(wide.diagnostics->n_errors, 1);
  assert_int_equal(wide.diagnostics->items.items[0]->code, E_TOO_LARGE);
  arena_free(wide.arena);
  text_builder_free(&b);
  b = (TextBuilder){0};
  text_add(&b, STEPS("do p0"));
  for (int i = 0; i < 3000; i++) text_addf(&b, "procedure p%d { do p%d }\n", i, i + 1);
  text_add(&b, "procedure p3000 { }\n");
  Checked deep = check_text(b.at, NULL, 0);
  assert_int_equal(deep.diagnostics->n_errors, 1);
  assert_int_equal(deep.diagnostics->items.items[0]->code, E_TOO_DEEP);
  arena_free(deep.arena);
  text_builder_free(&b);
  b = (TextBuilder){0};
  text_add(&b, STEPS(""));
  for (int i = 0; i < 50000; i++) text_addf(&b, "assume a%d = a%d\n", i, i + 1);
  text_add(&b, "assume a50000 = 1%\n");
  Checked chain = check_text(b.at, NULL, 0);
  assert_int_equal(chain.diagnostics->n_errors, 1);
  assert_int_equal(chain.diagnostics->items.items[0]->code, E_TOO_DEEP);
  arena_free(chain.arena);
  text_builder_free(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_declarations),
      cmocka_unit_test(test_names),
      cmocka_unit_test(test_variables),
      cmocka_unit_test(test_steps),
      cmocka_unit_test(test_calls),
      cmocka_unit_test(test_assumptions),
      cmocka_unit_test(test_changes),
      cmocka_unit_test(test_step_names),
      cmocka_unit_test(test_calls_are_expanded),
      cmocka_unit_test(test_inputs),
      cmocka_unit_test(test_changes_in_force),
      cmocka_unit_test(test_sets),
      cmocka_unit_test(test_limits),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
