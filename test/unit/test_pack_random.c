/* Packing as a whole: against a search through all placements where problems are small, and packers
 * that are wrong against the checker. */
#include "pack_cases.h"
#include "suite.h"

#include "irmem/diag.h"
#include "support/alloc.h"

#include <check.h>

#define MANY_STEPS (UINT64_C(1) << 24)

static irm_pack_result pack(const irm_pack_problem *problem, const irm_packer *packer,
                            uint64_t *offsets) {
  irm_pack_effort effort = {.steps = MANY_STEPS, .packer = packer};
  return irm_pack(problem, &effort, irmi_default_allocator(), offsets);
}

/* All placements ------------------------------------------------------------------------------- */

/* In a placement whose buffers have sunk as far as they can, each lies at 0, or where another
 * begins, or at the first multiple of its alignment behind where another ends, which lies lower.
 * So it is enough to place buffers from the bottom up, at such places. */
typedef struct search {
  const irm_pack_problem *problem;
  uint64_t offsets[MOST_BUFFERS];
  size_t placed[MOST_BUFFERS], count;
  bool is_placed[MOST_BUFFERS];
  uint64_t least, enough;
} search;

static void place(search *s, size_t i, uint64_t offset) {
  s->offsets[i] = offset;
  s->placed[s->count++] = i;
  s->is_placed[i] = true;
}

static void take_back(search *s) {
  s->is_placed[s->placed[--s->count]] = false;
}

static bool is_free(const search *s, size_t i) {
  if (s->offsets[i] % s->problem->buffers[i].alignment) return false;
  for (size_t k = 0; k < s->count; k++)
    if (!may_lie(s->problem, s->offsets, i, s->placed[k])) return false;
  return true;
}

static void go_on(search *s, uint64_t lowest, uint64_t height);

static void try_place(search *s, size_t i, uint64_t edge, uint64_t lowest, uint64_t height) {
  const irm_pack_buffer *b = &s->problem->buffers[i];
  uint64_t offset = (edge + b->alignment - 1) / b->alignment * b->alignment;
  uint64_t end = b->bytes ? offset + b->bytes : 0;
  if (offset < lowest || end >= s->least || s->least == s->enough) return;
  s->offsets[i] = offset;
  if (!is_free(s, i)) return;
  place(s, i, offset);
  go_on(s, offset, end > height ? end : height);
  take_back(s);
}

static void go_on(search *s, uint64_t lowest, uint64_t height) {
  if (s->count == s->problem->buffer_count) {
    if (height < s->least) s->least = height;
    return;
  }
  for (size_t i = 0; i < s->problem->buffer_count; i++) {
    if (s->is_placed[i]) continue;
    size_t count = s->count;
    try_place(s, i, 0, lowest, height);
    for (size_t k = 0; k < count; k++) {
      size_t other = s->placed[k];
      try_place(s, i, s->offsets[other], lowest, height);
      try_place(s, i, s->offsets[other] + s->problem->buffers[other].bytes, lowest, height);
    }
    if (!s->problem->buffers[i].bytes) return; /* it is in nobody's way */
  }
}

/* The least height there is, or enough if it is no more. */
static uint64_t search_all(const irm_pack_problem *problem, uint64_t enough) {
  search s = {.problem = problem, .least = UINT64_MAX, .enough = enough};
  uint64_t height = 0;
  for (size_t i = 0; i < problem->buffer_count; i++) {
    const irm_pack_buffer *b = &problem->buffers[i];
    if (b->offset == IRM_PACK_ANYWHERE) continue;
    place(&s, i, b->offset);
    if (b->bytes && b->offset + b->bytes > height) height = b->offset + b->bytes;
  }
  if (height > enough) s.enough = height;
  go_on(&s, 0, height);
  return s.least;
}

/* Another search, which knows nothing of where buffers sink to: every offset below a height. */
static bool fits_below(const irm_pack_problem *p, uint64_t *offsets, size_t next, uint64_t height) {
  if (next == p->buffer_count) return true;
  for (uint64_t at = 0; at + p->buffers[next].bytes <= height; at++) {
    offsets[next] = at;
    bool good = may_lie_alone(p, offsets, next);
    for (size_t k = 0; good && k < next; k++)
      good = may_lie(p, offsets, next, k);
    if (good && fits_below(p, offsets, next + 1, height)) return true;
  }
  return false;
}

