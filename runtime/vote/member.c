// Members given their bloc's line. The chances are products and sums of positive terms, so that a
// small one is accurate.
#include "runtime/vote/member.h"

static void follow_side(const VoteBloc *bloc, Line side, Line other, double chance[LINE_KINDS]) {
  double stray = bloc->turnout * (1 - bloc->loyalty);
  chance[side] = bloc->turnout * bloc->loyalty;
  chance[other] = stray * (1 - bloc->abstain);
  chance[LINE_ABSTAIN] = stray * bloc->abstain;
  chance[LINE_ABSENT] = 1 - bloc->turnout;
}

static void follow_line(const VoteBloc *bloc, Line line, double chance[LINE_KINDS]) {
  switch (line) {
    case LINE_YES: follow_side(bloc, LINE_YES, LINE_NO, chance); return;
    case LINE_NO: follow_side(bloc, LINE_NO, LINE_YES, chance); return;
    case LINE_ABSTAIN:
      chance[LINE_YES] = chance[LINE_NO] = bloc->turnout * (1 - bloc->loyalty) / 2;
      chance[LINE_ABSTAIN] = bloc->turnout * bloc->loyalty;
      chance[LINE_ABSENT] = 1 - bloc->turnout;
      return;
    case LINE_ABSENT:
      chance[LINE_YES] = chance[LINE_NO] = (1 - bloc->loyalty) / 2;
      chance[LINE_ABSTAIN] = 0;
      chance[LINE_ABSENT] = bloc->loyalty;
      return;
    case LINE_KINDS: return;
  }
}

double bloc_case(const VoteBloc *bloc, uint32_t i, double chance[LINE_KINDS]) {
  if (!bloc->is_free) {
    if (bloc->line[i] > 0) follow_line(bloc, (Line)i, chance);
    return bloc->line[i];
  }
  if (i != 0) return 0;
  double votes = bloc->turnout * (1 - bloc->abstain);
  chance[LINE_YES] = votes * bloc->free_yes;
  chance[LINE_NO] = votes * (1 - bloc->free_yes);
  chance[LINE_ABSTAIN] = bloc->turnout * bloc->abstain;
  chance[LINE_ABSENT] = 1 - bloc->turnout;
  return 1;
}
