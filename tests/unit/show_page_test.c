// Pages of an answer made by hand, text for text: wide and narrow, exact and sampled, with titles
// in Cyrillic and with titles that try to steer the terminal.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// cmocka needs the four above
#include <cmocka.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/show/show.h"

typedef struct Titles {
  const char *title, *outcome, *stage, *reason;
} Titles;

static const Titles PLAIN = {"A law on forests", "The law is in force", "First reading",
                             "the house says no"};

static const char SCRIPT[] =
    "ask chance of passed by 2025-03-01\n"
    "expect chance of passed >= 50%\n"
    "expect never rejected\n"
    "ask date of passed\n"
    "fail\n";

static Span span_of(const SourceFile *file, const char *words) {
  const char *at = strstr(file->text.at, words);
  assert_non_null(at);
  uint32_t from = file->base + (uint32_t)(at - file->text.at);
  return (Span){from, from + (uint32_t)strlen(words)};
}

static Node *node(Program *program, NodeKind kind, Span span) {
  Node *made = ARENA_NEW(program->arena, Node);
  *made = (Node){.kind = kind, .span = span};
  return made;
}

static Title titled(const char *text) {
  return (Title){.text = text_of(text), .has_text = *text != 0};
}

static void add_outcome(Program *program, const char *name, const char *title) {
  Entity entity = {.kind = ENTITY_OUTCOME, .title = titled(title), .node = program->the_case};
  entity.name.id = names_intern(program->tree->names, text_of(name));
  vec_push(program->arena, &program->entities, entity);
  vec_push(program->arena, &program->outcomes, program->entities.n - 1);
}

static void add_stage(Program *program, const char *name, const char *title, Span span) {
  Node *stage = node(program, NODE_STAGE, span);
  stage->stage.title = titled(title);
  StepInfo info = {.node = stage};
  vec_push(program->arena, &program->bodies.items[0].steps, info);
  Step step = {.call = 0, .own = program->steps.n, .full_name = text_of(name)};
  vec_push(program->arena, &program->steps, step);
}

static Query *query(Program *program, NodeKind kind, const char *words, Node *claim) {
  Query *made = ARENA_NEW(program->arena, Query);
  Node *asked = node(program, kind, span_of(program->tree->files[0].file, words));
  asked->query.claim = claim;
  *made = (Query){asked, NO_INDEX};
  return made;
}

static Program *make_program(Arena *arena, Titles titles) {
  Program *program = ARENA_NEW(arena, Program);
  Tree *tree = ARENA_NEW(arena, Tree);
  *tree = (Tree){.arena = arena,
                 .names = names_new(arena),
                 .sources = source_set_new(arena),
                 .files = ARENA_NEW(arena, TreeFile),
                 .n_files = 1};
  tree->files[0].file = source_add(tree->sources, TEXT("forest.leg"), text_of(SCRIPT));
  *program = (Program){.tree = tree,
                       .arena = arena,
                       .outcome_undecided = NO_INDEX,
                       .first_day = date_of(2025, 1, 1),
                       .last_day = date_of(2025, 12, 31)};
  Node *the_case = node(program, NODE_CASE, (Span){0, 0});
  the_case->case_item.title = text_of(titles.title);
  program->the_case = the_case;
  add_outcome(program, "passed", titles.outcome);
  add_outcome(program, "rejected", "");
  add_outcome(program, "lost", "");
  Body body = {0};
  Call call = {0};
  vec_push(arena, &program->bodies, body);
  vec_push(arena, &program->calls, call);
  add_stage(program, "reading", titles.stage, span_of(tree->files[0].file, "fail"));
  add_stage(program, "signature", "", span_of(tree->files[0].file, "fail"));
  return program;
}

static OutcomeAnswer outcome(Arena *arena, uint32_t index, double chance, double error) {
  OutcomeAnswer made = {.outcome = index, .chance = chance, .error = error};
  made.days = (DaySpan){date_of(2025, 2, 1), 4, ARENA_ARRAY(arena, double, 4)};
  for (int i = 0; i < 4; i++) made.days.chance[i] = chance / 4;
  Date first = made.days.first;
  made.dates = (DateSpread){chance > 0, first, first, first + 1, first + 3, first + 3, first + 2};
  return made;
}

