/* What scalar ops compute: the sentences of ops.def as code. Folding and the interpreter share it;
 * emitted code must give the same bits. Integer arithmetic is done unsigned, where it wraps. */
#include "ir/evaluate.h"

#include <assert.h>
#include <math.h>

static bool give_real(irm_number *result, irm_elem elem, double value) {
  result->elem = elem;
  result->as.f = elem == IRM_F32 ? (double)(float)value : value;
  return true;
}

static bool give_integer(irm_number *result, irm_elem elem, uint64_t bits) {
  result->elem = elem;
  switch (elem) {
  case IRM_I32: result->as.i = (int32_t)(uint32_t)bits; break;
  case IRM_I1: result->as.i = bits & 1; break;
  default: result->as.i = (int64_t)bits; break;
  }
  return true;
}

static bool give_truth(irm_number *result, bool truth) {
  *result = (irm_number){.elem = IRM_I1, .as.i = truth};
  return true;
}

static bool is_real(irm_elem elem) {
  return irm_elem_is_float(elem);
}

static uint64_t bits(irm_number number) {
  return (uint64_t)number.as.i;
}

static bool give_same(irm_number *result, irm_number number) {
  *result = number;
  return true;
}

bool irmi_eval_FILL(const irm_number *x, irm_elem elem, irm_number *result) {
  (void)elem;
  return give_same(result, x[0]);
}

bool irmi_eval_COPY(const irm_number *x, irm_elem elem, irm_number *result) {
  (void)elem;
  return give_same(result, x[0]);
}

/* Arithmetic. A double holds the exact sum, difference, product, quotient and root of two floats to
 * more than twice a float's digits, so that rounding it again gives the float's own result. */

bool irmi_eval_ADD(const irm_number *x, irm_elem elem, irm_number *result) {
  if (is_real(elem)) return give_real(result, elem, x[0].as.f + x[1].as.f);
  return give_integer(result, elem, bits(x[0]) + bits(x[1]));
}

bool irmi_eval_SUB(const irm_number *x, irm_elem elem, irm_number *result) {
  if (is_real(elem)) return give_real(result, elem, x[0].as.f - x[1].as.f);
  return give_integer(result, elem, bits(x[0]) - bits(x[1]));
}

bool irmi_eval_MUL(const irm_number *x, irm_elem elem, irm_number *result) {
  if (is_real(elem)) return give_real(result, elem, x[0].as.f * x[1].as.f);
  return give_integer(result, elem, bits(x[0]) * bits(x[1]));
}

bool irmi_eval_DIV(const irm_number *x, irm_elem elem, irm_number *result) {
  return give_real(result, elem, x[0].as.f / x[1].as.f);
}

/* Division in C truncates: where it left a remainder against the divisor's sign, it was one up. */
bool irmi_eval_IDIV(const irm_number *x, irm_elem elem, irm_number *result) {
  int64_t a = x[0].as.i, b = x[1].as.i;
  if (b == 0) return false;
  if (b == -1) return give_integer(result, elem, 0 - (uint64_t)a);
  int64_t rest = a % b;
  bool above = rest != 0 && (rest < 0) != (b < 0);
  return give_integer(result, elem, (uint64_t)(a / b - above));
}

bool irmi_eval_IREM(const irm_number *x, irm_elem elem, irm_number *result) {
  int64_t a = x[0].as.i, b = x[1].as.i;
  if (b == 0) return false;
  if (b == -1) return give_integer(result, elem, 0);
  int64_t rest = a % b;
  bool above = rest != 0 && (rest < 0) != (b < 0);
  return give_integer(result, elem, (uint64_t)(above ? rest + b : rest));
}

bool irmi_eval_NEG(const irm_number *x, irm_elem elem, irm_number *result) {
  if (is_real(elem)) return give_real(result, elem, -x[0].as.f);
  return give_integer(result, elem, 0 - bits(x[0]));
}

bool irmi_eval_ABS(const irm_number *x, irm_elem elem, irm_number *result) {
  if (is_real(elem)) return give_real(result, elem, fabs(x[0].as.f));
  return give_integer(result, elem, x[0].as.i < 0 ? 0 - bits(x[0]) : bits(x[0]));
}

bool irmi_eval_MIN(const irm_number *x, irm_elem elem, irm_number *result) {
  bool first = is_real(elem) ? x[0].as.f < x[1].as.f || isnan(x[1].as.f) : x[0].as.i < x[1].as.i;
  return give_same(result, x[first ? 0 : 1]);
}

bool irmi_eval_MAX(const irm_number *x, irm_elem elem, irm_number *result) {
  bool first = is_real(elem) ? x[0].as.f > x[1].as.f || isnan(x[1].as.f) : x[0].as.i > x[1].as.i;
  return give_same(result, x[first ? 0 : 1]);
}

/* Functions. The float versions are not the double ones rounded. ------------------------------- */

bool irmi_eval_SQRT(const irm_number *x, irm_elem elem, irm_number *result) {
  return give_real(result, elem, sqrt(x[0].as.f));
}

bool irmi_eval_EXP(const irm_number *x, irm_elem elem, irm_number *result) {
  double a = x[0].as.f;
  return give_real(result, elem, elem == IRM_F32 ? (double)expf((float)a) : exp(a));
}

