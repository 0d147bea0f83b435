/* Makes stackings, one for each range of graphs, and keeps the few that matter. */
#include "plan/stackings.h"

#include "irmem/pack.h"

#include <string.h>

/* Of packers, for one stacking: all that they want for a hundred units, and no more for each of
 * many. */
#define QUICK_STEPS         (UINT64_C(1) << 16)
#define QUICK_STEPS_OF_UNIT 64

static void add(irmi_stackings *c, const uint64_t *offsets) {
  uint64_t *heights = IRMI_ARENA_ARRAY(c->units->arena, uint64_t, c->graphs->count);
  irmi_stacking stacking = irmi_stack(c->units, offsets);
  for (uint32_t g = 0; g < c->graphs->count; g++)
    heights[g] = irmi_stacking_height(c->units, &stacking, c->bytes[g], c->ends);
  c->all[c->count] = stacking;
  c->heights[c->count++] = heights;
}

/* As the slots of the plan lie, one behind the other: no stacking is needed that is higher. */
static void add_given(irmi_stackings *c) {
  uint32_t count = c->units->count;
  uint64_t *offsets = irmi_calloc(c->units->arena->allocator, count, sizeof *offsets);
  for (uint32_t i = 0; i < count; i++)
    offsets[i] = c->units->items[i].slot;
  add(c, offsets);
  irmi_free(c->units->arena->allocator, offsets, count * sizeof *offsets);
}

static uint64_t least_so_far(const irmi_stackings *c, uint32_t graph) {
  uint64_t least = c->limits[graph];
  for (uint32_t i = 0; i < c->count; i++)
    if (c->heights[i][graph] < least) least = c->heights[i][graph];
  return least;
}

/* A packer that was asked for runs in any case, others where there is something to gain. */
static void add_packed(irmi_stackings *c, uint32_t graph, const irm_plan_effort *effort) {
  const irm_allocator *allocator = c->units->arena->allocator;
  uint32_t count = c->units->count;
  irm_pack_buffer *buffers = irmi_calloc(allocator, count, sizeof *buffers);
  uint64_t *offsets = irmi_calloc(allocator, count, sizeof *offsets);
  for (uint32_t i = 0; i < count; i++) {
    const irmi_unit *unit = &c->units->items[i];
    buffers[i] = (irm_pack_buffer){.bytes = c->bytes[graph][i],
                                   .alignment = 64,
                                   .offset = IRM_PACK_ANYWHERE,
                                   .lifetime = unit->lifetime,
                                   .lifetime_count = unit->lifetime_count};
  }
  irm_pack_problem problem = {.buffers = buffers, .buffer_count = count, .capacity = UINT64_MAX};
  irm_pack_effort how = {.steps = effort->steps,
                         .quick_steps = QUICK_STEPS + QUICK_STEPS_OF_UNIT * (uint64_t)count,
                         .packer = effort->packer};
  uint32_t point;
  if (!irm_pack_problem_fault(&problem, allocator).message &&
      (effort->packer || irm_pack_alive(&problem, allocator, &point) < least_so_far(c, graph))) {
    irm_pack_result result = irm_pack(&problem, &how, allocator, offsets);
    c->steps += result.steps;
    if (result.status == IRM_PACK_FOUND) add(c, offsets);
    if (result.status == IRM_PACK_WRONG) c->fault = result.fault.message;
  }
  irmi_free(allocator, buffers, count * sizeof *buffers);
  irmi_free(allocator, offsets, count * sizeof *offsets);
}

/* Choosing --------------------------------------------------------------------------------------*/

static uint32_t best_of_all(const irmi_stackings *c) {
  uint32_t best = 0;
  size_t bytes = c->graphs->count * sizeof(uint64_t);
  for (uint32_t i = 1; i < c->count; i++)
    for (uint32_t g = 0; g < c->graphs->count && bytes; g++) {
      if (c->heights[i][g] == c->heights[best][g]) continue;
      if (c->heights[i][g] < c->heights[best][g]) best = i;
      break;
    }
  return best;
}

static void choose(irmi_stackings *c, uint32_t one) {
  c->chosen[c->chosen_count++] = one;
  for (uint32_t g = 0; g < c->graphs->count; g++)
    if (c->heights[one][g] < c->least[g]) c->least[g] = c->heights[one][g];
}

/* How much lower one more stacking makes things, summed over the ranges. */
static double gain_of(const irmi_stackings *c, uint32_t one) {
  double gain = 0;
  for (uint32_t g = 0; g < c->graphs->ranges; g++) {
    uint64_t height = c->heights[one][g], least = c->least[g];
    if (height < least) gain += (double)(least - height) / (double)least;
  }
  return gain;
}

static void choose_more(irmi_stackings *c) {
  while (c->chosen_count < IRM_PLAN_LAYOUTS) {
    uint32_t best = IRMI_NO_UNIT;
    double most = 0;
    for (uint32_t i = 0; i < c->count; i++) {
      double gain = gain_of(c, i);
      if (gain <= most) continue;
      most = gain;
      best = i;
    }
    if (best == IRMI_NO_UNIT) return;
    choose(c, best);
  }
}

irmi_stackings irmi_choose_stackings(const irmi_units *units, const irmi_graphs *graphs,
                                     const uint64_t *limits, const irm_plan_effort *effort) {
  irmi_arena *arena = units->arena;
  irmi_stackings c = {.units = units, .graphs = graphs, .limits = limits};
  c.bytes = IRMI_ARENA_ARRAY(arena, uint64_t *, graphs->count);
  c.ends = IRMI_ARENA_ARRAY(arena, uint64_t, units->count);
  c.all = IRMI_ARENA_ARRAY(arena, irmi_stacking, graphs->ranges + 1);
  c.heights = IRMI_ARENA_ARRAY(arena, uint64_t *, graphs->ranges + 1);
  c.least = IRMI_ARENA_ARRAY(arena, uint64_t, graphs->count);
  for (uint32_t g = 0; g < graphs->count; g++) {
    c.bytes[g] = IRMI_ARENA_ARRAY(arena, uint64_t, units->count);
    c.least[g] = UINT64_MAX;
    for (uint32_t i = 0; i < units->count; i++)
      c.bytes[g][i] =
          irm_size_evaluate_aligned(units->items[i].bytes, graphs->at[g][0], graphs->at[g][1]);
  }
  add_given(&c);
  for (uint32_t g = 0; g < graphs->ranges; g++)
    add_packed(&c, g, effort);
  choose(&c, best_of_all(&c));
  choose_more(&c);
  return c;
}
