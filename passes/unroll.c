/* unroll: writes out loops that run a few times, where that removes work.
 *
 *   before                                        after, and after canonicalize
 *     %two = const 2 : i64                          %x2 = neighbor_sum in %x : f64[node]
 *     %one = const 1.0 : f64                        %x3 = mul %x2, %d : f64[node]
 *     %r, %s = loop %two carry(%x, %one) ...        %s3 = mul %d, %d : f64
 *         do(%r1, %s1) {                            %x4 = neighbor_sum in %x3 : f64[node]
 *       %s2 = mul %s1, %d : f64                     %x5 = mul %x4, %s3 : f64[node]
 *       %x2 = neighbor_sum in %r1 : f64[node]
 *       %x3 = mul %x2, %s2 : f64[node]
 *       yield %x3, %s2
 *     }
 *
 * A loop is written out if it counts to a constant of at most 4, has no condition and nothing with
 * regions in its body, comes to at most 64 ops, and carries a constant or a fill: then ops of the
 * first iteration can be computed now, or read a scalar for an array.
 *
 * Left alone: all others. An iteration goes over arrays; beside that, what a loop itself costs is
 * nothing, and code that is written out is only longer. */
#include "irmem/builder.h"
#include "irmem/plugin.h"

enum { MOST_ITERATIONS = 4, MOST_OPS = 64 };

typedef struct unrolling {
  irm_program *program;
  uint32_t bound;    /* ids of the program before are below */
  irm_value **now;   /* by value id: what stands for it in the iteration that is written */
  irm_value **first; /* room for operands, and for what is carried */
  uint64_t unrolled;
} unrolling;

/* Which loops ------------------------------------------------------------------------------ */

static irm_op *defined_by(const irm_value *value, irm_opcode opcode) {
  irm_op *op = irm_value_op(value);
  return op && irm_op_opcode(op) == opcode ? op : NULL;
}

/* How often a loop runs, if that is known and not often; else 0. */
static uint32_t iterations(const irm_op *loop) {
  if (!irm_op_is_counted(loop) || irm_loop_condition(loop)) return 0;
  const irm_op *count = defined_by(irm_loop_count(loop), IRM_CONST);
  if (!count) return 0;
  int64_t number = irm_op_number(count).as.i;
  return number > 0 && number <= MOST_ITERATIONS ? (uint32_t)number : 0;
}

static bool begins_with_a_constant(const irm_op *loop) {
  for (uint32_t k = 0; k < irm_loop_carried_count(loop); ++k) {
    const irm_value *init = irm_loop_init(loop, k);
    if (defined_by(init, IRM_CONST) || defined_by(init, IRM_FILL)) return true;
  }
  return false;
}

static bool is_short(const irm_op *loop, uint32_t times) {
  uint32_t ops = 0;
  for (const irm_op *op = irm_region_first(irm_loop_body(loop)); op; op = irm_op_next(op)) {
    ops += times;
    if (irm_op_info_of(op)->kind == IRM_KIND_FLOW && irm_op_opcode(op) != IRM_YIELD) return false;
    if (ops > MOST_OPS) return false;
  }
  return true;
}

/* Writing out ------------------------------------------------------------------------------ */

static irm_value *stands_for(const unrolling *u, irm_value *value) {
  irm_value *now = irm_value_id(value) < u->bound ? u->now[irm_value_id(value)] : NULL;
  return now ? now : value;
}

static void write_op(unrolling *u, irm_op *loop, const irm_op *op) {
  irm_value **operands = u->first;
  for (uint32_t i = 0; i < irm_op_operand_count(op); ++i)
    operands[i] = stands_for(u, irm_op_operand(op, i));
  irm_op *again = irm_build_again(u->program, irm_before(loop), op, operands);
  for (uint32_t i = 0; i < irm_op_result_count(op); ++i)
    u->now[irm_value_id(irm_op_result(op, i))] = irm_op_result(again, i);
}

/* All at once: what is carried may change places. */
static void carry_on(unrolling *u, const irm_op *loop) {
  const irm_region *body = irm_loop_body(loop);
  for (uint32_t k = 0; k < irm_loop_carried_count(loop); ++k)
    u->first[k] = stands_for(u, irm_region_yielded(body, k));
  for (uint32_t k = 0; k < irm_loop_carried_count(loop); ++k)
    u->now[irm_value_id(irm_region_argument(body, k))] = u->first[k];
}

static void write_out(unrolling *u, irm_op *loop, uint32_t times) {
  const irm_region *body = irm_loop_body(loop);
  for (uint32_t k = 0; k < irm_loop_carried_count(loop); ++k)
    u->now[irm_value_id(irm_region_argument(body, k))] = irm_loop_init(loop, k);
  for (; times > 0; --times) {
    for (const irm_op *op = irm_region_first(body); irm_op_opcode(op) != IRM_YIELD;
         op = irm_op_next(op))
      write_op(u, loop, op);
    carry_on(u, loop);
  }
  for (uint32_t k = 0; k < irm_loop_carried_count(loop); ++k) {
    irm_value *last = u->now[irm_value_id(irm_region_argument(body, k))];
    irm_value_take_name(last, irm_op_result(loop, k));
    irm_value_replace_uses(irm_op_result(loop, k), last);
  }
  irm_op_remove(u->program, loop);
  ++u->unrolled;
}

/* What is written out has no loops, so that each op of the program is written a few times at most.
 */
static void visit_region(unrolling *u, const irm_region *region) {
  for (irm_op *op = irm_region_first(region), *next; op; op = next) {
    next = irm_op_next(op);
    uint32_t times = irm_op_opcode(op) == IRM_LOOP ? iterations(op) : 0;
    if (times > 0 && begins_with_a_constant(op) && is_short(op, times)) {
      write_out(u, op, times);
      continue;
    }
    for (uint32_t r = 0; r < irm_op_region_count(op); ++r)
      visit_region(u, irm_op_subregion(op, r));
  }
}

static irm_pass_result run(irm_program *program, irm_pass_env *env) {
  uint32_t values = irm_program_value_bound(program);
  unrolling u = {.program = program,
                 .bound = values,
                 .now = irm_env_alloc(env, values, sizeof(irm_value *)),
                 .first = irm_env_alloc(env, (size_t)values + 3, sizeof(irm_value *))};
  bool placed = irm_program_clear_placement(program);
  visit_region(&u, irm_program_body(program));
  irm_env_count(env, "loops written out", u.unrolled);
  return placed || u.unrolled ? IRM_PASS_CHANGED : IRM_PASS_UNCHANGED;
}

IRM_PASS_DEFINE(unroll, .name = "unroll",
                .summary = "write out short loops where that removes work", .run = run)
