/* The reference interpreter. */
#include "irmem/order.h"
#include "run_text.h"
#include "suite.h"

#include <math.h>

static test_session interpret(const char *ops, irm_graph *graph) {
  test_session session = open_session(irm_executable_interpret, ops, graph);
  execute(&session);
  return session;
}

/* Elementwise ---------------------------------------------------------------------------------- */

START_TEST(scalars_count_for_every_element) {
  test_session session = interpret("%i = index : i64[node]\n"
                                   "%two = const 2 : i64\n"
                                   "%odd = irem %i, %two : i64[node]\n"
                                   "%half = idiv %i, %two : i64[node]\n"
                                   "%zero = const 0 : i64\n"
                                   "%even = eq %odd, %zero : i1[node]\n"
                                   "%r = select %even, %half, %i : i64[node]\n"
                                   "%f = convert %r : f32[node]\n"
                                   "output %r \"r\"\n"
                                   "output %f \"f\"\n"
                                   "output %even \"even\"",
                                   five_nodes(true));
  ASSERT_OUTPUT(&session, "r", int64_t, 0, 1, 1, 3, 2);
  ASSERT_OUTPUT(&session, "f", float, 0, 1, 1, 3, 2);
  ASSERT_OUTPUT(&session, "even", uint8_t, 1, 0, 1, 0, 1);
  close_session(&session);
}
END_TEST

START_TEST(elements_are_read_and_replaced_by_index) {
  test_session session = interpret("%i = index : i64[edge]\n"
                                   "%three = const 3 : i64\n"
                                   "%m = edge_count : i64\n"
                                   "%x = insert %i, %three, %m : i64[edge]\n"
                                   "%e = extract %x, %three : i64\n"
                                   "output %i \"i\"\n"
                                   "output %x \"x\"\n"
                                   "output %e \"e\"",
                                   five_nodes(true));
  ASSERT_OUTPUT(&session, "i", int64_t, 0, 1, 2, 3, 4, 5);
  ASSERT_OUTPUT(&session, "x", int64_t, 0, 1, 2, 6, 4, 5);
  ASSERT_OUTPUT(&session, "e", int64_t, 6);
  close_session(&session);
}
END_TEST

/* Graphs --------------------------------------------------------------------------------------- */

static const char neighbors[] = "%i = index : i64[node]\n"
                                "%in = neighbor_sum in %i : i64[node]\n"
                                "%out = neighbor_sum out %i : i64[node]\n"
                                "%both = neighbor_sum both %i : i64[node]\n"
                                "%least = neighbor_min both %i : i64[node]\n"
                                "%most = neighbor_max in %i : i64[node]\n"
                                "%din = degree in : i64[node]\n"
                                "%dout = degree out : i64[node]\n"
                                "%dboth = degree both : i64[node]\n"
                                "output %in \"in\"\n"
                                "output %out \"out\"\n"
                                "output %both \"both\"\n"
                                "output %least \"least\"\n"
                                "output %most \"most\"\n"
                                "output %din \"din\"\n"
                                "output %dout \"dout\"\n"
                                "output %dboth \"dboth\"";

START_TEST(directed_neighbours) {
  test_session session = interpret(neighbors, five_nodes(true));
  ASSERT_OUTPUT(&session, "in", int64_t, 2, 0, 5, 2, 3);
  ASSERT_OUTPUT(&session, "out", int64_t, 1, 2, 3, 4, 2);
  ASSERT_OUTPUT(&session, "both", int64_t, 3, 2, 8, 6, 5);
  ASSERT_OUTPUT(&session, "least", int64_t, 1, 0, 0, 2, 2);
  ASSERT_OUTPUT(&session, "most", int64_t, 2, 0, 4, 2, 3);
  ASSERT_OUTPUT(&session, "din", int64_t, 1, 1, 2, 1, 1);
  ASSERT_OUTPUT(&session, "dout", int64_t, 1, 1, 2, 1, 1);
  ASSERT_OUTPUT(&session, "dboth", int64_t, 2, 2, 4, 2, 2);
  close_session(&session);
}
END_TEST

