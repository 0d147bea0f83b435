/* The least over paths, which the runtime finds. */
#include "emit/emitter.h"

/* Where the steps lie: one for all in a cell of its own. */
static LLVMValueRef steps_pointer(irmi_emitter *emitter, const irm_value *steps) {
  if (irm_value_is_array(steps)) return irmi_array_pointer(emitter, steps);
  irm_elem elem = irm_value_type(steps).elem;
  LLVMTypeRef type = irmi_memory_type(&emitter->types, elem);
  LLVMValueRef cell = LLVMBuildAlloca(emitter->into.entry, type, "step");
  LLVMValueRef step = irmi_scalar(emitter, steps);
  LLVMBuildStore(emitter->into.builder, irmi_to_memory(emitter, emitter->into.builder, elem, step),
                 cell);
  return cell;
}

void irmi_emit_PATH_MIN(irmi_emitter *emitter, const irm_op *op) {
  const irm_value *result = irm_op_result(op, 0), *steps = irm_op_operand(op, 1);
  irmi_begin_changed(emitter, op);
  LLVMValueRef arguments[] = {emitter->into.threads,
                              emitter->into.view,
                              irmi_const_i64(emitter, irm_value_type(result).elem),
                              irmi_const_i64(emitter, irm_op_direction(op)),
                              steps_pointer(emitter, steps),
                              irmi_const_i64(emitter, irm_value_type(steps).elem),
                              irmi_const_i64(emitter, irm_value_is_array(steps)),
                              irmi_array_pointer(emitter, result),
                              irmi_slot_pointer(emitter, irm_op_workspace_slot(op))};
  LLVMValueRef fault =
      irmi_ask_runtime(emitter, IRMI_OF_IDS(emitter, "irm_rt_path_min"), arguments, 9);
  LLVMValueRef none = LLVMConstNull(emitter->types.i64);
  irmi_fail_if(emitter, op, LLVMBuildICmp(emitter->into.builder, LLVMIntNE, fault, none, ""));
}
