// From text to a checked program: a script of 100,000 lines that is made in memory, of laws that each have their own
// chamber, beliefs and procedure, so that every kind of declaration, name and check is met thousands of times.
#include <inttypes.h>
#include <stdio.h>

#include "lang/check/check.h"
#include "lang/syntax/parse.h"
#include "tests/bench/sections.h"

enum { LINES = 100000 };  // about: a whole number of laws, and a line of the case for each

// One law; each @ stands for its number.
static const char law[] =
    "# ---- Law @: as its sponsors see it ----\n"
    "bill law_@ \"The law number @\"\n"
    "assume veto_@ = 2% \"The head of state returns it (guess)\"\n"
    "assume support_@ ~ beta(9, 1) \"The governing bloc holds\"\n"
    "fact urgent_@ 30% \"It is treated as urgent\"\n"
    "chamber house_@ \"House @\" {\n"
    "  seats 120\n"
    "  bloc government_@ { seats 70  line support_@  loyalty 98%  turnout 95% }\n"
    "  bloc opposition_@ { seats 40  line { yes: 20%  no: otherwise }  loyalty 90% }\n"
    "  bloc others_@     { seats 8   free 50%  turnout 85% }\n"
    "}\n"
    "procedure passage_@(b: bill) \"Passage of law @\" source \"Constitution, art. @\" {\n"
    "  stage reading_@ \"Reading\" {\n"
    "    within 60 days {\n"
    "      wait if urgent_@ then 3 days else 10 days\n"
    "      wait 7..21 days \"Committee\"\n"
    "      vote house_@ on b needs majority of seats\n"
    "    } expired { fail \"the session ends\" }\n"
    "  }\n"
    "  stage signature_@ {\n"
    "    wait 1..14 days\n"
    "    decide head on b {\n"
    "      sign: otherwise\n"
    "      veto: veto_@ { wait 10..40 days  vote house_@ on b needs 2/3 of seats }\n"
    "    }\n"
    "  }\n"
    "  if today < 2025-03-01 and not urgent_@ { note \"early\" } else { require 2 + 2 = 4 }\n"
    "  enact b in force after 10 days\n"
    "}\n"
    "ask chance of law_@ is enacted by 2025-06-30 \"Law @ by the summer?\"\n"
    "\n";

static uint32_t lines_in(const char *text) {
  uint32_t n = 0;
  for (; *text; text++) n += *text == '\n';
  return n;
}

static void add_law(TextBuilder *out, uint32_t number) {
  for (const char *from = law; *from; from++) {
    if (*from == '@') text_addf(out, "%" PRIu32, number);
    else text_add_char(out, *from);
  }
}

static uint32_t add_script(TextBuilder *out) {
  uint32_t n_laws = LINES / lines_in(law), n_lines = 2;
  text_add(out, "office head\ncase \"Laws\" from 2025-01-01 until 2034-12-31 {\n");
  for (uint32_t i = 1; i <= n_laws; i++, n_lines++)
    text_addf(out, "  do passage_%" PRIu32 "(law_%" PRIu32 ") else note \"it is dropped\"\n", i, i);
  text_add(out, "}\n");
  for (uint32_t i = 1; i <= n_laws; i++, n_lines += lines_in(law)) add_law(out, i);
  return n_lines + 1;
}

typedef struct Front {
  Text text;
  double parsing;  // seconds of the last run, of all of them
} Front;

static bool read_and_check(void *what) {
  Front *front = what;
  Arena *arena = arena_new();
  Diagnostics *diagnostics = diagnostics_new(arena);
  ParseInput input = {.path = "laws.leg", .text = &front->text};
  double start = measure_now(CLOCK_OF_THREAD);
  Tree *tree = parse_script(arena, &input, diagnostics);
  front->parsing = measure_now(CLOCK_OF_THREAD) - start;
  CheckOptions options = {.needs_case = true, .n_script_files = parse_n_script_files(tree, &input)};
  check_program(tree, options, diagnostics);
  bool is_good = !diagnostics->n_errors && !diagnostics->n_warnings;
  arena_free(arena);
  return is_good;
}

void section_front(Report *report) {
  TextBuilder script = {0};
  uint32_t n_lines = add_script(&script);
  Front front = {.text = {script.at, (uint32_t)script.n}};
  Contender lane = {.run = read_and_check, .what = &front};
  printf("\n## Reading and checking a script made in memory\n\n");
  printf("| lines | megabytes | time | of it parsing | lines/s | MB/s |\n");
  printf("| ---: | ---: | ---: | ---: | ---: | ---: |\n");
  if (!measure_in_turn(&lane, 1, CLOCK_OF_THREAD, 0)) {
    report->is_wrong = true;
  } else {
    double seconds = measure_of(&lane), megabytes = (double)script.n / 1e6;
    printf("| %" PRIu32 " | %.1f | %.3f s | %.3f s | %.2g | %.1f |\n", n_lines, megabytes, seconds,
           front.parsing, n_lines / seconds, megabytes / seconds);
    report_promise(report, (Promise){.what = "100,000 lines read and checked",
                                     .unit = " s",
                                     .figure = seconds * LINES / n_lines,
                                     .bound = 0.5});
  }
  text_builder_free(&script);
}
