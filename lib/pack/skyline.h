/* Packing from the bottom up. */
#ifndef IRMEM_PACK_SKYLINE_H
#define IRMEM_PACK_SKYLINE_H

#include "pack/effort.h"
#include "pack/trace.h"

/* Always fills in the lowest place there is: of the blocks that can lie there, the first in order.
 * What is below a block that is placed stays empty, so offsets grow from one block to the next.
 * A step is a node looked at. False: the effort was not enough, or an offset is fixed. */
bool irmi_skyline(const irmi_trace *trace, const uint32_t *order, irmi_effort *effort,
                  const irm_allocator *allocator, uint64_t *offsets);

#endif
