/* Problems as arrays of blocks. */
#include "pack/trace.h"

#include "irmem/size.h"
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

static void init_plain(irmi_trace *trace, const irm_pack_problem *problem, irmi_arena *arena) {
  size_t intervals = 0;
  for (size_t i = 0; i < problem->buffer_count; i++)
    intervals += problem->buffers[i].lifetime_count;
  make_room(trace, problem->buffer_count, intervals, arena);
  for (size_t i = 0; i < problem->buffer_count; i++) {
    const irm_pack_buffer *buffer = &problem->buffers[i];
    trace->block_of[i] = buffer->bytes ? trace->count : IRMI_NO_BLOCK;
    if (!buffer->bytes) continue;
    add_block(trace, buffer->bytes, buffer->alignment, buffer->offset);
    for (uint32_t k = 0; k < buffer->lifetime_count; k++)
      add_interval(trace, buffer->lifetime[k]);
  }
}

static void init_chained(irmi_trace *trace, const irm_pack_problem *problem,
                         const irmi_chains *chains, irmi_arena *arena) {
  size_t pieces = 0;
  for (uint32_t i = 0; i < problem->buffer_count; i++)
    if (chains->leader[i] == i) pieces += chains->chains[i].piece_count;
  make_room(trace, problem->buffer_count, pieces, arena);
  trace->alive = IRMI_ARENA_ARRAY(arena, uint64_t, pieces);
  for (uint32_t i = 0; i < problem->buffer_count; i++) {
    const irmi_chain *chain = &chains->chains[i];
    trace->block_of[i] = problem->buffers[i].bytes ? trace->count : IRMI_NO_BLOCK;
    if (chains->leader[i] != i) trace->block_of[i] = trace->block_of[chains->leader[i]];
    if (chains->leader[i] != i || !chain->bytes) continue;
    add_block(trace, chain->bytes, chain->alignment, chain->offset);
    for (uint32_t k = 0; k < chain->piece_count; k++) {
      trace->alive[trace->first[trace->count]] = chain->pieces[k].bytes;
      add_interval(trace, chain->pieces[k].life);
    }
  }
}

void irmi_trace_init(irmi_trace *trace, const irm_pack_problem *problem, const irmi_chains *chains,
                     irmi_arena *arena) {
  *trace = (irmi_trace){.block_of = IRMI_ARENA_ARRAY(arena, uint32_t, problem->buffer_count)};
  if (chains)
    init_chained(trace, problem, chains, arena);
  else
    init_plain(trace, problem, arena);
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

uint64_t irmi_align(uint64_t offset, uint64_t alignment) {
  uint64_t over = offset % alignment;
  return over ? irm_bytes_add(offset, alignment - over) : offset;
}
