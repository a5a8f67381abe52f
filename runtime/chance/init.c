// The one place that touches a process-wide setting of a library.
#include "runtime/chance/init.h"

#include <gsl/gsl_errno.h>

void chance_init(void) {
  gsl_set_error_handler_off();
}
