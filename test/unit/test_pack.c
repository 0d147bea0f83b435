/* Packers, and the portfolio of them, on random problems of every shape. */
#include "pack_cases.h"
#include "suite.h"

#include "pack/marks.h"
#include "pack/sort.h"
#include "support/alloc.h"

#include <check.h>

#define MANY_STEPS (UINT64_C(1) << 20)
#define FEW_STEPS  20000

static irm_pack_result pack(const irm_pack_problem *problem, uint64_t steps,
                            const irm_packer *packer, uint64_t *offsets) {
  irm_pack_effort effort = {.steps = steps, .packer = packer};
  return irm_pack(problem, &effort, irmi_default_allocator(), offsets);
}

static const irm_packer *packer_named(const char *name) {
  size_t k = 0;
  while (strcmp(irm_packer_at(k)->name, name) != 0)
    k++;
  return irm_packer_at(k);
}

/* No reuse: one behind the other, behind those that are fixed. */
static uint64_t height_of_separate(const irm_pack_problem *p) {
  uint64_t next = 0;
  for (size_t i = 0; i < p->buffer_count; i++) {
    const irm_pack_buffer *b = &p->buffers[i];
    if (b->offset != IRM_PACK_ANYWHERE && b->bytes && b->offset + b->bytes > next)
      next = b->offset + b->bytes;
  }
  for (size_t i = 0; i < p->buffer_count; i++) {
    const irm_pack_buffer *b = &p->buffers[i];
    if (b->offset == IRM_PACK_ANYWHERE && b->bytes)
      next = (next + b->alignment - 1) / b->alignment * b->alignment + b->bytes;
  }
  return next;
}

START_TEST(each_packer_makes_placements) {
  cases c = {.state = 11};
  uint64_t offsets[MOST_BUFFERS];
  int found = 0, rounds = 0;
  for (; rounds < 1000; rounds++) {
    draw_problem(&c, rounds % 2 ? 8 : MOST_BUFFERS);
    const irm_packer *packer;
    for (size_t k = 0; (packer = irm_packer_at(k)); k++) {
      uint64_t steps = FEW_STEPS;
      if (!packer->pack(&c.problem, &steps, irmi_default_allocator(), offsets)) continue;
      ck_assert_msg(is_placement(&c.problem, offsets, c.problem.buffer_count), "%s in round %d",
                    packer->name, rounds);
      ck_assert_uint_le(steps, FEW_STEPS);
      found++;
    }
  }
  ck_assert_int_gt(found, 4 * rounds);
}
END_TEST

START_TEST(the_best_is_kept) {
  cases c = {.state = 12};
  uint64_t offsets[MOST_BUFFERS];
  for (int round = 0; round < 1000; round++) {
    draw_problem(&c, round % 2 ? 8 : MOST_BUFFERS);
    irm_pack_result result = pack(&c.problem, 0, NULL, offsets);
    ck_assert_int_eq(result.status, IRM_PACK_FOUND);
    ck_assert(is_placement(&c.problem, offsets, c.problem.buffer_count));
    ck_assert_uint_eq(result.height, height_of(&c.problem, offsets));
    ck_assert_uint_le(result.bound, result.height);
    ck_assert_uint_le(result.height, height_of_separate(&c.problem));
    const irm_packer *packer;
    for (size_t k = 0; (packer = irm_packer_at(k)); k++) {
      uint64_t steps = 0;
      if (packer->pack(&c.problem, &steps, irmi_default_allocator(), offsets))
        ck_assert_msg(result.height <= height_of(&c.problem, offsets), "%s in round %d",
                      packer->name, round);
    }
  }
}
END_TEST

static uint64_t place_of(const irm_pack_problem *p, uint64_t *offsets, const size_t *order,
                         size_t at) {
  uint64_t fixed = offsets[order[at]] = p->buffers[order[at]].offset;
  if (fixed == IRM_PACK_ANYWHERE) return lowest_place(p, offsets, order, at);
  for (size_t k = 0; k < at; k++)
    if (!may_lie(p, offsets, order[at], order[k])) return UINT64_MAX;
  return fixed;
}

