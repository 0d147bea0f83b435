/* How much of the arena a run really writes, seen from outside: bytes that no longer hold a
 * pattern. */
#include "run/run.h"

/* Differs from byte to byte, so that a constant fill cannot hide in it. */
static uint8_t pattern(uint64_t at) {
  uint64_t mixed = (at + 1) * UINT64_C(0x9E3779B97F4A7C15);
  return (uint8_t)(mixed >> 56);
}

uint64_t irm_run_arena_bytes(const irm_run *run) {
  return run->arena_bytes;
}

void irm_run_measure(irm_run *run) {
  uint8_t *arena = run->frame.arena;
  for (uint64_t at = 0; at < run->arena_bytes; at++)
    arena[at] = pattern(at);
}

uint64_t irm_run_arena_used(const irm_run *run) {
  const uint8_t *arena = run->frame.arena;
  uint64_t used = run->arena_bytes;
  while (used > 0 && arena[used - 1] == pattern(used - 1))
    used--;
  return used;
}
