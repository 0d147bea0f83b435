/* Paths without any cost that can be gone back: each node has the least element of its component.
 * Components are trees of parents, which are hooked to each other where an arc joins two. The first
 * arcs of all nodes make most of the greatest component; what is in it by then need not be looked
 * at again. (M. Sutton, T. Ben-Nun, A. Barak, Optimizing parallel graph connectivity computation
 * via subgraph sampling, 2018.)
 *
 * A parent is never greater than its child, and only a root gets one: there is always an end to
 * climbing, and no hook is lost. */
#include "runtime/parallel.h"
#include "runtime/path.h"

#include <assert.h>

/* So many arcs of each node come first. */
#define FIRST_ARCS 2
#define SAMPLES    1024
/* Nodes are handed out in so many pieces a thread. */
#define PIECES_A_THREAD 16

typedef struct components {
  const irmi_path *path;
  uint32_t *parents;
  int64_t arc;       /* which of each node's is looked at */
  uint32_t greatest; /* the root of the greatest component */
} components;

static uint32_t parent_of(const components *c, uint32_t node) {
  return __atomic_load_n(&c->parents[node], __ATOMIC_RELAXED);
}

/* Climbs from both until they meet, or one is a root, which is hooked. */
static void join(const components *c, uint32_t a, uint32_t b) {
  for (;;) {
    a = parent_of(c, a);
    b = parent_of(c, b);
    if (a == b) return;
    uint32_t high = a > b ? a : b, low = a > b ? b : a, root = high;
    if (__atomic_compare_exchange_n(&c->parents[high], &root, low, false, __ATOMIC_RELAXED,
                                    __ATOMIC_RELAXED))
      return;
  }
}

static void begin_alone(void *data, int64_t begin, int64_t end) {
  const components *c = data;
  for (int64_t node = begin; node < end; node++)
    c->parents[node] = (uint32_t)node;
}

static void join_first(void *data, int64_t begin, int64_t end) {
  const components *c = data;
  irmi_path_rows rows = c->path->give[0];
  for (int64_t node = begin; node < end; node++)
    if (rows.offsets[node] + c->arc < rows.offsets[node + 1])
      join(c, (uint32_t)node, (uint32_t)rows.targets[rows.offsets[node] + c->arc]);
}

static void join_rest(void *data, int64_t begin, int64_t end) {
  const components *c = data;
  for (int64_t node = begin; node < end; node++) {
    if (parent_of(c, (uint32_t)node) == c->greatest) continue;
    for (int side = 0; side < 2 && c->path->give[side].offsets; side++) {
      irmi_path_rows rows = c->path->give[side];
      int64_t arc = rows.offsets[node] + (side == 0 ? FIRST_ARCS : 0);
      for (; arc < rows.offsets[node + 1]; arc++)
        join(c, (uint32_t)node, (uint32_t)rows.targets[arc]);
    }
  }
}

/* Makes the root of each node its parent. Others do so at the same time with nodes above it. */
static void flatten(void *data, int64_t begin, int64_t end) {
  const components *c = data;
  for (int64_t node = begin; node < end; node++) {
    uint32_t parent = parent_of(c, (uint32_t)node), above;
    while ((above = parent_of(c, parent)) != parent)
      parent = above;
    __atomic_store_n(&c->parents[node], parent, __ATOMIC_RELAXED);
  }
}

#define EACH_ELEM "runtime/path_components_elem.h"
#include "runtime/each_elem.h"

typedef struct element_bodies {
  irm_rt_body *bring, *fetch;
} element_bodies;

static element_bodies bodies_of(irm_rt_elem elem) {
  static const element_bodies bodies[] = {[IRM_RT_F64] = {bring_f64, fetch_f64},
                                          [IRM_RT_F32] = {bring_f32, fetch_f32},
                                          [IRM_RT_I64] = {bring_i64, fetch_i64},
                                          [IRM_RT_I32] = {bring_i32, fetch_i32}};
  return bodies[elem];
}

/* In pieces of nodes, which are uneven work; elsewhere whole pieces a thread do. */
static void for_nodes(components *c, irm_rt_body *body) {
  int64_t nodes = c->path->graph->nodes, team = irmi_pieces_of(c->path->threads, nodes);
  int64_t pieces = team * PIECES_A_THREAD;
  if (team <= 1) {
    body(c, 0, nodes);
    return;
  }
#pragma omp parallel for num_threads((int)team) schedule(dynamic, 1)
  for (int64_t piece = 0; piece < pieces; piece++)
    body(c, nodes * piece / pieces, nodes * (piece + 1) / pieces);
}

/* SplitMix64's finalizer (S. Vigna, 2015). */
static uint64_t mix(uint64_t x) {
  x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
  x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
  return x ^ x >> 31;
}

static void sort(uint32_t *roots, int64_t count) {
  for (int64_t i = 1; i < count; i++) {
    uint32_t root = roots[i];
    int64_t at = i;
    for (; at > 0 && roots[at - 1] > root; at--)
      roots[at] = roots[at - 1];
    roots[at] = root;
  }
}

/* The most frequent root among nodes drawn at random. */
static uint32_t find_greatest(const components *c) {
  uint32_t roots[SAMPLES], greatest = 0;
  for (int64_t k = 0; k < SAMPLES; k++)
    roots[k] = parent_of(c, (uint32_t)(mix((uint64_t)k + 1) % (uint64_t)c->path->graph->nodes));
  sort(roots, SAMPLES);
  for (int64_t k = 0, first = 0, most = 0; k < SAMPLES; k++) {
    if (roots[k] != roots[first]) first = k;
    if (k - first + 1 <= most) continue;
    most = k - first + 1;
    greatest = roots[k];
  }
  return greatest;
}

void irmi_path_components(const irmi_path *path) {
  components c = {.path = path, .parents = path->workspace};
  element_bodies bodies = bodies_of(path->elem);
  for_nodes(&c, begin_alone);
  for (c.arc = 0; c.arc < FIRST_ARCS; c.arc++)
    for_nodes(&c, join_first);
  for_nodes(&c, flatten);
  c.greatest = find_greatest(&c);
  for_nodes(&c, join_rest);
  for_nodes(&c, flatten);
  for_nodes(&c, bodies.bring);
  for_nodes(&c, bodies.fetch);
}