/* The lowest that any order leads to when each is put where it can lie lowest. */
static void try_orders(const irm_pack_problem *p, uint64_t *offsets, size_t *order, size_t at,
                       uint64_t *least) {
  if (at == p->buffer_count) {
    uint64_t height = height_of(p, offsets);
    if (height < *least) *least = height;
    return;
  }
  for (size_t k = at; k < p->buffer_count; k++) {
    size_t i = order[k];
    order[k] = order[at];
    order[at] = i;
    offsets[i] = place_of(p, offsets, order, at);
    if (offsets[i] != UINT64_MAX) try_orders(p, offsets, order, at + 1, least);
    order[at] = order[k];
    order[k] = i;
  }
}

START_TEST(no_placement_is_below_the_bound) {
  cases c = {.state = 13};
  uint64_t offsets[MOST_BUFFERS], optimal = 0;
  size_t order[MOST_BUFFERS];
  int rounds = 0;
  for (; rounds < 1500; rounds++) {
    draw_problem(&c, 5);
    for (size_t i = 0; i < c.problem.buffer_count; i++)
      order[i] = i;
    uint64_t least = UINT64_MAX;
    try_orders(&c.problem, offsets, order, 0, &least);
    irm_pack_result result = pack(&c.problem, MANY_STEPS, NULL, offsets);
    ck_assert_uint_le(result.bound, least);
    optimal += result.height <= least;
  }
  ck_assert_int_gt(optimal, rounds * 95 / 100);
}
END_TEST

START_TEST(the_same_question_has_the_same_answer) {
  cases c = {.state = 14};
  uint64_t first[MOST_BUFFERS], second[MOST_BUFFERS];
  for (int round = 0; round < 100; round++) {
    draw_problem(&c, MOST_BUFFERS);
    irm_pack_result a = pack(&c.problem, 20000, NULL, first);
    irm_pack_result b = pack(&c.problem, 20000, NULL, second);
    ck_assert_mem_eq(first, second, c.problem.buffer_count * sizeof *first);
    ck_assert_uint_eq(a.height, b.height);
    ck_assert_uint_eq(a.steps, b.steps);
    ck_assert_str_eq(a.packer, b.packer);
  }
}
END_TEST

START_TEST(more_effort_is_never_worse) {
  cases c = {.state = 15};
  uint64_t offsets[MOST_BUFFERS];
  for (int round = 0; round < 50; round++) {
    draw_problem(&c, MOST_BUFFERS);
    uint64_t height = UINT64_MAX;
    for (uint64_t steps = 0; steps < 100000; steps = steps * 4 + 100) {
      irm_pack_result result = pack(&c.problem, steps, NULL, offsets);
      ck_assert_uint_le(result.height, height);
      height = result.height;
    }
  }
}
END_TEST

START_TEST(one_packer_can_be_asked_alone) {
  cases c = {.state = 16};
  uint64_t offsets[MOST_BUFFERS];
  const irm_packer *packer;
  draw_problem(&c, MOST_BUFFERS);
  for (size_t k = 0; (packer = irm_packer_at(k)); k++) {
    irm_pack_result result = pack(&c.problem, 1000, packer, offsets);
    ck_assert(strcmp(result.packer, packer->name) == 0 || strcmp(result.packer, "separate") == 0);
  }
}
END_TEST

START_TEST(a_capacity_is_kept_or_refused) {
  cases c = {.state = 17};
  uint64_t offsets[MOST_BUFFERS];
  for (int round = 0; round < 300; round++) {
    draw_problem(&c, MOST_BUFFERS);
    irm_pack_result free = pack(&c.problem, 0, NULL, offsets);
    c.problem.capacity = free.height;
    ck_assert_int_eq(pack(&c.problem, 0, NULL, offsets).status, IRM_PACK_FOUND);
    if (free.bound == 0) continue;
    c.problem.capacity = free.bound - 1;
    ck_assert_int_eq(pack(&c.problem, 0, NULL, offsets).status, IRM_PACK_IMPOSSIBLE);
  }
}
END_TEST

START_TEST(nothing_to_pack_needs_no_byte) {
  irm_pack_problem none = {.capacity = UINT64_MAX};
  irm_pack_result result = pack(&none, MANY_STEPS, NULL, NULL);
  ck_assert_int_eq(result.status, IRM_PACK_FOUND);
  ck_assert_uint_eq(result.height, 0);
  ck_assert_uint_eq(result.bound, 0);
}
END_TEST

