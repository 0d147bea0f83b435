/* Control: loops and branches over slots and scalars, and the way out of a run that fails.
 *
 * A loop's carried scalars are phis of its header; its arrays lie in slots. Where a carried value
 * is yielded in another slot than its own, the two slots exchange their pointers at the end of the
 * body. */
#include "emit/emitter.h"

#include <assert.h>

static LLVMBasicBlockRef append_block(const irmi_emitter *emitter, const char *name) {
  return LLVMAppendBasicBlockInContext(emitter->context, emitter->into.function, name);
}

LLVMValueRef irmi_scalar(const irmi_emitter *emitter, const irm_value *value) {
  LLVMValueRef scalar = emitter->scalars[irm_value_id(value)];
  assert(scalar && "a scalar is emitted before its uses");
  if (irmi_part_of(emitter, value) == emitter->into.part) return scalar;
  return irmi_load_scalar(emitter, emitter->into.builder, emitter->into.state, value);
}

void irmi_define_scalar(irmi_emitter *emitter, const irm_value *value, LLVMValueRef scalar) {
  emitter->scalars[irm_value_id(value)] = scalar;
  irmi_keep_scalar(emitter, value);
}

void irmi_set_scalar(irmi_emitter *emitter, const irm_op *op, LLVMValueRef value) {
  irmi_define_scalar(emitter, irm_op_result(op, 0), value);
}

void irmi_leave_if(irmi_emitter *emitter, LLVMValueRef fault, LLVMValueRef code) {
  irmi_function *into = &emitter->into;
  LLVMBuilderRef b = into->builder;
  LLVMBasicBlockRef here = LLVMGetInsertBlock(b);
  if (!into->failed) {
    into->failed = append_block(emitter, "failed");
    LLVMPositionBuilderAtEnd(b, into->failed);
    into->failed_phi = LLVMBuildPhi(b, emitter->types.i64, "op");
    LLVMBuildRet(b, into->failed_phi);
    LLVMPositionBuilderAtEnd(b, here);
  }
  LLVMAddIncoming(into->failed_phi, &code, &here, 1);
  LLVMBasicBlockRef on = append_block(emitter, "on");
  LLVMBuildCondBr(b, fault, into->failed, on);
  LLVMPositionBuilderAtEnd(b, on);
}

void irmi_fail_if(irmi_emitter *emitter, const irm_op *op, LLVMValueRef fault) {
  irmi_leave_if(emitter, fault, irmi_const_i64(emitter, 1 + (int64_t)irm_op_id(op)));
}

void irmi_fail_if_kernel_did(irmi_emitter *emitter, const irm_op *op) {
  LLVMBuilderRef b = emitter->into.builder;
  LLVMValueRef cell = irmi_state_cell(emitter, b, emitter->into.state, IRMI_STATE_FAULT);
  LLVMValueRef fault = LLVMBuildLoad2(b, emitter->types.i64, cell, "");
  irmi_fail_if(emitter, op, LLVMBuildICmp(b, LLVMIntNE, fault, irmi_const_i64(emitter, 0), ""));
}

/* Counting loops ------------------------------------------------------------------------------- */

void irmi_for_open(const irmi_emitter *emitter, LLVMBuilderRef builder, irmi_for *loop,
                   LLVMValueRef begin, LLVMValueRef end, int64_t step, LLVMValueRef init) {
  LLVMBasicBlockRef before = LLVMGetInsertBlock(builder);
  LLVMValueRef function = LLVMGetBasicBlockParent(before);
  *loop = (irmi_for){.step = step};
  loop->header = LLVMAppendBasicBlockInContext(emitter->context, function, "head");
  loop->exit = LLVMAppendBasicBlockInContext(emitter->context, function, "exit");
  LLVMBasicBlockRef body = LLVMInsertBasicBlockInContext(emitter->context, loop->exit, "body");

  LLVMBuildBr(builder, loop->header);
  LLVMPositionBuilderAtEnd(builder, loop->header);
  loop->index = LLVMBuildPhi(builder, emitter->types.i64, "i");
  LLVMAddIncoming(loop->index, &begin, &before, 1);
  if (init) {
    loop->carried = LLVMBuildPhi(builder, LLVMTypeOf(init), "");
    LLVMAddIncoming(loop->carried, &init, &before, 1);
  }
  LLVMValueRef go = LLVMBuildICmp(builder, LLVMIntSLT, loop->index, end, "");
  LLVMBuildCondBr(builder, go, body, loop->exit);
  LLVMPositionBuilderAtEnd(builder, body);
}

