/* Orders of random blocks against all orders there are. */
#include "draw.h"
#include "schedule/choose.h"
#include "suite.h"
#include "support/alloc.h"

#include "irmem/context.h"

#include <string.h>

#define MOST_ITEMS 600
#define MOST_READS 3

typedef struct random_block {
  irmi_sched_block block;
  irmi_sched_item items[MOST_ITEMS];
  irmi_sched_value values[2 * MOST_ITEMS];
  irmi_sched_read reads[MOST_READS * MOST_ITEMS];
  uint32_t preds[2 * MOST_READS * MOST_ITEMS], succs[2 * MOST_READS * MOST_ITEMS];
  uint32_t maker[2 * MOST_ITEMS]; /* by value: 1 + an item */
  irmi_sched_form peaks[MOST_ITEMS];
  uint32_t read_count, pred_count, peak_count;
} random_block;

static irmi_sched_form sizes[] = {{8, 0, 0}, {4, 0, 0}, {0, 4, 0}, {1, 0, 0}};

static irmi_sched_form random_size(uint64_t *state) {
  return sizes[draw_below(state, 4)];
}

static void make_value(random_block *r, uint64_t *state, uint32_t item, uint32_t kinds) {
  uint32_t value = r->block.value_count++;
  r->values[value] = (irmi_sched_value){
      .size = draw_below(state, kinds), .at_start = item == 0, .stays = draw_below(state, 6) == 0};
  r->maker[value] = item;
}

static bool is_read(const random_block *r, const irmi_sched_item *it, uint32_t value) {
  for (uint32_t k = 0; k < it->read_count; k++)
    if (r->reads[it->read + k].value == value) return true;
  return false;
}

/* Of what is there, rather something late. */
static void read_something(random_block *r, uint64_t *state, uint32_t item) {
  irmi_sched_item *it = &r->items[item];
  uint32_t count = r->block.value_count, back = 1 + draw_below(state, count < 8 ? count : 8);
  uint32_t value = draw_below(state, 4) ? count - back : draw_below(state, count);
  if (is_read(r, it, value)) return;
  r->values[value].readers++;
  r->reads[it->read + it->read_count++] =
      (irmi_sched_read){.value = value,
                        .hosts = !it->regions && draw_below(state, 2),
                        .handed = it->regions && draw_below(state, 2)};
  if (r->maker[value]) r->preds[it->pred + it->pred_count++] = r->maker[value] - 1;
}

static void make_item(random_block *r, uint64_t *state, uint32_t item, uint32_t kinds) {
  irmi_sched_item *it = &r->items[item];
  *it = (irmi_sched_item){.read = r->read_count,
                          .pred = r->pred_count,
                          .peak = r->peak_count,
                          .regions = draw_below(state, 6) == 0};
  for (uint32_t k = draw_below(state, MOST_READS + 1); k > 0 && r->block.value_count > 0; k--)
    read_something(r, state, item);
  if (item > 0 && draw_below(state, 8) == 0)
    r->preds[it->pred + it->pred_count++] = draw_below(state, item);
  if (it->regions || draw_below(state, 6) == 0) {
    r->peaks[r->peak_count++] = random_size(state);
    it->peak_count = 1;
  }
  r->read_count += it->read_count;
  r->pred_count += it->pred_count;
  it->made = r->block.value_count;
  static const uint32_t counts[] = {0, 0, 1, 1, 1, 1, 1, 2};
  for (uint32_t k = counts[draw_below(state, 8)]; k > 0; k--)
    make_value(r, state, item + 1, kinds);
  it->made_count = r->block.value_count - it->made;
}

/* kinds: of how many sizes values are. */
static random_block *draw_block(uint64_t *state, uint32_t items, uint32_t kinds) {
  random_block *r = calloc(1, sizeof *r);
  r->block = (irmi_sched_block){.items = r->items,
                                .values = r->values,
                                .reads = r->reads,
                                .preds = r->preds,
                                .succs = r->succs,
                                .peaks = r->peaks,
                                .sizes = sizes,
                                .item_count = items,
                                .size_count = 4,
                                .allocator = irmi_default_allocator()};
  for (uint32_t k = draw_below(state, 3); k > 0; k--)
    make_value(r, state, 0, kinds);
  for (uint32_t i = 0; i < items; i++)
    make_item(r, state, i, kinds);
  irmi_sched_block_link(&r->block);
  return r;
}

static void start_order(uint32_t *order, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    order[i] = i;
}

static int64_t at_reference(const irmi_sched_peak *peak) {
  return irmi_sched_peak_at(peak, (int64_t)IRM_REFERENCE_NODES, (int64_t)IRM_REFERENCE_EDGES);
}

static bool is_possible(const irmi_sched_block *block, const uint32_t *order) {
  bool run[MOST_ITEMS] = {false};
  for (uint32_t i = 0; i < block->item_count; i++) {
    const irmi_sched_item *it = &block->items[order[i]];
    if (run[order[i]]) return false;
    for (uint32_t k = 0; k < it->pred_count; k++)
      if (!run[block->preds[it->pred + k]]) return false;
    run[order[i]] = true;
  }
  return true;
}

/* The least of all orders that begin with so many items of this one and are nowhere above the given
 * order's peak. */
