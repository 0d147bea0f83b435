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

static void add_function(irmi_emitter *emitter) {
  const irmi_types *types = &emitter->types;
  LLVMTypeRef frame = types->ptr;
  emitter->function = LLVMAddFunction(emitter->module, irm_program_name(emitter->program),
                                      LLVMFunctionType(types->i64, &frame, 1, false));
  irmi_add_attribute(emitter, emitter->function, "nounwind");
  emitter->builder = LLVMCreateBuilderInContext(emitter->context);
  emitter->entry = LLVMCreateBuilderInContext(emitter->context);
  LLVMPositionBuilderAtEnd(
      emitter->entry, LLVMAppendBasicBlockInContext(emitter->context, emitter->function, "entry"));
  LLVMPositionBuilderAtEnd(emitter->builder, LLVMAppendBasicBlockInContext(
                                                 emitter->context, emitter->function, "start"));
}

static void load_frame(irmi_emitter *emitter) {
  emitter->frame = LLVMGetParam(emitter->function, 0);
  LLVMSetValueName2(emitter->frame, "frame", 5);
  emitter->view = irmi_load_frame(emitter, IRMI_FRAME_GRAPH);
  emitter->n = irmi_load_view(emitter, IRMI_VIEW_NODES);
  LLVMSetValueName2(emitter->n, "n", 1);
  emitter->m = irmi_load_view(emitter, IRMI_VIEW_EDGES);
  LLVMSetValueName2(emitter->m, "m", 1);
  emitter->threads = irmi_load_frame(emitter, IRMI_FRAME_THREADS);
}

/* How many cells it has is known at the end. */
static void open_state(irmi_emitter *emitter) {
  LLVMBuilderRef b = emitter->entry;
  LLVMValueRef some = irmi_const_i64(emitter, 1);
  emitter->state = LLVMBuildArrayAlloca(b, emitter->types.i64, some, "state");
  emitter->state_cells = IRMI_STATE_SLOTS + irm_program_slot_count(emitter->program);
  LLVMBuildStore(b, emitter->frame, irmi_state_cell(emitter, b, emitter->state, IRMI_STATE_FRAME));
  LLVMBuildStore(b, irmi_const_i64(emitter, 0),
                 irmi_state_cell(emitter, b, emitter->state, IRMI_STATE_FAULT));
}

static void close_state(irmi_emitter *emitter) {
  LLVMSetOperand(emitter->state, 0, irmi_const_i64(emitter, emitter->state_cells));
}

static void close_entry(irmi_emitter *emitter) {
  LLVMBasicBlockRef entry = LLVMGetEntryBasicBlock(emitter->function);
  LLVMBuildBr(emitter->entry, LLVMGetNextBasicBlock(entry));
}

void irmi_emit_program(irmi_emitter *emitter) {
  const irm_program *program = emitter->program;
  uint32_t values = irm_program_value_bound(program);
  emitter->scalars = IRMI_ARENA_ARRAY(&emitter->arena, LLVMValueRef, values);
  emitter->cells = IRMI_ARENA_ARRAY(&emitter->arena, uint32_t, values);
  emitter->numbers = IRMI_ARENA_ARRAY(&emitter->arena, uint32_t, values);
  emitter->ordinals = IRMI_ARENA_ARRAY(&emitter->arena, uint32_t, irm_program_op_bound(program));
  irmi_map_init(&emitter->outputs, emitter->arena.allocator);
  irmi_metadata_init(emitter);
  number_ops(emitter);
  add_function(emitter);
  load_frame(emitter);
  open_state(emitter);
  irmi_place_slots(emitter);
  irmi_emit_region(emitter, irm_program_body(program));
  irmi_deliver_outputs(emitter);
  LLVMBuildRet(emitter->builder, irmi_const_i64(emitter, 0));
  close_entry(emitter);
  close_state(emitter);
  LLVMDisposeBuilder(emitter->builder);
  LLVMDisposeBuilder(emitter->entry);
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

void irmi_emit_region(irmi_emitter *emitter, const irm_region *region) {
  for (const irm_op *op = irm_region_first(region); op; op = irm_op_next(op)) {
    const lowering *lower = &lowerings[irm_op_opcode(op)];
    if (lower->scalar)
      irmi_emit_elementwise(emitter, op, lower->scalar);
    else
      lower->op(emitter, op);
  }
}
