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
    .name = "rename", .summary = "", .keeps = "sizes,liveness", .run = rename_op};

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
  irmi_analyses_get(&analyses, IRMI_LIVE_BYTES);
  irmi_analyses_get(&analyses, IRMI_SIZES);
  ck_assert_ptr_nonnull(analyses.made[IRMI_LIVENESS]);
  ck_assert_ptr_nonnull(analyses.made[IRMI_STORAGE]);
  irmi_analyses_drop(&analyses, UINT64_C(1) << IRMI_STORAGE | UINT64_C(1) << IRMI_SIZES);
  ck_assert_ptr_null(analyses.made[IRMI_LIVENESS]);
  ck_assert_ptr_null(analyses.made[IRMI_STORAGE]);
  ck_assert_ptr_null(analyses.made[IRMI_LIVE_BYTES]);
  ck_assert_ptr_nonnull(analyses.made[IRMI_SIZES]);
  irmi_analyses_drop(&analyses, 0);
  irmi_vec_free(timing.allocator, &timing.rows);
}
END_TEST

/* The environment ------------------------------------------------------------------------------ */

static irm_pass_result use_everything(irm_program *of, irm_pass_env *env) {
  ck_assert_str_eq(irm_env_word(env, "voice"), "loud");
  ck_assert(irm_env_flag(env, "twice"));
  ck_assert(!irm_env_flag(env, "backwards"));
  ck_assert_uint_eq(irm_env_number(env, "times"), 7);
  ck_assert_uint_eq(irm_env_number(env, "pause"), 3);
  ck_assert_ptr_null(irm_env_word(env, "about"));
  ck_assert_ptr_eq(irm_env_allocator(env), irm_context_allocator(irm_program_context(of)));
  const char *bytes = irm_env_alloc(env, 1000, 3);
  for (int i = 0; i < 3000; i++)
    ck_assert_int_eq(bytes[i], 0);
  fputs("written\n", irm_env_output(env));
  irm_env_count(env, "things", 2);
  irm_env_count(env, "things", 3);
  return IRM_PASS_UNCHANGED;
}

static const irm_option everything_options[] = {
    {.name = "voice", .kind = IRM_OPTION_WORD, .help = "", .words = "quiet,loud"},
    {.name = "twice", .kind = IRM_OPTION_FLAG, .help = ""},
    {.name = "backwards", .kind = IRM_OPTION_FLAG, .help = ""},
    {.name = "times", .kind = IRM_OPTION_NUMBER, .help = "", .least = 1, .most = 9, .preset = 1},
    {.name = "pause", .kind = IRM_OPTION_NUMBER, .help = "", .most = 5, .preset = 3},
    {.name = "about", .kind = IRM_OPTION_ANALYSIS, .help = ""},
    {0}};
static const irm_pass everything_pass = {
    .name = "everything", .summary = "", .options = everything_options, .run = use_everything};

START_TEST(a_pass_gets_its_options_memory_output_and_counters) {
  char *output;
  size_t length;
  irm_pipeline_options options = {.stats = true, .output = open_memstream(&output, &length)};
  ck_register(&everything_pass);
  ck_assert(irm_pipeline_run(program, "everything<loud;times=7;twice>", &options));
  fclose(options.output);
  ck_assert_str_eq(output, "written\n=== Statistics ===\n       5 everything - things\n");
  free(output);
}
END_TEST

static void ck_refused(const char *pipeline, const char *why) {
  ck_assert(!run(pipeline));
  ck_assert_msg(strstr(reported, why), "%s", reported);
}

