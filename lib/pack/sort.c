/* Sorting by key: radix sort, a byte at a time from the least, bytes that are equal in all keys
 * left out; few items are inserted. */
#include "pack/sort.h"

#include <stdbool.h>
#include <string.h>

#define DIGITS 256
#define BYTES  8
#define FEW    48

static void sort_few(irmi_keyed *items, size_t count) {
  for (size_t i = 1; i < count; i++) {
    irmi_keyed item = items[i];
    size_t k = i;
    for (; k > 0 && items[k - 1].key > item.key; k--)
      items[k] = items[k - 1];
    items[k] = item;
  }
}

/* The bits in which keys differ; none where they are in order. */
static uint64_t out_of_order(const irmi_keyed *items, size_t count) {
  uint64_t bits = 0;
  bool sorted = true;
  for (size_t i = 1; i < count; i++) {
    bits |= items[i].key ^ items[0].key;
    sorted &= items[i - 1].key <= items[i].key;
  }
  return sorted ? 0 : bits;
}

static void sort_byte(const irmi_keyed *from, irmi_keyed *to, size_t count, int shift) {
  size_t place[DIGITS] = {0}, sum = 0;
  for (size_t i = 0; i < count; i++)
    place[from[i].key >> shift & (DIGITS - 1)]++;
  for (int digit = 0; digit < DIGITS; digit++) {
    size_t here = place[digit];
    place[digit] = sum;
    sum += here;
  }
  for (size_t i = 0; i < count; i++)
    to[place[from[i].key >> shift & (DIGITS - 1)]++] = from[i];
}

void irmi_keyed_sort(irmi_keyed *items, irmi_keyed *spare, size_t count) {
  if (count <= FEW) {
    sort_few(items, count);
    return;
  }
  uint64_t bits = out_of_order(items, count);
  irmi_keyed *from = items, *to = spare;
  for (int byte = 0; byte < BYTES; byte++) {
    if ((bits >> (8 * byte) & (DIGITS - 1)) == 0) continue;
    sort_byte(from, to, count, 8 * byte);
    irmi_keyed *swapped = from;
    from = to;
    to = swapped;
  }
  if (from != items) memcpy(items, from, count * sizeof *items);
}
