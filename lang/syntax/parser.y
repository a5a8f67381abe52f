// The grammar of legis. It is LALR(1) without a conflict; actions only build nodes. FIELD is a dot
// directly followed by a word, reserved or not: ".line", ".passed". The %token lines below are the
// one list of the words of the language: the lexer knows a keyword by its spelling here, and
// messages name tokens by it.
//
// The parser is pushed one token at a time. Who pushes (feed.c) asks `parser_accepts` first, and
// tells and repairs mistakes itself; only what cannot be repaired reaches the `error` rules, which
// take up again at the next item, statement, property, option or track behind the token RESUME,
// which no text contains; neither does STEPS, which stands before the block of an item whose
// beginning was not understood.
%code requires {
#include "lang/syntax/nodes.h"
}
%code provides {
#define PARSER_FIRST_WORD T_ALSO
#define PARSER_LAST_WORD T_MATTER

// Whether the token may come next. Asking changes nothing.
bool parser_accepts(parser_pstate *parser, int token);
// Which tokens may come next, at most n of them; how many were put.
int parser_expected(parser_pstate *parser, int *tokens, int n);
const char *parser_token_text(int token);  // its spelling, or "a name", "a number", …
}
%code {
#include <stdlib.h>

// A tree deeper than NODE_MAX_DEPTH is refused anyway; rules that nest take fewer than twenty
// symbols a level.
#define YYMAXDEPTH 20000

// From the first symbol that is not empty to the last.
#define YYLLOC_DEFAULT(current, rhs, n)                                                           \
  do {                                                                                            \
    int first_ = 1;                                                                               \
    while (first_ < (n) && YYRHSLOC(rhs, first_).from == YYRHSLOC(rhs, first_).to) first_++;      \
    (current).from = (n) ? YYRHSLOC(rhs, first_).from : YYRHSLOC(rhs, 0).to;                      \
    (current).to = YYRHSLOC(rhs, n).to;                                                           \
  } while (0)

#define PROP(at, kind_, ...) ((Prop){.kind = PROP_##kind_, .span = (at), ##__VA_ARGS__})

static int parser_error(const Span *at, Builder *b, const char *message);

}

%define api.pure full
%define api.push-pull push
%define api.prefix {parser_}
%define api.token.prefix {T_}
%define api.symbol.prefix {S_}
%define api.value.type union
%define api.location.type {Span}
%define parse.lac full
%define parse.error custom
%locations
%expect 0
%param {Builder *b}

%token END_OF_FILE 0 "the end of the text"
%token RESUME "the next statement" STEPS "steps of what was not understood"
%token <Text> STRING "a text" NUMBER "a number" PERCENT "a percentage" DATE "a date"
%token <Name> IDENT "a name" FIELD "a field"
%token '=' "=" '-' "-" '*' "*" '/' "/"
%token DOTDOT ".." NE "!=" LE "<=" GE ">="
%token <Name> ALSO "also" CASE "case" FROM "from" UNTIL "until" DO "do" ELSE "else" MOVE "move"
  BY "by" BEFORE "before" REQUIRES "requires" REQUIRE "require" END "end" OUTCOME "outcome"
  ORGANIZATION "organization" REGISTER "register" LISTS "lists" SINCE "since" BILL "bill"
  CHAMBER "chamber" OFFICE "office" COURT "court" BLOC "bloc" MOTION "motion" PROCEDURE "procedure"
  STAGE "stage" WAIT "wait" WITHIN "within" VOTE "vote" ON "on" NEEDS "needs" OF "of" AND "and"
  OR "or" NOT "not" DECIDE "decide" RULING "ruling" CHANCE "chance" OTHERWISE "otherwise"
  ENACT "enact" IN "in" FORCE "force" AFTER "after" AMEND "amend" LIST "list" DELIST "delist"
  FAIL "fail" SUCCEED "succeed" ATTEMPT "attempt" UP "up" TO "to" TIMES "times" PAUSING "pausing"
  REPEAT "repeat" WHILE "while" FOR "for" EACH "each" IF "if" THEN "then" LET "let" SET "set"
  NOTE "note" TOGETHER "together" RACE "race" TRACK "track" ASSUME "assume" FACT "fact"
  SCENARIO "scenario" OBSERVE "observe" ASK "ask" EXPECT "expect" GIVEN "given" DATEOF "date"
  MEDIAN "median" MEAN "mean" EARLIEST "earliest" LATEST "latest" NEVER "never" ALWAYS "always"
  EXPIRED "expired" FIRM "firm" SOURCE "source" IS "is" TRUE "true" FALSE "false" TODAY "today"
  USE "use" AS "as" CALENDAR "calendar" NEXT "next" SITTING "sitting" WORKING "working"
  WEEKDAYS "weekdays" EXCEPT "except" SITS "sits" SEATS "seats" LINE "line" FREE "free"
  LOYALTY "loyalty" TURNOUT "turnout" ABSTAIN "abstain" WEIGHT "weight" VETO "veto" QUORUM "quorum"
  TIEBREAK "tiebreak" PASSES "passes" MAJORITY "majority" ALL "all" MORE "more" THAN "than" AT "at"
  LEAST "least" MOST "most" PRESENT "present" VOTES "votes" YES "yes" NO "no" ABSENT "absent"
  OBJECTION "objection" UNANIMITY "unanimity" PASSED "passed" FAILED "failed" REACHED "reached"
  ENACTED "enacted" LISTED "listed" DAYS "days" WEEKS "weeks" MONTHS "months" YEARS "years"
  FOLLOWS "follows" AGAINST "against" REPEAL "repeal" ODDS "odds" EVERY "every"
  THRESHOLD "threshold" MATTER "matter"