START_TEST(the_search_through_placements_misses_none) {
  cases c = {.state = 21};
  uint64_t offsets[MOST_BUFFERS];
  for (int round = 0; round < 400; round++) {
    shape s = {1 + draw(&c, 5), 1 + draw(&c, 8), draw(&c, 2), SIZES_FEW, draw(&c, 3), false, true};
    draw_shaped(&c, &s);
    uint64_t least = search_all(&c.problem, 0);
    ck_assert(fits_below(&c.problem, offsets, 0, least));
    ck_assert(least == 0 || !fits_below(&c.problem, offsets, 0, least - 1));
  }
}
END_TEST

START_TEST(small_problems_are_packed_as_low_as_all_placements_go) {
  cases c = {.state = 22};
  uint64_t offsets[MOST_BUFFERS];
  uint32_t point, proved = 0, rounds = 3000;
  for (uint32_t round = 0; round < rounds; round++) {
    draw_problem(&c, round % 20 ? 6 : 7);
    ck_assert_ptr_null(irm_pack_problem_fault(&c.problem, irmi_default_allocator()).message);
    uint64_t witness = irm_pack_witness(&c.problem, irmi_default_allocator(), &point);
    uint64_t least = search_all(&c.problem, witness);
    irm_pack_result result = pack(&c.problem, NULL, offsets);
    ck_assert(is_placement(&c.problem, offsets, c.problem.buffer_count));
    ck_assert_uint_eq(result.height, height_of(&c.problem, offsets));
    ck_assert_uint_le(witness, least);
    ck_assert_uint_le(result.bound, least);
    ck_assert_uint_eq(result.height, least);
    proved += result.bound == least;
  }
  ck_assert_uint_eq(proved, rounds);
}
END_TEST

START_TEST(a_capacity_is_met_exactly_where_it_can_be) {
  cases c = {.state = 23};
  uint64_t offsets[MOST_BUFFERS];
  for (int round = 0; round < 1000; round++) {
    draw_problem(&c, 6);
    uint64_t least = search_all(&c.problem, 0);
    c.problem.capacity = least;
    ck_assert_int_eq(pack(&c.problem, NULL, offsets).status, IRM_PACK_FOUND);
    ck_assert(is_placement(&c.problem, offsets, c.problem.buffer_count));
    if (least == 0) continue;
    c.problem.capacity = least - 1;
    irm_pack_result result = pack(&c.problem, NULL, offsets);
    ck_assert_int_eq(result.status, IRM_PACK_IMPOSSIBLE);
    ck_assert_uint_eq(result.bound, least);
  }
}
END_TEST

/* Packers that are wrong -------------------------------------------------------------------------
 */

/* Each of them is right now and then. */
static bool pack_without_last(const irm_pack_problem *problem, uint64_t *steps,
                              const irm_allocator *allocator, uint64_t *offsets) {
  (void)steps;
  (void)allocator;
  irm_pack_problem most = *problem;
  most.buffer_count--;
  place_first_fit(&most, offsets);
  offsets[most.buffer_count] = 0;
  return true;
}

static bool pack_without_holes(const irm_pack_problem *problem, uint64_t *steps,
                               const irm_allocator *allocator, uint64_t *offsets) {
  (void)steps;
  (void)allocator;
  irm_pack_buffer buffers[MOST_BUFFERS];
  irm_pack_problem first = *problem;
  for (size_t i = 0; i < problem->buffer_count; i++) {
    buffers[i] = problem->buffers[i];
    buffers[i].lifetime_count = 1;
  }
  first.buffers = buffers;
  place_first_fit(&first, offsets);
  return true;
}

static bool pack_unaligned(const irm_pack_problem *problem, uint64_t *steps,
                           const irm_allocator *allocator, uint64_t *offsets) {
  (void)steps;
  (void)allocator;
  irm_pack_buffer buffers[MOST_BUFFERS];
  irm_pack_problem plain = *problem;
  for (size_t i = 0; i < problem->buffer_count; i++) {
    buffers[i] = problem->buffers[i];
    buffers[i].alignment = 1;
  }
  plain.buffers = buffers;
  place_first_fit(&plain, offsets);
  return true;
}

