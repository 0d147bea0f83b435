/* Fitting all parts into a capacity, and the search for the least capacity. */
#include "pack/exact.h"

#include "pack/exact_part.h"

#define FIRST_NODES 30000 /* that a capacity is worth at first; then twice as many, and so on */

/* Fitting -------------------------------------------------------------------------------------- */

/* One part that fails is enough to say that there is no placement. Each that is found is kept. */
static irmi_found fit_all(irmi_parts *parts, uint64_t capacity, uint64_t nodes, uint64_t *offsets) {
  irmi_found all = IRMI_FOUND;
  for (uint32_t p = 0; p < parts->count; p++) {
    irmi_found found = irmi_part_fit(parts, &parts->items[p], capacity, nodes, offsets);
    if (found == IRMI_FAILED) return IRMI_FAILED;
    if (found == IRMI_STOPPED) all = IRMI_STOPPED;
  }
  return all;
}

static irmi_exact_verdict verdict_of(irmi_found found, uint64_t capacity) {
  if (found == IRMI_FOUND) return IRMI_EXACT_FOUND;
  /* A greater capacity than the search can count to was not asked about. */
  if (found == IRMI_FAILED && capacity <= IRMI_EXACT_LIMIT) return IRMI_EXACT_IMPOSSIBLE;
  return IRMI_EXACT_GAVE_UP;
}

/* Buffers of no bytes are in nobody's way. */
static void place_empty(const irm_pack_problem *problem, uint64_t *offsets) {
  for (size_t i = 0; i < problem->buffer_count; i++)
    offsets[i] = problem->buffers[i].offset == IRM_PACK_ANYWHERE ? 0 : problem->buffers[i].offset;
}

irmi_exact_verdict irmi_exact_fit(const irm_pack_problem *problem, uint64_t capacity,
                                  irmi_effort *effort, const irm_allocator *allocator,
                                  uint64_t *offsets) {
  irmi_parts parts;
  irmi_parts_init(&parts, problem, effort, allocator);
  place_empty(problem, offsets);
  irmi_found found = fit_all(&parts, capacity, UINT64_MAX / 2, offsets);
  irmi_parts_destroy(&parts);
  return verdict_of(found, capacity);
}

/* Minimising ----------------------------------------------------------------------------------- */

typedef struct minimising {
  irmi_parts parts;
  irmi_exact_range range;
  uint64_t nodes;
  uint64_t *offsets;
} minimising;

static void measure_parts(minimising *m) {
  for (uint32_t p = 0; p < m->parts.count; p++) {
    irmi_part *part = &m->parts.items[p];
    part->height = 0;
    for (uint32_t k = 0; k < part->member_count; k++) {
      uint32_t buffer = part->members[k];
      uint64_t end = m->offsets[buffer] + m->parts.problem->buffers[buffer].bytes;
      if (end > part->height) part->height = end;
    }
  }
}

static uint64_t highest_part(const minimising *m) {
  uint64_t highest = 0;
  for (uint32_t p = 0; p < m->parts.count; p++)
    if (m->parts.items[p].height > highest) highest = m->parts.items[p].height;
  return highest;
}

/* Looks for a placement of that height. True: something is known now that was not before. */
static bool try_height(minimising *m, uint64_t height) {
  irmi_found found = fit_all(&m->parts, height, m->nodes, m->offsets);
  uint64_t before = m->range.height;
  if (highest_part(m) < before) m->range.height = highest_part(m);
  if (found == IRMI_FAILED) {
    uint64_t next = irmi_parts_next_capacity(&m->parts, height);
    m->range.bound = next < m->range.height ? next : m->range.height;
  }
  return found == IRMI_FAILED || m->range.height < before;
}

static bool is_over(const minimising *m) {
  return m->range.height <= m->range.bound || m->parts.effort->steps == 0;
}

/* The bound itself is worth a try first: it is often met, and then nothing else needs to be shown.
 * Between the two every answer halves what is open; just below the height, placements are easiest
 * to find. */
static void try_heights(minimising *m) {
  try_height(m, m->range.bound);
  while (!is_over(m)) {
    uint64_t gap = m->range.height - m->range.bound;
    if (!try_height(m, m->range.bound + gap / 2) &&
        (is_over(m) || !try_height(m, m->range.height - 1 - gap / 8)))
      return;
  }
}

irmi_exact_verdict irmi_exact_minimise(const irm_pack_problem *problem, irmi_effort *effort,
                                       const irm_allocator *allocator, irmi_exact_range *range,
                                       uint64_t *offsets) {
  minimising m = {.range = *range, .nodes = FIRST_NODES, .offsets = offsets};
  irmi_parts_init(&m.parts, problem, effort, allocator);
  measure_parts(&m);
  bool goes_on = true; /* where no part can be searched, no steps are spent */
  for (; goes_on && !is_over(&m); m.nodes *= 2) {
    uint64_t before = effort->steps;
    try_heights(&m);
    goes_on = effort->steps < before;
  }
  irmi_parts_destroy(&m.parts);
  *range = m.range;
  return m.range.height <= m.range.bound ? IRMI_EXACT_FOUND : IRMI_EXACT_GAVE_UP;
}
