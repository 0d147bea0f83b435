/* Ops that read or change elements at indexes that an array holds. */
#include "interp/fold.h"
#include "interp/kernel.h"
#include "run/element.h"

#include <string.h>

static int64_t count_of(const irmi_call *call, const irmi_operand *operand) {
  return irmi_space_count(call->frame->graph, operand->type.space);
}

/* Element i of the index array, as an index into operand 0. */
static bool find_index(const irmi_call *call, int64_t i, int64_t *index) {
  *index = ((const int64_t *)call->operands[1].elements)[i];
  return *index >= 0 && *index < count_of(call, &call->operands[0]);
}

bool irmi_run_GATHER(const irmi_call *call) {
  const irmi_operand *from = &call->operands[0];
  int64_t count = count_of(call, &call->operands[1]), index;
  for (int64_t i = 0; i < count; i++) {
    if (!find_index(call, i, &index)) return false;
    irmi_element_store(irmi_element_load(from->type.elem, from->elements, index), call->elements,
                       i);
  }
  return true;
}

static void copy_into_result(const irmi_call *call) {
  const irmi_operand *into = &call->operands[0];
  size_t bytes = (size_t)count_of(call, into) * irm_elem_bytes(into->type.elem);
  if (bytes > 0 && call->elements != into->elements) memcpy(call->elements, into->elements, bytes);
}

/* Element i of what is brought; a scalar counts for every i. */
static irm_number brought(const irmi_operand *operand, int64_t i) {
  if (!irm_type_is_array(operand->type)) return operand->number;
  return irmi_element_load(operand->type.elem, operand->elements, i);
}

static bool scatter(const irmi_call *call, irm_opcode combine) {
  int64_t count = count_of(call, &call->operands[1]), index;
  copy_into_result(call);
  for (int64_t i = 0; i < count; i++) {
    if (!find_index(call, i, &index)) return false;
    irm_number old = irmi_element_load(call->type.elem, call->elements, index);
    irmi_element_store(irmi_fold_combine(combine, old, brought(&call->operands[2], i)),
                       call->elements, index);
  }
  return true;
}

bool irmi_run_SCATTER_SUM(const irmi_call *call) {
  return scatter(call, IRM_ADD);
}

bool irmi_run_SCATTER_MIN(const irmi_call *call) {
  return scatter(call, IRM_MIN);
}

bool irmi_run_SCATTER_MAX(const irmi_call *call) {
  return scatter(call, IRM_MAX);
}
