/* A plan whose slots overlap: of the given slots and of slots torn apart, what needs least. */
#include "plan/merge.h"
#include "plan/plan.h"
#include "plan/stackings.h"

#include <string.h>

typedef struct arranging {
  const irm_plan_problem *problem;
  const irm_plan *given;
  const irm_plan_effort *effort;
  irmi_arena arena;
  irmi_graphs graphs;
  uint64_t *limits; /* by graph: the given plan's arena */
  uint64_t steps;
} arranging;

/* Whether heights x are lower than y for the first graph for which they differ. */
static bool is_lower(const irmi_graphs *graphs, const uint64_t *x, const uint64_t *y) {
  for (uint32_t g = 0; g < graphs->count; g++)
    if (x[g] != y[g]) return x[g] < y[g];
  return false;
}

/* Writing down ----------------------------------------------------------------------------------*/

/* Slots behind the bins in the order of the first stacking. */
static uint32_t *number_slots(arranging *a, const irmi_stackings *c, const irmi_merged *merged,
                              uint32_t *count) {
  uint32_t *slot_of = IRMI_ARENA_ARRAY(&a->arena, uint32_t, c->units->count);
  const irmi_stacking *first = &c->all[c->chosen[0]];
  *count = a->problem->bin_count;
  for (uint32_t i = 0; i < c->units->count; i++)
    if (merged->into[first->order[i]] == first->order[i]) slot_of[first->order[i]] = (*count)++;
  for (uint32_t i = 0; i < c->units->count; i++)
    slot_of[i] = slot_of[merged->into[i]];
  return slot_of;
}

static void write_slots(const arranging *a, const irmi_stackings *c, const irmi_merged *merged,
                        const uint32_t *slot_of, irm_plan *plan) {
  for (uint32_t bin = 0; bin < a->problem->bin_count; bin++)
    plan->slot_bytes[bin] = a->problem->bins[bin].bytes;
  for (uint32_t i = 0; i < c->units->count; i++)
    if (merged->into[i] == i) plan->slot_bytes[slot_of[i]] = merged->bytes[i];
  for (uint32_t i = 0; i < a->problem->buffer_count; i++) {
    uint32_t unit = c->units->unit_of[i];
    plan->slot_of[i] = unit == IRMI_NO_UNIT ? a->given->slot_of[i] : slot_of[unit];
  }
}

/* The slots behind which a unit's lies, each once: merged units have lists that say the same. */
static uint32_t *write_behind(irmi_arena *arena, const irmi_stacking *stacking, uint32_t place,
                              const uint32_t *slot_of, uint32_t *count) {
  uint32_t first = stacking->first[place], last = stacking->first[place + 1];
  uint32_t *behind = IRMI_ARENA_ARRAY(arena, uint32_t, last - first);
  *count = 0;
  for (uint32_t k = first; k < last; k++) {
    uint32_t slot = slot_of[stacking->behind[k]], at = *count;
    for (; at > 0 && behind[at - 1] > slot; at--)
      behind[at] = behind[at - 1];
    if (at > 0 && behind[at - 1] == slot) {
      memmove(behind + at, behind + at + 1, (*count - at) * sizeof *behind);
      continue;
    }
    behind[at] = slot;
    ++*count;
  }
  return behind;
}

/* Whether all before lie one behind the other and a place behind the last of them. */
static bool is_behind_all(const irm_plan_layout *layout, const irm_plan_place *place) {
  if (place == layout->places) return true;
  return place[-1].behind_all && place->behind_count == 1 && place->behind[0] == place[-1].slot;
}

