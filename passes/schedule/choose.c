/* All orders where they are few, else some. */
#include "schedule/choose.h"

#include "schedule/lists.h"
#include "schedule/search.h"

#include <string.h>

/* Of the search of all orders of one block, and of a stretch of it. */
#define BLOCK_STEPS   (UINT64_C(1) << 18)
#define STRETCH_STEPS (UINT64_C(1) << 13)
/* Items that matter before and behind the peak of a stretch. */
#define REACH 12
/* Stretches of one block, and items walked over for them. */
#define MOST_ROUNDS 64
#define MOST_WALKED 2000000

typedef struct chooser {
  irmi_sched_block *block;
  irmi_sched_scale scale;
  irmi_sched_effort *effort;
  irmi_sched_bytes limit, bound; /* what the given order needs; what any does */
  uint32_t *order;               /* the best so far */
  uint32_t *positions;           /* of items in it */
  int64_t most;                  /* what it needs on the first graph */
} chooser;

static void find_positions(chooser *c) {
  for (uint32_t i = 0; i < c->block->item_count; i++)
    c->positions[c->order[i]] = i;
}

static uint32_t count_what_matters(const irmi_sched_block *block) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < block->item_count; i++)
    count += irmi_sched_item_matters(block, i);
  return count;
}

/* All orders ----------------------------------------------------------------------------------- */

static irmi_sched_found search_all(chooser *c) {
  uint64_t steps = c->effort->steps < BLOCK_STEPS ? c->effort->steps : BLOCK_STEPS, left = steps;
  irmi_sched_walk start = irmi_sched_walk_begin(c->block, &c->scale);
  irmi_sched_window all = {0, c->block->item_count, &start, c->bound.at[0]};
  irmi_sched_found found =
      irmi_sched_search(c->block, &c->scale, c->order, c->positions, &all, &c->limit, &left);
  c->effort->steps -= steps - left;
  irmi_sched_walk_end(&start);
  if (found == IRMI_SCHED_BETTER) c->effort->searched++;
  return found;
}

/* Some orders ---------------------------------------------------------------------------------- */

/* The most bytes on the first graph, and the first place where that is; UINT32_MAX: on another
 * graph the order needs more than the given one. */
static int64_t find_peak(const chooser *c, const uint32_t *order, uint32_t *where) {
  irmi_sched_walk walk = irmi_sched_walk_begin(c->block, &c->scale);
  int64_t most = walk.live.at[0];
  *where = 0;
  for (uint32_t i = 0; i < c->block->item_count; i++) {
    irmi_sched_bytes bytes = irmi_sched_walk_on(&walk, order[i]);
    for (uint32_t g = 1; g < c->scale.count; g++)
      if (bytes.at[g] > c->limit.at[g]) *where = UINT32_MAX;
    if (bytes.at[0] <= most) continue;
    most = bytes.at[0];
    if (*where != UINT32_MAX) *where = i;
  }
  irmi_sched_walk_end(&walk);
  return most;
}

/* Takes over the order of what matters in another order, if that needs less. */
static void consider(chooser *c, const uint32_t *other) {
  const irm_allocator *allocator = c->block->allocator;
  uint32_t items = c->block->item_count, where, rank = 0;
  int64_t most = find_peak(c, other, &where);
  if (where == UINT32_MAX || most >= c->most) return;
  uint32_t *ranks = irmi_sched_alloc(allocator, items, sizeof *ranks);
  for (uint32_t i = 0; i < items; i++)
    if (irmi_sched_item_matters(c->block, other[i])) ranks[other[i]] = ++rank;
  for (uint32_t i = 0; i < items; i++)
    c->order[i] = i;
  find_positions(c);
  irmi_sched_settle(c->block, c->order, c->positions, 0, items, ranks);
  find_positions(c);
  irmi_sched_free(allocator, ranks, items, sizeof *ranks);
  c->most = most;
}

static void try_lists(chooser *c) {
  const irm_allocator *allocator = c->block->allocator;
  uint32_t items = c->block->item_count;
  int64_t before = c->most;
  uint32_t *other = irmi_sched_alloc(allocator, items, sizeof *other);
  irmi_sched_list(c->block, &c->scale, other);
  consider(c, other);
  irmi_sched_descend(c->block, &c->scale, other);
  consider(c, other);
  irmi_sched_free(allocator, other, items, sizeof *other);
  c->effort->listed += c->most < before;
}

/* Stretches ------------------------------------------------------------------------------------ */

