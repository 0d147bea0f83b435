/* The checker. It knows the definition of a plan and nothing of how plans are made; it uses nothing
 * of this folder. */
#include "irmem/plan.h"

#include "support/alloc.h"

#include <stdlib.h>

typedef struct stay {
  uint32_t slot, begin, end, buffer;
} stay;

static bool is_fault(irm_plan_fault *fault, uint32_t a, uint32_t b, const char *message) {
  if (fault) *fault = (irm_plan_fault){a, b, message};
  return true;
}

/* What is wrong with one buffer's place, whatever else is there. */
static bool is_misplaced(const irm_plan_problem *problem, const irm_plan *plan, uint32_t i,
                         irm_plan_fault *fault) {
  const irm_plan_buffer *buffer = &problem->buffers[i];
  uint32_t slot = plan->slot_of[i];
  if (slot >= plan->slot_count) return is_fault(fault, i, i, "is in a slot that does not exist");
  if (buffer->bin != IRM_PLAN_ANYWHERE && slot != buffer->bin)
    return is_fault(fault, i, i, "is not in its bin");
  if (buffer->no_bin && slot < problem->bin_count)
    return is_fault(fault, i, i, "is in a bin where it may not be");
  if (!irm_size_fits(buffer->bytes, plan->slot_bytes[slot]))
    return is_fault(fault, i, i, "does not fit in its slot for all n and m");
  if (buffer->exact && !irm_size_fits(plan->slot_bytes[slot], buffer->bytes))
    return is_fault(fault, i, i, "is in a slot that is larger than it");
  return false;
}

static bool are_bins_wrong(const irm_plan_problem *problem, const irm_plan *plan,
                           irm_plan_fault *fault) {
  if (plan->slot_count < problem->bin_count) return is_fault(fault, 0, 0, "a bin is missing");
  for (uint32_t i = 0; i < problem->bin_count; i++)
    if (!irm_size_equal(plan->slot_bytes[i], problem->bins[i].bytes))
      return is_fault(fault, 0, 0, "a bin has another size");
  return false;
}

static int compare_stays(const void *left, const void *right) {
  const stay *x = left, *y = right;
  if (x->slot != y->slot) return x->slot < y->slot ? -1 : 1;
  if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
  return x->buffer < y->buffer ? -1 : x->buffer > y->buffer;
}

/* In each slot, in order of time, every stay must begin when all before it have ended. */
static bool do_stays_meet(const stay *stays, size_t count, irm_plan_fault *fault) {
  for (size_t i = 1, last = 0; i < count; i++) {
    bool same = stays[i].slot == stays[last].slot;
    if (same && stays[i].begin < stays[last].end)
      return is_fault(fault, stays[last].buffer, stays[i].buffer,
                      "share a slot and are alive at one point");
    last = i;
  }
  return false;
}

static bool do_buffers_meet(const irm_plan_problem *problem, const irm_plan *plan,
                            irm_plan_fault *fault) {
  const irm_allocator *allocator = irmi_default_allocator();
  size_t total = 0, at = 0;
  for (uint32_t i = 0; i < problem->buffer_count; i++)
    total += problem->buffers[i].lifetime_count;
  stay *stays = irmi_calloc(allocator, total, sizeof *stays);
  for (uint32_t i = 0; i < problem->buffer_count; i++)
    for (uint32_t k = 0; k < problem->buffers[i].lifetime_count; k++) {
      irm_interval life = problem->buffers[i].lifetime[k];
      stays[at++] = (stay){plan->slot_of[i], life.begin, life.end, i};
    }
  if (total > 1) qsort(stays, total, sizeof *stays, compare_stays);
  bool meet = do_stays_meet(stays, total, fault);
  irmi_free(allocator, stays, total * sizeof *stays);
  return meet;
}

/* In a typed problem, whether a slot has buffers of two kinds. */
static bool do_kinds_mix(const irm_plan_problem *problem, const irm_plan *plan,
                         irm_plan_fault *fault) {
  const irm_allocator *allocator = irmi_default_allocator();
  uint32_t *first = irmi_calloc(allocator, plan->slot_count, sizeof *first); /* counted from 1 */
  bool mix = false;
  for (uint32_t i = 0; i < problem->buffer_count && problem->typed && !mix; i++) {
    uint32_t slot = plan->slot_of[i], before = first[slot] ? first[slot] - 1 : i;
    uint32_t kind =
        slot < problem->bin_count ? problem->bins[slot].kind : problem->buffers[before].kind;
    if (!first[slot]) first[slot] = i + 1;
    if (problem->buffers[i].kind != kind)
      mix = is_fault(fault, before, i, "is in a slot of another kind");
  }
  irmi_free(allocator, first, plan->slot_count * sizeof *first);
  return mix;
}

bool irm_plan_check(const irm_plan_problem *problem, const irm_plan *plan, irm_plan_fault *fault) {
  if (are_bins_wrong(problem, plan, fault)) return false;
  for (uint32_t i = 0; i < problem->buffer_count; i++)
    if (is_misplaced(problem, plan, i, fault)) return false;
  return !do_kinds_mix(problem, plan, fault) && !do_buffers_meet(problem, plan, fault);
}
