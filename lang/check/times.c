// Dates and lengths of time that are known before the run.
#include "lang/check/checker.h"

enum { MAX_CASE_DAYS = 73050 };  // two hundred years

static void visit_date(Checker *c, const Node *node, void *context) {
  (void)context;
  if (node->kind == NODE_DATE && node->date.day == DATE_NONE) {
    Diagnostic *d = diagnostic_add(c->diagnostics, E_DATE, node->span, "there is no %.*s", TEXT_ARG(source_slice(c->tree->sources, node->span)));
    diagnostic_hint(c->diagnostics, d, "A date is written year-month-day, as in 2025-02-28.");
  }
  Value value;
  if (node->kind == NODE_WAIT && check_constant(c->program, node->wait.time, &value) && value.type == VALUE_DURATION &&
      (value.duration.days < 0 || value.duration.months < 0)) {
    diagnostic_add(c->diagnostics, E_TYPES, node->wait.time->span, "a wait of less than nothing");
  }
}

void check_times(Checker *c) {
  Program *p = c->program;
  check_walk_all(c, visit_date, NULL);
  if (!p->the_case) return;
  Value from, until;
  const CaseItemNode *node = &p->the_case->case_item;
  bool are_known = check_constant(p, node->from, &from) && check_constant(p, node->until, &until);
  if (!are_known || from.type != VALUE_DATE || until.type != VALUE_DATE) {
    if (node->from->kind == NODE_DATE && node->until->kind == NODE_DATE) return;  // a date that does not exist
    diagnostic_add(c->diagnostics, E_CASE_DATES, p->the_case->span, "a case runs from one date until another, both constant");
    return;
  }
  p->first_day = from.date;
  p->last_day = until.date;
  if (from.date > until.date) {
    Diagnostic *d = diagnostic_add(c->diagnostics, E_CASE_DATES, node->until->span, "the case ends before it begins");
    diagnostic_also(c->diagnostics, d, node->from->span, "it begins here");
  } else if (until.date - from.date > MAX_CASE_DAYS) {
    diagnostic_add(c->diagnostics, E_CASE_DATES, node->until->span, "a case lasts two hundred years at most");
  }
}
