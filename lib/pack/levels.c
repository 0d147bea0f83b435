/* Packing in two levels. Of very many blocks few decide how high the arena is: those that are large
 * or live long, where it is full. These are packed first, by what looks at them more than once; all
 * others go around them in order of time. (That large and long ones are set apart from the rest is
 * what boxing rests on: Buchsbaum et al., "OPT versus LOAD in dynamic storage allocation", SIAM J.
 * Comput. 33, 2004; idealloc makes boxes so.) */
#include "pack/levels.h"

#include "pack/order.h"
#include "pack/sweep.h"

#include <string.h>

/* How many go first: one try for each. */
static const uint32_t tries[] = {16384, 4096};
#define TRIES (sizeof tries / sizeof tries[0])

/* Marks the blocks in whose life it is full at least so much at some time: more full stretches of
 * time have begun when one of their intervals ends than when it begins. */
static bool *mark_full(const irmi_job *job, uint64_t limit, irmi_arena *arena) {
  const irmi_trace *trace = &job->trace;
  const irmi_events *events = &job->events;
  bool *meets = IRMI_ARENA_ARRAY(arena, bool, trace->count);
  uint32_t *before = IRMI_ARENA_ARRAY(arena, uint32_t, events->count);
  uint64_t alive = 0;
  uint32_t full = 0;
  for (uint32_t i = 0, over = 0; over < events->count;) {
    uint32_t now = i < events->count ? trace->lifetime[events->begins[i]].begin : UINT32_MAX;
    for (; over < events->count && trace->lifetime[events->ends[over]].end <= now; over++) {
      uint32_t interval = events->ends[over];
      alive -= irmi_trace_alive(trace, interval);
      meets[trace->owner[interval]] |= full > before[interval];
    }
    for (; i < events->count && trace->lifetime[events->begins[i]].begin == now; i++) {
      alive += irmi_trace_alive(trace, events->begins[i]);
      before[events->begins[i]] = full;
    }
    full += alive >= limit;
  }
  return meets;
}

static uint32_t count_marked(const bool *marks, uint32_t count) {
  uint32_t marked = 0;
  for (uint32_t i = 0; i < count; i++)
    marked += marks[i];
  return marked;
}

/* The blocks that go first, in order: those that are fixed, and the most important of those that
 * live where it is at least half full. None where these are no more than may go first: then it is
 * full but for moments, and all others are better packed with them. */
static uint32_t choose(const irmi_job *job, uint32_t most, uint32_t *chosen, irmi_arena *arena) {
  const irmi_trace *trace = &job->trace;
  const bool *full = mark_full(job, job->bound / 2, arena);
  if (!trace->fixed && count_marked(full, trace->count) <= most) return 0;
  const uint32_t *order = irmi_order(trace, &job->events, "I", arena);
  bool *first = IRMI_ARENA_ARRAY(arena, bool, trace->count);
  uint32_t count = 0, left = most;
  for (uint32_t i = 0; i < trace->count; i++) {
    bool fixed = irmi_trace_offset(trace, order[i]) != IRM_PACK_ANYWHERE;
    first[order[i]] = fixed || (left > 0 && full[order[i]]);
    left -= !fixed && first[order[i]];
  }
  for (uint32_t i = 0; i < trace->count; i++)
    if (first[i]) chosen[count++] = i;
  return count;
}

/* The best that quick packers find for a part. */
static bool pack_part(const irmi_job *part, irmi_effort *effort, uint64_t *best) {
  const irmi_packer *packer;
  uint64_t height = UINT64_MAX;
  uint64_t *tried = IRMI_ARENA_ARRAY(part->arena, uint64_t, part->trace.count);
  for (size_t i = 0; (packer = irmi_packer_at(i)); i++) {
    irmi_effort allowed = irmi_effort_of(packer->most_steps(part->trace.count), 0);
    if (!packer->within_levels) continue;
    bool found = packer->run(packer, part, &allowed, tried);
    if (!irmi_effort_spend(effort, allowed.used)) return false;
    uint64_t here = found ? irmi_trace_height(&part->trace, tried) : UINT64_MAX;
    if (here >= height) continue;
    height = here;
    memcpy(best, tried, part->trace.count * sizeof *best);
  }
  return height < UINT64_MAX;
}

/* The bytes that blocks take, interval by interval. */
static irmi_taken *taken_by(const irmi_trace *trace, const uint64_t *offsets, irmi_arena *arena) {
  irmi_taken *taken = IRMI_ARENA_ARRAY(arena, irmi_taken, trace->first[trace->count]);
  for (uint32_t i = 0; i < trace->first[trace->count]; i++) {
    uint64_t offset = offsets[trace->owner[i]];
    taken[i] = (irmi_taken){trace->lifetime[i], offset, offset + irmi_trace_alive(trace, i)};
  }
  return taken;
}

/* Packs the chosen blocks, and all others around them. */
static bool pack_around(const irmi_job *job, const uint32_t *chosen, uint32_t count,
                        irmi_effort *effort, irmi_arena *arena, uint64_t *offsets) {
  irmi_job part = {.arena = arena, .bound = job->bound};
  irmi_trace_part(&part.trace, &job->trace, chosen, count, arena);
  part.events = irmi_trace_events(&part.trace, arena);
  uint64_t *of_part = IRMI_ARENA_ARRAY(arena, uint64_t, count);
  if (!pack_part(&part, effort, of_part)) return false;
  for (uint32_t i = 0; i < job->trace.count; i++)
    offsets[i] = IRM_PACK_ANYWHERE;
  for (uint32_t i = 0; i < count; i++)
    offsets[chosen[i]] = of_part[i];
  if (!irmi_effort_spend(effort, IRMI_SWEEP_STEPS * (uint64_t)job->trace.count)) return false;
  irmi_sweep(job, taken_by(&part.trace, of_part, arena), part.events.count, arena, offsets);
  return true;
}

static bool try_levels(const irmi_job *job, uint32_t first, irmi_effort *effort,
                       uint64_t *offsets) {
  irmi_arena arena;
  irmi_arena_init(&arena, job->arena->allocator);
  uint32_t *chosen = IRMI_ARENA_ARRAY(&arena, uint32_t, job->trace.count);
  uint32_t count = choose(job, first, chosen, &arena);
  bool done = count > 0 && pack_around(job, chosen, count, effort, &arena, offsets);
  irmi_arena_destroy(&arena);
  return done;
}

bool irmi_levels(const irmi_job *job, irmi_effort *effort, uint64_t *offsets) {
  uint64_t height = UINT64_MAX;
  size_t bytes = job->trace.count * sizeof *offsets;
  uint64_t *tried = irmi_alloc(job->arena->allocator, bytes);
  for (size_t i = 0; i < TRIES && height > job->bound; i++) {
    if (!try_levels(job, tries[i], effort, tried)) break;
    uint64_t here = irmi_trace_height(&job->trace, tried);
    if (here >= height) continue;
    height = here;
    memcpy(offsets, tried, bytes);
  }
  irmi_free(job->arena->allocator, tried, bytes);
  return height < UINT64_MAX;
}
