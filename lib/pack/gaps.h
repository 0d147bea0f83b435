/* The line of addresses at one moment, in chunks that are taken or free; the free ones in order of
 * size. */
#ifndef IRMEM_PACK_GAPS_H
#define IRMEM_PACK_GAPS_H

#include "pack/ahead.h"
#include "support/vec.h"

#include <stdbool.h>
#include <stdint.h>

#define IRMI_NO_CHUNK UINT32_MAX

typedef struct irmi_chunk_of_line {
  uint64_t offset, bytes;
  uint32_t before, after; /* in order of address */
  uint32_t until;         /* free: no longer than this; taken: no longer needed then */
  uint32_t next;          /* free: who takes it then */
  uint32_t left, right, latest, priority; /* among the free */
  bool is_free;
} irmi_chunk_of_line;

typedef struct irmi_gaps {
  irmi_vec(irmi_chunk_of_line) chunks;
  uint32_t unused;  /* a list */
  uint32_t root;    /* of the free: a treap by size, then offset; knows the latest until below */
  uint64_t state;   /* of the random numbers */
  uint32_t *newest; /* by who comes next: the chunk freed last that waits for it */
  const irm_allocator *allocator;
} irmi_gaps;

/* One chunk that is taken: number 0, of no bytes, before all others. newest has room for those that
 * can come next but IRMI_NOBODY. */
void irmi_gaps_init(irmi_gaps *gaps, uint32_t *newest, const irm_allocator *allocator);
void irmi_gaps_destroy(irmi_gaps *gaps);

/* A taken chunk of so many bytes behind another. */
uint32_t irmi_gaps_add(irmi_gaps *gaps, uint32_t before, uint64_t offset, uint64_t bytes);

/* Frees a chunk until next comes; makes one of it and its free neighbours that wait for the same.
 * O(log free) expected, as all below. */
void irmi_gaps_free(irmi_gaps *gaps, uint32_t chunk, uint32_t next, uint32_t until);
/* All of a free chunk. */
void irmi_gaps_take(irmi_gaps *gaps, uint32_t chunk);
/* So many bytes of a free chunk, from an offset on; gives the taken chunk. */
uint32_t irmi_gaps_carve(irmi_gaps *gaps, uint32_t chunk, uint64_t offset, uint64_t bytes);

/* The smallest free chunk of at least so many bytes that is free long enough; of those the lowest.
 */
uint32_t irmi_gaps_find(const irmi_gaps *gaps, uint64_t bytes, uint32_t until);

#endif
