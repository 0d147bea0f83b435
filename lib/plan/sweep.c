/* Packing by start. Buffers come in order of their first point, so a slot is either open (free from
 * now on), or busy; a slot whose buffers sleep between their intervals has gaps. Each buffer takes,
 * of the sizes that hold it from the tightest up, a gap, a fixed slot, or any open slot; else the
 * largest open slot that may grow; else a new one. On plain intervals of one size this is optimal.
 */
#include "plan/internal.h"

/* Gaps of one class that one buffer looks at, and classes that all buffers together look at. */
#define GAPS_LOOKED_AT    32
#define CLASSES_LOOKED_AT (UINT64_C(1) << 27)

/* Something that happens at a time: a slot becomes open, or a gap of it begins. */
typedef struct event {
  uint32_t at, slot, gap_end;
} event;

typedef irmi_vec(event) event_heap;

typedef struct gap {
  uint32_t slot, end, next;
} gap;

/* Lists by size class. */
typedef struct sweep {
  irmi_packing *packing;
  const irm_allocator *allocator;
  uint32_t *open;  /* slots that may grow */
  uint32_t *fixed; /* slots that may not */
  uint32_t *gaps;
  irmi_vec(gap) gap_pool;
  event_heap closing, sleeping;
  uint64_t budget;
} sweep;

/* Whether the work may go on. */
static bool spend(sweep *s) {
  if (s->budget) s->budget--;
  return s->budget > 0;
}

/* Events --------------------------------------------------------------------------------------- */

static bool earlier(event x, event y) {
  return x.at != y.at ? x.at < y.at : x.slot < y.slot;
}

static void heap_push(const irm_allocator *allocator, event_heap *heap, event item) {
  irmi_vec_push(allocator, heap, item);
  size_t i = heap->count - 1;
  for (; i > 0 && earlier(item, heap->items[(i - 1) / 2]); i = (i - 1) / 2)
    heap->items[i] = heap->items[(i - 1) / 2];
  heap->items[i] = item;
}

static event heap_pop(event_heap *heap) {
  event first = heap->items[0], last = heap->items[--heap->count];
  size_t i = 0;
  for (;;) {
    size_t child = 2 * i + 1;
    if (child >= heap->count) break;
    if (child + 1 < heap->count && earlier(heap->items[child + 1], heap->items[child])) child++;
    if (!earlier(heap->items[child], last)) break;
    heap->items[i] = heap->items[child];
    i = child;
  }
  heap->items[i] = last;
  return first;
}

/* Lists ---------------------------------------------------------------------------------------- */

static void list_slot(sweep *s, uint32_t slot) {
  irmi_slot *it = &s->packing->slots.items[slot];
  uint32_t *list = it->fixed ? &s->fixed[it->size_class] : &s->open[it->size_class];
  it->next = *list;
  *list = slot;
}

static uint32_t unlist_slot(sweep *s, uint32_t *list) {
  uint32_t slot = *list;
  *list = s->packing->slots.items[slot].next;
  return slot;
}

static void list_gap(sweep *s, uint32_t number) {
  gap *it = &s->gap_pool.items[number];
  uint32_t *list = &s->gaps[s->packing->slots.items[it->slot].size_class];
  it->next = *list;
  *list = number;
}

/* Lets time pass: slots that have become open and gaps that have begun enter their lists. */
static void advance(sweep *s, uint32_t now) {
  while (s->closing.count && s->closing.items[0].at <= now) {
    event e = heap_pop(&s->closing);
    uint32_t horizon = s->packing->slots.items[e.slot].horizon;
    if (horizon > now)
      heap_push(s->allocator, &s->closing, (event){horizon, e.slot, 0});
    else
      list_slot(s, e.slot);
  }
  while (s->sleeping.count && s->sleeping.items[0].at <= now) {
    event e = heap_pop(&s->sleeping);
    if (e.gap_end <= now) continue;
    gap new_gap = {e.slot, e.gap_end, IRMI_NONE};
    irmi_vec_push(s->allocator, &s->gap_pool, new_gap);
    list_gap(s, (uint32_t)s->gap_pool.count - 1);
  }
}

/* Announces the gap that begins at a point where a buffer of the slot ends. */
static void announce_gap(sweep *s, uint32_t slot, uint32_t begin) {
  uint32_t end = irmi_busy_next(&s->packing->busy, s->packing->slots.items[slot].busy, begin);
  if (end != UINT32_MAX && end > begin)
    heap_push(s->allocator, &s->sleeping, (event){begin, slot, end});
}

/* Choosing ------------------------------------------------------------------------------------- */

/* A slot of the class that sleeps long enough, or IRMI_NONE. Drops gaps that are over on the way.
 */
static uint32_t slot_with_gap(sweep *s, uint32_t size_class, uint32_t buffer) {
  uint32_t now = s->packing->task->problem->buffers[buffer].lifetime[0].begin;
  uint32_t *link = &s->gaps[size_class];
  for (int looked_at = 0; *link != IRMI_NONE && looked_at < GAPS_LOOKED_AT; looked_at++) {
    uint32_t number = *link;
    gap *it = &s->gap_pool.items[number];
    if (it->end <= now || s->packing->slots.items[it->slot].size_class != size_class) {
      *link = it->next;
      if (it->end > now) list_gap(s, number); /* the slot has grown */
      continue;
    }
    if (irmi_packing_class_with(s->packing, it->slot, buffer) == size_class &&
        irmi_packing_is_free(s->packing, it->slot, buffer))
      return it->slot;
    link = &it->next;
  }
  return IRMI_NONE;
}

