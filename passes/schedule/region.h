/* A region of a program as a block. */
#ifndef IRMEM_PASSES_SCHEDULE_REGION_H
#define IRMEM_PASSES_SCHEDULE_REGION_H

#include "irmem/irmem.h"
#include "schedule/block.h"

/* What regions are made in: one for a program. */
typedef struct irmi_sched_maker {
  irm_pass_env *env;
  uint32_t *item_of; /* by op id: its item in its region */
} irmi_sched_maker;

irmi_sched_maker irmi_sched_maker_create(const irm_program *program, irm_pass_env *env);

/* An item reads a value, or one item's result is read by another. */
typedef struct irmi_sched_pair {
  uint32_t item, other;
  bool hosts, inside; /* reads of a value: as an operand that may host; in a region of the item */
} irmi_sched_pair;

typedef struct irmi_sched_pairs {
  irmi_sched_pair *items;
  uint32_t count, room;
} irmi_sched_pairs;

typedef struct irmi_sched_region {
  irmi_sched_maker *maker;
  irm_region *region;
  irmi_sched_block block;
  irm_op **ops;       /* by item; the region's yield is none of them */
  bool *effects;      /* by item: whether it keeps its place among others with effects */
  irm_value **values; /* by value */
  uint32_t value_room, peak_count, peak_room;
  irmi_sched_pairs reads, preds;
  uint32_t *stamps, *latest; /* by item: the value that was last found to be read, and its pair */
} irmi_sched_region;

/* The ops of a region, and what they read. brought: what is alive when it begins and read nowhere
 * else behind that, beside its own arguments. */
void irmi_sched_region_begin(irmi_sched_maker *maker, irmi_sched_region *r, irm_region *region,
                             irm_value *const *brought, uint32_t brought_count);
/* Fills brought with what a region of an item has to itself; room for all that the item reads. */
uint32_t irmi_sched_region_bring(const irmi_sched_region *r, uint32_t item, const irm_region *inner,
                                 irm_value **brought);
/* What an item needs for itself in one of its regions. In order of the items. */
void irmi_sched_region_add_peak(irmi_sched_region *r, uint32_t item, const irmi_sched_peak *peak);
/* Completes the block, once all of that is known. */
void irmi_sched_region_end(irmi_sched_region *r);
/* Puts the ops in this order; NULL: as they were given. */
void irmi_sched_region_write(const irmi_sched_region *r, const uint32_t *order);

#endif
