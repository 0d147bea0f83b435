/* The pass manager's side that no pipeline's text shows: which analyses a pass gets to see, what
 * the environment gives it, registration, and that nothing leaks. */
#include "suite.h"

#include "irmem/builder.h"
#include "irmem/text.h"
#include "pass/needs.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static irm_context *context;
static irm_program *program;
static char reported[1024];

static const char text[] = "algorithm @test {\n"
                           "  %x = input \"x\" : f64[node]\n"
                           "  %y = neg %x : f64[node]\n"
                           "  output %y \"y\"\n"
                           "}\n";

static void collect(void *user, const irm_diag *diag) {
  (void)user;
  size_t used = strlen(reported);
  snprintf(reported + used, sizeof reported - used, "%s\n", diag->message);
}

static irm_program *parse(void) {
  return irm_text_parse(context, "test.irm", text, sizeof text - 1);
}

static void setup(void) {
  reported[0] = '\0';
  context = irm_context_create(NULL);
  irm_context_set_diag_handler(context, collect, NULL);
  program = parse();
}

static void teardown(void) {
  irm_program_destroy(program);
  irm_context_destroy(context);
}

static bool run(const char *pipeline) {
  return irm_pipeline_run(program, pipeline, NULL);
}

static void ck_register(const irm_pass *pass) {
  ck_assert(irm_context_register_pass(context, pass));
}

/* Passes that look, and passes that change ---------------------------------------------------- */

static const irm_liveness *seen;
static uint32_t seen_points;

static irm_pass_result look(irm_program *of, irm_pass_env *env) {
  (void)of;
  seen = irm_env_liveness(env);
  seen_points = irm_liveness_points(seen);
  ck_assert_ptr_eq(irm_env_liveness(env), seen);
  return IRM_PASS_UNCHANGED;
}

/* A scalar op more: two points more, and no lifetime but at other points. */
static void add_op(irm_program *to) {
  irm_op *last = irm_region_last(irm_program_body(to));
  irm_build_const(to, irm_after(last), (irm_number){.elem = IRM_F64, .as.f = 1}, (irm_loc){0});
}

static irm_pass_result grow(irm_program *of, irm_pass_env *env) {
  (void)env;
  add_op(of);
  return IRM_PASS_CHANGED;
}

static irm_pass_result grow_and_look(irm_program *of, irm_pass_env *env) {
  uint32_t before = irm_liveness_points(irm_env_liveness(env));
  add_op(of);
  irm_env_changed(env);
  ck_assert_uint_gt(irm_liveness_points(irm_env_liveness(env)), before);
  return IRM_PASS_CHANGED;
}

/* Changes a name alone: what is kept is still right. */
static irm_pass_result rename_op(irm_program *of, irm_pass_env *env) {
  (void)env;
  irm_op_set_name(of, irm_region_last(irm_program_body(of)), "renamed");
  return IRM_PASS_CHANGED;
}

static const irm_pass look_pass = {.name = "look", .summary = "", .run = look};
static const irm_pass grow_pass = {.name = "grow", .summary = "", .run = grow};
static const irm_pass grow_look_pass = {.name = "grow-look", .summary = "", .run = grow_and_look};
static const irm_pass rename_pass = {
    .name = "rename", .summary = "", .keeps = IRM_KEEPS(LIVENESS), .run = rename_op};

static irm_pass_result look_again(irm_program *of, irm_pass_env *env) {
  (void)of;
  ck_assert_ptr_eq(irm_env_liveness(env), seen);
  return IRM_PASS_UNCHANGED;
}

static const irm_pass look_again_pass = {.name = "look-again", .summary = "", .run = look_again};

START_TEST(an_analysis_outlives_passes_that_change_nothing_or_keep_it) {
  ck_register(&look_pass);
  ck_register(&look_again_pass);
  ck_register(&rename_pass);
  ck_assert_msg(run("look,cse,look-again,rename,look-again"), "%s", reported);
}
END_TEST

START_TEST(an_analysis_is_made_anew_after_a_change) {
  ck_register(&look_pass);
  ck_register(&grow_pass);
  ck_assert(run("look"));
  uint32_t before = seen_points;
  ck_assert_msg(run("look,grow,look"), "%s", reported);
  ck_assert_uint_gt(seen_points, before);
}
END_TEST

START_TEST(a_pass_that_changed_may_ask_again) {
  ck_register(&grow_look_pass);
  ck_assert_msg(run("grow-look"), "%s", reported);
}
END_TEST

