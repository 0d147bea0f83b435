/* Kernels: questions about their bodies. */
#include "ir/internal.h"

#include <assert.h>

irm_space irm_op_space(const irm_op *kernel) {
  assert(kernel->opcode == IRM_KERNEL);
  return kernel->space;
}

irm_region *irm_kernel_body(const irm_op *kernel) {
  assert(kernel->opcode == IRM_KERNEL);
  return &kernel->regions[0];
}

irm_op *irm_op_kernel(const irm_op *op) {
  irm_op *parent = op->region ? op->region->parent : NULL;
  return parent && parent->opcode == IRM_KERNEL ? parent : NULL;
}

static bool reads_elsewhere(const irm_op *op, const irm_value *operand, irm_space space) {
  if (irm_op_info_of(op)->kind == IRM_KIND_ROWS) return true;
  bool computed_elsewhere = op->result_count == 1 && op->results[0]->elsewhere;
  return computed_elsewhere || operand->type.space != space;
}

/* Readers come behind what they read: from the last op to the first, all of a value's readers are
 * known when it is reached. */
void irmi_kernel_mark_elsewhere(const irm_op *kernel) {
  const irm_region *body = &kernel->regions[0];
  if (kernel->elsewhere_known) return;
  body->parent->elsewhere_known = true;
  for (uint32_t k = 0; k < body->argument_count; k++)
    body->arguments[k]->elsewhere = false;
  for (const irm_op *op = body->first; op; op = op->next)
    for (uint32_t i = 0; i < op->result_count; i++)
      op->results[i]->elsewhere = false;
  for (const irm_op *op = body->last; op; op = op->prev)
    for (uint32_t i = 0; i < op->operand_count; i++) {
      irm_value *operand = op->operands[i].value;
      if (irm_value_is_array(operand) && reads_elsewhere(op, operand, kernel->space))
        operand->elsewhere = true;
    }
}

bool irm_kernel_reads_elsewhere(const irm_op *kernel, uint32_t k) {
  irmi_kernel_mark_elsewhere(kernel);
  assert(k < kernel->regions[0].argument_count);
  return kernel->regions[0].arguments[k]->elsewhere;
}