void irmi_for_close(const irmi_emitter *emitter, LLVMBuilderRef builder, irmi_for *loop,
                    LLVMValueRef next) {
  LLVMBasicBlockRef here = LLVMGetInsertBlock(builder);
  LLVMValueRef step = irmi_const_i64(emitter, loop->step);
  LLVMValueRef index = LLVMBuildNSWAdd(builder, loop->index, step, "");
  LLVMAddIncoming(loop->index, &index, &here, 1);
  if (loop->carried) LLVMAddIncoming(loop->carried, &next, &here, 1);
  loop->latch = LLVMBuildBr(builder, loop->header);
  LLVMMoveBasicBlockAfter(loop->exit, here);
  LLVMPositionBuilderAtEnd(builder, loop->exit);
}

void irmi_do_open(const irmi_emitter *emitter, LLVMBuilderRef builder, irmi_for *loop,
                  LLVMValueRef begin, int64_t step) {
  LLVMBasicBlockRef before = LLVMGetInsertBlock(builder);
  LLVMValueRef function = LLVMGetBasicBlockParent(before);
  *loop = (irmi_for){.step = step};
  loop->header = LLVMAppendBasicBlockInContext(emitter->context, function, "body");
  LLVMBuildBr(builder, loop->header);
  LLVMPositionBuilderAtEnd(builder, loop->header);
  loop->index = LLVMBuildPhi(builder, emitter->types.i64, "i");
  LLVMAddIncoming(loop->index, &begin, &before, 1);
}

void irmi_do_close(const irmi_emitter *emitter, LLVMBuilderRef builder, irmi_for *loop,
                   LLVMValueRef end) {
  LLVMBasicBlockRef here = LLVMGetInsertBlock(builder);
  LLVMValueRef function = LLVMGetBasicBlockParent(here);
  loop->exit = LLVMAppendBasicBlockInContext(emitter->context, function, "exit");
  LLVMValueRef step = irmi_const_i64(emitter, loop->step);
  LLVMValueRef index = LLVMBuildNSWAdd(builder, loop->index, step, "");
  LLVMAddIncoming(loop->index, &index, &here, 1);
  LLVMValueRef go = LLVMBuildICmp(builder, LLVMIntSLT, index, end, "");
  loop->latch = LLVMBuildCondBr(builder, go, loop->header, loop->exit);
  LLVMPositionBuilderAtEnd(builder, loop->exit);
}

/* Loops of the program ------------------------------------------------------------------------- */

typedef struct emitted_loop {
  const irm_op *op;
  LLVMBasicBlockRef header, exit;
  LLVMValueRef *phis; /* by carried value; NULL: an array */
  LLVMValueRef counter;
} emitted_loop;

static void bind_arguments(irmi_emitter *emitter, const emitted_loop *loop,
                           const irm_region *region) {
  for (uint32_t k = 0; region && k < irm_region_argument_count(region); k++)
    if (loop->phis[k]) irmi_define_scalar(emitter, irm_region_argument(region, k), loop->phis[k]);
}

/* What is carried out of the loop. */
static void define_results(irmi_emitter *emitter, const emitted_loop *loop) {
  for (uint32_t k = 0; k < irm_loop_carried_count(loop->op); k++)
    if (loop->phis[k]) irmi_define_scalar(emitter, irm_op_result(loop->op, k), loop->phis[k]);
}

