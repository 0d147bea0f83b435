/* Where things lie while a program runs: the caller's frame, the slots of the plan, and the state
 * of the run, through which the program's functions know of each other: a row of cells of eight
 * bytes, first the frame, then whether a kernel met an error, then where each slot is (loops may
 * exchange slots), then the scalars that other functions read than the one that computes them. */
#include "emit/emitter.h"

#include <assert.h>

LLVMValueRef irmi_load_field(const irmi_emitter *emitter, LLVMBuilderRef builder,
                             LLVMTypeRef structure, LLVMValueRef base, unsigned field) {
  LLVMValueRef address = LLVMBuildStructGEP2(builder, structure, base, field, "");
  LLVMTypeRef type = LLVMStructGetTypeAtIndex(structure, field);
  LLVMValueRef load = LLVMBuildLoad2(builder, type, address, "");
  /* Nothing that runs changes the frame, the view or their tables. */
  irmi_set_metadata(emitter, load, "invariant.load", emitter->no_fields);
  return load;
}

LLVMValueRef irmi_load_frame(const irmi_emitter *emitter, unsigned field) {
  return irmi_load_field(emitter, emitter->into.entry, emitter->types.frame, emitter->into.frame,
                         field);
}

LLVMValueRef irmi_load_view(const irmi_emitter *emitter, unsigned field) {
  return irmi_load_field(emitter, emitter->into.entry, emitter->types.view, emitter->into.view,
                         field);
}

LLVMValueRef irmi_load_table(const irmi_emitter *emitter, LLVMBuilderRef builder,
                             LLVMValueRef frame, unsigned field, uint32_t k) {
  LLVMTypeRef ptr = emitter->types.ptr;
  LLVMValueRef table = irmi_load_field(emitter, builder, emitter->types.frame, frame, field);
  LLVMValueRef index = irmi_const_i64(emitter, k);
  LLVMValueRef address = LLVMBuildInBoundsGEP2(builder, ptr, table, &index, 1, "");
  return LLVMBuildLoad2(builder, ptr, address, "");
}

/* The state ------------------------------------------------------------------------------------ */

LLVMValueRef irmi_state_cell(const irmi_emitter *emitter, LLVMBuilderRef builder,
                             LLVMValueRef state, uint32_t cell) {
  LLVMValueRef index = irmi_const_i64(emitter, cell);
  return LLVMBuildInBoundsGEP2(builder, emitter->types.i64, state, &index, 1, "");
}

static uint32_t slot_cell(uint32_t slot) {
  return IRMI_STATE_SLOTS + slot;
}

LLVMValueRef irmi_load_slot(const irmi_emitter *emitter, LLVMBuilderRef builder, LLVMValueRef state,
                            uint32_t slot) {
  LLVMValueRef cell = irmi_state_cell(emitter, builder, state, slot_cell(slot));
  return LLVMBuildLoad2(builder, emitter->types.ptr, cell, "");
}

void irmi_store_slot(const irmi_emitter *emitter, uint32_t slot, LLVMValueRef pointer) {
  LLVMBuildStore(
      emitter->into.builder, pointer,
      irmi_state_cell(emitter, emitter->into.builder, emitter->into.state, slot_cell(slot)));
}

LLVMValueRef irmi_load_scalar(const irmi_emitter *emitter, LLVMBuilderRef builder,
                              LLVMValueRef state, const irm_value *value) {
  LLVMValueRef scalar = emitter->scalars[irm_value_id(value)];
  uint32_t kept = emitter->cells[irm_value_id(value)];
  if (LLVMIsConstant(scalar)) return scalar;
  assert(kept && "what other functions read is kept");
  irm_elem elem = irm_value_type(value).elem;
  LLVMValueRef cell = irmi_state_cell(emitter, builder, state, kept);
  LLVMTypeRef type = irmi_memory_type(&emitter->types, elem);
  return irmi_from_memory(emitter, builder, elem, LLVMBuildLoad2(builder, type, cell, ""));
}

