/* Slots while they are filled. A slot is as large as its largest buffer; all its buffers fit in
 * that one for all n and m. */
#include "plan/internal.h"

static void add_bins(irmi_packing *packing) {
  const irmi_task *task = packing->task;
  const irm_plan_problem *problem = task->problem;
  for (uint32_t bin = 0; bin < problem->bin_count; bin++) {
    uint32_t size_class = task->class_of[problem->buffer_count + bin];
    irmi_slot slot = {size_class, IRMI_NONE, 0, IRMI_NONE, true};
    irmi_vec_push(packing->busy.allocator, &packing->slots, slot);
  }
}

void irmi_packing_init(irmi_packing *packing, const irmi_task *task) {
  const irm_plan_problem *problem = task->problem;
  *packing = (irmi_packing){.task = task, .busy = {.allocator = task->arena->allocator}};
  packing->slot_of = irmi_calloc(task->arena->allocator, problem->buffer_count, sizeof(uint32_t));
  add_bins(packing);
  for (uint32_t i = 0; i < problem->buffer_count; i++) {
    packing->slot_of[i] = IRMI_NONE;
    if (problem->buffers[i].bin != IRM_PLAN_ANYWHERE)
      irmi_packing_place(packing, problem->buffers[i].bin, i);
  }
}

void irmi_packing_free(irmi_packing *packing) {
  const irm_allocator *allocator = packing->busy.allocator;
  irmi_vec_free(allocator, &packing->slots);
  irmi_vec_free(allocator, &packing->busy.spans);
  irmi_free(allocator, packing->slot_of, packing->task->problem->buffer_count * sizeof(uint32_t));
}

uint32_t irmi_packing_class_with(const irmi_packing *packing, uint32_t slot, uint32_t buffer) {
  const irmi_task *task = packing->task;
  const irm_plan_buffer *b = &task->problem->buffers[buffer];
  const irmi_slot *s = &packing->slots.items[slot];
  uint32_t wanted = task->class_of[buffer], has = s->size_class;
  if (b->no_bin && slot < task->problem->bin_count) return IRMI_NONE;
  if (irmi_task_fits(task, wanted, has))
    return b->exact && !irmi_task_fits(task, has, wanted) ? IRMI_NONE : has;
  return !s->fixed && irmi_task_fits(task, has, wanted) ? wanted : IRMI_NONE;
}

bool irmi_packing_is_free(const irmi_packing *packing, uint32_t slot, uint32_t buffer) {
  const irm_plan_buffer *b = &packing->task->problem->buffers[buffer];
  const irmi_slot *s = &packing->slots.items[slot];
  if (s->horizon <= b->lifetime[0].begin) return true;
  for (uint32_t k = 0; k < b->lifetime_count; k++)
    if (irmi_busy_hits(&packing->busy, s->busy, b->lifetime[k])) return false;
  return true;
}

uint32_t irmi_packing_open(irmi_packing *packing, uint32_t buffer) {
  irmi_slot slot = {packing->task->class_of[buffer], IRMI_NONE, 0, IRMI_NONE, false};
  irmi_vec_push(packing->busy.allocator, &packing->slots, slot);
  return (uint32_t)packing->slots.count - 1;
}

void irmi_packing_place(irmi_packing *packing, uint32_t slot, uint32_t buffer) {
  const irm_plan_buffer *b = &packing->task->problem->buffers[buffer];
  irmi_slot *s = &packing->slots.items[slot];
  uint32_t size_class = irmi_packing_class_with(packing, slot, buffer);
  if (size_class != IRMI_NONE) s->size_class = size_class;
  if (b->exact) s->fixed = true;
  for (uint32_t k = 0; k < b->lifetime_count; k++) {
    s->busy = irmi_busy_add(&packing->busy, s->busy, b->lifetime[k]);
    if (b->lifetime[k].end > s->horizon) s->horizon = b->lifetime[k].end;
  }
  packing->slot_of[buffer] = slot;
}
