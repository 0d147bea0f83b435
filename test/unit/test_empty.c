/* Every algorithm that ships, embedded, on graphs without nodes and without edges: whatever is run
 * gives what the reference interpreter gives, or all of them say that it is an error. */
#include "account.h"
#include "irmem/irmem.h"
#include "suite.h"

#include <glob.h>
#include <stdbool.h>

static account bytes;
static irm_context *context;
static size_t told;

static void hear(void *user, const irm_diag *diag) {
  (void)user, (void)diag;
  told++;
}

static irm_program *plan(const char *path) {
  char text[8192];
  FILE *stream = fopen(path, "r");
  ck_assert_ptr_nonnull(stream);
  size_t length = fread(text, 1, sizeof text, stream);
  fclose(stream);
  irm_alg *alg = irm_alg_parse(context, path, text, length);
  irm_program *program = irm_lower(alg, &(irm_lower_options){.real = IRM_F64});
  irm_alg_destroy(alg);
  ck_assert(irm_pipeline_run(program, "O2", NULL));
  return program;
}

/* Inputs of ones, where there is a node; parameters without a default are 0. */
static void give_all(const irm_program *program, irm_run *run) {
  static const double ones[] = {1, 1, 1, 1, 1, 1, 1, 1};
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));) {
    if (irm_op_opcode(op) == IRM_INPUT) ck_assert(irm_run_set_input(run, irm_op_name(op), ones));
    if (irm_op_opcode(op) != IRM_PARAM || irm_op_has_default(op)) continue;
    irm_number zero = {.elem = irm_value_type(irm_op_result(op, 0)).elem};
    ck_assert(irm_run_set_param(run, irm_op_name(op), zero));
  }
}

static void compare(const irm_run *run, const irm_run *expected, const char *path) {
  ck_assert_uint_eq(irm_run_output_count(run), irm_run_output_count(expected));
  for (size_t k = 0; k < irm_run_output_count(run); k++) {
    irm_output a = irm_run_output(run, k), b = irm_run_output(expected, k);
    ck_assert_uint_eq(a.count, b.count);
    size_t of_all = a.count * irm_elem_bytes(a.type.elem);
    ck_assert_msg(memcmp(a.elements, b.elements, of_all) == 0, "%s: %s differs", path, a.name);
  }
}

/* Whether it ran; where it did not, an error was told. */
static bool run_again(const irm_program *program, irm_run *run) {
  size_t before = told;
  give_all(program, run);
  bool good = irm_run_execute(run) && irm_run_execute(run);
  ck_assert(good == (told == before));
  return good;
}

static void check(const irm_program *program, const irm_graph *graph, const char *path) {
  irm_executable *engines[] = {irm_executable_interpret(program), irm_executable_replay(program),
                               irm_emit_available() ? irm_executable_compile(program, NULL)
                                                    : irm_executable_replay(program)};
  irm_run *runs[3];
  bool good[3];
  for (int k = 0; k < 3; k++) {
    ck_assert_ptr_nonnull(engines[k]);
    runs[k] = irm_run_bind(engines[k], graph, NULL);
    ck_assert_ptr_nonnull(runs[k]);
    good[k] = run_again(program, runs[k]);
    ck_assert_msg(good[k] == good[0], "%s: an error in one engine alone", path);
    if (good[k]) compare(runs[k], runs[0], path);
  }
  for (int k = 0; k < 3; k++) {
    irm_run_destroy(runs[k]);
    irm_executable_destroy(engines[k]);
  }
}

START_TEST(every_algorithm_runs_on_every_empty_graph) {
  static const int64_t node_counts[] = {0, 1, 8};
  glob_t files;
  ck_assert_int_eq(glob("../lib/algorithms/*.alg", 0, NULL, &files), 0);
  ck_assert_uint_gt(files.gl_pathc, 10);
  irm_allocator allocator = account_allocator(&bytes);
  context = irm_context_create(&allocator);
  irm_context_set_diag_handler(context, hear, NULL);
  for (size_t k = 0; k < files.gl_pathc; k++) {
    irm_program *program = plan(files.gl_pathv[k]);
    for (int i = 0; i < 3; i++) {
      irm_graph *graph = irm_graph_create_empty(context, node_counts[i]);
      check(program, graph, files.gl_pathv[k]);
      irm_graph_destroy(graph);
    }
    irm_program_destroy(program);
  }
  irm_context_destroy(context);
  ck_assert_uint_eq(bytes.bytes, 0);
  globfree(&files);
}
END_TEST

/* A file of a graph, and arrays of one, may hold no edge and no node either. */
START_TEST(graphs_are_made_of_nothing) {
  context = irm_context_create(NULL);
  for (int64_t nodes = 0; nodes < 3; nodes++)
    for (int directed = 0; directed < 2; directed++) {
      irm_graph *graph = irm_graph_create(context, nodes, 0, NULL, NULL, NULL, directed, 31);
      ck_assert_ptr_nonnull(graph);
      ck_assert_int_eq(irm_graph_nodes(graph), nodes);
      ck_assert_int_eq(irm_graph_edges(graph), 0);
      ck_assert_int_eq(irm_graph_find_node(graph, 7), -1);
      irm_graph_destroy(graph);
    }
  irm_context_destroy(context);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("empty");
  TCase *tests = tcase_create("empty");
  tcase_set_timeout(tests, 0);
  tcase_add_test(tests, every_algorithm_runs_on_every_empty_graph);
  tcase_add_test(tests, graphs_are_made_of_nothing);
  suite_add_tcase(suite, tests);
  return run_suite(suite);
}
