/* Everything that a run refuses, once. */
#include "divide.h"
#include "pagerank.h"
#include "pulled.h"
#include "sssp.h"
#include "walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const int64_t out_offsets[] = {0, 1, 2, 3}, in_offsets[] = {0, 1, 2, 3};
static const uint32_t out_targets[] = {1, 2, 0}, in_targets[] = {2, 0, 1};
static const double weights[] = {1.5, 2, 0.25};

static const irm_csr graph = {.nodes = 3,
                              .edges = 3,
                              .id_bits = 32,
                              .directed = 1,
                              .in_offsets = in_offsets,
                              .out_offsets = out_offsets,
                              .in_targets = in_targets,
                              .out_targets = out_targets};

/* PageRank on any graph; whether a byte of what it was given changed. */
static void try_rank(const char *what, const irm_csr *on, double *rank, char *workspace,
                     size_t bytes) {
  static char before[4096];
  double kept[3] = {0, 0, 0};
  size_t all = pagerank_workspace_size(3, 3) + 64;
  char *begin = workspace ? (char *)((uintptr_t)workspace / 64 * 64) : NULL;
  if (rank) memcpy(kept, rank, sizeof kept);
  if (begin) memcpy(before, begin, all);
  pagerank_outputs outputs = {rank};
  int result = pagerank_run(on, NULL, NULL, &outputs, workspace, bytes);
  int same = (!begin || memcmp(before, begin, all) == 0) &&
             (!rank || memcmp(kept, rank, sizeof kept) == 0);
  printf("%s: %d %s; %s\n", what, result, pagerank_error_text(result),
         same ? "untouched" : "written");
}

static irm_csr with(int64_t nodes, int64_t edges, int64_t id_bits) {
  irm_csr other = graph;
  other.nodes = nodes;
  other.edges = edges;
  other.id_bits = id_bits;
  return other;
}

static void refuse_ranks(void) {
  size_t bytes = pagerank_workspace_size(3, 3);
  char *workspace = aligned_alloc(64, bytes + 64);
  double room[4] = {1, 2, 3, 4}, *rank = room;
  memset(workspace, 7, bytes + 64);
  try_rank("one byte short", &graph, rank, workspace, bytes - 1);
  try_rank("misaligned workspace", &graph, rank, workspace + 8, bytes);
  try_rank("no workspace", &graph, rank, NULL, bytes);
  try_rank("no graph", NULL, rank, workspace, bytes);
  irm_csr other = with(-1, 0, 32);
  try_rank("sizes below 0", &other, rank, workspace, bytes);
  other = with(3, 3, 64);
  try_rank("other ids", &other, rank, workspace, bytes);
  other = with((int64_t)1 << 33, 3, 32);
  try_rank("too many nodes", &other, rank, workspace, bytes);
  other = graph;
  other.in_targets = NULL;
  try_rank("no in-rows", &other, rank, workspace, bytes);
  other = graph;
  other.out_offsets = NULL;
  try_rank("no out-offsets", &other, rank, workspace, bytes);
  try_rank("no output", &graph, NULL, workspace, bytes);
  void *odd = (char *)room + 4;
  try_rank("output at an odd address", &graph, odd, workspace, bytes);
  try_rank("as it should be", &graph, rank, workspace, bytes);
  free(workspace);
}

static int find_distances(const irm_csr *on, const sssp_params *params, double *distance) {
  size_t bytes = sssp_workspace_size(3, 3);
  void *workspace = bytes ? aligned_alloc(64, bytes) : NULL;
  sssp_outputs outputs = {distance};
  int result = sssp_run(on, params, NULL, &outputs, workspace, bytes);
  free(workspace);
  return result;
}

static void refuse_distances(void) {
  static const uint32_t edges[] = {0, 1, 2};
  double distance[3];
  sssp_params params = sssp_defaults(0);
  irm_csr other = graph;
  other.in_edges = other.out_edges = edges;
  other.weights = weights;
  int result = find_distances(&other, NULL, distance);
  printf("no parameters: %d %s\n", result, sssp_error_text(result));
  other.weights = NULL;
  result = find_distances(&other, &params, distance);
  printf("no weights: %d %s\n", result, sssp_error_text(result));
  other.weights = weights;
  other.out_edges = NULL;
  result = find_distances(&other, &params, distance);
  printf("no edges of arcs: %d %s\n", result, sssp_error_text(result));
  other.out_edges = edges;
  params.source = 9;
  result = find_distances(&other, &params, distance);
  printf("no such node: %d %s, line %d\n", result, sssp_error_text(result),
         sssp_error_line(result));
}

