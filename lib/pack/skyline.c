/* Lowest-first placement on a skyline: the order in which MiniMalloc's search (Moffitt,
 * "MiniMalloc", ASPLOS 2023) makes its first descent, as the lowest gap of best-fit strip packing
 * (Burke, Kendall, Whitwell, Operations Research 52, 2004).
 *
 * A stretch is a time over which what is placed ends at one height. A block can lie at the lowest
 * height if it lives within a stretch of that height. Where none is left that does, nothing will
 * ever be placed there: the stretch rises to its lower neighbour. So each step places a block or
 * makes two stretches one, and n blocks take O(n) steps, however many are alive together. */
#include "pack/skyline.h"

#include "pack/within.h"

#include "irmem/size.h"

#include <assert.h>

#define NONE UINT32_MAX

typedef struct stretch {
  uint64_t height;
  uint32_t begin, before, after;
  uint32_t in_heap;
} stretch;

typedef struct skyline {
  stretch *stretches;
  uint32_t count, unused; /* unused ones are a list */
  uint32_t *heap;         /* the lowest first, of those the earliest */
  uint32_t heap_count;
  uint32_t end; /* of time */
} skyline;

/* Stretches in a heap -------------------------------------------------------------------------- */

static bool is_lower(const skyline *sky, uint32_t x, uint32_t y) {
  const stretch *a = &sky->stretches[x], *b = &sky->stretches[y];
  return a->height != b->height ? a->height < b->height : a->begin < b->begin;
}

static void put(skyline *sky, uint32_t at, uint32_t number) {
  sky->heap[at] = number;
  sky->stretches[number].in_heap = at;
}

static void sift_up(skyline *sky, uint32_t at, uint32_t number) {
  for (; at > 0 && is_lower(sky, number, sky->heap[(at - 1) / 2]); at = (at - 1) / 2)
    put(sky, at, sky->heap[(at - 1) / 2]);
  put(sky, at, number);
}

static void sift_down(skyline *sky, uint32_t at, uint32_t number) {
  for (;;) {
    uint32_t child = 2 * at + 1;
    if (child >= sky->heap_count) break;
    if (child + 1 < sky->heap_count && is_lower(sky, sky->heap[child + 1], sky->heap[child]))
      child++;
    if (!is_lower(sky, sky->heap[child], number)) break;
    put(sky, at, sky->heap[child]);
    at = child;
  }
  put(sky, at, number);
}

static void restore(skyline *sky, uint32_t number) {
  uint32_t at = sky->stretches[number].in_heap;
  if (at > 0 && is_lower(sky, number, sky->heap[(at - 1) / 2]))
    sift_up(sky, at, number);
  else
    sift_down(sky, at, number);
}

static void heap_remove(skyline *sky, uint32_t number) {
  uint32_t at = sky->stretches[number].in_heap, last = sky->heap[--sky->heap_count];
  if (last == number) return;
  put(sky, at, last);
  restore(sky, last);
}

/* Stretches in order of time ------------------------------------------------------------------- */

static uint32_t end_of(const skyline *sky, uint32_t number) {
  uint32_t after = sky->stretches[number].after;
  return after == NONE ? sky->end : sky->stretches[after].begin;
}

/* Splits one in two at a time within it, and gives the second. */
static uint32_t split(skyline *sky, uint32_t number, uint32_t time) {
  if (sky->stretches[number].begin == time) return number;
  uint32_t made = sky->unused != NONE ? sky->unused : sky->count++;
  if (made == sky->unused) sky->unused = sky->stretches[made].after;
  stretch *it = &sky->stretches[number];
  sky->stretches[made] = (stretch){it->height, time, number, it->after, 0};
  if (it->after != NONE) sky->stretches[it->after].before = made;
  it->after = made;
  sift_up(sky, sky->heap_count++, made);
  return made;
}

/* Makes one of a stretch and the one after it, if they are as high. */
static void join(skyline *sky, uint32_t number) {
  uint32_t gone = sky->stretches[number].after;
  if (gone == NONE || sky->stretches[gone].height != sky->stretches[number].height) return;
  uint32_t after = sky->stretches[gone].after;
  sky->stretches[number].after = after;
  if (after != NONE) sky->stretches[after].before = number;
  heap_remove(sky, gone);
  sky->stretches[gone].after = sky->unused;
  sky->unused = gone;
}

