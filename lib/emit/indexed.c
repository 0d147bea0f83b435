/* Ops of kind WHOLE that read or change elements at given indexes. */
#include "emit/emitter.h"

/* Single elements --------------------------------------------------------------------------------
 */

/* The address of element `index` of an array; outside of it the run ends. */
static LLVMValueRef checked_address(irmi_emitter *emitter, const irm_op *op, irm_type type,
                                    LLVMValueRef base, LLVMValueRef index) {
  LLVMValueRef count = irmi_element_count(emitter, type.space);
  irmi_fail_if(emitter, op, LLVMBuildICmp(emitter->builder, LLVMIntUGE, index, count, ""));
  return irmi_element_address(emitter, emitter->builder, type.elem, base, index);
}

void irmi_emit_EXTRACT(irmi_emitter *emitter, const irm_op *op) {
  const irm_value *array = irm_op_operand(op, 0);
  irm_type type = irm_value_type(array);
  LLVMValueRef address = checked_address(emitter, op, type, irmi_array_pointer(emitter, array),
                                         irmi_scalar(emitter, irm_op_operand(op, 1)));
  LLVMTypeRef bytes = irmi_memory_type(&emitter->types, type.elem);
  LLVMValueRef load = LLVMBuildLoad2(emitter->builder, bytes, address, "");
  irmi_set_scalar(emitter, op, irmi_from_memory(emitter, emitter->builder, type.elem, load));
}

void irmi_emit_INSERT(irmi_emitter *emitter, const irm_op *op) {
  const irm_value *array = irm_op_operand(op, 0), *result = irm_op_result(op, 0);
  irm_type type = irm_value_type(array);
  LLVMBuilderRef b = emitter->builder;
  LLVMValueRef base = irmi_array_pointer(emitter, result);
  LLVMValueRef address =
      checked_address(emitter, op, type, base, irmi_scalar(emitter, irm_op_operand(op, 1)));
  irmi_begin_changed(emitter, op);
  LLVMValueRef element = irmi_scalar(emitter, irm_op_operand(op, 2));
  LLVMBuildStore(b, irmi_to_memory(emitter, b, type.elem, element), address);
}

/* At the indexes that an array holds
 * ---------------------------------------------------------------
 */

typedef struct gathering {
  irmi_kernel kernel;
  irm_elem elem;
  LLVMValueRef from, count, indexes, into, cell; /* captured */
} gathering;

/* An element of the array; where the index is outside, something else that can be read. */
static LLVMValueRef load_at(const gathering *g, LLVMValueRef at, LLVMValueRef *outside) {
  const irmi_emitter *emitter = g->kernel.emitter;
  LLVMBuilderRef b = g->kernel.builder;
  LLVMValueRef index = irmi_kernel_load(&g->kernel, IRM_I64, g->indexes, at);
  *outside = LLVMBuildICmp(b, LLVMIntUGE, index, g->count, "");
  LLVMTypeRef type = irmi_memory_type(&emitter->types, g->elem);
  LLVMValueRef address =
      LLVMBuildSelect(b, *outside, irmi_element_address(emitter, b, IRM_I64, g->indexes, at),
                      LLVMBuildGEP2(b, type, g->from, &index, 1, ""), "");
  LLVMValueRef load = LLVMBuildLoad2(b, type, address, "");
  irmi_kernel_mark(&g->kernel, load);
  return irmi_from_memory(emitter, b, g->elem, load);
}

static void emit_gather_loop(gathering *g) {
  irmi_emitter *emitter = g->kernel.emitter;
  irmi_for loop;
  LLVMValueRef outside, fault = LLVMConstNull(emitter->types.i1);
  irmi_kernel_for(&g->kernel, &loop, 1, &fault);
  LLVMValueRef element = load_at(g, loop.index, &outside);
  irmi_kernel_store(&g->kernel, g->elem, g->into, loop.index, element);
  fault = LLVMBuildOr(g->kernel.builder, loop.carried[0], outside, "");
  irmi_for_close(emitter, g->kernel.builder, &loop, &fault);
  irmi_mark_parallel(emitter, loop.latch);
  irmi_kernel_store_fault(&g->kernel, g->cell, loop.carried[0]);
}

