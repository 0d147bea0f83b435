/* Buffers that are connected in time, solved by themselves. */
#ifndef IRMEM_PACK_EXACT_PART_H
#define IRMEM_PACK_EXACT_PART_H

#include "pack/exact_search.h"

typedef struct irmi_part {
  uint32_t *members; /* buffers of the problem, ascending, none of size 0 */
  uint32_t member_count;
  irm_pack_host *hosts; /* pairs among them */
  size_t host_count;
  uint64_t height; /* of the best placement known */
  uint64_t round;  /* how often the strategies were tried: seeds their noise */
  bool is_ready;   /* the search and its model exist */
  irmi_model model;
  irmi_search search;
} irmi_part;

typedef struct irmi_parts {
  const irm_pack_problem *problem;
  const irm_allocator *allocator;
  irmi_effort *effort;
  irmi_arena arena;
  irmi_part *items;
  uint32_t count;
} irmi_parts;

void irmi_parts_init(irmi_parts *parts, const irm_pack_problem *problem, irmi_effort *effort,
                     const irm_allocator *allocator);
void irmi_parts_destroy(irmi_parts *parts);

/* A placement of the part below the capacity, looking at so many nodes. FOUND: its offsets are
 * filled in, and part->height is its height. */
irmi_found irmi_part_fit(irmi_parts *parts, irmi_part *part, uint64_t capacity, uint64_t nodes,
                         uint64_t *offsets);

/* The least capacity above this that makes a difference to any part. */
uint64_t irmi_parts_next_capacity(irmi_parts *parts, uint64_t capacity);

#endif
