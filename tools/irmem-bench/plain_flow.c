/* What flows along edges, as plain loops on undirected graphs. */
#include "plain_real.h"

void PLAIN(heat_diffusion)(plain_problem *problem) {
  const irm_graph_view *graph = problem->graph;
  const REAL *now = problem->input;
  REAL *parts[2] = {take_reals(problem), take_reals(problem)};
  REAL step = (REAL)problem->rate / (REAL)problem->iterations;
  for (int64_t i = 0; i < problem->iterations; i++) {
    REAL *next = parts[i % 2];
    for (int64_t v = 0; v < graph->nodes; v++) {
      REAL degree = (REAL)(graph->in_offsets[v + 1] - graph->in_offsets[v]);
      REAL sum = row_sum(graph->in_offsets, graph->in_targets, v, now);
      next[v] = now[v] + step * (sum - degree * now[v]);
    }
    now = next;
  }
  problem->results[0] = parts[(problem->iterations + 1) % 2];
}

void PLAIN(smooth)(plain_problem *problem) {
  const irm_graph_view *graph = problem->graph;
  const REAL *now = problem->input;
  REAL *parts[2] = {take_reals(problem), take_reals(problem)};
  for (int64_t i = 0; i < problem->iterations; i++) {
    REAL *next = parts[i % 2];
    for (int64_t v = 0; v < graph->nodes; v++) {
      int64_t degree = graph->in_offsets[v + 1] - graph->in_offsets[v];
      REAL sum = row_sum(graph->in_offsets, graph->in_targets, v, now);
      next[v] = degree ? (REAL)0.5 * now[v] + (REAL)0.5 * (sum / (REAL)degree) : now[v];
    }
    now = next;
  }
  problem->results[0] = parts[(problem->iterations + 1) % 2];
}

/* image = A direction; gives direction * image. */
static double multiply(const irm_graph_view *graph, const REAL *direction, REAL *image) {
  double product = 0;
  for (int64_t v = 0; v < graph->nodes; v++) {
    REAL sum = 0;
    for (int64_t k = graph->in_offsets[v]; k < graph->in_offsets[v + 1]; k++)
      sum += direction[graph->in_targets[k]] * (REAL)graph->weights[graph->in_edges[k]];
    image[v] = sum;
    product += (double)direction[v] * sum;
  }
  return product;
}

void PLAIN(conjugate_gradient)(plain_problem *problem) {
  const irm_graph_view *graph = problem->graph;
  const REAL *b = problem->input;
  REAL *x = take_reals(problem), *residual = take_reals(problem);
  REAL *direction = take_reals(problem), *image = take_reals(problem);
  double square = 0;
  for (int64_t v = 0; v < graph->nodes; v++) {
    x[v] = 0;
    residual[v] = direction[v] = b[v];
    square += (double)b[v] * b[v];
  }
  for (int64_t i = 0; i < problem->iterations && square > 0; i++) {
    REAL step = (REAL)(square / multiply(graph, direction, image));
    double last = square;
    square = 0;
    for (int64_t v = 0; v < graph->nodes; v++) {
      x[v] += step * direction[v];
      residual[v] -= step * image[v];
      square += (double)residual[v] * residual[v];
    }
    REAL back = (REAL)(square / last);
    for (int64_t v = 0; v < graph->nodes; v++)
      direction[v] = residual[v] + back * direction[v];
  }
  problem->results[0] = x;
}
