/* --list-algorithms. */
#ifndef IRMEM_OPT_ALGORITHMS_H
#define IRMEM_OPT_ALGORITHMS_H

#include "irmem/context.h"

#include <stdbool.h>

/* Prints a line for each algorithm that ships: its parameters with defaults, its outputs, and what
 * it is. False after an error was reported. */
bool list_algorithms(irm_context *context);

#endif
