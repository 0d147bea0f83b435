/* Fewer slots for the same heights. Units are looked at from the bottom up, so that what they lie
 * behind is merged already. Of two that are alive together one lies behind the other; so those that
 * lie behind the same ones never are. */
#include "plan/merge.h"

#include "support/map.h"

#include <stdlib.h>
#include <string.h>

/* Lists looked at while heights are checked. */
#define BUDGET (UINT64_C(1) << 21)

typedef struct merger {
  const irmi_stackings *c;
  irmi_merged result;
  uint32_t *next_like;    /* by unit: one merged with it, or IRMI_NO_UNIT */
  uint32_t *next_listed;  /* by unit: another of the same hash, or IRMI_NO_UNIT */
  uint32_t *place;        /* by chosen stacking and unit */
  uint32_t *mine, *yours; /* scratch: lists */
  uint64_t **bytes;       /* by graph and unit */
  irmi_map by_hash;       /* of lists: the last unit of that hash */
  uint64_t budget;
} merger;

/* Lists -----------------------------------------------------------------------------------------*/

static int compare_numbers(const void *left, const void *right) {
  const uint32_t *x = left, *y = right;
  return *x < *y ? -1 : *x > *y;
}

/* The slots that a unit lies behind in a stacking, ascending, each once. */
static uint32_t list_of(const merger *m, uint32_t chosen, uint32_t unit, uint32_t *list) {
  const irmi_stacking *stacking = &m->c->all[m->c->chosen[chosen]];
  uint32_t place = m->place[(size_t)chosen * m->c->units->count + unit], count = 0, kept = 0;
  for (uint32_t k = stacking->first[place]; k < stacking->first[place + 1]; k++)
    list[count++] = m->result.into[stacking->behind[k]];
  if (count > 1) qsort(list, count, sizeof *list, compare_numbers);
  for (uint32_t i = 1; i < count; i++)
    if (list[i] != list[kept]) list[++kept] = list[i];
  return count ? kept + 1 : 0;
}

static uint64_t hash_of(const merger *m, uint32_t unit) {
  uint64_t hash = 0;
  for (uint32_t i = 0; i < m->c->chosen_count; i++) {
    uint32_t count = list_of(m, i, unit, m->mine);
    for (uint32_t k = 0; k < count; k++)
      hash = (hash ^ (m->mine[k] + UINT64_C(1))) * UINT64_C(0x9E3779B97F4A7C15);
    hash = (hash ^ UINT64_C(0x55)) * UINT64_C(0xBF58476D1CE4E5B9);
  }
  return hash >> 1;
}

static bool lie_alike(const merger *m, uint32_t x, uint32_t y) {
  for (uint32_t i = 0; i < m->c->chosen_count; i++) {
    uint32_t count = list_of(m, i, x, m->mine);
    if (list_of(m, i, y, m->yours) != count) return false;
    if (count && memcmp(m->mine, m->yours, count * sizeof *m->mine) != 0) return false;
  }
  return true;
}

/* Merging ---------------------------------------------------------------------------------------*/

static bool got_higher(merger *m) {
  const irmi_stackings *c = m->c;
  for (uint32_t g = 0; g < c->graphs->count; g++)
    for (uint32_t i = 0; i < c->chosen_count; i++) {
      const irmi_stacking *stacking = &c->all[c->chosen[i]];
      uint64_t work = c->units->count + stacking->first[c->units->count];
      if (m->budget < work) return true;
      m->budget -= work;
      if (irmi_stacking_height(c->units, stacking, m->bytes[g], c->ends) >
          c->heights[c->chosen[i]][g])
        return true;
    }
  return false;
}

static void set_bytes(merger *m, uint32_t slot, irm_size bytes) {
  const irmi_graphs *graphs = m->c->graphs;
  m->result.bytes[slot] = bytes;
  for (uint32_t unit = slot; unit != IRMI_NO_UNIT; unit = m->next_like[unit])
    for (uint32_t g = 0; g < graphs->count; g++)
      m->bytes[g][unit] = irm_size_evaluate_aligned(bytes, graphs->at[g][0], graphs->at[g][1]);
}

/* Puts a unit into a slot, and takes it back where that costs anything. */
static bool try_merge(merger *m, uint32_t slot, uint32_t unit) {
  irm_size had = m->result.bytes[slot], own = m->result.bytes[unit];
  bool grows = irm_size_fits(had, own);
  if (!grows && !irm_size_fits(own, had)) return false;
  m->next_like[unit] = m->next_like[slot];
  m->next_like[slot] = unit;
  set_bytes(m, slot, grows ? own : had);
  if (!got_higher(m)) {
    m->result.into[unit] = slot;
    return true;
  }
  m->next_like[slot] = m->next_like[unit];
  m->next_like[unit] = IRMI_NO_UNIT;
  set_bytes(m, slot, had);
  set_bytes(m, unit, own);
  return false;
}

static void place_unit(merger *m, uint32_t unit) {
  const irmi_unit *items = m->c->units->items;
  uint64_t hash = hash_of(m, unit), first = IRMI_NO_UNIT;
  irmi_map_find(&m->by_hash, hash, &first);
  for (uint32_t slot = (uint32_t)first; slot != IRMI_NO_UNIT && m->budget;
       slot = m->next_listed[slot])
    if (!items[slot].moves && !items[unit].moves && lie_alike(m, slot, unit) &&
        try_merge(m, slot, unit))
      return;
  m->next_listed[unit] = (uint32_t)first;
  irmi_map_set(&m->by_hash, hash, unit);
}

static void prepare(merger *m) {
  const irmi_stackings *c = m->c;
  irmi_arena *arena = c->units->arena;
  uint32_t count = c->units->count;
  m->next_listed = IRMI_ARENA_ARRAY(arena, uint32_t, count);
  m->next_like = IRMI_ARENA_ARRAY(arena, uint32_t, count);
  m->mine = IRMI_ARENA_ARRAY(arena, uint32_t, count);
  m->yours = IRMI_ARENA_ARRAY(arena, uint32_t, count);
  m->place = IRMI_ARENA_ARRAY(arena, uint32_t, (size_t)count * c->chosen_count);
  m->bytes = c->bytes;
  for (uint32_t i = 0; i < count; i++)
    m->next_like[i] = m->next_listed[i] = IRMI_NO_UNIT;
  for (uint32_t i = 0; i < c->chosen_count; i++)
    for (uint32_t k = 0; k < count; k++)
      m->place[(size_t)i * count + c->all[c->chosen[i]].order[k]] = k;
}

irmi_merged irmi_merge_units(const irmi_stackings *stackings, bool wanted) {
  const irmi_units *units = stackings->units;
  merger m = {.c = stackings, .budget = BUDGET};
  m.result.into = IRMI_ARENA_ARRAY(units->arena, uint32_t, units->count);
  m.result.bytes = IRMI_ARENA_ARRAY(units->arena, irm_size, units->count);
  for (uint32_t i = 0; i < units->count; i++) {
    m.result.into[i] = i;
    m.result.bytes[i] = units->items[i].bytes;
  }
  if (!wanted) return m.result;
  prepare(&m);
  irmi_map_init(&m.by_hash, units->arena->allocator);
  for (uint32_t i = 0; i < units->count; i++)
    place_unit(&m, stackings->all[stackings->chosen[0]].order[i]);
  irmi_map_destroy(&m.by_hash);
  return m.result;
}
