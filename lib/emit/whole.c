/* Ops of kind WHOLE: what comes from the frame and the graph. */
#include "emit/emitter.h"

void irmi_emit_CONST(irmi_emitter *emitter, const irm_op *op) {
  irmi_set_scalar(emitter, op, irmi_const_number(emitter, irm_op_number(op)));
}

void irmi_emit_PARAM(irmi_emitter *emitter, const irm_op *op) {
  irm_elem elem = irm_value_type(irm_op_result(op, 0)).elem;
  LLVMValueRef address =
      irmi_load_table(emitter, IRMI_FRAME_PARAMS, emitter->ordinals[irm_op_id(op)]);
  LLVMTypeRef type = irmi_memory_type(&emitter->types, elem);
  LLVMValueRef bytes = LLVMBuildLoad2(emitter->entry, type, address, irm_op_name(op));
  irmi_set_scalar(emitter, op, irmi_from_memory(emitter, emitter->entry, elem, bytes));
}

/* Its readers find it in the frame. */
void irmi_emit_INPUT(irmi_emitter *emitter, const irm_op *op) {
  (void)emitter, (void)op;
}

/* Arrays are delivered at the end of the program. */
void irmi_emit_OUTPUT(irmi_emitter *emitter, const irm_op *op) {
  const irm_value *value = irm_op_operand(op, 0);
  if (irm_value_is_array(value)) return;
  LLVMValueRef room =
      irmi_load_table(emitter, IRMI_FRAME_OUTPUTS, emitter->ordinals[irm_op_id(op)]);
  LLVMValueRef bytes = irmi_to_memory(emitter, emitter->builder, irm_value_type(value).elem,
                                      irmi_scalar(emitter, value));
  LLVMBuildStore(emitter->builder, bytes, room);
}

void irmi_emit_NODE_COUNT(irmi_emitter *emitter, const irm_op *op) {
  irmi_set_scalar(emitter, op, emitter->n);
}

void irmi_emit_EDGE_COUNT(irmi_emitter *emitter, const irm_op *op) {
  irmi_set_scalar(emitter, op, emitter->m);
}

/* A kernel that computes one array from captured values, element by element. */
typedef struct filling {
  irmi_kernel kernel;
  irmi_for loop;
  irm_type type;
  LLVMValueRef base;
} filling;

static void open_filling(irmi_emitter *emitter, filling *fill, const irm_op *op) {
  const irm_value *result = irm_op_result(op, 0);
  irmi_kernel_open(emitter, &fill->kernel);
  fill->type = irm_value_type(result);
  fill->base = irmi_kernel_capture(&fill->kernel, irmi_array_pointer(emitter, result));
  irmi_kernel_for(&fill->kernel, &fill->loop, 0, NULL);
}

static void close_filling(irmi_emitter *emitter, filling *fill, LLVMValueRef element) {
  irmi_kernel_store(&fill->kernel, fill->type.elem, fill->base, fill->loop.index, element);
  irmi_for_close(emitter, fill->kernel.builder, &fill->loop, NULL);
  irmi_mark_parallel(emitter, fill->loop.latch);
  irmi_kernel_run(&fill->kernel, irmi_element_count(emitter, fill->type.space),
                  irmi_const_i64(emitter, 1));
}

void irmi_emit_INDEX(irmi_emitter *emitter, const irm_op *op) {
  filling fill;
  open_filling(emitter, &fill, op);
  close_filling(emitter, &fill, fill.loop.index);
}

/* What the runtime finds of each node. */
#define FROM_RUNTIME(ENUM, NAME)                                                                   \
  void irmi_emit_##ENUM(irmi_emitter *emitter, const irm_op *op) {                                 \
    LLVMValueRef arguments[] = {emitter->threads, emitter->view,                                   \
                                irmi_array_pointer(emitter, irm_op_result(op, 0))};                \
    irmi_call_runtime(emitter, NAME, arguments, 3);                                                \
  }
