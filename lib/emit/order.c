/* Elements in order, which the runtime finds. */
#include "emit/emitter.h"

static LLVMValueRef elem_of(const irmi_emitter *emitter, const irm_value *array) {
  return irmi_const_i64(emitter, irm_value_type(array).elem);
}

static LLVMValueRef count_of(const irmi_emitter *emitter, const irm_value *array) {
  return irmi_element_count(emitter, irm_value_type(array).space);
}

void irmi_emit_SORT(irmi_emitter *emitter, const irm_op *op) {
  const irm_value *result = irm_op_result(op, 0);
  irmi_begin_changed(emitter, op);
  LLVMValueRef arguments[] = {elem_of(emitter, result), count_of(emitter, result),
                              irmi_array_pointer(emitter, result)};
  irmi_call_runtime(emitter, "irm_rt_sort", arguments, 3);
}

static void emit_indexes(irmi_emitter *emitter, const irm_op *op, const char *name) {
  const irm_value *array = irm_op_operand(op, 0);
  LLVMValueRef arguments[] = {elem_of(emitter, array), count_of(emitter, array),
                              irmi_array_pointer(emitter, array),
                              irmi_array_pointer(emitter, irm_op_result(op, 0))};
  irmi_call_runtime(emitter, name, arguments, 4);
}

void irmi_emit_ORDER(irmi_emitter *emitter, const irm_op *op) {
  emit_indexes(emitter, op, "irm_rt_order");
}

void irmi_emit_RANK(irmi_emitter *emitter, const irm_op *op) {
  emit_indexes(emitter, op, "irm_rt_rank");
}

static void emit_search(irmi_emitter *emitter, const irm_op *op, bool equal) {
  const irm_value *array = irm_op_operand(op, 0), *wanted = irm_op_operand(op, 1);
  LLVMValueRef arguments[] = {emitter->into.threads,
                              elem_of(emitter, array),
                              irmi_const_i64(emitter, equal),
                              count_of(emitter, array),
                              irmi_array_pointer(emitter, array),
                              count_of(emitter, wanted),
                              irmi_array_pointer(emitter, wanted),
                              irmi_array_pointer(emitter, irm_op_result(op, 0))};
  irmi_call_runtime(emitter, "irm_rt_search", arguments, 8);
}

void irmi_emit_SEARCH_BELOW(irmi_emitter *emitter, const irm_op *op) {
  emit_search(emitter, op, false);
}

void irmi_emit_SEARCH_UPTO(irmi_emitter *emitter, const irm_op *op) {
  emit_search(emitter, op, true);
}
