/* What is computed again, and what is stored: the cost model.
 *
 * Costs are for one element, in simple operations:
 *   fill 0; arithmetic, comparisons, select, convert, copy, index 1; degree 4 (two offsets);
 *   the end of an edge 4; div, sqrt, recip 8; exp, log, pow 32;
 *   to read an element of an array in order 2.
 *
 * 1. A value that follows from scalars and given arrays (inputs, weights) alone is computed again
 *    wherever it is read at its own index, up to a cost of 24: it needs no array then. If somebody
 *    needs the array anyway (what stays, control flow, a gather), others read it while it is alive,
 *    unless computing costs no more than reading.
 * 2. A node value that is only gathered is computed again for each arc up to a cost of 2, which
 *    hides behind the gather itself, if it reads one array at most, of narrower elements than its
 *    own, or of the same width if that array exists anyway. So no more bytes move, or are alive.
 * 3. An edge value that only aggregations over arcs read is computed again for each arc up to a
 *    cost of 48: an array of edges costs two passes over memory, of which one is not in order.
 * 4. What else is read at its own index by one kernel only lives in that kernel. What several
 *    kernels read is stored by the first.
 */
#include "fuse/facts.h"

#define COST_OF_READING 2
#define MOST_FREE       24
#define MOST_PER_ARC    2
#define MOST_PER_EDGE   48
#define ENDLESS         1000000u

static uint32_t cost_of_op(const irm_op *op) {
  switch (irm_op_opcode(op)) {
  case IRM_FILL: return 0;
  case IRM_DEGREE: return 4;
  case IRM_DIV:
  case IRM_SQRT:
  case IRM_RECIP: return 8;
  case IRM_EXP:
  case IRM_LOG:
  case IRM_POW: return 32;
  case IRM_AT_SOURCE:
  case IRM_AT_TARGET: return 4;
  default: return irm_op_info_of(op)->kind == IRM_KIND_ROWS ? ENDLESS : 1;
  }
}

/* Roles ------------------------------------------------------------------------------------ */

static bool gives_array(const irm_op *op) {
  return irm_op_result_count(op) == 1 && irm_value_is_array(irm_op_result(op, 0));
}

static bool may_join(const irm_op *op) {
  const irm_op_info *info = irm_op_info_of(op);
  if (info->effect != IRM_EFFECT_PURE) return false;
  switch (info->kind) {
  case IRM_KIND_SCALAR: return gives_array(op);
  case IRM_KIND_REDUCE:
  case IRM_KIND_ROWS: return true;
  default: break;
  }
  irm_opcode opcode = irm_op_opcode(op);
  return opcode == IRM_INDEX || opcode == IRM_DEGREE || opcode == IRM_AT_SOURCE ||
         opcode == IRM_AT_TARGET;
}

static irmi_role role_of(const irm_op *op) {
  if (may_join(op)) return IRMI_JOINS;
  bool pure = irm_op_info_of(op)->effect == IRM_EFFECT_PURE && irm_op_opcode(op) != IRM_KERNEL;
  if (!pure || irm_op_result_count(op) != 1) return IRMI_STAYS;
  const irm_value *result = irm_op_result(op, 0);
  for (uint32_t i = 0; i < irm_op_operand_count(op); i++)
    if (irm_value_is_array(irm_op_operand(op, i))) return IRMI_STAYS;
  return !irm_value_is_array(result) || irm_value_is_given(result) ? IRMI_MOVES : IRMI_STAYS;
}

irmi_reading irmi_reading_of(const irm_op *op, uint32_t operand) {
  if (!irm_value_is_array(irm_op_operand(op, operand))) return IRMI_READS_SCALAR;
  irm_opcode opcode = irm_op_opcode(op);
  bool elsewhere = irm_op_info_of(op)->kind == IRM_KIND_ROWS || opcode == IRM_AT_SOURCE ||
                   opcode == IRM_AT_TARGET;
  return elsewhere ? IRMI_READS_ELSEWHERE : IRMI_READS_OWN;
}