static uint32_t fixed_slot(sweep *s, uint32_t size_class, uint32_t buffer) {
  uint32_t *link = &s->fixed[size_class];
  for (; *link != IRMI_NONE; link = &s->packing->slots.items[*link].next) {
    if (irmi_packing_class_with(s->packing, *link, buffer) != IRMI_NONE)
      return unlist_slot(s, link);
    if (!spend(s)) break;
  }
  return IRMI_NONE;
}

/* Puts a buffer in an open slot or a new one. */
static void place_behind(sweep *s, uint32_t slot, uint32_t buffer) {
  irmi_packing_place(s->packing, slot, buffer);
  uint32_t horizon = s->packing->slots.items[slot].horizon;
  heap_push(s->allocator, &s->closing, (event){horizon, slot, 0});
}

/* The slot that takes the buffer without growing; *open: it came from a list of open slots. */
static uint32_t slot_that_holds(sweep *s, uint32_t buffer, bool *open) {
  const irmi_task *task = s->packing->task;
  bool exact = task->problem->buffers[buffer].exact;
  uint32_t own = task->class_of[buffer], last = exact ? own : task->class_count - 1;
  for (uint32_t c = own; c <= last && spend(s); c++) {
    if (s->gaps[c] == IRMI_NONE && s->fixed[c] == IRMI_NONE && s->open[c] == IRMI_NONE) continue;
    if (!irmi_task_fits(task, own, c)) continue;
    *open = false;
    uint32_t slot = slot_with_gap(s, c, buffer);
    if (slot != IRMI_NONE) return slot;
    *open = true;
    slot = fixed_slot(s, c, buffer);
    if (slot != IRMI_NONE) return slot;
    if (s->open[c] != IRMI_NONE) return unlist_slot(s, &s->open[c]);
  }
  return IRMI_NONE;
}

/* The largest open slot that can become as large as the buffer, or IRMI_NONE. */
static uint32_t slot_that_grows(sweep *s, uint32_t buffer) {
  const irmi_task *task = s->packing->task;
  uint32_t own = task->class_of[buffer];
  for (uint32_t c = own; c-- > 0 && spend(s);)
    if (s->open[c] != IRMI_NONE && irmi_task_fits(task, c, own)) return unlist_slot(s, &s->open[c]);
  return IRMI_NONE;
}

static void place(sweep *s, uint32_t buffer) {
  bool open = true;
  uint32_t slot = slot_that_holds(s, buffer, &open);
  if (slot == IRMI_NONE) {
    open = true;
    slot = slot_that_grows(s, buffer);
  }
  if (slot == IRMI_NONE) slot = irmi_packing_open(s->packing, buffer);
  if (open)
    place_behind(s, slot, buffer);
  else
    irmi_packing_place(s->packing, slot, buffer);
  const irm_plan_buffer *b = &s->packing->task->problem->buffers[buffer];
  for (uint32_t k = 0; k < b->lifetime_count; k++)
    announce_gap(s, slot, b->lifetime[k].end);
}

/* Whole sweeps --------------------------------------------------------------------------------- */

/* Bins hold already what must be in them: all other times are gaps. */
static void begin_with_bins(sweep *s) {
  const irm_plan_problem *problem = s->packing->task->problem;
  for (uint32_t bin = 0; bin < problem->bin_count; bin++) {
    heap_push(s->allocator, &s->closing, (event){s->packing->slots.items[bin].horizon, bin, 0});
    announce_gap(s, bin, 0);
  }
  for (uint32_t i = 0; i < problem->buffer_count; i++) {
    const irm_plan_buffer *b = &problem->buffers[i];
    if (b->bin == IRM_PLAN_ANYWHERE) continue;
    for (uint32_t k = 0; k < b->lifetime_count; k++)
      announce_gap(s, b->bin, b->lifetime[k].end);
  }
}

static uint32_t *empty_lists(const irmi_task *task) {
  uint32_t *lists = irmi_alloc(task->arena->allocator, task->class_count * sizeof(uint32_t));
  for (uint32_t i = 0; i < task->class_count; i++)
    lists[i] = IRMI_NONE;
  return lists;
}

static void free_sweep(sweep *s, const irmi_task *task) {
  size_t bytes = task->class_count * sizeof(uint32_t);
  irmi_free(s->allocator, s->open, bytes);
  irmi_free(s->allocator, s->fixed, bytes);
  irmi_free(s->allocator, s->gaps, bytes);
  irmi_vec_free(s->allocator, &s->gap_pool);
  irmi_vec_free(s->allocator, &s->closing);
  irmi_vec_free(s->allocator, &s->sleeping);
}

bool irmi_pack_by_start(irmi_packing *packing) {
  const irmi_task *task = packing->task;
  sweep s = {.packing = packing, .allocator = task->arena->allocator, .budget = CLASSES_LOOKED_AT};
  s.open = empty_lists(task);
  s.fixed = empty_lists(task);
  s.gaps = empty_lists(task);
  begin_with_bins(&s);
  uint32_t count;
  uint32_t *order = irmi_task_order(task, IRMI_BY_START, &count);
  for (uint32_t i = 0; i < count && s.budget; i++) {
    advance(&s, task->problem->buffers[order[i]].lifetime[0].begin);
    place(&s, order[i]);
  }
  free_sweep(&s, task);
  return s.budget > 0;
}