START_TEST(undirected_neighbours_are_the_same_both_ways) {
  test_session session = interpret(neighbors, five_nodes(false));
  ASSERT_OUTPUT(&session, "in", int64_t, 3, 2, 8, 6, 5);
  ASSERT_OUTPUT(&session, "out", int64_t, 3, 2, 8, 6, 5);
  ASSERT_OUTPUT(&session, "both", int64_t, 3, 2, 8, 6, 5);
  ASSERT_OUTPUT(&session, "dboth", int64_t, 2, 2, 4, 2, 2);
  close_session(&session);
}
END_TEST

/* The labels 7 5 5 7 7 around: 0 hears 5 5, 1 hears 7 5, 2 hears 7 5 7 7, 3 hears 5 7, 4 hears 7 5.
 */
START_TEST(a_mode_is_the_most_frequent_of_the_neighbours) {
  static const int64_t labels[] = {7, 5, 5, 7, 7};
  test_session session = open_session(irm_executable_interpret,
                                      "%x = input \"x\" : i64[node]\n"
                                      "%low = neighbor_mode both lowest %x : i64[node]\n"
                                      "%high = neighbor_mode both highest %x : i64[node]\n"
                                      "%keep = neighbor_mode both keep %x : i64[node]\n"
                                      "%self = neighbor_mode both lowest self %x : i64[node]\n"
                                      "%sweep = sweep_mode both lowest %x : i64[node]\n"
                                      "output %low \"low\"\n"
                                      "output %high \"high\"\n"
                                      "output %keep \"keep\"\n"
                                      "output %self \"self\"\n"
                                      "output %sweep \"sweep\"",
                                      five_nodes(true));
  ck_assert(irm_run_set_input(session.run, "x", labels));
  execute(&session);
  ASSERT_OUTPUT(&session, "low", int64_t, 5, 5, 7, 5, 5);
  ASSERT_OUTPUT(&session, "high", int64_t, 5, 7, 7, 7, 7);
  ASSERT_OUTPUT(&session, "keep", int64_t, 5, 5, 7, 7, 7);
  ASSERT_OUTPUT(&session, "self", int64_t, 5, 5, 7, 7, 7);
  ASSERT_OUTPUT(&session, "sweep", int64_t, 5, 5, 5, 5, 5);
  close_session(&session);
}
END_TEST

START_TEST(neighbours_are_sets_with_arcs_among_them) {
  static const char ops[] = "%n = neighbor_count : i64[node]\n"
                            "%l = neighbor_links : i64[node]\n"
                            "%t = neighbor_triangles : i64[node]\n"
                            "output %t \"t\"\n"
                            "output %n \"n\"\n"
                            "output %l \"l\"";
  for (int directed = 0; directed < 2; directed++) {
    test_session session = interpret(ops, five_nodes(directed));
    ASSERT_OUTPUT(&session, "n", int64_t, 2, 2, 4, 2, 2);
    ASSERT_OUTPUT(&session, "t", int64_t, 1, 1, 2, 1, 1);
    if (directed)
      ASSERT_OUTPUT(&session, "l", int64_t, 1, 1, 2, 1, 1);
    else
      ASSERT_OUTPUT(&session, "l", int64_t, 2, 2, 4, 2, 2);
    close_session(&session);
  }
}
END_TEST

START_TEST(parallel_edges_and_self_loops_add_no_neighbour) {
  static const int64_t source[] = {0, 0, 1, 1, 2, 2, 0}, target[] = {1, 1, 0, 2, 2, 0, 0};
  test_session session =
      interpret("%n = neighbor_count : i64[node]\n"
                "%l = neighbor_links : i64[node]\n"
                "%t = neighbor_triangles : i64[node]\n"
                "output %t \"t\"\n"
                "output %n \"n\"\n"
                "output %l \"l\"",
                irm_graph_create(context, 3, 7, source, target, NULL, true, ALL_PARTS));
  ASSERT_OUTPUT(&session, "n", int64_t, 2, 2, 2);
  ASSERT_OUTPUT(&session, "l", int64_t, 1, 1, 2);
  ASSERT_OUTPUT(&session, "t", int64_t, 1, 1, 1);
  close_session(&session);
}
END_TEST

