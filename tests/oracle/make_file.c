// Declarations of the generator, and thresholds.
#include <stdio.h>

#include "tests/oracle/maker.h"

static void make_line_options(Maker *m) {
  switch (pick(m, 3)) {
    case 0: add(m, "{ yes: 50%% no: 20%% absent: otherwise }"); return;
    case 1: add(m, "{ abstain: 40%% yes: otherwise }"); return;
    case 2:
      add(m, "{ yes: ");
      make_share(m);
      add(m, " abstain: 0%% no: otherwise }");
  }
}

static void make_rules(Maker *m, MadeBloc *bloc) {
  bloc->is_line = hits(m, 60);
  add(m, bloc->is_line ? " line " : " free ");
  m->is_plain = !bloc->is_line && bloc->seats > 1;
  if (bloc->is_line && hits(m, 30)) make_line_options(m);
  else make_share(m);
  if (hits(m, 30)) {
    bool is_free = hits(m, 40);
    m->is_plain = is_free && bloc->seats > 1;
    add(m, is_free ? " free on b1 " : " line on b1 ");
    if (!is_free && hits(m, 50)) make_line_options(m);
    else make_share(m);
    bloc->is_free_on_b1 = is_free;
    bloc->is_line_on_b1 = !is_free;
  }
}

static void make_bloc(Maker *m, MadeChamber *chamber, int index) {
  MadeBloc *bloc = &chamber->blocs[index];
  static const char *const shares[] = {"loyalty", "turnout", "abstain"};
  snprintf(bloc->name, sizeof bloc->name, "g%d", index + 1);
  bloc->seats = 1 + (int)pick(m, 2);
  add(m, "  bloc %s%s {", bloc->name, hits(m, 20) ? " \"Group\"" : "");
  if (hits(m, 10)) {
    chamber->is_fixed = false;
    add(m, " seats if b1 is enacted then 1 else %d", bloc->seats);
  } else if (bloc->seats > 1 || hits(m, 50)) {
    add(m, " seats %d", bloc->seats);
  }
  make_rules(m, bloc);
  for (int i = 0; i < 3; i++) {
    if (!hits(m, 35)) continue;
    m->is_plain = i != 1 || bloc->seats > 1 || !bloc->is_line || bloc->is_free_on_b1;
    add(m, " %s ", shares[i]);
    make_share(m);
  }
  m->is_plain = false;
  add(m, " }\n");
  chamber->held += bloc->seats;
}

static bool is_in_reach(const MadeChamber *chamber, int num, int den, bool more) {
  return more ? chamber->held * den > num * chamber->seats
              : chamber->held * den >= num * chamber->seats;
}

static void make_base(Maker *m, const MadeChamber *chamber, int num, int den, bool more,
                      bool is_quorum) {
  static const char *const bases[] = {"members", "seats", "present", "votes"};
  uint32_t base = pick(m, is_quorum ? 2 : 4);
  if (!chamber) base = 0;
  if (base == 1 && !(chamber->is_fixed && is_in_reach(chamber, num, den, more))) base = 0;
  add(m, "of %s", bases[base]);
}

static void make_share_threshold(Maker *m, const MadeChamber *chamber, bool is_quorum) {
  switch (pick(m, 6)) {
    case 0:
      add(m, "2/3 ");
      make_base(m, chamber, 2, 3, false, is_quorum);
      return;
    case 1:
      add(m, "40%% ");
      make_base(m, chamber, 2, 5, false, is_quorum);
      return;
    case 2:
      add(m, "more than 1/3 ");
      make_base(m, chamber, 1, 3, true, is_quorum);
      return;
    case 3:
      add(m, "all ");
      make_base(m, chamber, 1, 1, false, is_quorum);
      return;
    default: add(m, "majority "); make_base(m, chamber, 1, 2, true, is_quorum);
  }
}