static void check_slots(const irm_op *op, uint32_t k) {
  uint32_t slot = irm_value_slot(irm_op_result(op, k));
  assert(irm_value_slot(irm_loop_init(op, k)) == slot);
  assert(irm_value_slot(irm_region_argument(irm_loop_body(op), k)) == slot);
  (void)slot;
}

static void open_header(irmi_emitter *emitter, emitted_loop *loop) {
  LLVMBuilderRef b = emitter->into.builder;
  const irm_op *op = loop->op;
  LLVMBasicBlockRef before = LLVMGetInsertBlock(b);
  uint32_t count = irm_loop_carried_count(op);
  LLVMValueRef *first = IRMI_ARENA_ARRAY(&emitter->arena, LLVMValueRef, count);
  for (uint32_t k = 0; k < count; k++)
    if (irm_value_is_array(irm_loop_init(op, k)))
      check_slots(op, k);
    else
      first[k] = irmi_scalar(emitter, irm_loop_init(op, k));
  loop->header = append_block(emitter, "loop");
  loop->exit = append_block(emitter, "left");
  LLVMBuildBr(b, loop->header);
  LLVMPositionBuilderAtEnd(b, loop->header);
  for (uint32_t k = 0; k < count; k++) {
    if (!first[k]) continue;
    loop->phis[k] = LLVMBuildPhi(b, LLVMTypeOf(first[k]), "");
    LLVMAddIncoming(loop->phis[k], &first[k], &before, 1);
  }
  if (!irm_op_is_counted(op)) return;
  loop->counter = LLVMBuildPhi(b, emitter->types.i64, "round");
  LLVMValueRef zero = irmi_const_i64(emitter, 0);
  LLVMAddIncoming(loop->counter, &zero, &before, 1);
}

/* Leaves the loop unless go holds. */
static void go_on_if(irmi_emitter *emitter, const emitted_loop *loop, LLVMValueRef go) {
  LLVMBasicBlockRef on = append_block(emitter, "round");
  LLVMBuildCondBr(emitter->into.builder, go, on, loop->exit);
  LLVMPositionBuilderAtEnd(emitter->into.builder, on);
}

static void emit_tests(irmi_emitter *emitter, const emitted_loop *loop) {
  const irm_region *condition = irm_loop_condition(loop->op);
  if (loop->counter) {
    LLVMValueRef count = irmi_scalar(emitter, irm_loop_count(loop->op));
    go_on_if(emitter, loop,
             LLVMBuildICmp(emitter->into.builder, LLVMIntSLT, loop->counter, count, ""));
  }
  if (!condition) return;
  bind_arguments(emitter, loop, condition);
  irmi_emit_region(emitter, condition);
  go_on_if(emitter, loop, irmi_scalar(emitter, irm_region_yielded(condition, 0)));
}

/* The next iteration's scalars, and slots. */
static void close_body(irmi_emitter *emitter, const emitted_loop *loop) {
  const irm_region *body = irm_loop_body(loop->op);
  LLVMBasicBlockRef here = LLVMGetInsertBlock(emitter->into.builder);
  for (uint32_t k = 0; k < irm_loop_carried_count(loop->op); k++) {
    if (!loop->phis[k]) continue;
    LLVMValueRef next = irmi_scalar(emitter, irm_region_yielded(body, k));
    LLVMAddIncoming(loop->phis[k], &next, &here, 1);
  }
  if (loop->counter) {
    LLVMValueRef one = irmi_const_i64(emitter, 1);
    LLVMValueRef next = LLVMBuildNSWAdd(emitter->into.builder, loop->counter, one, "");
    LLVMAddIncoming(loop->counter, &next, &here, 1);
  }
  irmi_swap_slots(emitter, loop->op);
  LLVMBuildBr(emitter->into.builder, loop->header);
}

