/* A problem made ready for packing: size classes, orders, and the load that no plan undercuts. */
#include "plan/internal.h"

#include <stdlib.h>

/* Something to sort: ascending by major, then minor, then number. */
typedef struct key {
  uint64_t major, minor;
  uint32_t number;
} key;

static int compare_keys(const void *left, const void *right) {
  const key *x = left, *y = right;
  if (x->major != y->major) return x->major < y->major ? -1 : 1;
  if (x->minor != y->minor) return x->minor < y->minor ? -1 : 1;
  return x->number < y->number ? -1 : x->number > y->number;
}

/* Size classes --------------------------------------------------------------------------------- */

typedef struct sized {
  uint64_t weight;
  irm_size size;
  uint32_t kind;
  uint32_t number;
} sized;

static int compare_forms(irm_size x, irm_size y) {
  if (x.a != y.a) return x.a < y.a ? -1 : 1;
  if (x.b != y.b) return x.b < y.b ? -1 : 1;
  if (x.c != y.c) return x.c < y.c ? -1 : 1;
  return x.cap < y.cap ? -1 : x.cap > y.cap;
}

static int compare_sized(const void *left, const void *right) {
  const sized *x = left, *y = right;
  if (x->weight != y->weight) return x->weight < y->weight ? -1 : 1;
  int forms = compare_forms(x->size, y->size);
  if (!forms && x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
  return forms ? forms : x->number < y->number ? -1 : x->number > y->number;
}

static sized size_at_reference(irm_size size, uint32_t kind, uint32_t number) {
  uint64_t weight = irm_size_evaluate_aligned(size, IRM_REFERENCE_NODES, IRM_REFERENCE_EDGES);
  return (sized){weight, size, kind, number};
}

void irmi_task_init(irmi_task *task, const irm_plan_problem *problem, irmi_arena *arena) {
  uint32_t count = problem->buffer_count + problem->bin_count;
  *task = (irmi_task){.problem = problem, .arena = arena};
  task->class_of = IRMI_ARENA_ARRAY(arena, uint32_t, count);
  task->classes = IRMI_ARENA_ARRAY(arena, irm_size, count);
  task->weights = IRMI_ARENA_ARRAY(arena, uint64_t, count);
  task->kinds = IRMI_ARENA_ARRAY(arena, uint32_t, count);
  sized *all = irmi_calloc(arena->allocator, count, sizeof *all);
  for (uint32_t i = 0; i < problem->buffer_count; i++)
    all[i] = size_at_reference(problem->buffers[i].bytes,
                               problem->typed ? problem->buffers[i].kind : 0, i);
  for (uint32_t i = problem->buffer_count; i < count; i++)
    all[i] =
        size_at_reference(problem->bins[i - problem->buffer_count].bytes,
                          problem->typed ? problem->bins[i - problem->buffer_count].kind : 0, i);
  if (count > 1) qsort(all, count, sizeof *all, compare_sized);
  for (uint32_t i = 0; i < count; i++) {
    if (i == 0 || all[i - 1].kind != all[i].kind ||
        compare_forms(all[i - 1].size, all[i].size) != 0) {
      task->kinds[task->class_count] = all[i].kind;
      task->classes[task->class_count] = all[i].size;
      task->weights[task->class_count++] = all[i].weight;
    }
    task->class_of[all[i].number] = task->class_count - 1;
  }
  irmi_free(arena->allocator, all, count * sizeof *all);
}

bool irmi_task_fits(const irmi_task *task, uint32_t x, uint32_t y) {
  return x == y ||
         (task->kinds[x] == task->kinds[y] && irm_size_fits(task->classes[x], task->classes[y]));
}

/* Time ----------------------------------------------------------------------------------------- */

static uint32_t last_point(const irm_plan_problem *problem) {
  uint32_t last = 0;
  for (uint32_t i = 0; i < problem->buffer_count; i++) {
    const irm_plan_buffer *b = &problem->buffers[i];
    if (b->lifetime[b->lifetime_count - 1].end > last)
      last = b->lifetime[b->lifetime_count - 1].end;
  }
  return last;
}

static const irm_interval *mirrored(irmi_arena *arena, const irm_plan_buffer *buffer,
                                    uint32_t last) {
  irm_interval *lifetime = IRMI_ARENA_ARRAY(arena, irm_interval, buffer->lifetime_count);
  for (uint32_t k = 0; k < buffer->lifetime_count; k++) {
    irm_interval at = buffer->lifetime[buffer->lifetime_count - 1 - k];
    lifetime[k] = (irm_interval){last - at.end, last - at.begin};
  }
  return lifetime;
}

irmi_task irmi_task_mirrored(const irmi_task *task, irm_plan_problem *problem) {
  uint32_t last = last_point(task->problem);
  *problem = *task->problem;
  irm_plan_buffer *buffers = IRMI_ARENA_ARRAY(task->arena, irm_plan_buffer, problem->buffer_count);
  for (uint32_t i = 0; i < problem->buffer_count; i++) {
    buffers[i] = task->problem->buffers[i];
    buffers[i].lifetime = mirrored(task->arena, &buffers[i], last);
  }
  problem->buffers = buffers;
  irmi_task result = *task;
  result.problem = problem;
  return result;
}

static uint64_t length_of(const irm_plan_buffer *buffer) {
  uint64_t length = 0;
  for (uint32_t k = 0; k < buffer->lifetime_count; k++)
    length += buffer->lifetime[k].end - buffer->lifetime[k].begin;
  return length;
}

/* Orders --------------------------------------------------------------------------------------- */

static uint64_t area_of(uint64_t weight, uint64_t length) {
  uint64_t lines = weight / 64; /* weights are multiples of 64 */
  return lines && length > UINT64_MAX / lines ? UINT64_MAX : lines * length;
}

static key key_in(const irmi_task *task, irmi_order order, uint32_t i) {
  const irm_plan_buffer *b = &task->problem->buffers[i];
  uint64_t start = b->lifetime[0].begin, length = length_of(b);
  uint64_t smallness = UINT32_MAX - task->class_of[i];
  switch (order) {
  case IRMI_BY_START: return (key){start, smallness, i};
  case IRMI_BY_SIZE: return (key){smallness, start, i};
  case IRMI_BY_AREA:
    return (key){UINT64_MAX - area_of(task->weights[task->class_of[i]], length), start, i};
  case IRMI_BY_LENGTH: return (key){UINT64_MAX - length, smallness, i};
  default: return (key){smallness, UINT64_MAX - length, i};
  }
}

uint32_t *irmi_task_order(const irmi_task *task, irmi_order order, uint32_t *count) {
  const irm_plan_problem *problem = task->problem;
  size_t bytes = problem->buffer_count * sizeof(key);
  key *keys = irmi_alloc(task->arena->allocator, bytes);
  *count = 0;
  for (uint32_t i = 0; i < problem->buffer_count; i++)
    if (problem->buffers[i].bin == IRM_PLAN_ANYWHERE) keys[(*count)++] = key_in(task, order, i);
  if (*count > 1) qsort(keys, *count, sizeof *keys, compare_keys);
  uint32_t *result = IRMI_ARENA_ARRAY(task->arena, uint32_t, *count);
  for (uint32_t i = 0; i < *count; i++)
    result[i] = keys[i].number;
  irmi_free(task->arena->allocator, keys, bytes);
  return result;
}

/* Load ----------------------------------------------------------------------------------------- */

/* Intervals' begins (minor 1) and ends (minor 0: first) in order of time. */
static key *events_of(const irm_plan_problem *problem, const irm_allocator *allocator,
                      size_t *count) {
  size_t total = 0;
  for (uint32_t i = 0; i < problem->buffer_count; i++)
    total += 2 * problem->buffers[i].lifetime_count;
  key *events = irmi_alloc(allocator, total * sizeof *events);
  size_t at = 0;
  for (uint32_t i = 0; i < problem->buffer_count; i++)
    for (uint32_t k = 0; k < problem->buffers[i].lifetime_count; k++) {
      events[at++] = (key){problem->buffers[i].lifetime[k].begin, 1, i};
      events[at++] = (key){problem->buffers[i].lifetime[k].end, 0, i};
    }
  if (total > 1) qsort(events, total, sizeof *events, compare_keys);
  *count = total;
  return events;
}

uint64_t irmi_task_load(const irmi_task *task) {
  const irm_plan_problem *problem = task->problem;
  uint64_t alive = 0, homeless = 0, peak = 0, homeless_peak = 0, bins = 0;
  for (uint32_t i = 0; i < problem->bin_count; i++)
    bins = irm_bytes_add(bins, task->weights[task->class_of[problem->buffer_count + i]]);
  size_t count;
  key *events = events_of(problem, task->arena->allocator, &count);
  for (size_t i = 0; i < count; i++) {
    uint64_t weight = task->weights[task->class_of[events[i].number]];
    uint64_t outside = problem->buffers[events[i].number].no_bin ? weight : 0;
    alive = events[i].minor ? irm_bytes_add(alive, weight) : alive - weight;
    homeless = events[i].minor ? irm_bytes_add(homeless, outside) : homeless - outside;
    if (alive > peak) peak = alive;
    if (homeless > homeless_peak) homeless_peak = homeless;
  }
  irmi_free(task->arena->allocator, events, count * sizeof *events);
  uint64_t beside = peak > bins ? peak - bins : 0;
  return beside > homeless_peak ? beside : homeless_peak;
}
