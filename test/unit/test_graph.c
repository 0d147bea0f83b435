/* Graphs made of arrays: rows in both directions against a naive count, parts, names, refusals. */
#include "graph_test.h"

/* Random graphs -------------------------------------------------------------------------------- */

typedef struct graph_sample {
  int64_t nodes, edges, source[64], target[64];
  double weight[64];
} graph_sample;

static uint32_t draw(uint64_t *state, uint32_t below) {
  *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)((*state >> 33) % below);
}

/* Few nodes, so that self loops, parallel edges and nodes without edges all occur. */
static graph_sample draw_sample(uint64_t seed) {
  graph_sample sample = {0};
  uint64_t state = seed;
  sample.nodes = 1 + draw(&state, 8);
  sample.edges = draw(&state, 64);
  for (int64_t e = 0; e < sample.edges; e++) {
    sample.source[e] = draw(&state, (uint32_t)sample.nodes);
    sample.target[e] = draw(&state, (uint32_t)sample.nodes);
    sample.weight[e] = draw(&state, 100) / 8.0;
  }
  return sample;
}

typedef enum row_kind { OUT_ROW, IN_ROW, BOTH_ROW } row_kind;

static bool is_arc(const graph_sample *sample, row_kind kind, int64_t e, int64_t from, int64_t to) {
  bool out = sample->source[e] == from && sample->target[e] == to;
  bool in = sample->target[e] == from && sample->source[e] == to;
  return kind == OUT_ROW ? out : kind == IN_ROW ? in : out || in;
}

/* A row by its definition: neighbours in order, for each the edges in order. */
static void check_row(const graph_sample *sample, row_kind kind, int64_t u, const int64_t *offsets,
                      const uint32_t *targets, const uint32_t *edges) {
  int64_t arc = offsets[u];
  for (int64_t v = 0; v < sample->nodes; v++)
    for (int64_t e = 0; e < sample->edges; e++) {
      if (!is_arc(sample, kind, e, u, v)) continue;
      if (targets) ck_assert_int_eq(targets[arc], v);
      if (edges) ck_assert_int_eq(edges[arc], e);
      arc++;
    }
  ck_assert_int_eq(arc, offsets[u + 1]);
}

static void check_present(const void *array, bool present) {
  ck_assert_int_eq(array != NULL, present);
}

static void check_parts(const irm_graph_view *view, unsigned parts) {
  bool in = parts & IRM_GRAPH_IN, out = parts & IRM_GRAPH_OUT, ids = parts & IRM_GRAPH_EDGE_IDS;
  check_present(view->in_targets, in);
  check_present(view->out_targets, out);
  check_present(view->in_edges, in && ids);
  check_present(view->out_edges, out && ids);
  check_present(view->weights, parts & IRM_GRAPH_WEIGHTS);
  check_present(view->sources, parts & IRM_GRAPH_ENDPOINTS);
  check_present(view->targets, parts & IRM_GRAPH_ENDPOINTS);
}

static void check_edges(const graph_sample *sample, const irm_graph_view *view) {
  for (int64_t e = 0; e < sample->edges; e++) {
    if (view->weights) ck_assert_double_eq(view->weights[e], sample->weight[e]);
    if (!view->sources) continue;
    ck_assert_int_eq(view->sources[e], sample->source[e]);
    ck_assert_int_eq(view->targets[e], sample->target[e]);
  }
}

static void check_sample(const graph_sample *sample, bool directed, unsigned parts) {
  size_t before = live_bytes;
  irm_graph *graph = irm_graph_create(context, sample->nodes, sample->edges, sample->source,
                                      sample->target, sample->weight, directed, parts);
  const irm_graph_view *view = irm_graph_arrays(graph);
  ck_assert_int_eq(irm_graph_nodes(graph), sample->nodes);
  ck_assert_int_eq(irm_graph_edges(graph), sample->edges);
  ck_assert_int_eq(irm_graph_directed(graph), directed);
  check_parts(view, parts);
  for (int64_t u = 0; u < sample->nodes; u++) {
    check_row(sample, directed ? OUT_ROW : BOTH_ROW, u, view->out_offsets, view->out_targets,
              view->out_edges);
    check_row(sample, directed ? IN_ROW : BOTH_ROW, u, view->in_offsets, view->in_targets,
              view->in_edges);
  }
  check_edges(sample, view);
  ck_assert_uint_le(irm_graph_bytes(graph), live_bytes - before);
  irm_graph_destroy(graph);
  ck_assert_uint_eq(live_bytes, before);
}

START_TEST(rows_are_what_their_definition_says_for_all_parts) {
  graph_sample sample = draw_sample((uint64_t)_i);
  for (unsigned parts = 0; parts <= ALL_PARTS; parts++) {
    check_sample(&sample, true, parts);
    check_sample(&sample, false, parts);
  }
}
END_TEST

