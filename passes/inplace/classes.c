/* Classes of values that share bytes, and when they are alive. */
#include "inplace/classes.h"

#include <string.h>

uint32_t irmi_class_of(irmi_classes *c, const irm_value *value) {
  uint32_t id = irm_value_id(value);
  while (c->parent[id] != id)
    id = c->parent[id] = c->parent[c->parent[id]];
  return id;
}

bool irmi_same_class(irmi_classes *c, const irm_value *a, const irm_value *b) {
  return irmi_class_of(c, a) == irmi_class_of(c, b);
}

static bool same_layout(const irm_value *a, const irm_value *b) {
  return irm_type_same_layout(irm_value_type(a), irm_value_type(b));
}

/* What takes longest to find out comes last. */
bool irmi_may_host(irmi_classes *c, const irm_op *op, uint32_t k, const irm_value *result) {
  const irm_value *operand = irm_op_operand(op, k);
  if (c->typed && irm_value_type(operand).elem != irm_value_type(result).elem) return false;
  return irm_value_is_array(operand) && !irm_value_is_given(operand) &&
         same_layout(operand, result) && irm_liveness_operand_dies(c->liveness, operand, op) &&
         irm_op_may_overwrite(op, k);
}

/* Whether a class ends at a loop's start because the loop takes its initial value over: the one of
 * the argument with which the other class begins there. */
static bool loop_takes_over(irmi_classes *c, const irm_op *loop, uint32_t from,
                            const irm_value *argument) {
  if (irm_value_op(argument) || irm_region_parent(irm_value_region(argument)) != loop) return false;
  const irm_value *init = irm_loop_init(loop, irm_value_index(argument));
  return irmi_class_of(c, init) == from && irm_liveness_operand_dies(c->liveness, init, loop);
}

static bool has_result(irmi_classes *c, uint32_t class, const irm_op *op) {
  for (uint32_t k = 0; k < irm_op_result_count(op); k++)
    if (irmi_class_of(c, irm_op_result(op, k)) == class) return true;
  return false;
}

/* Whether a class ends at an op because the op writes the result, with which the other class begins
 * there, over an operand. Bytes that one result takes over are no other's. */
static bool op_takes_over(irmi_classes *c, const irm_op *op, uint32_t from,
                          const irm_value *result) {
  if (irm_value_op(result) != op || has_result(c, from, op)) return false;
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++)
    if (irmi_class_of(c, irm_op_operand(op, k)) == from && irmi_may_host(c, op, k, result))
      return true;
  return false;
}

static bool takes_over(irmi_classes *c, const irm_op *op, uint32_t from, const irm_value *to) {
  return irm_op_opcode(op) == IRM_LOOP ? loop_takes_over(c, op, from, to)
                                       : op_takes_over(c, op, from, to);
}

/* Whether two classes may both be alive at one point, with p and q, because there the one hands its
 * bytes to the other. */
static bool handed_over(irmi_classes *c, uint32_t point, uint32_t a, const irmi_span_of_life *p,
                        uint32_t b, const irmi_span_of_life *q) {
  const irm_op *op = irm_liveness_op_at(c->liveness, point);
  if (irm_liveness_begin(c->liveness, op) != (point & ~1u)) return false;
  return p->alive.begin == point ? takes_over(c, op, b, p->first) : takes_over(c, op, a, q->first);
}

/* The first span that ends behind the point, or the last of all. */
static irmi_span_of_life *seek(irmi_life *all, uint32_t point) {
  irmi_span_of_life *at = all->last_seen;
  while (at->prev && at->prev->alive.end > point)
    at = at->prev;
  while (at->next && at->alive.end <= point)
    at = at->next;
  return all->last_seen = at;
}

/* Whether two classes, alive at p and at q, are in each other's way there. */
static bool clash(irmi_classes *c, uint32_t a, const irmi_span_of_life *p, uint32_t b,
                  const irmi_span_of_life *q) {
  uint32_t begin = p->alive.begin > q->alive.begin ? p->alive.begin : q->alive.begin;
  uint32_t end = p->alive.end < q->alive.end ? p->alive.end : q->alive.end;
  bool write_point_only = begin + 1 == end && begin % 2 == 1;
  return begin < end && !(write_point_only && handed_over(c, begin, a, p, b, q));
}

/* Whether an op, or a loop as it begins, makes the one value's bytes the other's, and all else that
 * reads the one is over by then. */
static bool hands_over(irmi_classes *c, const irm_value *from, const irm_value *to) {
  const irm_op *op = irm_value_op(to);
  if (!op) {
    const irm_op *loop = irm_region_parent(irm_value_region(to));
    if (!irm_value_op(from) && irm_region_parent(irm_value_region(from)) == loop)
      return irm_value_index(from) == irm_value_index(to);
    return irm_loop_init(loop, irm_value_index(to)) == from &&
           irm_concurrency_reads_last(c->concurrency, loop, from);
  }
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++)
    if (irm_op_operand(op, k) == from && irmi_may_host(c, op, k, to) &&
        irm_concurrency_reads_last(c->concurrency, op, from))
      return true;
  return false;
}

static bool meet(irmi_classes *c, const irm_value *x, const irm_value *y) {
  return !irm_concurrency_apart(c->concurrency, x, y) && !hands_over(c, x, y) &&
         !hands_over(c, y, x);
}

