/* Scalar ops in LLVM's instructions: the sentences of ops.def, bit for bit as irm_evaluate has
 * them. All but those that may fail work on vectors too. */
#include "emit/emitter.h"

#define LOWERING(ENUM) LLVMValueRef irmi_emit_##ENUM(irmi_element *lane, const LLVMValueRef *x)

static bool is_real(const irmi_element *lane) {
  return irm_elem_is_float(lane->from);
}

LOWERING(FILL) {
  (void)lane;
  return x[0];
}

LOWERING(COPY) {
  (void)lane;
  return x[0];
}

/* Arithmetic ----------------------------------------------------------------------------------- */

/* A product need not be rounded before something is added to it, where the program says so: the one
 * way in which fast-math reaches code; all else it does is in the program's text. */
static LLVMValueRef contracted(irmi_element *lane, LLVMValueRef value) {
  if (irm_program_fast_math(lane->emitter->program) && LLVMCanValueUseFastMathFlags(value))
    LLVMSetFastMathFlags(value, LLVMFastMathAllowContract);
  return value;
}

LOWERING(ADD) {
  if (!is_real(lane)) return LLVMBuildAdd(lane->builder, x[0], x[1], "");
  return contracted(lane, LLVMBuildFAdd(lane->builder, x[0], x[1], ""));
}

LOWERING(SUB) {
  if (!is_real(lane)) return LLVMBuildSub(lane->builder, x[0], x[1], "");
  return contracted(lane, LLVMBuildFSub(lane->builder, x[0], x[1], ""));
}

LOWERING(MUL) {
  if (!is_real(lane)) return LLVMBuildMul(lane->builder, x[0], x[1], "");
  return contracted(lane, LLVMBuildFMul(lane->builder, x[0], x[1], ""));
}

LOWERING(DIV) {
  return LLVMBuildFDiv(lane->builder, x[0], x[1], "");
}

/* A division that LLVM defines for all operands, and what makes it floor: b, or 1 where b is 0 (an
 * error anyway) or -1 (where the least integer would overflow). */
typedef struct division {
  LLVMValueRef quotient, rest; /* of truncating division by that divisor */
  LLVMValueRef above;          /* truncation went up */
  LLVMValueRef minus_one;      /* b was -1 */
} division;

static division divide(irmi_element *lane, LLVMValueRef a, LLVMValueRef b) {
  LLVMBuilderRef builder = lane->builder;
  LLVMTypeRef type = LLVMTypeOf(a);
  LLVMValueRef zero = LLVMConstNull(type), one = LLVMConstInt(type, 1, false);
  division d;
  lane->fault = LLVMBuildICmp(builder, LLVMIntEQ, b, zero, "");
  d.minus_one = LLVMBuildICmp(builder, LLVMIntEQ, b, LLVMConstAllOnes(type), "");
  LLVMValueRef special = LLVMBuildOr(builder, lane->fault, d.minus_one, "");
  LLVMValueRef divisor = LLVMBuildSelect(builder, special, one, b, "");
  d.quotient = LLVMBuildSDiv(builder, a, divisor, "");
  d.rest = LLVMBuildSRem(builder, a, divisor, "");
  LLVMValueRef signs = LLVMBuildXor(builder, d.rest, divisor, "");
  LLVMValueRef against = LLVMBuildICmp(builder, LLVMIntSLT, signs, zero, "");
  LLVMValueRef some = LLVMBuildICmp(builder, LLVMIntNE, d.rest, zero, "");
  d.above = LLVMBuildAnd(builder, against, some, "");
  return d;
}

LOWERING(IDIV) {
  division d = divide(lane, x[0], x[1]);
  LLVMValueRef up = LLVMBuildZExt(lane->builder, d.above, LLVMTypeOf(x[0]), "");
  LLVMValueRef floor = LLVMBuildSub(lane->builder, d.quotient, up, "");
  LLVMValueRef negated = LLVMBuildNeg(lane->builder, x[0], "");
  return LLVMBuildSelect(lane->builder, d.minus_one, negated, floor, "");
}

/* Where b is -1 the rest of a division by 1 is right: 0. */
LOWERING(IREM) {
  division d = divide(lane, x[0], x[1]);
  LLVMValueRef lifted = LLVMBuildAdd(lane->builder, d.rest, x[1], "");
  return LLVMBuildSelect(lane->builder, d.above, lifted, d.rest, "");
}

