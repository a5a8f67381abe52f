// Scripts with several mistakes: all of them are told after one reading, of syntax and of meaning,
// in the order of the text, and nothing that only follows from them.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka needs the four above
#include <cmocka.h>
#include <string.h>

#include "lang/check/check.h"
#include "lang/source/render.h"
#include "lang/syntax/parse.h"

typedef struct Mistakes {
  const char *text;
  const char *told;  // "line:column code" for each message, one a line
} Mistakes;

typedef struct Checked {
  Arena *arena;
  Diagnostics *diagnostics;
  const Tree *tree;
} Checked;

static Checked check_text(Text text) {
  Checked r = {.arena = arena_new()};
  r.diagnostics = diagnostics_new(r.arena);
  ParseInput input = {.path = "test.leg", .text = &text};
  r.tree = parse_script(r.arena, &input, r.diagnostics);
  check_program(r.tree, (CheckOptions){true, 0}, r.diagnostics);
  return r;
}

static Text told(const Checked *r) {
  TextBuilder out = {0};
  text_add(&out, "");
  for (uint32_t i = 0; i < r->diagnostics->items.n; i++) {
    const Diagnostic *d = r->diagnostics->items.items[i];
    Place place = source_place(r->tree->sources, d->primary.span.from);
    text_addf(&out, "%u:%u %s\n", place.line, place.column, diagnostic_code_text(d->code));
  }
  return text_builder_take(&out, r->arena);
}

static void show(const Checked *r, const char *text) {
  TextBuilder out = {0};
  render_text(&out, r->diagnostics, r->tree->sources, false);
  print_error("%s\n%s\n", text, out.at ? out.at : "nothing told");
  text_builder_free(&out);
}

static void check_all(const Mistakes *table, size_t n) {
  int n_wrong = 0;
  for (size_t i = 0; i < n; i++) {
    Checked r = check_text(text_of(table[i].text));
    if (strcmp(told(&r).at, table[i].told) != 0) {
      n_wrong++;
      show(&r, table[i].text);
    }
    arena_free(r.arena);
  }
  assert_int_equal(n_wrong, 0);
}

#define CHECK_ALL(table) check_all(table, sizeof(table) / sizeof *(table))

