// Liveness: after each act, the columns that something still to come may read. Computed backwards over the acts; where a
// world may leave an act sideways (a failure, `succeed`, a cut by a limit) the handler's needs are added. It is a
// gen-kill problem, so a loop needs exactly two rounds; very deep nests of loops keep every column instead.
#include "runtime/plan/planner.h"

enum { PRECISE_LOOP_DEPTH = 6 };

typedef struct Flow {
  const uint64_t *fail, *succeed, *cut;  // what is live where failures, successes and cut worlds go
  uint32_t loops;
  bool is_in_else;
} Flow;

static uint64_t *bits_new(const Planner *p) {
  return ARENA_ARRAY(p->arena, uint64_t, p->plan->n_words);
}

static void bits_or(const Planner *p, uint64_t *to, const uint64_t *from) {
  for (uint32_t i = 0; from && i < p->plan->n_words; i++) to[i] |= from[i];
}

static void bits_set(uint64_t *bits, uint32_t column) {
  if (column != NO_COLUMN) bits[column / 64] |= (uint64_t)1 << (column % 64);
}

static void bits_clear(uint64_t *bits, uint32_t column) {
  if (column != NO_COLUMN) bits[column / 64] &= ~((uint64_t)1 << (column % 64));
}

static uint64_t *bits_of(const Planner *p, const uint64_t *from) {
  uint64_t *bits = bits_new(p);
  bits_or(p, bits, from);
  return bits;
}

static const uint64_t *term_reads(Planner *p, Term *term);

static void read_line(Planner *p, uint64_t *bits, uint32_t line) {
  const LinePlan *plan = &p->plan->lines.items[line];
  bits_set(bits, plan->column);
  bits_set(bits, plan->amended);
  bits_or(p, bits, term_reads(p, plan->yes));
  for (int i = 0; i < LINE_KINDS; i++) bits_or(p, bits, term_reads(p, plan->chance[i]));
}

static const uint64_t *term_reads(Planner *p, Term *term) {
  if (!term) return NULL;
  if (term->reads) return term->reads;
  uint64_t *bits = term->reads = bits_new(p);
  if (term->kind != TERM_CHANCE) bits_set(bits, term->column);
  if (term->kind == TERM_FACT) bits_or(p, bits, term_reads(p, p->plan->facts[term->index].chance));
  if (term->kind == TERM_LINE) read_line(p, bits, term->index);
  bits_or(p, bits, term_reads(p, term->a));
  bits_or(p, bits, term_reads(p, term->b));
  bits_or(p, bits, term_reads(p, term->c));
  return bits;
}

static void read_span(Planner *p, uint64_t *bits, const SpanPlan *span) {
  bits_or(p, bits, term_reads(p, span->low));
  bits_or(p, bits, term_reads(p, span->mode));
  bits_or(p, bits, term_reads(p, span->high));
}

static uint64_t *live(Planner *p, Act *act, const uint64_t *out, Flow flow);

// Where the failures of an act go: to its else, which keeps their reason for its `end`, or outward.
static const uint64_t *handle(Planner *p, Act *act, const uint64_t *out, Flow flow) {
  if (!act->otherwise) return act->live_else = bits_of(p, flow.fail);
  Flow inside = flow;
  inside.is_in_else = true;
  return act->live_else = live(p, act->otherwise, out, inside);
}

static void keep_ever(const Planner *p, const Act *act, uint64_t *bits) {
  if (act->step == NO_INDEX) return;
  for (int i = 0; i < 3; i++) bits_set(bits, p->plan->records[act->step].ever[i]);
}

static uint64_t *live_stage(Planner *p, Act *act, const uint64_t *out, Flow flow) {
  uint64_t *after = bits_of(p, out), *fail = bits_of(p, handle(p, act, out, flow));
  uint64_t *succeed = bits_of(p, flow.succeed), *cut = bits_of(p, flow.cut);
  keep_ever(p, act, after);
  keep_ever(p, act, fail);
  keep_ever(p, act, succeed);
  keep_ever(p, act, cut);
  Flow inside = {fail, succeed, cut, flow.loops, flow.is_in_else};
  uint64_t *in = live(p, act->body, after, inside);
  keep_ever(p, act, in);
  return in;
}

