/* Moving ops. */
#include "shuffle.h"
#include "reads.h"

static void move_up(fuzz_random *random, irm_op *op) {
  for (uint32_t steps = fuzz_below(random, 30); steps > 0; steps--) {
    irm_op *before = irm_op_prev(op);
    if (!before || irm_op_opcode(op) == IRM_YIELD || reads(op, before)) return;
    irm_op_move(op, irm_before(before));
  }
}

void fuzz_shuffle(fuzz_random *random, irm_region *region) {
  for (irm_op *op = irm_region_first(region), *next; op; op = next) {
    next = irm_op_next(op);
    for (uint32_t r = 0; r < irm_op_region_count(op); r++)
      fuzz_shuffle(random, irm_op_subregion(op, r));
    move_up(random, op);
  }
}