static void independent_mistakes_are_all_told_and_nothing_else(void **state) {
  (void)state;
  static const Mistakes table[] = {
      // Two misspelt words and an unknown chamber.
      {"outcome done\n"
       "outcom over\n"
       "bill act\n"
       "chamber house { seats 10 passes by majority of votes bloc left { seats 6 line 60% } }\n"
       "case \"T\" from 2025-01-01 until 2025-12-31 {\n"
       "  wait 3 dayz\n"
       "  vote hause on act else end over\n"
       "  end done\n"
       "}\n",
       "2:1 E0005\n"
       "6:10 E0005\n"
       "7:8 E0101\n"},
      // A bloc without its name: seats are not added up, options are.
      {"outcome done\n"
       "bill act\n"
       "chamber house { seats 450\n"
       "  bloc left { seats 300 line 60% }\n"
       "  bloc { seats 250 line 40% }\n"
       "}\n"
       "case \"T\" from 2025-01-01 until 2025-12-31 {\n"
       "  vote house on act needs 400 yes\n"
       "  decide { sign: 97% veto: 6% }\n"
       "  end dune\n"
       "}\n",
       "5:8 E0005\n"
       "9:28 E0201\n"
       "10:7 E0101\n"},
      // A lost option is no sum and may be asked for.
      {"outcome done\n"
       "office chief\n"
       "case \"T\" from 2025-01-01 until 2025-12-31 {\n"
       "  stage signature {\n"
       "    decide cheif { sign: 97% veto 3% { fail } }\n"
       "  }\n"
       "  if signature is veto { end done }\n"
       "  end done\n"
       "}\n"
       "ask chance of signature is veto\n",
       "5:12 E0101\n"
       "5:35 E0005\n"},
      // A lost heading takes its parameters and its procedure along.
      {"outcome done\n"
       "bill act\n"
       "case \"T\" from 2025-01-01 until 2025-12-31 {\n"
       "  do passage(act)\n"
       "  end done\n"
       "}\n"
       "procedure passage(b bill) {\n"
       "  let n = 3\n"
       "  wait n days\n"
       "  enact b\n"
       "  enact law\n"
       "}\n"
       "ask chance of passage.s is passed\n",
       "7:21 E0005\n"
       "11:9 E0101\n"
       "13:23 E0101\n"},
      // An outcome without its name.
      {"outcome done\n"
       "outcome\n"
       "bill act\n"
       "case \"T\" from 2025-01-01 until 2025-12-31 {\n"
       "  vote hous on act else end lost\n"
       "  wait 3\n"
       "}\n",
       "2:8 E0005\n"
       "5:8 E0101\n"
       "6:8 E0203\n"},
      // A brace, a word, a date, a name and "of".
      {"outcome done\n"
       "bill act\n"
       "chamber house {\n"
       "  bloc left { seats 6 line 60%\n"
       "  bloc right { seats 4 fre 30% }\n"
       "}\n"
       "case \"T\" from 2025-01-01 until 2025-02-30 {\n"
       "  vote house on akt needs majority seats\n"
       "  end done\n"
       "}\n",
       "4:13 E0005\n"
       "5:24 E0005\n"
       "7:32 E0205\n"
       "8:17 E0101\n"
       "8:35 E0005\n"},
      // A lost heading of the case.
      {"outcome done\n"
       "outcome over\n"
       "case \"T\" from 2025-01-01 to 2025-12-31 {\n"
       "  stage first { wait 3 days }\n"
       "  wait 2 dais\n"
       "  decide { a: 50% b: 60% }\n"
       "  end dome\n"
       "}\n"
       "ask chance of first is passed\n",
       "3:26 E0005\n"
       "5:10 E0005\n"
       "6:22 E0201\n"
       "7:7 E0101\n"},
      // A forgotten brace and two names.
      {"outcome done\n"
       "assume p = 30%\n"
       "fact war 40% \n"
       "case \"T\" from 2025-01-01 until 2025-12-31 {\n"
       "  stage s {\n"
       "    within 5 days {\n"
       "      wait 1..10 days\n"
       "  }\n"
       "  decide { a: p b: otherwise }\n"
       "  require war \"no war\"\n"
       "  end done\n"
       "}\n"
       "ask chance of s is passd\n"
       "expect chance of peace < 50%\n",
       "6:19 E0005\n"
       "13:20 E0101\n"
       "14:18 E0101\n"},
      // A missing file may declare anything, but no sum.
      {"use \"missing.leg\"\n"
       "outcome done\n"
       "case \"T\" from 2025-01-01 until 2025-12-31 {\n"
       "  do passage(act)\n"
       "  decide { a: 50% b: 60% }\n"
       "  wait fore 3 days\n"
       "  end done\n"
       "}\n",
       "1:5 E0008\n"
       "5:22 E0201\n"
       "6:13 E0005\n"},
      // Clauses, a step and a name; the motion's inputs are not all known.
      {"outcome done\n"
       "bill act\n"
       "organization ngo\n"
       "register reg { lists ngo since 2020-01-01 }\n"
       "court high\n"
       "office chief\n"
       "motion m(o: organization) {\n"
       "  by chief, before high\n"
       "  requires o is listed on reg\n"
       "  ruling high on o { grant: 50% deny: otherwise { fail } }\n"
       "  delist o form reg\n"
       "}\n"
       "case \"T\" from 2025-01-01 until 2025-12-31 {\n"
       "  move m(ngo) by cheif\n"
       "  end done\n"
       "}\n"
       "scenario s {\n"
       "  assume m.grant = 60%\n"
       "  assume m.wait = 3 days\n"
       "}\n",
       "8:20 E0005\n"
       "11:12 E0005\n"
       "14:18 E0101\n"},
      // A lost heading, its else, seats and a share.
      {"outcome done\n"
       "outcome over\n"
       "bill act\n"
       "chamber house {\n"
       "  seats 10\n"
       "  passes by majority of votes\n"
       "  bloc left { seats 6 line 60% loyalty 95%, turnout 90% }\n"
       "  bloc right { seats 6 free 40 }\n"
       "}\n"
       "case \"T\" from 2025-01-01 until 2025-12-31 {\n"
       "  attempt up 3 times { vote house on act } else end ovr\n"
       "  end done\n"
       "}\n",
       "5:9 E0207\n"
       "7:43 E0005\n"
       "8:29 E0202\n"
       "11:14 E0005\n"
       "11:53 E0101\n"},
      // A lost variable, a number for a name, an open text.
      {"outcome done\n"
       "case \"T\" from 2025-01-01 until 2025-12-31 {\n"
       "  let n = \n"
       "  set n = 4\n"
       "  repeat n times { wait 1 day }\n"
       "  set m = 3\n"
       "  stage 2nd { wait 3 days } else { fail \"late }\n"
       "  end done\n"
       "}\n",
       "3:10 E0005\n"
       "6:7 E0101\n"
       "7:9 E0004\n"
       "7:41 E0004\n"},
  };
  CHECK_ALL(table);
}

