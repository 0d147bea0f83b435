/* What docs/language.md says of single numbers, told once more in plain C. */
#include "cells.h"

#include <math.h>

static int64_t cut_off(double x, double least, double end, int64_t lowest, int64_t highest) {
  if (isnan(x)) return 0;
  if (x < least) return lowest;
  return x >= end ? highest : (int64_t)x;
}

fuzz_cell fuzz_cell_convert(fuzz_cell cell, irm_elem from, irm_elem to) {
  bool real = irm_elem_is_float(from);
  switch (to) {
  case IRM_F64: return (fuzz_cell){.f = real ? cell.f : (double)cell.i};
  case IRM_F32: return (fuzz_cell){.f = (double)(real ? (float)cell.f : (float)cell.i)};
  case IRM_I64:
    if (real) cell.i = cut_off(cell.f, -0x1p63, 0x1p63, INT64_MIN, INT64_MAX);
    return cell;
  case IRM_I32:
    if (real) return (fuzz_cell){.i = cut_off(cell.f, -0x1p31, 0x1p31, INT32_MIN, INT32_MAX)};
    return (fuzz_cell){.i = (int32_t)(uint32_t)cell.i};
  case IRM_I1: return (fuzz_cell){.i = real ? cell.f != 0 : cell.i != 0};
  }
  return cell;
}

/* Floats ----------------------------------------------------------------------------------------*/

static double signed_as(double x, double y) {
  return isnan(y) ? fabs(x) : copysign(x, y);
}

static double lesser(double a, double b) {
  return a < b || isnan(b) ? a : b;
}

static double greater(double a, double b) {
  return a > b || isnan(b) ? a : b;
}

static double apply_f64(irmi_alg_function function, double a, double b) {
  switch (function) {
  case IRMI_ALG_ADD: return a + b;
  case IRMI_ALG_SUB: return a - b;
  case IRMI_ALG_MUL: return a * b;
  case IRMI_ALG_DIV: return a / b;
  case IRMI_ALG_NEG: return -a;
  case IRMI_ALG_ABS: return fabs(a);
  case IRMI_ALG_SQRT: return sqrt(a);
  case IRMI_ALG_EXP: return exp(a);
  case IRMI_ALG_LOG: return log(a);
  case IRMI_ALG_POW:
  case IRMI_ALG_POWER: return pow(a, b);
  case IRMI_ALG_COPYSIGN: return signed_as(a, b);
  case IRMI_ALG_RECIP: return 1 / signed_as(greater(fabs(a), b), a);
  case IRMI_ALG_MIN: return lesser(a, b);
  case IRMI_ALG_MAX: return greater(a, b);
  default: return NAN;
  }
}

static float apply_f32(irmi_alg_function function, float a, float b) {
  switch (function) {
  case IRMI_ALG_ADD: return a + b;
  case IRMI_ALG_SUB: return a - b;
  case IRMI_ALG_MUL: return a * b;
  case IRMI_ALG_DIV: return a / b;
  case IRMI_ALG_SQRT: return sqrtf(a);
  case IRMI_ALG_EXP: return expf(a);
  case IRMI_ALG_LOG: return logf(a);
  case IRMI_ALG_POW:
  case IRMI_ALG_POWER: return powf(a, b);
  case IRMI_ALG_RECIP: return 1 / (float)signed_as(greater(fabsf(a), b), a);
  default: return (float)apply_f64(function, a, b); /* these do not round */
  }
}

/* Integers --------------------------------------------------------------------------------------*/

static int64_t divide(int64_t a, int64_t b, const char **trap) {
  if (b == 0) {
    if (!*trap) *trap = "integer division by zero";
    return 0;
  }
  if (b == -1) return (int64_t)(0 - (uint64_t)a);
  int64_t quotient = a / b;
  return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

static int64_t apply_i64(irmi_alg_function function, int64_t a, int64_t b, const char **trap) {
  uint64_t x = (uint64_t)a, y = (uint64_t)b;
  switch (function) {
  case IRMI_ALG_ADD: return (int64_t)(x + y);
  case IRMI_ALG_SUB: return (int64_t)(x - y);
  case IRMI_ALG_MUL: return (int64_t)(x * y);
  case IRMI_ALG_IDIV: return divide(a, b, trap);
  case IRMI_ALG_IREM: return (int64_t)(x - y * (uint64_t)divide(a, b, trap));
  case IRMI_ALG_NEG: return (int64_t)(0 - x);
  case IRMI_ALG_ABS: return a < 0 ? (int64_t)(0 - x) : a;
  case IRMI_ALG_MIN: return a < b ? a : b;
  case IRMI_ALG_MAX: return a > b ? a : b;
  case IRMI_ALG_NOT: return !a;
  case IRMI_ALG_AND: return a && b;
  case IRMI_ALG_OR: return a || b;
  default: return 0;
  }
}

/* All -------------------------------------------------------------------------------------------*/

/* A comparison of what is less, equal, greater or, with a NaN, none of them. */
static bool holds(irmi_alg_function function, bool less, bool equal, bool greater) {
  switch (function) {
  case IRMI_ALG_EQ: return equal;
  case IRMI_ALG_NE: return !equal;
  case IRMI_ALG_LT: return less;
  case IRMI_ALG_LE: return less || equal;
  case IRMI_ALG_GT: return greater;
  default: return greater || equal;
  }
}

static bool is_comparison(irmi_alg_function function) {
  switch (function) {
  case IRMI_ALG_EQ:
  case IRMI_ALG_NE:
  case IRMI_ALG_LT:
  case IRMI_ALG_LE:
  case IRMI_ALG_GT:
  case IRMI_ALG_GE: return true;
  default: return false;
  }
}

static bool compare(irmi_alg_function function, irm_elem elem, fuzz_cell a, fuzz_cell b) {
  return irm_elem_is_float(elem) ? holds(function, a.f<b.f, a.f == b.f, a.f> b.f)
                                 : holds(function, a.i<b.i, a.i == b.i, a.i> b.i);
}

static fuzz_cell clip(irm_elem elem, fuzz_cell x, fuzz_cell low, fuzz_cell high) {
  if (compare(IRMI_ALG_LT, elem, x, low)) x = low;
  return compare(IRMI_ALG_GT, elem, x, high) ? high : x;
}

fuzz_cell fuzz_cell_apply(irmi_alg_function function, irm_elem elem, const fuzz_cell arguments[3],
                          const char **trap) {
  fuzz_cell a = arguments[0], b = arguments[1];
  if (is_comparison(function)) return (fuzz_cell){.i = compare(function, elem, a, b)};
  if (function == IRMI_ALG_CLIP) return clip(elem, a, b, arguments[2]);
  if (function == IRMI_ALG_DESCENDING && !irm_elem_is_float(elem))
    return (fuzz_cell){.i = -1 - a.i};
  if (function == IRMI_ALG_DESCENDING) function = IRMI_ALG_NEG;
  if (elem == IRM_F64) return (fuzz_cell){.f = apply_f64(function, a.f, b.f)};
  if (elem == IRM_F32) return (fuzz_cell){.f = (double)apply_f32(function, (float)a.f, (float)b.f)};
  fuzz_cell result = {.i = apply_i64(function, a.i, b.i, trap)};
  return fuzz_cell_convert(result, IRM_I64, elem == IRM_I32 ? IRM_I32 : IRM_I64);
}
