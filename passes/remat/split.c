/* A value that is alive at an op without being read there is read behind it, or in its regions
 * behind it, or in a loop's next iteration. For each region that the op holds, and for what stands
 * behind it, the value is computed once more, before the first op that reads it there. Where that
 * is still too early, the copy is split in its turn. */
#include "remat/split.h"

#include "irmem/analysis.h"
#include "remat/copy.h"

/* Cost ----------------------------------------------------------------------------------------- */

static uint64_t cost_of_element(const irm_op *op) {
  switch (irm_op_opcode(op)) {
  case IRM_EXP:
  case IRM_LOG:
  case IRM_POW: return 8;
  case IRM_DIV:
  case IRM_SQRT:
  case IRM_RECIP:
  case IRM_AT_SOURCE:
  case IRM_AT_TARGET: return 2;
  case IRM_INDEX:
  case IRM_NODE_ID:
  case IRM_DEGREE: return 1;
  default: return irm_op_info_of(op)->kind == IRM_KIND_SCALAR ? 1 : 0;
  }
}

/* Of all that a kernel computes; 0: some of it is not cheap. Reductions are left out. */
static uint64_t cost_of_kernel(const irm_op *kernel) {
  uint64_t cost = 0;
  irm_op *op = irm_region_first(irm_kernel_body(kernel));
  for (; irm_op_opcode(op) != IRM_YIELD; op = irm_op_next(op)) {
    if (irm_op_info_of(op)->kind == IRM_KIND_REDUCE) continue;
    uint64_t of_op = cost_of_element(op);
    if (of_op == 0) return 0;
    cost += of_op;
  }
  return cost;
}

static uint64_t cost_of(const irm_value *value) {
  const irm_op *op = irm_value_op(value);
  if (!op || !irm_value_is_array(value) || irm_value_is_given(value)) return 0;
  if (irm_op_info_of(op)->effect != IRM_EFFECT_PURE) return 0;
  return irm_op_opcode(op) == IRM_KERNEL ? cost_of_kernel(op) : cost_of_element(op);
}

/* Whether an operand is there without being computed again. */
static bool is_there(const irm_liveness *liveness, const irm_value *operand, const irm_op *before) {
  return !irm_value_is_array(operand) || irm_value_is_given(operand) ||
         irm_liveness_alive_at(liveness, operand, irm_liveness_begin(liveness, before));
}

/* With what it is computed from, as far as that is not there; above the most: it cannot be. */
static uint64_t cost_before(const irm_liveness *liveness, const irm_value *value,
                            const irm_op *before, uint64_t room) {
  const irm_op *op = irm_value_op(value);
  uint64_t cost = cost_of(value);
  if (cost == 0 || cost > room) return IRMI_REMAT_MOST_COST + 1;
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++) {
    const irm_value *operand = irm_op_operand(op, k);
    if (is_there(liveness, operand, before)) continue;
    cost += cost_before(liveness, operand, before, room - cost);
    if (cost > room) return IRMI_REMAT_MOST_COST + 1;
  }
  return cost;
}

/* Places --------------------------------------------------------------------------------------- */

/* The op of a region that is the op or holds it; NULL: it is elsewhere. */
static irm_op *ancestor_in(irm_op *op, const irm_region *region) {
  while (op && irm_op_region(op) != region)
    op = irm_region_parent(irm_op_region(op));
  return op;
}

/* Ops of a region behind one of them, or all of them (NULL). */
typedef struct stretch {
  const irm_region *region;
  const irm_op *behind;
} stretch;

enum { STRETCHES = 3 };

/* The regions that the op at which a value is alive is or stands in, and what is behind it. */
static uint32_t find_stretches(const irm_value *value, const irm_op *op, stretch *found) {
  const irm_region *home = irm_value_region(value);
  const irm_op *outer = ancestor_in((irm_op *)op, home);
  uint32_t count = 0;
  if (!outer) return 0;
  for (uint32_t k = 0; k < irm_op_region_count(outer); k++)
    found[count++] = (stretch){irm_op_subregion(outer, k), NULL};
  found[count++] = (stretch){home, outer};
  return count;
}

static bool covers(const irm_liveness *liveness, const stretch *s, irm_op *reader) {
  irm_op *at = ancestor_in(reader, s->region);
  return at &&
         (!s->behind || irm_liveness_begin(liveness, at) > irm_liveness_begin(liveness, s->behind));
}

/* The first op of a stretch that reads the value or holds a reader, or NULL. */
static irm_op *first_reader(const irm_liveness *liveness, const irm_value *value,
                            const stretch *s) {
  irm_op *first = NULL;
  for (irm_use *use = irm_value_first_use(value); use; use = irm_use_next(use)) {
    irm_op *at = ancestor_in(irm_use_op(use), s->region);
    if (!covers(liveness, s, irm_use_op(use))) continue;
    if (!first || irm_liveness_begin(liveness, at) < irm_liveness_begin(liveness, first))
      first = at;
  }
  return first;
}

static bool reads(const irm_op *op, const irm_value *value) {
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++)
    if (irm_op_operand(op, k) == value) return true;
  return false;
}

uint64_t irmi_remat_cost(const irm_liveness *liveness, const irm_value *value, const irm_op *op) {
  stretch stretches[STRETCHES];
  uint64_t cost = 0;
  if (cost_of(value) == 0 || irm_value_op(value) == op || reads(op, value)) return 0;
  uint32_t count = find_stretches(value, op, stretches);
  for (uint32_t k = 0; k < count; k++) {
    const irm_op *before = first_reader(liveness, value, &stretches[k]);
    if (!before) continue;
    uint64_t here = cost_before(liveness, value, before, IRMI_REMAT_MOST_COST);
    if (here > IRMI_REMAT_MOST_COST) return 0;
    cost += here;
  }
  return cost;
}

/* Splitting ------------------------------------------------------------------------------------ */

typedef struct splitting {
  irm_program *program;
  irm_pass_env *env;
  const irm_liveness *liveness;
} splitting;

static irm_value *compute_before(const splitting *s, const irm_value *value, irm_op *before) {
  const irm_op *op = irm_value_op(value);
  uint32_t count = irm_op_operand_count(op);
  irm_value **operands = irm_env_alloc(s->env, count, sizeof *operands);
  for (uint32_t k = 0; k < count; k++) {
    irm_value *operand = irm_op_operand(op, k);
    bool there = is_there(s->liveness, operand, before);
    operands[k] = there ? operand : compute_before(s, operand, before);
  }
  return irmi_remat_copy(s->program, s->env, value, operands, before);
}

static void read_instead(const splitting *s, irm_value *value, const stretch *in, irm_value *copy) {
  for (irm_use *use = irm_value_first_use(value), *next; use; use = next) {
    next = irm_use_next(use);
    if (covers(s->liveness, in, irm_use_op(use)))
      irm_op_set_operand(irm_use_op(use), irm_use_index(use), copy);
  }
}

void irmi_remat_split(irm_program *program, irm_pass_env *env, const irm_liveness *liveness,
                      irm_value *value, const irm_op *op) {
  splitting s = {program, env, liveness};
  stretch stretches[STRETCHES];
  uint32_t count = find_stretches(value, op, stretches);
  for (uint32_t k = 0; k < count; k++) {
    irm_op *before = first_reader(liveness, value, &stretches[k]);
    if (before) read_instead(&s, value, &stretches[k], compute_before(&s, value, before));
  }
}
