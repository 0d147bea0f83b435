/* What may run at the same time. Ops are two points each, begin and end, numbered in program order,
 * so that whatever must come earlier has the smaller number. From the back, each point collects the
 * points that come behind it in every order that dependences allow. */
#include "irmem/analysis.h"

#include "analysis/values.h"
#include "support/arena.h"

struct irm_concurrency {
  const irm_program *program;
  irmi_arena arena;
  uint32_t points, words;
  uint32_t *begin, *end; /* by op id */
  uint64_t *behind;      /* by point: a set of points */
  uint64_t **free_after; /* by value id: where all that touches the value is over, or NULL */
};

/* Points ----------------------------------------------------------------------------------------*/

static void number_region(irm_concurrency *c, const irm_region *region) {
  for (const irm_op *op = irm_region_first(region); op; op = irm_op_next(op)) {
    c->begin[irm_op_id(op)] = c->points++;
    for (uint32_t r = 0; r < irm_op_region_count(op); r++)
      number_region(c, irm_op_subregion(op, r));
    c->end[irm_op_id(op)] = c->points++;
  }
}

static uint32_t begin_of(const irm_concurrency *c, const irm_op *op) {
  return c->begin[irm_op_id(op)];
}

static uint32_t end_of(const irm_concurrency *c, const irm_op *op) {
  return c->end[irm_op_id(op)];
}

/* Sets ------------------------------------------------------------------------------------------*/

static uint64_t *set_of(const irm_concurrency *c, uint32_t point) {
  return c->behind + (size_t)point * c->words;
}

static bool has(const uint64_t *set, uint32_t point) {
  return set[point / 64] >> point % 64 & 1;
}

static void add(uint64_t *set, uint32_t point) {
  set[point / 64] |= UINT64_C(1) << point % 64;
}

/* A point, with all behind it, comes behind another. */
static void comes_behind(irm_concurrency *c, uint32_t earlier, uint32_t later) {
  uint64_t *to = set_of(c, earlier);
  const uint64_t *from = set_of(c, later);
  for (uint32_t w = 0; w < c->words; w++)
    to[w] |= from[w];
  add(to, later);
}

/* Dependences -----------------------------------------------------------------------------------*/

/* The op itself, or what it is in, that stands in the region; NULL: none. */
static const irm_op *ancestor_in(const irm_op *op, const irm_region *region) {
  while (op && irm_op_region(op) != region)
    op = irm_region_parent(irm_op_region(op));
  return op;
}

/* What an op gives is there when it ends; an op begins when all that it and its regions read from
 * outside is there. A yield waits for its whole region. */
static void find_behind_end(irm_concurrency *c, const irm_op *op) {
  const irm_region *region = irm_op_region(op);
  const irm_op *parent = irm_region_parent(region), *last = irm_region_last(region);
  uint32_t end = end_of(c, op);
  if (parent) comes_behind(c, end, end_of(c, parent));
  if (parent && last != op && irm_op_opcode(last) == IRM_YIELD)
    comes_behind(c, end, begin_of(c, last));
  for (uint32_t i = 0; i < irm_op_result_count(op); i++)
    for (const irm_use *use = irm_value_first_use(irm_op_result(op, i)); use;
         use = irm_use_next(use)) {
      const irm_op *reader = ancestor_in(irm_use_op(use), region);
      if (reader && reader != op) comes_behind(c, end, begin_of(c, reader));
    }
}

/* A condition is over before the body begins. */
static void find_behind_condition(irm_concurrency *c, const irm_op *loop) {
  const irm_region *condition = irm_loop_condition(loop), *body = irm_loop_body(loop);
  if (!condition) return;
  uint32_t over = end_of(c, irm_region_last(condition));
  for (const irm_op *op = irm_region_first(body); op; op = irm_op_next(op))
    comes_behind(c, over, begin_of(c, op));
}

static void find_behind_begin(irm_concurrency *c, const irm_op *op) {
  uint32_t begin = begin_of(c, op);
  comes_behind(c, begin, end_of(c, op));
  for (uint32_t r = 0; r < irm_op_region_count(op); r++)
    for (const irm_op *inner = irm_region_first(irm_op_subregion(op, r)); inner;
         inner = irm_op_next(inner))
      comes_behind(c, begin, begin_of(c, inner));
}

