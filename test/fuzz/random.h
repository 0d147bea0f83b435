/* Random numbers that are the same everywhere: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). */
#ifndef IRMEM_TEST_FUZZ_RANDOM_H
#define IRMEM_TEST_FUZZ_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

typedef struct fuzz_random {
  uint64_t state;
} fuzz_random;

static inline uint64_t fuzz_mix(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

static inline uint64_t fuzz_next(fuzz_random *random) {
  return fuzz_mix(random->state += 0x9e3779b97f4a7c15u);
}

/* 0 to bound - 1. */
static inline uint32_t fuzz_below(fuzz_random *random, uint32_t bound) {
  return (uint32_t)((fuzz_next(random) >> 32) * bound >> 32);
}

/* True that many times in a hundred. */
static inline bool fuzz_chance(fuzz_random *random, uint32_t percent) {
  return fuzz_below(random, 100) < percent;
}

#endif