START_TEST(options_that_are_none_are_refused) {
  ck_register(&everything_pass);
  ck_refused("everything<lou>", "pass 'everything' takes quiet|loud, twice, backwards, times=N, "
                                "pause=N, an analysis, not 'lou'; did you mean 'loud'?");
  ck_refused("everything<loud;quiet>", "option 'voice' is given twice");
  ck_refused("everything<voice=lou>", "option 'voice' takes quiet,loud, not 'lou'");
  ck_refused("everything<twice=2>", "option 'twice' takes no value");
  ck_refused("everything<times=10>", "option 'times' takes a number from 1 to 9, not '10'");
  ck_refused("everything<times>", "option 'times' takes a number from 1 to 9, not ''");
  ck_refused("everything<times=99999999999999999999>", "option 'times' takes a number");
  ck_refused("everything<about=lifetimes>", "no analysis is named 'lifetimes'");
  ck_refused("everything<loud", "expected '>' before the end of the pipeline");
  ck_refused("everything<>", "expected an option");
}
END_TEST

static irm_pass_result ask_undeclared(irm_program *of, irm_pass_env *env) {
  (void)of;
  ck_assert(!irm_env_flag(env, "times"));
  ck_assert_uint_eq(irm_env_number(env, "none"), 0);
  return IRM_PASS_UNCHANGED;
}

static const irm_pass asking_pass = {
    .name = "asking", .summary = "", .options = everything_options, .run = ask_undeclared};

START_TEST(a_pass_that_asks_for_an_option_it_lacks_fails) {
  ck_register(&asking_pass);
  ck_refused("asking", "pass 'asking' asks for an option 'times' that it does not declare so");
  ck_assert_ptr_nonnull(strstr(reported, "an option 'none'"));
  ck_assert_ptr_nonnull(strstr(reported, "pass 'asking' failed"));
}
END_TEST

/* Registered analyses ---------------------------------------------------------------------------
 */

static int made_points, freed_points;

/* How many points the program has, from its liveness. */
static void *make_points(const irm_program *of, irm_analysis_env *env) {
  const irm_liveness *liveness = irm_analysis_from(env, "liveness");
  uint32_t *points = malloc(sizeof *points);
  (void)of;
  *points = irm_liveness_points(liveness);
  made_points++;
  return points;
}

static void free_points(void *made) {
  freed_points++;
  free(made);
}

static void print_points(FILE *stream, const irm_program *of, const void *made) {
  (void)of;
  fprintf(stream, "%u points\n", *(const uint32_t *)made);
}

static void *make_circle(const irm_program *of, irm_analysis_env *env) {
  (void)of;
  return (void *)irm_analysis_from(env, "circle");
}

static const irm_analysis points_analysis = {"points", "", make_points, free_points, print_points};
static const irm_analysis circle_analysis = {"circle", "", make_circle, free_points, print_points};

static irm_pass_result read_points(irm_program *of, irm_pass_env *env) {
  (void)of;
  return irm_env_analysis(env, "points") ? IRM_PASS_UNCHANGED : IRM_PASS_FAILED;
}

static irm_pass_result read_circle(irm_program *of, irm_pass_env *env) {
  (void)of;
  irm_env_analysis(env, "circle");
  return IRM_PASS_UNCHANGED;
}

static const irm_pass points_pass = {.name = "points", .summary = "", .run = read_points};
static const irm_pass circle_pass = {.name = "circle", .summary = "", .run = read_circle};
/* Adds an op, and so points, but says that it keeps them. */
static const irm_pass keeping_pass = {
    .name = "keeping", .summary = "", .keeps = "points,liveness", .run = grow};

static void ck_register_analysis(const irm_analysis *analysis) {
  ck_assert(irm_context_register_analysis(context, analysis));
}

START_TEST(a_registered_analysis_is_made_once_and_goes_with_what_it_is_made_from) {
  ck_register_analysis(&points_analysis);
  ck_register(&points_pass);
  ck_register(&grow_pass);
  made_points = freed_points = 0;
  ck_assert_msg(run("points,points,cse,points"), "%s", reported);
  ck_assert_int_eq(made_points, 1);
  ck_assert_msg(run("points,grow,points"), "%s", reported);
  ck_assert_int_eq(made_points, 3);
  ck_assert_int_eq(freed_points, 3);
}
END_TEST

