// A tree as an s-expression, for tests: (kind part part …), names bare, texts quoted, absent parts
// as "-". Whoever includes this uses dump_items.
#pragma once
#include "lang/syntax/tree.h"

typedef struct Dump {
  TextBuilder *out;
  const Tree *tree;
} Dump;

static void dump_node(Dump *d, const Node *node);

static void dump_word(Dump *d, const char *word) {
  text_addf(d->out, " %s", word);
}

static void dump_flag(Dump *d, bool is_set, const char *word) {
  if (is_set) dump_word(d, word);
}

static void dump_name(Dump *d, Name name) {
  if (name.id) text_addf(d->out, " %.*s", TEXT_ARG(names_text(d->tree->names, name.id)));
}

static void dump_text(Dump *d, Text text) {
  text_addf(d->out, " \"%.*s\"", TEXT_ARG(text));
}

static void dump_part(Dump *d, const Node *node) {
  text_add_char(d->out, ' ');
  if (node) dump_node(d, node);
  else text_add_char(d->out, '-');
}

static void dump_list(Dump *d, NodeList list) {
  for (uint32_t i = 0; i < list.n; i++) dump_part(d, list.items[i]);
}

static void dump_title(Dump *d, Title title) {
  if (title.has_text) dump_text(d, title.text);
  if (title.has_source) text_addf(d->out, " (source \"%.*s\")", TEXT_ARG(title.source));
}

static void dump_pred(Dump *d, const Pred *pred) {
  static const char *const words[] = {"passed",   "failed", "reached", "enacted",
                                      "in_force", "listed", "="};
  dump_word(d, words[pred->kind]);
  if (pred->kind == PRED_LISTED) dump_part(d, pred->reg);
  if (pred->kind == PRED_NAME) dump_name(d, pred->name);
}

static void dump_options(Dump *d, const Option *options, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    static const char *const words[] = {"option", "otherwise", "grade"};
    text_addf(d->out, " (%s", words[options[i].kind]);
    dump_name(d, options[i].label);
    if (options[i].value) dump_part(d, options[i].value);
    if (options[i].block) dump_part(d, options[i].block);
    text_add_char(d->out, ')');
  }
}

static void dump_props(Dump *d, PropList props) {
  static const char *const words[] = {"lists",   "seats",    "bloc",    "line",   "free",
                                      "loyalty", "turnout",  "abstain", "weight", "veto",
                                      "firm",    "follows",  "quorum",  "passes", "tiebreak",
                                      "sits",    "weekdays", "except",  "also",   "every"};
  for (uint32_t i = 0; i < props.n; i++) {
    const Prop *p = &props.items[i];
    text_addf(d->out, " [%s", words[p->kind]);
    if (p->bloc) {
      dump_name(d, p->bloc->name);
      dump_title(d, p->bloc->title);
      dump_props(d, p->bloc->props);
    }
    if (p->name) dump_part(d, p->name);
    if (p->value) dump_part(d, p->value);
    if (p->from) dump_part(d, p->from);
    dump_options(d, p->options, p->n_options);
    for (uint32_t day = 0; day < p->days.n; day++) dump_name(d, p->days.items[day]);
    text_add_char(d->out, ']');
  }
}

static void dump_params(Dump *d, const Param *params, uint32_t n) {
  static const char *const words[] = {"bill",   "matter", "organization", "chamber",
                                      "office", "court",  "register",     "date"};
  for (uint32_t i = 0; i < n; i++) {
    text_add(d->out, " (param");
    dump_name(d, params[i].name);
    if (params[i].type == PARAM_NAMED) dump_name(d, params[i].type_name);
    else dump_word(d, words[params[i].type]);
    text_add_char(d->out, ')');
  }
}

