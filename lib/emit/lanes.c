/* How reductions combine elements: lanes and their halving (irmem/order.h). */
#include "emit/lanes.h"

#include <assert.h>
#include <math.h>

static irm_number real(irm_elem elem, double value) {
  return (irm_number){.elem = elem, .as.f = value};
}

static irm_number integer(irm_elem elem, int64_t value) {
  return (irm_number){.elem = elem, .as.i = value};
}

static irm_number greatest(irm_elem elem) {
  if (irm_elem_is_float(elem)) return real(elem, INFINITY);
  return integer(elem, elem == IRM_I64 ? INT64_MAX : INT32_MAX);
}

static irm_number least(irm_elem elem) {
  if (irm_elem_is_float(elem)) return real(elem, -INFINITY);
  return integer(elem, elem == IRM_I64 ? INT64_MIN : INT32_MIN);
}

static irm_number zero(irm_elem elem) {
  return irm_elem_is_float(elem) ? real(elem, 0) : integer(elem, 0);
}

irmi_lanes irmi_lanes_of(irm_opcode opcode, irm_elem elem) {
  switch (opcode) {
  case IRM_REDUCE_SUM:
  case IRM_NEIGHBOR_SUM:
  case IRM_NEIGHBOR_WSUM:
  case IRM_EDGE_SUM: return (irmi_lanes){irmi_emit_ADD, elem, zero(elem), IRM_LANES};
  case IRM_REDUCE_MIN:
  case IRM_NEIGHBOR_MIN:
  case IRM_NEIGHBOR_WMIN:
  case IRM_EDGE_MIN: return (irmi_lanes){irmi_emit_MIN, elem, greatest(elem), IRM_LANES};
  case IRM_REDUCE_MAX:
  case IRM_NEIGHBOR_MAX:
  case IRM_EDGE_MAX: return (irmi_lanes){irmi_emit_MAX, elem, least(elem), IRM_LANES};
  case IRM_REDUCE_ANY: return (irmi_lanes){irmi_emit_OR, elem, integer(elem, 0), IRM_LANES};
  case IRM_REDUCE_ALL: return (irmi_lanes){irmi_emit_AND, elem, integer(elem, 1), IRM_LANES};
  default: break;
  }
  assert(!"an op that reduces");
  return (irmi_lanes){0};
}

LLVMValueRef irmi_lanes_identity(const irmi_emitter *emitter, const irmi_lanes *fold) {
  LLVMTypeRef type = irmi_memory_type(&emitter->types, fold->elem);
  if (irm_elem_is_float(fold->elem)) return LLVMConstReal(type, fold->identity.as.f);
  return LLVMConstInt(type, (unsigned long long)fold->identity.as.i, true);
}

LLVMValueRef irmi_lanes_start(const irmi_emitter *emitter, const irmi_lanes *fold) {
  return irmi_splat(irmi_lanes_identity(emitter, fold), fold->lanes);
}

LLVMTypeRef irmi_lanes_type(const irmi_emitter *emitter, const irmi_lanes *fold) {
  return LLVMVectorType(irmi_memory_type(&emitter->types, fold->elem), fold->lanes);
}

LLVMValueRef irmi_lanes_combine(irmi_emitter *emitter, LLVMBuilderRef builder,
                                const irmi_lanes *fold, LLVMValueRef a, LLVMValueRef b) {
  irmi_element lane = {
      .emitter = emitter, .builder = builder, .from = fold->elem, .to = fold->elem};
  LLVMValueRef x[] = {a, b};
  return fold->combine(&lane, x);
}

/* Lanes first to first + count - 1 of a vector. */
static LLVMValueRef take_lanes(const irmi_emitter *emitter, LLVMBuilderRef builder,
                               LLVMValueRef vector, unsigned first, unsigned count) {
  LLVMValueRef mask[IRMI_MOST_LANES];
  for (unsigned k = 0; k < count; k++)
    mask[k] = LLVMConstInt(emitter->types.i32, first + k, false);
  LLVMValueRef none = LLVMGetPoison(LLVMTypeOf(vector));
  return LLVMBuildShuffleVector(builder, vector, none, LLVMConstVector(mask, count), "");
}

LLVMValueRef irmi_lanes_fold(irmi_emitter *emitter, LLVMBuilderRef builder, const irmi_lanes *fold,
                             LLVMValueRef lanes) {
  for (unsigned half = fold->lanes / 2; half > 0; half /= 2)
    lanes = irmi_lanes_combine(emitter, builder, fold, take_lanes(emitter, builder, lanes, 0, half),
                               take_lanes(emitter, builder, lanes, half, half));
  return LLVMBuildExtractElement(builder, lanes, irmi_const_i64(emitter, 0), "");
}

LLVMValueRef irmi_lanes_mask(const irmi_emitter *emitter, LLVMBuilderRef builder, unsigned lanes,
                             LLVMValueRef count) {
  LLVMTypeRef i32 = emitter->types.i32;
  LLVMValueRef numbers[IRMI_MOST_LANES];
  for (unsigned k = 0; k < lanes; k++)
    numbers[k] = LLVMConstInt(i32, k, false);
  LLVMValueRef most = irmi_const_i64(emitter, lanes);
  LLVMValueRef few = LLVMBuildICmp(builder, LLVMIntSLT, count, most, "");
  count = LLVMBuildSelect(builder, few, count, most, "");
  LLVMValueRef narrow = LLVMBuildTrunc(builder, count, i32, "");
  LLVMValueRef all = irmi_build_splat(emitter, builder, narrow, lanes);
  return LLVMBuildICmp(builder, LLVMIntULT, LLVMConstVector(numbers, lanes), all, "");
}
