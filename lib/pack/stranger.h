/* Packers that are not irmem's. */
#ifndef IRMEM_PACK_STRANGER_H
#define IRMEM_PACK_STRANGER_H

#include "irmem/pack.h"

/* irm_pack with such a packer alone: what it gives is believed only when it is checked. */
irm_pack_result irmi_pack_with_stranger(const irm_pack_problem *problem,
                                        const irm_pack_effort *effort,
                                        const irm_allocator *allocator, uint64_t *offsets);

#endif
