/* How full it is while a block lives: the largest load over its intervals, by a tree of maxima over
 * the points at which something begins. */
#include "pack/order.h"
#include "support/integers.h"

/* Loads from one beginning to the next, and a tree above: node i has the children 2i and 2i + 1. */
typedef struct loads {
  uint32_t *begin; /* of each stretch */
  uint64_t *tree;  /* stretch k is leaf count + k */
  uint32_t count;
} loads;

static void sweep(loads *l, const irmi_trace *trace, const irmi_events *events) {
  uint64_t alive = 0;
  uint32_t over = 0;
  for (uint32_t i = 0; i < events->count;) {
    uint32_t now = trace->lifetime[events->begins[i]].begin;
    for (; trace->lifetime[events->ends[over]].end <= now; over++)
      alive -= irmi_trace_alive(trace, events->ends[over]);
    for (; i < events->count && trace->lifetime[events->begins[i]].begin == now; i++)
      alive += irmi_trace_alive(trace, events->begins[i]);
    l->begin[l->count] = now;
    l->tree[events->count + l->count++] = alive;
  }
}

/* The first stretch that begins at or after a time. */
static uint32_t stretch_from(const loads *l, uint32_t time) {
  return irmi_first_from(l->begin, 0, l->count, time);
}

static uint64_t most_within(const loads *l, uint32_t leaves, irm_interval life) {
  uint64_t most = 0;
  uint32_t low = stretch_from(l, life.begin) + leaves, high = stretch_from(l, life.end) + leaves;
  for (; low < high; low /= 2, high /= 2) {
    if (low & 1 && l->tree[low] > most) most = l->tree[low];
    low += low & 1;
    if (high & 1 && l->tree[high - 1] > most) most = l->tree[high - 1];
    high -= high & 1;
  }
  return most;
}

uint64_t *irmi_totals(const irmi_trace *trace, const irmi_events *events, irmi_arena *arena) {
  uint32_t leaves = events->count;
  loads l = {irmi_alloc(arena->allocator, leaves * sizeof(uint32_t)),
             irmi_calloc(arena->allocator, leaves, 2 * sizeof(uint64_t)), 0};
  sweep(&l, trace, events);
  for (uint32_t i = leaves; i-- > 1;)
    l.tree[i] = l.tree[2 * i] > l.tree[2 * i + 1] ? l.tree[2 * i] : l.tree[2 * i + 1];
  uint64_t *totals = IRMI_ARENA_ARRAY(arena, uint64_t, trace->count);
  for (uint32_t i = 0; i < leaves; i++) {
    uint64_t most = most_within(&l, leaves, trace->lifetime[i]), *total = &totals[trace->owner[i]];
    if (most > *total) *total = most;
  }
  irmi_free(arena->allocator, l.tree, leaves * 2 * sizeof(uint64_t));
  irmi_free(arena->allocator, l.begin, leaves * sizeof(uint32_t));
  return totals;
}
