/* The best order of a few items that follow one another. */
#ifndef IRMEM_PASSES_SCHEDULE_SEARCH_H
#define IRMEM_PASSES_SCHEDULE_SEARCH_H

#include "schedule/block.h"

#define IRMI_SCHED_MOST_SEARCHED 64 /* items that matter */

/* Items [low, high) of an order, and what is so when the first of them begins. */
typedef struct irmi_sched_window {
  uint32_t low, high;
  const irmi_sched_walk *before; /* has run what stands before */
  int64_t bound;                 /* bytes that are needed anyway on the first graph */
} irmi_sched_window;

typedef enum irmi_sched_found {
  IRMI_SCHED_BETTER,  /* the order was changed: no other one of the window needs less */
  IRMI_SCHED_BEST,    /* no order of the window is better */
  IRMI_SCHED_GAVE_UP, /* out of steps, or too many items */
} irmi_sched_found;

/* Looks for the order of the window in which the most bytes alive at once are least on the first
 * graph; there they must be below the limit, and nowhere above it on the others. All ways to order
 * what matters are looked at, best first: a state is the set of items that have run, so two ways to
 * run the same items are one (as in Held and Karp, A dynamic programming approach to sequencing
 * problems, 1962; for memory in Ahn et al., Ordering chaos, MLSys 2020). What frees no less than it
 * makes and fits in what is needed anyway runs at once. positions: by item, its place in the order.
 * Takes off steps what it took. */
irmi_sched_found irmi_sched_search(const irmi_sched_block *block, const irmi_sched_scale *scale,
                                   uint32_t *order, const uint32_t *positions,
                                   const irmi_sched_window *window, const irmi_sched_bytes *limit,
                                   uint64_t *steps);

/* Orders [low, high) anew so that the items that matter come in the order of their ranks, from 1
 * on; others stay near those that they came behind, 0 stands for none. */
void irmi_sched_settle(const irmi_sched_block *block, uint32_t *order, const uint32_t *positions,
                       uint32_t low, uint32_t high, uint32_t *ranks);

#endif
