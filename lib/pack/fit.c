/* First and best fit. What is placed stays sorted by offset, so that one walk from the bottom finds
 * the spaces between those that are alive together with a block (TensorFlow Lite's
 * simple_memory_arena.cc; first fit by size is also what TVM and MLIR's bufferization do). */
#include "pack/fit.h"

#include "irmem/size.h"

#include <string.h>

/* What is placed, from the lowest up. */
typedef struct placed {
  uint64_t offset, end;
  irm_interval span;
  uint32_t block;
} placed;

typedef struct fitting {
  const irmi_trace *trace;
  irmi_choice choice;
  placed *placed;
  uint32_t count;
  uint64_t looked_at; /* places, and lifetimes for them */
} fitting;

static bool spans_meet(irm_interval x, irm_interval y) {
  return x.begin < y.end && y.begin < x.end;
}

/* Whether two blocks, one of which has holes, are alive together. */
static bool lifetimes_meet(fitting *f, uint32_t x, uint32_t y) {
  const irmi_trace *trace = f->trace;
  uint32_t i = trace->first[x], k = trace->first[y];
  while (i < trace->first[x + 1] && k < trace->first[y + 1]) {
    f->looked_at++;
    if (spans_meet(trace->lifetime[i], trace->lifetime[k])) return true;
    if (trace->lifetime[i].end < trace->lifetime[k].end)
      i++;
    else
      k++;
  }
  return false;
}

static bool in_the_way(fitting *f, const placed *other, uint32_t block) {
  if (!spans_meet(other->span, f->trace->span[block])) return false;
  return !f->trace->holes || lifetimes_meet(f, other->block, block);
}

/* Where the block goes; UINT64_MAX: nowhere. */
static uint64_t find(fitting *f, uint32_t block) {
  uint64_t bytes = f->trace->bytes[block], alignment = irmi_trace_alignment(f->trace, block);
  uint64_t free = 0, best = UINT64_MAX, best_room = UINT64_MAX;
  uint32_t i = 0;
  for (; i < f->count; i++) {
    const placed *other = &f->placed[i];
    if (other->end <= free || !in_the_way(f, other, block)) continue;
    if (other->offset > free && other->offset - free >= bytes && other->offset - free < best_room) {
      best = free;
      best_room = other->offset - free;
      if (f->choice == IRMI_CHOOSE_LOWEST) break;
    }
    free = irmi_align(other->end, alignment);
  }
  f->looked_at += i;
  return best == UINT64_MAX ? free : best;
}

/* Places in the list from which on offsets are no lower. */
static uint32_t rank_of(const fitting *f, uint64_t offset) {
  uint32_t low = 0, high = f->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (f->placed[middle].offset < offset)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static bool place(fitting *f, uint32_t block, uint64_t offset) {
  uint64_t end = irm_bytes_add(offset, f->trace->bytes[block]);
  if (end == UINT64_MAX) return false;
  uint32_t at = rank_of(f, offset);
  memmove(&f->placed[at + 1], &f->placed[at], (f->count++ - at) * sizeof *f->placed);
  f->placed[at] = (placed){offset, end, f->trace->span[block], block};
  return true;
}

static bool place_fixed(fitting *f, uint64_t *offsets) {
  const irmi_trace *trace = f->trace;
  for (uint32_t i = 0; trace->fixed && i < trace->count; i++) {
    if (irmi_trace_offset(trace, i) == IRM_PACK_ANYWHERE) continue;
    offsets[i] = irmi_trace_offset(trace, i);
    if (!place(f, i, offsets[i])) return false;
  }
  return true;
}

static bool place_others(fitting *f, const uint32_t *order, irmi_effort *effort,
                         uint64_t *offsets) {
  for (uint32_t i = 0; i < f->trace->count; i++) {
    uint32_t block = order[i];
    if (irmi_trace_offset(f->trace, block) != IRM_PACK_ANYWHERE) continue;
    f->looked_at = 0;
    offsets[block] = find(f, block);
    if (!irmi_effort_spend(effort, f->looked_at + 1)) return false;
    if (!place(f, block, offsets[block])) return false;
  }
  return true;
}

bool irmi_fit(const irmi_trace *trace, const uint32_t *order, irmi_choice choice,
              irmi_effort *effort, const irm_allocator *allocator, uint64_t *offsets) {
  size_t bytes = trace->count * sizeof(placed);
  fitting f = {trace, choice, irmi_alloc(allocator, bytes), 0, 0};
  bool done = place_fixed(&f, offsets) && place_others(&f, order, effort, offsets);
  irmi_free(allocator, f.placed, bytes);
  return done;
}
