/* Binding and running, with an engine of the test's own. */
#include "run/executable.h"
#include "run/run.h"
#include "run_text.h"
#include "suite.h"

#include <math.h>

/* An engine that writes as many bytes of the arena as parameter 0 says, and gives the code it was
 * made for. */
typedef struct scribbler {
  irm_executable base;
  int64_t code;
  int runs;
} scribbler;

static int64_t scribble(irm_executable *executable, const irm_rt_frame *frame) {
  scribbler *self = (scribbler *)executable;
  int64_t bytes;
  memcpy(&bytes, frame->params[0], sizeof bytes);
  if (bytes > 0) memset(frame->arena, 0, (size_t)bytes);
  self->runs++;
  return self->code;
}

static void forget(irm_executable *executable) {
  (void)executable;
}

static scribbler make_scribbler(const irm_program *program) {
  return (scribbler){.base = {program, scribble, forget, true}};
}

static const char program_text[] = "%k = param \"k\" = 0 : i64\n"
                                   "%d = param \"d\" : f32\n"
                                   "%t = param \"t\" = true : i1\n"
                                   "%j = param \"j\" = 7 : i32\n"
                                   "%x = input \"x\" : f64[node]\n"
                                   "%y = neighbor_sum in %x slot 0 : f64[node]\n"
                                   "%z = add %y, %y into %y slot 0 : f64[node]\n"
                                   "%b = lt %z, %z slot 1 : i1[node]\n"
                                   "%w = at_source %x slot 2 : f64[edge]\n"
                                   "output %z \"z\"\n"
                                   "output %d \"d\"\n"
                                   "output %b \"b\"\n"
                                   "output %w \"w\"\n"
                                   "slots {\n"
                                   "  slot 0: 8n output \"z\"\n"
                                   "  slot 1: n\n"
                                   "  slot 2: 8m\n"
                                   "}";

typedef struct bound_run {
  irm_program *program;
  irm_graph *graph;
  scribbler engine;
  irm_run *run;
  double input[5];
} bound_run;

static void bind_program(bound_run *bound) {
  bound->program = parse(program_text);
  bound->graph = five_nodes(true);
  bound->engine = make_scribbler(bound->program);
  bound->run = irm_run_bind(&bound->engine.base, bound->graph, NULL);
  ck_assert_ptr_nonnull(bound->run);
}

static void bind_complete(bound_run *bound) {
  bind_program(bound);
  ck_assert(irm_run_set_param_text(bound->run, "d", "0.5"));
  ck_assert(irm_run_set_input(bound->run, "x", bound->input));
}

static void unbind(bound_run *bound) {
  irm_run_destroy(bound->run);
  irm_graph_destroy(bound->graph);
  irm_program_destroy(bound->program);
}

START_TEST(the_arena_is_the_sum_of_aligned_slots) {
  bound_run bound;
  bind_program(&bound);
  ck_assert_uint_eq(irm_run_arena_bytes(bound.run),
                    64 + 64); /* 5 and 48 bytes; not the output's 40 */
  unbind(&bound);
}
END_TEST

START_TEST(outputs_come_in_program_order) {
  static const char *names[] = {"z", "d", "b", "w"};
  static const size_t counts[] = {5, 1, 5, 6};
  bound_run bound;
  bind_program(&bound);
  ck_assert_uint_eq(irm_run_output_count(bound.run), 4);
  for (size_t k = 0; k < 4; k++) {
    irm_output output = irm_run_output(bound.run, k);
    ck_assert_str_eq(output.name, names[k]);
    ck_assert_uint_eq(output.count, counts[k]);
    ck_assert_uint_eq((uintptr_t)output.elements % 64, 0);
  }
  unbind(&bound);
}
END_TEST

START_TEST(what_is_missing_is_named) {
  bound_run bound;
  bind_program(&bound);
  ck_assert(!irm_run_execute(bound.run));
  ck_assert_str_eq(reported, "parameter \"d\" has no default and was not given\n"
                             "input \"x\" was not given\n");
  ck_assert_int_eq(bound.engine.runs, 0);
  unbind(&bound);
}
END_TEST

static float third_of_input(const bound_run *bound) {
  return ((const float *)bound->run->frame.inputs[0])[2];
}

START_TEST(an_input_has_its_default_until_it_is_brought) {
  static const float brought[5] = {1, 2, 3, 4, 5};
  bound_run bound = {.graph = five_nodes(true)};
  bound.program = parse("%v = input \"v\" = 2.5 : f32[node]\n"
                        "%w = input \"w\" = true : i1[edge]\n"
                        "%k = param \"k\" = 0 : i64\n"
                        "output %k \"k\"\n");
  bound.engine = make_scribbler(bound.program);
  bound.run = irm_run_bind(&bound.engine.base, bound.graph, NULL);
  ck_assert(irm_run_execute(bound.run));
  ck_assert_float_eq(third_of_input(&bound), 2.5f);
  ck_assert_int_eq(((const char *)bound.run->frame.inputs[1])[5], 1);
  ck_assert(irm_run_set_input(bound.run, "v", brought));
  ck_assert(irm_run_execute(bound.run));
  ck_assert_float_eq(third_of_input(&bound), 3);
  unbind(&bound);
}
END_TEST

