/* Ops of kind REDUCE: blocks in parallel, eight bytes of workspace each, then the blocks in order.
 */
#include "emit/lanes.h"

/* What an element loop of a reduction needs, in its kernel. */
typedef struct reduction {
  irmi_kernel kernel;
  irmi_lanes fold;
  LLVMValueRef base, count, block, workspace; /* captured */
} reduction;

/* Where sums are of integers, and for the rest, the order does not show: as wide as is good. */
static irmi_lanes widen(irmi_lanes fold) {
  if (!irm_elem_is_float(fold.elem)) fold.lanes = IRMI_MOST_LANES / irm_elem_bytes(fold.elem);
  return fold;
}

/* irm_block_elements(count) */
static LLVMValueRef emit_block_elements(const irmi_emitter *emitter, LLVMValueRef count) {
  LLVMBuilderRef b = emitter->entry;
  LLVMValueRef blocks = irmi_const_i64(emitter, IRM_BLOCKS);
  LLVMValueRef least = irmi_const_i64(emitter, 64);
  LLVMValueRef even = LLVMBuildAdd(b, count, irmi_const_i64(emitter, IRM_BLOCKS - 1), "");
  even = LLVMBuildUDiv(b, even, blocks, "");
  LLVMValueRef rounded = LLVMBuildAdd(b, even, irmi_const_i64(emitter, 63), "");
  rounded = LLVMBuildAnd(b, rounded, irmi_const_i64(emitter, -64), "");
  LLVMValueRef small = LLVMBuildICmp(b, LLVMIntSLE, even, least, "");
  return LLVMBuildSelect(b, small, least, rounded, "block");
}

static LLVMValueRef emit_block_count(const irmi_emitter *emitter, LLVMValueRef count,
                                     LLVMValueRef block) {
  LLVMBuilderRef b = emitter->entry;
  LLVMValueRef up = LLVMBuildSub(b, block, irmi_const_i64(emitter, 1), "");
  return LLVMBuildUDiv(b, LLVMBuildAdd(b, count, up, ""), block, "blocks");
}

static LLVMValueRef load_lanes(reduction *r, LLVMValueRef index) {
  const irmi_emitter *emitter = r->kernel.emitter;
  LLVMBuilderRef b = r->kernel.builder;
  LLVMValueRef address = irmi_element_address(emitter, b, r->fold.elem, r->base, index);
  LLVMValueRef load = LLVMBuildLoad2(b, irmi_lanes_type(emitter, &r->fold), address, "");
  LLVMSetAlignment(load, irm_elem_bytes(r->fold.elem));
  return load;
}

/* What is left of a block behind its last full vector. */
static LLVMValueRef load_rest(reduction *r, LLVMValueRef index, LLVMValueRef end) {
  irmi_emitter *emitter = r->kernel.emitter;
  LLVMBuilderRef b = r->kernel.builder;
  LLVMValueRef address = irmi_element_address(emitter, b, r->fold.elem, r->base, index);
  LLVMValueRef rest = LLVMBuildSub(b, end, index, "");
  LLVMValueRef mask = irmi_lanes_mask(emitter, b, r->fold.lanes, rest);
  return irmi_masked_load(emitter, b, r->fold.elem, address, mask,
                          irmi_lanes_start(emitter, &r->fold));
}

static LLVMValueRef emit_block(reduction *r, LLVMValueRef number) {
  irmi_emitter *emitter = r->kernel.emitter;
  LLVMBuilderRef b = r->kernel.builder;
  LLVMValueRef first = LLVMBuildMul(b, number, r->block, "");
  LLVMValueRef end = LLVMBuildAdd(b, first, r->block, "");
  LLVMValueRef whole = LLVMBuildICmp(b, LLVMIntSLT, end, r->count, "");
  end = LLVMBuildSelect(b, whole, end, r->count, "");
  LLVMValueRef full = LLVMBuildAnd(b, end, irmi_const_i64(emitter, -(int64_t)r->fold.lanes), "");

  irmi_for loop;
  LLVMValueRef start = irmi_lanes_start(emitter, &r->fold);
  irmi_for_open(emitter, b, &loop, first, full, r->fold.lanes, 1, &start);
  LLVMValueRef next =
      irmi_lanes_combine(emitter, b, &r->fold, loop.carried[0], load_lanes(r, loop.index));
  irmi_for_close(emitter, b, &loop, &next);
  LLVMValueRef rest = load_rest(r, full, end);
  return irmi_lanes_fold(emitter, b, &r->fold,
                         irmi_lanes_combine(emitter, b, &r->fold, loop.carried[0], rest));
}

