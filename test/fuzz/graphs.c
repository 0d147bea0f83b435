/* Graphs of every shape that a row, a block of a reduction or a piece of a parallel loop could
 * treat in its own way. */
#include "graphs.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

static double any_weight(fuzz_random *random) {
  static const double odd[] = {0.0, -1.0, 1e300, 5e-324, -0.0, 1.0};
  if (fuzz_chance(random, 15)) return odd[fuzz_below(random, 6)];
  return (double)(int)fuzz_below(random, 2000) / 128 - 4;
}

static void add(fuzz_graph *graph, fuzz_random *random, int64_t source, int64_t target) {
  graph->edges[graph->count++] = (fuzz_edge){source, target, any_weight(random)};
}

static int64_t any_node(const fuzz_graph *graph, fuzz_random *random) {
  return fuzz_below(random, (uint32_t)graph->nodes);
}

static void add_star(fuzz_graph *graph, fuzz_random *random, uint32_t edges) {
  int64_t hub = any_node(graph, random);
  bool inward = fuzz_chance(random, 50);
  for (uint32_t i = 0; i < edges; i++) {
    int64_t leaf = any_node(graph, random);
    add(graph, random, inward ? leaf : hub, inward ? hub : leaf);
  }
}

static void add_path(fuzz_graph *graph, fuzz_random *random, uint32_t edges) {
  for (uint32_t i = 0; i < edges; i++)
    add(graph, random, i % graph->nodes, (i + 1) % graph->nodes);
}

static void add_parallel(fuzz_graph *graph, fuzz_random *random, uint32_t edges) {
  int64_t source = any_node(graph, random), target = any_node(graph, random);
  for (uint32_t i = 0; i < edges; i++)
    add(graph, random, source, target);
}

static void add_loops(fuzz_graph *graph, fuzz_random *random, uint32_t edges) {
  for (uint32_t i = 0; i < edges; i++) {
    int64_t node = any_node(graph, random);
    add(graph, random, node, node);
  }
}

/* Between the first half of the nodes: the others stay alone. */
static void add_random(fuzz_graph *graph, fuzz_random *random, uint32_t edges) {
  bool half = fuzz_chance(random, 30);
  uint32_t among = (uint32_t)(half ? (graph->nodes + 1) / 2 : graph->nodes);
  for (uint32_t i = 0; i < edges; i++)
    add(graph, random, fuzz_below(random, among), fuzz_below(random, among));
}

static int64_t any_size(fuzz_random *random) {
  uint32_t at = fuzz_below(random, 100);
  if (at < 6) return 0;
  if (at < 14) return 1;
  if (at < 70) return 2 + fuzz_below(random, 12);
  if (at < 93) return 14 + fuzz_below(random, 130);
  if (at >= 98) return 16384 + fuzz_below(random, 4000); /* enough for two threads */
  return 150 + fuzz_below(random, 1200);
}

fuzz_graph fuzz_graph_generate(irmi_arena *arena, fuzz_random *random) {
  typedef void add_edges(fuzz_graph *, fuzz_random *, uint32_t);
  static add_edges *const shapes[] = {add_random, add_random, add_star,
                                      add_path,   add_loops,  add_parallel};
  fuzz_graph graph = {.nodes = any_size(random), .directed = fuzz_chance(random, 55)};
  uint32_t parts = graph.nodes ? fuzz_below(random, 4) : 0;
  uint32_t each = 1 + fuzz_below(random, (uint32_t)graph.nodes * 2 + 2);
  graph.edges = IRMI_ARENA_ARRAY(arena, fuzz_edge, parts * each + 1);
  for (uint32_t i = 0; i < parts; i++)
    shapes[fuzz_below(random, 6)](&graph, random, each);
  return graph;
}

irm_graph *fuzz_graph_build(irm_context *context, const fuzz_graph *graph) {
  size_t room = (size_t)graph->count + 1;
  int64_t *source = calloc(room, sizeof *source), *target = calloc(room, sizeof *target);
  double *weight = calloc(room, sizeof *weight);
  for (int64_t i = 0; i < graph->count; i++) {
    source[i] = graph->edges[i].source;
    target[i] = graph->edges[i].target;
    weight[i] = graph->edges[i].weight;
  }
  unsigned all =
      IRM_GRAPH_IN | IRM_GRAPH_OUT | IRM_GRAPH_EDGE_IDS | IRM_GRAPH_WEIGHTS | IRM_GRAPH_ENDPOINTS;
  irm_graph *built = irm_graph_create(context, graph->nodes, graph->count, source, target, weight,
                                      graph->directed, all);
  free(source);
  free(target);
  free(weight);
  return built;
}

void fuzz_graph_print(FILE *stream, const fuzz_graph *graph) {
  fprintf(stream, "%s, n = %" PRId64 ", m = %" PRId64 "\n",
          graph->directed ? "directed" : "undirected", graph->nodes, graph->count);
  for (int64_t i = 0; i < graph->count && i < 50; i++)
    fprintf(stream, "%" PRId64 " %" PRId64 " %.17g\n", graph->edges[i].source,
            graph->edges[i].target, graph->edges[i].weight);
}

static double real_of(uint64_t bits) {
  static const double odd[] = {0.0,       -0.0,   -0.0,  1.0,    NAN,   INFINITY,
                               -INFINITY, 5e-324, 1e308, -1e-40, 3.5e38};
  if (bits % 6 == 0) return odd[(bits >> 8) % 11];
  if (bits % 3 == 1) return (double)(int64_t)bits / 3e18; /* sums of these round */
  return (double)(int32_t)(bits >> 32) / (double)(1 << (bits >> 8) % 31);
}

static int64_t integer_of(uint64_t bits, irm_elem elem) {
  static const int64_t odd[] = {0, 1, -1, INT64_MIN, INT64_MAX, INT32_MIN, INT32_MAX, 2};
  int64_t value = bits % 8 == 0 ? odd[(bits >> 8) % 8] : (int64_t)((bits >> 32) % 201) - 100;
  return elem == IRM_I32 ? (int32_t)value : value;
}

static irm_number simple_number(uint64_t i, irm_elem elem) {
  irm_number number = {.elem = elem};
  if (irm_elem_is_float(elem))
    number.as.f = (double)i + 1;
  else
    number.as.i = elem == IRM_I1 ? i % 2 == 0 : (int64_t)i + 1;
  return number;
}

irm_number fuzz_number(uint64_t seed, uint64_t k, uint64_t i, irm_elem elem) {
  if (seed == 0) return simple_number(i, elem);
  uint64_t bits = fuzz_mix(seed ^ fuzz_mix(k + 1) ^ fuzz_mix(i * 0x9e3779b97f4a7c15u + 7));
  irm_number number = {.elem = elem};
  switch (elem) {
  case IRM_F64: number.as.f = real_of(bits); break;
  case IRM_F32: number.as.f = (float)real_of(bits); break;
  case IRM_I1: number.as.i = bits & 1; break;
  default: number.as.i = integer_of(bits, elem); break;
  }
  return number;
}
