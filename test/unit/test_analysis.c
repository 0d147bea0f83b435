/* What analyses answer beside their printed form: deaths, later readers, peaks, totals. */
#include "suite.h"

#include "irmem/analysis.h"
#include "irmem/text.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static irm_context *context;
static irm_program *program;
static irm_liveness *liveness;
static irm_storage *storage;
static irm_sizes *sizes;
static irm_live_bytes *live;

static void analyse(const char *text) {
  context = irm_context_create(NULL);
  program = irm_text_parse(context, "test", text, strlen(text));
  ck_assert_ptr_nonnull(program);
  liveness = irm_liveness_create(program);
  storage = irm_storage_create(program, liveness);
  sizes = irm_sizes_create(program);
  live = irm_live_bytes_create(program, liveness, storage);
}

static void forget(void) {
  irm_live_bytes_destroy(live);
  irm_sizes_destroy(sizes);
  irm_storage_destroy(storage);
  irm_liveness_destroy(liveness);
  irm_program_destroy(program);
  irm_context_destroy(context);
}

static const irm_value *argument_named(const irm_op *op, const char *name) {
  for (uint32_t r = 0; r < irm_op_region_count(op); r++) {
    const irm_region *region = irm_op_subregion(op, r);
    for (uint32_t k = 0; irm_region_first(region) && k < irm_region_argument_count(region); k++)
      if (strcmp(irm_value_name(irm_region_argument(region, k)), name) == 0)
        return irm_region_argument(region, k);
  }
  return NULL;
}

static const irm_value *value(const char *name) {
  const irm_value *found = NULL;
  for (irm_op *op = irm_program_next_op(program, NULL); op && !found;
       op = irm_program_next_op(program, op)) {
    for (uint32_t k = 0; k < irm_op_result_count(op); k++)
      if (strcmp(irm_value_name(irm_op_result(op, k)), name) == 0) found = irm_op_result(op, k);
    if (!found) found = argument_named(op, name);
  }
  ck_assert_ptr_nonnull(found);
  return found;
}

static const irm_op *op_of(const char *name) {
  return irm_value_op(value(name));
}

static bool dies(const char *name, const char *at) {
  return irm_liveness_dies_at(liveness, value(name), op_of(at));
}

/* The op, by the name of its first result, that keeps a value alive behind another. */
static const char *keeper(const char *name, const char *behind) {
  const irm_op *op = irm_liveness_later_reader(liveness, value(name), op_of(behind));
  if (!op) return "nobody";
  return irm_op_result_count(op) ? irm_value_name(irm_op_result(op, 0))
                                 : irm_op_info_of(op)->mnemonic;
}

static const char straight[] = "algorithm @t {\n"
                               "  %in = input \"in\" : f64[node]\n"
                               "  %x = neg %in : f64[node]\n"
                               "  %y = neg %x : f64[node]\n"
                               "  %z = add %x, %y : f64[node]\n"
                               "  %v = add %z, %z : f64[node]\n"
                               "  output %v \"v\"\n"
                               "  output %v \"w\"\n"
                               "}\n";

START_TEST(an_operand_dies_at_its_last_reader_only) {
  analyse(straight);
  ck_assert(!dies("x", "y"));
  ck_assert(dies("x", "z"));
  ck_assert(dies("y", "z"));
  ck_assert(dies("z", "v"));
  ck_assert_msg(!dies("y", "v"), "an op at which a value is dead already is not where it dies");
  ck_assert_str_eq(keeper("x", "y"), "z");
  ck_assert_str_eq(keeper("x", "z"), "nobody");
  ck_assert_str_eq(keeper("v", "v"), "nobody");
  forget();
}
END_TEST

START_TEST(an_output_never_dies) {
  analyse(straight);
  const irm_op *output = irm_op_next(op_of("v"));
  ck_assert(!irm_liveness_dies_at(liveness, value("v"), output));
  ck_assert(!irm_liveness_dies_at(liveness, value("v"), irm_op_next(output)));
  ck_assert_ptr_eq(irm_liveness_later_reader(liveness, value("v"), output), irm_op_next(output));
  ck_assert_ptr_eq(irm_storage_output(storage, irm_storage_of(storage, value("v"))), output);
  forget();
}
END_TEST

