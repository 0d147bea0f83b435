/* Liveness. Control is structured, so a value's lifetime follows from its readers alone: no sets of
 * live values, no fixpoint. In the region that defines it a value is alive up to the last op that
 * reads it or holds a reader in its regions; if that op is a loop, to the loop's end, for the body
 * runs again; if it is an `if`, in each branch up to the last reader there. */
#include "irmem/analysis.h"

#include "analysis/values.h"
#include "support/arena.h"
#include "support/vec.h"

#include <stdlib.h>

typedef struct slice {
  uint32_t first, count;
} slice;

struct irm_liveness {
  irmi_arena arena;
  uint32_t *begin, *end;  /* an op's first and second number, by its id */
  irmi_vec(irm_op *) ops; /* by number */
  slice *lifetimes;       /* by value id */
  irmi_vec(irm_interval) intervals;
};

/* Numbers -------------------------------------------------------------------------------------- */

static bool has_two_numbers(const irm_op *op) {
  return irm_op_opcode(op) == IRM_LOOP || irm_op_opcode(op) == IRM_IF;
}

static uint32_t next_number(irm_liveness *l, irm_op *op) {
  irmi_vec_push(l->arena.allocator, &l->ops, op);
  return (uint32_t)l->ops.count - 1;
}

static void number_region(irm_liveness *l, const irm_region *region) {
  for (irm_op *op = irm_region_first(region); op; op = irm_op_next(op)) {
    uint32_t id = irm_op_id(op);
    l->begin[id] = l->end[id] = next_number(l, op);
    for (uint32_t k = 0; k < irm_op_region_count(op); k++)
      number_region(l, irm_op_subregion(op, k));
    if (has_two_numbers(op)) l->end[id] = next_number(l, op);
  }
}

uint32_t irm_liveness_begin(const irm_liveness *liveness, const irm_op *op) {
  return 2 * liveness->begin[irm_op_id(op)];
}

uint32_t irm_liveness_end(const irm_liveness *liveness, const irm_op *op) {
  return 2 * liveness->end[irm_op_id(op)];
}

uint32_t irm_liveness_points(const irm_liveness *liveness) {
  return 2 * (uint32_t)liveness->ops.count + 1;
}

irm_op *irm_liveness_op_at(const irm_liveness *liveness, uint32_t point) {
  return point / 2 < liveness->ops.count ? liveness->ops.items[point / 2] : NULL;
}

/* Where a value is written --------------------------------------------------------------------- */

/* A body's arguments are written by the condition that lets the iteration begin, if there is one.
 */
static uint32_t argument_written_at(const irm_liveness *l, const irm_region *region) {
  const irm_op *loop = irm_region_parent(region);
  const irm_region *condition = irm_loop_condition(loop);
  if (!condition || region == condition) return irm_liveness_begin(l, loop) + 1;
  return irm_liveness_begin(l, irm_region_last(condition)) + 1;
}

static uint32_t written_at(const irm_liveness *l, const irm_value *value) {
  const irm_op *op = irm_value_op(value);
  return op ? irm_liveness_end(l, op) + 1 : argument_written_at(l, irm_value_region(value));
}

static bool is_condition_argument(const irm_value *value) {
  if (irm_value_op(value)) return false;
  const irm_region *region = irm_value_region(value);
  return region == irm_loop_condition(irm_region_parent(region));
}

/* Lifetimes ------------------------------------------------------------------------------------ */

/* The numbers of the ops that read one value, ascending. */
typedef struct readers {
  irm_liveness *liveness;
  irmi_vec(uint32_t) numbers;
  bool output; /* one of them is an output */
} readers;

static int compare_numbers(const void *left, const void *right) {
  uint32_t x = *(const uint32_t *)left, y = *(const uint32_t *)right;
  return x < y ? -1 : x > y;
}

static void find_readers(readers *r, const irm_value *value) {
  r->numbers.count = 0;
  r->output = false;
  for (irm_use *use = irm_value_first_use(value); use; use = irm_use_next(use)) {
    const irm_op *op = irm_use_op(use);
    uint32_t number = r->liveness->begin[irm_op_id(op)];
    irmi_vec_push(r->liveness->arena.allocator, &r->numbers, number);
    r->output |= irm_op_opcode(op) == IRM_OUTPUT;
  }
  if (r->numbers.count > 1)
    qsort(r->numbers.items, r->numbers.count, sizeof(uint32_t), compare_numbers);
}

