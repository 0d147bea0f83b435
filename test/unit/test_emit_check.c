/* Compiled code beside the interpreter: right plans pass, planted wrong ones are named. */
#include "interp/places.h"
#include "run/run.h"
#include "run_text.h"
#include "suite.h"

#include "irmem/emit.h"

static irm_executable *compile_checked(const irm_program *program) {
  irm_emit_options options = {.cpu = "native", .optimize = 2, .check = true};
  irm_executable *compiled = irm_executable_compile(program, &options);
  return compiled ? irm_executable_check(compiled) : NULL;
}

/* The same, and then the plan goes wrong: slot 1 begins where slot 0 does. */
static irm_executable *compile_overlapping(const irm_program *program) {
  irm_executable *checked = compile_checked(program);
  irm_program_set_behind((irm_program *)(uintptr_t)program, 1, NULL, 0);
  return checked;
}

/* Three arrays at once; one is the room of an output. */
static const char three[] = "%x = index slot 0 : i64[node]\n"
                            "%y = degree in slot 1 : i64[node]\n"
                            "%z = add %x, %y into %y slot 1 : i64[node]\n"
                            "%w = mul %z, %x slot 2 : i64[node]\n"
                            "output %w \"w\"\n"
                            "slots {\n"
                            "  slot 0: 8n\n"
                            "  slot 1: 8n\n"
                            "  slot 2: 8n output \"w\"\n"
                            "}";

START_TEST(a_right_plan_passes) {
  test_session session = open_session(compile_checked, three, five_nodes(true));
  execute(&session);
  execute(&session);
  ck_assert_str_eq(reported, "");
  close_session(&session);
}
END_TEST

START_TEST(a_plan_whose_slots_overlap_is_named_with_step_and_slot) {
  test_session session = open_session(compile_overlapping, three, five_nodes(true));
  ck_assert(!irm_run_execute(session.run));
  ck_assert_str_eq(reported, "%y overwrote %x in slot 0, which %z reads later\n");
  ck_assert_uint_eq(reported_line, 3);
  close_session(&session);
}
END_TEST

/* As soon as nobody is to read it. */
START_TEST(what_is_dead_is_poisoned) {
  test_session session = open_session(compile_checked,
                                      "%x = index slot 0 : i64[node]\n"
                                      "%y = neighbor_sum in %x slot 1 : i64[node]\n"
                                      "%z = neighbor_sum in %y slot 2 : i64[node]\n"
                                      "output %z \"z\"\n"
                                      "slots {\n"
                                      "  slot 0: 8n\n"
                                      "  slot 1: 8n\n"
                                      "  slot 2: 8n output \"z\"\n"
                                      "}",
                                      five_nodes(true));
  execute(&session);
  ck_assert_uint_eq(((const unsigned char *)session.run->frame.arena)[0], IRMI_POISON);
  close_session(&session);
}
END_TEST

START_TEST(a_slot_that_is_not_in_the_arena_is_named) {
  test_session session = open_session(compile_checked, three, five_nodes(true));
  ((uint64_t *)(uintptr_t)session.run->offsets)[1] = 128;
  ck_assert(!irm_run_execute(session.run));
  ck_assert_str_eq(reported, "slot 1 ends behind the arena\n");
  close_session(&session);
}
END_TEST

/* Code that does nothing but what it must not. */
static int64_t write_behind(irm_executable *executable, const irm_rt_frame *frame) {
  (void)executable;
  ((unsigned char *)frame->arena)[128] = 0;
  return 0;
}

static void keep(irm_executable *executable) {
  (void)executable;
}

static irm_executable writing;

static irm_executable *make_writing(const irm_program *program) {
  writing = (irm_executable){program, write_behind, keep, true, false};
  return irm_executable_check(&writing);
}

START_TEST(writing_behind_the_arena_is_named) {
  test_session session = open_session(make_writing, three, five_nodes(true));
  ck_assert(!irm_run_execute(session.run));
  ck_assert_str_eq(reported, "the run wrote behind the arena\n");
  close_session(&session);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("check");
  TCase *check = tcase_create("check");
  tcase_add_checked_fixture(check, setup, teardown);
  tcase_set_timeout(check, 60);
  tcase_add_test(check, a_right_plan_passes);
  tcase_add_test(check, a_plan_whose_slots_overlap_is_named_with_step_and_slot);
  tcase_add_test(check, what_is_dead_is_poisoned);
  tcase_add_test(check, a_slot_that_is_not_in_the_arena_is_named);
  tcase_add_test(check, writing_behind_the_arena_is_named);
  suite_add_tcase(suite, check);
  return run_suite(suite);
}
