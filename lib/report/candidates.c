/* Where the program as written could write a result into an operand, and what the plan made of it.
 * Passes may have simplified such an op away: that is the better outcome, and is said. */
#include "report/facts.h"

#include "support/map.h"

const char *irmi_candidate_text(const irmi_candidate *candidate) {
  if (candidate->decision) return irmi_decision_text(candidate->decision->kind);
  return candidate->fused ? "in a loop, without bytes" : "simplified away";
}

static bool can_host(const irm_liveness *liveness, const irm_op *op, const irm_value *operand,
                     const irm_value *result) {
  return irm_value_is_array(operand) && !irm_value_is_given(operand) &&
         irm_type_same_layout(irm_value_type(operand), irm_value_type(result)) &&
         irm_liveness_dies_at(liveness, operand, op);
}

/* How many results of its layout an op gives before a value. */
static uint32_t count_rivals(const irm_op *op, const irm_value *value) {
  uint32_t count = 0;
  for (uint32_t k = 0; k < irm_value_index(value); k++)
    count += irm_type_same_layout(irm_value_type(irm_op_result(op, k)), irm_value_type(value));
  return count;
}

/* The operand that could host what an op computes, of those that earlier results leave over, or
 * NULL. */
static const irm_value *find_host(const irm_liveness *liveness, const irm_value *value) {
  const irm_op *op = irm_value_op(value);
  if (!irm_value_is_array(value) || !irmi_op_computes(op)) return NULL;
  uint32_t taken = count_rivals(op, value);
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++)
    if (can_host(liveness, op, irm_op_operand(op, k), value) && irm_op_may_overwrite(op, k) &&
        taken-- == 0)
      return irm_op_operand(op, k);
  return NULL;
}

/* The same for what was written as one: through its parts to an operand that was written. */
static const irm_value *find_written_host(const irm_liveness *liveness, const irm_value *value) {
  const irm_value *host = find_host(liveness, value);
  if (!host || irmi_op_is_part(irm_value_op(value))) return NULL;
  while (host && irm_value_op(host) && irmi_op_is_part(irm_value_op(host)))
    host = find_host(liveness, host);
  return host;
}

/* What the plan decided about a value as written: about the value of its name; about one that has
 * none but a number, which passes change, the last of its place. Names and paths are interned, so
 * that equal ones are one pointer. */
typedef struct decision_maps {
  irmi_map by_name, by_place;
  irmi_map fused_names, fused_places; /* of what kernels compute inside */
} decision_maps;

static uint64_t place_key(irm_loc loc) {
  return loc.path ? (uintptr_t)loc.path : (uint64_t)loc.line << 32 | loc.column;
}

static void map_inside(const irm_op *kernel, decision_maps *maps) {
  for (const irm_op *op = irm_region_first(irm_kernel_body(kernel)); op; op = irm_op_next(op)) {
    if (irm_op_opcode(op) == IRM_YIELD) continue;
    irmi_map_set(&maps->fused_names, (uintptr_t)irm_value_name(irm_op_result(op, 0)), 0);
    irmi_map_set(&maps->fused_places, place_key(irm_op_loc(op)), 0);
  }
}

static void map_decisions(const irmi_facts *facts, decision_maps *maps) {
  irmi_map_init(&maps->by_name, facts->arena.allocator);
  irmi_map_init(&maps->by_place, facts->arena.allocator);
  irmi_map_init(&maps->fused_names, facts->arena.allocator);
  irmi_map_init(&maps->fused_places, facts->arena.allocator);
  for (uint32_t k = 0; k < facts->loop_count; k++)
    map_inside(facts->loops[k].kernel, maps);
  for (uint32_t k = 0; k < facts->decision_count; k++) {
    const irm_value *value = facts->decisions[k].value;
    irmi_map_set(&maps->by_name, (uintptr_t)irm_value_name(value), k);
    irmi_map_set(&maps->by_place, place_key(irmi_value_place(value)), k);
  }
}

static bool find(const irmi_map *by_name, const irmi_map *by_place, const irm_value *value,
                 uint64_t *index) {
  if (irm_value_is_named(value))
    return irmi_map_find(by_name, (uintptr_t)irm_value_name(value), index);
  return irmi_map_find(by_place, place_key(irm_op_loc(irm_value_op(value))), index);
}

static irmi_candidate make_candidate(const irmi_facts *facts, const decision_maps *maps,
                                     const irm_value *value, const irm_value *host) {
  irmi_candidate candidate = {.value = value, .host = host};
  uint64_t index;
  if (find(&maps->by_name, &maps->by_place, value, &index))
    candidate.decision = &facts->decisions[index];
  else
    candidate.fused = find(&maps->fused_names, &maps->fused_places, value, &index);
  return candidate;
}

static void gather(irmi_facts *facts, const irm_liveness *liveness, const decision_maps *maps) {
  uint32_t count = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(facts->as_written, op));)
    for (uint32_t k = 0; k < irm_op_result_count(op); k++)
      count += find_written_host(liveness, irm_op_result(op, k)) != NULL;
  facts->candidates = IRMI_ARENA_ARRAY(&facts->arena, irmi_candidate, count);
  for (irm_op *op = NULL; (op = irm_program_next_op(facts->as_written, op));)
    for (uint32_t k = 0; k < irm_op_result_count(op); k++) {
      const irm_value *value = irm_op_result(op, k), *host = find_written_host(liveness, value);
      if (host)
        facts->candidates[facts->candidate_count++] = make_candidate(facts, maps, value, host);
    }
}

static void destroy_maps(decision_maps *maps) {
  irmi_map_destroy(&maps->by_name);
  irmi_map_destroy(&maps->by_place);
  irmi_map_destroy(&maps->fused_names);
  irmi_map_destroy(&maps->fused_places);
}

void irmi_find_candidates(irmi_facts *facts) {
  irm_liveness *liveness = irm_liveness_create(facts->as_written);
  decision_maps maps;
  map_decisions(facts, &maps);
  gather(facts, liveness, &maps);
  destroy_maps(&maps);
  irm_liveness_destroy(liveness);
}

irmi_candidate *irmi_find_fates(irmi_facts *facts) {
  irmi_candidate *fates = IRMI_ARENA_ARRAY(&facts->arena, irmi_candidate, facts->variable_count);
  decision_maps maps;
  map_decisions(facts, &maps);
  for (uint32_t k = 0; k < facts->variable_count; k++)
    fates[k] = make_candidate(facts, &maps, facts->variables[k], NULL);
  destroy_maps(&maps);
  return fates;
}
