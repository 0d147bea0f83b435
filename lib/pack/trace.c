/* Problems as arrays of blocks. */
#include "pack/trace.h"

#include "irmem/size.h"
#include "pack/sort.h"

static bool takes_part(const irm_pack_buffer *buffer) {
  return buffer->bytes > 0 && buffer->lifetime_count > 0;
}

/* How many blocks and intervals there are. */
static void count(const irm_pack_problem *problem, size_t *blocks, size_t *intervals) {
  *blocks = *intervals = 0;
  for (size_t i = 0; i < problem->buffer_count; i++)
    if (takes_part(&problem->buffers[i])) {
      ++*blocks;
      *intervals += problem->buffers[i].lifetime_count;
    }
}

static void add_block(irmi_trace *trace, const irm_pack_buffer *buffer) {
  uint32_t block = trace->count++, at = trace->first[block], count = buffer->lifetime_count;
  trace->bytes[block] = buffer->bytes;
  trace->alignment[block] = buffer->alignment;
  trace->offset[block] = buffer->offset;
  trace->span[block] = (irm_interval){buffer->lifetime[0].begin, buffer->lifetime[count - 1].end};
  for (uint32_t k = 0; k < count; k++) {
    trace->lifetime[at + k] = buffer->lifetime[k];
    trace->owner[at + k] = block;
  }
  trace->first[block + 1] = at + count;
  trace->aligned |= buffer->alignment > 1;
  trace->fixed |= buffer->offset != IRM_PACK_ANYWHERE;
  trace->holes |= count > 1;
}

void irmi_trace_init(irmi_trace *trace, const irm_pack_problem *problem, irmi_arena *arena) {
  size_t blocks, intervals;
  count(problem, &blocks, &intervals);
  *trace = (irmi_trace){.bytes = IRMI_ARENA_ARRAY(arena, uint64_t, blocks),
                        .alignment = IRMI_ARENA_ARRAY(arena, uint64_t, blocks),
                        .offset = IRMI_ARENA_ARRAY(arena, uint64_t, blocks),
                        .span = IRMI_ARENA_ARRAY(arena, irm_interval, blocks),
                        .first = IRMI_ARENA_ARRAY(arena, uint32_t, blocks + 1),
                        .lifetime = IRMI_ARENA_ARRAY(arena, irm_interval, intervals),
                        .owner = IRMI_ARENA_ARRAY(arena, uint32_t, intervals),
                        .block_of = IRMI_ARENA_ARRAY(arena, uint32_t, problem->buffer_count)};
  for (size_t i = 0; i < problem->buffer_count; i++) {
    const irm_pack_buffer *buffer = &problem->buffers[i];
    trace->block_of[i] = takes_part(buffer) ? trace->count : IRMI_NO_BLOCK;
    if (takes_part(buffer)) add_block(trace, buffer);
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

uint64_t irmi_align(uint64_t offset, uint64_t alignment) {
  uint64_t over = offset % alignment;
  return over ? irm_bytes_add(offset, alignment - over) : offset;
}
