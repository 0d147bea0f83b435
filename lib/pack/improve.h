/* Packing again and again in orders that change a little. */
#ifndef IRMEM_PACK_IMPROVE_H
#define IRMEM_PACK_IMPROVE_H

#include "pack/order.h"
#include "pack/packers.h"

/* The lowest skyline found for orders near a first one, as long as the effort lasts or until it is
 * as low as the job's bound. False: not even the first was finished. */
bool irmi_improve(const irmi_job *job, irmi_keys first, irmi_effort *effort, uint64_t *offsets);

#endif
