/* Best fit in order of time, as a run-time allocator does it (Knuth, The Art of Computer
 * Programming 1, 2.5), but one that knows when each block dies and what will come: a space is only
 * used if it is free for all of a block's life, and of its two ends the one beside what dies about
 * then. */
#include "pack/sweep.h"

#include "pack/gaps.h"

typedef struct sweep {
  const irmi_trace *trace;
  const irmi_taken *taken;
  uint32_t taken_count;
  irmi_ahead ahead;
  irmi_gaps gaps;
  uint32_t *ends;  /* blocks to place, in order of their ends */
  uint32_t count;  /* of them */
  uint32_t *chunk; /* by block */
  uint32_t *chunk_of_taken;
  uint32_t ended, taken_begun, taken_ended;
  uint64_t *offsets;
} sweep;

static uint32_t time_of(const sweep *s, uint32_t next) {
  return next == IRMI_NOBODY ? UINT32_MAX : s->taken[next].life.begin;
}

/* Frees the views from number on, behind a chunk that is taken; the last ends at an address. */
static void add_views(sweep *s, uint32_t first, uint32_t last, uint32_t before, uint64_t end) {
  for (uint32_t k = last; k-- > first;) {
    irmi_view view = s->ahead.views[k];
    uint32_t chunk = irmi_gaps_add(&s->gaps, before, view.offset, end - view.offset);
    irmi_gaps_free(&s->gaps, chunk, view.next, time_of(s, view.next));
    end = view.offset;
  }
}

/* What a taken one leaves behind: its chunk is cut up, and each piece waits for who sees it. */
static void end_taken(sweep *s, uint32_t number) {
  uint32_t chunk = s->chunk_of_taken[number];
  uint32_t first = s->ahead.first[number], last = s->ahead.first[number + 1];
  irmi_view lowest = s->ahead.views[first];
  uint64_t end = first + 1 < last ? s->ahead.views[first + 1].offset : s->taken[number].end;
  add_views(s, first + 1, last, chunk, s->taken[number].end);
  s->gaps.chunks.items[chunk].bytes = end - lowest.offset;
  irmi_gaps_free(&s->gaps, chunk, lowest.next, time_of(s, lowest.next));
}

static void begin_taken(sweep *s, uint32_t number) {
  uint32_t chunk = s->gaps.newest[number];
  irmi_gaps_take(&s->gaps, chunk);
  s->gaps.chunks.items[chunk].until = s->taken[number].life.end;
  s->chunk_of_taken[number] = chunk;
}

static uint32_t next_end(const sweep *s) {
  return s->ended < s->count ? s->trace->span[s->ends[s->ended]].end : UINT32_MAX;
}

static uint32_t next_taken_end(const sweep *s) {
  return s->taken_ended < s->taken_count ? s->taken[s->ahead.by_end[s->taken_ended]].life.end
                                         : UINT32_MAX;
}

static uint32_t next_taken_begin(const sweep *s) {
  return s->taken_begun < s->taken_count ? s->taken[s->ahead.by_begin[s->taken_begun]].life.begin
                                         : UINT32_MAX;
}

/* Lets time pass, ends before begins. */
static void advance(sweep *s, uint32_t now) {
  for (;;) {
    uint32_t end = next_end(s), taken_end = next_taken_end(s), begin = next_taken_begin(s);
    if (end <= now && end <= begin && end <= taken_end && s->ended < s->count) {
      uint32_t chunk = s->chunk[s->ends[s->ended++]];
      const irmi_chunk_of_line *it = &s->gaps.chunks.items[chunk];
      irmi_gaps_free(&s->gaps, chunk, it->next, time_of(s, it->next));
    } else if (taken_end <= now && taken_end <= begin && s->taken_ended < s->taken_count) {
      end_taken(s, s->ahead.by_end[s->taken_ended++]);
    } else if (begin <= now && s->taken_begun < s->taken_count) {
      begin_taken(s, s->ahead.by_begin[s->taken_begun++]);
    } else {
      return;
    }
  }
}

static uint32_t distance(uint32_t x, uint32_t y) {
  return x < y ? y - x : x - y;
}

/* Whether the upper end of a free chunk suits a block better: what is there dies more as it does.
 */
static bool prefers_top(const sweep *s, uint32_t chunk, uint32_t end) {
  const irmi_chunk_of_line *chunks = s->gaps.chunks.items, *it = &chunks[chunk];
  if (it->after == IRMI_NO_CHUNK || it->before == 0) return false;
  return distance(chunks[it->after].until, end) < distance(chunks[it->before].until, end);
}

static void place(sweep *s, uint32_t block) {
  uint64_t bytes = s->trace->bytes[block], alignment = irmi_trace_alignment(s->trace, block);
  uint32_t end = s->trace->span[block].end;
  uint32_t found = irmi_gaps_find(&s->gaps, bytes, end);
  irmi_chunk_of_line it = s->gaps.chunks.items[found];
  uint64_t offset = irmi_align(it.offset, alignment);
  if (offset - it.offset + bytes > it.bytes) {
    found = irmi_gaps_find(&s->gaps, bytes + alignment - 1, end);
    it = s->gaps.chunks.items[found];
    offset = irmi_align(it.offset, alignment);
  }
  if (prefers_top(s, found, end)) {
    uint64_t top = it.offset + it.bytes - bytes;
    offset = top - top % alignment;
  }
  s->chunk[block] = irmi_gaps_carve(&s->gaps, found, offset, bytes);
  s->gaps.chunks.items[s->chunk[block]].until = end;
  s->offsets[block] = offset;
}

/* The blocks that have no place, in order of their ends; they are in order of their begins. */
static void sort_blocks(sweep *s, const irmi_events *events, irmi_arena *arena) {
  s->ends = IRMI_ARENA_ARRAY(arena, uint32_t, s->trace->count);
  for (uint32_t i = 0; i < events->count; i++) {
    uint32_t interval = events->ends[i], block = s->trace->owner[interval];
    bool is_last = interval + 1 == s->trace->first[block + 1];
    if (is_last && s->offsets[block] == IRM_PACK_ANYWHERE) s->ends[s->count++] = block;
  }
}

void irmi_sweep(const irmi_job *job, const irmi_taken *taken, uint32_t taken_count,
                irmi_arena *arena, uint64_t *offsets) {
  const irmi_trace *trace = &job->trace;
  sweep s = {.trace = trace,
             .taken = taken,
             .taken_count = taken_count,
             .ahead = irmi_look_ahead(taken, taken_count, arena),
             .chunk = IRMI_ARENA_ARRAY(arena, uint32_t, trace->count),
             .chunk_of_taken = IRMI_ARENA_ARRAY(arena, uint32_t, taken_count),
             .offsets = offsets};
  sort_blocks(&s, &job->events, arena);
  irmi_gaps_init(&s.gaps, IRMI_ARENA_ARRAY(arena, uint32_t, taken_count), arena->allocator);
  add_views(&s, s.ahead.first[taken_count], s.ahead.first[taken_count + 1], 0, UINT64_MAX);
  for (uint32_t i = 0; i < trace->count; i++) {
    if (offsets[i] != IRM_PACK_ANYWHERE) continue;
    advance(&s, trace->span[i].begin);
    place(&s, i);
  }
  irmi_gaps_destroy(&s.gaps);
}
