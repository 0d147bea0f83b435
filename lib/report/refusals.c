/* Why a result is not written into an operand, and what would change that. */
#include "report/trial.h"

#include <inttypes.h>

/* Readers ------------------------------------------------------------------------------------ */

static const char *reader_name(irmi_facts *facts, const irm_op *op) {
  switch (irm_op_opcode(op)) {
  case IRM_LOOP: return "the loop";
  case IRM_IF: return "the if";
  case IRM_YIELD: return "the next iteration";
  case IRM_OUTPUT: return irmi_text(facts, "output \"%s\"", irm_op_name(op));
  default: return irmi_op_text(&facts->arena, op);
  }
}

/* A yield of a branch hands over to what its if gives, one of a loop's body to the loop. */
static const irm_op *named_reader(const irm_op *op) {
  if (irm_op_opcode(op) != IRM_YIELD) return op;
  const irm_op *parent = irm_region_parent(irm_op_region(op));
  return irm_op_opcode(parent) == IRM_IF ? parent : op;
}

const char *irmi_reader_text(irmi_facts *facts, const irm_op *op) {
  const irm_op *named = named_reader(op);
  const char *name = reader_name(facts, named);
  const char *place = irmi_place_text(facts, irmi_op_place(named));
  return *place ? irmi_text(facts, "%s in %s", name, place) : name;
}

/* Aliases ------------------------------------------------------------------------------------ */

static bool meet(const irmi_facts *facts, const irm_value *x, const irm_value *y) {
  uint32_t count, others, k = 0;
  const irm_interval *alive = irm_liveness_of(facts->liveness, x, &count);
  const irm_interval *other = irm_liveness_of(facts->liveness, y, &others);
  for (uint32_t i = 0; i < count; i++) {
    while (k < others && other[k].end <= alive[i].begin)
      k++;
    if (k < others && other[k].begin < alive[i].end) return true;
  }
  return false;
}

/* Values looked at in search of an alias. */
#define REACH 256

/* A value in the operand's bytes that is alive together with the result, or NULL. */
static const irm_value *find_alias(const irmi_facts *facts, const irm_value *operand,
                                   const irm_value *result) {
  uint32_t storage = irm_storage_of(facts->storage, operand);
  uint32_t count = irm_storage_value_count(facts->storage, storage);
  for (uint32_t k = 0; k < count && k < REACH; k++) {
    const irm_value *value = irm_storage_value(facts->storage, storage, k);
    if (value != operand && meet(facts, value, result)) return value;
  }
  return NULL;
}

/* Refusals ----------------------------------------------------------------------------------- */

static const char *while_it_writes(irmi_facts *facts, const irm_op *op, const char *name) {
  return irm_op_info_of(op)->kind == IRM_KIND_ROWS
             ? irmi_text(facts, "gathers neighbours from %%%s while it writes", name)
             : irmi_text(facts, "reads %%%s out of step with what it writes", name);
}

static const char *given(irmi_facts *facts, const irm_value *operand) {
  return irmi_text(facts,
                   irm_op_opcode(irm_value_op(operand)) == IRM_INPUT ? "%%%s is the caller's input"
                                                                     : "%%%s is the graph's",
                   irm_value_name(operand));
}

/* With elements of one size there would be a host. */
static void unblock_size(irmi_facts *facts, irmi_decision *decision, const irm_value *operand) {
  irm_type x = irm_value_type(operand), y = irm_value_type(decision->value);
  bool dies = irm_liveness_dies_at(facts->liveness, operand, irm_value_op(decision->value));
  if (decision->unblock || x.elem == IRM_I1 || y.elem == IRM_I1 || x.space != y.space || !dies)
    return;
  decision->unblock =
      irmi_text(facts, "with elements of one size (%s, not %s) it could be written over %%%s",
                irm_elem_name(irm_elem_bytes(x.elem) < irm_elem_bytes(y.elem) ? x.elem : y.elem),
                irm_elem_name(irm_elem_bytes(x.elem) < irm_elem_bytes(y.elem) ? y.elem : x.elem),
                irm_value_name(operand));
}

