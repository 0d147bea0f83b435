/* select, convert, and what is known once a mask is. Masks stay masks: what turns one into numbers
 * to compute or compare with constants is read from the mask itself. */
#include "canonicalize/rewriting.h"

/* select ---------------------------------------------------------------------------------- */

static bool are_same(const irm_value *a, const irm_value *b) {
  irm_number of_a, of_b;
  if (a == b) return true;
  return irmi_is_const(a, &of_a) && irmi_is_const(b, &of_b) && irmi_same_number(of_a, of_b);
}

/* Masks chosen by a mask; and 1 and 0, which is what a mask converts to. */
static irm_value *select_from_mask(irmi_rewriting *r, irm_op *op) {
  irm_value *mask = irmi_operand(op, 0), *yes = irmi_operand(op, 1), *no = irmi_operand(op, 2);
  irm_elem elem = irmi_elem_of(irmi_result(op));
  bool no_is_zero = irmi_is_number(no, 0.0);
  if (elem != IRM_I1) {
    if (!irmi_is_number(yes, 1.0) || !no_is_zero) return NULL;
    return irmi_make_unary(r, op, IRM_CONVERT, elem, mask);
  }
  if (irmi_is_all_ones(yes) && no_is_zero) return mask;
  if (irmi_is_number(yes, 0.0) && irmi_is_all_ones(no))
    return irmi_make_unary(r, op, IRM_NOT, elem, mask);
  if (no_is_zero) return irmi_make_binary(r, op, IRM_AND, elem, mask, yes);
  if (irmi_is_all_ones(yes)) return irmi_make_binary(r, op, IRM_OR, elem, mask, no);
  return NULL;
}

/* A choice within a choice by the same mask is made already. */
static irm_value *select_once(irmi_rewriting *r, irm_op *op) {
  irm_value *mask = irmi_operand(op, 0), *yes = irmi_operand(op, 1), *no = irmi_operand(op, 2);
  const irm_op *within_yes = irmi_inner(yes, IRM_SELECT), *within_no = irmi_inner(no, IRM_SELECT);
  if (within_yes && irmi_operand(within_yes, 0) == mask)
    return irmi_make_select(r, op, mask, irmi_operand(within_yes, 1), no);
  if (within_no && irmi_operand(within_no, 0) == mask)
    return irmi_make_select(r, op, mask, yes, irmi_operand(within_no, 2));
  return NULL;
}

/* The lesser or greater of two numbers; of floats, min and max have their own mind about NaN and
 * zeros. */
static irm_value *select_extreme(irmi_rewriting *r, irm_op *op) {
  const irm_op *comparison = irm_value_op(irmi_operand(op, 0));
  if (!comparison || irm_op_info_of(comparison)->types != IRM_TYPES_COMPARE) return NULL;
  irm_value *a = irmi_operand(comparison, 0), *b = irmi_operand(comparison, 1);
  irm_value *yes = irmi_operand(op, 1), *no = irmi_operand(op, 2);
  bool as_compared = yes == a && no == b;
  if ((!as_compared && (yes != b || no != a)) || irmi_elem_of(a) == IRM_I1) return NULL;
  if (irmi_is_strict(r, comparison)) return NULL;
  irm_opcode opcode;
  switch (irm_op_opcode(comparison)) {
  case IRM_LT:
  case IRM_LE: opcode = as_compared ? IRM_MIN : IRM_MAX; break;
  case IRM_GT:
  case IRM_GE: opcode = as_compared ? IRM_MAX : IRM_MIN; break;
  default: return NULL;
  }
  return irmi_make_binary(r, op, opcode, irmi_elem_of(a), a, b);
}

irm_value *irmi_simplify_select(irmi_rewriting *r, irm_op *op) {
  irm_number condition;
  irm_value *mask = irmi_operand(op, 0), *yes = irmi_operand(op, 1), *no = irmi_operand(op, 2);
  if (are_same(yes, no)) return yes;
  if (irmi_is_const(mask, &condition)) return condition.as.i ? yes : no;
  const irm_op *inverted = irmi_inner(mask, IRM_NOT);
  if (inverted) return irmi_make_select(r, op, irmi_operand(inverted, 0), no, yes);
  irm_value *same = select_from_mask(r, op);
  if (!same) same = select_once(r, op);
  return same ? same : select_extreme(r, op);
}

/* convert and copy ------------------------------------------------------------------------ */

/* Whether every value of one type has an equal in the other. */
static bool is_lossless(irm_elem from, irm_elem to) {
  if (from == to || from == IRM_I1) return true;
  if (from == IRM_I32) return to == IRM_I64 || to == IRM_F64;
  return from == IRM_F32 && to == IRM_F64;
}

