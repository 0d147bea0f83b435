/* Scalars that come together, and factors that leave sums: of integers, which wrap, and of floats
 * where these are taken for exact numbers. */
#include "canonicalize/rewriting.h"

/* An array and a scalar that an op joins; false if it is not so. Products and sums, so either may
 * be on either side. */
static bool split(const irm_op *op, irm_value **array, irm_value **scalar) {
  uint32_t at = irm_value_is_array(irmi_operand(op, 0)) ? 0 : 1;
  *array = irmi_operand(op, at);
  *scalar = irmi_operand(op, 1 - at);
  return irm_value_is_array(*array) && !irm_value_is_array(*scalar);
}

/* (x * s) * t with scalars s and t is x * (s * t); and so for sums. */
irm_value *irmi_join_scalars(irmi_rewriting *r, irm_op *op) {
  irm_opcode opcode = irm_op_opcode(op);
  irm_value *array, *scalar, *inner_array, *inner_scalar;
  if ((opcode != IRM_MUL && opcode != IRM_ADD) || irmi_is_strict(r, op)) return NULL;
  if (!split(op, &array, &scalar)) return NULL;
  const irm_op *inner = irmi_inner(array, opcode);
  if (!inner || !split(inner, &inner_array, &inner_scalar)) return NULL;
  irm_elem elem = irmi_elem_of(array);
  irm_value *both = irmi_make_binary(r, op, opcode, elem, inner_scalar, scalar);
  return irmi_make_binary(r, op, opcode, elem, inner_array, both);
}

/* x * s + y * s is (x + y) * s. */
irm_value *irmi_take_common_factor(irmi_rewriting *r, irm_op *op) {
  irm_opcode opcode = irm_op_opcode(op);
  irm_value *x, *y, *of_x, *of_y;
  if ((opcode != IRM_ADD && opcode != IRM_SUB) || irmi_is_strict(r, op)) return NULL;
  const irm_op *a = irmi_inner(irmi_operand(op, 0), IRM_MUL);
  const irm_op *b = irmi_inner(irmi_operand(op, 1), IRM_MUL);
  if (!a || !b || !split(a, &x, &of_x) || !split(b, &y, &of_y) || of_x != of_y) return NULL;
  irm_elem elem = irmi_elem_of(x);
  return irmi_make_binary(r, op, IRM_MUL, elem, irmi_make_binary(r, op, opcode, elem, x, y), of_x);
}

/* Sums over arrays --------------------------------------------------------------------------- */

static bool is_sum(irm_opcode opcode) {
  return opcode == IRM_REDUCE_SUM || opcode == IRM_NEIGHBOR_SUM || opcode == IRM_EDGE_SUM ||
         opcode == IRM_NEIGHBOR_WSUM;
}

/* The same sum with another array as operand k. */
static irm_value *sum_without(irmi_rewriting *r, irm_op *op, uint32_t k, irm_value *array) {
  irm_value *operands[2];
  for (uint32_t i = 0; i < irm_op_operand_count(op); ++i)
    operands[i] = i == k ? array : irmi_operand(op, i);
  return irmi_result(irm_build_again(r->program, irm_before(op), op, operands));
}

/* A sum of x * s is the sum of x, times s; of -x it is that negated. */
static irm_value *take_factor(irmi_rewriting *r, irm_op *op, uint32_t k) {
  irm_value *array, *scalar, *operand = irmi_operand(op, k);
  irm_elem elem = irmi_elem_of(operand);
  const irm_op *negated = irmi_inner(operand, IRM_NEG), *product = irmi_inner(operand, IRM_MUL);
  if (negated)
    return irmi_make_unary(r, op, IRM_NEG, elem, sum_without(r, op, k, irmi_operand(negated, 0)));
  if (!product || !split(product, &array, &scalar)) return NULL;
  return irmi_make_binary(r, op, IRM_MUL, elem, sum_without(r, op, k, array), scalar);
}

/* Of a weighted sum with equal weights, or of equal elements, the weights or elements are a factor.
 */
static irm_value *take_fill(irmi_rewriting *r, irm_op *op) {
  static const irm_opcode others[] = {IRM_EDGE_SUM, IRM_NEIGHBOR_SUM};
  for (uint32_t i = 0; i < 2; ++i) {
    irm_value *scalar = irmi_filled_with(irmi_operand(op, i)), *other = irmi_operand(op, 1 - i);
    if (!scalar) continue;
    irm_value *sum = irmi_make_aggregate(r, op, others[i], other);
    return irmi_make_binary(r, op, IRM_MUL, irmi_elem_of(scalar), sum, scalar);
  }
  return NULL;
}

irm_value *irmi_take_factor_out_of_sum(irmi_rewriting *r, irm_op *op) {
  irm_value *sum = NULL;
  if (!is_sum(irm_op_opcode(op)) || irmi_is_strict(r, op)) return NULL;
  for (uint32_t i = 0; i < irm_op_operand_count(op) && !sum; ++i)
    sum = take_factor(r, op, i);
  if (!sum && irm_op_opcode(op) == IRM_NEIGHBOR_WSUM) sum = take_fill(r, op);
  return sum;
}
