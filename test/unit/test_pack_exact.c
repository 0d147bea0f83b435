/* The exact solver against looking at every offset, which works for small problems. */
#include "draw.h"
#include "suite.h"

#include "pack/exact.h"
#include "pack/exact_search.h"

#include "support/alloc.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define MOST  64
#define STEPS 3000000

typedef struct cases {
  uint64_t state; /* of the random numbers */
  irm_pack_buffer buffers[MOST];
  irm_interval lifetimes[MOST][3];
  irm_pack_host hosts[MOST];
  irm_pack_problem problem;
} cases;

static uint32_t draw(cases *c, uint32_t below) {
  return draw_below(&c->state, below);
}

/* What it means ---------------------------------------------------------------------------------*/

/* At how many points both are alive. */
static uint32_t count_together(const irm_pack_buffer *x, const irm_pack_buffer *y) {
  uint32_t points = 0;
  for (uint32_t i = 0; i < x->lifetime_count; i++)
    for (uint32_t at = x->lifetime[i].begin; at < x->lifetime[i].end; at++)
      for (uint32_t k = 0; k < y->lifetime_count; k++)
        points += y->lifetime[k].begin <= at && at < y->lifetime[k].end;
  return points;
}

static bool is_pair(const cases *c, size_t x, size_t y) {
  for (size_t k = 0; k < c->problem.host_count; k++)
    if ((c->hosts[k].guest == x && c->hosts[k].host == y) ||
        (c->hosts[k].guest == y && c->hosts[k].host == x))
      return true;
  return false;
}

static bool may_lie(const cases *c, size_t x, size_t y, uint64_t at_x, uint64_t at_y) {
  const irm_pack_buffer *p = &c->buffers[x], *q = &c->buffers[y];
  if (p->bytes == 0 || q->bytes == 0 || count_together(p, q) == 0) return true;
  if (at_x + p->bytes <= at_y || at_y + q->bytes <= at_x) return true;
  return at_x == at_y && is_pair(c, x, y);
}

static bool is_at_home(const irm_pack_buffer *buffer, uint64_t at) {
  return (buffer->offset == IRM_PACK_ANYWHERE || buffer->offset == at) &&
         at % buffer->alignment == 0;
}

static bool is_placement(const cases *c, const uint64_t *offsets, uint64_t capacity) {
  for (size_t x = 0; x < c->problem.buffer_count; x++) {
    const irm_pack_buffer *buffer = &c->buffers[x];
    if (buffer->bytes == 0) continue;
    if (!is_at_home(buffer, offsets[x]) || offsets[x] + buffer->bytes > capacity) return false;
    for (size_t y = 0; y < x; y++)
      if (!may_lie(c, x, y, offsets[x], offsets[y])) return false;
  }
  return true;
}

/* Every offset for each buffer in turn. */
static bool can_place(const cases *c, uint64_t capacity, size_t next, uint64_t *offsets) {
  if (next == c->problem.buffer_count) return true;
  const irm_pack_buffer *buffer = &c->buffers[next];
  if (buffer->bytes == 0) return can_place(c, capacity, next + 1, offsets);
  for (uint64_t at = 0; at + buffer->bytes <= capacity; at++) {
    if (!is_at_home(buffer, at)) continue;
    bool fits = true;
    for (size_t k = 0; k < next && fits; k++)
      fits = may_lie(c, next, k, at, offsets[k]);
    offsets[next] = at;
    if (fits && can_place(c, capacity, next + 1, offsets)) return true;
  }
  return false;
}

static uint64_t least_height(const cases *c, uint64_t from, uint64_t to) {
  uint64_t offsets[MOST];
  while (from < to && !can_place(c, from, 0, offsets))
    from++;
  return from;
}

/* Problems --------------------------------------------------------------------------------------*/

typedef struct outline {
  uint32_t most, span, bytes, holes;
  bool is_aligned, is_fixed, has_hosts;
} outline;

static void draw_lifetime(cases *c, size_t index, const outline *shape) {
  uint32_t at = draw(c, shape->span), count = 1 + draw(c, shape->holes + 1);
  for (uint32_t k = 0; k < count; k++) {
    c->lifetimes[index][k] = (irm_interval){at, at + 1 + draw(c, 4)};
    at = c->lifetimes[index][k].end + 1 + draw(c, 3);
  }
  c->buffers[index].lifetime = c->lifetimes[index];
  c->buffers[index].lifetime_count = count;
}

