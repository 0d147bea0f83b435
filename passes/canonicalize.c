/* canonicalize: says the same with less.
 *
 *   before                                        after
 *     %two = const 2.0 : f64                        %six = const 6.0 : f64
 *     %three = const 3.0 : f64                      %y = mul %x, %six : f64[node]
 *     %six = mul %two, %three : f64
 *     %all = fill %six : f64[node]
 *     %y = mul %all, %x : f64[node]
 *
 * Goes through the program once, each op after those it reads, and
 *   computes ops whose operands are constants, unless that is an error;
 *   reads the scalar where an op reads a fill, so that no array is made to hold one number over and
 * over; turns an op that reads fills alone into a scalar op and a fill; moves constants to the
 * right of ops that commute; drops ops that give back an operand (x * 1, x + -0, not not x, select
 * between equals, ...); runs an if with a constant condition, drops a loop that runs no times,
 * takes what a loop carries without changing it out of the loop. Every rewrite gives the same bits
 * for every operand: zeros of either sign, infinities, NaN, the least integer. (Which bits a NaN
 * has is nobody's business.)
 *
 * Left alone: float x + 0 (-0 becomes 0), x - x, x * 0 and x / x (infinities, NaN), reductions of
 * fills (they depend on how many elements there are), copies (who asks for bytes of its own gets
 * them). Ops that are no longer read stay for dce. */
#include "irmem/builder.h"
#include "irmem/plugin.h"

#include <math.h>

typedef struct rewriting {
  irm_program *program;
  bool *keep; /* room for one answer a carried value */
  uint64_t folded, spread, simplified, control;
} rewriting;

/* Questions ------------------------------------------------------------------------------- */

static irm_value *operand(const irm_op *op, uint32_t index) {
  return irm_op_operand(op, index);
}

static irm_value *result(const irm_op *op) {
  return irm_op_result(op, 0);
}

static irm_elem elem_of(const irm_value *value) {
  return irm_value_type(value).elem;
}

/* The op of this opcode that defines the value, or NULL. */
static irm_op *defined_by(const irm_value *value, irm_opcode opcode) {
  irm_op *op = irm_value_op(value);
  return op && irm_op_opcode(op) == opcode ? op : NULL;
}

static bool is_const(const irm_value *value, irm_number *number) {
  const irm_op *op = defined_by(value, IRM_CONST);
  if (op) *number = irm_op_number(op);
  return op != NULL;
}

/* The scalar that fills the array, or NULL. */
static irm_value *filled_with(const irm_value *value) {
  const irm_op *fill = defined_by(value, IRM_FILL);
  return fill ? operand(fill, 0) : NULL;
}

/* Whether it is this integer or exactly this float: -0 is not 0. */
static bool is_number(const irm_value *value, double wanted) {
  irm_number number;
  if (!is_const(value, &number)) return false;
  if (!irm_elem_is_float(number.elem)) return (double)number.as.i == wanted && !signbit(wanted);
  return number.as.f == wanted && !signbit(number.as.f) == !signbit(wanted);
}

/* Whether it is the integer with every bit set, or true. */
static bool is_all_ones(const irm_value *value) {
  irm_number number;
  if (!is_const(value, &number) || irm_elem_is_float(number.elem)) return false;
  return number.as.i == (number.elem == IRM_I1 ? 1 : -1);
}

static bool is_float_op(const irm_op *op) {
  return irm_elem_is_float(elem_of(operand(op, 0)));
}

/* Making ---------------------------------------------------------------------------------- */

static irm_value *make_const(rewriting *state, irm_op *op, irm_number number) {
  return irm_build_const(state->program, irm_before(op), number, irm_op_loc(op));
}

static irm_value *make_integer(rewriting *state, irm_op *op, int64_t value) {
  return make_const(state, op, (irm_number){.elem = elem_of(result(op)), .as.i = value});
}

static irm_value *make_fill(rewriting *state, irm_op *op, irm_value *scalar) {
  irm_type type = {elem_of(scalar), irm_value_type(result(op)).space};
  return irm_build_value(state->program, irm_before(op), IRM_FILL, 1, &scalar, type,
                         irm_op_loc(op));
}

/* Everybody who reads the op's result reads value instead, spread over the space if the result is.
 */