/* -0 is below 0 where it is put in order, and 0 where it is searched for. */
START_TEST(elements_are_put_in_order_and_searched) {
  static const double x[] = {2, NAN, 0.0, -0.0, 2};
  test_session session = open_session(irm_executable_interpret,
                                      "%x = input \"x\" : f64[node]\n"
                                      "%s = sort %x : f64[node]\n"
                                      "%o = order %x : i64[node]\n"
                                      "%r = rank %x : i64[node]\n"
                                      "%b = search_below %s, %x : i64[node]\n"
                                      "%u = search_upto %s, %x : i64[node]\n"
                                      "%a = search_below %x, %x : i64[node]\n"
                                      "%one = const 1.0 : f64\n"
                                      "%most = const 99.0 : f64\n"
                                      "%d = div %one, %s : f64[node]\n"
                                      "%m = min %d, %most : f64[node]\n"
                                      "output %m \"m\"\n"
                                      "output %o \"o\"\n"
                                      "output %r \"r\"\n"
                                      "output %b \"b\"\n"
                                      "output %u \"u\"\n"
                                      "output %a \"a\"",
                                      five_nodes(true));
  ck_assert(irm_run_set_input(session.run, "x", x));
  execute(&session);
  ASSERT_OUTPUT(&session, "m", double, -INFINITY, 99, 0.5, 0.5, 99);
  ASSERT_OUTPUT(&session, "o", int64_t, 3, 2, 0, 4, 1);
  ASSERT_OUTPUT(&session, "r", int64_t, 2, 4, 1, 0, 3);
  ASSERT_OUTPUT(&session, "b", int64_t, 2, 4, 0, 0, 2);
  ASSERT_OUTPUT(&session, "u", int64_t, 4, 5, 2, 2, 4);
  ASSERT_OUTPUT(&session, "a", int64_t, 4, 5, 0, 0, 4);
  close_session(&session);
}
END_TEST

START_TEST(edges_have_weights_and_ends) {
  test_session session = interpret("%w = weight : f64[edge]\n"
                                   "%i = index : i64[node]\n"
                                   "%x = convert %i : f64[node]\n"
                                   "%wsum = neighbor_wsum in %x, %w : f64[node]\n"
                                   "%esum = edge_sum both %w : f64[node]\n"
                                   "%reach = neighbor_wmin both %x, %w : f64[node]\n"
                                   "%emin = edge_min in %w : f64[node]\n"
                                   "%emax = edge_max both %w : f64[node]\n"
                                   "output %reach \"reach\"\n"
                                   "output %emin \"emin\"\n"
                                   "output %emax \"emax\"\n"
                                   "%s = at_source %i : i64[edge]\n"
                                   "%t = at_target %x : f64[edge]\n"
                                   "output %wsum \"wsum\"\n"
                                   "output %esum \"esum\"\n"
                                   "output %s \"s\"\n"
                                   "output %t \"t\"\n"
                                   "output %w \"w\"",
                                   five_nodes(true));
  ASSERT_OUTPUT(&session, "wsum", double, 6, 0, 26, 8, 15);
  ASSERT_OUTPUT(&session, "esum", double, 4, 3, 15, 9, 11);
  ASSERT_OUTPUT(&session, "reach", double, 2, 1, 3, 6, 8);
  ASSERT_OUTPUT(&session, "emin", double, 3, 1, 2, 4, 5);
  ASSERT_OUTPUT(&session, "emax", double, 3, 2, 6, 5, 6);
  ASSERT_OUTPUT(&session, "s", int64_t, 0, 1, 2, 2, 3, 4);
  ASSERT_OUTPUT(&session, "t", double, 1, 2, 0, 3, 4, 2);
  ASSERT_OUTPUT(&session, "w", double, 1, 2, 3, 4, 5, 6);
  close_session(&session);
}
END_TEST

