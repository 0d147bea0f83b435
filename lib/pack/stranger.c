/* A packer from outside gets the whole problem and is believed nothing. */
#include "pack/stranger.h"

#include "pack/packers.h"

static uint64_t height_of(const irm_pack_problem *problem, const uint64_t *offsets) {
  uint64_t height = 0;
  for (size_t i = 0; i < problem->buffer_count; i++) {
    uint64_t bytes = problem->buffers[i].bytes, end = offsets[i] + bytes;
    if (bytes > 0 && end > height) height = end;
  }
  return height;
}

/* The steps it used: all of them when it says that it has more than it got. */
static uint64_t run(const irm_pack_problem *problem, const irm_pack_effort *effort,
                    const irm_allocator *allocator, uint64_t *offsets, bool *found) {
  uint64_t steps = effort->steps;
  if (steps == 0) steps = irmi_quick_steps((uint32_t)problem->buffer_count);
  uint64_t left = steps;
  for (size_t i = 0; i < problem->buffer_count; i++)
    offsets[i] = IRM_PACK_ANYWHERE; /* no offset, if it gives none */
  *found = effort->packer->pack(problem, &left, allocator, offsets);
  return left < steps ? steps - left : steps;
}

irm_pack_result irmi_pack_with_stranger(const irm_pack_problem *problem,
                                        const irm_pack_effort *effort,
                                        const irm_allocator *allocator, uint64_t *offsets) {
  irm_pack_problem boundless = *problem;
  boundless.capacity = UINT64_MAX;
  irm_pack_result result = {.height = UINT64_MAX, .packer = effort->packer->name};
  result.bound = irm_pack_alive(problem, allocator, &result.point);
  result.status = IRM_PACK_IMPOSSIBLE;
  if (result.bound > problem->capacity) return result;
  bool found;
  result.steps = run(problem, effort, allocator, offsets, &found);
  result.status = IRM_PACK_GAVE_UP;
  if (!found) return result;
  result.fault = irm_pack_check(&boundless, offsets, allocator);
  result.status = IRM_PACK_WRONG;
  if (result.fault.message) return result;
  result.height = height_of(problem, offsets);
  result.status = result.height <= problem->capacity ? IRM_PACK_FOUND : IRM_PACK_GAVE_UP;
  return result;
}
