/* Which op reads what which other gives. */
#ifndef IRMEM_TEST_FUZZ_READS_H
#define IRMEM_TEST_FUZZ_READS_H

#include "irmem/ir.h"

static inline bool is_inside(const irm_op *op, const irm_op *outer) {
  while (op && op != outer)
    op = irm_region_parent(irm_op_region(op));
  return op == outer;
}

/* Whether an op, or one in its regions, reads a result of the giver. */
static inline bool reads(const irm_op *op, const irm_op *giver) {
  for (uint32_t i = 0; i < irm_op_result_count(giver); i++)
    for (const irm_use *use = irm_value_first_use(irm_op_result(giver, i)); use;
         use = irm_use_next(use))
      if (is_inside(irm_use_op(use), op)) return true;
  return false;
}

#endif