START_TEST(a_registered_analysis_is_held_against_who_says_to_keep_it) {
  irm_pipeline_options options = {.paranoid = true};
  ck_register_analysis(&points_analysis);
  ck_register(&keeping_pass);
  ck_assert(!irm_pipeline_run(program, "keeping", &options));
  ck_assert_msg(strstr(reported, "pass 'keeping' says that it keeps points: now '"), "%s",
                reported);
}
END_TEST

START_TEST(analyses_that_are_none_are_refused) {
  ck_register_analysis(&points_analysis);
  ck_register_analysis(&circle_analysis);
  ck_register(&circle_pass);
  ck_assert(!irm_context_register_analysis(context, &points_analysis));
  ck_assert_ptr_nonnull(strstr(reported, "the analysis name 'points' is taken"));
  ck_assert(!irm_context_register_analysis(context, &(irm_analysis){.name = "p", .summary = ""}));
  ck_assert_ptr_nonnull(strstr(reported, "analysis 'p' cannot be registered: it lacks one of"));
  ck_refused("circle", "analysis 'circle' is made from itself");
  ck_refused("print<point>", "did you mean 'points'?");
}
END_TEST

static const irm_pass lying_pass = {
    .name = "lying", .summary = "", .keeps = "sizes,livenes", .run = grow};

START_TEST(a_pass_that_keeps_what_is_no_analysis_is_refused) {
  ck_register(&lying_pass);
  ck_refused("cse,lying", "pass 'lying' says that it keeps 'livenes', and no analysis is named so");
}
END_TEST

static void ck_no_packer(const irm_packer *packer, const char *why) {
  ck_assert(!irm_context_register_packer(context, packer));
  ck_assert_msg(strstr(reported, why), "%s", reported);
}

START_TEST(packers_that_are_none_are_refused) {
  ck_no_packer(&(irm_packer){.summary = ""}, "packer '(no name)' cannot be registered");
  ck_no_packer(&(irm_packer){.name = "p", .summary = ""}, "it has no function to pack");
}
END_TEST

static void ck_no_pass(const irm_pass *pass, const char *why) {
  ck_assert(!irm_context_register_pass(context, pass));
  ck_assert_msg(strstr(reported, why), "%s", reported);
}

START_TEST(passes_that_are_none_are_refused) {
  const irm_option twins[] = {{.name = "x", .help = ""}, {.name = "x", .help = ""}, {0}};
  const irm_option empty[] = {
      {.name = "x", .kind = IRM_OPTION_NUMBER, .help = "", .least = 2, .most = 3}, {0}};
  ck_no_pass(&(irm_pass){.summary = "", .run = grow}, "pass '(no name)' cannot be registered");
  ck_no_pass(&(irm_pass){.name = "a b", .summary = "", .run = grow}, "its name is no name");
  ck_no_pass(&(irm_pass){.name = "p", .summary = ""}, "it has no function to run");
  ck_no_pass(&(irm_pass){.name = "p", .run = grow}, "it has no summary");
  ck_no_pass(&(irm_pass){.name = "p", .summary = "", .run = grow, .options = twins},
             "two options have one name");
  ck_no_pass(&(irm_pass){.name = "p", .summary = "", .run = grow, .options = empty},
             "an option's preset is not between least and most");
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
  tcase_add_test(tests, a_pass_gets_its_options_memory_output_and_counters);
  tcase_add_test(tests, options_that_are_none_are_refused);
  tcase_add_test(tests, a_pass_that_asks_for_an_option_it_lacks_fails);
  tcase_add_test(tests, a_registered_analysis_is_made_once_and_goes_with_what_it_is_made_from);
  tcase_add_test(tests, a_registered_analysis_is_held_against_who_says_to_keep_it);
  tcase_add_test(tests, analyses_that_are_none_are_refused);
  tcase_add_test(tests, passes_that_are_none_are_refused);
  tcase_add_test(tests, packers_that_are_none_are_refused);
  tcase_add_test(tests, a_pass_that_keeps_what_is_no_analysis_is_refused);
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
