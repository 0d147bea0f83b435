/* Slot planning: random problems against exhaustive search and a naive judge, and the checker
 * against broken plans. */
#include "draw.h"
#include "lifetimes.h"
#include "suite.h"

#include "irmem/plan.h"

#include "support/alloc.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define MOST        48
#define REFERENCE_N (UINT64_C(1) << 20)
#define REFERENCE_M (UINT64_C(1) << 24)

typedef struct cases {
  uint64_t state; /* of the random numbers */
  irm_plan_buffer buffers[MOST];
  irm_interval lifetimes[MOST][4];
  irm_plan_bin bins[3];
  irm_plan_problem problem;
} cases;

static uint32_t draw(cases *c, uint32_t below) {
  return draw_below(&c->state, below);
}

static const irm_size sizes[] = {{8, 0, 0, 0},  {4, 0, 0, 0},   {1, 0, 0, 0},  {0, 8, 0, 0},
                                 {0, 4, 0, 0},  {0, 0, 64, 0},  {0, 0, 0, 0},  {1, 0, 0, 512},
                                 {8, 0, 64, 0}, {0, 0, 200, 0}, {0, 0, 512, 0}};
#define SIZE_COUNT (sizeof sizes / sizeof sizes[0])

/* Problems ------------------------------------------------------------------------------------- */

static uint32_t draw_lifetime(cases *c, irm_interval *lifetime, uint32_t holes, uint32_t span) {
  uint32_t at = draw(c, span), count = 1 + (holes ? draw(c, holes + 1) : 0);
  for (uint32_t k = 0; k < count; k++) {
    lifetime[k] = (irm_interval){at, at + 1 + draw(c, 6)};
    at = lifetime[k].end + 1 + draw(c, 5);
  }
  return count;
}

/* The bin is there, large enough, and nothing else that must be in it is alive together with the
 * buffer. */
static bool may_be_bound(const cases *c, uint32_t i, uint32_t bin) {
  if (!irm_size_fits(c->buffers[i].bytes, c->bins[bin].bytes)) return false;
  for (uint32_t k = 0; k < i; k++)
    if (c->buffers[k].bin == bin && overlap(&c->buffers[i], &c->buffers[k])) return false;
  return true;
}

static void draw_problem(cases *c, uint32_t count, uint32_t holes) {
  uint32_t bins = draw(c, 4), kinds = 1 + draw(c, SIZE_COUNT);
  for (uint32_t i = 0; i < bins; i++)
    c->bins[i].bytes = sizes[draw(c, kinds)];
  for (uint32_t i = 0; i < count; i++) {
    irm_plan_buffer *b = &c->buffers[i];
    *b = (irm_plan_buffer){
        .bytes = sizes[draw(c, kinds)], .lifetime = c->lifetimes[i], .bin = IRM_PLAN_ANYWHERE};
    b->lifetime_count = draw_lifetime(c, c->lifetimes[i], holes, 2 * count);
    b->no_bin = draw(c, 6) == 0;
    b->exact = draw(c, 6) == 0;
    uint32_t bin = bins ? draw(c, bins) : 0;
    if (bins && !b->no_bin && !b->exact && draw(c, 5) == 0 && may_be_bound(c, i, bin)) b->bin = bin;
  }
  c->problem = (irm_plan_problem){c->buffers, count, c->bins, bins, false};
}

/* The naive judge and exhaustive search -------------------------------------------------------- */

static bool is_valid(const irm_plan_problem *p, const irm_plan *plan) {
  for (uint32_t i = 0; i < p->buffer_count; i++) {
    const irm_plan_buffer *b = &p->buffers[i];
    uint32_t slot = plan->slot_of[i];
    if (slot >= plan->slot_count || (b->no_bin && slot < p->bin_count)) return false;
    if (b->bin != IRM_PLAN_ANYWHERE && b->bin != slot) return false;
    if (!irm_size_fits(b->bytes, plan->slot_bytes[slot])) return false;
    if (b->exact && !irm_size_fits(plan->slot_bytes[slot], b->bytes)) return false;
    for (uint32_t k = 0; k < i; k++)
      if (plan->slot_of[k] == slot && overlap(b, &p->buffers[k])) return false;
  }
  return true;
}

