/* Many runs of one algorithm at once, each on a graph of its own size, in memory of its own. */
#include "pagerank.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 8, RUNS = 200 };

/* A ring of so many nodes, with an edge from each to the first. */
static double *make_ranks(int64_t n, int runs) {
  int64_t *out_offsets = malloc((size_t)(n + 1) * sizeof *out_offsets);
  uint32_t *out_targets = malloc(2 * (size_t)n * sizeof *out_targets);
  for (int64_t i = 0; i < n; i++) {
    out_offsets[i] = 2 * i;
    out_targets[2 * i] = 0;
    out_targets[2 * i + 1] = (uint32_t)((i + 1) % n);
  }
  out_offsets[n] = 2 * n;
  irm_csr graph = {.nodes = n, .edges = 2 * n, .id_bits = 32, .directed = 1};
  graph.out_offsets = out_offsets;
  graph.out_targets = out_targets;
  size_t turned_bytes = pagerank_transpose_size(&graph), bytes = pagerank_workspace_size(n, 2 * n);
  void *turned = aligned_alloc(64, turned_bytes), *workspace = aligned_alloc(64, bytes);
  double *rank = malloc((size_t)n * sizeof *rank);
  pagerank_outputs outputs = {rank};
  int result = pagerank_transpose(&graph, turned, turned_bytes);
  for (int run = 0; !result && run < runs; run++)
    result = pagerank_run(&graph, NULL, NULL, &outputs, workspace, bytes);
  free(out_offsets);
  free(out_targets);
  free(turned);
  free(workspace);
  if (result) exit(2);
  return rank;
}

static void *repeat(void *data) {
  return make_ranks(*(int64_t *)data, RUNS);
}

int main(void) {
  pthread_t threads[THREADS];
  int64_t sizes[THREADS];
  int different = 0;
  for (int k = 0; k < THREADS; k++) {
    sizes[k] = 50 + 37 * k;
    pthread_create(&threads[k], NULL, repeat, &sizes[k]);
  }
  for (int k = 0; k < THREADS; k++) {
    void *ranks;
    double *alone = make_ranks(sizes[k], 1);
    pthread_join(threads[k], &ranks);
    different += memcmp(alone, ranks, (size_t)sizes[k] * sizeof *alone) != 0;
    free(alone);
    free(ranks);
  }
  printf("%d threads, %d of them with other results\n", THREADS, different);
  return different != 0;
}