/* A result as large as the operand that dies where it is born. */
START_TEST(a_chain_of_guests_needs_the_bytes_of_one) {
  enum { LENGTH = 20 };
  irm_pack_buffer buffers[LENGTH];
  irm_interval lifetimes[LENGTH];
  irm_pack_host hosts[LENGTH - 1];
  uint64_t offsets[LENGTH];
  for (uint32_t i = 0; i < LENGTH; i++) {
    lifetimes[i] = (irm_interval){2 * i, 2 * i + 3};
    buffers[i] = (irm_pack_buffer){1000 + i % 3, 1, IRM_PACK_ANYWHERE, &lifetimes[i], 1};
    if (i) hosts[i - 1] = (irm_pack_host){i, i - 1};
  }
  irm_pack_problem problem = {buffers, LENGTH, hosts, LENGTH - 1, UINT64_MAX};
  irm_pack_result result = pack(&problem, 0, NULL, offsets);
  ck_assert_uint_eq(result.height, 1002);
  ck_assert_uint_eq(result.bound, 1002);
  problem.host_count = 0;
  ck_assert_uint_gt(pack(&problem, 0, NULL, offsets).height, 2000);
}
END_TEST

/* Many blocks, few of which matter: what levels are for. */
static void draw_many(cases *c, irm_pack_buffer *buffers, irm_interval *lifetimes, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    uint32_t begin = draw(c, count), life = draw(c, 20) ? 1 + draw(c, 30) : 1 + draw(c, count);
    lifetimes[i] = (irm_interval){begin, begin + life};
    buffers[i] = (irm_pack_buffer){.bytes = 1 + draw(c, 1 << draw(c, 16)),
                                   .alignment = draw(c, 4) ? 1 : 1u << draw(c, 8),
                                   .offset = IRM_PACK_ANYWHERE,
                                   .lifetime = &lifetimes[i],
                                   .lifetime_count = 1};
  }
}

START_TEST(many_blocks_go_around_those_that_matter) {
  enum { COUNT = 40000 };
  const irm_allocator *allocator = irmi_default_allocator();
  cases c = {.state = 19};
  irm_pack_buffer *buffers = irmi_alloc(allocator, COUNT * sizeof *buffers);
  irm_interval *lifetimes = irmi_alloc(allocator, COUNT * sizeof *lifetimes);
  uint64_t *offsets = irmi_alloc(allocator, COUNT * sizeof *offsets);
  for (int round = 0; round < 3; round++) {
    draw_many(&c, buffers, lifetimes, COUNT);
    irm_pack_problem problem = {buffers, COUNT, NULL, 0, UINT64_MAX};
    uint64_t bound = irm_pack_alive(&problem, allocator, &(uint32_t){0});
    uint64_t steps = MANY_STEPS * 64;
    ck_assert(packer_named("levels")->pack(&problem, &steps, allocator, offsets));
    ck_assert_ptr_null(irm_pack_check(&problem, offsets, allocator).message);
    ck_assert_uint_lt(height_of(&problem, offsets), bound + bound / 4);
  }
  irmi_free(allocator, offsets, COUNT * sizeof *offsets);
  irmi_free(allocator, lifetimes, COUNT * sizeof *lifetimes);
  irmi_free(allocator, buffers, COUNT * sizeof *buffers);
}
END_TEST

/* Steps to pack so many, each alive from a time forward to one backward beside two short ones. */
static uint64_t steps_of_nested(const char *packer, uint32_t count) {
  const irm_allocator *allocator = irmi_default_allocator();
  cases c = {.state = 21};
  irm_pack_buffer *buffers = irmi_alloc(allocator, count * sizeof *buffers);
  irm_interval *lifetimes = irmi_alloc(allocator, count * sizeof *lifetimes);
  uint64_t *offsets = irmi_alloc(allocator, count * sizeof *offsets);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t begin = i / 3 * 2, end = 2 * count - begin;
    lifetimes[i] = (irm_interval){begin, end};
    if (i % 3 == 1) lifetimes[i] = (irm_interval){begin + 1, begin + 2};
    if (i % 3 == 2) lifetimes[i] = (irm_interval){end - 1, end};
    buffers[i] = (irm_pack_buffer){1 + draw(&c, 1 << 20), 1, IRM_PACK_ANYWHERE, &lifetimes[i], 1};
  }
  irm_pack_problem problem = {buffers, count, NULL, 0, UINT64_MAX};
  irm_pack_result result = pack(&problem, 0, packer_named(packer), offsets);
  ck_assert_str_eq(result.packer, packer);
  ck_assert_uint_eq(result.height, result.bound);
  irmi_free(allocator, offsets, count * sizeof *offsets);
  irmi_free(allocator, lifetimes, count * sizeof *lifetimes);
  irmi_free(allocator, buffers, count * sizeof *buffers);
  return result.steps;
}

