/* Loops and ifs of which more is known. */
#include "canonicalize/rewriting.h"

#include <stdlib.h>

/* The ops of a region but its yield move before the op that holds it; gives the first of them, or
 * NULL. */
static irm_op *move_out(irm_op *op, const irm_region *region) {
  irm_op *first = irm_region_first(region), *next;
  if (irm_op_opcode(first) == IRM_YIELD) return NULL;
  for (irm_op *at = first; irm_op_opcode(at) != IRM_YIELD; at = next) {
    next = irm_op_next(at);
    irm_op_move(at, irm_before(op));
  }
  return first;
}

static irm_op *remove_control(irmi_rewriting *r, irm_op *op, irm_op *go_on) {
  irm_op *follows = irm_op_next(op);
  irm_op_remove(r->program, op);
  ++r->control;
  return go_on ? go_on : follows;
}

/* Branches -------------------------------------------------------------------------------- */

irm_op *irmi_run_branch(irmi_rewriting *r, irm_op *branch, const irm_region *taken) {
  irm_op *first = move_out(branch, taken);
  for (uint32_t k = 0; k < irm_op_result_count(branch); ++k)
    irm_value_replace_uses(irm_op_result(branch, k), irm_region_yielded(taken, k));
  return remove_control(r, branch, first);
}

/* A branch's yield sees nothing from deeper regions, so what both see is from outside. */
void irmi_use_common_results(irmi_rewriting *r, irm_op *branch) {
  for (uint32_t k = 0; k < irm_op_result_count(branch); ++k) {
    irm_value *value = irm_region_yielded(irm_op_subregion(branch, 0), k);
    irm_value *other = irm_region_yielded(irm_op_subregion(branch, 1), k);
    irm_value *given = irm_op_result(branch, k);
    if (value != other || !irm_value_first_use(given)) continue;
    irm_value_replace_uses(given, value);
    ++r->control;
  }
}

/* Short loops ----------------------------------------------------------------------------- */

static bool is_counted_to(const irm_op *loop, irm_number *count) {
  return irm_op_is_counted(loop) && irmi_is_const(irm_loop_count(loop), count);
}

/* Whether the condition fails at once, and was no error. */
static bool fails_at_once(const irm_op *loop) {
  const irm_region *condition = irm_loop_condition(loop);
  irm_number holds;
  if (!condition || !irmi_is_const(irm_region_yielded(condition, 0), &holds) || holds.as.i)
    return false;
  for (const irm_op *op = irm_region_first(condition); irm_op_opcode(op) != IRM_YIELD;
       op = irm_op_next(op))
    if (irm_op_effect_of(op) != IRM_EFFECT_PURE) return false;
  return true;
}

static irm_op *drop_loop(irmi_rewriting *r, irm_op *loop) {
  for (uint32_t k = 0; k < irm_loop_carried_count(loop); ++k)
    irm_value_replace_uses(irm_op_result(loop, k), irm_loop_init(loop, k));
  return remove_control(r, loop, NULL);
}

/* Arguments are read for the last time here, so what is yielded takes the results' places only
 * then: it may be an argument. */
static irm_op *run_once(irmi_rewriting *r, irm_op *loop) {
  irm_region *body = irm_loop_body(loop);
  irm_op *first = move_out(loop, body);
  for (uint32_t k = 0; k < irm_loop_carried_count(loop); ++k)
    irm_value_replace_uses(irm_region_argument(body, k), irm_loop_init(loop, k));
  for (uint32_t k = 0; k < irm_loop_carried_count(loop); ++k)
    irm_value_replace_uses(irm_op_result(loop, k), irm_region_yielded(body, k));
  return remove_control(r, loop, first);
}

irm_op *irmi_run_short_loop(irmi_rewriting *r, irm_op *loop, bool *changed) {
  irm_number count = {.as.i = 2};
  bool counted = is_counted_to(loop, &count);
  *changed = true;
  if ((counted && count.as.i <= 0) || fails_at_once(loop)) return drop_loop(r, loop);
  if (counted && count.as.i == 1 && !irm_loop_condition(loop)) return run_once(r, loop);
  *changed = false;
  return NULL;
}

/* What is carried ------------------------------------------------------------------------- */

static bool is_never_changed(const irm_op *loop, uint32_t k) {
  const irm_region *body = irm_loop_body(loop);
  const irm_value *next = irm_region_yielded(body, k);
  return next == irm_region_argument(body, k) || next == irm_loop_init(loop, k);
}

static void read_instead(irm_op *loop, uint32_t k, irm_value *const arguments[2],
                         irm_value *behind) {
  for (uint32_t i = 0; i < irm_op_region_count(loop); ++i)
    irm_value_replace_uses(irm_region_argument(irm_op_subregion(loop, i), k), arguments[i]);
  irm_value_replace_uses(irm_op_result(loop, k), behind);
}

static void read_from_outside(irm_op *loop, uint32_t k) {
  irm_value *init = irm_loop_init(loop, k);
  read_instead(loop, k, (irm_value *[]){init, init}, init);
}

static void read_other(irm_op *loop, uint32_t k, uint32_t other) {
  irm_value *const arguments[] = {irm_region_argument(irm_op_subregion(loop, 0), other),
                                  irm_region_argument(irm_op_subregion(loop, 1), other)};
  read_instead(loop, k, arguments, irm_op_result(loop, other));
}

/* A carried value by what it begins as and what it becomes. */
typedef struct carried {
  uint32_t init, next, k;
} carried;

static int compare_carried(const void *x, const void *y) {
  const carried *a = x, *b = y;
  if (a->init != b->init) return a->init < b->init ? -1 : 1;
  if (a->next != b->next) return a->next < b->next ? -1 : 1;
  return a->k < b->k ? -1 : a->k > b->k;
}

/* Of those that begin and become the same, the first is kept. */
static void merge_equals(irmi_rewriting *r, irm_op *loop) {
  uint32_t count = irm_loop_carried_count(loop);
  carried *all = irm_env_alloc(r->env, count, sizeof *all);
  for (uint32_t k = 0; k < count; ++k)
    all[k] = (carried){irm_value_id(irm_loop_init(loop, k)),
                       irm_value_id(irm_region_yielded(irm_loop_body(loop), k)), k};
  qsort(all, count, sizeof *all, compare_carried);
  for (uint32_t i = 1, first = 0; i < count; ++i) {
    if (all[i].init != all[first].init || all[i].next != all[first].next) first = i;
    if (first == i || !r->keep[all[i].k] || !r->keep[all[first].k]) continue;
    read_other(loop, all[i].k, all[first].k);
    r->keep[all[i].k] = false;
  }
}

void irmi_uncarry(irmi_rewriting *r, irm_op *loop) {
  uint32_t count = irm_loop_carried_count(loop), kept = 0;
  for (uint32_t k = 0; k < count; ++k) {
    r->keep[k] = !is_never_changed(loop, k);
    if (!r->keep[k]) read_from_outside(loop, k);
  }
  if (count > 1) merge_equals(r, loop);
  for (uint32_t k = 0; k < count; ++k)
    kept += r->keep[k];
  if (kept == count) return;
  irm_loop_keep_carried(r->program, loop, r->keep);
  r->control += count - kept;
}
