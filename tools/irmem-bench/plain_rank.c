/* Centralities as plain loops: sums over neighbours, round after round. */
#include "plain_real.h"

#include <math.h>

/* PageRank, in rank and work. A walker from where no edge leaves goes on at node v with probability
 * home[v] / total; home NULL: at any node. */
static REAL spread(const irm_graph_view *graph, const REAL *rank, REAL *work) {
  double lost = 0;
  for (int64_t v = 0; v < graph->nodes; v++) {
    int64_t degree = graph->out_offsets[v + 1] - graph->out_offsets[v];
    work[v] = degree ? rank[v] / (REAL)degree : 0;
    lost += degree ? 0 : rank[v];
  }
  return (REAL)lost;
}

static const REAL damping = (REAL)0.85;

void PLAIN(pagerank)(plain_problem *problem) {
  const irm_graph_view *graph = problem->graph;
  REAL *rank = take_reals(problem), *work = take_reals(problem), n = (REAL)graph->nodes;
  fill_reals(rank, graph->nodes, 1 / n);
  for (int64_t i = 0; i < problem->iterations; i++) {
    REAL base = (1 - damping) / n + damping * spread(graph, rank, work) / n;
    double change = 0;
    for (int64_t v = 0; v < graph->nodes; v++) {
      REAL next = base + damping * row_sum(graph->in_offsets, graph->in_targets, v, work);
      change += absolute(next - rank[v]);
      rank[v] = next;
    }
    if (change < 0) break;
  }
  problem->results[0] = rank;
}

void PLAIN(personalized_pagerank)(plain_problem *problem) {
  const irm_graph_view *graph = problem->graph;
  const REAL *home = problem->input;
  REAL *rank = take_reals(problem), *work = take_reals(problem);
  double total = 0;
  for (int64_t v = 0; v < graph->nodes; v++)
    total += home[v];
  for (int64_t v = 0; v < graph->nodes; v++)
    rank[v] = home[v] / (REAL)total;
  for (int64_t i = 0; i < problem->iterations; i++) {
    REAL back = (1 - damping + damping * spread(graph, rank, work)) / (REAL)total;
    double change = 0;
    for (int64_t v = 0; v < graph->nodes; v++) {
      REAL next = damping * row_sum(graph->in_offsets, graph->in_targets, v, work) + back * home[v];
      change += absolute(next - rank[v]);
      rank[v] = next;
    }
    if (change < 0) break;
  }
  problem->results[0] = rank;
}

/* to becomes the sums of from over rows, scaled so that its squares add up to 1. */
static void walk(const irm_graph_view *graph, const int64_t *offsets, const uint32_t *targets,
                 const REAL *from, REAL *to) {
  double squares = 0;
  for (int64_t v = 0; v < graph->nodes; v++) {
    to[v] = row_sum(offsets, targets, v, from);
    squares += (double)to[v] * to[v];
  }
  REAL scale = squares > 0 ? (REAL)(1 / sqrt(squares)) : 1;
  for (int64_t v = 0; v < graph->nodes; v++)
    to[v] *= scale;
}

void PLAIN(hits)(plain_problem *problem) {
  const irm_graph_view *graph = problem->graph;
  REAL *hub = take_reals(problem), *authority = take_reals(problem), *last = take_reals(problem);
  fill_reals(hub, graph->nodes, (REAL)(1 / sqrt((double)graph->nodes)));
  fill_reals(authority, graph->nodes, (REAL)(1 / sqrt((double)graph->nodes)));
  for (int64_t i = 0; i < problem->iterations; i++) {
    REAL *held = last, change = 0;
    last = authority;
    authority = held;
    walk(graph, graph->in_offsets, graph->in_targets, hub, authority);
    walk(graph, graph->out_offsets, graph->out_targets, authority, hub);
    for (int64_t v = 0; v < graph->nodes; v++) {
      REAL difference = absolute(authority[v] - last[v]);
      change = difference > change ? difference : change;
    }
    if (change < 0) break;
  }
  problem->results[0] = hub;
  problem->results[1] = authority;
}

void PLAIN(eigenvector)(plain_problem *problem) {
  const irm_graph_view *graph = problem->graph;
  REAL *centrality = take_reals(problem), *next = take_reals(problem);
  fill_reals(centrality, graph->nodes, (REAL)(1 / sqrt((double)graph->nodes)));
  for (int64_t i = 0; i < problem->iterations; i++) {
    double squares = 0;
    for (int64_t v = 0; v < graph->nodes; v++) {
      next[v] = centrality[v] + row_sum(graph->in_offsets, graph->in_targets, v, centrality);
      squares += (double)next[v] * next[v];
    }
    REAL scale = (REAL)(1 / sqrt(squares)), change = 0;
    for (int64_t v = 0; v < graph->nodes; v++) {
      REAL value = next[v] * scale, difference = absolute(value - centrality[v]);
      change = difference > change ? difference : change;
      centrality[v] = value;
    }
    if (change < 0) break;
  }
  problem->results[0] = centrality;
}

void PLAIN(katz)(plain_problem *problem) {
  const irm_graph_view *graph = problem->graph;
  REAL *centrality = take_reals(problem), *next = take_reals(problem), alpha = (REAL)problem->rate;
  fill_reals(centrality, graph->nodes, 1);
  for (int64_t i = 0; i < problem->iterations; i++) {
    REAL change = 0;
    for (int64_t v = 0; v < graph->nodes; v++) {
      next[v] = 1 + alpha * row_sum(graph->in_offsets, graph->in_targets, v, centrality);
      REAL difference = absolute(next[v] - centrality[v]);
      change = difference > change ? difference : change;
    }
    REAL *held = centrality;
    centrality = next;
    next = held;
    if (change < 0) break;
  }
  problem->results[0] = centrality;
}

void PLAIN(degree_centrality)(plain_problem *problem) {
  const irm_graph_view *graph = problem->graph;
  REAL *centrality = take_reals(problem);
  REAL others = graph->nodes > 1 ? (REAL)(graph->nodes - 1) : 1;
  for (int64_t v = 0; v < graph->nodes; v++)
    centrality[v] = (REAL)(graph->in_offsets[v + 1] - graph->in_offsets[v]) / others;
  problem->results[0] = centrality;
}
