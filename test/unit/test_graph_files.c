/* Graph files: what each format means, in both directions and forced into the other. */
#include "graph_test.h"

#include <math.h>

/* Matrix Market -------------------------------------------------------------------------------- */

START_TEST(a_general_matrix_is_directed_from_row_to_column) {
  expect_graph(read_text("g.mtx",
                         "%%MatrixMarket matrix coordinate real general\n"
                         "% a comment\n"
                         "\n"
                         "3 3 3\n"
                         "1 2 0.5\n"
                         "3 1 -2e-3\n"
                         "2 2 7\n",
                         IRM_GRAPH_AS_FILE),
               "3 nodes, 3 directed edges\n"
               "1 -> 1#0 <- 2#1\n"
               "2 -> 1#2 <- 0#0 1#2\n"
               "3 -> 0#1 <-\n"
               "0-1:0.5 2-0:-0.002 1-1:7\n");
}
END_TEST

#define SYMMETRIC                                                                                  \
  "%%MatrixMarket matrix coordinate integer symmetric\r\n"                                         \
  "3 3 3\r\n"                                                                                      \
  "2 1 5\r\n"                                                                                      \
  "3 3 +6\r\n"                                                                                     \
  "3 1 -7\r\n"

START_TEST(a_symmetric_matrix_is_undirected) {
  expect_graph(read_text("g.mtx", SYMMETRIC, IRM_GRAPH_AS_FILE), "3 nodes, 3 undirected edges\n"
                                                                 "1 -> 1#0 2#2\n"
                                                                 "2 -> 0#0\n"
                                                                 "3 -> 0#2 2#1\n"
                                                                 "1-0:5 2-2:6 2-0:-7\n");
}
END_TEST

START_TEST(a_symmetric_matrix_made_directed_has_both_of_its_halves) {
  expect_graph(read_text("g.mtx", SYMMETRIC, IRM_GRAPH_DIRECTED),
               "3 nodes, 5 directed edges\n"
               "1 -> 1#1 2#4 <- 1#0 2#3\n"
               "2 -> 0#0 <- 0#1\n"
               "3 -> 0#3 2#2 <- 0#4 2#2\n"
               "1-0:5 0-1:5 2-2:6 2-0:-7 0-2:-7\n");
}
END_TEST

START_TEST(a_general_matrix_made_undirected_keeps_its_edges) {
  expect_graph(read_text("g.mtx",
                         "%%MatrixMarket matrix coordinate pattern general\n"
                         "2 2 3\n1 2\n2 1\n2 2\n",
                         IRM_GRAPH_UNDIRECTED),
               "2 nodes, 3 undirected edges\n"
               "1 -> 1#0 1#1\n"
               "2 -> 0#0 0#1 1#2\n"
               "0-1:1 1-0:1 1-1:1\n");
}
END_TEST

START_TEST(an_entry_listed_twice_is_two_edges) {
  expect_graph(read_text("g.mtx",
                         "%%matrixmarket MATRIX Coordinate pattern general\n"
                         "2 2 3\n1 2\n1 1\n1 2",
                         IRM_GRAPH_AS_FILE),
               "2 nodes, 3 directed edges\n"
               "1 -> 0#1 1#0 1#2 <- 0#1\n"
               "2 -> <- 0#0 0#2\n"
               "0-1:1 0-0:1 0-1:1\n");
}
END_TEST

START_TEST(a_matrix_without_entries_has_nodes) {
  expect_graph(read_text("g.mtx",
                         "%%MatrixMarket matrix coordinate pattern symmetric\n"
                         "2 2 0\n",
                         IRM_GRAPH_AS_FILE),
               "2 nodes, 0 undirected edges\n1 ->\n2 ->\n\n");
}
END_TEST

static irm_graph *open_input(const char *name, unsigned parts) {
  char path[5000];
  snprintf(path, sizeof path, "%s/Inputs/%s", home, name);
  return open_as(path, (irm_graph_options){.parts = parts});
}

static bool has_arc(const irm_graph_view *view, uint32_t u, uint32_t v) {
  for (int64_t arc = view->out_offsets[u]; arc < view->out_offsets[u + 1]; arc++)
    if (view->out_targets[arc] == v) return true;
  return false;
}

/* Figures of the club that the literature gives: 45 triangles; 16 friends of the instructor, 17 of
 * the president. */
