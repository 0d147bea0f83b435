/* The verifier against what the builder can make and no text can say; what text can say is tested
 * by the files in test/ir. */
#include "suite.h"

#include "irmem/builder.h"
#include "irmem/text.h"
#include "irmem/verify.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const irm_loc nowhere;
static const irm_type REAL = {IRM_F64, IRM_SCALAR};
static const irm_type NODES = {IRM_F64, IRM_NODE}, EDGES = {IRM_F64, IRM_EDGE};
static const irm_type SMALL = {IRM_F32, IRM_NODE};

/* A program with a scalar, a count, a truth and an array to build on. */
typedef struct fixture {
  irm_context *context;
  irm_program *program;
  irm_region *body;
  irm_value *real, *count, *truth, *array;
  char *messages;
  size_t length;
  FILE *stream;
} fixture;

static void collect(void *user, const irm_diag *diag) {
  fprintf(user, "%s\n", diag->message);
}

static irm_value *build(fixture *f, irm_opcode opcode, uint32_t count, irm_value *const *operands,
                        irm_type type) {
  return irm_build_value(f->program, irm_at_end(f->body), opcode, count, operands, type, nowhere);
}

/* The stream writes into the fixture: it stays where it is. */
static void setup(fixture *f) {
  *f = (fixture){.context = irm_context_create(NULL)};
  f->stream = open_memstream(&f->messages, &f->length);
  irm_context_set_diag_handler(f->context, collect, f->stream);
  f->program = irm_program_create(f->context, "test");
  f->body = irm_program_body(f->program);
  irm_point end = irm_at_end(f->body);
  f->real = irm_build_const(f->program, end, (irm_number){IRM_F64, {.f = 1}}, nowhere);
  f->count = irm_build_const(f->program, end, (irm_number){IRM_I64, {.i = 2}}, nowhere);
  f->truth = irm_build_const(f->program, end, (irm_number){IRM_I1, {.i = 1}}, nowhere);
  f->array = build(f, IRM_FILL, 1, &f->real, NODES);
  irm_value_set_name(f->program, f->real, "real");
  irm_value_set_name(f->program, f->count, "count");
  irm_value_set_name(f->program, f->truth, "truth");
  irm_value_set_name(f->program, f->array, "array");
}

/* What is wanted is part of the verifier's messages; nothing wanted: the program is good. */
static void finish(fixture *f, const char *wanted) {
  ck_assert_int_eq(irm_verify(f->program), *wanted == '\0');
  irm_program_destroy(f->program);
  irm_context_destroy(f->context);
  fclose(f->stream);
  ck_assert_msg(strstr(f->messages, wanted), "wanted: %s\nfound: %s", wanted, f->messages);
  free(f->messages);
}

static irm_op *yield(fixture *f, irm_region *region, uint32_t count, irm_value *const *values) {
  return irm_build(f->program, irm_at_end(region), IRM_YIELD, count, values, 0, NULL, nowhere);
}

static irm_op *loop(fixture *f, uint32_t carried, irm_value *const *inits) {
  return irm_build_loop(f->program, irm_at_end(f->body), f->count, carried, inits, nowhere);
}

START_TEST(a_good_program_is_good) {
  fixture f;
  setup(&f);
  irm_op *op = loop(&f, 1, &f.array);
  irm_value *argument = irm_region_argument(irm_loop_body(op), 0);
  yield(&f, irm_loop_body(op), 1, &argument);
  finish(&f, "");
}
END_TEST

START_TEST(counts_of_operands_results_and_regions) {
  fixture f;
  setup(&f);
  build(&f, IRM_ADD, 1, &f.real, REAL);
  finish(&f, "'%0 = add %real : f64': expected 2 operands, found 1");
  setup(&f);
  irm_type two[] = {REAL, REAL};
  irm_build(f.program, irm_at_end(f.body), IRM_NEG, 1, &f.real, 2, two, nowhere);
  finish(&f, "'%0, %1 = neg %real : f64, f64': expected 1 result, found 2");
  setup(&f);
  irm_build(f.program, irm_at_end(f.body), IRM_LOOP, 0, NULL, 1, two, nowhere);
  finish(&f, "'%0 = loop : f64': expected 2 regions, found 0");
  setup(&f);
  irm_build(f.program, irm_at_end(f.body), IRM_IF, 0, NULL, 0, NULL, nowhere);
  finish(&f, "'if': expected 1 operand, found 0");
}
END_TEST

