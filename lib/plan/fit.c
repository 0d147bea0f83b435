/* Packing in any order: each buffer goes into the first slot that is free while it lives, or into
 * the tightest. */
#include "plan/internal.h"

/* Bytes at the reference sizes by which a slot is larger than the buffer needs, if the buffer may
 * be in it. Slots that would have to grow come behind all others, the one that grows least first.
 */
static uint64_t looseness(const irmi_packing *packing, uint32_t slot, uint32_t with,
                          uint32_t buffer) {
  const irmi_task *task = packing->task;
  uint32_t has = packing->slots.items[slot].size_class;
  if (with != has) return UINT64_MAX / 2 + (task->weights[with] - task->weights[has]) / 2;
  return (task->weights[has] - task->weights[task->class_of[buffer]]) / 2;
}

/* The slot to take, or IRMI_NONE for a new one. */
static uint32_t choose(const irmi_packing *packing, uint32_t buffer, irmi_choice choice,
                       uint64_t *budget) {
  uint32_t best = IRMI_NONE;
  uint64_t least = UINT64_MAX;
  for (uint32_t slot = 0; slot < packing->slots.count && *budget; slot++, --*budget) {
    uint32_t with = irmi_packing_class_with(packing, slot, buffer);
    if (with == IRMI_NONE) continue;
    uint64_t loose = looseness(packing, slot, with, buffer);
    if (loose >= least || !irmi_packing_is_free(packing, slot, buffer)) continue;
    best = slot;
    least = loose;
    if (choice == IRMI_FIRST_FIT || loose == 0) break;
  }
  return best;
}

bool irmi_pack_by_fit(irmi_packing *packing, irmi_order order, irmi_choice choice,
                      uint64_t *budget) {
  uint32_t count;
  uint32_t *buffers = irmi_task_order(packing->task, order, &count);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t slot = choose(packing, buffers[i], choice, budget);
    if (*budget == 0) return false;
    if (slot == IRMI_NONE) slot = irmi_packing_open(packing, buffers[i]);
    irmi_packing_place(packing, slot, buffers[i]);
  }
  return true;
}
