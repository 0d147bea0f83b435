/* Reductions, neighbour aggregations and sorts of arrays whose elements are all the same: how many
 * elements or arcs there are takes their place, where that is exact and needs no more memory. */
#include "canonicalize/rewriting.h"

#include <math.h>
#include <stdlib.h>

/* A graph has fewer than 2^32 nodes and 2^32 edges, so that a sum adds up fewer than 2^34 elements:
 * f64 holds every such multiple of a number of 12 bits exactly. Not of one below 0: the sum of no
 * elements is 0, the product -0. */
static bool has_exact_multiples(const irmi_rewriting *r, const irm_value *scalar) {
  irm_number number;
  int exponent;
  irm_elem elem = irmi_elem_of(scalar);
  if (elem == IRM_I64 || elem == IRM_I32 || r->fast) return true;
  if (elem != IRM_F64 || !irmi_is_const(scalar, &number)) return false;
  if (!isfinite(number.as.f) || signbit(number.as.f)) return false;
  double digits = ldexp(frexp(number.as.f, &exponent), 12);
  return digits == floor(digits) && abs(exponent) < 900;
}

/* count * scalar, the count in the scalar's type. */
static irm_value *multiply_count(irmi_rewriting *r, irm_op *op, irm_value *count,
                                 irm_value *scalar) {
  irm_elem elem = irmi_elem_of(scalar);
  if (elem != IRM_I64) count = irmi_make_unary(r, op, IRM_CONVERT, elem, count);
  return irmi_is_number(scalar, 1.0) ? count
                                     : irmi_make_binary(r, op, IRM_MUL, elem, count, scalar);
}

/* Whether a count is above 0. */
static irm_value *is_some(irmi_rewriting *r, irm_op *op, irm_value *count) {
  irm_number none = {.elem = IRM_I64, .as.i = 0};
  return irmi_make_binary(r, op, IRM_GT, IRM_I1, count, irmi_make_const(r, op, none));
}

/* The least or greatest of so many equal scalars: they are compared to the identity, which NaN is
 * not below; and the identity where there are none. */
static irm_value *extreme_of_equals(irmi_rewriting *r, irm_op *op, irm_opcode extreme,
                                    irm_value *count, irm_value *scalar) {
  irm_elem elem = irmi_elem_of(scalar);
  irm_value *identity = irmi_make_const(r, op, irmi_extreme(elem, extreme == IRM_MIN));
  if (irm_elem_is_float(elem)) scalar = irmi_make_binary(r, op, extreme, elem, identity, scalar);
  return irmi_make_select(r, op, is_some(r, op, count), scalar, identity);
}

/* Reductions ------------------------------------------------------------------------------ */

static irm_value *count_elements(irmi_rewriting *r, irm_op *op) {
  bool nodes = irm_value_type(irmi_operand(op, 0)).space == IRM_NODE;
  return irm_build_value(r->program, irm_before(op), nodes ? IRM_NODE_COUNT : IRM_EDGE_COUNT, 0,
                         NULL, (irm_type){IRM_I64, IRM_SCALAR}, irm_op_loc(op));
}

static irm_value *reduce_fill(irmi_rewriting *r, irm_op *op, irm_value *scalar) {
  irm_opcode opcode = irm_op_opcode(op);
  if (opcode == IRM_REDUCE_SUM && !has_exact_multiples(r, scalar)) return NULL;
  irm_value *count = count_elements(r, op);
  switch (opcode) {
  case IRM_REDUCE_SUM: return multiply_count(r, op, count, scalar);
  case IRM_REDUCE_MIN: return extreme_of_equals(r, op, IRM_MIN, count, scalar);
  case IRM_REDUCE_MAX: return extreme_of_equals(r, op, IRM_MAX, count, scalar);
  case IRM_REDUCE_ANY:
    return irmi_make_binary(r, op, IRM_AND, IRM_I1, is_some(r, op, count), scalar);
  default: {
    irm_value *some = is_some(r, op, count);
    irm_value *none = irmi_make_unary(r, op, IRM_NOT, IRM_I1, some);
    return irmi_make_binary(r, op, IRM_OR, IRM_I1, none, scalar);
  }
  }
}

