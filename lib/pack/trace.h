/* What packers work on: the buffers that take part, in plain arrays, in order of their begins. A
 * block is a buffer, or a chain of guests and hosts that is packed as one. */
#ifndef IRMEM_PACK_TRACE_H
#define IRMEM_PACK_TRACE_H

#include "irmem/pack.h"

#include "irmem/size.h"
#include "pack/host.h"

#define IRMI_NO_BLOCK UINT32_MAX

typedef struct irmi_trace {
  uint32_t count;         /* of blocks */
  uint64_t *bytes;        /* never 0 */
  uint64_t *alignment;    /* NULL: of all 1; see irmi_trace_alignment */
  uint64_t *offset;       /* NULL: none is fixed; see irmi_trace_offset */
  irm_interval *span;     /* from its first point to its last; without holes, lifetime itself */
  uint32_t *first;        /* of its intervals; the last is behind all */
  irm_interval *lifetime; /* the intervals of all, block by block */
  uint32_t *owner;        /* by interval: its block; without holes, first itself */
  uint64_t *alive;        /* by interval: bytes of its block alive then; NULL: all */
  bool fixed;             /* an offset is given */
  bool holes;             /* a lifetime has holes */
  uint32_t *block_of;     /* by buffer; IRMI_NO_BLOCK: of no bytes */
} irmi_trace;

/* Each buffer that has bytes a block, or each chain (NULL: there are none). In the arena. */
void irmi_trace_init(irmi_trace *trace, const irm_pack_problem *problem, const irmi_chains *chains,
                     irmi_arena *arena);

/* Some blocks of a trace, in the order they are given in. In the arena. */
void irmi_trace_part(irmi_trace *part, const irmi_trace *trace, const uint32_t *blocks,
                     uint32_t count, irmi_arena *arena);

/* At least 1. */
static inline uint64_t irmi_trace_alignment(const irmi_trace *trace, uint32_t block) {
  return trace->alignment ? trace->alignment[block] : 1;
}

/* Where a block must be, or IRM_PACK_ANYWHERE. */
static inline uint64_t irmi_trace_offset(const irmi_trace *trace, uint32_t block) {
  return trace->offset ? trace->offset[block] : IRM_PACK_ANYWHERE;
}

static inline uint64_t irmi_trace_alive(const irmi_trace *trace, uint32_t interval) {
  return trace->alive ? trace->alive[interval] : trace->bytes[trace->owner[interval]];
}

/* The intervals of all blocks in order of time: as they begin, and as they end. */
typedef struct irmi_events {
  uint32_t count;
  uint32_t *begins, *ends; /* numbers of intervals */
} irmi_events;

/* In the arena. O(intervals). */
irmi_events irmi_trace_events(const irmi_trace *trace, irmi_arena *arena);

/* The offsets of buffers from those of blocks. */
void irmi_trace_spread(const irmi_trace *trace, const irm_pack_problem *problem,
                       const uint64_t *of_blocks, uint64_t *of_buffers);

/* The end of the highest block. */
uint64_t irmi_trace_height(const irmi_trace *trace, const uint64_t *offsets);

/* The next multiple of alignment, UINT64_MAX where there is none. */
static inline uint64_t irmi_align(uint64_t offset, uint64_t alignment) {
  uint64_t over = alignment == 1 ? 0 : offset % alignment;
  return over ? irm_bytes_add(offset, alignment - over) : offset;
}

#endif