// In a motion a mistake before its first step makes the clauses anew instead of ending them.
%precedence CLAUSES_END
%precedence error

%type <Node *> item use case decl procedure motion scenario change assumption assign fact
  observation query expect let block stmt else_opt expired_opt else_if trial1 needs_opt quorum_opt
  on_opt odds_opt by_opt while_opt pausing_opt block_opt threshold tand tatom path ref expr or and
  not cmp range sum term unary postfix primary happening when event given_opt
%type <NodeVec> stmts changes args arglist
%type <NameVec> daylist namelist by_clause before_clause parts
%type <RequirementVec> requirements
%type <Clauses> clauses
%type <Name> name soft label kwname as_opt
%type <Title> title
%type <DeclareKind> kind
%type <OptionalBody> body_opt
%type <PropVec> props
%type <Prop> prop
%type <ParamVec> params paramlist
%type <Param> param type
%type <Trial> trial
%type <WhenForce> force_opt
%type <TrackVec> fork tracks
%type <Track> track
%type <OptionVec> options optionlist
%type <Option> option
%type <BaseRef> base
%type <CountKind> vkind
%type <Rational> share
%type <Stat> stat_opt stat
%type <UnitRef> unit
%type <Pred> pred
%%
file: %empty | file item { vec_push(b->arena, &b->items, $2); } ;

item: "threshold" name '=' threshold title
      { $$ = NODE(@$, THRESHOLD_ITEM, threshold_item, .name = $2, .threshold = $4, .title = $5); }
    | case | use | decl | procedure | motion | scenario | query | assumption | fact | observation
    | let
    | STEPS block { $$ = NODE(@$, PROCEDURE, procedure, .block = $2); }
    | error RESUME { yyerrok; node_give_up(b, @1); $$ = node_error(b, @$); }
    ;

use: "use" STRING { $$ = NODE(@$, USE, use, .path = $2, .path_span = @2); } ;

case: "case" STRING "from" expr "until" expr block
      { $$ = NODE(@$, CASE, case_item, .title = $2, .from = $4, .until = $6, .block = $7); }
    ;

title: %empty { $$ = (Title){.span = @$}; }
    | STRING { $$ = (Title){.text = $1, .has_text = true, .span = @$}; }
    | "source" STRING { $$ = (Title){.source = $2, .has_source = true, .span = @$}; }
    | STRING "source" STRING
      { $$ = (Title){.text = $1, .source = $3, .has_text = true, .has_source = true, .span = @$}; }
    ;

decl: kind name title body_opt
      { $$ = NODE(@$, DECLARE, declare, .kind = $1, .name = $2, .title = $3,
                  .props = node_props($4.props), .has_body = $4.has_body); }
    ;
kind: "matter" { $$ = DECLARE_MATTER; }
    | "outcome" { $$ = DECLARE_OUTCOME; }
    | "organization" { $$ = DECLARE_ORGANIZATION; }
    | "register" { $$ = DECLARE_REGISTER; }
    | "bill" { $$ = DECLARE_BILL; }
    | "chamber" { $$ = DECLARE_CHAMBER; }
    | "office" { $$ = DECLARE_OFFICE; }
    | "court" { $$ = DECLARE_COURT; }
    | "calendar" { $$ = DECLARE_CALENDAR; }
    ;
body_opt: %empty { $$ = (OptionalBody){.has_body = false}; }
    | '{' props '}' { $$ = (OptionalBody){$2, true}; }
    ;
props: %empty { $$ = (PropVec){0}; }
    | props prop { $$ = $1; vec_push(b->arena, &$$, $2); }
    | props error RESUME { yyerrok; node_give_up(b, @2); $$ = $1; $$.is_partial = true; }
    ;
