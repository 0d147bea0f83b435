/* The checker of placements against judges that look at all pairs and points, and problems that
 * are none. */
#include "pack_cases.h"
#include "suite.h"

#include "support/alloc.h"

#include <check.h>

static irm_pack_fault check(const irm_pack_problem *problem, const uint64_t *offsets) {
  return irm_pack_check(problem, offsets, irmi_default_allocator());
}

static irm_pack_fault problem_fault(const irm_pack_problem *problem) {
  return irm_pack_problem_fault(problem, irmi_default_allocator());
}

/* Placements ----------------------------------------------------------------------------------- */

/* Moves a buffer somewhere, most often to where another begins or ends. */
static void move(cases *c, uint64_t *offsets) {
  uint32_t count = (uint32_t)c->problem.buffer_count, i = draw(c, count), k = draw(c, count);
  uint32_t how = draw(c, 4);
  if (how == 0) offsets[i] = draw(c, 100);
  if (how == 1) offsets[i] = offsets[k];
  if (how == 2) offsets[i] = offsets[k] + c->buffers[k].bytes;
  if (how == 3) offsets[i] -= offsets[i] > 0;
}

/* What the checker names must be wrong. */
static void blame(const irm_pack_problem *p, const uint64_t *offsets, irm_pack_fault fault) {
  ck_assert_uint_le(fault.a, fault.b);
  ck_assert_uint_lt(fault.b, p->buffer_count);
  if (fault.a == fault.b)
    ck_assert(!may_lie_alone(p, offsets, fault.a));
  else
    ck_assert(!may_lie(p, offsets, fault.a, fault.b));
}

START_TEST(the_checker_agrees_with_a_look_at_all_pairs) {
  cases c = {.state = 1};
  uint64_t offsets[MOST_BUFFERS];
  int good = 0, bad = 0;
  for (int round = 0; round < 2000; round++) {
    draw_problem(&c, round % 2 ? 8 : MOST_BUFFERS);
    ck_assert_ptr_null(problem_fault(&c.problem).message);
    place_first_fit(&c.problem, offsets);
    for (int moves = 0; moves < 10; moves++) {
      irm_pack_fault fault = check(&c.problem, offsets);
      bool right = is_placement(&c.problem, offsets, c.problem.buffer_count);
      ck_assert_int_eq(fault.message == NULL, right);
      if (fault.message) blame(&c.problem, offsets, fault);
      good += right;
      bad += !right;
      if (!right && draw(&c, 2)) place_first_fit(&c.problem, offsets);
      move(&c, offsets);
    }
  }
  ck_assert_int_gt(good, 3000);
  ck_assert_int_gt(bad, 3000);
}
END_TEST

START_TEST(a_capacity_is_kept_to_the_byte) {
  cases c = {.state = 2};
  uint64_t offsets[MOST_BUFFERS];
  for (int round = 0; round < 300; round++) {
    draw_problem(&c, 20);
    place_first_fit(&c.problem, offsets);
    uint64_t height = height_of(&c.problem, offsets);
    if (!height) continue;
    c.problem.capacity = height;
    ck_assert_ptr_null(check(&c.problem, offsets).message);
    c.problem.capacity = height - 1;
    irm_pack_fault fault = check(&c.problem, offsets);
    ck_assert_str_eq(fault.message, "the buffer ends behind the capacity");
  }
}
END_TEST

START_TEST(what_is_wrong_with_one_buffer_is_said) {
  irm_interval always = {0, 1};
  irm_pack_buffer buffers[] = {{64, 64, IRM_PACK_ANYWHERE, &always, 1}, {8, 1, 128, &always, 1}};
  irm_pack_problem problem = {buffers, 2, NULL, 0, 1000};
  ck_assert_str_eq(check(&problem, (uint64_t[]){32, 128}).message,
                   "the offset is no multiple of the alignment");
  ck_assert_str_eq(check(&problem, (uint64_t[]){0, 136}).message,
                   "the buffer is not at its fixed offset");
  ck_assert_str_eq(check(&problem, (uint64_t[]){960, 128}).message,
                   "the buffer ends behind the capacity");
  ck_assert_str_eq(check(&problem, (uint64_t[]){UINT64_MAX - 63, 128}).message,
                   "the buffer ends behind the last byte there is");
  irm_pack_fault fault = check(&problem, (uint64_t[]){128, 128});
  ck_assert_str_eq(fault.message, "the two share bytes while both are alive");
  ck_assert_uint_eq(fault.a, 0);
  ck_assert_uint_eq(fault.b, 1);
}
END_TEST

/* The witness ---------------------------------------------------------------------------------- */

