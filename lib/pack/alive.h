/* How many bytes are alive. */
#ifndef IRMEM_PACK_ALIVE_H
#define IRMEM_PACK_ALIVE_H

#include "pack/trace.h"

/* The most bytes of blocks alive at one point, less what is saved there, and the first such point.
 * O(intervals). */
uint64_t irmi_alive(const irmi_trace *trace, const irmi_events *events, const irmi_saving *savings,
                    size_t saving_count, uint32_t *point);

#endif