prop: "lists" ref "since" expr { $$ = PROP(@$, LISTS, .name = $2, .value = $4); }
    | "seats" expr { $$ = PROP(@$, SEATS, .value = $2); }
    | "bloc" name title body_opt { $$ = PROP(@$, BLOC, .bloc = bloc_make(b, $2, $3, $4.props)); }
    | "line" expr { $$ = PROP(@$, LINE, .value = $2); }
    | "line" options { $$ = PROP(@$, LINE, .options = $2.items, .n_options = $2.n); }
    | "line" "on" ref expr { $$ = PROP(@$, LINE, .name = $3, .value = $4); }
    | "line" "on" ref options
      { $$ = PROP(@$, LINE, .name = $3, .options = $4.items, .n_options = $4.n); }
    | "free" expr { $$ = PROP(@$, FREE, .value = $2); }
    | "free" "on" ref expr { $$ = PROP(@$, FREE, .name = $3, .value = $4); }
    | "loyalty" expr { $$ = PROP(@$, LOYALTY, .value = $2); }
    | "turnout" expr { $$ = PROP(@$, TURNOUT, .value = $2); }
    | "abstain" expr { $$ = PROP(@$, ABSTAIN, .value = $2); }
    | "weight" ref expr { $$ = PROP(@$, WEIGHT, .name = $2, .value = $3); }
    | "veto" { $$ = PROP(@$, VETO); }
    | "firm" { $$ = PROP(@$, FIRM); }
    | "follows" path expr { $$ = PROP(@$, FOLLOWS, .name = $2, .value = $3); }
    | "quorum" threshold { $$ = PROP(@$, QUORUM, .value = $2); }
    | "passes" "by" threshold { $$ = PROP(@$, PASSES, .value = $3); }
    | "tiebreak" expr { $$ = PROP(@$, TIEBREAK, .value = $2); }
    | "sits" ref { $$ = PROP(@$, SITS, .name = $2); }
    | "weekdays" daylist { $$ = PROP(@$, WEEKDAYS, .days = {$2.items, $2.n}); }
    | "except" expr { $$ = PROP(@$, EXCEPT, .value = $2); }
    | "also" expr { $$ = PROP(@$, ALSO, .value = $2); }
    | "every" expr "from" expr { $$ = PROP(@$, EVERY, .value = $2, .from = $4); }
    ;
daylist: IDENT { $$ = (NameVec){0}; vec_push(b->arena, &$$, $1); }
    | daylist IDENT { $$ = $1; vec_push(b->arena, &$$, $2); }
    ;

procedure: "procedure" name params title block
      { $$ = NODE(@$, PROCEDURE, procedure, .name = $2, .params = $3.items, .n_params = $3.n,
                  .title = $4, .block = $5); }
    ;
params: %empty { $$ = (ParamVec){0}; }
    | '(' ')' { $$ = (ParamVec){0}; }
    | '(' paramlist ')' { $$ = $2; }
    ;
paramlist: param { $$ = (ParamVec){0}; vec_push(b->arena, &$$, $1); }
    | paramlist ',' param { $$ = $1; vec_push(b->arena, &$$, $3); }
    ;
param: name ':' type { $$ = $3; $$.name = $1; } ;
type: "bill" { $$ = (Param){.type = PARAM_BILL}; }
    | "matter" { $$ = (Param){.type = PARAM_MATTER}; }
    | "organization" { $$ = (Param){.type = PARAM_ORGANIZATION}; }
    | "chamber" { $$ = (Param){.type = PARAM_CHAMBER}; }
    | "office" { $$ = (Param){.type = PARAM_OFFICE}; }
    | "court" { $$ = (Param){.type = PARAM_COURT}; }
    | "register" { $$ = (Param){.type = PARAM_REGISTER}; }
    | "date" { $$ = (Param){.type = PARAM_DATE}; }
    | IDENT { $$ = (Param){.type = PARAM_NAMED, .type_name = $1}; }
    ;

motion: "motion" name params title '{' clauses stmts '}'
      { Node *block = NODE(((Span){@5.from, @8.to}), BLOCK, block, .statements = node_list($7));
        $$ = node_motion(b, @$, $2, $3, $4, $6, block); }
    ;
clauses: by_clause before_clause requirements
      { $$ = (Clauses){node_names(b, $1), node_names(b, $2), $3}; }
    ;
by_clause: %empty %prec CLAUSES_END { $$ = (NameVec){0}; }
    | "by" namelist { $$ = $2; }
    | error RESUME { yyerrok; node_give_up(b, @1); $$ = (NameVec){0}; }
    ;
before_clause: %empty { $$ = (NameVec){0}; }
    | "before" namelist { $$ = $2; }
    ;
requirements: %empty { $$ = (RequirementVec){0}; }
    | requirements "requires" expr title
      { Requirement requirement = {$3, $4};
        $$ = $1; vec_push(b->arena, &$$, requirement); }
    ;
namelist: name { $$ = (NameVec){0}; vec_push(b->arena, &$$, $1); }
    | namelist ',' name { $$ = $1; vec_push(b->arena, &$$, $3); }
    ;

