/* Ops of kind REDUCE: an array becomes a scalar, block by block. */
#include "interp/fold.h"
#include "interp/kernel.h"
#include "run/element.h"

static irm_number reduce_block(const irmi_operand *operand, irm_opcode combine, int64_t begin,
                               int64_t end) {
  irmi_fold fold;
  irmi_fold_begin(&fold, combine, operand->type.elem);
  for (int64_t i = begin; i < end; i++)
    irmi_fold_element(&fold, irmi_element_load(operand->type.elem, operand->elements, i));
  return irmi_fold_end(&fold);
}

static bool reduce(const irmi_call *call, irm_opcode combine) {
  const irmi_operand *operand = &call->operands[0];
  int64_t count = irmi_space_count(call->frame->graph, operand->type.space);
  int64_t step = irm_block_elements(count);
  irm_number total = irmi_fold_identity(combine, operand->type.elem);
  for (int64_t begin = 0; begin < count; begin += step) {
    int64_t end = begin + step < count ? begin + step : count;
    irm_number block = reduce_block(operand, combine, begin, end);
    total = begin == 0 ? block : irmi_fold_combine(combine, total, block);
  }
  *call->number = total;
  return true;
}

bool irmi_run_REDUCE_SUM(const irmi_call *call) {
  return reduce(call, IRM_ADD);
}

bool irmi_run_REDUCE_MIN(const irmi_call *call) {
  return reduce(call, IRM_MIN);
}

bool irmi_run_REDUCE_MAX(const irmi_call *call) {
  return reduce(call, IRM_MAX);
}

bool irmi_run_REDUCE_ANY(const irmi_call *call) {
  return reduce(call, IRM_OR);
}

bool irmi_run_REDUCE_ALL(const irmi_call *call) {
  return reduce(call, IRM_AND);
}