static const char *dead_but_not_taken(irmi_facts *facts, const irmi_decision *decision,
                                      const irm_value *operand) {
  const irm_value *alias = find_alias(facts, operand, decision->value);
  const char *name = irm_value_name(operand);
  if (!alias) return irmi_text(facts, "%%%s dies here, but other bytes were taken", name);
  return irmi_text(facts, "%%%s dies here, but %%%s, which is needed beside it, is in its bytes",
                   name, irm_value_name(alias));
}

/* What comes of having the operand read by everybody else before the op. */
static void unblock_reader(irmi_facts *facts, irmi_decision *decision, const irm_value *operand) {
  if (decision->saved) return;
  irmi_trial trial = irmi_try_reading_before(facts, irm_value_op(decision->value), operand);
  const char *reader = trial.reader ? irmi_reader_text(facts, trial.reader) : NULL;
  const char *name = irm_value_name(operand), *own = irm_value_name(decision->value);
  switch (trial.kind) {
  case IRMI_TRIAL_SAVES:
    decision->saved = trial.saved;
    decision->unblock = irmi_text(
        facts, "with %s before it the peak would be %s: %" PRIu64 " bytes less%s", reader,
        trial.peak, trial.saved,
        facts->options->sized ? ""
                              : irmi_text(facts, " at n = %" PRIu64 ", m = %" PRIu64,
                                          irmi_facts_nodes(facts), irmi_facts_edges(facts)));
    return;
  case IRMI_TRIAL_NO_GAIN:
    if (!decision->unblock)
      decision->unblock =
          irmi_text(facts, "%s could come before it, but the peak would be no less", reader);
    return;
  case IRMI_TRIAL_NEEDS:
    if (!decision->unblock)
      decision->unblock =
          irmi_text(facts, "no order of ops frees %%%s here: %s needs %%%s", name, reader, own);
    return;
  case IRMI_TRIAL_NONE: return;
  }
}

static const char *read_later(irmi_facts *facts, irmi_decision *decision,
                              const irm_value *operand) {
  const irm_op *op = irm_value_op(decision->value);
  const irm_op *reader = irm_liveness_later_reader(facts->liveness, operand, op);
  const char *name = irm_value_name(operand);
  decision->later_reader = reader;
  if (!reader) return irmi_text(facts, "%%%s lives on", name);
  unblock_reader(facts, decision, operand);
  if (irm_liveness_begin(facts->liveness, reader) <= irm_liveness_begin(facts->liveness, op))
    return irmi_text(facts, "%%%s is read by %s in the next iteration", name,
                     irmi_reader_text(facts, reader));
  return irmi_text(facts, "%%%s is read later by %s", name, irmi_reader_text(facts, reader));
}

/* Why an operand does not host the result of its op. */
static const char *refusal(irmi_facts *facts, irmi_decision *decision, uint32_t k) {
  const irm_op *op = irm_value_op(decision->value);
  const irm_value *operand = irm_op_operand(op, k);
  const char *name = irm_value_name(operand);
  irm_type from = irm_value_type(operand), to = irm_value_type(decision->value);
  if (!irm_op_may_overwrite(op, k)) return while_it_writes(facts, op, name);
  if (irm_elem_bytes(from.elem) != irm_elem_bytes(to.elem)) {
    unblock_size(facts, decision, operand);
    return irmi_text(facts, "%%%s has elements of another size", name);
  }
  if (irm_value_is_given(operand)) return given(facts, operand);
  if (irm_liveness_dies_at(facts->liveness, operand, op))
    return dead_but_not_taken(facts, decision, operand);
  return read_later(facts, decision, operand);
}

static bool is_repeated(const irm_op *op, uint32_t index) {
  for (uint32_t k = 0; k < index; k++)
    if (irm_op_operand(op, k) == irm_op_operand(op, index)) return true;
  return false;
}

void irmi_find_refusals(irmi_facts *facts, irmi_decision *decision) {
  const irm_op *op = irm_value_op(decision->value);
  const char *all = NULL;
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++) {
    const irm_value *operand = irm_op_operand(op, k);
    if (!irm_value_is_array(operand) || is_repeated(op, k)) continue;
    const char *one = refusal(facts, decision, k);
    all = all ? irmi_text(facts, "%s; %s", all, one) : one;
  }
  decision->why_not = all;
}