scenario: "scenario" name title '{' changes '}'
      { $$ = NODE(@$, SCENARIO, scenario, .name = $2, .title = $3, .changes = node_list($5)); }
    ;
changes: %empty { $$ = (NodeVec){0}; }
    | changes change { $$ = $1; vec_push(b->arena, &$$, $2); }
    | changes error RESUME
      { yyerrok; node_give_up(b, @2); $$ = $1; vec_push(b->arena, &$$, node_error(b, @2)); }
    ;
change: assumption | observation | query ;

assumption: "assume" assign title { $$ = $2; $$->span = @$; $$->assume.title = $3; } ;
assign: path '=' expr
      { $$ = NODE(@$, ASSUME, assume, .kind = ASSUME_VALUE, .path = $1, .value = $3); }
    | path '~' expr
      { $$ = NODE(@$, ASSUME, assume, .kind = ASSUME_SPREAD, .path = $1, .value = $3); }
    | path "is" pred { $$ = NODE(@$, ASSUME, assume, .kind = ASSUME_IS, .path = $1, .pred = $3); }
    | path "needs" threshold
      { $$ = NODE(@$, ASSUME, assume, .kind = ASSUME_NEEDS, .path = $1, .value = $3); }
    ;
fact: "fact" name expr title { $$ = NODE(@$, FACT, fact, .name = $2, .chance = $3, .title = $4); }
    | "fact" name expr "from" expr title
      { $$ = NODE(@$, FACT, fact, .name = $2, .chance = $3, .from = $5, .title = $6); }
    ;
observation: "observe" expr on_opt odds_opt title
      { $$ = NODE(@$, OBSERVE, observe, .event = $2, .on = $3, .odds = $4, .title = $5); }
    | "observe" "until" expr title
      { $$ = NODE(@$, OBSERVE_UNTIL, observe, .event = $3, .title = $4); }
    ;
odds_opt: %empty { $$ = NULL; } | "odds" expr { $$ = $2; } ;
on_opt: %empty { $$ = NULL; } | "on" expr { $$ = $2; } ;
query: "ask" expr title { $$ = NODE(@$, ASK, query, .claim = $2, .title = $3); }
    | "expect" expect title { $$ = $2; $$->span = @$; $$->query.title = $3; }
    ;
expect: "never" expr { $$ = NODE(@$, EXPECT_NEVER, query, .claim = $2); }
    | "always" expr { $$ = NODE(@$, EXPECT_ALWAYS, query, .claim = $2); }
    | expr { $$ = NODE(@$, EXPECT, query, .claim = $1); }
    ;
let: "let" name '=' expr title
      { $$ = NODE(@$, LET_ITEM, assign, .name = $2, .value = $4, .title = $5); }
    ;

block: '{' stmts '}' { $$ = NODE(@$, BLOCK, block, .statements = node_list($2)); } ;
stmts: %empty { $$ = (NodeVec){0}; }
    | stmts stmt { $$ = $1; vec_push(b->arena, &$$, $2); }
    | stmts error RESUME
      { yyerrok; node_give_up(b, @2); $$ = $1; vec_push(b->arena, &$$, node_error(b, @2)); }
    ;