static void add_interval(irm_liveness *l, uint32_t begin, uint32_t end) {
  irm_interval interval = {begin, end};
  irmi_vec_push(l->arena.allocator, &l->intervals, interval);
}

/* The op of the region that is the op or holds it. */
static const irm_op *ancestor_in(const irm_op *op, const irm_region *region) {
  while (irm_op_region(op) != region)
    op = irm_region_parent(irm_op_region(op));
  return op;
}

static void add_lifetime(readers *r, const irm_region *region, uint32_t begin, size_t low,
                         size_t high);

/* A value that is alive from begin and whose last readers, [low, high), are in the branches. One
 * that only the second branch reads is not alive in the first, which begins behind the op's first
 * number. */
static void add_branches(readers *r, const irm_op *branch, uint32_t begin, size_t low,
                         size_t high) {
  irm_liveness *l = r->liveness;
  const irm_region *first = irm_op_subregion(branch, 0), *second = irm_op_subregion(branch, 1);
  uint32_t bound = l->begin[irm_op_id(irm_region_first(second))];
  size_t middle = low;
  while (middle < high && r->numbers.items[middle] < bound)
    middle++;
  if (middle > low)
    add_lifetime(r, first, begin, low, middle);
  else
    add_interval(l, begin, irm_liveness_begin(l, branch) + 2);
  if (middle < high) add_lifetime(r, second, 2 * bound, middle, high);
}

/* A value that is alive in the region from begin and read by [low, high), all in the region. */
static void add_lifetime(readers *r, const irm_region *region, uint32_t begin, size_t low,
                         size_t high) {
  irm_liveness *l = r->liveness;
  uint32_t last_reader = r->numbers.items[high - 1];
  const irm_op *last = ancestor_in(l->ops.items[last_reader], region);
  bool holds_it = l->begin[irm_op_id(last)] != last_reader;
  if (holds_it && irm_op_opcode(last) == IRM_IF) {
    while (low < high && r->numbers.items[low] < l->begin[irm_op_id(last)])
      low++;
    add_branches(r, last, begin, low, high);
  } else if (holds_it) {
    add_interval(l, begin, irm_liveness_end(l, last) + 1);
  } else {
    add_interval(l, begin, irm_liveness_begin(l, last) + 2);
  }
}

static void find_lifetime(readers *r, const irm_value *value) {
  irm_liveness *l = r->liveness;
  if (irmi_value_is_idle(value)) return;
  uint32_t begin = written_at(l, value);
  slice *lifetime = &l->lifetimes[irm_value_id(value)];
  lifetime->first = (uint32_t)l->intervals.count;
  find_readers(r, value);
  if (r->output) {
    add_interval(l, begin, irm_liveness_points(l));
  } else if (is_condition_argument(value)) {
    const irm_op *yield = irm_region_last(irm_value_region(value));
    add_interval(l, begin, irm_liveness_begin(l, yield) + 2);
  } else if (r->numbers.count == 0) {
    add_interval(l, begin, begin + 1);
  } else {
    add_lifetime(r, irm_value_region(value), begin, 0, r->numbers.count);
  }
  lifetime->count = (uint32_t)l->intervals.count - lifetime->first;
}

irm_liveness *irm_liveness_create(const irm_program *program) {
  const irm_allocator *allocator = irm_context_allocator(irm_program_context(program));
  irm_liveness *l = irmi_calloc(allocator, 1, sizeof *l);
  irmi_arena_init(&l->arena, allocator);
  l->begin = IRMI_ARENA_ARRAY(&l->arena, uint32_t, irm_program_op_bound(program));
  l->end = IRMI_ARENA_ARRAY(&l->arena, uint32_t, irm_program_op_bound(program));
  l->lifetimes = IRMI_ARENA_ARRAY(&l->arena, slice, irm_program_value_bound(program));
  number_region(l, irm_program_body(program));
  irmi_values values = irmi_array_values(program);
  readers r = {.liveness = l};
  for (size_t i = 0; i < values.count; i++)
    find_lifetime(&r, values.items[i]);
  irmi_vec_free(allocator, &r.numbers);
  irmi_vec_free(allocator, &values);
  return l;
}

