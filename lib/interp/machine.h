/* What is known of every value while a program is walked: scalars as numbers, arrays each in bytes
 * of their own. */
#ifndef IRMEM_INTERP_MACHINE_H
#define IRMEM_INTERP_MACHINE_H

#include "interp/kernel.h"
#include "irmem/context.h"

typedef struct irmi_cell {
  irm_number number;
  void *elements; /* NULL: not alive, or without elements */
  size_t bytes;
} irmi_cell;

typedef struct irmi_machine {
  const irm_program *program;
  const irm_rt_frame *frame;
  const irm_allocator *allocator;
  irmi_cell *cells; /* one a value id */
  size_t *ordinals; /* one an op id: which param, input or output it is */
} irmi_machine;

/* Program, frame and allocator must outlive the machine. */
void irmi_machine_init(irmi_machine *machine, const irm_program *program, const irm_rt_frame *frame,
                       const irm_allocator *allocator);
void irmi_machine_destroy(irmi_machine *machine);

irmi_cell *irmi_machine_cell(const irmi_machine *machine, const irm_value *value);
size_t irmi_machine_ordinal(const irmi_machine *machine, const irm_op *op);
/* The bytes of an array value. */
size_t irmi_machine_bytes(const irmi_machine *machine, const irm_value *value);

/* Gives a value a fresh array if it is one; what it held is freed. */
void irmi_machine_begin_value(irmi_machine *machine, const irm_value *value);
/* Frees what the values defined directly in a region hold: its instance is over. */
void irmi_machine_end_region(irmi_machine *machine, const irm_region *region);

/* Runs an op that is no control flow on the cells; false: the op is an error. */
bool irmi_machine_run(irmi_machine *machine, const irm_op *op);
/* The same for a kernel, whose results are what its body yields. (body.c) */
bool irmi_machine_run_body(irmi_machine *machine, const irm_op *kernel);
/* Whether, on these cells, no array that the kernel has given depends on elements of the operand at
 * other indexes, as far as some trials show. (step.c) */
bool irmi_machine_reads_in_step(irmi_machine *machine, const irm_op *kernel, uint32_t operand);

/* The next iteration's values, or a region's results: to[k] takes what from[k] holds, all at once,
 * and what the ended region defined is freed in between. ended may be NULL. */
void irmi_machine_hand_over(irmi_machine *machine, const irm_region *ended, uint32_t count,
                            irm_value *const *from, irm_value *const *to);

#endif
