/* Which order a block gets. */
#ifndef IRMEM_PASSES_SCHEDULE_CHOOSE_H
#define IRMEM_PASSES_SCHEDULE_CHOOSE_H

#include "schedule/block.h"

/* What it took, and may still take, over all blocks of a program. */
typedef struct irmi_sched_effort {
  uint64_t steps;                      /* left, of searches */
  uint64_t searched, listed, windowed; /* blocks ordered by what */
} irmi_sched_effort;

/* Looks for an order that needs less on the first of the graphs for which plans are compared, and
 * nowhere more. order: the given one (0, 1, ...); changed where a better one is found, which peak
 * is then about, and else about the given one. The best where the search of all orders ends (a few
 * dozen items that matter); else the best of list scheduling, depth first and the given order, with
 * stretches around the peak searched. Changes the order of items' preds. */
bool irmi_sched_choose(irmi_sched_block *block, uint32_t *order, irmi_sched_effort *effort,
                       irmi_sched_peak *peak);

#endif
