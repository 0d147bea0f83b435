/* The replay of plans: right ones agree with the interpreter, wrong ones are named. */
#include "interp/places.h"
#include "run/run.h"
#include "run_text.h"
#include "suite.h"

/* Two arrays change places each round; the output's bytes are one of them. */
static const char swapped[] = "%n = param \"n\" = 3 : i64\n"
                              "%one = const 1 : i64\n"
                              "%x0 = fill %one slot 0 : i64[node]\n"
                              "%x = loop %n carry(%x0) slot(0) : i64[node] do(%a) {\n"
                              "  %s = neighbor_sum in %a slot 1 : i64[node]\n"
                              "  yield %s\n"
                              "}\n"
                              "output %x \"x\"\n"
                              "slots {\n"
                              "  slot 0: 8n output \"x\"\n"
                              "  slot 1: 8n\n"
                              "}";

START_TEST(slots_change_places_and_the_output_comes_home) {
  static const char *rounds[] = {"0", "1", "2", "5"};
  for (size_t k = 0; k < sizeof rounds / sizeof *rounds; k++) {
    test_session planned = open_session(irm_executable_replay, swapped, five_nodes(false));
    test_session plain = open_session(irm_executable_interpret, swapped, five_nodes(false));
    ck_assert_uint_eq(irm_run_arena_bytes(planned.run), 64);
    ck_assert_uint_eq(irm_run_arena_bytes(plain.run), 0);
    ck_assert(irm_run_set_param_text(planned.run, "n", rounds[k]));
    ck_assert(irm_run_set_param_text(plain.run, "n", rounds[k]));
    execute(&planned);
    execute(&plain);
    ck_assert_mem_eq(output(&planned, "x").elements, output(&plain, "x").elements, 40);
    close_session(&planned);
    close_session(&plain);
  }
}
END_TEST

START_TEST(a_slot_without_anything_alive_holds_poison) {
  unsigned char poison[40];
  memset(poison, IRMI_POISON, sizeof poison);
  test_session session = open_session(irm_executable_replay,
                                      "%x = index slot 0 : i64[node]\n"
                                      "%y = neighbor_sum in %x slot 1 : i64[node]\n"
                                      "output %y \"y\"\n"
                                      "slots {\n"
                                      "  slot 0: 8n\n"
                                      "  slot 1: 8n output \"y\"\n"
                                      "}",
                                      five_nodes(true));
  execute(&session);
  ck_assert_mem_eq(session.run->frame.arena, poison, sizeof poison);
  close_session(&session);
}
END_TEST

/* The second half of slot 0 is slot 1, which is alive. */
START_TEST(poison_spares_what_another_slot_holds) {
  test_session session = open_session(irm_executable_replay,
                                      "%c = const 7 : i64\n"
                                      "%w = fill %c slot 0 : i64[node]\n"
                                      "%s = reduce_sum %w workspace slot 2 : i64\n"
                                      "%x = fill %s slot 1 : i64[node]\n"
                                      "%y = neighbor_sum in %x slot 3 : i64[node]\n"
                                      "output %x \"x\"\n"
                                      "output %y \"y\"\n"
                                      "slots {\n"
                                      "  slot 0: 16n\n"
                                      "  slot 1: 8n at 0\n"
                                      "  slot 2: 512 behind 0\n"
                                      "  slot 3: 8n output \"y\"\n"
                                      "}",
                                      five_nodes(true));
  execute(&session);
  ASSERT_OUTPUT(&session, "x", int64_t, 35, 35, 35, 35, 35);
  const unsigned char *arena = session.run->frame.arena;
  for (size_t at = 40; at < 80; at++)
    ck_assert_uint_eq(arena[at], IRMI_POISON);
  close_session(&session);
}
END_TEST

/* What a sanitizer would see: there is nothing to poison, and nowhere. */
START_TEST(a_plan_without_slots_is_replayed) {
  test_session session = open_session(irm_executable_replay,
                                      "%n = node_count : i64\n"
                                      "output %n \"n\"\n",
                                      five_nodes(true));
  execute(&session);
  ASSERT_OUTPUT(&session, "n", int64_t, 5);
  close_session(&session);
}
END_TEST