/* Where it meets nothing else that is fixed, in a few attempts. */
static void fix_some(cases *c, size_t index) {
  irm_pack_buffer *buffer = &c->buffers[index];
  uint64_t at = draw(c, 6) * buffer->alignment;
  for (size_t k = 0; k < index; k++)
    if (c->buffers[k].offset != IRM_PACK_ANYWHERE &&
        !may_lie(c, index, k, at, c->buffers[k].offset))
      return;
  buffer->offset = at;
}

static void draw_hosts(cases *c) {
  c->problem.host_count = 0;
  for (uint32_t x = 0; x < c->problem.buffer_count; x++)
    for (uint32_t y = 0; y < c->problem.buffer_count; y++)
      if (x != y && c->problem.host_count < MOST && !is_pair(c, x, y) && draw(c, 2) &&
          count_together(&c->buffers[x], &c->buffers[y]) == 1)
        c->hosts[c->problem.host_count++] = (irm_pack_host){x, y};
}

static void draw_problem(cases *c, const outline *shape) {
  size_t count = 1 + draw(c, shape->most);
  c->problem = (irm_pack_problem){
      .buffers = c->buffers, .buffer_count = count, .hosts = c->hosts, .capacity = UINT64_MAX};
  for (size_t i = 0; i < count; i++) {
    c->buffers[i] = (irm_pack_buffer){.bytes = draw(c, shape->bytes + 1),
                                      .alignment = shape->is_aligned ? 1 + draw(c, 4) : 1,
                                      .offset = IRM_PACK_ANYWHERE};
    draw_lifetime(c, i, shape);
    if (shape->is_fixed && draw(c, 4) == 0) fix_some(c, i);
  }
  if (shape->has_hosts) draw_hosts(c);
}

/* Lifetimes that fill every point: many of these have no placement that needs no more than is
 * alive. Of any points, or without holes. */
typedef struct fullness {
  uint32_t points, bytes, most; /* of all at one point, of one buffer */
  bool has_holes, is_aligned;
} fullness;

static uint32_t lifetime_of(uint32_t points, irm_interval *lifetime) {
  uint32_t count = 0;
  for (uint32_t at = 0; points >> at; at++) {
    if (!(points >> at & 1)) continue;
    if (at == 0 || !(points >> (at - 1) & 1)) lifetime[count++].begin = at;
    lifetime[count - 1].end = at + 1;
  }
  return count;
}

static uint32_t draw_points(cases *c, const fullness *full) {
  if (full->has_holes) return 1 + draw(c, (1u << full->points) - 1);
  uint32_t begin = draw(c, full->points), end = begin + 1 + draw(c, full->points - begin);
  return (1u << end) - (1u << begin);
}

static void draw_full_problem(cases *c, const fullness *full) {
  uint32_t alive[32] = {0};
  size_t count = 0;
  for (uint32_t tries = 0; tries < 200 && count < MOST; tries++) {
    uint32_t points = draw_points(c, full), most = 0;
    for (uint32_t at = 0; at < full->points; at++)
      if (points >> at & 1 && alive[at] > most) most = alive[at];
    if (most == full->bytes) continue;
    uint32_t left = full->bytes - most, bytes = 1 + draw(c, left < full->most ? left : full->most);
    for (uint32_t at = 0; at < full->points; at++)
      alive[at] += points >> at & 1 ? bytes : 0;
    c->buffers[count] = (irm_pack_buffer){bytes, 1, IRM_PACK_ANYWHERE, c->lifetimes[count],
                                          lifetime_of(points, c->lifetimes[count])};
    if (full->is_aligned && draw(c, 4) == 0) c->buffers[count].alignment = 1 + draw(c, 4);
    count++;
  }
  c->problem = (irm_pack_problem){.buffers = c->buffers, .buffer_count = count};
}

static const fullness small = {5, 8, 4, true, false};

static const outline shapes[] = {
    {7, 8, 4, 0, false, false, false}, {7, 6, 6, 2, false, false, false},
    {6, 6, 5, 1, true, false, false},  {6, 6, 4, 1, false, true, false},
    {6, 6, 4, 1, true, true, false},   {6, 9, 4, 0, false, false, true},
    {6, 9, 4, 1, true, true, true},
};
#define SHAPE_COUNT (sizeof shapes / sizeof shapes[0])

/* Tests -----------------------------------------------------------------------------------------*/

