// What was expected: each claim, whether it holds, and beside it what it came to.
#include "runtime/show/claim.h"
#include "runtime/show/sections.h"

#define VERDICT_WIDTH 7  // "unknown"

static const char *verdict_color(Verdict verdict) {
  switch (verdict) {
    case VERDICT_HOLDS: return PAGE_GREEN;
    case VERDICT_FAILS: return PAGE_RED;
    case VERDICT_UNKNOWN: return PAGE_YELLOW;
  }
  return NULL;
}

static Text claim_label(const Page *page, const Answer *answer, const ExpectAnswer *expect) {
  Text claim = page_shown(page, show_query(answer->program, expect->query));
  return text_format(page->arena, "%-*s  %.*s", VERDICT_WIDTH, show_verdict(expect->verdict),
                     TEXT_ARG(claim));
}

static Text claim_values(const Page *page, const Answer *answer, const ExpectAnswer *expect) {
  return page_shown(page, show_expect_values(page->arena, answer, expect));
}

void section_claims(Page *page, const Answer *answer) {
  if (!answer->n_expects) return;
  page_heading(page, "Expected");
  uint32_t widest = 0, widest_value = 0;
  for (uint32_t i = 0; i < answer->n_expects; i++) {
    const ExpectAnswer *expect = &answer->expects[i];
    widest = page_wider(widest, text_width(claim_label(page, answer, expect)));
    widest_value = page_wider(widest_value, text_width(claim_values(page, answer, expect)));
  }
  Columns columns = page_columns(page, 2, widest, widest_value, page->width / 2);
  columns.hang = VERDICT_WIDTH + 2;  // the claim stays right of its verdict
  columns.colored = VERDICT_WIDTH;
  for (uint32_t i = 0; i < answer->n_expects; i++) {
    const ExpectAnswer *expect = &answer->expects[i];
    columns.color = verdict_color(expect->verdict);
    page_row(page, columns, claim_label(page, answer, expect), claim_values(page, answer, expect));
  }
}

void section_claim(Page *page, const Answer *answer, uint32_t index) {
  const ExpectAnswer *expect = &answer->expects[index];
  Columns columns = {.indent = 2,
                     .label = VERDICT_WIDTH,
                     .column = 2 + VERDICT_WIDTH + 2,
                     .color = verdict_color(expect->verdict)};
  Text claim = page_shown(page, show_query(answer->program, expect->query));
  Text values = claim_values(page, answer, expect);
  Text line =
      values.n ? text_format(page->arena, "%.*s: %.*s", TEXT_ARG(claim), TEXT_ARG(values)) : claim;
  page_row(page, columns, text_of(show_verdict(expect->verdict)), line);
}
