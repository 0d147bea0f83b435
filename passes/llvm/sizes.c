/* How many bytes allocations have, and whether two have as many. */
#include "function.h"

#include <llvm-c/Target.h>
#include <string.h>

/* Of memory for any type, at most; where a pointer has 4 bytes it may be 8. */
#define DEFAULT_ALIGNMENT 16

/* How deep expressions are compared. */
#define DEEPEST 8

static LLVMValueRef argument(const irmi_allocation *a, int index) {
  return index < 0 ? NULL : LLVMGetOperand(a->call, (unsigned)index);
}

static bool constant(LLVMValueRef value, uint64_t *number) {
  if (!value || !LLVMIsAConstantInt(value)) return false;
  *number = LLVMConstIntGetZExtValue(value);
  return true;
}

/* A size that no allocation can have is none: what it gives is null. */
static bool is_possible(LLVMTypeRef type, uint64_t bytes) {
  unsigned width = LLVMGetIntTypeWidth(type);
  return width >= 64 ? bytes <= INT64_MAX : bytes >> (width - 1) == 0;
}

bool irmi_constant_size(const irmi_allocation *a, uint64_t *bytes) {
  uint64_t count = 1;
  if (!constant(argument(a, a->how.size), bytes)) return false;
  if (a->how.count >= 0 && !constant(argument(a, a->how.count), &count)) return false;
  return !__builtin_mul_overflow(*bytes, count, bytes) &&
         is_possible(LLVMTypeOf(argument(a, a->how.size)), *bytes);
}

/* What its result is declared to be aligned to; 1: nothing. */
static uint64_t declared_alignment(LLVMValueRef call) {
  unsigned kind = LLVMGetEnumAttributeKindForName("align", strlen("align"));
  LLVMValueRef callee = LLVMGetCalledValue(call);
  LLVMAttributeRef here = LLVMGetCallSiteEnumAttribute(call, LLVMAttributeReturnIndex, kind);
  LLVMAttributeRef there = LLVMGetEnumAttributeAtIndex(callee, LLVMAttributeReturnIndex, kind);
  uint64_t x = here ? LLVMGetEnumAttributeValue(here) : 1;
  uint64_t y = there ? LLVMGetEnumAttributeValue(there) : 1;
  return x > y ? x : y;
}

bool irmi_constant_alignment(const irmi_allocation *a, uint64_t *bytes) {
  uint64_t declared = declared_alignment(a->call);
  *bytes = DEFAULT_ALIGNMENT;
  if (a->how.alignment >= 0 && !constant(argument(a, a->how.alignment), bytes)) return false;
  if (declared > *bytes) *bytes = declared;
  return *bytes > 0 && (*bytes & (*bytes - 1)) == 0;
}

bool irmi_suits(const irmi_allocation *root, const irmi_allocation *b) {
  uint64_t has, wanted;
  if (root->how.alignment >= 0 || b->how.alignment < 0) return true;
  if (!irmi_constant_alignment(root, &has) || !irmi_constant_alignment(b, &wanted)) return false;
  LLVMValueRef caller = LLVMGetBasicBlockParent(LLVMGetInstructionParent(root->call));
  uint64_t pointer = LLVMPointerSize(LLVMGetModuleDataLayout(LLVMGetGlobalParent(caller)));
  return has > DEFAULT_ALIGNMENT || wanted <= 2 * pointer;
}

static bool is_arithmetic(LLVMValueRef value) {
  switch (LLVMGetInstructionOpcode(value)) {
  case LLVMAdd:
  case LLVMSub:
  case LLVMMul:
  case LLVMShl:
  case LLVMLShr:
  case LLVMAnd:
  case LLVMOr:
  case LLVMXor:
  case LLVMZExt:
  case LLVMSExt:
  case LLVMTrunc:
  case LLVMPtrToInt: return true;
  default: return false;
  }
}

/* Whether two instructions do the same to their operands. */
static bool same_operation(LLVMValueRef x, LLVMValueRef y) {
  if (!LLVMIsAInstruction(x) || !LLVMIsAInstruction(y) || LLVMTypeOf(x) != LLVMTypeOf(y) ||
      LLVMGetInstructionOpcode(x) != LLVMGetInstructionOpcode(y) ||
      LLVMGetNumOperands(x) != LLVMGetNumOperands(y))
    return false;
  if (LLVMIsAGetElementPtrInst(x))
    return LLVMGetGEPSourceElementType(x) == LLVMGetGEPSourceElementType(y);
  if (LLVMIsAExtractValueInst(x)) return irmi_same_indices(x, y);
  return is_arithmetic(x);
}

/* Whether both are one number wherever both are computed: the same expression of the same values.
 */
static bool same(LLVMValueRef x, LLVMValueRef y, int depth) {
  x = x ? irmi_origin(x) : NULL;
  y = y ? irmi_origin(y) : NULL;
  if (x == y) return true;
  if (!x || !y || depth == 0 || !same_operation(x, y)) return false;
  for (int k = 0; k < LLVMGetNumOperands(x); k++)
    if (!same(LLVMGetOperand(x, (unsigned)k), LLVMGetOperand(y, (unsigned)k), depth - 1))
      return false;
  return true;
}

bool irmi_same_value(LLVMValueRef x, LLVMValueRef y) {
  return same(x, y, DEEPEST);
}

bool irmi_same_size(const irmi_allocation *a, const irmi_allocation *b) {
  uint64_t x, y;
  bool known_a = irmi_constant_size(a, &x), known_b = irmi_constant_size(b, &y);
  if (known_a || known_b) return known_a && known_b && x == y;
  return same(argument(a, a->how.size), argument(b, b->how.size), DEEPEST) &&
         same(argument(a, a->how.count), argument(b, b->how.count), DEEPEST);
}
