/* Sorting numbered things by a key. */
#ifndef IRMEM_PACK_SORT_H
#define IRMEM_PACK_SORT_H

#include <stddef.h>
#include <stdint.h>

typedef struct irmi_keyed {
  uint64_t key;
  uint32_t item;
} irmi_keyed;

/* Smallest key first; equal keys stay in the order they had. spare has room for as many. Radix
 * sort: O(count) for each byte in which keys differ, and at once where they are in order. */
void irmi_keyed_sort(irmi_keyed *items, irmi_keyed *spare, size_t count);

#endif