static void dump_share(Dump *d, const ThresholdShareNode *t) {
  static const char *const bases[] = {"seats", "present", "votes", ""};
  dump_flag(d, t->is_majority, "majority");
  dump_flag(d, t->is_all, "all");
  dump_flag(d, t->more_than, "more_than");
  text_addf(d->out, " %d/%d", (int)t->share.num, (int)t->share.den);
  if (t->base == TREE_BASE_NAME) dump_name(d, t->base_name);
  else dump_word(d, bases[t->base]);
  dump_flag(d, t->against, "against");
}

static void dump_count(Dump *d, const ThresholdCountNode *t) {
  static const char *const senses[] = {"", " at_least", " at_most"};
  static const char *const kinds[] = {"yes", "no", "abstain", "present", "absent"};
  text_addf(d->out, "%s %d %s", senses[t->sense], (int)t->count.num, kinds[t->kind]);
}

static void dump_motion(Dump *d, const MotionNode *m) {
  dump_name(d, m->name);
  dump_params(d, m->params, m->n_params);
  dump_title(d, m->title);
  if (m->by.n) text_add(d->out, " (by"), dump_list(d, m->by), text_add(d->out, ")");
  if (m->before.n) text_add(d->out, " (before"), dump_list(d, m->before), text_add(d->out, ")");
  for (uint32_t i = 0; i < m->n_requires; i++) {
    text_add(d->out, " (requires");
    dump_part(d, m->requires[i].condition);
    dump_title(d, m->requires[i].title);
    text_add_char(d->out, ')');
  }
  dump_part(d, m->block);
}

static void dump_tracks(Dump *d, const TracksNode *t) {
  for (uint32_t i = 0; i < t->n; i++) {
    text_add(d->out, " (track");
    dump_name(d, t->tracks[i].name);
    dump_title(d, t->tracks[i].title);
    dump_part(d, t->tracks[i].block);
    text_add_char(d->out, ')');
  }
  dump_part(d, t->otherwise);
}

static void dump_unit(Dump *d, const UnitNode *u) {
  static const char *const words[] = {"days",    "weeks",       "months", "years",
                                      "working", "of_calendar", "sitting"};
  dump_part(d, u->operand);
  dump_word(d, words[u->unit]);
  if (u->calendar) dump_part(d, u->calendar);
}

static void dump_date(Dump *d, Date day) {
  char text[11] = "none";
  if (day != DATE_NONE) date_format(day, text);
  dump_word(d, text);
}