static uint64_t *live_limit(Planner *p, Act *act, const uint64_t *out, Flow flow) {
  Flow inside = flow;
  inside.fail = handle(p, act, out, flow);
  uint64_t *cut = bits_of(p, flow.cut);
  if (act->limit.expired) bits_or(p, cut, live(p, act->limit.expired, out, inside));
  else bits_or(p, cut, inside.fail);
  bits_set(cut, act->limit.column);
  inside.cut = cut;
  uint64_t *in = live(p, act->body, out, inside);
  bits_clear(in, act->limit.column);
  bits_or(p, in, term_reads(p, act->term));
  return in;
}

static uint64_t *live_vote(Planner *p, Act *act, const uint64_t *out, Flow flow) {
  uint64_t *in = bits_of(p, out);
  bits_or(p, in, handle(p, act, out, flow));
  const VotePlan *plan = act->vote.plan;
  bits_or(p, in, term_reads(p, plan->seats));
  for (uint32_t i = 0; i < plan->n_blocs; i++) {
    const BlocPlan *bloc = &plan->blocs[i];
    if (bloc->line != NO_INDEX) read_line(p, in, bloc->line);
    // A trial draws its lines whether they are read again or not, so that no question and no later vote changes this one.
    if (bloc->line != NO_INDEX && !p->options.is_exact)
      bits_set(act->live_out, p->plan->lines.items[bloc->line].column);
    bits_or(p, in, term_reads(p, bloc->free));
    bits_or(p, in, term_reads(p, bloc->seats));
    bits_or(p, in, term_reads(p, bloc->turnout));
    bits_or(p, in, term_reads(p, bloc->loyalty));
    bits_or(p, in, term_reads(p, bloc->abstain));
  }
  return in;
}

static uint64_t *live_choice(Planner *p, Act *act, const uint64_t *out, Flow flow) {
  uint64_t *in = bits_new(p);
  for (uint32_t i = 0; i < act->choice.n; i++) {
    OptionPlan *option = &act->choice.options[i];
    bits_or(p, in, option->act ? live(p, option->act, out, flow) : out);
  }
  for (uint32_t i = 0; i < act->choice.n; i++)
    bits_or(p, in, term_reads(p, act->choice.options[i].chance));
  return in;
}

static uint64_t *live_call(Planner *p, Act *act, const uint64_t *out, Flow flow) {
  const uint64_t *fail = handle(p, act, out, flow);
  Flow inside = {fail, out, flow.cut, flow.loops, flow.is_in_else};
  uint64_t *in = live(p, act->body, out, inside);
  bits_or(p, in, fail);
  for (uint32_t i = 0; i < act->invoke.n_requires; i++)
    bits_or(p, in, term_reads(p, act->invoke.requires[i]));
  for (uint32_t i = 0; i < act->invoke.n_args; i++) bits_clear(in, act->invoke.columns[i]);
  for (uint32_t i = 0; i < act->invoke.n_args; i++)
    bits_or(p, in, term_reads(p, act->invoke.args[i]));
  return in;
}

// What is live before the next pass: what the body needs, less the records that the pass forgets.
static void next_pass(Planner *p, const Act *act, uint64_t *back, const uint64_t *in) {
  uint64_t *kept = bits_of(p, in);
  for (uint32_t i = 0; i < act->loop.n_forget; i++) bits_clear(kept, act->loop.forget[i]);
  bits_or(p, back, kept);
}

static uint64_t *live_loop(Planner *p, Act *act, const uint64_t *out, Flow flow) {
  bool is_attempt = act->kind == ACT_ATTEMPT;
  const uint64_t *exit = is_attempt ? handle(p, act, out, flow) : out;
  uint64_t *again = bits_of(p, exit);
  bits_set(again, act->loop.column);
  if (act->loop.during) bits_or(p, again, term_reads(p, act->loop.during));
  if (act->loop.pauses) {
    read_span(p, again, &act->span);
    bits_or(p, again, flow.cut);
  }
  Flow inside = flow;
  inside.loops++;
  if (inside.loops > PRECISE_LOOP_DEPTH) {
    memset(again, 0xFF, p->plan->n_words * sizeof *again);
  } else {
    if (is_attempt) inside.fail = again;
    next_pass(p, act, again, live(p, act->body, is_attempt ? out : again, inside));
  }
  // The sets that the body was left with must be those of the full cycle.
  act->loop.live_back = again;
  if (is_attempt) inside.fail = again;
  uint64_t *in = live(p, act->body, is_attempt ? out : again, inside);
  bits_or(p, in, exit);
  bits_clear(in, act->loop.column);
  bits_or(p, in, term_reads(p, act->term));
  return in;
}

