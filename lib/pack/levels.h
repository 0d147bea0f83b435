/* Packing what matters before the rest. */
#ifndef IRMEM_PACK_LEVELS_H
#define IRMEM_PACK_LEVELS_H

#include "pack/packers.h"

/* Packs the most important blocks with all other quick packers, and the rest around them in order
 * of time. O(blocks log blocks), and what the quick packers spend on so few. */
bool irmi_levels(const irmi_job *job, irmi_effort *effort, uint64_t *offsets);

#endif
