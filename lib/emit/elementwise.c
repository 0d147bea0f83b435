/* Ops of kind SCALAR: on scalars where they stand, on arrays in a kernel over the index space. */
#include "emit/emitter.h"

#define MOST_OPERANDS 3

static irmi_element lane_of(irmi_emitter *emitter, LLVMBuilderRef builder, const irm_op *op) {
  return (irmi_element){.emitter = emitter,
                        .builder = builder,
                        .from = irm_value_type(irm_op_operand(op, 0)).elem,
                        .to = irm_value_type(irm_op_result(op, 0)).elem};
}

static void emit_scalar(irmi_emitter *emitter, const irm_op *op, irmi_scalar_lowering *lower) {
  LLVMValueRef x[MOST_OPERANDS];
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++)
    x[k] = irmi_scalar(emitter, irm_op_operand(op, k));
  irmi_element lane = lane_of(emitter, emitter->builder, op);
  LLVMValueRef result = lower(&lane, x);
  if (lane.fault) irmi_fail_if(emitter, op, lane.fault);
  irmi_set_scalar(emitter, op, result);
}

static LLVMValueRef capture_operand(irmi_kernel *kernel, const irm_value *value) {
  irmi_emitter *emitter = kernel->emitter;
  return irmi_kernel_capture(kernel, irm_value_is_array(value) ? irmi_array_pointer(emitter, value)
                                                               : irmi_scalar(emitter, value));
}

static LLVMValueRef element_of(const irmi_kernel *kernel, const irm_value *value,
                               LLVMValueRef captured, LLVMValueRef index) {
  irm_type type = irm_value_type(value);
  if (!irm_type_is_array(type)) return captured;
  return irmi_kernel_load(kernel, type.elem, captured, index);
}

/* The loop of a kernel: operands in, result out, and whether any element was an error. */
static LLVMValueRef emit_elements(irmi_kernel *kernel, const irm_op *op,
                                  irmi_scalar_lowering *lower, bool traps) {
  irmi_emitter *emitter = kernel->emitter;
  const irm_value *result = irm_op_result(op, 0);
  uint32_t count = irm_op_operand_count(op);
  LLVMValueRef captured[MOST_OPERANDS], x[MOST_OPERANDS];
  for (uint32_t k = 0; k < count; k++)
    captured[k] = capture_operand(kernel, irm_op_operand(op, k));
  LLVMValueRef base = irmi_kernel_capture(kernel, irmi_array_pointer(emitter, result));

  irmi_for loop;
  LLVMValueRef good = LLVMConstNull(emitter->types.i1);
  irmi_kernel_for(kernel, &loop, traps ? 1 : 0, &good);
  for (uint32_t k = 0; k < count; k++)
    x[k] = element_of(kernel, irm_op_operand(op, k), captured[k], loop.index);
  irmi_element lane = lane_of(emitter, kernel->builder, op);
  LLVMValueRef value = lower(&lane, x);
  irmi_kernel_store(kernel, irm_value_type(result).elem, base, loop.index, value);
  LLVMValueRef fault = good;
  if (traps) fault = LLVMBuildOr(kernel->builder, loop.carried[0], lane.fault, "");
  irmi_for_close(emitter, kernel->builder, &loop, &fault);
  irmi_mark_parallel(emitter, loop.latch);
  return loop.carried[0];
}

static void emit_array(irmi_emitter *emitter, const irm_op *op, irmi_scalar_lowering *lower) {
  bool traps = irm_op_info_of(op)->effect == IRM_EFFECT_TRAPS;
  irmi_kernel kernel;
  irmi_kernel_open(emitter, &kernel);
  LLVMValueRef cell = traps ? irmi_fault_cell(emitter) : NULL;
  LLVMValueRef inner = traps ? irmi_kernel_capture(&kernel, cell) : NULL;
  LLVMValueRef fault = emit_elements(&kernel, op, lower, traps);
  if (traps) irmi_kernel_store_fault(&kernel, inner, fault);

  irm_space space = irm_value_type(irm_op_result(op, 0)).space;
  LLVMValueRef one = irmi_const_i64(emitter, 1);
  irmi_kernel_run(&kernel, irmi_element_count(emitter, space), one);
  if (traps) irmi_fail_if_set(emitter, op, cell);
}

void irmi_emit_elementwise(irmi_emitter *emitter, const irm_op *op, irmi_scalar_lowering *lower) {
  if (irm_value_is_array(irm_op_result(op, 0)))
    emit_array(emitter, op, lower);
  else
    emit_scalar(emitter, op, lower);
}
