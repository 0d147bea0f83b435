/* Questions about values, and how canonicalize makes new ones. */
#include "canonicalize/rewriting.h"

#include <math.h>
#include <string.h>

irm_op *irmi_defined_by(const irm_value *value, irm_opcode opcode) {
  irm_op *op = irm_value_op(value);
  return op && irm_op_opcode(op) == opcode ? op : NULL;
}

bool irmi_is_const(const irm_value *value, irm_number *number) {
  const irm_op *op = irmi_defined_by(value, IRM_CONST);
  if (op) *number = irm_op_number(op);
  return op != NULL;
}

irm_value *irmi_filled_with(const irm_value *value) {
  const irm_op *fill = irmi_defined_by(value, IRM_FILL);
  return fill ? irmi_operand(fill, 0) : NULL;
}

bool irmi_is_number(const irm_value *value, double wanted) {
  irm_number number;
  if (!irmi_is_const(value, &number)) return false;
  if (!irm_elem_is_float(number.elem)) return (double)number.as.i == wanted;
  return number.as.f == wanted && !signbit(number.as.f) == !signbit(wanted);
}

bool irmi_is_all_ones(const irm_value *value) {
  irm_number number;
  if (!irmi_is_const(value, &number) || irm_elem_is_float(number.elem)) return false;
  return number.as.i == (number.elem == IRM_I1 ? 1 : -1);
}

irm_number irmi_extreme(irm_elem elem, bool largest) {
  irm_number number = {.elem = elem};
  switch (elem) {
  case IRM_F64:
  case IRM_F32: number.as.f = largest ? INFINITY : -(double)INFINITY; break;
  case IRM_I64: number.as.i = largest ? INT64_MAX : INT64_MIN; break;
  case IRM_I32: number.as.i = largest ? INT32_MAX : INT32_MIN; break;
  case IRM_I1: number.as.i = largest; break;
  }
  return number;
}

bool irmi_same_number(irm_number a, irm_number b) {
  return a.elem == b.elem && memcmp(&a.as, &b.as, sizeof a.as) == 0;
}

bool irmi_is_float_op(const irm_op *op) {
  return irm_elem_is_float(irmi_elem_of(irmi_operand(op, 0)));
}

bool irmi_is_strict(const irmi_rewriting *r, const irm_op *op) {
  return irmi_is_float_op(op) && !r->fast;
}

bool irmi_is_zero(const irmi_rewriting *r, const irm_value *value) {
  return irmi_is_number(value, 0.0) || (r->fast && irmi_is_number(value, -0.0));
}

bool irmi_can_read_through(const irm_value *value) {
  const irm_use *use = irm_value_first_use(value);
  return !irm_value_is_array(value) || (use && !irm_use_next(use));
}

irm_op *irmi_inner(const irm_value *value, irm_opcode opcode) {
  return irmi_can_read_through(value) ? irmi_defined_by(value, opcode) : NULL;
}

static uint32_t bytes_of(const irm_op *op) {
  return irm_elem_bytes(irmi_elem_of(irmi_result(op)));
}

irm_op *irmi_place_for(irm_op *op, irm_op *inner) {
  return bytes_of(op) <= bytes_of(inner) ? inner : op;
}

/* Making ---------------------------------------------------------------------------------- */

irm_value *irmi_make_const(irmi_rewriting *r, irm_op *op, irm_number number) {
  return irm_build_const(r->program, irm_before(op), number, irm_op_loc(op));
}

irm_value *irmi_make_integer(irmi_rewriting *r, irm_op *op, int64_t value) {
  return irmi_make_const(r, op, (irm_number){.elem = irmi_elem_of(irmi_result(op)), .as.i = value});
}

irm_value *irmi_make_number(irmi_rewriting *r, irm_op *op, double value) {
  irm_number number = {.elem = irmi_elem_of(irmi_result(op)), .as.f = value};
  if (!irm_elem_is_float(number.elem)) number.as.i = (int64_t)value;
  return irmi_make_const(r, op, number);
}

static irm_value *make(irmi_rewriting *r, irm_op *before, irm_opcode opcode, irm_elem elem,
                       uint32_t count, irm_value *const *operands) {
  irm_type type = {elem, IRM_SCALAR};
  for (uint32_t i = 0; i < count; ++i)
    if (irm_value_is_array(operands[i])) type.space = irm_value_type(operands[i]).space;
  return irm_build_value(r->program, irm_before(before), opcode, count, operands, type,
                         irm_op_loc(before));
}

irm_value *irmi_make_unary(irmi_rewriting *r, irm_op *before, irm_opcode opcode, irm_elem elem,
                           irm_value *a) {
  return make(r, before, opcode, elem, 1, &a);
}

irm_value *irmi_make_binary(irmi_rewriting *r, irm_op *before, irm_opcode opcode, irm_elem elem,
                            irm_value *a, irm_value *b) {
  return make(r, before, opcode, elem, 2, (irm_value *[]){a, b});
}

irm_value *irmi_make_select(irmi_rewriting *r, irm_op *before, irm_value *mask, irm_value *yes,
                            irm_value *no) {
  return make(r, before, IRM_SELECT, irmi_elem_of(yes), 3, (irm_value *[]){mask, yes, no});
}

static irm_value *make_fill(irmi_rewriting *r, irm_op *op, irm_value *scalar) {
  irm_type type = {irmi_elem_of(scalar), irm_value_type(irmi_result(op)).space};
  return irm_build_value(r->program, irm_before(op), IRM_FILL, 1, &scalar, type, irm_op_loc(op));
}

void irmi_replace(irmi_rewriting *r, irm_op *op, irm_value *value) {
  if (irm_value_is_array(irmi_result(op)) && !irm_value_is_array(value))
    value = make_fill(r, op, value);
  irm_value_replace_uses(irmi_result(op), value);
  irm_value_take_name(value, irmi_result(op));
  irm_op_remove(r->program, op);
}