static irmi_exact_verdict fit(const cases *c, uint64_t capacity, uint64_t *offsets) {
  irmi_effort effort = irmi_effort_of(STEPS, 0);
  return irmi_exact_fit(&c->problem, capacity, &effort, irmi_default_allocator(), offsets);
}

/* A placement without sharing: above everything that is fixed. */
static uint64_t place_apart(const cases *c, uint64_t *offsets) {
  uint64_t end = 0;
  for (size_t i = 0; i < c->problem.buffer_count; i++) {
    offsets[i] = c->buffers[i].offset;
    if (offsets[i] != IRM_PACK_ANYWHERE && c->buffers[i].bytes > 0 &&
        end < offsets[i] + c->buffers[i].bytes)
      end = offsets[i] + c->buffers[i].bytes;
  }
  for (size_t i = 0; i < c->problem.buffer_count; i++) {
    if (offsets[i] != IRM_PACK_ANYWHERE) continue;
    uint64_t rest = end % c->buffers[i].alignment;
    offsets[i] = rest ? end + c->buffers[i].alignment - rest : end;
    if (c->buffers[i].bytes > 0) end = offsets[i] + c->buffers[i].bytes;
  }
  return end;
}

/* The same problem with everything so many times as large. */
static void scale(cases *c, uint64_t factor) {
  for (size_t i = 0; i < c->problem.buffer_count; i++) {
    c->buffers[i].bytes *= factor;
    if (c->buffers[i].alignment > 1) c->buffers[i].alignment *= factor;
    if (c->buffers[i].offset != IRM_PACK_ANYWHERE) c->buffers[i].offset *= factor;
  }
}

static void check_least(cases *c, uint64_t least, uint64_t apart, uint64_t factor) {
  uint64_t offsets[MOST];
  scale(c, factor);
  ck_assert_int_eq(fit(c, least * factor, offsets), IRMI_EXACT_FOUND);
  ck_assert(is_placement(c, offsets, least * factor));
  if (least > 0) ck_assert_int_eq(fit(c, least * factor - 1, offsets), IRMI_EXACT_IMPOSSIBLE);
  ck_assert_uint_eq(place_apart(c, offsets), apart * factor);
  irmi_exact_range range = {.height = apart * factor};
  irmi_effort effort = irmi_effort_of(STEPS, 0);
  ck_assert_int_eq(
      irmi_exact_minimise(&c->problem, &effort, irmi_default_allocator(), &range, offsets),
      IRMI_EXACT_FOUND);
  ck_assert_uint_eq(range.height, least * factor);
  ck_assert_uint_eq(range.bound, least * factor);
  ck_assert(is_placement(c, offsets, least * factor));
}

START_TEST(small_problems_agree_with_looking_everywhere) {
  cases c = {.state = 77 + (uint64_t)_i};
  for (uint32_t k = 0; k < 200; k++) {
    uint64_t offsets[MOST];
    draw_problem(&c, &shapes[_i]);
    uint64_t apart = place_apart(&c, offsets), least = least_height(&c, 0, apart);
    check_least(&c, least, apart, 1);
  }
}
END_TEST

START_TEST(full_problems_agree_with_looking_everywhere) {
  cases c = {.state = 4321};
  uint32_t higher = 0;
  for (uint32_t k = 0; k < 500; k++) {
    uint64_t offsets[MOST];
    draw_full_problem(&c, &small);
    uint64_t apart = place_apart(&c, offsets), least = least_height(&c, small.bytes, apart);
    higher += least > small.bytes;
    check_least(&c, least, apart, 1);
  }
  ck_assert_uint_gt(higher, 50); /* or else nothing was proved */
}
END_TEST

/* One search by itself; for every other seed it remembers something from before. */
static irmi_found search_once(const cases *c, irmi_strategy strategy, uint64_t seed,
                              uint64_t capacity, uint64_t nodes) {
  uint32_t members[MOST], count = 0;
  for (uint32_t i = 0; i < c->problem.buffer_count; i++)
    if (c->buffers[i].bytes > 0) members[count++] = i;
  irmi_model_input input = {.problem = &c->problem, .members = members, .member_count = count};
  irmi_effort effort = irmi_effort_of(UINT64_MAX, 0);
  irmi_model model;
  irmi_search search;
  irmi_model_init(&model, &input, irmi_default_allocator());
  irmi_search_init(&search, &model, &effort, irmi_default_allocator());
  if (seed % 2) irmi_search_run(&search, strategy, seed + 1, capacity / model.unit, 20);
  irmi_found found = irmi_search_run(&search, strategy, seed, capacity / model.unit, nodes);
  irmi_search_destroy(&search);
  irmi_model_destroy(&model);
  return found;
}