static bool conflict_in_some_order(irmi_classes *c, uint32_t a, uint32_t b) {
  for (uint32_t x = a; x != IRMI_NO_MEMBER; x = c->next_member[x])
    for (uint32_t y = b; y != IRMI_NO_MEMBER; y = c->next_member[y])
      if (meet(c, c->member[x], c->member[y])) return true;
  return false;
}

static bool conflict(irmi_classes *c, uint32_t a, uint32_t b) {
  if (c->concurrency) return conflict_in_some_order(c, a, b);
  if (c->lifetimes[a].count > c->lifetimes[b].count) return conflict(c, b, a);
  if (!c->lifetimes[a].count) return false;
  for (const irmi_span_of_life *p = seek(&c->lifetimes[a], 0); p; p = p->next) {
    const irmi_span_of_life *q = seek(&c->lifetimes[b], p->alive.begin);
    for (; q && q->alive.begin < p->alive.end; q = q->next)
      if (clash(c, a, p, b, q)) return true;
  }
  return false;
}

/* Adds a span, which takes the place of those it meets or touches. */
static void insert(irmi_life *all, irmi_span_of_life *added) {
  irm_interval alive = added->alive;
  const irm_value *first = added->first;
  irmi_span_of_life *at = seek(all, alive.begin - 1);
  bool is_last = at->alive.end < alive.begin;
  irmi_span_of_life *before = is_last ? at : at->prev, *behind = is_last ? NULL : at;
  for (; behind && behind->alive.begin <= alive.end; behind = behind->next) {
    if (behind->alive.begin < alive.begin) {
      alive.begin = behind->alive.begin;
      first = behind->first;
    }
    if (behind->alive.end > alive.end) alive.end = behind->alive.end;
    all->count--;
  }
  *added = (irmi_span_of_life){alive, first, before, behind};
  if (before) before->next = added;
  if (behind) behind->prev = added;
  all->last_seen = added;
  all->count++;
}

/* The class with fewer spans goes into the other. */
void irmi_join_classes(irmi_classes *c, const irm_value *x, const irm_value *y) {
  uint32_t a = irmi_class_of(c, x), b = irmi_class_of(c, y);
  bool swapped = c->lifetimes[a].count < c->lifetimes[b].count;
  uint32_t into = swapped ? b : a, from = swapped ? a : b;
  if (a == b) return;
  c->parent[from] = into;
  c->next_member[c->last_member[into]] = from;
  c->last_member[into] = c->last_member[from];
  if (!c->lifetimes[from].count) return;
  for (irmi_span_of_life *at = seek(&c->lifetimes[from], 0), *next; at; at = next) {
    next = at->next;
    insert(&c->lifetimes[into], at);
  }
}

/* Makes two values share bytes if nothing speaks against it. */
bool irmi_try_join(irmi_classes *c, const irm_value *x, const irm_value *y) {
  uint32_t a = irmi_class_of(c, x), b = irmi_class_of(c, y);
  if (a == b) return true;
  if (irm_value_is_given(x) || irm_value_is_given(y) || conflict(c, a, b)) return false;
  irmi_join_classes(c, x, y);
  return true;
}

static void add_value(irmi_classes *c, const irm_value *value) {
  uint32_t id = irm_value_id(value), count;
  const irm_interval *alive = irm_liveness_of(c->liveness, value, &count);
  irmi_span_of_life *spans = count ? irm_env_alloc(c->env, count, sizeof *spans) : NULL;
  for (uint32_t i = 0; i < count; i++)
    spans[i] = (irmi_span_of_life){alive[i], value, i > 0 ? &spans[i - 1] : NULL,
                                   i + 1 < count ? &spans[i + 1] : NULL};
  c->parent[id] = c->last_member[id] = id;
  c->member[id] = value;
  c->next_member[id] = IRMI_NO_MEMBER;
  c->lifetimes[id] = (irmi_life){spans, count};
}

void irmi_reset_classes(irmi_classes *c) {
  memset(c->yielded, 0, irm_program_value_bound(c->program) * sizeof *c->yielded);
  for (irm_op *op = NULL; (op = irm_program_next_op(c->program, op));) {
    for (uint32_t i = 0; i < irm_op_result_count(op); i++)
      add_value(c, irm_op_result(op, i));
    for (uint32_t r = 0; r < irm_op_region_count(op); r++)
      for (uint32_t k = 0; k < irm_region_argument_count(irm_op_subregion(op, r)); k++)
        add_value(c, irm_region_argument(irm_op_subregion(op, r), k));
  }
}

/* A irmi_classes for the program as it is now, every value in a class of its own. */
irmi_classes irmi_start_classes(irm_program *program, irm_pass_env *env, bool typed,
                                const irm_concurrency *concurrency) {
  uint32_t bound = irm_program_value_bound(program);
  irmi_classes c = {.program = program,
                    .env = env,
                    .liveness = irm_env_liveness(env),
                    .typed = typed,
                    .concurrency = concurrency};
  c.parent = irm_env_alloc(env, bound, sizeof *c.parent);
  c.yielded = irm_env_alloc(env, bound, sizeof *c.yielded);
  c.lifetimes = irm_env_alloc(env, bound, sizeof *c.lifetimes);
  c.member = irm_env_alloc(env, bound, sizeof *c.member);
  c.next_member = irm_env_alloc(env, bound, sizeof *c.next_member);
  c.last_member = irm_env_alloc(env, bound, sizeof *c.last_member);
  irmi_reset_classes(&c);
  return c;
}
