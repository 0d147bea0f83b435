/* In which order to try blocks that can lie at one place. */
#ifndef IRMEM_PACK_EXACT_RANK_H
#define IRMEM_PACK_EXACT_RANK_H

#include "pack/exact_model.h"

/* By the most width (W), area (A), units alive with it (T) or size (Z), in the order of the
 * letters; the first ranks 0. A seed other than 0 moves each by a few places. */
void irmi_rank_blocks(const irmi_model *model, const char *order, uint64_t seed, uint32_t *rank,
                      const irm_allocator *allocator);

#endif
