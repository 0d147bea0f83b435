/* The body of the op `kernel` on the machine. That its ops run as one loop changes nothing of what
 * they mean, so here they run one after the other, each array in bytes of its own. */
#include "interp/machine.h"

#include "support/alloc.h"

/* Nothing on the machine is written over what it reads, so arguments may be the operands. */
static void lend_operands(irmi_machine *machine, const irm_op *kernel) {
  const irm_region *body = irm_kernel_body(kernel);
  for (uint32_t k = 0; k < irm_op_operand_count(kernel); k++)
    *irmi_machine_cell(machine, irm_region_argument(body, k)) =
        *irmi_machine_cell(machine, irm_op_operand(kernel, k));
}

static void take_operands_back(irmi_machine *machine, const irm_region *body) {
  for (uint32_t k = 0; k < irm_region_argument_count(body); k++)
    *irmi_machine_cell(machine, irm_region_argument(body, k)) = (irmi_cell){0};
}

static bool run_ops(irmi_machine *machine, const irm_region *body) {
  for (const irm_op *op = irm_region_first(body); op; op = irm_op_next(op))
    if (irm_op_opcode(op) != IRM_YIELD && !irmi_machine_run(machine, op)) return false;
  return true;
}

static void hand_results_over(irmi_machine *machine, const irm_op *kernel) {
  const irm_region *body = irm_kernel_body(kernel);
  uint32_t count = irm_op_result_count(kernel);
  irm_value **values = irmi_calloc(machine->allocator, 2 * (size_t)count, sizeof *values);
  for (uint32_t k = 0; k < count; k++) {
    values[k] = irm_region_yielded(body, k);
    values[count + k] = irm_op_result(kernel, k);
  }
  irmi_machine_hand_over(machine, body, count, values, values + count);
  irmi_free(machine->allocator, values, 2 * (size_t)count * sizeof *values);
}

bool irmi_machine_run_body(irmi_machine *machine, const irm_op *kernel) {
  lend_operands(machine, kernel);
  bool good = run_ops(machine, irm_kernel_body(kernel));
  take_operands_back(machine, irm_kernel_body(kernel));
  if (good) hand_results_over(machine, kernel);
  return good;
}