else_opt: %empty { $$ = NULL; } | "else" stmt { $$ = $2; } ;
expired_opt: %empty { $$ = NULL; } | "expired" block { $$ = $2; } ;
stmt: block
    | "stage" name title block else_opt
      { $$ = NODE(@$, STAGE, stage, .name = $2, .title = $3, .block = $4, .otherwise = $5); }
    | "within" expr title block expired_opt else_opt
      { $$ = NODE(@$, WITHIN, limit, .limit = $2, .title = $3, .block = $4, .expired = $5,
                  .otherwise = $6); }
    | "until" expr title block expired_opt else_opt
      { $$ = NODE(@$, UNTIL, limit, .limit = $2, .title = $3, .block = $4, .expired = $5,
                  .otherwise = $6); }
    | "wait" expr title { $$ = NODE(@$, WAIT, wait, .time = $2, .title = $3); }
    | "wait" "until" expr title { $$ = NODE(@$, WAIT_UNTIL, wait, .time = $3, .title = $4); }
    | "wait" "until" "next" "sitting" "of" ref { $$ = NODE(@$, WAIT_SITTING, wait, .time = $6); }
    | "vote" ref "on" expr needs_opt quorum_opt title else_opt
      { $$ = NODE(@$, VOTE, vote, .chamber = $2, .on = $4, .needs = $5, .quorum = $6, .title = $7,
                  .otherwise = $8); }
    | "decide" title options
      { $$ = NODE(@$, DECIDE, choice, .title = $2, .options = $3.items, .n = $3.n); }
    | "decide" ref on_opt title options
      { $$ = NODE(@$, DECIDE, choice, .who = $2, .on = $3, .title = $4, .options = $5.items,
                  .n = $5.n); }
    | "ruling" ref "on" expr title options
      { $$ = NODE(@$, RULING, choice, .who = $2, .on = $4, .title = $5, .options = $6.items,
                  .n = $6.n); }
    | "do" ref args as_opt else_opt
      { $$ = NODE(@$, DO, invoke, .what = $2, .args = node_list($3), .as = $4, .otherwise = $5); }
    | "move" ref args by_opt as_opt else_opt
      { $$ = NODE(@$, MOVE, invoke, .what = $2, .args = node_list($3), .by = $4, .as = $5,
                  .otherwise = $6); }
    | "require" expr title else_opt
      { $$ = NODE(@$, REQUIRE, require, .condition = $2, .title = $3, .otherwise = $4); }
    | "fail" title { $$ = NODE(@$, FAIL, fail, .title = $2); }
    | "succeed" { $$ = NODE(@$, SUCCEED, empty, 0); }
    | "end" ref { $$ = NODE(@$, END, end, .outcome = $2); }
    | "attempt" "up" "to" expr "times" pausing_opt while_opt block else_opt
      { $$ = NODE(@$, ATTEMPT, attempt, .times = $4, .pausing = $6, .during = $7, .block = $8,
                  .otherwise = $9); }
    | "repeat" expr "times" block { $$ = NODE(@$, REPEAT, loop, .control = $2, .block = $4); }
    | "while" expr block { $$ = NODE(@$, WHILE, loop, .control = $2, .block = $3); }
    | "for" "each" name "in" namelist block
      { $$ = NODE(@$, FOR, each, .name = $3, .over = node_names(b, $5), .block = $6); }
    | "if" expr block else_if
      { $$ = NODE(@$, IF, branch, .condition = $2, .then = $3, .otherwise = $4); }
    | "if" trial block else_if
      { $$ = NODE(@$, IF_TRIAL, branch, .condition = $2.step, .negated = $2.negated, .then = $3,
                  .otherwise = $4); }
    | "let" name '=' expr { $$ = NODE(@$, LET, assign, .name = $2, .value = $4); }
    | "set" path '=' expr { $$ = NODE(@$, SET, assign, .target = $2, .value = $4); }
    | "enact" path force_opt
      { $$ = NODE(@$, ENACT, enact, .bill = $2, .after = $3.after, .on = $3.on); }
    | "amend" path { $$ = NODE(@$, AMEND, amend, .thing = $2); }
    | "amend" path "by" expr { $$ = NODE(@$, AMEND, amend, .thing = $2, .chance = $4); }
    | "list" expr "on" ref { $$ = NODE(@$, LIST, listing, .organization = $2, .reg = $4); }
    | "delist" expr "from" ref { $$ = NODE(@$, DELIST, listing, .organization = $2, .reg = $4); }
    | "note" STRING { $$ = NODE(@$, NOTE, note, .text = $2); }
    | "repeal" expr { $$ = NODE(@$, REPEAL, repeal, .bill = $2); }
    | "together" fork else_opt
      { $$ = NODE(@$, TOGETHER, tracks, .tracks = $2.items, .n = $2.n, .otherwise = $3); }
    | "race" fork else_opt
      { $$ = NODE(@$, RACE, tracks, .tracks = $2.items, .n = $2.n, .otherwise = $3); }
    ;
else_if: %empty { $$ = NULL; }
    | "else" block { $$ = $2; }
    | "else" "if" expr block else_if
      { $$ = NODE(((Span){@2.from, @$.to}), IF, branch, .condition = $3, .then = $4,
                  .otherwise = $5); }
    | "else" "if" trial block else_if
      { $$ = NODE(((Span){@2.from, @$.to}), IF_TRIAL, branch, .condition = $3.step,
                  .negated = $3.negated, .then = $4, .otherwise = $5); }
    ;
trial: trial1 { $$ = (Trial){$1, false}; } | "not" trial1 { $$ = (Trial){$2, true}; } ;
trial1: "vote" ref "on" expr needs_opt quorum_opt
      { $$ = NODE(@$, VOTE, vote, .chamber = $2, .on = $4, .needs = $5, .quorum = $6); }
    | "do" ref args as_opt
      { $$ = NODE(@$, DO, invoke, .what = $2, .args = node_list($3), .as = $4); }
    | "move" ref args by_opt as_opt
      { $$ = NODE(@$, MOVE, invoke, .what = $2, .args = node_list($3), .by = $4, .as = $5); }
    ;
