/* Copies of ops that give one array, and of kernels for one of their results. */
#include "remat/copy.h"

static irm_value *copy_op(irm_program *program, const irm_op *op, irm_value *const *operands,
                          irm_point point) {
  return irm_op_result(irm_build_again(program, point, op, operands), 0);
}

/* Kernels -------------------------------------------------------------------------------------- */

typedef struct body_copy {
  irm_program *program;
  irm_value **copies; /* by value id of the original; NULL: not needed */
  bool *needed;       /* likewise */
} body_copy;

/* What the result is computed from; the last op comes first. */
static void mark_needed(body_copy *b, const irm_op *kernel, uint32_t result) {
  irm_region *body = irm_kernel_body(kernel);
  irm_op *op = irm_region_last(body);
  b->needed[irm_value_id(irm_op_operand(op, result))] = true;
  while ((op = irm_op_prev(op))) {
    if (!b->needed[irm_value_id(irm_op_result(op, 0))]) continue;
    for (uint32_t k = 0; k < irm_op_operand_count(op); k++)
      b->needed[irm_value_id(irm_op_operand(op, k))] = true;
  }
}

static void copy_body(body_copy *b, const irm_op *kernel, irm_op *copy, uint32_t result) {
  irm_region *from = irm_kernel_body(kernel), *to = irm_kernel_body(copy);
  for (uint32_t k = 0; k < irm_region_argument_count(from); k++)
    b->copies[irm_value_id(irm_region_argument(from, k))] = irm_region_argument(to, k);
  for (irm_op *op = irm_region_first(from); op; op = irm_op_next(op)) {
    uint32_t count = irm_op_operand_count(op);
    if (irm_op_opcode(op) == IRM_YIELD) break;
    if (!b->needed[irm_value_id(irm_op_result(op, 0))]) continue;
    irm_value *operands[4];
    for (uint32_t k = 0; k < count; k++)
      operands[k] = b->copies[irm_value_id(irm_op_operand(op, k))];
    b->copies[irm_value_id(irm_op_result(op, 0))] =
        copy_op(b->program, op, operands, irm_at_end(to));
  }
  irm_value *yielded = irm_op_operand(irm_region_last(from), result);
  irm_build(b->program, irm_at_end(to), IRM_YIELD, 1, &b->copies[irm_value_id(yielded)], 0, NULL,
            irm_op_loc(irm_region_last(from)));
}

static void keep_needed_operands(body_copy *b, irm_pass_env *env, const irm_op *kernel,
                                 irm_op *copy) {
  uint32_t count = irm_op_operand_count(copy);
  bool *keep = irm_env_alloc(env, count, sizeof *keep);
  for (uint32_t k = 0; k < count; k++)
    keep[k] = b->needed[irm_value_id(irm_region_argument(irm_kernel_body(kernel), k))];
  irm_kernel_keep_operands(b->program, copy, keep);
}

static irm_value *copy_kernel(irm_program *program, irm_pass_env *env, const irm_value *value,
                              irm_value *const *operands, irm_op *before) {
  irm_op *kernel = irm_value_op(value);
  irm_type type = irm_value_type(value);
  uint32_t bound = irm_program_value_bound(program);
  body_copy b = {program, irm_env_alloc(env, bound, sizeof(irm_value *)),
                 irm_env_alloc(env, bound, sizeof(bool))};
  irm_op *copy =
      irm_build_kernel(program, irm_before(before), irm_op_space(kernel),
                       irm_op_operand_count(kernel), operands, 1, &type, irm_op_loc(kernel));
  mark_needed(&b, kernel, irm_value_index(value));
  copy_body(&b, kernel, copy, irm_value_index(value));
  keep_needed_operands(&b, env, kernel, copy);
  return irm_op_result(copy, 0);
}

irm_value *irmi_remat_copy(irm_program *program, irm_pass_env *env, const irm_value *value,
                           irm_value *const *operands, irm_op *before) {
  const irm_op *op = irm_value_op(value);
  irm_value *copy = irm_op_opcode(op) == IRM_KERNEL
                        ? copy_kernel(program, env, value, operands, before)
                        : copy_op(program, op, operands, irm_before(before));
  if (irm_value_is_named(value)) irm_value_set_name(program, copy, irm_value_name(value));
  return copy;
}