/* An eighth of all pairs meets: what looks at pairs takes a hundred times the steps for ten times
 * the buffers. */
START_TEST(skylines_take_steps_as_n_log_n_however_many_are_alive) {
  const char *names[] = {"skyline-area", "skyline-total", "skyline-total-area", "skyline-life"};
  for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
    uint64_t few = steps_of_nested(names[k], 3000), many = steps_of_nested(names[k], 30000);
    ck_assert_msg(many < 20 * few, "%s: %lu and %lu steps", names[k], (unsigned long)few,
                  (unsigned long)many);
  }
}
END_TEST

START_TEST(marks_know_their_neighbours) {
  enum { MOST = 9000 };
  cases c = {.state = 20};
  static bool in[MOST];
  irmi_arena arena;
  irmi_arena_init(&arena, irmi_default_allocator());
  irmi_marks marks;
  irmi_marks_init(&marks, MOST, &arena);
  irmi_marks_add(&marks, 0);
  in[0] = true;
  for (int round = 0; round < 20000; round++) {
    uint32_t number = 1 + draw(&c, MOST - 1), above = number + 1, below = number;
    if (draw(&c, 3)) {
      irmi_marks_remove(&marks, number);
      in[number] = false;
    } else {
      irmi_marks_add(&marks, number);
      in[number] = true;
    }
    number = below = draw(&c, MOST);
    for (above = number + 1; above < MOST && !in[above];)
      above++;
    while (!in[below])
      below--;
    ck_assert_uint_eq(irmi_marks_above(&marks, number), above < MOST ? above : UINT32_MAX);
    ck_assert_uint_eq(irmi_marks_at_or_below(&marks, number), below);
  }
  irmi_arena_destroy(&arena);
}
END_TEST

START_TEST(keys_are_sorted_and_equal_ones_keep_their_order) {
  enum { MOST = 300 };
  cases c = {.state = 18};
  irmi_keyed items[MOST], spare[MOST];
  for (int round = 0; round < 200; round++) {
    uint32_t count = draw(&c, MOST), shift = draw(&c, 60), kinds = 1 + draw(&c, 40);
    for (uint32_t i = 0; i < count; i++)
      items[i] = (irmi_keyed){(uint64_t)draw(&c, kinds) << shift, i};
    irmi_keyed_sort(items, spare, count);
    for (uint32_t i = 1; i < count; i++)
      ck_assert(items[i - 1].key < items[i].key ||
                (items[i - 1].key == items[i].key && items[i - 1].item < items[i].item));
  }
}
END_TEST

int main(void) {
  Suite *suite = suite_create("pack");
  TCase *tests = tcase_create("pack");
  tcase_set_timeout(tests, 120);
  tcase_add_test(tests, each_packer_makes_placements);
  tcase_add_test(tests, the_best_is_kept);
  tcase_add_test(tests, no_placement_is_below_the_bound);
  tcase_add_test(tests, the_same_question_has_the_same_answer);
  tcase_add_test(tests, more_effort_is_never_worse);
  tcase_add_test(tests, one_packer_can_be_asked_alone);
  tcase_add_test(tests, a_capacity_is_kept_or_refused);
  tcase_add_test(tests, nothing_to_pack_needs_no_byte);
  tcase_add_test(tests, a_chain_of_guests_needs_the_bytes_of_one);
  tcase_add_test(tests, many_blocks_go_around_those_that_matter);
  tcase_add_test(tests, skylines_take_steps_as_n_log_n_however_many_are_alive);
  tcase_add_test(tests, marks_know_their_neighbours);
  tcase_add_test(tests, keys_are_sorted_and_equal_ones_keep_their_order);
  suite_add_tcase(suite, tests);
  return run_suite(suite);
}
