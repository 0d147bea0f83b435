/* The names of nodes as an array, and the node of a name. */
#include "runtime/rt.h"

typedef struct naming {
  const irm_graph_view *graph;
  int64_t *ids;
} naming;

static void name_nodes(void *data, int64_t begin, int64_t end) {
  const naming *task = data;
  const irm_graph_view *graph = task->graph;
  for (int64_t node = begin; node < end; node++)
    task->ids[node] = graph->names ? graph->names[node] : graph->first_name + node;
}

void irm_rt_node_ids(int64_t threads, const irm_graph_view *graph, int64_t *ids) {
  naming task = {graph, ids};
  irm_rt_parallel_for(threads, graph->nodes, 1, &task, name_nodes);
}

static int64_t search(const int64_t *names, int64_t count, int64_t name) {
  int64_t low = 0;
  for (int64_t high = count; low < high;) {
    int64_t middle = low + (high - low) / 2;
    if (names[middle] < name)
      low = middle + 1;
    else
      high = middle;
  }
  return low < count && names[low] == name ? low : -1;
}

int64_t irm_rt_node_of(const irm_graph_view *graph, int64_t name) {
  if (graph->names) return search(graph->names, graph->nodes, name);
  uint64_t node = (uint64_t)name - (uint64_t)graph->first_name;
  return node < (uint64_t)graph->nodes ? (int64_t)node : -1;
}
