/* Array elements as numbers. */
#include "run/element.h"

irm_number irmi_element_load(irm_elem elem, const void *elements, int64_t index) {
  irm_number number = {.elem = elem};
  switch (elem) {
  case IRM_F64: number.as.f = ((const double *)elements)[index]; break;
  case IRM_F32: number.as.f = ((const float *)elements)[index]; break;
  case IRM_I64: number.as.i = ((const int64_t *)elements)[index]; break;
  case IRM_I32: number.as.i = ((const int32_t *)elements)[index]; break;
  case IRM_I1: number.as.i = ((const uint8_t *)elements)[index]; break;
  }
  return number;
}

void irmi_element_store(irm_number number, void *elements, int64_t index) {
  switch (number.elem) {
  case IRM_F64: ((double *)elements)[index] = number.as.f; break;
  case IRM_F32: ((float *)elements)[index] = (float)number.as.f; break;
  case IRM_I64: ((int64_t *)elements)[index] = number.as.i; break;
  case IRM_I32: ((int32_t *)elements)[index] = (int32_t)number.as.i; break;
  case IRM_I1: ((uint8_t *)elements)[index] = (uint8_t)number.as.i; break;
  }
}
