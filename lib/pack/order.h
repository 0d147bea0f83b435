/* Orders in which packers take blocks. */
#ifndef IRMEM_PACK_ORDER_H
#define IRMEM_PACK_ORDER_H

#include "pack/trace.h"

/* What blocks are sorted by, a letter each, the most important first; equal ones stay in the order
 * in which they are listed:
 *   Z size, W lifetime, A size times lifetime, T the most bytes alive at one point of their life:
 * the largest first;  I importance, size times the fourth root of lifetime; S start: the first
 * first. */
typedef const char *irmi_keys;

/* Numbers of blocks in order, in the arena. O(count) a letter; T O(intervals log intervals). */
uint32_t *irmi_order(const irmi_trace *trace, const irmi_events *events, irmi_keys keys,
                     irmi_arena *arena);

/* For each block the most bytes alive at one point of its life, in the arena. */
uint64_t *irmi_totals(const irmi_trace *trace, const irmi_events *events, irmi_arena *arena);

#endif