/* The place so many items that matter before or behind another. */
static uint32_t reach(const chooser *c, uint32_t from, uint32_t items, bool back) {
  uint32_t end = back ? 0 : c->block->item_count, at = from, last = from;
  for (; at != end && items > 0; at += back ? -1u : 1u)
    if (irmi_sched_item_matters(c->block, c->order[back ? at - 1 : at])) {
      last = back ? at - 1 : at + 1;
      items--;
    }
  return last;
}

static bool search_stretch(chooser *c, uint32_t low, uint32_t high) {
  uint64_t steps = c->effort->steps < STRETCH_STEPS ? c->effort->steps : STRETCH_STEPS;
  uint64_t left = steps;
  irmi_sched_bytes limit = c->limit;
  irmi_sched_walk walk = irmi_sched_walk_begin(c->block, &c->scale);
  for (uint32_t i = 0; i < low; i++)
    irmi_sched_walk_on(&walk, c->order[i]);
  limit.at[0] = c->most;
  irmi_sched_window window = {low, high, &walk, c->bound.at[0]};
  irmi_sched_found found =
      irmi_sched_search(c->block, &c->scale, c->order, c->positions, &window, &limit, &left);
  c->effort->steps -= steps - left;
  irmi_sched_walk_end(&walk);
  if (found == IRMI_SCHED_BETTER) find_positions(c);
  return found == IRMI_SCHED_BETTER;
}

/* A stretch around a place, behind it, or before it, if one of them has a better order. */
static bool search_around(chooser *c, uint32_t where) {
  uint32_t before = reach(c, where, REACH, true), behind = reach(c, where + 1, REACH, false);
  return search_stretch(c, before, behind) ||
         search_stretch(c, where, reach(c, where, 2 * REACH, false)) ||
         search_stretch(c, reach(c, where + 1, 2 * REACH, true), where + 1);
}

/* As long as the peak, wherever it is next, gives way. */
static void try_stretches(chooser *c) {
  uint32_t rounds = MOST_WALKED / c->block->item_count, where;
  int64_t before = c->most;
  if (rounds > MOST_ROUNDS) rounds = MOST_ROUNDS;
  for (; rounds > 0 && c->most > c->bound.at[0]; rounds--) {
    find_peak(c, c->order, &where);
    if (where == UINT32_MAX || !search_around(c, where)) break;
    c->most = find_peak(c, c->order, &where);
  }
  c->effort->windowed += c->most < before;
}

/* Choosing ------------------------------------------------------------------------------------- */

static bool look(chooser *c) {
  if (c->bound.at[0] >= c->most) return false;
  irmi_sched_found found = IRMI_SCHED_GAVE_UP;
  if (count_what_matters(c->block) <= IRMI_SCHED_MOST_SEARCHED) found = search_all(c);
  if (found != IRMI_SCHED_GAVE_UP) return found == IRMI_SCHED_BETTER;
  int64_t given = c->most;
  try_lists(c);
  try_stretches(c);
  return c->most < given;
}

static chooser begin(irmi_sched_block *block, uint32_t *order, irmi_sched_effort *effort,
                     const irmi_sched_peak *given) {
  irmi_sched_graph graphs[IRMI_SCHED_GRAPHS];
  uint32_t count = irmi_sched_peak_graphs(given, graphs, IRMI_SCHED_GRAPHS);
  chooser c = {.block = block, .effort = effort, .order = order};
  c.scale = irmi_sched_scale_create(block, graphs, count);
  for (uint32_t g = 0; g < count; g++)
    c.limit.at[g] = irmi_sched_peak_at(given, graphs[g].n, graphs[g].m);
  c.most = c.limit.at[0];
  c.bound = irmi_sched_block_bound(block, &c.scale);
  c.positions = irmi_sched_alloc(block->allocator, block->item_count, sizeof *c.positions);
  find_positions(&c);
  return c;
}

bool irmi_sched_choose(irmi_sched_block *block, uint32_t *order, irmi_sched_effort *effort,
                       irmi_sched_peak *peak) {
  *peak = irmi_sched_block_peak(block, order);
  chooser c = begin(block, order, effort, peak);
  bool better = look(&c);
  irmi_sched_scale_destroy(block, &c.scale);
  irmi_sched_free(block->allocator, c.positions, block->item_count, sizeof *c.positions);
  if (!better) return false;
  irmi_sched_peak found = irmi_sched_block_peak(block, order);
  if (irmi_sched_peak_never_above(&found, peak)) {
    *peak = found;
    return true;
  }
  for (uint32_t i = 0; i < block->item_count; i++)
    order[i] = i;
  return false;
}
