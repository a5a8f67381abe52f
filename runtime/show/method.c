#include "runtime/show/method.h"

#include <math.h>

#include "runtime/show/number.h"

// The next power of ten, so that the last bits of a sum do not show.
static Text error_text(Arena *arena, double error) {
  if (!(error > 1e-15)) return TEXT("1e-15");
  return text_format(arena, "1e%.0f", ceil(log10(error) - 1e-9));
}

Text show_why(Arena *arena, const Answer *answer) {
  Text limit = show_count(arena, answer->why_limit);
  switch (answer->why) {
    case WHY_NOTHING: return TEXT("");
    case WHY_WORLDS:
      return text_format(arena, "the exact answer needs more than %.*s worlds", TEXT_ARG(limit));
    case WHY_DAYS:
      return text_format(arena, "the exact answer needs more than %.*s days of worlds",
                         TEXT_ARG(limit));
    case WHY_WORK:
      return text_format(arena, "the exact answer needs more than %.*s steps of work",
                         TEXT_ARG(limit));
    case WHY_BELIEF: return TEXT("an uncertain belief is used in a way that no exact rule covers");
  }
  return TEXT("");
}

static Text sampled(Arena *arena, const Answer *answer) {
  Text trials = show_count(arena, answer->trials), why = show_why(arena, answer);
  return text_format(arena, "sampled, %.*s trial%s, seed %llu (± is a 95 %% interval)%s%.*s",
                     TEXT_ARG(trials), answer->trials == 1 ? "" : "s",
                     (unsigned long long)answer->seed, why.n ? ": " : "", TEXT_ARG(why));
}

static Text precision_note(Arena *arena, const Answer *answer) {
  Text trials = show_count(arena, answer->trials);
  return text_format(arena, "± %.6g %% was asked for and takes more than %.*s trials",
                     100 * answer->precision, TEXT_ARG(trials));
}

static Text checked_note(Arena *arena, const Checked *checked) {
  Text trials = show_count(arena, checked->trials);
  return text_format(arena, "checked: exact and sampled, %u numbers agree (%.*s trials, seed %llu)",
                     checked->n_numbers, TEXT_ARG(trials), (unsigned long long)checked->seed);
}

Text show_method_note(Arena *arena, const Answer *answer) {
  bool is_cut = answer->is_interrupted && answer->method == METHOD_SAMPLE;
  if (is_cut) return TEXT("interrupted: this is the estimate of the trials so far");
  if (answer->precision > 0 && !answer->is_precise) return precision_note(arena, answer);
  return answer->checked.n_numbers ? checked_note(arena, &answer->checked) : TEXT("");
}

Text show_method(Arena *arena, const Answer *answer) {
  if (answer->method == METHOD_SAMPLE) return sampled(arena, answer);
  Text error = error_text(arena, answer->error), worlds = show_count(arena, answer->worlds);
  return text_format(arena, "exact to %.*s, nothing sampled (%.*s world%s at most)",
                     TEXT_ARG(error), TEXT_ARG(worlds), answer->worlds == 1 ? "" : "s");
}
