/* PageRank as plain C loops, for both element types. */
#include "plain.h"

#include <math.h>

#define PAGERANK(NAME, REAL, ABS)                                                                  \
  static REAL NAME##_spread(const irm_graph_view *graph, const REAL *rank, REAL *work) {           \
    REAL lost = 0;                                                                                 \
    for (int64_t v = 0; v < graph->nodes; v++) {                                                   \
      int64_t degree = graph->out_offsets[v + 1] - graph->out_offsets[v];                          \
      work[v] = degree ? rank[v] / (REAL)degree : 0;                                               \
      lost += degree ? 0 : rank[v];                                                                \
    }                                                                                              \
    return lost;                                                                                   \
  }                                                                                                \
                                                                                                   \
  static REAL NAME##_gather(const irm_graph_view *graph, REAL base, REAL damping, REAL *rank,      \
                            const REAL *work) {                                                    \
    REAL change = 0;                                                                               \
    for (int64_t v = 0; v < graph->nodes; v++) {                                                   \
      REAL sum = 0;                                                                                \
      for (int64_t k = graph->in_offsets[v]; k < graph->in_offsets[v + 1]; k++)                    \
        sum += work[graph->in_targets[k]];                                                         \
      REAL next = base + damping * sum;                                                            \
      change += ABS(next - rank[v]);                                                               \
      rank[v] = next;                                                                              \
    }                                                                                              \
    return change;                                                                                 \
  }                                                                                                \
                                                                                                   \
  int NAME(const irm_graph_view *graph, REAL damping, int iterations, REAL tolerance, REAL *rank,  \
           REAL *work) {                                                                           \
    REAL n = (REAL)graph->nodes;                                                                   \
    for (int64_t v = 0; v < graph->nodes; v++)                                                     \
      rank[v] = 1 / n;                                                                             \
    for (int i = 0; i < iterations; i++) {                                                         \
      REAL lost = NAME##_spread(graph, rank, work);                                                \
      REAL base = (1 - damping) / n + damping * lost / n;                                          \
      if (NAME##_gather(graph, base, damping, rank, work) <= tolerance) return i + 1;              \
    }                                                                                              \
    return iterations;                                                                             \
  }

PAGERANK(plain_pagerank_f32, float, fabsf)
PAGERANK(plain_pagerank_f64, double, fabs)
