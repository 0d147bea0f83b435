/* Sums, products, quotients and signs. */
#include "canonicalize/rewriting.h"

#include <math.h>

/* a + b and a - b for what reads a negated b, which is exact: signs are never rounded. */
static irm_value *without_negation(irmi_rewriting *r, irm_op *op, irm_opcode instead) {
  const irm_op *negated = irmi_inner(irmi_operand(op, 1), IRM_NEG);
  if (!negated) return NULL;
  return irmi_make_binary(r, op, instead, irmi_elem_of(irmi_result(op)), irmi_operand(op, 0),
                          irmi_operand(negated, 0));
}

static irm_value *negate(irmi_rewriting *r, irm_op *op, irm_value *value) {
  return irmi_make_unary(r, op, IRM_NEG, irmi_elem_of(value), value);
}

/* Whether adding the value changes nothing, not even the sign of 0. */
static bool adds_nothing(const irmi_rewriting *r, const irm_op *op, const irm_value *value) {
  return irmi_is_number(value, irmi_is_strict(r, op) ? -0.0 : 0.0) ||
         (r->fast && irmi_is_zero(r, value));
}

irm_value *irmi_simplify_add(irmi_rewriting *r, irm_op *op) {
  if (adds_nothing(r, op, irmi_operand(op, 1))) return irmi_operand(op, 0);
  irm_value *difference = without_negation(r, op, IRM_SUB);
  if (difference) return difference;
  const irm_op *negated = irmi_inner(irmi_operand(op, 0), IRM_NEG);
  if (!negated) return NULL;
  return irmi_make_binary(r, op, IRM_SUB, irmi_elem_of(irmi_result(op)), irmi_operand(op, 1),
                          irmi_operand(negated, 0));
}

/* Floats: x - x is NaN for infinities, 0 - x is 0 where -x is -0. */
irm_value *irmi_simplify_sub(irmi_rewriting *r, irm_op *op) {
  irm_value *a = irmi_operand(op, 0), *b = irmi_operand(op, 1);
  if (irmi_is_zero(r, b)) return a;
  if (adds_nothing(r, op, a)) return negate(r, op, b);
  if (!irmi_is_strict(r, op) && a == b) return irmi_make_number(r, op, 0);
  return without_negation(r, op, IRM_ADD);
}

/* -a * -b is a * b. */
static irm_value *multiply_magnitudes(irmi_rewriting *r, irm_op *op) {
  const irm_op *a = irmi_inner(irmi_operand(op, 0), IRM_NEG);
  const irm_op *b = irmi_inner(irmi_operand(op, 1), IRM_NEG);
  if (!a || !b) return NULL;
  return irmi_make_binary(r, op, IRM_MUL, irmi_elem_of(irmi_result(op)), irmi_operand(a, 0),
                          irmi_operand(b, 0));
}

/* The mask that an integer operand is 1 for and else 0, or NULL. */
static irm_value *mask_of(const irm_value *value) {
  const irm_op *convert = irmi_inner(value, IRM_CONVERT);
  if (!convert || irmi_elem_of(irmi_operand(convert, 0)) != IRM_I1) return NULL;
  return irmi_operand(convert, 0);
}

/* Integers times a mask are chosen; floats are not, as infinity times 0 is NaN. */
static irm_value *choose_for_product(irmi_rewriting *r, irm_op *op) {
  if (irmi_is_strict(r, op)) return NULL;
  for (uint32_t i = 0; i < 2; ++i) {
    irm_value *mask = mask_of(irmi_operand(op, i));
    if (mask)
      return irmi_make_select(r, op, mask, irmi_operand(op, 1 - i), irmi_make_number(r, op, 0));
  }
  return NULL;
}

irm_value *irmi_simplify_mul(irmi_rewriting *r, irm_op *op) {
  irm_value *a = irmi_operand(op, 0), *b = irmi_operand(op, 1);
  if (irmi_is_number(b, 1.0)) return a;
  if (irmi_is_number(b, -1.0)) return negate(r, op, a);
  if (!irmi_is_strict(r, op) && irmi_is_zero(r, b)) return b;
  irm_value *product = multiply_magnitudes(r, op);
  return product ? product : choose_for_product(r, op);
}

/* Whether 1 / number is exact: a power of two that is no subnormal number, nor its reciprocal. */
static bool has_exact_reciprocal(irm_number number) {
  int exponent, limit = number.elem == IRM_F32 ? 126 : 1022;
  double fraction = frexp(number.as.f, &exponent);
  return fabs(fraction) == 0.5 && exponent - 1 <= limit && exponent - 1 >= -limit;
}

