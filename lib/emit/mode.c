/* Modes among neighbours, which the runtime finds. */
#include "emit/emitter.h"
#include "runtime/rt.h"

#include <assert.h>

/* The runtime knows no IR: its numbers are ours. */
static_assert((int)IRM_RT_F64 == (int)IRM_F64 && (int)IRM_RT_I1 == (int)IRM_I1, "elements");
static_assert((int)IRM_RT_IN == (int)IRM_IN && (int)IRM_RT_BOTH == (int)IRM_BOTH, "directions");
static_assert((int)IRM_RT_LOWEST == (int)IRM_LOWEST && (int)IRM_RT_KEEP == (int)IRM_KEEP, "ties");

typedef struct choices {
  LLVMValueRef elem, direction, tie, self;
} choices;

static choices choices_of(const irmi_emitter *emitter, const irm_op *op) {
  return (choices){irmi_const_i64(emitter, irm_value_type(irm_op_result(op, 0)).elem),
                   irmi_const_i64(emitter, irm_op_direction(op)),
                   irmi_const_i64(emitter, irm_op_tie(op)),
                   irmi_const_i64(emitter, irm_op_counts_self(op))};
}

void irmi_emit_NEIGHBOR_MODE(irmi_emitter *emitter, const irm_op *op) {
  choices c = choices_of(emitter, op);
  LLVMValueRef arguments[] = {emitter->into.threads,
                              emitter->into.view,
                              c.elem,
                              c.direction,
                              c.tie,
                              c.self,
                              irmi_array_pointer(emitter, irm_op_operand(op, 0)),
                              irmi_array_pointer(emitter, irm_op_result(op, 0)),
                              irmi_slot_pointer(emitter, irm_op_workspace_slot(op))};
  irmi_call_runtime(emitter, IRMI_OF_IDS(emitter, "irm_rt_neighbor_mode"), arguments, 9);
}

void irmi_emit_SWEEP_MODE(irmi_emitter *emitter, const irm_op *op) {
  choices c = choices_of(emitter, op);
  irmi_begin_changed(emitter, op);
  LLVMValueRef arguments[] = {emitter->into.view,
                              c.elem,
                              c.direction,
                              c.tie,
                              c.self,
                              irmi_array_pointer(emitter, irm_op_result(op, 0)),
                              irmi_slot_pointer(emitter, irm_op_workspace_slot(op))};
  irmi_call_runtime(emitter, IRMI_OF_IDS(emitter, "irm_rt_sweep_mode"), arguments, 7);
}
