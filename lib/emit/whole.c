/* Ops of kind WHOLE: what comes from the frame and the graph. */
#include "emit/emitter.h"

void irmi_emit_CONST(irmi_emitter *emitter, const irm_op *op) {
  irmi_set_scalar(emitter, op, irmi_const_number(emitter, irm_op_number(op)));
}

void irmi_emit_PARAM(irmi_emitter *emitter, const irm_op *op) {
  irm_elem elem = irm_value_type(irm_op_result(op, 0)).elem;
  LLVMValueRef address = irmi_load_table(emitter, emitter->into.entry, emitter->into.frame,
                                         IRMI_FRAME_PARAMS, emitter->ordinals[irm_op_id(op)]);
  LLVMTypeRef type = irmi_memory_type(&emitter->types, elem);
  LLVMValueRef bytes = LLVMBuildLoad2(emitter->into.entry, type, address, irm_op_name(op));
  irmi_set_scalar(emitter, op, irmi_from_memory(emitter, emitter->into.entry, elem, bytes));
}

/* Its readers find it in the frame. */
void irmi_emit_INPUT(irmi_emitter *emitter, const irm_op *op) {
  (void)emitter, (void)op;
}

/* Arrays are delivered at the end of the program. */
void irmi_emit_OUTPUT(irmi_emitter *emitter, const irm_op *op) {
  const irm_value *value = irm_op_operand(op, 0);
  if (irm_value_is_array(value)) return;
  LLVMValueRef room = irmi_load_table(emitter, emitter->into.builder, emitter->into.frame,
                                      IRMI_FRAME_OUTPUTS, emitter->ordinals[irm_op_id(op)]);
  LLVMValueRef bytes = irmi_to_memory(emitter, emitter->into.builder, irm_value_type(value).elem,
                                      irmi_scalar(emitter, value));
  LLVMBuildStore(emitter->into.builder, bytes, room);
}

void irmi_emit_NODE_COUNT(irmi_emitter *emitter, const irm_op *op) {
  irmi_set_scalar(emitter, op, emitter->into.n);
}

void irmi_emit_EDGE_COUNT(irmi_emitter *emitter, const irm_op *op) {
  irmi_set_scalar(emitter, op, emitter->into.m);
}

/* What the runtime finds of each node. */
#define FROM_RUNTIME(ENUM, NAME)                                                                   \
  void irmi_emit_##ENUM(irmi_emitter *emitter, const irm_op *op) {                                 \
    LLVMValueRef arguments[] = {emitter->into.threads, emitter->into.view,                         \
                                irmi_array_pointer(emitter, irm_op_result(op, 0))};                \
    irmi_call_runtime(emitter, NAME, arguments, 3);                                                \
  }
FROM_RUNTIME(NODE_ID, "irm_rt_node_ids")
FROM_RUNTIME(NEIGHBOR_COUNT, IRMI_OF_IDS(emitter, "irm_rt_neighbor_count"))
FROM_RUNTIME(NEIGHBOR_LINKS, IRMI_OF_IDS(emitter, "irm_rt_neighbor_links"))
FROM_RUNTIME(NEIGHBOR_TRIANGLES, IRMI_OF_IDS(emitter, "irm_rt_neighbor_triangles"))
#undef FROM_RUNTIME

void irmi_emit_NODE_OF(irmi_emitter *emitter, const irm_op *op) {
  LLVMValueRef arguments[] = {emitter->into.view, irmi_scalar(emitter, irm_op_operand(op, 0))};
  LLVMValueRef node = irmi_ask_runtime(emitter, "irm_rt_node_of", arguments, 2);
  LLVMValueRef none = irmi_const_i64(emitter, 0);
  irmi_fail_if(emitter, op, LLVMBuildICmp(emitter->into.builder, LLVMIntSLT, node, none, ""));
  irmi_set_scalar(emitter, op, node);
}

/* Whoever reads it reads the graph's. */
void irmi_emit_WEIGHT(irmi_emitter *emitter, const irm_op *op) {
  (void)emitter;
  (void)op;
}
