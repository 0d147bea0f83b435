/* Neighbours as sets, and the arcs among them. Rows are sorted, so that a set is a walk over two
 * rows at once, and whether a node is in it two binary searches. */
#include "runtime/parallel.h"
#include "runtime/rt.h"

#include <stdbool.h>

#define NONE INT64_MAX /* no node */

/* Nodes in ascending order, perhaps several times. */
typedef struct sorted {
  const uint32_t *begin, *end;
} sorted;

/* A walk over the nodes of two rows, each once. */
typedef struct set_walk {
  sorted in, out;
} set_walk;

static sorted in_row(const irm_graph_view *graph, int64_t node) {
  return (sorted){graph->in_targets + graph->in_offsets[node],
                  graph->in_targets + graph->in_offsets[node + 1]};
}

static sorted out_row(const irm_graph_view *graph, int64_t node) {
  return (sorted){graph->out_targets + graph->out_offsets[node],
                  graph->out_targets + graph->out_offsets[node + 1]};
}

static int64_t first_of(sorted row) {
  return row.begin < row.end ? *row.begin : NONE;
}

static void skip(sorted *row, int64_t node) {
  while (row->begin < row->end && *row->begin == node)
    row->begin++;
}

static int64_t next_of(set_walk *walk) {
  int64_t in = first_of(walk->in), out = first_of(walk->out);
  int64_t node = in < out ? in : out;
  skip(&walk->in, node);
  skip(&walk->out, node);
  return node;
}

static set_walk neighbours_of(const irm_graph_view *graph, int64_t node) {
  return (set_walk){in_row(graph, node), out_row(graph, node)};
}

static int64_t count_neighbours(const irm_graph_view *graph, int64_t node) {
  set_walk walk = neighbours_of(graph, node);
  int64_t count = 0;
  for (int64_t other; (other = next_of(&walk)) != NONE;)
    count += other != node;
  return count;
}

static bool contains(sorted row, int64_t node) {
  while (row.begin < row.end) {
    const uint32_t *middle = row.begin + (row.end - row.begin) / 2;
    if (*middle == node) return true;
    if (*middle < node)
      row.begin = middle + 1;
    else
      row.end = middle;
  }
  return false;
}

static int64_t length_of(set_walk set) {
  return (set.in.end - set.in.begin) + (set.out.end - set.out.begin);
}

/* Nodes in both sets other than the two, walked along whichever set is shorter. */
static int64_t count_common(set_walk a, set_walk b, int64_t node, int64_t from) {
  set_walk walk = length_of(a) < length_of(b) ? a : b, set = length_of(a) < length_of(b) ? b : a;
  int64_t count = 0;
  for (int64_t other; (other = next_of(&walk)) != NONE;)
    count +=
        other != node && other != from && (contains(set.in, other) || contains(set.out, other));
  return count;
}

/* Where the arcs of a node lead. */
static set_walk ends_of(const irm_graph_view *graph, int64_t node) {
  sorted row = out_row(graph, node);
  return (set_walk){row, {row.end, row.end}};
}

/* Ordered pairs of a node's neighbours, the second in a set that belongs to the first. */
static int64_t count_pairs(const irm_graph_view *graph, int64_t node,
                           set_walk (*set_of)(const irm_graph_view *graph, int64_t node)) {
  set_walk near = neighbours_of(graph, node), walk = near;
  int64_t count = 0;
  for (int64_t from; (from = next_of(&walk)) != NONE;)
    if (from != node) count += count_common(near, set_of(graph, from), node, from);
  return count;
}

void irm_rt_neighbor_count(int64_t threads, const irm_graph_view *graph, int64_t *counts) {
  int64_t nodes = graph->nodes;
  int64_t team = irmi_pieces_of(threads, nodes + graph->in_offsets[nodes]);
#pragma omp parallel for num_threads(team > 1 ? (int)team : 1) schedule(dynamic, 1024)
  for (int64_t node = 0; node < nodes; node++)
    counts[node] = count_neighbours(graph, node);
}

/* In small pieces: a few nodes have most of the work. */
void irm_rt_neighbor_links(int64_t threads, const irm_graph_view *graph, int64_t *links) {
  int64_t nodes = graph->nodes;
  int64_t team = irmi_pieces_of(threads, nodes + graph->in_offsets[nodes]);
#pragma omp parallel for num_threads(team > 1 ? (int)team : 1) schedule(dynamic, 16)
  for (int64_t node = 0; node < nodes; node++)
    links[node] = count_pairs(graph, node, ends_of);
}

/* Each pair is found from both sides. */
void irm_rt_neighbor_triangles(int64_t threads, const irm_graph_view *graph, int64_t *triangles) {
  int64_t nodes = graph->nodes;
  int64_t team = irmi_pieces_of(threads, nodes + graph->in_offsets[nodes]);
#pragma omp parallel for num_threads(team > 1 ? (int)team : 1) schedule(dynamic, 16)
  for (int64_t node = 0; node < nodes; node++)
    triangles[node] = count_pairs(graph, node, neighbours_of) / 2;
}