static void add_queries(Answer *answer, Program *program) {
  Arena *arena = program->arena;
  const SourceFile *file = program->tree->files[0].file;
  Node *chance = node(program, NODE_CHANCE_OF, span_of(file, "chance of passed by 2025-03-01"));
  Node *when = node(program, NODE_DATE_OF, span_of(file, "date of passed"));
  Node *half = node(program, NODE_NUMBER, span_of(file, "50%"));
  half->number.is_percent = true;
  Node *claim = node(program, NODE_BINARY, span_of(file, "chance of passed >= 50%"));
  claim->binary =
      (BinaryNode){OP_GE, node(program, NODE_CHANCE_OF, claim->span), half, claim->span};
  Node *rejected = node(program, NODE_PATH, span_of(file, "rejected"));
  answer->n_asks = answer->n_expects = 2;
  answer->asks = ARENA_ARRAY(arena, AskAnswer, 2);
  answer->expects = ARENA_ARRAY(arena, ExpectAnswer, 2);
  bool is_sampled = answer->method == METHOD_SAMPLE;
  answer->asks[0] =
      (AskAnswer){.query = query(program, NODE_ASK, "ask chance of passed by 2025-03-01", chance),
                  .value = value_number(0.312),
                  .error = is_sampled ? 0.00123 : 0};
  answer->asks[1] = (AskAnswer){.query = query(program, NODE_ASK, "ask date of passed", when),
                                .is_spread = true,
                                .value = value_date(date_of(2025, 2, 2)),
                                .happens = 0.7,
                                .dates = answer->outcomes[0].dates};
  answer->expects[0] =
      (ExpectAnswer){.query = query(program, NODE_EXPECT, "expect chance of passed >= 50%", claim),
                     .verdict = is_sampled ? VERDICT_UNKNOWN : VERDICT_FAILS,
                     .decides = claim,
                     .left = value_number(0.49996),
                     .right = value_number(0.5),
                     .error = is_sampled ? 0.001 : 0};
  answer->expects[1] =
      (ExpectAnswer){.query = query(program, NODE_EXPECT_NEVER, "expect never rejected", rejected),
                     .verdict = VERDICT_HOLDS,
                     .left = value_number(0)};
}

static Answer *make_answer(Arena *arena, Titles titles, Method method) {
  Program *program = make_program(arena, titles);
  double error = method == METHOD_SAMPLE ? 0.0009 : 0;
  Answer *answer = ARENA_NEW(arena, Answer);
  *answer = (Answer){.program = program,
                     .scenario = NO_INDEX,
                     .method = method,
                     .trials = 1000000,
                     .seed = 1,
                     .worlds = 14212,
                     .error = 3e-14};
  answer->n_outcomes = 3;
  answer->outcomes = ARENA_ARRAY(arena, OutcomeAnswer, 3);
  answer->outcomes[0] = outcome(arena, 0, 0.7, error);
  answer->outcomes[1] = outcome(arena, 1, 0.29999, error);
  answer->outcomes[2] = outcome(arena, 2, 0.00001, error);
  answer->n_places = 2;
  answer->places = ARENA_ARRAY(arena, PlaceAnswer, 2);
  answer->places[0] =
      (PlaceAnswer){0, 1, 0.99999, 0.00001, answer->outcomes[0].days, answer->outcomes[0].dates};
  answer->places[1] = (PlaceAnswer){.step = 1, .reached = 0};
  answer->n_reasons = 1;
  answer->reasons = ARENA_NEW(arena, ReasonAnswer);
  answer->reasons[0] =
      (ReasonAnswer){text_of(titles.reason), span_of(program->tree->files[0].file, "fail"), 0.3};
  add_queries(answer, program);
  return answer;
}

static void check_page(Titles titles, Method method, ShowStyle style, const char *expected) {
  Arena *arena = arena_new();
  TextBuilder out = {0};
  show_text(&out, make_answer(arena, titles, method), style);
  assert_string_equal(out.at, expected);
  text_builder_free(&out);
  arena_free(arena);
}

static const Titles CYRILLIC = {"Закон о лесах и об охране природы в северных областях",
                                "Закон вступил в силу", "Первое чтение", "дума отвергла"};