/* Single facts --------------------------------------------------------------------------------- */

START_TEST(an_undirected_graph_has_one_structure_for_both_directions) {
  const int64_t source[] = {0, 1, 1}, target[] = {1, 1, 0};
  irm_graph *graph = irm_graph_create(context, 2, 3, source, target, NULL, false, ALL_PARTS);
  const irm_graph_view *view = irm_graph_arrays(graph);
  ck_assert_ptr_eq(view->in_offsets, view->out_offsets);
  ck_assert_ptr_eq(view->in_targets, view->out_targets);
  ck_assert_ptr_eq(view->in_edges, view->out_edges);
  expect_graph(graph, "2 nodes, 3 undirected edges\n"
                      "0 -> 1#0 1#2\n"
                      "1 -> 0#0 0#2 1#1\n"
                      "0-1:1 1-1:1 1-0:1\n");
}
END_TEST

START_TEST(bytes_are_those_of_the_arrays_held) {
  const int64_t source[] = {0, 1, 2}, target[] = {1, 2, 0};
  irm_graph *graph = irm_graph_create(context, 3, 3, source, target, NULL, true, IRM_GRAPH_IN);
  ck_assert_uint_eq(irm_graph_bytes(graph), 2 * 4 * 8 + 3 * 4);
  irm_graph_destroy(graph);
  graph = irm_graph_create(context, 3, 3, source, target, NULL, false, ALL_PARTS);
  ck_assert_uint_eq(irm_graph_bytes(graph), 4 * 8 + 6 * 4 + 6 * 4 + 3 * 8 + 2 * 3 * 4);
  irm_graph_destroy(graph);
}
END_TEST

START_TEST(a_graph_without_edges_has_every_part) {
  irm_graph *graph = irm_graph_create_empty(context, 3);
  check_parts(irm_graph_arrays(graph), ALL_PARTS);
  expect_graph(graph, "3 nodes, 0 undirected edges\n0 ->\n1 ->\n2 ->\n\n");
  expect_graph(irm_graph_create_empty(context, 0), "0 nodes, 0 undirected edges\n\n");
}
END_TEST

START_TEST(nodes_of_arrays_are_named_by_their_numbers) {
  irm_graph *graph = irm_graph_create_empty(context, 3);
  ck_assert_int_eq(irm_graph_node_name(graph, 2), 2);
  ck_assert_int_eq(irm_graph_find_node(graph, 2), 2);
  ck_assert_int_eq(irm_graph_find_node(graph, 3), -1);
  ck_assert_int_eq(irm_graph_find_node(graph, -1), -1);
  irm_graph_destroy(graph);
}
END_TEST

START_TEST(ends_that_are_no_nodes_are_refused) {
  const int64_t source[] = {0, 5}, target[] = {1, 0}, negative[] = {1, -1};
  ck_assert_ptr_null(irm_graph_create(context, 5, 2, source, target, NULL, true, ALL_PARTS));
  ck_assert_ptr_null(irm_graph_create(context, 6, 2, source, negative, NULL, true, ALL_PARTS));
  ck_assert_str_eq(diagnostics(), "error: edge 1: source 5 is no node of a graph with 5\n"
                                  "error: edge 1: target -1 is no node of a graph with 6\n");
}
END_TEST

START_TEST(sizes_out_of_range_are_refused) {
  ck_assert_ptr_null(irm_graph_create_empty(context, -1));
  ck_assert_ptr_null(irm_graph_create_empty(context, UINT32_MAX));
  ck_assert_ptr_null(irm_graph_create(context, 1, UINT32_MAX, NULL, NULL, NULL, true, 0));
  ck_assert_str_eq(diagnostics(), "error: -1 nodes; a graph has 0 to 4294967294\n"
                                  "error: 4294967295 nodes; a graph has 0 to 4294967294\n"
                                  "error: 4294967295 edges; a graph has 0 to 4294967294\n");
}
END_TEST

int main(void) {
  Suite *suite = suite_create("graph");
  TCase *tests = tcase_create("arrays");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_loop_test(tests, rows_are_what_their_definition_says_for_all_parts, 0, 60);
  tcase_add_test(tests, an_undirected_graph_has_one_structure_for_both_directions);
  tcase_add_test(tests, bytes_are_those_of_the_arrays_held);
  tcase_add_test(tests, a_graph_without_edges_has_every_part);
  tcase_add_test(tests, nodes_of_arrays_are_named_by_their_numbers);
  tcase_add_test(tests, ends_that_are_no_nodes_are_refused);
  tcase_add_test(tests, sizes_out_of_range_are_refused);
  suite_add_tcase(suite, tests);
  return run_suite(suite);
}
