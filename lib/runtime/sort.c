/* Elements in order, without memory beside them: a radix sort from the highest byte of the keys
 * down, each range's elements led from bucket to bucket in place. Whatever way it takes, there is
 * but one result: equal elements are the same bits, and of indexes no two are equal. */
#include "runtime/key.h"

#include <stdbool.h>
#include <string.h>

/* Ranges so short are sorted by insertion. */
#define SHORT_RANGE 32
/* Bytes of a key, and behind them those of an index. */
#define KEY_LEVELS 8
#define LEVELS     16

/* What is sorted: keys as wide as elements, or indexes of elements. */
typedef enum sort_of { WIDE_KEYS, NARROW_KEYS, INDEXES } sort_of;

typedef struct sorter {
  sort_of of;
  void *items;
  irm_rt_elem elem;     /* INDEXES: of the elements */
  const void *elements; /* likewise */
  uint64_t bias;        /* makes keys unsigned in the same order */
  int first_level, index_level;
} sorter;

/* An item as it is stored, and the key that it stands for. */
typedef struct entry {
  int64_t item, key;
} entry;

static entry load(const sorter *s, int64_t at) {
  if (s->of == NARROW_KEYS) {
    int64_t key = ((const int32_t *)s->items)[at];
    return (entry){key, key};
  }
  int64_t item = ((const int64_t *)s->items)[at];
  return (entry){item, s->of == INDEXES ? irmi_key_load(s->elem, s->elements, item) : item};
}

static void store(const sorter *s, entry e, int64_t at) {
  if (s->of == NARROW_KEYS)
    ((int32_t *)s->items)[at] = (int32_t)e.item;
  else
    ((int64_t *)s->items)[at] = e.item;
}

static bool is_less(entry a, entry b) {
  return a.key != b.key ? a.key < b.key : a.item < b.item;
}

static void sort_short(const sorter *s, int64_t begin, int64_t end) {
  for (int64_t i = begin + 1; i < end; i++) {
    entry inserted = load(s, i), before;
    int64_t at = i;
    for (; at > begin && is_less(inserted, before = load(s, at - 1)); at--)
      store(s, before, at);
    store(s, inserted, at);
  }
}

static unsigned digit_of(const sorter *s, entry e, int level) {
  if (level < KEY_LEVELS) return ((uint64_t)e.key + s->bias) >> 8 * (KEY_LEVELS - 1 - level) & 255;
  return (uint64_t)e.item >> 8 * (LEVELS - 1 - level) & 255;
}

/* The next byte that may tell items apart. */
static int next_level(const sorter *s, int level) {
  return level + 1 == KEY_LEVELS ? s->index_level : level + 1;
}

/* Where each digit's items end; true: they are all of one digit. */
static bool find_ends(const sorter *s, int64_t begin, int64_t end, int level, int64_t ends[256]) {
  memset(ends, 0, 256 * sizeof *ends);
  for (int64_t i = begin; i < end; i++)
    ends[digit_of(s, load(s, i), level)]++;
  bool one = ends[digit_of(s, load(s, begin), level)] == end - begin;
  int64_t at = begin;
  for (int digit = 0; digit < 256; digit++)
    ends[digit] = at += ends[digit];
  return one;
}

/* Takes an item up, puts it where its digit is filled next, goes on with what lay there. */
static void distribute(const sorter *s, int64_t begin, int level, const int64_t ends[256]) {
  int64_t next[256];
  for (int digit = 0; digit < 256; digit++)
    next[digit] = digit ? ends[digit - 1] : begin;
  for (unsigned digit = 0; digit < 256; digit++)
    while (next[digit] < ends[digit]) {
      entry held = load(s, next[digit]);
      for (unsigned to; (to = digit_of(s, held, level)) != digit;) {
        entry found = load(s, next[to]);
        store(s, held, next[to]++);
        held = found;
      }
      store(s, held, next[digit]++);
    }
}

static void sort_range(const sorter *s, int64_t begin, int64_t end, int level) {
  int64_t ends[256];
  if (end - begin <= SHORT_RANGE) {
    sort_short(s, begin, end);
    return;
  }
  while (level < LEVELS && find_ends(s, begin, end, level, ends))
    level = next_level(s, level);
  if (level >= LEVELS) return;
  distribute(s, begin, level, ends);
  for (int digit = 0; digit < 256; digit++) {
    sort_range(s, begin, ends[digit], next_level(s, level));
    begin = ends[digit];
  }
}

static bool is_narrow(irm_rt_elem elem) {
  return elem == IRM_RT_F32 || elem == IRM_RT_I32;
}

/* Indexes below count; 0: there are none. */
static sorter sorter_of(sort_of of, irm_rt_elem elem, void *items, int64_t count) {
  sorter s = {.of = of, .items = items, .elem = elem, .index_level = LEVELS};
  s.bias = is_narrow(elem) ? (uint64_t)1 << 31 : (uint64_t)1 << 63;
  s.first_level = is_narrow(elem) ? KEY_LEVELS / 2 : 0;
  for (uint64_t most = (uint64_t)count; most > 0; most >>= 8)
    s.index_level--;
  return s;
}

/* Keys take the place of the elements while they are sorted. */
void irm_rt_sort(int64_t elem, int64_t count, void *elements) {
  irm_rt_elem own = (irm_rt_elem)elem;
  sorter s = sorter_of(is_narrow(own) ? NARROW_KEYS : WIDE_KEYS, own, elements, 0);
  for (int64_t i = 0; i < count; i++)
    store(&s, (entry){.item = irmi_key_load(own, elements, i)}, i);
  sort_range(&s, 0, count, s.first_level);
  for (int64_t i = 0; i < count; i++)
    irmi_key_store(own, load(&s, i).key, elements, i);
}

void irm_rt_order(int64_t elem, int64_t count, const void *elements, int64_t *indexes) {
  sorter s = sorter_of(INDEXES, (irm_rt_elem)elem, indexes, count);
  s.elements = elements;
  for (int64_t i = 0; i < count; i++)
    indexes[i] = i;
  sort_range(&s, 0, count, s.first_level);
}

/* The indexes are inverted along their cycles; what is done is marked by its complement. */
void irm_rt_rank(int64_t elem, int64_t count, const void *elements, int64_t *places) {
  irm_rt_order(elem, count, elements, places);
  for (int64_t first = 0; first < count; first++) {
    if (places[first] < 0) continue;
    int64_t place = first, index = places[first];
    while (index != first) {
      int64_t next = places[index];
      places[index] = ~place;
      place = index;
      index = next;
    }
    places[first] = ~place;
  }
  for (int64_t i = 0; i < count; i++)
    places[i] = ~places[i];
}