/* Replays a wrong plan and gives what was reported. */
static const char *replay_wrong(const char *ops) {
  test_session session = open_session(irm_executable_replay, ops, five_nodes(true));
  ck_assert(!irm_run_execute(session.run));
  close_session(&session);
  return reported;
}

START_TEST(overwriting_what_is_read_later_is_named) {
  ck_assert_str_eq(replay_wrong("%x = index slot 0 : i64[node]\n"
                                "%y = degree in slot 0 : i64[node]\n"
                                "%z = add %x, %y into %y slot 0 : i64[node]\n"
                                "output %z \"z\"\n"
                                "slots {\n"
                                "  slot 0: 8n\n"
                                "}"),
                   "%y overwrote %x, which %z reads later\n");
  ck_assert_uint_eq(reported_line, 3);
}
END_TEST

START_TEST(overwriting_through_another_slot_is_named) {
  ck_assert_str_eq(replay_wrong("%x = index slot 0 : i64[node]\n"
                                "%y = degree in slot 1 : i64[node]\n"
                                "%z = add %x, %y into %y slot 1 : i64[node]\n"
                                "output %z \"z\"\n"
                                "slots {\n"
                                "  slot 0: 8n\n"
                                "  slot 1: 8n at 0\n"
                                "}"),
                   "%y overwrote %x, which %z reads later\n");
  ck_assert_uint_eq(reported_line, 3);
}
END_TEST

START_TEST(a_gather_in_place_is_named) {
  ck_assert_str_eq(replay_wrong("%x = index slot 0 : i64[node]\n"
                                "%y = neighbor_sum in %x slot 0 : i64[node]\n"
                                "output %y \"y\"\n"
                                "slots {\n"
                                "  slot 0: 8n\n"
                                "}"),
                   "%y overwrites in slot 0 what its op still reads\n");
}
END_TEST

START_TEST(an_initial_value_elsewhere_is_named) {
  ck_assert_str_eq(replay_wrong("%n = const 2 : i64\n"
                                "%x0 = index slot 0 : i64[node]\n"
                                "%x = loop %n carry(%x0) slot(1) : i64[node] do(%a) {\n"
                                "  %b = add %a, %a into %a slot 1 : i64[node]\n"
                                "  yield %b\n"
                                "}\n"
                                "output %x \"x\"\n"
                                "slots {\n"
                                "  slot 0: 8n\n"
                                "  slot 1: 8n\n"
                                "}"),
                   "%x0 is in slot 0, but %a, which it becomes, in slot 1\n");
}
END_TEST

START_TEST(what_a_loop_reads_from_outside_lives_until_it_ends) {
  ck_assert_str_eq(replay_wrong("%n = const 2 : i64\n"
                                "%w = index slot 0 : i64[node]\n"
                                "%x0 = index slot 1 : i64[node]\n"
                                "%x = loop %n carry(%x0) slot(1) : i64[node] do(%a) {\n"
                                "  %b = add %a, %w into %a slot 1 : i64[node]\n"
                                "  %c = degree in slot 0 : i64[node]\n"
                                "  %d = add %b, %c into %b slot 1 : i64[node]\n"
                                "  yield %d\n"
                                "}\n"
                                "output %x \"x\"\n"
                                "slots {\n"
                                "  slot 0: 8n\n"
                                "  slot 1: 8n\n"
                                "}"),
                   "%c overwrote %w, which %b reads later\n");
}
END_TEST

START_TEST(an_output_lives_to_the_end) {
  ck_assert_str_eq(replay_wrong("%x = index slot 0 : i64[node]\n"
                                "output %x \"x\"\n"
                                "%y = degree in slot 0 : i64[node]\n"
                                "%s = reduce_sum %y : i64\n"
                                "output %s \"s\"\n"
                                "slots {\n"
                                "  slot 0: 8n output \"x\"\n"
                                "}"),
                   "%y overwrote %x, which output reads later\n");
}
END_TEST

START_TEST(partial_results_on_an_operand_are_named) {
  ck_assert_str_eq(replay_wrong("%x = index slot 0 : i64[node]\n"
                                "%s = reduce_sum %x workspace slot 0 : i64\n"
                                "output %s \"s\"\n"
                                "slots {\n"
                                "  slot 0: 8n + 512\n"
                                "}"),
                   "%s reads %x, which its own partial results overwrite\n");
}
END_TEST