static void make_count(Maker *m, const MadeChamber *chamber, const char *what) {
  uint32_t most = chamber && chamber->is_fixed ? (uint32_t)chamber->held : 1;
  add(m, "%s%u %s", hits(m, 50) ? "at least " : "", 1 + pick(m, most), what);
}

void make_threshold(Maker *m, const MadeChamber *chamber) {
  if (hits(m, 30)) make_count(m, chamber, "yes");
  else make_share_threshold(m, chamber, false);
}

void make_quorum(Maker *m, const MadeChamber *chamber) {
  if (hits(m, 40)) make_count(m, chamber, "present");
  else make_share_threshold(m, chamber, true);
}

static void make_chamber(Maker *m, int index) {
  static const char *const names[MAKER_CHAMBERS] = {"c1", "c2", "k2"};
  MadeChamber *chamber = &m->chambers[index];
  snprintf(chamber->name, sizeof chamber->name, "%s", names[index]);
  chamber->n_blocs = 1 + (int)pick(m, index == 0 ? 3 : 2);
  chamber->is_fixed = true;
  add(m, "%s %s {\n", index == 2 ? "court" : "chamber", chamber->name);
  for (int i = 0; i < chamber->n_blocs; i++) make_bloc(m, chamber, i);
  chamber->seats = chamber->held;
  if (hits(m, 40)) {
    chamber->seats += (int)pick(m, 2);
    add(m, "  seats %d\n", chamber->seats);
  }
  if (hits(m, 30)) {
    add(m, "  quorum ");
    make_quorum(m, chamber);
    add(m, "\n");
  }
  chamber->passes = hits(m, 50);
  if (chamber->passes) {
    add(m, "  passes by ");
    make_threshold(m, chamber);
    add(m, "\n");
  }
  add(m, "}\n");
}

static void make_belief(Maker *m, int number) {
  static const char *const spreads[] = {"beta(2, 3)", "beta(9, 1)",    "rate(2, 3)",
                                        "20%..60%",   "60%..70%..90%", "beta(1, 1)"};
  add(m, "assume x%d ~ %s\n", number, spreads[pick(m, 6)]);
}

static void make_let(Maker *m, Kind kind) {
  Variable v = {"", kind, false};
  snprintf(v.name, sizeof v.name, "h%d", m->n_globals + 1);
  add(m, "let %s = ", v.name);
  if (kind == KIND_DURATION && hits(m, 50) && pay(m, 1)) add(m, "1..2 days");
  else if (kind == KIND_DURATION) add(m, "%u days", pick(m, 3));
  else if (kind == KIND_NUMBER) add(m, "%u", pick(m, 3));
  else make_value(m, kind);
  add(m, "\n");
  m->variables[m->n_variables++] = v;
  m->n_globals++;
}

void make_declarations(Maker *m) {
  char since[11];
  date_format(m->first, since);
  add(m, "bill b1 \"A bill\" bill b2 matter m1 organization o1 organization o2\n");
  add(m, "outcome w1 \"One end\" outcome w2 office a1 office a2 court k1\n");
  add(m, "register r1 { lists o1 since %s }\n", hits(m, 50) ? "2020-02-02" : since);
  add(m, "assume q1 = %u%%\nassume q2 = if f1 then 80%% else q1\n", 10 * (2 + pick(m, 6)));
  make_belief(m, 1);
  make_belief(m, 2);
  add(m, "fact f1 ");
  if (hits(m, 20) && pay(m, 3)) {
    m->reads_belief[0] = true;
    add(m, "x1\n");
  } else {
    add(m, "%u%%\n", 10 * (1 + pick(m, 9)));
  }
  add(m, "fact f2 if b1 is enacted or today > ");
  date_format(m->first + 2, since);
  add(m, "%s then 30%% else 60%%\n", since);
  for (int i = 0; i < MAKER_CHAMBERS; i++) make_chamber(m, i);
  for (uint32_t i = pick(m, 4); i-- > 0;) make_let(m, (Kind)pick(m, KINDS));
}
