/* Where the memory of an allocation is needed: on the ways from the call that allocates it to the
 * uses, found from each use backward, block by block. */
#include "function.h"

#include <stdlib.h>

typedef struct walk {
  irmi_function *f;
  irmi_allocation *allocation;
  irmi_map places;            /* block -> its entry in needed */
  irmi_vec(uint32_t) pending; /* blocks whose start needs the memory */
} walk;

static irmi_needed *entry_of(walk *w, uint32_t block) {
  uint64_t place;
  irmi_allocation *a = w->allocation;
  if (!irmi_map_find(&w->places, block, &place)) {
    place = a->needed.count;
    irmi_map_set(&w->places, block, place);
    irmi_vec_push(w->f->arena.allocator, &a->needed, ((irmi_needed){.block = block}));
  }
  return &a->needed.items[place];
}

/* Up to an instruction of a block, and from where it is allocated or the block's start on. */
static void need(walk *w, irmi_position position) {
  irmi_needed *entry = entry_of(w, position.block);
  irmi_position where = w->allocation->where;
  if (position.at > entry->last) entry->last = position.at;
  if (entry->from_start || (position.block == where.block && position.at > where.at)) return;
  entry->from_start = true;
  irmi_vec_push(w->f->arena.allocator, &w->pending, position.block);
}

static void need_before(walk *w, uint32_t block) {
  irmi_function *f = w->f;
  irmi_spend(f, 1);
  for (uint32_t k = f->first_before[block]; k < f->first_before[block + 1]; k++)
    need(w, (irmi_position){f->before[k], IRMI_TO_THE_END});
}

static int by_block(const void *left, const void *right) {
  const irmi_needed *x = left, *y = right;
  return x->block < y->block ? -1 : x->block > y->block;
}

void irmi_find_needed(irmi_function *f, irmi_allocation *allocation) {
  walk w = {.f = f, .allocation = allocation};
  irmi_map_init(&w.places, f->arena.allocator);
  for (size_t k = 0; k < allocation->uses.count; k++)
    need(&w, irmi_position_of(f, allocation->uses.items[k]));
  while (w.pending.count && f->effort > 0)
    need_before(&w, w.pending.items[--w.pending.count]);
  if (allocation->needed.count > 1)
    qsort(allocation->needed.items, allocation->needed.count, sizeof(irmi_needed), by_block);
  irmi_vec_free(f->arena.allocator, &w.pending);
  irmi_map_destroy(&w.places);
}

bool irmi_is_needed_behind(const irmi_allocation *allocation, irmi_position position) {
  size_t low = 0, high = allocation->needed.count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (allocation->needed.items[middle].block < position.block)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == allocation->needed.count) return false;
  irmi_needed entry = allocation->needed.items[low];
  bool begun = entry.from_start || position.at >= allocation->where.at;
  return entry.block == position.block && begun && position.at < entry.last;
}
