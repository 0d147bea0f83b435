/* Packing one block after another into the space that is left. */
#ifndef IRMEM_PACK_FIT_H
#define IRMEM_PACK_FIT_H

#include "pack/effort.h"
#include "pack/trace.h"

typedef enum irmi_choice { IRMI_CHOOSE_LOWEST, IRMI_CHOOSE_TIGHTEST } irmi_choice;

/* Places blocks in the given order, those at fixed offsets first, each in the lowest or the
 * tightest space that is free all its life. A step is a placed block looked at. False: the effort
 * was not enough, or offsets ran over. */
bool irmi_fit(const irmi_trace *trace, const uint32_t *order, irmi_choice choice,
              irmi_effort *effort, const irm_allocator *allocator, uint64_t *offsets);

#endif
