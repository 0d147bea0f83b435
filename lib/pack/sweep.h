/* Packing in order of time. */
#ifndef IRMEM_PACK_SWEEP_H
#define IRMEM_PACK_SWEEP_H

#include "pack/ahead.h"
#include "pack/packers.h"

#define IRMI_SWEEP_STEPS 32 /* for a block: the trees that know gaps are about as deep, twice */

/* Each block, as its time comes, into the smallest space that is free all its life; taken ones have
 * their place already. offsets of blocks that have one are given, of others IRM_PACK_ANYWHERE;
 * these are filled in. O((blocks + taken) log blocks) expected, however many are alive together. */
void irmi_sweep(const irmi_job *job, const irmi_taken *taken, uint32_t taken_count,
                irmi_arena *arena, uint64_t *offsets);

#endif