irm_value *irmi_simplify_div(irmi_rewriting *r, irm_op *op) {
  irm_value *a = irmi_operand(op, 0);
  irm_number divisor;
  if (!irmi_is_const(irmi_operand(op, 1), &divisor)) return NULL;
  if (divisor.as.f == 1) return a;
  if (divisor.as.f == -1) return negate(r, op, a);
  if (!has_exact_reciprocal(divisor)) return NULL;
  irm_value *reciprocal = irmi_make_number(r, op, 1 / divisor.as.f);
  return irmi_make_binary(r, op, IRM_MUL, divisor.elem, a, reciprocal);
}

irm_value *irmi_simplify_idiv(irmi_rewriting *r, irm_op *op) {
  if (irmi_is_number(irmi_operand(op, 1), 1.0)) return irmi_operand(op, 0);
  return irmi_is_all_ones(irmi_operand(op, 1)) ? negate(r, op, irmi_operand(op, 0)) : NULL;
}

/* The rest of a division that rounds down, by a power of two, is the lower bits: also of numbers
 * below 0. */
irm_value *irmi_simplify_irem(irmi_rewriting *r, irm_op *op) {
  irm_number divisor;
  if (!irmi_is_const(irmi_operand(op, 1), &divisor)) return NULL;
  if (divisor.as.i == 1 || divisor.as.i == -1) return irmi_make_integer(r, op, 0);
  if (divisor.as.i <= 0 || (divisor.as.i & (divisor.as.i - 1))) return NULL;
  return irmi_make_binary(r, op, IRM_AND, divisor.elem, irmi_operand(op, 0),
                          irmi_make_integer(r, op, divisor.as.i - 1));
}

/* -(a - b) is b - a for integers; floats have two zeros. Computed where the difference was, as a
 * and b need not live longer for it. */
static irm_value *turn_difference(irmi_rewriting *r, irm_op *op) {
  irm_op *difference = irmi_inner(irmi_operand(op, 0), IRM_SUB);
  if (!difference || irmi_is_strict(r, op)) return NULL;
  return irmi_make_binary(r, difference, IRM_SUB, irmi_elem_of(irmi_result(op)),
                          irmi_operand(difference, 1), irmi_operand(difference, 0));
}

irm_value *irmi_simplify_neg(irmi_rewriting *r, irm_op *op) {
  const irm_op *inner = irmi_defined_by(irmi_operand(op, 0), IRM_NEG);
  return inner ? irmi_operand(inner, 0) : turn_difference(r, op);
}

/* What a value is but for its sign, or NULL. */
static irm_value *under_sign(const irm_value *value) {
  static const irm_opcode signs[] = {IRM_NEG, IRM_ABS, IRM_COPYSIGN};
  for (size_t i = 0; i < sizeof signs / sizeof *signs; ++i) {
    const irm_op *op = irmi_inner(value, signs[i]);
    if (op) return irmi_operand(op, 0);
  }
  return NULL;
}

irm_value *irmi_simplify_abs(irmi_rewriting *r, irm_op *op) {
  if (irmi_defined_by(irmi_operand(op, 0), IRM_ABS)) return irmi_operand(op, 0);
  irm_value *magnitude = under_sign(irmi_operand(op, 0));
  if (!magnitude) return NULL;
  return irmi_make_unary(r, op, IRM_ABS, irmi_elem_of(magnitude), magnitude);
}

irm_value *irmi_simplify_copysign(irmi_rewriting *r, irm_op *op) {
  irm_value *a = irmi_operand(op, 0), *sign = irmi_operand(op, 1);
  irm_number number;
  if (a == sign) return a;
  if (irmi_is_const(sign, &number) && (isnan(number.as.f) || !signbit(number.as.f)))
    return irmi_make_unary(r, op, IRM_ABS, number.elem, a);
  irm_value *magnitude = under_sign(a);
  if (!magnitude) return NULL;
  return irmi_make_binary(r, op, IRM_COPYSIGN, irmi_elem_of(magnitude), magnitude, sign);
}

/* What C says of every library's: pow(x, 0) and pow(1, x) are 1, even for NaN. */
irm_value *irmi_simplify_pow(irmi_rewriting *r, irm_op *op) {
  bool is_one = irmi_is_number(irmi_operand(op, 1), 0.0) ||
                irmi_is_number(irmi_operand(op, 1), -0.0) ||
                irmi_is_number(irmi_operand(op, 0), 1.0);
  return is_one ? irmi_make_number(r, op, 1) : NULL;
}
