/* Which of the blocks that are left lives within a stretch of time. */
#ifndef IRMEM_PACK_WITHIN_H
#define IRMEM_PACK_WITHIN_H

#include "pack/trace.h"

#define IRMI_LENGTHS 33 /* lifetimes by the number of their bits */

/* Blocks by the length of their lifetime, to a power of two, then by its begin; over those of one
 * length a tree: node i has the children 2i and 2i + 1, and the leaves are last. Nodes hold the
 * first end below them, and the first rank. */
typedef struct irmi_within_node {
  uint32_t end, rank;
} irmi_within_node;

typedef struct irmi_within {
  uint32_t start[IRMI_LENGTHS + 1]; /* where blocks of a length stand */
  uint32_t *begin;                  /* by place */
  uint32_t *place;                  /* by rank */
  irmi_within_node *nodes;          /* twice as many as blocks */
  const uint32_t *order;            /* blocks by rank */
  uint64_t looked_at;               /* nodes, in all searches */
} irmi_within;

/* Of all blocks that have a rank: order[0 .. count). In the arena. O(count). */
void irmi_within_init(irmi_within *within, const irmi_trace *trace, const uint32_t *order,
                      uint32_t count, irmi_arena *arena);

/* The first rank of the blocks left that live within the stretch; UINT32_MAX: none. */
uint32_t irmi_within_first(irmi_within *within, irm_interval stretch);

void irmi_within_remove(irmi_within *within, uint32_t rank);

#endif