START_TEST(what_is_made_from_a_dropped_analysis_is_dropped) {
  irmi_timing timing = {.allocator = irm_context_allocator(context)};
  irmi_analyses analyses = {.program = program, .timing = &timing};
  irmi_analyses_get(&analyses, IRM_ANALYSIS_LIVE_BYTES);
  irmi_analyses_get(&analyses, IRM_ANALYSIS_SIZES);
  ck_assert_ptr_nonnull(analyses.made[IRM_ANALYSIS_LIVENESS]);
  ck_assert_ptr_nonnull(analyses.made[IRM_ANALYSIS_STORAGE]);
  irmi_analyses_drop(&analyses, IRM_KEEPS(STORAGE) | IRM_KEEPS(SIZES));
  ck_assert_ptr_null(analyses.made[IRM_ANALYSIS_LIVENESS]);
  ck_assert_ptr_null(analyses.made[IRM_ANALYSIS_STORAGE]);
  ck_assert_ptr_null(analyses.made[IRM_ANALYSIS_LIVE_BYTES]);
  ck_assert_ptr_nonnull(analyses.made[IRM_ANALYSIS_SIZES]);
  irmi_analyses_drop(&analyses, 0);
  irmi_vec_free(timing.allocator, &timing.rows);
}
END_TEST

/* The environment ------------------------------------------------------------------------------ */

static irm_pass_result use_everything(irm_program *of, irm_pass_env *env) {
  ck_assert_str_eq(irm_env_option(env), "loud");
  ck_assert_ptr_eq(irm_env_allocator(env), irm_context_allocator(irm_program_context(of)));
  const char *bytes = irm_env_alloc(env, 1000, 3);
  for (int i = 0; i < 3000; i++)
    ck_assert_int_eq(bytes[i], 0);
  fputs("written\n", irm_env_output(env));
  irm_env_count(env, "things", 2);
  irm_env_count(env, "things", 3);
  return IRM_PASS_UNCHANGED;
}

static const irm_pass everything_pass = {
    .name = "everything", .summary = "", .options = "quiet,loud", .run = use_everything};

START_TEST(a_pass_gets_its_word_memory_output_and_counters) {
  char *output;
  size_t length;
  irm_pipeline_options options = {.stats = true, .output = open_memstream(&output, &length)};
  ck_register(&everything_pass);
  ck_assert(irm_pipeline_run(program, "everything<loud>", &options));
  ck_assert(!irm_pipeline_run(program, "everything<lou>", &options));
  fclose(options.output);
  ck_assert_str_eq(output, "written\n=== Statistics ===\n       5 everything - things\n");
  ck_assert_ptr_nonnull(strstr(reported, "pass 'everything' takes quiet,loud, not 'lou'"));
  free(output);
}
END_TEST

/* The registry --------------------------------------------------------------------------------- */

static irm_pass_result give_up(irm_program *of, irm_pass_env *env) {
  (void)of;
  (void)env;
  return IRM_PASS_FAILED;
}

static const irm_pass other_cse = {.name = "cse", .summary = "", .run = give_up};

START_TEST(a_registered_pass_takes_the_place_of_a_built_in_one_in_its_context_alone) {
  irm_context *other = irm_context_create(NULL);
  ck_register(&other_cse);
  ck_assert(!run("cse"));
  ck_assert_str_eq(reported, "pass 'cse' failed\n");
  ck_assert(!irm_context_register_pass(context, &other_cse));
  ck_assert_ptr_nonnull(strstr(reported, "the pass name 'cse' is taken"));
  ck_assert_ptr_ne(irmi_pass_find(other, "cse"), &other_cse);
  irm_context_destroy(other);
}
END_TEST

START_TEST(passes_are_in_order_of_their_names) {
  ck_register(&look_pass);
  const irm_pass *pass, *last = NULL;
  for (size_t i = 0; (pass = irm_context_pass(context, i)); i++) {
    if (last) ck_assert_int_lt(strcmp(last->name, pass->name), 0);
    last = pass;
  }
  ck_assert_ptr_nonnull(last);
}
END_TEST

START_TEST(a_pipeline_is_checked_without_being_run) {
  ck_register(&other_cse);
  ck_assert(irm_pipeline_check(context, "repeat<3>(cse),best(dce|cse)"));
  ck_assert(!irm_pipeline_check(context, "repeat<3>(cs)"));
  ck_assert_ptr_nonnull(strstr(reported, "no pass is named 'cs'; did you mean 'cse'?"));
}
END_TEST

/* Bytes ---------------------------------------------------------------------------------------- */

static uint64_t reference_bytes(const irm_program *planned) {
  irmi_needs needs = irmi_needs_of(planned);
  uint64_t bytes = irmi_needs_at(&needs, IRM_REFERENCE_NODES, IRM_REFERENCE_EDGES);
  irmi_needs_free(&needs);
  return bytes;
}

