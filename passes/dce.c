/* dce: takes out what nothing needs.
 *
 *   before                                        after
 *     %a = const 1.0 : f64                          %n = const 10 : i64
 *     %b = add %a, %a : f64                         %r = loop %n carry(%x) : f64 do(%r1) {
 *     %n = const 10 : i64                             ...
 *     %r, %t = loop %n carry(%x, %b)                  yield %r2
 *         : f64, f64 do(%r1, %t1) {                 }
 *       ...                                         output %r "rank"
 *       %t2 = add %t1, %t1 : f64
 *       yield %r2, %t2
 *     }
 *     output %r "rank"
 *
 * Needed is: an op whose effect is SEEN or TRAPS, and what it is computed from; the region it
 * stands in, and so what decides whether that runs (a count, a condition). Needs are marked from
 * there, so that values that only compute each other from one iteration to the next go too. A
 * carried value or a result of an if goes by itself, its op may stay; so do a kernel's results,
 * what its body computes for them alone, and operands that nothing in it reads any more.
 *
 * Left alone: parameters and inputs, read or not: what a program takes is between it and its
 * caller. And a loop with a condition, even if it computes nothing that is needed: it may never
 * end, and that can be seen. A counted loop always ends, and goes. */
#include "irmem/builder.h"
#include "irmem/plugin.h"

typedef struct marking {
  bool *value_needed, *op_needed; /* by id */
  irm_value **work;               /* needed, their definitions not yet looked at */
  size_t work_count;
} marking;

/* Marking --------------------------------------------------------------------------------- */

static void need_value(marking *marks, irm_value *value) {
  bool *needed = &marks->value_needed[irm_value_id(value)];
  if (*needed) return;
  *needed = true;
  marks->work[marks->work_count++] = value;
}

/* What decides how an op runs, or is read by it. What a kernel reads, its body needs. */
static void need_control(marking *marks, irm_op *op) {
  if (irm_op_opcode(op) == IRM_KERNEL) return;
  if (irm_op_opcode(op) == IRM_LOOP) {
    if (irm_op_is_counted(op)) need_value(marks, irm_loop_count(op));
    irm_region *condition = irm_loop_condition(op);
    if (condition) need_value(marks, irm_region_yielded(condition, 0));
    return;
  }
  for (uint32_t i = 0; i < irm_op_operand_count(op); ++i)
    need_value(marks, irm_op_operand(op, i));
}

/* An op, and the ops in whose regions it stands. */
static void need_op(marking *marks, irm_op *op) {
  for (; op && !marks->op_needed[irm_op_id(op)]; op = irm_region_parent(irm_op_region(op))) {
    marks->op_needed[irm_op_id(op)] = true;
    need_control(marks, op);
  }
}

static void need_carried(marking *marks, irm_op *loop, uint32_t k) {
  need_value(marks, irm_loop_init(loop, k));
  need_value(marks, irm_region_argument(irm_loop_body(loop), k));
  need_value(marks, irm_region_yielded(irm_loop_body(loop), k));
}

static void need_definition(marking *marks, irm_value *value) {
  irm_op *op = irm_value_op(value);
  uint32_t k = irm_value_index(value);
  if (!op) op = irm_region_parent(irm_value_region(value));
  need_op(marks, op);
  if (irm_op_opcode(op) == IRM_LOOP) need_carried(marks, op, k);
  if (irm_op_opcode(op) == IRM_KERNEL)
    need_value(marks, irm_value_op(value) ? irm_region_yielded(irm_kernel_body(op), k)
                                          : irm_op_operand(op, k));
  if (irm_op_opcode(op) == IRM_IF)
    for (uint32_t r = 0; r < irm_op_region_count(op); ++r)
      need_value(marks, irm_region_yielded(irm_op_subregion(op, r), k));
}

static bool is_needed_by_itself(const irm_op *op) {
  irm_op_effect effect = irm_op_effect_of(op);
  irm_opcode opcode = irm_op_opcode(op);
  if (opcode == IRM_PARAM || opcode == IRM_INPUT) return true;
  if (opcode == IRM_LOOP) return irm_loop_condition(op) != NULL;
  return effect == IRM_EFFECT_SEEN || effect == IRM_EFFECT_TRAPS;
}

static void mark(marking *marks, const irm_program *program) {
  for (irm_op *op = irm_program_next_op(program, NULL); op; op = irm_program_next_op(program, op))
    if (is_needed_by_itself(op)) need_op(marks, op);
  while (marks->work_count)
    need_definition(marks, marks->work[--marks->work_count]);
}

/* Sweeping, from the last op to the first: readers go before what they read --------------- */

typedef struct sweeping {
  irm_program *program;
  const marking *marks;
  bool *keep;                     /* room for one answer a carried value or result */
  uint64_t ops, values, operands; /* taken out */
} sweeping;