LOWERING(NEG) {
  return (is_real(lane) ? LLVMBuildFNeg : LLVMBuildNeg)(lane->builder, x[0], "");
}

static LLVMValueRef call_float(irmi_element *lane, const char *intrinsic, const LLVMValueRef *x,
                               unsigned count) {
  LLVMTypeRef type = LLVMTypeOf(x[0]);
  LLVMValueRef arguments[2] = {x[0], count > 1 ? x[1] : NULL};
  return irmi_call_intrinsic(lane->emitter, lane->builder, intrinsic, &type, 1, arguments, count);
}

LOWERING(ABS) {
  if (is_real(lane)) return call_float(lane, "llvm.fabs", x, 1);
  LLVMValueRef zero = LLVMConstNull(LLVMTypeOf(x[0]));
  LLVMValueRef negative = LLVMBuildICmp(lane->builder, LLVMIntSLT, x[0], zero, "");
  LLVMValueRef negated = LLVMBuildNeg(lane->builder, x[0], "");
  return LLVMBuildSelect(lane->builder, negative, negated, x[0], "");
}

static LLVMValueRef choose(irmi_element *lane, LLVMRealPredicate real, LLVMIntPredicate integer,
                           const LLVMValueRef *x) {
  LLVMBuilderRef b = lane->builder;
  LLVMValueRef first;
  if (is_real(lane)) {
    LLVMValueRef before = LLVMBuildFCmp(b, real, x[0], x[1], "");
    LLVMValueRef nan = LLVMBuildFCmp(b, LLVMRealUNO, x[1], x[1], "");
    first = LLVMBuildOr(b, before, nan, "");
  } else {
    first = LLVMBuildICmp(b, integer, x[0], x[1], "");
  }
  return LLVMBuildSelect(b, first, x[0], x[1], "");
}

LOWERING(MIN) {
  return choose(lane, LLVMRealOLT, LLVMIntSLT, x);
}

LOWERING(MAX) {
  return choose(lane, LLVMRealOGT, LLVMIntSGT, x);
}

/* Functions ------------------------------------------------------------------------------------ */

static LLVMValueRef call_lane(irmi_element *lane, const char *name, const LLVMValueRef *x,
                              unsigned count, LLVMValueRef at) {
  LLVMValueRef arguments[2];
  for (unsigned k = 0; k < count; k++)
    arguments[k] = LLVMBuildExtractElement(lane->builder, x[k], at, "");
  return irmi_call_library(lane->emitter, lane->builder, name, arguments, count);
}

/* The C library has scalars only. */
static LLVMValueRef call_math(irmi_element *lane, const char *f64, const char *f32,
                              const LLVMValueRef *x, unsigned count) {
  const char *name = lane->from == IRM_F32 ? f32 : f64;
  LLVMTypeRef type = LLVMTypeOf(x[0]);
  LLVMValueRef arguments[2] = {x[0], count > 1 ? x[1] : NULL};
  if (LLVMGetTypeKind(type) != LLVMVectorTypeKind)
    return irmi_call_library(lane->emitter, lane->builder, name, arguments, count);
  LLVMValueRef all = LLVMGetPoison(type);
  for (unsigned k = 0; k < LLVMGetVectorSize(type); k++) {
    LLVMValueRef at = irmi_const_i64(lane->emitter, k);
    LLVMValueRef one = call_lane(lane, name, x, count, at);
    all = LLVMBuildInsertElement(lane->builder, all, one, at, "");
  }
  return all;
}

LOWERING(SQRT) {
  return call_float(lane, "llvm.sqrt", x, 1);
}

LOWERING(EXP) {
  return call_math(lane, "exp", "expf", x, 1);
}

LOWERING(LOG) {
  return call_math(lane, "log", "logf", x, 1);
}

LOWERING(POW) {
  return call_math(lane, "pow", "powf", x, 2);
}

/* Which sign a NaN has depends on who computed it: LLVM's folding and the processor differ. */
LOWERING(COPYSIGN) {
  LLVMValueRef nan = LLVMBuildFCmp(lane->builder, LLVMRealUNO, x[1], x[1], "");
  LLVMValueRef zero = LLVMConstNull(LLVMTypeOf(x[1]));
  LLVMValueRef sign = LLVMBuildSelect(lane->builder, nan, zero, x[1], "");
  return call_float(lane, "llvm.copysign", (LLVMValueRef[]){x[0], sign}, 2);
}