/* Sets each slot's size to its member that all others fit in; false: there is none. */
static bool size_slots(const irm_plan_problem *p, irm_plan *plan) {
  for (uint32_t slot = p->bin_count; slot < plan->slot_count; slot++) {
    plan->slot_bytes[slot] = irm_size_constant(0);
    for (uint32_t i = 0; i < p->buffer_count; i++)
      if (plan->slot_of[i] == slot && irm_size_fits(plan->slot_bytes[slot], p->buffers[i].bytes))
        plan->slot_bytes[slot] = p->buffers[i].bytes;
  }
  return is_valid(p, plan);
}

/* Whether a buffer before this one is in the slot and alive together with it, or it may not be in a
 * bin at all. */
static bool is_taken(const irm_plan_problem *p, const irm_plan *plan, uint32_t at, uint32_t slot) {
  if (slot < p->bin_count && !irm_size_fits(p->buffers[at].bytes, p->bins[slot].bytes)) return true;
  for (uint32_t k = 0; k < at; k++)
    if (plan->slot_of[k] == slot && overlap(&p->buffers[at], &p->buffers[k])) return true;
  return false;
}

static uint64_t least_arena(const irm_plan_problem *p, irm_plan *plan, uint32_t at) {
  if (at == p->buffer_count)
    return size_slots(p, plan) ? irm_plan_arena_bytes(p, plan, REFERENCE_N, REFERENCE_M)
                               : UINT64_MAX;
  uint64_t least = UINT64_MAX;
  uint32_t count = plan->slot_count;
  for (uint32_t slot = 0; slot <= count; slot++) {
    if (is_taken(p, plan, at, slot)) continue;
    plan->slot_of[at] = slot;
    plan->slot_count = slot == count ? count + 1 : count;
    uint64_t bytes = least_arena(p, plan, at + 1);
    if (bytes < least) least = bytes;
  }
  plan->slot_count = count;
  return least;
}

static uint64_t optimum(const irm_plan_problem *p) {
  uint32_t slot_of[8];
  irm_size slot_bytes[12];
  for (uint32_t i = 0; i < p->bin_count; i++)
    slot_bytes[i] = p->bins[i].bytes;
  irm_plan plan = {.slot_of = slot_of, .slot_bytes = slot_bytes, .slot_count = p->bin_count};
  return least_arena(p, &plan, 0);
}

/* Random problems ------------------------------------------------------------------------------ */

static irm_plan *solve(const irm_plan_problem *p) {
  irm_plan *plan = irm_plan_solve(p, irmi_default_allocator());
  irm_plan_fault fault = {0, 0, NULL};
  ck_assert_msg(irm_plan_check(p, plan, &fault), "buffers %u and %u: %s", fault.a, fault.b,
                fault.message);
  ck_assert(is_valid(p, plan));
  return plan;
}

static void destroy(irm_plan *plan) {
  irm_plan_destroy(plan, irmi_default_allocator());
}

START_TEST(few_buffers_are_packed_as_well_as_exhaustive_search_packs_them) {
  cases c = {.state = 1};
  for (int round = 0; round < 1500; round++) {
    draw_problem(&c, 1 + draw(&c, round % 50 ? 5 : 7), draw(&c, 3));
    irm_plan *plan = solve(&c.problem);
    ck_assert_uint_eq(irm_plan_arena_bytes(&c.problem, plan, REFERENCE_N, REFERENCE_M),
                      optimum(&c.problem));
    destroy(plan);
  }
}
END_TEST

