/* Layouts: random problems, each plan judged pair by pair, and its formula against places worked
 * out by hand. */
#include "draw.h"
#include "lifetimes.h"
#include "suite.h"

#include "irmem/plan.h"

#include "support/alloc.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 24, LOOPS = 800 };

typedef struct cases {
  uint64_t state; /* of the random numbers */
  irm_plan_buffer buffers[MOST];
  irm_interval lifetimes[MOST][3];
  irm_plan_bin bins[2];
  irm_plan_problem problem;
  bool in_use[MOST][MOST]; /* by slots: in use together */
  bool behind[MOST][MOST];
} cases;

static uint32_t draw(cases *c, uint32_t below) {
  return draw_below(&c->state, below);
}

/* Problems --------------------------------------------------------------------------------------*/

static const irm_size sizes[] = {{8, 0, 0, 0}, {4, 0, 0, 0}, {1, 0, 0, 0},   {0, 8, 0, 0},
                                 {0, 4, 0, 0}, {0, 1, 0, 0}, {1, 0, 0, 512}, {8, 0, 128, 0}};
#define SIZE_COUNT (sizeof sizes / sizeof sizes[0])

static void draw_buffer(cases *c, uint32_t i, uint32_t span) {
  uint32_t at = draw(c, span), count = 1 + draw(c, 3);
  for (uint32_t k = 0; k < count; k++) {
    c->lifetimes[i][k] = (irm_interval){at, at + 1 + draw(c, 5)};
    at = c->lifetimes[i][k].end + 1 + draw(c, 4);
  }
  c->buffers[i] = (irm_plan_buffer){.bytes = sizes[draw(c, SIZE_COUNT)],
                                    .lifetime = c->lifetimes[i],
                                    .lifetime_count = count,
                                    .bin = IRM_PLAN_ANYWHERE,
                                    .moves_with = i};
}

/* Lets some buffers change places: equal sizes, in no bin. */
static void draw_group(cases *c) {
  uint32_t first = draw(c, c->problem.buffer_count), members = 1 + draw(c, 3);
  for (uint32_t k = 0; k < members && first + k < c->problem.buffer_count; k++) {
    irm_plan_buffer *b = &c->buffers[first + k];
    if (b->exact) return;
    b->bytes = c->buffers[first].bytes;
    b->exact = b->no_bin = true;
    b->moves_with = first;
  }
}

static void generate(cases *c, uint64_t seed) {
  memset(c, 0, sizeof *c);
  c->state = seed * 2654435761u + 88172645463325252u;
  c->problem = (irm_plan_problem){c->buffers, 1 + draw(c, MOST - 4), c->bins, draw(c, 3), false};
  uint32_t span = 1 + draw(c, 40);
  for (uint32_t i = 0; i < c->problem.bin_count; i++)
    c->bins[i].bytes = sizes[draw(c, 2)];
  for (uint32_t i = 0; i < c->problem.buffer_count; i++)
    draw_buffer(c, i, span);
  for (uint32_t groups = draw(c, 3); groups > 0; groups--)
    draw_group(c);
}

/* The judge -------------------------------------------------------------------------------------*/

/* Whether slots may have changed places, directly or through others. */
static void find_groups(const cases *c, const irm_plan *plan, bool together[MOST][MOST]) {
  for (uint32_t s = 0; s < plan->slot_count; s++)
    for (uint32_t t = 0; t < plan->slot_count; t++)
      together[s][t] = s == t;
  for (uint32_t i = 0; i < c->problem.buffer_count; i++)
    for (uint32_t k = 0; k < c->problem.buffer_count; k++)
      if (c->buffers[i].exact && c->buffers[k].exact &&
          c->buffers[i].moves_with == c->buffers[k].moves_with)
        together[plan->slot_of[i]][plan->slot_of[k]] = true;
  for (uint32_t via = 0; via < plan->slot_count; via++)
    for (uint32_t s = 0; s < plan->slot_count; s++)
      for (uint32_t t = 0; t < plan->slot_count; t++)
        together[s][t] |= together[s][via] && together[via][t];
}

/* Which slots are in use at one point, those that may hold the same counted as one. */
static void find_use(cases *c, const irm_plan *plan) {
  static bool together[MOST][MOST];
  find_groups(c, plan, together);
  memset(c->in_use, 0, sizeof c->in_use);
  for (uint32_t i = 0; i < c->problem.buffer_count; i++)
    for (uint32_t k = 0; k < c->problem.buffer_count; k++) {
      if (!overlap(&c->buffers[i], &c->buffers[k])) continue;
      for (uint32_t s = 0; s < plan->slot_count; s++)
        for (uint32_t t = 0; t < plan->slot_count; t++)
          c->in_use[s][t] |= together[s][plan->slot_of[i]] && together[t][plan->slot_of[k]];
    }
}