/* The partial result of a block, in workspace. */
static LLVMValueRef partial_address(const irmi_emitter *emitter, LLVMBuilderRef b,
                                    LLVMValueRef workspace, LLVMValueRef block) {
  return irmi_element_address(emitter, b, IRM_I64, workspace, block);
}

static void emit_blocks(reduction *r) {
  irmi_emitter *emitter = r->kernel.emitter;
  irmi_for loop;
  irmi_kernel_for(&r->kernel, &loop, 0, NULL);
  LLVMValueRef partial = emit_block(r, loop.index);
  LLVMBuildStore(r->kernel.builder, partial,
                 partial_address(emitter, r->kernel.builder, r->workspace, loop.index));
  irmi_for_close(emitter, r->kernel.builder, &loop, NULL);
}

static LLVMValueRef combine_partials(irmi_emitter *emitter, const irmi_lanes *fold,
                                     LLVMValueRef workspace, LLVMValueRef blocks) {
  LLVMBuilderRef b = emitter->builder;
  irmi_for loop;
  LLVMValueRef start = irmi_lanes_identity(emitter, fold);
  irmi_for_open(emitter, b, &loop, irmi_const_i64(emitter, 0), blocks, 1, 1, &start);
  LLVMValueRef partial = LLVMBuildLoad2(b, irmi_memory_type(&emitter->types, fold->elem),
                                        partial_address(emitter, b, workspace, loop.index), "");
  LLVMValueRef next = irmi_lanes_combine(emitter, b, fold, loop.carried[0], partial);
  irmi_for_close(emitter, b, &loop, &next);
  return irmi_from_memory(emitter, b, fold->elem, loop.carried[0]);
}

static void emit_reduce(irmi_emitter *emitter, const irm_op *op) {
  const irm_value *array = irm_op_operand(op, 0);
  irm_type type = irm_value_type(array);
  LLVMValueRef count = irmi_element_count(emitter, type.space);
  LLVMValueRef block = emit_block_elements(emitter, count);
  LLVMValueRef blocks = emit_block_count(emitter, count, block);
  LLVMValueRef workspace = irmi_slot_pointer(emitter, irm_op_workspace_slot(op));

  reduction r = {.fold = widen(irmi_lanes_of(irm_op_opcode(op), type.elem))};
  irmi_kernel_open(emitter, &r.kernel);
  r.base = irmi_kernel_capture(&r.kernel, irmi_array_pointer(emitter, array));
  r.count = irmi_kernel_capture(&r.kernel, count);
  r.block = irmi_kernel_capture(&r.kernel, block);
  r.workspace = irmi_kernel_capture(&r.kernel, workspace);
  emit_blocks(&r);
  irmi_kernel_run(&r.kernel, blocks, block);
  irmi_set_scalar(emitter, op, combine_partials(emitter, &r.fold, workspace, blocks));
}

#define REDUCTION(ENUM)                                                                            \
  void irmi_emit_##ENUM(irmi_emitter *emitter, const irm_op *op) {                                 \
    emit_reduce(emitter, op);                                                                      \
  }
REDUCTION(REDUCE_SUM)
REDUCTION(REDUCE_MIN)
REDUCTION(REDUCE_MAX)
REDUCTION(REDUCE_ANY)
REDUCTION(REDUCE_ALL)
#undef REDUCTION