/* A slot of several units is placed where the first of them is. */
static void write_layout(const irmi_stackings *c, const irmi_merged *merged,
                         const uint32_t *slot_of, uint32_t chosen, irm_plan *plan) {
  irmi_arena *arena = irmi_plan_arena(plan);
  bool *placed = IRMI_ARENA_ARRAY(c->units->arena, bool, c->units->count);
  const irmi_stacking *stacking = &c->all[c->chosen[chosen]];
  irm_plan_layout *layout = &plan->layouts[chosen];
  layout->places = IRMI_ARENA_ARRAY(arena, irm_plan_place, c->units->count);
  for (uint32_t i = 0; i < c->units->count; i++) {
    uint32_t unit = stacking->order[i];
    if (placed[merged->into[unit]]) continue;
    placed[merged->into[unit]] = true;
    irm_plan_place *place = &layout->places[layout->count++];
    place->slot = slot_of[unit];
    place->behind = write_behind(arena, stacking, i, slot_of, &place->behind_count);
    place->behind_all = is_behind_all(layout, place);
    if (place->behind_all) place->behind_count = 0;
  }
}

static irm_plan *write_plan(arranging *a, const irmi_stackings *c) {
  irmi_merged merged = irmi_merge_units(c, !a->effort->one_graph);
  uint32_t slots;
  uint32_t *slot_of = number_slots(a, c, &merged, &slots);
  irm_plan *plan = irmi_plan_create(a->problem->buffer_count, slots, a->arena.allocator);
  write_slots(a, c, &merged, slot_of, plan);
  plan->layout_count = c->chosen_count;
  plan->layouts = IRMI_ARENA_ARRAY(irmi_plan_arena(plan), irm_plan_layout, c->chosen_count);
  for (uint32_t i = 0; i < c->chosen_count; i++)
    write_layout(c, &merged, slot_of, i, plan);
  return plan;
}

static irm_plan *copy_given(const arranging *a) {
  const irm_plan *given = a->given;
  irm_plan *plan =
      irmi_plan_create(a->problem->buffer_count, given->slot_count, a->arena.allocator);
  if (a->problem->buffer_count)
    memcpy(plan->slot_of, given->slot_of, a->problem->buffer_count * sizeof *plan->slot_of);
  if (given->slot_count)
    memcpy(plan->slot_bytes, given->slot_bytes, given->slot_count * sizeof *plan->slot_bytes);
  return plan;
}

/* Choosing --------------------------------------------------------------------------------------*/

static void prepare(arranging *a) {
  a->graphs = irmi_graphs_for(a->problem, a->effort, &a->arena);
  a->limits = IRMI_ARENA_ARRAY(&a->arena, uint64_t, a->graphs.count);
  for (uint32_t g = 0; g < a->graphs.count; g++)
    a->limits[g] =
        irm_plan_arena_bytes(a->problem, a->given, a->graphs.at[g][0], a->graphs.at[g][1]);
}

/* Looks for better stackings of units than the best so far. */
static void consider(arranging *a, const irmi_units *units, irmi_stackings *best) {
  if (units->count > IRMI_MOST_UNITS) return;
  irmi_stackings other = irmi_choose_stackings(units, &a->graphs, a->limits, a->effort);
  const char *fault = other.fault ? other.fault : best->fault;
  a->steps += other.steps;
  if (is_lower(&a->graphs, other.least, best->count ? best->least : a->limits)) *best = other;
  best->fault = fault;
}

static irm_plan *arrange(arranging *a) {
  prepare(a);
  irmi_units slots = irmi_units_of_slots(a->problem, a->given, &a->arena), apart;
  irmi_stackings best = {.count = 0};
  consider(a, &slots, &best);
  if (!a->effort->whole_slots) {
    apart = irmi_units_apart(a->problem, a->given, &a->arena);
    consider(a, &apart, &best);
  }
  irm_plan *plan = best.count ? write_plan(a, &best) : copy_given(a);
  plan->fault = best.fault;
  plan->steps = a->given->steps + a->steps;
  return plan;
}

irm_plan *irm_plan_arrange(const irm_plan_problem *problem, const irm_plan *plan,
                           const irm_plan_effort *effort, const irm_allocator *allocator) {
  arranging a = {.problem = problem, .given = plan, .effort = effort};
  irmi_arena_init(&a.arena, allocator);
  irm_plan *result = arrange(&a);
  irmi_arena_destroy(&a.arena);
  return result;
}
