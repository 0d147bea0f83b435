/* Sets of numbers as bits, in words of 64, level above level. */
#include "pack/marks.h"

#include <assert.h>

void irmi_marks_init(irmi_marks *marks, uint32_t count, irmi_arena *arena) {
  for (int level = 0; level < IRMI_MARK_LEVELS; level++) {
    count = count / 64 + 1;
    marks->words[level] = IRMI_ARENA_ARRAY(arena, uint64_t, count);
  }
}

void irmi_marks_add(irmi_marks *marks, uint32_t number) {
  for (int level = 0; level < IRMI_MARK_LEVELS; level++, number /= 64)
    marks->words[level][number / 64] |= UINT64_C(1) << number % 64;
}

void irmi_marks_remove(irmi_marks *marks, uint32_t number) {
  for (int level = 0; level < IRMI_MARK_LEVELS; level++, number /= 64)
    if (marks->words[level][number / 64] &= ~(UINT64_C(1) << number % 64)) return;
}

uint32_t irmi_marks_above(const irmi_marks *marks, uint32_t number) {
  for (int level = 0; level < IRMI_MARK_LEVELS; level++, number /= 64) {
    uint64_t word = number % 64 == 63 ? 0 : marks->words[level][number / 64] >> (number % 64 + 1);
    if (!word) continue;
    number += 1 + (uint32_t)__builtin_ctzll(word);
    while (level-- > 0)
      number = number * 64 + (uint32_t)__builtin_ctzll(marks->words[level][number]);
    return number;
  }
  return UINT32_MAX;
}

uint32_t irmi_marks_at_or_below(const irmi_marks *marks, uint32_t number) {
  uint64_t upto = UINT64_MAX >> (63 - number % 64);
  for (int level = 0; level < IRMI_MARK_LEVELS; level++, number /= 64) {
    uint64_t word = marks->words[level][number / 64] & upto;
    upto = (UINT64_C(1) << number / 64 % 64) - 1;
    if (!word) continue;
    number = number / 64 * 64 + 63 - (uint32_t)__builtin_clzll(word);
    while (level-- > 0)
      number = number * 64 + 63 - (uint32_t)__builtin_clzll(marks->words[level][number]);
    return number;
  }
  assert(!"there is one");
  return 0;
}
