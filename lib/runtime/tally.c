/* Keys are noted one by one. When the room is full they are sorted, equal ones made one, and at
 * most half of it is kept: O(keys * log(room)) for all of them. */
#include "runtime/tally.h"

#define FEW 24

irmi_tallies irmi_tallies_open(irmi_tally *items, int64_t room) {
  return (irmi_tallies){.items = items, .room = room, .most = INT64_MAX};
}

static void sort_few(irmi_tally *items, int64_t count) {
  for (int64_t i = 1; i < count; i++) {
    irmi_tally item = items[i];
    int64_t at = i;
    for (; at > 0 && items[at - 1].key > item.key; at--)
      items[at] = items[at - 1];
    items[at] = item;
  }
}

/* Puts an item into a heap whose greatest key is on top, from the hole at its place down. */
static void sift(irmi_tally *items, int64_t count, int64_t hole, irmi_tally item) {
  for (int64_t child; (child = 2 * hole + 1) < count; hole = child) {
    if (child + 1 < count && items[child + 1].key > items[child].key) child++;
    if (items[child].key <= item.key) break;
    items[hole] = items[child];
  }
  items[hole] = item;
}

static void sort_heap(irmi_tally *items, int64_t count) {
  for (int64_t i = count / 2; i-- > 0;)
    sift(items, count, i, items[i]);
  for (int64_t last = count - 1; last > 0; last--) {
    irmi_tally item = items[last];
    items[last] = items[0];
    sift(items, last, 0, item);
  }
}

void irmi_tallies_close(irmi_tallies *tallies) {
  irmi_tally *items = tallies->items;
  if (tallies->count <= FEW)
    sort_few(items, tallies->count);
  else
    sort_heap(items, tallies->count);
  int64_t kept = 0;
  for (int64_t i = 0; i < tallies->count; i++) {
    if (kept > 0 && items[kept - 1].key == items[i].key)
      items[kept - 1].count += items[i].count;
    else
      items[kept++] = items[i];
  }
  tallies->count = kept;
}

static void make_room(irmi_tallies *tallies) {
  irmi_tallies_close(tallies);
  if (tallies->count <= tallies->room / 2) return;
  tallies->count = tallies->room / 2;
  tallies->most = tallies->items[tallies->count - 1].key;
  tallies->is_cut = true;
}

void irmi_tallies_add(irmi_tallies *tallies, int64_t key) {
  if (tallies->count == tallies->room) make_room(tallies);
  if (key > tallies->most) return;
  if (tallies->count > 0 && tallies->items[tallies->count - 1].key == key)
    tallies->items[tallies->count - 1].count++;
  else
    tallies->items[tallies->count++] = (irmi_tally){key, 1};
}
