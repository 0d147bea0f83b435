/* What holds of exact numbers. The program says that floats are to be taken for such: no NaN, no
 * infinity, nothing rounds (irm_program_fast_math). */
#include "canonicalize/rewriting.h"

/* 1 / divisor, before an op. */
static irm_value *make_reciprocal(irmi_rewriting *r, irm_op *before, irm_value *divisor) {
  irm_elem elem = irmi_elem_of(divisor);
  irm_value *one = irmi_make_const(r, before, (irm_number){.elem = elem, .as.f = 1});
  return irmi_make_binary(r, before, IRM_DIV, elem, one, divisor);
}

/* The innermost loop around an op, or NULL. */
static irm_op *loop_around(irm_op *op) {
  do
    op = irm_region_parent(irm_op_region(op));
  while (op && irm_op_opcode(op) != IRM_LOOP);
  return op;
}

static bool is_inside(const irm_value *value, const irm_op *loop) {
  const irm_region *region = irm_value_region(value);
  while (region) {
    const irm_op *parent = irm_region_parent(region);
    if (parent == loop) return true;
    region = parent ? irm_op_region(parent) : NULL;
  }
  return false;
}

/* What changes in a loop, divided by an array that does not: its reciprocals take the array's place
 * before the loop, if nobody else reads it. */
static irm_value *divide_before_loop(irmi_rewriting *r, irm_op *op) {
  irm_value *a = irmi_operand(op, 0), *b = irmi_operand(op, 1);
  irm_op *loop = loop_around(op);
  if (!loop || irm_value_is_given(b) || !irmi_can_read_through(b)) return NULL;
  if (!is_inside(a, loop) || is_inside(b, loop)) return NULL;
  return irmi_make_binary(r, op, IRM_MUL, irmi_elem_of(a), a, make_reciprocal(r, loop, b));
}

/* Many numbers divided by one are multiplied by its reciprocal. */
static irm_value *multiply_instead(irmi_rewriting *r, irm_op *op) {
  irm_value *a = irmi_operand(op, 0), *b = irmi_operand(op, 1);
  if (a == b) return irmi_make_number(r, op, 1);
  if (irmi_is_zero(r, a)) return a;
  if (irm_value_is_array(b)) return divide_before_loop(r, op);
  if (irmi_is_number(a, 1.0)) return NULL;
  if (!irm_value_is_array(a) && !irmi_defined_by(b, IRM_CONST)) return NULL;
  return irmi_make_binary(r, op, IRM_MUL, irmi_elem_of(a), a, make_reciprocal(r, op, b));
}

static irm_value *cheap_power(irmi_rewriting *r, irm_op *op) {
  irm_value *x = irmi_operand(op, 0), *exponent = irmi_operand(op, 1);
  irm_elem elem = irmi_elem_of(x);
  if (irmi_is_number(exponent, 1.0)) return x;
  if (irmi_is_number(exponent, 2.0)) return irmi_make_binary(r, op, IRM_MUL, elem, x, x);
  if (irmi_is_number(exponent, 0.5)) return irmi_make_unary(r, op, IRM_SQRT, elem, x);
  if (irmi_is_number(exponent, -1.0)) return make_reciprocal(r, op, x);
  return NULL;
}

/* What the other function undoes, or NULL. */
static irm_value *undone(const irm_op *op, irm_opcode other) {
  const irm_op *inner = irmi_inner(irmi_operand(op, 0), other);
  return inner ? irmi_operand(inner, 0) : NULL;
}

/* sqrt x * sqrt x. */
static irm_value *squared_root(const irm_op *op) {
  const irm_op *root = irmi_defined_by(irmi_operand(op, 0), IRM_SQRT);
  return root && irmi_operand(op, 0) == irmi_operand(op, 1) ? irmi_operand(root, 0) : NULL;
}

irm_value *irmi_simplify_fast(irmi_rewriting *r, irm_op *op) {
  if (!irm_elem_is_float(irmi_elem_of(irmi_result(op)))) return NULL;
  switch (irm_op_opcode(op)) {
  case IRM_DIV: return multiply_instead(r, op);
  case IRM_POW: return cheap_power(r, op);
  case IRM_EXP: return undone(op, IRM_LOG);
  case IRM_LOG: return undone(op, IRM_EXP);
  case IRM_MUL: return squared_root(op);
  default: return NULL;
  }
}
