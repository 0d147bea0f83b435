/* Problems as arrays of blocks. */
#include "pack/trace.h"

#include "pack/sort.h"

/* Room for so many blocks and intervals. */
static void make_room(irmi_trace *trace, size_t blocks, size_t intervals, irmi_arena *arena) {
  trace->bytes = IRMI_ARENA_ARRAY(arena, uint64_t, blocks);
  trace->alignment = IRMI_ARENA_ARRAY(arena, uint64_t, blocks);
  trace->offset = IRMI_ARENA_ARRAY(arena, uint64_t, blocks);
  trace->span = IRMI_ARENA_ARRAY(arena, irm_interval, blocks);
  trace->first = IRMI_ARENA_ARRAY(arena, uint32_t, blocks + 1);
  trace->lifetime = IRMI_ARENA_ARRAY(arena, irm_interval, intervals);
  trace->owner = IRMI_ARENA_ARRAY(arena, uint32_t, intervals);
}

static void add_interval(irmi_trace *trace, irm_interval life) {
  uint32_t block = trace->count - 1, at = trace->first[trace->count]++;
  trace->lifetime[at] = life;
  trace->owner[at] = block;
  if (at == trace->first[block]) trace->span[block] = life;
  trace->span[block].end = life.end;
  trace->holes |= at > trace->first[block];
}

/* One without intervals yet. */
static void add_block(irmi_trace *trace, uint64_t bytes, uint64_t alignment, uint64_t offset) {
  uint32_t block = trace->count++;
  trace->bytes[block] = bytes;
  trace->alignment[block] = alignment;
  trace->offset[block] = offset;
  trace->first[block + 1] = trace->first[block];
  trace->aligned |= alignment > 1;
  trace->fixed |= offset != IRM_PACK_ANYWHERE;
}

#define AHEAD 16 /* buffers are fetched so many before they are needed, their lifetimes half */

/* The buffers that become blocks, in order of their begins. */
static irmi_keyed *sorted_buffers(const irm_pack_problem *problem, const irmi_chains *chains,
                                  const irm_allocator *allocator, size_t *count) {
  size_t bytes = problem->buffer_count * sizeof(irmi_keyed);
  irmi_keyed *sorted = irmi_alloc(allocator, bytes), *spare = irmi_alloc(allocator, bytes);
  *count = 0;
  for (uint32_t i = 0; i < problem->buffer_count; i++) {
    const irm_pack_buffer *buffer = &problem->buffers[i];
    if (!buffer->bytes || (chains && chains->leader[i] != i)) continue;
    irm_interval first = chains ? chains->chains[i].pieces[0].life : buffer->lifetime[0];
    sorted[(*count)++] = (irmi_keyed){first.begin, i};
  }
  irmi_keyed_sort(sorted, spare, *count);
  irmi_free(allocator, spare, bytes);
  return sorted;
}

static void add_buffer(irmi_trace *trace, const irm_pack_buffer *buffer) {
  add_block(trace, buffer->bytes, buffer->alignment, buffer->offset);
  for (uint32_t k = 0; k < buffer->lifetime_count; k++)
    add_interval(trace, buffer->lifetime[k]);
}

static void add_chain(irmi_trace *trace, const irmi_chain *chain) {
  add_block(trace, chain->bytes, chain->alignment, chain->offset);
  for (uint32_t k = 0; k < chain->piece_count; k++) {
    trace->alive[trace->first[trace->count]] = chain->pieces[k].bytes;
    add_interval(trace, chain->pieces[k].life);
  }
}

static size_t count_intervals(const irm_pack_problem *problem, const irmi_chains *chains) {
  size_t intervals = 0;
  for (uint32_t i = 0; i < problem->buffer_count; i++)
    if (!chains)
      intervals += problem->buffers[i].lifetime_count;
    else if (chains->leader[i] == i)
      intervals += chains->chains[i].piece_count;
  return intervals;
}

