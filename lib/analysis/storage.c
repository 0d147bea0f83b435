/* Storage: classes of values that share bytes, found by uniting what is written into what and what
 * control flow hands over. */
#include "irmem/analysis.h"

#include "analysis/values.h"
#include "support/arena.h"
#include "support/vec.h"

#include <stdlib.h>

typedef struct class_info {
  irm_size bytes;
  uint32_t first_value, value_count;
  uint32_t first_interval, interval_count;
  const irm_op *output;
  bool swaps;
  uint32_t swaps_with; /* a tree's link towards the least that it may have changed places with */
} class_info;

struct irm_storage {
  irmi_arena arena;
  uint32_t *id_of; /* by value id */
  irmi_vec(class_info) classes;
  const irm_value **values; /* class by class */
  irmi_vec(irm_interval) intervals;
};

/* Uniting -------------------------------------------------------------------------------------- */

/* Trees of value ids by link to the parent; a root is its own parent. */
typedef struct unions {
  uint32_t *parent;
} unions;

static uint32_t root_of(const unions *u, uint32_t id) {
  while (u->parent[id] != id)
    id = u->parent[id] = u->parent[u->parent[id]];
  return id;
}

/* The smaller id becomes the root, so that the tree does not depend on the order of unions; paths
 * are halved. */
static void unite(const unions *u, const irm_value *x, const irm_value *y) {
  if (!irm_value_is_array(x) || irm_value_is_given(x) || irm_value_is_given(y)) return;
  uint32_t a = root_of(u, irm_value_id(x)), b = root_of(u, irm_value_id(y));
  if (a < b)
    u->parent[b] = a;
  else
    u->parent[a] = b;
}

static void unite_loop(const unions *u, const irm_op *loop) {
  for (uint32_t k = 0; k < irm_loop_carried_count(loop); k++) {
    unite(u, irm_op_result(loop, k), irm_loop_init(loop, k));
    for (uint32_t region = 0; region < 2; region++)
      unite(u, irm_op_result(loop, k), irm_region_argument(irm_op_subregion(loop, region), k));
  }
}

static void unite_if(const unions *u, const irm_op *branch) {
  for (uint32_t k = 0; k < irm_op_result_count(branch); k++)
    for (uint32_t side = 0; side < 2; side++)
      unite(u, irm_op_result(branch, k), irm_region_yielded(irm_op_subregion(branch, side), k));
}

static void unite_all(const unions *u, const irm_program *program, const irmi_values *values) {
  for (size_t i = 0; i < values->count; i++)
    if (irm_value_host(values->items[i]))
      unite(u, values->items[i], irm_value_host(values->items[i]));
  for (irm_op *op = irm_program_next_op(program, NULL); op; op = irm_program_next_op(program, op)) {
    if (irm_op_opcode(op) == IRM_LOOP) unite_loop(u, op);
    if (irm_op_opcode(op) == IRM_IF) unite_if(u, op);
  }
}

/* Classes -------------------------------------------------------------------------------------- */

/* Numbers the classes in order of their first values and counts their members. */
static void number_classes(irm_storage *s, const unions *u, const irmi_values *values) {
  for (size_t i = 0; i < values->count; i++) {
    const irm_value *value = values->items[i];
    if (irm_value_is_given(value)) continue;
    uint32_t root = root_of(u, irm_value_id(value));
    irm_size bytes = irm_type_bytes(irm_value_type(value));
    if (s->id_of[root] == IRM_NO_STORAGE) {
      s->id_of[root] = (uint32_t)s->classes.count;
      class_info info = {.bytes = bytes, .swaps_with = (uint32_t)s->classes.count};
      irmi_vec_push(s->arena.allocator, &s->classes, info);
    }
    class_info *info = &s->classes.items[s->id_of[root]];
    s->id_of[irm_value_id(value)] = s->id_of[root];
    info->value_count++;
    if (irm_size_fits(info->bytes, bytes)) info->bytes = bytes;
  }
}

static void list_members(irm_storage *s, const irmi_values *values) {
  uint32_t next = 0;
  for (size_t id = 0; id < s->classes.count; id++) {
    s->classes.items[id].first_value = next;
    next += s->classes.items[id].value_count;
    s->classes.items[id].value_count = 0;
  }
  s->values = IRMI_ARENA_ARRAY(&s->arena, const irm_value *, next);
  for (size_t i = 0; i < values->count; i++) {
    uint32_t id = irm_storage_of(s, values->items[i]);
    if (id == IRM_NO_STORAGE) continue;
    class_info *info = &s->classes.items[id];
    s->values[info->first_value + info->value_count++] = values->items[i];
  }
}

static int compare_intervals(const void *left, const void *right) {
  const irm_interval *x = left, *y = right;
  if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
  return x->end < y->end ? -1 : x->end > y->end;
}

/* Sorts the intervals from first on and merges what overlaps, touches, or leaves out one read point
 * only: nothing is written there, so nothing could use the gap. */
static void merge_from(irm_storage *s, uint32_t first) {
  irm_interval *all = s->intervals.items + first;
  size_t count = s->intervals.count - first, kept = 0;
  if (count > 1) qsort(all, count, sizeof *all, compare_intervals);
  for (size_t i = 1; i < count; i++) {
    if (all[i].begin <= all[kept].end + (all[kept].end % 2 == 0)) {
      if (all[i].end > all[kept].end) all[kept].end = all[i].end;
    } else {
      all[++kept] = all[i];
    }
  }
  s->intervals.count = first + (count ? kept + 1 : 0);
}