#define CASE "case \"T\" from 2025-01-01 until 2025-12-31 {\n"

static void what_follows_from_one_mistake_is_not_told(void **state) {
  (void)state;
  static const Mistakes table[] = {
      // A declaration that was lost.
      {"outcome 3 done\n" CASE " end done\n}\nask chance of done", "1:9 E0005\n"},
      {"bill act source\n" CASE " enact act\n}\nask chance of act is enacted", "1:16 E0005\n"},
      // A step that was lost, and one whose call was.
      {CASE " stage 3 s { wait 1 day }\n require s is passed\n}\nask date of s.passed",
       "2:8 E0005\n"},
      {CASE " do p as 3\n}\nprocedure p { do q }\nprocedure q { stage s { } }\n"
            "ask chance of s is passed\n",
       "2:10 E0005\n"},
      // A variable, a parameter and a loop's name that were lost.
      {CASE " let n 3\n repeat n times { wait n days }\n set n = 4\n}\n", "2:8 E0005\n"},
      {CASE " do p(3)\n}\nprocedure p(n; number) { wait n days }\n", "4:14 E0004\n"},
      // Properties: seats, lines and thresholds may be among the lost ones.
      {"bill act chamber c {\n seats 9 9\n bloc a { seats 20 line 60% }\n}\n" CASE
       " vote c on act needs 15 yes\n}\n",
       "2:10 E0005\n"},
      {"bill act chamber c {\n passes by by 3 yes\n bloc a { line 60 % % }\n}\n" CASE
       " vote c on act\n}\nscenario s { assume c.a.line = 3% assume c.seats = 4 }",
       "2:12 E0005\n3:16 E0004\n3:21 E0003\n"},
      // The case itself, and warnings about what nothing reaches.
      {"outcome done outcome over\ncase T from 2025-01-01 until 2025-12-31 {\n end done\n}\n",
       "2:6 E0005\n"},
      {"outcome done outcome over\n" CASE " end done end\n over\n require )\n}\n", "5:10 E0005\n"},
  };
  CHECK_ALL(table);
}

