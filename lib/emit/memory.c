/* Where arrays lie: the caller's frame, the slots of the plan, the delivery of outputs. */
#include "emit/emitter.h"

#include <assert.h>

static LLVMValueRef load_field(const irmi_emitter *emitter, LLVMBuilderRef builder,
                               LLVMTypeRef structure, LLVMValueRef base, unsigned field) {
  LLVMValueRef address = LLVMBuildStructGEP2(builder, structure, base, field, "");
  LLVMTypeRef type = LLVMStructGetTypeAtIndex(structure, field);
  LLVMValueRef load = LLVMBuildLoad2(builder, type, address, "");
  /* Nothing that runs changes the frame, the view or their tables. */
  irmi_set_metadata(emitter, load, "invariant.load", emitter->no_fields);
  return load;
}

LLVMValueRef irmi_load_frame(const irmi_emitter *emitter, unsigned field) {
  return load_field(emitter, emitter->entry, emitter->types.frame, emitter->frame, field);
}

LLVMValueRef irmi_load_view(const irmi_emitter *emitter, unsigned field) {
  return load_field(emitter, emitter->entry, emitter->types.view, emitter->view, field);
}

LLVMValueRef irmi_load_table(const irmi_emitter *emitter, unsigned field, uint32_t k) {
  LLVMValueRef table = irmi_load_frame(emitter, field);
  LLVMValueRef index = irmi_const_i64(emitter, k);
  LLVMTypeRef ptr = emitter->types.ptr;
  LLVMValueRef address = LLVMBuildInBoundsGEP2(emitter->entry, ptr, table, &index, 1, "");
  return LLVMBuildLoad2(emitter->entry, ptr, address, "");
}

/* Slots ---------------------------------------------------------------------------------------- */

static LLVMValueRef output_room(const irmi_emitter *emitter, const char *name) {
  uint64_t ordinal = 0;
  bool found = irmi_map_find(&emitter->outputs, (uintptr_t)name, &ordinal);
  assert(found);
  (void)found;
  return irmi_load_table(emitter, IRMI_FRAME_OUTPUTS, (uint32_t)ordinal);
}

static LLVMValueRef arena_address(const irmi_emitter *emitter, uint32_t slot) {
  LLVMBuilderRef b = emitter->entry;
  LLVMTypeRef i64 = emitter->types.i64;
  LLVMValueRef table = irmi_load_frame(emitter, IRMI_FRAME_OFFSETS);
  LLVMValueRef index = irmi_const_i64(emitter, slot);
  LLVMValueRef cell = LLVMBuildInBoundsGEP2(b, i64, table, &index, 1, "");
  LLVMValueRef offset = LLVMBuildLoad2(b, i64, cell, "");
  irmi_set_metadata(emitter, offset, "invariant.load", emitter->no_fields);
  LLVMValueRef arena = irmi_load_frame(emitter, IRMI_FRAME_ARENA);
  return LLVMBuildInBoundsGEP2(b, emitter->types.i8, arena, &offset, 1, "");
}

void irmi_place_slots(irmi_emitter *emitter) {
  LLVMBuilderRef b = emitter->entry;
  uint32_t count = irm_program_slot_count(emitter->program);
  emitter->slots = IRMI_ARENA_ARRAY(&emitter->arena, LLVMValueRef, count);
  emitter->moves = IRMI_ARENA_ARRAY(&emitter->arena, irmi_slot_move, count);
  for (uint32_t k = 0; k < count; k++)
    emitter->moves[k].from = IRM_NO_SLOT;
  for (uint32_t k = 0; k < count; k++)
    emitter->slots[k] = LLVMBuildAlloca(b, emitter->types.ptr, "slot");
  for (uint32_t k = 0; k < count; k++) {
    irm_slot slot = irm_program_slot(emitter->program, k);
    LLVMValueRef address =
        slot.output ? output_room(emitter, slot.output) : arena_address(emitter, k);
    LLVMBuildStore(b, address, emitter->slots[k]);
  }
}

