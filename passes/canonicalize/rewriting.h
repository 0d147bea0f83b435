/* What the parts of canonicalize share: questions about values, how new ops are made, and the
 * rules, each a function that gives what an op's result is equal to, or NULL. A rule changes
 * nothing but to make new ops before the op, or before one whose result the op reads. */
#ifndef IRMEM_PASSES_CANONICALIZE_REWRITING_H
#define IRMEM_PASSES_CANONICALIZE_REWRITING_H

#include "irmem/builder.h"
#include "irmem/plugin.h"

typedef struct irmi_rewriting {
  irm_program *program;
  irm_pass_env *env;
  bool *keep; /* room for one answer a carried value */
  bool fast;  /* floats are as good as exact numbers: irm_program_fast_math */
  uint64_t folded, spread, simplified, control;
} irmi_rewriting;

/* Questions ------------------------------------------------------------------------------- */

static inline irm_value *irmi_operand(const irm_op *op, uint32_t index) {
  return irm_op_operand(op, index);
}

static inline irm_value *irmi_result(const irm_op *op) {
  return irm_op_result(op, 0);
}

static inline irm_elem irmi_elem_of(const irm_value *value) {
  return irm_value_type(value).elem;
}

/* The op of this opcode that defines the value, or NULL. */
irm_op *irmi_defined_by(const irm_value *value, irm_opcode opcode);
bool irmi_is_const(const irm_value *value, irm_number *number);
/* The scalar that fills the array, or NULL. */
irm_value *irmi_filled_with(const irm_value *value);
/* Whether it is this integer or exactly this float: -0 is not 0. */
bool irmi_is_number(const irm_value *value, double wanted);
/* Whether it is the integer with every bit set, or true. */
bool irmi_is_all_ones(const irm_value *value);
/* The largest or least number of an element type, of floats an infinity. */
irm_number irmi_extreme(irm_elem elem, bool largest);
bool irmi_same_number(irm_number a, irm_number b);
/* Whether the op's first operand is of floats. */
bool irmi_is_float_op(const irm_op *op);
/* Whether it is of floats of which every bit counts: NaN, infinities, zeros of either sign, and
 * what was rounded when. */
bool irmi_is_strict(const irmi_rewriting *r, const irm_op *op);
/* Whether it is this float but for its sign if it is 0, and there are no two zeros; or this
 * integer.
 */
bool irmi_is_zero(const irmi_rewriting *r, const irm_value *value);

/* Whether reading what the value was computed from in its stead keeps no array alive beside it:
 * nobody else reads it, or it is a scalar. */
bool irmi_can_read_through(const irm_value *value);
/* The op of this opcode that defines the value, if it can be read through; or NULL. */
irm_op *irmi_inner(const irm_value *value, irm_opcode opcode);
/* Where to compute from an inner op's operands what an op computes from its result: where the inner
 * op stands, so that its operands live no longer; but where the op stands if that has larger
 * elements.
 */
irm_op *irmi_place_for(irm_op *op, irm_op *inner);

/* Making ---------------------------------------------------------------------------------- */

irm_value *irmi_make_const(irmi_rewriting *r, irm_op *op, irm_number number);
/* An integer or truth of the type of the op's elements. */
irm_value *irmi_make_integer(irmi_rewriting *r, irm_op *op, int64_t value);
irm_value *irmi_make_number(irmi_rewriting *r, irm_op *op, double value);
/* An op before another one, with operands and an element type; over the space of the operands. */
irm_value *irmi_make_unary(irmi_rewriting *r, irm_op *before, irm_opcode opcode, irm_elem elem,
                           irm_value *a);
irm_value *irmi_make_binary(irmi_rewriting *r, irm_op *before, irm_opcode opcode, irm_elem elem,
                            irm_value *a, irm_value *b);
irm_value *irmi_make_select(irmi_rewriting *r, irm_op *before, irm_value *mask, irm_value *yes,
                            irm_value *no);
/* An aggregation over each node's arcs, of the op's direction and result type, before it. */
irm_value *irmi_make_aggregate(irmi_rewriting *r, irm_op *op, irm_opcode opcode, irm_value *array);
/* Everybody who reads the op's result reads value instead, spread over the space if the result is.
 */
void irmi_replace(irmi_rewriting *r, irm_op *op, irm_value *value);

/* Rules ----------------------------------------------------------------------------------- */

typedef irm_value *irmi_rule(irmi_rewriting *r, irm_op *op);

/* arithmetic.c */
irmi_rule irmi_simplify_add, irmi_simplify_sub, irmi_simplify_mul, irmi_simplify_div,
    irmi_simplify_idiv, irmi_simplify_irem, irmi_simplify_neg, irmi_simplify_abs,
    irmi_simplify_copysign, irmi_simplify_pow;
/* extremes.c */
irmi_rule irmi_simplify_extreme;
/* bits.c */
irmi_rule irmi_simplify_not, irmi_simplify_and, irmi_simplify_or, irmi_simplify_xor;
/* comparisons.c */
irmi_rule irmi_simplify_comparison, irmi_invert_comparison;
/* choices.c */
/* path_min rounds f64 steps of f32 elements as it reads them: no array of rounded ones is made of
 * the caller's or the graph's. */
void irmi_read_wide_steps(irmi_rewriting *r, irm_op *path);
irmi_rule irmi_simplify_select, irmi_simplify_convert, irmi_simplify_copy;
/* Every operand is known once one mask is: then so is the result. */
irmi_rule irmi_choose_by_mask;
/* constants.c: the result of a scalar op on constants, or NULL: also when that would be an error;
 * two constants that one op reads after another, as one: (x + 1) + 2. */
irmi_rule irmi_fold, irmi_join_constants;
/* A constant moves to the right of an op that commutes. */
void irmi_move_const_right(irmi_rewriting *r, irm_op *op);
/* fast.c: what holds of exact numbers, not of floats; for programs that take these for the same. */
irmi_rule irmi_simplify_fast;
/* factors.c: sums of what has a factor in common, and sums and products with several scalars. */
irmi_rule irmi_join_scalars, irmi_take_common_factor, irmi_take_factor_out_of_sum;
/* aggregates.c: of arrays whose elements are all the same. */
irmi_rule irmi_simplify_aggregate;

/* fills.c: reads scalars for fills, as long as one operand says over which space the op goes. */
void irmi_read_scalars(irmi_rewriting *r, irm_op *op);
/* Whether an element by element op reads no array but fills (irmi_read_scalars leaves one), and may
 * be done once: one that may be an error is none where there are no elements. */
bool irmi_is_same_everywhere(const irm_op *op);
/* One scalar op for all elements, which it gives; a copy's is its scalar itself: NULL. */
irm_op *irmi_compute_once(irmi_rewriting *r, irm_op *op);

/* control.c ------------------------------------------------------------------------------- */

/* The ops of the branch that is taken move before the if; gives the first of them, or what follows.
 */
irm_op *irmi_run_branch(irmi_rewriting *r, irm_op *branch, const irm_region *taken);
/* A result for which both branches yield the same. */
void irmi_use_common_results(irmi_rewriting *r, irm_op *branch);
/* A loop that runs no times goes, one that runs once becomes its body; gives the op to go on with.
 * changed: whether it was one of them. */
irm_op *irmi_run_short_loop(irmi_rewriting *r, irm_op *loop, bool *changed);
/* What is carried without being changed is read from outside; what is carried twice, once. */
void irmi_uncarry(irmi_rewriting *r, irm_op *loop);

#endif