START_TEST(each_strategy_agrees_with_looking_everywhere) {
  static const irmi_strategy strategies[] = {{"WAT", true}, {"ZWT", false}};
  cases c = {.state = 31 + (uint64_t)_i};
  for (uint32_t k = 0; k < 300; k++) {
    uint64_t offsets[MOST];
    if (k % 2)
      draw_full_problem(&c, &small);
    else
      draw_problem(&c, &shapes[k / 2 % 5]);
    uint64_t apart = place_apart(&c, offsets);
    uint64_t least = least_height(&c, k % 2 ? small.bytes : 1, apart);
    if (apart == 0) continue;
    for (uint64_t seed = 0; seed < 4; seed++) {
      ck_assert_int_eq(search_once(&c, strategies[_i], seed, least, UINT64_MAX), IRMI_FOUND);
      ck_assert_int_eq(search_once(&c, strategies[_i], seed, least - 1, UINT64_MAX), IRMI_FAILED);
    }
  }
}
END_TEST

/* Larger ones, where the strategies have to agree among themselves: what one finds, none may say is
 * impossible, nor in more. */
START_TEST(no_search_denies_what_another_finds) {
  static const irmi_strategy strategies[] = {{"WAT", true}, {"ZWT", false}, {"TWA", false}};
  static const fullness shapes_of_full[] = {{10, 12, 4, false, true}, {9, 40, 13, false, true}};
  cases c = {.state = 8 + (uint64_t)_i};
  for (uint32_t k = 0; k < 200; k++) {
    draw_full_problem(&c, &shapes_of_full[_i]);
    uint64_t found = UINT64_MAX, denied = 0;
    for (uint64_t height = shapes_of_full[_i].bytes; height < shapes_of_full[_i].bytes + 3;
         height++)
      for (uint64_t run = 0; run < 6; run++) {
        irmi_found verdict = search_once(&c, strategies[run % 3], run, height, 2000);
        if (verdict == IRMI_FAILED) denied = height;
        if (verdict == IRMI_FOUND && height < found) found = height;
      }
    ck_assert_uint_lt(denied, found);
  }
}
END_TEST

START_TEST(what_failed_says_nothing_of_less) {
  irmi_memo memo;
  irmi_memo_init(&memo, 3, irmi_default_allocator());
  const irmi_pending failed[] = {{2, 5, 9}, {0, 6, IRMI_NO_DEADLINE}, {1, 7, 20}};
  uint64_t blamed[] = {1 << 0 | 1 << 2}, key = irmi_memo_key(&memo, failed, 3);
  irmi_memo_add(&memo, key, failed, 3, blamed);
  irmi_pending asked[] = {{0, 6, IRMI_NO_DEADLINE}, {1, 0, IRMI_NO_DEADLINE}, {2, 5, 9}};
  ck_assert_uint_eq(irmi_memo_key(&memo, asked, 3), key);
  ck_assert_ptr_nonnull(irmi_memo_find(&memo, key, asked, 3));
  asked[2].deadline = 8;
  ck_assert_ptr_nonnull(irmi_memo_find(&memo, key, asked, 3));
  asked[2].deadline = 10;
  ck_assert_ptr_null(irmi_memo_find(&memo, key, asked, 3));
  asked[2].deadline = 9;
  asked[0].least = 5;
  ck_assert_ptr_null(irmi_memo_find(&memo, key, asked, 3));
  asked[0].least = 7;
  ck_assert_ptr_nonnull(irmi_memo_find(&memo, key, asked, 3));
  irmi_memo_clear(&memo);
  ck_assert_ptr_null(irmi_memo_find(&memo, key, asked, 3));
  irmi_memo_destroy(&memo);
}
END_TEST

START_TEST(sizes_may_be_as_large_as_numbers_go) {
  cases c = {.state = 99 + (uint64_t)_i};
  for (uint32_t k = 0; k < 100; k++) {
    uint64_t offsets[MOST];
    draw_problem(&c, &shapes[_i]);
    uint64_t apart = place_apart(&c, offsets), least = least_height(&c, 0, apart);
    check_least(&c, least, apart, (UINT64_C(1) << 55) + draw(&c, 3));
  }
}
END_TEST

