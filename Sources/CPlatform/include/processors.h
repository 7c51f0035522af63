// How many processors this process may run on.
#ifndef PROCESSORS_H
#define PROCESSORS_H

// At least 1: those that the process is bound to, where the system can say, else all.
int processors_allowed(void);

#endif