void irmi_trace_init(irmi_trace *trace, const irm_pack_problem *problem, const irmi_chains *chains,
                     irmi_arena *arena) {
  size_t blocks, intervals = count_intervals(problem, chains), buffers = problem->buffer_count;
  *trace = (irmi_trace){.block_of = IRMI_ARENA_ARRAY(arena, uint32_t, buffers)};
  irmi_keyed *sorted = sorted_buffers(problem, chains, arena->allocator, &blocks);
  make_room(trace, blocks, intervals, arena);
  if (chains) trace->alive = IRMI_ARENA_ARRAY(arena, uint64_t, intervals);
  for (size_t i = 0; i < buffers; i++)
    trace->block_of[i] = IRMI_NO_BLOCK;
  for (size_t i = 0; i < blocks; i++) {
    if (!chains && i + AHEAD < blocks) {
      __builtin_prefetch(&problem->buffers[sorted[i + AHEAD].item]);
      __builtin_prefetch(problem->buffers[sorted[i + AHEAD / 2].item].lifetime);
    }
    trace->block_of[sorted[i].item] = trace->count;
    if (chains)
      add_chain(trace, &chains->chains[sorted[i].item]);
    else
      add_buffer(trace, &problem->buffers[sorted[i].item]);
  }
  for (size_t i = 0; chains && i < buffers; i++)
    trace->block_of[i] = trace->block_of[chains->leader[i]];
  irmi_free(arena->allocator, sorted, buffers * sizeof *sorted);
}

void irmi_trace_part(irmi_trace *part, const irmi_trace *trace, const uint32_t *blocks,
                     uint32_t count, irmi_arena *arena) {
  size_t intervals = 0;
  for (uint32_t i = 0; i < count; i++)
    intervals += trace->first[blocks[i] + 1] - trace->first[blocks[i]];
  *part = (irmi_trace){0};
  make_room(part, count, intervals, arena);
  if (trace->alive) part->alive = IRMI_ARENA_ARRAY(arena, uint64_t, intervals);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t block = blocks[i];
    add_block(part, trace->bytes[block], trace->alignment[block], trace->offset[block]);
    for (uint32_t k = trace->first[block]; k < trace->first[block + 1]; k++) {
      if (trace->alive) part->alive[part->first[part->count]] = trace->alive[k];
      add_interval(part, trace->lifetime[k]);
    }
  }
}

static void numbers_of(const irmi_keyed *sorted, uint32_t count, uint32_t *numbers) {
  for (uint32_t i = 0; i < count; i++)
    numbers[i] = sorted[i].item;
}

irmi_events irmi_trace_events(const irmi_trace *trace, irmi_arena *arena) {
  uint32_t count = trace->first[trace->count];
  irmi_events events = {count, IRMI_ARENA_ARRAY(arena, uint32_t, count),
                        IRMI_ARENA_ARRAY(arena, uint32_t, count)};
  size_t bytes = count * sizeof(irmi_keyed);
  irmi_keyed *keyed = irmi_alloc(arena->allocator, bytes);
  irmi_keyed *spare = irmi_alloc(arena->allocator, bytes);
  for (uint32_t i = 0; i < count; i++)
    keyed[i] = (irmi_keyed){trace->lifetime[i].begin, i};
  irmi_keyed_sort(keyed, spare, count);
  numbers_of(keyed, count, events.begins);
  for (uint32_t i = 0; i < count; i++)
    keyed[i] = (irmi_keyed){trace->lifetime[i].end, i};
  irmi_keyed_sort(keyed, spare, count);
  numbers_of(keyed, count, events.ends);
  irmi_free(arena->allocator, spare, bytes);
  irmi_free(arena->allocator, keyed, bytes);
  return events;
}

/* Buffers in nobody's way are at the bottom, or where they must be. */
static uint64_t offset_of_nothing(const irm_pack_buffer *buffer) {
  return buffer->offset == IRM_PACK_ANYWHERE ? 0 : buffer->offset;
}

void irmi_trace_spread(const irmi_trace *trace, const irm_pack_problem *problem,
                       const uint64_t *of_blocks, uint64_t *of_buffers) {
  for (size_t i = 0; i < problem->buffer_count; i++) {
    uint32_t block = trace->block_of[i];
    of_buffers[i] =
        block == IRMI_NO_BLOCK ? offset_of_nothing(&problem->buffers[i]) : of_blocks[block];
  }
}

uint64_t irmi_trace_height(const irmi_trace *trace, const uint64_t *offsets) {
  uint64_t height = 0;
  for (uint32_t i = 0; i < trace->count; i++) {
    uint64_t end = irm_bytes_add(offsets[i], trace->bytes[i]);
    if (end > height) height = end;
  }
  return height;
}