START_TEST(planned_bytes_are_slots_and_arrays_without_one) {
  irm_value *array = irm_op_operand(irm_region_last(irm_program_body(program)), 0);
  ck_assert_uint_eq(reference_bytes(program), 8u << 20);
  uint32_t slot = irm_program_add_slot(program, (irm_slot){.bytes = irm_size_constant(65)});
  irm_value_set_slot(array, slot);
  ck_assert_uint_eq(reference_bytes(program), 128);
  irm_slot outputs = {.bytes = irm_size_constant(65), .output = "y"};
  irm_value_set_slot(array, irm_program_add_slot(program, outputs));
  ck_assert_uint_eq(reference_bytes(program), 128);
}
END_TEST

/* Whether a program of the first slot needs no more anywhere than one of the other two. */
static bool nowhere_more(irm_size first, irm_size second, irm_size third) {
  irm_program *one = irm_program_create(context, "one"), *two = irm_program_create(context, "two");
  irm_program_add_slot(one, (irm_slot){.bytes = first});
  irm_program_add_slot(two, (irm_slot){.bytes = second});
  irm_program_add_slot(two, (irm_slot){.bytes = third});
  irmi_needs of_one = irmi_needs_of(one), of_two = irmi_needs_of(two);
  bool answer = irmi_needs_nowhere_more(&of_one, &of_two);
  irmi_needs_free(&of_one);
  irmi_needs_free(&of_two);
  irm_program_destroy(one);
  irm_program_destroy(two);
  return answer;
}

START_TEST(plans_are_compared_on_graphs_of_all_kinds) {
  const irm_size nodes = {.a = 8}, edges = {.b = 8}, none = {0}, partial = {.a = 1, .cap = 512};
  ck_assert(nowhere_more(nodes, nodes, none));
  ck_assert(nowhere_more(nodes, nodes, edges));
  ck_assert(!nowhere_more(nodes, edges, none));
  ck_assert(!nowhere_more(edges, nodes, partial));
  ck_assert(!nowhere_more((irm_size){.a = 24}, (irm_size){.a = 8, .b = 17}, none));
  ck_assert(nowhere_more(partial, partial, none));
  ck_assert(!nowhere_more((irm_size){.a = 2, .cap = 1024}, partial, none));
}
END_TEST

static void *count_bytes(void *user, void *block, size_t old_bytes, size_t new_bytes) {
  const irm_allocator *below = irmi_default_allocator();
  *(size_t *)user += new_bytes - old_bytes;
  return below->resize(below->user, block, old_bytes, new_bytes);
}

START_TEST(all_memory_comes_from_the_allocator_and_goes_back) {
  size_t bytes = 0;
  irm_allocator allocator = {count_bytes, &bytes};
  irm_context *counted = irm_context_create(&allocator);
  irm_program *other = irm_text_parse(counted, "test.irm", text, sizeof text - 1);
  irm_pipeline_options options = {.paranoid = true, .output = fopen("/dev/null", "w")};
  ck_assert(irm_pipeline_run(
      other, "best(cse|repeat<2>(canonicalize,dce)),print<live-bytes>,print<sizes>", &options));
  ck_assert(!irm_pipeline_run(other, "best(cse|repeat<2>(canonicalize", &options));
  fclose(options.output);
  irm_program_destroy(other);
  irm_context_destroy(counted);
  ck_assert_uint_eq(bytes, 0);
}
END_TEST

int main(void) {
  TCase *tests = tcase_create("pass");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_test(tests, an_analysis_outlives_passes_that_change_nothing_or_keep_it);
  tcase_add_test(tests, an_analysis_is_made_anew_after_a_change);
  tcase_add_test(tests, a_pass_that_changed_may_ask_again);
  tcase_add_test(tests, what_is_made_from_a_dropped_analysis_is_dropped);
  tcase_add_test(tests, a_pass_gets_its_word_memory_output_and_counters);
  tcase_add_test(tests, a_registered_pass_takes_the_place_of_a_built_in_one_in_its_context_alone);
  tcase_add_test(tests, passes_are_in_order_of_their_names);
  tcase_add_test(tests, a_pipeline_is_checked_without_being_run);
  tcase_add_test(tests, planned_bytes_are_slots_and_arrays_without_one);
  tcase_add_test(tests, plans_are_compared_on_graphs_of_all_kinds);
  tcase_add_test(tests, all_memory_comes_from_the_allocator_and_goes_back);
  Suite *suite = suite_create("pass");
  suite_add_tcase(suite, tests);
  return run_suite(suite);
}
