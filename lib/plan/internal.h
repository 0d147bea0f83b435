/* What the packers of whole slots share: a problem made ready for packing, and slots under
 * construction. Where slots then lie is decided elsewhere (units.h).
 *
 *   task      buffers with their size classes and orders          task.c
 *   busy      the times at which one slot is taken                busy.c
 *   packing   slots that are being filled                         packing.c
 *   packers   by start, near-linear                               sweep.c
 *             by any order, each slot probed                      fit.c
 *             all assignments, few buffers                        exact.c
 *   solve     runs them and keeps the best                        solve.c
 */
#ifndef IRMEM_PLAN_INTERNAL_H
#define IRMEM_PLAN_INTERNAL_H

#include "irmem/plan.h"
#include "support/arena.h"
#include "support/vec.h"

#define IRMI_NONE UINT32_MAX

/* Tasks ------------------------------------------------------------------------------------------
 * Buffers of equal size (and kind, where that matters) form one class; classes ascend by their
 * bytes at the reference sizes. */
typedef struct irmi_task {
  const irm_plan_problem *problem;
  irmi_arena *arena;
  uint32_t *class_of; /* one a buffer, then one a bin */
  irm_size *classes;  /* the size of each class */
  uint32_t *kinds;    /* its kind, 0 where that does not matter */
  uint64_t *weights;  /* its aligned bytes at the reference sizes */
  uint32_t class_count;
} irmi_task;

void irmi_task_init(irmi_task *task, const irm_plan_problem *problem, irmi_arena *arena);
/* The same problem with time running backwards; classes are shared. */
irmi_task irmi_task_mirrored(const irmi_task *task, irm_plan_problem *problem);
/* Whether what is of class x may be in, and fits in, what is of class y, for all n and m. */
bool irmi_task_fits(const irmi_task *task, uint32_t x, uint32_t y);
/* The bytes beside the bins that no plan can do without at the reference sizes. */
uint64_t irmi_task_load(const irmi_task *task);

typedef enum irmi_order {
  IRMI_BY_START,  /* earliest first */
  IRMI_BY_SIZE,   /* largest first, then earliest */
  IRMI_BY_AREA,   /* largest size times lifetime first */
  IRMI_BY_LENGTH, /* longest lifetime first */
  IRMI_BY_SIZE_AND_LENGTH,
  IRMI_ORDER_COUNT
} irmi_order;

/* The buffers that are in no given bin, in an order. */
uint32_t *irmi_task_order(const irmi_task *task, irmi_order order, uint32_t *count);

/* Busy times -------------------------------------------------------------------------------------
 * Sets of disjoint intervals, each a balanced tree in one pool. Every question costs O(log). */
typedef struct irmi_span {
  irm_interval at;
  uint32_t left, right;
} irmi_span;

typedef struct irmi_busy {
  const irm_allocator *allocator;
  irmi_vec(irmi_span) spans;
} irmi_busy;

/* A set is the number of its root; IRMI_NONE is the empty set. */
bool irmi_busy_hits(const irmi_busy *busy, uint32_t root, irm_interval interval);
uint32_t irmi_busy_add(irmi_busy *busy, uint32_t root, irm_interval interval);
/* The first busy point at or behind a point; UINT32_MAX: free for ever. */
uint32_t irmi_busy_next(const irmi_busy *busy, uint32_t root, uint32_t point);

/* Packings ------------------------------------------------------------------------------------- */

typedef struct irmi_slot {
  uint32_t size_class;
  uint32_t busy;    /* root of its busy times */
  uint32_t horizon; /* free from here on */
  uint32_t next;    /* for lists of slots */
  bool fixed;       /* may not grow: a bin, or an exact buffer is in it */
} irmi_slot;

typedef struct irmi_packing {
  const irmi_task *task;
  irmi_vec(irmi_slot) slots; /* bins first */
  irmi_busy busy;
  uint32_t *slot_of; /* one a buffer */
} irmi_packing;

/* With empty bins, then everything that must be in a bin in it. */
void irmi_packing_init(irmi_packing *packing, const irmi_task *task);
void irmi_packing_free(irmi_packing *packing);
/* The class a slot has with the buffer in it, as far as sizes go; IRMI_NONE: it may not be in it.
 */
uint32_t irmi_packing_class_with(const irmi_packing *packing, uint32_t slot, uint32_t buffer);
bool irmi_packing_is_free(const irmi_packing *packing, uint32_t slot, uint32_t buffer);
uint32_t irmi_packing_open(irmi_packing *packing, uint32_t buffer); /* an empty slot of its size */
void irmi_packing_place(irmi_packing *packing, uint32_t slot, uint32_t buffer);

/* Packers: fill an initialised packing. False: gave up, for the work would exceed the budget. */

/* By start: O(log b) a buffer plus the classes looked at, at most d for d distinct sizes. */
bool irmi_pack_by_start(irmi_packing *packing);

typedef enum irmi_choice { IRMI_FIRST_FIT, IRMI_BEST_FIT } irmi_choice;
/* In an order, into the first or the tightest slot: O(slots log b) a buffer. Takes from the budget
 * one for each slot it looks at. */
bool irmi_pack_by_fit(irmi_packing *packing, irmi_order order, irmi_choice choice,
                      uint64_t *budget);

/* All assignments of at most this many buffers, cut where they cannot beat the bound (bytes at the
 * reference sizes). False: there is none below the bound within the budget of assignments; the
 * packing is then unfinished. */
#define IRMI_EXACT_BUFFERS 64
bool irmi_pack_exact(irmi_packing *packing, uint64_t bound, uint64_t budget);

#endif
