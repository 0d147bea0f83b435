/* Checks kernels: what may stand in a body, and what it may read where. */
#include "ir/verifier.h"

#include <inttypes.h>

static bool is_reduction(const irm_op *op) {
  return irm_op_info_of(op)->kind == IRM_KIND_REDUCE;
}

/* Why an op cannot stand in the kernel's body, or NULL. */
static const char *wrong_op(const irm_op *op, irm_space space) {
  const irm_op_info *info = irm_op_info_of(op);
  switch (op->opcode) {
  case IRM_YIELD:
  case IRM_INDEX:
  case IRM_DEGREE:
  case IRM_AT_SOURCE:
  case IRM_AT_TARGET: return NULL;
  default: break;
  }
  if (info->effect == IRM_EFFECT_TRAPS) return "what may end the run cannot stand in a kernel";
  switch (info->kind) {
  case IRM_KIND_SCALAR:
    return irm_value_is_array(op->results[0]) ? NULL : "a kernel computes no scalars by themselves";
  case IRM_KIND_REDUCE:
    return op->operands[0].value->type.space == space
               ? NULL
               : "a kernel reduces arrays over its own space only";
  case IRM_KIND_ROWS: return space == IRM_NODE ? NULL : "only a kernel over nodes has rows of arcs";
  default: return "this op cannot stand in a kernel";
  }
}

static bool is_of_rows(const irm_value *value) {
  return value->op && irm_op_info_of(value->op)->kind == IRM_KIND_ROWS;
}

/* Why an op of the body cannot read that, or NULL. */
static const char *wrong_read(const irm_op *op, const irm_value *operand) {
  if (irm_value_region(operand) != op->region)
    return "the body of a kernel sees its arguments only";
  if (operand->elsewhere && is_of_rows(operand))
    return "what is computed from a row of arcs is read at its own index only";
  bool reduced = operand->op && is_reduction(operand->op);
  if (reduced && op->opcode != IRM_YIELD) return "only the yield reads what a kernel reduces to";
  return NULL;
}

static void check_op(irmi_verifier *verifier, const irm_op *op, irm_space space) {
  const char *problem = wrong_op(op, space);
  for (uint32_t i = 0; i < op->operand_count && !problem; i++)
    problem = wrong_read(op, op->operands[i].value);
  bool placed = op->workspace_slot != IRM_NO_SLOT;
  for (uint32_t i = 0; i < op->result_count; i++)
    placed |= op->results[i]->host || op->results[i]->slot != IRM_NO_SLOT;
  if (!problem && placed) problem = "in a kernel nothing has storage";
  if (problem) irmi_verifier_fail(verifier, op, "%s", problem);
}

static const char *wrong_result(const irm_op *kernel, const irm_value *value) {
  if (!value->op) return "a kernel yields what it computes, not what it is given";
  if (!irm_value_is_array(value))
    return is_reduction(value->op) ? NULL : "a kernel yields arrays and what it reduces them to";
  return value->type.space == kernel->space ? NULL : "a kernel yields arrays over its own space";
}

static void check_results(irmi_verifier *verifier, const irm_op *kernel) {
  const irm_op *yield = kernel->regions[0].last;
  if (kernel->result_count == 0) irmi_verifier_fail(verifier, kernel, "a kernel gives something");
  if (!yield || yield->opcode != IRM_YIELD) return;
  for (uint32_t k = 0; k < yield->operand_count; k++) {
    const char *problem = wrong_result(kernel, yield->operands[k].value);
    if (problem) irmi_verifier_fail(verifier, yield, "operand %" PRIu32 ": %s", k + 1, problem);
  }
}

static void check_distinct(irmi_verifier *verifier, const irm_op *kernel) {
  irmi_map seen;
  irmi_map_init(&seen, verifier->reports->arena.allocator);
  for (uint32_t k = 0; k < kernel->operand_count; k++) {
    uint64_t earlier;
    uintptr_t value = kernel->operands[k].value->id;
    if (irmi_map_find(&seen, value, &earlier))
      irmi_verifier_fail(verifier, kernel, "operands %" PRIu64 " and %" PRIu32 " are one value",
                         earlier, k + 1);
    irmi_map_set(&seen, value, k + 1);
  }
  irmi_map_destroy(&seen);
}

static void check_operands(irmi_verifier *verifier, const irm_op *kernel) {
  const irm_region *body = &kernel->regions[0];
  bool same = body->argument_count == kernel->operand_count;
  for (uint32_t k = 0; same && k < body->argument_count; k++)
    same = irm_type_equal(body->arguments[k]->type, kernel->operands[k].value->type);
  if (!same)
    irmi_verifier_fail(verifier, kernel, "expected an argument of its type for each operand");
  check_distinct(verifier, kernel);
}

static void check_reductions(irmi_verifier *verifier, const irm_op *kernel) {
  uint32_t count = 0;
  for (const irm_op *op = kernel->regions[0].first; op; op = op->next)
    count += is_reduction(op);
  if (count > IRM_KERNEL_REDUCTIONS)
    irmi_verifier_fail(verifier, kernel, "expected at most %d reductions, found %" PRIu32,
                       IRM_KERNEL_REDUCTIONS, count);
}

void irmi_verify_kernel(irmi_verifier *verifier, const irm_op *kernel) {
  if (kernel->space == IRM_SCALAR) irmi_verifier_fail(verifier, kernel, "expected node or edge");
  check_operands(verifier, kernel);
  check_reductions(verifier, kernel);
  irmi_kernel_mark_elsewhere(kernel);
  for (const irm_op *op = kernel->regions[0].first; op; op = op->next)
    check_op(verifier, op, kernel->space);
  check_results(verifier, kernel);
}