static void find_lifetimes(irm_storage *s, const irm_liveness *liveness) {
  for (size_t id = 0; id < s->classes.count; id++) {
    class_info *info = &s->classes.items[id];
    info->first_interval = (uint32_t)s->intervals.count;
    for (uint32_t k = 0; k < info->value_count; k++) {
      uint32_t count;
      const irm_interval *life =
          irm_liveness_of(liveness, s->values[info->first_value + k], &count);
      for (uint32_t i = 0; i < count; i++)
        irmi_vec_push(s->arena.allocator, &s->intervals, life[i]);
    }
    merge_from(s, info->first_interval);
    info->interval_count = (uint32_t)s->intervals.count - info->first_interval;
  }
}

static uint32_t first_swapped(irm_storage *s, uint32_t id) {
  class_info *classes = s->classes.items;
  while (classes[id].swaps_with != id)
    id = classes[id].swaps_with = classes[classes[id].swaps_with].swaps_with;
  return id;
}

static void mark_swap(irm_storage *s, uint32_t x, uint32_t y) {
  uint32_t a = first_swapped(s, x), b = first_swapped(s, y);
  s->classes.items[a < b ? b : a].swaps_with = a < b ? a : b;
  s->classes.items[x].swaps = s->classes.items[y].swaps = true;
}

/* Both storages of a carried value whose next value is in another storage than the carried one. */
static void mark_swaps(irm_storage *s, const irm_op *loop) {
  for (uint32_t k = 0; k < irm_loop_carried_count(loop); k++) {
    uint32_t carried = irm_storage_of(s, irm_region_argument(irm_loop_body(loop), k));
    uint32_t next = irm_storage_of(s, irm_region_yielded(irm_loop_body(loop), k));
    if (carried == next || carried == IRM_NO_STORAGE || next == IRM_NO_STORAGE) continue;
    mark_swap(s, carried, next);
  }
}

static void mark(irm_storage *s, const irm_program *program) {
  for (irm_op *op = irm_program_next_op(program, NULL); op; op = irm_program_next_op(program, op)) {
    if (irm_op_opcode(op) == IRM_LOOP) mark_swaps(s, op);
    if (irm_op_opcode(op) != IRM_OUTPUT) continue;
    uint32_t id = irm_storage_of(s, irm_op_operand(op, 0));
    if (id != IRM_NO_STORAGE && !s->classes.items[id].output) s->classes.items[id].output = op;
  }
  for (uint32_t id = 0; id < s->classes.count; id++)
    s->classes.items[id].swaps_with = first_swapped(s, id);
}

irm_storage *irm_storage_create(const irm_program *program, const irm_liveness *liveness) {
  const irm_allocator *allocator = irm_context_allocator(irm_program_context(program));
  irm_storage *s = irmi_calloc(allocator, 1, sizeof *s);
  irmi_arena_init(&s->arena, allocator);
  uint32_t bound = irm_program_value_bound(program);
  unions u = {IRMI_ARENA_ARRAY(&s->arena, uint32_t, bound)};
  s->id_of = IRMI_ARENA_ARRAY(&s->arena, uint32_t, bound);
  for (uint32_t i = 0; i < bound; i++) {
    u.parent[i] = i;
    s->id_of[i] = IRM_NO_STORAGE;
  }
  irmi_values values = irmi_array_values(program);
  unite_all(&u, program, &values);
  number_classes(s, &u, &values);
  list_members(s, &values);
  find_lifetimes(s, liveness);
  mark(s, program);
  irmi_vec_free(allocator, &values);
  return s;
}

void irm_storage_destroy(irm_storage *storage) {
  if (!storage) return;
  const irm_allocator *allocator = storage->arena.allocator;
  irmi_vec_free(allocator, &storage->classes);
  irmi_vec_free(allocator, &storage->intervals);
  irmi_arena_destroy(&storage->arena);
  irmi_free(allocator, storage, sizeof *storage);
}

/* Questions ------------------------------------------------------------------------------------ */

uint32_t irm_storage_count(const irm_storage *storage) {
  return (uint32_t)storage->classes.count;
}

uint32_t irm_storage_of(const irm_storage *storage, const irm_value *value) {
  return storage->id_of[irm_value_id(value)];
}

irm_size irm_storage_bytes(const irm_storage *storage, uint32_t id) {
  return storage->classes.items[id].bytes;
}

uint32_t irm_storage_value_count(const irm_storage *storage, uint32_t id) {
  return storage->classes.items[id].value_count;
}

const irm_value *irm_storage_value(const irm_storage *storage, uint32_t id, uint32_t k) {
  return storage->values[storage->classes.items[id].first_value + k];
}

const irm_interval *irm_storage_lifetime(const irm_storage *storage, uint32_t id, uint32_t *count) {
  *count = storage->classes.items[id].interval_count;
  return storage->intervals.items + storage->classes.items[id].first_interval;
}

const irm_op *irm_storage_output(const irm_storage *storage, uint32_t id) {
  return storage->classes.items[id].output;
}

bool irm_storage_swaps(const irm_storage *storage, uint32_t id) {
  return storage->classes.items[id].swaps;
}

uint32_t irm_storage_swaps_with(const irm_storage *storage, uint32_t id) {
  return storage->classes.items[id].swaps_with;
}
