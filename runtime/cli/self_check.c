#include "runtime/cli/self_check.h"

#include "runtime/answer/agree.h"
#include "runtime/show/method.h"

static Answer *answer_by_the_other(Script *script, uint32_t scenario, const Options *options,
                                   const Answer *answer) {
  Options other = *options;
  other.run.method = answer->method == METHOD_EXACT ? METHOD_SAMPLE : METHOD_AUTO;
  other.run.has_ranges = false;
  return script_run(script, scenario, &other);
}

static CliStatus tell_uncheckable(Script *script, const Answer *sampled) {
  Text why = show_why(script->arena, sampled);
  cli_warn("this cannot be checked: %.*s", TEXT_ARG(why));
  return CLI_UNKNOWN;
}

static void tell_apart(const Disagreement *apart) {
  TextBuilder what = {0};
  text_add(&what, "");
  text_add_shown(&what, apart->what);
  cli_warn("the methods disagree: %s: exactly %.12g, sampled %.12g, %.3g allowed", what.at,
           apart->exact, apart->sampled, apart->allowed);
  text_builder_free(&what);
}

CliStatus self_check(Script *script, uint32_t scenario, const Options *options, Answer *answer) {
  bool was_chosen = answer->method == METHOD_SAMPLE && options->run.method == METHOD_AUTO;
  if (was_chosen) return tell_uncheckable(script, answer);
  Answer *other = answer_by_the_other(script, scenario, options, answer);
  if (script_is_interrupted(script, other)) return CLI_INTERRUPTED;
  if (!other) return CLI_BAD;
  if (other->method == answer->method) return tell_uncheckable(script, other);
  const Answer *exact = answer->method == METHOD_EXACT ? answer : other;
  const Answer *sampled = exact == answer ? other : answer;
  Agreement found = answer_agree(exact, sampled, script->arena);
  for (uint32_t i = 0; i < found.apart.n; i++) tell_apart(&found.apart.items[i]);
  if (found.apart.n) return CLI_APART;
  answer->checked = (Checked){found.n_numbers, sampled->trials, sampled->seed};
  return CLI_OK;
}
