/* Working memory that runs hand on to each other. A run that is bound with a pool takes all that it
 * needs from there (arena, outputs, its own tables) and gives it back when it is destroyed: once
 * every size has been there, binding and running allocate nothing, whatever program and graph. */
#ifndef IRMEM_POOL_H
#define IRMEM_POOL_H

#include "irmem/context.h"

#include <stdint.h>

/* Any number of threads and contexts may use one pool at a time. */
typedef struct irm_pool irm_pool;

/* Memory comes from the allocator, which the pool calls from one thread at a time; NULL: the C
 * library's. Destroy with irm_pool_destroy, when nothing is taken from it any more. */
IRM_API irm_pool *irm_pool_create(const irm_allocator *allocator);
IRM_API void irm_pool_destroy(irm_pool *pool);

/* Takes and gives back as an allocator does, from any thread; valid as long as the pool. Blocks
 * come in sizes an eighth apart. What is asked for gets an idle block of its size, else the least
 * that is no more than twice as large, else a new one: a new block is larger than what was asked
 * for by less than an eighth (or 64 bytes), an old one by half of itself, and each has 64 bytes
 * beside it. O(1). */
IRM_API const irm_allocator *irm_pool_allocator(irm_pool *pool);

/* Bytes are those of blocks with what is beside them. */
typedef struct irm_pool_usage {
  uint64_t taken, most_taken; /* by what is not yet given back; the high-water mark of that */
  uint64_t held, most_held;   /* with idle blocks too: what the allocator gave */
  uint64_t allocations;       /* how often the allocator was asked for a block */
  uint64_t reuses;            /* how often an idle one did */
} irm_pool_usage;
IRM_API irm_pool_usage irm_pool_look(irm_pool *pool);

/* Gives idle blocks back to the allocator, the largest first, until idle ones have no more than so
 * many bytes; the bytes that were given back. Nothing else gives memory back: idle blocks keep
 * their pages (no madvise), so that the next run does not begin with a fault for every one. */
IRM_API uint64_t irm_pool_trim(irm_pool *pool, uint64_t idle_bytes);

#endif