void irm_liveness_destroy(irm_liveness *liveness) {
  if (!liveness) return;
  const irm_allocator *allocator = liveness->arena.allocator;
  irmi_vec_free(allocator, &liveness->ops);
  irmi_vec_free(allocator, &liveness->intervals);
  irmi_arena_destroy(&liveness->arena);
  irmi_free(allocator, liveness, sizeof *liveness);
}

/* Questions ------------------------------------------------------------------------------------ */

const irm_interval *irm_liveness_of(const irm_liveness *liveness, const irm_value *value,
                                    uint32_t *count) {
  slice lifetime = liveness->lifetimes[irm_value_id(value)];
  *count = lifetime.count;
  return lifetime.count ? &liveness->intervals.items[lifetime.first] : NULL;
}

/* The interval that holds a point, or NULL. */
static const irm_interval *interval_at(const irm_liveness *l, const irm_value *value,
                                       uint32_t point) {
  uint32_t high, low = 0;
  const irm_interval *all = irm_liveness_of(l, value, &high);
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (all[middle].end <= point)
      low = middle + 1;
    else if (all[middle].begin > point)
      high = middle;
    else
      return &all[middle];
  }
  return NULL;
}

bool irm_liveness_alive_at(const irm_liveness *liveness, const irm_value *value, uint32_t point) {
  return interval_at(liveness, value, point) != NULL;
}

static bool is_operand(const irm_value *value, const irm_op *op) {
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++)
    if (irm_op_operand(op, k) == value) return true;
  return false;
}

/* Intervals that touch are on different paths, so only the one that the op reads in matters. */
bool irm_liveness_operand_dies(const irm_liveness *liveness, const irm_value *operand,
                               const irm_op *op) {
  uint32_t point = irm_liveness_begin(liveness, op);
  const irm_interval *interval = interval_at(liveness, operand, point);
  return interval && interval->end == point + 2;
}

bool irm_liveness_dies_at(const irm_liveness *liveness, const irm_value *value, const irm_op *op) {
  return irm_liveness_operand_dies(liveness, value, op) && is_operand(value, op);
}

static uint32_t depth_of(const irm_op *op) {
  uint32_t depth = 0;
  while ((op = irm_region_parent(irm_op_region(op))))
    depth++;
  return depth;
}

/* Whether the ops are in different branches of one `if`. */
static bool are_exclusive(const irm_op *x, const irm_op *y) {
  uint32_t depth_x = depth_of(x), depth_y = depth_of(y);
  for (; depth_x > depth_y; depth_x--)
    x = irm_region_parent(irm_op_region(x));
  for (; depth_y > depth_x; depth_y--)
    y = irm_region_parent(irm_op_region(y));
  while (irm_op_region(x) != irm_op_region(y)) {
    const irm_op *above = irm_region_parent(irm_op_region(x));
    if (above && above == irm_region_parent(irm_op_region(y)))
      return irm_op_opcode(above) == IRM_IF;
    x = above;
    y = irm_region_parent(irm_op_region(y));
  }
  return false;
}

/* The nearest reader behind the op; in a loop, where the next iteration reads it again, the first
 * one. */
irm_op *irm_liveness_later_reader(const irm_liveness *liveness, const irm_value *value,
                                  const irm_op *op) {
  uint32_t here = liveness->begin[irm_op_id(op)];
  const irm_interval *interval = interval_at(liveness, value, 2 * here);
  irm_op *behind = NULL, *first = NULL;
  if (!interval || interval->end <= 2 * here + 2) return NULL;
  for (irm_use *use = irm_value_first_use(value); use; use = irm_use_next(use)) {
    irm_op *reader = irm_use_op(use);
    uint32_t number = liveness->begin[irm_op_id(reader)];
    if (!first || number < liveness->begin[irm_op_id(first)]) first = reader;
    if (number <= here || are_exclusive(op, reader)) continue;
    if (!behind || number < liveness->begin[irm_op_id(behind)]) behind = reader;
  }
  return behind ? behind : first;
}
