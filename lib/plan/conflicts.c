/* Plans for buffers that are in each other's way as a matrix says, not their lifetimes: the largest
 * first, each as low as it can be. */
#include "plan/plan.h"
#include "plan/units.h"

#include <stdlib.h>

typedef struct placing {
  const irm_plan_problem *problem;
  const uint64_t *conflicts;
  irmi_arena arena;
  irmi_units units;  /* one a buffer that is in no bin */
  uint32_t *slot_of; /* by buffer: its bin, or IRMI_NO_UNIT */
  uint32_t *buffer_of;
  uint64_t *bytes, *offsets; /* by unit */
  uint32_t words;
} placing;

static bool conflict(const placing *p, uint32_t x, uint32_t y) {
  return p->conflicts[(size_t)x * p->words + y / 64] >> y % 64 & 1;
}

/* By size --------------------------------------------------------------------------------------*/

typedef struct key {
  uint64_t bytes;
  uint32_t number;
} key;

static int compare_keys(const void *left, const void *right) {
  const key *x = left, *y = right;
  if (x->bytes != y->bytes) return x->bytes > y->bytes ? -1 : 1;
  return x->number < y->number ? -1 : x->number > y->number;
}

static uint64_t bytes_at_reference(irm_size size) {
  return irm_size_evaluate_aligned(size, IRM_REFERENCE_NODES, IRM_REFERENCE_EDGES);
}

static uint32_t *largest_first(placing *p) {
  uint32_t count = p->problem->buffer_count;
  key *keys = IRMI_ARENA_ARRAY(&p->arena, key, count);
  uint32_t *order = IRMI_ARENA_ARRAY(&p->arena, uint32_t, count);
  for (uint32_t i = 0; i < count; i++)
    keys[i] = (key){bytes_at_reference(p->problem->buffers[i].bytes), i};
  if (count > 1) qsort(keys, count, sizeof *keys, compare_keys);
  for (uint32_t i = 0; i < count; i++)
    order[i] = keys[i].number;
  return order;
}

/* Bins ------------------------------------------------------------------------------------------*/

/* A bin that moves takes no guests: they would move with it. */
static bool bin_takes(const placing *p, uint32_t bin, uint32_t buffer) {
  const irm_plan_buffer *b = &p->problem->buffers[buffer];
  if (b->no_bin || b->exact || !irm_size_fits(b->bytes, p->problem->bins[bin].bytes)) return false;
  for (uint32_t i = 0; i < p->problem->buffer_count; i++)
    if (p->slot_of[i] == bin && (p->problem->buffers[i].exact || conflict(p, buffer, i)))
      return false;
  return true;
}

static void fill_bins(placing *p, const uint32_t *order) {
  for (uint32_t i = 0; i < p->problem->buffer_count; i++)
    p->slot_of[i] = p->problem->buffers[i].bin;
  for (uint32_t k = 0; k < p->problem->buffer_count; k++)
    for (uint32_t bin = 0; bin < p->problem->bin_count; bin++)
      if (p->slot_of[order[k]] == IRM_PLAN_ANYWHERE && bin_takes(p, bin, order[k]))
        p->slot_of[order[k]] = bin;
}

/* The arena -------------------------------------------------------------------------------------*/

typedef struct span {
  uint64_t begin, end;
} span;

static int compare_spans(const void *left, const void *right) {
  const span *x = left, *y = right;
  if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
  return x->end < y->end ? -1 : x->end > y->end;
}

/* The lowest place beside the units before it that are in its way. */
static uint64_t lowest(const placing *p, uint32_t unit, span *spans) {
  uint32_t count = 0;
  uint64_t at = 0;
  for (uint32_t u = 0; u < unit; u++)
    if (conflict(p, p->buffer_of[unit], p->buffer_of[u]))
      spans[count++] = (span){p->offsets[u], p->offsets[u] + p->bytes[u]};
  if (count > 1) qsort(spans, count, sizeof *spans, compare_spans);
  for (uint32_t i = 0; i < count && spans[i].begin < at + p->bytes[unit]; i++)
    if (spans[i].end > at) at = spans[i].end;
  return at;
}

static void place_units(placing *p, const uint32_t *order) {
  uint32_t count = p->problem->buffer_count;
  span *spans = IRMI_ARENA_ARRAY(&p->arena, span, count);
  for (uint32_t k = 0; k < count; k++) {
    uint32_t buffer = order[k], unit = p->units.count;
    p->units.unit_of[buffer] = IRMI_NO_UNIT;
    if (p->slot_of[buffer] != IRM_PLAN_ANYWHERE) continue;
    p->units.unit_of[buffer] = unit;
    p->buffer_of[unit] = buffer;
    p->units.items[unit] = (irmi_unit){.bytes = p->problem->buffers[buffer].bytes, .slot = unit};
    p->bytes[unit] = bytes_at_reference(p->problem->buffers[buffer].bytes);
    p->offsets[unit] = lowest(p, unit, spans);
    p->units.count++;
  }
}