bool irmi_eval_LOG(const irm_number *x, irm_elem elem, irm_number *result) {
  double a = x[0].as.f;
  return give_real(result, elem, elem == IRM_F32 ? (double)logf((float)a) : log(a));
}

bool irmi_eval_POW(const irm_number *x, irm_elem elem, irm_number *result) {
  double a = x[0].as.f, b = x[1].as.f;
  return give_real(result, elem, elem == IRM_F32 ? (double)powf((float)a, (float)b) : pow(a, b));
}

/* Which sign a NaN has depends on who computed it. */
bool irmi_eval_COPYSIGN(const irm_number *x, irm_elem elem, irm_number *result) {
  return give_real(result, elem, copysign(x[0].as.f, isnan(x[1].as.f) ? 0.0 : x[1].as.f));
}

bool irmi_eval_RECIP(const irm_number *x, irm_elem elem, irm_number *result) {
  irm_number size, divisor;
  irmi_eval_ABS(&x[0], elem, &size);
  irmi_eval_MAX((irm_number[]){size, x[1]}, elem, &size);
  irmi_eval_COPYSIGN((irm_number[]){size, x[0]}, elem, &divisor);
  return give_real(result, elem, 1 / divisor.as.f);
}

/* Bits ---------------------------------------------------------------------------------------- */

bool irmi_eval_NOT(const irm_number *x, irm_elem elem, irm_number *result) {
  return give_integer(result, elem, ~bits(x[0]));
}

bool irmi_eval_AND(const irm_number *x, irm_elem elem, irm_number *result) {
  return give_integer(result, elem, bits(x[0]) & bits(x[1]));
}

bool irmi_eval_OR(const irm_number *x, irm_elem elem, irm_number *result) {
  return give_integer(result, elem, bits(x[0]) | bits(x[1]));
}

bool irmi_eval_XOR(const irm_number *x, irm_elem elem, irm_number *result) {
  return give_integer(result, elem, bits(x[0]) ^ bits(x[1]));
}

/* Comparisons: elem is i1, the operands say what is compared. --------------------------------- */

#define COMPARISON(ENUM, OPERATOR)                                                                 \
  bool irmi_eval_##ENUM(const irm_number *x, irm_elem elem, irm_number *result) {                  \
    (void)elem;                                                                                    \
    return give_truth(result, is_real(x[0].elem) ? x[0].as.f OPERATOR x[1].as.f                    \
                                                 : x[0].as.i OPERATOR x[1].as.i);                  \
  }
COMPARISON(EQ, ==)
COMPARISON(NE, !=)
COMPARISON(LT, <)
COMPARISON(LE, <=)
COMPARISON(GT, >)
COMPARISON(GE, >=)
#undef COMPARISON

/* Choice and conversion ------------------------------------------------------------------------ */

bool irmi_eval_SELECT(const irm_number *x, irm_elem elem, irm_number *result) {
  (void)elem;
  return give_same(result, x[x[0].as.i ? 1 : 2]);
}

/* The powers of two are exact, unlike the largest integers. */
static int64_t truncated(double value, int width) {
  double limit = ldexp(1.0, width - 1);
  int64_t most = width == 64 ? INT64_MAX : INT32_MAX;
  if (isnan(value)) return 0;
  if (value >= limit) return most;
  return value < -limit ? -most - 1 : (int64_t)value;
}

/* An i64 is rounded to float at once: by way of double it would be rounded twice. */
static double as_real(irm_number number, irm_elem elem) {
  if (is_real(number.elem)) return number.as.f;
  return elem == IRM_F32 ? (double)(float)number.as.i : (double)number.as.i;
}

bool irmi_eval_CONVERT(const irm_number *x, irm_elem elem, irm_number *result) {
  if (is_real(elem)) return give_real(result, elem, as_real(x[0], elem));
  if (!is_real(x[0].elem))
    return elem == IRM_I1 ? give_truth(result, x[0].as.i != 0)
                          : give_integer(result, elem, bits(x[0]));
  if (elem == IRM_I1) return give_truth(result, x[0].as.f != 0);
  return give_integer(result, elem, (uint64_t)truncated(x[0].as.f, elem == IRM_I64 ? 64 : 32));
}

bool irm_evaluate(irm_opcode opcode, const irm_number *operands, irm_elem result_elem,
                  irm_number *result) {
  static irmi_evaluator *const evaluators[] = {
#define EVALUATOR_SCALAR(ENUM) irmi_eval_##ENUM
#define EVALUATOR_REDUCE(ENUM) NULL
#define EVALUATOR_ROWS(ENUM)   NULL
#define EVALUATOR_WHOLE(ENUM)  NULL
#define EVALUATOR_FLOW(ENUM)   NULL
#define IRM_OP(ENUM, MNEMONIC, OPERANDS, ATTRIBUTE, TYPES, STORAGE, EFFECT, KIND, SENTENCE)        \
  [IRM_##ENUM] = EVALUATOR_##KIND(ENUM),
#include "irmem/ops.def"
#undef IRM_OP
  };
  assert(evaluators[opcode] && "an op of kind SCALAR");
  return evaluators[opcode](operands, result_elem, result);
}
