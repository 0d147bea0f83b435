/* Where every array of a planned program went, and the reason in words. */
#include "report/facts.h"

#include <stdlib.h>
#include <string.h>

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

/* What was in a slot before -------------------------------------------------------------------- */

typedef struct tenant {
  const irm_value *value;
  uint32_t slot, begin;
} tenant;

static int compare_tenants(const void *left, const void *right) {
  const tenant *a = left, *b = right;
  if (a->slot != b->slot) return a->slot < b->slot ? -1 : 1;
  if (a->begin != b->begin) return a->begin < b->begin ? -1 : 1;
  uint32_t x = irm_value_id(a->value), y = irm_value_id(b->value);
  return x < y ? -1 : x > y;
}

static void add_tenant(const irmi_facts *facts, tenant *tenants, uint32_t *count,
                       const irm_value *value) {
  uint32_t intervals;
  const irm_interval *alive = irm_liveness_of(facts->liveness, value, &intervals);
  if (irm_value_slot(value) == IRM_NO_SLOT || intervals == 0) return;
  tenants[(*count)++] = (tenant){value, irm_value_slot(value), alive[0].begin};
}

static uint32_t collect_tenants(const irmi_facts *facts, tenant *tenants) {
  uint32_t count = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(facts->planned, op));) {
    for (uint32_t k = 0; k < irm_op_result_count(op); k++)
      add_tenant(facts, tenants, &count, irm_op_result(op, k));
    for (uint32_t r = 0; r < irm_op_region_count(op); r++) {
      const irm_region *region = irm_op_subregion(op, r);
      for (uint32_t k = 0; k < irm_region_argument_count(region); k++)
        add_tenant(facts, tenants, &count, irm_region_argument(region, k));
    }
  }
  qsort(tenants, count, sizeof *tenants, compare_tenants);
  return count;
}

/* One a value id: who was in its slot just before, or NULL. */
static const irm_value **find_predecessors(irmi_facts *facts) {
  uint32_t bound = irm_program_value_bound(facts->planned);
  const irm_value **before = IRMI_ARENA_ARRAY(&facts->arena, const irm_value *, bound);
  tenant *tenants = IRMI_ARENA_ARRAY(&facts->arena, tenant, bound);
  uint32_t count = collect_tenants(facts, tenants);
  for (uint32_t k = 1; k < count; k++)
    if (tenants[k].slot == tenants[k - 1].slot)
      before[irm_value_id(tenants[k].value)] = tenants[k - 1].value;
  return before;
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

/* Why an operand does not host the result of its op. */
static const char *refusal(irmi_facts *facts, irmi_decision *decision, const irm_value *operand) {
  const irm_op *op = irm_value_op(decision->value);
  const char *name = irm_value_name(operand);
  if (irm_op_info_of(op)->storage == IRM_STORAGE_NEVER)
    return irm_op_info_of(op)->kind == IRM_KIND_ROWS
               ? irmi_text(facts, "gathers neighbours from %%%s while it writes", name)
               : irmi_text(facts, "reads %%%s out of step with what it writes", name);
  if (irm_op_info_of(op)->storage == IRM_STORAGE_LAST && irm_op_operand(op, 0) == operand)
    return irmi_text(facts, "reads %%%s out of step with what it writes", name);
  if (irm_elem_bytes(irm_value_type(operand).elem) !=
      irm_elem_bytes(irm_value_type(decision->value).elem))
    return irmi_text(facts, "%%%s has elements of another size", name);
  if (irm_value_is_given(operand))
    return irmi_text(facts,
                     irm_op_opcode(irm_value_op(operand)) == IRM_INPUT
                         ? "%%%s is the caller's input"
                         : "%%%s is the graph's",
                     name);
  if (irm_liveness_dies_at(facts->liveness, operand, op))
    return irmi_text(facts, "%%%s dies here, but hosting it saves nothing", name);
  decision->later_reader = irm_liveness_later_reader(facts->liveness, operand, op);
  if (!decision->later_reader) return irmi_text(facts, "%%%s lives on", name);
  irm_loc loc = irm_op_loc(decision->later_reader);
  const char *reader = irmi_op_text(&facts->arena, decision->later_reader);
  if (loc.line == 0) return irmi_text(facts, "%%%s is read later by %s", name, reader);
  return irmi_text(facts, "%%%s is read later by %s in line %u", name, reader, loc.line);
}

static bool is_repeated(const irm_op *op, uint32_t index) {
  for (uint32_t k = 0; k < index; k++)
    if (irm_op_operand(op, k) == irm_op_operand(op, index)) return true;
  return false;
}

static const char *refusals(irmi_facts *facts, irmi_decision *decision) {
  const irm_op *op = irm_value_op(decision->value);
  const char *all = NULL;
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++) {
    const irm_value *operand = irm_op_operand(op, k);
    if (!irm_value_is_array(operand) || is_repeated(op, k)) continue;
    const char *one = refusal(facts, decision, operand);
    all = all ? irmi_text(facts, "%s; %s", all, one) : one;
  }
  return all ? all : "no array operand";
}

static const char *explain(irmi_facts *facts, irmi_decision *decision) {
  if (decision->kind == IRMI_IN_PLACE)
    return irmi_text(facts, "%%%s dies here", irm_value_name(decision->other));
  const char *why = refusals(facts, decision);
  switch (decision->kind) {
  case IRMI_REUSED:
    return irmi_text(facts, "%%%s is dead; not in place: %s", irm_value_name(decision->other), why);
  case IRMI_SWAPPED:
    return irmi_text(facts, "the loop hands it over by changing pointers; not in place: %s", why);
  default: return irmi_text(facts, "not in place: %s", why);
  }
}

/* The list ------------------------------------------------------------------------------------- */

static void decide(irmi_facts *facts, const irm_value *value, const irm_value *before) {
  irmi_decision *decision = &facts->decisions[facts->decision_count++];
  decision->value = value;
  decision->kind = classify(facts, value, before);
  decision->bytes = irm_type_bytes(irm_value_type(value));
  if (decision->kind == IRMI_IN_PLACE) decision->other = irm_value_host(value);
  if (decision->kind == IRMI_REUSED) decision->other = before;
  decision->reason = explain(facts, decision);
  facts->in_place_count += decision->kind == IRMI_IN_PLACE;
  facts->reused_count += decision->kind == IRMI_REUSED;
}

static bool is_decided(const irm_op *op) {
  return irm_op_info_of(op)->storage != IRM_STORAGE_GIVEN &&
         irm_op_info_of(op)->kind != IRM_KIND_FLOW && irm_op_result_count(op) > 0 &&
         irm_value_is_array(irm_op_result(op, 0));
}

void irmi_decide(irmi_facts *facts) {
  const irm_value **before = find_predecessors(facts);
  uint32_t count = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(facts->planned, op));)
    count += is_decided(op);
  facts->decisions = IRMI_ARENA_ARRAY(&facts->arena, irmi_decision, count);
  for (irm_op *op = NULL; (op = irm_program_next_op(facts->planned, op));)
    if (is_decided(op))
      decide(facts, irm_op_result(op, 0), before[irm_value_id(irm_op_result(op, 0))]);
}
