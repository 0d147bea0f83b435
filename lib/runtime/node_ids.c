/* The names of nodes as an array. */
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