static void raise_to(skyline *sky, uint32_t number, uint64_t height) {
  sky->stretches[number].height = height;
  restore(sky, number);
  join(sky, number);
  if (sky->stretches[number].before != NONE) join(sky, sky->stretches[number].before);
}

/* To its lower neighbour. */
static void raise_to_neighbour(skyline *sky, uint32_t number) {
  const stretch *it = &sky->stretches[number];
  uint64_t before = it->before == NONE ? UINT64_MAX : sky->stretches[it->before].height;
  uint64_t after = it->after == NONE ? UINT64_MAX : sky->stretches[it->after].height;
  raise_to(sky, number, before < after ? before : after);
}

/* An interval that lies in one stretch, which is looked for from a stretch on that is not behind
 * it. Gives a stretch that is not behind it either. */
static uint32_t raise_interval(skyline *sky, uint32_t from, irm_interval interval,
                               uint64_t height) {
  while (end_of(sky, from) <= interval.begin)
    from = sky->stretches[from].after;
  from = split(sky, from, interval.begin);
  if (end_of(sky, from) > interval.end) split(sky, from, interval.end);
  uint32_t before = sky->stretches[from].before;
  raise_to(sky, from, height);
  return before == NONE ? from : before;
}

/* Placing -------------------------------------------------------------------------------------- */

static void sky_init(skyline *sky, const irmi_trace *trace, irmi_arena *arena) {
  uint32_t most = 2 * trace->first[trace->count] + 1, begin = UINT32_MAX;
  *sky = (skyline){.stretches = IRMI_ARENA_ARRAY(arena, stretch, most),
                   .heap = IRMI_ARENA_ARRAY(arena, uint32_t, most),
                   .count = 1,
                   .unused = NONE};
  for (uint32_t i = 0; i < trace->count; i++) {
    if (trace->span[i].begin < begin) begin = trace->span[i].begin;
    if (trace->span[i].end > sky->end) sky->end = trace->span[i].end;
  }
  sky->stretches[0] = (stretch){0, begin, NONE, NONE, 0};
  sky->heap_count = 1;
}

static void place(skyline *sky, const irmi_trace *trace, uint32_t block, uint32_t from,
                  uint64_t offset) {
  for (uint32_t k = trace->first[block]; k < trace->first[block + 1]; k++)
    from = raise_interval(sky, from, trace->lifetime[k],
                          irm_bytes_add(offset, irmi_trace_alive(trace, k)));
}

static bool fill(skyline *sky, const irmi_trace *trace, irmi_within *within, irmi_effort *effort,
                 uint64_t *offsets) {
  for (uint32_t left = trace->count; left > 0;) {
    uint32_t lowest = sky->heap[0];
    irm_interval lowest_stretch = {sky->stretches[lowest].begin, end_of(sky, lowest)};
    uint64_t looked_at = within->looked_at;
    uint32_t rank = irmi_within_first(within, lowest_stretch);
    if (!irmi_effort_spend(effort, 1 + within->looked_at - looked_at)) return false;
    if (rank == NONE) {
      raise_to_neighbour(sky, lowest);
      continue;
    }
    uint32_t block = within->order[rank];
    offsets[block] = irmi_align(sky->stretches[lowest].height, trace->alignment[block]);
    place(sky, trace, block, lowest, offsets[block]);
    irmi_within_remove(within, rank);
    left--;
  }
  return true;
}

bool irmi_skyline(const irmi_trace *trace, const uint32_t *order, irmi_effort *effort,
                  const irm_allocator *allocator, uint64_t *offsets) {
  if (trace->fixed) return false;
  irmi_arena arena;
  irmi_arena_init(&arena, allocator);
  skyline sky;
  sky_init(&sky, trace, &arena);
  irmi_within within;
  irmi_within_init(&within, trace, order, trace->count, &arena);
  bool done = fill(&sky, trace, &within, effort, offsets);
  irmi_arena_destroy(&arena);
  return done;
}