static void find_behind(irm_concurrency *c, const irm_region *region) {
  for (const irm_op *op = irm_region_last(region); op; op = irm_op_prev(op)) {
    find_behind_end(c, op);
    if (irm_op_opcode(op) == IRM_LOOP) {
      find_behind(c, irm_loop_body(op));
      find_behind_condition(c, op);
      find_behind(c, irm_op_subregion(op, 0));
    } else {
      for (uint32_t r = irm_op_region_count(op); r-- > 0;)
        find_behind(c, irm_op_subregion(op, r));
    }
    find_behind_begin(c, op);
  }
}

/* Values ----------------------------------------------------------------------------------------*/

/* From where on a value's bytes are its own. */
static uint32_t birth_of(const irm_concurrency *c, const irm_value *value) {
  const irm_op *op = irm_value_op(value);
  if (!op) return begin_of(c, irm_region_parent(irm_value_region(value)));
  return irm_op_region_count(op) > 0 ? end_of(c, op) : begin_of(c, op);
}

/* The reader, or the outermost loop around it that reads the value again in each iteration. */
static const irm_op *toucher_of(const irm_value *value, const irm_op *reader) {
  const irm_region *home = irm_value_region(value);
  const irm_op *op = reader, *last = reader;
  while (irm_op_region(op) != home && (op = irm_region_parent(irm_op_region(op))))
    if (irm_op_opcode(op) == IRM_LOOP) last = op;
  return last;
}

/* The point at which a reader is through with a value: what a loop starts with it takes over as it
 * begins. */
static uint32_t through_at(const irm_concurrency *c, const irm_value *value, const irm_op *reader) {
  const irm_op *toucher = toucher_of(value, reader);
  bool takes_over = toucher == reader && irm_op_opcode(reader) == IRM_LOOP;
  return takes_over ? begin_of(c, reader) : end_of(c, toucher);
}

/* The yield of the condition that a carried value is kept through, or NULL. */
static const irm_op *kept_through(const irm_value *value) {
  const irm_region *region = irm_value_region(value);
  const irm_op *loop = irm_value_op(value) ? NULL : irm_region_parent(region);
  return loop && irm_loop_condition(loop) == region ? irm_region_last(region) : NULL;
}

/* Whether two ops are in branches that exclude each other. */
static bool exclude_each_other(const irm_op *x, const irm_op *y) {
  for (const irm_op *op = x; irm_region_parent(irm_op_region(op));
       op = irm_region_parent(irm_op_region(op))) {
    const irm_region *branch = irm_op_region(op);
    const irm_op *parent = irm_region_parent(branch);
    if (irm_op_opcode(parent) != IRM_IF) continue;
    if (ancestor_in(y, irm_op_subregion(parent, irm_op_subregion(parent, 0) == branch)))
      return true;
  }
  return false;
}

/* Adds all points of the branches that exclude an op. */
static void add_other_branches(const irm_concurrency *c, const irm_op *op, uint64_t *set) {
  for (const irm_region *at = irm_op_region(op); irm_region_parent(at);
       at = irm_op_region(irm_region_parent(at))) {
    const irm_op *branch = irm_region_parent(at);
    if (irm_op_opcode(branch) != IRM_IF) continue;
    const irm_region *other = irm_op_subregion(branch, irm_op_subregion(branch, 0) == at);
    for (const irm_op *in = irm_region_first(other); in; in = irm_op_next(in))
      for (uint32_t p = begin_of(c, in); p <= end_of(c, in); p++)
        add(set, p);
  }
}

/* Takes away all that is not behind a touch, or excluded by it. */
static void keep_behind(const irm_concurrency *c, uint64_t *set, uint64_t *scratch, uint32_t point,
                        const irm_op *op) {
  const uint64_t *behind = set_of(c, point);
  for (uint32_t w = 0; w < c->words; w++)
    scratch[w] = behind[w];
  if (op) add_other_branches(c, op, scratch);
  for (uint32_t w = 0; w < c->words; w++)
    set[w] &= scratch[w];
}