START_TEST(the_witness_is_the_first_point_where_most_is_alive) {
  cases c = {.state = 3};
  for (int round = 0; round < 1000; round++) {
    shape s = draw_problem(&c, 30);
    s.hosts = false;
    draw_shaped(&c, &s);
    uint32_t point, first = 0;
    uint64_t most = 0, bytes = irm_pack_witness(&c.problem, irmi_default_allocator(), &point);
    for (uint32_t at = 0; at < 2000; at++)
      if (bytes_at(&c.problem, at) > most) most = bytes_at(&c.problem, first = at);
    ck_assert_uint_eq(bytes, most);
    ck_assert_uint_eq(point, first);
  }
}
END_TEST

START_TEST(a_guest_and_its_host_count_once_in_the_witness) {
  irm_interval before = {0, 3}, behind = {2, 5};
  irm_pack_buffer buffers[] = {{100, 1, IRM_PACK_ANYWHERE, &before, 1},
                               {60, 1, IRM_PACK_ANYWHERE, &behind, 1},
                               {50, 1, IRM_PACK_ANYWHERE, &behind, 1}};
  irm_pack_host hosts[] = {{1, 0}, {2, 0}};
  irm_pack_problem problem = {buffers, 3, hosts, 2, UINT64_MAX};
  uint32_t point;
  /* One of the two guests alone can be in the host. */
  ck_assert_uint_eq(irm_pack_witness(&problem, irmi_default_allocator(), &point), 150);
  ck_assert_uint_eq(point, 2);
  hosts[1] = (irm_pack_host){0, 2};
  ck_assert_uint_eq(irm_pack_witness(&problem, irmi_default_allocator(), &point), 110);
  problem.host_count = 1;
  ck_assert_uint_eq(irm_pack_witness(&problem, irmi_default_allocator(), &point), 150);
  problem.host_count = 0;
  ck_assert_uint_eq(irm_pack_witness(&problem, irmi_default_allocator(), &point), 210);
  /* One of the two hosts alone can hold the guest: the larger, whichever comes first. */
  buffers[2].lifetime = &before;
  problem.host_count = 2;
  for (uint32_t k = 0; k < 2; k++) {
    hosts[k] = (irm_pack_host){1, 0};
    hosts[1 - k] = (irm_pack_host){1, 2};
    ck_assert_uint_eq(irm_pack_witness(&problem, irmi_default_allocator(), &point), 150);
  }
}
END_TEST

/* Problems that are none ----------------------------------------------------------------------- */

static void refuse(const irm_pack_buffer *buffers, size_t count, const char *message) {
  irm_pack_problem problem = {buffers, count, NULL, 0, UINT64_MAX};
  irm_pack_fault fault = problem_fault(&problem);
  ck_assert_ptr_nonnull(fault.message);
  ck_assert_str_eq(fault.message, message);
}

START_TEST(a_buffer_that_is_none_is_refused) {
  irm_interval good = {0, 1}, empty = {4, 4}, unsorted[] = {{4, 5}, {0, 1}},
               overlapping[] = {{0, 3}, {2, 5}}, touching[] = {{0, 3}, {3, 5}};
  irm_pack_buffer b = {8, 1, IRM_PACK_ANYWHERE, &good, 1};
  b.alignment = 0;
  refuse(&b, 1, "the alignment is 0");
  b = (irm_pack_buffer){8, 1, IRM_PACK_ANYWHERE, NULL, 0};
  refuse(&b, 1, "the buffer is alive at no point");
  b = (irm_pack_buffer){8, 1, IRM_PACK_ANYWHERE, &empty, 1};
  refuse(&b, 1, "a part of the lifetime ends where it begins, or before");
  b = (irm_pack_buffer){8, 1, IRM_PACK_ANYWHERE, unsorted, 2};
  refuse(&b, 1, "a part of the lifetime begins before the one before it has ended");
  b.lifetime = overlapping;
  refuse(&b, 1, "a part of the lifetime begins before the one before it has ended");
  b = (irm_pack_buffer){8, 8, 12, &good, 1};
  refuse(&b, 1, "the fixed offset is no multiple of the alignment");
  b = (irm_pack_buffer){8, 8, (UINT64_C(1) << 63) - 8 + 8, &good, 1};
  refuse(&b, 1, "at its fixed offset the buffer ends behind 2^63");
  b = (irm_pack_buffer){8, 8, 16, touching, 2};
  irm_pack_problem problem = {&b, 1, NULL, 0, UINT64_MAX};
  ck_assert_ptr_null(problem_fault(&problem).message);
}
END_TEST