void irmi_emit_LOOP(irmi_emitter *emitter, const irm_op *op) {
  emitted_loop loop = {.op = op};
  loop.phis = IRMI_ARENA_ARRAY(&emitter->arena, LLVMValueRef, irm_loop_carried_count(op));
  open_header(emitter, &loop);
  emit_tests(emitter, &loop);
  bind_arguments(emitter, &loop, irm_loop_body(op));
  irmi_step_round(emitter, op);
  irmi_emit_region(emitter, irm_loop_body(op));
  close_body(emitter, &loop);
  LLVMMoveBasicBlockAfter(loop.exit, LLVMGetLastBasicBlock(emitter->into.function));
  LLVMPositionBuilderAtEnd(emitter->into.builder, loop.exit);
  define_results(emitter, &loop);
}

/* Branches ------------------------------------------------------------------------------------- */

/* One side of an if, under construction. */
typedef struct emitted_branch {
  LLVMBasicBlockRef start, end;
  LLVMValueRef *yielded; /* by result; NULL: an array */
} emitted_branch;

static void emit_branch(irmi_emitter *emitter, const irm_region *region, emitted_branch *branch,
                        uint32_t result_count, LLVMBasicBlockRef join) {
  LLVMPositionBuilderAtEnd(emitter->into.builder, branch->start);
  irmi_emit_region(emitter, region);
  branch->yielded = IRMI_ARENA_ARRAY(&emitter->arena, LLVMValueRef, result_count);
  for (uint32_t k = 0; k < result_count; k++)
    if (!irm_value_is_array(irm_region_yielded(region, k)))
      branch->yielded[k] = irmi_scalar(emitter, irm_region_yielded(region, k));
  branch->end = LLVMGetInsertBlock(emitter->into.builder);
  LLVMBuildBr(emitter->into.builder, join);
}

/* Phis first, then whatever is done with them. */
static void join_results(irmi_emitter *emitter, const irm_op *op, const emitted_branch *sides) {
  uint32_t count = irm_op_result_count(op);
  LLVMValueRef *phis = IRMI_ARENA_ARRAY(&emitter->arena, LLVMValueRef, count);
  LLVMBasicBlockRef ends[] = {sides[0].end, sides[1].end};
  for (uint32_t k = 0; k < count; k++) {
    LLVMValueRef values[] = {sides[0].yielded[k], sides[1].yielded[k]};
    if (!values[0]) continue;
    phis[k] = LLVMBuildPhi(emitter->into.builder, LLVMTypeOf(values[0]), "");
    LLVMAddIncoming(phis[k], values, ends, 2);
  }
  for (uint32_t k = 0; k < count; k++)
    if (phis[k]) irmi_define_scalar(emitter, irm_op_result(op, k), phis[k]);
}

void irmi_emit_IF(irmi_emitter *emitter, const irm_op *op) {
  LLVMBuilderRef b = emitter->into.builder;
  emitted_branch sides[] = {{.start = append_block(emitter, "then")},
                            {.start = append_block(emitter, "else")}};
  LLVMBasicBlockRef join = append_block(emitter, "join");
  LLVMBuildCondBr(b, irmi_scalar(emitter, irm_op_operand(op, 0)), sides[0].start, sides[1].start);
  for (uint32_t side = 0; side < 2; side++)
    emit_branch(emitter, irm_op_subregion(op, side), &sides[side], irm_op_result_count(op), join);
  LLVMMoveBasicBlockAfter(join, LLVMGetLastBasicBlock(emitter->into.function));
  LLVMPositionBuilderAtEnd(b, join);
  join_results(emitter, op, sides);
}

/* What it hands over is read by the op around it. */
void irmi_emit_YIELD(irmi_emitter *emitter, const irm_op *op) {
  (void)emitter, (void)op;
}