START_TEST(without_arcs_or_elements_there_is_the_identity) {
  test_session session = interpret("%x = index : i64[edge]\n"
                                   "%sum = reduce_sum %x : i64\n"
                                   "%min = reduce_min %x : i64\n"
                                   "%f = convert %x : f64[edge]\n"
                                   "%max = reduce_max %f : f64\n"
                                   "%b = lt %x, %x : i1[edge]\n"
                                   "%any = reduce_any %b : i1\n"
                                   "%all = reduce_all %b : i1\n"
                                   "%i = index : i64[node]\n"
                                   "%g = convert %i : f64[node]\n"
                                   "%least = neighbor_min in %g : f64[node]\n"
                                   "output %sum \"sum\"\n"
                                   "output %min \"min\"\n"
                                   "output %max \"max\"\n"
                                   "output %any \"any\"\n"
                                   "output %all \"all\"\n"
                                   "output %least \"least\"",
                                   irm_graph_create_empty(context, 2));
  ASSERT_OUTPUT(&session, "sum", int64_t, 0);
  ASSERT_OUTPUT(&session, "min", int64_t, INT64_MAX);
  ASSERT_OUTPUT(&session, "max", double, -INFINITY);
  ASSERT_OUTPUT(&session, "any", uint8_t, 0);
  ASSERT_OUTPUT(&session, "all", uint8_t, 1);
  ASSERT_OUTPUT(&session, "least", double, INFINITY, INFINITY);
  close_session(&session);
}
END_TEST

/* The order of reductions ---------------------------------------------------------------------- */

/* order.h once more, as plainly as it can be said. */
static float fold_lanes(const float *elements, int64_t count) {
  float lane[8] = {0};
  for (int64_t k = 0; k < count; k++)
    lane[k % 8] += elements[k];
  for (int j = 0; j < 4; j++)
    lane[j] += lane[j + 4];
  for (int j = 0; j < 2; j++)
    lane[j] += lane[j + 2];
  return lane[0] + lane[1];
}

static void fill_uneven(float *elements, int64_t count) {
  for (int64_t k = 0; k < count; k++)
    elements[k] = (k % 3 ? 1.0f : -1e4f) / (float)(k * k % 1013 + 3);
}

START_TEST(a_sum_is_taken_in_blocks_and_lanes) {
  enum { COUNT = 10007 };
  static float elements[COUNT];
  fill_uneven(elements, COUNT);
  test_session session = open_session(irm_executable_interpret,
                                      "%x = input \"x\" : f32[node]\n"
                                      "%s = reduce_sum %x : f32\n"
                                      "output %s \"s\"",
                                      irm_graph_create_empty(context, COUNT));
  ck_assert(irm_run_set_input(session.run, "x", elements));
  execute(&session);

  enum { BLOCK = 192 }; /* 10007 / 64 rounded up to a multiple of 64 */
  float sum = fold_lanes(elements, BLOCK);
  for (int64_t begin = BLOCK; begin < COUNT; begin += BLOCK)
    sum += fold_lanes(elements + begin, COUNT - begin < BLOCK ? COUNT - begin : BLOCK);
  ASSERT_OUTPUT(&session, "s", float, sum);
  close_session(&session);
}
END_TEST

START_TEST(a_row_is_summed_in_lanes) {
  enum { NODES = 40 };
  int64_t source[NODES - 1], target[NODES - 1];
  for (int64_t k = 0; k < NODES - 1; k++)
    source[k] = NODES - 1 - k, target[k] = 0;
  float elements[NODES];
  fill_uneven(elements, NODES);
  test_session session = open_session(
      irm_executable_interpret,
      "%x = input \"x\" : f32[node]\n"
      "%s = neighbor_sum in %x : f32[node]\n"
      "%zero = const 0 : i64\n"
      "%r = extract %s, %zero : f32\n"
      "output %r \"r\"",
      irm_graph_create(context, NODES, NODES - 1, source, target, NULL, true, ALL_PARTS));
  ck_assert(irm_run_set_input(session.run, "x", elements));
  execute(&session);
  ASSERT_OUTPUT(&session, "r", float, fold_lanes(elements + 1, NODES - 1));
  close_session(&session);
}
END_TEST

/* Control flow --------------------------------------------------------------------------------- */

