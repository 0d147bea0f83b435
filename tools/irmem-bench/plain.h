/* Algorithms as plain C loops, the way someone writes them who wants them fast: few arrays, fused
 * by hand, one thread. They compute what the algorithm of that name in lib/algorithms does, for a
 * fixed number of iterations. */
#ifndef IRMEM_BENCH_PLAIN_H
#define IRMEM_BENCH_PLAIN_H

#include "irmem/graph.h"

enum { PLAIN_BLOCKS = 8 };

/* What is not reached, among depths. */
#define PLAIN_UNREACHED UINT32_MAX

typedef struct plain_problem {
  const irm_graph_view *graph;
  int64_t iterations;
  int64_t source;
  double rate;       /* alpha of katz, time of heat_diffusion */
  const void *input; /* n elements, float or double */
  void *results[2];  /* in the order of the algorithm's outputs; plain_take's memory */
  struct {
    void *bytes;
    size_t size;
  } blocks[PLAIN_BLOCKS];
  int taken;
} plain_problem;

typedef void plain_function(plain_problem *problem);

/* Memory for so many elements, from the C library the first time and the same again in every later
 * run. Its content is whatever it is. */
void *plain_take(plain_problem *problem, int64_t count, size_t bytes);

/* Of all that was taken in the last run. */
size_t plain_bytes(const plain_problem *problem);

void plain_release(plain_problem *problem);

/* The same source makes both forms: REAL is float in ..._f32, double in ..._f64. */
#define PLAIN_REAL_FUNCTIONS(NAME) extern plain_function plain_##NAME##_f32, plain_##NAME##_f64
PLAIN_REAL_FUNCTIONS(pagerank);
PLAIN_REAL_FUNCTIONS(personalized_pagerank);
PLAIN_REAL_FUNCTIONS(hits);
PLAIN_REAL_FUNCTIONS(eigenvector);
PLAIN_REAL_FUNCTIONS(katz);
PLAIN_REAL_FUNCTIONS(degree_centrality);
PLAIN_REAL_FUNCTIONS(heat_diffusion);
PLAIN_REAL_FUNCTIONS(smooth);
PLAIN_REAL_FUNCTIONS(conjugate_gradient);
PLAIN_REAL_FUNCTIONS(sssp);
PLAIN_REAL_FUNCTIONS(lcc);

extern plain_function plain_bfs, plain_wcc, plain_cdlp, plain_label_propagation, plain_kcore,
    plain_triangle_count;

/* A chain of ops on each of count elements, as one loop; ops is at most PLAIN_CHAIN_OPS. */
enum { PLAIN_CHAIN_OPS = 32 };
void plain_chain_f32(int ops, int64_t count, const float *from, float *to);
void plain_chain_f64(int ops, int64_t count, const double *from, double *to);

#endif