START_TEST(the_karate_club_is_the_one_in_the_literature) {
  irm_graph *graph = open_input("karate.mtx", IRM_GRAPH_OUT);
  const irm_graph_view *view = irm_graph_arrays(graph);
  ck_assert_int_eq(view->nodes, 34);
  ck_assert_int_eq(view->edges, 78);
  ck_assert_int_eq(view->out_offsets[1] - view->out_offsets[0], 16);
  ck_assert_int_eq(view->out_offsets[34] - view->out_offsets[33], 17);
  int triangles = 0;
  for (uint32_t u = 0; u < 34; u++)
    for (uint32_t v = 0; v < u; v++)
      for (uint32_t w = 0; w < v; w++)
        triangles += has_arc(view, u, v) && has_arc(view, v, w) && has_arc(view, w, u);
  ck_assert_int_eq(triangles, 45);
  irm_graph_destroy(graph);
}
END_TEST

/* Edge lists ----------------------------------------------------------------------------------- */

START_TEST(an_edge_list_is_directed) {
  expect_graph(open_input("five.el", ALL_PARTS), "5 nodes, 6 directed edges\n"
                                                 "0 -> 1#0 <- 2#2\n"
                                                 "1 -> 2#1 <- 0#0\n"
                                                 "2 -> 0#2 3#3 <- 1#1 4#5\n"
                                                 "3 -> 4#4 <- 2#3\n"
                                                 "4 -> 2#5 <- 3#4\n"
                                                 "0-1:1 1-2:1 2-0:1 2-3:1 3-4:1 4-2:1\n");
}
END_TEST

START_TEST(blanks_comments_and_line_ends_do_not_matter) {
  expect_graph(read_text("g.el",
                         "# a comment\n"
                         "% another\r\n"
                         "\r\n"
                         "  0\t 1 \r\n"
                         " \t\n"
                         "  # indented\n"
                         "1 0",
                         IRM_GRAPH_AS_FILE),
               "2 nodes, 2 directed edges\n"
               "0 -> 1#0 <- 1#1\n"
               "1 -> 0#1 <- 0#0\n"
               "0-1:1 1-0:1\n");
}
END_TEST

#define LEAST "-9223372036854775807"
#define MOST  "9223372036854775807"

START_TEST(ids_far_apart_are_numbered_in_their_order) {
  irm_graph *graph = read_text("g.el",
                               "5 " MOST "\n"
                               "-1 5\n"
                               "+5 " LEAST "\n"
                               "1000000000000 -1\n",
                               IRM_GRAPH_AS_FILE);
  ck_assert_int_eq(irm_graph_find_node(graph, -1), 1);
  ck_assert_int_eq(irm_graph_find_node(graph, INT64_MAX), 4);
  ck_assert_int_eq(irm_graph_find_node(graph, 6), -1);
  ck_assert_int_eq(irm_graph_find_node(graph, INT64_MIN), -1);
  expect_graph(graph, "5 nodes, 4 directed edges\n" LEAST " -> <- 2#2\n"
                      "-1 -> 2#1 <- 3#3\n"
                      "5 -> 0#2 4#0 <- 1#1\n"
                      "1000000000000 -> 1#3 <-\n" MOST " -> <- 2#0\n"
                      "2-4:1 1-2:1 2-0:1 3-1:1\n");
}
END_TEST

START_TEST(ids_close_together_keep_their_names) {
  irm_graph *graph = read_text("g.el", "200 -3\n70 200\n", IRM_GRAPH_AS_FILE);
  ck_assert_int_eq(irm_graph_find_node(graph, 70), 1);
  ck_assert_int_eq(irm_graph_find_node(graph, 71), -1);
  expect_graph(graph, "3 nodes, 2 directed edges\n"
                      "-3 -> <- 2#0\n"
                      "70 -> 2#1 <-\n"
                      "200 -> 0#0 <- 1#1\n"
                      "2-0:1 1-2:1\n");
}
END_TEST

START_TEST(ids_without_gaps_need_no_names) {
  irm_graph *graph = read_text("g.el", "7 8\n9 7\n", IRM_GRAPH_AS_FILE);
  ck_assert_int_eq(irm_graph_node_name(graph, 2), 9);
  ck_assert_int_eq(irm_graph_find_node(graph, 6), -1);
  ck_assert_int_eq(irm_graph_find_node(graph, 9), 2);
  ck_assert_int_eq(irm_graph_find_node(graph, 10), -1);
  ck_assert_uint_eq(irm_graph_bytes(graph), 2 * 4 * 8 + 4 * 2 * 4 + 2 * 8 + 2 * 2 * 4);
  irm_graph_destroy(graph);
}
END_TEST