/* To the type it has; or by way of a type that loses nothing. */
irm_value *irmi_simplify_convert(irmi_rewriting *r, irm_op *op) {
  irm_value *from = irmi_operand(op, 0);
  irm_elem to = irmi_elem_of(irmi_result(op));
  if (irmi_elem_of(from) == to) return from;
  irm_op *inner = irmi_defined_by(from, IRM_CONVERT);
  if (!inner || !is_lossless(irmi_elem_of(irmi_operand(inner, 0)), irmi_elem_of(from))) return NULL;
  if (irmi_elem_of(irmi_operand(inner, 0)) == to) return irmi_operand(inner, 0);
  if (!irmi_can_read_through(from)) return NULL;
  return irmi_make_unary(r, irmi_place_for(op, inner), IRM_CONVERT, to, irmi_operand(inner, 0));
}

void irmi_read_wide_steps(irmi_rewriting *r, irm_op *path) {
  const irm_op *convert = irmi_defined_by(irmi_operand(path, 1), IRM_CONVERT);
  if (!convert || irmi_elem_of(irmi_result(path)) != IRM_F32) return;
  irm_value *wide = irmi_operand(convert, 0);
  if (irmi_elem_of(wide) != IRM_F64 || !irm_value_is_given(wide)) return;
  irm_op_set_operand(path, 1, wide);
  ++r->simplified;
}

irm_value *irmi_simplify_copy(irmi_rewriting *r, irm_op *op) {
  (void)r;
  return irmi_operand(op, 0);
}

/* Masks ----------------------------------------------------------------------------------- */

/* The mask that decides which of two constants a value is, or NULL. */
static irm_value *deciding_mask(const irm_value *value) {
  const irm_op *op = irmi_inner(value, IRM_CONVERT);
  irm_number number;
  if (op) return irmi_elem_of(irmi_operand(op, 0)) == IRM_I1 ? irmi_operand(op, 0) : NULL;
  op = irmi_inner(value, IRM_SELECT);
  if (!op || !irmi_is_const(irmi_operand(op, 1), &number) ||
      !irmi_is_const(irmi_operand(op, 2), &number))
    return NULL;
  return irmi_operand(op, 0);
}

/* What a value is where the mask is so. */
static bool known_for(const irm_value *value, const irm_value *mask, bool truth,
                      irm_number *number) {
  irm_number is = {.elem = IRM_I1, .as.i = truth};
  if (irmi_is_const(value, number)) return true;
  if (value == mask) {
    *number = is;
    return true;
  }
  if (deciding_mask(value) != mask) return false;
  const irm_op *op = irm_value_op(value);
  if (irm_op_opcode(op) == IRM_SELECT)
    return irmi_is_const(irmi_operand(op, truth ? 1 : 2), number);
  return irm_evaluate(IRM_CONVERT, &is, irmi_elem_of(value), number);
}

static bool evaluate_for(const irm_op *op, const irm_value *mask, bool truth, irm_number *result) {
  irm_number numbers[3];
  for (uint32_t i = 0; i < irm_op_operand_count(op); ++i)
    if (!known_for(irmi_operand(op, i), mask, truth, &numbers[i])) return false;
  return irm_evaluate(irm_op_opcode(op), numbers, irmi_elem_of(irmi_result(op)), result);
}

/* The operand that a mask decides, or that is a mask itself that a comparison reads; or NULL. */
static irm_value *masked_operand(const irm_op *op) {
  bool compares = irm_op_info_of(op)->types == IRM_TYPES_COMPARE;
  for (uint32_t i = 0; i < irm_op_operand_count(op); ++i) {
    irm_value *value = irmi_operand(op, i);
    if (deciding_mask(value)) return value;
    if (compares && irmi_elem_of(value) == IRM_I1 && !irmi_defined_by(value, IRM_CONST))
      return value;
  }
  return NULL;
}

irm_value *irmi_choose_by_mask(irmi_rewriting *r, irm_op *op) {
  irm_value *masked = masked_operand(op);
  irm_value *mask = masked ? deciding_mask(masked) : NULL;
  irm_op *place = mask ? irmi_place_for(op, irm_value_op(masked)) : op;
  irm_number yes, no;
  if (!mask) mask = masked;
  if (!mask || !evaluate_for(op, mask, true, &yes) || !evaluate_for(op, mask, false, &no))
    return NULL;
  irm_value *if_so = irmi_make_const(r, place, yes);
  return irmi_make_select(r, place, mask, if_so, irmi_make_const(r, place, no));
}