needs_opt: %empty { $$ = NULL; } | "needs" threshold { $$ = $2; } ;
quorum_opt: %empty { $$ = NULL; } | "quorum" threshold { $$ = $2; } ;
as_opt: %empty { $$ = (Name){0}; } | "as" name { $$ = $2; } ;
by_opt: %empty { $$ = NULL; } | "by" ref { $$ = $2; } ;
while_opt: %empty { $$ = NULL; } | "while" expr { $$ = $2; } ;
pausing_opt: %empty { $$ = NULL; } | "pausing" expr { $$ = $2; } ;
force_opt: %empty { $$ = (WhenForce){NULL, NULL}; }
    | "in" "force" "after" expr { $$ = (WhenForce){.after = $4}; }
    | "in" "force" "on" expr { $$ = (WhenForce){.on = $4}; }
    ;
fork: '{' tracks '}' { $$ = $2; } ;
tracks: track { $$ = (TrackVec){0}; vec_push(b->arena, &$$, $1); }
    | tracks track { $$ = $1; vec_push(b->arena, &$$, $2); }
    ;
track: "track" name title block { $$ = (Track){$2, $3, $4}; }
    | error RESUME { yyerrok; node_give_up(b, @1); $$ = (Track){.block = node_error(b, @$)}; }
    ;
options: '{' optionlist '}' { $$ = $2; } ;
optionlist: option { $$ = (OptionVec){0}; vec_push(b->arena, &$$, $1); }
    | optionlist option { $$ = $1; vec_push(b->arena, &$$, $2); }
    ;
option: label ':' expr block_opt
      { $$ = (Option){.label = $1, .kind = OPTION_CHANCE, .value = $3, .block = $4, .span = @$}; }
    | label ':' "otherwise" block_opt
      { $$ = (Option){.label = $1, .kind = OPTION_OTHERWISE, .block = $4, .span = @$}; }
    | label ':' "needs" threshold block_opt
      { $$ = (Option){.label = $1, .kind = OPTION_NEEDS, .value = $4, .block = $5, .span = @$}; }
    | error RESUME
      { yyerrok; node_give_up(b, @1);
        $$ = (Option){.kind = OPTION_CHANCE, .value = node_error(b, @$), .span = @$}; }
    ;
block_opt: %empty { $$ = NULL; } | block ;
label: name | kwname ;
kwname: "amend" | "list" | "delist" | "end" | "fail" | "move" | "note" | "repeat" | "require"
    | "succeed" | "wait" | "vote" | "enact" | "set"
    ;
args: %empty { $$ = (NodeVec){0}; }
    | '(' ')' { $$ = (NodeVec){0}; }
    | '(' arglist ')' { $$ = $2; }
    ;
arglist: expr { $$ = (NodeVec){0}; vec_push(b->arena, &$$, $1); }
    | arglist ',' expr { $$ = $1; vec_push(b->arena, &$$, $3); }
    ;

threshold: tand
    | threshold "or" tand { $$ = NODE(@$, THRESHOLD_OR, pair, .left = $1, .right = $3); }
    ;
tand: tatom | tand "and" tatom { $$ = NODE(@$, THRESHOLD_AND, pair, .left = $1, .right = $3); } ;
tatom: IDENT { $$ = node_ref(b, $1); $$->kind = NODE_THRESHOLD_NAME; }
    | "majority" "of" base { $$ = node_majority(b, @$, $3, false); }
    | "majority" "of" base "against" { $$ = node_majority(b, @$, $3, true); }
    | "all" "of" base { $$ = node_all(b, @$, $3); }
    | share "of" base { $$ = node_share(b, @$, $1, $3, false, false); }
    | share "of" base "against" { $$ = node_share(b, @$, $1, $3, false, true); }
    | "more" "than" share "of" base { $$ = node_share(b, @$, $3, $5, true, false); }
    | "more" "than" share "of" base "against" { $$ = node_share(b, @$, $3, $5, true, true); }
    | "majority" { $$ = node_baseless(b, @$, rational_of(1, 2), false); }
    | share { $$ = node_baseless(b, @$, $1, false); }
    | "more" "than" share { $$ = node_baseless(b, @$, $3, true); }
    | NUMBER vkind { $$ = node_count(b, @$, COUNT_PLAIN, $1, $2); }
    | "at" "least" NUMBER vkind { $$ = node_count(b, @$, COUNT_AT_LEAST, $3, $4); }
    | "at" "most" NUMBER vkind { $$ = node_count(b, @$, COUNT_AT_MOST, $3, $4); }
    | "no" "veto" { $$ = NODE(@$, THRESHOLD_WORD, threshold_word, .word = WORD_NO_VETO); }
    | "no" "objection" { $$ = NODE(@$, THRESHOLD_WORD, threshold_word, .word = WORD_NO_OBJECTION); }
    | "unanimity" { $$ = NODE(@$, THRESHOLD_WORD, threshold_word, .word = WORD_UNANIMITY); }
    | '(' threshold ')' { $$ = $2; }
    ;
share: PERCENT { $$ = rational_parse($1, true); }
    | NUMBER '/' NUMBER { $$ = share_of_quotient(b, @$, $1, $3); }
    ;