/* Neighbours ------------------------------------------------------------------------------ */

static irm_value *make_degree(irmi_rewriting *r, irm_op *op) {
  irm_type type = {IRM_I64, IRM_NODE};
  irm_op *degree =
      irm_build(r->program, irm_before(op), IRM_DEGREE, 0, NULL, 1, &type, irm_op_loc(op));
  irm_op_set_direction(degree, irm_op_direction(op));
  return irmi_result(degree);
}

/* Degrees take 8 bytes a node: no more than the result. */
static bool is_as_large_as_degrees(const irm_value *scalar) {
  return irm_elem_bytes(irmi_elem_of(scalar)) == irm_elem_bytes(IRM_I64);
}

static irm_value *sum_equal_neighbours(irmi_rewriting *r, irm_op *op, irm_value *scalar) {
  if (!is_as_large_as_degrees(scalar) || !has_exact_multiples(r, scalar)) return NULL;
  return multiply_count(r, op, make_degree(r, op), scalar);
}

static irm_value *extreme_of_equal_neighbours(irmi_rewriting *r, irm_op *op, irm_value *scalar) {
  irm_opcode extreme = irm_op_opcode(op) == IRM_NEIGHBOR_MIN ? IRM_MIN : IRM_MAX;
  if (!is_as_large_as_degrees(scalar) || !irmi_can_read_through(irmi_operand(op, 0))) return NULL;
  return extreme_of_equals(r, op, extreme, make_degree(r, op), scalar);
}

irm_value *irmi_make_aggregate(irmi_rewriting *r, irm_op *op, irm_opcode opcode, irm_value *array) {
  irm_op *made = irm_build(r->program, irm_before(op), opcode, 1, &array, 1,
                           (irm_type[]){irm_value_type(irmi_result(op))}, irm_op_loc(op));
  irm_op_set_direction(made, irm_op_direction(op));
  return irmi_result(made);
}

/* Weights that are all 1 are none. */
static irm_value *sum_equal_weights(irmi_rewriting *r, irm_op *op, const irm_value *weight) {
  return irmi_is_number(weight, 1.0)
             ? irmi_make_aggregate(r, op, IRM_NEIGHBOR_SUM, irmi_operand(op, 0))
             : NULL;
}

/* The least of sums with one number is the sum of the least with it: rounding turns no order
 * around. Infinities could become NaN. */
static irm_value *least_equal_weights(irmi_rewriting *r, irm_op *op, irm_value *weight) {
  irm_number number;
  if (!irmi_is_const(weight, &number) || !isfinite(number.as.f)) return NULL;
  irm_value *least = irmi_make_aggregate(r, op, IRM_NEIGHBOR_MIN, irmi_operand(op, 0));
  return irmi_make_binary(r, op, IRM_ADD, number.elem, least, weight);
}

/* What a weighted sum or least path reads for weights that are all the same, or NULL. */
static irm_value *equal_weight(const irm_op *op) {
  return irmi_filled_with(irmi_operand(op, 1));
}

irm_value *irmi_simplify_aggregate(irmi_rewriting *r, irm_op *op) {
  irm_value *scalar = irm_op_operand_count(op) ? irmi_filled_with(irmi_operand(op, 0)) : NULL;
  if (irm_op_info_of(op)->kind == IRM_KIND_REDUCE)
    return scalar ? reduce_fill(r, op, scalar) : NULL;
  switch (irm_op_opcode(op)) {
  case IRM_AT_SOURCE:
  case IRM_AT_TARGET:
  case IRM_SORT: return scalar;
  case IRM_NEIGHBOR_SUM:
  case IRM_EDGE_SUM: return scalar ? sum_equal_neighbours(r, op, scalar) : NULL;
  case IRM_NEIGHBOR_MIN:
  case IRM_NEIGHBOR_MAX: return scalar ? extreme_of_equal_neighbours(r, op, scalar) : NULL;
  case IRM_NEIGHBOR_WSUM:
    return equal_weight(op) ? sum_equal_weights(r, op, equal_weight(op)) : NULL;
  case IRM_NEIGHBOR_WMIN:
    return equal_weight(op) ? least_equal_weights(r, op, equal_weight(op)) : NULL;
  default: return NULL;
  }
}
