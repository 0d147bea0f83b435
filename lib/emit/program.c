/* A program as one function: int64_t NAME(const irm_rt_frame *frame). */
#include "emit/emitter.h"

#include <assert.h>

/* Which param, input, output each such op is; every array output's name. */
static void number_ops(irmi_emitter *emitter) {
  uint32_t params = 0, inputs = 0, outputs = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(emitter->program, op));) {
    uint32_t *ordinal = &emitter->ordinals[irm_op_id(op)];
    switch (irm_op_opcode(op)) {
    case IRM_PARAM: *ordinal = params++; break;
    case IRM_INPUT: *ordinal = inputs++; break;
    case IRM_OUTPUT:
      *ordinal = outputs++;
      irmi_map_set(&emitter->outputs, (uintptr_t)irm_op_name(op), *ordinal);
      emitter->array_output_count += irm_value_is_array(irm_op_operand(op, 0));
      break;
    default: break;
    }
  }
}

/* How many cells it has is known at the end. */
static void open_state(irmi_emitter *emitter) {
  LLVMBuilderRef b = emitter->into.entry;
  LLVMValueRef some = irmi_const_i64(emitter, 1);
  emitter->into.state = LLVMBuildArrayAlloca(b, emitter->types.i64, some, "state");
  emitter->state_cells = IRMI_STATE_SLOTS + irm_program_slot_count(emitter->program);
  LLVMBuildStore(b, emitter->into.frame,
                 irmi_state_cell(emitter, b, emitter->into.state, IRMI_STATE_FRAME));
  LLVMBuildStore(b, irmi_const_i64(emitter, 0),
                 irmi_state_cell(emitter, b, emitter->into.state, IRMI_STATE_FAULT));
}

static void close_state(irmi_emitter *emitter) {
  LLVMSetOperand(emitter->into.state, 0, irmi_const_i64(emitter, emitter->state_cells));
}

void irmi_emit_program(irmi_emitter *emitter) {
  const irm_program *program = emitter->program;
  uint32_t values = irm_program_value_bound(program);
  emitter->scalars = IRMI_ARENA_ARRAY(&emitter->arena, LLVMValueRef, values);
  emitter->cells = IRMI_ARENA_ARRAY(&emitter->arena, uint32_t, values);
  emitter->numbers = IRMI_ARENA_ARRAY(&emitter->arena, uint32_t, values);
  uint32_t ops = irm_program_op_bound(program);
  emitter->ordinals = IRMI_ARENA_ARRAY(&emitter->arena, uint32_t, ops);
  emitter->parts = IRMI_ARENA_ARRAY(&emitter->arena, uint32_t, ops);
  irmi_map_init(&emitter->outputs, emitter->arena.allocator);
  irmi_metadata_init(emitter);
  number_ops(emitter);
  irmi_cut_in_parts(emitter);
  irmi_function_open(emitter, irm_program_name(program));
  emitter->into.frame = LLVMGetParam(emitter->into.function, 0);
  LLVMSetValueName2(emitter->into.frame, "frame", 5);
  irmi_function_load(emitter);
  open_state(emitter);
  irmi_place_slots(emitter);
  irmi_emit_region(emitter, irm_program_body(program));
  irmi_deliver_outputs(emitter);
  irmi_function_close(emitter);
  close_state(emitter);
  irmi_map_destroy(&emitter->outputs);
}

/* Ops ------------------------------------------------------------------------------------------ */

/* A scalar op's lowering knows values, any other's the op. */
typedef struct lowering {
  irmi_scalar_lowering *scalar;
  irmi_op_lowering *op;
} lowering;

#define LOWERING_SCALAR(ENUM)                                                                      \
  { .scalar = irmi_emit_##ENUM }
#define LOWERING_REDUCE(ENUM)                                                                      \
  { .op = irmi_emit_##ENUM }
#define LOWERING_ROWS(ENUM)                                                                        \
  { .op = irmi_emit_##ENUM }
#define LOWERING_WHOLE(ENUM)                                                                       \
  { .op = irmi_emit_##ENUM }
#define LOWERING_FLOW(ENUM)                                                                        \
  { .op = irmi_emit_##ENUM }

static const lowering lowerings[IRM_OPCODE_COUNT] = {
#define IRM_OP(ENUM, MNEMONIC, OPERANDS, ATTRIBUTE, TYPES, STORAGE, EFFECT, KIND, SENTENCE)        \
  [IRM_##ENUM] = LOWERING_##KIND(ENUM),
#include "irmem/ops.def"
#undef IRM_OP
};

irmi_scalar_lowering *irmi_scalar_lowering_of(irm_opcode opcode) {
  return lowerings[opcode].scalar;
}

void irmi_emit_single(irmi_emitter *emitter, const irm_op *op) {
  const lowering *lower = &lowerings[irm_op_opcode(op)];
  irmi_step_begin(emitter, op);
  if (lower->scalar)
    irmi_emit_elementwise(emitter, op, lower->scalar);
  else
    lower->op(emitter, op);
  irmi_step_end(emitter, op);
}