static void find_behind(cases *c, const irm_plan *plan, const irm_plan_layout *layout) {
  bool placed[MOST] = {false};
  memset(c->behind, 0, sizeof c->behind);
  ck_assert_uint_eq(layout->count, plan->slot_count - c->problem.bin_count);
  for (uint32_t i = 0; i < layout->count; i++) {
    const irm_plan_place *place = &layout->places[i];
    ck_assert_uint_ge(place->slot, c->problem.bin_count);
    ck_assert(!placed[place->slot]);
    for (uint32_t s = 0; s < plan->slot_count; s++)
      c->behind[place->slot][s] = place->behind_all && placed[s];
    for (uint32_t k = 0; k < place->behind_count; k++) {
      uint32_t lower = place->behind[k];
      ck_assert(placed[lower]);
      c->behind[place->slot][lower] = true;
      for (uint32_t s = 0; s < plan->slot_count; s++)
        c->behind[place->slot][s] |= c->behind[lower][s];
    }
    placed[place->slot] = true;
  }
}

static bool is_safe(cases *c, const irm_plan *plan) {
  find_use(c, plan);
  for (uint32_t i = 0; i < plan->layout_count; i++) {
    find_behind(c, plan, &plan->layouts[i]);
    for (uint32_t s = c->problem.bin_count; s < plan->slot_count; s++)
      for (uint32_t t = c->problem.bin_count; t < s; t++)
        if (c->in_use[s][t] && !c->behind[s][t] && !c->behind[t][s]) return false;
  }
  irm_plan_fault fault;
  return irm_plan_check(&c->problem, plan, &fault);
}

/* The arena from slots placed one after the other, in the best layout. */
static uint64_t measure(const cases *c, const irm_plan *plan, uint64_t n, uint64_t m) {
  uint64_t best = UINT64_MAX;
  for (uint32_t i = 0; i < plan->layout_count; i++) {
    uint64_t end_of[MOST] = {0}, top = 0;
    for (uint32_t k = 0; k < plan->layouts[i].count; k++) {
      const irm_plan_place *place = &plan->layouts[i].places[k];
      uint64_t begin = place->behind_all ? top : 0;
      for (uint32_t j = 0; j < place->behind_count; j++)
        if (end_of[place->behind[j]] > begin) begin = end_of[place->behind[j]];
      end_of[place->slot] = begin + irm_size_evaluate_aligned(plan->slot_bytes[place->slot], n, m);
      if (end_of[place->slot] > top) top = end_of[place->slot];
    }
    if (top < best) best = top;
  }
  return plan->layout_count ? best : irm_plan_arena_bytes(&c->problem, plan, n, m);
}

/* Tests -----------------------------------------------------------------------------------------*/

/* What constants and rounding of so many slots may add to a small graph. */
static uint64_t slack(const irm_plan *plan) {
  return (uint64_t)plan->slot_count * (512 + 64);
}

static void check_case(cases *c, const irm_plan_effort *effort, uint32_t *smaller) {
  const irm_allocator *allocator = irmi_default_allocator();
  irm_plan *stack = irm_plan_solve(&c->problem, allocator);
  irm_plan *plan = irm_plan_arrange(&c->problem, stack, effort, allocator);
  ck_assert_uint_le(plan->slot_count, MOST);
  ck_assert_uint_le(plan->layout_count, IRM_PLAN_LAYOUTS);
  ck_assert(is_safe(c, plan));
  uint64_t most = IRM_REFERENCE_NODES, edges = IRM_REFERENCE_EDGES;
  uint64_t before = irm_plan_arena_bytes(&c->problem, stack, most, edges);
  uint64_t after = irm_plan_arena_bytes(&c->problem, plan, most, edges);
  ck_assert_uint_le(after, before);
  *smaller += after < before;
  for (int k = 0; k < 20; k++) {
    uint64_t n = draw(c, 1u << (1 + draw(c, 24))), m = draw(c, 1u << (1 + draw(c, 24)));
    uint64_t bytes = irm_plan_arena_bytes(&c->problem, plan, n, m);
    ck_assert_uint_eq(bytes, measure(c, plan, n, m));
    if (!effort->one_graph)
      ck_assert_uint_le(bytes, irm_plan_arena_bytes(&c->problem, stack, n, m) + slack(plan));
  }
  irm_plan_destroy(plan, allocator);
  irm_plan_destroy(stack, allocator);
}

START_TEST(slots_in_use_together_lie_behind_each_other) {
  static const irm_plan_effort effort = {.steps = 1000}, quick = {.one_graph = true,
                                                                  .nodes = IRM_REFERENCE_NODES,
                                                                  .edges = IRM_REFERENCE_EDGES};
  static cases c;
  uint32_t smaller = 0;
  for (uint64_t seed = 0; seed < LOOPS; seed++) {
    generate(&c, seed);
    check_case(&c, &effort, &smaller);
    check_case(&c, &quick, &smaller);
  }
  ck_assert_uint_gt(smaller, LOOPS / 4);
}
END_TEST