START_TEST(plans_are_never_worse_than_a_slot_for_each_buffer_for_any_n_and_m) {
  cases c = {.state = 2};
  for (int round = 0; round < 600; round++) {
    draw_problem(&c, 1 + draw(&c, MOST), draw(&c, 4));
    irm_plan *plan = solve(&c.problem),
             *apart = irm_plan_separate(&c.problem, irmi_default_allocator());
    ck_assert(irm_plan_check(&c.problem, apart, NULL));
    for (int k = 0; k < 10; k++) {
      uint64_t n = draw(&c, 3000), m = draw(&c, 3000);
      ck_assert_uint_le(irm_plan_arena_bytes(&c.problem, plan, n, m),
                        irm_plan_arena_bytes(&c.problem, apart, n, m));
    }
    destroy(plan);
    destroy(apart);
  }
}
END_TEST

START_TEST(the_same_problem_gives_the_same_plan) {
  cases c = {.state = 3};
  for (int round = 0; round < 60; round++) {
    draw_problem(&c, MOST, 3);
    irm_plan *x = solve(&c.problem), *y = solve(&c.problem);
    ck_assert_uint_eq(x->slot_count, y->slot_count);
    ck_assert_mem_eq(x->slot_of, y->slot_of, MOST * sizeof(uint32_t));
    ck_assert_mem_eq(x->slot_bytes, y->slot_bytes, x->slot_count * sizeof(irm_size));
    destroy(x);
    destroy(y);
  }
}
END_TEST

static uint32_t most_alive(const irm_plan_problem *p) {
  uint32_t most = 0;
  for (uint32_t i = 0; i < p->buffer_count; i++) {
    uint32_t alive = 0, point = p->buffers[i].lifetime[0].begin;
    for (uint32_t k = 0; k < p->buffer_count; k++)
      alive += p->buffers[k].lifetime[0].begin <= point && point < p->buffers[k].lifetime[0].end;
    if (alive > most) most = alive;
  }
  return most;
}

START_TEST(plain_intervals_of_one_size_need_as_many_slots_as_are_alive_at_once) {
  cases c = {.state = 4};
  for (int round = 0; round < 500; round++) {
    draw_problem(&c, 1 + draw(&c, MOST), 0);
    c.problem.bin_count = 0;
    for (uint32_t i = 0; i < c.problem.buffer_count; i++) {
      c.buffers[i].bytes = sizes[0];
      c.buffers[i].bin = IRM_PLAN_ANYWHERE;
    }
    irm_plan *plan = solve(&c.problem);
    ck_assert_uint_eq(plan->slot_count, most_alive(&c.problem));
    destroy(plan);
  }
}
END_TEST

/* Large problems ------------------------------------------------------------------------------- */

/* Each buffer meets the one before and the one behind. */
static uint32_t slots_of_chain(uint32_t count, const irm_size *kinds, uint32_t kind_count) {
  irm_plan_buffer *buffers = calloc(count, sizeof *buffers);
  irm_interval *lifetimes = calloc(count, sizeof *lifetimes);
  for (uint32_t i = 0; i < count; i++) {
    lifetimes[i] = (irm_interval){2 * i, 2 * i + 3};
    buffers[i] = (irm_plan_buffer){
        kinds[i % kind_count], &lifetimes[i], 1, IRM_PLAN_ANYWHERE, false, false, 0, 0};
  }
  irm_plan_problem problem = {buffers, count, NULL, 0, false};
  irm_plan *plan = irm_plan_solve(&problem, irmi_default_allocator());
  ck_assert(irm_plan_check(&problem, plan, NULL));
  uint32_t slots = plan->slot_count;
  destroy(plan);
  free(buffers);
  free(lifetimes);
  return slots;
}

START_TEST(a_million_buffers_in_a_chain_share_two_slots) {
  ck_assert_uint_eq(slots_of_chain(1000000, sizes, 1), 2);
  ck_assert_uint_eq(slots_of_chain(1000000, sizes, 2), 2);
}
END_TEST