/* Many ids whatever their distance: those that a map takes, beyond what it first has room for. */
START_TEST(many_ids_are_numbered_in_their_order) {
  static char text[80 * 3000];
  int64_t step = _i ? INT64_C(3000000000000) : 1, length = 0;
  for (int64_t i = 0; i < 3000; i++)
    length += snprintf(text + length, 80, "%" PRId64 " %" PRId64 "\n",
                       (i * 1999 % 3000 - 1500) * step, (i * 7 % 3000 - 1500) * step);
  irm_graph *graph = read_text("g.el", text, IRM_GRAPH_AS_FILE);
  const irm_graph_view *view = irm_graph_arrays(graph);
  ck_assert_int_eq(view->nodes, 3000);
  for (int64_t u = 0; u < 3000; u++)
    ck_assert_int_eq(irm_graph_node_name(graph, u), (u - 1500) * step);
  for (int64_t i = 0; i < 3000; i++) {
    ck_assert_int_eq(view->sources[i], i * 1999 % 3000);
    ck_assert_int_eq(view->targets[i], i * 7 % 3000);
  }
  irm_graph_destroy(graph);
}
END_TEST

START_TEST(weights_are_rounded_once) {
  static const char *const numbers[] = {"0.1",
                                        "-.5",
                                        "3.",
                                        "1e-400",
                                        "9007199254740993",
                                        "0.30000000000000004",
                                        "6450114569.93396292",
                                        "906090584972894.040",
                                        "8841799531421652.84",
                                        "179769313486231570e291",
                                        "2.2250738585072011e-308",
                                        "123456789012345678901234567890",
                                        "+7"};
  enum { COUNT = sizeof numbers / sizeof *numbers };
  char text[1000] = "";
  for (int i = 0; i < COUNT; i++)
    snprintf(text + strlen(text), 100, "0 1 %s\n", numbers[i]);
  irm_graph *graph = read_text("g.wel", text, IRM_GRAPH_AS_FILE);
  for (int i = 0; i < COUNT; i++)
    ck_assert_double_eq(irm_graph_arrays(graph)->weights[i], strtod(numbers[i], NULL));
  irm_graph_destroy(graph);
}
END_TEST

START_TEST(a_third_column_is_the_weight) {
  expect_graph(read_text("g.el", "0 1 2.5\n1 0 4\n", IRM_GRAPH_UNDIRECTED),
               "2 nodes, 2 undirected edges\n"
               "0 -> 1#0 1#1\n"
               "1 -> 0#0 0#1\n"
               "0-1:2.5 1-0:4\n");
}
END_TEST

START_TEST(a_graphalytics_pair_has_the_nodes_of_its_vertex_file) {
  const char *vertices = "10\n3\n7\n1000000\n";
  write_bytes("g.v", vertices, strlen(vertices));
  write_bytes("g.e", "7 3 0.5\n3 10 1.5\n", 17);
  irm_graph_options options = {
      .parts = ALL_PARTS, .direction = IRM_GRAPH_UNDIRECTED, .vertices = "g.v"};
  expect_graph(open_as("g.e", options), "4 nodes, 2 undirected edges\n"
                                        "3 -> 1#0 2#1\n"
                                        "7 -> 0#0\n"
                                        "10 -> 0#1\n"
                                        "1000000 ->\n"
                                        "1-0:0.5 0-2:1.5\n");
  write_bytes("g.e", "", 0);
  irm_graph *graph = open_as("g.e", options);
  ck_assert_int_eq(irm_graph_nodes(graph), 4);
  irm_graph_destroy(graph);
  remove("g.v");
  remove("g.e");
}
END_TEST

/* GAP's serialized graphs ---------------------------------------------------------------------- */

/* 0 -> 1, 0 -> 1, 1 -> 2 and, only in the weighted one, other weights than 1. */
static const unsigned char directed_sg[] =
    "\1\3\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0" /* directed, 3 arcs, 3 nodes */
    "\0\0\0\0\0\0\0\0\2\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0"
    "\1\0\0\0\1\0\0\0\2\0\0\0"
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\2\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0\0\1\0\0\0";

