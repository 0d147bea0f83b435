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

/* What the plan decided about a value as written: about the value of its name; about one that has
 * none but a number, which passes change, the last of its place. Names and paths are interned, so
 * that equal ones are one pointer. */
typedef struct decision_maps {
  irmi_map by_name, by_place;
} decision_maps;

static uint64_t place_key(irm_loc loc) {
  return loc.path ? (uintptr_t)loc.path : (uint64_t)loc.line << 32 | loc.column;
}

static void map_decisions(const irmi_facts *facts, decision_maps *maps) {
  irmi_map_init(&maps->by_name, facts->arena.allocator);
  irmi_map_init(&maps->by_place, facts->arena.allocator);
  for (uint32_t k = 0; k < facts->decision_count; k++) {
    const irm_value *value = facts->decisions[k].value;
    irmi_map_set(&maps->by_name, (uintptr_t)irm_value_name(value), k);
    irmi_map_set(&maps->by_place, place_key(irm_op_loc(irm_value_op(value))), k);
  }
}

static const irmi_decision *find_decision(const irmi_facts *facts, const decision_maps *maps,
                                          const irm_value *value) {
  uint64_t index;
  bool found =
      irm_value_is_named(value)
          ? irmi_map_find(&maps->by_name, (uintptr_t)irm_value_name(value), &index)
          : irmi_map_find(&maps->by_place, place_key(irm_op_loc(irm_value_op(value))), &index);
  return found ? &facts->decisions[index] : NULL;
}

static void gather(irmi_facts *facts, const irm_liveness *liveness, const decision_maps *maps) {
  uint32_t count = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(facts->as_written, op));)
    count += find_written_host(liveness, op) != NULL;
  facts->candidates = IRMI_ARENA_ARRAY(&facts->arena, irmi_candidate, count);
  for (irm_op *op = NULL; (op = irm_program_next_op(facts->as_written, op));) {
    const irm_value *host = find_written_host(liveness, op);
    if (!host) continue;
    const irm_value *value = irm_op_result(op, 0);
    facts->candidates[facts->candidate_count++] =
        (irmi_candidate){value, host, find_decision(facts, maps, value)};
  }
}

void irmi_find_candidates(irmi_facts *facts) {
  irm_liveness *liveness = irm_liveness_create(facts->as_written);
  decision_maps maps;
  map_decisions(facts, &maps);
  gather(facts, liveness, &maps);
  irmi_map_destroy(&maps.by_name);
  irmi_map_destroy(&maps.by_place);
  irm_liveness_destroy(liveness);
}
