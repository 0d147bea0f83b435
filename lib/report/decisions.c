/* Where every array of a planned program went, and the reason in words. */
#include "report/facts.h"

const char *irmi_decision_text(irmi_decision_kind kind) {
  switch (kind) {
  case IRMI_IN_PLACE: return "in place";
  case IRMI_REUSED: return "reused";
  case IRMI_SWAPPED: return "swapped";
  case IRMI_JOINED: return "joined";
  case IRMI_COPIED: return "copy";
  case IRMI_OWN: break;
  }
  return "own slot";
}

/* Kinds ---------------------------------------------------------------------------------------- */

static bool in_same_storage(const irmi_facts *facts, const irm_value *a, const irm_value *b) {
  uint32_t storage = irm_storage_of(facts->storage, a);
  return storage != IRM_NO_STORAGE && storage == irm_storage_of(facts->storage, b);
}

static irmi_decision_kind classify(const irmi_facts *facts, const irm_value *value,
                                   const irm_value *before) {
  if (irm_value_host(value)) return IRMI_IN_PLACE;
  if (irm_op_opcode(irm_value_op(value)) == IRM_COPY) return IRMI_COPIED;
  uint32_t storage = irm_storage_of(facts->storage, value);
  if (storage != IRM_NO_STORAGE && irm_storage_swaps(facts->storage, storage)) return IRMI_SWAPPED;
  if (!before) return IRMI_OWN;
  return in_same_storage(facts, value, before) ? IRMI_JOINED : IRMI_REUSED;
}

/* Reasons -------------------------------------------------------------------------------------- */

/* "the if in line 8" that a value flows into, or NULL. */
static const irm_op *joining_op(const irm_value *value) {
  for (irm_use *use = irm_value_first_use(value); use; use = irm_use_next(use)) {
    const irm_op *reader = irm_use_op(use);
    if (irm_op_opcode(reader) == IRM_YIELD) return irm_region_parent(irm_op_region(reader));
    if (irm_op_opcode(reader) == IRM_LOOP) return reader;
  }
  return NULL;
}

static const char *why_joined(irmi_facts *facts, const irm_value *value) {
  const irm_op *flow = joining_op(value);
  return flow ? irmi_text(facts, "in the bytes of %s", irmi_reader_text(facts, flow)) : NULL;
}

/* Who changes a copy, and so forces it. */
static const char *why_copied(irmi_facts *facts, const irm_value *copy) {
  const irm_value *original = irm_op_operand(irm_value_op(copy), 0);
  const irm_use *use = irm_value_first_use(copy);
  if (!use) return NULL;
  return irmi_text(facts, "%s changes it, and %%%s must stay as it is",
                   irmi_reader_text(facts, irm_use_op(use)), irm_value_name(original));
}

static const char *why(irmi_facts *facts, const irmi_decision *decision) {
  const char *other = decision->other ? irm_value_name(decision->other) : "";
  switch (decision->kind) {
  case IRMI_IN_PLACE: return irmi_text(facts, "%%%s dies here", other);
  case IRMI_REUSED: return irmi_text(facts, "%%%s is dead", other);
  case IRMI_SWAPPED: return "the loop hands it over by changing pointers";
  case IRMI_JOINED: return why_joined(facts, decision->value);
  case IRMI_COPIED: return why_copied(facts, decision->value);
  case IRMI_OWN: break;
  }
  return NULL;
}

static const char *reason(irmi_facts *facts, const irmi_decision *decision) {
  if (!decision->why_not) return decision->why ? decision->why : "no array operand";
  if (!decision->why) return irmi_text(facts, "not in place: %s", decision->why_not);
  return irmi_text(facts, "%s; not in place: %s", decision->why, decision->why_not);
}

/* The list ------------------------------------------------------------------------------------- */

static void decide(irmi_facts *facts, const irm_value *value, const irm_value *before) {
  irmi_decision *decision = &facts->decisions[facts->decision_count++];
  decision->value = value;
  decision->kind = classify(facts, value, before);
  decision->bytes = irm_type_bytes(irm_value_type(value));
  if (decision->kind == IRMI_IN_PLACE) decision->other = irm_value_host(value);
  if (decision->kind == IRMI_REUSED) decision->other = before;
  decision->why = why(facts, decision);
  if (decision->kind != IRMI_IN_PLACE) irmi_find_refusals(facts, decision);
  decision->reason = reason(facts, decision);
  facts->in_place_count += decision->kind == IRMI_IN_PLACE;
  facts->reused_count += decision->kind == IRMI_REUSED;
}

static bool is_decided(const irm_value *value) {
  return irm_value_is_array(value) && !irm_value_is_given(value) &&
         irmi_op_computes(irm_value_op(value));
}

void irmi_decide(irmi_facts *facts) {
  const irm_value **before = irmi_find_predecessors(facts);
  uint32_t count = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(facts->planned, op));)
    for (uint32_t k = 0; k < irm_op_result_count(op); k++)
      count += is_decided(irm_op_result(op, k));
  facts->decisions = IRMI_ARENA_ARRAY(&facts->arena, irmi_decision, count);
  for (irm_op *op = NULL; (op = irm_program_next_op(facts->planned, op));)
    for (uint32_t k = 0; k < irm_op_result_count(op); k++) {
      const irm_value *value = irm_op_result(op, k);
      if (is_decided(value)) decide(facts, value, before[irm_value_id(value)]);
    }
}