static void find_free(irm_concurrency *c, const irm_value *value, uint64_t *scratch) {
  uint64_t *set = IRMI_ARENA_ARRAY(&c->arena, uint64_t, c->words);
  c->free_after[irm_value_id(value)] = set;
  for (uint32_t w = 0; w < c->words; w++)
    set[w] = UINT64_MAX;
  const irm_op *maker = irm_value_op(value);
  const irm_op *home = maker ? maker : irm_region_parent(irm_value_region(value));
  keep_behind(c, set, scratch, maker ? end_of(c, maker) : birth_of(c, value), home);
  for (const irm_use *use = irm_value_first_use(value); use; use = irm_use_next(use)) {
    const irm_op *reader = irm_use_op(use);
    if (irm_op_opcode(reader) == IRM_OUTPUT)
      for (uint32_t w = 0; w < c->words; w++)
        set[w] = 0;
    else
      keep_behind(c, set, scratch, through_at(c, value, reader), toucher_of(value, reader));
  }
  const irm_op *kept = kept_through(value);
  if (kept) keep_behind(c, set, scratch, end_of(c, kept), kept);
}

static uint32_t count_ops(const irm_program *program) {
  uint32_t count = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));)
    count++;
  return count;
}

irm_concurrency *irm_concurrency_create(const irm_program *program) {
  const irm_allocator *allocator = irm_context_allocator(irm_program_context(program));
  uint32_t ops = count_ops(program);
  if (ops > IRM_CONCURRENCY_OPS) {
    irm_diag_report(
        irm_program_context(program), IRM_ERROR, (irm_loc){0},
        "%u ops are too many to look for those that may run at the same time: at most %d", ops,
        IRM_CONCURRENCY_OPS);
    return NULL;
  }
  irm_concurrency *c = irmi_calloc(allocator, 1, sizeof *c);
  c->program = program;
  irmi_arena_init(&c->arena, allocator);
  c->begin = IRMI_ARENA_ARRAY(&c->arena, uint32_t, irm_program_op_bound(program));
  c->end = IRMI_ARENA_ARRAY(&c->arena, uint32_t, irm_program_op_bound(program));
  number_region(c, irm_program_body(program));
  c->words = (c->points + 63) / 64;
  c->behind = IRMI_ARENA_ARRAY(&c->arena, uint64_t, (size_t)c->points * c->words);
  c->free_after = IRMI_ARENA_ARRAY(&c->arena, uint64_t *, irm_program_value_bound(program));
  find_behind(c, irm_program_body(program));
  irmi_values values = irmi_array_values(program);
  uint64_t *scratch = IRMI_ARENA_ARRAY(&c->arena, uint64_t, c->words);
  for (size_t i = 0; i < values.count; i++)
    if (!irm_value_is_given(values.items[i])) find_free(c, values.items[i], scratch);
  irmi_vec_free(allocator, &values);
  return c;
}

void irm_concurrency_destroy(irm_concurrency *concurrency) {
  if (!concurrency) return;
  const irm_allocator *allocator = concurrency->arena.allocator;
  irmi_arena_destroy(&concurrency->arena);
  irmi_free(allocator, concurrency, sizeof *concurrency);
}

/* Questions -------------------------------------------------------------------------------------*/

bool irm_concurrency_apart(const irm_concurrency *c, const irm_value *x, const irm_value *y) {
  return has(c->free_after[irm_value_id(x)], birth_of(c, y)) ||
         has(c->free_after[irm_value_id(y)], birth_of(c, x));
}

bool irm_concurrency_apart_from_op(const irm_concurrency *c, const irm_value *value,
                                   const irm_op *op) {
  return has(c->free_after[irm_value_id(value)], begin_of(c, op)) ||
         has(set_of(c, end_of(c, op)), birth_of(c, value));
}

bool irm_concurrency_ops_apart(const irm_concurrency *c, const irm_op *x, const irm_op *y) {
  if (has(set_of(c, end_of(c, x)), begin_of(c, y))) return true;
  return has(set_of(c, end_of(c, y)), begin_of(c, x));
}

bool irm_concurrency_reads_last(const irm_concurrency *c, const irm_op *op,
                                const irm_value *value) {
  const irm_op *maker = irm_value_op(value);
  uint32_t made = maker ? end_of(c, maker) : birth_of(c, value), begin = begin_of(c, op);
  if (!has(set_of(c, made), begin) || kept_through(value)) return false;
  for (const irm_use *use = irm_value_first_use(value); use; use = irm_use_next(use)) {
    const irm_op *reader = irm_use_op(use);
    if (reader == op && irm_op_region(op) == irm_value_region(value)) continue;
    bool over = has(set_of(c, through_at(c, value, reader)), begin) ||
                exclude_each_other(toucher_of(value, reader), op);
    if (irm_op_opcode(reader) == IRM_OUTPUT || !over) return false;
  }
  return true;
}
