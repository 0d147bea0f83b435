/* Problems as arrays of blocks. */
#include "pack/trace.h"

#include "pack/sort.h"

/* What there must be room for. */
typedef struct room {
  size_t blocks, intervals;
  bool aligned, fixed, pieces;
} room;

static void count_block(room *needed, uint32_t intervals, uint64_t alignment, uint64_t offset) {
  needed->blocks++;
  needed->intervals += intervals;
  needed->aligned |= alignment > 1;
  needed->fixed |= offset != IRM_PACK_ANYWHERE;
}

static void make_room(irmi_trace *trace, const room *needed, irmi_arena *arena) {
  size_t blocks = needed->blocks, intervals = needed->intervals;
  trace->bytes = IRMI_ARENA_ARRAY(arena, uint64_t, blocks);
  if (needed->aligned) trace->alignment = IRMI_ARENA_ARRAY(arena, uint64_t, blocks);
  if (needed->fixed) trace->offset = IRMI_ARENA_ARRAY(arena, uint64_t, blocks);
  trace->first = IRMI_ARENA_ARRAY(arena, uint32_t, blocks + 1);
  trace->lifetime = IRMI_ARENA_ARRAY(arena, irm_interval, intervals);
  bool one_each = blocks == intervals;
  trace->span = one_each ? trace->lifetime : IRMI_ARENA_ARRAY(arena, irm_interval, blocks);
  trace->owner = one_each ? trace->first : IRMI_ARENA_ARRAY(arena, uint32_t, intervals);
  if (needed->pieces) trace->alive = IRMI_ARENA_ARRAY(arena, uint64_t, intervals);
  trace->fixed = needed->fixed;
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
  if (trace->alignment) trace->alignment[block] = alignment;
  if (trace->offset) trace->offset[block] = offset;
  trace->first[block + 1] = trace->first[block];
}

#define AHEAD 16 /* buffers are fetched so many before they are needed, their lifetimes half */

/* The buffers that become blocks, in order of their begins. */
static irmi_keyed *sorted_buffers(const irm_pack_problem *problem, const irmi_chains *chains,
                                  const irm_allocator *allocator, room *needed) {
  size_t bytes = problem->buffer_count * sizeof(irmi_keyed);
  irmi_keyed *sorted = irmi_alloc(allocator, bytes), *spare = irmi_alloc(allocator, bytes);
  *needed = (room){.pieces = chains};
  for (uint32_t i = 0; i < problem->buffer_count; i++) {
    const irm_pack_buffer *buffer = &problem->buffers[i];
    const irmi_chain *chain = chains ? &chains->chains[i] : NULL;
    if (!buffer->bytes || (chain && chains->leader[i] != i)) continue;
    irm_interval first = chain ? chain->pieces[0].life : buffer->lifetime[0];
    sorted[needed->blocks] = (irmi_keyed){first.begin, i};
    if (chain)
      count_block(needed, chain->piece_count, chain->alignment, chain->offset);
    else
      count_block(needed, buffer->lifetime_count, buffer->alignment, buffer->offset);
  }
  irmi_keyed_sort(sorted, spare, needed->blocks);
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

void irmi_trace_init(irmi_trace *trace, const irm_pack_problem *problem, const irmi_chains *chains,
                     irmi_arena *arena) {
  room needed;
  size_t buffers = problem->buffer_count;
  *trace = (irmi_trace){.block_of = IRMI_ARENA_ARRAY(arena, uint32_t, buffers)};
  irmi_keyed *sorted = sorted_buffers(problem, chains, arena->allocator, &needed);
  make_room(trace, &needed, arena);
  for (size_t i = 0; i < buffers; i++)
    trace->block_of[i] = IRMI_NO_BLOCK;
  for (size_t i = 0; i < needed.blocks; i++) {
    if (!chains && i + AHEAD < needed.blocks) {
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
  room needed = {.pieces = trace->alive};
  for (uint32_t i = 0; i < count; i++)
    count_block(&needed, trace->first[blocks[i] + 1] - trace->first[blocks[i]],
                irmi_trace_alignment(trace, blocks[i]), irmi_trace_offset(trace, blocks[i]));
  *part = (irmi_trace){0};
  make_room(part, &needed, arena);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t block = blocks[i];
    add_block(part, trace->bytes[block], irmi_trace_alignment(trace, block),
              irmi_trace_offset(trace, block));
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
