/* Which of the blocks that are left lives within a stretch of time. */
#ifndef IRMEM_PACK_WITHIN_H
#define IRMEM_PACK_WITHIN_H

#include "pack/trace.h"

#define IRMI_LENGTHS 16 /* lifetimes by the number of their bits, two at a time */

/* First end, and first rank. */
typedef struct irmi_within_node {
  uint32_t end, rank;
} irmi_within_node;

/* The blocks of one length, to a power of four, by their begins. Over them a tree: node i has the
 * children 2i and 2i + 1, the leaves are last. Time is cut into equal parts, about as many as
 * blocks. */
typedef struct irmi_length {
  uint32_t count, left;
  uint32_t origin, shift; /* part of a time */
  uint32_t parts;
  uint32_t *from;          /* by part, and one behind: the first place that begins in it or later */
  uint32_t *begin;         /* by place */
  irmi_within_node *nodes; /* twice as many as blocks */
} irmi_length;

typedef struct irmi_within {
  irmi_length lengths[IRMI_LENGTHS];
  const irmi_trace *trace;
  uint32_t *place;    /* by block, among those of its length */
  uint64_t looked_at; /* nodes, in all searches */
} irmi_within;

/* Of all blocks, by the ranks that an order gives them. In the arena. O(blocks). */
void irmi_within_init(irmi_within *within, const irmi_trace *trace, const uint32_t *order,
                      irmi_arena *arena);

/* The first rank of the blocks left that live within the stretch; UINT32_MAX: none. */
uint32_t irmi_within_first(irmi_within *within, irm_interval stretch);

void irmi_within_remove(irmi_within *within, uint32_t block);

#endif
