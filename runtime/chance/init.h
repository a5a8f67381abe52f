// Called once by every program before it uses chance or votes: turns off the handler with which GSL
// would end the process on an error. From then on each result is checked where it is used.
#pragma once

void chance_init(void);