START_TEST(types_of_operands_and_results) {
  fixture f;
  setup(&f);
  irm_value *mixed[] = {f.real, f.count};
  build(&f, IRM_ADD, 2, mixed, REAL);
  finish(&f, "'%0 = add %real, %count : f64': expected numbers of one element type, scalars or "
             "arrays over one space, found f64, i64");
  setup(&f);
  build(&f, IRM_NEG, 1, &f.array, EDGES);
  finish(&f, "expected f64[node] as the type of the result, found f64[edge]");
  setup(&f);
  build(&f, IRM_FILL, 1, &f.real, SMALL);
  finish(&f, "expected an array of the operand's element type as the type of the result");
}
END_TEST

START_TEST(attributes_are_there_and_of_the_right_type) {
  fixture f;
  setup(&f);
  build(&f, IRM_CONST, 0, NULL, REAL);
  finish(&f, "expected a number");
  setup(&f);
  irm_value *wrong = build(&f, IRM_CONST, 0, NULL, REAL);
  irm_op_set_number(irm_value_op(wrong), (irm_number){IRM_I64, {.i = 1}});
  finish(&f, "expected a number of type f64");
  setup(&f);
  irm_build_const(f.program, irm_at_end(f.body), (irm_number){IRM_I32, {.i = INT64_MAX}}, nowhere);
  finish(&f, "expected a number of type i32");
  setup(&f);
  irm_build_const(f.program, irm_at_end(f.body), (irm_number){IRM_F32, {.f = 0.1}}, nowhere);
  finish(&f, "expected a number of type f32");
  setup(&f);
  build(&f, IRM_INPUT, 0, NULL, NODES);
  finish(&f, "'%0 = input \"\" : f64[node]': expected a name");
}
END_TEST

START_TEST(values_are_seen_before_they_are_read) {
  fixture f;
  setup(&f);
  irm_value *early = build(&f, IRM_NEG, 1, &f.real, REAL),
            *late = build(&f, IRM_NEG, 1, &f.real, REAL);
  irm_op_set_operand(irm_value_op(early), 0, late);
  finish(&f, "operand 1 is used before it is defined");
  setup(&f);
  irm_op *op = loop(&f, 1, &f.array);
  irm_value *argument = irm_region_argument(irm_loop_body(op), 0);
  yield(&f, irm_loop_body(op), 1, &argument);
  build(&f, IRM_NEG, 1, &argument, NODES);
  finish(&f, "operand 1 is defined in a region that ends before");
  setup(&f);
  op = loop(&f, 1, &f.array);
  irm_value *result = irm_op_result(op, 0);
  yield(&f, irm_loop_body(op), 1, &result);
  finish(&f, "operand 1 is used before it is defined");
  setup(&f);
  irm_program *other = irm_program_create(f.context, "other");
  irm_value *foreign = irm_build_const(other, irm_at_end(irm_program_body(other)),
                                       (irm_number){IRM_F64, {.f = 1}}, nowhere);
  build(&f, IRM_NEG, 1, &foreign, REAL);
  ck_assert(!irm_verify(f.program));
  fflush(f.stream);
  ck_assert_ptr_nonnull(strstr(f.messages, "operand 1 belongs to another program"));
  irm_op_remove(f.program, irm_region_last(f.body));
  irm_program_destroy(other);
  finish(&f, "");
}
END_TEST