/* A kernel that sums what neighbours have over the one slot, with what it adds in the other. */
#define KERNEL(INTO, SLOT, WORKSPACE)                                                              \
  "%x = index slot 0 : i64[node]\n"                                                                \
  "%y = degree in slot 1 : i64[node]\n"                                                            \
  "%z, %w, %s = kernel node with(%x, %y)" INTO SLOT " workspace slot " WORKSPACE                   \
  " : i64[node], i64[node], i64 do(%a, %b) {\n"                                                    \
  "  %c = neighbor_sum in %a : i64[node]\n"                                                        \
  "  %d = add %c, %b : i64[node]\n"                                                                \
  "  %e = neg %b : i64[node]\n"                                                                    \
  "  %f = reduce_sum %d : i64\n"                                                                   \
  "  yield %d, %e, %f\n"                                                                           \
  "}\n"                                                                                            \
  "output %z \"z\"\n"                                                                              \
  "output %w \"w\"\n"                                                                              \
  "output %s \"s\"\n"                                                                              \
  "slots {\n"                                                                                      \
  "  slot 0: 8n\n"                                                                                 \
  "  slot 1: 8n\n"                                                                                 \
  "  slot 2: 8n\n"                                                                                 \
  "  slot 3: min(512, n)\n"                                                                        \
  "}"

START_TEST(a_kernel_writes_over_what_it_reads_in_step) {
  test_session session = open_session(
      irm_executable_replay, KERNEL(" into(_, %y, _)", " slot(2, 1, _)", "3"), five_nodes(true));
  execute(&session);
  ASSERT_OUTPUT(&session, "z", int64_t, 3, 1, 7, 3, 4);
  ASSERT_OUTPUT(&session, "w", int64_t, -1, -1, -2, -1, -1);
  ASSERT_OUTPUT(&session, "s", int64_t, 18);
  close_session(&session);
}
END_TEST

START_TEST(a_kernel_over_what_it_reads_elsewhere_is_named) {
  ck_assert_str_eq(replay_wrong(KERNEL("", " slot(0, 1, _)", "3")),
                   "%z overwrites in slot 0 what its op still reads\n");
  ck_assert_uint_eq(reported_line, 4);
}
END_TEST

START_TEST(two_results_of_a_kernel_in_one_slot_are_named) {
  ck_assert_str_eq(replay_wrong(KERNEL("", " slot(1, 1, _)", "3")),
                   "%z and %w, which one loop writes, share bytes\n");
}
END_TEST

START_TEST(a_kernel_over_its_partial_results_is_named) {
  ck_assert_str_eq(replay_wrong(KERNEL("", " slot(2, 1, _)", "2")),
                   "%z overwrites partial results of its op\n");
}
END_TEST

int main(void) {
  Suite *suite = suite_create("replay");
  TCase *replay = tcase_create("replay");
  tcase_add_checked_fixture(replay, setup, teardown);
  tcase_add_test(replay, slots_change_places_and_the_output_comes_home);
  tcase_add_test(replay, a_slot_without_anything_alive_holds_poison);
  tcase_add_test(replay, poison_spares_what_another_slot_holds);
  tcase_add_test(replay, a_plan_without_slots_is_replayed);
  tcase_add_test(replay, overwriting_what_is_read_later_is_named);
  tcase_add_test(replay, overwriting_through_another_slot_is_named);
  tcase_add_test(replay, a_gather_in_place_is_named);
  tcase_add_test(replay, an_initial_value_elsewhere_is_named);
  tcase_add_test(replay, what_a_loop_reads_from_outside_lives_until_it_ends);
  tcase_add_test(replay, an_output_lives_to_the_end);
  tcase_add_test(replay, partial_results_on_an_operand_are_named);
  tcase_add_test(replay, a_kernel_writes_over_what_it_reads_in_step);
  tcase_add_test(replay, a_kernel_over_what_it_reads_elsewhere_is_named);
  tcase_add_test(replay, two_results_of_a_kernel_in_one_slot_are_named);
  tcase_add_test(replay, a_kernel_over_its_partial_results_is_named);
  suite_add_tcase(suite, replay);
  return run_suite(suite);
}