static void walk(void) {
  static const double below[] = {1, -1, 1};
  static const uint32_t edges[] = {0, 1, 2};
  irm_csr other = graph;
  other.in_edges = other.out_edges = edges;
  other.weights = below;
  double distance[3];
  walk_outputs outputs = {distance};
  size_t bytes = walk_workspace_size(3, 3);
  void *workspace = aligned_alloc(64, bytes);
  int result = walk_run(&other, NULL, NULL, &outputs, workspace, bytes);
  printf("a step below 0: %d %s, line %d\n", result, walk_error_text(result),
         walk_error_line(result));
  free(workspace);
}

static void divide(void) {
  irm_csr empty = {.id_bits = 32};
  int64_t quotient = 0;
  divide_outputs outputs = {&quotient};
  divide_params params = divide_defaults();
  params.int_ = 0;
  int result = divide_run(&empty, &params, NULL, &outputs, NULL, 0);
  printf("by zero: %d %s, line %d\n", result, divide_error_text(result), divide_error_line(result));
  params.int_ = -2;
  if (divide_run(&empty, &params, NULL, &outputs, NULL, 0) == IRM_RUN_DONE)
    printf("%lld\n", (long long)*outputs.operator_);
  printf("%s, line %d\n", divide_error_text(2), divide_error_line(-99));
}

static void transpose(void) {
  static const uint32_t wrong[] = {1, 3, 0};
  irm_csr given = {.nodes = 3, .edges = 3, .id_bits = 32, .directed = 1, .weights = weights};
  given.out_offsets = out_offsets;
  given.out_targets = out_targets;
  size_t bytes = sssp_transpose_size(&given);
  void *workspace = aligned_alloc(64, bytes);
  printf("transpose, one byte short: %d\n", sssp_transpose(&given, workspace, bytes - 1));
  given.out_targets = wrong;
  int result = sssp_transpose(&given, workspace, bytes);
  printf("transpose, a target that is no node: %d %s\n", result, sssp_error_text(result));
  given.out_targets = out_targets;
  result = sssp_transpose(&given, workspace, bytes);
  double distance[3] = {0, 0, 0};
  sssp_params params = sssp_defaults(0);
  if (result == IRM_RUN_DONE) result = find_distances(&given, &params, distance);
  printf("transpose: %d, distances %g %g %g\n", result, distance[0], distance[1], distance[2]);
  printf("transpose, nothing missing: %zu bytes, %d\n", sssp_transpose_size(&given),
         sssp_transpose(&given, NULL, 0));
  free(workspace);
}

/* Both directions are given, and the edges of in-arcs in another order than that of out-arcs. */
static void transpose_one_numbered(void) {
  static const uint32_t edges[] = {0, 1, 2};
  irm_csr given = graph;
  given.weights = weights;
  given.in_edges = edges;
  void *workspace = aligned_alloc(64, sssp_transpose_size(&given));
  int result = sssp_transpose(&given, workspace, sssp_transpose_size(&given));
  double distance[3] = {0, 0, 0};
  sssp_params params = sssp_defaults(0);
  if (result == IRM_RUN_DONE) result = find_distances(&given, &params, distance);
  printf("transpose, one numbered: %d, distances %g %g %g\n", result, distance[0], distance[1],
         distance[2]);
  free(workspace);
}

static void transpose_none_numbered(void) {
  irm_csr given = graph;
  given.weights = weights;
  size_t bytes = pulled_transpose_size(&given);
  void *workspace = aligned_alloc(64, bytes + 64);
  int result = pulled_transpose(&given, workspace, bytes);
  double total[3] = {0, 0, 0};
  pulled_outputs outputs = {total};
  if (result == IRM_RUN_DONE)
    result = pulled_run(&given, NULL, NULL, &outputs, NULL, pulled_workspace_size(3, 3));
  printf("transpose, none numbered: %d, totals %g %g %g\n", result, total[0], total[1], total[2]);
  free(workspace);
}

int main(void) {
  refuse_ranks();
  refuse_distances();
  walk();
  divide();
  transpose();
  transpose_one_numbered();
  transpose_none_numbered();
  printf("%zu %zu %zu\n", pagerank_workspace_size(-1, 0),
         pagerank_workspace_size(INT64_MAX, INT64_MAX), sssp_workspace_size(0, -1));
  return 0;
}
