/* loop-fusion: runs loops together that run equally often and do not need each other.
 *
 *   before                                    after
 *     %a = loop %n carry(%x) ... do(%a1) {      %a, %b = loop %n carry(%x, %y) ... do(%a1, %b1) {
 *       %a2 = neighbor_sum in %a1                 %a2 = neighbor_sum in %a1
 *       yield %a2                                 %b2 = neighbor_sum out %b1
 *     }                                           yield %a2, %b2
 *     %b = loop %n carry(%y) ... do(%b1) {      }
 *       %b2 = neighbor_sum out %b1
 *       yield %b2
 *     }
 *
 * so that what both compute over one space can be one kernel, and what both compute alike be
 * computed once. Loops of one region go together if they count to the same value, or the same
 * constant, have no condition, and the later reads nothing that is computed from what the earlier
 * gives. Ops between them that the later needs are computed before both.
 *
 * What a loop carries is alive through the other's body then: a pipeline that must not need more
 * memory for it weighs this pass with best(...).
 *
 * Left alone: two loops that may both end in an error or never, as the first to do so would be
 * another; and what would come before an error or an output that stands between. */
#include "irmem/builder.h"
#include "irmem/plugin.h"

typedef enum part {
  APART,    /* somewhere else */
  IN_GROUP, /* a loop of the group */
  BEHIND,   /* stands between, and stays behind: it reads what a loop gives, or has an effect */
  BETWEEN,  /* stands between, and may go before */
  BEFORE    /* and must */
} part;

/* Loops that will be one, and what stands between them. */
typedef struct group {
  irm_op *first, *last; /* loops */
  uint32_t count;
  bool loud;         /* one of them may end in an error, or never */
  bool effect_since; /* something with an effect stands behind the first */
} group;

typedef struct fusing {
  irm_program *program;
  irm_pass_env *env;
  bool *loud; /* by op id: its regions may end in an error, or never */
  part *part; /* by op id, if group is that of now */
  uint32_t *group_of;
  uint32_t group; /* the number of the group that grows */
  uint64_t fused;
} fusing;

/* Questions -------------------------------------------------------------------------------- */

/* Marks the loops and ifs in a region that may end in an error or never; gives whether one does. */
static bool mark_loud(fusing *f, const irm_region *region) {
  bool any = false;
  for (const irm_op *op = irm_region_first(region); op; op = irm_op_next(op)) {
    bool is_loop = irm_op_opcode(op) == IRM_LOOP;
    bool loud = irm_op_effect_of(op) == IRM_EFFECT_TRAPS || (is_loop && irm_loop_condition(op));
    for (uint32_t r = 0; (is_loop || irm_op_opcode(op) == IRM_IF) && r < irm_op_region_count(op);
         ++r)
      loud |= mark_loud(f, irm_op_subregion(op, r));
    f->loud[irm_op_id(op)] = loud;
    any |= loud;
  }
  return any;
}

static bool is_candidate(const irm_op *op) {
  return irm_op_opcode(op) == IRM_LOOP && irm_op_is_counted(op) && !irm_loop_condition(op);
}

static bool is_const(const irm_value *value, int64_t *number) {
  const irm_op *op = irm_value_op(value);
  if (!op || irm_op_opcode(op) != IRM_CONST) return false;
  *number = irm_op_number(op).as.i;
  return true;
}

static bool count_equally(const irm_op *a, const irm_op *b) {
  int64_t of_a, of_b;
  const irm_value *x = irm_loop_count(a), *y = irm_loop_count(b);
  return x == y || (is_const(x, &of_a) && is_const(y, &of_b) && of_a == of_b);
}

static part part_of(const fusing *f, const irm_op *op) {
  return op && f->group_of[irm_op_id(op)] == f->group ? f->part[irm_op_id(op)] : APART;
}

static void set_part(const fusing *f, const irm_op *op, part as) {
  f->group_of[irm_op_id(op)] = f->group;
  f->part[irm_op_id(op)] = as;
}

/* Whether an op, or what stands in it, reads what only is there behind the group's first loop. */
static bool reads_behind(const fusing *f, const irm_op *op) {
  for (uint32_t i = 0; i < irm_op_operand_count(op); ++i) {
    part of = part_of(f, irm_value_op(irm_op_operand(op, i)));
    if (of == IN_GROUP || of == BEHIND) return true;
  }
  for (uint32_t r = 0; r < irm_op_region_count(op); ++r)
    for (const irm_op *inner = irm_region_first(irm_op_subregion(op, r)); inner;
         inner = irm_op_next(inner))
      if (reads_behind(f, inner)) return true;
  return false;
}

static void need_before(const fusing *f, const irm_op *op) {
  for (uint32_t i = 0; i < irm_op_operand_count(op); ++i) {
    const irm_op *read = irm_value_op(irm_op_operand(op, i));
    if (part_of(f, read) == BETWEEN) set_part(f, read, BEFORE);
  }
  for (uint32_t r = 0; r < irm_op_region_count(op); ++r)
    for (const irm_op *inner = irm_region_first(irm_op_subregion(op, r)); inner;
         inner = irm_op_next(inner))
      need_before(f, inner);
}

/* Making one of a group -------------------------------------------------------------------- */

static uint32_t count_carried(const fusing *f, const group *g) {
  uint32_t carried = 0;
  for (const irm_op *op = g->first; op; op = op == g->last ? NULL : irm_op_next(op))
    if (part_of(f, op) == IN_GROUP) carried += irm_loop_carried_count(op);
  return carried;
}

