/* Ops of kind SCALAR, element by element. Element i is written after element i of every operand was
 * read, which is all that the storage rule MAY promises. */
#include "interp/kernel.h"
#include "run/element.h"

static irm_number operand_at(const irmi_operand *operand, int64_t index) {
  if (!irm_type_is_array(operand->type)) return operand->number;
  return irmi_element_load(operand->type.elem, operand->elements, index);
}

static bool evaluate_at(const irmi_call *call, int64_t index, irm_number *result) {
  irm_number operands[IRMI_MOST_OPERANDS];
  for (uint32_t k = 0; k < irm_op_operand_count(call->op); k++)
    operands[k] = operand_at(&call->operands[k], index);
  return irm_evaluate(irm_op_opcode(call->op), operands, call->type.elem, result);
}

bool irmi_run_elementwise(const irmi_call *call) {
  if (!irm_type_is_array(call->type)) return evaluate_at(call, 0, call->number);
  int64_t count = irmi_space_count(call->frame->graph, call->type.space);
  for (int64_t i = 0; i < count; i++) {
    irm_number result;
    if (!evaluate_at(call, i, &result)) return false;
    irmi_element_store(result, call->elements, i);
  }
  return true;
}