START_TEST(points_lead_back_to_their_ops) {
  analyse(straight);
  for (irm_op *op = irm_program_next_op(program, NULL); op; op = irm_program_next_op(program, op)) {
    uint32_t point = irm_liveness_begin(liveness, op);
    ck_assert_uint_eq(point % 2, 0);
    ck_assert_uint_eq(point, irm_liveness_end(liveness, op));
    ck_assert_ptr_eq(irm_liveness_op_at(liveness, point), op);
    ck_assert_ptr_eq(irm_liveness_op_at(liveness, point + 1), op);
  }
  ck_assert_ptr_null(irm_liveness_op_at(liveness, irm_liveness_points(liveness)));
  forget();
}
END_TEST

static const char looping[] = "algorithm @t {\n"
                              "  %x = index : i64[node]\n"
                              "  %w = degree in : i64[node]\n"
                              "  %n = const 3 : i64\n"
                              "  %r = loop %n carry(%x) : i64[node] do(%a) {\n"
                              "    %s = add %a, %w : i64[node]\n"
                              "    %u = neg %s : i64[node]\n"
                              "    %b = add %u, %w : i64[node]\n"
                              "    yield %b\n"
                              "  }\n"
                              "  output %r \"r\"\n"
                              "}\n";

START_TEST(what_comes_from_outside_never_dies_in_a_loop) {
  analyse(looping);
  ck_assert(dies("x", "r"));
  ck_assert(dies("a", "s"));
  ck_assert(!dies("w", "s"));
  ck_assert_msg(!dies("w", "b"), "the next iteration reads it again");
  ck_assert_str_eq(keeper("w", "s"), "b");
  ck_assert_str_eq(keeper("w", "b"), "s");
  ck_assert(irm_liveness_dies_at(liveness, value("b"), irm_op_next(op_of("b"))));
  ck_assert_uint_lt(irm_liveness_begin(liveness, op_of("r")),
                    irm_liveness_end(liveness, op_of("r")));
  ck_assert(irm_liveness_alive_at(liveness, value("w"), irm_liveness_end(liveness, op_of("r"))));
  ck_assert(
      !irm_liveness_alive_at(liveness, value("w"), irm_liveness_end(liveness, op_of("r")) + 1));
  forget();
}
END_TEST

START_TEST(a_carried_value_whose_next_value_lives_elsewhere_swaps) {
  analyse(looping);
  uint32_t carried = irm_storage_of(storage, value("x")),
           next = irm_storage_of(storage, value("b"));
  ck_assert_uint_eq(carried, irm_storage_of(storage, value("a")));
  ck_assert_uint_eq(carried, irm_storage_of(storage, value("r")));
  ck_assert_uint_ne(carried, next);
  ck_assert(irm_storage_swaps(storage, carried));
  ck_assert(irm_storage_swaps(storage, next));
  ck_assert(!irm_storage_swaps(storage, irm_storage_of(storage, value("w"))));
  ck_assert_uint_eq(irm_storage_of(storage, value("n")), IRM_NO_STORAGE);
  forget();
}
END_TEST

static const char branching[] = "algorithm @t {\n"
                                "  %c = param \"c\" = true : i1\n"
                                "  %x = index : i64[node]\n"
                                "  %y = index : i64[node]\n"
                                "  %r = if %c : i64[node] {\n"
                                "    %a = add %x, %y : i64[node]\n"
                                "    yield %a\n"
                                "  } else {\n"
                                "    %b = add %x, %y : i64[node]\n"
                                "    yield %b\n"
                                "  }\n"
                                "  %z = neg %y : i64[node]\n"
                                "  %v = add %r, %z : i64[node]\n"
                                "  output %v \"v\"\n"
                                "}\n";

START_TEST(a_value_dies_once_in_each_branch) {
  analyse(branching);
  ck_assert(dies("x", "a"));
  ck_assert(dies("x", "b"));
  ck_assert(!dies("y", "a"));
  ck_assert_str_eq(keeper("y", "a"), "z");
  ck_assert_str_eq(keeper("x", "a"), "nobody");
  ck_assert(dies("r", "v"));
  forget();
}
END_TEST

