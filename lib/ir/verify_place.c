/* Checks hosts and slots. Whether what shares bytes is alive at the same time is not asked here. */
#include "ir/print.h"
#include "ir/verifier.h"

#include <inttypes.h>
#include <stdlib.h>

static const char *given_storage(const irm_op *op) {
  return op->opcode == IRM_INPUT ? "an input's storage is the caller's"
                                 : "the storage of weights is the graph's";
}

static const char *given_host(const irm_op *op) {
  return op->opcode == IRM_INPUT ? "the host is an input, never written"
                                 : "the host is the graph's weights, never written";
}

/* Why the bytes of host cannot become those of value, or NULL. */
static const char *wrong_layout(const irm_value *value, const irm_value *host) {
  if (!irm_value_is_array(value)) return "a scalar has no storage to choose";
  if (value == host) return "a value is not its own host";
  if (!irm_value_is_array(host)) return "the host is no array";
  if (host->type.space != value->type.space) return "the host is an array over another space";
  if (irm_elem_bytes(host->type.elem) != irm_elem_bytes(value->type.elem))
    return "the host has elements of another size";
  if (irm_value_is_given(host)) return given_host(host->op);
  if (host->slot != IRM_NO_SLOT && value->slot != IRM_NO_SLOT && host->slot != value->slot)
    return "the host is in another slot";
  return NULL;
}

/* Whether it is one of the operands from first to end - 1. */
static bool reads(const irm_op *op, const irm_value *value, uint32_t first, uint32_t end) {
  for (uint32_t i = first; i < end; i++)
    if (op->operands[i].value == value) return true;
  return false;
}

/* Why a kernel must not write where it reads host, or NULL. */
static const char *wrong_for_kernel(const irm_op *kernel, const irm_value *host) {
  uint32_t results = 0;
  for (uint32_t k = 0; k < kernel->result_count; k++)
    results += kernel->results[k]->host == host;
  if (results > 1) return "two results have one host";
  for (uint32_t k = 0; k < kernel->operand_count; k++)
    if (kernel->operands[k].value == host && irm_kernel_reads_elsewhere(kernel, k))
      return "the kernel reads the host at other indexes than the one that it writes";
  return NULL;
}

/* Why the op must not write where it reads host, or NULL. A value that it does not read may be any
 * that is defined before. */
static const char *wrong_rule(const irm_op *op, const irm_value *host) {
  uint32_t count = op->operand_count;
  switch (irm_op_info_of(op)->storage) {
  case IRM_STORAGE_MAY: return op->opcode == IRM_KERNEL ? wrong_for_kernel(op, host) : NULL;
  case IRM_STORAGE_LAST:
    return reads(op, host, 0, count - 1)
               ? "only the last operand can be the host of this op's result"
               : NULL;
  case IRM_STORAGE_MUST:
    return reads(op, host, 1, count) ? "only operand 1 can be the host of this op's result" : NULL;
  case IRM_STORAGE_GIVEN: return given_storage(op);
  case IRM_STORAGE_NEVER:
    return reads(op, host, 0, count) ? "this op reads operands out of step with its writes" : NULL;
  default: return "the result of this op has no host";
  }
}

static bool in_sight(const irmi_verifier *verifier, const irm_value *value) {
  return value->id < verifier->program->value_bound && irm_value_region(value) &&
         irm_value_region(value)->program == verifier->program &&
         verifier->sight[value->id] == IRMI_IN_SIGHT;
}

static void check_host(irmi_verifier *verifier, const irm_op *op, const irm_value *value) {
  const irm_value *host = value->host;
  if (!host) return;
  const char *problem = wrong_layout(value, host);
  if (!problem) problem = wrong_rule(op, host);
  if (!problem && !in_sight(verifier, host)) problem = "the host is not visible here";
  if (problem) irmi_verifier_fail(verifier, op, "%s", problem);
}

static void check_slot(irmi_verifier *verifier, const irm_op *op, uint32_t slot, irm_size wanted) {
  if (slot >= verifier->program->slots.count) {
    irmi_verifier_fail(verifier, op, "there is no slot %" PRIu32, slot);
    return;
  }
  irm_size bytes = verifier->program->slots.items[slot].bytes;
  if (irm_size_fits(wanted, bytes)) return;
  char *text = NULL;
  size_t length;
  FILE *stream = open_memstream(&text, &length);
  irm_size_print(stream, wanted);
  fputs(" bytes do not fit in the ", stream);
  irm_size_print(stream, bytes);
  fclose(stream);
  irmi_verifier_fail(verifier, op, "%s of slot %" PRIu32, text, slot);
  free(text);
}

static void check_value_slot(irmi_verifier *verifier, const irm_op *op, const irm_value *value) {
  if (value->slot == IRM_NO_SLOT) return;
  if (!irm_value_is_array(value))
    irmi_verifier_fail(verifier, op, "a scalar has no slot");
  else if (irm_value_is_given(value))
    irmi_verifier_fail(verifier, op, "%s", given_storage(op));
  else
    check_slot(verifier, op, value->slot, irm_type_bytes(value->type));
}

void irmi_verify_placement(irmi_verifier *verifier, const irm_op *op) {
  for (uint32_t i = 0; i < op->result_count; i++) {
    check_host(verifier, op, op->results[i]);
    check_value_slot(verifier, op, op->results[i]);
  }
  if (op->workspace_slot == IRM_NO_SLOT) return;
  irm_size workspace = irm_op_workspace(op);
  if (irm_size_is_zero(workspace))
    irmi_verifier_fail(verifier, op, "this op has no workspace to place");
  else
    check_slot(verifier, op, op->workspace_slot, workspace);
}

void irmi_verify_argument_placement(irmi_verifier *verifier, const irm_op *loop) {
  for (uint32_t i = 0; i < loop->region_count; i++)
    for (uint32_t k = 0; k < loop->regions[i].argument_count; k++) {
      const irm_value *argument = loop->regions[i].arguments[k];
      if (argument->slot != loop->results[k]->slot)
        irmi_verifier_fail(verifier, loop, "result %" PRIu32 " and its argument differ in slot",
                           k + 1);
      if (argument->host)
        irmi_verifier_fail(verifier, loop, "argument %" PRIu32 " of a loop has a host", k + 1);
    }
}

static const char *wrong_output_slot(irmi_verifier *verifier, irmi_map *seen, irm_slot slot) {
  uint64_t type, again;
  uintptr_t name = (uintptr_t)slot.output;
  if (!irmi_map_find(&verifier->outputs, name, &type)) return "there is no output of its name";
  if (irmi_map_find(seen, name, &again)) return "an earlier slot is the same output";
  irmi_map_set(seen, name, 0);
  irm_type output = {(irm_elem)(type / 4), (irm_space)(type % 4)};
  return irm_size_fits(slot.bytes, irm_type_bytes(output)) ? NULL : "it is larger than its output";
}

void irmi_verify_slots(irmi_verifier *verifier) {
  irmi_map seen;
  irmi_map_init(&seen, verifier->reports->arena.allocator);
  for (size_t i = 0; i < verifier->program->slots.count; i++) {
    irm_slot slot = verifier->program->slots.items[i];
    const char *problem = slot.output ? wrong_output_slot(verifier, &seen, slot) : NULL;
    irm_loc loc = verifier->locs ? verifier->locs->slots[i] : (irm_loc){0};
    if (problem) irmi_reports_add(verifier->reports, loc, "slot %zu: %s", i, problem);
  }
  irmi_map_destroy(&seen);
}