START_TEST(what_could_overflow_is_refused) {
  static const char message[] = "one behind the other the buffers end at 2^63 or behind it";
  uint64_t half = UINT64_C(1) << 62;
  irm_interval always = {0, 1};
  irm_pack_buffer buffers[] = {{half, 1, IRM_PACK_ANYWHERE, &always, 1},
                               {half - 1, 1, IRM_PACK_ANYWHERE, &always, 1}};
  irm_pack_problem problem = {buffers, 2, NULL, 0, UINT64_MAX};
  ck_assert_ptr_null(problem_fault(&problem).message);
  buffers[0].alignment = 2;
  refuse(buffers, 2, message);
  buffers[0].alignment = 1;
  buffers[1].bytes = half;
  refuse(buffers, 2, message);
  buffers[0].offset = UINT64_MAX - 1;
  refuse(buffers, 1, "at its fixed offset the buffer ends behind 2^63");
  buffers[0].offset = half;
  refuse(buffers, 1, message);
  buffers[0].offset = half - 1;
  ck_assert_ptr_null(problem_fault(&(irm_pack_problem){buffers, 1, NULL, 0, UINT64_MAX}).message);
  buffers[0].bytes = UINT64_MAX;
  buffers[0].offset = IRM_PACK_ANYWHERE;
  refuse(buffers, 1, message);
}
END_TEST

START_TEST(fixed_offsets_that_meet_are_refused) {
  irm_interval first = {0, 3}, last = {2, 5}, later = {3, 5};
  irm_pack_buffer buffers[] = {{8, 1, 0, &first, 1}, {8, 1, 4, &last, 1}};
  refuse(buffers, 2, "at their fixed offsets the two share bytes while both are alive");
  irm_pack_host host = {1, 0};
  irm_pack_problem problem = {buffers, 2, &host, 1, UINT64_MAX};
  ck_assert_ptr_nonnull(problem_fault(&problem).message); /* not at one offset */
  buffers[1].offset = 0;
  ck_assert_ptr_null(problem_fault(&problem).message);
  problem.host_count = 0;
  ck_assert_ptr_nonnull(problem_fault(&problem).message);
  buffers[1].lifetime = &later;
  ck_assert_ptr_null(problem_fault(&problem).message);
}
END_TEST

static const char *host_fault(irm_pack_host x, irm_pack_host y) {
  static const irm_interval lives[][2] = {{{0, 3}}, {{2, 5}}, {{3, 6}}, {{1, 4}}, {{2, 3}, {5, 6}}};
  irm_pack_buffer buffers[5];
  for (int i = 0; i < 5; i++)
    buffers[i] = (irm_pack_buffer){8, 1, IRM_PACK_ANYWHERE, lives[i], i == 4 ? 2 : 1};
  irm_pack_problem problem = {buffers, 5, (irm_pack_host[]){x, y}, 2, UINT64_MAX};
  return problem_fault(&problem).message;
}

START_TEST(pairs_that_are_none_are_refused) {
  static const char none[] = "guest and host are not alive together at one point alone";
  irm_pack_host good = {1, 0};
  ck_assert_ptr_null(host_fault(good, (irm_pack_host){0, 4}));
  ck_assert_str_eq(host_fault(good, (irm_pack_host){2, 0}), none); /* at none */
  ck_assert_str_eq(host_fault(good, (irm_pack_host){3, 0}), none); /* at two */
  ck_assert_ptr_null(host_fault(good, (irm_pack_host){3, 2}));
  ck_assert_ptr_null(host_fault(good, (irm_pack_host){4, 3}));
  ck_assert_ptr_null(host_fault(good, (irm_pack_host){4, 1}));
  ck_assert_str_eq(host_fault(good, (irm_pack_host){3, 3}), "the buffer is a guest of itself");
  ck_assert_str_eq(host_fault(good, (irm_pack_host){5, 0}),
                   "a guest or a host is none of the buffers");
  ck_assert_str_eq(host_fault(good, good), "guest and host are given twice");
  ck_assert_str_eq(host_fault(good, (irm_pack_host){0, 1}), "guest and host are given twice");
}
END_TEST

int main(void) {
  Suite *suite = suite_create("pack_check");
  TCase *group = tcase_create("pack_check");
  tcase_set_timeout(group, 0);
  tcase_add_test(group, the_checker_agrees_with_a_look_at_all_pairs);
  tcase_add_test(group, a_capacity_is_kept_to_the_byte);
  tcase_add_test(group, what_is_wrong_with_one_buffer_is_said);
  tcase_add_test(group, the_witness_is_the_first_point_where_most_is_alive);
  tcase_add_test(group, a_guest_and_its_host_count_once_in_the_witness);
  tcase_add_test(group, a_buffer_that_is_none_is_refused);
  tcase_add_test(group, what_could_overflow_is_refused);
  tcase_add_test(group, fixed_offsets_that_meet_are_refused);
  tcase_add_test(group, pairs_that_are_none_are_refused);
  suite_add_tcase(suite, group);
  return run_suite(suite);
}
