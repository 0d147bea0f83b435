/* Comparisons. NaN is not below, not above and not equal, so that of floats not (a < b) is not
 * a >= b. */
#include "canonicalize/rewriting.h"

#include <math.h>

/* The opposite comparison, where it is one for all operands: of floats only of (in)equality. */
static irm_opcode opposite(irm_opcode opcode, bool floats) {
  switch (opcode) {
  case IRM_EQ: return IRM_NE;
  case IRM_NE: return IRM_EQ;
  case IRM_LT: return floats ? IRM_OPCODE_COUNT : IRM_GE;
  case IRM_GE: return floats ? IRM_OPCODE_COUNT : IRM_LT;
  case IRM_GT: return floats ? IRM_OPCODE_COUNT : IRM_LE;
  case IRM_LE: return floats ? IRM_OPCODE_COUNT : IRM_GT;
  default: return IRM_OPCODE_COUNT;
  }
}

/* not (a < b), if nobody else wants to know a < b; computed where that was, as a and b need not
 * live longer for it. */
irm_value *irmi_invert_comparison(irmi_rewriting *r, irm_op *op) {
  irm_op *comparison = irm_value_op(irmi_operand(op, 0));
  if (!comparison || irm_op_info_of(comparison)->types != IRM_TYPES_COMPARE) return NULL;
  irm_opcode opcode = opposite(irm_op_opcode(comparison), irmi_is_strict(r, comparison));
  if (opcode == IRM_OPCODE_COUNT || irm_use_next(irm_value_first_use(irmi_result(comparison))))
    return NULL;
  return irmi_make_binary(r, comparison, opcode, IRM_I1, irmi_operand(comparison, 0),
                          irmi_operand(comparison, 1));
}

/* The comparison with its operands exchanged. */
static irm_opcode mirrored(irm_opcode opcode) {
  switch (opcode) {
  case IRM_LT: return IRM_GT;
  case IRM_GT: return IRM_LT;
  case IRM_LE: return IRM_GE;
  case IRM_GE: return IRM_LE;
  default: return IRM_OPCODE_COUNT;
  }
}

/* c < x is x > c. */
static irm_value *mirror(irmi_rewriting *r, irm_op *op) {
  irm_opcode opcode = mirrored(irm_op_opcode(op));
  irm_value *a = irmi_operand(op, 0), *b = irmi_operand(op, 1);
  if (opcode == IRM_OPCODE_COUNT || !irmi_defined_by(a, IRM_CONST) || irmi_defined_by(b, IRM_CONST))
    return NULL;
  return irmi_make_binary(r, op, opcode, IRM_I1, b, a);
}

/* What compares to itself: of floats it may be NaN, which is still not below or above itself. */
static irm_value *compare_to_itself(irmi_rewriting *r, irm_op *op) {
  irm_opcode opcode = irm_op_opcode(op);
  bool is_strict = opcode == IRM_LT || opcode == IRM_GT;
  if (irmi_operand(op, 0) != irmi_operand(op, 1)) return NULL;
  if (irmi_is_strict(r, op) && !is_strict) return NULL;
  return irmi_make_integer(r, op, opcode == IRM_EQ || opcode == IRM_LE || opcode == IRM_GE);
}

/* Nothing is below the least or above the largest; of integers, everything else is at least as
 * large as the least and at most as large as the largest. NaN is only unequal. */
static irm_value *compare_to_extreme(irmi_rewriting *r, irm_op *op) {
  irm_number number;
  irm_opcode opcode = irm_op_opcode(op);
  if (!irmi_is_const(irmi_operand(op, 1), &number)) return NULL;
  bool is_float = irm_elem_is_float(number.elem);
  bool is_least = irmi_same_number(number, irmi_extreme(number.elem, false));
  bool is_largest = irmi_same_number(number, irmi_extreme(number.elem, true));
  if (is_float && isnan(number.as.f)) return irmi_make_integer(r, op, opcode == IRM_NE);
  if ((is_least && opcode == IRM_LT) || (is_largest && opcode == IRM_GT))
    return irmi_make_integer(r, op, 0);
  if (!is_float && ((is_least && opcode == IRM_GE) || (is_largest && opcode == IRM_LE)))
    return irmi_make_integer(r, op, 1);
  return NULL;
}

irm_value *irmi_simplify_comparison(irmi_rewriting *r, irm_op *op) {
  irm_value *known = compare_to_itself(r, op);
  if (!known) known = compare_to_extreme(r, op);
  return known ? known : mirror(r, op);
}