START_TEST(regions_end_with_the_right_yield) {
  fixture f;
  setup(&f);
  loop(&f, 1, &f.array);
  finish(&f, "the body does not end with yield");
  setup(&f);
  yield(&f, irm_loop_body(loop(&f, 1, &f.array)), 0, NULL);
  finish(&f, "'yield': the body yields 1 value, found 0");
  setup(&f);
  yield(&f, irm_loop_body(loop(&f, 1, &f.array)), 1, &f.real);
  finish(&f, "'yield %real': operand 1 is not of the type of %0");
  setup(&f);
  irm_op *op = loop(&f, 0, NULL);
  yield(&f, irm_loop_body(op), 0, NULL);
  yield(&f, irm_op_subregion(op, 0), 1, &f.real);
  finish(&f, "the condition does not yield one scalar i1");
  setup(&f);
  yield(&f, f.body, 0, NULL);
  finish(&f, "'yield': expected at the end of a region only");
  setup(&f);
  irm_op *branch = irm_build_if(f.program, irm_at_end(f.body), f.truth, 0, NULL, nowhere);
  yield(&f, irm_op_subregion(branch, 0), 0, NULL);
  finish(&f, "'if %truth': the else branch does not end with yield");
  setup(&f);
  branch = irm_build_if(f.program, irm_at_end(f.body), f.real, 0, NULL, nowhere);
  yield(&f, irm_op_subregion(branch, 0), 0, NULL);
  yield(&f, irm_op_subregion(branch, 1), 0, NULL);
  finish(&f, "expected a scalar i1 as the condition");
}
END_TEST

START_TEST(loops_have_a_count_or_a_condition_and_matching_values) {
  fixture f;
  setup(&f);
  irm_op *endless = irm_build_loop(f.program, irm_at_end(f.body), NULL, 0, NULL, nowhere);
  yield(&f, irm_loop_body(endless), 0, NULL);
  finish(&f, "expected a count or a condition, found neither");
  setup(&f);
  irm_op *op = irm_build_loop(f.program, irm_at_end(f.body), f.real, 0, NULL, nowhere);
  yield(&f, irm_loop_body(op), 0, NULL);
  finish(&f, "expected a scalar i64 as the count");
  setup(&f);
  op = loop(&f, 1, &f.array);
  irm_value *argument = irm_region_argument(irm_loop_body(op), 0);
  yield(&f, irm_loop_body(op), 1, &argument);
  irm_op_set_operand(op, 1, f.real);
  finish(&f, "initial value 1 is not of its result's type");
}
END_TEST

START_TEST(the_interface_is_at_the_top_level_and_named_once) {
  fixture f;
  setup(&f);
  for (int i = 0; i < 2; i++) {
    irm_op *output =
        irm_build(f.program, irm_at_end(f.body), IRM_OUTPUT, 1, &f.array, 0, NULL, nowhere);
    irm_op_set_name(f.program, output, "rank");
  }
  finish(&f, "'output %array \"rank\"': an earlier output has this name");
  setup(&f);
  irm_op *op = loop(&f, 0, NULL);
  irm_value *input =
      irm_build_value(f.program, irm_at_end(irm_loop_body(op)), IRM_INPUT, 0, NULL, NODES, nowhere);
  irm_op_set_name(f.program, irm_value_op(input), "x");
  yield(&f, irm_loop_body(op), 0, NULL);
  finish(&f, "'%0 = input \"x\" : f64[node]': expected at the top level only");
}
END_TEST

/* Placement ------------------------------------------------------------------------------------ */

static void expect_host(irm_opcode opcode, irm_type type, irm_value *(*host)(fixture *),
                        const char *wanted) {
  fixture f;
  setup(&f);
  irm_value *other = host(&f);
  irm_value *result = build(&f, opcode, 1, &f.array, type);
  irm_value_set_host(result, other);
  finish(&f, wanted);
}

static irm_value *the_array(fixture *f) {
  return f->array;
}

static irm_value *the_scalar(fixture *f) {
  return f->real;
}

static irm_value *an_edge_array(fixture *f) {
  return build(f, IRM_FILL, 1, &f->real, EDGES);
}

