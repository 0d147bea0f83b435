/* Plans as such: made, measured, destroyed. */
#include "plan/plan.h"

#include "support/alloc.h"

/* A plan and what it takes to free it. */
typedef struct plan_block {
  irm_plan plan;
  irmi_arena arena; /* of layouts */
  size_t bytes;
} plan_block;

irm_plan *irmi_plan_create(uint32_t buffers, uint32_t slots, const irm_allocator *allocator) {
  size_t bytes = sizeof(plan_block) + slots * sizeof(irm_size) + buffers * sizeof(uint32_t);
  plan_block *block = irmi_calloc(allocator, 1, bytes);
  block->bytes = bytes;
  block->plan.slot_bytes = (irm_size *)(block + 1);
  block->plan.slot_of = (uint32_t *)(block->plan.slot_bytes + slots);
  block->plan.slot_count = slots;
  irmi_arena_init(&block->arena, allocator);
  return &block->plan;
}

irmi_arena *irmi_plan_arena(irm_plan *plan) {
  return &((plan_block *)plan)->arena;
}

void irm_plan_destroy(irm_plan *plan, const irm_allocator *allocator) {
  if (!plan) return;
  irmi_arena_destroy(irmi_plan_arena(plan));
  irmi_free(allocator, plan, ((plan_block *)plan)->bytes);
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

/* All slots one behind the other. */
static uint64_t stack_bytes(const irm_plan_problem *problem, const irm_plan *plan, uint64_t n,
                            uint64_t m) {
  uint64_t sum = 0;
  for (uint32_t slot = problem->bin_count; slot < plan->slot_count; slot++)
    sum = irm_bytes_add(sum, irm_size_evaluate_aligned(plan->slot_bytes[slot], n, m));
  return sum;
}

static uint64_t layout_bytes(const irm_plan *plan, const irm_plan_layout *layout, uint64_t *ends,
                             uint64_t n, uint64_t m) {
  uint64_t top = 0;
  for (uint32_t i = 0; i < layout->count; i++) {
    const irm_plan_place *place = &layout->places[i];
    uint64_t begin = place->behind_all ? top : 0;
    for (uint32_t k = 0; k < place->behind_count; k++)
      if (ends[place->behind[k]] > begin) begin = ends[place->behind[k]];
    uint64_t bytes = irm_size_evaluate_aligned(plan->slot_bytes[place->slot], n, m);
    ends[place->slot] = irm_bytes_add(begin, bytes);
    if (ends[place->slot] > top) top = ends[place->slot];
  }
  return top;
}

uint64_t irm_plan_arena_bytes(const irm_plan_problem *problem, const irm_plan *plan, uint64_t n,
                              uint64_t m) {
  if (plan->layout_count == 0) return stack_bytes(problem, plan, n, m);
  const irm_allocator *allocator = irmi_default_allocator();
  uint64_t *ends = irmi_calloc(allocator, plan->slot_count, sizeof *ends), least = UINT64_MAX;
  for (uint32_t i = 0; i < plan->layout_count; i++) {
    uint64_t bytes = layout_bytes(plan, &plan->layouts[i], ends, n, m);
    if (bytes < least) least = bytes;
  }
  irmi_free(allocator, ends, plan->slot_count * sizeof *ends);
  return least;
}