FROM_RUNTIME(NODE_ID, "irm_rt_node_ids")
FROM_RUNTIME(NEIGHBOR_COUNT, "irm_rt_neighbor_count")
FROM_RUNTIME(NEIGHBOR_LINKS, "irm_rt_neighbor_links")
FROM_RUNTIME(NEIGHBOR_TRIANGLES, "irm_rt_neighbor_triangles")
#undef FROM_RUNTIME

void irmi_emit_NODE_OF(irmi_emitter *emitter, const irm_op *op) {
  LLVMValueRef arguments[] = {emitter->view, irmi_scalar(emitter, irm_op_operand(op, 0))};
  LLVMValueRef node = irmi_ask_runtime(emitter, "irm_rt_node_of", arguments, 2);
  LLVMValueRef none = irmi_const_i64(emitter, 0);
  irmi_fail_if(emitter, op, LLVMBuildICmp(emitter->builder, LLVMIntSLT, node, none, ""));
  irmi_set_scalar(emitter, op, node);
}

/* Whoever reads it reads the graph's. */
void irmi_emit_WEIGHT(irmi_emitter *emitter, const irm_op *op) {
  (void)emitter;
  (void)op;
}

/* The element of the node at one end of each edge. */
static void emit_at_end(irmi_emitter *emitter, const irm_op *op, unsigned field) {
  filling fill;
  open_filling(emitter, &fill, op);
  irmi_kernel *kernel = &fill.kernel;
  LLVMValueRef ends = irmi_kernel_capture(kernel, irmi_load_view(emitter, field));
  LLVMValueRef nodes =
      irmi_kernel_capture(kernel, irmi_array_pointer(emitter, irm_op_operand(op, 0)));
  LLVMValueRef node = irmi_kernel_load(kernel, IRM_I32, ends, fill.loop.index);
  node = LLVMBuildZExt(kernel->builder, node, emitter->types.i64, "");
  close_filling(emitter, &fill, irmi_kernel_load(kernel, fill.type.elem, nodes, node));
}

void irmi_emit_AT_SOURCE(irmi_emitter *emitter, const irm_op *op) {
  emit_at_end(emitter, op, IRMI_VIEW_SOURCES);
}

void irmi_emit_AT_TARGET(irmi_emitter *emitter, const irm_op *op) {
  emit_at_end(emitter, op, IRMI_VIEW_TARGETS);
}

static LLVMValueRef row_length(const irmi_kernel *kernel, LLVMValueRef offsets, LLVMValueRef row) {
  LLVMBuilderRef b = kernel->builder;
  LLVMValueRef next = LLVMBuildNSWAdd(b, row, irmi_const_i64(kernel->emitter, 1), "");
  LLVMValueRef end = irmi_kernel_load(kernel, IRM_I64, offsets, next);
  return LLVMBuildSub(b, end, irmi_kernel_load(kernel, IRM_I64, offsets, row), "");
}

/* Direction both: on an undirected graph the one structure is counted once. */
void irmi_emit_DEGREE(irmi_emitter *emitter, const irm_op *op) {
  irm_direction direction = irm_op_direction(op);
  filling fill;
  open_filling(emitter, &fill, op);
  irmi_kernel *kernel = &fill.kernel;
  unsigned first = direction == IRM_OUT ? IRMI_VIEW_OUT_OFFSETS : IRMI_VIEW_IN_OFFSETS;
  LLVMValueRef offsets = irmi_kernel_capture(kernel, irmi_load_view(emitter, first));
  LLVMValueRef degree = row_length(kernel, offsets, fill.loop.index);
  if (direction == IRM_BOTH) {
    LLVMValueRef out = irmi_kernel_capture(kernel, irmi_load_view(emitter, IRMI_VIEW_OUT_OFFSETS));
    LLVMValueRef directed =
        irmi_kernel_capture(kernel, irmi_load_view(emitter, IRMI_VIEW_DIRECTED));
    LLVMValueRef more = row_length(kernel, out, fill.loop.index);
    more = LLVMBuildMul(kernel->builder, more, directed, "");
    degree = LLVMBuildAdd(kernel->builder, degree, more, "");
  }
  close_filling(emitter, &fill, degree);
}
