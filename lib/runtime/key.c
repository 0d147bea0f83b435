/* Elements as integers in the same order. Floats as sign and magnitude become two's complement, and
 * the same step takes them back. */
#include "runtime/key.h"

#include <math.h>
#include <string.h>

static int64_t turn_f64(int64_t bits) {
  return bits < 0 ? bits ^ INT64_MAX : bits;
}

static int32_t turn_f32(int32_t bits) {
  return bits < 0 ? bits ^ INT32_MAX : bits;
}

static int64_t key_of_f64(double value) {
  int64_t bits;
  if (isnan(value)) value = (double)NAN;
  memcpy(&bits, &value, sizeof bits);
  return turn_f64(isnan(value) ? bits & INT64_MAX : bits);
}

static int64_t key_of_f32(float value) {
  int32_t bits;
  if (isnan(value)) value = NAN;
  memcpy(&bits, &value, sizeof bits);
  return turn_f32(isnan(value) ? bits & INT32_MAX : bits);
}

int64_t irmi_key_load(irm_rt_elem elem, const void *elements, int64_t index) {
  switch (elem) {
  case IRM_RT_F64: return key_of_f64(((const double *)elements)[index]);
  case IRM_RT_F32: return key_of_f32(((const float *)elements)[index]);
  case IRM_RT_I64: return ((const int64_t *)elements)[index];
  case IRM_RT_I32: return ((const int32_t *)elements)[index];
  case IRM_RT_I1: return ((const uint8_t *)elements)[index];
  }
  return 0;
}

int64_t irmi_key_load_value(irm_rt_elem elem, const void *elements, int64_t index) {
  switch (elem) {
  case IRM_RT_F64: return key_of_f64(((const double *)elements)[index] + 0.0);
  case IRM_RT_F32: return key_of_f32(((const float *)elements)[index] + 0.0f);
  default: return irmi_key_load(elem, elements, index);
  }
}

void irmi_key_store(irm_rt_elem elem, int64_t key, void *elements, int64_t index) {
  switch (elem) {
  case IRM_RT_F64: ((int64_t *)elements)[index] = turn_f64(key); break;
  case IRM_RT_F32: ((int32_t *)elements)[index] = turn_f32((int32_t)key); break;
  case IRM_RT_I64: ((int64_t *)elements)[index] = key; break;
  case IRM_RT_I32: ((int32_t *)elements)[index] = (int32_t)key; break;
  case IRM_RT_I1: ((uint8_t *)elements)[index] = (uint8_t)key; break;
  }
}
