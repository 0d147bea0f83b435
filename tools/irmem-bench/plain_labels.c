/* Labels and components as plain loops. Labels are nodes. */
#include "plain.h"

#include <string.h>

static uint32_t *take_nodes(plain_problem *problem) {
  return plain_take(problem, problem->graph->nodes, sizeof(uint32_t));
}

static void number(uint32_t *labels, int64_t nodes) {
  for (int64_t v = 0; v < nodes; v++)
    labels[v] = (uint32_t)v;
}

/* Components: union and find ------------------------------------------------------------------- */

/* The root above a node; the way there gets half as long (T. P. van der Weide, 1980). */
static uint32_t find_root(uint32_t *parent, uint32_t node) {
  while (parent[node] != node)
    node = parent[node] = parent[parent[node]];
  return node;
}

void plain_wcc(plain_problem *problem) {
  const irm_graph_view *graph = problem->graph;
  uint32_t *parent = take_nodes(problem);
  number(parent, graph->nodes);
  for (int64_t v = 0; v < graph->nodes; v++)
    for (int64_t k = graph->in_offsets[v]; k < graph->in_offsets[v + 1]; k++) {
      uint32_t a = find_root(parent, (uint32_t)v), b = find_root(parent, graph->in_targets[k]);
      if (a < b) parent[b] = a;
      if (b < a) parent[a] = b;
    }
  for (int64_t v = 0; v < graph->nodes; v++)
    parent[v] = parent[parent[v]];
  problem->results[0] = parent;
}

/* Labels most frequent among neighbours, on undirected graphs ---------------------------------- */

static void count(uint32_t *counts, uint32_t label, uint32_t *most, uint32_t *best) {
  uint32_t seen = ++counts[label];
  if (seen > *most || (seen == *most && label < *best)) {
    *most = seen;
    *best = label;
  }
}

/* counts are 0 before and behind. */
static uint32_t vote(const irm_graph_view *graph, int64_t node, bool self, const uint32_t *labels,
                     uint32_t *counts) {
  uint32_t most = 0, best = labels[node];
  int64_t begin = graph->in_offsets[node], end = graph->in_offsets[node + 1];
  for (int64_t k = begin; k < end; k++)
    count(counts, labels[graph->in_targets[k]], &most, &best);
  if (self) count(counts, labels[node], &most, &best);
  for (int64_t k = begin; k < end; k++)
    counts[labels[graph->in_targets[k]]] = 0;
  counts[labels[node]] = 0;
  return best;
}

void plain_cdlp(plain_problem *problem) {
  const irm_graph_view *graph = problem->graph;
  uint32_t *label = take_nodes(problem), *next = take_nodes(problem), *counts = take_nodes(problem);
  number(label, graph->nodes);
  memset(counts, 0, (size_t)graph->nodes * sizeof *counts);
  for (int64_t i = 0; i < problem->iterations; i++) {
    for (int64_t v = 0; v < graph->nodes; v++)
      next[v] = vote(graph, v, false, label, counts);
    uint32_t *held = label;
    label = next;
    next = held;
  }
  problem->results[0] = label;
}

void plain_label_propagation(plain_problem *problem) {
  const irm_graph_view *graph = problem->graph;
  uint32_t *label = take_nodes(problem), *counts = take_nodes(problem);
  number(label, graph->nodes);
  memset(counts, 0, (size_t)graph->nodes * sizeof *counts);
  for (int64_t i = 0; i < problem->iterations; i++)
    for (int64_t v = 0; v < graph->nodes; v++)
      label[v] = vote(graph, v, true, label, counts);
  problem->results[0] = label;
}
