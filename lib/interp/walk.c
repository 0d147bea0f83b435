/* Control flow: which op runs next, and how values pass into and out of regions. Recursion is as
 * deep as regions nest, which the readers bound. */
#include "interp/walk.h"

#include "support/alloc.h"

typedef struct walker {
  irmi_machine *machine;
  irmi_follower *follower;
} walker;

/* Values that a loop or an if passes on: k of from to k of to. */
typedef struct handover {
  uint32_t count;
  irm_value **from, **to;
  const irm_region
      *region; /* that from's values belong to and that has ended; NULL: they live on */
} handover;

static int64_t run_region(walker *walk, const irm_region *region);

static handover passage_create(walker *walk, uint32_t count) {
  const irm_allocator *allocator = walk->machine->allocator;
  return (handover){.count = count,
                    .from = irmi_calloc(allocator, count, sizeof(irm_value *)),
                    .to = irmi_calloc(allocator, count, sizeof(irm_value *))};
}

static void passage_destroy(walker *walk, handover *passage) {
  irmi_free(walk->machine->allocator, passage->from, passage->count * sizeof(irm_value *));
  irmi_free(walk->machine->allocator, passage->to, passage->count * sizeof(irm_value *));
}

static void pass_from_yield(handover *passage, const irm_region *region) {
  for (uint32_t k = 0; k < passage->count; k++)
    passage->from[k] = irm_region_yielded(region, k);
  passage->region = region;
}

static void pass_from_arguments(handover *passage, const irm_region *region) {
  for (uint32_t k = 0; k < passage->count; k++)
    passage->from[k] = irm_region_argument(region, k);
  passage->region = region;
}

static void pass_to_arguments(handover *passage, const irm_region *region) {
  for (uint32_t k = 0; k < passage->count; k++)
    passage->to[k] = irm_region_argument(region, k);
}

static void pass_to_results(handover *passage, const irm_op *op) {
  for (uint32_t k = 0; k < passage->count; k++)
    passage->to[k] = irm_op_result(op, k);
}

static int64_t hand_over(walker *walk, const irm_op *op, const handover *passage) {
  bool iterated =
      passage->region && irm_op_opcode(op) == IRM_LOOP && passage->region == irm_loop_body(op);
  if (walk->follower) {
    int64_t code = walk->follower->handing_over(walk->follower, op, passage->count, passage->from,
                                                passage->to, iterated);
    if (code) return code;
  }
  irmi_machine_hand_over(walk->machine, passage->region, passage->count, passage->from,
                         passage->to);
  return 0;
}

static int64_t scalar(const walker *walk, const irm_value *value) {
  return irmi_machine_cell(walk->machine, value)->number.as.i;
}

static int64_t run_branches(walker *walk, const irm_op *op, handover *passage) {
  bool holds = scalar(walk, irm_op_operand(op, 0)) != 0;
  const irm_region *branch = irm_op_subregion(op, holds ? 0 : 1);
  int64_t code = run_region(walk, branch);
  if (code) return code;
  pass_from_yield(passage, branch);
  pass_to_results(passage, op);
  return hand_over(walk, op, passage);
}

static int64_t run_if(walker *walk, const irm_op *op) {
  handover passage = passage_create(walk, irm_op_result_count(op));
  int64_t code = run_branches(walk, op, &passage);
  passage_destroy(walk, &passage);
  return code;
}

/* Whether the loop goes on: the carried values pass through its condition, if it has one. */
static int64_t run_condition(walker *walk, const irm_op *loop, handover *passage, bool *goes_on) {
  const irm_region *condition = irm_loop_condition(loop);
  *goes_on = true;
  if (!condition) return 0;
  pass_to_arguments(passage, condition);
  int64_t code = hand_over(walk, loop, passage);
  if (code) return code;
  code = run_region(walk, condition);
  if (code) return code;
  *goes_on = scalar(walk, irm_region_yielded(condition, 0)) != 0;
  pass_from_arguments(passage, condition);
  return 0;
}

static int64_t run_body(walker *walk, const irm_op *loop, handover *passage) {
  const irm_region *body = irm_loop_body(loop);
  pass_to_arguments(passage, body);
  int64_t code = hand_over(walk, loop, passage);
  if (code) return code;
  code = run_region(walk, body);
  pass_from_yield(passage, body);
  return code;
}

static int64_t iterate(walker *walk, const irm_op *loop, handover *passage) {
  const irm_value *count = irm_loop_count(loop);
  int64_t rounds = count ? scalar(walk, count) : 0;
  for (uint32_t k = 0; k < passage->count; k++)
    passage->from[k] = irm_loop_init(loop, k);
  for (int64_t round = 0; !count || round < rounds; round++) {
    bool goes_on;
    int64_t code = run_condition(walk, loop, passage, &goes_on);
    if (code) return code;
    if (!goes_on) break;
    code = run_body(walk, loop, passage);
    if (code) return code;
  }
  pass_to_results(passage, loop);
  return hand_over(walk, loop, passage);
}

static int64_t run_loop(walker *walk, const irm_op *loop) {
  handover passage = passage_create(walk, irm_loop_carried_count(loop));
  int64_t code = iterate(walk, loop, &passage);
  passage_destroy(walk, &passage);
  return code;
}

static int64_t run_plain_op(walker *walk, const irm_op *op) {
  if (!irmi_machine_run(walk->machine, op)) return 1 + (int64_t)irm_op_id(op);
  return walk->follower ? walk->follower->ran(walk->follower, op) : 0;
}

static int64_t run_op(walker *walk, const irm_op *op) {
  int64_t code = walk->follower ? walk->follower->before(walk->follower, op) : 0;
  if (code) return code;
  switch (irm_op_opcode(op)) {
  case IRM_LOOP: return run_loop(walk, op);
  case IRM_IF: return run_if(walk, op);
  case IRM_YIELD: return 0; /* the op around takes its operands */
  default: return run_plain_op(walk, op);
  }
}

static int64_t run_region(walker *walk, const irm_region *region) {
  int64_t code = 0;
  for (const irm_op *op = irm_region_first(region); op && !code; op = irm_op_next(op))
    code = run_op(walk, op);
  return code;
}

int64_t irmi_walk(irmi_machine *machine, irmi_follower *follower) {
  walker walk = {machine, follower};
  return run_region(&walk, irm_program_body(machine->program));
}