START_TEST(parameters_are_read_as_their_type) {
  static const struct {
    const char *name, *text;
    bool fine;
  } cases[] = {
      {"k", "12", true},          {"k", "-9223372036854775808", true},
      {"k", "1.5", false},        {"k", "9223372036854775808", false},
      {"k", "", false},           {"k", " 1", false},
      {"j", "-2147483648", true}, {"j", "2147483648", false},
      {"t", "false", true},       {"t", "1", true},
      {"t", "yes", false},        {"d", "1e-3", true},
      {"d", "inf", true},         {"d", "-inf", true},
      {"d", "nan", true},         {"d", "1e39", false},
      {"d", "0x10", false},       {"d", "1,5", false},
  };
  bound_run bound;
  bind_program(&bound);
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
    ck_assert_msg(irm_run_set_param_text(bound.run, cases[k].name, cases[k].text) == cases[k].fine,
                  "%s = %s", cases[k].name, cases[k].text);
  unbind(&bound);
}
END_TEST

START_TEST(a_wrong_parameter_is_explained) {
  bound_run bound;
  bind_program(&bound);
  ck_assert(!irm_run_set_param_text(bound.run, "j", "3000000000"));
  ck_assert(!irm_run_set_param_text(bound.run, "kk", "1"));
  ck_assert(!irm_run_set_param(bound.run, "k", (irm_number){.elem = IRM_F64, .as.f = 1}));
  ck_assert(!irm_run_set_input(bound.run, "y", bound.input));
  ck_assert_str_eq(reported, "parameter \"j\" takes a whole number within i32, not \"3000000000\"\n"
                             "the algorithm has no parameter \"kk\"; it has k, d, t, j\n"
                             "parameter \"k\" is i64, not f64\n"
                             "the algorithm has no input \"y\"; it has x\n");
  unbind(&bound);
}
END_TEST

START_TEST(a_measured_arena_shows_the_highest_byte_written) {
  bound_run bound;
  bind_complete(&bound);
  irm_run_measure(bound.run);
  ck_assert(irm_run_execute(bound.run));
  ck_assert_uint_eq(irm_run_arena_used(bound.run), 0);
  ck_assert(irm_run_set_param_text(bound.run, "k", "77"));
  ck_assert(irm_run_execute(bound.run));
  ck_assert_uint_eq(irm_run_arena_used(bound.run), 77);
  unbind(&bound);
}
END_TEST

START_TEST(a_code_becomes_a_diagnostic_at_its_op) {
  bound_run bound;
  bind_complete(&bound);
  irm_op *op = NULL;
  while ((op = irm_program_next_op(bound.program, op)) && irm_op_opcode(op) != IRM_AT_SOURCE)
    continue;
  bound.engine.code = 1 + (int64_t)irm_op_id(op);
  ck_assert(!irm_run_execute(bound.run));
  ck_assert_uint_eq(reported_line, 10);
  unbind(&bound);
}
END_TEST

START_TEST(a_graph_without_the_parts_that_are_read_is_refused) {
  static const int64_t end[] = {0};
  irm_program *program = parse("%x = input \"x\" : f64[node]\n"
                               "%y = neighbor_sum out %x : f64[node]\n"
                               "output %y \"y\"");
  irm_graph *graph = irm_graph_create(context, 1, 1, end, end, NULL, true, IRM_GRAPH_IN);
  irm_executable *executable = irm_executable_interpret(program);
  ck_assert_uint_eq(irm_program_graph_parts(program), IRM_GRAPH_OUT);
  ck_assert_ptr_null(irm_run_bind(executable, graph, NULL));
  ck_assert_str_eq(reported,
                   "neighbor_sum reads out-neighbours, and the graph was built without them\n");
  irm_executable_destroy(executable);
  irm_graph_destroy(graph);
  irm_program_destroy(program);
}
END_TEST

/* Allocations, for the caller's own allocator. */
typedef struct block_counter {
  int blocks;
  size_t bytes;
} block_counter;

static void *counted_resize(void *user, void *block, size_t old_bytes, size_t new_bytes) {
  block_counter *counter = user;
  ck_assert(old_bytes == 0 || new_bytes == 0);
  counter->bytes = counter->bytes + new_bytes - old_bytes;
  if (new_bytes == 0) {
    free(block);
    return NULL;
  }
  counter->blocks++;
  return aligned_alloc(64, (new_bytes + 63) / 64 * 64);
}

START_TEST(the_arena_and_each_output_are_allocated_once) {
  block_counter counter = {0};
  irm_allocator allocator = {counted_resize, &counter};
  bound_run bound;
  bind_program(&bound);
  irm_run_destroy(bound.run);
  bound.run =
      irm_run_bind(&bound.engine.base, bound.graph, &(irm_bind_options){.allocator = &allocator});
  ck_assert(irm_run_set_param_text(bound.run, "d", "0.5"));
  ck_assert(irm_run_set_input(bound.run, "x", bound.input));
  ck_assert_int_eq(counter.blocks, 5);
  for (int k = 0; k < 3; k++)
    ck_assert(irm_run_execute(bound.run));
  ck_assert_int_eq(counter.blocks, 5);
  unbind(&bound);
  ck_assert_uint_eq(counter.bytes, 0);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("run");
  TCase *tests = tcase_create("run");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_test(tests, the_arena_is_the_sum_of_aligned_slots);
  tcase_add_test(tests, outputs_come_in_program_order);
  tcase_add_test(tests, what_is_missing_is_named);
  tcase_add_test(tests, an_input_has_its_default_until_it_is_brought);
  tcase_add_test(tests, parameters_are_read_as_their_type);
  tcase_add_test(tests, a_wrong_parameter_is_explained);
  tcase_add_test(tests, a_measured_arena_shows_the_highest_byte_written);
  tcase_add_test(tests, a_code_becomes_a_diagnostic_at_its_op);
  tcase_add_test(tests, a_graph_without_the_parts_that_are_read_is_refused);
  tcase_add_test(tests, the_arena_and_each_output_are_allocated_once);
  suite_add_tcase(suite, tests);
  return run_suite(suite);
}
