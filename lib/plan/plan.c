/* Plans as such: made, measured, destroyed. */
#include "plan/plan.h"

#include "support/alloc.h"

/* A plan and what it takes to free it. */
typedef struct plan_block {
  irm_plan plan;
  size_t bytes;
} plan_block;

irm_plan *irmi_plan_create(uint32_t buffers, uint32_t slots, const irm_allocator *allocator) {
  size_t bytes = sizeof(plan_block) + slots * sizeof(irm_size) + buffers * sizeof(uint32_t);
  plan_block *block = irmi_calloc(allocator, 1, bytes);
  block->bytes = bytes;
  block->plan.slot_bytes = (irm_size *)(block + 1);
  block->plan.slot_of = (uint32_t *)(block->plan.slot_bytes + slots);
  block->plan.slot_count = slots;
  return &block->plan;
}

void irm_plan_destroy(irm_plan *plan, const irm_allocator *allocator) {
  if (plan) irmi_free(allocator, plan, ((plan_block *)plan)->bytes);
}

irm_plan *irm_plan_separate(const irm_plan_problem *problem, const irm_allocator *allocator) {
  uint32_t slots = problem->bin_count;
  for (uint32_t i = 0; i < problem->buffer_count; i++)
    slots += problem->buffers[i].bin == IRM_PLAN_ANYWHERE;
  irm_plan *plan = irmi_plan_create(problem->buffer_count, slots, allocator);
  for (uint32_t i = 0; i < problem->bin_count; i++)
    plan->slot_bytes[i] = problem->bins[i].bytes;
  uint32_t next = problem->bin_count;
  for (uint32_t i = 0; i < problem->buffer_count; i++) {
    const irm_plan_buffer *buffer = &problem->buffers[i];
    plan->slot_of[i] = buffer->bin != IRM_PLAN_ANYWHERE ? buffer->bin : next++;
    if (plan->slot_of[i] >= problem->bin_count) plan->slot_bytes[plan->slot_of[i]] = buffer->bytes;
  }
  return plan;
}

uint64_t irm_plan_arena_bytes(const irm_plan_problem *problem, const irm_plan *plan, uint64_t n,
                              uint64_t m) {
  uint64_t sum = 0;
  for (uint32_t slot = problem->bin_count; slot < plan->slot_count; slot++)
    sum = irm_bytes_add(sum, irm_size_evaluate_aligned(plan->slot_bytes[slot], n, m));
  return sum;
}