static void replace(rewriting *state, irm_op *op, irm_value *value) {
  if (irm_value_is_array(result(op)) && !irm_value_is_array(value))
    value = make_fill(state, op, value);
  irm_value_replace_uses(result(op), value);
  irm_value_take_name(value, result(op));
  irm_op_remove(state->program, op);
}

/* Identities: each gives what the op's result is equal to, or NULL ------------------------ */

static irm_value *simplify_add(irm_op *op) {
  bool zero = is_number(operand(op, 1), is_float_op(op) ? -0.0 : 0.0);
  return zero ? operand(op, 0) : NULL;
}

static irm_value *simplify_sub(rewriting *state, irm_op *op) {
  if (is_number(operand(op, 1), 0.0)) return operand(op, 0);
  if (!is_float_op(op) && operand(op, 0) == operand(op, 1)) return make_integer(state, op, 0);
  return NULL;
}

static irm_value *simplify_mul(irm_op *op) {
  if (is_number(operand(op, 1), 1.0)) return operand(op, 0);
  if (!is_float_op(op) && is_number(operand(op, 1), 0.0)) return operand(op, 1);
  return NULL;
}

static irm_value *simplify_division(irm_op *op) {
  return is_number(operand(op, 1), 1.0) ? operand(op, 0) : NULL;
}

static irm_value *simplify_remainder(rewriting *state, irm_op *op) {
  return is_number(operand(op, 1), 1.0) ? make_integer(state, op, 0) : NULL;
}

/* An op that undoes itself: not not x, - - x. */
static irm_value *simplify_involution(irm_op *op) {
  const irm_op *inner = defined_by(operand(op, 0), irm_op_opcode(op));
  return inner ? operand(inner, 0) : NULL;
}

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
static irm_value *invert_comparison(rewriting *state, irm_op *op) {
  irm_op *comparison = irm_value_op(operand(op, 0));
  if (!comparison || irm_op_info_of(comparison)->types != IRM_TYPES_COMPARE) return NULL;
  irm_opcode opcode = opposite(irm_op_opcode(comparison), is_float_op(comparison));
  if (opcode == IRM_OPCODE_COUNT || irm_use_next(irm_value_first_use(result(comparison))))
    return NULL;
  irm_value *operands[] = {operand(comparison, 0), operand(comparison, 1)};
  return irm_build_value(state->program, irm_before(comparison), opcode, 2, operands,
                         irm_value_type(result(op)), irm_op_loc(op));
}

static irm_value *simplify_not(rewriting *state, irm_op *op) {
  irm_value *same = simplify_involution(op);
  return same ? same : invert_comparison(state, op);
}

static irm_value *simplify_abs(irm_op *op) {
  return defined_by(operand(op, 0), IRM_ABS) ? operand(op, 0) : NULL;
}

static irm_value *simplify_equal_operands(irm_op *op) {
  return operand(op, 0) == operand(op, 1) ? operand(op, 0) : NULL;
}

static irm_value *simplify_and(irm_op *op) {
  if (is_all_ones(operand(op, 1))) return operand(op, 0);
  if (is_number(operand(op, 1), 0.0)) return operand(op, 1);
  return simplify_equal_operands(op);
}

static irm_value *simplify_or(irm_op *op) {
  if (is_number(operand(op, 1), 0.0)) return operand(op, 0);
  if (is_all_ones(operand(op, 1))) return operand(op, 1);
  return simplify_equal_operands(op);
}

static irm_value *simplify_xor(rewriting *state, irm_op *op) {
  if (is_number(operand(op, 1), 0.0)) return operand(op, 0);
  if (operand(op, 0) == operand(op, 1)) return make_integer(state, op, 0);
  return NULL;
}

/* What compares to itself; of floats nobody knows, it may be NaN. */
static irm_value *simplify_comparison(rewriting *state, irm_op *op) {
  if (is_float_op(op) || operand(op, 0) != operand(op, 1)) return NULL;
  irm_opcode opcode = irm_op_opcode(op);
  return make_integer(state, op, opcode == IRM_EQ || opcode == IRM_LE || opcode == IRM_GE);
}

