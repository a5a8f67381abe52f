// What a run answers: outcomes, where it goes, why it fails, questions and expectations, each with what sort of number it
// is. An answer belongs to the arena it was made in and refers to the program.
#pragma once
#include "lang/check/program.h"
#include "lang/source/diagnostic.h"

typedef enum Method { METHOD_AUTO, METHOD_EXACT, METHOD_SAMPLE } Method;

typedef struct RunProgress {
  uint64_t trials, trials_of;  // of sampling; 0 before it begins
  uint64_t worlds;             // of an exact walk, at the moment
} RunProgress;

// Whoever waits for a run is told how far it is, now and then and by one thread at a time, and may end it.
typedef struct RunWatch {
  bool (*goes_on)(void *context, const RunProgress *progress);  // NULL: nobody waits
  void *context;
} RunWatch;

typedef struct RunOptions {
  Method method;
  uint64_t trials;  // of sampling; with a precision: at most
  double precision;  // half the 95% interval of every outcome and asked chance is at most this; 0: any
  uint64_t seed;
  uint32_t threads;
  uint64_t budget;  // rows at most in the table of worlds
  uint32_t batch;   // trials walked at once
  const char
      *kernels;  // of sampling: "avx512", "avx2", "plain"; NULL: the fastest of this processor
  RunWatch watch;
  bool keeps_dead;    // liveness off: nothing is forgotten before the end
  bool never_merges;  // equal worlds stay apart
  bool has_ranges;    // over the uncertain beliefs, by a walk of their own
} RunOptions;

RunOptions run_options_default(
    void);  // auto, 1,000,000 trials, seed 1, one thread for each core, the default budget, 2,048

typedef struct DaySpan {  // chances by day; the days outside have none
  Date first;
  uint32_t n;
  double *chance;
} DaySpan;

typedef struct DateSpread {
  bool is_some;  // false: it never happens
  Date earliest, p05, p50, p95, latest, mean;
} DateSpread;

// Where a chance would lie, in 5% to 95% of cases, if the uncertain beliefs were known.
typedef struct Range {
  bool is_some;
  double low, high;
} Range;

typedef struct OutcomeAnswer {
  uint32_t outcome;  // index in Program.outcomes
  double chance, error;
  Range range;
  DaySpan days;  // of its end
  DateSpread dates;
} OutcomeAnswer;

typedef struct PlaceAnswer {       // a stage
  uint32_t step;                   // index in Program.steps
  double reached, passed, failed;  // chances that it ever was
  DaySpan days;                    // of having passed
  DateSpread dates;
} PlaceAnswer;

typedef struct ReasonAnswer {
  Text text;
  Span span;
  double chance;
} ReasonAnswer;

typedef struct AskAnswer {
  const Query *query;
  Value value;     // VALUE_NONE: no world in which what is given holds
  double error;    // half the 95% interval (of a date: in days), or the bound
  Range range;     // of what is made of chances
  bool is_spread;  // `date of E` without a statistic: `dates` holds the answer
  DaySpan days;    // date questions: of its moment, where what is given holds too
  DateSpread dates;
  double given;    // questions: the chance of what is given, 1 for nothing
  double happens;  // date questions: the chance that it happens at all
} AskAnswer;

typedef enum Verdict { VERDICT_HOLDS, VERDICT_FAILS, VERDICT_UNKNOWN } Verdict;

typedef struct ExpectAnswer {
  const Query *query;
  Verdict verdict;
  const Node *
      decides;  // the comparison that the verdict comes from: the claim, or a part of it; NULL: none does alone
  Value left, right;  // both sides of that; of never and always: left is the chance
  double error;       // of left minus right
} ExpectAnswer;

// Why an answer was sampled that nobody had asked to sample.
typedef enum Why {
  WHY_NOTHING,
  WHY_WORLDS,  // the exact answer needs more than `why_limit` worlds at one time,
  WHY_DAYS,    // or days of worlds at one time,
  WHY_WORK,    // or steps of work
  WHY_BELIEF,  // no exact rule covers the use of an uncertain belief
} Why;

typedef struct Checked {  // against the other method (agree.h)
  uint32_t n_numbers;     // 0: it was not
  uint64_t trials, seed;
} Checked;

typedef struct Answer {
  const Program *program;
  uint32_t scenario;  // that was in force, NO_INDEX for none
  Method method;      // EXACT or SAMPLE
  Why why;
  uint64_t why_limit;
  uint64_t trials, seed;  // trials: 0 where exact
  bool is_interrupted;    // by the watch: after these trials, or before there were ranges
  uint64_t worlds;        // rows at most at one time
  double precision;  // sampled: that was asked for, 0 for none
  bool is_precise;   // and it is reached
  double error;     // exact: bound on the error of every chance
  Text no_range;          // why no range could be found of beliefs that are uncertain; else empty
  double engine_seconds;
  Checked checked;
  OutcomeAnswer *outcomes;
  uint32_t n_outcomes;  // of every outcome of the program
  PlaceAnswer *places;
  uint32_t n_places;  // in the order in which the case comes to them
  ReasonAnswer *reasons;
  uint32_t n_reasons;  // most likely first
  AskAnswer *asks;
  uint32_t n_asks;
  ExpectAnswer *expects;
  uint32_t n_expects;
} Answer;

// Runs the case under these inputs. NULL after an error of a world or the budget, which is in `diagnostics`, and without a
// message where the watch ended the run before there was anything to show.
// `scenario`: its questions are asked beside the script's (NO_INDEX: only the script's).
Answer *answer_run(const Program *program, const Inputs *inputs, uint32_t scenario,
                   const RunOptions *options, Arena *arena, Diagnostics *diagnostics);
