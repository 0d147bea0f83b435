/* Lowest-first placement on a skyline: the order in which MiniMalloc's search (Moffitt,
 * "MiniMalloc", ASPLOS 2023) makes its first descent, as the lowest gap of best-fit strip packing
 * (Burke, Kendall, Whitwell, Operations Research 52, 2004).
 *
 * A stretch is a time over which what is placed ends at one height. A block can lie in a valley, a
 * stretch lower than its neighbours, if it lives within it. Where none is left that does, nothing
 * will ever be placed there: the valley rises to its lower neighbour. So each step places a block
 * or makes two stretches one, and n blocks take O(n) steps, however many are alive together. What
 * happens in a valley depends on no other, so that the lowest of all need not be known: valleys are
 * filled as they are come upon, from one to the nearest, and what is looked at together lies
 * together. */
#include "pack/skyline.h"

#include "pack/within.h"

#include "irmem/size.h"

#include <assert.h>

#define NONE UINT32_MAX

typedef struct stretch {
  uint64_t height;
  uint32_t begin, before, after;
} stretch;

typedef struct skyline {
  stretch *stretches;
  uint32_t count, unused; /* unused ones are a list */
  uint32_t end;           /* of time */
} skyline;

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
  sky->stretches[made] = (stretch){it->height, time, number, it->after};
  if (it->after != NONE) sky->stretches[it->after].before = made;
  it->after = made;
  return made;
}

/* Makes one of a stretch and the one after it, if they are as high. */
static void join(skyline *sky, uint32_t number) {
  uint32_t gone = sky->stretches[number].after;
  if (gone == NONE || sky->stretches[gone].height != sky->stretches[number].height) return;
  uint32_t after = sky->stretches[gone].after;
  sky->stretches[number].after = after;
  if (after != NONE) sky->stretches[after].before = number;
  sky->stretches[gone].after = sky->unused;
  sky->unused = gone;
}

/* Gives the stretch that it is part of then. */
static uint32_t raise_to(skyline *sky, uint32_t number, uint64_t height) {
  uint32_t before = sky->stretches[number].before;
  sky->stretches[number].height = height;
  join(sky, number);
  if (before == NONE || sky->stretches[before].height != height) return number;
  join(sky, before);
  return before;
}

static uint64_t height_of(const skyline *sky, uint32_t number) {
  return number == NONE ? UINT64_MAX : sky->stretches[number].height;
}

/* To its lower neighbour. */
static uint32_t raise_to_neighbour(skyline *sky, uint32_t number) {
  uint64_t before = height_of(sky, sky->stretches[number].before);
  uint64_t after = height_of(sky, sky->stretches[number].after);
  return raise_to(sky, number, before < after ? before : after);
}

/* The valley downhill from a stretch. */
static uint32_t valley_from(const skyline *sky, uint32_t number) {
  for (;;) {
    const stretch *it = &sky->stretches[number];
    if (height_of(sky, it->before) < it->height)
      number = it->before;
    else if (height_of(sky, it->after) < it->height)
      number = it->after;
    else
      return number;
  }
}

/* An interval that lies in one stretch, which is looked for from a stretch on that is not behind
 * it. Gives the stretch that it is part of then. */
static uint32_t raise_interval(skyline *sky, uint32_t from, irm_interval interval,
                               uint64_t height) {
  while (end_of(sky, from) <= interval.begin)
    from = sky->stretches[from].after;
  from = split(sky, from, interval.begin);
  if (end_of(sky, from) > interval.end) split(sky, from, interval.end);
  return raise_to(sky, from, height);
}

/* Placing -------------------------------------------------------------------------------------- */

/* For all stretches that can be. Few are at once, and room that is not touched costs nothing. */
static size_t room_of(const irmi_trace *trace) {
  return (2 * (size_t)trace->first[trace->count] + 1) * sizeof(stretch);
}

static void sky_init(skyline *sky, const irmi_trace *trace, const irm_allocator *allocator) {
  uint32_t begin = UINT32_MAX;
  *sky = (skyline){.stretches = irmi_alloc(allocator, room_of(trace)), .count = 1, .unused = NONE};
  for (uint32_t i = 0; i < trace->count; i++) {
    if (trace->span[i].begin < begin) begin = trace->span[i].begin;
    if (trace->span[i].end > sky->end) sky->end = trace->span[i].end;
  }
  sky->stretches[0] = (stretch){0, begin, NONE, NONE};
}

/* Gives a stretch near it. */
static uint32_t place(skyline *sky, const irmi_trace *trace, uint32_t block, uint32_t from,
                      uint64_t offset) {
  for (uint32_t k = trace->first[block]; k < trace->first[block + 1]; k++)
    from = raise_interval(sky, from, trace->lifetime[k],
                          irm_bytes_add(offset, irmi_trace_alive(trace, k)));
  return from;
}

static bool fill(skyline *sky, const irmi_trace *trace, const uint32_t *order, irmi_within *within,
                 irmi_effort *effort, uint64_t *offsets) {
  uint32_t valley = 0;
  for (uint32_t left = trace->count; left > 0;) {
    valley = valley_from(sky, valley);
    irm_interval time = {sky->stretches[valley].begin, end_of(sky, valley)};
    uint64_t looked_at = within->looked_at;
    uint32_t rank = irmi_within_first(within, time);
    if (!irmi_effort_spend(effort, 1 + within->looked_at - looked_at)) return false;
    if (rank == NONE) {
      valley = raise_to_neighbour(sky, valley);
      continue;
    }
    uint32_t block = order[rank];
    offsets[block] = irmi_align(sky->stretches[valley].height, irmi_trace_alignment(trace, block));
    valley = place(sky, trace, block, valley, offsets[block]);
    irmi_within_remove(within, block);
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
  sky_init(&sky, trace, allocator);
  irmi_within within;
  irmi_within_init(&within, trace, order, &arena);
  bool done = fill(&sky, trace, order, &within, effort, offsets);
  irmi_free(allocator, sky.stretches, room_of(trace));
  irmi_arena_destroy(&arena);
  return done;
}