/* Stacking --------------------------------------------------------------------------------------*/

static uint32_t *by_offset(placing *p) {
  key *keys = IRMI_ARENA_ARRAY(&p->arena, key, p->units.count);
  uint32_t *order = IRMI_ARENA_ARRAY(&p->arena, uint32_t, p->units.count);
  for (uint32_t u = 0; u < p->units.count; u++)
    keys[u] = (key){UINT64_MAX - p->offsets[u], u};
  if (p->units.count > 1) qsort(keys, p->units.count, sizeof *keys, compare_keys);
  for (uint32_t k = 0; k < p->units.count; k++)
    order[k] = keys[k].number;
  return order;
}

/* The places behind which one lies: those lower that are in its way, from the highest on, less what
 * follows. */
static void write_place(placing *p, const uint32_t *order, uint64_t *behind, uint32_t k,
                        irm_plan *plan) {
  uint32_t words = (p->units.count + 63) / 64, unit = order[k], count = 0;
  uint32_t *list = IRMI_ARENA_ARRAY(irmi_plan_arena(plan), uint32_t, k);
  uint64_t *mine = behind + (size_t)k * words;
  for (uint32_t lower = k; lower-- > 0;) {
    if (mine[lower / 64] >> lower % 64 & 1) continue;
    if (!conflict(p, p->buffer_of[unit], p->buffer_of[order[lower]])) continue;
    for (uint32_t w = 0; w < words; w++)
      mine[w] |= behind[(size_t)lower * words + w];
    mine[lower / 64] |= UINT64_C(1) << lower % 64;
    list[count++] = p->problem->bin_count + lower;
  }
  plan->layouts[0].places[k] = (irm_plan_place){.slot = p->problem->bin_count + k,
                                                .behind_all = k == 0,
                                                .behind = list,
                                                .behind_count = count};
}

static irm_plan *write_plan(placing *p) {
  uint32_t bins = p->problem->bin_count, count = p->units.count, words = (count + 63) / 64;
  irm_plan *plan = irmi_plan_create(p->problem->buffer_count, bins + count, p->arena.allocator);
  uint32_t *order = by_offset(p);
  uint64_t *behind = IRMI_ARENA_ARRAY(&p->arena, uint64_t, (size_t)count * words);
  plan->layout_count = 1;
  plan->layouts = IRMI_ARENA_NEW(irmi_plan_arena(plan), irm_plan_layout);
  plan->layouts[0].count = count;
  plan->layouts[0].places = IRMI_ARENA_ARRAY(irmi_plan_arena(plan), irm_plan_place, count);
  for (uint32_t bin = 0; bin < bins; bin++)
    plan->slot_bytes[bin] = p->problem->bins[bin].bytes;
  for (uint32_t i = 0; i < p->problem->buffer_count; i++)
    plan->slot_of[i] = p->slot_of[i];
  for (uint32_t k = 0; k < count; k++) {
    write_place(p, order, behind, k, plan);
    plan->slot_bytes[bins + k] = p->units.items[order[k]].bytes;
    plan->slot_of[p->buffer_of[order[k]]] = bins + k;
  }
  return plan;
}

irm_plan *irm_plan_with_conflicts(const irm_plan_problem *problem, const uint64_t *conflicts,
                                  const irm_allocator *allocator) {
  uint32_t count = problem->buffer_count;
  if (count > IRMI_MOST_UNITS) return irm_plan_separate(problem, allocator);
  placing p = {.problem = problem, .conflicts = conflicts, .words = (count + 63) / 64};
  irmi_arena_init(&p.arena, allocator);
  p.units.items = IRMI_ARENA_ARRAY(&p.arena, irmi_unit, count);
  p.units.unit_of = IRMI_ARENA_ARRAY(&p.arena, uint32_t, count);
  p.slot_of = IRMI_ARENA_ARRAY(&p.arena, uint32_t, count);
  p.buffer_of = IRMI_ARENA_ARRAY(&p.arena, uint32_t, count);
  p.bytes = IRMI_ARENA_ARRAY(&p.arena, uint64_t, count);
  p.offsets = IRMI_ARENA_ARRAY(&p.arena, uint64_t, count);
  const uint32_t *order = largest_first(&p);
  fill_bins(&p, order);
  place_units(&p, order);
  irm_plan *plan = write_plan(&p);
  irmi_arena_destroy(&p.arena);
  return plan;
}
