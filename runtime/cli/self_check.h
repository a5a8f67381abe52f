// --self-check: an answer beside that of the other method, number by number. Disagreements go to standard error.
#pragma once
#include "runtime/cli/command.h"
#include "runtime/cli/script.h"

// CLI_OK, and the answer says that it was checked; CLI_APART where they disagree; CLI_UNKNOWN where there is no exact answer
// to compare with; CLI_BAD where the other method meets an error, which is in the script's diagnostics.
CliStatus self_check(Script *script, uint32_t scenario, const Options *options, Answer *answer);
