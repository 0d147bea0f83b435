/* The op table as data, and names for the small enumerations. */
#include "irmem/ir.h"

enum { V = -1 };

static const irm_op_info infos[] = {
#define IRM_OP(ENUM, MNEMONIC, OPERANDS, ATTRIBUTE, TYPES, STORAGE, EFFECT, KIND, SENTENCE)        \
  [IRM_##ENUM] = {MNEMONIC,                                                                        \
                  OPERANDS,                                                                        \
                  IRM_ATTR_##ATTRIBUTE,                                                            \
                  IRM_TYPES_##TYPES,                                                               \
                  IRM_STORAGE_##STORAGE,                                                           \
                  IRM_EFFECT_##EFFECT,                                                             \
                  IRM_KIND_##KIND,                                                                 \
                  SENTENCE},
#include "irmem/ops.def"
#undef IRM_OP
};

const irm_op_info *irm_opcode_info(irm_opcode opcode) {
  return &infos[opcode];
}

const char *irm_elem_name(irm_elem elem) {
  static const char *const names[] = {"f64", "f32", "i64", "i32", "i1"};
  return names[elem];
}

const char *irm_space_name(irm_space space) {
  static const char *const names[] = {"scalar", "node", "edge"};
  return names[space];
}

const char *irm_direction_name(irm_direction direction) {
  static const char *const names[] = {"in", "out", "both"};
  return names[direction];
}

const char *irm_tie_name(irm_tie tie) {
  static const char *const names[] = {"lowest", "highest", "keep"};
  return names[tie];
}

uint32_t irm_elem_bytes(irm_elem elem) {
  static const uint32_t bytes[] = {8, 4, 8, 4, 1};
  return bytes[elem];
}

bool irm_elem_is_float(irm_elem elem) {
  return elem == IRM_F64 || elem == IRM_F32;
}

bool irm_elem_is_integer(irm_elem elem) {
  return elem == IRM_I64 || elem == IRM_I32;
}

bool irm_type_is_array(irm_type type) {
  return type.space != IRM_SCALAR;
}

bool irm_type_equal(irm_type a, irm_type b) {
  return a.elem == b.elem && a.space == b.space;
}

bool irm_type_same_layout(irm_type a, irm_type b) {
  return a.space == b.space && irm_elem_bytes(a.elem) == irm_elem_bytes(b.elem);
}

irm_size irm_type_bytes(irm_type type) {
  uint64_t bytes = irm_elem_bytes(type.elem);
  return (irm_size){.a = type.space == IRM_NODE ? bytes : 0,
                    .b = type.space == IRM_EDGE ? bytes : 0};
}
