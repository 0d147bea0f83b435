/* What the definition says of lifetimes, for judges of plans. */
#ifndef IRMEM_TEST_LIFETIMES_H
#define IRMEM_TEST_LIFETIMES_H

#include "irmem/plan.h"

/* Whether two buffers are alive at one point. */
static inline bool overlap(const irm_plan_buffer *x, const irm_plan_buffer *y) {
  for (uint32_t i = 0; i < x->lifetime_count; i++)
    for (uint32_t k = 0; k < y->lifetime_count; k++)
      if (x->lifetime[i].begin < y->lifetime[k].end && y->lifetime[k].begin < x->lifetime[i].end)
        return true;
  return false;
}

#endif
