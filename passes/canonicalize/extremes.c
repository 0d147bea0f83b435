/* min and max. Of floats they are a if a < b or b is NaN, else b: which zero and which operand
 * beside a NaN they give depends on the operands' order, so most rules are for one order only. */
#include "canonicalize/rewriting.h"

#include <math.h>

static irm_opcode other_extreme(const irm_op *op) {
  return irm_op_opcode(op) == IRM_MIN ? IRM_MAX : IRM_MIN;
}

static bool reads(const irm_op *op, const irm_value *value) {
  return irmi_operand(op, 0) == value || irmi_operand(op, 1) == value;
}

/* What beside a NaN is the other; beside what none goes beyond is that one. An infinity that every
 * number goes beyond is not what a NaN is, so floats keep it. */
static irm_value *beside_constant(const irmi_rewriting *r, const irm_op *op) {
  bool is_min = irm_op_opcode(op) == IRM_MIN;
  for (uint32_t i = 0; i < 2; ++i) {
    irm_number number;
    irm_value *other = irmi_operand(op, 1 - i);
    if (!irmi_is_const(irmi_operand(op, i), &number)) continue;
    bool is_float = irm_elem_is_float(number.elem);
    if (is_float && isnan(number.as.f)) return other;
    if (irmi_same_number(number, irmi_extreme(number.elem, !is_min))) return irmi_operand(op, i);
    if ((!is_float || r->fast) && irmi_same_number(number, irmi_extreme(number.elem, is_min)))
      return other;
  }
  return NULL;
}

/* min(a, min(a, b)), min(b, min(a, b)) and min(min(a, b), b) are min(a, b), of integers also
 * min(min(a, b), a), which for floats may be the other zero. */
static irm_value *of_the_same_again(const irmi_rewriting *r, const irm_op *op) {
  irm_value *a = irmi_operand(op, 0), *b = irmi_operand(op, 1);
  const irm_op *left = irmi_defined_by(a, irm_op_opcode(op));
  const irm_op *right = irmi_defined_by(b, irm_op_opcode(op));
  if (right && reads(right, a)) return b;
  if (left && (irmi_operand(left, 1) == b || (!irmi_is_strict(r, op) && reads(left, b)))) return a;
  return NULL;
}

/* min(a, max(a, b)) is a, of integers. */
static irm_value *absorbed(const irmi_rewriting *r, const irm_op *op) {
  if (irmi_is_strict(r, op)) return NULL;
  for (uint32_t i = 0; i < 2; ++i) {
    const irm_op *inner = irmi_defined_by(irmi_operand(op, i), other_extreme(op));
    if (inner && reads(inner, irmi_operand(op, 1 - i))) return irmi_operand(op, 1 - i);
  }
  return NULL;
}

irm_value *irmi_simplify_extreme(irmi_rewriting *r, irm_op *op) {
  if (irmi_operand(op, 0) == irmi_operand(op, 1)) return irmi_operand(op, 0);
  irm_value *same = beside_constant(r, op);
  if (!same) same = of_the_same_again(r, op);
  return same ? same : absorbed(r, op);
}