static const char EXACT_80[] =
    "A law on forests                                        2025-01-01 to 2025-12-31\n"
    "\n"
    "Most likely (70.0 %): The law is in force. Half of such cases end by 2 February\n"
    "2025, nine in ten by 4 February 2025. Main reason for failing (30.0 %): the\n"
    "house says no.\n"
    "\n"
    "exact to 1e-13, nothing sampled (14,212 worlds at most)\n"
    "\n"
    "  passed     70.0 %  ████████▍     half by 2025-02-02, nine in ten by 2025-02-04\n"
    "                     The law is in force\n"
    "  rejected   30.0 %  ███▋          half by 2025-02-02, nine in ten by 2025-02-04\n"
    "  lost       <0.1 %  ▏             half by 2025-02-02, nine in ten by 2025-02-04\n"
    "\n"
    "Where it goes      reached    goes on      fails\n"
    "                   goes on, 5 % to 95 % of cases\n"
    "  First reading    100.0 %    >99.9 %     <0.1 %\n"
    "                        2025-02-01 .. 2025-02-04\n"
    "  signature          0.0 %      0.0 %      0.0 %\n"
    "\n"
    "Main reasons for failing\n"
    "   30.0 %  the house says no  line 5\n"
    "\n"
    "Asked\n"
    "  chance of passed by 2025-03-01  31.2 %\n"
    "  date of passed                  half by 2025-02-02, 5 % to 95 %:\n"
    "                                  2025-02-01 .. 2025-02-04, where it happens\n"
    "                                  (70.0 %)\n"
    "\n"
    "Expected\n"
    "  fails    chance of passed >= 50%  49.996 %, not >= 50.000 %: 0.004 points\n"
    "                                    short\n"
    "  holds    never rejected           in no case\n";

static const char SAMPLED_60[] =
    "Закон о лесах и об охране природы\n"
    "в северных областях                 2025-01-01 to 2025-12-31\n"
    "\n"
    "Most likely (70.0 % ± 0.1): Закон вступил в силу. About half\n"
    "of such cases end by 2 February 2025, about nine in ten by 4\n"
    "February 2025. Main reason for failing (30.0 %): дума\n"
    "отвергла.\n"
    "\n"
    "sampled, 1,000,000 trials, seed 1 (± is a 95 % interval)\n"
    "\n"
    "  passed     70.0 % ± 0.1  ████████████████▊\n"
    "                           half by 2025-02-02,\n"
    "                           nine in ten by 2025-02-04\n"
    "                           Закон вступил в силу\n"
    "  rejected   30.0 % ± 0.1  ███████▎\n"
    "                           half by 2025-02-02,\n"
    "                           nine in ten by 2025-02-04\n"
    "  lost        0.0 % ± 0.1  ▏\n"
    "                           half by 2025-02-02,\n"
    "                           nine in ten by 2025-02-04\n"
    "\n"
    "Where it goes      reached    goes on      fails\n"
    "                   goes on, 5 % to 95 % of cases\n"
    "  Первое чтение    100.0 %    >99.9 %     <0.1 %\n"
    "                        2025-02-01 .. 2025-02-04\n"
    "  signature          0.0 %      0.0 %      0.0 %\n"
    "\n"
    "Main reasons for failing\n"
    "   30.0 %  дума отвергла  line 5\n"
    "\n"
    "Asked\n"
    "  chance of passed by\n"
    "  2025-03-01                31.2 % ± 0.2\n"
    "  date of passed            half by 2025-02-02, 5 % to 95 %:\n"
    "                            2025-02-01 .. 2025-02-04, where\n"
    "                            it happens (70.0 %)\n"
    "\n"
    "Expected\n"
    "  unknown  chance of passed >=\n"
    "           50%                    50.0 % ± 0.1, too close to\n"
    "                                  tell if >= 50.0 %\n"
    "  holds    never rejected         in no case\n";

static void an_exact_page_at_80_columns(void **state) {
  (void)state;
  check_page(PLAIN, METHOD_EXACT, (ShowStyle){80, false}, EXACT_80);
}

static void a_sampled_page_at_60_columns(void **state) {
  (void)state;
  check_page(CYRILLIC, METHOD_SAMPLE, (ShowStyle){60, false}, SAMPLED_60);
}

