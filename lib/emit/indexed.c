/* Ops of kind WHOLE that read or change elements at given indexes. */
#include "emit/kernel.h"

/* Single elements ------------------------------------------------------------------------------ */

/* The address of element `index` of an array; outside of it the run ends. */
static LLVMValueRef checked_address(irmi_emitter *emitter, const irm_op *op, irm_type type,
                                    LLVMValueRef base, LLVMValueRef index) {
  LLVMValueRef count = irmi_element_count(emitter, type.space);
  irmi_fail_if(emitter, op, LLVMBuildICmp(emitter->into.builder, LLVMIntUGE, index, count, ""));
  return irmi_element_address(emitter, emitter->into.builder, type.elem, base, index);
}

void irmi_emit_EXTRACT(irmi_emitter *emitter, const irm_op *op) {
  const irm_value *array = irm_op_operand(op, 0);
  irm_type type = irm_value_type(array);
  LLVMValueRef address = checked_address(emitter, op, type, irmi_array_pointer(emitter, array),
                                         irmi_scalar(emitter, irm_op_operand(op, 1)));
  LLVMTypeRef bytes = irmi_memory_type(&emitter->types, type.elem);
  LLVMValueRef load = LLVMBuildLoad2(emitter->into.builder, bytes, address, "");
  irmi_set_scalar(emitter, op, irmi_from_memory(emitter, emitter->into.builder, type.elem, load));
}

void irmi_emit_INSERT(irmi_emitter *emitter, const irm_op *op) {
  const irm_value *array = irm_op_operand(op, 0), *result = irm_op_result(op, 0);
  irm_type type = irm_value_type(array);
  LLVMBuilderRef b = emitter->into.builder;
  LLVMValueRef base = irmi_array_pointer(emitter, result);
  LLVMValueRef address =
      checked_address(emitter, op, type, base, irmi_scalar(emitter, irm_op_operand(op, 1)));
  irmi_begin_changed(emitter, op);
  LLVMValueRef element = irmi_scalar(emitter, irm_op_operand(op, 2));
  LLVMBuildStore(b, irmi_to_memory(emitter, b, type.elem, element), address);
}

/* At the indexes that an array holds ------------------------------------------------------------
 */

typedef struct gathering {
  irmi_kernel kernel;
  irm_elem elem;
  LLVMValueRef from, count, indexes, into;
} gathering;

static LLVMValueRef load_marked(const gathering *g, LLVMTypeRef type, LLVMValueRef address) {
  LLVMValueRef load = LLVMBuildLoad2(g->kernel.builder, type, address, "");
  irmi_kernel_mark(&g->kernel, load, IRMI_ACCESS_APART);
  return load;
}

/* An element of the array, as it is in memory; where the index is outside, something else that can
 * be read. */
static LLVMValueRef load_at(const gathering *g, LLVMValueRef at, LLVMValueRef *outside) {
  const irmi_emitter *emitter = g->kernel.emitter;
  LLVMBuilderRef b = g->kernel.builder;
  LLVMValueRef place = irmi_element_address(emitter, b, IRM_I64, g->indexes, at);
  LLVMValueRef index = load_marked(g, emitter->types.i64, place);
  *outside = LLVMBuildICmp(b, LLVMIntUGE, index, g->count, "");
  LLVMTypeRef type = irmi_memory_type(&emitter->types, g->elem);
  LLVMValueRef address =
      LLVMBuildSelect(b, *outside, place, LLVMBuildGEP2(b, type, g->from, &index, 1, ""), "");
  return load_marked(g, type, address);
}

static void emit_gather_loop(gathering *g) {
  irmi_emitter *emitter = g->kernel.emitter;
  irmi_kernel *kernel = &g->kernel;
  LLVMBuilderRef b = kernel->builder;
  irmi_for loop;
  LLVMValueRef outside, good = LLVMConstNull(emitter->types.i1);
  irmi_for_open(emitter, b, &loop, kernel->begin, kernel->end, 1, good);
  LLVMValueRef element = load_at(g, loop.index, &outside);
  LLVMValueRef address = irmi_element_address(emitter, b, g->elem, g->into, loop.index);
  irmi_kernel_mark(kernel, LLVMBuildStore(b, element, address), IRMI_ACCESS_STORE);
  irmi_for_close(emitter, b, &loop, LLVMBuildOr(b, loop.carried, outside, ""));
  irmi_mark_parallel(emitter, loop.latch);
  irmi_kernel_fail_if(kernel, loop.carried);
}

void irmi_emit_GATHER(irmi_emitter *emitter, const irm_op *op) {
  const irm_value *from = irm_op_operand(op, 0), *indexes = irm_op_operand(op, 1);
  gathering g = {.elem = irm_value_type(from).elem};
  irmi_kernel *kernel = &g.kernel;
  irmi_kernel_open(emitter, kernel);
  kernel->parallel = true;
  g.from = irmi_kernel_array(kernel, from);
  g.count = irmi_kernel_count(kernel, irm_value_type(from).space);
  g.indexes = irmi_kernel_array(kernel, indexes);
  g.into = irmi_kernel_array(kernel, irm_op_result(op, 0));
  emit_gather_loop(&g);
  irmi_kernel_close(kernel);
  irmi_kernel_run(kernel, irmi_element_count(emitter, irm_value_type(indexes).space));
  irmi_fail_if_kernel_did(emitter, op);
}

static LLVMValueRef load_element(const irmi_emitter *emitter, irm_elem elem, LLVMValueRef base,
                                 LLVMValueRef index) {
  LLVMBuilderRef b = emitter->into.builder;
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
  LLVMBuilderRef b = emitter->into.builder;
  irmi_begin_changed(emitter, op);
  LLVMValueRef into = irmi_array_pointer(emitter, result);
  LLVMValueRef from = irmi_array_pointer(emitter, indexes);
  irmi_for loop;
  irmi_for_open(emitter, b, &loop, irmi_const_i64(emitter, 0),
                irmi_element_count(emitter, irm_value_type(indexes).space), 1, NULL);
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
