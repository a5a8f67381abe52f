#include "tests/bench/models.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define ROUNDING 1e-12  // what sums of exact chances may lose

const HandModel *models_at(uint32_t i) {
  const HandModel *const models[HAND_MODELS] = {&hand_linear, &hand_five_blocs, &hand_twelve_blocs,
                                                &hand_ten_waits};
  return models[i];
}

Script models_open(const HandModel *model) {
  Options options = {0};
  char path[512];
  snprintf(path, sizeof path, LEGIS_SOURCE_DIR "/tests/bench/%s", model->script);
  return script_open(path, &options, true);
}

// NO_INDEX: the model has no such outcome.
static uint32_t outcome_in(const HandModel *model, Text name) {
  for (uint32_t i = 0; i < HAND_OUTCOMES && model->outcomes[i]; i++) {
    if (text_equal(name, text_of(model->outcomes[i]))) return i;
  }
  return NO_INDEX;
}

bool models_of_answer(const HandModel *model, const Answer *answer, HandChances *out) {
  const Program *program = answer->program;
  memset(out, 0, sizeof *out);
  for (uint32_t i = 0; i < answer->n_outcomes; i++) {
    const OutcomeAnswer *from = &answer->outcomes[i];
    Text name = program_name(program, program->outcomes.items[from->outcome]);
    uint32_t outcome = outcome_in(model, name);
    for (uint32_t k = 0; k < from->days.n; k++) {
      int64_t day = (int64_t)from->days.first + k - program->first_day;
      if (from->days.chance[k] == 0) continue;
      if (outcome == NO_INDEX || day < 0 || day >= HAND_DAYS) return false;
      out->p[outcome][day] = from->days.chance[k];
    }
  }
  return true;
}

void models_of_tally(const HandTally *tally, uint64_t trials, HandChances *out) {
  for (uint32_t o = 0; o < HAND_OUTCOMES; o++) {
    for (uint32_t d = 0; d < HAND_DAYS; d++) out->p[o][d] = tally->n[o][d] / (double)trials;
  }
}

// How far two chances are apart, one of them perhaps from so many trials.
typedef double Measure(double a, double b, uint64_t trials);

static double most_apart(const HandChances *a, const HandChances *b, Measure *measure,
                         uint64_t trials) {
  double most = 0;
  for (uint32_t o = 0; o < HAND_OUTCOMES; o++) {
    double by_a = 0, by_b = 0;
    for (uint32_t d = 0; d < HAND_DAYS; d++) {
      by_a += a->p[o][d];
      by_b += b->p[o][d];
      most = fmax(most, measure(by_a, by_b, trials));
    }
  }
  return most;
}

static double difference(double a, double b, uint64_t trials) {
  (void)trials;
  return fabs(a - b);
}

// An event that so many trials hardly ever see is as good as seen once: its standard error is no measure of a single sight.
static double in_errors(double truth, double sampled, uint64_t trials) {
  double n = (double)trials, variance = n * truth * (1 - truth);
  if (fabs(truth - sampled) < ROUNDING) return 0;
  if (truth < ROUNDING || truth > 1 - ROUNDING) return INFINITY;
  return n * fabs(truth - sampled) / sqrt(fmax(1, variance));
}

double models_apart(const HandChances *a, const HandChances *b) {
  return most_apart(a, b, difference, 0);
}

double models_errors_apart(const HandChances *truth, const HandChances *sampled, uint64_t trials) {
  return most_apart(truth, sampled, in_errors, trials);
}
