/* Algorithms as plain C loops, the way someone writes them who wants them fast: few arrays, fused
 * by hand. */
#ifndef IRMEM_BENCH_PLAIN_H
#define IRMEM_BENCH_PLAIN_H

#include "irmem/graph.h"

/* PageRank as lib/algorithms/pagerank.alg defines it, in two arrays of n elements each: rank, the
 * result, and work. Returns the iterations done. */
int plain_pagerank_f32(const irm_graph_view *graph, float damping, int iterations, float tolerance,
                       float *rank, float *work);
int plain_pagerank_f64(const irm_graph_view *graph, double damping, int iterations,
                       double tolerance, double *rank, double *work);

#endif
