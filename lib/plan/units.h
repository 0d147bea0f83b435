/* Units: what is moved about in the arena as a whole, a slot or a buffer that has one of its own.
 *
 *   units       from a plan without layouts                        units.c
 *   stacking    which unit lies behind which                       stacking.c
 *   graphs      for which stackings are made and compared          graphs.c
 *   stackings   stackings for several graphs, the fewest kept      stackings.c
 *   merge       units that may as well be one slot                 merge.c
 *   arrange     units and stackings become a plan with layouts     arrange.c
 *   conflicts   the same where a matrix says what may not share    conflicts.c
 */
#ifndef IRMEM_PLAN_UNITS_H
#define IRMEM_PLAN_UNITS_H

#include "irmem/plan.h"
#include "support/arena.h"
#include "support/vec.h"

#define IRMI_NO_UNIT UINT32_MAX
/* Sets of units are as many bits. */
#define IRMI_MOST_UNITS 4096

typedef struct irmi_unit {
  irm_size bytes;
  const irm_interval *lifetime; /* sorted, disjoint; of units that change places, all of theirs */
  uint32_t lifetime_count;
  uint32_t slot; /* of the plan */
  bool moves;
} irmi_unit;

typedef struct irmi_units {
  irmi_arena *arena;
  const irm_plan_problem *problem;
  irmi_unit *items;
  uint32_t count;
  uint32_t *unit_of; /* one a buffer; IRMI_NO_UNIT: in a bin */
} irmi_units;

/* Each slot of the arena a unit; or each buffer, but that slots that change places stay whole. All
 * in the arena. */
irmi_units irmi_units_of_slots(const irm_plan_problem *problem, const irm_plan *plan,
                               irmi_arena *arena);
irmi_units irmi_units_apart(const irm_plan_problem *problem, const irm_plan *plan,
                            irmi_arena *arena);

/* Which unit lies behind which. */
typedef struct irmi_stacking {
  uint32_t *order;  /* all units, each behind those it lies behind */
  uint32_t *first;  /* by place in the order, and one more: its list in behind */
  uint32_t *behind; /* units */
} irmi_stacking;

/* The stacking of units that lie at offsets, where those alive together do not overlap (empty ones
 * aside): each lies behind those alive with it that lie lower, less what follows from others. Lists
 * are in ascending order of places. At most IRMI_MOST_UNITS. O(i log i) for i intervals, and
 * unit-bits. */
irmi_stacking irmi_stack(const irmi_units *units, const uint64_t *offsets);

/* The end of the highest unit; ends is room for one number a unit. */
uint64_t irmi_stacking_height(const irmi_units *units, const irmi_stacking *stacking,
                              const uint64_t *bytes, uint64_t *ends);

#endif