static irm_value *simplify_select(irm_op *op) {
  irm_number condition;
  if (operand(op, 1) == operand(op, 2)) return operand(op, 1);
  if (is_const(operand(op, 0), &condition)) return operand(op, condition.as.i ? 1 : 2);
  bool is_condition = is_all_ones(operand(op, 1)) && is_number(operand(op, 2), 0.0);
  return is_condition && elem_of(result(op)) == IRM_I1 ? operand(op, 0) : NULL;
}

/* Whether every value of one type has an equal in the other. */
static bool is_lossless(irm_elem from, irm_elem to) {
  if (from == to || from == IRM_I1) return true;
  if (from == IRM_I32) return to == IRM_I64 || to == IRM_F64;
  return from == IRM_F32 && to == IRM_F64;
}

/* To the type it has, or there and back again. */
static irm_value *simplify_convert(irm_op *op) {
  irm_value *from = operand(op, 0);
  irm_elem to = elem_of(result(op));
  if (elem_of(from) == to) return from;
  const irm_op *inner = defined_by(from, IRM_CONVERT);
  if (!inner || elem_of(operand(inner, 0)) != to || !is_lossless(to, elem_of(from))) return NULL;
  return operand(inner, 0);
}

static irm_value *simplify(rewriting *state, irm_op *op) {
  switch (irm_op_opcode(op)) {
  case IRM_ADD: return simplify_add(op);
  case IRM_SUB: return simplify_sub(state, op);
  case IRM_MUL: return simplify_mul(op);
  case IRM_DIV:
  case IRM_IDIV: return simplify_division(op);
  case IRM_IREM: return simplify_remainder(state, op);
  case IRM_NEG: return simplify_involution(op);
  case IRM_NOT: return simplify_not(state, op);
  case IRM_ABS: return simplify_abs(op);
  case IRM_MIN:
  case IRM_MAX: return simplify_equal_operands(op);
  case IRM_AND: return simplify_and(op);
  case IRM_OR: return simplify_or(op);
  case IRM_XOR: return simplify_xor(state, op);
  case IRM_EQ:
  case IRM_NE:
  case IRM_LT:
  case IRM_LE:
  case IRM_GT:
  case IRM_GE: return simplify_comparison(state, op);
  case IRM_SELECT: return simplify_select(op);
  case IRM_CONVERT: return simplify_convert(op);
  default: return NULL;
  }
}

/* Constants ------------------------------------------------------------------------------- */