static irm_value *a_small_array(fixture *f) {
  irm_value *small = build(f, IRM_CONVERT, 1, &f->array, SMALL);
  return small;
}

static irm_value *an_input(fixture *f) {
  irm_value *input = build(f, IRM_INPUT, 0, NULL, NODES);
  irm_op_set_name(f->program, irm_value_op(input), "x");
  return input;
}

static irm_value *a_removed_array(fixture *f) {
  irm_value *removed = build(f, IRM_NEG, 1, &f->array, NODES);
  irm_op_remove(f->program, irm_value_op(removed));
  return removed;
}

START_TEST(hosts_obey_the_storage_rule_and_the_layout) {
  expect_host(IRM_NEG, NODES, the_array, "");
  expect_host(IRM_NEIGHBOR_SUM, NODES, the_array, "reads operands out of step with its writes");
  expect_host(IRM_NEG, NODES, the_scalar, "the host is no array");
  expect_host(IRM_NEG, NODES, an_edge_array, "the host is an array over another space");
  expect_host(IRM_NEG, NODES, a_small_array, "the host has elements of another size");
  expect_host(IRM_NEG, NODES, an_input, "the host is an input, never written");
  expect_host(IRM_NEG, NODES, a_removed_array,
              "into %<removed> : f64[node]': the host is not visible");
  expect_host(IRM_REDUCE_SUM, REAL, the_array, "a scalar has no storage to choose");
}
END_TEST

static void expect_slot(irm_value *(*value)(fixture *), irm_size bytes, uint32_t slot,
                        const char *wanted) {
  fixture f;
  setup(&f);
  irm_program_add_slot(f.program, (irm_slot){bytes, NULL});
  irm_value_set_slot(value(&f), slot);
  finish(&f, wanted);
}

START_TEST(slots_exist_and_are_large_enough) {
  irm_size nodes = irm_type_bytes(NODES), edges = irm_type_bytes(EDGES);
  expect_slot(the_array, nodes, 0, "");
  expect_slot(a_small_array, nodes, 0, "");
  expect_slot(the_array, nodes, 1, "there is no slot 1");
  expect_slot(the_array, nodes, IRM_NO_SLOT - 1, "there is no slot");
  expect_slot(the_array, edges, 0, "8n bytes do not fit in the 8m of slot 0");
  expect_slot(the_scalar, nodes, 0, "a scalar has no slot");
  expect_slot(an_input, nodes, 0, "an input's storage is the caller's");
}
END_TEST

START_TEST(a_host_is_in_the_slot_of_its_guest) {
  fixture f;
  setup(&f);
  irm_value *result = build(&f, IRM_NEG, 1, &f.array, NODES);
  for (uint32_t i = 0; i < 2; i++)
    irm_program_add_slot(f.program, (irm_slot){irm_type_bytes(NODES), NULL});
  irm_value_set_slot(f.array, 0);
  irm_value_set_slot(result, 1);
  irm_value_set_host(result, f.array);
  finish(&f, "the host is in another slot");
}
END_TEST

START_TEST(carried_values_and_their_arguments_are_in_one_slot) {
  fixture f;
  setup(&f);
  irm_op *op = loop(&f, 1, &f.array);
  irm_value *argument = irm_region_argument(irm_loop_body(op), 0);
  yield(&f, irm_loop_body(op), 1, &argument);
  irm_program_add_slot(f.program, (irm_slot){irm_type_bytes(NODES), NULL});
  irm_value_set_slot(irm_op_result(op, 0), 0);
  finish(&f, "result 1 and its argument differ in slot");
  setup(&f);
  op = loop(&f, 1, &f.array);
  argument = irm_region_argument(irm_loop_body(op), 0);
  yield(&f, irm_loop_body(op), 1, &argument);
  irm_value_set_host(argument, f.array);
  finish(&f, "argument 1 of a loop has a host");
  setup(&f);
  op = loop(&f, 1, &f.array);
  argument = irm_region_argument(irm_loop_body(op), 0);
  yield(&f, irm_loop_body(op), 1, &argument);
  irm_value_set_host(irm_op_result(op, 0), f.array);
  finish(&f, "the result of this op has no host");
}
END_TEST