static void no_line_is_wider_than_the_page(void **state) {
  (void)state;
  static const Titles LONG = {
      "Законопроект о порядке приостановления запрета на деятельность организации",
      "Запрет снят, и организация исключена из единого федерального списка организаций",
      "Рассмотрение законопроекта Государственной Думой в первом чтении по существу",
      "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft refuses"};
  for (uint32_t width = 60; width <= 200; width++) {
    for (int sampled = 0; sampled < 2; sampled++) {
      Arena *arena = arena_new();
      TextBuilder out = {0};
      show_text(&out, make_answer(arena, LONG, sampled ? METHOD_SAMPLE : METHOD_EXACT),
                (ShowStyle){width, false});
      for (char *line = strtok(out.at, "\n"); line; line = strtok(NULL, "\n")) {
        if (text_width(text_of(line)) > width) fail_msg("%u columns: %s", width, line);
        assert_true(line[strlen(line) - 1] != ' ');
      }
      text_builder_free(&out);
      arena_free(arena);
    }
  }
}

static void nothing_of_a_title_steers_the_terminal(void **state) {
  (void)state;
  static const Titles HOSTILE = {"\033[2J\033]0;owned\007", "a\r\nb\033[31m",
                                 "\xE2\x80\xAE"
                                 "txet",
                                 "\033[1;1H\x7F"};
  Arena *arena = arena_new();
  TextBuilder out = {0};
  show_text(&out, make_answer(arena, HOSTILE, METHOD_EXACT), (ShowStyle){80, false});
  for (size_t i = 0; i < out.n; i++)
    assert_true((unsigned char)out.at[i] >= ' ' || out.at[i] == '\n');
  assert_null(strchr(out.at, 0x7F));
  assert_null(strstr(out.at, "\xE2\x80\xAE"));
  assert_non_null(strstr(out.at, "\\u{1b}"));
  text_builder_free(&out);
  arena_free(arena);
}

static void colors_change_no_letter(void **state) {
  (void)state;
  Arena *arena = arena_new();
  TextBuilder plain = {0}, colored = {0}, bare = {0};
  show_text(&plain, make_answer(arena, PLAIN, METHOD_EXACT), (ShowStyle){80, false});
  show_text(&colored, make_answer(arena, PLAIN, METHOD_EXACT), (ShowStyle){80, true});
  assert_true(colored.n > plain.n);
  for (size_t i = 0; i < colored.n; i++) {
    if (colored.at[i] == '\033') {
      while (colored.at[i] != 'm') i++;
    } else {
      text_add_char(&bare, colored.at[i]);
    }
  }
  assert_string_equal(bare.at, plain.at);
  text_builder_free(&plain);
  text_builder_free(&colored);
  text_builder_free(&bare);
  arena_free(arena);
}

static void json_has_every_digit(void **state) {
  (void)state;
  Arena *arena = arena_new();
  TextBuilder out = {0};
  Answer *answer = make_answer(arena, PLAIN, METHOD_EXACT);
  answer->asks[0].value = (Value){.type = VALUE_NONE};
  show_json(&out, answer);
  json_error_t error;
  json_t *root = json_loads(out.at, 0, &error);
  assert_non_null(root);
  json_t *outcome_json = json_array_get(json_object_get(root, "outcomes"), 1);
  assert_true(json_real_value(json_object_get(outcome_json, "chance")) == 0.29999);
  assert_string_equal(
      json_string_value(json_object_get(json_object_get(outcome_json, "dates"), "p95")),
      "2025-02-04");
  assert_true(json_is_null(json_object_get(root, "trials")));
  json_t *asks = json_object_get(root, "asks"), *expects = json_object_get(root, "expects");
  assert_true(json_is_null(json_object_get(json_array_get(asks, 0), "value")));
  assert_string_equal(json_string_value(json_object_get(json_array_get(asks, 0), "question")),
                      "chance of passed by 2025-03-01");
  assert_true(json_is_false(json_object_get(json_array_get(expects, 0), "holds")));
  assert_string_equal(json_string_value(json_object_get(json_array_get(expects, 1), "claim")),
                      "never rejected");
  assert_int_equal(json_integer_value(json_object_get(
                       json_array_get(json_object_get(root, "reasons"), 0), "line")),
                   5);
  json_decref(root);
  text_builder_free(&out);
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_exact_page_at_80_columns),
      cmocka_unit_test(a_sampled_page_at_60_columns),
      cmocka_unit_test(no_line_is_wider_than_the_page),
      cmocka_unit_test(nothing_of_a_title_steers_the_terminal),
      cmocka_unit_test(colors_change_no_letter),
      cmocka_unit_test(json_has_every_digit),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