/* The judge sees a list that leaves one out, on a plan where it matters. */
START_TEST(a_list_that_misses_a_slot_is_unsafe) {
  static const irm_plan_effort effort = {.steps = 1000};
  const irm_allocator *allocator = irmi_default_allocator();
  static cases c;
  uint32_t seen = 0;
  for (uint64_t seed = 0; seed < LOOPS / 10; seed++) {
    generate(&c, seed);
    irm_plan *stack = irm_plan_solve(&c.problem, allocator);
    irm_plan *plan = irm_plan_arrange(&c.problem, stack, &effort, allocator);
    for (uint32_t i = 0; i < plan->layout_count; i++)
      for (uint32_t k = 0; k < plan->layouts[i].count; k++) {
        irm_plan_place *place = &plan->layouts[i].places[k];
        if (place->behind_count == 0) continue;
        place->behind_count--;
        ck_assert_msg(!is_safe(&c, plan), "seed %u: a list says more than it must", (unsigned)seed);
        place->behind_count++;
        seen++;
      }
    irm_plan_destroy(plan, allocator);
    irm_plan_destroy(stack, allocator);
  }
  ck_assert_uint_gt(seen, 100);
}
END_TEST

/* 8m, dead, then two of 8n: one region. */
START_TEST(a_large_buffer_makes_room_for_several_small_ones) {
  static const irm_interval first = {0, 2}, second = {2, 5}, third = {3, 6};
  const irm_plan_buffer buffers[] = {
      {{0, 8, 0, 0}, &first, 1, IRM_PLAN_ANYWHERE, false, false, 0, 0},
      {{8, 0, 0, 0}, &second, 1, IRM_PLAN_ANYWHERE, false, false, 1, 0},
      {{8, 0, 0, 0}, &third, 1, IRM_PLAN_ANYWHERE, false, false, 2, 0}};
  const irm_plan_problem problem = {buffers, 3, NULL, 0, false};
  static const irm_plan_effort effort = {.steps = 0};
  const irm_allocator *allocator = irmi_default_allocator();
  irm_plan *stack = irm_plan_solve(&problem, allocator);
  irm_plan *plan = irm_plan_arrange(&problem, stack, &effort, allocator);
  ck_assert_uint_eq(irm_plan_arena_bytes(&problem, stack, 800, 8000), 8 * (800 + 800 + 8000));
  ck_assert_uint_eq(irm_plan_arena_bytes(&problem, plan, 800, 8000), 8 * 8000);
  ck_assert_uint_eq(irm_plan_arena_bytes(&problem, plan, 8000, 800), 8 * 16000);
  irm_plan_destroy(plan, allocator);
  irm_plan_destroy(stack, allocator);
}
END_TEST

/* The bytes of a buffer that is dead may be those of one that is alive with which it has changed
 * places. */
START_TEST(what_changes_places_counts_as_alive) {
  static const irm_interval both[] = {{0, 4}, {6, 9}};
  static const irm_plan_effort effort = {.steps = 0};
  const irm_allocator *allocator = irmi_default_allocator();
  for (uint32_t stays = 1; stays <= 2; stays++) {
    const irm_plan_buffer buffers[] = {
        {{8, 0, 0, 0}, both, 1, IRM_PLAN_ANYWHERE, true, true, 0, 0},
        {{8, 0, 0, 0}, both, stays, IRM_PLAN_ANYWHERE, true, true, 0, 0},
        {{0, 8, 0, 0}, &both[1], 1, IRM_PLAN_ANYWHERE, false, false, 2, 0}};
    const irm_plan_problem problem = {buffers, 3, NULL, 0, false};
    irm_plan *stack = irm_plan_solve(&problem, allocator);
    irm_plan *plan = irm_plan_arrange(&problem, stack, &effort, allocator);
    ck_assert_uint_eq(irm_plan_arena_bytes(&problem, plan, 800, 800), 6400 * (1 + stays));
    irm_plan_destroy(plan, allocator);
    irm_plan_destroy(stack, allocator);
  }
}
END_TEST

int main(void) {
  Suite *suite = suite_create("arrange");
  TCase *arrange = tcase_create("arrange");
  tcase_set_timeout(arrange, 0);
  tcase_add_test(arrange, slots_in_use_together_lie_behind_each_other);
  tcase_add_test(arrange, a_list_that_misses_a_slot_is_unsafe);
  tcase_add_test(arrange, a_large_buffer_makes_room_for_several_small_ones);
  tcase_add_test(arrange, what_changes_places_counts_as_alive);
  suite_add_tcase(suite, arrange);
  return run_suite(suite);
}