static bool pack_a_byte_too_low(const irm_pack_problem *problem, uint64_t *steps,
                                const irm_allocator *allocator, uint64_t *offsets) {
  (void)steps;
  (void)allocator;
  place_first_fit(problem, offsets);
  for (size_t i = 0; i < problem->buffer_count; i++)
    offsets[i] -= offsets[i] > 0;
  return true;
}

static bool pack_right(const irm_pack_problem *problem, uint64_t *steps,
                       const irm_allocator *allocator, uint64_t *offsets) {
  (void)steps;
  (void)allocator;
  place_first_fit(problem, offsets);
  return true;
}

static const irm_packer packers[] = {{"without-last", "leaves one out", pack_without_last},
                                     {"without-holes", "takes no second part", pack_without_holes},
                                     {"unaligned", "anywhere", pack_unaligned},
                                     {"too-low", "off by one", pack_a_byte_too_low},
                                     {"right", "is right", pack_right}};
enum { PACKER_COUNT = sizeof packers / sizeof *packers };

START_TEST(packers_that_are_wrong_are_caught) {
  cases c = {.state = 24};
  uint64_t offsets[MOST_BUFFERS];
  uint32_t wrong[PACKER_COUNT] = {0}, rounds = 2000;
  for (uint32_t round = 0; round < rounds; round++) {
    draw_problem(&c, round % 2 ? 6 : 24);
    for (size_t k = 0; k < PACKER_COUNT; k++) {
      irm_pack_result result = pack(&c.problem, &packers[k], offsets);
      bool right = is_placement(&c.problem, offsets, c.problem.buffer_count);
      ck_assert_int_eq(result.status, right ? IRM_PACK_FOUND : IRM_PACK_WRONG);
      ck_assert_int_eq(result.fault.message == NULL, right);
      ck_assert_str_eq(result.packer, packers[k].name);
      wrong[k] += !right;
    }
  }
  for (size_t k = 0; k + 1 < PACKER_COUNT; k++)
    ck_assert_msg(wrong[k] > rounds / 10 && wrong[k] < rounds, "%s was wrong %u times",
                  packers[k].name, wrong[k]);
  ck_assert_uint_eq(wrong[PACKER_COUNT - 1], 0);
}
END_TEST

/* The registry --------------------------------------------------------------------------------- */

static size_t count_packers(irm_context *context) {
  size_t count = 0;
  while (irm_context_packer(context, count))
    count++;
  return count;
}

START_TEST(packers_belong_to_their_context) {
  irm_context *one = irm_context_create(NULL), *other = irm_context_create(NULL);
  size_t own = count_packers(other);
  ck_assert(irm_context_register_packer(one, &packers[0]));
  ck_assert(!irm_context_register_packer(one, &packers[0]));
  ck_assert_uint_eq(irm_context_error_count(one), 1);
  ck_assert_uint_eq(count_packers(one), own + 1);
  ck_assert_ptr_eq(irm_context_packer(one, own), &packers[0]);
  ck_assert_uint_eq(count_packers(other), own);
  irm_packer better = {irm_packer_at(0)->name, "in the place of irmem's", pack_right};
  ck_assert(irm_context_register_packer(other, &better));
  ck_assert_ptr_eq(irm_context_packer(other, 0), &better);
  ck_assert_uint_eq(count_packers(other), own);
  irm_context_destroy(one);
  irm_context_destroy(other);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("pack_random");
  TCase *group = tcase_create("pack_random");
  tcase_set_timeout(group, 0);
  tcase_add_test(group, the_search_through_placements_misses_none);
  tcase_add_test(group, small_problems_are_packed_as_low_as_all_placements_go);
  tcase_add_test(group, a_capacity_is_met_exactly_where_it_can_be);
  tcase_add_test(group, packers_that_are_wrong_are_caught);
  tcase_add_test(group, packers_belong_to_their_context);
  suite_add_tcase(suite, group);
  return run_suite(suite);
}
