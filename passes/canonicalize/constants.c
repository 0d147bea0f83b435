/* Constants: computed now, moved to the right, joined. */
#include "canonicalize/rewriting.h"

irm_value *irmi_fold(irmi_rewriting *r, irm_op *op) {
  irm_number numbers[3], folded;
  if (irm_value_is_array(irmi_result(op))) return NULL;
  for (uint32_t i = 0; i < irm_op_operand_count(op); ++i)
    if (!irmi_is_const(irmi_operand(op, i), &numbers[i])) return NULL;
  if (!irm_evaluate(irm_op_opcode(op), numbers, irmi_elem_of(irmi_result(op)), &folded))
    return NULL;
  ++r->folded;
  return irmi_make_const(r, op, folded);
}

void irmi_move_const_right(irmi_rewriting *r, irm_op *op) {
  if (!irm_op_commutes(op) || irm_op_operand_count(op) != 2) return;
  irm_value *constant = irmi_operand(op, 0);
  if (!irmi_defined_by(constant, IRM_CONST) || irmi_defined_by(irmi_operand(op, 1), IRM_CONST))
    return;
  irm_op_set_operand(op, 0, irmi_operand(op, 1));
  irm_op_set_operand(op, 1, constant);
  ++r->simplified;
}

/* x op a, a constant. */
typedef struct step {
  irm_opcode opcode;
  irm_value *from;
  irm_number by;
} step;

/* Differences are sums; of floats too, but there is no use in it where sums round. */
static bool is_step(const irmi_rewriting *r, const irm_op *op, step *found) {
  *found = (step){.opcode = irm_op_opcode(op)};
  if (irm_op_operand_count(op) != 2 || !irmi_is_const(irmi_operand(op, 1), &found->by))
    return false;
  found->from = irmi_operand(op, 0);
  if (found->opcode == IRM_SUB && !irmi_is_strict(r, op)) {
    found->opcode = IRM_ADD;
    irm_evaluate(IRM_NEG, &found->by, found->by.elem, &found->by);
  }
  return true;
}

/* Whether (x op a) op b is x op (a op b) for every x. min and max of floats round nothing,
 * leave the later of two zeros and pass over NaN. */
static bool is_associative(const irmi_rewriting *r, irm_opcode opcode, irm_elem elem) {
  switch (opcode) {
  case IRM_ADD:
  case IRM_MUL:
  case IRM_AND:
  case IRM_OR:
  case IRM_XOR: return r->fast || !irm_elem_is_float(elem);
  case IRM_MIN:
  case IRM_MAX: return true;
  default: return false;
  }
}

irm_value *irmi_join_constants(irmi_rewriting *r, irm_op *op) {
  step outer, inner;
  irm_number joined;
  irm_value *from = irmi_operand(op, 0);
  if (!irmi_can_read_through(from) || !irm_value_op(from) || !is_step(r, op, &outer)) return NULL;
  if (!is_step(r, irm_value_op(from), &inner) || inner.opcode != outer.opcode) return NULL;
  if (!is_associative(r, outer.opcode, outer.by.elem)) return NULL;
  irm_number both[] = {inner.by, outer.by};
  irm_evaluate(outer.opcode, both, outer.by.elem, &joined);
  return irmi_make_binary(r, op, outer.opcode, joined.elem, inner.from,
                          irmi_make_const(r, op, joined));
}
