/* From times to points. */
#include "times.h"

#include <stdlib.h>

static void *resize(const irm_allocator *allocator, void *block, size_t old_bytes, size_t bytes) {
  return allocator->resize(allocator->user, block, old_bytes, bytes);
}

static span range_of(const span *spans, size_t count) {
  span range = count ? spans[0] : (span){0, 0};
  for (size_t i = 1; i < count; i++) {
    if (spans[i].begin < range.begin) range.begin = spans[i].begin;
    if (spans[i].end > range.end) range.end = spans[i].end;
  }
  return range;
}

static int compare_times(const void *left, const void *right) {
  int64_t x = *(const int64_t *)left, y = *(const int64_t *)right;
  return x < y ? -1 : x > y;
}

/* All times there are, each once, the first first. */
static times collect(const irm_allocator *allocator, const span *spans, size_t count) {
  size_t bytes = 2 * count * sizeof(int64_t);
  times all = {.times = resize(allocator, NULL, 0, bytes)};
  for (size_t i = 0; i < count; i++) {
    all.times[2 * i] = spans[i].begin;
    all.times[2 * i + 1] = spans[i].end;
  }
  qsort(all.times, 2 * count, sizeof *all.times, compare_times);
  for (size_t i = 0; i < 2 * count; i++)
    if (all.count == 0 || all.times[all.count - 1] != all.times[i])
      all.times[all.count++] = all.times[i];
  all.times = resize(allocator, all.times, bytes, all.count * sizeof *all.times);
  return all;
}

static uint32_t point_of(const times *all, int64_t time) {
  const int64_t *found = bsearch(&time, all->times, all->count, sizeof *all->times, compare_times);
  return (uint32_t)(found - all->times);
}

times times_create(const irm_allocator *allocator, const span *spans, size_t count,
                   irm_interval *parts) {
  span range = range_of(spans, count);
  if ((uint64_t)range.end - (uint64_t)range.begin <= UINT32_MAX) {
    for (size_t i = 0; i < count; i++)
      parts[i] = (irm_interval){(uint32_t)((uint64_t)spans[i].begin - (uint64_t)range.begin),
                                (uint32_t)((uint64_t)spans[i].end - (uint64_t)range.begin)};
    return (times){.least = range.begin};
  }
  times all = collect(allocator, spans, count);
  for (size_t i = 0; i < count; i++)
    parts[i] = (irm_interval){point_of(&all, spans[i].begin), point_of(&all, spans[i].end)};
  return all;
}

void times_release(const irm_allocator *allocator, times *all) {
  if (all->times) resize(allocator, all->times, all->count * sizeof *all->times, 0);
}

int64_t time_of(const times *all, uint32_t point) {
  return all->times ? all->times[point] : all->least + (int64_t)point;
}