LOWERING(RECIP) {
  LLVMValueRef size = call_float(lane, "llvm.fabs", x, 1);
  size = choose(lane, LLVMRealOGT, LLVMIntSGT, (LLVMValueRef[]){size, x[1]});
  LLVMValueRef divisor = irmi_emit_COPYSIGN(lane, (LLVMValueRef[]){size, x[0]});
  return LLVMBuildFDiv(lane->builder, LLVMConstReal(LLVMTypeOf(x[0]), 1), divisor, "");
}

/* Bits ----------------------------------------------------------------------------------------- */

LOWERING(NOT) {
  return LLVMBuildNot(lane->builder, x[0], "");
}

LOWERING(AND) {
  return LLVMBuildAnd(lane->builder, x[0], x[1], "");
}

LOWERING(OR) {
  return LLVMBuildOr(lane->builder, x[0], x[1], "");
}

LOWERING(XOR) {
  return LLVMBuildXor(lane->builder, x[0], x[1], "");
}

/* Comparisons ---------------------------------------------------------------------------------- */

/* An i1 is 0 or 1, not 0 or -1: the last predicate is unsigned. */
static LLVMValueRef compare(irmi_element *lane, LLVMRealPredicate real, LLVMIntPredicate integer,
                            LLVMIntPredicate bit, const LLVMValueRef *x) {
  if (is_real(lane)) return LLVMBuildFCmp(lane->builder, real, x[0], x[1], "");
  return LLVMBuildICmp(lane->builder, lane->from == IRM_I1 ? bit : integer, x[0], x[1], "");
}

LOWERING(EQ) {
  return compare(lane, LLVMRealOEQ, LLVMIntEQ, LLVMIntEQ, x);
}

LOWERING(NE) {
  return compare(lane, LLVMRealUNE, LLVMIntNE, LLVMIntNE, x);
}

LOWERING(LT) {
  return compare(lane, LLVMRealOLT, LLVMIntSLT, LLVMIntULT, x);
}

LOWERING(LE) {
  return compare(lane, LLVMRealOLE, LLVMIntSLE, LLVMIntULE, x);
}

LOWERING(GT) {
  return compare(lane, LLVMRealOGT, LLVMIntSGT, LLVMIntUGT, x);
}

LOWERING(GE) {
  return compare(lane, LLVMRealOGE, LLVMIntSGE, LLVMIntUGE, x);
}

/* Choice and conversion ------------------------------------------------------------------------ */

LOWERING(SELECT) {
  return LLVMBuildSelect(lane->builder, x[0], x[1], x[2], "");
}

static LLVMValueRef saturate(irmi_element *lane, LLVMValueRef value, LLVMTypeRef to) {
  LLVMTypeRef overloads[] = {to, LLVMTypeOf(value)};
  return irmi_call_intrinsic(lane->emitter, lane->builder, "llvm.fptosi.sat", overloads, 2, &value,
                             1);
}

static LLVMValueRef is_not_zero(irmi_element *lane, LLVMValueRef value) {
  LLVMValueRef zero = LLVMConstNull(LLVMTypeOf(value));
  return is_real(lane) ? LLVMBuildFCmp(lane->builder, LLVMRealUNE, value, zero, "")
                       : LLVMBuildICmp(lane->builder, LLVMIntNE, value, zero, "");
}

LOWERING(CONVERT) {
  LLVMBuilderRef b = lane->builder;
  LLVMTypeRef to = irmi_register_type_like(lane->emitter, x[0], lane->to);
  bool real = irm_elem_is_float(lane->to), bit = lane->from == IRM_I1;
  if (lane->to == IRM_I1) return is_not_zero(lane, x[0]);
  if (is_real(lane) && real) return LLVMBuildFPCast(b, x[0], to, "");
  if (is_real(lane)) return saturate(lane, x[0], to);
  if (real) return (bit ? LLVMBuildUIToFP : LLVMBuildSIToFP)(b, x[0], to, "");
  return LLVMBuildIntCast2(b, x[0], to, !bit, "");
}
