/* Loops over an index space: what a kernel computes, or an op on its own, for each element.
 *
 * Where nothing is folded, a plain loop over elements, which LLVM vectorises: it is told that the
 * iterations are apart. Where rows or reductions want eight lanes, vectors of elements, and then,
 * one by one, those behind the last full vector. Rows are folded first, a group of nodes at a time,
 * so that what is made of the folds is made of vectors as well. In every iteration all loads come
 * before all stores: results may lie where operands do. */
#include "emit/body.h"

static void store_results(irmi_body *body, irmi_spot *spot) {
  irmi_emitter *emitter = body->emitter;
  LLVMBuilderRef b = body->kernel.builder;
  for (uint32_t k = 0; k < body->stored_count; k++) {
    const irmi_stored *stored = &body->stored[k];
    irm_elem elem = irm_value_type(stored->inside).elem;
    LLVMValueRef value = irmi_spot_value(body, spot, stored->inside);
    LLVMValueRef address = irmi_element_address(emitter, b, elem, stored->at, spot->first);
    LLVMValueRef store = LLVMBuildStore(b, irmi_to_memory(emitter, b, elem, value), address);
    LLVMSetAlignment(store, irm_elem_bytes(elem) * (emitter->exact ? 1 : spot->width));
    irmi_kernel_mark(&body->kernel, store, IRMI_ACCESS_STORE);
  }
}

static void emit_plain(irmi_body *body, LLVMValueRef begin, LLVMValueRef end) {
  irmi_emitter *emitter = body->emitter;
  LLVMBuilderRef b = body->kernel.builder;
  irmi_for loop;
  body->kernel.parallel = true;
  irmi_for_open(emitter, b, &loop, begin, end, 1, NULL);
  irmi_spot spot = irmi_spot_own(body, loop.index, 1);
  irmi_spot_evaluate(body, &spot);
  store_results(body, &spot);
  irmi_for_close(emitter, b, &loop, NULL);
  irmi_mark_parallel(emitter, loop.latch);
}

static void emit_vectors(irmi_body *body, LLVMValueRef begin, LLVMValueRef end) {
  irmi_emitter *emitter = body->emitter;
  LLVMBuilderRef b = body->kernel.builder;
  irmi_for loop;
  irmi_for_open(emitter, b, &loop, begin, end, body->width, NULL);
  irmi_spot spot = irmi_spot_own(body, loop.index, body->width);
  irmi_spot_evaluate(body, &spot);
  irmi_reductions_take(body, &spot);
  store_results(body, &spot);
  irmi_for_close(emitter, b, &loop, NULL);
  irmi_mark_plain(emitter, loop.latch);
}

/* The elements behind the last full vector. */
static void emit_rest(irmi_body *body, LLVMValueRef begin, LLVMValueRef end) {
  irmi_emitter *emitter = body->emitter;
  LLVMBuilderRef b = body->kernel.builder;
  irmi_for loop;
  irmi_reductions_begin_rest(body);
  irmi_for_open(emitter, b, &loop, begin, end, 1, NULL);
  irmi_spot spot = irmi_spot_own(body, loop.index, 1);
  irmi_spot_evaluate(body, &spot);
  irmi_reductions_take_rest(body, &spot, LLVMBuildSub(b, loop.index, begin, ""));
  store_results(body, &spot);
  irmi_for_close(emitter, b, &loop, NULL);
  irmi_mark_plain(emitter, loop.latch);
}

/* begin + the multiple of step (a power of two) that is in end - begin. */
static LLVMValueRef last_multiple(const irmi_body *body, LLVMValueRef begin, LLVMValueRef end,
                                  int64_t step) {
  LLVMBuilderRef b = body->kernel.builder;
  LLVMValueRef count = LLVMBuildSub(b, end, begin, "");
  count = LLVMBuildAnd(b, count, irmi_const_i64(body->emitter, -step), "");
  return LLVMBuildAdd(b, begin, count, "");
}

static LLVMValueRef lesser(LLVMBuilderRef b, LLVMValueRef x, LLVMValueRef y) {
  return LLVMBuildSelect(b, LLVMBuildICmp(b, LLVMIntSLT, x, y, ""), x, y, "");
}

/* Groups of nodes: their rows, then what is made of them. */
static void emit_groups(irmi_body *body, LLVMValueRef begin, LLVMValueRef full, LLVMValueRef end) {
  irmi_emitter *emitter = body->emitter;
  LLVMBuilderRef b = body->kernel.builder;
  irmi_for loop;
  irmi_for_open(emitter, b, &loop, begin, end, IRMI_ROW_GROUP, NULL);
  LLVMValueRef next = LLVMBuildNSWAdd(b, loop.index, irmi_const_i64(emitter, IRMI_ROW_GROUP), "");
  irmi_emit_rows(body, loop.index, lesser(b, next, end));
  body->group = loop.index;
  emit_vectors(body, loop.index, lesser(b, next, full));
  irmi_for_close(emitter, b, &loop, NULL);
  body->group = last_multiple(body, begin, full, IRMI_ROW_GROUP);
}

