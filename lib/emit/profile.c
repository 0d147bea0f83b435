/* Steps of a profiled program tell the runtime when they begin and end. */
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

void irmi_step_begin(irmi_emitter *emitter, const irm_op *op) {
  call_for(emitter, "irm_rt_step_begin", op);
}

void irmi_step_end(irmi_emitter *emitter, const irm_op *op) {
  call_for(emitter, "irm_rt_step_end", op);
}

void irmi_step_round(irmi_emitter *emitter, const irm_op *loop) {
  call_for(emitter, "irm_rt_step_round", loop);
}