static const char one_sided[] = "algorithm @t {\n"
                                "  %c = param \"c\" = true : i1\n"
                                "  %x = index : i64[node]\n"
                                "  %r = if %c : i64 {\n"
                                "    %a = const 1 : i64\n"
                                "    yield %a\n"
                                "  } else {\n"
                                "    %b = reduce_sum %x : i64\n"
                                "    yield %b\n"
                                "  }\n"
                                "  output %r \"r\"\n"
                                "}\n";

START_TEST(a_value_that_only_one_branch_reads_does_not_die_at_the_if) {
  analyse(one_sided);
  ck_assert(!dies("x", "r"));
  ck_assert(dies("x", "b"));
  ck_assert(!irm_liveness_alive_at(liveness, value("x"), irm_liveness_begin(liveness, op_of("a"))));
  forget();
}
END_TEST

START_TEST(totals_count_every_input_and_output_once) {
  analyse(straight);
  ck_assert_uint_eq(irm_sizes_inputs(sizes, 10, 1000), 80);
  ck_assert_uint_eq(irm_sizes_outputs(sizes, 10, 1000), 160);
  ck_assert(irm_size_equal(irm_sizes_of(sizes, value("x")), (irm_size){.a = 8}));
  forget();
}
END_TEST

START_TEST(the_peak_is_where_most_is_alive) {
  analyse(straight);
  irm_peak peak = irm_live_bytes_peak(live, 10, 0);
  ck_assert_uint_eq(peak.bytes, 240);
  ck_assert_ptr_eq(peak.op, op_of("z"));
  const irm_value *alive[2];
  ck_assert_uint_eq(irm_live_bytes_values_at(live, peak.op, alive, 2), 3);
  ck_assert_ptr_eq(alive[0], value("x"));
  ck_assert_ptr_eq(alive[1], value("y"));
  forget();
}
END_TEST

START_TEST(the_lower_bound_rounds_sizes_up_and_takes_outputs_off) {
  analyse(looping);
  irm_peak bound = irm_live_bytes_lower_bound(live, 9, 0);
  ck_assert_uint_eq(bound.bytes, 128);
  bound = irm_live_bytes_lower_bound(live, 0, 0);
  ck_assert_uint_eq(bound.bytes, 0);
  forget();
}
END_TEST

START_TEST(an_empty_program_needs_nothing) {
  analyse("algorithm @t {\n}\n");
  ck_assert_uint_eq(irm_storage_count(storage), 0);
  ck_assert_uint_eq(irm_live_bytes_peak(live, 5, 5).bytes, 0);
  ck_assert_ptr_null(irm_live_bytes_peak(live, 5, 5).op);
  ck_assert_uint_eq(irm_live_bytes_lower_bound(live, 5, 5).bytes, 0);
  forget();
}
END_TEST

static Suite *analysis_suite(void) {
  Suite *suite = suite_create("analysis");
  TCase *questions = tcase_create("questions");
  tcase_add_test(questions, an_operand_dies_at_its_last_reader_only);
  tcase_add_test(questions, an_output_never_dies);
  tcase_add_test(questions, points_lead_back_to_their_ops);
  tcase_add_test(questions, what_comes_from_outside_never_dies_in_a_loop);
  tcase_add_test(questions, a_carried_value_whose_next_value_lives_elsewhere_swaps);
  tcase_add_test(questions, a_value_dies_once_in_each_branch);
  tcase_add_test(questions, a_value_that_only_one_branch_reads_does_not_die_at_the_if);
  tcase_add_test(questions, totals_count_every_input_and_output_once);
  tcase_add_test(questions, the_peak_is_where_most_is_alive);
  tcase_add_test(questions, the_lower_bound_rounds_sizes_up_and_takes_outputs_off);
  tcase_add_test(questions, an_empty_program_needs_nothing);
  suite_add_tcase(suite, questions);
  return suite;
}

int main(void) {
  return run_suite(analysis_suite());
}