static void emit_range(irmi_body *body, LLVMValueRef begin, LLVMValueRef end) {
  if (body->width == 1) {
    emit_plain(body, begin, end);
    return;
  }
  LLVMValueRef full = last_multiple(body, begin, end, body->width);
  irmi_reductions_start(body);
  if (body->row_count > 0)
    emit_groups(body, begin, full, end);
  else
    emit_vectors(body, begin, full);
  emit_rest(body, full, end);
}

/* A kernel that reduces runs over blocks. */
static void emit_blocks(irmi_body *body) {
  irmi_emitter *emitter = body->emitter;
  irmi_kernel *kernel = &body->kernel;
  LLVMBuilderRef b = kernel->builder;
  LLVMValueRef count = irmi_kernel_count(kernel, body->space);
  irmi_blocks blocks = irmi_blocks_of(emitter, b, count);
  irmi_for loop;
  irmi_for_open(emitter, b, &loop, kernel->begin, kernel->end, 1, NULL);
  LLVMValueRef begin = LLVMBuildNSWMul(b, loop.index, blocks.elements, "");
  LLVMValueRef end = LLVMBuildNSWAdd(b, begin, blocks.elements, "");
  emit_range(body, begin, lesser(b, end, count));
  irmi_reductions_store(body, blocks, loop.index);
  irmi_for_close(emitter, b, &loop, NULL);
}

/* Running it ----------------------------------------------------------------------------------- */

/* The rows that say how much work a node is; NULL: all are the same. */
static LLVMValueRef row_offsets(const irmi_body *body) {
  for (uint32_t k = 0; k < body->row_count; k++)
    if (irm_op_direction(body->rows[k].op) != IRM_OUT)
      return irmi_load_view(body->emitter, IRMI_VIEW_IN_OFFSETS);
  return body->row_count > 0 ? irmi_load_view(body->emitter, IRMI_VIEW_OUT_OFFSETS) : NULL;
}

static void run(irmi_body *body) {
  irmi_emitter *emitter = body->emitter;
  LLVMValueRef count = irmi_element_count(emitter, body->space);
  LLVMValueRef offsets = row_offsets(body);
  if (body->reduction_count == 0 && !offsets) {
    irmi_kernel_run(&body->kernel, count);
  } else if (body->reduction_count == 0) {
    irmi_kernel_run_rows(&body->kernel, offsets);
  } else {
    if (!offsets) offsets = LLVMConstNull(emitter->types.ptr);
    irmi_kernel_run_blocks(&body->kernel, count, offsets);
    irmi_reductions_combine(body, irmi_blocks_of(emitter, emitter->into.entry, count));
  }
}

static void fail_if_fault(irmi_body *body) {
  irmi_kernel *kernel = &body->kernel;
  LLVMTypeRef i1 = body->emitter->types.i1;
  irmi_kernel_fail_if(kernel, LLVMBuildLoad2(kernel->builder, i1, body->fault, ""));
}

void irmi_emit_kernel(irmi_emitter *emitter, const irm_op *op) {
  irmi_body body;
  irmi_body_open(emitter, &body, op);
  if (body.reduction_count > 0)
    emit_blocks(&body);
  else
    emit_range(&body, body.kernel.begin, body.kernel.end);
  if (body.fault) fail_if_fault(&body);
  irmi_kernel_close(&body.kernel);
  run(&body);
  if (body.fault) irmi_fail_if_kernel_did(emitter, op);
}

bool irmi_runs_as_kernel(const irm_op *op) {
  switch (irm_op_opcode(op)) {
  case IRM_INDEX:
  case IRM_DEGREE:
  case IRM_AT_SOURCE:
  case IRM_AT_TARGET:
  case IRM_KERNEL: return true;
  default: break;
  }
  irm_op_kind kind = irm_op_info_of(op)->kind;
  if (kind == IRM_KIND_SCALAR) return irm_value_is_array(irm_op_result(op, 0));
  return kind == IRM_KIND_REDUCE || kind == IRM_KIND_ROWS;
}

/* Every row of ops.def has its lowering. */
#define SAME_SCALAR(ENUM)
#define SAME_WHOLE(ENUM)
#define SAME_FLOW(ENUM)
#define SAME_REDUCE(ENUM) KERNEL(ENUM)
#define SAME_ROWS(ENUM)   KERNEL(ENUM)
#define KERNEL(ENUM)                                                                               \
  void irmi_emit_##ENUM(irmi_emitter *emitter, const irm_op *op) {                                 \
    irmi_emit_kernel(emitter, op);                                                                 \
  }
#define IRM_OP(ENUM, MNEMONIC, OPERANDS, ATTRIBUTE, TYPES, STORAGE, EFFECT, KIND, SENTENCE)        \
  SAME_##KIND(ENUM)
#include "irmem/ops.def"
#undef IRM_OP
KERNEL(INDEX)
KERNEL(DEGREE)
KERNEL(AT_SOURCE)
KERNEL(AT_TARGET)
KERNEL(KERNEL)