base: "seats" { $$ = (BaseRef){.kind = TREE_BASE_SEATS}; }
    | "present" { $$ = (BaseRef){.kind = TREE_BASE_PRESENT}; }
    | "votes" { $$ = (BaseRef){.kind = TREE_BASE_VOTES}; }
    | IDENT { $$ = (BaseRef){.kind = TREE_BASE_NAME, .name = $1}; }
    ;
vkind: "yes" { $$ = COUNT_YES; }
    | "no" { $$ = COUNT_NO; }
    | "abstain" { $$ = COUNT_ABSTAIN; }
    | "present" { $$ = COUNT_PRESENT; }
    | "absent" { $$ = COUNT_ABSENT; }
    ;

path: parts { $$ = NODE(@$, PATH, path, .parts = $1.items, .n = $1.n); } ;
parts: name { $$ = (NameVec){0}; vec_push(b->arena, &$$, $1); }
    | parts FIELD { $$ = $1; vec_push(b->arena, &$$, $2); }
    ;
ref: name { $$ = node_ref(b, $1); } ;
name: IDENT | soft ;
soft: "objection" | "sits" | "lists" | "since" | "times" | "passes" | "unanimity" | "expired"
    | "tiebreak" | "all" | "majority" | "most" | "least" | "before" | "after" | "track" | "veto"
    | "firm" | "abstain" | "line" | "free" | "weight" | "seats" | "loyalty" | "turnout" | "quorum"
    | "yes" | "no" | "absent" | "present" | "votes" | "median" | "mean" | "earliest" | "latest"
    ;

expr: or
    | "if" expr "then" expr "else" expr
      { $$ = NODE(@$, IF_VALUE, if_value, .condition = $2, .then = $4, .otherwise = $6); }
    ;
or: and | or "or" and { $$ = node_binary(b, @$, OP_OR, $1, $3, @2); } ;
and: not | and "and" not { $$ = node_binary(b, @$, OP_AND, $1, $3, @2); } ;
not: cmp | "not" not { $$ = NODE(@$, NOT, negation, .operand = $2); } ;
cmp: range
    | range '=' range { $$ = node_binary(b, @$, OP_EQ, $1, $3, @2); }
    | range "!=" range { $$ = node_binary(b, @$, OP_NE, $1, $3, @2); }
    | range '<' range { $$ = node_binary(b, @$, OP_LT, $1, $3, @2); }
    | range "<=" range { $$ = node_binary(b, @$, OP_LE, $1, $3, @2); }
    | range '>' range { $$ = node_binary(b, @$, OP_GT, $1, $3, @2); }
    | range ">=" range { $$ = node_binary(b, @$, OP_GE, $1, $3, @2); }
    | range "in" range { $$ = node_binary(b, @$, OP_IN, $1, $3, @2); }
    ;
range: sum
    | sum ".." sum { $$ = NODE(@$, RANGE, range, .low = $1, .high = $3); }
    | sum ".." sum ".." sum { $$ = NODE(@$, RANGE, range, .low = $1, .mode = $3, .high = $5); }
    ;
sum: term
    | sum '+' term { $$ = node_binary(b, @$, OP_ADD, $1, $3, @2); }
    | sum '-' term { $$ = node_binary(b, @$, OP_SUB, $1, $3, @2); }
    ;
term: unary
    | term '*' unary { $$ = node_binary(b, @$, OP_MUL, $1, $3, @2); }
    | term '/' unary { $$ = node_binary(b, @$, OP_DIV, $1, $3, @2); }
    ;
unary: postfix | '-' unary { $$ = NODE(@$, NEGATE, negation, .operand = $2); } ;
postfix: primary
    | primary unit
      { $$ = NODE(@$, UNIT, unit, .operand = $1, .unit = $2.unit, .calendar = $2.calendar); }
    ;
primary: NUMBER { $$ = node_number(b, @$, $1, false); }
    | PERCENT { $$ = node_number(b, @$, $1, true); }
    | DATE { $$ = node_date(b, @$, $1); }
    | STRING { $$ = NODE(@$, TEXT, text, .text = $1); }
    | "true" { $$ = NODE(@$, TRUTH, truth, .truth = true); }
    | "false" { $$ = NODE(@$, TRUTH, truth, .truth = false); }
    | "today" { $$ = NODE(@$, TODAY, today, 0); }
    | happening
    | IDENT '(' arglist ')' { $$ = NODE(@$, CALL, call, .function = $1, .args = node_list($3)); }
    | '(' expr ')' { $$ = $2; }
    | '(' expr ')' "by" when { $$ = NODE(@$, BY, by, .event = $2, .when = $5); }
    | "chance" primary { $$ = NODE(@$, CHANCE, chance, .chance = $2); }
    | "chance" "of" event given_opt
      { $$ = NODE(@$, CHANCE_OF, question, .event = $3, .given = $4); }
    | stat_opt "date" "of" event given_opt
      { $$ = NODE(@$, DATE_OF, question, .stat = $1, .event = $4, .given = $5); }
    | stat "of" path given_opt
      { $$ = NODE(@$, STAT_OF, question, .stat = $1, .event = $3, .given = $4); }
    ;