LLVMValueRef irmi_slot_pointer(const irmi_emitter *emitter, uint32_t slot) {
  return LLVMBuildLoad2(emitter->builder, emitter->types.ptr, emitter->slots[slot], "");
}

LLVMValueRef irmi_array_pointer(const irmi_emitter *emitter, const irm_value *value) {
  uint32_t slot = irm_value_slot(value);
  if (slot != IRM_NO_SLOT) return irmi_slot_pointer(emitter, slot);
  const irm_op *op = irm_value_op(value);
  assert(irm_value_is_given(value));
  if (irm_op_opcode(op) == IRM_WEIGHT) return irmi_load_view(emitter, IRMI_VIEW_WEIGHTS);
  return irmi_load_table(emitter, IRMI_FRAME_INPUTS, emitter->ordinals[irm_op_id(op)]);
}

LLVMValueRef irmi_element_count(const irmi_emitter *emitter, irm_space space) {
  return space == IRM_NODE ? emitter->n : emitter->m;
}

LLVMValueRef irmi_array_bytes(const irmi_emitter *emitter, irm_type type) {
  LLVMValueRef each = irmi_const_i64(emitter, irm_elem_bytes(type.elem));
  return LLVMBuildMul(emitter->entry, irmi_element_count(emitter, type.space), each, "");
}

LLVMValueRef irmi_element_address(const irmi_emitter *emitter, LLVMBuilderRef builder,
                                  irm_elem elem, LLVMValueRef base, LLVMValueRef index) {
  LLVMTypeRef type = irmi_memory_type(&emitter->types, elem);
  return LLVMBuildInBoundsGEP2(builder, type, base, &index, 1, "");
}

void irmi_begin_changed(const irmi_emitter *emitter, const irm_op *op) {
  const irm_value *array = irm_op_operand(op, 0), *result = irm_op_result(op, 0);
  if (irm_value_slot(array) == irm_value_slot(result)) return;
  LLVMBuildMemCpy(emitter->builder, irmi_array_pointer(emitter, result), 1,
                  irmi_array_pointer(emitter, array), 1,
                  irmi_array_bytes(emitter, irm_value_type(result)));
}

/* Outputs -------------------------------------------------------------------------------------- */

static void store_result(const irmi_emitter *emitter, LLVMValueRef results, uint32_t k,
                         const irm_op *op) {
  LLVMBuilderRef b = emitter->builder;
  const irm_value *value = irm_op_operand(op, 0);
  LLVMValueRef fields[] = {
      irmi_array_pointer(emitter, value),
      irmi_load_table(emitter, IRMI_FRAME_OUTPUTS, emitter->ordinals[irm_op_id(op)]),
      irmi_array_bytes(emitter, irm_value_type(value)),
  };
  LLVMValueRef index = irmi_const_i64(emitter, k);
  LLVMValueRef result = LLVMBuildInBoundsGEP2(b, emitter->types.result, results, &index, 1, "");
  for (unsigned field = 0; field < 3; field++)
    LLVMBuildStore(b, fields[field],
                   LLVMBuildStructGEP2(b, emitter->types.result, result, field, ""));
}

void irmi_deliver_outputs(irmi_emitter *emitter) {
  if (emitter->array_output_count == 0) return;
  LLVMValueRef count = irmi_const_i64(emitter, emitter->array_output_count);
  LLVMValueRef results =
      LLVMBuildArrayAlloca(emitter->entry, emitter->types.result, count, "results");
  uint32_t k = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(emitter->program, op));)
    if (irm_op_opcode(op) == IRM_OUTPUT && irm_value_is_array(irm_op_operand(op, 0)))
      store_result(emitter, results, k++, op);
  LLVMValueRef arguments[] = {results, count};
  irmi_call_runtime(emitter, "irm_rt_deliver", arguments, 2);
}