irm_space irmi_loop_space(const irm_op *op) {
  bool reduces = irm_op_info_of(op)->kind == IRM_KIND_REDUCE;
  return irm_value_type(reduces ? irm_op_operand(op, 0) : irm_op_result(op, 0)).space;
}

irmi_fact *irmi_fact_of(const irmi_facts *facts, const irm_value *value) {
  const irm_op *op = irm_value_op(value);
  return op ? &facts->of[irm_op_id(op)] : NULL;
}

/* Forward: costs ---------------------------------------------------------------------------- */

/* How the op reads what operand k is: notes it at the op that defines it. */
static void note_reading(const irmi_facts *facts, const irm_op *op, uint32_t operand) {
  irmi_fact *fact = irmi_fact_of(facts, irm_op_operand(op, operand));
  if (!fact) return;
  if (facts->of[irm_op_id(op)].role != IRMI_JOINS)
    fact->needed = true;
  else if (irmi_reading_of(op, operand) == IRMI_READS_ELSEWHERE)
    fact->gathered = true;
}

static uint32_t bytes_of(const irm_value *value) {
  return irm_elem_bytes(irm_value_type(value).elem);
}

/* The cost of an op with all that it reads, from given arrays on. */
static void find_free(const irmi_facts *facts, const irm_op *op, irmi_fact *fact) {
  fact->free = gives_array(op) && fact->cost <= MOST_FREE;
  for (uint32_t i = 0; i < irm_op_operand_count(op) && fact->free; i++) {
    const irm_value *value = irm_op_operand(op, i);
    if (irm_value_is_given(value) || !irm_value_is_array(value)) continue;
    const irmi_fact *read = irmi_fact_of(facts, value);
    fact->free = read && read->free && irmi_reading_of(op, i) == IRMI_READS_OWN;
  }
}

static void add_cost(uint32_t *sum, uint32_t more) {
  *sum = more > ENDLESS - *sum ? ENDLESS : *sum + more;
}

static void add_leaf(irmi_fact *fact, const irm_value *leaf) {
  if (fact->leaf && leaf && fact->leaf != leaf) fact->many_leaves = true;
  if (leaf) fact->leaf = leaf;
}

static void find_cost(const irmi_facts *facts, const irm_op *op, irmi_fact *fact) {
  fact->ops = 1;
  fact->cost = fact->arc_cost = cost_of_op(op);
  for (uint32_t i = 0; i < irm_op_operand_count(op); i++) {
    const irm_value *value = irm_op_operand(op, i);
    if (!irm_value_is_array(value)) continue;
    const irmi_fact *read = irmi_fact_of(facts, value);
    bool joins = read && read->role == IRMI_JOINS;
    if (joins) add_cost(&fact->cost, read->cost);
    if (!joins || read->needed || read->gathered) {
      add_leaf(fact, value);
    } else {
      add_cost(&fact->ops, read->ops);
      add_cost(&fact->arc_cost, read->arc_cost);
      fact->many_leaves |= read->many_leaves;
      add_leaf(fact, read->leaf);
    }
  }
}

/* Backward: who computes again --------------------------------------------------------------- */

/* Whether computing a node value for each arc moves no more bytes: it reads one array at most, that
 * exists anyway or is narrower. */
static bool reads_little(const irmi_facts *facts, const irmi_fact *fact, const irm_value *result) {
  if (fact->many_leaves) return false;
  if (!fact->leaf || bytes_of(fact->leaf) < bytes_of(result)) return true;
  if (bytes_of(fact->leaf) > bytes_of(result)) return false;
  const irmi_fact *leaf = irmi_fact_of(facts, fact->leaf);
  return !leaf || leaf->role != IRMI_JOINS || leaf->needed || leaf->gathered;
}

static bool is_cheap_per_arc(const irmi_facts *facts, const irm_op *op, const irmi_fact *fact) {
  const irm_value *result = irm_op_result(op, 0);
  if (irm_value_type(result).space == IRM_EDGE)
    return fact->arc_cost <= MOST_PER_EDGE && (fact->free || !facts->careful[irm_op_id(op)]);
  if (irm_op_opcode(op) == IRM_DEGREE || fact->arc_cost > MOST_PER_ARC) return false;
  return reads_little(facts, fact, result);
}