// Names that are wrong are told beside a mistake that has nothing to do with them.
static void a_mistake_keeps_no_other_quiet(void **state) {
  (void)state;
  static const Mistakes table[] = {
      {"outcome\nbill act\nchamber c { bloc a { line 60% } }\n" CASE
       " vote d on act needs 1 yes\n stage s { }\n require t is passed\n end over\n}\n",
       "1:8 E0005\n5:7 E0101\n7:10 E0101\n"},
      {"bill act\nchamber c { seats 3 bloc a { seats 4 line 60% } }\n" CASE
       " vote c on act needs 5 yes wait )\n vote c on act needs 3/2 of seats\n}\n",
       "2:19 E0207\n4:33 E0005\n5:22 E0208\n"},
      {CASE " wait )\n wait until 2025-02-30\n decide { a: 40% b: 50% }\n}\nask nothing\n",
       "2:7 E0005\n3:13 E0205\n4:21 E0201\n6:5 E0101\n"},
  };
  CHECK_ALL(table);
}

static void the_first_twenty_by_place_are_shown(void **state) {
  (void)state;
  TextBuilder b = {0};
  text_add(&b, CASE);
  for (int i = 0; i < 15; i++) text_add(&b, "require a is passed\n");
  text_add(&b, "}\n");
  for (int i = 0; i < 15; i++) text_add(&b, "ask )\n");
  Checked r = check_text((Text){b.at, b.n});
  assert_int_equal(r.diagnostics->n_errors, 30);
  assert_int_equal(r.diagnostics->items.n, 20);
  assert_int_equal(r.diagnostics->n_dropped, 10);
  for (uint32_t i = 0; i < 20; i++) {
    const Diagnostic *d = r.diagnostics->items.items[i];
    assert_int_equal(d->code, i < 15 ? E_UNKNOWN_NAME : E_SYNTAX);
    uint32_t line = source_place(r.tree->sources, d->primary.span.from).line;
    assert_int_equal(line, i < 15 ? 2 + i : 3 + i);
  }
  arena_free(r.arena);
  text_builder_free(&b);
}

// --- Braces, anywhere in a whole script ---

static const char whole[] =
    "# A whole script, for braces.\n"
    "case \"The ban is lifted\" from 2024-12-18 until 2025-12-31 {\n"
    "  do law(act) else end no_law\n"
    "  move suspension(group) else end still\n"
    "  end lifted\n"
    "}\n"
    "outcome lifted \"It is lifted\"   outcome no_law   outcome still\n"
    "bill act \"The bill\" source \"https://example.org/\"\n"
    "organization group\n"
    "register unified { lists group since 2003-02-14 }\n"
    "office president  court high  office prosecutor\n"
    "assume veto_chance = 3% \"Veto\"\n"
    "assume files ~ beta(9, 1)\n"
    "fact recognized 75%\n"
    "chamber house \"The house\" {\n"
    "  seats 450\n"
    "  bloc first \"First\" source \"https://example.org/1\" {\n"
    "    seats 324  line 97%  loyalty 99%  turnout 97%\n"
    "  }\n"
    "  bloc second { seats 57  line { yes: 60%  no: otherwise }  line on act 50% }\n"
    "  bloc third \"Third\" { seats 60  free 50% }\n"
    "}\n"
    "chamber senate {\n"
    "  passes by majority of seats\n"
    "  bloc senators { seats 178  line 98%  loyalty 99% }\n"
    "}\n"
    "procedure law(b: bill) \"How a law is made\" {\n"
    "  stage readings {\n"
    "    attempt up to 3 times pausing 1..10 days {\n"
    "      vote house on b needs majority of seats\n"
    "    }\n"
    "  }\n"
    "  within 14 days {\n"
    "    stage approval {\n"
    "      decide {\n"
    "        at_once: 60% { wait 1..3 days }\n"
    "        later: otherwise {\n"
    "          wait 3..20 days\n"
    "          vote senate on b\n"
    "        }\n"
    "      }\n"
    "    }\n"
    "  } expired {\n"
    "    note \"silence is consent\"\n"
    "  } else do override(b) as again else fail \"the senate rejects\"\n"
    "  stage signature {\n"
    "    decide president on b {\n"
    "      sign: otherwise\n"
    "      veto: veto_chance { do override(b) else fail \"no override\" }\n"
    "    }\n"
    "  } else { fail \"not signed\" }\n"
    "  enact b in force after 10 days\n"
    "}\n"
    "procedure override(b: bill) {\n"
    "  if vote house on b needs 2/3 of seats { wait 2 days } else { fail }\n"
    "  vote senate on b needs 2/3 of seats\n"
    "}\n"
    "motion suspension(o: organization) {\n"
    "  by prosecutor\n"
    "  before high\n"
    "  requires act is in force \"there is a law\"\n"
    "  stage filing { wait 30..60 days  decide { file: files  refrain: otherwise { fail \"none\" } "
    "} }\n"
    "  stage hearing {\n"
    "    ruling high on o {\n"
    "      grant: if recognized then 95% else 10%\n"
    "      deny: otherwise { fail \"not convinced\" }\n"
    "    }\n"
    "  }\n"
    "  delist o from unified\n"
    "}\n"
    "scenario cold {\n"
    "  assume veto_chance = 50%\n"
    "  assume house.second.line = 20%\n"
    "}\n"
    "ask chance of lifted by 2025-04-30\n"
    "ask chance of again is passed given recognized\n"
    "expect chance of hearing is grant > 10%\n";

