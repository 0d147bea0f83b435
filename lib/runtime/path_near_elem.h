/* path_near.c for one type of elements (each_elem.h). */

typedef struct NAME(near) {
  near_sets sets;
  const irmi_path *path;
  ELEM *elements;
  ELEM width, least_width, bound; /* near is what is below the bound */
} NAME(near);

static ELEM NAME(load)(const ELEM *element) {
  ELEM value;
  __atomic_load(element, &value, __ATOMIC_RELAXED);
  return value;
}

/* Lowers an element; false: it was not above the value. */
static bool NAME(lower)(ELEM *element, ELEM value, bool alone) {
  ELEM had = NAME(load)(element);
  while (value < had) {
    if (alone) {
      *element = value;
      return true;
    }
    if (__atomic_compare_exchange(element, &had, &value, true, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
      return true;
  }
  return false;
}

/* Brings what a node gives along an arc. */
static void NAME(bring)(const NAME(near) * near, near_outboxes *out, uint32_t to, ELEM value) {
  if (!NAME(lower)(&near->elements[to], value, out->alone)) return;
  if (value < near->bound)
    mark(&near->sets, out, &out->near, near->sets.round + 1, to);
  else
    mark(&near->sets, out, &out->far, FAR, to);
}

/* Of these arcs those to nodes that have more. A step is not below 0: others take nothing, whatever
 * it is. */
static int64_t NAME(choose)(const ELEM *elements, ELEM from, const irmi_id *targets, int64_t begin,
                            int64_t end, int64_t row_end, int64_t *chosen) {
  int64_t count = 0;
  for (int64_t arc = begin; arc < end; arc++) {
    if (arc + AHEAD < row_end) __builtin_prefetch(&elements[targets[arc + AHEAD]]);
    chosen[count] = arc;
    count += from < NAME(load)(&elements[targets[arc]]);
  }
  return count;
}

/* Elements and steps lie anywhere: they are asked for some time before they are used. */
static void NAME(give_along)(const NAME(near) * near, near_outboxes *out, irmi_path_rows rows,
                             uint32_t node) {
  ELEM from = NAME(load)(&near->elements[node]);
  bool an_edge = near->path->an_edge;
  size_t step_bytes = near->path->doubles ? sizeof(double) : sizeof(ELEM);
  int64_t chosen[CHUNK], row_end = rows.offsets[node + 1];
  for (int64_t begin = rows.offsets[node]; begin < row_end; begin += CHUNK) {
    int64_t end = row_end - begin < CHUNK ? row_end : begin + CHUNK;
    int64_t count = NAME(choose)(near->elements, from, rows.targets, begin, end, row_end, chosen);
    for (int64_t k = 0; an_edge && k < count; k++)
      __builtin_prefetch((const char *)near->path->steps + rows.edges[chosen[k]] * step_bytes);
    for (int64_t k = 0; k < count; k++) {
      ELEM step = NAME(irmi_step)(near->path, an_edge ? (int64_t)rows.edges[chosen[k]] : 0);
      NAME(bring)(near, out, (uint32_t)rows.targets[chosen[k]], FURTHER(from, step));
    }
  }
}

static void NAME(give)(void *data, near_outboxes *out, const uint32_t *nodes, int64_t count) {
  const NAME(near) *near = data;
  for (int side = 0; side < 2 && near->path->give[side].offsets; side++)
    for (int64_t k = 0; k < count; k++)
      NAME(give_along)(near, out, near->path->give[side], nodes[k]);
}

/* Nodes that have something to give are far at first. */
static void NAME(begin)(void *data, int64_t begin, int64_t end) {
  const NAME(near) *near = data;
  for (int64_t node = begin; node < end; node++)
    near->sets.marks[node] = near->elements[node] < GREATEST ? FAR : IDLE;
}

static void NAME(find_least)(void *data, near_outboxes *out, const uint32_t *nodes, int64_t count) {
  NAME(near) *near = data;
  for (int64_t k = 0; k < count; k++)
    NAME(lower)(&near->bound, near->elements[nodes[k]], out->alone);
}

static void NAME(divide)(void *data, near_outboxes *out, const uint32_t *nodes, int64_t count) {
  const NAME(near) *near = data;
  for (int64_t k = 0; k < count; k++) {
    if (near->elements[nodes[k]] < near->bound)
      mark(&near->sets, out, &out->near, near->sets.round, nodes[k]);
    else
      irmi_path_post(&out->far, nodes[k]);
  }
}

/* Makes the least of what is far near, with what is up to a width above it. The width doubles while
 * looking for it has been more work than giving, and goes back when it has not. */
static bool NAME(advance)(NAME(near) * near) {
  near->bound = GREATEST;
  visit_far(&near->sets, NAME(find_least), near);
  if (!(near->bound < GREATEST)) return false;
  ELEM bound = FURTHER(near->bound, near->width);
  near->bound = near->bound < bound ? bound : NEXT(near->bound);
  divide_far(&near->sets, NAME(divide), near);
  if (near->sets.looked > near->sets.given)
    near->width = FURTHER(near->width, near->width);
  else if (near->width / 2 > near->least_width)
    near->width /= 2;
  return true;
}

static void NAME(run)(const irmi_path *path, double width) {
  NAME(near) near = {.path = path, .elements = path->elements};
  near.width = width < (double)GREATEST ? (ELEM)width : GREATEST;
  if (!(near.width > 0)) near.width = 1;
  near.least_width = near.width;
  near.sets = sets_of(path);
  irm_rt_parallel_for(path->threads, path->graph->nodes, 1, &near, NAME(begin));
  while (NAME(advance)(&near))
    while (near.sets.near.count > 0)
      visit_near(&near.sets, NAME(give), &near);
}
