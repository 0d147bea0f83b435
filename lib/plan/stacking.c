/* From places of known height to which lies behind which. Time is walked through once: a unit that
 * comes alive lies behind its lower neighbour among those alive, and its upper neighbour behind it.
 * What was alive before is one behind the other already, so that this is enough. */
#include "plan/units.h"

#include <stdlib.h>

typedef struct change {
  uint32_t point;
  bool comes; /* those that go go first */
  uint32_t rank;
} change;

typedef struct edge {
  uint32_t upper, lower; /* ranks */
} edge;

typedef struct stacker {
  const irmi_units *units;
  const uint64_t *offsets;
  uint32_t *rank_of; /* by unit */
  uint32_t *unit_at; /* by rank */
  irmi_vec(change) changes;
  irmi_vec(edge) edges;
  uint32_t words;
  uint64_t *alive; /* ranks */
} stacker;

/* Ranks -----------------------------------------------------------------------------------------*/

typedef struct key {
  uint64_t offset;
  uint32_t slot, unit;
} key;

static int compare_keys(const void *left, const void *right) {
  const key *x = left, *y = right;
  if (x->offset != y->offset) return x->offset < y->offset ? -1 : 1;
  if (x->slot != y->slot) return x->slot < y->slot ? -1 : 1;
  return x->unit < y->unit ? -1 : x->unit > y->unit;
}

static void rank_units(stacker *s) {
  irmi_arena *arena = s->units->arena;
  uint32_t count = s->units->count;
  key *keys = irmi_calloc(arena->allocator, count, sizeof *keys);
  for (uint32_t i = 0; i < count; i++)
    keys[i] = (key){s->offsets[i], s->units->items[i].slot, i};
  if (count > 1) qsort(keys, count, sizeof *keys, compare_keys);
  for (uint32_t rank = 0; rank < count; rank++) {
    s->unit_at[rank] = keys[rank].unit;
    s->rank_of[keys[rank].unit] = rank;
  }
  irmi_free(arena->allocator, keys, count * sizeof *keys);
}

/* Neighbours ------------------------------------------------------------------------------------*/

static uint32_t alive_below(const stacker *s, uint32_t rank) {
  uint32_t word = rank / 64;
  uint64_t bits = s->alive[word] & ((UINT64_C(1) << rank % 64) - 1);
  while (!bits && word > 0)
    bits = s->alive[--word];
  return bits ? word * 64 + 63 - (uint32_t)__builtin_clzll(bits) : IRMI_NO_UNIT;
}

static uint32_t alive_above(const stacker *s, uint32_t rank) {
  uint32_t word = rank / 64;
  uint64_t bits = s->alive[word] & ~(((UINT64_C(1) << rank % 64) - 1) << 1 | 1);
  while (!bits && word + 1 < s->words)
    bits = s->alive[++word];
  return bits ? word * 64 + (uint32_t)__builtin_ctzll(bits) : IRMI_NO_UNIT;
}

static int compare_changes(const void *left, const void *right) {
  const change *x = left, *y = right;
  if (x->point != y->point) return x->point < y->point ? -1 : 1;
  if (x->comes != y->comes) return x->comes ? 1 : -1;
  return x->rank < y->rank ? -1 : x->rank > y->rank;
}

static void list_changes(stacker *s) {
  const irm_allocator *allocator = s->units->arena->allocator;
  for (uint32_t i = 0; i < s->units->count; i++) {
    const irmi_unit *unit = &s->units->items[i];
    for (uint32_t k = 0; k < unit->lifetime_count; k++) {
      change comes = {unit->lifetime[k].begin, true, s->rank_of[i]};
      change goes = {unit->lifetime[k].end, false, s->rank_of[i]};
      irmi_vec_push(allocator, &s->changes, comes);
      irmi_vec_push(allocator, &s->changes, goes);
    }
  }
  if (s->changes.count) qsort(s->changes.items, s->changes.count, sizeof(change), compare_changes);
}

static void add_edge(stacker *s, uint32_t upper, uint32_t lower) {
  edge one = {upper, lower};
  if (upper != IRMI_NO_UNIT && lower != IRMI_NO_UNIT)
    irmi_vec_push(s->units->arena->allocator, &s->edges, one);
}

