/* Triangles and cores as plain loops on undirected graphs. */
#include "plain_groups.h"

#include <string.h>

/* Triangles: edges lead from the end of less degree to the other, so that rows are short ----------
 */

typedef struct forward {
  int64_t *offsets;
  uint32_t *targets;
  uint32_t *mark;
} forward;

static bool leads(const irm_graph_view *graph, uint32_t from, uint32_t to) {
  int64_t a = graph->in_offsets[from + 1] - graph->in_offsets[from];
  int64_t b = graph->in_offsets[to + 1] - graph->in_offsets[to];
  return a < b || (a == b && from < to);
}

static forward make_forward(plain_problem *problem) {
  const irm_graph_view *graph = problem->graph;
  forward f = {.offsets = plain_take(problem, graph->nodes + 1, sizeof *f.offsets),
               .targets = plain_take(problem, graph->edges, sizeof *f.targets),
               .mark = plain_take(problem, graph->nodes, sizeof *f.mark)};
  int64_t end = 0;
  for (int64_t v = 0; v < graph->nodes; v++) {
    f.offsets[v] = end;
    for (int64_t k = graph->in_offsets[v]; k < graph->in_offsets[v + 1]; k++) {
      uint32_t other = graph->in_targets[k];
      bool again = k > graph->in_offsets[v] && graph->in_targets[k - 1] == other;
      if (!again && leads(graph, (uint32_t)v, other)) f.targets[end++] = other;
    }
  }
  f.offsets[graph->nodes] = end;
  return f;
}

static void count_over(const forward *f, uint32_t u, uint32_t v, uint32_t *triangles) {
  uint32_t found = 0;
  for (int64_t k = f->offsets[v]; k < f->offsets[v + 1]; k++) {
    uint32_t w = f->targets[k];
    if (f->mark[w] != u) continue;
    triangles[w]++;
    found++;
  }
  triangles[u] += found;
  triangles[v] += found;
}

uint32_t *plain_triangles(plain_problem *problem) {
  int64_t nodes = problem->graph->nodes;
  uint32_t *triangles = plain_take(problem, nodes, sizeof *triangles);
  forward f = make_forward(problem);
  memset(triangles, 0, (size_t)nodes * sizeof *triangles);
  memset(f.mark, 0xff, (size_t)nodes * sizeof *f.mark);
  for (int64_t u = 0; u < nodes; u++) {
    for (int64_t k = f.offsets[u]; k < f.offsets[u + 1]; k++)
      f.mark[f.targets[k]] = (uint32_t)u;
    for (int64_t k = f.offsets[u]; k < f.offsets[u + 1]; k++)
      count_over(&f, (uint32_t)u, f.targets[k], triangles);
  }
  return triangles;
}

void plain_triangle_count(plain_problem *problem) {
  problem->results[0] = plain_triangles(problem);
}

/* Cores: nodes in order of what is left of their degree (V. Batagelj, M. Zaversnik, 2003) --------
 */

typedef struct peeling {
  uint32_t *degree, *order, *place, *begin; /* begin: of the nodes of each degree, in order */
} peeling;

static uint32_t largest_degree(const irm_graph_view *graph) {
  int64_t largest = 0;
  for (int64_t v = 0; v < graph->nodes; v++) {
    int64_t degree = graph->in_offsets[v + 1] - graph->in_offsets[v];
    largest = degree > largest ? degree : largest;
  }
  return (uint32_t)largest;
}

static peeling sort_by_degree(plain_problem *problem) {
  const irm_graph_view *graph = problem->graph;
  size_t word = sizeof(uint32_t);
  peeling p = {plain_take(problem, graph->nodes, word), plain_take(problem, graph->nodes, word),
               plain_take(problem, graph->nodes, word), NULL};
  uint32_t largest = largest_degree(graph);
  p.begin = plain_take(problem, (int64_t)largest + 2, word);
  memset(p.begin, 0, ((size_t)largest + 2) * word);
  for (int64_t v = 0; v < graph->nodes; v++) {
    p.degree[v] = (uint32_t)(graph->in_offsets[v + 1] - graph->in_offsets[v]);
    p.begin[p.degree[v] + 1]++;
  }
  for (uint32_t d = 0; d <= largest; d++)
    p.begin[d + 1] += p.begin[d];
  for (int64_t v = 0; v < graph->nodes; v++) {
    p.place[v] = p.begin[p.degree[v]]++;
    p.order[p.place[v]] = (uint32_t)v;
  }
  for (uint32_t d = largest; d > 0; d--)
    p.begin[d] = p.begin[d - 1];
  p.begin[0] = 0;
  return p;
}

/* Moves a node among those of one degree less. */
static void lower(peeling *p, uint32_t node) {
  uint32_t first = p->begin[p->degree[node]]++, other = p->order[first], at = p->place[node];
  p->order[at] = other;
  p->place[other] = at;
  p->order[first] = node;
  p->place[node] = first;
  p->degree[node]--;
}

void plain_kcore(plain_problem *problem) {
  const irm_graph_view *graph = problem->graph;
  peeling p = sort_by_degree(problem);
  for (int64_t i = 0; i < graph->nodes; i++) {
    uint32_t v = p.order[i];
    for (int64_t k = graph->in_offsets[v]; k < graph->in_offsets[v + 1]; k++) {
      uint32_t other = graph->in_targets[k];
      if (p.degree[other] > p.degree[v]) lower(&p, other);
    }
  }
  problem->results[0] = p.degree;
}
