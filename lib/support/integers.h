/* Small questions about whole numbers. */
#ifndef IRMEM_SUPPORT_INTEGERS_H
#define IRMEM_SUPPORT_INTEGERS_H

#include <stdint.h>

/* The greatest number that divides both; the other where one is 0. */
static inline uint64_t irmi_common_divisor(uint64_t a, uint64_t b) {
  while (b) {
    uint64_t rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

/* The first place from low on, and before high, with a number that is at least so large; high where
 * there is none. Ascending numbers. O(log) of the places. */
static inline uint32_t irmi_first_from(const uint32_t *numbers, uint32_t low, uint32_t high,
                                       uint32_t least) {
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (numbers[middle] < least)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

#endif