static const char fibonacci[] =
    "%n = param \"n\" = 10 : i64\n"
    "%one = const 1 : i64\n"
    "%a0 = fill %one : i64[node]\n"
    "%b0 = index : i64[node]\n"
    "%a, %b = loop %n carry(%a0, %b0) : i64[node], i64[node] do(%x, %y) {\n"
    "  %z = add %x, %y : i64[node]\n"
    "  yield %y, %z\n"
    "}\n"
    "output %a \"a\"\n"
    "output %b \"b\"";

START_TEST(carried_values_are_handed_over_at_once) {
  test_session session = interpret(fibonacci, irm_graph_create_empty(context, 2));
  ASSERT_OUTPUT(&session, "a", int64_t, 34, 89);
  ASSERT_OUTPUT(&session, "b", int64_t, 55, 144);
  close_session(&session);
}
END_TEST

START_TEST(a_loop_may_run_zero_times) {
  test_session session =
      open_session(irm_executable_interpret, fibonacci, irm_graph_create_empty(context, 2));
  ck_assert(irm_run_set_param_text(session.run, "n", "-3"));
  execute(&session);
  ASSERT_OUTPUT(&session, "a", int64_t, 1, 1);
  ASSERT_OUTPUT(&session, "b", int64_t, 0, 1);
  close_session(&session);
}
END_TEST

START_TEST(a_condition_is_tested_before_each_iteration) {
  test_session session = interpret("%n = const 100 : i64\n"
                                   "%one = const 1 : i64\n"
                                   "%x0 = index : i64[node]\n"
                                   "%k0 = const 0 : i64\n"
                                   "%x, %k = loop %n carry(%x0, %k0) : i64[node], i64 "
                                   "while(%xc, %kc) {\n"
                                   "  %s = reduce_sum %xc : i64\n"
                                   "  %limit = const 40 : i64\n"
                                   "  %go = lt %s, %limit : i1\n"
                                   "  yield %go\n"
                                   "} do(%xb, %kb) {\n"
                                   "  %x2 = add %xb, %xb : i64[node]\n"
                                   "  %k2 = add %kb, %one : i64\n"
                                   "  yield %x2, %k2\n"
                                   "}\n"
                                   "output %x \"x\"\n"
                                   "output %k \"k\"",
                                   five_nodes(true));
  ASSERT_OUTPUT(&session, "x", int64_t, 0, 4, 8, 12, 16);
  ASSERT_OUTPUT(&session, "k", int64_t, 2);
  close_session(&session);
}
END_TEST

START_TEST(an_if_in_a_loop_in_a_loop) {
  test_session session = interpret("%n = const 3 : i64\n"
                                   "%one = const 1 : i64\n"
                                   "%two = const 2 : i64\n"
                                   "%x0 = fill %one : i64[node]\n"
                                   "%x = loop %n carry(%x0) : i64[node] do(%a) {\n"
                                   "  %y = loop %two carry(%a) : i64[node] do(%b) {\n"
                                   "    %s = reduce_sum %b : i64\n"
                                   "    %r = irem %s, %two : i64\n"
                                   "    %odd = eq %r, %one : i1\n"
                                   "    %c = if %odd : i64[node] {\n"
                                   "      %d = add %b, %one : i64[node]\n"
                                   "      yield %d\n"
                                   "    } else {\n"
                                   "      %e = mul %b, %two : i64[node]\n"
                                   "      %f = add %e, %one : i64[node]\n"
                                   "      yield %f\n"
                                   "    }\n"
                                   "    yield %c\n"
                                   "  }\n"
                                   "  yield %y\n"
                                   "}\n"
                                   "output %x \"x\"",
                                   irm_graph_create_empty(context, 3));
  /* 1 -> 2 -> 5 -> 6 -> 13 -> 14 -> 29 */
  ASSERT_OUTPUT(&session, "x", int64_t, 29, 29, 29);
  close_session(&session);
}
END_TEST

/* Errors and memory ---------------------------------------------------------------------------- */

START_TEST(an_error_names_its_line) {
  test_session session = open_session(irm_executable_interpret,
                                      "%i = index : i64[node]\n"
                                      "%one = const 1 : i64\n"
                                      "%x = idiv %one, %i : i64[node]\n"
                                      "output %x \"x\"",
                                      five_nodes(true));
  ck_assert(!irm_run_execute(session.run));
  ck_assert_str_eq(reported, "integer division by zero\n");
  ck_assert_uint_eq(reported_line, 4);
  close_session(&session);
}
END_TEST

