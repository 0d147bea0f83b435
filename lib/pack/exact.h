/* The exact solver: placements within a capacity, the lowest there are, and proofs that there are
 * none. It works on up to IRMI_EXACT_MOST buffers that are connected in time (exact_model.h) and
 * gives up on more. */
#ifndef IRMEM_PACK_EXACT_H
#define IRMEM_PACK_EXACT_H

#include "irmem/pack.h"
#include "pack/effort.h"

typedef enum irmi_exact_verdict {
  IRMI_EXACT_FOUND,
  IRMI_EXACT_IMPOSSIBLE, /* every placement was looked at or shown to be none */
  IRMI_EXACT_GAVE_UP
} irmi_exact_verdict;

/* A placement below the capacity: FOUND fills offsets[buffer_count] in. The problem's own capacity
 * is not looked at. */
irmi_exact_verdict irmi_exact_fit(const irm_pack_problem *problem, uint64_t capacity,
                                  irmi_effort *effort, const irm_allocator *allocator,
                                  uint64_t *offsets);

/* What is known of the least height. */
typedef struct irmi_exact_range {
  uint64_t height; /* of the best placement: the end of its highest buffer */
  uint64_t bound;  /* no placement is lower */
} irmi_exact_range;

/* Looks for placements lower than offsets, which is one of range->height, and for proofs that there
 * are none below more than range->bound. Both only get better, whenever the effort ends. FOUND:
 * they meet. GAVE_UP: they do not. */
irmi_exact_verdict irmi_exact_minimise(const irm_pack_problem *problem, irmi_effort *effort,
                                       const irm_allocator *allocator, irmi_exact_range *range,
                                       uint64_t *offsets);

#endif