static void try_all(const irmi_sched_block *block, uint32_t *order, uint32_t done,
                    const irmi_sched_peak *given, int64_t *least) {
  if (done == block->item_count) {
    irmi_sched_peak peak = irmi_sched_block_peak(block, order);
    if (at_reference(&peak) < *least && irmi_sched_peak_never_above(&peak, given))
      *least = at_reference(&peak);
    return;
  }
  for (uint32_t i = done; i < block->item_count; i++) {
    uint32_t item = order[i], at = order[done];
    const irmi_sched_item *it = &block->items[item];
    bool ready = true;
    for (uint32_t k = 0; k < it->pred_count; k++)
      for (uint32_t later = done; later < block->item_count; later++)
        ready &= order[later] != block->preds[it->pred + k];
    if (!ready) continue;
    order[i] = at;
    order[done] = item;
    try_all(block, order, done + 1, given, least);
    order[done] = at;
    order[i] = item;
  }
}

static void compare_with_all(uint64_t *state, uint32_t items, uint32_t kinds) {
  uint32_t order[MOST_ITEMS];
  random_block *r = draw_block(state, items, kinds);
  start_order(order, items);
  irmi_sched_peak given = irmi_sched_block_peak(&r->block, order), peak;
  int64_t least = at_reference(&given);
  try_all(&r->block, order, 0, &given, &least);
  start_order(order, items);
  irmi_sched_effort effort = {.steps = 1 << 20};
  bool better = irmi_sched_choose(&r->block, order, &effort, &peak);
  ck_assert(is_possible(&r->block, order));
  ck_assert_int_eq(at_reference(&peak), least);
  irmi_sched_peak again = irmi_sched_block_peak(&r->block, order);
  ck_assert_int_eq(at_reference(&again), least);
  ck_assert(irmi_sched_peak_never_above(&again, &given));
  ck_assert_int_eq(better, least < at_reference(&given));
  for (uint32_t i = 0; i < items && !better; i++)
    ck_assert_uint_eq(order[i], i);
  free(r);
}

START_TEST(no_order_needs_less_where_values_are_as_large_as_each_other) {
  uint64_t state = 0x5eed;
  for (int k = 0; k < 1500; k++)
    compare_with_all(&state, 1 + draw_below(&state, 7), 1);
}
END_TEST

START_TEST(no_order_that_is_nowhere_worse_needs_less) {
  uint64_t state = 0xfeed;
  for (int k = 0; k < 1500; k++)
    compare_with_all(&state, 1 + draw_below(&state, 7), 4);
}
END_TEST

/* Of large blocks nobody knows the best order, but all that is found is possible and no worse. */
START_TEST(what_is_found_for_large_blocks_is_possible_and_nowhere_worse) {
  uint64_t state = 0xbeef;
  uint32_t order[MOST_ITEMS], better = 0;
  for (int k = 0; k < 60; k++) {
    uint32_t items = 100 + draw_below(&state, MOST_ITEMS - 100);
    random_block *r = draw_block(&state, items, 1 + draw_below(&state, 4));
    start_order(order, items);
    irmi_sched_peak given = irmi_sched_block_peak(&r->block, order), peak;
    irmi_sched_effort effort = {.steps = 1 << 20};
    better += irmi_sched_choose(&r->block, order, &effort, &peak);
    ck_assert(is_possible(&r->block, order));
    irmi_sched_peak again = irmi_sched_block_peak(&r->block, order);
    ck_assert_int_eq(at_reference(&again), at_reference(&peak));
    ck_assert(irmi_sched_peak_never_above(&again, &given));
    free(r);
  }
  ck_assert_uint_gt(better, 30);
}
END_TEST

/* 8n and 2m: equal at m = 4n, where a third form is above both or is not. */
START_TEST(of_forms_those_stay_that_are_the_largest_somewhere) {
  irmi_sched_peak peak = {.count = 0};
  irmi_sched_peak_add(&peak, (irmi_sched_form){8, 0, 0});
  irmi_sched_peak_add(&peak, (irmi_sched_form){0, 2, 0});
  irmi_sched_peak_add(&peak, (irmi_sched_form){3, 1, 0});
  ck_assert_uint_eq(peak.count, 2);
  irmi_sched_peak_add(&peak, (irmi_sched_form){6, 1, 0});
  ck_assert_uint_eq(peak.count, 3);
  irmi_sched_peak_add(&peak, (irmi_sched_form){8, 2, 0});
  ck_assert_uint_eq(peak.count, 1);
}
END_TEST

START_TEST(a_peak_is_compared_where_the_other_bends) {
  irmi_sched_peak bent = {.count = 0}, straight = {.count = 0};
  irmi_sched_peak_add(&bent, (irmi_sched_form){8, 0, 0});
  irmi_sched_peak_add(&bent, (irmi_sched_form){0, 2, 0});
  irmi_sched_peak_add(&straight, (irmi_sched_form){5, 1, 0});
  ck_assert(!irmi_sched_peak_never_above(&straight, &bent));
  ck_assert(!irmi_sched_peak_never_above(&bent, &straight));
  irmi_sched_peak lower = {.count = 0};
  irmi_sched_peak_add(&lower, (irmi_sched_form){4, 1, 0});
  ck_assert(irmi_sched_peak_never_above(&lower, &bent));
}
END_TEST

int main(void) {
  Suite *suite = suite_create("schedule");
  TCase *tests = tcase_create("orders");
  tcase_set_timeout(tests, 120);
  tcase_add_test(tests, no_order_needs_less_where_values_are_as_large_as_each_other);
  tcase_add_test(tests, no_order_that_is_nowhere_worse_needs_less);
  tcase_add_test(tests, what_is_found_for_large_blocks_is_possible_and_nowhere_worse);
  tcase_add_test(tests, of_forms_those_stay_that_are_the_largest_somewhere);
  tcase_add_test(tests, a_peak_is_compared_where_the_other_bends);
  suite_add_tcase(suite, tests);
  return run_suite(suite);
}