// The text with n bytes from `at` on replaced.
static uint32_t count_changed(Text text, uint32_t at, uint32_t n, const char *by) {
  TextBuilder b = {0};
  text_add_bytes(&b, text.at, at);
  text_add(&b, by);
  text_add_bytes(&b, text.at + at + n, text.n - at - n);
  Checked r = check_text((Text){b.at, b.n});
  uint32_t n_errors = r.diagnostics->n_errors;
  arena_free(r.arena);
  text_builder_free(&b);
  return n_errors;
}

// Outside of texts and comments.
static bool is_code(Text text, uint32_t at) {
  bool in_text = false;
  uint32_t from = at;
  while (from > 0 && text.at[from - 1] != '\n') from--;
  for (; from < at; from++) {
    if (text.at[from] == '"') in_text = !in_text;
    if (text.at[from] == '#' && !in_text) return false;
  }
  return !in_text;
}

static void any_brace_forgotten_gives_one_message(void **state) {
  (void)state;
  Text text = TEXT(whole);
  assert_int_equal(count_changed(text, 0, 0, ""), 0);
  uint32_t n_braces = 0, n_more = 0;
  for (uint32_t i = 0; i < text.n; i++) {
    if ((text.at[i] != '{' && text.at[i] != '}') || !is_code(text, i)) continue;
    n_braces++;
    uint32_t n = count_changed(text, i, 1, " ");
    assert_in_range(n, 1, 2);
    n_more += n > 1;
  }
  assert_true(n_braces > 50);
  assert_in_range(n_more, 0, 1);
}

// Where the brace happens to be right as well there may be a second one.
static void any_brace_too_many_gives_one_message(void **state) {
  (void)state;
  Text text = TEXT(whole);
  uint32_t n_tried = 0, n_more = 0;
  for (uint32_t i = 1; i < text.n; i++) {
    bool begins = text.at[i] > ' ' && text.at[i - 1] <= ' ' && text.at[i] != '#';
    if (!begins || !is_code(text, i)) continue;
    uint32_t opened = count_changed(text, i, 0, "{ "), closed = count_changed(text, i, 0, "} ");
    assert_in_range(opened, 1, 2);
    assert_in_range(closed, 1, 2);
    n_tried += 2;
    n_more += (opened > 1) + (closed > 1);
  }
  assert_true(n_tried > 500);
  assert_in_range(n_more, 0, n_tried / 50);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(independent_mistakes_are_all_told_and_nothing_else),
      cmocka_unit_test(what_follows_from_one_mistake_is_not_told),
      cmocka_unit_test(a_mistake_keeps_no_other_quiet),
      cmocka_unit_test(the_first_twenty_by_place_are_shown),
      cmocka_unit_test(any_brace_forgotten_gives_one_message),
      cmocka_unit_test(any_brace_too_many_gives_one_message),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
