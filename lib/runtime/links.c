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

/* Arcs from one neighbour of a node to others, walked along whichever of both is shorter. */
static int64_t count_links(const irm_graph_view *graph, int64_t node, int64_t from) {
  set_walk set = neighbours_of(graph, node);
  sorted row = out_row(graph, from);
  int64_t count = 0;
  if (row.end - row.begin < (set.in.end - set.in.begin) + (set.out.end - set.out.begin)) {
    set_walk ends = {row, {row.end, row.end}};
    for (int64_t other; (other = next_of(&ends)) != NONE;)
      count +=
          other != node && other != from && (contains(set.in, other) || contains(set.out, other));
  } else {
    for (int64_t other; (other = next_of(&set)) != NONE;)
      count += other != node && other != from && contains(row, other);
  }
  return count;
}

static int64_t count_all_links(const irm_graph_view *graph, int64_t node) {
  set_walk walk = neighbours_of(graph, node);
  int64_t count = 0;
  for (int64_t from; (from = next_of(&walk)) != NONE;)
    if (from != node) count += count_links(graph, node, from);
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
    links[node] = count_all_links(graph, node);
}
