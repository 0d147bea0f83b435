/* Breadth-first search as a plain loop: a queue. */
#include "plain.h"

#include <string.h>

void plain_bfs(plain_problem *problem) {
  const irm_graph_view *graph = problem->graph;
  uint32_t *depth = plain_take(problem, graph->nodes, sizeof *depth);
  uint32_t *queue = plain_take(problem, graph->nodes, sizeof *queue);
  memset(depth, 0xff, (size_t)graph->nodes * sizeof *depth);
  int64_t begin = 0, end = 0;
  depth[problem->source] = 0;
  queue[end++] = (uint32_t)problem->source;
  while (begin < end) {
    uint32_t node = queue[begin++];
    for (int64_t k = graph->out_offsets[node]; k < graph->out_offsets[node + 1]; k++) {
      uint32_t other = graph->out_targets[k];
      if (depth[other] != PLAIN_UNREACHED) continue;
      depth[other] = depth[node] + 1;
      queue[end++] = other;
    }
  }
  problem->results[0] = depth;
}
