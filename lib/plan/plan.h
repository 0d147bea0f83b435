/* Making an irm_plan. */
#ifndef IRMEM_PLAN_PLAN_H
#define IRMEM_PLAN_PLAN_H

#include "irmem/plan.h"
#include "support/arena.h"

/* A plan with room for so many buffers and slots, all zero. Destroy with irm_plan_destroy. */
irm_plan *irmi_plan_create(uint32_t buffers, uint32_t slots, const irm_allocator *allocator);
/* Where what its layouts point to is kept. */
irmi_arena *irmi_plan_arena(irm_plan *plan);

#endif