/* All alive at once but in pairs: the second of a pair begins where the first ends. */
START_TEST(a_hundred_thousand_slots_are_each_used_twice) {
  uint32_t pairs = 100000, count = 2 * pairs;
  irm_plan_buffer *buffers = calloc(count, sizeof *buffers);
  irm_interval *lifetimes = calloc(count, sizeof *lifetimes);
  for (uint32_t i = 0; i < count; i++) {
    lifetimes[i] = i < pairs ? (irm_interval){i, pairs + i} : (irm_interval){i, count + i};
    buffers[i] =
        (irm_plan_buffer){sizes[i % 2], &lifetimes[i], 1, IRM_PLAN_ANYWHERE, false, false, 0, 0};
  }
  irm_plan_problem problem = {buffers, count, NULL, 0, false};
  irm_plan *plan = irm_plan_solve(&problem, irmi_default_allocator());
  ck_assert(irm_plan_check(&problem, plan, NULL));
  ck_assert_uint_eq(plan->slot_count, pairs);
  destroy(plan);
  free(buffers);
  free(lifetimes);
}
END_TEST

/* Each first buffer sleeps while the second of its pair lives; too many for packers that probe
 * slots. */
START_TEST(many_holes_are_filled) {
  uint32_t count = 120000;
  irm_plan_buffer *buffers = calloc(count, sizeof *buffers);
  irm_interval *lifetimes = calloc(2 * (size_t)count, sizeof *lifetimes);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t at = 10 * (i / 2);
    irm_interval *life = &lifetimes[2 * i];
    life[0] = i % 2 ? (irm_interval){at + 2, at + 8} : (irm_interval){at, at + 2};
    life[1] = (irm_interval){at + 8, at + 10};
    buffers[i] =
        (irm_plan_buffer){sizes[0], life, i % 2 ? 1 : 2, IRM_PLAN_ANYWHERE, false, false, 0, 0};
  }
  irm_plan_problem problem = {buffers, count, NULL, 0, false};
  irm_plan *plan = irm_plan_solve(&problem, irmi_default_allocator());
  ck_assert(irm_plan_check(&problem, plan, NULL));
  ck_assert_uint_eq(plan->slot_count, 1);
  destroy(plan);
  free(buffers);
  free(lifetimes);
}
END_TEST

/* Single decisions ----------------------------------------------------------------------------- */

#define BUFFER(SIZE, ...)                                                                          \
  {                                                                                                \
    .bytes = SIZE, .lifetime = (const irm_interval[]){__VA_ARGS__},                                \
    .lifetime_count = sizeof((irm_interval[]){__VA_ARGS__}) / sizeof(irm_interval),                \
    .bin = IRM_PLAN_ANYWHERE                                                                       \
  }
#define NODES8 ((irm_size){.a = 8})
#define NODES4 ((irm_size){.a = 4})
#define EDGES8 ((irm_size){.b = 8})

START_TEST(what_only_ends_where_the_next_begins_shares) {
  irm_plan_buffer buffers[] = {BUFFER(NODES8, {0, 5}), BUFFER(NODES4, {5, 9})};
  irm_plan *plan = solve(&(irm_plan_problem){buffers, 2, NULL, 0, false});
  ck_assert_uint_eq(plan->slot_count, 1);
  ck_assert(irm_size_equal(plan->slot_bytes[0], NODES8));
  destroy(plan);
}
END_TEST

START_TEST(sizes_whose_order_depends_on_the_graph_never_share) {
  irm_plan_buffer buffers[] = {BUFFER(NODES8, {0, 5}), BUFFER(EDGES8, {5, 9})};
  irm_plan *plan = solve(&(irm_plan_problem){buffers, 2, NULL, 0, false});
  ck_assert_uint_eq(plan->slot_count, 2);
  destroy(plan);
}
END_TEST

START_TEST(a_hole_in_a_lifetime_is_filled) {
  irm_plan_buffer buffers[] = {BUFFER(NODES8, {0, 5}, {9, 12}), BUFFER(NODES8, {5, 9})};
  irm_plan *plan = solve(&(irm_plan_problem){buffers, 2, NULL, 0, false});
  ck_assert_uint_eq(plan->slot_count, 1);
  destroy(plan);
}
END_TEST

