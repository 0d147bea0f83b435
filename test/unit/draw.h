/* Random numbers for cases that are the same everywhere: xorshift (Marsaglia, 2003). */
#ifndef IRMEM_TEST_DRAW_H
#define IRMEM_TEST_DRAW_H

#include <stdint.h>

/* 0 to below - 1. The state is not 0. */
static inline uint32_t draw_below(uint64_t *state, uint32_t below) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return (uint32_t)((*state >> 33) % below);
}

#endif
