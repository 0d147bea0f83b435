/* Reductions: each block of elements has a partial result of eight bytes in the workspace; at the
 * end those are combined in order. */
#include "emit/body.h"

/* Elements ------------------------------------------------------------------------------------- */

void irmi_reductions_start(irmi_body *body) {
  for (uint32_t k = 0; k < body->reduction_count; k++) {
    const irmi_reduction *r = &body->reductions[k];
    LLVMBuildStore(body->kernel.builder, irmi_lanes_start(body->emitter, &r->fold), r->lanes);
  }
}

/* The elements of a spot, as they would be in memory. */
static LLVMValueRef elements_of(irmi_body *body, irmi_spot *spot, const irmi_reduction *r) {
  LLVMValueRef value = irmi_spot_value(body, spot, irm_op_operand(r->op, 0));
  return irmi_to_memory(body->emitter, body->kernel.builder, r->fold.elem, value);
}

static void combine_into(irmi_body *body, const irmi_reduction *r, LLVMValueRef address,
                         LLVMValueRef elements) {
  LLVMBuilderRef b = body->kernel.builder;
  LLVMValueRef before = LLVMBuildLoad2(b, LLVMTypeOf(elements), address, "");
  LLVMBuildStore(b, irmi_lanes_combine(body->emitter, b, &r->fold, before, elements), address);
}

void irmi_reductions_take(irmi_body *body, irmi_spot *spot) {
  for (uint32_t k = 0; k < body->reduction_count; k++) {
    const irmi_reduction *r = &body->reductions[k];
    combine_into(body, r, r->lanes, elements_of(body, spot, r));
  }
}

static LLVMValueRef load_lanes(const irmi_body *body, const irmi_reduction *r, LLVMValueRef from) {
  LLVMTypeRef type = irmi_lanes_type(body->emitter, &r->fold);
  LLVMValueRef lanes = LLVMBuildLoad2(body->kernel.builder, type, from, "");
  return lanes;
}

/* Lanes that are indexed lie elsewhere, so that the others can be in registers. */
void irmi_reductions_begin_rest(irmi_body *body) {
  for (uint32_t k = 0; k < body->reduction_count; k++) {
    const irmi_reduction *r = &body->reductions[k];
    LLVMBuildStore(body->kernel.builder, load_lanes(body, r, r->lanes), r->rest);
  }
}

void irmi_reductions_take_rest(irmi_body *body, irmi_spot *spot, LLVMValueRef lane) {
  for (uint32_t k = 0; k < body->reduction_count; k++) {
    const irmi_reduction *r = &body->reductions[k];
    LLVMValueRef address =
        irmi_element_address(body->emitter, body->kernel.builder, r->fold.elem, r->rest, lane);
    combine_into(body, r, address, elements_of(body, spot, r));
  }
}

/* Blocks --------------------------------------------------------------------------------------- */

irmi_blocks irmi_blocks_of(const irmi_emitter *emitter, LLVMBuilderRef b, LLVMValueRef count) {
  LLVMValueRef blocks = irmi_const_i64(emitter, IRM_BLOCKS);
  LLVMValueRef least = irmi_const_i64(emitter, 64);
  LLVMValueRef even = LLVMBuildAdd(b, count, irmi_const_i64(emitter, IRM_BLOCKS - 1), "");
  even = LLVMBuildUDiv(b, even, blocks, "");
  LLVMValueRef rounded = LLVMBuildAdd(b, even, irmi_const_i64(emitter, 63), "");
  rounded = LLVMBuildAnd(b, rounded, irmi_const_i64(emitter, -64), "");
  LLVMValueRef small = LLVMBuildICmp(b, LLVMIntSLE, even, least, "");
  irmi_blocks result = {.elements = LLVMBuildSelect(b, small, least, rounded, "block")};
  LLVMValueRef up = LLVMBuildSub(b, result.elements, irmi_const_i64(emitter, 1), "");
  result.count = LLVMBuildUDiv(b, LLVMBuildAdd(b, count, up, ""), result.elements, "blocks");
  return result;
}

/* Where reduction k has its partial result of a block. */
static LLVMValueRef partial_address(const irmi_emitter *emitter, LLVMBuilderRef b,
                                    LLVMValueRef workspace, LLVMValueRef blocks, uint32_t k,
                                    LLVMValueRef block) {
  LLVMValueRef index = LLVMBuildMul(b, blocks, irmi_const_i64(emitter, k), "");
  index = LLVMBuildAdd(b, index, block, "");
  return LLVMBuildInBoundsGEP2(b, emitter->types.i64, workspace, &index, 1, "");
}

void irmi_reductions_store(irmi_body *body, irmi_blocks blocks, LLVMValueRef block) {
  irmi_emitter *emitter = body->emitter;
  LLVMBuilderRef b = body->kernel.builder;
  for (uint32_t k = 0; k < body->reduction_count; k++) {
    const irmi_reduction *r = &body->reductions[k];
    LLVMValueRef folded = irmi_lanes_fold(emitter, b, &r->fold, load_lanes(body, r, r->rest));
    LLVMBuildStore(b, folded, partial_address(emitter, b, body->workspace, blocks.count, k, block));
  }
}

static LLVMValueRef load_partial(const irmi_emitter *emitter, const irmi_reduction *r,
                                 LLVMValueRef address) {
  LLVMTypeRef type = irmi_memory_type(&emitter->types, r->fold.elem);
  return LLVMBuildLoad2(emitter->into.builder, type, address, "");
}

void irmi_reductions_combine(irmi_body *body, irmi_blocks blocks) {
  irmi_emitter *emitter = body->emitter;
  LLVMBuilderRef b = emitter->into.builder;
  LLVMValueRef workspace = irmi_slot_pointer(emitter, irm_op_workspace_slot(body->op));
  for (uint32_t k = 0; k < body->reduction_count; k++) {
    const irmi_reduction *r = &body->reductions[k];
    irmi_for loop;
    irmi_for_open(emitter, b, &loop, irmi_const_i64(emitter, 0), blocks.count, 1,
                  irmi_lanes_identity(emitter, &r->fold));
    LLVMValueRef address = partial_address(emitter, b, workspace, blocks.count, k, loop.index);
    LLVMValueRef partial = load_partial(emitter, r, address);
    irmi_for_close(emitter, b, &loop,
                   irmi_lanes_combine(emitter, b, &r->fold, loop.carried, partial));
    irmi_mark_plain(emitter, loop.latch);
    LLVMValueRef total = irmi_from_memory(emitter, b, r->fold.elem, loop.carried);
    irmi_define_scalar(emitter, r->result, total);
  }
}
