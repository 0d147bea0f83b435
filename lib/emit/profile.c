/* Steps of a profiled program tell the runtime when they begin and end; those of a checked one ask
 * whether they may begin. */
#include "emit/emitter.h"
#include "irmem/run.h"
#include "runtime/rt.h"

static void call_for(irmi_emitter *emitter, const char *function, const irm_op *op) {
  const irmi_types *types = &emitter->types;
  if (!emitter->profile || !irm_op_is_step(op)) return;
  int64_t offset = (int64_t)(irm_op_id(op) * sizeof(irm_rt_step));
  LLVMValueRef bytes = irmi_const_i64(emitter, offset);
  LLVMValueRef step =
      LLVMBuildGEP2(emitter->into.builder, types->i8, emitter->into.steps, &bytes, 1, "");
  irmi_call_runtime(emitter, function, &step, 1);
}

static void ask_for(irmi_emitter *emitter, const irm_op *op) {
  irmi_function *into = &emitter->into;
  if (!emitter->check || !irm_op_is_step(op) || irm_op_region_count(op) > 0) return;
  LLVMValueRef arguments[] = {
      into->frame, irmi_const_i64(emitter, (int64_t)irm_op_id(op)),
      irmi_state_cell(emitter, into->builder, into->state, IRMI_STATE_SLOTS)};
  LLVMValueRef code = irmi_ask_runtime(emitter, "irm_rt_check_step", arguments, 3);
  LLVMValueRef good = irmi_const_i64(emitter, 0);
  irmi_leave_if(emitter, LLVMBuildICmp(into->builder, LLVMIntNE, code, good, ""), code);
}

void irmi_step_begin(irmi_emitter *emitter, const irm_op *op) {
  ask_for(emitter, op);
  call_for(emitter, "irm_rt_step_begin", op);
}

void irmi_step_end(irmi_emitter *emitter, const irm_op *op) {
  call_for(emitter, "irm_rt_step_end", op);
}

void irmi_step_round(irmi_emitter *emitter, const irm_op *loop) {
  call_for(emitter, "irm_rt_step_round", loop);
}