/* The result of a scalar op on constants, or NULL: also when that would be an error. */
static irm_value *fold(rewriting *state, irm_op *op) {
  irm_number numbers[3], folded;
  for (uint32_t i = 0; i < irm_op_operand_count(op); ++i)
    if (!is_const(operand(op, i), &numbers[i])) return NULL;
  if (!irm_evaluate(irm_op_opcode(op), numbers, elem_of(result(op)), &folded)) return NULL;
  ++state->folded;
  return make_const(state, op, folded);
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

static bool has_const_on_the_left_only(const irm_op *op) {
  return irm_op_operand_count(op) == 2 && defined_by(operand(op, 0), IRM_CONST) &&
         !defined_by(operand(op, 1), IRM_CONST);
}

/* c < x is x > c. */
static irm_value *mirror_comparison(rewriting *state, irm_op *op) {
  irm_opcode opcode = mirrored(irm_op_opcode(op));
  if (opcode == IRM_OPCODE_COUNT || !has_const_on_the_left_only(op)) return NULL;
  irm_value *operands[] = {operand(op, 1), operand(op, 0)};
  return irm_build_value(state->program, irm_before(op), opcode, 2, operands,
                         irm_value_type(result(op)), irm_op_loc(op));
}

static void move_const_right(rewriting *state, irm_op *op) {
  if (!irm_op_commutes(op) || !has_const_on_the_left_only(op)) return;
  irm_value *constant = operand(op, 0);
  irm_op_set_operand(op, 0, operand(op, 1));
  irm_op_set_operand(op, 1, constant);
  ++state->simplified;
}

/* Fills ----------------------------------------------------------------------------------- */

static bool reads_other_array(const irm_op *op, uint32_t but) {
  for (uint32_t i = 0; i < irm_op_operand_count(op); ++i)
    if (i != but && irm_value_is_array(operand(op, i))) return true;
  return false;
}

/* Reads scalars for fills, as long as one operand says over which space the op goes. */
static void read_scalars(rewriting *state, irm_op *op) {
  for (uint32_t i = 0; i < irm_op_operand_count(op); ++i) {
    irm_value *scalar = filled_with(operand(op, i));
    if (!scalar || !reads_other_array(op, i)) continue;
    irm_op_set_operand(op, i, scalar);
    ++state->spread;
  }
}

/* Whether an element by element op reads no array but fills (read_scalars leaves one), and may be
 * done once: one that may be an error is none where there are no elements. */
static bool is_same_everywhere(const irm_op *op) {
  if (!irm_value_is_array(result(op)) || irm_op_opcode(op) == IRM_FILL) return false;
  if (irm_op_info_of(op)->effect != IRM_EFFECT_PURE) return false;
  for (uint32_t i = 0; i < irm_op_operand_count(op); ++i)
    if (irm_value_is_array(operand(op, i)) && !filled_with(operand(op, i))) return false;
  return true;
}

static void visit_elementwise(rewriting *state, irm_op *op);

/* One scalar op for all elements; a copy's is its scalar itself. */
static void compute_once(rewriting *state, irm_op *op) {
  irm_value *operands[3];
  for (uint32_t i = 0; i < irm_op_operand_count(op); ++i) {
    irm_value *scalar = filled_with(operand(op, i));
    operands[i] = scalar ? scalar : operand(op, i);
  }
  ++state->spread;
  if (irm_op_opcode(op) == IRM_COPY) {
    replace(state, op, operands[0]);
    return;
  }
  irm_type type = {elem_of(result(op)), IRM_SCALAR};
  irm_value *once = irm_build_value(state->program, irm_before(op), irm_op_opcode(op),
                                    irm_op_operand_count(op), operands, type, irm_op_loc(op));
  replace(state, op, once);
  visit_elementwise(state, irm_value_op(once));
}

static void visit_elementwise(rewriting *state, irm_op *op) {
  read_scalars(state, op);
  if (is_same_everywhere(op)) {
    compute_once(state, op);
    return;
  }
  move_const_right(state, op);
  irm_value *same = irm_value_is_array(result(op)) ? NULL : fold(state, op);
  if (!same) same = simplify(state, op);
  if (!same) same = mirror_comparison(state, op);
  if (!same) return;
  replace(state, op, same);
  ++state->simplified;
}

/* An edge's end has the element that all nodes have. */
static void visit_end_of_edge(rewriting *state, irm_op *op) {
  irm_value *scalar = filled_with(operand(op, 0));
  if (!scalar) return;
  replace(state, op, scalar);
  ++state->spread;
}

/* Control --------------------------------------------------------------------------------- */

/* The ops of the branch that is taken move before the if; gives the first of them, or what follows.
 */
static irm_op *run_branch(rewriting *state, irm_op *branch, const irm_region *taken) {
  irm_op *first = irm_region_first(taken), *next;
  for (irm_op *op = first; irm_op_opcode(op) != IRM_YIELD; op = next) {
    next = irm_op_next(op);
    irm_op_move(op, irm_before(branch));
  }
  for (uint32_t k = 0; k < irm_op_result_count(branch); ++k)
    irm_value_replace_uses(irm_op_result(branch, k), irm_region_yielded(taken, k));
  irm_op *follows = irm_op_next(branch);
  bool moved = irm_op_opcode(first) != IRM_YIELD;
  irm_op_remove(state->program, branch);
  ++state->control;
  return moved ? first : follows;
}

/* A result for which both branches yield the same. A branch's yield sees nothing from deeper
 * regions, so what both see is from outside. */
static void use_common_results(rewriting *state, irm_op *branch) {
  for (uint32_t k = 0; k < irm_op_result_count(branch); ++k) {
    irm_value *value = irm_region_yielded(irm_op_subregion(branch, 0), k);
    irm_value *other = irm_region_yielded(irm_op_subregion(branch, 1), k);
    irm_value *given = irm_op_result(branch, k);
    if (value != other || !irm_value_first_use(given)) continue;
    irm_value_replace_uses(given, value);
    ++state->control;
  }
}

static bool runs_no_times(const irm_op *loop) {
  irm_number count;
  return irm_op_is_counted(loop) && is_const(irm_loop_count(loop), &count) && count.as.i <= 0;
}

static void drop_loop(rewriting *state, irm_op *loop) {
  for (uint32_t k = 0; k < irm_loop_carried_count(loop); ++k)
    irm_value_replace_uses(irm_op_result(loop, k), irm_loop_init(loop, k));
  irm_op_remove(state->program, loop);
  ++state->control;
}

static bool is_never_changed(const irm_op *loop, uint32_t k) {
  const irm_region *body = irm_loop_body(loop);
  const irm_value *next = irm_region_yielded(body, k);
  return next == irm_region_argument(body, k) || next == irm_loop_init(loop, k);
}

static void read_from_outside(irm_op *loop, uint32_t k) {
  irm_value *init = irm_loop_init(loop, k);
  for (uint32_t r = 0; r < irm_op_region_count(loop); ++r)
    irm_value_replace_uses(irm_region_argument(irm_op_subregion(loop, r), k), init);
  irm_value_replace_uses(irm_op_result(loop, k), init);
}

/* What is carried without being changed is read from outside. */
static void uncarry(rewriting *state, irm_op *loop) {
  uint32_t carried = irm_loop_carried_count(loop), kept = 0;
  for (uint32_t k = 0; k < carried; ++k) {
    state->keep[k] = !is_never_changed(loop, k);
    if (!state->keep[k]) read_from_outside(loop, k);
    kept += state->keep[k];
  }
  if (kept == carried) return;
  irm_loop_keep_carried(state->program, loop, state->keep);
  state->control += carried - kept;
}

/* Walking --------------------------------------------------------------------------------- */

static void visit_region(rewriting *state, const irm_region *region);

static void visit_regions(rewriting *state, const irm_op *op) {
  for (uint32_t r = 0; r < irm_op_region_count(op); ++r)
    visit_region(state, irm_op_subregion(op, r));
}

static irm_op *visit_loop(rewriting *state, irm_op *loop) {
  irm_op *next = irm_op_next(loop);
  if (runs_no_times(loop)) {
    drop_loop(state, loop);
    return next;
  }
  uncarry(state, loop);
  visit_regions(state, loop);
  uncarry(state, loop);
  return next;
}

static irm_op *visit_if(rewriting *state, irm_op *branch) {
  irm_number condition;
  if (is_const(operand(branch, 0), &condition))
    return run_branch(state, branch, irm_op_subregion(branch, condition.as.i ? 0 : 1));
  visit_regions(state, branch);
  use_common_results(state, branch);
  return irm_op_next(branch);
}

/* Gives the op to go on with. */
static irm_op *visit(rewriting *state, irm_op *op) {
  irm_op *next = irm_op_next(op);
  if (irm_op_opcode(op) == IRM_LOOP) return visit_loop(state, op);
  if (irm_op_opcode(op) == IRM_IF) return visit_if(state, op);
  bool is_read = irm_op_result_count(op) == 1 && irm_value_first_use(result(op));
  if (!is_read) return next;
  if (irm_op_opcode(op) == IRM_AT_SOURCE || irm_op_opcode(op) == IRM_AT_TARGET)
    visit_end_of_edge(state, op);
  else if (irm_op_info_of(op)->kind == IRM_KIND_SCALAR && irm_op_opcode(op) != IRM_FILL)
    visit_elementwise(state, op);
  return next;
}

static void visit_region(rewriting *state, const irm_region *region) {
  for (irm_op *op = irm_region_first(region); op;)
    op = visit(state, op);
}

static irm_pass_result run(irm_program *program, irm_pass_env *env) {
  rewriting state = {.program = program};
  state.keep = irm_env_alloc(env, irm_program_value_bound(program), sizeof(bool));
  bool placed = irm_program_clear_placement(program);
  visit_region(&state, irm_program_body(program));
  irm_env_count(env, "constants folded", state.folded);
  irm_env_count(env, "fills read as scalars", state.spread);
  irm_env_count(env, "ops simplified", state.simplified);
  irm_env_count(env, "loops and ifs simplified", state.control);
  bool changed = placed || state.folded || state.spread || state.simplified || state.control;
  return changed ? IRM_PASS_CHANGED : IRM_PASS_UNCHANGED;
}

IRM_PASS_DEFINE(canonicalize, .name = "canonicalize",
                .summary = "fold constants, drop what gives back its operand", .run = run)
