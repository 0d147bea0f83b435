/* Orders for large blocks, in O(items log items). */
#ifndef IRMEM_PASSES_SCHEDULE_LISTS_H
#define IRMEM_PASSES_SCHEDULE_LISTS_H

#include "schedule/block.h"

/* List scheduling: of the items that may run, always the one that makes least beyond what it frees,
 * of equals the first in the given order. An item's balance changes when it becomes the last reader
 * of a value. Sizes are those on the first graph. */
void irmi_sched_list(const irmi_sched_block *block, const irmi_sched_scale *scale, uint32_t *order);

/* Depth first from what nothing reads, of an item's operands always first the one that needs most
 * beyond what it leaves behind: best for trees whose values are as large as each other (Sethi and
 * Ullman, The generation of optimal code for arithmetic expressions, 1970; Liu, On the storage
 * requirement in the out-of-core multifrontal method, 1986). What is read twice counts for its
 * first reader. Changes the order of each item's preds. */
void irmi_sched_descend(irmi_sched_block *block, const irmi_sched_scale *scale, uint32_t *order);

#endif
