/* Where the program as written could write a result into an operand, and what the plan made of it.
 * Passes may have simplified such an op away: that is the better outcome, and is said. */
#include "report/facts.h"

#include "support/map.h"

const char *irmi_candidate_text(const irmi_candidate *candidate) {
  return candidate->decision ? irmi_decision_text(candidate->decision->kind) : "simplified away";
}

static bool can_host(const irm_liveness *liveness, const irm_op *op, const irm_value *operand) {
  const irm_value *result = irm_op_result(op, 0);
  return irm_value_is_array(operand) && !irm_value_is_given(operand) &&
         irm_type_same_layout(irm_value_type(operand), irm_value_type(result)) &&
         irm_liveness_dies_at(liveness, operand, op);
}

/* The operand that could host the op's result, or NULL. */
static const irm_value *find_host(const irm_liveness *liveness, const irm_op *op) {
  if (irm_op_result_count(op) == 0 || !irm_value_is_array(irm_op_result(op, 0))) return NULL;
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++)
    if (irm_op_may_overwrite(op, k) && can_host(liveness, op, irm_op_operand(op, k)))
      return irm_op_operand(op, k);
  return NULL;
}

/* The same for what was written as one: through its parts to an operand that was written. */
static const irm_value *find_written_host(const irm_liveness *liveness, const irm_op *op) {
  if (irmi_op_is_part(op)) return NULL;
  const irm_value *host = find_host(liveness, op);
  while (host && irm_value_op(host) && irmi_op_is_part(irm_value_op(host)))
    host = find_host(liveness, irm_value_op(host));
  return host;
}

/* Decisions by the names of their values; names are interned, so that equal ones are one pointer.
 */
static void map_decisions(const irmi_facts *facts, irmi_map *map) {
  for (uint32_t k = 0; k < facts->decision_count; k++)
    irmi_map_set(map, (uintptr_t)irm_value_name(facts->decisions[k].value), k);
}

static const irmi_decision *find_decision(const irmi_facts *facts, const irmi_map *map,
                                          const irm_value *value) {
  uint64_t index;
  if (!irmi_map_find(map, (uintptr_t)irm_value_name(value), &index)) return NULL;
  return &facts->decisions[index];
}

static void gather(irmi_facts *facts, const irm_liveness *liveness, const irmi_map *map) {
  uint32_t count = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(facts->as_written, op));)
    count += find_written_host(liveness, op) != NULL;
  facts->candidates = IRMI_ARENA_ARRAY(&facts->arena, irmi_candidate, count);
  for (irm_op *op = NULL; (op = irm_program_next_op(facts->as_written, op));) {
    const irm_value *host = find_written_host(liveness, op);
    if (!host) continue;
    const irm_value *value = irm_op_result(op, 0);
    facts->candidates[facts->candidate_count++] =
        (irmi_candidate){value, host, find_decision(facts, map, value)};
  }
}

void irmi_find_candidates(irmi_facts *facts) {
  irm_liveness *liveness = irm_liveness_create(facts->as_written);
  irmi_map map;
  irmi_map_init(&map, facts->arena.allocator);
  map_decisions(facts, &map);
  gather(facts, liveness, &map);
  irmi_map_destroy(&map);
  irm_liveness_destroy(liveness);
}
