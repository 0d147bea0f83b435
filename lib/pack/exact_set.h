/* Sets of blocks, as bits of words. */
#ifndef IRMEM_PACK_EXACT_SET_H
#define IRMEM_PACK_EXACT_SET_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static inline bool irmi_set_has(const uint64_t *set, uint32_t item) {
  return set[item / 64] >> (item % 64) & 1;
}

static inline void irmi_set_add(uint64_t *set, uint32_t item) {
  set[item / 64] |= UINT64_C(1) << (item % 64);
}

static inline void irmi_set_clear(uint64_t *set, uint32_t words) {
  memset(set, 0, words * sizeof *set);
}

static inline void irmi_set_copy(uint64_t *set, const uint64_t *other, uint32_t words) {
  memcpy(set, other, words * sizeof *set);
}

static inline void irmi_set_join(uint64_t *set, const uint64_t *other, uint32_t words) {
  for (uint32_t w = 0; w < words; w++)
    set[w] |= other[w];
}

static inline bool irmi_set_meets(const uint64_t *set, const uint64_t *other, uint32_t words) {
  uint64_t common = 0;
  for (uint32_t w = 0; w < words; w++)
    common |= set[w] & other[w];
  return common != 0;
}

#endif
