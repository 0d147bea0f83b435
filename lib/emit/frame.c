/* Tables that the runtime goes through at the beginning and at the end of a run, so that a program
 * of many slots and outputs is no long function. */
#include "emit/emitter.h"
#include "runtime/rt.h"

#include <assert.h>

static LLVMValueRef add_table(irmi_emitter *emitter, LLVMValueRef *entries, uint64_t count) {
  LLVMTypeRef i32 = emitter->types.i32;
  LLVMValueRef constant = LLVMConstArray2(i32, entries, count);
  LLVMValueRef table = LLVMAddGlobal(emitter->module, LLVMTypeOf(constant), "");
  LLVMSetInitializer(table, constant);
  LLVMSetGlobalConstant(table, true);
  LLVMSetLinkage(table, LLVMPrivateLinkage);
  LLVMSetAlignment(table, 4);
  return table;
}

static LLVMValueRef entry_of(const irmi_emitter *emitter, int64_t value) {
  return LLVMConstInt(emitter->types.i32, (unsigned long long)value, true);
}

/* Which output's room a slot is. */
static int64_t output_of(const irmi_emitter *emitter, uint32_t slot) {
  const char *name = irm_program_slot(emitter->program, slot).output;
  uint64_t ordinal = 0;
  if (!name) return IRM_RT_NO_OUTPUT;
  bool found = irmi_map_find(&emitter->outputs, (uintptr_t)name, &ordinal);
  assert(found);
  (void)found;
  return (int64_t)ordinal;
}

void irmi_place_slots(irmi_emitter *emitter) {
  uint32_t count = irm_program_slot_count(emitter->program);
  emitter->moves = IRMI_ARENA_ARRAY(&emitter->arena, irmi_slot_move, count);
  if (count == 0) return;
  LLVMValueRef *entries = IRMI_ARENA_ARRAY(&emitter->arena, LLVMValueRef, count);
  for (uint32_t k = 0; k < count; k++) {
    emitter->moves[k].from = IRM_NO_SLOT;
    entries[k] = entry_of(emitter, output_of(emitter, k));
  }
  LLVMValueRef arguments[] = {
      emitter->into.frame, irmi_const_i64(emitter, count), add_table(emitter, entries, count),
      irmi_state_cell(emitter, emitter->into.builder, emitter->into.state, IRMI_STATE_SLOTS)};
  irmi_call_runtime(emitter, "irm_rt_place_slots", arguments, 4);
}

/* Where an output array is: irm_rt_source. */
static int64_t source_of(const irmi_emitter *emitter, const irm_value *value) {
  if (irm_value_slot(value) != IRM_NO_SLOT) return irm_value_slot(value);
  const irm_op *op = irm_value_op(value);
  if (irm_op_opcode(op) == IRM_WEIGHT) return IRM_RT_WEIGHTS;
  return IRM_RT_INPUTS - (int64_t)emitter->ordinals[irm_op_id(op)];
}

static void describe(const irmi_emitter *emitter, const irm_op *op, LLVMValueRef *fields) {
  const irm_value *value = irm_op_operand(op, 0);
  irm_type type = irm_value_type(value);
  fields[0] = entry_of(emitter, source_of(emitter, value));
  fields[1] = entry_of(emitter, emitter->ordinals[irm_op_id(op)]);
  fields[2] = entry_of(emitter, irm_elem_bytes(type.elem));
  fields[3] = entry_of(emitter, type.space == IRM_EDGE);
}

void irmi_deliver_outputs(irmi_emitter *emitter) {
  uint32_t count = emitter->array_output_count, k = 0;
  if (count == 0) return;
  LLVMValueRef *fields = IRMI_ARENA_ARRAY(&emitter->arena, LLVMValueRef, 4 * (size_t)count);
  for (irm_op *op = NULL; (op = irm_program_next_op(emitter->program, op));)
    if (irm_op_opcode(op) == IRM_OUTPUT && irm_value_is_array(irm_op_operand(op, 0)))
      describe(emitter, op, fields + 4 * (size_t)k++);
  LLVMValueRef size = irmi_const_i64(emitter, count);
  LLVMValueRef results =
      LLVMBuildArrayAlloca(emitter->into.entry, emitter->types.result, size, "results");
  LLVMValueRef arguments[] = {
      emitter->into.frame,
      irmi_state_cell(emitter, emitter->into.builder, emitter->into.state, IRMI_STATE_SLOTS), size,
      add_table(emitter, fields, 4 * (uint64_t)count), results};
  irmi_call_runtime(emitter, "irm_rt_deliver_outputs", arguments, 5);
}
