/* Random graphs, and random elements for the inputs of programs. */
#ifndef IRMEM_TEST_FUZZ_GRAPHS_H
#define IRMEM_TEST_FUZZ_GRAPHS_H

#include "irmem/graph.h"
#include "irmem/ir.h"
#include "random.h"
#include "support/arena.h"

#include <stdio.h>

typedef struct fuzz_edge {
  int64_t source, target;
  double weight;
} fuzz_edge;

/* What a graph is made of; shrinking takes edges and nodes out. */
typedef struct fuzz_graph {
  int64_t nodes, count;
  fuzz_edge *edges;
  bool directed;
} fuzz_graph;

fuzz_graph fuzz_graph_generate(irmi_arena *arena, fuzz_random *random);
irm_graph *fuzz_graph_build(irm_context *context, const fuzz_graph *graph);
void fuzz_graph_print(FILE *stream, const fuzz_graph *graph);

/* A number of that type, the same for the same seed, k and i: usual ones, and those at the edges of
 * the type. Seed 0 gives 1, 2, 3, ... */
irm_number fuzz_number(uint64_t seed, uint64_t k, uint64_t i, irm_elem elem);

#endif
