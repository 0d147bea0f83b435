/* Units and when they are alive. */
#include "plan/units.h"

#include <stdlib.h>

typedef struct grouping {
  const irm_plan_problem *problem;
  const irm_plan *plan;
  irmi_units *units;
  uint32_t *group_of; /* by slot: the least slot with which it may have changed places; a forest */
  bool *moves;        /* by slot: it changes places */
  bool *whole;        /* by group: nothing is taken out of its slots */
} grouping;

/* When something is alive, of a unit, or (behind all units) a group. */
typedef struct stay {
  uint32_t whose;
  irm_interval at;
} stay;

typedef irmi_vec(stay) stays;

/* Groups ----------------------------------------------------------------------------------------*/

static uint32_t group_of(const grouping *g, uint32_t slot) {
  while (g->group_of[slot] != slot)
    slot = g->group_of[slot] = g->group_of[g->group_of[slot]];
  return slot;
}

static void unite(const grouping *g, uint32_t x, uint32_t y) {
  uint32_t a = group_of(g, x), b = group_of(g, y);
  g->group_of[a < b ? b : a] = a < b ? a : b;
}

/* The number of groups of buffers that change places is below that of buffers. */
static void find_groups(grouping *g) {
  irmi_arena *arena = g->units->arena;
  uint32_t buffers = g->problem->buffer_count, slots = g->plan->slot_count;
  uint32_t *slot_with = IRMI_ARENA_ARRAY(arena, uint32_t, buffers);
  g->group_of = IRMI_ARENA_ARRAY(arena, uint32_t, slots);
  g->moves = IRMI_ARENA_ARRAY(arena, bool, slots);
  g->whole = IRMI_ARENA_ARRAY(arena, bool, slots);
  for (uint32_t slot = 0; slot < slots; slot++)
    g->group_of[slot] = slot;
  for (uint32_t i = 0; i < buffers; i++)
    slot_with[i] = IRM_PLAN_ANYWHERE;
  for (uint32_t i = 0; i < buffers; i++) {
    if (!g->problem->buffers[i].exact) continue;
    uint32_t *with = &slot_with[g->problem->buffers[i].moves_with], slot = g->plan->slot_of[i];
    g->moves[slot] = true;
    if (*with == IRM_PLAN_ANYWHERE) *with = slot;
    unite(g, *with, slot);
  }
}

static bool is_bin(const grouping *g, uint32_t slot) {
  return slot < g->problem->bin_count;
}

/* Whether a buffer can only be where its group is: it moves, or is in a bin that does. */
static bool is_bound(const grouping *g, uint32_t buffer) {
  return g->problem->buffers[buffer].exact || is_bin(g, g->plan->slot_of[buffer]);
}

/* Stays -----------------------------------------------------------------------------------------*/

static int compare_stays(const void *left, const void *right) {
  const stay *x = left, *y = right;
  if (x->whose != y->whose) return x->whose < y->whose ? -1 : 1;
  if (x->at.begin != y->at.begin) return x->at.begin < y->at.begin ? -1 : 1;
  return x->at.end < y->at.end ? -1 : x->at.end > y->at.end;
}

static void add_stays(grouping *g, stays *all, uint32_t whose, uint32_t buffer) {
  const irm_plan_buffer *b = &g->problem->buffers[buffer];
  for (uint32_t k = 0; k < b->lifetime_count; k++) {
    stay one = {whose, b->lifetime[k]};
    irmi_vec_push(g->units->arena->allocator, all, one);
  }
}

/* In order; those of one owner that meet or touch are one. */
static void merge(stays *all) {
  size_t kept = 0;
  if (all->count > 1) qsort(all->items, all->count, sizeof *all->items, compare_stays);
  for (size_t i = 1; i < all->count; i++) {
    stay *last = &all->items[kept];
    const stay *next = &all->items[i];
    if (next->whose != last->whose || next->at.begin > last->at.end)
      all->items[++kept] = *next;
    else if (next->at.end > last->at.end)
      last->at.end = next->at.end;
  }
  all->count = all->count ? kept + 1 : 0;
}

static bool meets(const stays *all, uint32_t whose, irm_interval at) {
  size_t low = 0, high = all->count; /* the first that ends behind the interval's begin */
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    const stay *one = &all->items[middle];
    if (one->whose < whose || (one->whose == whose && one->at.end <= at.begin))
      low = middle + 1;
    else
      high = middle;
  }
  return low < all->count && all->items[low].whose == whose && all->items[low].at.begin < at.end;
}

/* Taking slots apart ----------------------------------------------------------------------------*/

/* A guest that is alive while another slot of the group is in use follows its slot when that moves;
 * outside of its slot it would be in the way. */
