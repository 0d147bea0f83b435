/* Gaps as MiniMalloc writes them. */
#include "gaps.h"

#include "number.h"

#include <string.h>

typedef struct word {
  const char *text;
  size_t length;
} word;

/* The next word between blanks, of no length behind the last. */
static word next_word(const char **at, const char *end) {
  while (*at < end && **at == ' ')
    ++*at;
  const char *begin = *at;
  while (*at < end && **at != ' ')
    ++*at;
  return (word){begin, (size_t)(*at - begin)};
}

static const char *read_gap(word text, bool inclusive, span *gap) {
  if (memchr(text.text, '@', text.length))
    return "has a window: a buffer is free in a gap as a whole, or not at all";
  const char *dash = memchr(text.text + 1, '-', text.length - 1);
  if (!dash) return "is not two times with a dash between them";
  size_t first = (size_t)(dash - text.text);
  if (number_read(text.text, first, &gap->begin) ||
      number_read(dash + 1, text.length - first - 1, &gap->end))
    return "is not two times with a dash between them";
  if (inclusive && __builtin_add_overflow(gap->end, 1, &gap->end)) return "ends too late";
  return gap->begin < gap->end ? NULL : "is empty";
}

size_t gaps_cut(const csv_field *field, span life, bool inclusive, span *parts, complaints *wrong) {
  const char *at = field->text, *end = at + field->length;
  int64_t alive_from = life.begin;
  size_t count = 0;
  for (word text; (text = next_word(&at, end)).length;) {
    span gap;
    const char *problem = read_gap(text, inclusive, &gap);
    if (!problem && (gap.begin < life.begin || gap.end > life.end))
      problem = "reaches out of the lifetime";
    if (!problem && gap.begin < alive_from) problem = "begins before the gap before it has ended";
    if (problem) {
      complain(wrong, text.text, "gap '%.*s' %s", (int)text.length, text.text, problem);
      return 0;
    }
    if (gap.begin > alive_from) parts[count++] = (span){alive_from, gap.begin};
    alive_from = gap.end;
  }
  if (alive_from < life.end) parts[count++] = (span){alive_from, life.end};
  if (!count) complain(wrong, field->text, "the gaps leave no time at which the buffer is alive");
  return count;
}