START_TEST(a_bin_is_used_while_it_waits_for_its_output) {
  irm_plan_buffer buffers[] = {BUFFER(NODES8, {0, 5}), BUFFER(NODES8, {5, 9})};
  buffers[1].bin = 0;
  irm_plan_bin bins[] = {{NODES8, 0}};
  irm_plan *plan = solve(&(irm_plan_problem){buffers, 2, bins, 1, false});
  ck_assert_uint_eq(plan->slot_count, 1);
  destroy(plan);
  buffers[0].no_bin = true;
  plan = solve(&(irm_plan_problem){buffers, 2, bins, 1, false});
  ck_assert_uint_eq(plan->slot_count, 2);
  destroy(plan);
}
END_TEST

START_TEST(an_exact_buffer_takes_smaller_company_but_no_larger) {
  irm_plan_buffer buffers[] = {BUFFER(NODES8, {0, 5}), BUFFER(NODES4, {5, 9})};
  buffers[1].exact = true;
  irm_plan *plan = solve(&(irm_plan_problem){buffers, 2, NULL, 0, false});
  ck_assert_uint_eq(plan->slot_count, 2);
  destroy(plan);
  buffers[1].exact = false;
  buffers[0].exact = true;
  plan = solve(&(irm_plan_problem){buffers, 2, NULL, 0, false});
  ck_assert_uint_eq(plan->slot_count, 1);
  destroy(plan);
}
END_TEST

START_TEST(no_buffers_need_no_slots) {
  irm_plan *plan = solve(&(irm_plan_problem){NULL, 0, NULL, 0, false});
  ck_assert_uint_eq(plan->slot_count, 0);
  destroy(plan);
}
END_TEST

START_TEST(the_arena_is_the_sum_of_aligned_slots_beside_the_bins) {
  irm_plan_buffer buffers[] = {BUFFER(NODES8, {0, 5}), BUFFER(NODES4, {0, 5}),
                               BUFFER(NODES8, {0, 5})};
  buffers[2].bin = 0;
  irm_plan_bin bins[] = {{NODES8, 0}};
  irm_plan_problem problem = {buffers, 3, bins, 1, false};
  irm_plan *plan = solve(&problem);
  ck_assert_uint_eq(irm_plan_arena_bytes(&problem, plan, 9, 0), 128 + 64);
  ck_assert_uint_eq(irm_plan_arena_bytes(&problem, plan, UINT64_MAX / 2, 0), UINT64_MAX);
  destroy(plan);
}
END_TEST

/* The checker ---------------------------------------------------------------------------------- */

/* A bin, an exact buffer, one that shuns bins, and one that must be in the bin. */
typedef struct sound {
  irm_plan_buffer buffers[4];
  irm_plan_bin bins[1];
  irm_plan_problem problem;
  uint32_t slot_of[4];
  irm_size slot_bytes[3];
  irm_plan plan;
} sound;

static void make_sound(sound *s) {
  static const irm_interval lives[] = {{0, 5}, {5, 9}, {0, 5}, {5, 9}};
  *s = (sound){
      .bins = {{NODES8, 0}}, .slot_of = {1, 1, 2, 0}, .slot_bytes = {NODES8, NODES8, NODES8}};
  for (int i = 0; i < 4; i++)
    s->buffers[i] = (irm_plan_buffer){
        i == 1 ? NODES4 : NODES8, &lives[i], 1, IRM_PLAN_ANYWHERE, false, false, 0, 0};
  s->buffers[0].exact = true;
  s->buffers[2].no_bin = true;
  s->buffers[3].bin = 0;
  s->problem = (irm_plan_problem){s->buffers, 4, s->bins, 1, false};
  s->plan = (irm_plan){.slot_of = s->slot_of, .slot_bytes = s->slot_bytes, .slot_count = 3};
}

static void expect_fault(const sound *s, uint32_t a, uint32_t b, const char *message) {
  irm_plan_fault fault = {99, 99, NULL};
  ck_assert(!irm_plan_check(&s->problem, &s->plan, &fault));
  ck_assert_str_eq(fault.message, message);
  ck_assert_uint_eq(fault.a, a);
  ck_assert_uint_eq(fault.b, b);
}