uint32_t irmi_part_of(const irmi_emitter *emitter, const irm_value *value) {
  const irm_op *op = irm_value_op(value);
  return emitter->parts[irm_op_id(op ? op : irm_region_parent(irm_value_region(value)))];
}

/* The part that reads what an op reads: what is yielded, the op around does. */
static uint32_t reading_part(const irmi_emitter *emitter, const irm_op *op) {
  if (irm_op_opcode(op) == IRM_YIELD) op = irm_region_parent(irm_op_region(op));
  return emitter->parts[irm_op_id(op)];
}

/* Whether a kernel or another part reads it. */
static bool is_read_elsewhere(const irmi_emitter *emitter, const irm_value *value) {
  uint32_t part = irmi_part_of(emitter, value);
  for (irm_use *use = irm_value_first_use(value); use; use = irm_use_next(use)) {
    const irm_op *reader = irm_use_op(use);
    if (irmi_runs_as_kernel(reader) || reading_part(emitter, reader) != part) return true;
  }
  return false;
}

void irmi_keep_scalar(irmi_emitter *emitter, const irm_value *value) {
  LLVMValueRef scalar = emitter->scalars[irm_value_id(value)];
  if (LLVMIsConstant(scalar) || !is_read_elsewhere(emitter, value)) return;
  uint32_t cell = emitter->state_cells++;
  emitter->cells[irm_value_id(value)] = cell;
  LLVMBuilderRef b = emitter->into.builder;
  LLVMBuildStore(b, irmi_to_memory(emitter, b, irm_value_type(value).elem, scalar),
                 irmi_state_cell(emitter, b, emitter->into.state, cell));
}

/* Arrays --------------------------------------------------------------------------------------- */

LLVMValueRef irmi_slot_pointer(const irmi_emitter *emitter, uint32_t slot) {
  return irmi_load_slot(emitter, emitter->into.builder, emitter->into.state, slot);
}

LLVMValueRef irmi_array_pointer(const irmi_emitter *emitter, const irm_value *value) {
  uint32_t slot = irm_value_slot(value);
  if (slot != IRM_NO_SLOT) return irmi_slot_pointer(emitter, slot);
  const irm_op *op = irm_value_op(value);
  assert(irm_value_is_given(value));
  if (irm_op_opcode(op) == IRM_WEIGHT) return irmi_load_view(emitter, IRMI_VIEW_WEIGHTS);
  return irmi_load_table(emitter, emitter->into.entry, emitter->into.frame, IRMI_FRAME_INPUTS,
                         emitter->ordinals[irm_op_id(op)]);
}

LLVMValueRef irmi_element_count(const irmi_emitter *emitter, irm_space space) {
  return space == IRM_NODE ? emitter->into.n : emitter->into.m;
}

LLVMValueRef irmi_array_bytes(const irmi_emitter *emitter, irm_type type) {
  LLVMValueRef each = irmi_const_i64(emitter, irm_elem_bytes(type.elem));
  return LLVMBuildMul(emitter->into.entry, irmi_element_count(emitter, type.space), each, "");
}

LLVMValueRef irmi_element_address(const irmi_emitter *emitter, LLVMBuilderRef builder,
                                  irm_elem elem, LLVMValueRef base, LLVMValueRef index) {
  LLVMTypeRef type = irmi_memory_type(&emitter->types, elem);
  return LLVMBuildInBoundsGEP2(builder, type, base, &index, 1, "");
}

void irmi_begin_changed(const irmi_emitter *emitter, const irm_op *op) {
  const irm_value *array = irm_op_operand(op, 0), *result = irm_op_result(op, 0);
  if (irm_value_slot(array) == irm_value_slot(result)) return;
  LLVMBuildMemCpy(emitter->into.builder, irmi_array_pointer(emitter, result), 1,
                  irmi_array_pointer(emitter, array), 1,
                  irmi_array_bytes(emitter, irm_value_type(result)));
}
