// The program: the only place where a status becomes an exit code.
#include <signal.h>

#include "runtime/cli/command.h"

int main(int argc, char **argv) {
  signal(SIGPIPE, SIG_IGN);  // a reader that has gone is a failed write, told like any other
  return cli_exit_code(cli_run(argc, argv));
}