/* The last position up to which the value is alive if that op reads it: a loop between the two runs
 * again. */
static uint32_t alive_until(const irmi_facts *facts, const irm_value *value, const irm_op *reader) {
  uint32_t until = facts->of[irm_op_id(reader)].position;
  const irm_region *home = irm_value_region(value);
  for (const irm_region *at = irm_op_region(reader); at != home;) {
    const irm_op *parent = irm_region_parent(at);
    at = irm_op_region(parent);
    if (irm_op_opcode(parent) != IRM_LOOP) continue;
    const irm_op *next = irm_op_next(parent);
    until = next ? facts->of[irm_op_id(next)].position - 1 : UINT32_MAX;
  }
  return until;
}

typedef struct readers {
  bool needing, elsewhere, own;
  uint32_t needed_last;
} readers;

static void add_reader(const irmi_facts *facts, const irm_value *value, const irm_use *use,
                       readers *all) {
  const irm_op *op = irm_use_op(use);
  const irmi_fact *reader = &facts->of[irm_op_id(op)];
  if (reader->role != IRMI_JOINS)
    all->needing = true;
  else if (reader->arc || irmi_reading_of(op, irm_use_index(use)) == IRMI_READS_ELSEWHERE)
    all->elsewhere = true;
  else
    all->own = true;
  if (reader->role == IRMI_JOINS && !reader->arc &&
      irmi_reading_of(op, irm_use_index(use)) == IRMI_READS_OWN)
    return;
  uint32_t until = alive_until(facts, value, op);
  if (until > all->needed_last) all->needed_last = until;
}

static void decide(const irmi_facts *facts, const irm_op *op, irmi_fact *fact) {
  const irm_value *result = irm_op_result(op, 0);
  readers all = {0};
  if (!irm_value_is_array(result)) return;
  for (irm_use *use = irm_value_first_use(result); use; use = irm_use_next(use))
    add_reader(facts, result, use, &all);
  fact->arc = all.elsewhere && !all.needing && (fact->free || !all.own) &&
              is_cheap_per_arc(facts, op, fact);
  fact->stored = all.needing || (all.elsewhere && !fact->arc);
  fact->needed_last = all.needed_last;
}

static void decide_region(const irmi_facts *facts, const irm_region *region) {
  for (irm_op *op = irm_region_last(region); op; op = irm_op_prev(op)) {
    for (uint32_t r = irm_op_region_count(op); r-- > 0;)
      decide_region(facts, irm_op_subregion(op, r));
    irmi_fact *fact = &facts->of[irm_op_id(op)];
    if (fact->role == IRMI_JOINS) decide(facts, op, fact);
  }
}

static void find_roles(irmi_facts *facts) {
  uint32_t position = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(facts->program, op));) {
    irmi_fact *fact = &facts->of[irm_op_id(op)];
    *fact = (irmi_fact){.role = role_of(op), .position = position++, .cluster = IRMI_NO_CLUSTER};
    for (uint32_t i = 0; i < irm_op_operand_count(op); i++)
      note_reading(facts, op, i);
  }
}

void irmi_find_facts(irmi_facts *facts) {
  find_roles(facts);
  for (irm_op *op = NULL; (op = irm_program_next_op(facts->program, op));) {
    irmi_fact *fact = &facts->of[irm_op_id(op)];
    if (fact->role != IRMI_JOINS) continue;
    find_cost(facts, op, fact);
    find_free(facts, op, fact);
  }
  decide_region(facts, irm_program_body(facts->program));
}

bool irmi_computes_again(const irmi_facts *facts, const irm_value *value, const irm_region *region,
                         uint32_t step, uint32_t position) {
  const irmi_fact *fact = irmi_fact_of(facts, value);
  if (!fact || fact->role != IRMI_JOINS || !fact->free) return false;
  if (!fact->stored || fact->cost <= COST_OF_READING) return true;
  bool not_yet = irm_value_region(value) == region && fact->step >= step;
  return not_yet || fact->needed_last < position;
}