START_TEST(workspace_is_placed_where_there_is_some) {
  fixture f;
  setup(&f);
  irm_value *sum = build(&f, IRM_REDUCE_SUM, 1, &f.array, REAL);
  irm_program_add_slot(f.program, (irm_slot){{.a = 1, .cap = 512}, NULL});
  irm_op_set_workspace_slot(irm_value_op(sum), 0);
  finish(&f, "");
  setup(&f);
  sum = build(&f, IRM_REDUCE_SUM, 1, &f.array, REAL);
  irm_program_add_slot(f.program, (irm_slot){irm_size_constant(8), NULL});
  irm_op_set_workspace_slot(irm_value_op(sum), 0);
  finish(&f, "min(512, n) bytes do not fit in the 8 of slot 0");
  setup(&f);
  irm_op_set_workspace_slot(irm_value_op(f.array), 0);
  finish(&f, "this op has no workspace to place");
}
END_TEST

START_TEST(output_slots_name_their_output_once_and_fit_it) {
  fixture f;
  setup(&f);
  const char *name = irm_context_intern(f.context, "rank", 4);
  irm_program_add_slot(f.program, (irm_slot){irm_type_bytes(NODES), name});
  finish(&f, "slot 0: there is no output of its name");
  for (int larger = 0; larger < 2; larger++) {
    setup(&f);
    irm_op *output =
        irm_build(f.program, irm_at_end(f.body), IRM_OUTPUT, 1, &f.array, 0, NULL, nowhere);
    irm_op_set_name(f.program, output, "rank");
    name = irm_context_intern(f.context, "rank", 4);
    irm_program_add_slot(f.program, (irm_slot){{.a = larger ? 9 : 8}, name});
    if (!larger) irm_program_add_slot(f.program, (irm_slot){irm_type_bytes(SMALL), name});
    finish(&f, larger ? "slot 0: it is larger than its output"
                      : "slot 1: an earlier slot is the same output");
  }
}
END_TEST

START_TEST(deep_nesting_is_refused) {
  fixture f;
  setup(&f);
  irm_region *region = f.body;
  for (int depth = 0; depth < 300; depth++)
    region =
        irm_loop_body(irm_build_loop(f.program, irm_at_end(region), f.count, 0, NULL, nowhere));
  finish(&f, "regions are nested deeper than 200");
}
END_TEST

static Suite *verify_suite(void) {
  Suite *suite = suite_create("verify");
  TCase *ops = tcase_create("ops"), *placement = tcase_create("placement");
  tcase_set_timeout(ops, 0);
  tcase_set_timeout(placement, 0);
  tcase_add_test(ops, a_good_program_is_good);
  tcase_add_test(ops, counts_of_operands_results_and_regions);
  tcase_add_test(ops, types_of_operands_and_results);
  tcase_add_test(ops, attributes_are_there_and_of_the_right_type);
  tcase_add_test(ops, values_are_seen_before_they_are_read);
  tcase_add_test(ops, regions_end_with_the_right_yield);
  tcase_add_test(ops, loops_have_a_count_or_a_condition_and_matching_values);
  tcase_add_test(ops, the_interface_is_at_the_top_level_and_named_once);
  tcase_add_test(ops, deep_nesting_is_refused);
  tcase_add_test(placement, hosts_obey_the_storage_rule_and_the_layout);
  tcase_add_test(placement, slots_exist_and_are_large_enough);
  tcase_add_test(placement, a_host_is_in_the_slot_of_its_guest);
  tcase_add_test(placement, carried_values_and_their_arguments_are_in_one_slot);
  tcase_add_test(placement, workspace_is_placed_where_there_is_some);
  tcase_add_test(placement, output_slots_name_their_output_once_and_fit_it);
  suite_add_tcase(suite, ops);
  suite_add_tcase(suite, placement);
  return suite;
}

int main(void) {
  return run_suite(verify_suite());
}
