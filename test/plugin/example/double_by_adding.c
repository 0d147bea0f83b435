/* double-by-adding: an addition for a multiplication by two.
 *
 *   before                                        after
 *     %two = const 2.0 : f64
 *     %y = mul %x, %two : f64[node]                 %y = add %x, %x : f64[node]
 *
 * Both give the same bits for every %x, of floats (doubling is exact) and of integers (both wrap).
 * The constant must be on the right, where canonicalize puts it, and stays for dce if nobody else
 * reads it. */
#include <irmem/builder.h>
#include <irmem/plugin.h>

static bool is_two(const irm_value *value) {
  const irm_op *op = irm_value_op(value);
  if (!op || irm_op_opcode(op) != IRM_CONST) return false;
  irm_number number = irm_op_number(op);
  return irm_elem_is_float(number.elem) ? number.as.f == 2.0 : number.as.i == 2;
}

static bool doubles(const irm_op *op) {
  return irm_op_opcode(op) == IRM_MUL && is_two(irm_op_operand(op, 1));
}

static void add_instead(irm_program *program, irm_op *op) {
  irm_value *twice[] = {irm_op_operand(op, 0), irm_op_operand(op, 0)};
  irm_type type = irm_value_type(irm_op_result(op, 0));
  irm_value *sum =
      irm_build_value(program, irm_before(op), IRM_ADD, 2, twice, type, irm_op_loc(op));
  irm_value_replace_uses(irm_op_result(op, 0), sum);
  irm_op_remove(program, op);
}

static irm_pass_result run(irm_program *program, irm_pass_env *env) {
  uint64_t replaced = 0;
  bool placed = irm_program_clear_placement(program);
  irm_op *next;
  for (irm_op *op = irm_program_next_op(program, NULL); op; op = next) {
    next = irm_program_next_op(program, op);
    if (!doubles(op)) continue;
    add_instead(program, op);
    ++replaced;
  }
  irm_env_count(env, "multiplications replaced", replaced);
  return placed || replaced ? IRM_PASS_CHANGED : IRM_PASS_UNCHANGED;
}

static const irm_pass double_by_adding = {
    .name = "double-by-adding",
    .summary = "add a value to itself instead of multiplying it by two",
    .run = run,
};

IRM_PLUGIN("double-by-adding", "1.0", &double_by_adding)
