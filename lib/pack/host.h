/* Guests and hosts. */
#ifndef IRMEM_PACK_HOST_H
#define IRMEM_PACK_HOST_H

#include "irmem/pack.h"

#include "support/arena.h"

/* A part of a chain's life, and how much of it is alive then. */
typedef struct irmi_piece {
  irm_interval life;
  uint64_t bytes;
} irmi_piece;

/* Buffers that begin at one offset: each but the first a guest or a host of one before it. */
typedef struct irmi_chain {
  irmi_piece *pieces; /* sorted, disjoint */
  uint32_t piece_count;
  uint64_t bytes, alignment, offset; /* as of a buffer */
} irmi_chain;

typedef struct irmi_chains {
  irmi_chain *chains; /* by buffer, for those that are leaders */
  uint32_t *leader;   /* by buffer: of its chain; itself alone in most */
} irmi_chains;

/* Hosts what can be hosted, where most bytes are shared first. In the arena. O(pairs log pairs). */
irmi_chains irmi_chains_of(const irm_pack_problem *problem, irmi_arena *arena);

/* Bytes that hosting saves at a point, at most. */
typedef struct irmi_saving {
  uint32_t point;
  uint64_t bytes;
} irmi_saving;

/* In order of time, each point once; as many as *count. In the arena. O(pairs log pairs). */
irmi_saving *irmi_savings(const irm_pack_problem *problem, irmi_arena *arena, size_t *count);

#endif