START_TEST(the_checker_names_each_kind_of_fault) {
  sound s;
  make_sound(&s);
  ck_assert(irm_plan_check(&s.problem, &s.plan, NULL));
  s.slot_of[1] = 3;
  expect_fault(&s, 1, 1, "is in a slot that does not exist");
  make_sound(&s);
  s.slot_of[3] = 2;
  expect_fault(&s, 3, 3, "is not in its bin");
  make_sound(&s);
  s.slot_of[2] = 0;
  expect_fault(&s, 2, 2, "is in a bin where it may not be");
  make_sound(&s);
  s.slot_bytes[2] = NODES4;
  expect_fault(&s, 2, 2, "does not fit in its slot for all n and m");
  make_sound(&s);
  s.slot_bytes[1].c = 1;
  expect_fault(&s, 0, 0, "is in a slot that is larger than it");
  make_sound(&s);
  s.slot_of[0] = 2;
  expect_fault(&s, 0, 2, "share a slot and are alive at one point");
  make_sound(&s);
  s.slot_bytes[0] = EDGES8;
  expect_fault(&s, 0, 0, "a bin has another size");
  make_sound(&s);
  s.plan.slot_count = 0;
  expect_fault(&s, 0, 0, "a bin is missing");
}
END_TEST

START_TEST(the_checker_judges_mutated_plans_as_the_definition_does) {
  cases c = {.state = 5};
  int broken = 0;
  for (int round = 0; round < 1500; round++) {
    draw_problem(&c, 1 + draw(&c, 16), 2);
    irm_plan *plan = solve(&c.problem);
    uint32_t i = draw(&c, c.problem.buffer_count), slot = draw(&c, plan->slot_count);
    if (draw(&c, 2))
      plan->slot_of[i] = slot;
    else if (slot >= c.problem.bin_count)
      plan->slot_bytes[slot] = sizes[draw(&c, SIZE_COUNT)];
    bool valid = is_valid(&c.problem, plan);
    ck_assert_int_eq(irm_plan_check(&c.problem, plan, NULL), valid);
    broken += !valid;
    destroy(plan);
  }
  ck_assert_int_gt(broken, 250);
  ck_assert_int_lt(broken, 1250);
}
END_TEST

static Suite *plan_suite(void) {
  Suite *suite = suite_create("plan");
  TCase *random = tcase_create("random"), *single = tcase_create("single"),
        *checker = tcase_create("checker");
  tcase_set_timeout(random, 0);
  tcase_add_test(random, few_buffers_are_packed_as_well_as_exhaustive_search_packs_them);
  tcase_add_test(random, plans_are_never_worse_than_a_slot_for_each_buffer_for_any_n_and_m);
  tcase_add_test(random, the_same_problem_gives_the_same_plan);
  tcase_add_test(random, plain_intervals_of_one_size_need_as_many_slots_as_are_alive_at_once);
  tcase_add_test(random, a_million_buffers_in_a_chain_share_two_slots);
  tcase_add_test(random, a_hundred_thousand_slots_are_each_used_twice);
  tcase_add_test(random, many_holes_are_filled);
  tcase_add_test(single, what_only_ends_where_the_next_begins_shares);
  tcase_add_test(single, sizes_whose_order_depends_on_the_graph_never_share);
  tcase_add_test(single, a_hole_in_a_lifetime_is_filled);
  tcase_add_test(single, a_bin_is_used_while_it_waits_for_its_output);
  tcase_add_test(single, an_exact_buffer_takes_smaller_company_but_no_larger);
  tcase_add_test(single, no_buffers_need_no_slots);
  tcase_add_test(single, the_arena_is_the_sum_of_aligned_slots_beside_the_bins);
  tcase_add_test(checker, the_checker_names_each_kind_of_fault);
  tcase_add_test(checker, the_checker_judges_mutated_plans_as_the_definition_does);
  suite_add_tcase(suite, random);
  suite_add_tcase(suite, single);
  suite_add_tcase(suite, checker);
  return suite;
}

int main(void) {
  return run_suite(plan_suite());
}
