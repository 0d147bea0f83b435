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
 *   computes ops whose operands are constants, unless that is an error; joins (x + 1) + 2;
 *   reads the scalar where an op reads a fill, so that no array is made to hold one number over and
 *     over; turns an op that reads fills alone into a scalar op and a fill; counts elements or arcs
 *     where fills are summed up or compared, if that is exact;
 *   moves constants to the right of ops that commute; drops ops that give back an operand (x * 1,
 *     x + -0, not not x, a choice made before, a copy, ...) and takes cheaper ones (x / 4 is
 *     x * 0.25, x mod 8 of integers their lowest bits);
 *   reads a mask itself where numbers were made of it;
 *   runs an if with a constant condition, drops a loop that runs no times, runs one that runs once,
 *     takes what a loop carries without changing it out of the loop, and what it carries twice.
 * Every rewrite gives the same bits for every operand: zeros of either sign, infinities, NaN, the
 * least integer. (Which bits a NaN has is nobody's business.) None lets an array live longer beside
 * what it was for: what an array was computed from is read instead only if nobody else reads it.
 *
 * A program that says "fast" takes floats for exact numbers: more is the same then (fast.c),
 * factors leave sums (factors.c), and what follows about floats does not hold.
 *
 * Left alone: float x + 0 (-0 becomes 0), x - x, x * 0 and x / x (infinities, NaN), not (x < y) of
 * floats, sums of fills that round. Ops that are no longer read stay for dce; copies that control
 * flow needs are made by inplace. Rules are in canonicalize/, by what they are about. */
#include "canonicalize/rewriting.h"

/* What the first rule gives that has something to say. */
static irm_value *try_rules(irmi_rewriting *r, irm_op *op, irmi_rule *const *rules, size_t count) {
  irm_value *same = NULL;
  for (size_t i = 0; i < count && !same; ++i)
    if (rules[i]) same = rules[i](r, op);
  return same;
}

static irm_value *simplify(irmi_rewriting *r, irm_op *op) {
  static irmi_rule *const rules[IRM_OPCODE_COUNT] = {
      [IRM_ADD] = irmi_simplify_add,
      [IRM_SUB] = irmi_simplify_sub,
      [IRM_MUL] = irmi_simplify_mul,
      [IRM_DIV] = irmi_simplify_div,
      [IRM_IDIV] = irmi_simplify_idiv,
      [IRM_IREM] = irmi_simplify_irem,
      [IRM_NEG] = irmi_simplify_neg,
      [IRM_ABS] = irmi_simplify_abs,
      [IRM_COPYSIGN] = irmi_simplify_copysign,
      [IRM_POW] = irmi_simplify_pow,
      [IRM_MIN] = irmi_simplify_extreme,
      [IRM_MAX] = irmi_simplify_extreme,
      [IRM_NOT] = irmi_simplify_not,
      [IRM_AND] = irmi_simplify_and,
      [IRM_OR] = irmi_simplify_or,
      [IRM_XOR] = irmi_simplify_xor,
      [IRM_EQ] = irmi_simplify_comparison,
      [IRM_NE] = irmi_simplify_comparison,
      [IRM_LT] = irmi_simplify_comparison,
      [IRM_LE] = irmi_simplify_comparison,
      [IRM_GT] = irmi_simplify_comparison,
      [IRM_GE] = irmi_simplify_comparison,
      [IRM_SELECT] = irmi_simplify_select,
      [IRM_CONVERT] = irmi_simplify_convert,
      [IRM_COPY] = irmi_simplify_copy,
  };
  irmi_rule *const in_turn[] = {
      irmi_fold,           rules[irm_op_opcode(op)], r->fast ? irmi_simplify_fast : NULL,
      irmi_join_constants, irmi_join_scalars,        irmi_take_common_factor,
      irmi_choose_by_mask};
  return try_rules(r, op, in_turn, sizeof in_turn / sizeof *in_turn);
}

/* Walking --------------------------------------------------------------------------------- */

static void visit_op(irmi_rewriting *r, irm_op *op);

/* value takes the place of the op's result; if it is new, there may be more to say of it. Every
 * rule leaves fewer ops, or simpler ones, so that this ends. */
static void settle(irmi_rewriting *r, irm_op *op, irm_value *value, uint32_t first_new) {
  irm_op *made = irm_value_op(value);
  irmi_replace(r, op, value);
  if (made && irm_op_id(made) >= first_new) visit_op(r, made);
}

static void visit_elementwise(irmi_rewriting *r, irm_op *op) {
  irmi_read_scalars(r, op);
  if (irm_op_effect_of(op) == IRM_EFFECT_PURE && irmi_is_same_everywhere(op)) {
    irm_op *once = irmi_compute_once(r, op);
    if (once) visit_elementwise(r, once);
    return;
  }
  irmi_move_const_right(r, op);
  uint32_t first_new = irm_program_op_bound(r->program);
  irm_value *same = simplify(r, op);
  if (!same) return;
  ++r->simplified;
  settle(r, op, same, first_new);
}

static void visit_aggregate(irmi_rewriting *r, irm_op *op) {
  uint32_t first_new = irm_program_op_bound(r->program);
  irm_value *same = irmi_simplify_aggregate(r, op);
  if (!same) same = irmi_take_factor_out_of_sum(r, op);
  if (!same) return;
  ++r->spread;
  settle(r, op, same, first_new);
}

static void visit_op(irmi_rewriting *r, irm_op *op) {
  if (irm_op_result_count(op) != 1 || !irm_value_first_use(irmi_result(op))) return;
  if (irm_op_opcode(op) == IRM_FILL) return;
  if (irm_op_opcode(op) == IRM_PATH_MIN) irmi_read_wide_steps(r, op);
  if (irm_op_info_of(op)->kind == IRM_KIND_SCALAR)
    visit_elementwise(r, op);
  else
    visit_aggregate(r, op);
}

static void visit_region(irmi_rewriting *r, const irm_region *region);

static void visit_regions(irmi_rewriting *r, const irm_op *op) {
  for (uint32_t i = 0; i < irm_op_region_count(op); ++i)
    visit_region(r, irm_op_subregion(op, i));
}

static irm_op *visit_loop(irmi_rewriting *r, irm_op *loop) {
  bool changed;
  irm_op *next = irmi_run_short_loop(r, loop, &changed);
  if (changed) return next;
  next = irm_op_next(loop);
  irmi_uncarry(r, loop);
  visit_regions(r, loop);
  irmi_uncarry(r, loop);
  return next;
}

static irm_op *visit_if(irmi_rewriting *r, irm_op *branch) {
  irm_number condition;
  if (irmi_is_const(irmi_operand(branch, 0), &condition))
    return irmi_run_branch(r, branch, irm_op_subregion(branch, condition.as.i ? 0 : 1));
  visit_regions(r, branch);
  irmi_use_common_results(r, branch);
  return irm_op_next(branch);
}

/* Gives the op to go on with. */
static irm_op *visit(irmi_rewriting *r, irm_op *op) {
  irm_op *next = irm_op_next(op);
  switch (irm_op_opcode(op)) {
  case IRM_LOOP: return visit_loop(r, op);
  case IRM_IF: return visit_if(r, op);
  default: visit_op(r, op); return next;
  }
}

static void visit_region(irmi_rewriting *r, const irm_region *region) {
  for (irm_op *op = irm_region_first(region); op;)
    op = visit(r, op);
}

static irm_pass_result run(irm_program *program, irm_pass_env *env) {
  irmi_rewriting r = {.program = program, .env = env, .fast = irm_program_fast_math(program)};
  r.keep = irm_env_alloc(env, irm_program_value_bound(program), sizeof(bool));
  bool placed = irm_program_clear_placement(program);
  visit_region(&r, irm_program_body(program));
  irm_env_count(env, "constants folded", r.folded);
  irm_env_count(env, "fills read as scalars", r.spread);
  irm_env_count(env, "ops simplified", r.simplified);
  irm_env_count(env, "loops and ifs simplified", r.control);
  bool changed = placed || r.folded || r.spread || r.simplified || r.control;
  return changed ? IRM_PASS_CHANGED : IRM_PASS_UNCHANGED;
}

IRM_PASS_DEFINE(canonicalize, .name = "canonicalize",
                .summary = "fold constants, drop what gives back its operand", .run = run)
