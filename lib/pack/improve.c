/* Iterated local search over the order in which a skyline takes blocks (as TVM's hill_climb.cc does
 * over that of first fit). Blocks that end at the top are critical: one of them, or one that lives
 * when it does, comes earlier; now and then any two change places. An order that leads no higher is
 * kept. */
#include "pack/improve.h"

#include "pack/order.h"
#include "pack/skyline.h"

#include <string.h>

#define CRITICAL 64 /* blocks that are critical, at most so many of them known */

typedef struct climb {
  const irmi_trace *trace;
  uint32_t *order, *rank; /* blocks by rank, and ranks by block */
  uint64_t *offsets;      /* of the order */
  uint64_t height;
  uint64_t state; /* of the random numbers */
} climb;

/* xorshift* (Marsaglia, Xorshift RNGs, 2003; Vigna, 2014). */
static uint32_t draw(climb *c, uint32_t below) {
  c->state ^= c->state >> 12;
  c->state ^= c->state << 25;
  c->state ^= c->state >> 27;
  return (uint32_t)((c->state * UINT64_C(2685821657736338717) >> 32) * below >> 32);
}

/* A block that ends in the highest sixteenth; there is one that ends at the top. */
static uint32_t draw_critical(climb *c) {
  uint32_t count = 0, chosen = 0, from = draw(c, c->trace->count);
  uint64_t limit = c->height - c->height / 16;
  for (uint32_t i = 0; i < c->trace->count && count < CRITICAL; i++) {
    uint32_t block = from + i < c->trace->count ? from + i : from + i - c->trace->count;
    if (c->offsets[block] + c->trace->bytes[block] < limit) continue;
    if (draw(c, ++count) == 0) chosen = block;
  }
  return chosen;
}

/* A block that lives when another one does, if one is come upon soon; else that one. */
static uint32_t draw_beside(climb *c, uint32_t block) {
  irm_interval span = c->trace->span[block];
  for (int tries = 0; tries < 8; tries++) {
    uint32_t other = draw(c, c->trace->count);
    if (c->trace->span[other].begin < span.end && span.begin < c->trace->span[other].end)
      return other;
  }
  return block;
}

static void set(climb *c, uint32_t rank, uint32_t block) {
  c->order[rank] = block;
  c->rank[block] = rank;
}

static void swap(climb *c, uint32_t x, uint32_t y) {
  uint32_t rank_x = c->rank[x], rank_y = c->rank[y];
  set(c, rank_x, y);
  set(c, rank_y, x);
}

typedef struct move {
  uint32_t block, from;
} move;

/* Puts a block before others that came before it; gives what undoes it. */
static move advance(climb *c, uint32_t block) {
  uint32_t from = c->rank[block], to = from ? draw(c, from) : 0;
  for (uint32_t rank = from; rank > to; rank--)
    set(c, rank, c->order[rank - 1]);
  set(c, to, block);
  return (move){block, from};
}

static void undo(climb *c, move m) {
  for (uint32_t rank = c->rank[m.block]; rank < m.from; rank++)
    set(c, rank, c->order[rank + 1]);
  set(c, m.from, m.block);
}

/* One step: false when the effort is over. */
static bool climb_once(climb *c, irmi_effort *effort, const irm_allocator *allocator,
                       uint64_t *tried) {
  uint32_t critical = draw_critical(c), x = draw(c, c->trace->count);
  uint32_t y = draw_beside(c, critical);
  bool mixed = draw(c, 4) == 0;
  if (mixed) swap(c, x, y);
  move m = advance(c, draw(c, 2) ? critical : y);
  if (!irmi_effort_spend(effort, c->trace->count)) return false;
  if (!irmi_skyline(c->trace, c->order, effort, allocator, tried)) return false;
  uint64_t height = irmi_trace_height(c->trace, tried);
  if (height <= c->height) {
    c->height = height;
    memcpy(c->offsets, tried, c->trace->count * sizeof *tried);
    return true;
  }
  undo(c, m);
  if (mixed) swap(c, x, y);
  return true;
}

bool irmi_improve(const irmi_job *job, irmi_keys first, irmi_effort *effort, uint64_t *offsets) {
  const irmi_trace *trace = &job->trace;
  climb c = {.trace = trace,
             .order = irmi_order(trace, &job->events, first, job->arena),
             .rank = IRMI_ARENA_ARRAY(job->arena, uint32_t, trace->count),
             .offsets = offsets,
             .state = UINT64_C(0x2545f4914f6cdd1d)};
  uint64_t *tried = IRMI_ARENA_ARRAY(job->arena, uint64_t, trace->count);
  for (uint32_t i = 0; i < trace->count; i++)
    c.rank[c.order[i]] = i;
  if (!irmi_skyline(trace, c.order, effort, job->arena->allocator, offsets)) return false;
  c.height = irmi_trace_height(trace, offsets);
  while (c.height > job->bound && climb_once(&c, effort, job->arena->allocator, tried))
    ;
  return true;
}