happening: path
    | path "by" when { $$ = NODE(@$, BY, by, .event = $1, .when = $3); }
    | path "is" pred { $$ = node_is(b, @$, $1, $3, false, NULL); }
    | path "is" pred "by" when { $$ = node_is(b, @$, $1, $3, false, $5); }
    | path "is" "not" pred { $$ = node_is(b, @$, $1, $4, true, NULL); }
    | path "is" "not" pred "by" when { $$ = node_is(b, @$, $1, $4, true, $6); }
    ;
when: DATE { $$ = node_date(b, @$, $1); } | path | '(' expr ')' { $$ = $2; } ;
event: happening
    | '(' expr ')' { $$ = $2; }
    | '(' expr ')' "by" when { $$ = NODE(@$, BY, by, .event = $2, .when = $5); }
    | "not" event { $$ = NODE(@$, NOT, negation, .operand = $2); }
    ;
given_opt: %empty { $$ = NULL; } | "given" event { $$ = $2; } ;
stat_opt: %empty { $$ = STAT_NONE; } | stat ;
stat: "median" { $$ = STAT_MEDIAN; }
    | "mean" { $$ = STAT_MEAN; }
    | "earliest" { $$ = STAT_EARLIEST; }
    | "latest" { $$ = STAT_LATEST; }
    ;
unit: "days" { $$ = (UnitRef){.unit = UNIT_DAYS}; }
    | "days" "of" ref { $$ = (UnitRef){UNIT_CALENDAR_DAYS, $3}; }
    | "weeks" { $$ = (UnitRef){.unit = UNIT_WEEKS}; }
    | "months" { $$ = (UnitRef){.unit = UNIT_MONTHS}; }
    | "years" { $$ = (UnitRef){.unit = UNIT_YEARS}; }
    | "working" "days" { $$ = (UnitRef){.unit = UNIT_WORKING_DAYS}; }
    | "sitting" "days" "of" ref { $$ = (UnitRef){UNIT_SITTING_DAYS, $4}; }
    ;
pred: kwname { $$ = (Pred){.kind = PRED_NAME, .name = $1, .span = @$}; }
    | "passed" { $$ = (Pred){.kind = PRED_PASSED, .span = @$}; }
    | "failed" { $$ = (Pred){.kind = PRED_FAILED, .span = @$}; }
    | "reached" { $$ = (Pred){.kind = PRED_REACHED, .span = @$}; }
    | "enacted" { $$ = (Pred){.kind = PRED_ENACTED, .span = @$}; }
    | "in" "force" { $$ = (Pred){.kind = PRED_IN_FORCE, .span = @$}; }
    | "listed" "on" ref { $$ = (Pred){.kind = PRED_LISTED, .reg = $3, .span = @$}; }
    | name { $$ = (Pred){.kind = PRED_NAME, .name = $1, .span = @$}; }
    ;
%%
// Called when the stack of symbols has come to its end; mistakes of syntax have been told before
// they get here.
static int parser_error(const Span *at, Builder *b, const char *message) {
  (void)message;
  builder_too_deep(b, *at);
  return 0;
}

static int yyreport_syntax_error(const yypcontext_t *context, Builder *b) {
  (void)context, (void)b;
  return 0;
}

// Before its first token the parser has not yet put its first state, 0, on its stack.
static void parser_ready(parser_pstate *parser) {
  if (parser->yynew) parser->yyssp[0] = 0;
}

bool parser_accepts(parser_pstate *parser, int token) {
  parser_ready(parser);
  return yy_lac(parser->yyesa, &parser->yyes, &parser->yyes_capacity, parser->yyssp,
                YYTRANSLATE(token)) == 0;
}

int parser_expected(parser_pstate *parser, int *tokens, int n) {
  yysymbol_kind_t kinds[YYNTOKENS];
  parser_ready(parser);
  int n_kinds = yypcontext_expected_tokens(&(yypcontext_t){.yyps = parser}, kinds, YYNTOKENS);
  bool is_expected[YYNTOKENS] = {false};
  for (int i = 0; i < n_kinds; i++) is_expected[kinds[i]] = true;
  is_expected[S_RESUME] = is_expected[S_STEPS] = false;
  int found = 0;
  for (int token = 0; token <= YYMAXUTOK && found < n; token++)
    if (is_expected[YYTRANSLATE(token)]) tokens[found++] = token;
  return found;
}

const char *parser_token_text(int token) {
  return yysymbol_name(YYTRANSLATE(token));
}
