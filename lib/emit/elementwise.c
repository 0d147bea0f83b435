/* Ops of kind SCALAR: on scalars where they stand, on arrays in a kernel over the index space. */
#include "emit/emitter.h"

irmi_element irmi_element_of(irmi_emitter *emitter, LLVMBuilderRef builder, const irm_op *op) {
  return (irmi_element){.emitter = emitter,
                        .builder = builder,
                        .from = irm_value_type(irm_op_operand(op, 0)).elem,
                        .to = irm_value_type(irm_op_result(op, 0)).elem};
}

static void emit_scalar(irmi_emitter *emitter, const irm_op *op, irmi_scalar_lowering *lower) {
  LLVMValueRef x[IRMI_MOST_OPERANDS];
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++)
    x[k] = irmi_scalar(emitter, irm_op_operand(op, k));
  irmi_element lane = irmi_element_of(emitter, emitter->into.builder, op);
  LLVMValueRef result = lower(&lane, x);
  if (lane.fault) irmi_fail_if(emitter, op, lane.fault);
  irmi_set_scalar(emitter, op, result);
}

void irmi_emit_elementwise(irmi_emitter *emitter, const irm_op *op, irmi_scalar_lowering *lower) {
  if (irm_value_is_array(irm_op_result(op, 0)))
    irmi_emit_kernel(emitter, op);
  else
    emit_scalar(emitter, op, lower);
}
