/* Shortest paths as plain loops: Dijkstra's algorithm with a heap of nodes that knows where each
 * is. */
#include "plain_real.h"

#include <math.h>

/* The least distance is at items[0]; the children of item k are items 4k + 1 to 4k + 4. */
typedef struct heap {
  const REAL *distance;
  uint32_t *items, *place; /* place of a node that is in no heap: UINT32_MAX */
  uint32_t count;
} heap;

static void put(heap *h, uint32_t at, uint32_t node) {
  h->items[at] = node;
  h->place[node] = at;
}

static void rise(heap *h, uint32_t at, uint32_t node) {
  while (at > 0) {
    uint32_t parent = (at - 1) / 4;
    if (h->distance[h->items[parent]] <= h->distance[node]) break;
    put(h, at, h->items[parent]);
    at = parent;
  }
  put(h, at, node);
}

static uint32_t least_child(const heap *h, uint32_t at) {
  uint32_t first = 4 * at + 1, least = first;
  uint32_t end = first + 4 < h->count ? first + 4 : h->count;
  for (uint32_t child = first + 1; child < end; child++)
    if (h->distance[h->items[child]] < h->distance[h->items[least]]) least = child;
  return least;
}

static void sink(heap *h, uint32_t at, uint32_t node) {
  while (4 * at + 1 < h->count) {
    uint32_t child = least_child(h, at);
    if (h->distance[node] <= h->distance[h->items[child]]) break;
    put(h, at, h->items[child]);
    at = child;
  }
  put(h, at, node);
}

static uint32_t take_least(heap *h) {
  uint32_t node = h->items[0], last = h->items[--h->count];
  h->place[node] = UINT32_MAX;
  if (h->count) sink(h, 0, last);
  return node;
}

void PLAIN(sssp)(plain_problem *problem) {
  const irm_graph_view *graph = problem->graph;
  REAL *distance = take_reals(problem);
  heap h = {.distance = distance,
            .items = plain_take(problem, graph->nodes, sizeof *h.items),
            .place = plain_take(problem, graph->nodes, sizeof *h.place)};
  fill_reals(distance, graph->nodes, (REAL)INFINITY);
  for (int64_t v = 0; v < graph->nodes; v++)
    h.place[v] = UINT32_MAX;
  distance[problem->source] = 0;
  put(&h, h.count++, (uint32_t)problem->source);
  while (h.count) {
    uint32_t node = take_least(&h);
    for (int64_t k = graph->out_offsets[node]; k < graph->out_offsets[node + 1]; k++) {
      uint32_t other = graph->out_targets[k];
      REAL through = distance[node] + (REAL)graph->weights[graph->out_edges[k]];
      if (!(through < distance[other])) continue;
      distance[other] = through;
      rise(&h, h.place[other] == UINT32_MAX ? h.count++ : h.place[other], other);
    }
  }
  problem->results[0] = distance;
}
