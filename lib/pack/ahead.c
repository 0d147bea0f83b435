/* Looking ahead: time is swept backward over a line of addresses that is cut where the next to take
 * a byte changes. What begins replaces all cuts within it by one; what ends reads those within it,
 * and as it begins later on the way back, it removes what was read. */
#include "pack/ahead.h"

#include "pack/marks.h"
#include "pack/sort.h"
#include "support/vec.h"

#include <stdbool.h>

typedef struct looking {
  const irmi_taken *taken;
  uint64_t *address;    /* of each cut that can be, in order */
  uint32_t *low, *high; /* by taken: the numbers of its cuts */
  irmi_marks cuts;      /* that are */
  uint32_t *next;       /* by cut: who takes what is above it */
  irmi_vec(irmi_view) views;
  irmi_arena *arena;
} looking;

static uint32_t *sorted(irmi_keyed *keyed, uint32_t count, irmi_arena *arena) {
  uint32_t *numbers = IRMI_ARENA_ARRAY(arena, uint32_t, count);
  irmi_keyed *spare = irmi_alloc(arena->allocator, count * sizeof *spare);
  irmi_keyed_sort(keyed, spare, count);
  for (uint32_t i = 0; i < count; i++)
    numbers[i] = keyed[i].item;
  irmi_free(arena->allocator, spare, count * sizeof *spare);
  return numbers;
}

static uint32_t *order_of(const irmi_taken *taken, uint32_t count, bool by_end, irmi_arena *arena) {
  irmi_keyed *keyed = irmi_alloc(arena->allocator, count * sizeof *keyed);
  for (uint32_t i = 0; i < count; i++)
    keyed[i] = (irmi_keyed){by_end ? taken[i].life.end : taken[i].life.begin, i};
  uint32_t *numbers = sorted(keyed, count, arena);
  irmi_free(arena->allocator, keyed, count * sizeof *keyed);
  return numbers;
}

/* Numbers the addresses at which something begins or ends; 0 is the first. */
static uint32_t number_cuts(looking *l, uint32_t count) {
  uint32_t ends = 2 * count, cuts = 0;
  irmi_keyed *keyed = irmi_alloc(l->arena->allocator, ends * sizeof *keyed);
  for (uint32_t i = 0; i < count; i++) {
    keyed[2 * i] = (irmi_keyed){l->taken[i].offset, 2 * i};
    keyed[2 * i + 1] = (irmi_keyed){l->taken[i].end, 2 * i + 1};
  }
  sorted(keyed, ends, l->arena);
  l->address[cuts++] = 0;
  for (uint32_t i = 0; i < ends; i++) {
    if (keyed[i].key != l->address[cuts - 1]) l->address[cuts++] = keyed[i].key;
    uint32_t *edge = keyed[i].item % 2 ? l->high : l->low;
    edge[keyed[i].item / 2] = cuts - 1;
  }
  irmi_free(l->arena->allocator, keyed, ends * sizeof *keyed);
  return cuts;
}

static void cut(looking *l, uint32_t at) {
  uint32_t below = irmi_marks_at_or_below(&l->cuts, at);
  if (below == at) return;
  irmi_marks_add(&l->cuts, at);
  l->next[at] = l->next[below];
}

static void take(looking *l, uint32_t number) {
  uint32_t low = l->low[number], high = l->high[number];
  cut(l, low);
  cut(l, high);
  for (uint32_t at = low; (at = irmi_marks_above(&l->cuts, at)) < high;)
    irmi_marks_remove(&l->cuts, at);
  l->next[low] = number;
}

/* Adds the views between two cuts. */
static void view(looking *l, uint32_t low, uint32_t high) {
  uint32_t at = irmi_marks_at_or_below(&l->cuts, low);
  uint64_t offset = l->address[low];
  while (at < high) {
    irmi_view seen = {offset, l->next[at]};
    irmi_vec_push(l->arena->allocator, &l->views, seen);
    at = irmi_marks_above(&l->cuts, at);
    if (at < high) offset = l->address[at];
  }
}

static void look(looking *l, irmi_ahead *ahead, uint32_t count) {
  uint32_t begun = count, *from = IRMI_ARENA_ARRAY(l->arena, uint32_t, count);
  for (uint32_t i = count; i-- > 0;) {
    uint32_t number = ahead->by_end[i], time = l->taken[number].life.end;
    while (begun > 0 && l->taken[ahead->by_begin[begun - 1]].life.begin >= time)
      take(l, ahead->by_begin[--begun]);
    from[number] = (uint32_t)l->views.count;
    view(l, l->low[number], l->high[number]);
    ahead->first[number] = (uint32_t)l->views.count - from[number];
  }
  while (begun > 0)
    take(l, ahead->by_begin[--begun]);
  uint32_t all = (uint32_t)l->views.count, sum = 0;
  ahead->views = IRMI_ARENA_ARRAY(l->arena, irmi_view, all + 2 * (size_t)count + 2);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t seen = ahead->first[i];
    ahead->first[i] = sum;
    for (uint32_t k = 0; k < seen; k++)
      ahead->views[sum++] = l->views.items[from[i] + k];
  }
  ahead->first[count] = sum;
  view(l, 0, UINT32_MAX);
  for (uint32_t k = all; k < l->views.count; k++)
    ahead->views[sum++] = l->views.items[k];
  ahead->first[count + 1] = sum;
  irmi_vec_free(l->arena->allocator, &l->views);
}

irmi_ahead irmi_look_ahead(const irmi_taken *taken, uint32_t count, irmi_arena *arena) {
  uint32_t most = 2 * count + 1;
  looking l = {.taken = taken,
               .address = IRMI_ARENA_ARRAY(arena, uint64_t, most),
               .low = IRMI_ARENA_ARRAY(arena, uint32_t, count),
               .high = IRMI_ARENA_ARRAY(arena, uint32_t, count),
               .next = IRMI_ARENA_ARRAY(arena, uint32_t, most),
               .arena = arena};
  irmi_ahead ahead = {.first = IRMI_ARENA_ARRAY(arena, uint32_t, count + 2),
                      .by_begin = order_of(taken, count, false, arena),
                      .by_end = order_of(taken, count, true, arena)};
  irmi_marks_init(&l.cuts, number_cuts(&l, count), arena);
  irmi_marks_add(&l.cuts, 0);
  l.next[0] = IRMI_NOBODY;
  look(&l, &ahead, count);
  return ahead;
}