static void sweep_region(sweeping *sweep, irm_region *region);

static bool is_needed(const sweeping *sweep, const irm_value *value) {
  return sweep->marks->value_needed[irm_value_id(value)];
}

static bool is_carried_needed(const sweeping *sweep, const irm_op *loop, uint32_t k) {
  return is_needed(sweep, irm_region_argument(irm_loop_body(loop), k));
}

/* First the yield lets go of the values that go, so that nothing in the body reads in a circle. */
static void sweep_loop(sweeping *sweep, irm_op *loop) {
  irm_op *yield = irm_region_last(irm_loop_body(loop));
  uint32_t carried = irm_loop_carried_count(loop);
  for (uint32_t k = 0; k < carried; ++k)
    if (!is_carried_needed(sweep, loop, k)) irm_op_set_operand(yield, k, irm_loop_init(loop, k));
  for (uint32_t r = irm_op_region_count(loop); r-- > 0;)
    sweep_region(sweep, irm_op_subregion(loop, r));
  for (uint32_t k = 0; k < carried; ++k)
    sweep->keep[k] = is_carried_needed(sweep, loop, k);
  irm_loop_keep_carried(sweep->program, loop, sweep->keep);
  sweep->values += carried - irm_loop_carried_count(loop);
}

static void sweep_if(sweeping *sweep, irm_op *branch) {
  uint32_t results = irm_op_result_count(branch);
  for (uint32_t k = 0; k < results; ++k)
    sweep->keep[k] = is_needed(sweep, irm_op_result(branch, k));
  irm_if_keep_results(sweep->program, branch, sweep->keep);
  sweep->values += results - irm_op_result_count(branch);
  for (uint32_t r = irm_op_region_count(branch); r-- > 0;)
    sweep_region(sweep, irm_op_subregion(branch, r));
}

static void sweep_kernel(sweeping *sweep, irm_op *kernel) {
  uint32_t results = irm_op_result_count(kernel), operands = irm_op_operand_count(kernel);
  irm_region *body = irm_kernel_body(kernel);
  for (uint32_t k = 0; k < results; ++k)
    sweep->keep[k] = is_needed(sweep, irm_op_result(kernel, k));
  irm_kernel_keep_results(sweep->program, kernel, sweep->keep);
  sweep_region(sweep, body);
  for (uint32_t k = 0; k < operands; ++k)
    sweep->keep[k] = is_needed(sweep, irm_region_argument(body, k));
  irm_kernel_keep_operands(sweep->program, kernel, sweep->keep);
  sweep->values += results - irm_op_result_count(kernel);
  sweep->operands += operands - irm_op_operand_count(kernel);
}

static void sweep_op(sweeping *sweep, irm_op *op) {
  if (irm_op_opcode(op) == IRM_YIELD) return;
  if (!sweep->marks->op_needed[irm_op_id(op)]) {
    irm_op_remove(sweep->program, op);
    ++sweep->ops;
  } else if (irm_op_opcode(op) == IRM_LOOP) {
    sweep_loop(sweep, op);
  } else if (irm_op_opcode(op) == IRM_IF) {
    sweep_if(sweep, op);
  } else if (irm_op_opcode(op) == IRM_KERNEL) {
    sweep_kernel(sweep, op);
  }
}

static void sweep_region(sweeping *sweep, irm_region *region) {
  irm_op *prev;
  for (irm_op *op = irm_region_last(region); op; op = prev) {
    prev = irm_op_prev(op);
    sweep_op(sweep, op);
  }
}

static irm_pass_result run(irm_program *program, irm_pass_env *env) {
  size_t values = irm_program_value_bound(program), ops = irm_program_op_bound(program);
  marking marks = {.value_needed = irm_env_alloc(env, values, sizeof(bool)),
                   .op_needed = irm_env_alloc(env, ops, sizeof(bool)),
                   .work = irm_env_alloc(env, values, sizeof(irm_value *))};
  bool placed = irm_program_clear_placement(program);
  sweeping sweep = {
      .program = program, .marks = &marks, .keep = irm_env_alloc(env, values, sizeof(bool))};
  mark(&marks, program);
  sweep_region(&sweep, irm_program_body(program));
  irm_env_count(env, "ops removed", sweep.ops);
  irm_env_count(env, "carried values and results removed", sweep.values);
  irm_env_count(env, "operands of kernels removed", sweep.operands);
  bool changed = placed || sweep.ops || sweep.values || sweep.operands;
  return changed ? IRM_PASS_CHANGED : IRM_PASS_UNCHANGED;
}

IRM_PASS_DEFINE(dce, .name = "dce", .summary = "remove what nothing needs", .run = run)
