/* All assignments of a few buffers to slots, largest buffers first, cut where the bytes so far are
 * no less than what is known already. Complete: a set of buffers that may share a slot may do so in
 * whichever order they come. */
#include "plan/internal.h"

typedef struct search {
  irmi_packing *packing;
  uint32_t *order;
  uint32_t count;
  uint64_t conflicts[IRMI_EXACT_BUFFERS];   /* buffers alive together with each */
  uint64_t members[2 * IRMI_EXACT_BUFFERS]; /* buffers in each slot */
  uint32_t slot_of[IRMI_EXACT_BUFFERS];     /* the best so far, by place in the order */
  uint64_t bound, bytes, floor, budget;
  bool found;
} search;

static bool overlap(const irm_plan_buffer *x, const irm_plan_buffer *y) {
  uint32_t i = 0, k = 0;
  while (i < x->lifetime_count && k < y->lifetime_count) {
    irm_interval a = x->lifetime[i], b = y->lifetime[k];
    if (a.begin < b.end && b.begin < a.end) return true;
    if (a.end < b.end)
      i++;
    else
      k++;
  }
  return false;
}

static void find_conflicts(search *s) {
  const irm_plan_problem *problem = s->packing->task->problem;
  for (uint32_t i = 0; i < problem->buffer_count; i++)
    for (uint32_t k = 0; k < problem->buffer_count; k++)
      if (overlap(&problem->buffers[i], &problem->buffers[k])) s->conflicts[i] |= UINT64_C(1) << k;
}

static void assign(search *s, uint32_t at);

/* Goes on with the buffer in the slot, whose class becomes `with`, and takes it out again. */
static void try_slot(search *s, uint32_t at, uint32_t slot, uint32_t with, uint64_t more) {
  uint32_t buffer = s->order[at];
  irmi_slot before = s->packing->slots.items[slot], *now = &s->packing->slots.items[slot];
  now->size_class = with;
  now->fixed |= s->packing->task->problem->buffers[buffer].exact;
  s->members[slot] |= UINT64_C(1) << buffer;
  s->packing->slot_of[buffer] = slot;
  s->bytes += more;
  assign(s, at + 1);
  s->bytes -= more;
  s->members[slot] &= ~(UINT64_C(1) << buffer);
  s->packing->slots.items[slot] = before;
}

static void try_slots(search *s, uint32_t at) {
  uint32_t buffer = s->order[at];
  const irmi_task *task = s->packing->task;
  for (uint32_t slot = 0; slot < s->packing->slots.count; slot++) {
    uint32_t with = irmi_packing_class_with(s->packing, slot, buffer);
    if (with == IRMI_NONE || (s->members[slot] & s->conflicts[buffer])) continue;
    uint32_t has = s->packing->slots.items[slot].size_class;
    try_slot(s, at, slot, with, task->weights[with] - task->weights[has]);
  }
  uint32_t slot = irmi_packing_open(s->packing, buffer);
  try_slot(s, at, slot, task->class_of[buffer], task->weights[task->class_of[buffer]]);
  s->packing->slots.count--;
}

static void assign(search *s, uint32_t at) {
  if (s->bytes >= s->bound || s->bound <= s->floor || s->budget == 0) return;
  s->budget--;
  if (at < s->count) {
    try_slots(s, at);
    return;
  }
  s->bound = s->bytes;
  s->found = true;
  for (uint32_t i = 0; i < s->count; i++)
    s->slot_of[i] = s->packing->slot_of[s->order[i]];
}

/* Carries out the best assignment: slots have the numbers in which the search opened them. */
static void carry_out(search *s) {
  for (uint32_t i = 0; i < s->count; i++) {
    if (s->slot_of[i] == s->packing->slots.count) irmi_packing_open(s->packing, s->order[i]);
    irmi_packing_place(s->packing, s->slot_of[i], s->order[i]);
  }
}

bool irmi_pack_exact(irmi_packing *packing, uint64_t bound, uint64_t budget) {
  const irm_plan_problem *problem = packing->task->problem;
  if (problem->buffer_count > IRMI_EXACT_BUFFERS || problem->bin_count > IRMI_EXACT_BUFFERS)
    return false;
  search s = {.packing = packing, .bound = bound, .budget = budget};
  s.order = irmi_task_order(packing->task, IRMI_BY_SIZE, &s.count);
  s.floor = irmi_task_load(packing->task);
  find_conflicts(&s);
  for (uint32_t i = 0; i < problem->buffer_count; i++)
    if (problem->buffers[i].bin != IRM_PLAN_ANYWHERE)
      s.members[problem->buffers[i].bin] |= UINT64_C(1) << i;
  assign(&s, 0);
  if (s.found) carry_out(&s);
  return s.found;
}
