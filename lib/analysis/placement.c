/* Whether slots as they stand in a program keep every value until it has been read. Works from the
 * program and its liveness alone: it knows nothing of hosts, storages or planners, so that none of
 * them can be wrong unseen. */
#include "analysis/placement.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct checker {
  const irm_program *program;
  const irm_liveness *liveness;
  const irm_allocator *allocator;
  irmi_occupants occupants;
  const irm_op **carried; /* by slot: the last loop that carries on what is there */
  const irm_op **written; /* by slot: the last op of which a result is there */
  uint32_t *group;        /* by slot: the least of those with which it may have changed places */
  bool right;
} checker;

static void occupy(checker *c, const irm_value *value) {
  uint32_t count;
  const irm_interval *alive = irm_liveness_of(c->liveness, value, &count);
  for (uint32_t i = 0; irm_value_slot(value) != IRM_NO_SLOT && i < count; i++) {
    irmi_occupant one = {irm_value_slot(value), alive[i], value, irm_value_op(value)};
    irmi_vec_push(c->allocator, &c->occupants, one);
  }
}

static void occupy_by_op(checker *c, const irm_op *op) {
  uint32_t begin = irm_liveness_begin(c->liveness, op);
  if (irm_op_workspace_slot(op) != IRM_NO_SLOT) {
    irmi_occupant one = {irm_op_workspace_slot(op), {begin, begin + 2}, NULL, op};
    irmi_vec_push(c->allocator, &c->occupants, one);
  }
  for (uint32_t i = 0; i < irm_op_result_count(op); i++)
    occupy(c, irm_op_result(op, i));
  for (uint32_t r = 0; r < irm_op_region_count(op); r++)
    for (uint32_t k = 0; k < irm_region_argument_count(irm_op_subregion(op, r)); k++)
      occupy(c, irm_region_argument(irm_op_subregion(op, r), k));
}

static int by_slot_then_begin(const void *a, const void *b) {
  const irmi_occupant *x = a, *y = b;
  if (x->slot != y->slot) return x->slot < y->slot ? -1 : 1;
  if (x->alive.begin != y->alive.begin) return x->alive.begin < y->alive.begin ? -1 : 1;
  return (x->alive.end > y->alive.end) - (x->alive.end < y->alive.end);
}

static bool same_layout(const irm_value *a, const irm_value *b) {
  return irm_type_same_layout(irm_value_type(a), irm_value_type(b));
}

/* Whether the op writes its result while it reads the old value, element by element. */
static bool overwrites(const irm_op *op, const irm_value *old) {
  for (uint32_t i = 0; i < irm_op_operand_count(op); i++)
    if (irm_op_operand(op, i) == old && irm_op_may_overwrite(op, i)) return true;
  return false;
}

/* Whether a loop's argument is the value that the loop starts with. */
static bool starts_with(const irm_value *argument, const irm_value *init) {
  const irm_op *loop = irm_region_parent(irm_value_region(argument));
  return irm_loop_init(loop, irm_value_index(argument)) == init;
}

/* The loop whose carried value this is an argument of, or NULL. */
static const irm_op *carrying_loop(const irm_value *value) {
  return irm_value_op(value) ? NULL : irm_region_parent(irm_value_region(value));
}

/* Whether both are alive at the write point where next begins only because old's bytes become
 * next's. */
static bool handed_over(const irmi_occupant *old, const irmi_occupant *next) {
  if (!old->value || !next->value || !same_layout(old->value, next->value)) return false;
  const irm_op *loop = carrying_loop(next->value);
  if (loop && loop == carrying_loop(old->value))
    return irm_value_index(old->value) == irm_value_index(next->value);
  if (old->alive.end != next->alive.begin + 1 || next->alive.begin % 2 == 0) return false;
  return next->op ? overwrites(next->op, old->value) : starts_with(next->value, old->value);
}

void irmi_report_clash(const irm_program *program, const irmi_occupant *old,
                       const irmi_occupant *next, const char *where) {
  const char *name = next->value ? irm_value_name(next->value) : "a workspace";
  irm_loc loc = irm_op_loc(next->op ? next->op : irm_region_parent(irm_value_region(next->value)));
  irm_diag_report(irm_program_context(program), IRM_ERROR, loc,
                  "%s %s%s while %s%s is still needed", where, next->value ? "%" : "", name,
                  old->value ? "%" : "", old->value ? irm_value_name(old->value) : "a workspace");
}

static void complain(checker *c, const irmi_occupant *old, const irmi_occupant *next) {
  char where[32];
  snprintf(where, sizeof where, "slot %u holds", next->slot);
  irmi_report_clash(c->program, old, next, where);
  c->right = false;
}

/* In order of their beginnings, each occupant may meet only the one that was to end last. */
static void check_overlaps(checker *c) {
  const irmi_occupant *items = c->occupants.items, *last = NULL;
  for (size_t i = 0; i < c->occupants.count; i++) {
    const irmi_occupant *next = &items[i];
    if (last && last->slot != next->slot) last = NULL;
    if (last && next->alive.begin < last->alive.end && !handed_over(last, next))
      complain(c, last, next);
    if (!last || next->alive.end > last->alive.end) last = next;
  }
}