/* 0 - 1 of weight -2, 0 - 2 of weight 258. */
static const unsigned char undirected_wsg[] =
    "\0\4\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0" /* undirected, 4 arcs, 3 nodes */
    "\0\0\0\0\0\0\0\0\2\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0\4\0\0\0\0\0\0\0"
    "\1\0\0\0\376\377\377\377\2\0\0\0\2\1\0\0"
    "\0\0\0\0\376\377\377\377"
    "\0\0\0\0\2\1\0\0";

static irm_graph *read_binary(const char *name, const unsigned char *bytes, size_t size,
                              irm_graph_direction direction) {
  write_bytes(name, bytes, size);
  irm_graph *graph = open_as(name, (irm_graph_options){.parts = ALL_PARTS, .direction = direction});
  remove(name);
  return graph;
}

START_TEST(a_directed_serialized_graph) {
  expect_graph(read_binary("g.sg", directed_sg, sizeof directed_sg - 1, IRM_GRAPH_AS_FILE),
               "3 nodes, 3 directed edges\n"
               "0 -> 1#0 1#1 <-\n"
               "1 -> 2#2 <- 0#0 0#1\n"
               "2 -> <- 1#2\n"
               "0-1:1 0-1:1 1-2:1\n");
}
END_TEST

START_TEST(an_undirected_serialized_graph_stores_each_edge_once) {
  expect_graph(read_binary("g.wsg", undirected_wsg, sizeof undirected_wsg - 1, IRM_GRAPH_AS_FILE),
               "3 nodes, 2 undirected edges\n"
               "0 -> 1#0 2#1\n"
               "1 -> 0#0\n"
               "2 -> 0#1\n"
               "0-1:-2 0-2:258\n");
}
END_TEST

START_TEST(an_undirected_serialized_graph_made_directed) {
  expect_graph(read_binary("g.wsg", undirected_wsg, sizeof undirected_wsg - 1, IRM_GRAPH_DIRECTED),
               "3 nodes, 4 directed edges\n"
               "0 -> 1#0 2#2 <- 1#1 2#3\n"
               "1 -> 0#1 <- 0#0\n"
               "2 -> 0#3 <- 0#2\n"
               "0-1:-2 1-0:-2 0-2:258 2-0:258\n");
}
END_TEST

static void add_matrix_tests(TCase *tests) {
  tcase_add_test(tests, a_general_matrix_is_directed_from_row_to_column);
  tcase_add_test(tests, a_symmetric_matrix_is_undirected);
  tcase_add_test(tests, a_symmetric_matrix_made_directed_has_both_of_its_halves);
  tcase_add_test(tests, a_general_matrix_made_undirected_keeps_its_edges);
  tcase_add_test(tests, an_entry_listed_twice_is_two_edges);
  tcase_add_test(tests, a_matrix_without_entries_has_nodes);
  tcase_add_test(tests, the_karate_club_is_the_one_in_the_literature);
}

static void add_list_tests(TCase *tests) {
  tcase_add_test(tests, an_edge_list_is_directed);
  tcase_add_test(tests, blanks_comments_and_line_ends_do_not_matter);
  tcase_add_test(tests, ids_far_apart_are_numbered_in_their_order);
  tcase_add_test(tests, ids_close_together_keep_their_names);
  tcase_add_test(tests, ids_without_gaps_need_no_names);
  tcase_add_loop_test(tests, many_ids_are_numbered_in_their_order, 0, 2);
  tcase_add_test(tests, weights_are_rounded_once);
  tcase_add_test(tests, a_third_column_is_the_weight);
  tcase_add_test(tests, a_graphalytics_pair_has_the_nodes_of_its_vertex_file);
}

int main(void) {
  Suite *suite = suite_create("graph files");
  TCase *tests = tcase_create("formats");
  tcase_add_checked_fixture(tests, setup, teardown);
  add_matrix_tests(tests);
  add_list_tests(tests);
  tcase_add_test(tests, a_directed_serialized_graph);
  tcase_add_test(tests, an_undirected_serialized_graph_stores_each_edge_once);
  tcase_add_test(tests, an_undirected_serialized_graph_made_directed);
  suite_add_tcase(suite, tests);
  return run_suite(suite);
}
