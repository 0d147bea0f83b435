/* Clustering coefficients as plain loops on undirected graphs. */
#include "plain_groups.h"
#include "plain_real.h"

/* Neighbours without repeats and the node itself. */
static int64_t neighbours(const irm_graph_view *graph, int64_t node) {
  int64_t count = 0;
  for (int64_t k = graph->in_offsets[node]; k < graph->in_offsets[node + 1]; k++) {
    uint32_t other = graph->in_targets[k];
    bool again = k > graph->in_offsets[node] && graph->in_targets[k - 1] == other;
    count += !again && other != node;
  }
  return count;
}

void PLAIN(lcc)(plain_problem *problem) {
  const irm_graph_view *graph = problem->graph;
  REAL *coefficient = take_reals(problem);
  uint32_t *triangles = plain_triangles(problem);
  for (int64_t v = 0; v < graph->nodes; v++) {
    int64_t count = neighbours(graph, v);
    REAL pairs = (REAL)count * (REAL)(count - 1);
    coefficient[v] = count > 1 ? 2 * (REAL)triangles[v] / pairs : 0;
  }
  problem->results[0] = coefficient;
}
