/* A chain of element-wise ops on a long array: one pass over memory, or how many? */
#ifndef IRMEM_BENCH_CHAIN_H
#define IRMEM_BENCH_CHAIN_H

#include "settings.h"

#include "irmem/irmem.h"

#include <jansson.h>

/* False after an error was reported; wrong results are one. */
bool chain_measure(irm_context *context, const settings *set, json_t *document);

#endif
