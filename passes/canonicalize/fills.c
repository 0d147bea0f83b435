/* Element by element ops on fills: a scalar is never an array. */
#include "canonicalize/rewriting.h"

static bool reads_other_array(const irm_op *op, uint32_t but) {
  for (uint32_t i = 0; i < irm_op_operand_count(op); ++i)
    if (i != but && irm_value_is_array(irmi_operand(op, i))) return true;
  return false;
}

void irmi_read_scalars(irmi_rewriting *r, irm_op *op) {
  for (uint32_t i = 0; i < irm_op_operand_count(op); ++i) {
    irm_value *scalar = irmi_filled_with(irmi_operand(op, i));
    if (!scalar || !reads_other_array(op, i)) continue;
    irm_op_set_operand(op, i, scalar);
    ++r->spread;
  }
}

bool irmi_is_same_everywhere(const irm_op *op) {
  if (!irm_value_is_array(irmi_result(op)) || irm_op_opcode(op) == IRM_FILL) return false;
  for (uint32_t i = 0; i < irm_op_operand_count(op); ++i)
    if (irm_value_is_array(irmi_operand(op, i)) && !irmi_filled_with(irmi_operand(op, i)))
      return false;
  return true;
}

irm_op *irmi_compute_once(irmi_rewriting *r, irm_op *op) {
  irm_value *operands[3];
  for (uint32_t i = 0; i < irm_op_operand_count(op); ++i) {
    irm_value *scalar = irmi_filled_with(irmi_operand(op, i));
    operands[i] = scalar ? scalar : irmi_operand(op, i);
  }
  ++r->spread;
  if (irm_op_opcode(op) == IRM_COPY) {
    irmi_replace(r, op, operands[0]);
    return NULL;
  }
  irm_type type = {irmi_elem_of(irmi_result(op)), IRM_SCALAR};
  irm_value *once = irm_build_value(r->program, irm_before(op), irm_op_opcode(op),
                                    irm_op_operand_count(op), operands, type, irm_op_loc(op));
  irmi_replace(r, op, once);
  return irm_value_op(once);
}