static uint64_t *live_branch(Planner *p, Act *act, const uint64_t *out, Flow flow) {
  uint64_t *then = live(p, act->branch.then, out, flow);
  uint64_t *orelse = act->branch.orelse ? live(p, act->branch.orelse, out, flow) : bits_of(p, out);
  if (act->kind == ACT_IF) {
    bits_or(p, then, orelse);
    bits_or(p, then, term_reads(p, act->term));
    return then;
  }
  Flow inside = flow;
  inside.fail = act->live_else = act->branch.negated ? then : orelse;
  return live(p, act->branch.trial, act->branch.negated ? orelse : then, inside);
}

static uint64_t *live_amend(Planner *p, Act *act, const uint64_t *out) {
  uint64_t *in = bits_of(p, out);
  for (uint32_t i = 0; !act->term && i < act->amend.n; i++) {
    bits_clear(in, p->plan->lines.items[act->amend.lines[i]].column);
  }
  bits_or(p, in, term_reads(p, act->term));
  return in;
}

static uint64_t *live_simple(Planner *p, Act *act, const uint64_t *out, Flow flow) {
  uint64_t *in = bits_of(p, act->kind == ACT_FAIL      ? flow.fail
                            : act->kind == ACT_SUCCEED ? flow.succeed
                            : act->kind == ACT_END     ? p->plan->live_at_end
                                                       : out);
  if (act->kind == ACT_END && flow.is_in_else && !p->plan->is_by_draw)
    bits_set(in, p->plan->reason_column);
  if (act->kind == ACT_WAIT) bits_or(p, in, flow.cut);
  if (act->kind == ACT_REQUIRE) bits_or(p, in, handle(p, act, out, flow));
  if (act->kind == ACT_SET) bits_clear(in, act->set.column);
  if (act->kind == ACT_LISTING) bits_clear(in, act->listing.column);
  bits_or(p, in, term_reads(p, act->term));
  read_span(p, in, &act->span);
  return in;
}

static uint64_t *live_block(Planner *p, Act *act, const uint64_t *out, Flow flow) {
  uint64_t *in = bits_of(p, out);
  for (uint32_t i = act->block.n; i-- > 0;) in = live(p, act->block.acts[i], in, flow);
  return in;
}

static uint64_t *live(Planner *p, Act *act, const uint64_t *out, Flow flow) {
  act->live_out = bits_of(p, out);
  switch (act->kind) {
    case ACT_BLOCK: return live_block(p, act, out, flow);
    case ACT_STAGE: return live_stage(p, act, out, flow);
    case ACT_LIMIT: return live_limit(p, act, out, flow);
    case ACT_VOTE: return live_vote(p, act, out, flow);
    case ACT_CHOICE: return live_choice(p, act, out, flow);
    case ACT_CALL: return live_call(p, act, out, flow);
    case ACT_ATTEMPT:
    case ACT_REPEAT: return live_loop(p, act, out, flow);
    case ACT_IF:
    case ACT_TRY: return live_branch(p, act, out, flow);
    case ACT_AMEND: return live_amend(p, act, out);
    case ACT_WAIT:
    case ACT_REQUIRE:
    case ACT_FAIL:
    case ACT_SUCCEED:
    case ACT_END:
    case ACT_SET:
    case ACT_ENACT:
    case ACT_LISTING:
    case ACT_NOTHING: return live_simple(p, act, out, flow);
  }
  return NULL;
}

void plan_live(Planner *p) {
  p->plan->n_words = (p->plan->columns.n + 63) / 64;
  uint64_t *end = p->plan->live_at_end = bits_new(p);
  bits_set(end, p->plan->outcome_column);
  bits_set(end, p->plan->draw_column);
  for (uint32_t i = 0; i < p->plan->measures.n; i++) {
    bits_or(p, end, term_reads(p, p->plan->measures.items[i].event));
    bits_or(p, end, term_reads(p, p->plan->measures.items[i].moment));
  }
  uint64_t *fail = bits_of(p, end);
  if (!p->plan->is_by_draw) bits_set(fail, p->plan->reason_column);
  Flow flow = {fail, end, end, 0, false};
  live(p, p->plan->root, end, flow);
}