static void require(checker *c, const irm_op *op, bool holds, const char *what) {
  if (holds) return;
  irm_diag_report(irm_program_context(c->program), IRM_ERROR, irm_op_loc(op), "%s", what);
  c->right = false;
}

/* Trees of slots by link to the parent; a root is its own parent, and the least of its tree. */
static uint32_t group_of(checker *c, uint32_t slot) {
  while (c->group[slot] != slot)
    slot = c->group[slot] = c->group[c->group[slot]];
  return slot;
}

static void join_groups(checker *c, uint32_t x, uint32_t y) {
  uint32_t a = group_of(c, x), b = group_of(c, y);
  c->group[a < b ? b : a] = a < b ? a : b;
}

/* Slots change places where a value is born elsewhere than it is carried: what lies in them must be
 * of this iteration, and of one value. */
static void check_move(checker *c, const irm_op *loop, uint32_t slot, const irm_value *yielded) {
  uint32_t next = irm_value_slot(yielded);
  require(c, loop, next != IRM_NO_SLOT, "a loop carries bytes on that are not the run's own");
  if (slot == IRM_NO_SLOT || next == IRM_NO_SLOT) return;
  require(c, loop, c->carried[next] != loop, "two values that a loop carries on are in one slot");
  c->carried[next] = loop;
  join_groups(c, slot, next);
  require(c, loop, slot == next || irm_value_region(yielded) == irm_loop_body(loop),
          "a loop carries on the bytes of a value from outside");
  require(c, loop,
          slot == next || irm_size_equal(irm_program_slot(c->program, slot).bytes,
                                         irm_program_slot(c->program, next).bytes),
          "slots of different sizes change places");
}

static void check_loop(checker *c, const irm_op *loop) {
  irm_region *body = irm_loop_body(loop);
  for (uint32_t k = 0; k < irm_loop_carried_count(loop); k++) {
    const irm_value *argument = irm_region_argument(body, k);
    if (!irm_value_is_array(argument)) continue;
    uint32_t slot = irm_value_slot(argument);
    require(c, loop,
            slot == irm_value_slot(irm_loop_init(loop, k)) &&
                slot == irm_value_slot(irm_op_result(loop, k)),
            "a carried value, its initial value and its result are in different slots");
    check_move(c, loop, slot, irm_region_yielded(body, k));
  }
}

static void check_if(checker *c, const irm_op *branch) {
  for (uint32_t k = 0; k < irm_op_result_count(branch); k++) {
    const irm_value *result = irm_op_result(branch, k);
    for (uint32_t r = 0; irm_value_is_array(result) && r < irm_op_region_count(branch); r++)
      require(c, branch,
              irm_value_slot(irm_region_yielded(irm_op_subregion(branch, r), k)) ==
                  irm_value_slot(result),
              "an if's result and what a branch yields for it are in different slots");
  }
}

/* Over an operand one result may be written, though both begin as it ends. */
static void check_results(checker *c, const irm_op *op) {
  for (uint32_t k = 0; k < irm_op_result_count(op); k++) {
    uint32_t slot = irm_value_slot(irm_op_result(op, k));
    if (slot == IRM_NO_SLOT) continue;
    require(c, op, c->written[slot] != op, "two results of one op are in one slot");
    c->written[slot] = op;
  }
}

static void check_op(checker *c, const irm_op *op) {
  occupy_by_op(c, op);
  check_results(c, op);
  if (irm_op_opcode(op) == IRM_LOOP) check_loop(c, op);
  if (irm_op_opcode(op) == IRM_IF) check_if(c, op);
}

static bool check(const irm_program *program, const irm_liveness *liveness) {
  checker c = {.program = program,
               .liveness = liveness,
               .allocator = irm_context_allocator(irm_program_context(program)),
               .right = true};
  size_t slots = irm_program_slot_count(program);
  c.carried = irmi_calloc(c.allocator, slots, sizeof *c.carried);
  c.written = irmi_calloc(c.allocator, slots, sizeof *c.written);
  c.group = irmi_calloc(c.allocator, slots, sizeof *c.group);
  for (uint32_t slot = 0; slot < slots; slot++)
    c.group[slot] = slot;
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));)
    check_op(&c, op);
  if (c.occupants.count)
    qsort(c.occupants.items, c.occupants.count, sizeof(irmi_occupant), by_slot_then_begin);
  check_overlaps(&c);
  for (uint32_t slot = 0; slot < slots; slot++)
    c.group[slot] = group_of(&c, slot);
  c.right &= irmi_check_overlaps(program, &c.occupants, c.group);
  c.right = c.right && irmi_check_sharing(program, &c.occupants, c.group);
  irmi_vec_free(c.allocator, &c.occupants);
  irmi_free(c.allocator, c.carried, slots * sizeof *c.carried);
  irmi_free(c.allocator, c.written, slots * sizeof *c.written);
  irmi_free(c.allocator, c.group, slots * sizeof *c.group);
  return c.right;
}

bool irm_placement_check(const irm_program *program, const irm_liveness *liveness) {
  if (liveness) return check(program, liveness);
  irm_liveness *found = irm_liveness_create(program);
  bool right = check(program, found);
  irm_liveness_destroy(found);
  return right;
}