START_TEST(what_does_not_fit_by_a_byte_is_impossible) {
  irm_interval always = {0, 4}, early = {0, 2}, late = {2, 4};
  irm_pack_buffer buffers[] = {
      {UINT64_C(1) << 62, 1, IRM_PACK_ANYWHERE, &always, 1},
      {7, 1, IRM_PACK_ANYWHERE, &early, 1},
      {9, 4096, IRM_PACK_ANYWHERE, &late, 1},
  };
  irm_pack_problem problem = {.buffers = buffers, .buffer_count = 3};
  uint64_t offsets[3], least = (UINT64_C(1) << 62) + 9;
  irmi_effort effort = irmi_effort_of(STEPS, 0);
  const irm_allocator *allocator = irmi_default_allocator();
  ck_assert_int_eq(irmi_exact_fit(&problem, least, &effort, allocator, offsets), IRMI_EXACT_FOUND);
  ck_assert_int_eq(irmi_exact_fit(&problem, least - 1, &effort, allocator, offsets),
                   IRMI_EXACT_IMPOSSIBLE);
}
END_TEST

START_TEST(without_effort_nothing_is_claimed) {
  cases c = {.state = 5};
  draw_problem(&c, &(outline){40, 30, 9, 0, false, false, false});
  uint64_t offsets[MOST], apart = place_apart(&c, offsets);
  irmi_effort effort = irmi_effort_of(1, 0);
  irmi_exact_range range = {.height = apart, .bound = 1};
  ck_assert_int_eq(
      irmi_exact_minimise(&c.problem, &effort, irmi_default_allocator(), &range, offsets),
      IRMI_EXACT_GAVE_UP);
  ck_assert_uint_eq(range.height, apart);
  ck_assert_uint_eq(range.bound, 1);
  effort = irmi_effort_of(1, 0);
  ck_assert_int_eq(irmi_exact_fit(&c.problem, 9, &effort, irmi_default_allocator(), offsets),
                   IRMI_EXACT_GAVE_UP);
}
END_TEST

/* Larger ones, where only the placement can be checked, and that the answer repeats. */
START_TEST(larger_placements_are_placements) {
  cases c = {.state = 1234};
  for (uint32_t k = 0; k < 60; k++) {
    uint64_t offsets[MOST], again[MOST];
    draw_problem(&c, &(outline){MOST, 60, 50, k % 3, k % 2, k % 5 == 0, k % 4 == 0});
    irmi_exact_range range = {.height = place_apart(&c, offsets)}, same = range;
    memcpy(again, offsets, sizeof again);
    irmi_effort effort = irmi_effort_of(100000, 0), equal = effort;
    irmi_exact_verdict verdict =
        irmi_exact_minimise(&c.problem, &effort, irmi_default_allocator(), &range, offsets);
    ck_assert_int_eq(verdict == IRMI_EXACT_FOUND, range.height == range.bound);
    ck_assert_uint_le(range.bound, range.height);
    ck_assert(is_placement(&c, offsets, range.height));
    irmi_exact_minimise(&c.problem, &equal, irmi_default_allocator(), &same, again);
    ck_assert_uint_eq(effort.steps, equal.steps);
    ck_assert_mem_eq(offsets, again, c.problem.buffer_count * sizeof *offsets);
  }
}
END_TEST

int main(void) {
  Suite *suite = suite_create("pack-exact");
  TCase *tests = tcase_create("all");
  tcase_set_timeout(tests, 0);
  tcase_add_loop_test(tests, small_problems_agree_with_looking_everywhere, 0, SHAPE_COUNT);
  tcase_add_test(tests, full_problems_agree_with_looking_everywhere);
  tcase_add_loop_test(tests, each_strategy_agrees_with_looking_everywhere, 0, 2);
  tcase_add_loop_test(tests, no_search_denies_what_another_finds, 0, 2);
  tcase_add_test(tests, what_failed_says_nothing_of_less);
  tcase_add_loop_test(tests, sizes_may_be_as_large_as_numbers_go, 0, SHAPE_COUNT);
  tcase_add_test(tests, what_does_not_fit_by_a_byte_is_impossible);
  tcase_add_test(tests, without_effort_nothing_is_claimed);
  tcase_add_test(tests, larger_placements_are_placements);
  suite_add_tcase(suite, tests);
  return run_suite(suite);
}
