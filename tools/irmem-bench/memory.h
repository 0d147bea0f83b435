/* What the algorithms that ship need, as formulas. */
#ifndef IRMEM_BENCH_MEMORY_H
#define IRMEM_BENCH_MEMORY_H

#include "settings.h"

#include "irmem/irmem.h"

#include <jansson.h>

/* A table of all of them. False after an error was reported. */
bool memory_measure(irm_context *context, const settings *set, json_t *document);

#endif