static void find_whole_groups(grouping *g) {
  stays bound = {0};
  for (uint32_t i = 0; i < g->problem->buffer_count; i++)
    if (is_bound(g, i)) add_stays(g, &bound, group_of(g, g->plan->slot_of[i]), i);
  merge(&bound);
  for (uint32_t i = 0; i < g->problem->buffer_count; i++) {
    const irm_plan_buffer *b = &g->problem->buffers[i];
    uint32_t slot = g->plan->slot_of[i];
    if (is_bound(g, i) || !g->moves[slot]) continue;
    for (uint32_t k = 0; k < b->lifetime_count; k++)
      if (meets(&bound, group_of(g, slot), b->lifetime[k])) g->whole[group_of(g, slot)] = true;
  }
  irmi_vec_free(g->units->arena->allocator, &bound);
}

static uint32_t add_unit(grouping *g, irm_size bytes, uint32_t slot, bool moves) {
  g->units->items[g->units->count] = (irmi_unit){.bytes = bytes, .slot = slot, .moves = moves};
  return g->units->count++;
}

static void make_units(grouping *g, bool apart) {
  irmi_arena *arena = g->units->arena;
  uint32_t *unit_of_slot = IRMI_ARENA_ARRAY(arena, uint32_t, g->plan->slot_count);
  for (uint32_t slot = 0; slot < g->plan->slot_count; slot++)
    unit_of_slot[slot] = IRMI_NO_UNIT;
  for (uint32_t i = 0; i < g->problem->buffer_count; i++) {
    uint32_t slot = g->plan->slot_of[i], *unit = &unit_of_slot[slot];
    bool stays_in = !apart || (g->moves[slot] && (is_bound(g, i) || g->whole[group_of(g, slot)]));
    g->units->unit_of[i] = IRMI_NO_UNIT;
    if (is_bin(g, slot)) continue;
    if (!stays_in) {
      g->units->unit_of[i] = add_unit(g, g->problem->buffers[i].bytes, slot, false);
      continue;
    }
    if (*unit == IRMI_NO_UNIT) *unit = add_unit(g, g->plan->slot_bytes[slot], slot, g->moves[slot]);
    g->units->unit_of[i] = *unit;
  }
}

/* Lifetimes -------------------------------------------------------------------------------------*/

/* Whose stays a buffer's are: its group's where what it is in moves, else its unit's. */
static uint32_t owner_of(const grouping *g, uint32_t buffer) {
  uint32_t unit = g->units->unit_of[buffer], slot = g->plan->slot_of[buffer];
  if (unit == IRMI_NO_UNIT ? g->moves[slot] : g->units->items[unit].moves)
    return g->units->count + group_of(g, slot);
  return unit;
}

static void give_lifetimes(grouping *g, const stays *all) {
  uint32_t owners = g->units->count + g->plan->slot_count;
  irm_interval *intervals = IRMI_ARENA_ARRAY(g->units->arena, irm_interval, all->count);
  uint32_t *first = IRMI_ARENA_ARRAY(g->units->arena, uint32_t, (size_t)owners + 1);
  for (size_t i = 0; i < all->count; i++) {
    intervals[i] = all->items[i].at;
    first[all->items[i].whose + 1]++;
  }
  for (uint32_t owner = 0; owner < owners; owner++)
    first[owner + 1] += first[owner];
  for (uint32_t u = 0; u < g->units->count; u++) {
    irmi_unit *unit = &g->units->items[u];
    uint32_t owner = unit->moves ? g->units->count + group_of(g, unit->slot) : u;
    unit->lifetime = intervals + first[owner];
    unit->lifetime_count = first[owner + 1] - first[owner];
  }
}

static void find_lifetimes(grouping *g) {
  stays all = {0};
  for (uint32_t i = 0; i < g->problem->buffer_count; i++) {
    uint32_t owner = owner_of(g, i);
    if (owner != IRMI_NO_UNIT) add_stays(g, &all, owner, i);
  }
  merge(&all);
  give_lifetimes(g, &all);
  irmi_vec_free(g->units->arena->allocator, &all);
}

static irmi_units find_units(const irm_plan_problem *problem, const irm_plan *plan,
                             irmi_arena *arena, bool apart) {
  irmi_units units = {.arena = arena, .problem = problem};
  units.items = IRMI_ARENA_ARRAY(arena, irmi_unit, problem->buffer_count);
  units.unit_of = IRMI_ARENA_ARRAY(arena, uint32_t, problem->buffer_count);
  grouping g = {.problem = problem, .plan = plan, .units = &units};
  find_groups(&g);
  if (apart) find_whole_groups(&g);
  make_units(&g, apart);
  find_lifetimes(&g);
  return units;
}

irmi_units irmi_units_of_slots(const irm_plan_problem *problem, const irm_plan *plan,
                               irmi_arena *arena) {
  return find_units(problem, plan, arena, false);
}

irmi_units irmi_units_apart(const irm_plan_problem *problem, const irm_plan *plan,
                            irmi_arena *arena) {
  return find_units(problem, plan, arena, true);
}
