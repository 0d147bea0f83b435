/* The values of a program being walked, every array in bytes of its own. */
#include "interp/machine.h"

#include "support/alloc.h"

#include <string.h>

static void number_frame_ops(irmi_machine *machine) {
  size_t params = 0, inputs = 0, outputs = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(machine->program, op));) {
    size_t *ordinal = &machine->ordinals[irm_op_id(op)];
    switch (irm_op_opcode(op)) {
    case IRM_PARAM: *ordinal = params++; break;
    case IRM_INPUT: *ordinal = inputs++; break;
    case IRM_OUTPUT: *ordinal = outputs++; break;
    default: break;
    }
  }
}

void irmi_machine_init(irmi_machine *machine, const irm_program *program, const irm_rt_frame *frame,
                       const irm_allocator *allocator) {
  *machine = (irmi_machine){.program = program, .frame = frame, .allocator = allocator};
  machine->cells = irmi_calloc(allocator, irm_program_value_bound(program), sizeof(irmi_cell));
  machine->ordinals = irmi_calloc(allocator, irm_program_op_bound(program), sizeof(size_t));
  number_frame_ops(machine);
}

static void end_cell(irmi_machine *machine, irmi_cell *cell) {
  irmi_free(machine->allocator, cell->elements, cell->bytes);
  *cell = (irmi_cell){0};
}

void irmi_machine_destroy(irmi_machine *machine) {
  uint32_t values = irm_program_value_bound(machine->program);
  for (uint32_t id = 0; id < values; id++)
    end_cell(machine, &machine->cells[id]);
  irmi_free(machine->allocator, machine->cells, values * sizeof(irmi_cell));
  irmi_free(machine->allocator, machine->ordinals,
            irm_program_op_bound(machine->program) * sizeof(size_t));
}

irmi_cell *irmi_machine_cell(const irmi_machine *machine, const irm_value *value) {
  return &machine->cells[irm_value_id(value)];
}

size_t irmi_machine_ordinal(const irmi_machine *machine, const irm_op *op) {
  return machine->ordinals[irm_op_id(op)];
}

size_t irmi_machine_bytes(const irmi_machine *machine, const irm_value *value) {
  irm_type type = irm_value_type(value);
  return (size_t)irmi_space_count(machine->frame->graph, type.space) * irm_elem_bytes(type.elem);
}

void irmi_machine_begin_value(irmi_machine *machine, const irm_value *value) {
  irmi_cell *cell = irmi_machine_cell(machine, value);
  end_cell(machine, cell);
  if (!irm_value_is_array(value)) return;
  cell->bytes = irmi_machine_bytes(machine, value);
  cell->elements = irmi_alloc(machine->allocator, cell->bytes);
}

void irmi_machine_end_region(irmi_machine *machine, const irm_region *region) {
  for (uint32_t k = 0; k < irm_region_argument_count(region); k++)
    end_cell(machine, irmi_machine_cell(machine, irm_region_argument(region, k)));
  for (irm_op *op = irm_region_first(region); op; op = irm_op_next(op))
    for (uint32_t k = 0; k < irm_op_result_count(op); k++)
      end_cell(machine, irmi_machine_cell(machine, irm_op_result(op, k)));
}

static irmi_operand operand_of(const irmi_machine *machine, const irm_value *value) {
  const irmi_cell *cell = irmi_machine_cell(machine, value);
  return (irmi_operand){irm_value_type(value), cell->number, cell->elements};
}

bool irmi_machine_run(irmi_machine *machine, const irm_op *op) {
  if (irm_op_opcode(op) == IRM_KERNEL) return irmi_machine_run_body(machine, op);
  irmi_operand operands[IRMI_MOST_OPERANDS];
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++)
    operands[k] = operand_of(machine, irm_op_operand(op, k));
  irmi_call call = {.op = op,
                    .frame = machine->frame,
                    .allocator = machine->allocator,
                    .ordinal = irmi_machine_ordinal(machine, op),
                    .operands = operands};
  if (irm_op_result_count(op) > 0) {
    const irm_value *result = irm_op_result(op, 0);
    irmi_machine_begin_value(machine, result);
    irmi_cell *cell = irmi_machine_cell(machine, result);
    call.type = irm_value_type(result);
    call.number = &cell->number;
    call.elements = cell->elements;
  }
  return irmi_kernel_of(irm_op_opcode(op))(&call);
}

static irmi_cell copy_cell(irmi_machine *machine, const irmi_cell *cell) {
  irmi_cell copy = *cell;
  if (!cell->elements) return copy;
  copy.elements = irmi_alloc(machine->allocator, cell->bytes);
  memcpy(copy.elements, cell->elements, cell->bytes);
  return copy;
}

void irmi_machine_hand_over(irmi_machine *machine, const irm_region *ended, uint32_t count,
                            irm_value *const *from, irm_value *const *to) {
  irmi_cell *copies = irmi_calloc(machine->allocator, count, sizeof *copies);
  for (uint32_t k = 0; k < count; k++)
    copies[k] = copy_cell(machine, irmi_machine_cell(machine, from[k]));
  if (ended) irmi_machine_end_region(machine, ended);
  for (uint32_t k = 0; k < count; k++) {
    irmi_cell *cell = irmi_machine_cell(machine, to[k]);
    end_cell(machine, cell);
    *cell = copies[k];
  }
  irmi_free(machine->allocator, copies, count * sizeof *copies);
}