static void walk(stacker *s) {
  for (size_t i = 0; i < s->changes.count; i++) {
    uint32_t rank = s->changes.items[i].rank;
    s->alive[rank / 64] ^= UINT64_C(1) << rank % 64;
    if (!s->changes.items[i].comes) continue;
    add_edge(s, rank, alive_below(s, rank));
    add_edge(s, alive_above(s, rank), rank);
  }
}

/* Lists -----------------------------------------------------------------------------------------*/

/* By upper end; of one, from the highest lower end on. */
static int compare_edges(const void *left, const void *right) {
  const edge *x = left, *y = right;
  if (x->upper != y->upper) return x->upper < y->upper ? -1 : 1;
  return x->lower > y->lower ? -1 : x->lower < y->lower;
}

/* Leaves out what follows from the rest: an end that another one lies behind already. */
static void reduce(stacker *s) {
  const irm_allocator *allocator = s->units->arena->allocator;
  size_t bits = (size_t)s->units->count * s->words, kept = 0;
  uint64_t *behind = irmi_calloc(allocator, bits, sizeof *behind);
  for (size_t i = 0; i < s->edges.count; i++) {
    edge one = s->edges.items[i];
    uint64_t *upper = behind + (size_t)one.upper * s->words;
    const uint64_t *lower = behind + (size_t)one.lower * s->words;
    if (upper[one.lower / 64] >> one.lower % 64 & 1) continue;
    for (uint32_t w = 0; w < s->words; w++)
      upper[w] |= lower[w];
    upper[one.lower / 64] |= UINT64_C(1) << one.lower % 64;
    s->edges.items[kept++] = one;
  }
  s->edges.count = kept;
  irmi_free(allocator, behind, bits * sizeof *behind);
}

static irmi_stacking write_lists(const stacker *s) {
  irmi_arena *arena = s->units->arena;
  irmi_stacking result = {.order = s->unit_at};
  result.first = IRMI_ARENA_ARRAY(arena, uint32_t, (size_t)s->units->count + 1);
  result.behind = IRMI_ARENA_ARRAY(arena, uint32_t, s->edges.count);
  size_t next = 0;
  for (uint32_t rank = 0; rank < s->units->count; rank++) {
    result.first[rank] = (uint32_t)next;
    size_t end = next;
    while (end < s->edges.count && s->edges.items[end].upper == rank)
      end++;
    for (size_t k = end; k-- > next;)
      result.behind[next + (end - 1 - k)] = s->unit_at[s->edges.items[k].lower];
    next = end;
  }
  result.first[s->units->count] = (uint32_t)next;
  return result;
}

irmi_stacking irmi_stack(const irmi_units *units, const uint64_t *offsets) {
  irmi_arena *arena = units->arena;
  stacker s = {.units = units, .offsets = offsets, .words = (units->count + 63) / 64};
  s.rank_of = IRMI_ARENA_ARRAY(arena, uint32_t, units->count);
  s.unit_at = IRMI_ARENA_ARRAY(arena, uint32_t, units->count);
  s.alive = IRMI_ARENA_ARRAY(arena, uint64_t, s.words);
  rank_units(&s);
  list_changes(&s);
  walk(&s);
  if (s.edges.count) qsort(s.edges.items, s.edges.count, sizeof(edge), compare_edges);
  reduce(&s);
  irmi_stacking result = write_lists(&s);
  irmi_vec_free(arena->allocator, &s.changes);
  irmi_vec_free(arena->allocator, &s.edges);
  return result;
}

uint64_t irmi_stacking_height(const irmi_units *units, const irmi_stacking *stacking,
                              const uint64_t *bytes, uint64_t *ends) {
  uint64_t height = 0;
  for (uint32_t i = 0; i < units->count; i++) {
    uint64_t begin = 0;
    uint32_t unit = stacking->order[i];
    for (uint32_t k = stacking->first[i]; k < stacking->first[i + 1]; k++)
      if (ends[stacking->behind[k]] > begin) begin = ends[stacking->behind[k]];
    ends[unit] = irm_bytes_add(begin, bytes[unit]);
    if (ends[unit] > height) height = ends[unit];
  }
  return height;
}