static void dump_inside(Dump *d, const Node *n) {
  static const char *const stats[] = {"", " median", " mean", " earliest", " latest"};
  static const char *const declared[] = {"matter",  "outcome", "organization", "register", "bill",
                                         "chamber", "office",  "court",        "calendar"};
  static const char *const words[] = {"unanimity", "no_objection", "no_veto"};
  static const char *const assumed[] = {"=", "~", "is", "needs"};
  switch (n->kind) {
    case NODE_NUMBER:
      text_addf(d->out, " %.15g%s", n->number.number, n->number.is_percent ? "%" : "");
      break;
    case NODE_DATE: dump_date(d, n->date.day); break;
    case NODE_TEXT: dump_text(d, n->text.text); break;
    case NODE_TRUTH: dump_word(d, n->truth.truth ? "true" : "false"); break;
    case NODE_TODAY:
    case NODE_SUCCEED:
    case NODE_ERROR:
    case NODE_KINDS: break;
    case NODE_PATH:
    case NODE_THRESHOLD_NAME:
      for (uint32_t i = 0; i < n->path.n; i++) dump_name(d, n->path.parts[i]);
      break;
    case NODE_IS:
      dump_part(d, n->is.path);
      dump_flag(d, n->is.negated, "not");
      dump_pred(d, &n->is.pred);
      break;
    case NODE_BY: dump_part(d, n->by.event), dump_part(d, n->by.when); break;
    case NODE_CALL: dump_name(d, n->call.function), dump_list(d, n->call.args); break;
    case NODE_NOT:
    case NODE_NEGATE: dump_part(d, n->negation.operand); break;
    case NODE_BINARY:
      text_addf(d->out, " %s", n->binary.op == OP_IN ? "in" : value_op_text(n->binary.op));
      dump_part(d, n->binary.left), dump_part(d, n->binary.right);
      break;
    case NODE_RANGE:
      dump_part(d, n->range.low), dump_part(d, n->range.mode), dump_part(d, n->range.high);
      break;
    case NODE_UNIT: dump_unit(d, &n->unit); break;
    case NODE_IF_VALUE:
      dump_part(d, n->if_value.condition), dump_part(d, n->if_value.then),
          dump_part(d, n->if_value.otherwise);
      break;
    case NODE_CHANCE: dump_part(d, n->chance.chance); break;
    case NODE_CHANCE_OF:
    case NODE_DATE_OF:
    case NODE_STAT_OF:
      text_add(d->out, stats[n->question.stat]);
      dump_part(d, n->question.event);
      if (n->question.given) dump_part(d, n->question.given);
      break;
    case NODE_THRESHOLD_SHARE: dump_share(d, &n->threshold_share); break;
    case NODE_THRESHOLD_COUNT: dump_count(d, &n->threshold_count); break;
    case NODE_THRESHOLD_WORD: dump_word(d, words[n->threshold_word.word]); break;
    case NODE_THRESHOLD_AND:
    case NODE_THRESHOLD_OR: dump_part(d, n->pair.left), dump_part(d, n->pair.right); break;
    case NODE_BLOCK: dump_list(d, n->block.statements); break;
    case NODE_STAGE:
      dump_name(d, n->stage.name), dump_title(d, n->stage.title);
      dump_part(d, n->stage.block), dump_part(d, n->stage.otherwise);
      break;
    case NODE_WITHIN:
    case NODE_UNTIL:
      dump_part(d, n->limit.limit), dump_title(d, n->limit.title), dump_part(d, n->limit.block);
      dump_part(d, n->limit.expired), dump_part(d, n->limit.otherwise);
      break;
    case NODE_WAIT:
    case NODE_WAIT_UNTIL:
    case NODE_WAIT_SITTING: dump_part(d, n->wait.time), dump_title(d, n->wait.title); break;
    case NODE_VOTE:
      dump_part(d, n->vote.chamber), dump_part(d, n->vote.on), dump_part(d, n->vote.needs);
      dump_part(d, n->vote.quorum), dump_title(d, n->vote.title), dump_part(d, n->vote.otherwise);
      break;
    case NODE_DECIDE:
    case NODE_RULING:
      dump_part(d, n->choice.who), dump_part(d, n->choice.on), dump_title(d, n->choice.title);
      dump_options(d, n->choice.options, n->choice.n);
      break;
    case NODE_DO:
    case NODE_MOVE:
      dump_part(d, n->invoke.what);
      text_add(d->out, " ("), dump_list(d, n->invoke.args), text_add(d->out, " )");
      dump_part(d, n->invoke.by), dump_name(d, n->invoke.as), dump_part(d, n->invoke.otherwise);
      break;
    case NODE_REQUIRE:
      dump_part(d, n->require.condition), dump_title(d, n->require.title),
          dump_part(d, n->require.otherwise);
      break;
    case NODE_FAIL: dump_title(d, n->fail.title); break;
    case NODE_END: dump_part(d, n->end.outcome); break;
    case NODE_ATTEMPT:
      dump_part(d, n->attempt.times), dump_part(d, n->attempt.pausing),
          dump_part(d, n->attempt.during);
      dump_part(d, n->attempt.block), dump_part(d, n->attempt.otherwise);
      break;
    case NODE_REPEAT:
    case NODE_WHILE: dump_part(d, n->loop.control), dump_part(d, n->loop.block); break;
    case NODE_FOR:
      dump_name(d, n->each.name), dump_list(d, n->each.over), dump_part(d, n->each.block);
      break;
    case NODE_IF:
    case NODE_IF_TRIAL:
      dump_flag(d, n->branch.negated, "not");
      dump_part(d, n->branch.condition), dump_part(d, n->branch.then),
          dump_part(d, n->branch.otherwise);
      break;
    case NODE_LET:
    case NODE_LET_ITEM:
      dump_name(d, n->assign.name), dump_part(d, n->assign.value), dump_title(d, n->assign.title);
      break;
    case NODE_SET: dump_part(d, n->assign.target), dump_part(d, n->assign.value); break;
    case NODE_ENACT:
      dump_part(d, n->enact.bill), dump_part(d, n->enact.after), dump_part(d, n->enact.on);
      break;
    case NODE_AMEND: dump_part(d, n->amend.thing), dump_part(d, n->amend.chance); break;
    case NODE_LIST:
    case NODE_DELIST: dump_part(d, n->listing.organization), dump_part(d, n->listing.reg); break;
    case NODE_REPEAL: dump_part(d, n->repeal.bill); break;
    case NODE_NOTE: dump_text(d, n->note.text); break;
    case NODE_TOGETHER:
    case NODE_RACE: dump_tracks(d, &n->tracks); break;
    case NODE_CASE:
      dump_text(d, n->case_item.title), dump_part(d, n->case_item.from),
          dump_part(d, n->case_item.until);
      dump_part(d, n->case_item.block);
      break;
    case NODE_USE: dump_text(d, n->use.path); break;
    case NODE_DECLARE:
      dump_word(d, declared[n->declare.kind]), dump_name(d, n->declare.name),
          dump_title(d, n->declare.title);
      if (n->declare.has_body)
        text_add(d->out, " {"), dump_props(d, n->declare.props), text_add(d->out, " }");
      break;
    case NODE_PROCEDURE:
      dump_name(d, n->procedure.name), dump_params(d, n->procedure.params, n->procedure.n_params);
      dump_title(d, n->procedure.title), dump_part(d, n->procedure.block);
      break;
    case NODE_MOTION: dump_motion(d, &n->motion); break;
    case NODE_SCENARIO:
      dump_name(d, n->scenario.name), dump_title(d, n->scenario.title),
          dump_list(d, n->scenario.changes);
      break;
    case NODE_ASSUME:
      dump_part(d, n->assume.path), dump_word(d, assumed[n->assume.kind]);
      if (n->assume.kind == ASSUME_IS) dump_pred(d, &n->assume.pred);
      else dump_part(d, n->assume.value);
      dump_title(d, n->assume.title);
      break;
    case NODE_FACT:
      dump_name(d, n->fact.name), dump_part(d, n->fact.chance), dump_part(d, n->fact.from),
          dump_title(d, n->fact.title);
      break;
    case NODE_OBSERVE:
    case NODE_OBSERVE_UNTIL:
      dump_part(d, n->observe.event), dump_part(d, n->observe.on), dump_part(d, n->observe.odds);
      dump_title(d, n->observe.title);
      break;
    case NODE_ASK:
    case NODE_EXPECT:
    case NODE_EXPECT_NEVER:
    case NODE_EXPECT_ALWAYS: dump_part(d, n->query.claim), dump_title(d, n->query.title); break;
    case NODE_THRESHOLD_ITEM:
      dump_name(d, n->threshold_item.name), dump_part(d, n->threshold_item.threshold);
      dump_title(d, n->threshold_item.title);
      break;
  }
}

static void dump_node(Dump *d, const Node *node) {
  static const char *const names[] = {
#define KIND(constant, member) #constant,
#include "lang/syntax/kinds.def"
#undef KIND
  };
  text_addf(d->out, "(%s", names[node->kind] + sizeof "NODE_" - 1);
  dump_inside(d, node);
  text_add_char(d->out, ')');
}

static inline void dump_items(TextBuilder *out, const Tree *tree) {
  Dump d = {out, tree};
  for (uint32_t file = 0; file < tree->n_files; file++)
    for (uint32_t i = 0; i < tree->files[file].items.n; i++) {
      if (out->n) text_add_char(out, '\n');
      dump_node(&d, tree->files[file].items.items[i]);
    }
}
