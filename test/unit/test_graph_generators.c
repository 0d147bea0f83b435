/* Generated graphs: the same everywhere, simple, and of the shape that they are known for. The
 * recorded counts and checksums come from a second implementation of the same rules. */
#include "graph_test.h"

#define GENERATED_PARTS (IRM_GRAPH_OUT | IRM_GRAPH_ENDPOINTS)

static uint64_t mix(uint64_t x) {
  x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
  x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
  return x ^ x >> 31;
}

static uint64_t checksum(const irm_graph *graph) {
  const irm_graph_view *view = irm_graph_arrays(graph);
  uint64_t sum = 0;
  for (int64_t e = 0; e < view->edges; e++)
    sum = mix(sum + ((uint64_t)view->sources[e] << 32 | view->targets[e]));
  return sum;
}

typedef struct recorded_graph {
  const char *spec;
  int64_t nodes, edges;
  uint64_t checksum;
} recorded_graph;

static const recorded_graph recorded[] = {
    {"kron:10:8", 1024, 5995, UINT64_C(0xc9cb90e4d340e0ac)},
    {"kron:10:8:1", 1024, 5995, UINT64_C(0xc9cb90e4d340e0ac)},
    {"kron:11:4:7", 2048, 7012, UINT64_C(0x5710884a5f921701)},
    {"uniform:10:8", 1024, 8124, UINT64_C(0x600938c885682999)},
    {"kron:0:5", 1, 0, 0},
    {"uniform:3:0", 8, 0, 0},
    {"grid:7:5", 35, 58, UINT64_C(0x9fc57e5e637de5f)},
    {"grid:1:6", 6, 5, UINT64_C(0xa0bf4b0bb50da797)},
    {"grid:6:1", 6, 5, UINT64_C(0xa0bf4b0bb50da797)},
};

START_TEST(a_generated_graph_is_the_same_everywhere) {
  const recorded_graph *expected = &recorded[_i];
  irm_graph *graph = open_as(expected->spec, (irm_graph_options){.parts = GENERATED_PARTS});
  ck_assert_int_eq(irm_graph_nodes(graph), expected->nodes);
  ck_assert_int_eq(irm_graph_edges(graph), expected->edges);
  ck_assert_uint_eq(checksum(graph), expected->checksum);
  ck_assert(!irm_graph_directed(graph));
  ck_assert_int_eq(irm_graph_node_name(graph, 0), 0);
  irm_graph_destroy(graph);
}
END_TEST

START_TEST(a_generated_graph_is_simple_and_in_order) {
  irm_graph *graph = open_as(recorded[_i].spec, (irm_graph_options){.parts = GENERATED_PARTS});
  const irm_graph_view *view = irm_graph_arrays(graph);
  for (int64_t e = 0; e < view->edges; e++)
    ck_assert_uint_lt(view->sources[e], view->targets[e]);
  for (int64_t e = 1; e < view->edges; e++)
    ck_assert(
        view->sources[e - 1] < view->sources[e] ||
        (view->sources[e - 1] == view->sources[e] && view->targets[e - 1] < view->targets[e]));
  irm_graph_destroy(graph);
}
END_TEST

static int64_t largest_degree(const char *spec) {
  irm_graph *graph = open_as(spec, (irm_graph_options){.parts = 0});
  const int64_t *offsets = irm_graph_arrays(graph)->out_offsets;
  int64_t largest = 0;
  for (int64_t u = 0; u < irm_graph_nodes(graph); u++)
    if (offsets[u + 1] - offsets[u] > largest) largest = offsets[u + 1] - offsets[u];
  irm_graph_destroy(graph);
  return largest;
}

START_TEST(a_kronecker_graph_has_hubs_and_a_uniform_one_has_none) {
  ck_assert_int_gt(largest_degree("kron:12:8"), 300);
  ck_assert_int_lt(largest_degree("uniform:12:8"), 50);
}
END_TEST

START_TEST(a_grid_may_be_empty) {
  irm_graph_options options = {.parts = GENERATED_PARTS};
  irm_graph *graph = open_as("grid:0:4294967296", options);
  ck_assert_int_eq(irm_graph_nodes(graph), 0);
  ck_assert_int_eq(irm_graph_edges(graph), 0);
  irm_graph_destroy(graph);
}
END_TEST

START_TEST(seeds_give_different_graphs) {
  irm_graph_options options = {.parts = GENERATED_PARTS};
  irm_graph *one = open_as("uniform:6:4:0", options);
  irm_graph *other = open_as("uniform:6:4:9223372036854775807", options);
  ck_assert_uint_ne(checksum(one), checksum(other));
  irm_graph_destroy(one);
  irm_graph_destroy(other);
}
END_TEST

START_TEST(a_generated_graph_made_directed_has_each_edge_both_ways) {
  irm_graph_options options = {.parts = GENERATED_PARTS, .direction = IRM_GRAPH_DIRECTED};
  irm_graph *graph = open_as("kron:10:8", options);
  ck_assert(irm_graph_directed(graph));
  ck_assert_int_eq(irm_graph_edges(graph), 2 * 5995);
  irm_graph_destroy(graph);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("graph generators");
  TCase *tests = tcase_create("generators");
  int count = sizeof recorded / sizeof *recorded;
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_loop_test(tests, a_generated_graph_is_the_same_everywhere, 0, count);
  tcase_add_loop_test(tests, a_generated_graph_is_simple_and_in_order, 0, count);
  tcase_add_test(tests, a_kronecker_graph_has_hubs_and_a_uniform_one_has_none);
  tcase_add_test(tests, a_grid_may_be_empty);
  tcase_add_test(tests, seeds_give_different_graphs);
  tcase_add_test(tests, a_generated_graph_made_directed_has_each_edge_both_ways);
  suite_add_tcase(suite, tests);
  return run_suite(suite);
}
