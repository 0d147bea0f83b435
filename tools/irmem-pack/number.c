/* Whole numbers of 64 bits in a text. */
#include "number.h"

#include <stdbool.h>

static bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

/* Counted downwards: there is one more below zero than above. */
const char *number_read(const char *text, size_t length, int64_t *value) {
  const char *end = text + length;
  while (text < end && is_blank(*text))
    text++;
  while (end > text && is_blank(end[-1]))
    end--;
  if (text == end) return "missing";
  bool negative = *text == '-';
  if (*text == '-' || *text == '+') text++;
  int64_t below = 0;
  bool too_large = false;
  const char *digits = text;
  for (; text < end && *text >= '0' && *text <= '9'; text++)
    too_large |= __builtin_mul_overflow(below, 10, &below) ||
                 __builtin_sub_overflow(below, *text - '0', &below);
  if (text < end || text == digits) return "no whole number";
  if (too_large || (!negative && below == INT64_MIN)) return "out of the range of 64 bits";
  *value = negative ? below : -below;
  return NULL;
}