/* What stands between and the later loops need goes before the first, with what it reads. */
static void move_before(fusing *f, const group *g) {
  for (const irm_op *op = g->last; op != g->first; op = irm_op_prev(op))
    if (part_of(f, op) == BEFORE) need_before(f, op);
  for (irm_op *op = irm_op_next(g->first), *next; op != g->last; op = next) {
    next = irm_op_next(op);
    if (part_of(f, op) == BEFORE) irm_op_move(op, irm_before(g->first));
  }
}

/* Takes over a loop's body behind what the joined one has; its values are the joined one's from k
 * on.
 */
static void take_body(irm_op *joined, uint32_t k, irm_op *loop, irm_value **yielded) {
  irm_region *body = irm_loop_body(loop), *into = irm_loop_body(joined);
  for (uint32_t i = 0; i < irm_loop_carried_count(loop); ++i) {
    irm_value *argument = irm_region_argument(into, k + i);
    irm_value_take_name(argument, irm_region_argument(body, i));
    irm_value_replace_uses(irm_region_argument(body, i), argument);
    irm_value_take_name(irm_op_result(joined, k + i), irm_op_result(loop, i));
    irm_value_replace_uses(irm_op_result(loop, i), irm_op_result(joined, k + i));
  }
  for (uint32_t i = 0; i < irm_loop_carried_count(loop); ++i)
    yielded[k + i] = irm_region_yielded(body, i);
  for (irm_op *op = irm_region_first(body), *next; irm_op_opcode(op) != IRM_YIELD; op = next) {
    next = irm_op_next(op);
    irm_op_move(op, irm_at_end(into));
  }
}

static void join(fusing *f, const group *g) {
  uint32_t carried = count_carried(f, g), k = 0;
  irm_value **inits = irm_env_alloc(f->env, carried, sizeof(irm_value *));
  irm_value **yielded = irm_env_alloc(f->env, carried, sizeof(irm_value *));
  move_before(f, g);
  for (const irm_op *op = g->first; op; op = op == g->last ? NULL : irm_op_next(op))
    for (uint32_t i = 0; part_of(f, op) == IN_GROUP && i < irm_loop_carried_count(op); ++i)
      inits[k++] = irm_loop_init(op, i);
  irm_op *joined = irm_build_loop(f->program, irm_before(g->first), irm_loop_count(g->first),
                                  carried, inits, irm_op_loc(g->first));
  k = 0;
  for (irm_op *op = g->first, *next; op; op = next) {
    next = op == g->last ? NULL : irm_op_next(op);
    if (part_of(f, op) != IN_GROUP) continue;
    take_body(joined, k, op, yielded);
    k += irm_loop_carried_count(op);
    irm_op_remove(f->program, op);
  }
  irm_build(f->program, irm_at_end(irm_loop_body(joined)), IRM_YIELD, carried, yielded, 0, NULL,
            irm_op_loc(g->first));
  f->fused += g->count - 1;
}

/* Groups ----------------------------------------------------------------------------------- */

static void close_group(fusing *f, group *g) {
  if (g->count > 1) join(f, g);
  *g = (group){0};
  ++f->group;
}

static void open_group(fusing *f, group *g, irm_op *loop) {
  *g = (group){loop, loop, 1, f->loud[irm_op_id(loop)], false};
  set_part(f, loop, IN_GROUP);
}

static bool belongs(const fusing *f, const group *g, const irm_op *loop) {
  if (!g->count || !count_equally(g->first, loop) || reads_behind(f, loop)) return false;
  return !f->loud[irm_op_id(loop)] || (!g->loud && !g->effect_since);
}

static void visit_loop(fusing *f, group *g, irm_op *loop) {
  if (!belongs(f, g, loop)) {
    close_group(f, g);
    open_group(f, g, loop);
    return;
  }
  need_before(f, loop);
  set_part(f, loop, IN_GROUP);
  g->last = loop;
  g->loud |= f->loud[irm_op_id(loop)];
  ++g->count;
}

static void visit_between(fusing *f, group *g, const irm_op *op) {
  bool pure = irm_op_effect_of(op) == IRM_EFFECT_PURE && irm_op_region_count(op) == 0;
  set_part(f, op, pure && !reads_behind(f, op) ? BETWEEN : BEHIND);
  g->effect_since |= !pure;
}

static void visit_region(fusing *f, const irm_region *region) {
  group g = {0};
  for (irm_op *op = irm_region_first(region), *next; op; op = next) {
    next = irm_op_next(op);
    if (is_candidate(op))
      visit_loop(f, &g, op);
    else if (g.count)
      visit_between(f, &g, op);
  }
  close_group(f, &g);
  for (const irm_op *op = irm_region_first(region); op; op = irm_op_next(op))
    if (irm_op_opcode(op) == IRM_LOOP || irm_op_opcode(op) == IRM_IF)
      for (uint32_t r = 0; r < irm_op_region_count(op); ++r)
        visit_region(f, irm_op_subregion(op, r));
}

static irm_pass_result run(irm_program *program, irm_pass_env *env) {
  size_t room = 2 * (size_t)irm_program_op_bound(program);
  fusing f = {.program = program,
              .env = env,
              .loud = irm_env_alloc(env, room, sizeof(bool)),
              .part = irm_env_alloc(env, room, sizeof(part)),
              .group_of = irm_env_alloc(env, room, sizeof(uint32_t)),
              .group = 1};
  bool placed = irm_program_clear_placement(program);
  mark_loud(&f, irm_program_body(program));
  visit_region(&f, irm_program_body(program));
  irm_env_count(env, "loops fused", f.fused);
  return placed || f.fused ? IRM_PASS_CHANGED : IRM_PASS_UNCHANGED;
}

IRM_PASS_DEFINE(loop_fusion, .name = "loop-fusion",
                .summary = "run loops together that run equally often", .run = run)
