/* not, and, or, exclusive or: of masks and of integers. */
#include "canonicalize/rewriting.h"

static bool is_opposite(const irm_value *a, const irm_value *b) {
  const irm_op *of_a = irmi_defined_by(a, IRM_NOT), *of_b = irmi_defined_by(b, IRM_NOT);
  return (of_a && irmi_operand(of_a, 0) == b) || (of_b && irmi_operand(of_b, 0) == a);
}

static bool are_opposite(const irm_op *op) {
  return is_opposite(irmi_operand(op, 0), irmi_operand(op, 1));
}

/* The operand that is an op of this opcode and reads the other operand; or the operand that such
 * an op reads. NULL: neither. */
static irm_value *that_reads_the_other(const irm_op *op, irm_opcode opcode, bool give_outer) {
  for (uint32_t i = 0; i < 2; ++i) {
    irm_value *other = irmi_operand(op, 1 - i);
    const irm_op *inner = irmi_defined_by(irmi_operand(op, i), opcode);
    if (inner && (irmi_operand(inner, 0) == other || irmi_operand(inner, 1) == other))
      return give_outer ? irmi_operand(op, i) : other;
  }
  return NULL;
}

/* a and (a and b) is a and b; a and (a or b) is a; and the other way round. */
static irm_value *absorb(const irm_op *op, irm_opcode other) {
  irm_value *same = that_reads_the_other(op, irm_op_opcode(op), true);
  return same ? same : that_reads_the_other(op, other, false);
}

static int64_t all_ones(const irm_op *op) {
  return irmi_elem_of(irmi_result(op)) == IRM_I1 ? 1 : -1;
}

irm_value *irmi_simplify_not(irmi_rewriting *r, irm_op *op) {
  const irm_op *inner = irmi_defined_by(irmi_operand(op, 0), IRM_NOT);
  return inner ? irmi_operand(inner, 0) : irmi_invert_comparison(r, op);
}

irm_value *irmi_simplify_and(irmi_rewriting *r, irm_op *op) {
  irm_value *a = irmi_operand(op, 0), *b = irmi_operand(op, 1);
  if (irmi_is_all_ones(b) || a == b) return a;
  if (irmi_is_number(b, 0.0)) return b;
  if (are_opposite(op)) return irmi_make_integer(r, op, 0);
  return absorb(op, IRM_OR);
}

irm_value *irmi_simplify_or(irmi_rewriting *r, irm_op *op) {
  irm_value *a = irmi_operand(op, 0), *b = irmi_operand(op, 1);
  if (irmi_is_number(b, 0.0) || a == b) return a;
  if (irmi_is_all_ones(b)) return b;
  if (are_opposite(op)) return irmi_make_integer(r, op, all_ones(op));
  return absorb(op, IRM_AND);
}

irm_value *irmi_simplify_xor(irmi_rewriting *r, irm_op *op) {
  irm_value *a = irmi_operand(op, 0), *b = irmi_operand(op, 1);
  if (irmi_is_number(b, 0.0)) return a;
  if (a == b) return irmi_make_integer(r, op, 0);
  if (irmi_is_all_ones(b)) return irmi_make_unary(r, op, IRM_NOT, irmi_elem_of(a), a);
  return are_opposite(op) ? irmi_make_integer(r, op, all_ones(op)) : NULL;
}
