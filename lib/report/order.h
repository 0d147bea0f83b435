/* Which ops of a plan must be over before another begins. */
#ifndef IRMEM_REPORT_ORDER_H
#define IRMEM_REPORT_ORDER_H

#include "irmem/ir.h"
#include "support/arena.h"

/* Of op number k (in program order, kernels' bodies not entered) the numbers of ops of the same
 * region: earlier[first[k]] up to earlier[first[k + 1]], in ascending order, each once. */
typedef struct irmi_order {
  uint32_t *first;
  uint32_t *earlier;
  uint32_t *number_of; /* by op id */
  uint32_t count;      /* of ops */
} irmi_order;

/* In the arena. An op comes after those whose results it or its regions read, and, as the plan has
 * arrays take turns in the same bytes, after those that wrote or read bytes that it writes, or
 * wrote bytes that it reads. Ops of a region that do not come after each other, directly or through
 * others, may run at the same time. Slots that share bytes in a layout are taken for one, with all
 * that these share bytes with: sufficient, not always necessary.
 * O((operands + results) * nesting), and for layouts that are no stacks O(slots^2). */
irmi_order irmi_find_order(irmi_arena *arena, const irm_program *planned);

#endif
