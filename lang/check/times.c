// Dates and lengths of time that are known before the run.
#include <stdio.h>

#include "lang/check/checker.h"

enum { MAX_CASE_DAYS = 73050 };  // two hundred years

static void no_date(Checker *c, Span span) {
  static const char *const months[] = {"January",   "February", "March",    "April",
                                       "May",       "June",     "July",     "August",
                                       "September", "October",  "November", "December"};
  Text text = source_slice(c->tree->sources, span);
  Diagnostic *d = diagnostic_add(c->diagnostics, E_DATE, span, "there is no %.*s", TEXT_ARG(text));
  int year = 0, month = 0, day = 0;
  if (sscanf(text_copy(c->arena, text).at, "%d-%d-%d", &year, &month, &day) != 3) return;
  if (year < 1 || year > 9999) {
    diagnostic_label(c->diagnostics, d, "years run from 0001 to 9999");
  } else if (month < 1 || month > 12) {
    diagnostic_label(c->diagnostics, d, "a year has 12 months");
  } else {
    diagnostic_label(c->diagnostics, d, "%s %d has %d days", months[month - 1], year,
                     date_days_in_month(year, month));
  }
}

static bool number_of(const Checker *c, const Node *node, double *out) {
  Value value;
  if (!node) return false;
  const Node *number = node->kind == NODE_UNIT ? node->unit.operand : node;
  if (!check_constant(c->program, number, &value) || value.type != VALUE_NUMBER) return false;
  *out = value.number;
  return true;
}

static bool is_whole(double number) {
  return number >= -1e9 && number <= 1e9 && number == (double)(int64_t)number;
}

static void want_whole(Checker *c, const Node *node) {
  double number;
  if (!number_of(c, node, &number) || is_whole(number)) return;
  diagnostic_add(c->diagnostics, E_TYPES, node->span,
                 "time is counted in whole numbers, and this is not whole");
}

static void check_spread(Checker *c, const Node *node) {
  double low, mode, high;
  want_whole(c, node->range.low);
  want_whole(c, node->range.mode);
  if (!number_of(c, node->range.low, &low) || !number_of(c, node->range.high, &high)) return;
  mode = low;
  if (node->range.mode && !number_of(c, node->range.mode, &mode)) return;
  if (low <= mode && mode <= high) return;
  Diagnostic *d = diagnostic_add(c->diagnostics, E_TYPES, node->span,
                                 "a range goes upward, from its low end to its high end");
  if (!node->range.mode) diagnostic_label(c->diagnostics, d, "write the low end first");
}

static void want_time_ahead(Checker *c, const Node *time) {
  Value value;
  double low;
  if (!time) return;
  bool is_negative = time->kind == NODE_RANGE
                         ? number_of(c, time->range.low, &low) && low < 0
                         : check_constant(c->program, time, &value) &&
                               value.type == VALUE_DURATION &&
                               (value.duration.days < 0 || value.duration.months < 0);
  if (is_negative) diagnostic_add(c->diagnostics, E_TYPES, time->span, "this is less than no time");
}

static void want_times(Checker *c, const Node *node) {
  Value value;
  if (!check_constant(c->program, node, &value) || value.type != VALUE_NUMBER) return;
  if (value.number >= 0 && is_whole(value.number)) return;
  diagnostic_add(c->diagnostics, E_TYPES, node->span,
                 "a number of times is whole and not less than 0");
}

static void visit(Checker *c, const Node *node, void *context) {
  (void)context;
  switch ((int)node->kind) {
    case NODE_DATE:
      if (node->date.day == DATE_NONE) no_date(c, node->span);
      return;
    case NODE_UNIT: want_whole(c, node); return;
    case NODE_RANGE:
      if (c->program->types[node->id].kind == TYPE_DAYS_SPREAD) check_spread(c, node);
      return;
    case NODE_WAIT: want_time_ahead(c, node->wait.time); return;
    case NODE_WITHIN: want_time_ahead(c, node->limit.limit); return;
    case NODE_ENACT: want_time_ahead(c, node->enact.after); return;
    case NODE_ATTEMPT:
      want_times(c, node->attempt.times);
      want_time_ahead(c, node->attempt.pausing);
      return;
    case NODE_REPEAT: want_times(c, node->loop.control); return;
    default: return;
  }
}

static void check_changed_times(Checker *c, const Change *changes, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    if (changes[i].input == NO_INDEX) continue;
    InputKind kind = c->program->inputs.items[changes[i].input].kind;
    if (kind == INPUT_WAIT || kind == INPUT_LIMIT) want_time_ahead(c, changes[i].value);
  }
}

static void find_told(Checker *c, const Node *node, void *context) {
  bool is_missing = node->kind == NODE_DATE && node->date.day == DATE_NONE;
  bool is_unknown = node->kind == NODE_PATH && c->program->refs[node->id].kind == REF_NONE;
  *(bool *)context |= is_missing || is_unknown;
}

// A date that does not exist, or a name that nothing has.
static bool is_told(Checker *c, const Node *node) {
  bool is_found = false;
  check_walk(c, node, find_told, &is_found);
  return is_found;
}

static bool read_day(Checker *c, const Node *node, const char *what, Date *out) {
  Value value;
  bool is_known = check_constant(c->program, node, &value) && value.type == VALUE_DATE;
  if (is_known) *out = value.date;
  if (is_known || is_told(c, node)) return is_known;
  Diagnostic *d = diagnostic_add(c->diagnostics, E_CASE_DATES, node->span,
                                 "the %s of a case is a constant date", what);
  diagnostic_hint(c->diagnostics, d, "Write year-month-day, as in 2025-02-28.");
  return false;
}

static void check_case(Checker *c) {
  Program *p = c->program;
  const CaseItemNode *node = &p->the_case->case_item;
  bool has_first = read_day(c, node->from, "first day", &p->first_day);
  bool has_last = read_day(c, node->until, "last day", &p->last_day);
  if (!has_first || !has_last) return;
  if (p->first_day > p->last_day) {
    Diagnostic *d = diagnostic_add(c->diagnostics, E_CASE_DATES, node->until->span,
                                   "the case ends before it begins");
    diagnostic_also(c->diagnostics, d, node->from->span, "it begins here");
  } else if (p->last_day - p->first_day > MAX_CASE_DAYS) {
    diagnostic_add(c->diagnostics, E_CASE_DATES, node->until->span,
                   "a case lasts two hundred years at most");
  }
}

void check_times(Checker *c) {
  const Program *p = c->program;
  check_walk_all(c, visit, NULL);
  for (uint32_t i = 0; i < p->scenarios.n; i++) {
    check_changed_times(c, p->scenarios.items[i].changes.items, p->scenarios.items[i].changes.n);
  }
  check_changed_times(c, p->sets.items, p->sets.n);
  if (p->the_case) check_case(c);
}
