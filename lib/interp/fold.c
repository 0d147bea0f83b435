/* One run of elements in eight lanes. */
#include "interp/fold.h"

#include <math.h>

static irm_number largest(irm_elem elem) {
  irm_number number = {.elem = elem};
  if (irm_elem_is_float(elem))
    number.as.f = INFINITY;
  else
    number.as.i = elem == IRM_I64 ? INT64_MAX : INT32_MAX;
  return number;
}

static irm_number least(irm_elem elem) {
  irm_number number = {.elem = elem};
  if (irm_elem_is_float(elem))
    number.as.f = -INFINITY;
  else
    number.as.i = elem == IRM_I64 ? INT64_MIN : INT32_MIN;
  return number;
}

static irm_number zero(irm_elem elem) {
  irm_number number = {.elem = elem};
  if (irm_elem_is_float(elem))
    number.as.f = 0.0;
  else
    number.as.i = 0;
  return number;
}

irm_number irmi_fold_identity(irm_opcode combine, irm_elem elem) {
  switch (combine) {
  case IRM_MIN: return largest(elem);
  case IRM_MAX: return least(elem);
  case IRM_AND: return (irm_number){.elem = IRM_I1, .as.i = 1};
  default: return zero(elem); /* a sum, or false */
  }
}

irm_number irmi_fold_combine(irm_opcode combine, irm_number a, irm_number b) {
  irm_number operands[] = {a, b}, result = a;
  irm_evaluate(combine, operands, a.elem, &result); /* no combining op is ever an error */
  return result;
}

void irmi_fold_begin(irmi_fold *fold, irm_opcode combine, irm_elem elem) {
  fold->combine = combine;
  fold->count = 0;
  for (int lane = 0; lane < IRM_LANES; lane++)
    fold->lanes[lane] = irmi_fold_identity(combine, elem);
}

void irmi_fold_element(irmi_fold *fold, irm_number element) {
  irm_number *lane = &fold->lanes[fold->count++ % IRM_LANES];
  *lane = irmi_fold_combine(fold->combine, *lane, element);
}

irm_number irmi_fold_end(irmi_fold *fold) {
  irm_number *lanes = fold->lanes;
  for (int half = IRM_LANES / 2; half > 0; half /= 2)
    for (int j = 0; j < half; j++)
      lanes[j] = irmi_fold_combine(fold->combine, lanes[j], lanes[j + half]);
  return lanes[0];
}