START_TEST(an_error_in_a_region_ends_the_run) {
  test_session session = open_session(irm_executable_interpret,
                                      "%i = index : i64[node]\n"
                                      "%n = const 9 : i64\n"
                                      "%one = const 1 : i64\n"
                                      "%k0 = const 0 : i64\n"
                                      "%k = loop %n carry(%k0) : i64 do(%j) {\n"
                                      "  %e = extract %i, %j : i64\n"
                                      "  %l = add %j, %one : i64\n"
                                      "  yield %l\n"
                                      "}\n"
                                      "output %k \"k\"",
                                      five_nodes(true));
  ck_assert(!irm_run_execute(session.run));
  ck_assert_str_eq(reported, "an index is outside the array, which is over 5 nodes\n");
  ck_assert_uint_eq(reported_line, 7);
  close_session(&session);
}
END_TEST

typedef struct memory_meter {
  size_t now, most;
} memory_meter;

static void *metered_resize(void *user, void *block, size_t old_bytes, size_t new_bytes) {
  memory_meter *meter = user;
  meter->now = meter->now - old_bytes + new_bytes;
  if (meter->now > meter->most) meter->most = meter->now;
  if (new_bytes == 0) {
    free(block);
    return NULL;
  }
  void *fresh = aligned_alloc(64, (new_bytes + 63) / 64 * 64);
  if (block) memcpy(fresh, block, old_bytes < new_bytes ? old_bytes : new_bytes);
  free(block);
  return fresh;
}

static size_t most_for_rounds(const char *rounds) {
  memory_meter meter = {0};
  irm_context *before = context;
  context = irm_context_create(&(irm_allocator){metered_resize, &meter});
  test_session session =
      open_session(irm_executable_interpret, fibonacci, irm_graph_create_empty(context, 1000));
  ck_assert(irm_run_set_param_text(session.run, "n", rounds));
  execute(&session);
  close_session(&session);
  irm_context_destroy(context);
  context = before;
  ck_assert_uint_eq(meter.now, 0);
  return meter.most;
}

START_TEST(a_loop_needs_no_more_memory_for_more_rounds) {
  ck_assert_uint_eq(most_for_rounds("2"), most_for_rounds("50"));
}
END_TEST

int main(void) {
  Suite *suite = suite_create("interp");
  TCase *plain = tcase_create("interp");
  tcase_add_checked_fixture(plain, setup, teardown);
  tcase_add_test(plain, scalars_count_for_every_element);
  tcase_add_test(plain, elements_are_read_and_replaced_by_index);
  tcase_add_test(plain, directed_neighbours);
  tcase_add_test(plain, undirected_neighbours_are_the_same_both_ways);
  tcase_add_test(plain, a_mode_is_the_most_frequent_of_the_neighbours);
  tcase_add_test(plain, neighbours_are_sets_with_arcs_among_them);
  tcase_add_test(plain, parallel_edges_and_self_loops_add_no_neighbour);
  tcase_add_test(plain, elements_are_put_in_order_and_searched);
  tcase_add_test(plain, edges_have_weights_and_ends);
  tcase_add_test(plain, without_arcs_or_elements_there_is_the_identity);
  tcase_add_test(plain, a_sum_is_taken_in_blocks_and_lanes);
  tcase_add_test(plain, a_row_is_summed_in_lanes);
  tcase_add_test(plain, carried_values_are_handed_over_at_once);
  tcase_add_test(plain, a_loop_may_run_zero_times);
  tcase_add_test(plain, a_condition_is_tested_before_each_iteration);
  tcase_add_test(plain, an_if_in_a_loop_in_a_loop);
  tcase_add_test(plain, an_error_names_its_line);
  tcase_add_test(plain, an_error_in_a_region_ends_the_run);
  tcase_add_test(plain, a_loop_needs_no_more_memory_for_more_rounds);
  suite_add_tcase(suite, plain);
  return run_suite(suite);
}
