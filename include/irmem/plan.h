/* Slot planning on bare lifetimes: which buffers share which bytes. No IR types, no globals; the
 * same problem gives the same answer everywhere. */
#ifndef IRMEM_PLAN_H
#define IRMEM_PLAN_H

#include "irmem/interval.h"
#include "irmem/pack.h"
#include "irmem/size.h"

#define IRM_PLAN_ANYWHERE UINT32_MAX

/* Bytes that are alive at some points. Two buffers that are alive at one point never share bytes.
 */
typedef struct irm_plan_buffer {
  irm_size bytes;
  const irm_interval *lifetime; /* sorted, disjoint, not empty */
  uint32_t lifetime_count;
  uint32_t bin; /* the bin it must be in, or IRM_PLAN_ANYWHERE */
  bool exact;  /* its slot may not be larger than it: the slot changes places with another in a loop
                */
  bool no_bin; /* it may not be in a bin */
  uint32_t moves_with; /* if exact: the least buffer with which it may have changed places */
  uint32_t kind;       /* in a typed problem only buffers of one kind are in one slot */
} irm_plan_buffer;

/* Bytes that exist anyway and may be shared (the caller's storage for an output), outside the
 * arena. */
typedef struct irm_plan_bin {
  irm_size bytes;
  uint32_t kind;
} irm_plan_bin;

typedef struct irm_plan_problem {
  const irm_plan_buffer *buffers;
  uint32_t buffer_count;
  const irm_plan_bin *bins;
  uint32_t bin_count;
  bool typed;
} irm_plan_problem;

/* Where a slot lies: it begins where the last of those ends that it lies behind, at 0 if there is
 * none. So two slots share no byte on any graph where one lies behind the other, directly or
 * through others. */
typedef struct irm_plan_place {
  uint32_t slot;
  bool behind_all;        /* every slot that the layout places before */
  const uint32_t *behind; /* else these, placed before */
  uint32_t behind_count;
} irm_plan_place;

/* Every slot that is no bin, once. */
typedef struct irm_plan_layout {
  irm_plan_place *places;
  uint32_t count;
} irm_plan_layout;

/* Slots 0..bin_count-1 are the bins; the others lie in the arena, each rounded up to 64 bytes, in
 * the layout that needs the least arena for the n and m at hand. The first layout has them in order
 * of their numbers; without any layout each lies behind all with lower numbers. */
typedef struct irm_plan {
  uint32_t *slot_of;    /* one a buffer */
  irm_size *slot_bytes; /* one a slot */
  uint32_t slot_count;
  irm_plan_layout *layouts;
  uint32_t layout_count;
  const char *fault; /* why what the packer gave is no placement, and was not used; or NULL */
  uint64_t steps;    /* that it took: places looked at, about */
} irm_plan;

#define IRM_PLAN_LAYOUTS 8 /* at most */

/* The best of several packers, never worse than a slot for each buffer. Sharing only where "fits"
 * holds for all n and m. Best is least arena as a formula, where formulas cross least at n = 2^20,
 * m = 16n. Destroy with irm_plan_destroy. By start and by end in O(b log b) for b buffers of a
 * handful of sizes, as many slots as there are; unless they meet the load of some point, by other
 * orders too (up to 50000 buffers and a bounded number of slots looked at) and by all assignments
 * (up to 64 buffers, bounded). */
IRM_API irm_plan *irm_plan_solve(const irm_plan_problem *problem, const irm_allocator *allocator);
/* The same without trying all assignments: never better, for those who ask often. */
IRM_API irm_plan *irm_plan_solve_quickly(const irm_plan_problem *problem,
                                         const irm_allocator *allocator);
/* The bytes beside the bins that no plan can do without at n = 2^20, m = 16n, nor any layout of
 * one. O(intervals log intervals). */
IRM_API uint64_t irm_plan_load(const irm_plan_problem *problem, const irm_allocator *allocator);
/* A slot of its own for each buffer (its bin if it must be in one). */
IRM_API irm_plan *irm_plan_separate(const irm_plan_problem *problem,
                                    const irm_allocator *allocator);

/* How to look for layouts. */
typedef struct irm_plan_effort {
  uint64_t steps;           /* of irm_pack, each time; 0: one pass of its quick packers */
  const irm_packer *packer; /* the only one to run; NULL: all of irmem's, the best kept */
  bool whole_slots;         /* slots stay as they are */
  bool one_graph;           /* one layout, the best for so many nodes and edges; slots are not made
                               few again */
  uint64_t nodes, edges;
} irm_plan_effort;

/* The problem is not typed. A plan whose slots share bytes of the arena where they are never alive
 * together, made from a plan without layouts: slots as they are, or torn apart into one for each
 * buffer but for bins and slots that change places, whichever needs less; one layout for each range
 * of m / n in which another is least. Slots that change places count as alive whenever one of them
 * is. The arena is nowhere larger than that of the given plan, but for what constants and rounding
 * make of small graphs; where it is nowhere smaller, the result is that plan again. Above 4096
 * slots they are not torn apart, or not looked at. */
IRM_API irm_plan *irm_plan_arrange(const irm_plan_problem *problem, const irm_plan *plan,
                                   const irm_plan_effort *effort, const irm_allocator *allocator);
/* A plan for buffers whose lifetimes do not say when they are in each other's way: conflicts has a
 * row of bits for each buffer, symmetric; a row is (buffer_count + 63) / 64 words. One layout, by
 * first fit from the largest on. Those that change places must be in the way of all that any of
 * them is. O(b^2 log b) for b buffers; above 4096 as irm_plan_separate. */
IRM_API irm_plan *irm_plan_with_conflicts(const irm_plan_problem *problem,
                                          const uint64_t *conflicts,
                                          const irm_allocator *allocator);
IRM_API void irm_plan_destroy(irm_plan *plan, const irm_allocator *allocator);

/* The arena's bytes for given n and m, in the layout where they are least. */
IRM_API uint64_t irm_plan_arena_bytes(const irm_plan_problem *problem, const irm_plan *plan,
                                      uint64_t n, uint64_t m);

/* Whether a plan obeys its problem, worked out from the definition by code that shares nothing with
 * the planners. False: a and b are the offending buffers (equal when one alone is wrong), message
 * says how; valid for ever. */
typedef struct irm_plan_fault {
  uint32_t a, b;
  const char *message;
} irm_plan_fault;
IRM_API bool irm_plan_check(const irm_plan_problem *problem, const irm_plan *plan,
                            irm_plan_fault *fault);

#endif
