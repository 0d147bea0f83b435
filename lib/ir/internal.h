/* What SSA is made of. Only lib/ir sees this; everybody else asks through irmem/ir.h. */
#ifndef IRMEM_IR_INTERNAL_H
#define IRMEM_IR_INTERNAL_H

#include "irmem/builder.h"
#include "support/arena.h"
#include "support/map.h"
#include "support/vec.h"

struct irm_use {
  irm_value *value;
  irm_op *op;
  uint32_t index;
  irm_use *next, *prev; /* among the value's uses, oldest first */
};

/* What every walk over a program looks at comes first, in one line of the cache. */
struct irm_value {
  irm_type type;
  uint32_t id;
  uint32_t index;     /* which result, which argument */
  uint32_t slot;      /* IRM_NO_SLOT: none */
  bool elsewhere;     /* in a kernel's body: read elsewhere, if the kernel knows */
  bool in_place;      /* required to be */
  bool numbered;      /* nobody gave the name: a number, which the next printing may change */
  irm_op *op;         /* NULL: an argument of region */
  irm_region *region; /* NULL: a result of op */
  irm_use *first_use, *last_use;
  irm_value *host;
  const char *name; /* NULL until it is given or asked for */
};

struct irm_region {
  irm_program *program;
  irm_op *parent;
  uint32_t index; /* among its op's regions */
  uint32_t argument_count;
  irm_value **arguments;
  irm_op *first, *last;
};

struct irm_op {
  irm_opcode opcode;
  uint32_t id;
  uint32_t operand_count, result_count, region_count;
  uint32_t workspace_slot;
  irm_region *region; /* NULL once removed */
  irm_op *prev, *next;
  irm_use *operands;
  irm_value **results;
  irm_region *regions;
  /* attributes; which of them means something is in ops.def */
  irm_number number;
  const char *name;
  irm_direction direction;
  irm_tie tie;
  irm_space space;
  bool has_default, counted, self;
  bool elsewhere_known; /* of a kernel: what its body reads elsewhere is marked */
  irm_loc loc;
};

/* A slot in a layout: behind all before it, or behind count slots of the layout's list. */
typedef struct irmi_place_of_slot {
  uint32_t slot, first, count;
  bool all;
} irmi_place_of_slot;

typedef struct irmi_layout {
  irmi_vec(irmi_place_of_slot) places;
  irmi_vec(uint32_t) behind;
} irmi_layout;

struct irm_program {
  irm_context *context;
  irmi_arena arena;
  const char *name;
  irm_region *body;
  uint32_t value_bound, op_bound;
  irmi_map names; /* interned name -> how many numbered names were made from it */
  uint32_t next_number;
  irmi_vec(irm_slot) slots;
  irmi_vec(irmi_layout) layouts; /* the first is always there */
  irm_sharing sharing;
  bool placed; /* something may have a host or a slot */
  bool fast_math;
};

/* irm_program_next_op, entering the bodies of kernels too. */
irm_op *irmi_program_next_inner(const irm_program *program, const irm_op *op);

/* Gives a value an interned name that no other has. */
void irmi_value_give_name(irm_program *program, irm_value *value, const char *name);

/* Marks what a kernel's body reads elsewhere, if that is not known. (kernel.c) */
void irmi_kernel_mark_elsewhere(const irm_op *kernel);

/* Slots and layouts as after creation; freed; as those of another program. (layout.c) */
void irmi_slots_reset(irm_program *program);
void irmi_slots_free(irm_program *program);
void irmi_slots_copy(irm_program *to, const irm_program *from);

#endif