void irmi_emit_GATHER(irmi_emitter *emitter, const irm_op *op) {
  const irm_value *from = irm_op_operand(op, 0), *indexes = irm_op_operand(op, 1);
  irm_space space = irm_value_type(indexes).space;
  gathering g = {.elem = irm_value_type(from).elem};
  LLVMValueRef cell = irmi_fault_cell(emitter);
  irmi_kernel_open(emitter, &g.kernel);
  g.from = irmi_kernel_capture(&g.kernel, irmi_array_pointer(emitter, from));
  g.count = irmi_kernel_capture(&g.kernel, irmi_element_count(emitter, irm_value_type(from).space));
  g.indexes = irmi_kernel_capture(&g.kernel, irmi_array_pointer(emitter, indexes));
  g.into = irmi_kernel_capture(&g.kernel, irmi_array_pointer(emitter, irm_op_result(op, 0)));
  g.cell = irmi_kernel_capture(&g.kernel, cell);
  emit_gather_loop(&g);
  irmi_kernel_run(&g.kernel, irmi_element_count(emitter, space), irmi_const_i64(emitter, 1));
  irmi_fail_if_set(emitter, op, cell);
}

static LLVMValueRef load_element(const irmi_emitter *emitter, irm_elem elem, LLVMValueRef base,
                                 LLVMValueRef index) {
  LLVMBuilderRef b = emitter->builder;
  LLVMValueRef address = irmi_element_address(emitter, b, elem, base, index);
  return LLVMBuildLoad2(b, irmi_memory_type(&emitter->types, elem), address, "");
}

/* Element i of what is brought; a scalar counts for every i. */
static LLVMValueRef load_brought(const irmi_emitter *emitter, const irm_value *value,
                                 LLVMValueRef i) {
  if (!irm_value_is_array(value)) return irmi_scalar(emitter, value);
  return load_element(emitter, irm_value_type(value).elem, irmi_array_pointer(emitter, value), i);
}

/* One by one, because two may meet in one element. */
static void emit_scatter(irmi_emitter *emitter, const irm_op *op, irmi_scalar_lowering *combine) {
  const irm_value *indexes = irm_op_operand(op, 1), *result = irm_op_result(op, 0);
  irm_type type = irm_value_type(result);
  LLVMBuilderRef b = emitter->builder;
  irmi_begin_changed(emitter, op);
  LLVMValueRef into = irmi_array_pointer(emitter, result);
  LLVMValueRef from = irmi_array_pointer(emitter, indexes);
  irmi_for loop;
  irmi_for_open(emitter, b, &loop, irmi_const_i64(emitter, 0),
                irmi_element_count(emitter, irm_value_type(indexes).space), 1, 0, NULL);
  LLVMValueRef index = load_element(emitter, IRM_I64, from, loop.index);
  LLVMValueRef address = checked_address(emitter, op, type, into, index);
  LLVMValueRef x[] = {LLVMBuildLoad2(b, irmi_memory_type(&emitter->types, type.elem), address, ""),
                      load_brought(emitter, irm_op_operand(op, 2), loop.index)};
  irmi_element lane = {.emitter = emitter, .builder = b, .from = type.elem, .to = type.elem};
  LLVMBuildStore(b, combine(&lane, x), address);
  irmi_for_close(emitter, b, &loop, NULL);
}

void irmi_emit_SCATTER_SUM(irmi_emitter *emitter, const irm_op *op) {
  emit_scatter(emitter, op, irmi_emit_ADD);
}

void irmi_emit_SCATTER_MIN(irmi_emitter *emitter, const irm_op *op) {
  emit_scatter(emitter, op, irmi_emit_MIN);
}

void irmi_emit_SCATTER_MAX(irmi_emitter *emitter, const irm_op *op) {
  emit_scatter(emitter, op, irmi_emit_MAX);
}
