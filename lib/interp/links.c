/* Neighbours as sets: marks say what was seen. */
#include "interp/kernel.h"
#include "support/alloc.h"

typedef struct marks {
  const irm_graph_view *graph;
  int64_t *neighbours; /* of one node, each once */
  int64_t count;
  int64_t *neighbour_of; /* 1 + the node that a node was last found to be a neighbour of */
  int64_t *reached;      /* the walk along a row that last came to a node */
  int64_t walks;
} marks;

static void mark_row(marks *m, const int64_t *offsets, const uint32_t *targets, int64_t node) {
  for (int64_t arc = offsets[node]; arc < offsets[node + 1]; arc++) {
    uint32_t other = targets[arc];
    if (other == node || m->neighbour_of[other] == node + 1) continue;
    m->neighbour_of[other] = node + 1;
    m->neighbours[m->count++] = other;
  }
}

static int64_t count_neighbours(marks *m, int64_t node) {
  m->count = 0;
  mark_row(m, m->graph->in_offsets, m->graph->in_targets, node);
  mark_row(m, m->graph->out_offsets, m->graph->out_targets, node);
  return m->count;
}

/* Different neighbours of the node, other than from, that from's arcs in one direction lead to and
 * that this walk did not come to before. */
static int64_t count_ends(marks *m, const int64_t *offsets, const uint32_t *targets, int64_t node,
                          int64_t from) {
  int64_t count = 0;
  for (int64_t arc = offsets[from]; arc < offsets[from + 1]; arc++) {
    uint32_t end = targets[arc];
    count += end != from && m->neighbour_of[end] == node + 1 && m->reached[end] != m->walks;
    m->reached[end] = m->walks;
  }
  return count;
}

/* Pairs of neighbours with an arc from the first to the second; with backward, also those with one
 * from the second to the first, which finds each joined pair from both sides. */
static int64_t count_pairs(marks *m, int64_t node, bool backward) {
  const irm_graph_view *graph = m->graph;
  int64_t count = 0;
  count_neighbours(m, node);
  for (int64_t k = 0; k < m->count; k++) {
    m->walks++;
    count += count_ends(m, graph->out_offsets, graph->out_targets, node, m->neighbours[k]);
    if (backward)
      count += count_ends(m, graph->in_offsets, graph->in_targets, node, m->neighbours[k]);
  }
  return count;
}

static int64_t count_links(marks *m, int64_t node) {
  return count_pairs(m, node, false);
}

static int64_t count_triangles(marks *m, int64_t node) {
  return count_pairs(m, node, true) / 2;
}

static bool run(const irmi_call *call, int64_t (*count)(marks *m, int64_t node)) {
  const irm_graph_view *graph = call->frame->graph;
  size_t nodes = (size_t)graph->nodes;
  marks m = {.graph = graph,
             .neighbours = irmi_calloc(call->allocator, nodes, sizeof(int64_t)),
             .neighbour_of = irmi_calloc(call->allocator, nodes, sizeof(int64_t)),
             .reached = irmi_calloc(call->allocator, nodes, sizeof(int64_t))};
  for (int64_t node = 0; node < graph->nodes; node++)
    ((int64_t *)call->elements)[node] = count(&m, node);
  irmi_free(call->allocator, m.neighbours, nodes * sizeof(int64_t));
  irmi_free(call->allocator, m.neighbour_of, nodes * sizeof(int64_t));
  irmi_free(call->allocator, m.reached, nodes * sizeof(int64_t));
  return true;
}

bool irmi_run_NEIGHBOR_COUNT(const irmi_call *call) {
  return run(call, count_neighbours);
}

bool irmi_run_NEIGHBOR_TRIANGLES(const irmi_call *call) {
  return run(call, count_triangles);
}

bool irmi_run_NEIGHBOR_LINKS(const irmi_call *call) {
  return run(call, count_links);
}
